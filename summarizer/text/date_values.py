"""What a date expression stands for, given the day on which the article appeared.

Pure arithmetic on dates; finding the expressions is `dates`' business. Everything that can't be settled
is None: a wrong date in a brief is worse than none.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

Direction = Literal["past", "future"]
DateKind = Literal[
    "day", "month", "year", "interval",  # absolute: `iso` is complete
    "month_day", "day_range", "bare_month", "month_range",  # the year is left to the reader
    "weekday", "weekend", "day_offset", "week_offset", "month_offset", "year_offset", "quarter_offset",
    "decade_offset", "ago", "quarter", "half", "season", "ambiguous",
]  # fmt: skip


class DateExpression(NamedTuple):
    """A date as the text writes it: `[start, end)` in the text that was searched.

    `iso` is complete for absolute expressions ("2022-01-19", "2022-02", "2022", "2022-02-10/2022-02-20") and
    None where the anchor is needed. `parts` are the numbers behind the kind (month and day, weekday from
    Monday = 0, offset in units …), for `resolve` alone.
    """

    start: int
    end: int
    kind: DateKind
    iso: str | None
    parts: tuple[int, ...] = ()


def resolve(
    expression: DateExpression, anchor: str | None, direction: Direction | None = "past"
) -> str | None:
    """ISO date, month, year or interval that `expression` means, or None when that can't be settled.

    `anchor` is the article's date (ISO, a full day). `direction` says which way a weekday, month or quarter
    without a year points: "past" (news is told in the past tense: the last such day on or before the
    anchor), "future" (the first on or after it); with None only what doesn't depend on it is resolved.
    """
    if expression.iso is not None:
        return expression.iso
    if anchor is None:
        return None
    try:
        day = date.fromisoformat(anchor)
        return _relative(expression, day, direction)
    except (ValueError, OverflowError):
        return None


def interval(first: date, last: date) -> str:
    """Both ends included, as ISO 8601 writes it."""
    return f"{first.isoformat()}/{last.isoformat()}"


def span_between(first: str, last: str) -> str | None:
    """From the first day of one ISO date, month or year to the last day of another; None if it is over."""
    try:
        begin, end = _ends(first)[0], _ends(last)[1]
    except ValueError:
        return None
    return interval(begin, end) if begin <= end else None


def month_span(year: int, first_month: int, last_month: int) -> str:
    """From the first day of one month to the last day of another in the same year."""
    return interval(date(year, first_month, 1), date(year, last_month, monthrange(year, last_month)[1]))


def season_span(year: int, season: int) -> str:
    """Northern meteorological seasons, 0 = spring; winter runs into the year after `year`."""
    if season == 3:
        return interval(date(year, 12, 1), date(year + 1, 2, monthrange(year + 1, 2)[1]))
    return month_span(year, 3 + 3 * season, 5 + 3 * season)


def _relative(expression: DateExpression, day: date, direction: Direction | None) -> str | None:
    kind, parts = expression.kind, expression.parts
    match kind:
        case "day_offset":
            return (day + timedelta(days=parts[0])).isoformat()
        case "week_offset":
            monday = day - timedelta(days=day.weekday()) + timedelta(weeks=parts[0])
            return interval(monday, monday + timedelta(days=6))
        case "month_offset":
            return _month(day, parts[0])
        case "year_offset":
            return str(day.year + parts[0])
        case "decade_offset":
            first = day.year // 10 * 10 + 10 * parts[0]
            return interval(date(first, 1, 1), date(first + 9, 12, 31))
        case "quarter_offset":
            months = (day.year * 12 + day.month - 1) // 3 + parts[0]
            return month_span(months // 4, months % 4 * 3 + 1, months % 4 * 3 + 3)
        case "weekend":
            saturday = day - timedelta(days=(day.weekday() - 5) % 7) + timedelta(weeks=parts[0])
            return interval(saturday, saturday + timedelta(days=1))
        case "ago":
            return _ago(day, *parts)
        case "weekday":
            return _weekday(day, parts, direction)
        case "month_day" | "day_range" | "bare_month" | "month_range" | "quarter" | "half" | "season":
            return _yearless(expression, day, direction)
        case _:
            return None


def _month(day: date, offset: int) -> str:
    months = day.year * 12 + day.month - 1 + offset
    return f"{months // 12:04d}-{months % 12 + 1:02d}"


def _ago(day: date, count: int, unit_days: int) -> str:
    """`count` units before the anchor, as exactly as such talk is meant: days for days, months for months."""
    if unit_days == 1:
        return (day - timedelta(days=count)).isoformat()
    if unit_days == 7:
        monday = day - timedelta(days=day.weekday()) - timedelta(weeks=count)
        return interval(monday, monday + timedelta(days=6))
    return _month(day, -count) if unit_days == 30 else str(day.year - count)


def _weekday(day: date, parts: tuple[int, ...], direction: Direction | None) -> str | None:
    """`parts`: the weekday and what stands before it (-1 last, 0 nothing, 1 next, 2 this).

    "Last Tuesday" and "next Tuesday" said within the same week mean different days to different writers,
    so only the nearer reading that lies clearly outside the anchor itself is given.
    """
    wanted, modifier = parts
    back = (day.weekday() - wanted) % 7
    if modifier == -1:
        return (day - timedelta(days=back or 7)).isoformat()
    if modifier == 1:
        return (day + timedelta(days=(-back) % 7 or 7)).isoformat()
    if modifier == 2:
        return (day - timedelta(days=day.weekday()) + timedelta(days=wanted)).isoformat()
    if direction == "past":
        return (day - timedelta(days=back)).isoformat()
    if direction == "future":
        return (day + timedelta(days=(-back) % 7)).isoformat()
    return day.isoformat() if back == 0 else None  # the anchor itself, whichever way it points


def _yearless(expression: DateExpression, day: date, direction: Direction | None) -> str | None:
    """The year that fits: the last occurrence begun by the anchor, or the first not over by then."""
    if len(expression.parts) > _PART_COUNTS[expression.kind]:  # "this June", "last spring": a year offset
        return _in_year(expression, day.year + expression.parts[-1])
    if direction is None:
        return None
    for year in (day.year + 1, day.year, day.year - 1) if direction == "past" else (
        day.year - 1, day.year, day.year + 1
    ):  # fmt: skip
        iso = _in_year(expression, year)
        if iso is None:
            continue
        first, last = _ends(iso)
        if first <= day if direction == "past" else last >= day:
            return iso
    return None


_PART_COUNTS: Final = {
    "month_day": 2, "day_range": 4, "bare_month": 1, "month_range": 2, "quarter": 1, "half": 1, "season": 1,
}  # fmt: skip


def _in_year(expression: DateExpression, year: int) -> str | None:
    """The yearless expression inside `year`; None when it has no such day (29 February)."""
    parts = expression.parts
    try:
        match expression.kind:
            case "month_day":
                return date(year, parts[0], parts[1]).isoformat()
            case "day_range":
                last_year = year + 1 if parts[2] < parts[0] else year
                return interval(date(year, parts[0], parts[1]), date(last_year, parts[2], parts[3]))
            case "bare_month":
                return f"{year:04d}-{parts[0]:02d}"
            case "month_range":
                if parts[1] < parts[0]:
                    return None
                return month_span(year, parts[0], parts[1])
            case "quarter":
                return month_span(year, parts[0] * 3 - 2, parts[0] * 3)
            case "half":
                return month_span(year, parts[0] * 6 - 5, parts[0] * 6)
            case "season":
                return season_span(year, parts[0])
    except ValueError:
        return None
    return None


def _ends(iso: str) -> tuple[date, date]:
    """First and last day of a day, month, year or interval in ISO form."""
    first, _, last = iso.partition("/")
    last = last or first
    if len(last) == 7:
        year, month = int(last[:4]), int(last[5:])
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if len(last) == 4:
        return date(int(last), 1, 1), date(int(last), 12, 31)
    return date.fromisoformat(first), date.fromisoformat(last)
