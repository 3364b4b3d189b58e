"""Label files: filled from drafts, checked, shown, compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from evaluation_story import STORY, labelled, stories, text_of

from summarizer.errors import NoInput, SchemaViolation
from summarizer.evaluation.agreement import agree
from summarizer.evaluation.dataset import load_data_set, load_labels, load_pair
from summarizer.evaluation.label_check import check_digest, check_labels
from summarizer.evaluation.label_files import check_files, fill_file
from summarizer.evaluation.label_fill import fill_labels
from summarizer.evaluation.label_page import labels_page

GOLD = load_labels(STORY / "gold")
TEXT = text_of(STORY / "articles" / "strike-first.txt")


def draft() -> dict[str, Any]:
    """The draft of the first article."""
    found: dict[str, Any] = json.loads((STORY / "gold" / "strike-first.draft.json").read_text("utf-8"))
    return found


def problems(change: dict[str, Any]) -> list[str]:
    """What is found in the draft after changes: {part: {id: {field: value}}}."""
    changed = draft()
    for part, items in change.items():
        for item in changed[part]:
            item.update(items.get(item["id"], {}))
    return [str(problem) for problem in fill_labels(changed, TEXT, "draft").problems]


@pytest.mark.parametrize("name", sorted(GOLD))
def test_a_draft_is_filled_with_the_offsets_of_its_quotes(name: str) -> None:
    """Nobody counts characters by hand without mistakes."""
    assert fill_file(STORY / "gold" / f"{name}.draft.json", None).gold == GOLD[name]


def test_every_label_file_of_the_repository_passes() -> None:
    """Labels that break their own rules can't judge anybody."""
    for gold, text in labelled():
        found = [str(p) for p in check_labels(gold, text) if p.severity == "problem"]
        assert found == [], gold.article.id


def test_every_labelled_story_passes() -> None:
    """Every actor and figure stands in exactly one cluster."""
    for digest, briefs in stories():
        assert [str(p) for p in check_digest(digest, briefs) if p.severity == "problem"] == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"claims": {"c1": {"evidence": ["workers will walk out"]}}}, "not in the article"),
        ({"claims": {"c1": {"cues": ["might"]}}}, "cue 'might' does not stand in the evidence"),
        ({"claims": {"c1": {"speakers": ["a9"]}}}, "speaker 'a9' is no actor"),
        ({"figures": {"f1": {"source": "a9"}}}, "source 'a9' is no actor"),
        ({"figures": {"f1": {"value": 2100}}}, "2100 can't be read off"),
        ({"figures": {"f1": {"evidence": [" "]}}}, "without a quote"),
        ({"claims": {"c1": {"cues": []}}}, "possible without a cue"),
        ({"claims": {"c2": {"cues": []}}}, "denied without a cue"),
        ({"claims": {"c5": {"cues": ["offered"]}}}, "on a plain assertion"),
        ({"claims": {"c5": {"text": "It offered a raise of 4 percent."}}}, "starts with a pronoun"),
        ({"claims": {"c1": {"text": "Workers may possibly strike."}}}, "the text carries possibly"),
        ({"actors": {"a1": {"nugget": "okay"}}}, "its speaker a1 is not vital"),
        ({"actors": {"a1": {"aliases": ["Ruiz the Brave"]}}}, "'Ruiz the Brave' does not stand"),
        ({"actors": {"a3": {"aliases": ["Bayline"]}}}, "is a form of several actors"),
        ({"claims": {"c3": {"id": "c2"}}}, "the id stands twice"),
    ],
)
def test_a_broken_rule_is_named_with_its_item(change: dict[str, Any], message: str) -> None:
    """The labeller must see where, not only that."""
    assert any(message in found for found in problems(change)), problems(change)


def test_a_number_that_is_no_figure_needs_a_reason() -> None:
    """Every number in the text is either a figure or has a reason not to be."""
    found = [str(problem) for problem in check_labels(GOLD["strike-first"], TEXT)]
    assert any("'2025' is no figure" in problem for problem in found)
    noted = [str(problem) for problem in check_labels(GOLD["strike-first"], TEXT, "March 3, 2025: dateline")]
    assert not any("is no figure" in problem for problem in noted)


def test_a_repeated_quote_is_settled_by_its_context() -> None:
    """ "Bayline Ports" stands twice; the labeller says which one is meant."""
    changed = draft()
    changed["actors"][1]["evidence"] = [{"quote": "Bayline", "near": "a Bayline statement"}]
    gold = fill_labels(changed, TEXT, "draft").gold
    assert gold is not None
    span = gold.actors[1].evidence[0]
    assert TEXT[span.start - 2 : span.end] == "a Bayline"


@pytest.mark.parametrize(
    "content",
    [
        {"actors": {"a1": {}}},
        {"claims": ["c1"]},
        {"article": None, "actors": [], "figures": [], "claims": []},
    ],
)
def test_a_draft_of_another_shape_is_refused_with_its_place(content: dict[str, Any]) -> None:
    """A traceback helps no labeller."""
    with pytest.raises(SchemaViolation, match=r"draft: \$"):
        fill_labels(content, TEXT, "draft")


def test_folders_are_checked_whole(tmp_path: Path) -> None:
    """Digest included; an empty folder is a mistake, not a success."""
    assert len(check_files([STORY], None)) == 3
    with pytest.raises(NoInput):
        check_files([tmp_path], None)


def test_a_data_set_with_holes_is_refused(tmp_path: Path) -> None:
    """Scoring only what is labelled would flatter."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "gold").mkdir()
    for name in ("strike-first", "strike-second"):
        (tmp_path / "articles" / f"{name}.txt").write_text(text_of(STORY / "articles" / f"{name}.txt"))
    (tmp_path / "gold" / "strike-first.json").write_text(GOLD["strike-first"].to_json())
    with pytest.raises(NoInput, match="strike-second"):
        load_data_set(tmp_path)
    with pytest.raises(NoInput, match="no data set"):
        load_data_set(tmp_path / "articles")


def test_the_label_page_shows_nested_spans_and_escapes_the_article() -> None:
    """Labels are looked at far more often than they are made."""
    gold = GOLD["strike-first"]
    one = labels_page("strike", TEXT, [("A", gold)])
    assert 'title="c1 f1 a5"' in one or 'title="c1 a5 f1"' in one
    assert "<script>alert" not in labels_page("x", "<script>alert(1)</script>" + TEXT, [("A", gold)])
    both = labels_page("strike", TEXT, [("A", gold), ("B", load_labels(STORY / "gold-b")["strike-first"])])
    assert both.count("class=text") == 2


def test_two_annotators_are_compared_item_by_item() -> None:
    """F1 per part, and ordinal alpha for certainty; both directions give the same F1."""
    one, two, texts = load_pair(STORY / "gold", STORY / "gold-b", None)
    found, other = agree(one, two, texts), agree(two, one, texts)
    assert found.articles == ("strike-first",)
    assert found.metrics["actors.f1"] == pytest.approx(8 / 9)
    assert found.metrics["figures.f1"] == pytest.approx(6 / 7)
    assert found.metrics["claims.f1"] == pytest.approx(12 / 13)
    assert other.metrics["claims.f1"] == pytest.approx(12 / 13)
    assert found.certainty_alpha is not None
    assert 0.8 < found.certainty_alpha < 1
    assert found.slots["claims.sourcing"] == (pytest.approx(5 / 6), 6)


def test_an_annotator_agrees_with_himself() -> None:
    """The top of the scale."""
    one, two, texts = load_pair(STORY / "gold", STORY / "gold", None)
    found = agree(one, two, texts)
    assert set(found.metrics.values()) == {1.0}
    assert found.certainty_alpha == 1.0
