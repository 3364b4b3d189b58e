"""`show`: from an id on the screen to the words in the article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import ARTICLES, ONE, STRIKE, summarizer


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one digest of the five articles."""
    home = tmp_path_factory.mktemp("home")
    assert summarizer("digest", ARTICLES, "-q", home=home).code == 0
    return home


def stored(home: Path) -> dict[str, object]:
    """The digest that the store holds, as it would be made again."""
    document: dict[str, object] = json.loads(
        summarizer("digest", ARTICLES, "-q", "--no-store", "--format", "json", home=home).out
    )
    return document


def test_every_id_of_a_digest_can_be_shown(home: Path) -> None:
    """An id that leads nowhere is a promise broken; each kind of item has its own."""
    digest = stored(home)
    for part in ("actors", "figures", "claims", "timeline", "open_questions"):
        items = digest[part]
        assert isinstance(items, list)
        if items:
            done = summarizer("show", items[0]["id"], home=home)
            assert done.code == 0, done.err
            assert "⟦" in done.out


def test_the_quote_is_marked_in_its_own_paragraph(home: Path) -> None:
    """Context decides whether a quote is fair."""
    digest = stored(home)
    figures = digest["figures"]
    assert isinstance(figures, list)
    point = figures[0]["points"][0]
    evidence = point["evidence"][0]
    done = summarizer("show", point["member"], home=home)
    text = (ARTICLES / f"{point['article']}.txt").read_text(encoding="utf-8")
    before = text[: evidence["start"]].rpartition("\n")[2][-60:]
    assert f"{before}⟦{evidence['quote']}⟧" in done.out
    assert f"characters {evidence['start']}-{evidence['end']}" in done.out


def test_numbers_of_sources_and_their_names_mean_the_same(home: Path) -> None:
    """The screen says 2/f1, the JSON says blinken-arrives-in-kiev/f1."""
    by_number = summarizer("show", "2/f1", home=home).out.splitlines()[1:]
    by_name = summarizer("show", "blinken-arrives-in-kiev/f1", home=home).out.splitlines()[1:]
    assert by_number == by_name


@pytest.mark.parametrize("wanted", ["C9999", "nope", "9/f1", "2/f999", "/", "", "f1"])
def test_an_unknown_id_is_exit_code_2(home: Path, wanted: str) -> None:
    """A typo is told apart from an empty result."""
    done = summarizer("show", wanted, home=home)
    assert done.code == 2
    assert "UnknownItem" in done.err
    assert done.out == ""


def test_without_a_run_it_says_what_to_do(tmp_path: Path) -> None:
    """Looking must not create anything either."""
    done = summarizer("show", "C1", home=tmp_path / "nothing")
    assert done.code == 2
    assert "digest" in done.err
    assert not (tmp_path / "nothing").exists()


def test_a_brief_in_a_file_is_shown_with_its_article(home: Path, tmp_path: Path) -> None:
    """A colleague's brief can be checked too."""
    file = tmp_path / "brief.json"
    summarizer("brief", ONE, "-q", "--no-store", "-o", file, home=home)
    empty = tmp_path / "empty"
    without = summarizer("show", "f1", "--in", file, home=empty)
    assert without.code == 0
    assert "give --articles" in without.out
    done = summarizer("show", "f1", "--in", file, "--articles", ARTICLES, home=empty)
    assert "⟦" in done.out


def test_a_file_that_is_no_document_is_told_apart(home: Path, tmp_path: Path) -> None:
    """The message says what is expected, not what Python thinks."""
    wrong = tmp_path / "x.json"
    for content in ("{}", "not json", "[]", '{"schema": "article/1"}', "\x00"):
        wrong.write_text(content, encoding="utf-8")
        done = summarizer("show", "f1", "--in", wrong, home=home)
        assert done.code == 1
        assert "SchemaViolation" in done.err
        assert "Traceback" not in done.err
    assert summarizer("show", "f1", "--in", tmp_path / "none.json", home=home).code == 1


def test_the_last_run_counts(tmp_path: Path) -> None:
    """`show` is about what was just printed."""
    strike = tmp_path / "strike.txt"
    strike.write_text(STRIKE, encoding="utf-8")
    home = tmp_path / "home"
    summarizer("digest", ARTICLES, "-q", home=home)
    summarizer("brief", strike, "-q", home=home)
    assert "strike" in summarizer("show", "c1", home=home).out
    assert summarizer("show", "C1", home=home).code == 2
