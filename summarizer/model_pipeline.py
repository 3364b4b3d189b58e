"""The model's road from an article to its brief: draft, ground, repair once, ground again.

::

    Article ── extraction.by_model.draft_by_model ──▶ DraftBrief     one call; more for a long article
                                                        │ grounding.ground
                                                        ▼
    Brief.rejected ── repair_by_model ──▶ patched draft ── ground ──▶ Brief

Items that grounding accepted are never asked again. What stays refused after the repair, and items that never
had the agreed shape, are in `Brief.rejected`.

`briefs_by_model` does that for many articles at once, without barriers: as soon as a reply is there, the next
question goes out. One article's failure is a value, as in `pipeline`.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

from summarizer.errors import BudgetReached, ModelUnreachable, StoreProblem, SummarizerError, Unrecorded
from summarizer.extraction.by_model.drafting import (
    ModelDraft,
    draft_by_model,
    repair_by_model,
)
from summarizer.grounding.brief_grounding import ground
from summarizer.llm.model import Model
from summarizer.pipeline import Failed, Result
from summarizer.records.article import Article
from summarizer.records.brief import Brief, Provenance, Rejected
from summarizer.version import __version__

#: Articles in hand for each request under way: while some are being grounded, others' requests are out.
#: Between 1.5 and 4 it makes no difference that could be measured.
ARTICLES_PER_SLOT = 2.0
#: After this many articles in a row that found the endpoint unreachable, the rest are not asked.
MAX_UNREACHABLE = 5


async def brief_by_model(article: Article, model: Model, repeat: int = 0) -> Brief:
    """The brief of one article.

    Raises:
        ModelError: no usable reply.
    """
    return (await draft_and_repair(article, model, repeat)).brief


@dataclass(frozen=True, slots=True)
class Repaired:
    """A draft after its one repair, its brief, and how many items the repair brought in.

    `unrecorded` is set in a replay only: what was refused differs from what was refused when the replies
    were recorded, so nobody knows the answer to this repair, and the draft stands without one.
    """

    made: ModelDraft
    brief: Brief
    repairs: int
    unrecorded: Unrecorded | None = None


async def draft_and_repair(article: Article, model: Model, repeat: int = 0) -> Repaired:
    """The whole of what a model is asked about an article.

    Raises:
        ModelError: no usable reply.
    """
    made = await draft_by_model(article, model, repeat)
    first = grounded(article, made, model)
    if not first.rejected:
        return Repaired(made, first, 0)
    try:
        repaired = await repair_by_model(article, made, first.rejected, model, repeat)
    except Unrecorded as error:
        return Repaired(made, first, 0, error)
    if repaired is made:
        return Repaired(made, first, 0)
    second = grounded(article, repaired, model)
    return Repaired(repaired, second, max(0, _size(second) - _size(first)))


def grounded(article: Article, made: ModelDraft, model: Model) -> Brief:
    """A draft's brief, with the items that had no agreed shape among its rejected ones."""
    provenance = Provenance(
        engine="model",
        version=__version__,
        model=model.name,
        prompt=model.prompts.extract_prompt().id,
        document_schema="brief/1",
        text_sha256=hashlib.sha256(article.text.encode()).hexdigest(),
        tokens=made.usage.tokens,
    )
    brief = ground(article, made.draft, provenance)
    shapeless = tuple(
        Rejected(
            part=item.part,
            draft_id=item.id,
            field=item.field,
            code="invalid",
            reason=item.reason,
            quote=item.shown,
            nearest=None,
        )
        for item in made.invalid
    )
    return brief.model_copy(update={"rejected": (*brief.rejected, *shapeless)}) if shapeless else brief


async def briefs_by_model(
    articles: Iterable[Article], model: Model, concurrency: int
) -> AsyncIterator[tuple[int, Result]]:
    """The brief of each article with its position in `articles`, as they come.

    At most about `concurrency` requests are wanted at once; the client keeps to that, here only enough
    articles are kept in hand. When the budget is reached, nothing answers any more, or replies can't be
    saved, what is under way is finished and every further article is a `Failed` with that reason, without a
    call.
    """
    todo = enumerate(articles)
    done: asyncio.Queue[tuple[int, Result] | None] = asyncio.Queue()
    stopped: list[SummarizerError] = []
    unreachable = 0

    async def work() -> None:
        nonlocal unreachable
        for position, article in todo:
            if stopped:
                await done.put((position, Failed(article, stopped[0])))
                continue
            try:
                result: Result = await brief_by_model(article, model)
                unreachable = 0
            except SummarizerError as error:
                result = Failed(article, error)
                unreachable = unreachable + 1 if isinstance(error, ModelUnreachable) else 0
                hopeless = error.exit_code == 2 or unreachable >= MAX_UNREACHABLE
                if isinstance(error, BudgetReached | StoreProblem) or hopeless:
                    stopped.append(error)
            await done.put((position, result))

    workers = [asyncio.create_task(work()) for _ in range(max(1, round(concurrency * ARTICLES_PER_SLOT)))]

    async def close() -> None:
        try:
            await asyncio.gather(*workers)
        finally:
            done.put_nowait(None)

    closing = asyncio.create_task(close())
    try:
        while (item := await done.get()) is not None:
            yield item
        await closing  # a bug in a worker crashes loudly
    finally:
        for task in (closing, *workers):
            task.cancel()
        await asyncio.gather(closing, *workers, return_exceptions=True)


def _size(brief: Brief) -> int:
    return len(brief.actors) + len(brief.figures) + len(brief.claims) + len(brief.summary)
