"""Where a number may stand in a text: numerals, number words, fractions, multiples, "more than a year". Pure.

One pass over the words; only a word that can begin a number is looked at with a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from summarizer.text.kept import Kept
from summarizer.text.lexicon import alternatives
from summarizer.text.numbers_values import (
    DIGITS,
    FRACTION,
    FRACTIONS,
    MULTIPLES,
    ONES,
    SCALES,
    TENS,
    WORDS,
    words_value,
)  # fmt: skip
from summarizer.text.pieces import Beginning, places

Form = Literal["digits", "words", "fraction", "multiple", "article"]


class Candidate(NamedTuple):
    """A numeral `[start, end)` and how it is written; "article" is the "a" of "more than a year"."""

    form: Form
    start: int
    end: int


_UNITS: Final = (
    "year", "month", "week", "day", "decade", "century", "hour", "minute", "mile", "kilometer", "kilometre",
    "meter", "metre", "foot", "inch", "ton", "tonne", "fortnight",
)  # fmt: skip
#: A longer run of digits is an identifier or an accident; no count of anything, and too large for a float.
_MOST_DIGITS: Final = 30
_TOKEN: Final = re.compile(r"[A-Za-z]+|\d+|[½¼¾⅓⅔⅛]")
_STARTERS: Final = frozenset(
    form
    for word in [*ONES, *TENS, *SCALES, *MULTIPLES, "half", "quarter", "a", "an"]
    for form in (word, word.capitalize(), word.upper() if word == "a" else word)
)
_DIGITS: Final = re.compile(rf"(?:{DIGITS})(?!\d|[.,]\d)")
_FRACTION: Final = re.compile(rf"{FRACTION}\b")
_WORDS: Final = re.compile(rf"(?:{WORDS})\b")
_ARTICLE: Final = re.compile(rf"[Aa]n?(?=\s(?:{alternatives(_UNITS)})\b(\sand\sa\shalf\b)?)")
_ARTICLE_BEFORE: Final = re.compile(
    r"\b(?:than|over|nearly|almost|about|least|under|within|up\sto|around|roughly|approximately|most|below|beyond|(?:much|long|far|little)\sas)\s$",
    re.IGNORECASE,
)


_ARTICLES: Final = frozenset(("a", "an", "A", "An"))
#: With what an article begins a number: "a half", "a million", "a year".
_AFTER_ARTICLE: Final = Beginning(
    re.compile(r"[-\s]"),
    [
        form
        for word in (*FRACTIONS, *(name + "s" for name in FRACTIONS), *SCALES, *_UNITS, "half", "halves")
        for form in (word, word.capitalize())
    ],
)
#: Whether what stands between spaces holds a numeral or a word that a number can begin with.
_MAY_BEGIN: Final = Kept(
    lambda piece: any(
        not word.isascii() or word.isdecimal() or word in _STARTERS for word in _TOKEN.findall(piece)
    )
)


def _tokens(text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    """Words and numerals of the pieces that may hold a number's beginning."""
    for begin, end in places(text, start, stop, _MAY_BEGIN):
        yield from _TOKEN.finditer(text, begin, end)


def candidates(text: str, start: int, stop: int) -> Iterator[Candidate]:
    """Possible numbers in `text[start:stop]` in order, not overlapping; none in "1,1,1" or "2.3.4"."""
    reached = start
    for token in _tokens(text, start, stop):
        begin = token.start()
        if begin < reached:
            continue
        word = token.group()
        if word[0].isdecimal() or not word[0].isascii():
            if (
                text[begin - 1 : begin] in (".", ",")
                and text[begin - 2 : begin - 1].isdecimal()
                and begin - 2 >= start
            ):
                continue
            match = _DIGITS.match(text, begin, stop)
            if match is not None:
                reached = match.end()
                if reached - begin <= _MOST_DIGITS or "." in match.group()[:_MOST_DIGITS]:
                    yield Candidate("digits", begin, reached)
            continue
        if word not in _STARTERS or (begin > start and (text[begin - 1].isalnum() or text[begin - 1] == "_")):
            continue
        if word in _ARTICLES and _AFTER_ARTICLE.match(text, token.end(), stop) is None:
            continue
        if word.lower() in MULTIPLES and word.lower() != "halves":
            form: Form = "multiple"
            match = token
        elif match := _FRACTION.match(text, begin, stop):
            form = "fraction"
        elif match := _WORDS.match(text, begin, stop):
            form = "words"
            if " and " in match.group() and words_value(match.group()) is None:
                cut = begin + match.group().index(" and ")  # "between three | and eight minutes"
                match = _WORDS.match(text, begin, cut) or match
        elif word.lower() in MULTIPLES:
            form, match = "multiple", token
        elif article := _ARTICLE.match(text, begin, stop):
            if not article.group(1) and not _ARTICLE_BEFORE.search(text[max(start, begin - 16) : begin]):
                continue
            form, match = "article", article
        else:
            continue
        reached = match.end()
        yield Candidate(form, begin, reached)
