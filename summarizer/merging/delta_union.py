"""Two digests of one story as one pool of items, merged anew with both groupings kept.

Pure. Every voice and every point becomes an item again, its article marked with the side it came from. What
one digest holds together stays together; what is the same item of the same article on both sides is one. All
else is decided by merging itself, so a delta calls two claims one proposition exactly where a digest would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from summarizer.merging.actors import cluster_actors
from summarizer.merging.claims import cluster_claims
from summarizer.merging.pool import pool_briefs
from summarizer.merging.series import cluster_figures
from summarizer.merging.verdicts import Verdicts
from summarizer.records.brief import Actor, Brief, Claim, Figure
from summarizer.records.delta import DeltaQuote
from summarizer.records.digest import (
    ActorCluster,
    ClaimCluster,
    Digest,
    FigureSeries,
    SeriesPoint,
    Voice,
)
from summarizer.text.folding import comparison_key

Side = Literal["old", "new"]
SIDES: tuple[Side, Side] = ("old", "new")


@dataclass(frozen=True, slots=True)
class Told:
    """A voice or a point of one side, with its cluster there and with the actors of the union.

    `who` are keys of those whose words they are, () for the articles' own; `day` is its article's date, ""
    without one.
    """

    side: Side
    cluster: str
    item: Voice | SeriesPoint
    who: tuple[str, ...]
    day: str


@dataclass(frozen=True, slots=True)
class Union:
    """Both digests merged. `claims` and `figures` are groups in the new digest's order of prominence.

    Members of the merged clusters are `<side>:<article id>/<item id>`; `told` has them all.
    """

    claims: tuple[ClaimCluster, ...]
    figures: tuple[FigureSeries, ...]
    told: Mapping[str, Told]
    names: Mapping[str, str]

    def name(self, who: str) -> str:
        """How somebody is called."""
        return self.names.get(who, who)

    def each_name(self, people: Iterable[str]) -> tuple[str, ...]:
        """How they are called, each name once, in their order."""
        return tuple(dict.fromkeys(map(self.name, people)))


def unite(old: Digest | None, new: Digest | None) -> Union:
    """The union of two digests, either of which may be missing."""
    digests: dict[Side, Digest] = {}
    if old is not None:
        digests["old"] = old
    if new is not None:
        digests["new"] = new
    pool = pool_briefs([brief for side, digest in digests.items() for brief in _briefs(side, digest)])
    actors = cluster_actors(pool.actors, Counter())
    by_member = {member: cluster for cluster in actors for member in cluster.members}
    claims = cluster_claims(
        pool, actors, by_member, _same(digests, [digest.claims for digest in digests.values()])
    )
    figures = cluster_figures(
        pool.figures, pool.claims, by_member, _same(digests, [digest.figures for digest in digests.values()])
    )
    told: dict[str, Told] = {}
    names: dict[str, str] = {}
    for side, digest in digests.items():
        keys = _keys(side, digest, by_member, names)
        days = {header.id: header.published.date or "" for header in digest.articles}
        for cluster in digest.claims:
            for voice in cluster.voices:
                who = tuple(keys.get(one, one) for one in voice.speakers)
                told[f"{side}:{voice.member}"] = Told(
                    side, cluster.id, voice, who, days.get(voice.article, "")
                )
        for series in digest.figures:
            for point in series.points:
                who = (keys.get(point.source, point.source),) if point.source else ()
                told[f"{side}:{point.member}"] = Told(
                    side, series.id, point, who, days.get(point.article, "")
                )
    return Union(claims, figures, told, names)


def is_same_item(a: Told, b: Told) -> bool:
    """Whether both are one item of one text: yesterday's article, in today's pile too."""
    return a.item.member == b.item.member and a.item.evidence == b.item.evidence


def quotes(told: Iterable[Told]) -> tuple[DeltaQuote, ...]:
    """What a change rests on, each item once."""
    found = {
        one.item.member: DeltaQuote(
            member=one.item.member, article=one.item.article, evidence=one.item.evidence[0]
        )
        for one in told
    }
    return tuple(found.values())


def clusters(told: Iterable[Told]) -> tuple[str, ...]:
    """Ids of the clusters of one side, each once, in order of their number."""
    return tuple(sorted({one.cluster for one in told}, key=lambda cluster: int(cluster[1:])))


def _keys(
    side: Side, digest: Digest, by_member: Mapping[str, ActorCluster], names: dict[str, str]
) -> dict[str, str]:
    """Actor id of one side -> key in the union. Unnamed groups, which merging keeps apart, go by name."""
    keys: dict[str, str] = {}
    for actor in digest.actors:
        if actor.kind == "group":
            key = f"group {comparison_key(actor.name)}"
        else:
            key = by_member[f"{side}:{actor.members[0]}"].id
        keys[actor.id] = key
        names[key] = actor.name  # the new digest's name stands: it comes last
    return keys


def _same(
    digests: Mapping[Side, Digest], groups: Sequence[Sequence[ClaimCluster | FigureSeries]]
) -> Verdicts:
    """What must stay together: each digest's clusters, and one item of one article that is on both sides."""
    pairs: list[tuple[str, str]] = []
    spans: dict[tuple[str, int, int, str], str] = {}
    for side, of_side in zip(digests, groups, strict=True):
        for cluster in of_side:
            members = [f"{side}:{member}" for member in cluster.members]
            pairs += pairwise(members)
            for item in cluster.points if isinstance(cluster, FigureSeries) else cluster.voices:
                span = item.evidence[0]
                text = cluster.text if isinstance(cluster, ClaimCluster) else ""
                twin = spans.setdefault((item.article, span.start, span.end, text), f"{side}:{item.member}")
                if twin != f"{side}:{item.member}":
                    pairs.append((twin, f"{side}:{item.member}"))
    return Verdicts(same=frozenset(pairs))


def _briefs(side: Side, digest: Digest) -> Iterator[Brief]:
    """The digest's items as briefs again, without validation: an item's evidence is not checked anew."""
    ids = {article.id: dict[str, str]() for article in digest.articles}  # actor cluster -> item id
    actors: dict[str, list[Actor]] = {article.id: [] for article in digest.articles}
    for cluster in digest.actors:
        for member in cluster.members:
            article, _, item_id = member.rpartition("/")
            if article in actors:
                ids[article].setdefault(cluster.id, item_id)
                actors[article].append(_actor(cluster, item_id))
    claims: dict[str, list[Claim]] = {article.id: [] for article in digest.articles}
    for one in digest.claims:
        for voice in one.voices:
            claims[voice.article].append(_claim(one, voice, ids[voice.article]))
    figures: dict[str, list[Figure]] = {article.id: [] for article in digest.articles}
    for series in digest.figures:
        for point in series.points:
            figures[point.article].append(_figure(series, point, ids[point.article]))
    for header in digest.articles:
        yield Brief.model_construct(
            article=header.model_copy(update={"id": f"{side}:{header.id}"}),
            summary=(),
            actors=tuple(actors[header.id]),
            figures=tuple(figures[header.id]),
            claims=tuple(claims[header.id]),
            rejected=(),
            provenance=digest.provenance,
        )


def _actor(cluster: ActorCluster, item_id: str) -> Actor:
    return Actor.model_construct(
        id=item_id,
        name=cluster.name,
        kind=cluster.kind,
        role=cluster.role,
        aliases=cluster.aliases,
        evidence=(),
    )


def _claim(cluster: ClaimCluster, voice: Voice, ids: Mapping[str, str]) -> Claim:
    """With the cluster's text, since that is what the voice's polarity is about."""
    return Claim.model_construct(
        id=voice.member.rpartition("/")[2],
        text=cluster.text,
        speakers=tuple(ids[one] for one in voice.speakers if one in ids),
        via=ids.get(voice.via or ""),
        sourcing=voice.sourcing,
        polarity=voice.polarity,
        certainty=voice.certainty,
        cues=voice.cues,
        when=voice.when,
        evidence=voice.evidence,
    )


def _figure(series: FigureSeries, point: SeriesPoint, ids: Mapping[str, str]) -> Figure:
    return Figure.model_construct(
        id=point.member.rpartition("/")[2],
        evidence=point.evidence,
        also=(),
        value=point.value,
        value_high=point.value_high,
        unit=series.unit,
        counted=point.counted,
        bound=point.bound,
        status=point.status,
        as_of=point.as_of,
        place=point.place,
        source=ids.get(point.source or ""),
        via=ids.get(point.via or ""),
    )
