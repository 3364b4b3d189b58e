"""`validate`, `schema`, `doctor`: documents and the installation can be checked by anybody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import ARTICLES, ONE, summarizer


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A store of its own."""
    return tmp_path / "home"


def test_everything_that_the_program_writes_is_valid(home: Path, tmp_path: Path) -> None:
    """And every quote in it stands in its article."""
    summarizer("digest", ARTICLES, "-q", "-o", tmp_path / "d.json", home=home)
    summarizer("brief", ARTICLES, "-q", "--no-store", "-o", tmp_path / "b.json", home=home)
    summarizer("brief", ARTICLES, "-q", "--no-store", "-o", tmp_path / "b.jsonl", home=home)
    for names in (["d.json"], ["b.json"], ["b.jsonl"], ["d.json", "b.json"]):
        done = summarizer("validate", *(tmp_path / name for name in names), home=home)
        assert done.code == 0, done.out
        assert "quotes stand in their text" in done.out
        assert "not checked" not in done.out


def test_a_moved_span_and_an_altered_number_are_found(home: Path, tmp_path: Path) -> None:
    """Somebody may have edited the document since."""
    brief = json.loads(summarizer("brief", ONE, "-q", home=home).out)
    file = tmp_path / "brief.json"
    for change in ("span", "value", "name"):
        altered = json.loads(json.dumps(brief))
        if change == "span":
            altered["claims"][0]["evidence"][0]["start"] += 1
        elif change == "value":
            altered["figures"][0]["value"] += 1
        else:
            altered["actors"][0]["name"] = "Atlantis"
        file.write_text(json.dumps(altered), encoding="utf-8")
        done = summarizer("validate", file, home=home)
        assert done.code == 1, change
        assert "$." in done.out
        assert "fault" in done.err


def test_violations_name_the_path_and_the_value(home: Path, tmp_path: Path) -> None:
    """ "Invalid document" helps nobody."""
    brief = json.loads(summarizer("brief", ONE, "-q", home=home).out)
    brief["claims"][1]["polarity"] = "maybe"
    brief["figures"][0]["bound"] = "between"
    (tmp_path / "x.json").write_text(json.dumps(brief), encoding="utf-8")
    done = summarizer("validate", tmp_path / "x.json", home=home)
    assert done.code == 1
    assert "$.claims[1].polarity" in done.out
    assert "'maybe'" in done.out
    assert "$.figures[0].value_high" in done.out


def test_without_the_article_the_spans_are_said_to_be_unchecked(home: Path, tmp_path: Path) -> None:
    """A check that didn't happen must not look like one that passed."""
    summarizer("brief", ONE, "-q", "--no-store", "-o", tmp_path / "b.json", home=home)
    done = summarizer("validate", tmp_path / "b.json", home=home)
    assert done.code == 0
    assert "not checked, as the text isn't at hand" in done.out
    assert "0 quotes" in done.out
    done = summarizer("validate", tmp_path / "b.json", "--articles", ARTICLES, home=home)
    assert "not checked" not in done.out


def test_label_files_are_checked_against_the_articles_beside_them(home: Path) -> None:
    """A data set is a folder with articles/ and gold/."""
    done = summarizer("validate", ARTICLES.parent / "gold" / "blinken-arrives-in-kiev.json", home=home)
    assert done.code == 0
    assert "valid gold-brief/1" in done.out
    assert "not checked" not in done.out


def test_documents_come_through_a_pipe_too(home: Path) -> None:
    """`summarizer brief … | summarizer validate -`."""
    brief = summarizer("brief", ONE, "-q", home=home).out
    assert summarizer("validate", "-", stdin=brief, home=home).code == 0


@pytest.mark.parametrize(
    "content", ["", "{", "[1]", "null", '{"schema": "brief/9"}', '{"schema": []}', "[" * 100_000]
)
def test_what_is_no_document_is_a_fault_not_a_crash(home: Path, content: str) -> None:
    """Whatever a pipe delivers."""
    done = summarizer("validate", "-", stdin=content, home=home)
    assert done.code == 1
    assert "Traceback" not in done.err
    assert "SchemaViolation" in done.out


def test_schemas_are_printed_and_listed(home: Path) -> None:
    """Others build on them."""
    names = summarizer("schema", home=home).out.split()
    assert {"article/1", "brief/1", "digest/1"} <= set(names)
    for name in ("brief", "brief/1"):
        assert json.loads(summarizer("schema", name, home=home).out)["title"] == "Brief"
    assert summarizer("schema", "sonnet", home=home).code == 2


def test_the_doctor_finds_a_healthy_installation(home: Path) -> None:
    """The first thing to ask somebody who reports a fault."""
    done = summarizer("doctor", home=home)
    assert done.code == 0, done.out
    for what in ("python", "packages", "schemas", "rules engine", "store", "network", "SUMMARIZER_HOME"):
        assert what in done.out
    assert "wrong" not in done.out
    assert "interpreted; lexicons loaded" in done.out


def test_the_doctor_prints_no_secret(home: Path) -> None:
    """People paste its output into bug reports."""
    done = summarizer("doctor", home=home, OPENAI_API_KEY="sk-very-secret")
    assert "sk-very-secret" not in done.out + done.err
    assert "OPENAI_API_KEY" in done.out


def test_the_doctor_names_a_store_that_cannot_be_used(tmp_path: Path) -> None:
    """It is no reason to stop working."""
    (tmp_path / "file").write_text("")
    done = summarizer("doctor", home=tmp_path / "file")
    assert done.code == 0
    assert "note  store" in done.out


def test_the_version_is_told(home: Path) -> None:
    """Every report begins with it."""
    assert summarizer("--version", home=home).out.startswith("summarizer ")
