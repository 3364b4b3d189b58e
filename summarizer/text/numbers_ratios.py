"""Ratios in words: "tripled", "twice as many", "two-thirds of", "one in 10", "tenfold", "50-50". Pure.

Each reader gets a numeral's place and says whether a ratio stands there; what looks like one but isn't
("double standards", "second half", "a third man", "met twice") is None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from summarizer.text.lexicon import alternatives
from summarizer.text.numbers_units import Unit, unit_after
from summarizer.text.numbers_values import (
    DIGITS,
    MULTIPLES,
    SCALES,
    WORDS,
    digits_value,
    fraction_value,
    ratio,
    words_value,
)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio up to `end`; with a `unit` a part of one ("half an hour"); `counts`: "half of a million"."""

    value: Decimal
    end: int
    unit: Unit | None = None
    counts: bool = False


_DETERMINED: Final = (
    r"(?:the|that|those|this|these|what|its|their|his|her|our|your|my|last|earlier|previous|all)"
)
_ALONE: Final = frozenset(
    (
        "double",
        "triple",
        "treble",
        "quadruple",
        "quintuple",
        "halve",
        "halves",
        "doubles",
        "triples",
        "trebles",
    )
)
_NO_MULTIPLE_AFTER: Final = re.compile(
    r"\s(?:down|up\s(?:as|on)|over\s(?:in|with)|as\s(?:an?|the)\b|check|agent|dip|jeopardy)|[-‑](?!\w+ly\b)[a-z]"
)
_VERB_OBJECT_AFTER: Final = re.compile(
    rf"\s(?:{_DETERMINED}|as|from|to|in|by|over|within|every|on|since|between|compared|year|again|if|when|and|or|pre-?\w+)\b|[.,;:)!?”\"'’—–]|\s[–—]|$"
)
_INFINITIVE_BEFORE: Final = re.compile(
    r"\b(?:to|will|would|could|may|might|can|should|shall|must|than|nearly|almost|about|roughly|around|approximately|over|not|more|least)\s$",
    re.IGNORECASE,
)
_TWICE_AFTER: Final = re.compile(rf"\s(?:as\s(?:\w+)|{_DETERMINED}|more)\b")
_TIMES: Final = re.compile(
    r"[\s-]times(?:\s(?:as\s\w+|more\b|higher|larger|greater|bigger|faster|less|lower|likelier|fewer|smaller|better|worse"
    rf"|\w+er(?=\sthan)|{_DETERMINED}\s[\w-]+|[A-Z]\w+['’]s\s[\w-]+))"
)
_FOLD: Final = re.compile(r"[-\s]?fold\b")
_NUMBER: Final = rf"(?:{DIGITS}|(?:{WORDS}))"
_IN: Final = re.compile(
    rf"[\s-](?:in|out\sof)[\s-](?:every\s)?({_NUMBER})(?![\w-]|[.,]\d|%|\s(?:years?|months?|weeks?|days?|hours?|minutes?|per\s?cent)\b)"
)
_ROUND_WHOLES: Final = frozenset((3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000))
_EVEN: Final = re.compile(r"(?:50[-–/]50|fifty-fifty)\b")

_ORDINAL_BEFORE: Final = re.compile(
    r"\b(?:first|second|third|fourth|1st|2nd|3rd|4th|other|latter|better|final|last|opening|top|bottom|next|previous|half|each|every|this)[\s-]$",
    re.IGNORECASE,
)
_NO_HALF_AFTER: Final = re.compile(
    r"[-‑](?!(?:hour|mile|century|decade|point|percent|dozen|million|billion|inch|kilo|day|month|year-?long|pound|ton)|percentage)[a-z]|-?\s?time\b|\s(?:year|brother|sister|past|asleep|empty|full|hearted)\b"
)
_HALF_AFTER: Final = re.compile(
    rf"\s(?:of\b|{_DETERMINED}\b|an?\b|as\b|were\b|are\b|have\b|had\b|say\b|said\b|on\b|from\b|in\b|to\b|since\b|over\b|by\b|that\b|from\b)|[.,;:)!?”\"’]|$"
)
_FRACTION_AFTER: Final = re.compile(
    r"\s(?:of|from|since|over|below|above|less|more|fewer|compared|off|year-on-year|last|this|higher|lower|larger|smaller|say|said|are|were|have|had"
    r"|in\s(?:the|its|\d)|to\s(?:a|\d|about|£|\$|€)|on\b|against)\b|[.,;:)!?”\"’—]|$"
)
_BY_BEFORE: Final = re.compile(
    r"\b(?:by|about|around|nearly|almost|roughly|some|approximately|than|over|up\sto|much\sas|under|at\sleast|close\sto|only|just|an\sestimated|within|below|above|to|lost|least)\s$",
    re.IGNORECASE,
)
#: Behind anything else "a sixth." is one more of a row: "it is investigating a sixth".
_SHARE_BEFORE: Final = re.compile(
    _BY_BEFORE.pattern + r"|(?:^|[.,;:!?“\"'‘(–—]\s?)$"
    r"|\b(?:and|or|but|as|is|was|were|be|for|with|while|that|up|down|rose|rise[ns]?|fell|fall|fallen|falls|drop\w*"
    r"|cut|cuts|cutting|grew|grow\w*|jump\w*|gain\w*|slid|slump\w*|plung\w*|tumbl\w*|climb\w*|shr[aiu]nk\w*|shed"
    r"|lost|los\w+|halv\w+|own\w*|hold\w*|held|suppl\w+|provid\w+|produc\w+|account\w*|made?|make[ns]?|up"
    r"|represent\w*|contain\w*|tak\w+|took|us\w+|earn\w*|get\w*|got|pa(?:y|id)\w*|spen\w+|cost\w*|save\w*"
    r"|worth|won|employ\w*|control\w*|cover\w*|fully|even)\s$",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(r"[.,;:)!?”\"’—]|$|\s(?:on|last|this|in|against)\b")
_PERIOD_BEFORE: Final = re.compile(r"\b(?:in|for|per|each|every|during|of)\s$", re.IGNORECASE)
_OF_A: Final = re.compile(r"\s(?:of\s)?an?(?=\s)|[-‑](?=[a-z])")
_OF_SCALE: Final = re.compile(
    rf"\s(?:of\s)?an?\s({alternatives(word for word in SCALES if word != 'dozen')})\b"
)


def multiple(text: str, word: str, end: int, stop: int, before: str) -> Ratio | None:
    """A word of `MULTIPLES` that ends at `end`: "tripled", "double the", "twice as many"."""
    lower = word.lower()
    if _NO_MULTIPLE_AFTER.match(text, end, stop):
        return None
    if lower in ("twice", "thrice"):
        if not _TWICE_AFTER.match(text, end, stop):
            return None
    elif (
        lower in _ALONE
        and not _INFINITIVE_BEFORE.search(before)
        and not (_VERB_OBJECT_AFTER.match(text, end, stop) and not re.search(r"\b(?:an?|the)\s$", before))
    ):
        return None
    if re.search(r"\b(?:the|in)\s$", before) and lower in ("halves", "doubles", "double", "triples"):
        return None
    return Ratio(MULTIPLES[lower], end)


def multiple_of_number(text: str, value: Decimal, end: int, stop: int) -> Ratio | None:
    """ "Three times as many", "10 times higher", "tenfold", "100-fold" after a number."""
    if match := _TIMES.match(text, end, stop):
        return Ratio(value, match.end())
    if match := _FOLD.match(text, end, stop):
        return Ratio(value, match.end())
    return None


def part_in_whole(text: str, value: Decimal, end: int, stop: int) -> Ratio | None:
    """ "One in 10", "two out of five", "1-in-20" after a number."""
    match = _IN.match(text, end, stop)
    if match is None:
        return None
    numeral = match.group(1)
    whole = digits_value(numeral) if numeral[0].isdigit() else words_value(numeral)
    if whole is None or whole <= value or value != value.to_integral_value() or whole < 3:
        return None
    if numeral.isdigit() and 1500 <= whole < 2100:
        return None
    if value != 1 and whole not in _ROUND_WHOLES:
        return None
    return Ratio(ratio(value, whole), match.end())


def even_odds(text: str, start: int, stop: int) -> Ratio | None:
    """ "50-50"."""
    match = _EVEN.match(text, start, stop)
    return Ratio(Decimal("0.5"), match.end()) if match else None


def fraction(text: str, phrase: str, end: int, stop: int, before: str) -> Ratio | None:
    """A phrase that `FRACTION` matched: a share, or a part of a unit ("half an hour"), or of a scale."""
    words = re.split(r"[-\s]", phrase.lower())
    value = fraction_value(phrase)
    if scale := _OF_SCALE.match(text, end, stop):
        return Ratio(value * SCALES[scale.group(1)], scale.end(), counts=True)
    name, count = words[-1], words[0] if len(words) > 1 else ""
    if _NO_HALF_AFTER.match(text, end, stop) and "half" in name:
        return None
    if (of_a := _OF_A.match(text, end, stop)) and (unit := _part_unit(text, of_a, stop)):
        return Ratio(value * unit.factor, unit.end, unit)
    if unit := _half_unit(text, phrase, end, stop):
        return Ratio(value * unit.factor, unit.end, unit)
    if name.startswith("quarter") and (
        count == "two" or (count == "three" and not _of_follows(text, end) and "-" not in phrase)
    ):
        return None  # a stretch of time
    if _ORDINAL_BEFORE.search(before):
        return None
    if name == "half" and count in ("", "a"):
        if count == "" and not (_HALF_AFTER.match(text, end, stop) or _BY_BEFORE.search(before)):
            return None
        return Ratio(value, end)
    if count in ("a", "an"):
        if not _of_follows(text, end) and _PERIOD_BEFORE.search(before):
            return None
        if not (_BY_BEFORE.search(before) or _FRACTION_AFTER.match(text, end, stop)):
            return None
        if name in ("second",):
            return None
        if name != "quarter" and _ENDS.match(text, end, stop) and not _SHARE_BEFORE.search(before):
            return None
    if name.startswith("fourth") and not _of_follows(text, end):
        return None
    return Ratio(value, end)


def _of_follows(text: str, end: int) -> bool:
    return text.startswith(" of ", end)


def _part_unit(text: str, of_a: re.Match[str], stop: int) -> Unit | None:
    """The unit in "half an hour", "a quarter of a percentage point", "half-mile"."""
    end = of_a.end()
    if of_a.group()[0] in "-‑":
        end -= 1
    unit = unit_after(text, end, stop, digits=False)
    if (
        unit is not None
        and unit.kind == "percent"
        and "point" not in text[end : unit.end]
        and "percent" not in text[end : unit.end].replace(" ", "")
    ):
        return None
    if unit is None and re.compile(r"[\s-]point\b").match(text, end, stop):
        return Unit("percent", Decimal(1), "percent", end + len("-point"))
    return unit


def _half_unit(text: str, phrase: str, end: int, stop: int) -> Unit | None:
    """ "a half hour", "a quarter century"."""
    match = re.compile(r"\s(?:hour|mile|century|decade|percentage\spoint|point|inch)\b").match(
        text, end, stop
    )
    if match is None:
        return None
    if match.group().strip() == "point":
        return Unit("percent", Decimal(1), "percent", match.end())
    return unit_after(text, end, stop, digits=False)
