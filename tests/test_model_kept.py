"""Kept briefs: a second run over the same articles is quick, and never gives what another program made."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest
from faults_server import FaultServer, after, says
from test_model_pipeline import briefs, options_for, stories

from summarizer.llm.model import Sampling
from summarizer.model_kept import SAVED_AT_ONCE, run_or_recall
from summarizer.model_terms import ModelOptions
from summarizer.pipeline import Failed, Result
from summarizer.records.article import UNDATED
from summarizer.records.examples import example_article, example_brief
from summarizer.result_shelf import spooled_results
from summarizer.store import briefs as brief_store
from summarizer.store.briefs import BriefStore, brief_key, files_fingerprint
from summarizer.store.kept_file import FILE_NAME

KEY = brief_key(example_article(), {"model": "m"})


def nobody_there(home: Path) -> ModelOptions:
    """Options of a run that can't ask anybody, nor find any reply."""
    (home / "replies.sqlite3").unlink(missing_ok=True)
    return options_for("http://127.0.0.1:1/v1", home)


def test_a_second_run_needs_neither_endpoint_nor_replies(tmp_path):
    """What was made is made: nothing is asked, read or checked again, and the bytes are the same."""
    with FaultServer() as server:
        first = run_or_recall(stories(6), options_for(server.url, tmp_path), {})
    seen: list[Result] = []
    second = run_or_recall(stories(6), nobody_there(tmp_path), {}, seen.append)
    assert [one.to_json() for one in briefs(second)] == [one.to_json() for one in briefs(first)]
    assert (first.totals.requests, second.totals.requests, second.spent_usd) == (6, 0, 0.0)
    assert seen == list(second.results)
    assert not (tmp_path / "replies.sqlite3").exists()


def test_only_new_articles_are_asked_about_and_the_order_stays(tmp_path):
    """Today's pile holds yesterday's articles, too."""
    with FaultServer() as server:
        run_or_recall(stories(4)[::2], options_for(server.url, tmp_path), {})
        run = run_or_recall(stories(4), options_for(server.url, tmp_path), {})
    assert run.totals.requests == 2
    assert [one.article.id for one in briefs(run)] == [f"story-{number}" for number in range(4)]


def test_results_go_to_the_shelf_as_they_come_whatever_their_order(tmp_path):
    """A run over a hundred thousand articles holds none of them, and nobody can tell from what it says."""
    with FaultServer(plan=lambda number, request: after(0.02 if number % 3 else 0.001)) as server:
        held = run_or_recall(stories(20), options_for(server.url, tmp_path / "a", concurrency=4), {})
        run_or_recall(stories(20)[1::2], options_for(server.url, tmp_path / "b"), {})
        options = options_for(server.url, tmp_path / "b", concurrency=4)
        shelf = spooled_results()
        run = run_or_recall(stories(20), options, {}, shelf=shelf)
    assert run.totals.requests == 10
    assert len(shelf) == len(run.results) == 20
    assert [one.to_json() for one in briefs(run)] == [one.to_json() for one in briefs(held)]


def test_a_failure_on_the_shelf_keeps_its_reason(tmp_path):
    """It is told after the run, when the article is long gone."""
    with FaultServer(plan=lambda number, request: says("no JSON")) as server:
        held = run_or_recall(stories(2), options_for(server.url, tmp_path / "a"), {})
        run = run_or_recall(stories(2), options_for(server.url, tmp_path / "b"), {}, shelf=spooled_results())
    for failed, other in zip(run.results, held.results, strict=True):
        assert isinstance(failed, Failed)
        assert isinstance(other, Failed)
        assert type(failed.error) is type(other.error)
        assert (str(failed.error), failed.record) == (str(other.error), other.record)


def test_briefs_are_kept_while_the_run_goes_on(tmp_path):
    """A run that is killed near its end has not worked in vain."""
    kept: list[int] = []

    def seen(result: Result) -> None:
        with closing(sqlite3.connect(tmp_path / FILE_NAME)) as file:
            kept.extend(file.execute("SELECT count(*) FROM briefs").fetchone())

    with FaultServer() as server:
        run = run_or_recall(stories(SAVED_AT_ONCE + 5), options_for(server.url, tmp_path), {}, seen)
    assert len(briefs(run)) == len(kept) == SAVED_AT_ONCE + 5
    assert (kept[0], kept[-1]) == (0, SAVED_AT_ONCE)


def test_what_failed_is_tried_again(tmp_path):
    """A bad day of the endpoint must not stick to an article."""
    with FaultServer(plan=lambda number, request: says("no JSON")) as server:
        first = run_or_recall(stories(1), options_for(server.url, tmp_path), {})
    assert isinstance(first.results[0], Failed)
    (tmp_path / "replies.sqlite3").unlink()
    with FaultServer() as server:
        second = run_or_recall(stories(1), options_for(server.url, tmp_path), {})
    assert briefs(second)


@pytest.mark.parametrize("changed", ["text", "date", "model", "sampling"])
def test_everything_that_makes_a_brief_is_part_of_its_key(changed):
    """A brief of another text, model or version would be a lie that nobody notices."""
    article = example_article()
    made_by = {"model": "m", "temperature": Sampling().temperature}
    before = brief_key(article, made_by)
    match changed:
        case "text":
            article = article.model_copy(update={"text": article.text + " "})
        case "date":
            article = article.model_copy(update={"published": UNDATED})
        case "model":
            made_by["model"] = "n"
        case "sampling":
            made_by["temperature"] = 0.5
    assert brief_key(article, made_by) != before


def test_a_changed_rule_or_word_list_leaves_old_briefs_unfound(tmp_path):
    """After an upgrade, or an edit in a checkout, nothing of the older program may come back."""
    (tmp_path / "lexicons").mkdir()
    words = tmp_path / "lexicons" / "hedges.toml"
    words.write_text("may might")
    before = files_fingerprint(tmp_path)
    (tmp_path / "rules.cpython-311.pyc").write_bytes(b"compiled")
    (tmp_path / f"rules{EXTENSION_SUFFIXES[0]}").write_bytes(b"compiled")
    assert files_fingerprint(tmp_path) == before
    words.write_text("may could")
    assert files_fingerprint(tmp_path) != before


def test_the_place_of_a_file_does_not_matter():
    """Moving a folder of articles costs no second reading."""
    moved = example_article().model_copy(update={"source": "elsewhere/dock-strike.txt"})
    assert brief_key(moved, {"model": "m"}) == KEY


def test_a_damaged_file_is_begun_anew(tmp_path):
    """It holds nothing that can't be made again."""
    path = tmp_path / FILE_NAME
    path.write_bytes(b"no database at all, " * 400)
    with BriefStore(path) as store:
        assert store.briefs([KEY]) == {}
        store.save({KEY: example_brief()})
        assert store.briefs([KEY]) == {KEY: example_brief()}
    assert path.stat().st_mode & 0o077 == 0 or os.name == "nt"


def test_a_damaged_brief_is_as_good_as_none(tmp_path):
    """Bytes that have changed on the disk must not come back as a brief."""
    with BriefStore(tmp_path / FILE_NAME) as store:
        store.save({KEY: example_brief()})
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        (packed,) = connection.execute("SELECT brief FROM briefs").fetchone()
        torn = packed[:40] + bytes([packed[40] ^ 1]) + packed[41:]
        connection.execute("UPDATE briefs SET brief = ?", (torn,))
    connection.close()
    with BriefStore(tmp_path / FILE_NAME) as store:
        assert store.briefs([KEY]) == {}


def test_a_folder_that_cannot_be_used_costs_only_time(tmp_path):
    """The cache is no reason to fail: where its file can't be, the run goes on without one."""
    (tmp_path / FILE_NAME).mkdir()
    with FaultServer() as server:
        run = run_or_recall(stories(2), options_for(server.url, tmp_path), {})
        again = run_or_recall(stories(2), options_for(server.url, tmp_path), {})
    assert len(briefs(run)) == len(briefs(again)) == 2


def test_the_oldest_briefs_are_forgotten(tmp_path):
    """A year of daily runs must not fill the disk."""
    kept = brief_store.KEEP_BRIEFS
    with BriefStore(tmp_path / FILE_NAME) as store:
        store.save({KEY: example_brief()})
        with sqlite3.connect(tmp_path / FILE_NAME) as connection:
            connection.execute("INSERT INTO briefs (id, key, brief) VALUES (?, 'newer', x'')", (kept + 1,))
        connection.close()
        store.save({"newest": example_brief()})
        assert set(store.briefs([KEY, "newest"])) == {"newest"}


def test_recalling_needs_nothing_of_what_asking_needs() -> None:
    """A second run waits for what it imports: no client, no prompt's schema, no merging."""
    program = (
        "import sys, summarizer.model_kept; print([name for name in sys.argv[1:] if name in sys.modules])"
    )
    unneeded = [
        "summarizer.model_run",
        "summarizer.llm.client",
        "summarizer.merging",
        "summarizer.text.numbers",
    ]
    ended = subprocess.run(
        [sys.executable, "-c", program, *unneeded], capture_output=True, text=True, check=True
    )
    assert ended.stdout == "[]\n"
