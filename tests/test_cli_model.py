"""The command line with a language model: one command from articles to a digest, and what it cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from faults_server import FaultServer, Step, brief_of, hang, ok, says, status

from summarizer.cli.model_options import call_settings, setting_names
from summarizer.errors import BadSetting
from summarizer.settings import MODEL_VARIABLES

ROOT = Path(__file__).parent.parent
TEXTS = {
    "one.txt": "Port closed\nThe port of Halden was closed on Monday.\nThe mayor said 40 ships waited.\n",
    "two.txt": "Ships wait\nShips are waiting off Halden.\nNobody was hurt in the harbour on Monday.\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def summarizer(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_API_KEY")}
    return subprocess.run(
        [sys.executable, "-c", "from summarizer.cli.main import main; main()", *words],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), "SUMMARIZER_HOME": str(folder / "home"), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def model(server: FaultServer) -> list[str]:
    return ["--model", "m", "--base-url", server.url, "--set", "backoff_s=0.01", "--set", "tries=2"]


def test_briefs_by_a_model_are_valid_documents_with_their_cost(folder):
    """The schema is the same whoever made the brief, and the bill stands below it."""
    with FaultServer() as server:
        done = summarizer(folder, "brief", "one.txt", "two.txt", *model(server))
    assert done.returncode == 0, done.stderr
    briefs = json.loads(done.stdout)
    assert [brief["provenance"]["model"] for brief in briefs] == ["m", "m"]
    assert all(brief["claims"] for brief in briefs)
    assert "m: 2 requests" in done.stderr
    assert "0.0000 USD (runs on this machine)" in done.stderr


def test_a_second_command_pays_nothing(folder):
    """Another format of yesterday's briefs is no reason for another bill."""
    with FaultServer() as server:
        summarizer(folder, "brief", "one.txt", *model(server))
        again = summarizer(folder, "brief", "one.txt", "--format", "text", *model(server))
        assert len(server.requests) == 1
    assert "m: 0 requests" in again.stderr


def test_a_digest_asks_the_model_to_merge(folder):
    """One call an article and one for the story."""

    def plan(number: int, request: dict[str, Any]) -> Step:
        if "Questions:" in request["messages"][-1]["content"]:
            return says('{"verdicts": [], "pairs": [], "summary": []}')
        return ok

    with FaultServer(plan=plan) as server:
        done = summarizer(folder, "digest", "one.txt", "two.txt", "--format", "json", *model(server))
        assert len(server.requests) == 3
    assert done.returncode == 0, done.stderr
    digest = json.loads(done.stdout)
    assert digest["provenance"]["prompt"] == "merge_digest.v2"
    assert digest["summary"]


def test_a_digest_survives_a_model_that_will_not_merge(folder):
    """The briefs are paid for; the deterministic merge is always there."""

    def plan(number: int, request: dict[str, Any]) -> Step:
        merging = "Questions:" in request["messages"][-1]["content"]
        return says(None, refusal="I'd rather not.") if merging else ok

    with FaultServer(plan=plan) as server:
        done = summarizer(folder, "digest", "one.txt", "two.txt", *model(server))
    assert done.returncode == 0, done.stderr
    assert "merged without the model" in done.stderr


def test_one_article_that_fails_costs_only_itself(folder):
    """Exit code 1: something is missing, and it is named."""

    def plan(number: int, request: dict[str, Any]) -> Step:
        return says(None, refusal="No.") if "40 ships" in request["messages"][-1]["content"] else ok

    with FaultServer(plan=plan) as server:
        done = summarizer(folder, "brief", "one.txt", "two.txt", *model(server))
    assert done.returncode == 1
    assert "Failed (refused)" in done.stderr
    assert len(json.loads(done.stdout)) == 1


@pytest.mark.parametrize(("step", "code", "says_so"), [(status(401), 2, "key"), (status(503), 3, "503")])
def test_what_is_no_articles_fault_has_an_exit_code_of_its_own(folder, step, code, says_so):
    """A scheduler must tell a wrong key from a bad article."""
    with FaultServer(plan=lambda n, r: step) as server:
        done = summarizer(folder, "brief", "one.txt", "two.txt", *model(server))
    assert done.returncode == code
    assert says_so in done.stderr
    assert done.stdout == ""


def test_a_missing_key_is_told_before_anything_is_asked(folder):
    """Keys come from the environment and from nowhere else."""
    done = summarizer(folder, "brief", "one.txt", "--model", "openai/gpt-5-mini")
    assert done.returncode == 2
    assert "OPENAI_API_KEY" in done.stderr


def test_a_dry_run_prices_and_asks_nothing(folder):
    """On standard output, so that scripts can read it."""
    with FaultServer() as server:
        done = summarizer(
            folder, "brief", "one.txt", "two.txt", "--dry-run", "--price", "1,0.1,4", *model(server)
        )
        assert not server.requests
    assert done.returncode == 0, done.stderr
    assert "2 articles, 0 of them answered already" in done.stdout
    assert "USD (given by the user)" in done.stdout


def test_a_reached_budget_says_what_is_done_and_what_is_left(folder):
    """And leaves with exit code 1, for the run is not complete."""
    with FaultServer() as server:
        done = summarizer(folder, "brief", "one.txt", "two.txt", "--price", "1,1,1", "--budget", "0.0085",
                          "--set", "concurrency=1", *model(server))  # fmt: skip
    assert done.returncode == 1
    assert "1 articles done and saved, 1 left" in done.stderr


def test_requests_are_logged_as_json_lines_without_words_of_articles(folder):
    """Logs are collected and kept; articles may be confidential."""
    with FaultServer() as server:
        done = summarizer(
            folder, "brief", "one.txt", "--log", "json", *model(server), SUMMARIZER_API_KEY="s3cret"
        )
    events = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert [event["event"] for event in events] == ["model_request"]
    assert events[0]["outcome"] == "ok"
    assert "40 ships" not in done.stderr
    assert "s3cret" not in done.stderr + done.stdout


def test_the_doctor_probes_a_model(folder):
    """Which modes work is found out once, by the person who set the server up."""
    good = says('{"animal": "cat", "legs": 4}')
    with FaultServer(plan=lambda n, r: good) as server:
        done = summarizer(folder, "doctor", *model(server))
    assert done.returncode == 0, done.stderr
    assert "mode json_schema" in done.stdout
    assert "mode for runs" in done.stdout
    with FaultServer() as server:
        address = server.url
    gone = summarizer(folder, "doctor", "--model", "m", "--base-url", address)
    assert gone.returncode == 3
    assert "can't be reached" in gone.stderr


def test_an_interrupted_run_keeps_what_it_has(folder):
    """Ctrl-C is no reason to pay twice."""
    import signal
    import time

    def plan(number: int, request: dict[str, Any]) -> Step:
        return hang if "40 ships" in request["messages"][-1]["content"] else ok

    with FaultServer(plan=plan) as server:
        command = [sys.executable, "-c", "from summarizer.cli.main import main; main()"]
        child = subprocess.Popen(
            [*command, "brief", "one.txt", "two.txt", *model(server)], cwd=folder, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(ROOT), "SUMMARIZER_HOME": str(folder / "home")},
        )  # fmt: skip
        give_up = time.monotonic() + 30
        while len(server.requests) < 2 and time.monotonic() < give_up:
            time.sleep(0.02)
        time.sleep(0.5)
        child.send_signal(signal.SIGINT)
        assert child.wait(timeout=20) == 130
        before = len(server.requests)
        server.plan = None
        done = summarizer(folder, "brief", "one.txt", "two.txt", *model(server))
        assert done.returncode == 0
        assert len(server.requests) == before + 1


class TestSettings:
    """`--set NAME=VALUE`."""

    def test_settings_are_read(self):
        """Numbers, words, yes and no."""
        made = call_settings(["temperature=0", "seed=-7", "concurrency=3", "stream=yes", "mode=tools"])
        assert (made.sampling.temperature, made.sampling.seed, made.concurrency) == (0.0, -7, 3)
        assert (made.stream, made.mode) == (True, "tools")

    @pytest.mark.parametrize(
        "word",
        ["temperature", "temperature=hot", "colour=red", "mode=xml", "tries=0", "deadline_s=-1",
         "stream=maybe", "deadline_s=inf", "concurrency=1.5"],
    )  # fmt: skip
    def test_what_cannot_be_meant_is_refused(self, word):
        """A silent default would send other calls than were asked for."""
        with pytest.raises(BadSetting):
            call_settings([word])

    def test_every_setting_of_a_call_can_be_set(self):
        """Nobody has to edit code to change a time-out."""
        words = {"mode": "json", "stream": "no", "reasoning_effort": "low", "prompts": "1"}
        for name in setting_names():
            call_settings([f"{name}={words.get(name, '5')}"])

    def test_every_setting_and_variable_is_documented(self):
        """What isn't written down can't be found."""
        text = (Path(__file__).parent.parent / "docs" / "models.md").read_text("utf-8")
        unknown = [name for name in (*setting_names(), *MODEL_VARIABLES) if f"`{name}`" not in text]
        assert unknown == []


def test_the_reply_of_the_fault_server_is_what_tests_take_it_for():
    """A claim for each sentence, word for word."""
    shown = {"messages": [{"content": "[1 headline] A\n\n[2] B is here.\n[3 furniture] C"}]}
    assert [claim["quote"] for claim in brief_of(shown)["claims"]] == ["B is here."]
