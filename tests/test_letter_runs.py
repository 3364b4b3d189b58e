"""Words cut quickly are those that the patterns find: roles and languages of articles rest on them."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.sources.language import detect_language
from summarizer.sources.letter_runs import folded, folded_case, letter_runs, word_runs

LETTERS = re.compile(r"[^\W\d_]+")
WORDS = re.compile(r"\d[\d.,]*\d|[^\W_]+")
#: Letters, numbers, marks and spaces of every kind that is treated in a way of its own.
news = st.text(st.sampled_from("abMé1205.,,’“–-_'… \t\u00a0\u2009\x1f\u0663ßİ漢"), max_size=40)


@given(st.lists(news | st.text(max_size=20), max_size=4))
def test_words_are_those_of_the_pattern(lines: list[str]) -> None:
    """One word more or less, and a caption no longer repeats its paragraph."""
    lines = [line.replace("\n", " ") for line in lines]
    assert word_runs(lines) == [WORDS.findall(line) for line in lines]
    assert letter_runs("\n".join(lines)) == LETTERS.findall("\n".join(lines))


def test_numbers_keep_their_points_and_lose_their_units() -> None:
    """ "1,500" and "1,600" must differ as one word: lines that differ in a number never say the same."""
    assert word_runs(["It's 1,500 a day, or 3.5m in 20km²", "", "A12,5"]) == [
        ["It", "s", "1,500", "a", "day", "or", "3.5", "m", "in", "20", "km²"],
        [],
        ["A12", "5"],
    ]


def test_a_line_feed_inside_a_line_is_refused() -> None:
    """Words of one line would be counted as another's."""
    with pytest.raises(ValueError, match="zip"):
        word_runs(["one\ntwo"])


def test_white_space_of_every_kind_is_folded() -> None:
    """Every character, alone and between others: what is folded must be what `split` takes for space."""
    for code in range(sys.maxunicode + 1):
        for line in (chr(code), f"a{chr(code)}b", f"a {chr(code)}"):
            assert folded(line) == " ".join(line.split())


def test_case_is_folded_as_patterns_fold_it() -> None:
    """Furniture is looked for without regard to case; a letter that a pattern takes for "i" is one."""
    for code in range(sys.maxunicode + 1):
        if re.fullmatch("[a-z]", chr(code), re.IGNORECASE):
            assert folded_case(chr(code)).isascii()
    assert folded_case("CONTRİBUTED") == "contributed"


def test_letters_whose_lower_case_depends_on_the_word_are_lowered_in_it() -> None:
    """ "İ" becomes two characters, the second no letter: Turkish words would fall in two."""
    alone = [code for code in range(sys.maxunicode + 1) if len(chr(code).lower()) > 1]
    assert [chr(code) for code in alone] == ["İ"]
    assert (
        detect_language("İstanbul'da bu konuda bir karar olmadığını ve yeni bir plan için geç dedi.").code
        == "tr"
    )
    assert detect_language("ΑΣ' είπε η κυβέρνηση την Τρίτη").code == "el"
