"""The digest: what the articles of one story say together (contract, section 7).

Members are named `<article id>/<item id>`. Cluster ids: A1… actors, S1… figure series, C1… claims,
T1… timeline, Q1… open questions.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from summarizer.records.article import ArticleHeader
from summarizer.records.base import Record
from summarizer.records.brief import (
    ActorKind,
    Bound,
    Certainty,
    Evidence,
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

    id: str = Field(pattern=r"^A[1-9][0-9]*$")
    name: str
    kind: ActorKind
    role: str | None
    aliases: tuple[str, ...]
    members: tuple[str, ...] = Field(min_length=1)


class SeriesPoint(Record):
    """One article's figure in a series."""

    member: str
    article: str
    value: int | float
    value_high: int | float | None
    bound: Bound
    status: Status
    as_of: str | None
    counted: str
    place: str | None
    source: str | None = Field(description="Actor cluster id; null: the article's own voice.")
    via: str | None = Field(description="Actor cluster id, or null.")
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class PointRelation(Record):
    """How two points of a series relate, and why we say so."""

    a: str = Field(description="Member id.")
    b: str = Field(description="Member id.")
    relation: Relation
    reason: str


class FigureSeries(Record):
    """Figures that measure the same quantity."""

    id: str = Field(pattern=r"^S[1-9][0-9]*$")
    quantity: str
    unit: str
    status: Status
    points: tuple[SeriesPoint, ...] = Field(min_length=1)
    relations: tuple[PointRelation, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """Member ids in point order."""
        return tuple(point.member for point in self.points)


class Voice(Record):
    """One article's claim inside a cluster: who commits to it, how surely, in which words."""

    member: str
    article: str
    speakers: tuple[str, ...] = Field(description="Actor cluster ids; []: the article's own voice.")
    via: str | None
    sourcing: Sourcing
    polarity: Polarity = Field(description="Relative to the cluster's text.")
    certainty: Certainty
    cues: tuple[str, ...]
    when: str | None
    text: str
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    origin: str = Field(description="Key of the independent origin that stands behind this voice.")


class ClaimCluster(Record):
    """One proposition and everybody who affirms or denies it."""

    id: str = Field(pattern=r"^C[1-9][0-9]*$")
    text: str
    voices: tuple[Voice, ...] = Field(min_length=1)
    affirm: tuple[str, ...] = Field(description="Actor cluster ids that affirm.")
    deny: tuple[str, ...] = Field(description="Actor cluster ids that deny.")
    origins: int = Field(ge=0, description="Independent origins that affirm.")
    state: ClaimState

    @property
    def members(self) -> tuple[str, ...]:
        """Member ids in voice order."""
        return tuple(voice.member for voice in self.voices)


class TimelineEvent(Record):
    """A dated event with the claims that state it."""

    id: str = Field(pattern=r"^T[1-9][0-9]*$")
    date: str = Field(description="ISO date, month, year or interval.")
    basis: Literal["stated", "inferred"]
    text: str
    claims: tuple[str, ...] = Field(description="Member ids.", min_length=1)


class OpenQuestion(Record):
    """What a speaker says is not known, or what the articles leave contradictory."""

    id: str = Field(pattern=r"^Q[1-9][0-9]*$")
    text: str
    kind: Literal["stated_unknown", "contradiction"]
    cites: tuple[str, ...] = Field(description="Claim cluster or series ids.", min_length=1)


class FailedArticle(Record):
    """An input that gave no brief, with the reason."""

    source: str
    kind: str
    reason: str


class Coverage(Record):
    """What was read, what not."""

    read: int
    failed: tuple[FailedArticle, ...] = ()
    duplicates: tuple[str, ...] = Field(default=(), description="Inputs that repeat another exactly.")


class RejectedOfArticle(Record):
    """A rejected item with the article it belongs to."""

    article: str
    rejected: Rejected


class Digest(Record):
    """What several articles together say."""

    schema_: Literal["digest/1"] = Field(default="digest/1", alias="schema")
    articles: tuple[ArticleHeader, ...] = Field(min_length=1)
    summary: tuple[Sentence, ...]
    actors: tuple[ActorCluster, ...]
    figures: tuple[FigureSeries, ...]
    claims: tuple[ClaimCluster, ...]
    timeline: tuple[TimelineEvent, ...]
    open_questions: tuple[OpenQuestion, ...]
    coverage: Coverage
    rejected: tuple[RejectedOfArticle, ...]
    provenance: Provenance
