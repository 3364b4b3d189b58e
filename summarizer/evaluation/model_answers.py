"""A language model as the eval suite sees it: the same road as `--model` takes, one article at a time.

With recordings, a reply that is there is never asked for again; without an endpoint (`replay`) nothing is
asked at all. The draft handed over is the one after the repair, as it goes into the brief.

What is recorded are raw replies, named by everything that made them (see `llm.recorded`). So a changed
prompt, reply schema, model or article has no recording, and a change of reading, grounding or merging shows
in the scores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.errors import SummarizerError, Unrecorded
from summarizer.evaluation.answers import SHORT, UNRECORDED, Drafted, Merged
from summarizer.llm.model import CallSettings, Sampling
from summarizer.model_terms import ModelOptions
from summarizer.prompts import prompt_set_of
from summarizer.records.article import Article
from summarizer.records.brief import Brief
from summarizer.records.digest import Coverage
from summarizer.records.run import Parameters, Run, Usage


def recordings_of(data: Path) -> Path:
    """Where the recorded replies of a data set are."""
    return data / "recordings" / "replies"


@dataclass(frozen=True, slots=True)
class ModelDrafter:
    """Drafts by the model of `options`. With `replay` from its recordings alone."""

    options: ModelOptions
    environment: Mapping[str, str] = field(default_factory=dict)
    replay: bool = False
    engine: str = "model"

    @classmethod
    def of_run(cls, run: Run, recordings: Path) -> ModelDrafter:
        """What answers again for a run of a model: its recordings alone, under the prompts of the run.

        Raises:
            TypeError: the run has parameters that this version doesn't know.
            PromptProblem: it has prompts that this version doesn't know.
        """
        sampling = Sampling(**run.parameters)  # type: ignore[arg-type]
        settings = CallSettings(sampling=sampling, prompts=prompt_set_of(run.signature.prompt))
        model = run.signature.model
        return cls(ModelOptions(model, recordings, settings=settings, recordings=recordings), replay=True)

    @property
    def model(self) -> str:
        """The model's name."""
        return self.options.model

    @property
    def prompt(self) -> str:
        """The extraction prompt with its version and hash."""
        prompt = self.options.settings.prompts.extract_prompt()
        return f"{prompt.id}@{prompt.sha256[:SHORT]}"

    @property
    def parameters(self) -> Parameters:
        """Sampling options that are set."""
        sampling = self.options.settings.sampling
        values = {name: getattr(sampling, name) for name in type(sampling).__slots__}
        return {name: value for name, value in values.items() if value is not None}

    def draft(self, article: Article, repeat: int) -> Drafted:
        """The model's draft after its one repair, or why there is none."""
        from summarizer.model_run import draft_with_model, replay_draft

        try:
            if self.replay:
                one = replay_draft(article, self.options, repeat)
            else:
                one = draft_with_model(article, self.options, self.environment, repeat)
        except SummarizerError as error:
            return Drafted(None, failed=_reason(error))
        made, unrecorded = one.repaired.made, one.repaired.unrecorded
        usage = Usage(
            calls=made.calls,
            retries=one.totals.failed,
            tokens=made.usage.tokens,
            seconds=round(one.seconds, 3),
            money=round(one.totals.usd, 6),
        )
        return Drafted(
            made.draft,
            repairs=one.repaired.repairs,
            usage=usage,
            replayed=one.totals.requests == 0,
            unrecorded=None if unrecorded is None else _reason(unrecorded),
        )

    def merge(self, briefs: Sequence[Brief], repeat: int) -> Merged:
        """The digest with the model's verdicts and sentences; never the deterministic one under its name."""
        from summarizer.model_run import digest_with_model, replay_digest

        coverage = Coverage(read=len(briefs))
        if self.replay:
            settled = replay_digest(briefs, coverage, self.options, repeat)
        else:
            settled = digest_with_model(briefs, coverage, self.options, self.environment, repeat)
        if settled.why_not is not None:
            return Merged(None, _reason(settled.why_not))
        return Merged(settled.digest)


def _reason(error: SummarizerError) -> str:
    return f"{UNRECORDED}: {error}" if isinstance(error, Unrecorded) else str(error)
