"""What the command line does with `--scheduler`: the same runs, with the same results byte for byte.

Each function is the counterpart of one that works on this machine, and may be used in its place:
`briefs_on_cluster` of `pipeline.brief_articles`, `run_model_on_cluster` of `model_run.run_with_model`,
`merge_on_cluster` and `merge_by_model_on_cluster` of `story_digests.merge_stories`.

All of them raise:
    MissingExtra, BadSetting: Dask isn't installed, the address can't be meant.
    ClusterUnreachable: no scheduler, no worker, or they went away in mid-run.
    WorkersRefused: every worker has another version, or no key.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from itertools import chain, islice
from typing import Generic, TypeAlias, TypeVar

from summarizer.errors import BudgetReached, ModelUnreachable, StoreProblem, SummarizerError
from summarizer.llm.budget import Budget
from summarizer.llm.pacing import Pace
from summarizer.llm.prices import price_of
from summarizer.llm.spec import clean_address
from summarizer.merging.by_model.settling import Settled
from summarizer.model_pipeline import MAX_UNREACHABLE
from summarizer.model_terms import ModelOptions, ModelRun
from summarizer.pipeline import Engine, Failed, Result
from summarizer.records.article import Article
from summarizer.records.digest import Digest
from summarizer.scaling.asking import Asked, ModelMergeWork, ModelWork
from summarizer.scaling.batches import (
    MERGED_BRIEFS,
    MODEL_ARTICLES_A_SLOT,
    RULES_ARTICLES,
    Batch,
    MergeWork,
    RulesWork,
)
from summarizer.scaling.carrying import Carrier, batches_of
from summarizer.scaling.cluster import Cluster, connected
from summarizer.scaling.crew import Wanted
from summarizer.scaling.desk import Desk
from summarizer.scaling.shards import Resumed, Shards
from summarizer.store.replies import Attempt, ReplyStore, Totals
from summarizer.story_digests import StoryBriefs, merge_stories

Item = TypeVar("Item")
Made = TypeVar("Made")
Watch = Callable[[Result], None]
#: Sees a batch that came home: its items and their results.
Landed: TypeAlias = Callable[[Sequence[Item], Sequence[Made]], None]


def briefs_on_cluster(
    articles: Iterable[Article],
    engine: Engine,
    cluster: Cluster,
    watch: Watch = lambda result: None,
    shards: Shards | None = None,
) -> tuple[Result, ...]:
    """The brief of each article, in order; `watch` sees each result as it comes.

    What `shards` hold is not made again; every finished batch is added to them at once.

    Raises:
        OutputProblem: the shards can't be read or written.
    """
    resumed = Resumed(articles, shards, watch)
    batches = batches_of(resumed.missing(), RulesWork(engine), RULES_ARTICLES)
    return resumed.whole(spread(batches, cluster, watch, resumed.keep))


def merge_on_cluster(stories: Iterable[StoryBriefs], cluster: Cluster) -> Iterable[Digest]:
    """The digest of each story; a single one is merged here, for there is nothing to share out."""
    waiting = iter(stories)
    first = tuple(islice(waiting, 2))
    if len(first) < 2:
        return merge_stories(first)
    return spread(batches_of(chain(first, waiting), MergeWork(), MERGED_BRIEFS, _briefs), cluster)


def spread(
    batches: Iterator[Batch[Item, Made]],
    cluster: Cluster,
    watch: Callable[[Made], None] = lambda made: None,
    landed: Landed[Item, Made] = lambda items, made: None,
) -> tuple[Made, ...]:
    """Results of work that asks no model, in the order of the items.

    As they come, `landed` sees each batch and then `watch` each result.
    """

    async def run() -> tuple[Made, ...]:
        async with connected(cluster, Wanted()) as crew:
            return await _in_order(Carrier(crew, uuid.uuid4().hex[:12]), batches, watch, landed)

    return asyncio.run(run())


def run_model_on_cluster(
    articles: Iterable[Article],
    options: ModelOptions,
    cluster: Cluster,
    watch: Watch = lambda result: None,
    on_attempt: Callable[[Attempt], None] | None = None,
    shards: Shards | None = None,
) -> ModelRun:
    """Briefs of all articles by a model that the workers ask, each with the key of its own environment.

    Limits and budget hold for the cluster as a whole; `concurrency` counts for each thread of a worker.
    When the budget is reached, or nothing answers any more, the rest is not sent out. `shards` as in
    `briefs_on_cluster`.

    Raises:
        UnknownPrice: a budget, and nobody knows the price.
        StoreProblem: replies can't be saved; nothing more is asked.
        OutputProblem: the shards can't be read or written.
    """
    work = ModelWork(_asked(options))
    resumed = Resumed(articles, shards, watch)
    sent = batches_of(resumed.missing(), work, options.settings.concurrency * MODEL_ARTICLES_A_SLOT)
    stop: list[SummarizerError] = []
    spared: list[Batch[Article, Result]] = []

    def wanted() -> Iterator[Batch[Article, Result]]:
        for batch in sent:
            if stop:
                spared.append(batch)
            else:
                yield batch

    def seen(result: Result) -> None:
        watch(result)
        ended.append(result)
        if (why := _hopeless(ended)) is not None:
            stop.append(why)
        del ended[:-MAX_UNREACHABLE]

    ended: list[Result] = []
    started = time.monotonic()
    done = _with_desk(wanted(), options, cluster, _Watching(seen, resumed.keep, on_attempt))
    left = [Failed(article, stop[0]) for batch in spared for article in batch.items]
    for one in left:
        watch(one)
    results = resumed.whole((*done.made, *left))
    unasked = sum(1 for one in results if isinstance(one, Failed) and isinstance(one.error, BudgetReached))
    seconds = time.monotonic() - started
    return ModelRun(results, done.totals, done.spent_usd, done.price_basis, unasked, seconds)


def made_by(options: ModelOptions) -> str:
    """What shards call a model with all that changes its briefs; the prompts' words are part of the build."""
    settings = options.settings
    chosen = {"prompts": settings.prompts.number, "context_tokens": settings.context_tokens}
    return f"{options.model} {settings.sampling.request | chosen}"


@dataclass(frozen=True, slots=True)
class MergedStories:
    """The digest of each story, and the money that was spent on all (None: no price is known)."""

    settled: tuple[Settled, ...]
    spent_usd: float | None


def merge_by_model_on_cluster(
    stories: Iterable[StoryBriefs], options: ModelOptions, cluster: Cluster
) -> MergedStories:
    """The digest of each story with a model's help, asked by the workers."""
    waiting = iter(stories)
    first = tuple(islice(waiting, 1))
    if not first:
        return MergedStories((), 0.0)
    batches = batches_of(chain(first, waiting), ModelMergeWork(_asked(options)), MERGED_BRIEFS, _briefs)
    done = _with_desk(batches, options, cluster, _Watching())
    return MergedStories(done.made, done.spent_usd)


@dataclass(frozen=True, slots=True)
class _Watching(Generic[Item, Made]):
    """Who sees results, batches and requests as they come."""

    result: Callable[[Made], None] = lambda made: None
    landed: Callable[[Sequence[Item], Sequence[Made]], None] = lambda items, made: None
    attempt: Callable[[Attempt], None] | None = None


@dataclass(frozen=True, slots=True)
class _Done(Generic[Made]):
    made: tuple[Made, ...]
    totals: Totals
    spent_usd: float | None
    price_basis: str | None


def _with_desk(
    batches: Iterator[Batch[Item, Made]],
    options: ModelOptions,
    cluster: Cluster,
    watching: _Watching[Item, Made],
) -> _Done[Made]:
    async def run() -> _Done[Made]:
        async with connected(cluster, Wanted(options.model, _address(options))) as crew:
            assert crew.endpoint is not None  # who is accepted has said where it would ask
            price = price_of(crew.endpoint, options.price)
            budget = Budget(options.budget_usd, price, options.model)
            pace = Pace(options.settings.requests_per_minute, options.settings.tokens_per_minute)
            run_id = uuid.uuid4().hex
            with ReplyStore(options.replies_path, run_id, watching.attempt) as store:
                async with Desk(crew.client, f"summarizer-{run_id}", store, budget, pace) as desk:
                    carrier: Carrier[Item, Made] = Carrier(crew, run_id[:12], desk)
                    made = await _in_order(carrier, batches, watching.result, watching.landed)
                spent = None if price is None else budget.spent_usd
                return _Done(made, store.totals(run_id), spent, None if price is None else price.basis)

    return asyncio.run(run())


async def _in_order(
    carrier: Carrier[Item, Made],
    batches: Iterator[Batch[Item, Made]],
    watch: Callable[[Made], None],
    landed: Landed[Item, Made],
) -> tuple[Made, ...]:
    found: dict[int, tuple[Made, ...]] = {}
    async with aclosing(carrier.carry(batches)) as results:
        async for carried in results:
            found[carried.batch.first] = carried.made
            landed(carried.batch.items, carried.made)
            for one in carried.made:
                watch(one)
    return tuple(one for first in sorted(found) for one in found[first])


def _asked(options: ModelOptions) -> Asked:
    return Asked(options.model, _address(options), options.settings, options.price)


def _address(options: ModelOptions) -> str | None:
    """The endpoint's address without user and password, which have no business at a scheduler."""
    return None if options.base_url is None else clean_address(options.base_url)


def _briefs(story: StoryBriefs) -> int:
    return len(story.briefs)


def _hopeless(ended: Sequence[Result]) -> SummarizerError | None:
    """Why nothing more need be sent out, by the last results: as `briefs_by_model` judges, for everybody."""
    last = ended[-1]
    if not isinstance(last, Failed):
        return None
    if isinstance(last.error, BudgetReached | StoreProblem) or last.error.exit_code == 2:
        return last.error
    unreachable = [
        one for one in ended if isinstance(one, Failed) and isinstance(one.error, ModelUnreachable)
    ]
    return last.error if len(unreachable) >= MAX_UNREACHABLE else None
