"""Backfills through the Batch API: half the price, paid once, whatever happens in between."""

from __future__ import annotations

import json

import pytest
from batch_server import BatchServer
from faults_server import FaultServer, status
from test_model_pipeline import briefs, options_for, stories

from summarizer.errors import BudgetReached, ModelUnreachable, RequestRejected
from summarizer.llm.prices import Price
from summarizer.model_run import batch_with_model, run_with_model
from summarizer.store.replies import ReplyStore

PRICE = Price(1.0, 1.0, 10.0, "test")


def test_a_batch_answers_everything_and_the_run_asks_nothing(tmp_path):
    """Ten thousand old articles at half the price, and the same briefs."""
    with BatchServer() as server:
        options = options_for(server.url, tmp_path, price=PRICE)
        report = batch_with_model(stories(12), options, {}, poll_s=0.01)
        run = run_with_model(stories(12), options, {})
        assert server.online == 0
        lines = [json.loads(line) for line in server.files["file_1"].decode().splitlines()]
    assert (report.asked, report.replies, report.missing) == (12, 12, 0)
    assert len(briefs(run)) == 12
    assert {line["url"] for line in lines} == {"/v1/chat/completions"}
    assert lines[0]["body"]["response_format"]["json_schema"]["strict"] is True
    with ReplyStore(tmp_path / "replies.sqlite3") as store:
        totals = store.totals()
    assert totals.requests == 12
    assert totals.usd == pytest.approx(
        (totals.input - totals.cached + totals.cached + 10 * totals.output) / 2e6
    )


def test_questions_without_a_reply_are_asked_online(tmp_path):
    """A batch may lose items; the backfill must not."""
    with BatchServer(refused=(3, 5)) as server:
        options = options_for(server.url, tmp_path)
        report = batch_with_model(stories(8), options, {}, poll_s=0.01)
        run = run_with_model(stories(8), options, {})
        assert server.online == 2
    assert (report.replies, report.missing) == (6, 2)
    assert len(briefs(run)) == 8


@pytest.mark.parametrize("outcome", ["failed", "expired", "cancelled"])
def test_a_batch_that_comes_to_nothing_is_told_and_forgotten(tmp_path, outcome):
    """The next run submits it again instead of waiting for the dead."""
    said: list[str] = []
    with BatchServer(outcome=outcome) as server:
        options = options_for(server.url, tmp_path)
        batch_with_model(stories(2), options, {}, 0.01, said.append)
        assert any(outcome in line for line in said)
        with ReplyStore(tmp_path / "replies.sqlite3") as store:
            known = {
                store.batch(batch["metadata"]["summarizer_questions"]) for batch in server.batches.values()
            }
    assert known == {None}


def test_a_killed_run_takes_its_batch_up_again(tmp_path):
    """A batch takes up to a day; nobody's terminal does."""
    with BatchServer(polls=10**9) as server:
        options = options_for(server.url, tmp_path)

        def stop(line: str) -> None:
            if "in_progress" in line:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            batch_with_model(stories(4), options, {}, 0.01, stop)
        server.polls = 1
        report = batch_with_model(stories(4), options, {}, poll_s=0.01)
        assert len(server.batches) == 1
    assert report.replies == 4


def test_a_batch_whose_id_was_lost_is_found_at_the_endpoint(tmp_path):
    """The answer to "create" may get lost; the bill doesn't."""
    with BatchServer() as server:
        server.lose_answer = True
        options = options_for(server.url, tmp_path)
        options = options.__class__(**{**{name: getattr(options, name) for name in options.__slots__},
                                       "settings": options.settings.__class__(tries=1)})  # fmt: skip
        with pytest.raises(ModelUnreachable):
            batch_with_model(stories(4), options, {}, poll_s=0.01)
        report = batch_with_model(stories(4), options, {}, poll_s=0.01)
        assert len(server.batches) == 1
    assert report.replies == 4


def test_passing_faults_are_waited_out(tmp_path):
    """A day of polling meets every hiccup that there is."""
    with BatchServer() as server:
        server.faults = [503, 429, 500]
        report = batch_with_model(stories(2), options_for(server.url, tmp_path), {}, poll_s=0.01)
    assert report.replies == 2


def test_an_endpoint_without_batches_says_so(tmp_path):
    """Most compatible servers have none."""
    with (
        FaultServer(plan=lambda n, r: status(404)) as server,
        pytest.raises(RequestRejected, match="Batch API"),
    ):
        batch_with_model(stories(1), options_for(server.url, tmp_path), {}, poll_s=0.01)


def test_a_budget_is_looked_at_before_anything_is_submitted(tmp_path):
    """A batch can't be stopped half-way to save money."""
    with BatchServer() as server:
        options = options_for(server.url, tmp_path, price=PRICE, budget_usd=0.01)
        with pytest.raises(BudgetReached):
            batch_with_model(stories(50), options, {}, poll_s=0.01)
        assert not server.batches
        assert not server.files
