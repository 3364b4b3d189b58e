"""A run as an inspect_ai log, for whoever looks at all evaluations in one viewer.

Needs the extra `inspect`. Every article and repeat is a sample (repeats are epochs) whose scores carry value,
answer and explanation; the log's results are the run's own scores over summed counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.errors import MissingExtra
from summarizer.evaluation.flips import state
from summarizer.evaluation.metrics import BRIEF_METRICS
from summarizer.evaluation.scorecard import PRIMARY
from summarizer.records.run import ArticleScore, Run
from summarizer.version import __version__

if TYPE_CHECKING:
    from inspect_ai.log import EvalLog, EvalSample

TASK = "summarizer_briefs"


def write_inspect_log(run: Run, texts: Mapping[str, str], path: Path) -> None:
    """Write the log; `.json` and `.eval` files are told apart by their names.

    Raises:
        MissingExtra: inspect_ai isn't installed.
    """
    require_inspect()
    from inspect_ai.log import write_eval_log

    write_eval_log(inspect_log(run, texts), str(path), format="json" if path.suffix == ".json" else "eval")


def require_inspect() -> None:
    """Check that the optional dependency is there.

    Raises:
        MissingExtra: it isn't.
    """
    from importlib.util import find_spec

    if find_spec("inspect_ai") is None:
        raise MissingExtra("Exporting to inspect_ai", "inspect-ai", "inspect")


def inspect_log(run: Run, texts: Mapping[str, str]) -> EvalLog:
    """The run as a log record; `texts` are the articles by id."""
    from inspect_ai.log import (
        EvalConfig,
        EvalDataset,
        EvalLog,
        EvalMetric,
        EvalResults,
        EvalScore,
        EvalSpec,
    )

    names = sorted({score.article for score in run.articles})
    scores = [
        EvalScore(
            name=score.metric,
            scorer=score.metric.partition(".")[0],
            scored_samples=run.scored,
            metrics={
                "micro": EvalMetric(name="micro", value=score.value),
                **({"mean": EvalMetric(name="mean", value=score.mean)} if score.mean is not None else {}),
            },
            metadata={"n": score.n, "low": score.low, "high": score.high},
        )
        for score in run.scores
        if score.value is not None
    ]
    return EvalLog(
        status="success" if not run.failed else "error",
        eval=EvalSpec(
            created=run.created,
            task=TASK,
            model=f"{run.signature.engine}/{run.signature.model}",
            dataset=EvalDataset(name=run.data, samples=len(names), sample_ids=list(names)),
            config=EvalConfig(epochs=run.repeats),
            packages={"summarizer": __version__},
            metadata={"signature": run.signature.line()},
        ),
        results=EvalResults(total_samples=run.expected, completed_samples=run.scored, scores=scores),
        samples=[_sample(score, texts.get(score.article, "")) for score in run.articles],
    )


def _sample(score: ArticleScore, text: str) -> EvalSample:
    from inspect_ai.log import EvalSample
    from inspect_ai.scorer import Score

    found: dict[str, Score] = {}
    for metric in BRIEF_METRICS:
        value = metric.value(score.counts)
        if value is not None and metric.name in PRIMARY:
            part = metric.name.partition(".")[0]
            found[metric.name] = Score(value=value, explanation=explained(score, part))
    return EvalSample(
        id=score.article,
        epoch=score.repeat + 1,
        input=text,
        target="",
        scores=found,
        metadata={"failed": score.failed, "counts": score.counts},
    )


def explained(score: ArticleScore, part: str) -> str:
    """Every item of a part that isn't right, with what it was matched to and why."""
    wanted = "claims" if part == "cues" else part
    lines = [
        f"{item.gold or item.predicted}: {state(item)}: {item.label} ({item.explanation})"
        for item in score.items
        if item.part == wanted and item.verdict not in ("right", "okay_missed")
    ]
    return "\n".join(lines) or "all right"


def sample_values(counts: Mapping[str, float]) -> dict[str, Any]:
    """One article's values of the primary metrics; 1 where there is nothing to score."""
    known = {metric.name: metric for metric in BRIEF_METRICS}
    return {name: 1.0 if (v := known[name].value(counts)) is None else v for name in PRIMARY}
