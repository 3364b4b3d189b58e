"""What values a figure allows, and when it holds: intervals that can be compared.

Pure. A bound is read as the sources write it: "more than 106 thousand" is [106,000, ∞), "up to 175,000" is
[0, 175,000], "about 94,000" is as wide as its rounding. Units are never converted.
"""

from __future__ import annotations

import math
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from summarizer.records.brief import Figure

#: "About" allows half of the last digit written, but at least one and at most five percent: "about 94,000" is
#: 93,060 to 94,940, "some 100,000" is 95,000 to 105,000. Wider, 94,000 and 100,000 would "agree".
_LEAST_ABOUT, _MOST_ABOUT = 0.01, 0.05
#: Counts are exact; other values are rounded when reported ("1.4 billion" for 1.42), by at most this share.
_ROUNDING = 0.015


@dataclass(frozen=True, slots=True)
class Interval:
    """Values from `low` to `high`, both included."""

    low: float
    high: float

    def meets(self, other: Interval) -> bool:
        """Whether one value can satisfy both."""
        slack = 1e-9 * max(1.0, abs(self.low), abs(other.low))
        return self.low <= other.high + slack and other.low <= self.high + slack


@lru_cache(maxsize=8192)
def _span(value: float, high: float | None, bound: str, unit: str) -> Interval:
    if high is not None:
        return Interval(min(value, high), max(value, high))
    if bound == "at_least":
        return Interval(value, math.inf)
    if bound == "at_most":
        return Interval(0.0, value)
    half = _last_place(value) / 2
    if bound == "about":
        half = min(max(half, _LEAST_ABOUT * value), _MOST_ABOUT * value)
    elif unit == "count":
        half = 0.0
    else:
        half = min(half, _ROUNDING * value)
    return Interval(value - half, value + half)


def value_interval(figure: Figure) -> Interval:
    """The values that a figure allows, in its own unit."""
    return _span(float(figure.value), figure.value_high, figure.bound, figure.unit)


def _last_place(value: float) -> float:
    """The place of the last digit that isn't zero: 1,000 for 94,000 and 0.1 for 1.4."""
    if value == 0:
        return 0.0
    digits = f"{value:.12g}"
    if "e" in digits:
        return 10.0 ** math.floor(math.log10(abs(value)))
    if "." in digits:
        return 10.0 ** -len(digits.partition(".")[2])
    stripped = digits.rstrip("0")
    return 10.0 ** (len(digits) - len(stripped))


@dataclass(frozen=True, slots=True)
class Days:
    """Calendar days from `first` to `last`, both included, as ordinals."""

    first: int
    last: int

    @property
    def is_range(self) -> bool:
        """Longer than a week: a month, a quarter, a year."""
        return self.last - self.first > 7

    def gap(self, other: Days) -> int:
        """Days between the two; 0 when they overlap or touch the same day."""
        return max(0, self.first - other.last, other.first - self.last)


@lru_cache(maxsize=8192)
def days_of(iso: str | None) -> Days | None:
    """The days of an ISO date, month, year or interval (".." is an open end); None for anything else."""
    if not iso:
        return None
    start, slash, end = iso.partition("/")
    first = Days(date.min.toordinal(), date.min.toordinal()) if start == ".." else _days(start)
    last = Days(date.max.toordinal(), date.max.toordinal()) if end == ".." else _days(end if slash else start)
    if first is None or last is None or first.first > last.last:
        return None
    return Days(first.first, last.last)


def _days(iso: str) -> Days | None:
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", iso)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if year and month and day:
            ordinal = date(year, month, day).toordinal()
            return Days(ordinal, ordinal)
        if year and month:
            return Days(
                date(year, month, 1).toordinal(), date(year, month, monthrange(year, month)[1]).toordinal()
            )
        return Days(date(year or 0, 1, 1).toordinal(), date(year or 0, 12, 31).toordinal())
    except ValueError:
        return None
