"""One small invented story as articles, briefs, digest and labels: the examples in the schemas.

The spans are computed from the text, so the examples are true: `text[start:end] == quote`.
"""

from __future__ import annotations

from summarizer.records.article import Article, Line, Published
from summarizer.records.brief import Actor, Brief, Claim, Evidence, Figure, Provenance, Rejected, Sentence
from summarizer.records.digest import (
    ActorCluster,
    ClaimCluster,
    Coverage,
    Digest,
    FigureSeries,
    OpenQuestion,
    PointRelation,
    RejectedOfArticle,
    SeriesPoint,
    TimelineEvent,
    Voice,
)
from summarizer.records.gold import (
    GoldActor,
    GoldActorCluster,
    GoldBrief,
    GoldClaim,
    GoldClaimCluster,
    GoldDigest,
    GoldFigure,
    GoldRelation,
    GoldSeries,
)

_LINES = (
    "Dock workers in Marrow Bay will walk out on 3 March, the port union said on Monday.",
    "More than 1,200 workers may join the strike, according to union leader Ana Ruiz.",
    "Bayline Ports denied that it plans to cut jobs. It is unclear whether talks will resume.",
)
TEXT = "\n".join(_LINES)
OTHER_TEXT = "About 900 workers may join the strike in Marrow Bay, Bayline Ports said on Tuesday."


def example_article() -> Article:
    """An article of three lines."""
    starts = [sum(len(line) + 1 for line in _LINES[:i]) for i in range(len(_LINES))]
    return Article(
        id="dock-strike",
        title="Dock workers to strike",
        outlet="Marrow Bay Herald",
        origin=None,
        published=Published(date="2025-02-24", basis="stated"),
        language="en",
        source="news/dock-strike.txt",
        text=TEXT,
        lines=tuple(
            Line(start=start, end=start + len(line), role="body")
            for start, line in zip(starts, _LINES, strict=True)
        ),
    )


def example_brief() -> Brief:
    """The brief of that article."""
    return Brief(
        article=example_article().header,
        summary=(
            Sentence(
                text="Dock workers in Marrow Bay will walk out on 3 March, the port union said.",
                cites=("c1",),
            ),
            Sentence(
                text="More than 1,200 workers may join the strike, according to Ana Ruiz; "
                "Bayline Ports denied that it plans to cut jobs.",
                cites=("f1", "c2", "c3"),
            ),
        ),
        actors=(
            Actor(
                id="a1", name="the port union", kind="organization", role=None, aliases=(),
                evidence=_spans("the port union"),
            ),
            Actor(
                id="a2", name="Ana Ruiz", kind="person", role="union leader", aliases=(),
                evidence=_spans("Ana Ruiz"),
            ),
            Actor(
                id="a3", name="Bayline Ports", kind="organization", role=None, aliases=(),
                evidence=_spans("Bayline Ports"),
            ),
        ),
        figures=(
            Figure(
                id="f1", evidence=_spans("More than 1,200 workers"), value=1200, value_high=None,
                unit="count", counted="workers joining the strike", bound="at_least", status="possible",
                as_of="2025-03-03", place="Marrow Bay", source="a2", via=None,
            ),
        ),
        claims=(
            Claim(
                id="c1", text="Dock workers in Marrow Bay will walk out on 3 March.", speakers=("a1",),
                via=None, sourcing="named", polarity="affirmed", certainty="certain", cues=(),
                when="2025-03-03", evidence=_spans(_LINES[0]),
            ),
            Claim(
                id="c2", text="More than 1,200 workers will join the strike.", speakers=("a2",), via=None,
                sourcing="named", polarity="affirmed", certainty="possible", cues=("may",), when="2025-03-03",
                evidence=_spans(_LINES[1]),
            ),
            Claim(
                id="c3", text="Bayline Ports plans to cut jobs.", speakers=("a3",), via=None,
                sourcing="named", polarity="denied", certainty="certain", cues=("denied",), when=None,
                evidence=_spans("Bayline Ports denied that it plans to cut jobs."),
            ),
            Claim(
                id="c4", text="Talks will resume.", speakers=(), via=None, sourcing="article",
                polarity="affirmed", certainty="unknown", cues=("unclear whether",), when=None,
                evidence=_spans("It is unclear whether talks will resume."),
            ),
        ),
        rejected=(_rejected(),),
        provenance=Provenance(engine="rules", version="0.1.0", document_schema="brief/1"),
    )  # fmt: skip


def example_briefs() -> tuple[Brief, Brief]:
    """The briefs that the example digest is made from; the second is of `OTHER_TEXT`."""
    brief = example_brief()
    figure = brief.figures[0]
    header = brief.article.model_copy(update={"id": "dock-strike-smaller", "title": None})
    evidence = _spans("About 900 workers", OTHER_TEXT)
    smaller = {"value": 900, "bound": "about", "source": "a1", "evidence": evidence}
    company = {"id": "a1", "evidence": _spans("Bayline Ports", OTHER_TEXT)}
    other = Brief(
        article=header, summary=(), claims=(), rejected=(), provenance=brief.provenance,
        actors=(brief.actors[2].model_copy(update=company),),
        figures=(figure.model_copy(update=smaller),),
    )  # fmt: skip
    return brief, other


def example_digest() -> Digest:
    """The digest of that article and another, which gives another number."""
    brief, other = example_briefs()
    figure, (_, claim, denial, question) = brief.figures[0], brief.claims
    return Digest(
        articles=(brief.article, other.article),
        summary=(
            Sentence(
                text="More than 1,200 workers may join the strike, according to Ana Ruiz; "
                "about 900, according to Bayline Ports.",
                cites=("S1",),
            ),
        ),
        actors=(
            ActorCluster(
                id="A1", name="Ana Ruiz", kind="person", role="union leader", aliases=(),
                members=("dock-strike/a2",),
            ),
            ActorCluster(
                id="A2", name="Bayline Ports", kind="organization", role=None, aliases=(),
                members=("dock-strike/a3", "dock-strike-smaller/a1"),
            ),
            ActorCluster(
                id="A3", name="the port union", kind="organization", role=None, aliases=(),
                members=("dock-strike/a1",),
            ),
        ),
        figures=(
            FigureSeries(
                id="S1", quantity="workers joining the strike", unit="count", status="possible",
                points=(
                    _point("dock-strike", figure, "A1"),
                    _point("dock-strike-smaller", other.figures[0], "A2"),
                ),
                relations=(
                    PointRelation(
                        a="dock-strike/f1", b="dock-strike-smaller/f1", relation="differ_in_source",
                        reason="the same day and scope, given by Ana Ruiz and by Bayline Ports",
                    ),
                ),
            ),
        ),
        claims=(
            ClaimCluster(
                id="C1", text=claim.text, voices=(_voice(claim, "A1"),), affirm=("A1",), deny=(),
                origins=1, state="single_source",
            ),
            ClaimCluster(
                id="C2", text=denial.text, voices=(_voice(denial, "A2"),), affirm=(), deny=("A2",), origins=0,
                state="single_source",
            ),
            ClaimCluster(
                id="C3", text=question.text, voices=(_voice(question, None),), affirm=(), deny=(), origins=1,
                state="single_source",
            ),
        ),
        timeline=(
            TimelineEvent(
                id="T1", date="2025-03-03", basis="stated", text=claim.text, claims=("dock-strike/c2",)
            ),
        ),
        open_questions=(
            OpenQuestion(id="Q1", text="Whether talks will resume.", kind="stated_unknown", cites=("C3",)),
        ),
        coverage=Coverage(read=2),
        rejected=(RejectedOfArticle(article="dock-strike", rejected=_rejected()),),
        provenance=Provenance(engine="merge", version="0.1.0", document_schema="digest/1"),
    )  # fmt: skip


def _spans(quote: str, text: str = TEXT) -> tuple[Evidence, ...]:
    start = text.index(quote)
    return (Evidence(quote=quote, start=start, end=start + len(quote)),)


def _rejected() -> Rejected:
    return Rejected(
        part="claim",
        draft_id="c5",
        field="evidence",
        code="number_differs",
        reason="the quote has “2,200”, the article “1,200”",
        quote="More than 2,200 workers may join the strike",
        nearest="More than 1,200 workers may join the strike",
    )


def _point(article: str, figure: Figure, source: str) -> SeriesPoint:
    return SeriesPoint(
        member=f"{article}/f1",
        article=article,
        value=figure.value,
        value_high=figure.value_high,
        bound=figure.bound,
        status=figure.status,
        as_of=figure.as_of,
        counted=figure.counted,
        place=figure.place,
        source=source,
        via=None,
        evidence=figure.evidence,
    )


def _voice(claim: Claim, speaker: str | None) -> Voice:
    return Voice(
        member=f"dock-strike/{claim.id}",
        article="dock-strike",
        speakers=(speaker,) if speaker else (),
        via=None,
        sourcing=claim.sourcing,
        polarity=claim.polarity,
        certainty=claim.certainty,
        cues=claim.cues,
        when=claim.when,
        text=claim.text,
        evidence=claim.evidence,
        origin=speaker or "article:dock-strike",
    )


def example_gold_brief() -> GoldBrief:
    """Labels of the first article."""
    brief = example_brief()
    return GoldBrief(
        article=brief.article,
        actors=tuple(GoldActor(**dict(actor), nugget="vital") for actor in brief.actors),
        figures=tuple(GoldFigure(**dict(figure), nugget="vital") for figure in brief.figures),
        claims=tuple(GoldClaim(**dict(claim), nugget="vital") for claim in brief.claims[:3]),
    )


def example_gold_digest() -> GoldDigest:
    """Labels of the story."""
    digest = example_digest()
    return GoldDigest(
        actors=tuple(
            GoldActorCluster(id=actor.id, name=actor.name, members=actor.members) for actor in digest.actors
        ),
        figures=tuple(
            GoldSeries(
                id=series.id,
                quantity=series.quantity,
                members=series.members,
                relations=tuple(GoldRelation(a=r.a, b=r.b, relation=r.relation) for r in series.relations),
            )
            for series in digest.figures
        ),
        claims=(
            GoldClaimCluster(
                id="C1", text="Bayline Ports plans to cut jobs.", members=("dock-strike/c3",), affirm=(),
                deny=("A2",), origins=0, state="disputed",
            ),
        ),
    )  # fmt: skip
