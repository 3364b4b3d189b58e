"""A batch: articles, stories or questions that one worker deals with in one go, and what is done with them.

One item a task would cost twice what a hundred a task cost, measured; a batch's size is a compromise with
what is done again when a worker dies. Whatever is sent to workers is a `Work` of this package or of one
above it: a frozen record with a method, never a loose function.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from summarizer.errors import WorkerLost
from summarizer.pipeline import Engine, Failed, Result, brief_article, merge_briefs
from summarizer.records.article import Article
from summarizer.records.digest import Digest
from summarizer.story_digests import StoryBriefs

Item = TypeVar("Item")
Made = TypeVar("Made")
Item_contra = TypeVar("Item_contra", contravariant=True)
Made_co = TypeVar("Made_co", covariant=True)
#: Articles that the rules engine is given at once: some seconds of work.
RULES_ARTICLES = 100
#: Articles that a model is asked about at once, for each request that it may have under way: each batch ends
#: with requests that wait for the slowest, and the more there are the less that weighs.
MODEL_ARTICLES_A_SLOT = 6
#: Briefs that are merged at once, whatever the number of their stories.
MERGED_BRIEFS = 100

_DIED = "died, one after the other"
_WAY_OUT = "Look into the worker's log; give workers more memory, or leave it out of the run."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a batch belongs: the run's desk (a name at the scheduler), and the batch's number there."""

    desk: str
    batch: int


class Work(Protocol[Item_contra, Made_co]):
    """What is done with each item. Picklable; `do` runs on a worker, its results are in the items' order.

    Expected failures are values, as everywhere; whatever it raises ends the run.
    """

    def do(self, items: Sequence[Item_contra], place: Place) -> tuple[Made_co, ...]:
        """The results."""

    def lost(self, item: Item_contra) -> Made_co:
        """The result of an item over which workers died. Raises WorkerLost where that can't be one."""


@dataclass(frozen=True, slots=True, repr=False)
class Batch(Generic[Item, Made]):
    """Items that stand together in the input from `first` on. Its `repr` shows no text: Dask logs it."""

    number: int
    first: int
    items: tuple[Item, ...]
    work: Work[Item, Made]

    def __repr__(self) -> str:
        return f"<batch {self.number}: {len(self.items)} items>"


def do_batch(batch: Batch[Item, Made], desk: str) -> tuple[Made, ...]:
    """What a worker is sent: the whole batch, in the worker's own thread."""
    return batch.work.do(batch.items, Place(desk, batch.number))


@dataclass(frozen=True, slots=True)
class RulesWork:
    """Briefs by an engine of this package."""

    engine: Engine

    def do(self, items: Sequence[Article], place: Place) -> tuple[Result, ...]:
        """`pipeline.brief_article` of each."""
        return tuple(brief_article(article, self.engine) for article in items)

    def lost(self, item: Article) -> Result:
        """A failed article."""
        return lost_article(item)


@dataclass(frozen=True, slots=True)
class MergeWork:
    """Digests of stories, deterministically."""

    def do(self, items: Sequence[StoryBriefs], place: Place) -> tuple[Digest, ...]:
        """`pipeline.merge_briefs` of each."""
        return tuple(merge_briefs(story.briefs, story.coverage) for story in items)

    def lost(self, item: StoryBriefs) -> Digest:
        """Raises WorkerLost: a story without its digest is no result."""
        raise lost_story(item)


def lost_article(article: Article) -> Failed:
    """What remains of an article over which workers died."""
    return Failed(article, WorkerLost(article.source, f"the workers that read it {_DIED}", _WAY_OUT))


def lost_story(story: StoryBriefs) -> WorkerLost:
    """The error for a story over which workers died."""
    named = ", ".join(brief.article.id for brief in story.briefs[:3])
    return WorkerLost(f"story of {named}", f"the workers that merged it {_DIED}", _WAY_OUT)
