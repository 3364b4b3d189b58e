"""An example of every published kind of document, by the name of its schema."""

from __future__ import annotations

from datetime import UTC, date, datetime

from summarizer.records.base import Record
from summarizer.records.brief import Provenance
from summarizer.records.delta import Change, Delta, DeltaQuote, DeltaSide
from summarizer.records.digest import Coverage
from summarizer.records.edition import Edition, EditionProblem, EditionRun, EditionSource, StoryPlace
from summarizer.records.examples import (
    example_article,
    example_brief,
    example_digest,
    example_gold_brief,
    example_gold_digest,
)
from summarizer.records.run import (
    ArticleScore,
    DigestScore,
    ItemVerdict,
    Reference,
    Run,
    Score,
    Signature,
    SlotCheck,
    Usage,
)
from summarizer.records.stories import Rank, RankPart, Reprint, Story, StoryCollection


def example_documents() -> dict[str, Record]:
    """Schema name -> an example document that follows it."""
    return {
        "article/1": example_article(),
        "brief/1": example_brief(),
        "digest/1": example_digest(),
        "gold-brief/1": example_gold_brief(),
        "gold-digest/1": example_gold_digest(),
        "stories/1": _stories(),
        "delta/1": _delta(),
        "edition/1": example_edition(),
        "eval-run/1": _eval_run(),
    }


def _stories() -> StoryCollection:
    digest = example_digest()
    reprint = digest.articles[0].model_copy(update={"id": "dock-strike-again", "outlet": "Bay Courier"})
    parts = (
        RankPart(name="articles", amount=2, points=1.585),
        RankPart(name="publishers", amount=1, points=1.0),
        RankPart(name="corroborated", amount=0, points=0.0),
        RankPart(name="contested", amount=0, points=0.0),
        RankPart(name="recent", amount=0, points=1.0),
    )
    story = Story(
        id="s-5f0c2d9a1b",
        title="Dock workers to strike",
        terms=("strike", "Marrow", "Bayline"),
        rank=Rank(score=3.585, parts=parts),
        articles=tuple(header.id for header in digest.articles),
        reprints=(Reprint(article=reprint, of="dock-strike"),),
        digest=digest,
    )
    made = Provenance(engine="merge", version="0.1.0", document_schema="stories/1")
    return StoryCollection(stories=(story,), alone=(), coverage=Coverage(read=3), provenance=made)


def _delta() -> Delta:
    digest = example_digest()
    then, now = digest.figures[0].points
    change = Change(
        part="figure",
        kind="new",
        text="workers joining the strike",
        who=("Bayline Ports",),
        before=then.evidence[0].quote,
        after=now.evidence[0].quote,
        reason="Bayline Ports gives another number than Ana Ruiz",
        old=("S1",),
        new=("S1",),
        old_quotes=(DeltaQuote(member=then.member, article=then.article, evidence=then.evidence[0]),),
        new_quotes=(DeltaQuote(member=now.member, article=now.article, evidence=now.evidence[0]),),
    )
    return Delta(
        old=DeltaSide(articles=digest.articles[:1]),
        new=DeltaSide(articles=digest.articles),
        changes=(change,),
        unchanged=3,
    )


def example_edition() -> Edition:
    """The first edition of a briefing, with one story and one article that could not be read."""
    collection = _stories()
    story = collection.stories[0]
    quote = story.digest.claims[0].voices[0]
    change = Change(
        part="claim",
        kind="new",
        text=story.digest.claims[0].text,
        who=("Ana Ruiz",),
        before=None,
        after="said as certain",
        reason="not told before",
        old=(),
        new=("C1",),
        old_quotes=(),
        new_quotes=(DeltaQuote(member=quote.member, article=quote.article, evidence=quote.evidence[0]),),
    )
    delta = Delta(
        story=story.id,
        title=story.title,
        old=DeltaSide(articles=()),
        new=DeltaSide(articles=story.digest.articles),
        changes=(change,),
        unchanged=0,
    )
    failed = EditionProblem(
        source="Bay Chronicle",
        url="https://bay.example/2",
        kind="too large",
        reason="3 MB, the limit is 2 MB",
    )
    made = datetime(2025, 2, 25, 6, 0, tzinfo=UTC)
    return Edition(
        briefing="daily",
        day=date(2025, 2, 25),
        title="Ports, every morning",
        state="degraded",
        why="1 article failed (too large: 1)",
        subject="DEGRADED: Dock workers to strike · 25 Feb",
        preheader="1 new story, 2 articles, 1 failed, 1 source checked",
        bottom_line=f"“{quote.evidence[0].quote}”",
        order=(
            StoryPlace(
                story=story.id,
                topic="strike",
                standing="new",
                delta=delta,
                weightiest=(0,),
                line=f"“{quote.evidence[0].quote}”",
            ),
        ),
        collection=collection,
        articles=(example_article(),),
        sources=(
            EditionSource(
                name="Bay Chronicle", location="https://bay.example/feed", state="ok", items=12, new=3
            ),
        ),
        problems=(failed,),
        excluded=(),
        duplicates=1,
        since=None,
        until=made,
        previous=None,
        run=EditionRun(
            id="20250225T060000Z", made=made, engine="rules", prompt=None, version="0.1.0", cost_usd=0.0
        ),
    )


def _eval_run() -> Run:
    claim = example_brief().claims[1]
    return Run(
        created="2025-02-25T09:00:00+00:00",
        data="evals",
        signature=Signature(
            gold="5f0c2d9a1b", scorer="90ab12cd34", engine="rules", model="rules-1a2b3c4d5e", prompt="none",
            document_schema="77aa88bb99", version="0.1.0",
        ),
        repeats=1,
        expected=1,
        scored=1,
        scores=(Score(metric="claims.joint", value=0.0, mean=0.0, n=1),),
        articles=(
            ArticleScore(
                article="dock-strike",
                counts={"claims.gold": 1, "claims.joint": 0},
                items=(
                    ItemVerdict(
                        part="claims", verdict="wrong_slot", gold=claim.id, predicted="c1", nugget="vital",
                        label=claim.text, quote=claim.evidence[0].quote, start=claim.evidence[0].start,
                        end=claim.evidence[0].end, similarity=0.97, explanation="evidence 1.00",
                        slots=(
                            SlotCheck(slot="certainty", gold="possible", predicted="certain", right=False),
                        ),
                    ),
                ),
                usage=Usage(seconds=0.02),
            ),
        ),
        digests=(DigestScore(mode="oracle", counts={"series.links_gold": 2, "series.links_right": 1}),),
        references=(
            Reference(
                name="empty brief", kind="floor", articles=("dock-strike",), counts={"claims.gold": 1}
            ),
        ),
    )  # fmt: skip
