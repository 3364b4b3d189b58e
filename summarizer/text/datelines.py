"""The dateline that a story opens with, "KYIV, Jan. 19, 2022 (Reuters) -": its date, and where it ends.

Pure. Bounded patterns at the start of a line. What a date without a year means is left to the caller.
Reading the date is bolder than cutting the dateline off: a comma may close it ("Lorvik, May 3, Monday's
talks …"), but what is cut off a sentence must be no part of it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from summarizer.text import date_patterns
from summarizer.text.date_values import DateExpression
from summarizer.text.dates import find_dates

#: A dateline is no longer than this, with its place, date and agency.
_MAX_CHARS: Final = 140
_MAX_DATE_CHARS: Final = 90

#: "On May 3 - a Monday -" opens a sentence.
_NO_SENTENCE: Final = r"(?!(?:On|In|At|By|Since|Until|From|After|Before|During|A|An|The(?! Hague))\b)"
#: Behind the dash a sentence begins.
_SENTENCE: Final = r"(?=[\"“‘'(]?[^\W_a-zß-öø-ÿ]|[$€£])"
_NAME: Final = r"[^\W\d_a-zß-öø-ÿ][\w.'’/-]*"
_PLACE: Final = rf"{_NAME}(?:[ ,]{{1,2}}(?:{_NAME}|de|la|el|al|da|do|den|of|and)){{0,7}}"
_WEEKDAY: Final = rf"(?:(?:{date_patterns.WEEKDAY}|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.?,?\s)?"
_YEAR: Final = rf"(?:,?\s(?:{date_patterns.YEAR}|\({date_patterns.YEAR}\)))?"
_MONTH: Final = date_patterns.MONTH
_DAY: Final = rf"{_WEEKDAY}(?:(?:{_MONTH})\.?\s\d{{1,2}}|\d{{1,2}}\s(?:{_MONTH})\.?)(?!\d){_YEAR}"
_CREDIT: Final = r"(?:\((?:dpa|[^\W\d_a-z][\w .&’'-]{1,28})\)|/[A-Z][\w ]{1,24}/)"
_DASH: Final = r"(?:--?|–|—)"

#: A place and a day, or a place and an agency, or an agency, or a place in capitals; then a dash.
_DATELINE: Final = re.compile(
    rf"{_NO_SENTENCE}(?:{_PLACE},?\s(?:{_DASH}\s)?{_DAY}[.,]?(?:\s?{_CREDIT}\.?\s?{_DASH}?|\s{_DASH})\s?"
    rf"|{_PLACE},?\s{_CREDIT}\s?{_DASH}\s?"
    rf"|{_PLACE},?\s\({_DAY}\)\s?(?:{_CREDIT}\s?)?{_DASH}\s?|{_DAY}\s(?:{_CREDIT}\s?)?{_DASH}\s"
    rf"|\((?:dpa|[^\W\d_a-z][\w .&’'-]{{1,28}})\)\s?{_DASH}\s?"
    rf"|\([A-Z]{{2,6}}\)\s(?=[^\W\d_a-z])"
    r"|[A-Z][A-Z.’' -]{2,40}(?:, [A-Z][A-Za-z.]{1,20}){0,2}\s"
    rf"{_DASH}\s?){_SENTENCE}"
)
_DATED: Final = re.compile(
    rf"{_NO_SENTENCE}"
    r"(?:[A-Z][\w.'’-]*(?:[ ,]+(?:[A-Z][\w.'’-]*|de|la|of|and))*),?\s+(?:[-–—]{1,2}\s)?"
    r"(?P<date>(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}\.?)(?:,?\s(?:19|20)\d\d)?)"
    r"(?:\s\((?P<year>(?:19|20)\d\d)\))?"
    r"\s*(?:\.\s?/|\([^()]{2,30}\)|/[^/]{2,20}/|[-–—]{1,2}|:|,\s(?=[A-Z]))"
)
#: "LORVIK (March 27, 2025) --", "Sept 18 -".
_DATED_ALONE = re.compile(
    rf"(?:{_NO_SENTENCE}{_PLACE},?\s\((?P<date>{_DAY})\)|(?P<bare>{_DAY}))(?P<year>)\s?(?:{_CREDIT}\s?)?{_DASH}\s{_SENTENCE}"
)


def dateline_end(text: str, start: int, end: int) -> int:
    """Where the story begins in the line `text[start:end]`: behind its dateline, or at its `start`."""
    found = _DATELINE.match(text, start, min(end, start + _MAX_CHARS))
    return found.end() if found is not None and found.end() < end else start


def dateline_date(text: str, start: int, end: int) -> DateExpression | None:
    """The day in the dateline that `text[start:end]` opens with, or None; its year may be missing."""
    stop = min(end, start + _MAX_DATE_CHARS)
    match = _DATED.match(text, start, stop) or _DATED_ALONE.match(text, start, stop)
    if match is None:
        return None
    group = "date" if match.group("date") else "bare"
    for found in find_dates(text, match.start(group), match.end(group)):
        if found.kind == "month_day" and match.group("year"):
            return _in_year(found, int(match.group("year")), match.end("year") + 1)
        if found.kind in ("day", "month_day"):
            return found
    return None


def _in_year(found: DateExpression, year: int, end: int) -> DateExpression | None:
    try:
        day = date(year, found.parts[0], found.parts[1])
    except ValueError:
        return None
    return DateExpression(found.start, end, "day", day.isoformat())
