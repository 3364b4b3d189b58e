"""The workflow and the pre-commit hook call what exists, on the paths that matter."""

from __future__ import annotations

import re

import pytest
from evaluation_story import ROOT
from typer.testing import CliRunner

from summarizer.cli.main import app

WORKFLOW = (ROOT / ".github" / "workflows" / "eval-gate.yml").read_text("utf-8")
HOOK = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
CALLS = re.findall(r"summarizer (eval \w+)((?: --?\w[\w-]*(?: [\w.]+)?)*)", WORKFLOW + HOOK)


def test_both_call_the_gate() -> None:
    """A workflow that was renamed away guards nothing."""
    assert [command for command, _ in CALLS].count("eval gate") == 2


@pytest.mark.parametrize(("command", "options"), CALLS)
def test_every_call_uses_options_that_exist(command: str, options: str) -> None:
    """A typo in a workflow shows only when it is too late."""
    helped = CliRunner().invoke(app, [*command.split(), "--help"], env={"COLUMNS": "200"})
    assert helped.exit_code == 0
    for option in re.findall(r"--\w[\w-]*", options):
        assert option in helped.stdout


@pytest.mark.parametrize("folder", ["prompts", "schemas", "summarizer/extraction"])
def test_the_gate_runs_where_answers_are_made(folder: str) -> None:
    """Prompts, schemas and rules decide what is said."""
    assert f'"{folder}/**"' in WORKFLOW
    files = re.search(r"files: (.+)", HOOK)
    assert files is not None
    assert re.match(files[1], f"{folder}/x")
