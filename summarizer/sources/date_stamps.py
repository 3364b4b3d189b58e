"""Date lines of pages: "Published: 19 January 2022", "miercuri, 26 ianuarie 2022 - 16:14", "5 hours ago".

Reads the run of date and time words at the start of a line, in English and, for page clocks, in other
languages. What such a line is worth, whether it dates the article or only the page, is decided in
`line_roles` and `article_date`. Dates inside sentences are `summarizer.text.dates`' business.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from summarizer.text.lexicon import load_lexicon, text_lexicon

Label = Literal["published", "updated"]

_TOKEN = re.compile(
    r"(?P<iso>(?:1[5-9]|20)\d\d-[01]\d-[0-3]\d)(?!\d)"
    r"(?:(?P<isotime>[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)(?:\s?(?:Z\b|[+-]\d{2}:?\d{2}\b))?)?"
    r"|(?P<numeric>\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d|(?:19|20)\d\d[/.]\d{1,2}[/.]\d{1,2})(?!\d)"
    r"|(?P<clock>[012]?\d[:.hH][0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\b\.?)?|[01]?\d\s?[ap]\.?m\b\.?)(?![\d:])"
    r"|(?P<number>\d{1,4})(?:(?:st|nd|rd|th|er|º)\b|\.(?=\s))?(?![\d%°,.]\d|[%°])"
    r"|(?P<word>[^\W\d_]+)\.?"
    r"|(?P<gap>[\s,|·•∙()/:;.–—-]+)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
#: How "one" may be written in "an hour ago".
_ONE = ("a", "an", "one")
#: A line whose date words run on longer than this is no date line.
_MAX_STAMP_CHARS = 160


@dataclass(frozen=True, slots=True)
class Stamp:
    """A run of date words: `[start, end)` in the text, and what it says.

    `iso` is its one full date (the published one where an updated one stands beside it), or None when it
    has none. `label` is the word that introduces that date, or the run. `whole`: nothing else on the line.
    """

    start: int
    end: int
    iso: str | None
    label: Label | None
    has_day: bool
    has_clock: bool
    has_weekday: bool
    is_relative: bool
    is_foreign: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class _Lexicon:
    months: dict[str, int]
    weekdays: frozenset[str]
    labels: dict[str, Label]
    zones: frozenset[str]
    units: frozenset[str]
    fillers: frozenset[str]
    foreign_months: dict[str, int]
    foreign_weekdays: frozenset[str]
    openings: frozenset[str]
    """Words that a run can begin with; most lines begin with another."""


@cache
def _lexicon() -> _Lexicon:
    english = text_lexicon("dates.toml")
    weekdays = [name.lower() for name in english["weekdays"]]
    own = load_lexicon("summarizer.sources", "data/page_dates.toml")
    labels: dict[str, Label] = dict.fromkeys(own["labels"]["published"], "published")
    labels |= dict.fromkeys(own["labels"]["updated"], "updated")
    months = {name.lower(): number for name, number in english["months"].items()}
    weekday_forms = frozenset([*weekdays, *(name[:3] for name in weekdays), "tues", "thur", "thurs"])
    fillers, foreign_weekdays = frozenset(own["words"]["fillers"]), frozenset(own["weekdays"]["names"])
    return _Lexicon(
        months=months,
        weekdays=weekday_forms,
        labels=labels,
        zones=frozenset(own["words"]["zones"]),
        units=frozenset(own["words"]["units"]),
        fillers=fillers,
        foreign_months={name: int(number) for number, names in own["months"].items() for name in names},
        foreign_weekdays=foreign_weekdays,
        openings=weekday_forms.union(labels, months, _ONE, fillers, foreign_weekdays),
    )


def read_stamp(text: str, start: int, end: int) -> Stamp | None:
    """The date words that the line `text[start:end]` begins with, or None where it begins with none.

    A lone number, weekday or month name is none; "May" and "March" stay what they are in a sentence.
    """
    position, stop = start, min(end, start + _MAX_STAMP_CHARS)
    if _is_dateless(text[start:stop]):
        return None
    lexicon = _lexicon()
    token = _TOKEN.match(text, position, stop)
    if token is None or (token.lastgroup == "word" and _folded(token.group("word")) not in lexicon.openings):
        return None
    run = _Run()
    reached = start
    while position < stop:
        token = _TOKEN.match(text, position, stop)
        if token is None:
            break
        kind = token.lastgroup
        if token.group("iso"):
            run.add_day(token.group("iso"))
            run.has_clock = run.has_clock or token.group("isotime") is not None
        elif kind == "numeric":
            run.add_numeric(token.group())
        elif kind == "clock":
            run.has_clock = True
            run.order.append("clock")
        elif kind == "number":
            run.numbers.append(int(token.group("number")))
            run.order.append("number")
        elif kind == "word" and not run.take_word(_folded(token.group("word")), lexicon):
            break
        position = token.end()
        if kind != "gap" and not (kind == "word" and _folded(token.group("word")) in lexicon.fillers):
            reached = position
    run.close()
    if not (run.days or run.has_day or run.has_clock or run.is_relative):
        return None
    rest = text[reached:end].strip(" \t\u00a0,.|·•:;()–—-")
    chosen = next((day for day in run.days if day[1] != "updated"), run.days[0] if run.days else (None, None))
    return Stamp(
        start, reached, chosen[0], chosen[1] if run.days else run.first_label, bool(run.days) or run.has_day,
        run.has_clock, run.has_weekday, run.is_relative, run.is_foreign, not rest,
    )  # fmt: skip


def _is_dateless(line: str) -> bool:
    """Whether a line holds neither a figure nor "ago", told quickly; a yes is certain."""
    return line.isascii() and not _DIGIT.search(line) and "ago" not in line.lower()


class _Run:
    """What the scanner has seen so far; days and months are put together when the next label begins."""

    def __init__(self) -> None:
        self.days: list[tuple[str | None, Label | None]] = []
        self.order: list[str] = []
        self.numbers: list[int] = []
        self.months: list[int] = []
        self.label: Label | None = None
        self.first_label: Label | None = None
        self.units = 0
        self.has_day = self.has_clock = self.has_weekday = self.is_relative = self.is_foreign = False

    def take_word(self, word: str, lexicon: _Lexicon) -> bool:
        """Take a word in; False for one that belongs to no date line."""
        if word in lexicon.labels:
            self.close()
            self.label = lexicon.labels[word]
            self.first_label = self.first_label or self.label
        elif word in lexicon.months:
            self.add_month(lexicon.months[word])
        elif word in lexicon.weekdays:
            self.has_weekday = True
        elif word in lexicon.zones and self.order[-1:] in (["number"], ["clock"]):
            self.take_bare_clock()
        elif word in lexicon.units and self.order[-1:] in (["number"], ["one"]):
            if self.order.pop() == "number":
                self.numbers.pop()
            self.units += 1
        elif word == "ago" and self.units:
            self.is_relative = True
        elif word in _ONE:
            self.order.append("one")
        elif word in lexicon.fillers:
            pass
        elif word in lexicon.foreign_months and (self.numbers or self.is_foreign):
            self.add_month(lexicon.foreign_months[word])
            self.is_foreign = True
        elif word in lexicon.foreign_weekdays and not self.order:
            self.has_weekday = self.is_foreign = True
        else:
            return False
        return True

    def add_day(self, iso: str) -> None:
        if is_date(iso):
            self.days.append((iso, self.label))

    def add_numeric(self, written: str) -> None:
        """Day and month in figures; which is which must follow from the numbers or the dots."""
        self.has_day = True
        parts = [int(part) for part in re.split(r"[/.]", written)]
        if parts[0] > 31:
            readings = [(parts[0], parts[1], parts[2])]
        elif "." in written:
            readings = [(parts[2], parts[1], parts[0])]
        else:
            readings = [(parts[2], parts[1], parts[0]), (parts[2], parts[0], parts[1])]
        isos = {iso for iso in (f"{y:04d}-{m:02d}-{d:02d}" for y, m, d in readings) if is_date(iso)}
        if len(isos) == 1:
            self.add_day(isos.pop())

    def add_month(self, number: int) -> None:
        self.months.append(number)
        self.order.append("month")

    def take_bare_clock(self) -> None:
        """ "0951 GMT": four digits before a time zone are a clock time."""
        if self.order[-1:] == ["number"]:
            self.order.pop()
            self.numbers.pop()
        self.has_clock = True

    def close(self) -> None:
        """Join the numbers and the month collected since the last label."""
        if len(self.months) == 1 and self.numbers:
            days = [number for number in self.numbers if 1 <= number <= 31]
            years = [number for number in self.numbers if 1500 <= number < 2100]
            self.has_day = self.has_day or bool(days)
            if len(days) == 1 and len(years) == 1:
                self.add_day(f"{years[0]:04d}-{self.months[0]:02d}-{days[0]:02d}")
        self.numbers, self.months, self.order = [], [], []


def iso_date(written: str) -> str | None:
    """The calendar date in a metadata value ("2022-01-19T10:00:00+02:00", "Wed, 19 Jan 2022 …"), or None.

    The date is taken as written, in the value's own time zone. A value with two readings (03/04/2022) is
    None.
    """
    value = written.strip()
    if compact := re.match(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?:T?\d{4,6}\D{0,6}.{0,6})?$", value):
        iso = "-".join(compact.groups())
        return iso if is_date(iso) else None
    stamp = read_stamp(value, 0, len(value))
    return stamp.iso if stamp is not None else None


def is_date(iso: str) -> bool:
    """Whether `iso` is a calendar date written YYYY-MM-DD."""
    try:
        date.fromisoformat(iso)
    except ValueError:
        return False
    return len(iso) == 10


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return plain.replace("ı", "i").replace("ł", "l").replace("ø", "o")
