"""The records: what the contract says about single items holds in code, and JSON comes back unchanged."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from summarizer.errors import SchemaViolation
from summarizer.records.article import UNDATED, Article, Published
from summarizer.records.base import Record, json_path
from summarizer.records.brief import Brief, Claim, Evidence, Figure
from summarizer.records.example_documents import example_documents
from summarizer.records.examples import OTHER_TEXT, TEXT, example_article, example_brief

DOCUMENTS = example_documents()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_survives_the_round_trip(name: str) -> None:
    """What was stored yesterday is what is shown today, byte for byte."""
    document = DOCUMENTS[name]
    again = type(document).from_json(document.to_json(), name)
    assert again == document
    assert again.to_json() == document.to_json()


def test_examples_are_true_to_their_text() -> None:
    """The first document that a newcomer sees keeps the promise it is about."""
    brief = example_brief()
    for item in (*brief.actors, *brief.figures, *brief.claims):
        for evidence in item.evidence:
            assert TEXT[evidence.start : evidence.end] == evidence.quote
    assert OTHER_TEXT.startswith("About 900 workers")


def test_records_cannot_be_changed() -> None:
    """A stage can't alter what an earlier stage has established."""
    with pytest.raises(ValidationError, match="frozen"):
        example_brief().claims[0].polarity = "denied"


def figure(**changes: Any) -> Figure:
    return Figure.model_validate({**dict(example_brief().figures[0]), **changes})


def claim(**changes: Any) -> Claim:
    return Claim.model_validate({**dict(example_brief().claims[0]), **changes})


def test_a_range_has_two_ends_and_nothing_else_has() -> None:
    """ "Between 4 and 6 percent" can't be stored as 4 percent, nor "more than 4" with an upper end."""
    assert figure(value=4, value_high=6, bound="between").value_high == 6
    for changes in (
        {"value_high": 6},
        {"bound": "between"},
        {"value": 6, "value_high": 4, "bound": "between"},
    ):
        with pytest.raises(ValidationError, match="value_high"):
            figure(**changes)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "12", True])
def test_a_figure_is_a_finite_number(value: object) -> None:
    """JSON has no infinity, and a word is no number."""
    with pytest.raises(ValidationError):
        figure(value=value)


def test_own_voice_and_speakers_exclude_each_other() -> None:
    """A reader must never wonder whether the paper or a minister says it."""
    for changes in ({"sourcing": "article"}, {"speakers": ()}):
        with pytest.raises(ValidationError, match="no speakers"):
            claim(**changes)
    assert claim(sourcing="article", speakers=()).speakers == ()


@pytest.mark.parametrize(
    "when", ["2022", "2022-02", "2022-02-10", "2022-02-10/2022-02-20", "2014/..", "../2023-01", None]
)
def test_dates_years_months_and_intervals_are_accepted(when: str | None) -> None:
    """News dates are often a month or a span."""
    assert claim(when=when).when == when


@pytest.mark.parametrize(
    "when", ["2022-13", "2022-02-32", "Tuesday", "22-01-01", "2022-1-1", "", "2022-01-01 "]
)
def test_what_is_no_iso_date_is_refused(when: str) -> None:
    """A date that a program can't read is no date in a timeline."""
    with pytest.raises(ValidationError):
        claim(when=when)


def test_a_date_goes_with_its_basis() -> None:
    """A date without a reason, or a reason without a date, would mislead a timeline."""
    assert UNDATED.date is None
    for date, basis in ((None, "stated"), ("2022-01-19", "unknown")):
        with pytest.raises(ValidationError, match="basis"):
            Published.model_validate({"date": date, "basis": basis})


@pytest.mark.parametrize(("start", "end"), [(5, 5), (6, 5), (-1, 4)])
def test_evidence_runs_forward(start: int, end: int) -> None:
    """An empty span shows nothing."""
    with pytest.raises(ValidationError):
        Evidence(quote="x", start=start, end=end)


def test_an_article_needs_text() -> None:
    """A blank page can't be briefed."""
    with pytest.raises(ValidationError):
        Article.model_validate({**dict(example_article()), "text": " \n "})


def test_unknown_keys_are_refused_with_their_place() -> None:
    """A key that nobody reads is usually a misspelt one."""
    content = example_brief().to_json().replace('"polarity"', '"polartiy"', 1)
    with pytest.raises(SchemaViolation) as caught:
        Brief.from_json(content, "b.json")
    assert caught.value.path.startswith("$.claims[0]")


def test_broken_json_is_a_schema_violation() -> None:
    """A half-written file is named, not a crash."""
    with pytest.raises(SchemaViolation, match=r"b\.json"):
        Brief.from_json('{"schema": "brief/1", ', "b.json")


def test_json_paths_read_like_jsonpath() -> None:
    """Editors and jq understand the path in an error."""
    assert json_path(("claims", 3, "polarity")) == "$.claims[3].polarity"


def test_the_public_key_is_schema() -> None:
    """Documents say what they are under the key that the contract fixes."""
    for name, document in DOCUMENTS.items():
        assert isinstance(document, Record)
        assert document.to_dict()["schema"] == name


@pytest.mark.parametrize(
    "value", [0, 7, 10**40, 0.5, 5.0, 1e15, 1e16, 1.5e300, 1e-4, 0.00002, 3e-7, -0.0, 127_000.25]
)
def test_json_is_what_the_standard_library_writes(value):
    """Whoever compares two runs byte by byte must not find a difference that is only a library's habit."""
    figure = example_brief().figures[0].model_copy(update={"value": value})
    assert figure.to_json() == json.dumps(figure.to_dict(), ensure_ascii=False, indent=1) + "\n"


def test_json_escapes_what_the_standard_library_escapes():
    """Control characters, quotes and signs from beyond the Latin letters, in one quote."""
    quote = "".join(map(chr, range(1, 0x100))) + '"\\/\u2028\ufeff\U0001f600'
    evidence = example_brief().claims[0].evidence[0].model_copy(update={"quote": quote})
    assert evidence.to_json() == json.dumps(evidence.to_dict(), ensure_ascii=False, indent=1) + "\n"
