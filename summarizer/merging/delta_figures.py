"""How figures changed between two digests: revised, firmer, softer, new, not repeated.

Pure. Compared is each source's last number of a quantity, then and now; numbers in the articles' own voice
count as one source. A number that another source repeats is no news. Nothing is subtracted: a reader sees
both numbers in the sources' words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from summarizer.merging.delta_union import Told, Union, clusters, is_same_item, quotes
from summarizer.merging.intervals import Interval, value_interval
from summarizer.merging.quantities import read_quantity
from summarizer.merging.quantity_kinds import Quantity
from summarizer.merging.sameness import likeness
from summarizer.records.brief import Bound, Figure
from summarizer.records.delta import Change, ChangeKind
from summarizer.records.digest import FigureSeries, SeriesPoint

#: From exact to open.
_OPENNESS: dict[Bound, int] = {"exact": 0, "about": 1, "between": 1, "at_least": 2, "at_most": 2}


def figure_changes(union: Union) -> tuple[list[Change], int]:
    """The changes in the new digest's order of prominence, and how many series are told as before."""
    changes: list[tuple[int, Change]] = []
    steady = 0
    only_old: list[tuple[FigureSeries, list[Told]]] = []
    only_new: list[tuple[FigureSeries, list[Told]]] = []
    for series in union.figures:
        told = [union.told[member] for member in series.members]
        before = [one for one in told if one.side == "old"]
        after = [one for one in told if one.side == "new"]
        if not before:
            only_new.append((series, after))
        elif not after:
            only_old.append((series, before))
        else:
            found = _changed(union, series, before, after)
            steady += not found
            changes += [(_place(after), change) for change in found]
    for series, after in only_new:
        turned = next((pair for pair in only_old if _other_status(pair[0], series)), None)
        if turned is None:
            changes.append((_place(after), _one_sided(union, series, after, "new")))
            continue
        only_old.remove(turned)
        changes.append((_place(after), _status_change(union, series, turned[1], after)))
    changes += [
        (_place(before), _one_sided(union, series, before, "not_repeated")) for series, before in only_old
    ]
    return [change for _, change in sorted(changes, key=lambda pair: pair[0])], steady


def _place(told: Sequence[Told]) -> int:
    return min(int(one.cluster[1:]) for one in told)


def _changed(union: Union, series: FigureSeries, before: list[Told], after: list[Told]) -> list[Change]:
    """A change for each source whose last number is another one, and for each new source with another."""
    then, now = _last(before), _last(after)
    found = []
    for who, latest in now.items():
        if any(is_same_item(one, latest) for one in before):
            continue
        earlier = then.get(who)
        if earlier is not None:
            kind = _kind(_point(earlier), _point(latest), series.unit)
            if kind is not None:
                found.append(_of_source(union, series, kind, who, earlier, latest))
            continue
        other = next((one for one in reversed(list(then.values()))), None)
        if any(_same_number(_point(one), _point(latest)) for one in before) or other is None:
            continue
        found.append(_of_source(union, series, "new", who, other, latest))
    return found


def _last(told: Sequence[Told]) -> dict[str, Told]:
    """Each source's last number: by the date that it is about, then by that of its article."""
    last: dict[str, Told] = {}
    for one in sorted(told, key=lambda one: (_point(one).as_of or one.day, one.day, one.item.member)):
        last[one.who[0] if one.who else ""] = one
    return last


def _kind(earlier: SeriesPoint, latest: SeriesPoint, unit: str) -> ChangeKind | None:
    if _same_number(earlier, latest):
        return None
    then, now = _interval(earlier, unit), _interval(latest, unit)
    openness = _OPENNESS[latest.bound] - _OPENNESS[earlier.bound]
    if then.meets(now) and openness:
        return "firmer" if openness < 0 else "softer"
    return "revised"


def _same_number(a: SeriesPoint, b: SeriesPoint) -> bool:
    return (a.value, a.value_high, a.bound) == (b.value, b.value_high, b.bound)


def _interval(point: SeriesPoint, unit: str) -> Interval:
    return value_interval(_figure(point, unit))


def _figure(point: SeriesPoint, unit: str) -> Figure:
    return Figure.model_construct(
        id="f1",
        evidence=point.evidence,
        also=(),
        value=point.value,
        value_high=point.value_high,
        unit=unit,
        counted=point.counted,
        bound=point.bound,
        status=point.status,
        as_of=point.as_of,
        place=point.place,
        source=None,
        via=None,
    )


def _other_status(old: FigureSeries, new: FigureSeries) -> bool:
    """Whether one quantity that was planned or possible is a fact now, or the other way round."""
    if old.unit != new.unit or (old.status == "actual") == (new.status == "actual"):
        return False
    alike = likeness(_expected(old), _expected(new))
    return bool(alike)


def _expected(series: FigureSeries) -> Quantity:
    quantity = read_quantity(_figure(series.points[0], series.unit))
    return replace(quantity, expected=False)


def _status_change(union: Union, series: FigureSeries, before: list[Told], after: list[Told]) -> Change:
    was, now = _point(before[0]).status, _point(after[0]).status
    kind: ChangeKind = "firmer" if now == "actual" else "softer"
    return _make(union, series, kind, before, after, f"told as {now} now, as {was} before")


def _of_source(
    union: Union, series: FigureSeries, kind: ChangeKind, who: str, earlier: Told, latest: Told
) -> Change:
    name = union.name(who) if who else "the articles"
    gives = "gives" if who else "give"
    match kind:
        case "new":
            giver = union.name(earlier.who[0]) if earlier.who else "the articles"
            reason = f"{name} {gives} another number than {giver}"
        case "firmer":
            reason = f"{name} {gives} it more exactly"
        case "softer":
            reason = f"{name} {gives} it less exactly"
        case _:
            reason = f"{name} now {gives} another number"
    return _make(union, series, kind, [earlier], [latest], reason)


def _one_sided(
    union: Union, series: FigureSeries, told: list[Told], kind: Literal["new", "not_repeated"]
) -> Change:
    if kind == "new":
        return _make(union, series, kind, [], told, "not told before")
    return _make(union, series, kind, told, [], "not told now")


def _make(
    union: Union,
    series: FigureSeries,
    kind: ChangeKind,
    before: Sequence[Told],
    after: Sequence[Told],
    reason: str,
) -> Change:
    speaking = after or before
    return Change(
        part="figure",
        kind=kind,
        text=series.quantity,
        who=union.each_name(who for one in speaking for who in one.who),
        before=_words(before),
        after=_words(after),
        reason=reason,
        old=clusters(before),
        new=clusters(after),
        old_quotes=quotes(before),
        new_quotes=quotes(after),
    )


def _words(told: Sequence[Told]) -> str | None:
    """The figures in the sources' own words; of many the first three."""
    said = list(dict.fromkeys(" ".join(one.item.evidence[0].quote.split()) for one in told))
    return "; ".join(said[:3]) + ("; …" if len(said) > 3 else "") if said else None


def _point(one: Told) -> SeriesPoint:
    assert isinstance(one.item, SeriesPoint)
    return one.item
