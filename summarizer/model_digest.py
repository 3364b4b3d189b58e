"""The model's road from briefs to a digest: deterministic merge, settled doubts, sentences checked by
grounding.

`merging.by_model` asks and applies; what a sentence may say is grounding's to judge. This is where both
meet: a digest is shown to the checker of summaries as if it were one brief, with an item for each voice and
point.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.grounding.article_view import ArticleView
from summarizer.grounding.summaries import SummaryChecker
from summarizer.llm.model import Model
from summarizer.merging.by_model.settling import Settled, merge_by_model
from summarizer.records.brief import CERTAINTIES, Actor, Brief, Claim, Figure, Provenance, Sentence, Tokens
from summarizer.records.digest import ClaimCluster, Coverage, Digest
from summarizer.version import __version__


async def digest_by_model(
    briefs: Sequence[Brief], coverage: Coverage, model: Model, repeat: int = 0
) -> Settled:
    """The digest of one story with a model's help; with a model that fails, the deterministic one."""
    settled = await merge_by_model(briefs, coverage, model, sentence_fault, repeat)
    if settled.why_not is not None:
        return settled
    spent = settled.digest.provenance.tokens
    usage = settled.usage
    provenance = Provenance(
        engine="merge",
        version=__version__,
        model=model.name,
        prompt=model.prompts.merge_prompt().id,
        document_schema="digest/1",
        tokens=Tokens(
            input=spent.input + usage.input,
            output=spent.output + usage.output,
            cached=spent.cached + usage.cached,
            reasoning=spent.reasoning + usage.reasoning,
        ),
    )
    digest = settled.digest.model_copy(update={"provenance": provenance})
    return Settled(digest, settled.asked, settled.settled, usage)


def sentence_fault(digest: Digest, sentence: Sentence) -> str | None:
    """What a digest's sentence says beyond what it cites, or None.

    A claim told by several is as sure as its surest voice; where somebody denies it, the sentence must say
    so.
    """
    items, parts = _as_brief(digest)
    unknown = [cite for cite in sentence.cites if cite not in parts]
    if unknown:
        return f"it cites what is not in the digest: {', '.join(unknown)}"
    dates = [article.published.date for article in digest.articles if article.published.date]
    checker = SummaryChecker(items, ArticleView(" ", max(dates, default=None)))
    fault = checker.fault(sentence.text, [part for cite in sentence.cites for part in parts[cite]])
    return None if fault is None else fault.reason


def _as_brief(digest: Digest) -> tuple[Brief, dict[str, list[str]]]:
    """The digest's items as those of one brief, and which of them each cluster and series stands for.

    Built without validation: an item's id here is `<cluster>/<number>`, which no brief has.
    """
    parts: dict[str, list[str]] = {}
    claims: list[Claim] = []
    figures: list[Figure] = []
    for cluster in digest.claims:
        made = _claims(cluster)
        parts[cluster.id] = [claim.id for claim in made]
        claims.extend(made)
    for series in digest.figures:
        for number, point in enumerate(series.points):
            figure_id = f"{series.id}/{number}"
            parts.setdefault(series.id, []).append(figure_id)
            values = {
                name: getattr(point, name)
                for name in (
                    "value",
                    "value_high",
                    "bound",
                    "status",
                    "as_of",
                    "counted",
                    "place",
                    "source",
                    "via",
                )
            }
            figures.append(
                Figure.model_construct(
                    id=figure_id, unit=series.unit, evidence=point.evidence, also=(), **values
                )
            )
    actors = tuple(
        Actor.model_construct(
            id=actor.id, name=actor.name, kind=actor.kind, role=actor.role, aliases=actor.aliases, evidence=()
        )
        for actor in digest.actors
    )
    brief = Brief.model_construct(
        article=digest.articles[0],
        summary=(),
        actors=actors,
        figures=tuple(figures),
        claims=tuple(claims),
        rejected=(),
        provenance=digest.provenance,
    )
    return brief, parts


def _claims(cluster: ClaimCluster) -> list[Claim]:
    surest = min((voice.certainty for voice in cluster.voices), key=CERTAINTIES.index)
    denied = any(voice.polarity == "denied" for voice in cluster.voices)
    cues = tuple(dict.fromkeys(cue for voice in cluster.voices for cue in voice.cues))
    return [
        Claim.model_construct(
            id=f"{cluster.id}/{number}",
            text=voice.text,
            speakers=voice.speakers,
            via=voice.via,
            sourcing=voice.sourcing,
            polarity="denied" if denied else "affirmed",
            certainty=surest,
            cues=cues,
            when=voice.when,
            evidence=voice.evidence,
        )
        for number, voice in enumerate(cluster.voices)
    ]
