"""Briefs and stories of an edition's articles by the workers of a cluster: `briefing run --scheduler`.

The counterpart of what `reading` does on this machine, with one budget for briefs and merges alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from summarizer.briefing.reading import Reading, ReadingRoom, sum_of, told_of
from summarizer.errors import SummarizerError
from summarizer.pipeline import engine_called
from summarizer.records.article import Article
from summarizer.records.brief import Tokens
from summarizer.records.digest import Digest
from summarizer.scaling.cluster import Cluster
from summarizer.scaling.model_runs import merge_by_model_on_cluster, run_model_on_cluster
from summarizer.scaling.runs import briefs_on_cluster, merge_on_cluster
from summarizer.story_digests import StoryBriefs, merge_stories


def read_on_cluster(articles: Sequence[Article], room: ReadingRoom, cluster: Cluster) -> Reading:
    """Brief every article and put them into stories. A cluster that fails is the edition's trouble."""
    plain = Reading(room.choice.name, None)
    try:
        if room.choice.is_rules:
            results = briefs_on_cluster(articles, engine_called(room.choice.name), cluster)
            return told_of(plain, results, articles, partial(merge_on_cluster, cluster=cluster))
        return _by_model(articles, room, cluster, plain)
    except SummarizerError as error:
        return replace(plain, trouble=error)


def _by_model(articles: Sequence[Article], room: ReadingRoom, cluster: Cluster, plain: Reading) -> Reading:
    options = room.options()
    run = run_model_on_cluster(articles, options, cluster)
    spent, tokens = run.spent_usd, Tokens()

    def merge(stories: Iterable[StoryBriefs]) -> Iterable[Digest]:
        nonlocal spent, tokens
        left = None if options.budget_usd is None else options.budget_usd - (spent or 0.0)
        if left is not None and left <= 0:
            return merge_stories(stories)
        merged = merge_by_model_on_cluster(stories, replace(options, budget_usd=left), cluster)
        if spent is not None and merged.spent_usd is not None:
            spent += merged.spent_usd
        for settled in merged.settled:
            tokens = sum_of(tokens, settled.usage.tokens)
            if settled.why_not is not None:
                room.tell(f"Merged without the model: {settled.why_not}")
        return tuple(settled.digest for settled in merged.settled)

    told = told_of(plain, run.results, articles, merge)
    totals = run.totals
    asked = Tokens(input=totals.input, output=totals.output, cached=totals.cached, reasoning=totals.reasoning)
    return replace(told, cost_usd=spent, tokens=sum_of(asked, tokens))
