"""Answers of an engine by the workers of a cluster: what `eval run --scheduler` asks with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from summarizer.errors import UsageProblem
from summarizer.evaluation.answers import Drafted, Drafter, Progress, counting
from summarizer.evaluation.dataset import LabelledArticle
from summarizer.evaluation.live_answers import Answer, Question, answers_by
from summarizer.merging.by_model.settling import Settled
from summarizer.model_terms import ModelOptions
from summarizer.records.article import Article
from summarizer.scaling.asking import Asked
from summarizer.scaling.batches import MODEL_ARTICLES_A_SLOT, RULES_ARTICLES, Place
from summarizer.scaling.carrying import batches_of
from summarizer.scaling.cluster import Cluster
from summarizer.scaling.model_runs import asked_by, merge_by_model_on_cluster, spread_by_model
from summarizer.scaling.runs import spread
from summarizer.store.replies import Attempt
from summarizer.story_digests import StoryBriefs

_DIED = "the workers that read it died, one after the other"


@dataclass(frozen=True, slots=True)
class DraftWork:
    """Drafts by an engine of this package. An item is an article and the number of the repeat."""

    drafter: Drafter

    def do(self, items: Sequence[tuple[Article, int]], place: Place) -> tuple[Drafted, ...]:
        """Its draft of each."""
        return tuple(self.drafter.draft(article, repeat) for article, repeat in items)

    def lost(self, item: tuple[Article, int]) -> Drafted:
        """No answer."""
        return Drafted(None, failed=_DIED)


@dataclass(frozen=True, slots=True)
class ModelDraftWork:
    """Drafts by a language model that the workers ask."""

    asked: Asked

    def do(self, items: Sequence[Question], place: Place) -> tuple[Answer, ...]:
        """The answer to each, all asked at once."""
        return asyncio.run(self.asked.ask_all(place, lambda model: answers_by(items, model)))

    def lost(self, item: Question) -> Answer:
        """No answer."""
        return Answer(None, _DIED)


@dataclass(frozen=True, slots=True)
class OnCluster:
    """A `Road`: the workers ask, each with the key of its own environment."""

    cluster: Cluster

    def drafts(
        self,
        questions: Sequence[Question],
        options: ModelOptions,
        watch: Callable[[Answer], None],
        on_attempt: Callable[[Attempt], None],
    ) -> tuple[Sequence[Answer], float | None]:
        """In batches as large as a run's."""
        limit = options.settings.concurrency * MODEL_ARTICLES_A_SLOT
        batches = batches_of(questions, ModelDraftWork(asked_by(options)), limit)
        return spread_by_model(batches, options, self.cluster, watch, on_attempt)

    def merged(self, story: StoryBriefs, options: ModelOptions, repeat: int) -> tuple[Settled, float | None]:
        """See `model_runs.merge_by_model_on_cluster`."""
        merged = merge_by_model_on_cluster([story], options, self.cluster, repeat)
        return merged.settled[0], merged.spent_usd


def asker_on(
    cluster: Cluster,
) -> Callable[[Drafter, Sequence[tuple[LabelledArticle, int]], Progress], Sequence[Drafted]]:
    """What `RunOptions.asker` gets."""
    return partial(_ask, cluster)


def _ask(
    cluster: Cluster,
    drafter: Drafter,
    asked: Sequence[tuple[LabelledArticle, int]],
    progress: Progress,
) -> Sequence[Drafted]:
    """All answers in the order of `asked`.

    Raises:
        UsageProblem: the answers lie in files of this machine.
    """
    if drafter.engine != "rules":
        raise UsageProblem(
            "--scheduler: recorded replies and given briefs are files of this machine, and scoring them asks "
            "nobody, so workers would have nothing to do. Leave --scheduler out; to ask the model anew, name "
            "it without recorded:."
        )
    note = counting(progress, len(asked))
    items = ((entry.article, repeat) for entry, repeat in asked)
    return spread(batches_of(items, DraftWork(drafter), RULES_ARTICLES), cluster, lambda drafted: note(""))
