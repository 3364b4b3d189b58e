"""Find date expressions in English news and say which days they mean.

Absolute ("19 January 2022", "Feb. 10-20, 2022", "the second quarter of 2025", "2014") and relative to the
article's date ("Tuesday", "yesterday", "last week", "July 9th", "three months ago"). Finding is here; what
an expression means on a given day is `date_values.resolve`, offered here too. Ages, clock times and
durations ("for two weeks") are no dates. Offsets are code points into the text that was given.

Linear: one pass for words that can belong to a date, then patterns of bounded length around each. The pass
is kept for the last texts: the stages ask for one stretch of an article after the other.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from summarizer.text import date_patterns as patterns
from summarizer.text.date_periods import read_abbreviated, read_ago, read_day, read_period
from summarizer.text.date_tense import tense_direction
from summarizer.text.date_values import (
    DateExpression,
    Direction,
    interval,
    month_span,
    resolve,
    season_span,
    span_between,
)
from summarizer.text.kept import Kept
from summarizer.text.pieces import places

#: An article and what is quoted of it are asked for by turns.
RECENT_TEXTS: Final = 4

__all__ = ["DateExpression", "Direction", "find_dates", "resolve", "tense_direction"]


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[DateExpression]:
    """All date expressions in `text[start:end]`, in order, none overlapping another.

    Bare numbers are read as years only in a date-like setting: "in 2014", but not "2,014" or "2000 troops".
    """
    stop = len(text) if end is None else end
    found: list[DateExpression] = []
    reached = start
    for trigger in _triggers(text, start, stop):
        if trigger.start() < reached:
            continue
        before = text[max(reached, trigger.start() - patterns.CONTEXT) : trigger.start()]
        group = trigger.lastgroup or ""
        expression = _FINDERS[group](text, trigger, before, stop)
        if expression is not None:
            if found and (run := _joined(text, found[-1], expression, start)) is not None:
                found[-1] = run
            else:
                found.append(expression)
            reached = expression.end
    return found


def _joined(text: str, first: DateExpression, last: DateExpression, floor: int) -> DateExpression | None:
    """ "Between April 2014 and November 2021", "3 March 2020 to 9 May 2021" as one interval, else None."""
    link = patterns.RUN_LINK.fullmatch(text, first.end, last.start)
    if link is None or first.iso is None or last.iso is None or "/" in first.iso + last.iso:
        return None
    before = text[max(floor, first.start - patterns.CONTEXT) : first.start]
    lead = patterns.RUN_BEFORE.search(before)
    word = lead.group(1).lower() if lead else ""
    if (link.group(1) == "and") != (word == "between") or (first.kind == "year" and not word):
        return None
    iso = span_between(first.iso, last.iso)
    return DateExpression(first.start, last.end, "interval", iso) if iso else None


def _triggers(text: str, start: int, stop: int) -> Sequence[re.Match[str]]:
    """The words of `text[start:stop]` that can belong to a date.

    Those of a part are the whole text's, but where the part begins or ends inside one.
    """
    found = _triggers_of(text)
    first, last = bisect_right(found.ends, start), bisect_left(found.starts, stop)
    cut = stop < len(text) and _is_word(text[stop - 1]) and _is_word(text[stop])
    if cut or (first < last and (found.starts[first] < start or found.ends[last - 1] > stop)):
        return list(patterns.TRIGGER.finditer(text, start, stop))
    return found.matches[first:last]


class _Triggers(NamedTuple):
    """The words of a whole text that can belong to a date, and where they stand; all ascend."""

    starts: list[int]
    ends: list[int]
    matches: list[re.Match[str]]


@lru_cache(maxsize=RECENT_TEXTS)
def _triggers_of(text: str) -> _Triggers:
    found = [
        trigger
        for begin, end in places(text, 0, len(text), _HOLDS_TRIGGER)
        for trigger in patterns.TRIGGER.finditer(text, begin, end)
    ]
    return _Triggers([trigger.start() for trigger in found], [trigger.end() for trigger in found], found)


#: Whether a trigger stands in what stands between spaces.
_HOLDS_TRIGGER: Final = Kept(lambda piece: patterns.TRIGGER.search(piece) is not None)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _month(text: str, trigger: re.Match[str], before: str, stop: int) -> DateExpression | None:
    """Day and month in either order, month and year, a run of months, or a month alone."""
    name = trigger.group()
    month = patterns.MONTHS[name.lower()]
    begin = trigger.start()
    if leading := patterns.DAY_BEFORE.search(before):
        first, last = int(leading.group(1)), leading.group(2)
        start = begin - len(before) + leading.start()
        if 1 <= first <= 31 and (last is None or first < int(last) <= 31):
            span, finish = (month, first, month, int(last) if last else first), trigger.end()
            cross = patterns.CROSS_MONTH_AFTER.match(text, trigger.end(), stop) if last is None else None
            if cross and int(cross.group(1)) <= 31:
                span, finish = (
                    (month, first, patterns.MONTHS[cross.group(2).lower()], int(cross.group(1))),
                    cross.end(),
                )
            year = patterns.YEAR_AFTER.match(text, finish, stop)
            finish = year.end() if year else finish
            return _days(text, start, finish, span, year and year.group(1))
    if following := patterns.DAY_AFTER.match(text, trigger.end(), stop):
        first = int(following.group(1))
        if 1 <= first <= 31:
            last_month = patterns.MONTHS[following.group(2).lower()] if following.group(2) else month
            last = following.group(3)
            if last is not None and (int(last) > 31 or (last_month == month and int(last) <= first)):
                return _days(text, begin, following.end(1), (month, first, month, first), None)
            span = (month, first, last_month, int(last) if last else first)
            return _days(text, begin, following.end(), span, following.group(4))
    if run := patterns.MONTH_AFTER.match(text, trigger.end(), stop):
        last_month = patterns.MONTHS[run.group(1).lower()]
        if run.group(2) and last_month > month:
            return DateExpression(
                begin, run.end(), "interval", month_span(int(run.group(2)), month, last_month)
            )
        if last_month > month and not (name in patterns.GUARDED and not _introduced(before)):
            return DateExpression(begin, run.end(), "month_range", None, (month, last_month))
    if year := patterns.YEAR_AFTER.match(text, trigger.end(), stop):
        return DateExpression(begin, year.end(), "month", f"{year.group(1)}-{month:02d}")
    return _month_alone(text, trigger, before, month)


def _introduced(before: str) -> bool:
    word = patterns.WORD_BEFORE.search(before)
    return word is not None and word.group(1).lower() in patterns.INTRODUCERS


def _month_alone(text: str, trigger: re.Match[str], before: str, month: int) -> DateExpression | None:
    name = trigger.group()
    if len(name) < 4 and name != "May":
        return None
    if name.capitalize() in patterns.GUARDED and (name.isupper() or not _introduced(before)):
        return None
    follower = text[trigger.end() : trigger.end() + 2]
    if (
        name in patterns.GUARDED
        and follower[:1] == " "
        and follower[1:].isupper()
        and not _introduced(before)
    ):
        return None  # a given name: "June Carter"
    if modifier := patterns.MODIFIER_BEFORE.search(before):
        offset = patterns.MODIFIERS[modifier.group(1).lower()]
        start = trigger.start(0) - len(before) + modifier.start(1)
        if offset == 0:
            return DateExpression(start, trigger.end(), "bare_month", None, (month, 0))
    return DateExpression(trigger.start(), trigger.end(), "bare_month", None, (month,))


def _days(
    text: str, start: int, end: int, span: tuple[int, int, int, int], year: str | None
) -> DateExpression:
    """A day or a run of days, with a weekday before it taken in."""
    window = text[max(0, start - 14) : start]
    if weekday := patterns.WEEKDAY_BEFORE.search(window):
        start -= len(window) - weekday.start()
    single = span[:2] == span[2:]
    if year is None:
        return DateExpression(
            start, end, "month_day" if single else "day_range", None, span[:2] if single else span
        )
    try:
        first, last = date(int(year), span[0], span[1]), date(int(year), span[2], span[3])
    except ValueError:
        return DateExpression(start, end, "ambiguous", None)
    return DateExpression(
        start, end, "day" if single else "interval", first.isoformat() if single else interval(first, last)
    )


def _weekday(text: str, trigger: re.Match[str], before: str, stop: int) -> DateExpression | None:
    """A weekday, unless it only introduces a full date, which the month then takes in."""
    modifier = patterns.MODIFIER_BEFORE.search(before)
    code = {-1: -1, 0: 2, 1: 1}[patterns.MODIFIERS[modifier.group(1).lower()]] if modifier else 0
    start = trigger.start() - (len(before) - modifier.start(1) if modifier else 0)
    if patterns.FULL_DATE_AFTER.match(text, trigger.end(), stop):
        return None
    return DateExpression(
        start, trigger.end(), "weekday", None, (patterns.WEEKDAYS[trigger.group().lower()], code)
    )


def _numeric(text: str, trigger: re.Match[str], before: str, stop: int) -> DateExpression | None:
    """Digits only. ISO order is certain; of the others only what has one reading is resolved."""
    separator = re.search(r"[-/.]", trigger.group())
    numbers = re.split(r"[-/.]", trigger.group())
    if separator is None or re.match(r"[-/.]\d|\w", text[trigger.end() : trigger.end() + 2]):
        return None
    a, b, c = (int(number) for number in numbers)
    readings = []
    if len(numbers[0]) == 4:
        readings = [(a, b, c)]
    elif len(numbers[2]) == 4 or (len(numbers[2]) == 2 and separator.group() == "/"):
        year = c if len(numbers[2]) == 4 else 2000 + c
        readings = [(year, b, a)] if separator.group() == "." else [(year, b, a), (year, a, b)]
    days = set()
    for reading in readings:
        try:
            days.add(date(*reading))
        except ValueError:
            continue
    if not days or not all(1500 <= day.year < 2100 for day in days):
        return None
    if len(days) > 1:
        return DateExpression(trigger.start(), trigger.end(), "ambiguous", None)
    return DateExpression(trigger.start(), trigger.end(), "day", days.pop().isoformat())


def _year(text: str, trigger: re.Match[str], before: str, stop: int) -> DateExpression | None:
    """A year, a run of years, a decade, or a part of a year."""
    year, start, end = int(trigger.group()), trigger.start(), trigger.end()
    if patterns.NO_YEAR_BEFORE.search(before) and not re.search(
        r"(?:\b(?:mid|post|pre|FY|\w{2,}['’]s)[-–]?|[a-z]{3}-)$", before
    ):
        return None
    if patterns.QUANTITY_AFTER.match(text, end, stop):
        return None
    countable = patterns.PLURAL_AFTER.match(text, end, stop)
    if countable and (patterns.QUANTITY_BEFORE.search(before) or year % 100 == 0):
        return None
    if patterns.MATURITY_AFTER.match(text, end, stop) or patterns.MATURITY_BEFORE.search(before):
        return DateExpression(start, end, "ambiguous", None)
    if run := patterns.YEAR_RANGE_AFTER.match(text, end, stop):
        last = int(run.group(1)) if len(run.group(1)) == 4 else year // 100 * 100 + int(run.group(1))
        if year < last <= year + 100:
            return DateExpression(
                start, run.end(), "interval", interval(date(year, 1, 1), date(last, 12, 31))
            )
    if part := patterns.PART_OF_YEAR.search(before):
        return DateExpression(start - len(before) + part.start(), end, "interval", _part(part, year))
    if modifier := patterns.PART_MODIFIER.search(before):
        start -= len(before) - modifier.start()
    return DateExpression(start, end, "year", f"{year:04d}")


def _decade(text: str, trigger: re.Match[str], before: str, stop: int) -> DateExpression | None:
    if patterns.NO_YEAR_BEFORE.search(before):
        return None
    year = int(trigger.group("decade"))
    start, modifier = trigger.start(), patterns.PART_MODIFIER.search(before)
    if modifier:
        start -= len(before) - modifier.start()
    return DateExpression(
        start, trigger.end(), "interval", interval(date(year, 1, 1), date(year + 9, 12, 31))
    )


def _part(part: re.Match[str], year: int) -> str:
    if part.group("season"):
        return season_span(year, patterns.SEASONS[part.group("season").lower()])
    number = int(part.group("n")) if part.group("n") else patterns.ORDINALS[part.group("quarter").lower()]
    half = (part.group("q") or part.group("unit")).lower() in ("h", "half")
    if half:
        number = min(number, 2)
        return month_span(year, number * 6 - 5, number * 6)
    return month_span(year, number * 3 - 2, number * 3)


_FINDERS: Final = {
    "month": _month, "weekday": _weekday, "numeric": _numeric, "decade": _decade, "year": _year,
    "day": read_day, "period": read_period, "ago": read_ago, "q": read_abbreviated,
}  # fmt: skip
