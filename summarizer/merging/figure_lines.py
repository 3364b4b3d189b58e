"""What a summary says about a series of figures: what each source says last, of one scope.

Pure. Numbers stand in the sources' own words. A part is never set against its whole, nor what a source said
before against what it says now; what was told days before the newest figure is told as earlier.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from summarizer.merging.intervals import days_of
from summarizer.merging.phrasing import as_clause, as_object, as_sentence, join_names, number_words
from summarizer.merging.quantity_kinds import is_vague_word
from summarizer.merging.union import Groups
from summarizer.merging.voices import Speech
from summarizer.records.brief import Bound
from summarizer.records.digest import FigureSeries, SeriesPoint

#: Figures told so many days before the newest one are no longer what is said.
_CURRENT_DAYS = 2
#: More current numbers than this are told by the lowest and the highest, of earlier ones the newest.
_MAX_NUMBERS = 3


_INTRANSITIVE = frozenset(
    [
        "died",
        "perished",
        "drowned",
        "marched",
        "protested",
        "demonstrated",
        "rallied",
        "gathered",
        "fled",
        "lived",
        "voted",
        "walked",
        "attended",
        "left",
        "returned",
        "came",
        "joined",
        "suffered",
    ]
)


class Latest(NamedTuple):
    """Each source's last figure of one scope: those told with the newest, and those told days before."""

    current: tuple[SeriesPoint, ...]
    earlier: tuple[SeriesPoint, ...]


def latest_points(series: FigureSeries, published: Mapping[str, str], speech: Speech) -> Latest:
    """What each source says last, of the scope that most figures have; the newest first.

    `published`: the dates of the articles that have one. Figures in the articles' own voice count as one
    source.
    """
    last: dict[str, SeriesPoint] = {}
    for point in sorted(_of_one_scope(series), key=lambda one: _place(one, published)):
        last[speech.name(point.source) if point.source else ""] = point
    points = sorted(last.values(), key=lambda one: (-told_on(one, published), one.member))
    since = max(told_on(point, published) for point in points) - _CURRENT_DAYS
    current = tuple(one for one in points if told_on(one, published) >= since or not told_on(one, published))
    numbers = {_value(one) for one in current}
    earlier = tuple(one for one in points if one not in current and _value(one) not in numbers)
    return Latest(current, earlier)


def _value(point: SeriesPoint) -> tuple[float, float | None]:
    return point.value, point.value_high


def _stated(point: SeriesPoint) -> tuple[float, float, Bound]:
    """What a source says of the number, so that "more than 100" is nobody's "100"; comparable."""
    return point.value, point.value_high or point.value, point.bound


def _of_one_scope(series: FigureSeries) -> list[SeriesPoint]:
    """The points that don't differ in scope among each other: the largest such group, or the highest."""
    number = {point.member: i for i, point in enumerate(series.points)}
    groups = Groups(len(series.points))
    for one in series.relations:
        if one.relation != "differ_in_scope":
            groups.join(number[one.a], number[one.b])
    sets = [[series.points[i] for i in group] for group in groups.groups()]
    return max(sets, key=lambda points: (len(points), max(point.value for point in points)))


def _place(point: SeriesPoint, published: Mapping[str, str]) -> tuple[int, int, int, str]:
    own = days_of(point.as_of)
    return told_on(point, published), own.first if own else 0, point.evidence[0].start, point.member


def told_on(point: SeriesPoint, published: Mapping[str, str]) -> int:
    """The day on which a figure was told; 0 when nobody knows."""
    days = days_of(published.get(point.article)) or days_of(point.as_of)
    return days.first if days else 0


def is_tellable(series: FigureSeries, latest: Latest) -> bool:
    """Whether a sentence about a series reads well: numbers in digits, and what they count in words."""
    words = re.findall(r"[^\W\d_]{2,}", series.quantity)
    enough = len(words) > 1 or (series.unit == "count" and len(words) == 1 and not is_vague_word(words[0]))
    odd = re.search(r"\d|^(?:including|above|below|over|under|more|less)\b", series.quantity.lower())
    return enough and not odd and all(re.search(r"\d", one.evidence[0].quote) for one in latest.current)


def figure_sentence(series: FigureSeries, latest: Latest, speech: Speech) -> str:
    """Who puts a quantity at which number, and who did before; plans and possibilities are marked as such."""
    before = [one for one in latest.earlier if re.search(r"\d", one.evidence[0].quote)][:_MAX_NUMBERS]
    numbers = [number_in(one, series) for one in (*latest.current, *before)]
    # "puts it at at least 14" stumbles
    put, puts, at = (
        ("give", "gives", "as") if any(one.startswith("at ") for one in numbers) else ("put", "puts", "at")
    )
    telling = _Telling(series, speech, (put, puts, {"give": "given"}.get(put, put)), at)
    said = telling.now(latest.current)
    if before:
        said += f"; earlier, {telling.pronoun} {join_names(telling.each(before))}"
    if series.status == "actual":
        return as_sentence(said)
    what = "a plan" if all(point.status == "planned" for point in latest.current) else "a possibility"
    return as_sentence(f"as {what} only, {said}")


def number_in(point: SeriesPoint, series: FigureSeries) -> str:
    """A point's number in its source's words, without what it counts."""
    return number_words(point.evidence[0].quote, series.unit)


@dataclass(frozen=True, slots=True)
class _Telling:
    """How the numbers of one series are told: "put at" or "given as"."""

    series: FigureSeries
    speech: Speech
    verbs: tuple[str, str, str]  # put, puts, put
    at: str

    @property
    def pronoun(self) -> str:
        """ "it was put", of what `now` has named."""
        return f"{'they were' if _quantity(self.series)[1] else 'it was'} {self.verbs[2]}"

    def now(self, points: Sequence[SeriesPoint]) -> str:
        """The clause about the current points."""
        series, speech = self.series, self.speech
        quantity, plural = _quantity(series)
        passive = f"{quantity} {'are' if plural else 'is'} {self.verbs[2]}"
        numbers = {_stated(point) for point in points}
        if len(numbers) == 1:
            sources = list(dict.fromkeys(point.source for point in points if point.source is not None))
            number = f"{self.at} {number_in(points[0], series)}"
            if not sources:
                return f"{passive} {number}"
            return f"{speech.names(sources)} {speech.verb(sources, *self.verbs[:2])} {quantity} {number}"
        if len(numbers) > _MAX_NUMBERS:
            ordered = sorted(points, key=lambda one: (one.value, one.value_high or one.value, one.member))
            low, high = ordered[0], ordered[-1]
            return (
                f"the latest figures for {_measured(series.quantity)} run from {number_in(low, series)} "
                f"({_source(low, speech)}) to {number_in(high, series)} ({_source(high, speech)})"
            )
        return f"{passive} {join_names(self.each(points))}"

    def each(self, points: Sequence[SeriesPoint]) -> list[str]:
        """ "at 52 by the agency" for each number, from the lowest on."""
        parts = []
        for stated in sorted({_stated(one) for one in points}):
            same = [one for one in points if _stated(one) == stated]
            named = list(dict.fromkeys(one.source for one in same if one.source is not None))
            by = f"by {self.speech.names(named)}" if named else "without a named source"
            parts.append(f"{self.at} {number_in(same[0], self.series)} {by}")
        return parts


def _quantity(series: FigureSeries) -> tuple[str, bool]:
    """What is measured, as an object, and whether it is plural: "the number of troops near Ukraine"."""
    if series.unit == "count" and not as_clause(series.quantity).startswith(("number", "death toll", "toll")):
        return number_of(series.quantity), False
    return as_object(series.quantity)


def number_of(counted: str) -> str:
    """ "The number of people killed", "the number of people who died"."""
    clause = as_clause(counted)
    if clause.startswith("number of "):
        return f"the {clause}"
    first, _, rest = clause.partition(" ")
    verb = rest.split(" ")[0]
    # a short phrase has no relative pronoun; what a verb without object did needs one
    who = "who " if verb in _INTRANSITIVE and first.isalpha() else ""
    return f"the number of {first} {who}{rest}".rstrip()


def _measured(counted: str) -> str:
    """A quantity behind "for": "strikers", "the number of strikers"."""
    clause = as_clause(counted)
    return f"the {clause}" if clause.startswith("number of ") else clause


def _source(point: SeriesPoint, speech: Speech) -> str:
    return speech.name(point.source) if point.source is not None else "unattributed"
