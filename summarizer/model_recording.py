"""Record a model's replies over a labelled story: every article, and the merge, under given repeat numbers.

What is recorded already is not asked again, so an interrupted recording goes on where it stopped. An
article that fails is named and leaves its repeat without a merge, since a merge of fewer briefs would be
another question.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from summarizer.errors import NoInput, SummarizerError
from summarizer.llm.model import Model
from summarizer.llm.stored import StoredModel
from summarizer.model_digest import digest_by_model
from summarizer.model_pipeline import draft_and_repair
from summarizer.model_run import recorded_model, with_model
from summarizer.model_terms import ModelOptions
from summarizer.records.article import Article
from summarizer.records.brief import Brief
from summarizer.records.digest import Coverage, Digest

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class RecordedRepeat:
    """One repeat: its briefs and failures by article id, and the digest if all briefs are there."""

    repeat: int
    briefs: Mapping[str, Brief]
    failed: Mapping[str, SummarizerError]
    digest: Digest | None


def record_model(
    articles: Sequence[Article],
    options: ModelOptions,
    environment: Mapping[str, str],
    repeats: Sequence[int],
    tell: Tell = lambda line: None,
) -> tuple[RecordedRepeat, ...]:
    """Record the replies of `options.model` into `options.recordings`; all repeats at once, `tell` hears of
    each.

    Raises:
        NoInput: no folder for recordings, or no article.
        UnknownEngine, KeyRefused: the options can't work; nothing was asked.
    """
    if options.recordings is None or not articles:
        raise NoInput("Recording needs articles and a folder for the recordings.")

    async def run(live: StoredModel) -> tuple[RecordedRepeat, ...]:
        model = recorded_model(live, options)
        return tuple(
            await asyncio.gather(*(_recorded_repeat(articles, model, repeat, tell) for repeat in repeats))
        )

    made, *_ = with_model(options, environment, run)
    return made


async def _recorded_repeat(
    articles: Sequence[Article], model: Model, repeat: int, tell: Tell
) -> RecordedRepeat:
    briefs: dict[str, Brief] = {}
    failed: dict[str, SummarizerError] = {}

    async def one(article: Article) -> None:
        try:
            made = await draft_and_repair(article, model, repeat)
        except SummarizerError as error:
            failed[article.id] = error
            tell(f"repeat {repeat}: {article.id}: failed: {error}")
            return
        brief = briefs[article.id] = made.brief
        tell(
            f"repeat {repeat}: {article.id}: {len(brief.actors)} actors, {len(brief.figures)} figures, "
            f"{len(brief.claims)} claims; {len(brief.rejected)} notes, {made.repairs} repaired"
        )

    await asyncio.gather(*(one(article) for article in articles))
    if failed:
        return RecordedRepeat(repeat, briefs, failed, None)
    ordered = [briefs[article.id] for article in articles]
    settled = await digest_by_model(ordered, Coverage(read=len(ordered)), model, repeat)
    why = f" ({settled.why_not})" if settled.why_not else ""
    tell(f"repeat {repeat}: digest: {settled.settled} of {settled.asked} doubts settled{why}")
    return RecordedRepeat(repeat, briefs, failed, settled.digest)
