"""Runs in which the workers ask a language model: one store, one budget and one pace for all of them.

`run_model_on_cluster` is the counterpart of `model_run.run_with_model`, `merge_by_model_on_cluster` of
`model_run.digests_with_model`. They raise what those of `runs` raise; WorkersRefused also when no worker has
a key.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Generic

from summarizer.errors import BudgetReached, ModelUnreachable, StoreProblem, SummarizerError
from summarizer.llm.budget import Budget
from summarizer.llm.pacing import Pace
from summarizer.llm.prices import price_of
from summarizer.llm.spec import clean_address
from summarizer.merging.by_model.settling import Settled
from summarizer.model_pipeline import MAX_UNREACHABLE
from summarizer.model_terms import ModelOptions, ModelRun
from summarizer.pipeline import Failed, Result
from summarizer.records.article import Article
from summarizer.scaling.asking import Asked, ModelMergeWork, ModelWork
from summarizer.scaling.batches import MERGED_BRIEFS, MODEL_ARTICLES_A_SLOT, Batch
from summarizer.scaling.carrying import Carrier, batches_of
from summarizer.scaling.cluster import Cluster, connected
from summarizer.scaling.crew import Wanted
from summarizer.scaling.desk import Desk
from summarizer.scaling.runs import Item, Made, OnDisk, Watch, briefs_in, brought_home
from summarizer.scaling.shards import Resumed, Shards
from summarizer.store.replies import Attempt, ReplyStore, Totals
from summarizer.story_digests import StoryBriefs


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
    work = ModelWork(asked_by(options))
    resumed = Resumed(articles, shards, watch)
    sent = batches_of(resumed.missing(), work, options.settings.concurrency * MODEL_ARTICLES_A_SLOT)
    stop: list[SummarizerError] = []
    unasked = 0

    def wanted() -> Iterator[Batch[Article, Result]]:
        for batch in sent:
            if not stop:
                yield batch
                continue
            left = [Failed(article, stop[0]) for article in batch.items]
            resumed.take(batch, left)
            for one in left:
                told(one)

    def told(result: Result) -> None:
        nonlocal unasked
        unasked += isinstance(result, Failed) and isinstance(result.error, BudgetReached)
        watch(result)

    def seen(result: Result) -> None:
        told(result)
        ended.append(result)
        if (why := _hopeless(ended)) is not None:
            stop.append(why)
        del ended[:-MAX_UNREACHABLE]

    ended: list[Result] = []
    started = time.monotonic()
    done = _with_desk(wanted(), options, cluster, _Watching(seen, resumed.keep, on_attempt))
    seconds = time.monotonic() - started
    return ModelRun(resumed.in_order(), done.totals, done.spent_usd, done.price_basis, unasked, seconds)


def made_by(options: ModelOptions) -> str:
    """What shards call a model with all that changes its briefs; the prompts' words are part of the build."""
    settings = options.settings
    chosen = {"prompts": settings.prompts.number, "context_tokens": settings.context_tokens}
    return f"{options.model} {settings.sampling.request | chosen}"


@dataclass(frozen=True, slots=True)
class MergedStories:
    """The digest of each story, and the money that was spent on all (None: no price is known)."""

    settled: Sequence[Settled]
    spent_usd: float | None


def merge_by_model_on_cluster(
    stories: Iterable[StoryBriefs], options: ModelOptions, cluster: Cluster, repeat: int = 0
) -> MergedStories:
    """The digest of each story with a model's help, asked by the workers; `repeat` is the sample's number."""
    waiting = iter(stories)
    first = tuple(islice(waiting, 1))
    if not first:
        return MergedStories((), 0.0)
    work = ModelMergeWork(asked_by(options), repeat)
    batches = batches_of(chain(first, waiting), work, MERGED_BRIEFS, briefs_in)
    settled, spent_usd = spread_by_model(batches, options, cluster)
    return MergedStories(settled, spent_usd)


def spread_by_model(
    batches: Iterator[Batch[Item, Made]],
    options: ModelOptions,
    cluster: Cluster,
    watch: Callable[[Made], None] = lambda made: None,
    on_attempt: Callable[[Attempt], None] | None = None,
) -> tuple[Sequence[Made], float | None]:
    """Results of work that asks a model, in the order of the items and on disk, and the money that it took.

    Money is None where no price is known. `watch` sees each result, `on_attempt` each request.
    """
    results: OnDisk[Item, Made] = OnDisk()
    done = _with_desk(batches, options, cluster, _Watching(watch, results.put, on_attempt))
    return results.in_order(), done.spent_usd


@dataclass(frozen=True, slots=True)
class _Watching(Generic[Item, Made]):
    """Who sees results, batches and requests as they come."""

    result: Callable[[Made], None] = lambda made: None
    landed: Callable[[Batch[Item, Made], Sequence[Made]], None] = lambda batch, made: None
    attempt: Callable[[Attempt], None] | None = None


@dataclass(frozen=True, slots=True)
class _Done:
    totals: Totals
    spent_usd: float | None
    price_basis: str | None


def _with_desk(
    batches: Iterator[Batch[Item, Made]],
    options: ModelOptions,
    cluster: Cluster,
    watching: _Watching[Item, Made],
) -> _Done:
    async def run() -> _Done:
        async with connected(cluster, Wanted(options.model, _address(options))) as crew:
            assert crew.endpoint is not None  # who is accepted has said where it would ask
            price = price_of(crew.endpoint, options.price)
            budget = Budget(options.budget_usd, price, options.model)
            pace = Pace(options.settings.requests_per_minute, options.settings.tokens_per_minute)
            run_id = uuid.uuid4().hex
            with ReplyStore(options.replies_path, run_id, watching.attempt) as store:
                async with Desk(crew.client, f"summarizer-{run_id}", store, budget, pace) as desk:
                    carrier: Carrier[Item, Made] = Carrier(crew, run_id[:12], desk)
                    await brought_home(carrier, batches, watching.result, watching.landed)
                spent = None if price is None else budget.spent_usd
                return _Done(store.totals(run_id), spent, None if price is None else price.basis)

    return asyncio.run(run())


def asked_by(options: ModelOptions) -> Asked:
    """What workers are told of the options: no key, no path of this machine, no password."""
    return Asked(options.model, _address(options), options.settings, options.price)


def _address(options: ModelOptions) -> str | None:
    """The endpoint's address without user and password, which have no business at a scheduler."""
    return None if options.base_url is None else clean_address(options.base_url)


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
