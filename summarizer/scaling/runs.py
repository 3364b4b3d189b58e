"""What `--scheduler` does with the rules: the same runs as here, with the same results byte for byte.

Each function is the counterpart of one that works on this machine, and may be used in its place:
`briefs_on_cluster` of `pipeline.brief_articles`, `merge_on_cluster` of `story_digests.merge_stories`. Those
that ask a model are in `model_runs`.

All of them raise:
    MissingExtra, BadSetting: Dask isn't installed, the address can't be meant.
    ClusterUnreachable: no scheduler, no worker, or they went away in mid-run.
    WorkersRefused: every worker has another version.
"""

from __future__ import annotations

import asyncio
import uuid
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import aclosing
from itertools import chain, islice
from typing import Generic, TypeAlias, TypeVar

from summarizer.pipeline import Engine, Result
from summarizer.records.article import Article
from summarizer.records.digest import Digest
from summarizer.scaling.batches import MERGED_BRIEFS, RULES_ARTICLES, Batch, MergeWork, RulesWork
from summarizer.scaling.carrying import Carrier, batches_of
from summarizer.scaling.cluster import Cluster, connected
from summarizer.scaling.crew import Wanted
from summarizer.scaling.shards import Resumed, Shards
from summarizer.store.spool import Arranged, Spool, pickled
from summarizer.story_digests import StoryBriefs, merge_stories

Item = TypeVar("Item")
Made = TypeVar("Made")
Watch = Callable[[Result], None]
#: Takes the results of a batch that came home.
Landed: TypeAlias = Callable[[Batch[Item, Made], Sequence[Made]], None]


def briefs_on_cluster(
    articles: Iterable[Article],
    engine: Engine,
    cluster: Cluster,
    watch: Watch = lambda result: None,
    shards: Shards | None = None,
) -> Sequence[Result]:
    """The brief of each article, in order and on disk; `watch` sees each result as it comes.

    What `shards` hold is not made again; every finished batch is added to them at once.

    Raises:
        OutputProblem: the shards can't be read or written.
    """
    resumed = Resumed(articles, shards, watch)
    batches = batches_of(resumed.missing(), RulesWork(engine), RULES_ARTICLES)
    _carry(batches, cluster, watch, resumed.keep)
    return resumed.in_order()


def merge_on_cluster(stories: Iterable[StoryBriefs], cluster: Cluster) -> Iterable[Digest]:
    """The digest of each story; a single one is merged here, for there is nothing to share out."""
    waiting = iter(stories)
    first = tuple(islice(waiting, 2))
    if len(first) < 2:
        return merge_stories(first)
    return spread(batches_of(chain(first, waiting), MergeWork(), MERGED_BRIEFS, briefs_in), cluster)


def spread(
    batches: Iterator[Batch[Item, Made]],
    cluster: Cluster,
    watch: Callable[[Made], None] = lambda made: None,
) -> Sequence[Made]:
    """Results of work that asks no model, in the order of the items and on disk; `watch` sees each."""
    results: OnDisk[Item, Made] = OnDisk()
    _carry(batches, cluster, watch, results.put)
    return results.in_order()


def _carry(
    batches: Iterator[Batch[Item, Made]],
    cluster: Cluster,
    watch: Callable[[Made], None],
    landed: Landed[Item, Made],
) -> None:
    """As batches come home, `landed` sees each and then `watch` each result."""

    async def run() -> None:
        async with connected(cluster, Wanted()) as crew:
            await brought_home(Carrier(crew, uuid.uuid4().hex[:12]), batches, watch, landed)

    asyncio.run(run())


class OnDisk(Generic[Item, Made]):
    """Results of batches that come home in any order, pickled in a temporary file."""

    def __init__(self) -> None:
        self._shelf: Spool[Made] = pickled()
        self._places: dict[int, range] = {}

    def put(self, batch: Batch[Item, Made], made: Sequence[Made]) -> None:
        """Take a batch's."""
        self._places[batch.first] = range(len(self._shelf), len(self._shelf) + len(made))
        for one in made:
            self._shelf.append(one)

    def in_order(self) -> Sequence[Made]:
        """All of them, in the order of the items."""
        places = array("Q", (place for first in sorted(self._places) for place in self._places[first]))
        return Arranged(self._shelf, places)


async def brought_home(
    carrier: Carrier[Item, Made],
    batches: Iterator[Batch[Item, Made]],
    watch: Callable[[Made], None],
    landed: Landed[Item, Made],
) -> None:
    """Carry all batches: as they come home, `landed` sees each and then `watch` each result."""
    async with aclosing(carrier.carry(batches)) as results:
        async for carried in results:
            landed(carried.batch, carried.made)
            for one in carried.made:
                watch(one)


def briefs_in(story: StoryBriefs) -> int:
    """How large a story is, as part of a batch."""
    return len(story.briefs)
