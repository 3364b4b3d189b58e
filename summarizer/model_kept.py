"""A run with a language model that doesn't make the same brief twice.

::

    Article ── store.briefs ──▶ Brief                    made before by the same program, model and options
        └───── model_run.run_with_model ──▶ Brief        else: asked, or read from saved replies; then kept

Saved replies make a second run free; kept briefs make it quick as well: without a new article no client is
made and no reply is read. What failed is not kept: a second run tries it again.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from summarizer.errors import StoreProblem
from summarizer.llm.prices import price_of
from summarizer.llm.spec import parse_model
from summarizer.model_terms import ModelOptions, ModelRun
from summarizer.pipeline import Result
from summarizer.records.article import Article
from summarizer.records.brief import Brief
from summarizer.result_shelf import ResultShelf
from summarizer.store.briefs import BriefStore, brief_key
from summarizer.store.kept_file import FILE_NAME, Batches
from summarizer.store.replies import Attempt, Totals
from summarizer.store.spool import Arranged, Shelf

#: New briefs are held so long as they are fewer: a write to the disk for each would keep requests waiting.
SAVED_AT_ONCE = 32


def run_or_recall(
    articles: Sequence[Article],
    options: ModelOptions,
    environment: Mapping[str, str],
    watch: Callable[[Result], None] = lambda result: None,
    on_attempt: Callable[[Attempt], None] | None = None,
    shelf: Shelf[Result] | None = None,
) -> ModelRun:
    """`run_with_model` for the articles whose brief isn't kept; the kept ones are seen by `watch` first.

    The store of briefs is a cache: where it can't be used, everything is made as if it were empty.

    Raises:
        UnknownEngine, KeyRefused, UnknownPrice, StoreProblem: see `run_with_model`.
    """
    started = time.monotonic()
    keys = _keys(articles, options, environment)
    results = ResultShelf(shelf)
    with _Kept(options.home / FILE_NAME) as kept:
        for position, brief in kept.briefs(keys):
            results.put(position, brief)
            watch(brief)
        new = array("L", (position for position in range(len(keys)) if not results.has(position)))

        def put(position: int, result: Result) -> None:
            results.put(new[position], result)
            if isinstance(result, Brief):
                kept.keep(keys[new[position]], result)
            watch(result)

        run = _nothing_asked(options, environment)
        if new:
            from summarizer.model_run import ask_for_briefs

            run = ask_for_briefs(Arranged(articles, new), options, environment, put, on_attempt)
    return replace(run, results=results.in_order(), seconds=time.monotonic() - started)


class _Kept:
    """The store of briefs as far as it can be used; what is new is written some at a time."""

    def __init__(self, path: Path) -> None:
        self._store: BriefStore | None = None
        with suppress(StoreProblem):
            self._store = BriefStore(path)
        self._new = Batches(self._save, SAVED_AT_ONCE)

    def briefs(self, keys: Sequence[str]) -> Iterator[tuple[int, Brief]]:
        """Those that are there, one by one, with the positions of their keys."""
        if self._store is None:
            return
        with suppress(StoreProblem):
            for position, key in enumerate(keys):
                for brief in self._store.briefs([key]).values():
                    yield position, brief

    def keep(self, key: str, brief: Brief) -> None:
        """One that is new."""
        self._new.keep(key, brief)

    def _save(self, new: Mapping[str, Brief]) -> None:
        if self._store is not None:
            self._store.save(new)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._new.flush()
        if self._store is not None:
            self._store.__exit__(kind, error, trace)


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
