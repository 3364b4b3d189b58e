"""Figure series as tables: scope by scope, in order of time, each row with how it differs from one above.

Pure. Never a sum or a mean: every number is one that an article states.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.records.brief import Status
from summarizer.records.digest import FigureSeries
from summarizer.rendering import wording
from summarizer.rendering.names import Names
from summarizer.rendering.view import FigureRow, FigureTable, RelationRow


def gathered(tables: Sequence[FigureTable]) -> tuple[FigureTable, ...]:
    """Series of several figures first, each a table; what stands alone is collected in one table."""
    alone: dict[Status, list[FigureRow]] = {}
    for table in tables:
        if len(table.rows) == 1:
            alone.setdefault(table.status, []).extend(table.rows)
    return (
        *(table for table in tables if len(table.rows) > 1),
        *(FigureTable("", "Each given once", status, "", tuple(rows)) for status, rows in alone.items()),
    )


def series_table(series: FigureSeries, names: Names) -> FigureTable:
    """The points of `series`, scope by scope and there in order of time; undated ones last."""
    groups = _scopes(series)
    points = sorted(
        series.points,
        key=lambda point: (groups.get(point.member, ""), point.as_of is None, point.as_of or ""),
    )
    relations = {frozenset((one.a, one.b)): one for one in series.relations}
    rows: list[FigureRow] = []
    for index, point in enumerate(points):
        related = None
        for earlier in reversed(points[:index]):
            if related := relations.get(frozenset((point.member, earlier.member))):
                break
        low, high = wording.ends(point)
        rows.append(
            FigureRow(
                ref=names.ref(point.member),
                series="" if len(points) > 1 else series.id,
                value=wording.quantity(point, series.unit),
                words=wording.shown(point.evidence[0].quote),
                counted=wording.shown(point.counted),
                who=wording.attribution(
                    [names.actor(point.source) or ""] if point.source else [],
                    names.actor(point.via),
                    names.own_voice(point.article),
                ),
                as_of=wording.date(point.as_of),
                place=wording.shown(point.place) if point.place else None,
                low=low,
                high=high,
                spans=names.spans(point.article, point.evidence),
                group=groups.get(point.member, ""),
                relation=related.relation if related else None,
                differs_from=names.ref(related.b if related.a == point.member else related.a)
                if related
                else "",
                differs=wording.shown(related.reason) if related else "",
            )
        )
    return FigureTable(
        id=series.id,
        title=wording.shown(series.quantity),
        status=series.status,
        unit=wording.shown(series.unit),
        rows=tuple(rows),
        relations=tuple(
            RelationRow(
                names.ref(one.a),
                names.ref(one.b),
                one.relation,
                wording.shown(one.reason),
            )
            for one in series.relations
        ),
    )


def _scopes(series: FigureSeries) -> dict[str, str]:
    """A letter for every scope of a series, "A" for the one with most points.

    Points that no difference of scope parts share one. Empty where the whole series has one scope.
    """
    scopes = {point.member: [point.member] for point in series.points}
    for one in series.relations:
        first, second = scopes.get(one.a), scopes.get(one.b)
        if one.relation == "differ_in_scope" or first is None or second is None or first is second:
            continue
        first.extend(second)
        scopes.update(dict.fromkeys(second, first))
    distinct = list({id(members): members for members in scopes.values()}.values())
    if len(distinct) < 2:
        return {}
    distinct.sort(key=lambda members: -len(members))
    return {member: _letter(index) for index, members in enumerate(distinct) for member in members}


def _letter(index: int) -> str:
    return chr(ord("A") + index) if index < 26 else f"Z{index - 25}"
