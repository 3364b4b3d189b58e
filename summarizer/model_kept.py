"""A run with a language model that doesn't make the same brief twice.

::

    Article ── store.briefs ──▶ Brief                    made before by the same program, model and options
        └───── model_run.run_with_model ──▶ Brief        else: asked, or read from saved replies; then kept

Saved replies make a second run free; kept briefs make it quick as well: without a new article no client is
made and no reply is read. What failed is not kept: a second run tries it again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace

from summarizer.errors import StoreProblem
from summarizer.llm.prices import price_of
from summarizer.llm.spec import parse_model
from summarizer.model_run import ModelOptions, ModelRun, run_with_model
from summarizer.pipeline import Result
from summarizer.records.article import Article
from summarizer.records.brief import Brief
from summarizer.store.briefs import FILE_NAME, BriefStore, brief_key
from summarizer.store.replies import Attempt, Totals


def run_or_recall(
    articles: Sequence[Article],
    options: ModelOptions,
    environment: Mapping[str, str],
    watch: Callable[[Result], None] = lambda result: None,
    on_attempt: Callable[[Attempt], None] | None = None,
) -> ModelRun:
    """`run_with_model` for the articles whose brief isn't kept; the kept ones are seen by `watch` first.

    The store of briefs is a cache: where it can't be used, everything is made as if it were empty.

    Raises:
        UnknownEngine, KeyRefused, UnknownPrice, StoreProblem: see `run_with_model`.
    """
    started = time.monotonic()
    keys = _keys(articles, options, environment)
    path = options.home / FILE_NAME
    kept: dict[str, Brief] = {}
    with suppress(StoreProblem), BriefStore(path) as store:
        kept = store.briefs(keys)
    for key in keys:
        if key in kept:
            watch(kept[key])
    new = [position for position, key in enumerate(keys) if key not in kept]
    run = _nothing_asked(options, environment)
    if new:
        run = run_with_model([articles[one] for one in new], options, environment, watch, on_attempt)
    results: dict[int, Result] = dict(zip(new, run.results, strict=True))
    made = {keys[position]: one for position, one in results.items() if isinstance(one, Brief)}
    if made:
        with suppress(StoreProblem), BriefStore(path) as store:
            store.save(made)
    results |= {position: kept[key] for position, key in enumerate(keys) if key in kept}
    ordered = tuple(results[position] for position in range(len(articles)))
    return replace(run, results=ordered, seconds=time.monotonic() - started)


def _keys(articles: Sequence[Article], options: ModelOptions, environment: Mapping[str, str]) -> list[str]:
    endpoint = parse_model(options.model, environment, options.base_url)
    # The context decides into how many questions a long article is cut.
    made_by = {"model": endpoint.name, "context_tokens": options.settings.context_tokens}
    return [brief_key(article, made_by | asdict(options.settings.sampling)) for article in articles]


def _nothing_asked(options: ModelOptions, environment: Mapping[str, str]) -> ModelRun:
    """What a run took that needed nothing."""
    price = price_of(parse_model(options.model, environment, options.base_url), options.price)
    spent, basis = (None, None) if price is None else (0.0, price.basis)
    return ModelRun((), Totals(), spent, basis, left=0, seconds=0.0)
