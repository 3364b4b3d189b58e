"""Runs as inspect_ai logs. The package is an optional extra; without it only the refusal is tested."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from evaluation_story import STORY

from summarizer.errors import MissingExtra
from summarizer.evaluation.answers import RulesDrafter
from summarizer.evaluation.dataset import load_data_set
from summarizer.evaluation.inspect_export import write_inspect_log
from summarizer.evaluation.runner import RunOptions, run_evaluation

DATA = load_data_set(STORY)
INSTALLED = find_spec("inspect_ai") is not None


@pytest.mark.skipif(INSTALLED, reason="inspect_ai is installed")
def test_without_the_extra_the_way_out_is_named(tmp_path: Path) -> None:
    """An ImportError from the depths tells nobody what to install."""
    options = RunOptions(created="2025-03-05T12:00:00+00:00")
    run = run_evaluation(DATA, RulesDrafter(), options, lambda *_: None).run
    with pytest.raises(MissingExtra, match=r"summarizer\[inspect\]"):
        write_inspect_log(run, {}, tmp_path / "run.json")


@pytest.mark.skipif(not INSTALLED, reason="inspect_ai is not installed")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ["run.json", "run.eval"])
def test_a_run_is_read_back_by_inspect(tmp_path: Path, name: str) -> None:
    """Value, answer and explanation per article; the run's own scores as results."""
    from inspect_ai.log import read_eval_log

    options = RunOptions(created="2025-03-05T12:00:00+00:00", repeats=2)
    run = run_evaluation(DATA, RulesDrafter(), options, lambda *_: None).run
    texts = {entry.article.id: entry.article.text for entry in DATA.articles}
    write_inspect_log(run, texts, tmp_path / name)
    log = read_eval_log(str(tmp_path / name))
    assert log.status == "success"
    assert sorted((sample.id, sample.epoch) for sample in log.samples or []) == [
        ("strike-first", 1), ("strike-first", 2), ("strike-second", 1), ("strike-second", 2),
    ]  # fmt: skip
    values = {score.name: score.metrics["micro"].value for score in log.results.scores}  # type: ignore[union-attr]
    assert values == {score.metric: score.value for score in run.scores if score.value is not None}


@pytest.mark.skipif(not INSTALLED, reason="inspect_ai is not installed")
@pytest.mark.filterwarnings("ignore")
def test_the_suite_runs_as_a_task(tmp_path: Path) -> None:
    """`inspect eval` gives the same means as `summarizer eval run`."""
    from inspect_ai import eval as inspect_eval

    from summarizer.evaluation.inspect_task import summarizer_briefs

    logs = inspect_eval(
        summarizer_briefs(str(STORY)), model="mockllm/model", log_dir=str(tmp_path), display="none"
    )
    assert logs[0].status == "success"
    run = run_evaluation(DATA, RulesDrafter(), RunOptions(created="2025-03-05"), lambda *_: None).run
    means = {score.metric: score.mean for score in run.scores}
    found = {score.name: score.metrics["mean"].value for score in logs[0].results.scores}  # type: ignore[union-attr]
    assert found["claims.joint"] == pytest.approx(means["claims.joint"])
