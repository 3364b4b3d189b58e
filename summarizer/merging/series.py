"""Put the figures of all articles into series, one quantity each (contract, section 7).

Pure. Two figures measure one quantity when unit, thing counted, side, and what it is about are the same;
equal numbers say nothing. Planned and possible figures stay apart from actual ones. Nothing is ever added
up or averaged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from summarizer.merging.intervals import days_of, value_interval
from summarizer.merging.offices import split_states
from summarizer.merging.pool import ClaimItem, FigureItem
from summarizer.merging.quake_sizes import is_quake_size
from summarizer.merging.quantities import read_quantity
from summarizer.merging.quantity_kinds import (
    Quantity,
    is_vague,
    names_event,
)
from summarizer.merging.relations import Reading, relate
from summarizer.merging.sameness import contradict, likeness
from summarizer.merging.surroundings import NOWHERE, Surroundings
from summarizer.merging.union import Groups
from summarizer.merging.verdicts import NONE, Verdicts, regroup
from summarizer.records.brief import Status
from summarizer.records.digest import ActorCluster, FigureSeries, PointRelation, SeriesPoint

#: A series of n points has n (n - 1) / 2 pairs. Beyond this many points only neighbours in time are related,
#: each with the lowest and the highest: 80 points are 3,160 pairs already.
_MAX_PAIRED = 80


def cluster_figures(
    figures: Sequence[FigureItem],
    claims: Sequence[ClaimItem],
    actors: Mapping[str, ActorCluster],
    verdicts: Verdicts = NONE,
) -> tuple[FigureSeries, ...]:
    """Series in order of prominence, ids S1… ; `actors` maps members to their clusters.

    `verdicts` have the last word on what is one quantity, but a series keeps to one unit and one status.
    """
    readings = [
        _read(item, around, actors) for item, around in zip(figures, _around(figures, claims), strict=True)
    ]
    nodes = _nodes(readings)
    groups = [[i for node in group for i in nodes[node]] for group in _link(nodes, readings).groups()]
    if verdicts:
        groups, _ = regroup(groups, [item.member for item in figures], _possible(verdicts, figures))
    series = [_series([readings[i] for i in group], actors) for group in groups]
    ranked = sorted(series, key=_prominence)
    return tuple(one.model_copy(update={"id": f"S{number}"}) for number, one in enumerate(ranked, start=1))


def _possible(verdicts: Verdicts, figures: Sequence[FigureItem]) -> Verdicts:
    """The verdicts that a series can follow."""
    kind = {item.member: (item.figure.unit, item.figure.status == "actual") for item in figures}
    same = frozenset(pair for pair in verdicts.same if kind.get(pair[0]) == kind.get(pair[1]))
    return Verdicts(same=same, different=verdicts.different)


def _around(figures: Sequence[FigureItem], claims: Sequence[ClaimItem]) -> list[Surroundings]:
    """For each figure the claims whose evidence holds it, and the words beside it in the shortest of them."""
    by_article: dict[str, list[tuple[int, int, str, str]]] = defaultdict(list)
    for claim in claims:
        one = claim.claim.evidence[0]
        by_article[claim.article.id].append((one.start, one.end, claim.claim.text, one.quote))
    found = []
    for item in figures:
        figure_start, figure_end = item.figure.evidence[0].start, item.figure.evidence[0].end
        holding = sorted(
            (end - start, text, quote[: figure_start - start], quote[figure_end - start :])
            for start, end, text, quote in by_article[item.article.id]
            if start <= figure_start and figure_end <= end
        )
        texts = [text for _, text, _, _ in holding]
        found.append(Surroundings(texts, *holding[0][2:]) if holding else NOWHERE)
    return found


def _read(item: FigureItem, around: Surroundings, actors: Mapping[str, ActorCluster]) -> Reading:
    figure = item.figure
    when = figure.as_of
    cluster = actors.get(item.source or "")
    header = item.article.published
    published = header.date if header.basis == "stated" else None  # an inferred one would prove a difference
    return Reading(
        item=item,
        quantity=read_quantity(figure, around),
        values=value_interval(figure),
        days=days_of(when),
        when=when if days_of(when) else None,
        source=cluster.id if cluster else None,
        source_name=cluster.name if cluster else None,
        body=cluster.name.casefold() if cluster and cluster.kind != "group" else None,
        told=days_of(published),
        published=published,
    )


def _nodes(readings: Sequence[Reading]) -> list[list[int]]:
    """Figures that read alike together, unless one article's one source would contradict itself."""
    nodes: dict[tuple[Quantity, int], list[int]] = {}
    for i, reading in enumerate(readings):
        number = 0
        while _stays_out(reading, [readings[j] for j in nodes.get((reading.quantity, number), ())]):
            number += 1
        nodes.setdefault((reading.quantity, number), []).append(i)
    return list(nodes.values())


def _stays_out(reading: Reading, node: Sequence[Reading]) -> bool:
    return bool(node) and (is_vague(reading.quantity) or any(contradict(one, reading) for one in node))


def _link(nodes: Sequence[Sequence[int]], readings: Sequence[Reading]) -> Groups:
    """Join nodes from the likest pair on, as long as no two members of a group conflict."""
    blocks: dict[tuple[str, bool, str], list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        quantity = readings[node[0]].quantity
        if quantity.thing:
            blocks[quantity.unit, quantity.expected, quantity.thing].append(number)
    pairs: list[tuple[float, int, int]] = []
    alike: dict[tuple[int, int], float] = {}
    for block in blocks.values():
        for position, a in enumerate(block):
            for b in block[position + 1 :]:
                score = likeness(readings[nodes[a][0]].quantity, readings[nodes[b][0]].quantity)
                if score is not None:
                    alike[a, b] = score
                    if score:
                        pairs.append((-score, a, b))
    groups = Groups(len(nodes))
    for _, a, b in sorted(pairs):
        first, second = groups.members(a), groups.members(b)
        if groups.find(a) != groups.find(b) and all(
            (min(x, y), max(x, y)) in alike and not _any_contradict(nodes[x], nodes[y], readings)
            for x in first
            for y in second
        ):
            groups.join(a, b)
    return groups


def _any_contradict(a: Sequence[int], b: Sequence[int], readings: Sequence[Reading]) -> bool:
    return any(contradict(readings[i], readings[j]) for i in a for j in b)


def _series(readings: Sequence[Reading], actors: Mapping[str, ActorCluster]) -> FigureSeries:
    ordered = sorted(
        readings, key=lambda one: (one.days is None, one.days.first if one.days else 0, one.item.member)
    )
    status: Status = ordered[0].item.figure.status
    unit = ordered[0].item.figure.unit
    return FigureSeries(
        id="S1",
        quantity=_name(ordered),
        unit=unit,
        status=status,
        points=tuple(_point(one, actors) for one in ordered),
        relations=tuple(_relations(ordered)),
    )


def _relations(ordered: Sequence[Reading]) -> list[PointRelation]:
    if len(ordered) <= _MAX_PAIRED:
        return [relate(a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 :]]
    low = min(range(len(ordered)), key=lambda i: (ordered[i].values.low, i))
    high = max(range(len(ordered)), key=lambda i: (ordered[i].values.low, -i))
    pairs = {(i, i + 1) for i in range(len(ordered) - 1)}
    for extreme in (low, high):
        pairs |= {(min(i, extreme), max(i, extreme)) for i in range(len(ordered)) if i != extreme}
    return [relate(ordered[i], ordered[j]) for i, j in sorted(pairs)]


def _name(readings: Sequence[Reading]) -> str:
    """What the series counts: of the phrases without a scope of their own, the one that says most."""
    if is_quake_size(readings[0].item.figure):
        return f"magnitude of the {readings[0].quantity.thing}"
    phrases = [one for one in readings if not one.quantity.scope and not one.quantity.times] or list(readings)
    counted = [one.item.figure.counted.strip() or one.quote for one in phrases]
    thing = readings[0].quantity.thing
    return max(
        sorted(set(counted)),
        key=lambda phrase: (
            len(split_states(phrase).countries),
            names_event(phrase, thing),
            counted.count(phrase),
            -len(phrase),
        ),
    )


def _point(one: Reading, actors: Mapping[str, ActorCluster]) -> SeriesPoint:
    figure = one.item.figure
    via = actors.get(one.item.via or "")
    return SeriesPoint(
        member=one.item.member,
        article=one.item.article.id,
        value=figure.value,
        value_high=figure.value_high,
        bound=figure.bound,
        status=figure.status,
        as_of=figure.as_of,
        counted=figure.counted,
        place=figure.place,
        source=one.source,
        via=via.id if via else None,
        evidence=figure.evidence,
    )


def _prominence(series: FigureSeries) -> tuple[int, int, float, str, str]:
    """Most articles first, then most figures, then what its articles tell first."""
    articles = {point.article for point in series.points}
    place = sum(point.evidence[0].start for point in series.points) / len(series.points)
    return -len(articles), -len(series.points), place, series.quantity, series.points[0].member
