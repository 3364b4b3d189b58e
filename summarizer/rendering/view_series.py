"""Figure series as tables: scope by scope, in order of time, each row with how it relates to those above.

Pure. Never a sum or a mean: every number is one that an article states.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from summarizer.records.brief import Status
from summarizer.records.digest import FigureSeries, SeriesPoint
from summarizer.rendering import wording
from summarizer.rendering.differences import Told, by_pair, differences, notes, scopes
from summarizer.rendering.names import Names
from summarizer.rendering.view import FigureRow, FigureTable


def gathered(tables: Sequence[FigureTable], weight: Callable[[FigureRow], float]) -> tuple[FigureTable, ...]:
    """Series of several figures first, each a table; what stands alone is collected, the weightiest first."""
    alone: dict[Status, list[FigureRow]] = {}
    for table in tables:
        if len(table.rows) == 1:
            alone.setdefault(table.status, []).extend(table.rows)
    return (
        *(table for table in tables if len(table.rows) > 1),
        *(
            FigureTable(
                "",
                "Each given once",
                status,
                "",
                tuple(sorted(rows, key=lambda row: -weight(row))),
                long=True,
            )
            for status, rows in alone.items()
        ),
    )


def series_table(series: FigureSeries, names: Names) -> FigureTable:
    """The points of `series`, scope by scope and there in order of time; undated ones last."""
    groups = scopes(series)
    points = sorted(
        series.points,
        key=lambda point: (groups.get(point.member, ""), point.as_of is None, point.as_of or ""),
    )
    contested = {
        member for one in series.relations if one.relation == "differ_in_source" for member in (one.a, one.b)
    }
    relations = by_pair(series)
    told = [_told(point, series, groups, names) for point in points]
    return FigureTable(
        id=series.id,
        title=names.consistent(series.quantity),
        status=series.status,
        unit=wording.shown(series.unit),
        rows=tuple(
            replace(
                _row(one, "" if len(told) > 1 else series.id, names),
                contested=one.point.member in contested,
                differences=differences(one, told[:index], relations),
            )
            for index, one in enumerate(told)
        ),
        notes=notes(told, series),
    )


def _told(point: SeriesPoint, series: FigureSeries, groups: dict[str, str], names: Names) -> Told:
    return Told(
        point=point,
        ref=names.ref(point.member),
        value=wording.quantity(point, series.unit),
        who=wording.attribution(
            [names.actor(point.source) or ""] if point.source else [],
            names.actor(point.via),
            names.own_voice(point.article),
        ),
        group=groups.get(point.member, ""),
    )


def _row(one: Told, series: str, names: Names) -> FigureRow:
    point = one.point
    low, high = wording.ends(point)
    return FigureRow(
        ref=one.ref,
        series=series,
        value=one.value,
        words=wording.shown(point.evidence[0].quote),
        counted=names.consistent(point.counted),
        who=one.who,
        as_of=wording.date(point.as_of),
        place=wording.shown(point.place) if point.place else None,
        low=low,
        high=high,
        spans=names.spans(point.article, point.evidence),
        group=one.group,
    )
