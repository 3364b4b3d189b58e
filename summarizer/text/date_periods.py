"""Read dates that are told from the day of writing: "yesterday", "last week", "two months ago", "Q1".

Pure. Each reader gets the word that may belong to such a date and the text around it; `dates` finds both.
"""

from __future__ import annotations

import re

from summarizer.text import date_patterns as patterns
from summarizer.text.date_values import DateExpression, month_span


def read_day(text: str, trigger: re.Match[str], before: str, stop: int) -> DateExpression | None:
    offset = patterns.DAY_WORDS[trigger.group().lower()]
    return DateExpression(trigger.start(), trigger.end(), "day_offset", None, (offset,))


def read_period(text: str, trigger: re.Match[str], before: str, stop: int) -> DateExpression | None:
    """ "last week", "this spring", "the second quarter (of this year)", "this morning", "last night"."""
    word = trigger.group("period")
    kind = patterns.PERIODS[word]
    if trigger.group() != word:
        return None  # plural: a duration
    if word in ("quarter", "half") and (ordinal := patterns.ORDINAL_BEFORE.search(before)):
        start = trigger.start() - len(before) + ordinal.start(1)
        number = patterns.ORDINALS[ordinal.group(1).lower()]
        of_year = patterns.OF_YEAR_AFTER.match(text, trigger.end(), stop)
        offset: tuple[int, ...] = ()
        if of_year and of_year.group(2):
            iso = month_span(int(of_year.group(2)), number * 3 - 2, number * 3)
            return DateExpression(start, of_year.end(), "interval", iso)
        if of_year:
            offset = (patterns.MODIFIERS[of_year.group(1)],)
        return DateExpression(
            start, of_year.end() if of_year else trigger.end(), "quarter", None, (number, *offset)
        )
    modifier = patterns.MODIFIER_BEFORE.search(before)
    if modifier is None:
        if (
            kind == "season"
            and (of_year := patterns.OF_YEAR_AFTER.match(text, trigger.end(), stop))
            and of_year.group(1)
        ):
            parts = (patterns.SEASONS[word], patterns.MODIFIERS[of_year.group(1)])
            return DateExpression(trigger.start(), of_year.end(), "season", None, parts)
        return None
    offset_value = patterns.MODIFIERS[modifier.group(1).lower()]
    start = trigger.start() - len(before) + modifier.start(1)
    if kind == "day_offset":
        if word == "night" and offset_value == -1:
            return DateExpression(start, trigger.end(), kind, None, (-1,))
        return DateExpression(start, trigger.end(), kind, None, (0,)) if offset_value == 0 else None
    if kind == "season":
        return DateExpression(start, trigger.end(), kind, None, (patterns.SEASONS[word], offset_value))
    return DateExpression(start, trigger.end(), kind, None, (offset_value,))


def read_ago(text: str, trigger: re.Match[str], before: str, stop: int) -> DateExpression | None:
    match = patterns.AGO_BEFORE.search(before)
    if match is None:
        return None
    count = int(match.group(1)) if match.group(1) else patterns.SMALL[match.group(2).lower()]
    unit = match.group(3).lower()
    if unit == "decade":
        count, unit = count * 10, "year"
    start = trigger.start() - len(before) + match.start()
    return DateExpression(start, trigger.end(), "ago", None, (count, patterns.UNIT_DAYS[unit]))


def read_abbreviated(text: str, trigger: re.Match[str], before: str, stop: int) -> DateExpression | None:
    """ "Q1", "H2", with the year that may follow (a year trigger takes the part in when it comes next)."""
    year = patterns.YEAR_AFTER.match(text, trigger.end(), stop)
    number, half = int(trigger.group()[1]), trigger.group()[0] == "H"
    if half and number > 2:
        return None
    if year:
        width = 6 if half else 3
        iso = month_span(int(year.group(1)), (number - 1) * width + 1, number * width)
        return DateExpression(trigger.start(), year.end(), "interval", iso)
    return DateExpression(trigger.start(), trigger.end(), "half" if half else "quarter", None, (number,))
