"""The digest: what the articles of one story say together (contract, section 7).

Members are named `<article id>/<item id>`. Cluster ids: A1… actors, S1… figure series, C1… claims,
T1… timeline, Q1… open questions.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from summarizer.records.article import ArticleHeader
from summarizer.records.base import IsoDate, Record, Text
from summarizer.records.brief import (
    ActorKind,
    Bound,
    Certainty,
    Evidence,
    Number,
    Polarity,
    Provenance,
    Rejected,
    Sentence,
    Sourcing,
    Status,
)

Relation = Literal["agree", "differ_in_time", "differ_in_scope", "differ_in_source"]
ClaimState = Literal["corroborated", "disputed", "single_source"]


class ActorCluster(Record):
    """One actor across articles."""

    id: str = Field(pattern=r"^A[1-9][0-9]*$", description="Unique in the digest.", examples=["A1"])
    name: Text = Field(description="The fullest name in any of the articles.")
    kind: ActorKind = Field(description="As in the briefs.")
    role: Text | None = Field(description="Office or function, or null.")
    aliases: tuple[Text, ...] = Field(description="Every other form in any of the articles.")
    members: tuple[str, ...] = Field(
        description="Actors of briefs, as <article id>/<item id>.",
        min_length=1,
        examples=[["blinken-arrives-in-kiev/a1", "blinken-lavrov-call/a2"]],
    )


class SeriesPoint(Record):
    """One article's figure in a series."""

    member: str = Field(description="The figure, as <article id>/<item id>.")
    article: str = Field(description="Id of its article.")
    value: Number = Field(description="As in the brief.")
    value_high: Number | None = Field(description="As in the brief.")
    bound: Bound = Field(description="As in the brief.")
    status: Status = Field(description="As in the brief.")
    as_of: IsoDate | None = Field(description="As in the brief.")
    counted: Text = Field(description="As in the brief.")
    place: Text | None = Field(description="As in the brief.")
    source: str | None = Field(description="Actor cluster id; null: the article's own voice.")
    via: str | None = Field(description="Actor cluster id, or null.")
    evidence: tuple[Evidence, ...] = Field(description="Spans of its article.", min_length=1)


class PointRelation(Record):
    """How two points of a series relate, and why we say so."""

    a: str = Field(description="Member id.")
    b: str = Field(description="Member id.")
    relation: Relation = Field(
        description="differ_in_source: same time and scope, different numbers: a real disagreement. "
        "Where several differences hold, scope goes before time, time before source."
    )
    reason: Text = Field(description="Why, in words.")


class FigureSeries(Record):
    """Figures that measure the same quantity."""

    id: str = Field(pattern=r"^S[1-9][0-9]*$", description="Unique in the digest.", examples=["S1"])
    quantity: Text = Field(
        description="What is measured, in a few words.", examples=["Russian troops near Ukraine"]
    )
    unit: Text = Field(description="The unit of all points.")
    status: Status = Field(description="Planned or possible figures never share a series with actual ones.")
    points: tuple[SeriesPoint, ...] = Field(description="One figure of one article each.", min_length=1)
    relations: tuple[PointRelation, ...] = Field(description="How the points relate, pair by pair.")

    @property
    def members(self) -> tuple[str, ...]:
        """Member ids in point order."""
        return tuple(point.member for point in self.points)


class Voice(Record):
    """One article's claim inside a cluster: who commits to it, how surely, in which words."""

    member: str = Field(description="The claim, as <article id>/<item id>.")
    article: str = Field(description="Id of its article.")
    speakers: tuple[str, ...] = Field(description="Actor cluster ids; []: the article's own voice.")
    via: str | None = Field(description="Actor cluster id of the one who relays, or null.")
    sourcing: Sourcing = Field(description="As in the brief.")
    polarity: Polarity = Field(description="Relative to the cluster's text.")
    certainty: Certainty = Field(description="As in the brief.")
    cues: tuple[Text, ...] = Field(description="As in the brief.")
    when: IsoDate | None = Field(description="As in the brief.")
    text: Text = Field(description="The claim's own text.")
    evidence: tuple[Evidence, ...] = Field(description="Spans of its article.", min_length=1)
    origin: str = Field(description="Key of the independent origin that stands behind this voice.")


AnswerKind = Literal["full_denial", "partial_denial", "counter_claim", "other_answer", "no_answer"]


class Answer(Record):
    """How those whom a claim is about answer it, in these articles."""

    actors: tuple[str, ...] = Field(
        description="Actor cluster ids of those who answer, or don't.", min_length=1
    )
    kind: AnswerKind = Field(
        description="full_denial: denies the whole, plainly. partial_denial: part of it, or with a hedge. "
        "counter_claim: charges the accuser in turn. other_answer: speaks of the matter and denies nothing. "
        "no_answer: these articles hold none, which doesn't mean that there was none."
    )
    members: tuple[str, ...] = Field(description="The claims that are the answer; [] for no_answer.")


class ClaimCluster(Record):
    """One proposition and everybody who affirms or denies it."""

    id: str = Field(pattern=r"^C[1-9][0-9]*$", description="Unique in the digest.", examples=["C1"])
    text: Text = Field(description="The proposition, in affirmative form.")
    voices: tuple[Voice, ...] = Field(description="Who says or denies it, article by article.", min_length=1)
    affirm: tuple[str, ...] = Field(description="Actor cluster ids that affirm.")
    deny: tuple[str, ...] = Field(description="Actor cluster ids that deny.")
    origins: int = Field(ge=0, description="Independent origins that affirm.")
    state: ClaimState = Field(
        description="corroborated: two independent origins or more affirm. disputed: affirmed and denied."
    )
    answers: tuple[Answer, ...] = Field(
        default=(), description="How those whom it is about answer: by denial or otherwise, or not at all."
    )

    @property
    def members(self) -> tuple[str, ...]:
        """Member ids in voice order."""
        return tuple(voice.member for voice in self.voices)


class TimelineEvent(Record):
    """A dated event with the claims that state it."""

    id: str = Field(pattern=r"^T[1-9][0-9]*$", description="Unique in the digest.", examples=["T1"])
    date: IsoDate = Field(description="ISO date, month, year or interval.")
    basis: Literal["stated", "inferred"] = Field(description="Whether an article states the date.")
    text: Text = Field(description="What happened.")
    claims: tuple[str, ...] = Field(description="Member ids.", min_length=1)


class OpenQuestion(Record):
    """What a speaker says is not known, or what the articles leave contradictory."""

    id: str = Field(pattern=r"^Q[1-9][0-9]*$", description="Unique in the digest.", examples=["Q1"])
    text: Text = Field(description="The question, or what contradicts what.")
    kind: Literal["stated_unknown", "contradiction"] = Field(
        description="stated_unknown: a speaker says that it isn't known."
    )
    cites: tuple[str, ...] = Field(description="Claim cluster or series ids.", min_length=1)


class FailedArticle(Record):
    """An input that gave no brief, with the reason."""

    source: str = Field(description="Path or address as it was given.")
    kind: str = Field(description="Kind of failure.", examples=["empty", "binary", "too large"])
    reason: str = Field(description="Why, in words.")


class Coverage(Record):
    """What was read, what not."""

    read: int = Field(ge=0, description="Articles that were read.")
    failed: tuple[FailedArticle, ...] = Field(default=(), description="Inputs that gave no brief.")
    duplicates: tuple[str, ...] = Field(default=(), description="Inputs that repeat another exactly.")


class RejectedOfArticle(Record):
    """A rejected item with the article it belongs to."""

    article: str = Field(description="Id of the article.")
    rejected: Rejected = Field(description="The item and why it was refused.")


class Digest(Record):
    """What several articles together say."""

    schema_: Literal["digest/1"] = Field(
        default="digest/1", alias="schema", description="Name and version of this document's schema."
    )
    articles: tuple[ArticleHeader, ...] = Field(description="The articles it was made from.", min_length=1)
    summary: tuple[Sentence, ...] = Field(description="Sentences, each citing clusters, series or events.")
    actors: tuple[ActorCluster, ...] = Field(description="Actors across articles.")
    figures: tuple[FigureSeries, ...] = Field(description="Quantities across articles.")
    claims: tuple[ClaimCluster, ...] = Field(description="Propositions across articles.")
    timeline: tuple[TimelineEvent, ...] = Field(description="Dated events in order.")
    open_questions: tuple[OpenQuestion, ...] = Field(description="What is not known, or contradictory.")
    coverage: Coverage = Field(description="What was read, what not.")
    rejected: tuple[RejectedOfArticle, ...] = Field(description="What the briefs' grounding refused.")
    provenance: Provenance = Field(description="What made this document.")
