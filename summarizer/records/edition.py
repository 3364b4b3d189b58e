"""The edition: everything that a reader of one briefing sees. Mail, page and status are made from it alone.

An edition holds its digests and the texts that they quote, so a later run can send the very same edition,
and the next edition can tell what changed since this one. `order` says what leads and what changed; the
collection keeps the published ranking. Days are local dates of the briefing's zone, instants are aware.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from summarizer.records.article import Article
from summarizer.records.base import Record, Text
from summarizer.records.brief import Tokens
from summarizer.records.delivery import EditionKey
from summarizer.records.delta import Delta
from summarizer.records.stories import Story, StoryCollection

EditionState = Literal["news", "quiet", "degraded", "failed"]
Standing = Literal["new", "changed", "unchanged"]


class EditionSource(Record):
    """A feed, folder or address of the configuration, and what it gave this time."""

    name: Text = Field(description="As readers know it.")
    location: str = Field(description="Address or path, without passwords.")
    state: Literal["ok", "unchanged", "failed"] = Field(
        description="unchanged: the server said that nothing is new. failed: it gave nothing, see reason."
    )
    items: int = Field(ge=0, description="Items that it lists.")
    new: int = Field(ge=0, description="Items that no sent edition has covered.")
    reason: str | None = Field(default=None, description="Why it failed, or null.")


class EditionProblem(Record):
    """An item that was found and is not in the edition, with the reason."""

    source: str = Field(description="Name of the source that listed it.")
    url: str | None = Field(description="Its address, or null.")
    kind: str = Field(description="Kind of problem.", examples=["too old", "robots.txt", "too large"])
    reason: str = Field(description="Why, in words.")
    items: int = Field(default=1, ge=1, description="How many items this line stands for.")


class EditionRun(Record):
    """What made the edition, and what that cost."""

    id: Text = Field(description="Id of the run, for the logs.")
    made: AwareDatetime = Field(description="When it was made.")
    engine: Text = Field(description="What read the articles.", examples=["rules", "openai/gpt-5"])
    prompt: str | None = Field(description="Prompt name and version, or null.")
    version: Text = Field(description="Version of this package.")
    cost_usd: float | None = Field(description="Price of all model calls; null: not known.")
    tokens: Tokens = Field(default=Tokens(), description="Token counts of all calls.")


class Correction(Record):
    """What was wrong in the edition that this one corrects: the one before it of the same day."""

    reason: Text = Field(description="What was wrong, in a sentence.")


class StoryPlace(Record):
    """A story's place in the edition."""

    story: str = Field(description="Id of a story of the collection.")
    topic: str | None = Field(description="The configured topic that puts it ahead, or null.")
    standing: Standing = Field(
        description="new: no earlier edition told it. changed, unchanged: since the last edition that did."
    )
    delta: Delta = Field(description="What changed since then.")
    weightiest: tuple[int, ...] = Field(
        description="Places in the delta of the changes that are told, from 0, the weightiest first."
    )
    line: Text = Field(description="The story in one line: its weightiest change in its source's own words.")


class Edition(Record):
    """One day's briefing."""

    schema_: Literal["edition/1"] = Field(
        default="edition/1", alias="schema", description="Name and version of this document's schema."
    )
    briefing: str = Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", description="The briefing's short name.", examples=["daily"]
    )
    day: date = Field(description="Local date of the edition.")
    revision: int = Field(default=0, ge=0, description="0: the edition itself. 1, 2 …: its corrections.")
    title: Text = Field(description="The briefing's title, as readers know it.")
    state: EditionState = Field(
        description="news. quiet: all was checked, nothing is new. degraded: some sources or articles "
        "failed. failed: nothing could be said."
    )
    why: str = Field(description='What the state rests on, in words; "" for news.')
    correction: Correction | None = Field(default=None, description="Of a correction, else null.")
    subject: Text = Field(description="The mail's subject: the biggest change, then the date.")
    preheader: Text = Field(description="What an inbox shows behind the subject.")
    bottom_line: Text = Field(description="The edition in one line.")
    order: tuple[StoryPlace, ...] = Field(description="The stories in the order in which they are told.")
    collection: StoryCollection | None = Field(description="The stories; null: no article gave a brief.")
    articles: tuple[Article, ...] = Field(description="The articles that the stories quote.")
    sources: tuple[EditionSource, ...] = Field(description="Every source of the configuration.")
    problems: tuple[EditionProblem, ...] = Field(description="Items and articles that failed.")
    excluded: tuple[EditionProblem, ...] = Field(description="Items left out on purpose.")
    notices: tuple[EditionProblem, ...] = Field(
        default=(), description="Items whose page failed, and which were read from their feed's own text."
    )
    duplicates: int = Field(ge=0, description="Items that repeat another one.")
    since: AwareDatetime | None = Field(description="Articles from here on; null: the first edition.")
    until: AwareDatetime = Field(description="Articles up to here.")
    previous: date | None = Field(description="Day of the last sent edition; null: none was sent.")
    covers: tuple[date, ...] = Field(default=(), description="Its own day and missed ones before it.")
    page: str | None = Field(
        default=None,
        description="Web address at which readers find its page, or null.",
        pattern=r"^https?://",
    )
    run: EditionRun = Field(description="What made it.")

    @model_validator(mode="after")
    def _order_is_of_the_collection(self) -> Self:
        known = [story.id for story in self.collection.all_stories] if self.collection else []
        if sorted(place.story for place in self.order) != sorted(known):
            raise ValueError("order must name every story of the collection once")
        if bool(self.revision) != (self.correction is not None):
            raise ValueError("a correction has a revision above 0, and nothing else has")
        return self

    @property
    def key(self) -> EditionKey:
        """What the ledger knows it by."""
        return EditionKey(briefing=self.briefing, day=self.day, revision=self.revision)

    def story(self, story_id: str) -> Story:
        """The story of the collection with that id."""
        assert self.collection is not None
        return next(story for story in self.collection.all_stories if story.id == story_id)
