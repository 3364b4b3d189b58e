"""Hand labels (contract, section 8): the same items as a brief, each with its nugget.

An id in a label file means nothing outside it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from summarizer.records.article import ArticleHeader
from summarizer.records.base import Record
from summarizer.records.brief import Actor, Claim, Evidence, Figure
from summarizer.records.digest import ClaimState, Relation

Nugget = Literal["vital", "okay"]


class GoldActor(Actor):
    """An actor with its nugget."""

    nugget: Nugget


class GoldFigure(Figure):
    """A figure with its nugget."""

    nugget: Nugget


class GoldClaim(Claim):
    """A claim with its nugget and every other span that supports it."""

    also: tuple[Evidence, ...] = ()
    nugget: Nugget


class GoldBrief(Record):
    """The labels of one article."""

    schema_: Literal["gold-brief/1"] = Field(default="gold-brief/1", alias="schema")
    article: ArticleHeader
    actors: tuple[GoldActor, ...]
    figures: tuple[GoldFigure, ...]
    claims: tuple[GoldClaim, ...]


class GoldActorCluster(Record):
    """One actor of the story."""

    id: str
    name: str
    members: tuple[str, ...] = Field(min_length=1)


class GoldRelation(Record):
    """The relation between two figures of a series."""

    a: str
    b: str
    relation: Relation


class GoldSeries(Record):
    """One quantity of the story."""

    id: str
    quantity: str
    members: tuple[str, ...] = Field(min_length=1)
    relations: tuple[GoldRelation, ...] = ()


class GoldClaimCluster(Record):
    """One proposition with two members or more, or disputed."""

    id: str
    text: str
    members: tuple[str, ...] = Field(min_length=1)
    affirm: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    origins: int = Field(ge=0)
    state: ClaimState


class GoldEvent(Record):
    """A dated event."""

    date: str
    basis: Literal["stated", "inferred"]
    text: str
    claims: tuple[str, ...] = ()


class GoldQuestion(Record):
    """Something the story leaves open."""

    text: str
    claims: tuple[str, ...] = ()


class GoldSentence(Record):
    """A sentence of the story's summary."""

    text: str
    cites: tuple[str, ...] = ()


class GoldDigest(Record):
    """The labels of a story: how the items of its gold briefs belong together."""

    schema_: Literal["gold-digest/1"] = Field(default="gold-digest/1", alias="schema")
    actors: tuple[GoldActorCluster, ...]
    figures: tuple[GoldSeries, ...]
    claims: tuple[GoldClaimCluster, ...]
    timeline: tuple[GoldEvent, ...] = ()
    open_questions: tuple[GoldQuestion, ...] = ()
    summary: tuple[GoldSentence, ...] = ()
