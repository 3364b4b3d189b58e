"""A pile of articles put into stories, each with its own digest; and how the stories are ranked.

A story's rank is the sum of its parts; `docs/stories.md` has the formula, and a reader can add it up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, Protocol, Self

from pydantic import Field, model_validator

from summarizer.records.article import ArticleHeader
from summarizer.records.base import Record, Text
from summarizer.records.brief import Provenance
from summarizer.records.digest import Coverage, Digest

RankPartName = Literal["articles", "publishers", "corroborated", "contested", "recent"]


class RankPart(Record):
    """One reason for a story's place."""

    name: RankPartName = Field(
        description="articles: without reprints. publishers: those of one owner count once. corroborated: "
        "claims of two origins or more. contested: disputed claims, and series whose sources differ. recent: "
        "days before the newest article of the pile."
    )
    amount: int | None = Field(ge=0, description="What was counted; null: no article of the story is dated.")
    points: float = Field(ge=0, description="What it adds to the score.")


class Rank(Record):
    """Where a story stands, and why."""

    score: float = Field(ge=0, description="The sum of the parts' points.")
    parts: tuple[RankPart, ...] = Field(description="Every part, also those that add nothing.")

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if not math.isclose(self.score, sum(part.points for part in self.parts), abs_tol=1e-6):
            raise ValueError("score must be the sum of the parts' points")
        return self


class Reprint(Record):
    """An article that says nothing that another doesn't say in the same words."""

    article: ArticleHeader = Field(description="The article that was folded away.")
    of: str = Field(description="Id of the article of the same story that holds all its sentences.")


class Story(Record):
    """Articles on one event or affair, and what they say together."""

    id: str = Field(
        pattern=r"^s-[0-9a-f]{10}$",
        description="From the text of its first article, so it stays when later articles join.",
        examples=["s-5f0c2d9a1b"],
    )
    title: Text = Field(description="The headline of the article that is most like the whole story.")
    terms: tuple[Text, ...] = Field(description="Words that hold the story together, the strongest first.")
    rank: Rank = Field(description="Its place among the stories, and why.")
    articles: tuple[str, ...] = Field(
        description="Ids of the articles in its digest, in the digest's order.", min_length=1
    )
    reprints: tuple[Reprint, ...] = Field(description="Articles that were folded into one of these.")
    digest: Digest = Field(description="What its articles say together.")

    @model_validator(mode="after")
    def _digest_is_of_its_articles(self) -> Self:
        if self.articles != tuple(header.id for header in self.digest.articles):
            raise ValueError("articles must be those of the digest, in its order")
        if not {one.of for one in self.reprints} <= set(self.articles):
            raise ValueError("a reprint must be of an article of the story")
        return self


class Stories(Protocol):
    """What a collection of stories says, whether its stories are held or read when they are looked at."""

    @property
    def stories(self) -> Sequence[Story]:
        """See `StoryCollection`."""

    @property
    def alone(self) -> Sequence[Story]:
        """See `StoryCollection`."""

    @property
    def all_stories(self) -> Sequence[Story]:
        """See `StoryCollection`."""

    @property
    def coverage(self) -> Coverage:
        """See `StoryCollection`."""

    @property
    def provenance(self) -> Provenance:
        """See `StoryCollection`."""


class StoryCollection(Record):
    """Everything that a pile of articles tells, story by story."""

    schema_: Literal["stories/1"] = Field(
        default="stories/1", alias="schema", description="Name and version of this document's schema."
    )
    stories: tuple[Story, ...] = Field(description="Stories of two articles or more, by rank.")
    alone: tuple[Story, ...] = Field(
        description="Articles that stand alone, each as a story of one, by rank."
    )
    coverage: Coverage = Field(description="What was read, what not.")
    provenance: Provenance = Field(description="What made this document.")

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [story.id for story in self.all_stories]
        if len(set(ids)) != len(ids):
            raise ValueError("story ids must be unique")
        return self

    @property
    def all_stories(self) -> tuple[Story, ...]:
        """Stories first, then what stands alone: the order in which they are numbered from 1."""
        return self.stories + self.alone
