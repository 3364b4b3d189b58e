"""Answers of a language model that is asked now: `eval run --model NAME`, here or on a cluster.

All questions of a run are asked as one, so that budget, rate limits and the store of paid replies hold for
all of them, as in `digest`: a reply that is stored is not asked for again, and a second run costs nothing.
Merges get what the drafts have left of the budget. Where the asking is done is a `Road`; the answers are the
same on every road, but for seconds.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, TypeAlias

from summarizer.errors import SummarizerError
from summarizer.evaluation.answers import Drafted, Drafter, Merged, Progress, counting
from summarizer.evaluation.dataset import LabelledArticle
from summarizer.evaluation.model_answers import ModelDrafter
from summarizer.llm.model import Ask, Model, Reply
from summarizer.merging.by_model.settling import Settled
from summarizer.model_pipeline import Repaired, draft_and_repair
from summarizer.model_terms import ModelOptions
from summarizer.prompts import PromptSet
from summarizer.records.article import Article
from summarizer.records.brief import Brief
from summarizer.records.digest import Coverage
from summarizer.records.run import Parameters, Usage
from summarizer.store.replies import Attempt
from summarizer.story_digests import StoryBriefs

if TYPE_CHECKING:
    from summarizer.llm.stored import StoredModel

#: An article, and the number of the sample that is asked for.
Question: TypeAlias = tuple[Article, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one question brought; `keys` name the replies that it took, and so its requests in the ledger."""

    repaired: Repaired | None
    failed: str | None = None
    keys: tuple[str, ...] = ()
    seconds: float = 0.0


class Road(Protocol):
    """Where a model is asked. Both answer in order, and say what was spent (None: no price is known)."""

    def drafts(
        self,
        questions: Sequence[Question],
        options: ModelOptions,
        watch: Callable[[Answer], None],
        on_attempt: Callable[[Attempt], None],
    ) -> tuple[Sequence[Answer], float | None]:
        """An answer to each question; `watch` sees each as it comes, `on_attempt` each request."""

    def merged(self, story: StoryBriefs, options: ModelOptions, repeat: int) -> tuple[Settled, float | None]:
        """The digest of a story."""


@dataclass(frozen=True, slots=True)
class Here:
    """This process asks, with the keys of `environment`."""

    environment: Mapping[str, str]

    def drafts(
        self,
        questions: Sequence[Question],
        options: ModelOptions,
        watch: Callable[[Answer], None],
        on_attempt: Callable[[Attempt], None],
    ) -> tuple[Sequence[Answer], float | None]:
        """All at once: the client keeps to its concurrency."""
        from summarizer.model_run import with_model

        async def run(model: StoredModel) -> tuple[Answer, ...]:
            return await answers_by(questions, model, watch)

        answers, _, spent_usd, _ = with_model(options, self.environment, run, on_attempt)
        return answers, spent_usd

    def merged(self, story: StoryBriefs, options: ModelOptions, repeat: int) -> tuple[Settled, float | None]:
        """See `model_digest.digest_by_model`."""
        from summarizer.model_digest import digest_by_model
        from summarizer.model_run import with_model

        async def run(model: StoredModel) -> Settled:
            return await digest_by_model(story.briefs, story.coverage, model, repeat)

        settled, _, spent_usd, _ = with_model(options, self.environment, run)
        return settled, spent_usd


class LiveDrafter:
    """A `Drafter` that is asked all questions of a run in one go, by `ask`: what `RunOptions.asker` gets.

    Raises, when it is asked first, what keeps everything from being asked: UnknownEngine, KeyRefused,
    UnknownPrice, StoreProblem, and what a cluster's runs raise. Later failures are answers.
    """

    engine = "model"

    def __init__(self, options: ModelOptions, road: Road) -> None:
        self._options, self._road = options, road
        self._named = ModelDrafter(options)
        self.spent_usd: float | None = None

    @property
    def model(self) -> str:
        """The model's name."""
        return self._named.model

    @property
    def prompt(self) -> str:
        """The extraction prompt with its version and hash."""
        return self._named.prompt

    @property
    def parameters(self) -> Parameters:
        """Sampling options that are set."""
        return self._named.parameters

    def ask(
        self,
        drafter: Drafter,
        asked: Sequence[tuple[LabelledArticle, int]],
        progress: Progress,
    ) -> Sequence[Drafted]:
        """All answers in the order of `asked`; `drafter` is this one."""
        note = counting(progress, len(asked))
        requests: dict[str, list[Attempt]] = {}
        answers, self.spent_usd = self._road.drafts(
            [(entry.article, repeat) for entry, repeat in asked],
            self._options,
            lambda answer: note(""),
            lambda attempt: requests.setdefault(attempt.key, []).append(attempt),
        )
        return [_drafted(answer, requests) for answer in answers]

    def draft(self, article: Article, repeat: int) -> Drafted:
        """One answer."""
        answers, self.spent_usd = self._road.drafts(
            [(article, repeat)], self._options, lambda answer: None, lambda attempt: None
        )
        return _drafted(answers[0], {})

    def merge(self, briefs: Sequence[Brief], repeat: int) -> Merged:
        """The digest with the model's verdicts and sentences; never the deterministic one under its name."""
        story = StoryBriefs(tuple(briefs), Coverage(read=len(briefs)))
        try:
            settled, spent_usd = self._road.merged(story, self._left(), repeat)
        except SummarizerError as error:
            return Merged(None, str(error))
        if spent_usd is not None:
            self.spent_usd = (self.spent_usd or 0.0) + spent_usd
        return Merged(None, str(settled.why_not)) if settled.why_not is not None else Merged(settled.digest)

    def _left(self) -> ModelOptions:
        limit = self._options.budget_usd
        if limit is None:
            return self._options
        return replace(self._options, budget_usd=max(0.0, limit - (self.spent_usd or 0.0)))


async def answers_by(
    questions: Sequence[Question], model: KeyedModel, watch: Callable[[Answer], None] = lambda answer: None
) -> tuple[Answer, ...]:
    """The model's answer to each question, all asked at once, in their order."""

    async def one(article: Article, repeat: int) -> Answer:
        keyed = _Noting(model)
        started = time.monotonic()
        try:
            repaired, failed = await draft_and_repair(article, keyed, repeat), None
        except SummarizerError as error:
            repaired, failed = None, str(error)
        answer = Answer(repaired, failed, tuple(keyed.keys), time.monotonic() - started)
        watch(answer)
        return answer

    return tuple(await asyncio.gather(*(one(article, repeat) for article, repeat in questions)))


class KeyedModel(Model, Protocol):
    """A model that knows what a reply is stored under."""

    def key(self, ask: Ask) -> str:
        """The question's cache key."""


class _Noting:
    """The model, noting the keys of what it is asked."""

    def __init__(self, model: KeyedModel) -> None:
        self._model = model
        self.keys: list[str] = []

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def context_tokens(self) -> int | None:
        return self._model.context_tokens

    @property
    def prompts(self) -> PromptSet:
        return self._model.prompts

    async def ask(self, ask: Ask) -> Reply:
        self.keys.append(self._model.key(ask))
        return await self._model.ask(ask)


def _drafted(answer: Answer, requests: dict[str, list[Attempt]]) -> Drafted:
    """The answer as the suite knows it. A request counts for the first answer that it was made for."""
    made_now = [attempt for key in answer.keys for attempt in requests.pop(key, [])]
    usage = Usage(
        retries=sum(attempt.outcome != "ok" for attempt in made_now),
        seconds=round(answer.seconds, 3),
        money=round(sum(attempt.usd or 0.0 for attempt in made_now), 6),
    )
    if answer.repaired is None:
        return Drafted(None, failed=answer.failed, usage=usage)
    made = answer.repaired.made
    return Drafted(
        made.draft,
        repairs=answer.repaired.repairs,
        usage=usage.model_copy(update={"calls": made.calls, "tokens": made.usage.tokens}),
        replayed=not made_now,
    )
