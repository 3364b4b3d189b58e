"""A run with a language model, from settings to results: what `--model` does on the command line.

Opens the store of replies, builds the client, keeps the budget, asks, and reports what it took. The rest of
the program is synchronous; the event loop lives and ends here. Results come in the order of the input.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from summarizer.errors import BudgetReached, StoreProblem
from summarizer.extraction.by_model.drafting import extract_ask
from summarizer.llm.batch import BatchReport, BatchRunner
from summarizer.llm.budget import Budget
from summarizer.llm.client import ModelClient
from summarizer.llm.model import Model, Usage
from summarizer.llm.prices import batch_share, price_of
from summarizer.llm.probe import ProbeReport, probe
from summarizer.llm.recorded import RecordedModel
from summarizer.llm.spec import parse_model
from summarizer.llm.stored import StoredModel
from summarizer.merging.by_model.settling import Settled
from summarizer.model_digest import digest_by_model
from summarizer.model_pipeline import Repaired, briefs_by_model, draft_and_repair
from summarizer.model_terms import Estimate, ModelOptions, ModelRun
from summarizer.pipeline import Failed, Result, merge_briefs
from summarizer.records.article import Article
from summarizer.records.brief import Brief
from summarizer.records.digest import Coverage
from summarizer.result_shelf import ResultShelf
from summarizer.store.replies import Attempt, ReplyStore, Totals
from summarizer.store.spool import Shelf
from summarizer.story_digests import StoryBriefs

Made = TypeVar("Made")


def run_with_model(
    articles: Iterable[Article],
    options: ModelOptions,
    environment: Mapping[str, str],
    watch: Callable[[Result], None] | None = None,
    on_attempt: Callable[[Attempt], None] | None = None,
    shelf: Shelf[Result] | None = None,
) -> ModelRun:
    """Briefs of all articles by a model; `watch` sees each result as it comes, `on_attempt` each request.

    Results are put on `shelf`, which many articles need; without one, they are held in memory as a tuple.

    Raises:
        UnknownEngine, KeyRefused, UnknownPrice: the options can't work; nothing was asked.
        StoreProblem: the store of replies can't be opened; nothing was asked. When it fails later, nothing
            more is asked, and the articles that are left are `Failed` with it.
    """

    results = ResultShelf(shelf)

    def put(position: int, result: Result) -> None:
        results.put(position, result)
        if watch is not None:
            watch(result)

    run = ask_for_briefs(articles, options, environment, put, on_attempt)
    return replace(run, results=results.in_order())


def ask_for_briefs(
    articles: Iterable[Article],
    options: ModelOptions,
    environment: Mapping[str, str],
    put: Callable[[int, Result], None],
    on_attempt: Callable[[Attempt], None] | None = None,
) -> ModelRun:
    """`run_with_model` without its results: `put` gets each, with its article's position, as it comes."""

    async def run(model: StoredModel) -> int:
        left = 0
        async for position, result in briefs_by_model(
            articles, recorded_model(model, options), options.settings.concurrency
        ):
            put(position, result)
            left += isinstance(result, Failed) and isinstance(result.error, BudgetReached)
        return left

    started = time.monotonic()
    left, totals, spent, basis = with_model(options, environment, run, on_attempt)
    return ModelRun((), totals, spent, basis, left, time.monotonic() - started)


def estimate_run(
    articles: Sequence[Article], options: ModelOptions, environment: Mapping[str, str]
) -> Estimate:
    """What `run_with_model` would ask and pay, on the high side; asks nothing.

    Raises:
        UnknownEngine, KeyRefused: as `run_with_model`.
    """

    async def price_up(model: StoredModel) -> Estimate:
        budget = Budget(None, model.price, model.name)
        new = input_tokens = output_tokens = 0
        usd = 0.0
        for article in articles:
            ask = extract_ask(article, options.settings.prompts)
            if model.knows(ask):
                continue
            usage = budget.expected_usage(ask)
            new += 1
            input_tokens += usage.input
            output_tokens += usage.output
            usd += 0.0 if model.price is None else budget.expected_usd(ask)
        return Estimate(
            articles=len(articles),
            saved=len(articles) - new,
            input_tokens=input_tokens,
            output_tokens=output_tokens,
            usd=None if model.price is None else usd,
            price_basis=None if model.price is None else model.price.basis,
        )

    made, *_ = with_model(replace(options, budget_usd=None), environment, price_up)
    return made


def probe_model(options: ModelOptions, environment: Mapping[str, str]) -> ProbeReport:
    """What the endpoint can do; what works is remembered for later runs.

    Raises:
        UnknownEngine, KeyRefused: the options can't work.
    """
    endpoint = parse_model(options.model, environment, options.base_url)
    with ReplyStore(options.replies_path, uuid.uuid4().hex) as store:
        return asyncio.run(probe(endpoint, options.settings, store))


def batch_with_model(
    articles: Sequence[Article],
    options: ModelOptions,
    environment: Mapping[str, str],
    poll_s: float = 60.0,
    tell: Callable[[str], None] = lambda line: None,
) -> BatchReport:
    """Ask about all articles through the Batch API and wait; `run_with_model` then finds the replies.

    Raises:
        ModelUnreachable, RequestRejected: see `BatchRunner.run`.
        BudgetReached: the batch would cost more than the budget; nothing was submitted.
        UnknownEngine, KeyRefused, UnknownPrice: the options can't work.
    """
    endpoint = parse_model(options.model, environment, options.base_url)
    price = price_of(endpoint, options.price)
    budget = Budget(options.budget_usd, price, endpoint.name)
    asks = [extract_ask(article, options.settings.prompts) for article in articles]
    with ReplyStore(options.replies_path, uuid.uuid4().hex) as store:
        known = store.has_replies(ask.key(endpoint.name, options.settings.sampling) for ask in asks)
        new = [ask for ask in asks if ask.key(endpoint.name, options.settings.sampling) not in known]
        expected = sum(budget.expected_usd(ask) for ask in new) * batch_share()
        if options.budget_usd is not None and expected > options.budget_usd:
            raise BudgetReached(
                endpoint.name,
                "batch",
                f"is not asked: {len(new)} questions would cost about {expected:.2f} USD",
                f"The budget is {options.budget_usd:.2f}; raise it or take fewer articles.",
            )
        runner = BatchRunner(endpoint, options.settings, store, price, poll_s, tell)
        return asyncio.run(runner.run(asks))


def with_model(
    options: ModelOptions,
    environment: Mapping[str, str],
    do: Callable[[StoredModel], Coroutine[Any, Any, Made]],
    on_attempt: Callable[[Attempt], None] | None = None,
) -> tuple[Made, Totals, float | None, str | None]:
    """Do something with an opened model and close it.

    Returns what was done, the ledger's sums, the money (None: no price known) and what its price rests on.
    """
    endpoint = parse_model(options.model, environment, options.base_url)
    price = price_of(endpoint, options.price)
    budget = Budget(options.budget_usd, price, endpoint.name)
    run_id = uuid.uuid4().hex

    with ReplyStore(options.replies_path, run_id, on_attempt) as store:

        async def run() -> Made:
            client = ModelClient(endpoint, options.settings, store, price)
            try:
                return await do(StoredModel(client, store, budget))
            finally:
                await client.aclose()

        made = asyncio.run(run())
        spent = None if price is None else budget.spent_usd
        return made, store.totals(run_id), spent, None if price is None else price.basis


@dataclass(frozen=True, slots=True)
class OneDraft:
    """What one article took: its draft and brief, how many items a repair brought in, the ledger's sums."""

    repaired: Repaired
    totals: Totals
    seconds: float


def draft_with_model(
    article: Article, options: ModelOptions, environment: Mapping[str, str], repeat: int = 0
) -> OneDraft:
    """The draft of one article, `repeat` being the number of the sample; safe to call in several threads.

    Raises:
        ModelError: no usable reply.
    """

    async def run(model: StoredModel) -> Repaired:
        return await draft_and_repair(article, recorded_model(model, options), repeat)

    started = time.monotonic()
    repaired, totals, *_ = with_model(options, environment, run)
    return OneDraft(repaired, totals, time.monotonic() - started)


def replay_draft(article: Article, options: ModelOptions, repeat: int = 0) -> OneDraft:
    """The draft of one article from recordings alone; nobody is asked and no key is needed.

    Raises:
        Unrecorded: some reply that it takes is not there.
        ModelError: a recorded reply can't be used.
    """
    repaired = asyncio.run(draft_and_repair(article, replay_model(options), repeat))
    return OneDraft(repaired, Totals(), 0.0)


def replay_model(options: ModelOptions) -> Model:
    """A model that answers from the recordings of `options` and asks nobody."""
    folder = options.recordings or options.home
    return RecordedModel(folder, options.model, options.settings)


def digest_with_model(
    briefs: Sequence[Brief],
    coverage: Coverage,
    options: ModelOptions,
    environment: Mapping[str, str],
    repeat: int = 0,
) -> Settled:
    """The digest of one story with a model's help.

    With a model that fails, or without a place to save its replies in, it is the deterministic one.
    """
    (made,) = digests_with_model([StoryBriefs(tuple(briefs), coverage)], options, environment, repeat)
    return made


def digests_with_model(
    stories: Iterable[StoryBriefs], options: ModelOptions, environment: Mapping[str, str], repeat: int = 0
) -> Iterator[Settled]:
    """`digest_with_model` of each story, one after the other, within one budget and one pace for all.

    Raises:
        UnknownEngine, KeyRefused, UnknownPrice: as `run_with_model`.
    """
    endpoint = parse_model(options.model, environment, options.base_url)
    price = price_of(endpoint, options.price)
    budget = Budget(options.budget_usd, price, endpoint.name)
    try:
        store = ReplyStore(options.replies_path, uuid.uuid4().hex)
    except StoreProblem as problem:
        for story in stories:
            yield Settled(merge_briefs(story.briefs, story.coverage), 0, 0, Usage(), problem)
        return
    with store, asyncio.Runner() as runner:
        client = ModelClient(endpoint, options.settings, store, price)
        model = recorded_model(StoredModel(client, store, budget), options)
        try:
            for story in stories:
                yield runner.run(digest_by_model(story.briefs, story.coverage, model, repeat))
        finally:
            runner.run(client.aclose())


def replay_digest(
    briefs: Sequence[Brief], coverage: Coverage, options: ModelOptions, repeat: int = 0
) -> Settled:
    """The digest of one story from recordings alone."""
    return asyncio.run(digest_by_model(briefs, coverage, replay_model(options), repeat))


def recorded_model(model: StoredModel, options: ModelOptions) -> Model:
    """The model, behind the recordings that the options name."""
    if options.recordings is None:
        return model
    return RecordedModel(options.recordings, model.name, options.settings, live=model)
