"""Folding: the same words compare equal whatever their typography, and every hit maps back exactly."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.text.folding import INVISIBLE, FoldedText, comparison_key, fold

#: Text with everything that makes offsets slip: ligatures, marks, non-BMP, invisible characters.
TRICKY = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("aAbzZ0159 .,-'\"%$()")),
        st.sampled_from(
            list("“”‘’«»–—−…\u00a0\u2009\u3000\n\t\u00ad\u200b\u200f\u202b\ufeffﬁﬀ㎞²½₂①５Ａ´¨™№")
        ),
        st.sampled_from(list("éüßİıſ\u0301\u0308\u0323한\u1112\u1161\u11abЖ中🙂🇺𝟏क\u093f")),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“deeply troubling”", "'deeply troubling'"),
        ("Ukraine’s border", "Ukraine's border"),
        ("the U.S.\u00a0said\nso", "the U.S. said so"),
        ("10–20 February", "10-20 February"),
        ("a pause — then", "a pause -- then"),
        ("oﬃcials", "officials"),
        ("in\u00advade", "invade"),
        ("\u200fTalks\u200e", "Talks"),
        ("CO₂ and m²", "CO2 and m2"),
        ("cafe\u0301", "café"),
        ("wait… what", "wait... what"),
    ],
)
def test_same_words_in_other_typography_have_one_key(one: str, other: str) -> None:
    """A quote copied through a web page, a mail or a model still finds its place."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10² people", "102 people"),
        ("5½ hours", "51/2 hours"),
        ("5½ hours", "51⁄2 hours"),
        ("①5 soldiers", "15 soldiers"),
        ("6″ of snow", "6′ of snow"),
        ("US officials", "us officials"),
        ("1,000", "1.000"),
        ("re-sign", "resign"),
    ],
)
def test_what_differs_in_meaning_keeps_different_keys(one: str, other: str) -> None:
    """Folding must never turn one number or word into another."""
    assert fold(one) != fold(other)


@pytest.mark.parametrize("text", ["a-\u00ad–b", "a-\u00ad--b", "a–\u200b-b", "a-\u00ad-"])
def test_dashes_with_something_invisible_between_are_one(text: str) -> None:
    """The key of a key must be the key itself."""
    assert fold(text) == fold(fold(text))
    assert fold(text).count("-") == 1


def test_a_raised_digit_with_a_mark_folds_the_same_whatever_follows() -> None:
    """A slice must fold as it does in the whole, where a digit comes after the mark."""
    assert fold("A²\u093f") == "A²\u093f"
    assert fold("A²\u093f0") == "A²\u093f0"
    assert fold("CO₂ and m²") == "CO2 and m2"


def test_comparison_key_folds_capitals_and_ends() -> None:
    """Names are compared without capitals: KYIV in a headline is Kyiv in the body."""
    assert comparison_key("  The  “Kremlin” ") == "the 'kremlin'"
    assert comparison_key("STRASSE") == comparison_key("Straße")


@settings(deadline=None)
@given(TRICKY)
def test_comparison_key_is_idempotent(text: str) -> None:
    """A key can be compared with a key of a key: clusters may be keyed again later."""
    assert comparison_key(comparison_key(text)) == comparison_key(text)


@settings(deadline=None)
@given(TRICKY, st.data())
def test_every_hit_in_the_key_maps_back_to_text_that_folds_the_same(text: str, data: st.DataObject) -> None:
    """What is shown to a reader as the source of a statement is the passage that was matched."""
    folded = FoldedText(text)
    if not folded.key:
        return
    start = data.draw(st.integers(0, len(folded.key) - 1))
    end = data.draw(st.integers(start + 1, len(folded.key)))
    i, j = folded.span(start, end)
    assert 0 <= i < j <= len(text)
    assert folded.key[start:end] in folded.key
    # A hit may cut a ligature in two, or marks from their base: the surroundings then hold the whole. How a
    # raised or lowered digit folds depends on its neighbours, the one before it being the nearest seen.
    before, after = max(0, i - 1), j + 1
    while before and (re.match(f"[{INVISIBLE}]", text[before]) or joins(text[before])):
        before -= 1
    while after < len(text) and joins(text[after]):
        after += 1
    assert folded.key[start:end].strip() in FoldedText(text[before:after]).key


def joins(char: str) -> bool:
    """Whether a character belongs to the one before it: a mark, a Hangul vowel or final."""
    return unicodedata.category(char)[0] == "M" or "\u1160" <= char <= "\u11ff"


def test_pieces_of_a_text_map_back_exactly() -> None:
    """Offsets survive a ligature, a no-break space, a soft hyphen and an emoji before them."""
    text = "Oﬃcials\u00a0 said 🙂 “in\u00advasion” — it’s\r\nnear."
    folded = FoldedText(text)
    for words in ("Officials said", "invasion", "it's near", "🙂"):
        at = folded.key.index(words)
        i, j = folded.span(at, at + len(words))
        assert fold(text[i:j]) == words
    at = folded.key.index("invasion")
    assert text[slice(*folded.span(at, at + 8))] == "in\u00advasion"


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 2), (0, 99)])
def test_a_span_outside_the_key_is_refused(start: int, end: int) -> None:
    """A wrong range is a bug of the caller and must not become a wrong quotation."""
    with pytest.raises(ValueError, match="no span"):
        FoldedText("abc").span(start, end)


@pytest.mark.parametrize("unit", [" ", "-", "“", "\u00ad", "é ", "1,", "x\u0301"])
def test_folding_is_linear(unit: str) -> None:
    """A page full of junk must not stall a newsroom's run."""
    text = unit * (200_000 // len(unit))
    began = time.process_time()
    FoldedText(text)
    assert time.process_time() - began < 2.0
