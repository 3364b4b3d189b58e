"""`eval run` with a language model that is asked now, here and by the workers of a real cluster."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cluster import SECRET
from evaluation_story import STORY
from faults_server import FaultServer, Step, after, ok, reset, says, status
from typer.testing import CliRunner, Result

from summarizer.cli.main import app
from summarizer.errors import UsageProblem

pytest.importorskip("distributed")

#: What differs between two runs of the same answers.
_OF_THE_RUN = ("created", "data")


def answers(number: int, request: dict[str, Any]) -> Step:
    """A brief of each article, and a merge without a verdict."""
    merging = "Questions:" in request["messages"][-1]["content"]
    return says('{"verdicts": [], "pairs": [], "summary": []}') if merging else ok


def faulty(number: int, request: dict[str, Any]) -> Step:
    """The same from an endpoint that is slow, and fails every third time."""
    bad = (status(503), reset)
    return bad[number // 3 % 2] if number % 3 == 0 else after(0.05, answers(number, request))


def scores(path: Path) -> dict[str, Any]:
    """A run file without what is the run's own: its time, and what asking took."""
    run: dict[str, Any] = json.loads(path.read_text())
    for article in run["articles"]:
        usage = article.pop("usage")
        assert usage.keys() >= {"calls", "tokens"}
        article["asked"] = usage["calls"], usage["tokens"]
        article.pop("replayed")
    return {name: value for name, value in run.items() if name not in _OF_THE_RUN}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A labelled story of two articles."""
    return Path(shutil.copytree(STORY, tmp_path / "data"))


@pytest.fixture
def evaluate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`summarizer eval run` in this process, with a store of that name."""

    def run(home: str, *arguments: object) -> Result:
        monkeypatch.setenv("SUMMARIZER_HOME", str(tmp_path / home))
        return CliRunner().invoke(app, ["eval", "run", *map(str, arguments)])

    return run


def test_a_model_scores_the_same_on_a_cluster_as_in_one_process(cluster, data, tmp_path, evaluate):
    """Whoever has a cluster must not get other scores, or pay twice, or lose an answer to a fault."""
    run = ("--data", data, "--model", "m", "--repeat", "2", "--set", "backoff_s=0.01")
    with FaultServer(plan=answers) as calm, FaultServer(plan=faulty) as stormy:
        here = evaluate("here", *run, "--base-url", calm.url, "--json", tmp_path / "here.json")
        there = (*run, "--base-url", stormy.url, "--scheduler", cluster.address)
        spread = evaluate("there", *there, "--json", tmp_path / "there.json")
        asked = len(stormy.requests)
        again = evaluate("there", *there, "--json", tmp_path / "again.json")
        keys = {headers.get("authorization") for headers in stormy.headers}
    assert (here.exit_code, spread.exit_code, again.exit_code) == (0, 0, 0), spread.output
    found = scores(tmp_path / "there.json")
    assert found["scored"] == 4
    assert [one["mode"] for one in found["digests"]].count("model_merge") == 2
    assert found == scores(tmp_path / "here.json") == scores(tmp_path / "again.json")
    # Two samples of two articles and of their merge; every request beyond them had failed. Nothing again.
    usages = [one["usage"] for one in json.loads((tmp_path / "there.json").read_text())["articles"]]
    assert len(calm.requests) == 6 < asked
    assert 0 < sum(usage["retries"] for usage in usages) <= asked - 6
    assert len(stormy.requests) == asked
    assert keys == {f"Bearer {SECRET}"}
    assert all(one["replayed"] for one in json.loads((tmp_path / "again.json").read_text())["articles"])


@pytest.mark.parametrize("spread", [False, True])
def test_a_budget_ends_an_evaluation_and_what_is_paid_is_kept(cluster, data, tmp_path, evaluate, spread):
    """Scores cost money; the limit holds for answers and merges together."""
    where = ("--scheduler", cluster.address) if spread else ()
    run = ("--data", data, "--model", "m", "--repeat", "2", "--price", "1000,1000,1000", *where)
    with FaultServer(plan=answers) as server:
        asking = ("--base-url", server.url, "--json", tmp_path / "run.json")
        free = evaluate("free", *run, *asking)
        scored = json.loads((tmp_path / "run.json").read_text())["articles"]
        assert len(server.requests) == 6
        # Enough for the answers, not for their merges, which find in it what the answers have left.
        limit = sum(one["usage"]["money"] for one in scored) * 1.1
        limited = evaluate("limited", *run, *asking, "--budget", limit)
        asked = len(server.requests) - 6
        merges = json.loads((tmp_path / "run.json").read_text())["digests"]
        raised = evaluate("limited", *run, *asking)
        assert len(server.requests) == 12
    assert (free.exit_code, limited.exit_code, raised.exit_code) == (0, 0, 0)
    assert asked == 4
    said = [one["failed"] for one in merges if one["mode"] == "model_merge"]
    assert len(said) == 2
    assert all("the budget is" in one for one in said)


def test_recorded_replies_are_not_sent_to_a_cluster(cluster, data, evaluate):
    """They lie here, and nobody is asked: the error says so, and what to do."""
    ended = evaluate("home", "--data", data, "--model", "recorded:m", "--scheduler", cluster.address)
    assert isinstance(ended.exception, UsageProblem)
    assert re.search(
        "recorded replies .* files of this machine.* Leave --scheduler out", str(ended.exception)
    )


def test_what_only_a_model_that_is_asked_needs_is_refused_beside_others(data, evaluate):
    """A budget that limits nothing would be believed."""
    ended = evaluate("home", "--data", data, "--model", "rules", "--budget", "1")
    assert isinstance(ended.exception, UsageProblem)
    assert "--budget" in str(ended.exception)
