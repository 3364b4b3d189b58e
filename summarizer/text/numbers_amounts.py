"""A number with its scale word, currency and unit; ranges and conversions of two of them. Pure.

Bounds, counted nouns and masks are `numbers`' business.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from summarizer.text import numbers_masks as masks
from summarizer.text.numbers_heads import head_after
from summarizer.text.numbers_units import Kind, Unit, currency_at, currency_before, unit_after
from summarizer.text.numbers_values import (
    DIGITS,
    SCALE_AFTER,
    SCALES,
    SHORT_SCALES,
    WORDS,
    digits_value,
    words_value,
)  # fmt: skip


class Amount(NamedTuple):
    """A number with its unit, before bound and noun are looked at."""

    start: int
    end: int
    number_start: int
    number_end: int
    value: Decimal
    scale: Decimal
    unit: Unit | None
    spelled: bool
    digits_end: int


NUMBER: Final = re.compile(rf"(?:(?P<digits>{DIGITS})(?!\d|[.,]\d)|(?P<words>{WORDS})\b)")
_AND_A_HALF: Final = re.compile(r"\sand\sa\s(half|quarter)\b")
_CONNECTOR: Final = re.compile(r"\s?(?P<dash>[-–—‑])\s?|\s(?P<word>to|and|or)\s")
_LIST_CONNECTOR: Final = re.compile(r"(?:,|,?\s(?:to|and|or|from|versus|against))\s")
BETWEEN_BEFORE: Final = re.compile(
    r"\b(between|from)\s(?:(?:about|around|roughly|some|an\sestimated|as\slittle\sas)\s)?$", re.IGNORECASE
)
_CHANGE_BEFORE: Final = re.compile(
    r"\b(?:rose|rises?|rising|risen|fell|falls?|falling|fallen|increas\w+|decreas\w+|grew|grown?|growing|dropp?\w*|jump\w*|slipp?\w*|climb\w*"
    r"|declin\w+|rais\w+|cut\w*|lower\w*|lift\w*|boost\w*|reduc\w+|went|gone|go|goes|going|up|down|widen\w*|narrow\w*|expand\w*|shr[aiu]nk\w*"
    r"|chang\w+|mov\w+|surg\w+|plung\w+|tumbl\w+|edg\w+|eas\w+|improv\w+|doubl\w+|tripl\w+|halv\w+|revis\w+|upgrad\w+|downgrad\w+|trimm?\w+|swell\w*|swung|swing\w*)\b",
    re.IGNORECASE,
)
_CHANGE_RIGHT_BEFORE: Final = re.compile(
    _CHANGE_BEFORE.pattern + r"\s(?:\w+ly\s)?(?:by\s)?(?:(?:about|around|nearly|almost|some|more\sthan|over"
    r"|as\smuch\sas|another|a\sfurther|roughly)\s)?$",
    re.IGNORECASE,
)
_SMALLER_FOLLOWS: Final = re.compile(r",?\s(?:and\s)?(?=[\da-z])")
#: A unit, the next smaller one, and how many of it make one: "six years and four months" is one stretch.
_SMALLER_UNITS: Final = {
    ("a", "mo"): 12, ("wk", "d"): 7, ("d", "h"): 24, ("h", "min"): 60, ("min", "s"): 60,
    ("[ft_i]", "[in_i]"): 12, ("[lb_av]", "[oz_av]"): 16,
}  # fmt: skip
_CONVERSION: Final = re.compile(
    r"\s?[(\[](?:(?:or|about|around|roughly|nearly|some|approximately|equivalent\sto|worth|=|~|≈|just\sover|just\sunder|more\sthan|almost)\s?){0,2}"
)
_CLOSING: Final = re.compile(r"(?:\s(?:at\s[\w\s]{3,30}|each))?[)\]]")
_OR_CONVERSION: Final = re.compile(
    r",?\sor\s(?:(?:about|around|roughly|nearly|some|approximately|just\sover|just\sunder|more\sthan|almost)\s)?"
)


def read_amount(
    text: str, begin: int, end: int, value: Decimal, before: str, stop: int, *, spelled: bool
) -> Amount:
    """Scale word, currency and unit around a numeral `[begin, end)`."""
    currency = None if spelled else currency_before(text, begin)
    start, number_end, scale = begin - (currency[1] if currency else 0), end, Decimal(1)
    unit: Unit | None = None
    if not spelled and (match := SCALE_AFTER.match(text, end, stop)):
        name = match.group("word") or match.group("long") or match.group("letter")
        factor = Decimal(SCALES[name.lower()] if match.group("word") else SHORT_SCALES[name])
        letter = match.group("letter")
        if (
            letter in ("m", "b", "B", "M")
            and currency is None
            and head_after(text, match.end(), stop, plural=True) is None
        ):
            factor = Decimal(1)  # "40m deep", "flat B"
            if letter == "m":
                unit = Unit("m", Decimal(1), "measure", match.end())
        elif letter == "K" and currency is None:
            factor = Decimal(1)
        else:
            scale, number_end = factor, match.end()
            if match.group("second"):
                scale *= SCALES[match.group("second")]
    found = unit or unit_after(text, number_end, stop, digits=not spelled or number_end > end)
    if currency:
        tail = found.end if found and found.kind == "money" else number_end
        unit = Unit(currency[0], Decimal(1), "money", tail)
    else:
        unit = found
    finish = unit.end if unit else number_end
    value = value * scale
    if unit and unit.kind == "duration" and (half := _AND_A_HALF.match(text, finish, stop)):
        value, finish = value + (Decimal("0.5") if half.group(1) == "half" else Decimal("0.25")), half.end()
    if unit:
        value *= unit.factor
    return Amount(start, finish, begin, number_end, value, scale, unit, spelled, end)


def amount_at(text: str, position: int, stop: int) -> Amount | None:
    """A whole amount that starts at `position` ("$1 billion", "15 percent"), or None."""
    currency = currency_at(text, position, stop)
    begin = currency[1] if currency else position
    match = NUMBER.match(text, begin, stop)
    if match is None:
        return None
    words = match.group("words")
    value = words_value(words) if words else digits_value(match.group("digits"))
    if value is None or (not words and masks.is_glued("", text[match.end() : match.end() + masks.WINDOW])):
        return None
    return read_amount(
        text, begin, match.end(), value, text[max(0, begin - 8) : begin], stop, spelled=words is not None
    )


def with_smaller_unit(text: str, amount: Amount, stop: int) -> Amount:
    """ "Six years and four months" is 76 months, "5 feet 10 inches" 70 inches; others stay as they are."""
    unit = amount.unit
    if unit is None or unit.kind not in ("duration", "measure") or unit.factor != 1:
        return amount
    link = _SMALLER_FOLLOWS.match(text, amount.end, stop)
    other = amount_at(text, link.end(), stop) if link else None
    if other is None or other.unit is None or other.unit.factor != 1:
        return amount
    parts = _SMALLER_UNITS.get((unit.code, other.unit.code))
    if parts is None or other.value >= parts:
        return amount
    value = amount.value * parts + other.value
    return amount._replace(end=other.end, number_end=other.number_end, value=value, unit=other.unit)


def join_range(text: str, amount: Amount, before: str, stop: int) -> tuple[Amount, Amount | None, bool]:
    """Joins "10 to 15 percent", "between $5 and $10"; lends a unit in "10 and 15 percent"."""
    connector = _CONNECTOR.match(text, amount.end, stop)
    listed = None if connector and connector.group("dash") else _LIST_CONNECTOR.match(text, amount.end, stop)
    if connector is None and listed is None:
        return amount, None, False
    other = amount_at(text, (connector or listed).end(), stop)  # type: ignore[union-attr]
    if other is None:
        return amount, None, False
    lead = BETWEEN_BEFORE.search(before)
    introduced = lead.group(1).lower() if lead else ""
    low = _lend(amount, other)
    same = (low.unit.code if low.unit else None) == (other.unit.code if other.unit else None)
    if connector is not None and same and other.value > low.value:
        word = connector.group("word")
        step = other.unit.factor if other.unit else Decimal(1)  # "one or two quarters" are months
        changed = introduced == "from" and _CHANGE_BEFORE.search(before) is not None
        if (
            amount.unit
            and other.unit
            and not introduced
            and (
                _CHANGE_RIGHT_BEFORE.search(before)
                or amount.unit.factor != other.unit.factor
                or other.value > 4 * low.value
            )
        ):
            return amount, None, False  # "rose 5 basis points to 4.32%"
        joined = (
            (word == "and" and introduced == "between")
            or (word == "to" and not changed and not re.search(r"\b(?:to|by)\s$", before))
            or (word == "to" and amount.unit is None and other.unit is not None and before.endswith(" by "))
            or (
                word == "or"
                and amount.scale == 1
                and other.value - low.value <= max(step, low.value / 2)
                and amount.unit is None
            )
            or (
                bool(connector.group("dash"))
                and not (amount.spelled or other.spelled)
                and " " not in connector.group()
            )
            or (
                bool(connector.group("dash"))
                and amount.spelled
                and other.spelled
                and other.value - low.value == 1
            )
        )
        if joined:
            return low, other, True
    if low.unit is not None and amount.unit is None and other.unit is not None:
        kind = other.unit.kind
        sign_before = kind == "money" and other.start < other.number_start
        if (
            kind in ("percent", "measure", "duration", "money")
            and not sign_before
            and (amount.scale == 1 or kind == "money")
        ):
            inherits = connector is None or connector.group("word") != "or" or kind != "duration"
            return (low if inherits else amount), None, False
    return amount, None, False


def _is_money(amount: Amount) -> bool:
    return amount.unit is not None and amount.unit.kind == "money"


def _lend(amount: Amount, other: Amount) -> Amount:
    """`amount` with the unit and the scale of the amount it is joined to ("5 to 10 million dollars")."""
    value, scale = amount.value, amount.scale
    raw = other.value / other.scale / (other.unit.factor if other.unit else 1)
    unitless = amount.unit is None
    if scale == 1 and other.scale > 1 and value < 1000 and (unitless or (value < raw and _is_money(amount))):
        value, scale = value * other.scale, other.scale
    if amount.unit is not None or other.unit is None:
        return amount._replace(value=value, scale=scale)
    lent = Unit(other.unit.code, other.unit.factor, other.unit.kind, amount.end)
    return amount._replace(value=value * lent.factor, scale=scale, unit=lent)


def conversion_end(text: str, end: int, unit: Unit, kind: Kind, stop: int) -> int:
    """Where "260 km (160 mi)" or "5 miles, or 8 kilometers" ends: the second amount only says it again."""
    if kind not in ("money", "measure"):
        return end
    for opening in (_CONVERSION, _OR_CONVERSION):
        opened = opening.match(text, end, stop)
        other = amount_at(text, opened.end(), stop) if opened else None
        if other is None or other.unit is None or other.unit.kind != kind or other.unit.code == unit.code:
            continue
        if opening is _OR_CONVERSION:
            return other.end
        if closed := _CLOSING.match(text, other.end, stop):
            return closed.end()
    return end
