"""Most words begin no number and no date. What spares looking at them must not lose one that does."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.extraction.by_rules import figures_dates
from summarizer.text import numbers_assembly, numbers_bounds, numbers_masks, numbers_units
from summarizer.text.kept import Kept
from summarizer.text.lexicon import alternatives
from summarizer.text.pieces import Beginning, Ending, places

ARTICLES = Path(__file__).resolve().parent.parent / "evals" / "articles"
WINDOW = numbers_masks.WINDOW
#: Texts of few pieces that stand inside each other, with all kinds of space between them.
CROWDED = st.text(alphabet=st.sampled_from(list("aab1 \n\u00a0\t,")), max_size=40)

ENDINGS: dict[str, Ending] = {
    "age": numbers_masks._AGE_BEFORE,
    "age limit": numbers_masks._AGE_LIMIT_BEFORE,
    "vague": numbers_masks._VAGUE_BEFORE,
    "named": numbers_masks._STRONG,
    "weakly named": numbers_masks._WEAK,
    "definite": numbers_assembly._DEFINITE_BEFORE,
    "bound": numbers_bounds._BEFORE_END,
    "filler": numbers_bounds._FILLER_END,
    "currency": numbers_units._CODE,
    "compared": figures_dates._COMPARED,
}
BEGINNINGS: dict[str, Beginning] = {"measure": numbers_units._WORD}


@cache
def texts() -> tuple[str, ...]:
    return tuple(path.read_text("utf-8") for path in sorted(ARTICLES.glob("*.txt")))


@given(CROWDED, st.integers(0, 10), st.integers(0, 10))
@settings(deadline=None)
def test_a_piece_is_found_where_it_stands_whole(text: str, before: int, after: int) -> None:
    """ "a" stands in "salary", too: a number read there would be none."""
    start, stop = min(before, len(text)), max(before, len(text) - after)
    matters = Kept(lambda piece: piece in ("a", "1", "1,", "ab"))
    stop = min(stop, len(text))
    whole = [match.span() for match in re.compile(r"\S+").finditer(text, start, stop)]
    expected = [(first, last) for first, last in whole if matters[text[first:last]]]
    assert list(places(text, start, stop, matters)) == expected


@pytest.mark.parametrize("name", ENDINGS)
def test_no_word_that_can_end_a_pattern_is_missing(name: str) -> None:
    """A last word left out of the list would lose an age or a bound in silence."""
    ending = ENDINGS[name]
    for text in texts():
        for word in re.finditer(r"\S+\s?", text):
            before = text[max(0, word.end() - WINDOW) : word.end()]
            assert _span(ending.search(before)) == _span(ending.pattern.search(before)), before


@pytest.mark.parametrize("name", BEGINNINGS)
def test_no_word_that_can_begin_a_pattern_is_missing(name: str) -> None:
    """A first word left out of the list would turn miles into things counted."""
    beginning = BEGINNINGS[name]
    for text in texts():
        for space in re.finditer(r"[\s-]", text):
            start = space.start()
            found = beginning.match(text, start, len(text))
            assert _span(found) == _span(beginning.pattern.match(text, start, len(text))), text[start:][:20]


@pytest.mark.parametrize(
    ("name", "before"),
    [
        *(
            ("age", f"{lead} ")
            for lead in ("aged", "Age", "ages", "aged between", "ages of", "turned", "turning")
        ),
        *(("age", f"{lead} ") for lead in ("aged from", "turns", "older than", "aged 18 to", "ages 4 and")),
        *(("age", f"{lead} ") for lead in ("aged 18 or", "aged 18 –", "aged 18 -", "the age of")),
        *(
            ("age limit", f"children {lead} ")
            for lead in ("under", "over", "above", "below", "under the age of")
        ),
        *(
            ("vague", f"{lead} ")
            for lead in ("few", "several", "many", "a couple", "couple of", "per", "the odd")
        ),
        *(("vague", f"{lead} ") for lead in ("for every", "out of every", "parts per")),
        *(
            ("named", f"{lead} ")
            for lead in ("Article", "mile marker", "No.", "group of", "Boeing", "STOXX Europe")
        ),
        *(("weakly named", f"{lead} ") for lead in ("day", "world war", "Nos")),
        *(("definite", f"{lead} ") for lead in ("the", "these", "those", "all", "both", "all of the")),
        *(("bound", lead) for lead in ("“more than ", "at a minimum ", "approx. ", "~", "≥ ", "surpassing ")),
        *(
            ("compared", f"{lead} ")
            for lead in ("the highest since", "than", "than in", "up from", "growth on")
        ),
        *(("compared", lead) for lead in ("down from early ", "against late ", "versus mid-", "rise to ")),
        *(("currency", sign) for sign in ("$", "US$", "(USD ", "Rs ")),
        *(("filler", f"{lead} ") for lead in ("a total of", "another", "a whopping", "(only")),
    ],
)
def test_what_ends_a_pattern_is_found(name: str, before: str) -> None:
    """Each way of writing it, also those that the articles at hand don't have."""
    assert ENDINGS[name].search(before) is not None


def _span(match: re.Match[str] | None) -> tuple[int, int] | None:
    return None if match is None else match.span()


def test_no_name_of_money_is_missed() -> None:
    """Names are looked up by their first two letters; one pattern of all of them must find the same."""
    names = [name for same in numbers_units._MONEY_BEGINS.values() for name in same]
    whole = re.compile(rf"(?:\s{{1,2}}|-)({alternatives(names)})(?!\w)")
    amounts = " 20 p, 4-euro, 5  pesos, 7 U.S. dollars, 2 CFA francs, 3 people, 6 euro cents, 1 penny. "
    for text in (amounts, *texts()):
        for space in re.finditer(r"[\s-]", text):
            start = space.start()
            found = numbers_units._currency_after(text, start, len(text))
            assert _span(found) == _span(whole.match(text, start, len(text))), text[start:][:20]
