"""Score one brief against the labels of its article.

Pure. Puts the scorers of the parts together; a failed answer is scored as an empty brief.
"""

from __future__ import annotations

from typing import Any

from summarizer.evaluation.actors import score_actors
from summarizer.evaluation.claims import score_claims
from summarizer.evaluation.figures import score_figures
from summarizer.evaluation.grounding import score_grounding
from summarizer.records.base import Record
from summarizer.records.brief import Actor, Brief, Claim, Figure, Provenance
from summarizer.records.gold import GoldBrief
from summarizer.records.run import ArticleScore
from summarizer.version import __version__


def score_article(
    brief: Brief, gold: GoldBrief, text: str, *, repeat: int = 0, failed: str | None = None, repairs: int = 0
) -> ArticleScore:
    """All counts and verdicts of one article.

    `failed` says why there was no answer; `brief` is then an empty one (`empty_brief`) and counts as such:
    a missing answer never leaves the denominator. `repairs` as in `score_grounding`.
    """
    actors = score_actors(brief.actors, gold.actors, text)
    figures, figure_items = score_figures(brief.figures, gold.figures, text, actors.resolve)
    claims, claim_items = score_claims(brief.claims, gold.claims, text, actors.resolve)
    counts = actors.counts | figures | claims | score_grounding(brief, text, repairs, answered=failed is None)
    return ArticleScore(
        article=gold.article.id,
        repeat=repeat,
        failed=failed,
        counts=counts,
        items=actors.items + figure_items + claim_items,
    )


def brief_of(gold: GoldBrief) -> Brief:
    """The labels as a brief, the perfect answer: without nuggets and claims' further spans."""
    return Brief(
        article=gold.article,
        summary=(),
        actors=tuple(Actor.model_construct(**_fields(actor, Actor)) for actor in gold.actors),
        figures=tuple(Figure.model_construct(**_fields(figure, Figure)) for figure in gold.figures),
        claims=tuple(Claim.model_construct(**_fields(claim, Claim)) for claim in gold.claims),
        rejected=(),
        provenance=Provenance(engine="rules", version=__version__, document_schema="brief/1"),
    )


def empty_brief(gold: GoldBrief) -> Brief:
    """What a failed answer counts as, and the lowest floor."""
    return brief_of(gold.model_copy(update={"actors": (), "figures": (), "claims": ()}))


def _fields(item: Record, kind: type[Record]) -> dict[str, Any]:
    return {name: getattr(item, name) for name in kind.model_fields}
