"""Which numbers in a sentence are not carried by the texts and figures that it rests on.

Pure. A quantity is carried when the texts state one of the same value and unit, with the same bound:
"about 127,000" is not carried by "more than 127,000", nor is the bare number. A date is carried when it
stands in the texts or says no more than a known date does ("in 2022" for 2022-01-19). Any other digits
("Su-35", "room 12") must stand in the texts as they are.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from summarizer.grounding.agreement import same_unit, same_value
from summarizer.grounding.known_words import KnownWords
from summarizer.grounding.repeated_numbers import may_hold_number
from summarizer.records.brief import Bound, Figure, RejectionCode
from summarizer.text.dates import DateExpression, find_dates, resolve
from summarizer.text.folding import fold
from summarizer.text.numbers import Quantity, find_quantities

_TWO: Final = re.compile(r"\b(?:both|either|neither|pair|couple)\b", re.IGNORECASE)
#: A claim's text holds no hedge words, so a bound that is one may be missing there.
_HEDGE_AS_BOUND: Final = re.compile(
    r"\b(?:estimated|perhaps|maybe|possibly|probably|likely|may|might|could)\b", re.IGNORECASE
)
_DIGITS: Final = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class UnknownNumber:
    """A number that nothing carries, or not with this unit or bound."""

    code: RejectionCode
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A quantity that is stated. `hedged`: its bound is a hedge word ("perhaps 36 hours").

    `bare`: no unit stands beside it, so it may be of any ("less than two" of the years spoken of before).
    """

    value: Decimal
    value_high: Decimal | None
    unit: str
    bound: Bound
    hedged: bool = False
    bare: bool = False


def stated_in(text: str, quantities: Iterable[Quantity]) -> list[Stated]:
    """What these quantities of `text` state."""
    return [
        Stated(
            value=Decimal(str(quantity.value)),
            value_high=_decimal(quantity.value_high),
            unit=quantity.unit,
            bound=quantity.bound,
            hedged=_HEDGE_AS_BOUND.search(text[quantity.start : quantity.number_start]) is not None,
            bare=quantity.kind == "bare",
        )
        for quantity in quantities
    ]


def stated_by(figure: Figure) -> list[Stated]:
    """What a figure states, with the bound of each of its mentions."""
    bounds = dict.fromkeys((figure.bound, *(mention.bound or figure.bound for mention in figure.also)))
    value, high = Decimal(str(figure.value)), _decimal(figure.value_high)
    return [Stated(value, high, figure.unit, bound) for bound in bounds]


class KnownNumbers:
    """The numbers of some texts, as a sentence may use them, and `more` that is known besides.

    `anchor` is the article's date. `stated` are the quantities of the texts where they have been found
    before; else they are found here. With `spans` two known numbers carry the range between them; with
    `loose` "about" may be left out, as in the text of a claim, whose figures keep it.
    """

    def __init__(
        self,
        texts: Sequence[str],
        more: Sequence[Stated] = (),
        anchor: str | None = None,
        stated: Sequence[Stated] | None = None,
        spans: bool = False,
        loose: bool = False,
    ) -> None:
        self._texts = texts
        self._more = more
        self._anchor = anchor
        self._given = stated
        self._spans = spans
        self._loose = loose
        # Worked out when a sentence asks for it, as most don't.
        self._kept_stated: list[Stated] | None = None
        self._kept_by_value: dict[tuple[Decimal | None, Decimal | None], list[Stated]] | None = None
        self._kept_digits: set[str] | None = None
        self._kept_days: list[tuple[str, str]] | None = None

    def _stated(self) -> list[Stated]:
        if self._kept_stated is None:
            found = self._given
            if found is None:
                found = [
                    stated
                    for text in self._texts
                    if may_hold_number(text)
                    for stated in stated_in(text, find_quantities(text))
                ]
            self._kept_stated = [*found, *self._more]
        return self._kept_stated

    def _by_value(self) -> dict[tuple[Decimal | None, Decimal | None], list[Stated]]:
        if self._kept_by_value is None:
            self._kept_by_value = {}
            for stated in dict.fromkeys(self._stated()):
                self._kept_by_value.setdefault((stated.value, stated.value_high), []).append(stated)
        return self._kept_by_value

    def _speak_of_two(self) -> bool:
        """ "Neither side" and "both firms" carry "the two"."""
        return any(_TWO.search(text) for text in self._texts)

    def _digits(self) -> set[str]:
        if self._kept_digits is None:
            self._kept_digits = {digits for text in self._texts for digits in _digit_strings(text)}
        return self._kept_digits

    def _days(self) -> list[tuple[str, str]]:
        if self._kept_days is None:
            found = (date for text in self._texts for date in find_dates(text))
            stated = (iso for date in found for iso in _resolutions(date, self._anchor))
            self._kept_days = [_days(iso) for iso in (self._anchor, *stated) if iso]
        return self._kept_days

    def unknown_number(self, sentence: str, dates: Sequence[str | None] = ()) -> UnknownNumber | None:
        """The first number in `sentence` that isn't carried, or None. `dates` are known ISO dates besides."""
        if not may_hold_number(sentence):
            return None
        covered: list[tuple[int, int]] = []
        for date in find_dates(sentence):
            words = sentence[date.start : date.end]
            covered.append((date.start, date.end))
            cut = sentence[max(0, date.start - 1) : date.start] in tuple(",.0123456789")  # "6,000 years ago"
            if not cut and _DIGITS.search(words) and not self._carries_date(date, words, dates):
                reason = f"the date “{words}” is not in what it rests on"
                return UnknownNumber("value_not_in_evidence", words, reason)
        for quantity in find_quantities(sentence):
            covered.append((quantity.start, quantity.end))
            unknown = self._check(sentence, quantity)
            if unknown is not None:
                return unknown
        for match in _DIGITS.finditer(sentence):
            inside = any(start <= match.start() < end for start, end in covered)
            if not inside and _plain_digits(match.group()) not in self._digits():
                said = match.group()
                return UnknownNumber("value_not_in_evidence", said, f"{said} is not in what it rests on")
        return None

    def _check(self, sentence: str, quantity: Quantity) -> UnknownNumber | None:
        said = sentence[quantity.start : quantity.end]
        if (
            quantity.value == 2
            and quantity.value_high is None
            and (quantity.definite or self._speak_of_two())
        ):
            return None
        same = self._of_value(quantity)
        if not same and self._spans and self._carries_ends(quantity):
            return None
        if not same and quantity.bound == "exact" and self._spells(sentence, quantity):
            return None
        if not same:
            return UnknownNumber("value_not_in_evidence", said, f"“{said}” is not in what it rests on")
        units = [
            stated
            for stated in same
            if quantity.kind == "bare" or stated.bare or same_unit(stated.unit, quantity.unit)
        ]
        if not units:
            reason = f"“{said}” has another unit than what it rests on ({same[0].unit})"
            return UnknownNumber("unit_not_in_evidence", said, reason)
        # "The 127,000 soldiers" points back to a number whose bound was given before.
        if quantity.definite or any(self._bound_agrees(quantity, stated) for stated in units):
            return None
        reason = f"“{said}” has another bound than what it rests on ({units[0].bound})"
        return UnknownNumber("bound_not_in_evidence", said, reason)

    def _of_value(self, quantity: Quantity) -> list[Stated]:
        """What is known with that value. Ratios have a tolerance; all others are looked up, as tables of
        numbers would else take quadratic time.
        """
        if quantity.unit == "ratio":
            known = self._stated()
        else:
            known = self._by_value().get((_decimal(quantity.value), _decimal(quantity.value_high)), [])
        return [stated for stated in known if same_value(quantity, stated.value, stated.value_high)]

    def _bound_agrees(self, quantity: Quantity, stated: Stated) -> bool:
        left_out = quantity.bound == "exact" and (stated.hedged or (self._loose and stated.bound == "about"))
        return stated.bound == quantity.bound or left_out

    def _spells(self, sentence: str, quantity: Quantity) -> bool:
        """Whether the texts hold a number word that is no quantity there ("in the previous four")."""
        number = sentence[quantity.number_start : quantity.number_end]
        counts = quantity.unit == "count" and number.isalpha()
        return counts and any(re.search(rf"\b{number}\b", text, re.IGNORECASE) for text in self._texts)

    def _carries_ends(self, quantity: Quantity) -> bool:
        ends = [
            replace(quantity, value=end, value_high=None)
            for end in (quantity.value, quantity.value_high)
            if end
        ]
        return len(ends) == 2 and all(
            any(
                same_value(end, stated.value, stated.value_high) and same_unit(stated.unit, end.unit)
                for stated in self._stated()
            )
            for end in ends
        )

    def _carries_date(self, date: DateExpression, words: str, dates: Sequence[str | None]) -> bool:
        if KnownWords(self._texts).holds_phrase(words):
            return True
        given = [_days(iso) for iso in dates if iso]
        # A date without a year is also read as of the known dates: "3 March" for 2025-03-03.
        anchors = (self._anchor, *(first for first, _ in given))
        for iso in (iso for anchor in anchors for iso in _resolutions(date, anchor)):
            first, last = _days(iso)
            if any(first <= start and end <= last for start, end in (*self._days(), *given)):
                return True
        return False


def _resolutions(date: DateExpression, anchor: str | None) -> list[str]:
    past, future = resolve(date, anchor, "past"), resolve(date, anchor, "future")
    return [iso for iso in dict.fromkeys((past, future)) if iso]


def _decimal(value: int | float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _digit_strings(text: str) -> set[str]:
    return {_plain_digits(match.group()) for match in _DIGITS.finditer(fold(text))}


def _plain_digits(digits: str) -> str:
    return digits.replace(",", "")


def _days(iso: str) -> tuple[str, str]:
    """First and last day of an ISO date, month, year or interval; open ends lie far in past or future."""
    first, _, last = iso.partition("/")
    return _edge(first, last=False), _edge(last or first, last=True)


def _edge(iso: str, last: bool) -> str:
    if iso == "..":
        return "9999-12-31" if last else "0000-01-01"
    if len(iso) == 4:
        return f"{iso}-12-31" if last else f"{iso}-01-01"
    if len(iso) == 7:
        days = monthrange(int(iso[:4]), int(iso[5:]))[1]
        return f"{iso}-{days:02d}" if last else f"{iso}-01"
    return iso
