"""Briefs and stories of an edition's articles, by the rules or by a language model within a budget.

One article that fails costs only itself. What can't be the fault of any article (a wrong key, an endpoint
that nobody answers at) is `trouble`: the edition has failed, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.errors import SummarizerError, UnsupportedLanguage
from summarizer.pipeline import Failed, Result, brief_articles, engine_called, jobs_for, merge_briefs
from summarizer.records.article import Article
from summarizer.records.brief import Brief, Tokens
from summarizer.records.digest import Coverage, Digest
from summarizer.records.stories import StoryCollection
from summarizer.story_digests import Merge, StoryBriefs, digest_stories, groups_of, merge_stories

if TYPE_CHECKING:
    from summarizer.briefing.config import ModelChoice
    from summarizer.model_terms import ModelOptions
    from summarizer.scaling.cluster import Cluster


@dataclass(frozen=True, slots=True)
class ReadingRoom:
    """What reading needs beside the articles. `home` holds paid replies; a `cluster` does the work."""

    choice: ModelChoice
    home: Path
    environment: Mapping[str, str]
    tell: Callable[[str], None]
    cores: int = 1
    cluster: Cluster | None = None

    def options(self) -> ModelOptions:
        """How the configured model is asked."""
        from summarizer.llm.prices import parse_price
        from summarizer.model_terms import ModelOptions

        choice = self.choice
        budget = None if choice.budget is None else float(choice.budget)
        price = parse_price(choice.price) if choice.price else None
        return ModelOptions(choice.name, self.home, choice.base_url, budget_usd=budget, price=price)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the articles gave. `collection` None: no article gave a brief."""

    engine: str
    collection: StoryCollection | None
    failed: tuple[Failed, ...] = ()
    left_out: tuple[Failed, ...] = ()
    prompt: str | None = None
    cost_usd: float | None = 0.0
    tokens: Tokens = field(default_factory=Tokens)
    trouble: SummarizerError | None = None


def read_articles(articles: Sequence[Article], room: ReadingRoom) -> Reading:
    """Brief every article and put them into stories."""
    name = room.choice.name
    if not articles:
        return Reading(name, None)
    if room.cluster is not None:
        from summarizer.briefing.cluster_reading import read_on_cluster

        return read_on_cluster(articles, room, room.cluster)
    if room.choice.is_rules:
        engine = engine_called(name)
        results = tuple(brief_articles(articles, engine, jobs_for(len(articles), room.cores)))
        return told_of(Reading(name, None), results, articles, merge_stories)
    return _by_model(articles, room)


def _by_model(articles: Sequence[Article], room: ReadingRoom) -> Reading:
    from summarizer.model_run import run_with_model

    options = room.options()
    plain = Reading(options.model, None)
    try:
        run = run_with_model(articles, options, room.environment)
    except SummarizerError as error:
        return replace(plain, trouble=error)
    totals = run.totals
    tokens = Tokens(
        input=totals.input, output=totals.output, cached=totals.cached, reasoning=totals.reasoning
    )
    plain = replace(plain, cost_usd=run.spent_usd, tokens=tokens)
    merger = _Merger(options, room, run.spent_usd)
    told = told_of(plain, run.results, articles, merger.merge)
    if told.collection is None or merger.merges == 0:
        return told
    return replace(told, cost_usd=merger.spent_usd, tokens=sum_of(tokens, merger.tokens))


class _Merger:
    """Merges stories with the model's help, within what is left of the budget."""

    def __init__(self, options: ModelOptions, room: ReadingRoom, spent_usd: float | None) -> None:
        self._options, self._room = options, room
        self.spent_usd, self.tokens, self.merges = spent_usd, Tokens(), 0

    def merge(self, stories: Iterable[StoryBriefs]) -> Iterator[Digest]:
        """The digest of each story."""
        return map(self._merge_one, stories)

    def _merge_one(self, story: StoryBriefs) -> Digest:
        from summarizer.llm.prices import price_of
        from summarizer.llm.spec import parse_model
        from summarizer.model_run import digest_with_model

        left = self._left()
        if left is not None and left <= 0:
            return merge_briefs(story.briefs, story.coverage)
        options = replace(self._options, budget_usd=left)
        endpoint = parse_model(options.model, self._room.environment, options.base_url)
        settled = digest_with_model(story.briefs, story.coverage, options, self._room.environment)
        price = price_of(endpoint, options.price)
        self.merges += 1
        self.tokens = sum_of(self.tokens, settled.usage.tokens)
        self.spent_usd = None if price is None else (self.spent_usd or 0.0) + price.of(settled.usage)
        if settled.why_not is not None:
            self._room.tell(f"Merged without the model: {settled.why_not}")
        return settled.digest

    def _left(self) -> float | None:
        if self._options.budget_usd is None:
            return None
        return self._options.budget_usd - (self.spent_usd or 0.0)


def told_of(
    plain: Reading,
    results: Iterable[Result],
    articles: Sequence[Article],
    merge: Merge,
) -> Reading:
    """What results say, their briefs put into stories by `merge`; `plain` has the rest."""
    made = list(results)
    briefs = [one for one in made if isinstance(one, Brief)]
    all_failed = [one for one in made if isinstance(one, Failed)]
    left_out = tuple(one for one in all_failed if isinstance(one.error, UnsupportedLanguage))
    failed = tuple(one for one in all_failed if not isinstance(one.error, UnsupportedLanguage))
    plain = replace(plain, failed=failed, left_out=left_out)
    if not briefs:
        errors = [one.error for one in failed if one.error.exit_code != 1]
        everywhere = bool(failed) and len(errors) == len(failed)
        return replace(plain, trouble=errors[0] if everywhere else None)
    coverage = Coverage(read=len(articles), failed=tuple(one.record for one in failed))
    plain = replace(plain, prompt=briefs[0].provenance.prompt)
    groups = groups_of(briefs, articles)
    return replace(plain, collection=digest_stories(briefs, groups, coverage, merge))


def sum_of(one: Tokens, other: Tokens) -> Tokens:
    """Tokens of two."""
    return Tokens(
        input=one.input + other.input,
        output=one.output + other.output,
        cached=one.cached + other.cached,
        reasoning=one.reasoning + other.reasoning,
    )
