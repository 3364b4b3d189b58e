"""How the figures of a series relate, short enough to be read at a glance.

Pure. A digest gives a reason for every pair, with quotes; here pairs with the same relation are put together
and named by their refs and values. Nothing is added: no trend, no mean, no judgement who is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.records.digest import FigureSeries, PointRelation, Relation, SeriesPoint
from summarizer.rendering import wording
from summarizer.rendering.view import Difference, Note

#: What matters most stands first.
_ORDER: tuple[Relation, ...] = ("differ_in_source", "agree", "differ_in_time", "differ_in_scope")
#: More others than this are named by their refs only.
_SPELLED_OUT = 2
#: Of more others than this only the first are named.
_NAMED = 5
#: Dates of a series that are listed one by one; of more, the first and the last ones are.
_DATES = 6
#: The digest's reason for a difference in scope says what each figure covers, after its quote.
_COVERS = re.compile(r"[“\"](?P<quote>[^”\"]*)[”\"] covers (?P<what>[^;“”]+)")


@dataclass(frozen=True, slots=True)
class Told:
    """A point of a series in the words in which it is shown."""

    point: SeriesPoint
    ref: str
    value: str
    who: str
    group: str

    @property
    def dated(self) -> str:
        return wording.date(self.point.as_of)


def scopes(series: FigureSeries) -> dict[str, str]:
    """A letter for every scope of a series, "A" for the one with most points.

    Points that no difference of scope parts share one. Empty where the whole series has one scope.
    """
    found = {point.member: [point.member] for point in series.points}
    for one in series.relations:
        first, second = found.get(one.a), found.get(one.b)
        if one.relation == "differ_in_scope" or first is None or second is None or first is second:
            continue
        first.extend(second)
        found.update(dict.fromkeys(second, first))
    distinct = list({id(members): members for members in found.values()}.values())
    if len(distinct) < 2:
        return {}
    distinct.sort(key=lambda members: -len(members))
    return {member: _letter(index) for index, members in enumerate(distinct) for member in members}


def by_pair(series: FigureSeries) -> dict[frozenset[str], PointRelation]:
    """The relations of `series` by the two members that they are about."""
    return {frozenset((one.a, one.b)): one for one in series.relations}


def differences(
    one: Told, earlier: Sequence[Told], relations: Mapping[frozenset[str], PointRelation]
) -> tuple[Difference, ...]:
    """How `one` relates to the rows before it, those with one relation and one reason together."""
    grouped: dict[tuple[int, str], list[tuple[Told, PointRelation]]] = {}
    for other in earlier:
        if found := relations.get(frozenset((one.point.member, other.point.member))):
            why = _why(one, other, found.relation)
            grouped.setdefault((_ORDER.index(found.relation), why), []).append((other, found))
    return tuple(
        Difference(
            relation=pairs[0][1].relation,
            text=_phrase(one, [other for other, _ in pairs], why, [found for _, found in pairs]),
            reasons=tuple(wording.shown(found.reason) for _, found in pairs),
        )
        for (_, why), pairs in sorted(grouped.items())
    )


def notes(told: Sequence[Told], series: FigureSeries) -> tuple[Note, ...]:
    """What a reader should take from the series as a whole: disagreements, dates, scopes."""
    return (*_disagreements(told, series), *_dates(told), *_scopes(told, series))


def _why(one: Told, other: Told, relation: Relation) -> str:
    """The reason that figures with one relation may share."""
    if relation == "differ_in_source":
        if None in (one.point.as_of, other.point.as_of):
            return "same scope"
        same = one.point.as_of == other.point.as_of
        return "same scope and time" if same else "same scope, and time does not explain it"
    if relation == "agree":
        return "same" if one.value == other.value else "bounds"
    if relation == "differ_in_time":
        known = None not in (one.point.as_of, other.point.as_of)
        if known and one.point.as_of != other.point.as_of:
            return "dates"
        if one.point.source is not None and one.point.source == other.point.source:
            return "one source"
        return "undated" if one.point.as_of is None else "dates"
    return ""


def _phrase(one: Told, others: Sequence[Told], why: str, relations: Sequence[PointRelation]) -> str:
    relation = relations[0].relation
    refs = _some([other.ref for other in others])
    if relation == "differ_in_source":
        few = len(others) <= _SPELLED_OUT
        named = wording.names([f"{other.ref} ({other.value}, {other.who})" for other in others])
        return f"disagrees with {named if few else refs}: {why}"
    if relation == "agree":
        return f"same number as {refs}" if why == "same" else f"agrees with {refs} within their bounds"
    if relation == "differ_in_time":
        if why == "one source":
            return f"another count by the source of {refs}"
        return f"{'undated, perhaps' if why == 'undated' else 'of'} another time than {refs}"
    letters = sorted({other.group for other in others if other.group != one.group})
    same = [other.ref for other in others if other.group == one.group]
    return f"other scope than {_some([*letters, *same])}: {_covers(one, relations)}"


def _some(refs: Sequence[str]) -> str:
    """All of a few refs; of many, the first ones and how many more there are."""
    left = len(refs) - _NAMED
    return wording.names(refs) if left <= 1 else f"{', '.join(refs[:_NAMED])} and {left} more"


def _disagreements(told: Sequence[Told], series: FigureSeries) -> Iterator[Note]:
    """A note for every set of figures that contradict each other, those that say the same together."""
    linked: dict[str, set[str]] = {}
    for pair in series.relations:
        if pair.relation == "differ_in_source":
            linked.setdefault(pair.a, set()).add(pair.b)
            linked.setdefault(pair.b, set()).add(pair.a)
    done: set[str] = set()
    for first in told:
        if first.point.member in done or first.point.member not in linked:
            continue
        reached = _reached(first.point.member, linked)
        done |= reached
        among = [one for one in told if one.point.member in reached]
        sides: dict[tuple[str, str], list[str]] = {}
        for said in among:
            sides.setdefault((said.value, said.who), []).append(said.ref)
        whys = {
            _why(said, other, "differ_in_source")
            for said in among
            for other in among
            if other.point.member in linked[said.point.member]
        }
        against = " against ".join(f"{value} ({who}; {_some(refs)})" for (value, who), refs in sides.items())
        yield Note("Disagree", f"{against}: {whys.pop() if len(whys) == 1 else 'same scope'}", contested=True)


def _reached(start: str, linked: Mapping[str, set[str]]) -> set[str]:
    reached, ahead = {start}, [start]
    while ahead:
        new = linked[ahead.pop()] - reached
        reached |= new
        ahead.extend(new)
    return reached


def _dates(told: Sequence[Told]) -> Iterator[Note]:
    """The values of the main scope, date by date."""
    by_date: dict[str, list[str]] = {}
    main = [one for one in told if one.group in ("", "A")]
    for one in main:
        values = by_date.setdefault(one.dated, [])
        if one.value not in values:
            values.append(one.value)
    if len(by_date) < 2:
        return
    parts = [f"{date}: {' / '.join(values)}" for date, values in by_date.items()]
    if len(parts) > _DATES:
        left = len(parts) - _DATES
        parts = [*parts[: _DATES // 2], f"… {wording.count(left, 'date')} …", *parts[-(_DATES // 2) :]]
    yield Note("By date, scope A" if main[0].group else "By date", "; ".join(parts))


def _scopes(told: Sequence[Told], series: FigureSeries) -> Iterator[Note]:
    """What each letter stands for, with its figures."""
    letters: dict[str, list[Told]] = {}
    for one in told:
        if one.group:
            letters.setdefault(one.group, []).append(one)
    if not letters:
        return
    parts = []
    for letter, members in letters.items():
        held = members[0].value if len(members) == 1 else wording.count(len(members), "figure")
        parts.append(f"{letter} {_covers(members[0], series.relations)} ({held})")
    yield Note("Scopes", "; ".join(parts))


def _covers(one: Told, relations: Sequence[PointRelation]) -> str:
    """What a figure counts: as a reason of the digest puts it, else in the words of its article."""
    quote = wording.shown(one.point.evidence[0].quote)
    for relation in relations:
        if relation.relation != "differ_in_scope" or one.point.member not in (relation.a, relation.b):
            continue
        for found in _COVERS.finditer(wording.shown(relation.reason)):
            if found["quote"] == quote:
                return found["what"].strip()
    return wording.shown(one.point.counted)


def _letter(index: int) -> str:
    return chr(ord("A") + index) if index < 26 else f"Z{index - 25}"
