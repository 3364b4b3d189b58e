"""The day an article appeared, inferred from its text alone; None wherever that would be a guess.

Pure. Good grounds are a day of the month in a dateline, in a caption of a news picture or beside "said on
Tuesday", a weekday on which the text says things were said, and a year that the page names and in which
that day falls on that weekday. Two years that fit are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from summarizer.records.article import Line
from summarizer.sources.date_stamps import read_stamp
from summarizer.text.dates import DateExpression, find_dates

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_YEAR = re.compile(r"(?<![\d$£€.,/#-])(?:19[5-9]\d|20\d\d)(?![\d%]|[.,]\d|-(?:strong|plus|mile))")
_TOLD = re.compile(
    r"\b(?:said|says|told|announced|reported|confirmed|denied|warned|wrote|ruled|added|agreed|met|spoke|held|opened"
    r"|began|died|killed|arrested|released|published|rejected|approved|voted|signed|visited|arrived)\b[^.\n]{0,60}$"
)
#: What stands behind these in a lead is told for comparison.
_SUBORDINATE = re.compile(
    r"\b(?:after|since|when|as|because|than|who|which|whose|where|while|anniversary|deadline)\b",
    re.IGNORECASE,
)
_TODAY = re.compile(r"\b(?:today|this (?:morning|afternoon|evening)|tonight)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|would|to be|to hold|to meet|to begin|to start|ready|plan\w*|set to|due|expected|scheduled"
    r"|next|coming|upcoming|ahead of|could|may|might|until|before|by|later)\b",
    re.IGNORECASE,
)
_NOT_THE_LAST = re.compile(r"\b(?:will|before|until|by|next|last)\b[^,.]{0,30}$")
_PAST_YEAR = re.compile(r"\b(?:in|since|from|of|during|after)\s(?:\w+\s)?$")
_FILE = re.compile(r"\bfile\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
#: From a weekday to the day's figure it is less: "Wednesday, September.   the 18".
_WEEKDAY_DATE_CHARS = 45
_MAX_STAMP_LINE = 160
#: How far before a year the words are looked for that put it ahead: "to close in the first quarter of 2027".
_YEAR_CONTEXT = 70
#: How far before a date the verb that it belongs to is looked for, in characters.
_CONTEXT = 110


class DatedStory:
    """A text with its lines and the date expressions in them, found once."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.text = text
        self.lines = lines

    @cached_property
    def body(self) -> list[tuple[Line, DateExpression]]:
        """Dates in the paragraphs, in order."""
        return list(self._dates("body"))

    def may_name_weekday_of_date(self) -> bool:
        """Whether a figure stands behind a weekday, as in "Tuesday, January 18". Quick; a no is certain."""
        return any(
            _DIGIT.search(self.text, at, at + _WEEKDAY_DATE_CHARS)
            for name in _WEEKDAYS
            for at in _places(name, self.text)
        )

    @cached_property
    def captions(self) -> list[tuple[Line, DateExpression]]:
        """Days in captions of news pictures; pictures from the file are of other days."""
        return [
            (line, found)
            for line, found in self._dates("caption", _DIGIT)
            if found.kind in ("day", "month_day") and not self._is_file_picture(line)
        ]

    def before(self, line: Line, found: DateExpression) -> str:
        """The words of the line that lead up to a date."""
        return self.text[max(line.start, found.start - _CONTEXT) : found.start]

    def is_day_of_lead(self, line: Line, found: DateExpression) -> bool:
        """Whether the story opens with a whole day and what happened: "shut on Friday, May 16, 2025"."""
        lead = next((one for one in self.lines if one.role == "body"), None)
        if line is not lead or found.kind != "day":
            return False
        before = self.before(line, found)
        return before.endswith(" on ") and not (_AHEAD.search(before) or _SUBORDINATE.search(before))

    def _dates(self, role: str, clue: re.Pattern[str] | None = None) -> Iterator[tuple[Line, DateExpression]]:
        """Dates in lines of a role; with a clue, in those that hold it."""
        for line in self.lines:
            if line.role == role and (clue is None or clue.search(self.text, line.start, line.end)):
                for found in find_dates(self.text, line.start, line.end):
                    yield line, found

    def _is_file_picture(self, line: Line) -> bool:
        index = self.lines.index(line)
        first, last = self.lines[max(0, index - 1)], self.lines[min(len(self.lines) - 1, index + 1)]
        labels = self.text[first.start : line.start] if first.role == "meta" else ""
        credit = self.text[line.end : last.end] if last.role == "meta" else ""
        caption = self.text[line.start : line.end]
        return "(pictured " in caption or any(_FILE.search(words) for words in (labels, caption, credit))


def infer_date(story: DatedStory, dateline: DateExpression | None) -> str | None:
    """ISO date of the latest day that is given and confirmed, or None. `dateline` may lack its year."""
    given = list(_given_days(story, dateline))
    if not given:
        return None  # true of most articles, and told without looking for every date in them
    weekdays = _weekdays_told(story)
    if not weekdays:
        return None  # nothing confirms a day, and nothing tells which year a dateline means
    years = _years(story.text)
    page_day = _page_day(story)
    days: set[date] = set()
    for found, is_dateline in given:
        fitting = [
            day
            for day in _readings(found, years, page_day)
            # A dateline may be of the day after: "KYIV, Jan. 19 - … said late on Tuesday".
            if day.weekday() in weekdays or (is_dateline and (day.weekday() - 1) % 7 in weekdays)
        ]
        if len(fitting) > 1:
            return None
        days.update(fitting)
    if not days:
        return None
    latest = max(days).isoformat()
    tells_later = any(
        found.kind == "day" and found.iso is not None and found.iso > latest and was_told(story, line, found)
        for line, found in story.body
    )
    return None if tells_later else latest


def was_told(story: DatedStory, line: Line, found: DateExpression) -> bool:
    """Whether the words before a date speak of something that was said or happened."""
    before = story.before(line, found)
    return _TOLD.search(before) is not None and _AHEAD.search(before) is None


def lies_ahead(story: DatedStory, line: Line, found: DateExpression) -> bool:
    """Whether the words before a date speak of something to come."""
    return _AHEAD.search(story.before(line, found)) is not None


def in_year(parts: tuple[int, ...], year: int) -> date | None:
    """Month and day of `parts` in `year`; None where that year has no such day."""
    try:
        return date(year, parts[0], parts[1])
    except ValueError:
        return None


def _readings(found: DateExpression, years: list[int], page_day: date | None) -> list[date]:
    """The days that an expression may mean: none after the page was saved, and the last one before that."""
    if found.kind == "day" and found.iso is not None:
        days = [date.fromisoformat(found.iso)]
    else:
        before = [] if page_day is None else [page_day.year - 1, page_day.year]
        read = [in_year(found.parts, year) for year in sorted({*years, *before})]
        days = [day for day in read if day is not None and (page_day is None or day <= page_day)]
        if page_day is not None:
            days = [day for day in days if day.year in years or day == days[-1]]
    return [day for day in days if page_day is None or day <= page_day]


def _page_day(story: DatedStory) -> date | None:
    """The latest day of the page's own date lines: the story is not younger."""
    stamps = (
        read_stamp(story.text, line.start, line.end)
        for line in story.lines
        if line.role in ("boilerplate", "meta") and line.end - line.start < _MAX_STAMP_LINE
    )
    days = [stamp.iso for stamp in stamps if stamp is not None and stamp.whole and stamp.iso is not None]
    return date.fromisoformat(max(days)) if days else None


def _given_days(story: DatedStory, dateline: DateExpression | None) -> Iterator[tuple[DateExpression, bool]]:
    """Days that may be the article's own, each with whether the dateline gives it."""
    if dateline is not None:
        yield dateline, True
    for _, found in story.captions:
        yield found, False
    for line, found in story.body if story.may_name_weekday_of_date() else ():
        if found.kind in ("day", "month_day") and _weekday_named(story.text, found) is not None:
            before = story.before(line, found)
            told = _TOLD.search(before) or _TODAY.search(before) or story.is_day_of_lead(line, found)
            if told and not _AHEAD.search(before):
                yield found, False


def _weekdays_told(story: DatedStory) -> set[int]:
    """Weekdays (Monday = 0) on which the body says that things were said or happened."""
    told: set[int] = set()
    for line, found in story.body:
        if found.kind == "weekday":
            before = story.before(line, found)
            if found.parts[1] == 0 and _TOLD.search(before) and not _NOT_THE_LAST.search(before):
                told.add(found.parts[0])
        elif found.kind in ("day", "month_day") and (
            was_told(story, line, found) or story.is_day_of_lead(line, found)
        ):
            named = _weekday_named(story.text, found)
            if named is not None:
                told.add(named)
    return told


def _places(name: str, text: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)


def _weekday_named(text: str, found: DateExpression) -> int | None:
    """The weekday that a full date begins with ("Tuesday, January 18"), or None."""
    word = re.match(r"[A-Z][a-z]+", text[found.start : found.end])
    if (
        word is None
        or word.group()[:3] not in _WEEKDAYS
        or not (word.group().endswith("day") or len(word.group()) <= 5)
    ):
        return None
    return _WEEKDAYS.index(word.group()[:3])


def _years(text: str) -> list[int]:
    """Years that may be the article's: the last one that it tells of as past, and those named after it.

    An article is never older than a year that it looks back on. Years that lie ahead ("by 2030") stand
    beside the article's own; the weekday tells them apart. "Expected in early 2027" may be told in 2026 as
    well as in 2027: the year before the first of them may be meant, too.
    """
    named: set[int] = set()
    past = 0
    ahead: set[int] = set()
    for match in _YEAR.finditer(text):
        year = int(match.group())
        named.add(year)
        before = text[max(0, match.start() - _YEAR_CONTEXT) : match.start()]
        if _AHEAD.search(before):
            ahead.add(year)
        elif _PAST_YEAR.search(before[-40:]):
            past = max(past, year)
    if coming := [year for year in ahead if year > past]:
        named.add(min(coming) - 1)
    return [year for year in sorted(named) if year >= past]
