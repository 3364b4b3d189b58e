"""Score one brief against the labels of its article.

Pure. Puts the scorers of the parts together; a failed answer is scored as an empty brief.
"""

from __future__ import annotations

from summarizer.evaluation.actors import score_actors
from summarizer.evaluation.claims import score_claims
from summarizer.evaluation.figures import score_figures
from summarizer.evaluation.grounding import score_grounding
from summarizer.evaluation.prose import check_prose, cited_in_brief
from summarizer.records.brief import Brief
from summarizer.records.gold import GoldBrief
from summarizer.records.run import ArticleScore


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
    summary, _ = check_prose(brief.summary, cited_in_brief(brief), "summary")
    counts = (
        actors.counts
        | figures
        | claims
        | summary
        | score_grounding(brief, text, repairs, answered=failed is None)
    )
    return ArticleScore(
        article=gold.article.id,
        repeat=repeat,
        failed=failed,
        counts=counts,
        items=actors.items + figure_items + claim_items,
    )
