"""Labels turned into what a perfect answer would be, and the empty answer: the two ends of every scale.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from summarizer.evaluation.propositions import gold_side
from summarizer.records.base import Record
from summarizer.records.brief import Actor, Brief, Claim, Figure, Provenance, Sentence
from summarizer.records.digest import (
    ActorCluster,
    ClaimCluster,
    Coverage,
    Digest,
    FigureSeries,
    PointRelation,
    SeriesPoint,
    Voice,
)
from summarizer.records.gold import GoldBrief, GoldClaim, GoldClaimCluster, GoldDigest, GoldSeries
from summarizer.version import __version__

#: Sentences of the extractive summary that `brief_of` makes.
_SUMMARY_SENTENCES = 4


def brief_of(gold: GoldBrief) -> Brief:
    """The labels as a brief, without nuggets and claims' further spans.

    Labels hold no summary; it is made of the evidence of the first vital claims.
    """
    vital = [claim for claim in gold.claims if claim.nugget == "vital"][:_SUMMARY_SENTENCES]
    return Brief(
        article=gold.article,
        summary=tuple(
            Sentence(text=" ".join(claim.evidence[0].quote.split()), cites=(claim.id,)) for claim in vital
        ),
        actors=tuple(Actor.model_construct(**_fields(actor, Actor)) for actor in gold.actors),
        figures=tuple(Figure.model_construct(**_fields(figure, Figure)) for figure in gold.figures),
        claims=tuple(Claim.model_construct(**_fields(claim, Claim)) for claim in gold.claims),
        rejected=(),
        provenance=_provenance("brief/1"),
    )


def empty_brief(gold: GoldBrief) -> Brief:
    """What a failed answer counts as, and the lowest floor."""
    return brief_of(gold.model_copy(update={"actors": (), "figures": (), "claims": ()}))


def digest_of(gold: GoldDigest, briefs: Mapping[str, GoldBrief]) -> Digest:
    """A story's labels as a digest; claims in no labelled cluster stand alone."""
    actors = {f"{name}/{actor.id}": actor for name, brief in briefs.items() for actor in brief.actors}
    claims = {f"{name}/{claim.id}": claim for name, brief in briefs.items() for claim in brief.claims}
    story_actor = {member: cluster.id for cluster in gold.actors for member in cluster.members}
    clustered = {member for cluster in gold.claims for member in cluster.members}
    alone = [
        GoldClaimCluster(
            id=f"C{len(gold.claims) + number}",
            text=claims[member].text,
            members=(member,),
            origins=1,
            state="single_source",
        )
        for number, member in enumerate((m for m in claims if m not in clustered), 1)
    ]
    return Digest(
        articles=tuple(brief.article for brief in briefs.values()),
        summary=tuple(Sentence(text=sentence.text, cites=sentence.cites) for sentence in gold.summary),
        actors=tuple(
            ActorCluster(
                id=cluster.id,
                name=cluster.name or actors[cluster.members[0]].name,
                kind=actors[cluster.members[0]].kind,
                role=actors[cluster.members[0]].role,
                aliases=tuple(
                    sorted({form for member in cluster.members for form in _forms(actors[member])})
                ),
                members=cluster.members,
            )
            for cluster in gold.actors
        ),
        figures=tuple(_series(series, briefs, story_actor) for series in gold.figures),
        claims=tuple(_cluster(cluster, claims, story_actor) for cluster in (*gold.claims, *alone)),
        timeline=(),
        open_questions=(),
        coverage=Coverage(read=len(briefs)),
        rejected=(),
        provenance=_provenance("digest/1"),
    )


def _forms(actor: Actor) -> tuple[str, ...]:
    return (actor.name, *actor.aliases)


def _series(
    series: GoldSeries, briefs: Mapping[str, GoldBrief], story_actor: Mapping[str, str]
) -> FigureSeries:
    figures = {f"{name}/{figure.id}": figure for name, brief in briefs.items() for figure in brief.figures}
    points = []
    for member in series.members:
        figure, article = figures[member], member.rpartition("/")[0]
        points.append(
            SeriesPoint(
                member=member,
                article=article,
                value=figure.value,
                value_high=figure.value_high,
                bound=figure.bound,
                status=figure.status,
                as_of=figure.as_of,
                counted=figure.counted,
                place=figure.place,
                source=story_actor.get(f"{article}/{figure.source}"),
                via=story_actor.get(f"{article}/{figure.via}"),
                evidence=figure.evidence,
            )
        )
    first = figures[series.members[0]]
    return FigureSeries(
        id=series.id,
        quantity=series.quantity or first.counted,
        unit=first.unit,
        status=first.status,
        points=tuple(points),
        relations=tuple(
            PointRelation(a=relation.a, b=relation.b, relation=relation.relation, reason="labelled")
            for relation in series.relations
        ),
    )


def _cluster(
    cluster: GoldClaimCluster, claims: Mapping[str, GoldClaim], story_actor: Mapping[str, str]
) -> ClaimCluster:
    voices = []
    for member in cluster.members:
        claim, article = claims[member], member.rpartition("/")[0]
        voices.append(
            Voice(
                member=member,
                article=article,
                speakers=tuple(story_actor[f"{article}/{speaker}"] for speaker in claim.speakers),
                via=story_actor.get(f"{article}/{claim.via}"),
                sourcing=claim.sourcing,
                polarity=gold_side(member, cluster, claims, story_actor),
                certainty=claim.certainty,
                cues=claim.cues,
                when=claim.when,
                text=claim.text,
                evidence=claim.evidence,
                origin=member,
            )
        )
    return ClaimCluster(
        id=cluster.id,
        text=cluster.text or voices[0].text,
        voices=tuple(voices),
        affirm=cluster.affirm,
        deny=cluster.deny,
        origins=cluster.origins,
        state=cluster.state,
    )


def _provenance(schema: str) -> Provenance:
    return Provenance(engine="rules", version=__version__, document_schema=schema)


def _fields(item: Record, kind: type[Record]) -> dict[str, Any]:
    return {name: getattr(item, name) for name in kind.model_fields}
