"""Models in the eval suite: replayed from raw replies, guarded by the gate, never passed unseen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from evaluation_story import ROOT, STORY
from faults_server import FaultServer, ok, says
from typer.testing import CliRunner, Result

from summarizer.cli.main import app

_MAIN = "from summarizer.cli.main import main; main()"


def call(*arguments: str | Path) -> Result:
    """Run the command in process."""
    return CliRunner().invoke(app, ["eval", *map(str, arguments)])


def answers(number, request):
    """A brief of each article, and a merge without a verdict."""
    merging = "Questions:" in request["messages"][-1]["content"]
    return says('{"verdicts": [], "pairs": [], "summary": []}') if merging else ok


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small story with two repeats of the model `m` recorded."""
    monkeypatch.setenv("SUMMARIZER_HOME", str(tmp_path / "home"))
    data = Path(shutil.copytree(STORY, tmp_path / "data"))
    with FaultServer(plan=answers) as server:
        recording = call("record", "--model", "m", "--base-url", server.url, "--data", data, "--repeat", "2")
        assert recording.exit_code == 0, recording.output
        assert len(server.requests) == 6
    return data


def test_a_recorded_model_is_scored_with_its_merge(data: Path) -> None:
    """Whoever has no key sees the same scores as the one who paid."""
    result = call("run", "--data", data, "--model", "recorded:m", "--repeat", "2")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("4 of 4 answers scored")
    assert "model:m" in result.stdout
    assert "by model" in result.stdout


def test_the_gate_covers_the_rules_and_every_recorded_model(data: Path) -> None:
    """A change of reading or grounding shows in a model's briefs too, without a call."""
    assert call("bless", "--data", data, "--reason", "first").exit_code == 0
    model = ("--model", "recorded:m", "--repeat", "2")
    assert call("bless", "--data", data, *model, "--reason", "first").exit_code == 0
    assert {path.name for path in (data / "baseline").glob("*.json")} == {"rules.json", "m.v2.json"}
    result = call("gate", "--data", data)
    assert result.exit_code == 0, result.output
    assert "replay of rules: passed" in result.stdout
    assert "replay of m.v2: passed" in result.stdout


def test_replies_to_an_older_set_of_prompts_are_replayed_with_that_set(tmp_path: Path, monkeypatch) -> None:
    """A new version of a prompt must not take the old one's scores out of the gate."""
    monkeypatch.setenv("SUMMARIZER_HOME", str(tmp_path / "home"))
    data = Path(shutil.copytree(STORY, tmp_path / "data"))
    old = ("--set", "prompts=1")
    with FaultServer(plan=answers) as server:
        options = ("--base-url", server.url, "--data", data, "--repeat", "1", *old)
        assert call("record", "--model", "m", *options).exit_code == 0
    assert call("run", "--data", data, "--model", "recorded:m").exit_code == 1
    scored = call("run", "--data", data, "--model", "recorded:m", *old)
    assert scored.exit_code == 0, scored.output
    assert "extract_brief.v1@" in scored.stdout.replace("\n", "")
    model = ("--model", "recorded:m", *old)
    assert call("bless", "--data", data, *model, "--reason", "first").exit_code == 0
    result = call("gate", "--data", data)
    assert result.exit_code == 0, result.output
    assert "replay of m.v1: passed" in result.stdout


def test_a_lost_recording_is_unrecorded(data: Path) -> None:
    """An answer that isn't there can't have stayed the same."""
    call("bless", "--data", data, "--model", "recorded:m", "--reason", "first")
    for path in (data / "recordings" / "replies").glob("*.json"):
        if '"extract"' in path.read_text("utf-8"):
            path.unlink()
    result = call("gate", "--data", data)
    assert result.exit_code == 1
    assert "replay of m.v2: unrecorded" in result.stdout


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("prompts/extract_brief.v2.md", "", ""),
        (
            "prompts/extract_brief.v2.md",
            "<!-- message: system -->\n",
            "<!-- message: system -->\nBe brief.\n",
        ),
        ("prompts/merge_digest.v2.md", "<!-- message: system -->\n", "<!-- message: system -->\nBe brief.\n"),
        (
            "summarizer/extraction/by_model/reply.py",
            '"""The whole reply to the extraction prompt."""\n',
            '"""The whole reply to the extraction prompt."""\n    mood: str\n',
        ),
    ],
    ids=["nothing", "extraction prompt", "merge prompt", "reply schema"],
)
def test_a_changed_prompt_or_schema_is_unrecorded_and_never_passed(
    data: Path, tmp_path: Path, file: str, before: str, after: str
) -> None:
    """The commonest way to fool a replay gate is to edit the prompt and replay the old answers."""
    assert call("bless", "--data", data, "--model", "recorded:m", "--reason", "first").exit_code == 0
    for part in ("summarizer", "prompts", "schemas"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    changed = tmp_path / file
    content = changed.read_text("utf-8")
    assert before in content
    changed.write_text(content.replace(before, after, 1), "utf-8")
    command = [sys.executable, "-c", _MAIN, "eval", "gate", "--data", str(data)]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    gate = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    verdict = "passed" if before == after else "unrecorded"
    assert f"replay of m.v2: {verdict}" in gate.stdout, gate.stdout + gate.stderr
    assert gate.returncode == (0 if before == after else 1)
