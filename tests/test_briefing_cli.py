"""`summarizer briefing` as a person, a timer or a container runs it: streams, exit codes, signals, kills."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from briefing_site import ANN, BOB, Site, briefing_site, read_json, text_of
from command import RATES, ROOT, STRIKE, environment_with, summarizer


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Two articles of now, and an edition that is due at any hour."""
    with briefing_site(tmp_path) as made:
        made.clock.instant = datetime.now(UTC)
        made.publish({"strike.txt": STRIKE, "rates.txt": RATES})
        made.always_due = True
        yield made


def started(site: Site, *arguments: str) -> subprocess.Popen[str]:
    """A command that goes on while the test does something."""
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from summarizer.cli.main import main; main()",
            "briefing",
            *arguments,
            "--config",
            str(site.config()),
        ],
        env=environment_with(site.folder / "home"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit code and standard error."""
    _, err = process.communicate(timeout=60)
    return process.returncode, err


def test_init_writes_checks_and_never_overwrites(tmp_path: Path) -> None:
    """The way from nothing; what somebody wrote is never lost."""
    path = tmp_path / "news" / "briefing.toml"
    first = summarizer("briefing", "init", "--config", path, home=tmp_path)
    assert (first.code, first.out) == (0, "")
    text = path.read_text(encoding="utf-8")
    checked = summarizer("briefing", "init", "--config", path, home=tmp_path, SMTP_PASSWORD="secret-word")
    assert (checked.code, path.read_text(encoding="utf-8")) == (0, text)
    assert "2 sources, 1 reader, 07:00 Europe/Berlin" in checked.err
    assert "secret-word" not in checked.err
    path.write_text(text.replace("port = 587", "port = 0").replace('"07:00"', '"7"'), encoding="utf-8")
    wrong = summarizer("briefing", "init", "--config", path, home=tmp_path)
    assert wrong.code == 2
    assert [one.partition(": ")[0] for one in wrong.err.splitlines()] == ["BadBriefing", "BadBriefing"]
    assert f"{path}:" in wrong.err


def test_a_look_then_the_mail_then_nothing_new(site: Site) -> None:
    """A person looks, two timers fire at once, the next finds nothing to do: one mail for each reader."""
    looked = site.command("run", "--dry-run", "--output", site.folder / "out", "--json")
    assert (looked.code, read_json(looked)["state"], site.mailbox.taken) == (0, "news", []), looked.err
    assert b"Dock workers" in (site.folder / "out" / "briefing.eml").read_bytes()
    assert "<html" in (site.folder / "out" / "briefing.html").read_text(encoding="utf-8")
    codes = sorted(ended(one)[0] for one in [started(site, "run", "--live") for _ in range(2)])
    assert codes in ([0, 1], [0, 4])
    assert site.mailbox.recipients() == [ANN, BOB]
    assert "Dock workers" in text_of(site.mails()[0])
    again = site.command("run", "--live", "--json")
    assert (again.code, read_json(again)["editions"]) == (4, [])
    assert again.err.startswith("Nothing new: the edition of ")
    quiet = site.command("run", "--live", "--quiet")
    assert (quiet.code, quiet.out, quiet.err) == (4, "", "")
    status = site.command("status", "--json")
    assert status.code == 0
    assert [row["state"] for row in read_json(status)["editions"][0]["deliveries"]] == ["sent", "sent"]
    refused = site.command("run", "--live", "--date", "2999-01-01")
    assert (refused.code, "is a day that is still to come" in refused.err) == (2, True)


def test_a_run_that_is_killed_is_gone_on_with(site: Site) -> None:
    """Killed while a mail was handed over: its fate is unknown and waits for a person; the rest is sent."""
    process = started(site, "run", "--live")

    def kill(reached: str) -> None:
        if reached == "DATA" and process.poll() is None:
            process.kill()
            process.wait(10)

    site.mailbox.on_stage = kill
    code, _ = ended(process)
    assert code == -signal.SIGKILL
    site.mailbox.on_stage = None
    second = site.command("run", "--live")
    status = site.command("status")
    assert site.mailbox.recipients() == [ANN, BOB]
    assert (second.code, status.code) == (1, 1)
    assert "unknown whether it arrived" in status.out


def test_serve_sends_what_is_due_and_ends_on_sigterm(site: Site) -> None:
    """In a container: the mail that is on its way is finished, the rest waits, and the exit code is 0."""
    reached, go_on = threading.Event(), threading.Event()

    def hold(stage: str) -> None:
        if stage == "DATA":
            reached.set()
            go_on.wait(30)

    site.mailbox.on_stage = hold
    process = started(site, "serve", "--live")
    assert reached.wait(30)
    os.kill(process.pid, signal.SIGTERM)
    go_on.set()
    code, err = ended(process)
    assert code == 0, err
    assert "Stopping" in err
    assert site.mailbox.recipients() == [ANN]
    site.mailbox.on_stage = None
    assert site.command("run", "--live").code == 0
    assert site.mailbox.recipients() == [ANN, BOB]


def test_serve_with_wrong_settings_ends_at_once(site: Site) -> None:
    """A container that restarts for ever with a clear reason beats one that waits until seven to fail."""
    site.changed["more"] = '[healthcheck]\nurl_env = "NOT_THERE"'
    code, err = ended(started(site, "serve", "--live"))
    assert (code, "healthcheck.url_env='NOT_THERE'" in err) == (2, True)
    code, err = ended(started(site, "serve"))
    assert (code, "NobodyAllowed" in err) == (2, True)  # the guard holds on the command line, too
    assert site.mailbox.taken == []
