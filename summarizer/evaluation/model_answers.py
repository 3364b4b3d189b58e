"""A language model as the eval suite sees it: the same road as `--model` takes, one article at a time.

With recordings, a reply that is there is never asked for again; without an endpoint (`replay`) nothing is
asked at all. The draft handed over is the one after the repair, as it goes into the brief.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from summarizer.errors import SummarizerError
from summarizer.evaluation.answers import SHORT, Drafted, text_sha256
from summarizer.evaluation.recordings import reply_schema_sha256
from summarizer.model_run import ModelOptions
from summarizer.records.article import Article
from summarizer.records.run import AnswerKey, Parameters, Usage


@dataclass(frozen=True, slots=True)
class ModelDrafter:
    """Drafts by the model of `options`. With `replay` from its recordings alone."""

    options: ModelOptions
    environment: Mapping[str, str] = field(default_factory=dict)
    replay: bool = False
    engine: str = "model"

    @property
    def model(self) -> str:
        """The model's name."""
        return self.options.model

    @property
    def prompt(self) -> str:
        """The extraction prompt with its version and hash."""
        from summarizer.extraction.by_model.drafting import extract_prompt

        prompt = extract_prompt()
        return f"{prompt.id}@{prompt.sha256[:SHORT]}"

    @property
    def parameters(self) -> Parameters:
        """Sampling options that are set."""
        sampling = self.options.settings.sampling
        values = {name: getattr(sampling, name) for name in type(sampling).__slots__}
        return {name: value for name, value in values.items() if value is not None}

    def key(self, article: Article, repeat: int) -> AnswerKey:
        """What names the answer."""
        from summarizer.extraction.by_model.drafting import extract_prompt

        return AnswerKey(
            engine=self.engine,
            model=self.model,
            prompt_sha256=extract_prompt().sha256,
            reply_schema_sha256=reply_schema_sha256(),
            parameters=self.parameters,
            article_sha256=text_sha256(article.text),
            repeat=repeat,
        )

    def draft(self, article: Article, repeat: int) -> Drafted:
        """The model's draft after its one repair, or why there is none."""
        from summarizer.model_run import draft_with_model, replay_draft

        try:
            if self.replay:
                one = replay_draft(article, self.options, repeat)
            else:
                one = draft_with_model(article, self.options, self.environment, repeat)
        except SummarizerError as error:
            return Drafted(None, failed=str(error))
        made = one.repaired.made
        usage = Usage(
            calls=made.calls,
            retries=one.totals.failed,
            tokens=made.usage.tokens,
            seconds=round(one.seconds, 3),
            money=round(one.totals.usd, 6),
        )
        return Drafted(
            made.draft, repairs=one.repaired.repairs, usage=usage, replayed=one.totals.requests == 0
        )
