"""Several machines: a real scheduler and worker processes on loopback, and a real endpoint that misbehaves.

What must hold: the same bytes as on one machine, nothing lost or paid twice when a worker dies, limits kept
by all workers together, and nobody taking part who would give other results.
"""

from __future__ import annotations

import gc
import random
import re
import shutil
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import CoroutineType
from typing import Any

import pyarrow.parquet
import pytest
from cluster import SECRET, LocalCluster, free_port
from command import ARTICLES, ROOT, summarizer
from faults_server import FaultServer, Step, after, cut_clean, html, ok, reset, status
from scaling_work import Buggy
from test_model_pipeline import options_for, stories

from summarizer import Article, article_from_text, load_articles
from summarizer.briefing.config import ModelChoice
from summarizer.briefing.reading import ReadingRoom, read_articles
from summarizer.errors import (
    BadSetting,
    ClusterUnreachable,
    MissingExtra,
    OutputProblem,
    WorkersRefused,
)
from summarizer.evaluation.answers import RulesDrafter
from summarizer.evaluation.cluster_answers import asker_on
from summarizer.evaluation.dataset import load_data_set
from summarizer.llm.prices import Price
from summarizer.model_pipeline import ARTICLES_PER_SLOT
from summarizer.model_run import digest_with_model, run_with_model
from summarizer.pipeline import Result, RulesEngine, brief_articles
from summarizer.records.brief import Brief
from summarizer.records.digest import Coverage
from summarizer.scaling.batches import Batch, RulesWork
from summarizer.scaling.carrying import batches_of
from summarizer.scaling.cluster import Cluster
from summarizer.scaling.identity import Identity, difference, own_identity
from summarizer.scaling.model_runs import merge_by_model_on_cluster, run_model_on_cluster
from summarizer.scaling.runs import briefs_on_cluster, merge_on_cluster, spread
from summarizer.scaling.shards import Shards
from summarizer.store.replies import ReplyStore
from summarizer.story_digests import StoryBriefs, digest_pile, digest_stories, groups_of
from summarizer.version import __version__

pytest.importorskip("distributed")

#: Words that stand in every story of these tests, and so must stand in no log.
CONFIDENTIAL = "adjourned hearing"


def test_the_rules_say_the_same_byte_for_byte(cluster, tmp_path):
    """An analyst must not be able to tell from a digest how many machines made it."""
    there = summarizer("digest", ARTICLES, "--format", "json", "--scheduler", cluster.address, home=tmp_path)
    loaded = load_articles([str(ARTICLES)])
    here = digest_pile(loaded, tuple(brief_articles(loaded.articles, RulesEngine()))).digest
    assert here is not None
    assert there.code == 0, there.err
    assert there.out == here.to_json()


def town_news() -> list[Article]:
    """Three stories, each told by three outlets."""
    return [
        article_from_text(
            f"{town} council closes its harbour\n\nThe council of {town} will close the harbour of {town} in "
            f"{number + 3} days, the mayor of {town} told the {outlet}. At least {number + 2},500 dockers of "
            f"{town} lose their work, the {outlet} reported.\n",
            source=f"{town}-{outlet}.txt",
        )
        for number, town in enumerate(("Marrow Bay", "Norland", "Osterby"))
        for outlet in ("Courier", "Herald", "Post")
    ]


def test_stories_are_merged_on_the_workers_and_come_back_in_order(cluster):
    """A pile of several stories takes the other road: each story's digest is made elsewhere."""
    pile = town_news()
    briefs = tuple(brief for brief in brief_articles(pile, RulesEngine()) if isinstance(brief, Brief))
    groups = groups_of(briefs, pile)
    spread_out = digest_stories(
        briefs, groups, merge=partial(merge_on_cluster, cluster=Cluster(cluster.address))
    )
    assert len(groups) == 3
    assert spread_out.to_json() == digest_stories(briefs, groups).to_json()


def test_a_model_says_the_same_byte_for_byte_through_faults(cluster, tmp_path):
    """Neither the network's faults nor the order in which workers finish may show in the results."""
    chance = random.Random(3)
    faults: list[Step] = [status(429, headers={"Retry-After": "0"}), status(503), reset, cut_clean, html]
    given: list[Step] = []

    def plan(number: int, request: dict[str, Any]) -> Step:
        given.append(chance.choice(faults) if chance.random() < 0.1 else after(chance.random() / 50))
        return given[-1]

    seen: list[str] = []
    with FaultServer(plan=plan) as server, FaultServer() as undisturbed:
        options = options_for(server.url, tmp_path / "spread", concurrency=2)
        options = replace(options, settings=replace(options.settings, deadline_s=60, read_s=60))
        run = run_model_on_cluster(
            stories(24), options, Cluster(cluster.address), lambda one: seen.append(one.article.id)
        )
        alone = run_with_model(stories(24), options_for(undisturbed.url, tmp_path / "alone"), {})
        again = run_model_on_cluster(stories(24), options, Cluster(cluster.address))
        requests = len(server.requests)
    assert all(isinstance(one, Brief) for one in run.results)
    assert [one.to_json() for one in run.results] == [one.to_json() for one in alone.results]
    assert sorted(seen) == sorted(one.id for one in stories(24))
    nothing_answered_was_asked_again(tmp_path / "spread", requests, resets=given.count(reset))
    assert again.totals.requests == 0
    assert list(again.results) == list(run.results)


def nothing_answered_was_asked_again(home: Path, requests: int, resets: int) -> None:
    """One reply for each of 24 articles, after which nobody asks; and the ledger has what the server has.

    A request that was given up before the server had read it is in the ledger alone: its row says so, as do
    those of `resets`, which the server has seen.
    """
    with ReplyStore(home / "replies.sqlite3") as store:
        rows = store.attempts()
    answered = [row.key for row in rows if row.outcome == "ok"]
    assert len(answered) == len(set(answered)) == 24
    last = {row.key: row.outcome for row in rows}
    assert set(last.values()) == {"ok"}
    given_up = sum(row.outcome in ("connection", "deadline") for row in rows)
    assert 0 <= len(rows) - requests <= given_up - resets


def test_a_merge_by_a_model_is_the_same(cluster, tmp_path):
    """Verdicts and sentences of a model are asked for where the key is; they don't depend on where."""
    with FaultServer() as server:
        alone = options_for(server.url, tmp_path / "alone")
        briefed = run_with_model(stories(4), alone, {}).results
        briefs = tuple(one for one in briefed if isinstance(one, Brief))
        coverage = Coverage(read=4)
        there = merge_by_model_on_cluster(
            [StoryBriefs(briefs, coverage)], replace(alone, home=tmp_path), Cluster(cluster.address)
        ).settled
        here = digest_with_model(briefs, coverage, alone, {})
    assert [one.digest.to_json() for one in there] == [here.digest.to_json()]
    assert [str(one.why_not) for one in there] == [str(here.why_not)]


def test_the_workers_ask_with_their_own_key(cluster, tmp_path):
    """A key must not leave the machine that holds it: not in tasks, not in logs, not in errors."""
    with FaultServer() as server:
        address = server.url.replace("//", "//user:password@")
        model = ("--model", "m", "--base-url", address, "--log", "json")
        ended = summarizer("digest", ARTICLES, *model, "--scheduler", cluster.address, home=tmp_path)
        keys = {headers.get("authorization") for headers in server.headers}
    assert ended.code == 0, ended.err
    assert keys == {f"Bearer {SECRET}"}
    assert SECRET not in ended.out + ended.err + cluster.log()
    assert "password" not in ended.out + ended.err + cluster.log()


def test_texts_of_articles_are_in_no_log(cluster):
    """Drafts may be confidential; Dask logs the arguments of a task that fails by a bug."""
    assert CONFIDENTIAL in stories(1)[0].text
    with pytest.raises(ZeroDivisionError):
        spread(batches_of(stories(3), Buggy(), 3), Cluster(cluster.address))
    while "Compute Failed" not in cluster.log():
        time.sleep(0.02)
    assert CONFIDENTIAL not in cluster.log()
    # Earlier releases of Dask show the arguments by their repr.
    assert repr(Batch(0, 0, tuple(stories(3)), Buggy())) == "<batch 0: 3 items>"


def test_what_a_run_sent_and_said_is_held_by_nobody_afterwards(cluster, tmp_path):
    """Articles by the million pass through a scheduler: what it kept of each batch would add up, unseen."""
    from distributed import Client

    pile = stories(20)
    with FaultServer() as server, Client(cluster.address, set_as_default=False) as client:
        before = client.run_on_scheduler(left_on_a_scheduler)
        spread(batches_of(pile, RulesWork(RulesEngine()), 2), Cluster(cluster.address))
        run_model_on_cluster(pile, options_for(server.url, tmp_path, concurrency=1), Cluster(cluster.address))
        while (after := client.run_on_scheduler(left_on_a_scheduler))["queues"] > before["queues"]:
            time.sleep(0.1)  # its ends of the lines are closed by messages that nobody waits for
    assert after["articles"] <= 2 * 6  # the last batch sent to each worker, until it gets another one
    assert after["listeners"] <= before["listeners"] + 1  # the desk's; each of the four batches had a line


def left_on_a_scheduler(dask_scheduler: Any) -> dict[str, int]:
    """What is in its memory: articles, queues of lines to desks, and requests that wait at one of these."""
    gc.collect()
    kinds = Counter(type(one).__name__ for one in gc.get_objects())
    waiting = [one for one in gc.get_objects() if isinstance(one, CoroutineType)]
    return {
        "articles": kinds["Article"],
        "queues": len(dask_scheduler.extensions["queues"].queues),
        "listeners": sum(one.__qualname__ == "QueueExtension.get" for one in waiting),
    }


def test_a_worker_of_another_version_gets_no_work(cluster, tmp_path):
    """Half of a digest by last month's rules would be worse than none."""
    shutil.copytree(
        ROOT / "summarizer", tmp_path / "summarizer", ignore=shutil.ignore_patterns("__pycache__")
    )
    (tmp_path / "summarizer" / "version.py").write_text('__version__ = "0.0.9"\n')
    warned: list[str] = []
    other = cluster.add_worker(PYTHONPATH=str(tmp_path))
    cluster.wait_for_workers(3)
    results = _briefs(9, Cluster(cluster.address, warned.append))
    other.kill()
    assert all(isinstance(one, Brief) for one in results)
    assert {one.provenance.version for one in results if isinstance(one, Brief)} == {__version__}
    (said,) = warned
    assert re.search(r"worker tcp://127\.0\.0\.1:\d+ on \S+: it has summarizer 0\.0\.9, this machine", said)
    assert f"pip install 'summarizer[scale]=={__version__}'" in said


def _briefs(count: int, cluster: Cluster) -> Sequence[Result]:
    return spread(batches_of(stories(count), RulesWork(RulesEngine()), 1), cluster)


@pytest.mark.parametrize("part", ["python", "code", "prompts", "schemas"])
def test_another_build_of_the_same_version_is_told_apart(part):
    """Two checkouts call themselves 0.1.0; a changed prompt gives other briefs all the same."""
    here = own_identity()
    there = Identity(**{**here.words, part: "other"})
    said = difference(here, there)
    assert said is not None
    assert part in said.lower()
    assert here.words[part] in said
    assert "other" in said
    assert difference(here, Identity(**here.words)) is None


def test_a_worker_without_a_key_is_refused_before_anything_is_sent(cluster, tmp_path):
    """Finding out by a failed article, a thousand times, would be a poor way to learn it."""
    options = replace(options_for("", tmp_path), model="openai/gpt-4.1-mini", base_url=None)
    with pytest.raises(WorkersRefused, match=r"worker tcp://.*set OPENAI_API_KEY") as refused:
        run_model_on_cluster(stories(2), options, Cluster(cluster.address))
    assert refused.value.exit_code == 2


def test_all_workers_together_keep_to_the_rate_limit(cluster, tmp_path):
    """The provider counts the account's requests, not each machine's."""
    arrived: list[float] = []
    per_minute, burst_s = 300.0, 6.0

    def plan(number: int, request: dict[str, Any]) -> Step:
        arrived.append(time.monotonic())
        return ok

    with FaultServer(plan=plan) as server:
        options = options_for(server.url, tmp_path, concurrency=10)
        limited = replace(options, settings=replace(options.settings, requests_per_minute=per_minute))
        started = time.monotonic()
        run_model_on_cluster(stories(42), limited, Cluster(cluster.address))
    # What may have started by then: the burst, and the limit's share of the time since. Two limits of their
    # own would let all 42 through at once.
    early = [n for n, at in enumerate(arrived) if n > per_minute / 60 * (burst_s + at - started) + 1]
    assert not early
    assert len(arrived) == 42


def test_all_workers_together_keep_to_the_budget(cluster, tmp_path):
    """A budget is a promise about money, however many machines spend it."""
    price = Price(1000.0, 1000.0, 1000.0, "test")
    with FaultServer(plan=lambda n, r: after(0.01)) as server:
        unlimited = options_for(server.url, tmp_path / "all", price=price)
        whole = run_with_model(stories(24), unlimited, {})
        assert whole.spent_usd is not None
        options = options_for(
            server.url, tmp_path / "some", concurrency=2, price=price, budget_usd=whole.spent_usd / 2
        )
        run = run_model_on_cluster(stories(24), options, Cluster(cluster.address))
        more = replace(options, budget_usd=whole.spent_usd)
        rest = run_model_on_cluster(stories(24), more, Cluster(cluster.address))
    assert run.spent_usd is not None
    assert 0.3 * whole.spent_usd < run.spent_usd <= whole.spent_usd / 2
    assert run.totals.usd == pytest.approx(run.spent_usd)
    assert 0 < run.left < 24
    assert len(run.results) == 24
    assert rest.totals.requests == run.left


def test_finished_batches_are_kept_in_shards_and_not_made_again(cluster, tmp_path):
    """A run over a hundred thousand articles that stops at noon goes on from there."""
    where = Cluster(cluster.address)
    pile = stories(5)
    briefs_on_cluster(pile[1:4], RulesEngine(), where, shards=Shards(tmp_path, "rules"))
    before = set(tmp_path.iterdir())
    seen: list[str] = []
    whole = briefs_on_cluster(
        pile, RulesEngine(), where, lambda one: seen.append(one.article.id), Shards(tmp_path, "rules")
    )
    assert tuple(whole) == tuple(brief_articles(pile, RulesEngine()))
    assert sorted(seen) == [one.id for one in pile]
    (added,) = set(tmp_path.iterdir()) - before
    rows = pyarrow.parquet.read_table(added).to_pylist()
    assert [row["id"] for row in rows] == ["story-0", "story-4"]
    assert Brief.from_json(rows[1]["brief"], "row") == whole[4]
    # Another engine's briefs, or those of a changed article, are not these.
    assert Shards(tmp_path, "other").brief_of(pile[0]) is None
    assert Shards(tmp_path, "rules").brief_of(pile[0].model_copy(update={"title": "New"})) is None
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 is not all")
    with pytest.raises(OutputProblem, match=r"broken\.parquet"):
        Shards(tmp_path, "rules")


def test_the_suite_scores_the_same_answers(cluster):
    """A score must not depend on where the answers were made."""
    asked = [(entry, 0) for entry in load_data_set(ROOT / "evals").articles]
    told: list[int] = []
    drafter = RulesDrafter()
    answers = asker_on(Cluster(cluster.address))(drafter, asked, lambda done, total, who: told.append(done))
    assert [answer.draft for answer in answers] == [
        drafter.draft(entry.article, 0).draft for entry, _ in asked
    ]
    assert told == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("name", ["rules", "m"])
def test_an_edition_is_read_the_same(cluster, tmp_path, name):
    """The morning's mail must not depend on where its articles were read."""
    pile = [*town_news(), *stories(2)]
    with FaultServer() as server:
        choice = ModelChoice(name=name, base_url=None if name == "rules" else server.url)
        here = ReadingRoom(choice, tmp_path / "here", {}, lambda line: None)
        there = replace(here, home=tmp_path / "there", cluster=Cluster(cluster.address))
        assert read_articles(pile, there) == read_articles(pile, here)
        away = replace(here, cluster=Cluster(f"tcp://127.0.0.1:{free_port()}"))
        assert isinstance(read_articles(pile, away).trouble, ClusterUnreachable)


def test_who_is_not_there_is_named_with_a_way_out(tmp_path):
    """The first thing that goes wrong with a cluster is its address."""
    nobody = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(ClusterUnreachable, match=f"{nobody}: it can't be reached .* dask scheduler") as away:
        _briefs(1, Cluster(nobody))
    assert away.value.exit_code == 3
    alone = LocalCluster(tmp_path / "cluster", workers=0)
    hint = f"it has no worker. Start one: dask worker {alone.address}"
    with alone, pytest.raises(ClusterUnreachable, match=hint):
        _briefs(1, Cluster(alone.address, patience_s=0.1))


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "http://host:8786", "tcp://host", "tcp://host:x"])
def test_an_address_that_cannot_be_meant_is_refused(address):
    """Before anything is read or sent."""
    with pytest.raises(BadSetting, match="tcp://HOST:8786"):
        Cluster(address)


def test_without_the_extra_the_error_names_it(monkeypatch):
    """Dask is 70 MB that most people never need."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtra, match=r"--scheduler needs distributed: pip install .*\[scale\]"):
        _briefs(1, Cluster("tcp://127.0.0.1:8786"))


def test_batches_hold_every_item_once_and_in_order():
    """A story larger than a batch is one all the same."""
    made = list(batches_of([3, 4, 9, 1, 1, 1], RulesWork(RulesEngine()), 7, lambda size: size))  # type: ignore[arg-type]
    assert [(batch.number, batch.first, batch.items) for batch in made] == [
        (0, 0, (3, 4)),
        (1, 2, (9,)),
        (2, 3, (1, 1, 1)),
    ]


def test_a_killed_worker_loses_nothing_and_what_was_stored_is_not_paid_again(cluster, tmp_path):
    """A machine that goes down in the night costs its calls in flight, and no more.

    Near the end of this file, since it leaves the cluster with one worker.
    """
    count, concurrency = 48, 2
    with FaultServer(plan=lambda n, r: after(0.05)) as server:
        options = options_for(server.url, tmp_path, concurrency=concurrency)
        killing = threading.Thread(target=_kill_one, args=(cluster, server, 15))
        killing.start()
        run = run_model_on_cluster(stories(count), options, Cluster(cluster.address))
        killing.join()
        paid = len(server.requests)
        again = run_model_on_cluster(stories(count), options, Cluster(cluster.address))
        assert len(server.requests) == paid
    assert [one.article.id for one in run.results if isinstance(one, Brief)] == [
        one.id for one in stories(count)
    ]
    assert list(again.results) == list(run.results)
    # The killed worker had `concurrency` requests out; each article asks one question.
    assert count <= paid <= count + concurrency
    with ReplyStore(options.replies_path) as store:
        outcomes = [attempt.outcome for attempt in store.attempts()]
    assert outcomes.count("ok") == count
    assert paid - count <= outcomes.count("lost") <= concurrency * round(ARTICLES_PER_SLOT)


def _kill_one(cluster: LocalCluster, server: FaultServer, requests: int) -> None:
    while len(server.requests) < requests:
        time.sleep(0.005)
    cluster.kill_worker()
