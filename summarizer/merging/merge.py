"""START HERE for merging: the briefs of one story in, one digest out.

::

    Brief …   pool.pool_briefs         all items in one order, whatever order the briefs came in
      │  actors.cluster_actors         one actor each: offices, person_names, union
      │  series.cluster_figures        one quantity each: quantities, intervals, relations
      │  claims.cluster_claims         one proposition each: propositions, likeness, linkage, origins
      │  timeline.make_timeline        dated events
      │  questions.open_questions      doubts and contradictions
      ▼  summary.summarize             voices, phrasing
    Digest

Pure and deterministic: no file but the package's own word lists, no clock, no randomness.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from summarizer.merging.actors import cluster_actors
from summarizer.merging.claims import cluster_claims
from summarizer.merging.pool import Pool, pool_briefs
from summarizer.merging.questions import open_questions
from summarizer.merging.series import cluster_figures
from summarizer.merging.summary import summarize
from summarizer.merging.timeline import make_timeline
from summarizer.merging.unknowns import settled_doubts
from summarizer.merging.verdicts import NONE, Verdicts
from summarizer.merging.voices import Speech
from summarizer.records.brief import Brief, Provenance, Tokens
from summarizer.records.digest import Coverage, Digest, RejectedOfArticle
from summarizer.version import __version__


def merge(
    briefs: Sequence[Brief],
    coverage: Coverage,
    claim_verdicts: Verdicts = NONE,
    figure_verdicts: Verdicts = NONE,
) -> Digest:
    """What the briefs of one story say together (contract, section 7).

    The order of the briefs never matters; a brief given twice counts once. Verdicts, where somebody settled
    which claims or figures are the same, have the last word; without them the words decide.

    Raises:
        ValueError: no brief, or two different briefs of one article.
    """
    pool = pool_briefs(briefs)
    actors = cluster_actors(pool.actors, _mentions(pool))
    by_member = {member: cluster for cluster in actors for member in cluster.members}
    figures = cluster_figures(pool.figures, pool.claims, by_member, figure_verdicts)
    claims = cluster_claims(pool, actors, by_member, claim_verdicts)
    published = _published(pool)
    speech = Speech(actors, published)
    settled = settled_doubts(claims, published)
    return Digest(
        articles=tuple(brief.article for brief in pool.briefs),
        summary=summarize(claims, figures, speech, published, settled),
        actors=actors,
        figures=figures,
        claims=claims,
        timeline=make_timeline(claims, pool.claims),
        open_questions=open_questions(claims, figures, speech, settled),
        coverage=coverage,
        rejected=tuple(
            RejectedOfArticle(article=brief.article.id, rejected=one)
            for brief in pool.briefs
            for one in brief.rejected
        ),
        provenance=Provenance(
            engine="merge", version=__version__, document_schema="digest/1", tokens=_tokens(pool.briefs)
        ),
    )


def _mentions(pool: Pool) -> Counter[str]:
    """How often an actor speaks, relays or is a source: its weight in the order of actors."""
    found: Counter[str] = Counter()
    for claim in pool.claims:
        found.update((*claim.speakers, claim.via or ""))
    for figure in pool.figures:
        found.update((figure.source or "", figure.via or ""))
    for actor in pool.actors:
        found[actor.member] += len(actor.actor.evidence)
    return found


def _published(pool: Pool) -> dict[str, str]:
    """Dates of the articles that have one."""
    return {brief.article.id: date for brief in pool.briefs if (date := brief.article.published.date)}


def _tokens(briefs: Sequence[Brief]) -> Tokens:
    spent = [brief.provenance.tokens for brief in briefs]
    return Tokens(
        input=sum(one.input for one in spent),
        output=sum(one.output for one in spent),
        cached=sum(one.cached for one in spent),
        reasoning=sum(one.reasoning for one in spent),
    )
