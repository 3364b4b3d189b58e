"""A run with a language model, from settings to results: what `--model` does on the command line.

Opens the store of replies, builds the client, keeps the budget, asks, and reports what it took. The rest of
the program is synchronous; the event loop lives and ends here. Results come in the order of the input.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from summarizer.errors import BudgetReached
from summarizer.extraction.by_model.drafting import extract_ask
from summarizer.llm.budget import Budget
from summarizer.llm.client import ModelClient
from summarizer.llm.model import CallSettings
from summarizer.llm.prices import Price, price_of
from summarizer.llm.probe import ProbeReport, probe
from summarizer.llm.spec import parse_model
from summarizer.llm.stored import StoredModel
from summarizer.model_pipeline import briefs_by_model
from summarizer.pipeline import Failed, Result
from summarizer.records.article import Article
from summarizer.store.replies import ReplyStore, Totals

#: The file of paid replies in the program's home: not to be thrown away lightly, so not the store of past
#: runs.
REPLIES_FILE = "replies.sqlite3"

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """Which model is asked, how, and for how much money at most. `home` holds the store of replies."""

    model: str
    home: Path
    base_url: str | None = None
    settings: CallSettings = field(default_factory=CallSettings)
    budget_usd: float | None = None
    price: Price | None = None

    @property
    def replies_path(self) -> Path:
        """The file of paid replies."""
        return self.home / REPLIES_FILE


@dataclass(frozen=True, slots=True)
class ModelRun:
    """What a run brought and took. `left` counts the articles that a reached budget kept from being asked."""

    results: tuple[Result, ...]
    totals: Totals
    spent_usd: float | None
    price_basis: str | None
    left: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run would take:

    articles whose reply is saved already cost nothing. Money None: no price known.
    """

    articles: int
    saved: int
    input_tokens: int
    output_tokens: int
    usd: float | None
    price_basis: str | None


def run_with_model(
    articles: Iterable[Article],
    options: ModelOptions,
    environment: Mapping[str, str],
    watch: Callable[[Result], None] | None = None,
) -> ModelRun:
    """Briefs of all articles by a model; `watch` sees each result as it comes.

    Raises:
        UnknownEngine, KeyRefused, UnknownPrice: the options can't work; nothing was asked.
        StoreProblem: replies can't be saved; nothing more is asked.
    """

    async def run(model: StoredModel) -> dict[int, Result]:
        results: dict[int, Result] = {}
        async for position, result in briefs_by_model(articles, model, options.settings.concurrency):
            results[position] = result
            if watch is not None:
                watch(result)
        return results

    started = time.monotonic()
    results, totals, spent, basis = _with_model(options, environment, run)
    ordered = tuple(results[position] for position in sorted(results))
    left = sum(1 for one in ordered if isinstance(one, Failed) and isinstance(one.error, BudgetReached))
    return ModelRun(ordered, totals, spent, basis, left, time.monotonic() - started)


def estimate_run(
    articles: Sequence[Article], options: ModelOptions, environment: Mapping[str, str]
) -> Estimate:
    """What `run_with_model` would ask and pay, on the high side; asks nothing.

    Raises:
        UnknownEngine, KeyRefused: as `run_with_model`.
    """
    asks = [extract_ask(article) for article in articles]

    async def price_up(model: StoredModel) -> Estimate:
        budget = Budget(None, model.price, model.name)
        new = [ask for ask in asks if not model.knows(ask)]
        usages = [budget.expected_usage(ask) for ask in new]
        return Estimate(
            articles=len(asks),
            saved=len(asks) - len(new),
            input_tokens=sum(usage.input for usage in usages),
            output_tokens=sum(usage.output for usage in usages),
            usd=None if model.price is None else sum(budget.expected_usd(ask) for ask in new),
            price_basis=None if model.price is None else model.price.basis,
        )

    made, *_ = _with_model(replace(options, budget_usd=None), environment, price_up)
    return made


def probe_model(options: ModelOptions, environment: Mapping[str, str]) -> ProbeReport:
    """What the endpoint can do; what works is remembered for later runs.

    Raises:
        UnknownEngine, KeyRefused: the options can't work.
    """
    endpoint = parse_model(options.model, environment, options.base_url)
    with ReplyStore(options.replies_path, uuid.uuid4().hex) as store:
        return asyncio.run(probe(endpoint, options.settings, store))


def _with_model(
    options: ModelOptions,
    environment: Mapping[str, str],
    do: Callable[[StoredModel], Coroutine[Any, Any, Made]],
) -> tuple[Made, Totals, float | None, str | None]:
    """Do something with an opened model and close it; its result, the ledger's sums, the money, the price's
    basis.
    """
    endpoint = parse_model(options.model, environment, options.base_url)
    price = price_of(endpoint, options.price)
    budget = Budget(options.budget_usd, price, endpoint.name)
    run_id = uuid.uuid4().hex

    with ReplyStore(options.replies_path, run_id) as store:

        async def run() -> Made:
            client = ModelClient(endpoint, options.settings, store, price)
            try:
                return await do(StoredModel(client, store, budget))
            finally:
                await client.aclose()

        made = asyncio.run(run())
        spent = None if price is None else budget.spent_usd
        return made, store.totals(run_id), spent, None if price is None else price.basis
