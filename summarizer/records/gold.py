"""Hand labels (contract, section 8): the same items as a brief, each with its nugget.

An id in a label file means nothing outside it. People write these files, so the labels of a story are
read leniently: besides actors, figures and claims everything may be missing, and notes may be added.
"""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from summarizer.records.article import ArticleHeader
from summarizer.records.base import Record, Text
from summarizer.records.brief import Actor, Claim, Evidence, Figure
from summarizer.records.digest import ClaimState, Relation

Nugget = Literal["vital", "okay"]
_NUGGET = "vital: a good brief must have it. okay: it may."


class GoldActor(Actor):
    """An actor with its nugget."""

    nugget: Nugget = Field(description=_NUGGET)


class GoldFigure(Figure):
    """A figure with its nugget. A label's date may be in any form."""

    as_of: str | None = Field(description="ISO date or interval the figure is about, or null.")
    nugget: Nugget = Field(description=_NUGGET)


class GoldClaim(Claim):
    """A claim with its nugget and every other span that supports it. A label's date may be in any form."""

    when: str | None = Field(description="ISO date or interval of what is claimed, or null.")
    also: tuple[Evidence, ...] = Field(default=(), description="Every other span that supports it.")
    nugget: Nugget = Field(description=_NUGGET)


class GoldBrief(Record):
    """The labels of one article."""

    schema_: Literal["gold-brief/1"] = Field(
        default="gold-brief/1", alias="schema", description="Name and version of this document's schema."
    )
    article: ArticleHeader = Field(description="Which article was labelled.")
    actors: tuple[GoldActor, ...] = Field(description="Labelled actors.")
    figures: tuple[GoldFigure, ...] = Field(description="Labelled figures.")
    claims: tuple[GoldClaim, ...] = Field(description="Labelled claims.")


class LenientRecord(Record):
    """A part of a hand-written file: keys that we don't know are passed over."""

    model_config = ConfigDict(extra="ignore")


class GoldActorCluster(LenientRecord):
    """One actor of the story."""

    id: Text = Field(description="Unique in the file.")
    name: str = Field(default="", description="Its name.")
    members: tuple[str, ...] = Field(description="Actors, as <article id>/<item id>.", min_length=1)


class GoldRelation(LenientRecord):
    """The relation between two figures of a series."""

    a: str = Field(description="Member id.")
    b: str = Field(description="Member id.")
    relation: Relation = Field(description="Scope goes before time, time before source.")


class GoldSeries(LenientRecord):
    """One quantity of the story."""

    id: Text = Field(description="Unique in the file.")
    quantity: str = Field(default="", description="What is measured.")
    members: tuple[str, ...] = Field(description="Figures, as <article id>/<item id>.", min_length=1)
    relations: tuple[GoldRelation, ...] = Field(default=(), description="How the figures relate, by pairs.")


class GoldClaimCluster(LenientRecord):
    """One proposition with two members or more, or disputed."""

    id: Text = Field(description="Unique in the file.")
    text: str = Field(default="", description="The proposition, in affirmative form.")
    members: tuple[str, ...] = Field(description="Claims, as <article id>/<item id>.", min_length=1)
    affirm: tuple[str, ...] = Field(default=(), description="Ids of the actor clusters that affirm.")
    deny: tuple[str, ...] = Field(default=(), description="Ids of the actor clusters that deny.")
    origins: int = Field(ge=0, description="Independent origins that affirm.")
    state: ClaimState = Field(description="corroborated, disputed or single_source.")


class GoldEvent(LenientRecord):
    """A dated event."""

    date: str = Field(default="", description="ISO date, month, year or interval.")
    basis: Literal["stated", "inferred"] = Field(
        default="stated", description="Whether an article states the date."
    )
    text: str = Field(default="", description="What happened.")
    claims: tuple[str, ...] = Field(default=(), description="Claims that state it.")


class GoldQuestion(LenientRecord):
    """Something the story leaves open."""

    text: str = Field(default="", description="The question.")
    claims: tuple[str, ...] = Field(default=(), description="Claims that raise it.")


class GoldSentence(LenientRecord):
    """A sentence of the story's summary."""

    text: str = Field(default="", description="The sentence.")
    cites: tuple[str, ...] = Field(default=(), description="Ids of what carries it.")


class GoldDigest(LenientRecord):
    """The labels of a story: how the items of its gold briefs belong together."""

    schema_: Literal["gold-digest/1"] = Field(
        default="gold-digest/1", alias="schema", description="Name and version of this document's schema."
    )
    actors: tuple[GoldActorCluster, ...] = Field(description="Every labelled actor in exactly one cluster.")
    figures: tuple[GoldSeries, ...] = Field(description="Every labelled figure in exactly one series.")
    claims: tuple[GoldClaimCluster, ...] = Field(description="Clusters of two claims or more, or disputed.")
    timeline: tuple[GoldEvent, ...] = Field(default=(), description="Dated events.")
    open_questions: tuple[GoldQuestion, ...] = Field(default=(), description="What stays open.")
    summary: tuple[GoldSentence, ...] = Field(default=(), description="A model summary.")
