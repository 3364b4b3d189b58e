"""What starts a briefing: units, lines and manifests are read back by what will read them; pings."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from briefing_site import healthcheck_service

from summarizer.briefing.config import Briefing
from summarizer.briefing.config_reading import parse_briefing
from summarizer.briefing.installing import Kind, Site, install_files, utc_crons
from summarizer.briefing.pinging import Ping, send_ping
from summarizer.briefing.secrets import Secret
from summarizer.briefing.serving import Rounds, serve
from summarizer.cli.briefing_work import template_text
from summarizer.errors import BadBriefing, LedgerProblem

TODAY = date(2025, 2, 24)


def briefing(folder: Path, *changes: tuple[str, str]) -> Briefing:
    """The template, changed."""
    text = template_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return parse_briefing(text, folder / "briefing.toml")


def files(made: Briefing, kind: Kind, command: str = "/usr/bin/env") -> dict[str, str]:
    site = Site(
        command, Path("/var/lib/news"), "news", "registry.example.org/s:1", "https://git.example/s", TODAY
    )
    return install_files(made, kind, site, template_text())


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """A unit with a typing error is ignored in silence, and the day goes by."""
    made = files(
        briefing(
            tmp_path,
            ('password_env = "SMTP_PASSWORD"', 'password_file = "smtp-password"'),
            ('days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]', 'days = ["mon", "friday"]'),
        ),
        "systemd",
    )
    for name, content in made.items():
        (tmp_path / name).write_text(content)
    names = [str(tmp_path / name) for name in made]
    done = subprocess.run(["systemd-analyze", "verify", *names], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # It also says what it finds wrong with units of this machine.
    assert [one for one in done.stderr.splitlines() if "summarizer-daily" in one] == []
    service, timer = made["summarizer-daily.service"], made["summarizer-daily.timer"]
    assert f"LoadCredential=smtp-password:{tmp_path / 'smtp-password'}" in service
    assert "OnCalendar=Mon,Fri *-*-* 07:00:00 Europe/Berlin" in timer
    assert "Persistent=true" in timer
    assert "NoNewPrivileges=yes" in service
    calendar = next(one for one in timer.splitlines() if "Europe/Berlin" in one).removeprefix("OnCalendar=")
    checked = subprocess.run(
        ["systemd-analyze", "calendar", calendar], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr


def test_a_unit_for_files_in_a_home_runs_as_their_owner(tmp_path: Path) -> None:
    """A user made for the moment could not even read them."""
    made = files(briefing(tmp_path), "systemd", "/home/ana/.venv/bin/summarizer")["summarizer-daily.service"]
    assert "User=news" in made
    assert "ProtectHome=read-only" in made
    assert "DynamicUser" not in made


def test_cron_is_asked_often_enough_for_the_minute(tmp_path: Path) -> None:
    """07:05 is met by every five minutes, 07:00 by every quarter of an hour; % would end the line."""
    (quarter,) = files(briefing(tmp_path), "cron").values()
    (five,) = files(briefing(tmp_path / "50%", ('"07:00"', '"07:05"')), "cron").values()
    assert quarter.splitlines()[-1].startswith("*/15 * * * * /usr/bin/env briefing run --config ")
    assert five.splitlines()[-1].startswith("*/5 ")
    assert r"50\%" in five
    assert five.splitlines()[-1].endswith("--live --quiet")


def test_github_and_kubernetes_read_their_files(tmp_path: Path) -> None:
    """YAML that a server refuses, or reads as something else (`on` is a boolean to old readers)."""
    made = briefing(tmp_path, ('name = "rules"', 'name = "openai/gpt"'))
    (workflow,) = files(made, "github").values()
    read = yaml.safe_load(workflow)
    assert [one["cron"] for one in read[True]["schedule"]] == list(utc_crons(made, TODAY))
    assert read["concurrency"] == {"group": "briefing-daily", "cancel-in-progress": False}
    send = next(one for one in read["jobs"]["send"]["steps"] if one.get("name") == "Send what is due")
    assert set(send["env"]) == {"SUMMARIZER_HOME", "SMTP_PASSWORD", "OPENAI_API_KEY"}
    assert send["env"]["SMTP_PASSWORD"] == "${{ secrets.SMTP_PASSWORD }}"
    (manifest,) = files(made, "k8s").values()
    claim, config, job = yaml.safe_load_all(manifest)
    assert config["data"]["briefing.toml"].strip() == template_text().strip()
    assert (job["spec"]["timeZone"], job["spec"]["concurrencyPolicy"]) == ("Europe/Berlin", "Forbid")
    pod = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    assert pod["volumes"][0]["persistentVolumeClaim"]["claimName"] == claim["metadata"]["name"]
    mounted = {one["name"] for one in pod["containers"][0]["volumeMounts"]}
    assert mounted == {one["name"] for one in pod["volumes"]}


def test_what_does_not_travel_is_named(tmp_path: Path) -> None:
    """A file of this machine isn't in somebody's container."""
    made = briefing(tmp_path, ('password_env = "SMTP_PASSWORD"', 'password_file = "smtp-password"'))
    for kind in ("github", "k8s"):
        (text,) = files(made, kind).values()  # type: ignore[arg-type]
        assert "# NOTE: smtp-password is a file of this machine" in text


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "UTC"]
)
@pytest.mark.parametrize("at", ["07:00", "00:30", "23:45"])
def test_github_starts_a_run_when_an_edition_falls_due(tmp_path: Path, zone: str, at: str) -> None:
    """Its clock is UTC: on every day of the year, in both seasons, a run starts at the due minute."""
    made = briefing(
        tmp_path,
        ('zone = "Europe/Berlin"', f'zone = "{zone}"'),
        ('time = "07:00"', f'time = "{at}"'),
        ('days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]', 'days = ["mon", "thu"]'),
    )
    starts = set()
    for cron in utc_crons(made, TODAY):
        minute, hour, _, _, days = cron.split()
        weekdays = range(7) if days == "*" else map(int, days.split(","))
        starts |= {(int(minute), int(hour), day) for day in weekdays}
    for number in range(366):
        day = TODAY + timedelta(days=number)
        if made.schedule.schedule.has(day):
            due_at = made.schedule.schedule.due_at(day)
            assert due_at is not None
            assert (due_at.minute, due_at.hour, (due_at.weekday() + 1) % 7) in starts


@pytest.mark.skipif(shutil.which("git") is None, reason="no git here")
def test_the_state_of_github_runs_survives_on_its_branch(tmp_path: Path) -> None:
    """The first run begins the branch, the next finds what it left: else an edition is sent twice."""
    (workflow,) = files(briefing(tmp_path), "github").values()
    steps = {one.get("name"): one for one in yaml.safe_load(workflow)["jobs"]["send"]["steps"]}
    origin = tmp_path / "origin.git"

    def git(*words: str, cwd: Path = tmp_path) -> None:
        subprocess.run(["git", *words], cwd=cwd, check=True, capture_output=True)

    first = tmp_path / "first"
    git("init", "--quiet", "--bare", str(origin))
    git("clone", "--quiet", str(origin), str(first))
    (first / "briefing.toml").write_text("# there")
    git("add", ".", cwd=first)
    git("-c", "user.name=ana", "-c", "user.email=ana@example.org", "commit", "--message", "One", cwd=first)
    git("push", "--quiet", "origin", "HEAD", cwd=first)
    found = []
    for number in range(2):
        runner = tmp_path / f"runner-{number}"
        runner.mkdir()
        environment = {
            **os.environ,
            "HOME": str(runner),
            "RUNNER_TEMP": str(runner),
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        checkout = runner / "checkout"
        git("clone", "--quiet", str(origin), str(checkout))

        def shell(name: str, cwd: Path, environment: dict[str, str] = environment) -> None:
            command = ["bash", "-e", "-c", steps[name]["run"]]
            done = subprocess.run(
                command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr

        shell("Fetch the state", checkout)
        state = runner / "state"
        found.append(sorted(one.name for one in state.iterdir() if one.name != ".git"))
        (state / f"ledger-{number}").write_text("sent")
        shell("Keep the state", state)
        if not number:
            shell("Keep the state", state)  # nothing new is no failure
    assert found == [[], ["ledger-0"]]


@pytest.mark.skipif(shutil.which("sh") is None, reason="no shell here")
@pytest.mark.parametrize(("code", "expected"), [(0, 0), (4, 0), (1, 1), (3, 3)])
def test_nothing_new_is_no_failed_job(tmp_path: Path, code: int, expected: int) -> None:
    """Kubernetes counts any other code than 0 as a failure, and alerts."""
    (manifest,) = files(briefing(tmp_path), "k8s").values()
    *_, job = yaml.safe_load_all(manifest)
    container = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]
    program = tmp_path / "summarizer"
    program.write_text(f"#!/bin/sh\nexit {code}\n")
    program.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run([*container["command"], *container["args"]], env=environment, check=False)
    assert done.returncode == expected


def test_a_ping_says_how_it_went_and_keeps_its_address_to_itself() -> None:
    """A watch that hears of every run, and no log that lets others silence it."""
    told: list[str] = []
    with healthcheck_service() as (base, heard):
        well = Secret(f"{base}/secret-uuid", "healthcheck.url_env")
        send_ping(well, Ping(True, "Nothing new."), told.append)
        send_ping(well, Ping(False, "failed: " + "x" * 20_000), told.append)
        send_ping(None, Ping(True, "sent"), told.append)
        assert told == []
        send_ping(Secret(f"{base}/refuses/secret-uuid", "healthcheck.url_env"), Ping(True, ""), told.append)
    send_ping(well, Ping(True, "sent"), told.append)
    assert [path for path, _ in heard] == ["/secret-uuid", "/secret-uuid/fail", "/refuses/secret-uuid"]
    assert (heard[0][1], len(heard[1][1])) == (b"Nothing new.", 10_000)
    assert len(told) == 2  # it answers 404, and then it is gone
    assert "answers 404; check healthcheck.url_env" in told[0]
    assert all("secret-uuid" not in one for one in told)


def test_serve_puts_off_what_was_not_done_and_ends_with_what_went_wrong() -> None:
    """A feed or server that fails isn't asked every minute, and a broken ledger ends the service."""
    stop, asked = threading.Event(), []

    def fails() -> bool:
        asked.append("once")
        return False

    patient, eager = Rounds(fails, again_after_s=1e9), Rounds(fails, again_after_s=0)
    for rounds in (patient, patient, eager, eager):
        rounds.ask(stop)
    assert len(asked) == 3
    stop.set()
    eager.ask(stop)
    assert len(asked) == 3

    def breaks() -> bool:
        raise LedgerProblem("editions.sqlite3", "the ledger is broken", "Restore it.")

    with pytest.raises(LedgerProblem):
        serve(Rounds(breaks), threading.Event(), threading.Event(), asked.append)


def test_a_changed_zone_is_what_the_units_say(tmp_path: Path) -> None:
    """The times are the configuration's own, whatever the machine's zone is."""
    made = briefing(tmp_path, ('zone = "Europe/Berlin"', 'zone = "Asia/Tokyo"'))
    assert "07:00:00 Asia/Tokyo" in files(made, "systemd")["summarizer-daily.timer"]
    assert "0 22 * * *" in utc_crons(made, TODAY)
    with pytest.raises(BadBriefing):
        briefing(tmp_path, ('zone = "Europe/Berlin"', 'zone = "Tokyo/Asia"'))
