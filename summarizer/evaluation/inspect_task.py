"""The suite as an inspect_ai task.

``inspect eval summarizer/evaluation/inspect_task.py -T data=evals --model mockllm/model``

Needs the extra `inspect`. The solver runs this package's engine (`-T engine=`, by default the rules), so
inspect's own `--model` isn't asked; `--epochs` gives repeats. Scores are the primary metrics per article with
their mean; scores over summed counts are in `summarizer eval run`.
"""

from __future__ import annotations

from pathlib import Path

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Score, Scorer, Target, mean, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver

from summarizer.evaluation.answers import drafter_called
from summarizer.evaluation.article import score_article
from summarizer.evaluation.dataset import DataSet, load_data_set
from summarizer.evaluation.inspect_export import explained, sample_values
from summarizer.evaluation.runner import ground_draft
from summarizer.records.brief import Brief


@task
def summarizer_briefs(data: str = "evals", engine: str = "rules") -> Task:
    """Brief every article of a data set and score the briefs against its labels."""
    data_set = load_data_set(Path(data))
    samples = [Sample(id=entry.article.id, input=entry.article.text) for entry in data_set.articles]
    return Task(
        dataset=MemoryDataset(samples, name=data),
        solver=brief_articles(data_set, engine),
        scorer=against_labels(data_set),
    )


@solver
def brief_articles(data_set: DataSet, engine: str) -> Solver:
    """Answer with the engine's brief as JSON; a failed answer is the empty brief, and says why."""
    drafter = drafter_called(engine)
    entries = {entry.article.id: entry for entry in data_set.articles}

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        entry = entries[str(state.sample_id)]
        brief, failed = ground_draft(entry, drafter.draft(entry.article, state.epoch - 1), drafter)
        state.output.completion = brief.to_json()
        state.metadata["failed"] = failed
        return state

    return solve


@scorer(metrics={"*": [mean()]})
def against_labels(data_set: DataSet) -> Scorer:
    """Value: the primary metrics. Explanation: every item that isn't right, and why."""
    entries = {entry.article.id: entry for entry in data_set.articles}

    async def score(state: TaskState, target: Target) -> Score:
        entry = entries[str(state.sample_id)]
        brief = Brief.from_json(state.output.completion, str(state.sample_id))
        found = score_article(brief, entry.gold, entry.article.text, failed=state.metadata.get("failed"))
        parts = ("actors", "figures", "claims")
        return Score(
            value=sample_values(found.counts),
            answer=f"{len(brief.actors)} actors, {len(brief.figures)} figures, {len(brief.claims)} claims",
            explanation="\n\n".join(f"{part}:\n{explained(found, part)}" for part in parts),
            metadata={"counts": found.counts},
        )

    return score
