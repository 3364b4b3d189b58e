"""`summarizer eval` as it is called: output, files, exit codes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from evaluation_story import ROOT, STORY
from typer.testing import CliRunner, Result

from summarizer.cli.main import app


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the small story."""
    return Path(shutil.copytree(STORY, tmp_path / "data"))


def call(*arguments: str | Path) -> Result:
    """Run the command in process."""
    return CliRunner().invoke(app, ["eval", *map(str, arguments)])


def test_run_prints_coverage_and_signature_first(data: Path) -> None:
    """A score without its coverage may hide a crash."""
    result = call("run", "--data", data)
    assert result.exit_code == 0, result.output
    first, second = result.stdout.splitlines()[:2]
    assert first.startswith("2 of 2 answers scored")
    assert second.startswith("gold:")
    assert "claims.joint" in result.stdout


def test_run_writes_all_its_files(data: Path, tmp_path: Path) -> None:
    """For programs, for continuous integration, for people."""
    files = {kind: tmp_path / f"out.{kind}" for kind in ("json", "junit", "html")}
    call("run", "--data", data, *(part for kind, path in files.items() for part in (f"--{kind}", path)))
    assert json.loads(files["json"].read_text("utf-8"))["schema"] == "eval-run/1"
    assert files["junit"].read_text("utf-8").startswith("<?xml")
    assert "<mark>" in files["html"].read_text("utf-8")


def test_labels_scored_against_themselves_are_perfect(data: Path, tmp_path: Path) -> None:
    """The top of the scale can be seen by anybody, from the shell."""
    file = tmp_path / "self.json"
    result = call("run", "--data", data, "--briefs", data / "gold", "--json", file)
    assert result.exit_code == 0, result.output
    scores = json.loads(file.read_text("utf-8"))["scores"]
    assert {
        s["metric"]: s["value"] for s in scores if s["value"] not in (None, not s["lower_is_better"])
    } == {}


def test_a_missing_brief_is_named_and_counts(data: Path, tmp_path: Path) -> None:
    """Another system's output is scored like an engine's: what isn't there is an empty answer."""
    briefs = tmp_path / "briefs"
    briefs.mkdir()
    shutil.copy(data / "gold" / "strike-first.json", briefs)
    result = call("run", "--data", data, "--briefs", briefs)
    assert result.exit_code == 1
    assert result.stdout.startswith("1 of 2 answers scored, 1 failed")


def test_one_article_and_its_wrong_items(data: Path) -> None:
    """For whoever changes a rule: what exactly is wrong, and why it was paired so."""
    result = call("run", "--data", data, "--article", "strike-second", "--items", "claims", "--all")
    assert result.stdout.index("strike-second claims") < result.stdout.index("1 of 1 answers scored")
    assert "figures.as_of" in result.stdout
    unknown = call("run", "--data", data, "--article", "nowhere")
    assert "'nowhere' is not in" in str(unknown.exception)


def test_gate_needs_a_baseline_and_passes_right_after_a_blessing(data: Path) -> None:
    """The baseline is promoted by a command, and by nothing else."""
    missing = call("gate", "--data", data)
    assert missing.exit_code != 0
    assert "no baseline" in str(missing.exception)
    assert call("bless", "--data", data, "--reason", "first").exit_code == 0
    passed = call("gate", "--data", data)
    assert passed.exit_code == 0, passed.output
    assert "replay of rules: passed" in passed.stdout
    before = (data / "baseline" / "rules.json").read_bytes()
    call("gate", "--data", data)
    assert (data / "baseline" / "rules.json").read_bytes() == before


def test_gate_fails_when_an_answer_changes_and_names_it(data: Path, tmp_path: Path) -> None:
    """Here the article changes under the baseline; to the gate it is all the same."""
    call("bless", "--data", data, "--reason", "first")
    article = data / "articles" / "strike-first.txt"
    article.write_text(article.read_text("utf-8").replace("dock workers may walk", "dock workers will walk"))
    gold = data / "gold" / "strike-first.json"
    labels = json.loads(gold.read_text("utf-8"))
    text = article.read_text("utf-8")
    for part in ("actors", "figures", "claims"):
        for item in labels[part]:
            for span in (*item["evidence"], *item.get("also", [])):
                span["quote"] = span["quote"].replace("workers may walk", "workers will walk")
                span["start"] = text.index(span["quote"])
                span["end"] = span["start"] + len(span["quote"])
            if "may" in item.get("cues", []):
                item["cues"] = ["will"]
    gold.write_text(json.dumps(labels))
    summary, junit = tmp_path / "summary.md", tmp_path / "gate.xml"
    result = call("gate", "--data", data, "--summary", summary, "--junit", junit)
    assert result.exit_code == 1
    assert "replay of rules: failed" in result.stdout
    assert "strike-first claims c1" in result.stdout
    assert "| replay of rules | **failed** |" in summary.read_text("utf-8")
    assert "<failure" in junit.read_text("utf-8")


def test_compare_shows_scores_and_items_that_differ(data: Path, tmp_path: Path) -> None:
    """Two runs, side by side."""
    one, two, page = tmp_path / "one.json", tmp_path / "two.json", tmp_path / "page.html"
    call("run", "--data", data, "--json", one)
    run = json.loads(one.read_text("utf-8"))
    for article in run["articles"]:
        for item in article["items"]:
            if item["gold"] == "c1":
                item["verdict"], item["slots"] = "missed", []
    two.write_text(json.dumps(run))
    result = call("compare", one, two, "--html", page)
    assert result.exit_code == 0
    assert "-> missed" in result.stdout
    assert 'data-changed="1"' in page.read_text("utf-8")
    same = call("compare", one, one)
    assert "No item differs." in same.stdout


def test_agree_prints_f1_per_part_and_alpha(data: Path) -> None:
    """What another pair of eyes makes of it is the ceiling."""
    result = call("agree", data / "gold", data / "gold-b")
    assert result.exit_code == 0
    assert "claims.f1" in result.stdout
    assert "certainty, ordinal alpha" in result.stdout


def test_label_commands(data: Path, tmp_path: Path) -> None:
    """Fill, check, show and diff, as a labeller uses them."""
    draft, filled, page = data / "gold" / "strike-first.draft.json", tmp_path / "x.json", tmp_path / "x.html"
    assert call("label", "fill", draft, "-o", filled).exit_code == 0
    assert filled.read_text("utf-8") == (data / "gold" / "strike-first.json").read_text("utf-8")
    assert call("label", "check", data).exit_code == 0
    labels = (data / "gold" / "strike-first.json", data / "gold-b" / "strike-first.json")
    assert call("label", "show", *labels, "-o", page).exit_code == 0
    assert page.read_text("utf-8").startswith("<!doctype html>")
    diff = call("label", "diff", *labels)
    assert "certainty: 'probable' / 'possible'" in diff.stdout
    broken = filled.read_text("utf-8").replace('"denied"', '"refused"', 1)
    (data / "gold" / "strike-first.json").write_text(broken)
    assert call("label", "check", data).exit_code != 0


def test_a_folder_without_labels_is_bad_input(tmp_path: Path) -> None:
    """Exit code 2 and a way out, no traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "summarizer.cli.main", "eval", "run", "--data", str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    entry = Path(sys.executable).parent / "summarizer"
    if entry.exists():
        done = subprocess.run(
            [entry, "eval", "run", "--data", str(tmp_path)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 2
        assert "It needs articles/<id>.txt and gold/<id>.json" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_imports_nothing_heavy() -> None:
    """`--help` and completion answer at once."""
    code = (
        "import sys; import summarizer.cli.eval;"
        "print([m for m in ('scipy','numpy','pydantic','rich.table','jsonschema') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_a_broken_lexicon_entry_fails_the_gate_and_names_the_items(data: Path, tmp_path: Path) -> None:
    """The reason why there is a gate: "may" lost from a word list costs a hedge in every article."""
    call("bless", "--data", data, "--reason", "first")
    package = Path(shutil.copytree(ROOT / "summarizer", tmp_path / "broken" / "summarizer"))
    for folder in ("schemas", "prompts"):
        shutil.copytree(ROOT / folder, tmp_path / "broken" / folder)
    lexicon = package / "extraction" / "by_rules" / "lexicons" / "hedges.toml"
    content = lexicon.read_text("utf-8")
    assert '"may might' in content
    lexicon.write_text(content.replace('"may might', '"might'), encoding="utf-8")
    code = "from summarizer.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "eval", "gate", "--data", str(data)],
        capture_output=True,
        text=True,
        cwd=tmp_path / "broken",
        env={**os.environ, "PYTHONPATH": str(tmp_path / "broken")},
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "strike-first claims c1: right -> wrong_slot (certainty 'certain'" in done.stdout
    assert "strike-second claims c2" not in done.stdout
