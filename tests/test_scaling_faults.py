"""A cluster on which things go wrong: killed runs, dead schedulers, deadly texts, refusals of the endpoint.

What must hold: a clear error or none, nothing lost, and nothing paid twice whose reply was stored.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from cluster import SECRET, WITH_TESTS, LocalCluster
from command import environment_with
from faults_server import FaultServer, Step, after, ok, status
from scaling_work import Deadly
from test_model_pipeline import options_for, stories

from summarizer import load_articles
from summarizer.errors import ClusterUnreachable, WorkerLost
from summarizer.model_pipeline import ARTICLES_PER_SLOT
from summarizer.model_terms import ModelRun
from summarizer.pipeline import Failed
from summarizer.records.brief import Brief
from summarizer.scaling.carrying import batches_of
from summarizer.scaling.cluster import Cluster
from summarizer.scaling.model_runs import run_model_on_cluster
from summarizer.scaling.runs import spread
from summarizer.store.replies import ReplyStore

pytest.importorskip("distributed")

_MAIN = "from summarizer.cli.main import main; main()"
#: Requests that the two workers of these tests may have out: `concurrency` each.
CONCURRENCY = 2
OUT = 2 * CONCURRENCY


def pile_in(home: Path, count: int = 20) -> Path:
    """A folder with so many stories."""
    pile = home / "pile"
    pile.mkdir(parents=True)
    for article in stories(count):
        (pile / article.source).write_text(article.text)
    return pile


def run_over(pile: Path, cluster: LocalCluster, url: str, home: Path) -> ModelRun:
    """A run in this process."""
    options = options_for(url, home, concurrency=CONCURRENCY)
    return run_model_on_cluster(load_articles([pile]).articles, options, Cluster(cluster.address))


def until(server: FaultServer, requests: int) -> None:
    """Wait until the endpoint was asked so often."""
    while len(server.requests) < requests:
        time.sleep(0.005)


def stored(home: Path) -> int:
    """How many paid replies a home has."""
    with ReplyStore(home / "replies.sqlite3") as store:
        return sum(attempt.outcome == "ok" for attempt in store.attempts())


@pytest.mark.parametrize("how", [pytest.param(signal.SIGINT, marks=pytest.mark.soak), signal.SIGKILL])
def test_a_run_that_is_stopped_asks_nothing_more_and_goes_on_later(cluster, tmp_path, how):
    """Nobody would keep the replies, and somebody would pay for them."""
    pile = pile_in(tmp_path)
    with FaultServer(plan=lambda n, r: after(0.1)) as server:
        asking = ("--model", "m", "--base-url", server.url, "--set", f"concurrency={CONCURRENCY}")
        stopped = subprocess.Popen(
            [sys.executable, "-c", _MAIN, "brief", str(pile), *asking, "--scheduler", cluster.address],
            env=environment_with(tmp_path),
            stdout=subprocess.DEVNULL,
        )
        until(server, 8)
        stopped.send_signal(how)
        stopped.wait()
        # What was permitted already may still go out: at most what each worker has in hand.
        permitted = len(server.requests) + OUT * round(ARTICLES_PER_SLOT)
        time.sleep(1.5)
        asked, kept = len(server.requests), stored(tmp_path)
        assert asked <= permitted
        run = run_over(pile, cluster, server.url, tmp_path)
        assert len(server.requests) == asked + 20 - kept
    assert stopped.returncode == (130 if how == signal.SIGINT else -how)
    assert sum(isinstance(one, Brief) for one in run.results) == 20
    assert 0 < kept < 20


def test_a_scheduler_that_dies_ends_the_run_with_a_way_out_and_nothing_is_paid_twice(tmp_path):
    """It is the one part of a cluster of which there is only one."""
    pile, home = pile_in(tmp_path), tmp_path / "home"
    own = LocalCluster(tmp_path / "cluster", everywhere=WITH_TESTS, SUMMARIZER_API_KEY=SECRET)

    def kill() -> None:
        until(server, 8)
        own.kill_scheduler()

    with own, FaultServer(plan=lambda n, r: after(0.1)) as server:
        killing = threading.Thread(target=kill)
        killing.start()
        with pytest.raises(ClusterUnreachable, match="scheduler went away in mid-run") as ended:
            run_over(pile, own, server.url, home)
        killing.join()
        for worker in own.workers:
            worker.wait()  # as the error says, they go with their scheduler
        asked, kept = len(server.requests), stored(home)
        own.start_scheduler()
        own.add_worker(SUMMARIZER_API_KEY=SECRET)
        own.wait_for_workers(1)
        run = run_over(pile, own, server.url, home)
        assert len(server.requests) == asked + 20 - kept
    assert "start it and its workers" in str(ended.value)
    assert ended.value.exit_code == 3
    assert sum(isinstance(one, Brief) for one in run.results) == 20
    assert asked - OUT <= kept < 20


def test_nobody_asks_while_the_endpoint_wants_to_be_left_alone(cluster, tmp_path):
    """A 429 that one worker meets is everybody's, and is told for the time that the endpoint gave."""
    wait_s, on_the_way_s = 3.0, 1.5
    arrived: list[float] = []
    refused: list[float] = []

    def plan(number: int, request: dict[str, Any]) -> Step:
        now = time.monotonic()
        arrived.append(now)
        if number == 10 or (refused and now < refused[0] + wait_s):
            refused.append(now)
            return status(429, headers={"Retry-After": f"{wait_s:g}"})
        return ok

    with FaultServer(plan=plan) as server:
        run = run_model_on_cluster(
            stories(24), options_for(server.url, tmp_path, concurrency=4), Cluster(cluster.address)
        )
    assert all(isinstance(one, Brief) for one in run.results)
    assert run.totals.failed == len(refused) <= 2 * 4
    first = refused[0]
    assert not [at for at in arrived if first + on_the_way_s < at < first + wait_s]


def test_an_article_that_kills_its_workers_costs_itself_alone(tmp_path):
    """One text that eats all memory must not cost the batch that it came in."""
    environment = {**WITH_TESTS, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with LocalCluster(tmp_path / "cluster", workers=3, everywhere=environment) as own:
        results = spread(batches_of(stories(4), Deadly("story-1"), 2), Cluster(own.address))
    assert isinstance(results[1], Failed)
    assert isinstance(results[1].error, WorkerLost)
    assert "1.txt: the workers that read it died" in str(results[1].error)
    assert [one.article.id for one in results] == [one.id for one in stories(4)]
    assert sum(isinstance(one, Brief) for one in results) == 3


@pytest.mark.soak
def test_a_text_that_kills_the_only_worker_ends_though_its_nanny_starts_it_again(tmp_path):
    """A worker out of memory comes back under a new address, and Dask's own count begins anew with it."""
    with LocalCluster(tmp_path / "cluster", workers=0, everywhere=WITH_TESTS) as own:
        own.add_worker(nanny=True)
        results = spread(batches_of(stories(2), Deadly("story-1"), 2), Cluster(own.address))
    assert isinstance(results[0], Brief)
    assert isinstance(results[1], Failed)
    assert isinstance(results[1].error, WorkerLost)
