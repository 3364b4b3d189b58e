"""Torn, zeroed and foreign files of replies: noticed, set aside, and every readable reply taken over."""

from __future__ import annotations

import json
import logging
import random
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from faults_server import FaultServer
from test_model_pipeline import briefs, options_for, stories

from summarizer.errors import StoreProblem
from summarizer.model_run import run_with_model
from summarizer.store import sqlite_files
from summarizer.store.replies import Attempt, ReplyStore, SavedReply

PAGE = 4096
#: Replies of some thousand characters, so that the table has many pages, of every kind.
COUNT = 120


def key(number: int) -> str:
    return sha256(b"%d" % number).hexdigest()


def reply(number: int) -> SavedReply:
    text = random.Random(number).choice("abc") * (number * 37 % 6_000)
    completion = {"choices": [{"message": {"content": f"{number} {text}"}}]}
    return SavedReply(key(number), "m", "json", f"story-{number}", "extract", "p.v1", completion, 0.5)


def attempt(number: int) -> Attempt:
    return Attempt(
        key(number), f"story-{number}", "extract", "p.v1", "m", "http://x", "json", 1, "ok", 200, 100, 10, 0,
        0, False, 0.25, 0.5,
    )  # fmt: skip


def filled(path: Path, count: int = COUNT) -> bytes:
    """A closed store with replies and a ledger; its bytes."""
    with ReplyStore(path, "first") as store:
        for number in range(count):
            store.save_reply(reply(number))
            store.record(attempt(number))
        store.remember_endpoint("http://x", "m", "json", 8192)
        store.remember_endpoint("http://x", "n", "tools", None)
        store.save_batch("0" * 64, "batch-1")
    return path.read_bytes()


def zero_pages(*numbers: int) -> Callable[[bytes], bytes]:
    def damaged(content: bytes) -> bytes:
        torn = bytearray(content)
        for number in numbers:
            torn[number * PAGE : (number + 1) * PAGE] = bytes(PAGE)
        return bytes(torn)

    return damaged


def junk_page(number: int) -> Callable[[bytes], bytes]:
    junk = random.Random(1).randbytes(PAGE)
    return lambda content: content[: number * PAGE] + junk + content[(number + 1) * PAGE :]


@pytest.mark.parametrize(
    ("damage", "least"),
    [
        pytest.param(zero_pages(0), COUNT, id="the first page is zeros"),
        pytest.param(lambda content: b"\xff" * 100 + content[100:], COUNT, id="the header is junk"),
        pytest.param(zero_pages(20, 21), COUNT - 8, id="two pages in the middle are zeros"),
        pytest.param(junk_page(30), COUNT - 8, id="a page in the middle is junk"),
        pytest.param(lambda content: content[: len(content) // 2], COUNT // 3, id="cut in half"),
        pytest.param(lambda content: content[: -2 * PAGE], COUNT - 8, id="cut at the end"),
        pytest.param(lambda content: bytes(len(content)), 0, id="all zeros"),
        pytest.param(lambda content: b"no database, but long enough to be one" * 100, 0, id="another file"),
    ],
)
def test_a_damaged_store_is_kept_and_what_is_readable_taken_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: Callable[[bytes], bytes], least: int
) -> None:
    """Every reply was paid for; a power cut must not make anybody pay for all of them again."""
    path = tmp_path / "replies.sqlite3"
    torn = damage(filled(path))
    path.write_bytes(torn)
    with ReplyStore(path) as store:
        there = [number for number in range(COUNT) if store.reply(key(number)) is not None]
        assert len(there) >= least
        assert all(store.reply(key(number)) == reply(number) for number in there)
        if least == COUNT:
            assert store.totals("first").usd == pytest.approx(COUNT * 0.25)
            assert store.known_endpoint("http://x", "n") is not None
            assert store.batch("0" * 64) == "batch-1"
        store.save_reply(reply(COUNT))  # it goes on as any store does
    (aside,) = tmp_path.glob("replies.broken-*")
    assert aside.read_bytes() == torn
    left = {aside.name, path.name, "replies.sqlite3.mending"}
    assert {one.name for one in tmp_path.iterdir()} == left
    (warning,) = caplog.records
    assert f"{len(there)} replies" in warning.getMessage()
    assert aside.name in warning.getMessage()
    with ReplyStore(path) as store:
        assert store.reply(key(COUNT)) == reply(COUNT)
    assert len(caplog.records) == 1  # the new file is sound


def test_only_what_was_lost_is_asked_again(tmp_path: Path) -> None:
    """The bill of a broken disk is the lost pages, not the whole archive."""
    with FaultServer() as server:
        first = run_with_model(stories(60), options_for(server.url, tmp_path), {})
        path = tmp_path / "replies.sqlite3"
        path.write_bytes(zero_pages(5, 11)(path.read_bytes()))
        again = run_with_model(stories(60), options_for(server.url, tmp_path), {})
    assert briefs(again) == briefs(first)
    assert 60 < len(server.requests) < 75


def test_a_file_that_lost_its_pages_but_not_its_log_is_kept(tmp_path: Path) -> None:
    """SQLite itself would take the empty file for a new one and delete the log."""
    path = tmp_path / "replies.sqlite3"
    store = ReplyStore(path)
    for number in range(5):
        store.save_reply(reply(number))
    log = (tmp_path / "replies.sqlite3-wal").read_bytes()
    store.close()
    path.write_bytes(b"")
    (tmp_path / "replies.sqlite3-wal").write_bytes(log)
    with ReplyStore(path) as store:
        assert [store.reply(key(number)) for number in range(5)] == [reply(number) for number in range(5)]
    assert (tmp_path / "replies.broken-1-wal").read_bytes() == log


def test_a_reply_that_the_disk_changed_is_put_away_and_asked_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """SQLite has no checksums: a flipped bit inside a reply is a quote that nobody said."""
    path = tmp_path / "replies.sqlite3"
    content = filled(path, 3)
    assert content.count(b'"content":"2 ') == 1
    path.write_bytes(content.replace(b'"content":"2 ', b'"content":"7 '))
    with ReplyStore(path) as store:
        assert store.reply(key(2)) is None
        assert "story-2 was damaged" in caplog.text
        store.save_reply(reply(2))
        assert store.reply(key(2)) == reply(2)
        assert store.reply(key(1)) == reply(1)
    connection = sqlite3.connect(path)
    (kept,) = connection.execute("SELECT completion FROM replies WHERE key LIKE 'damaged:%'").fetchone()
    connection.close()
    assert '"content":"7 ' in kept


def test_damage_met_in_a_large_file_is_mended_at_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of gigabytes isn't read from end to end each time; damage in it must not be met for ever."""
    monkeypatch.setattr(sqlite_files, "CHECK_UP_TO_BYTES", 1000)
    path = tmp_path / "replies.sqlite3"
    path.write_bytes(zero_pages(*range(10, 30))(filled(path)))
    with ReplyStore(path) as store, pytest.raises(StoreProblem, match=r"damaged.*Run again"):
        [store.reply(key(number)) for number in range(COUNT)]
    with ReplyStore(path) as store:
        assert sum(store.reply(key(number)) is not None for number in range(COUNT)) > COUNT // 2
    assert [one.name for one in tmp_path.glob("*.damaged")] == []


def test_processes_that_notice_at_once_mend_it_once(tmp_path: Path) -> None:
    """The second must not set aside what the first has just saved."""
    path = tmp_path / "replies.sqlite3"
    path.write_bytes(zero_pages(0)(filled(path)))

    def count(_: int) -> int:
        with ReplyStore(path) as store:
            return len(store.has_replies(map(key, range(COUNT))))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(count, range(8))) == [COUNT] * 8
    assert len(list(tmp_path.glob("replies.broken-*"))) == 1


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    """An older program must not throw away what a newer one paid for."""
    path = tmp_path / "replies.sqlite3"
    filled(path, 3)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreProblem, match="newer version"):
        ReplyStore(path)
    assert path.read_bytes() == before


def test_a_store_from_before_checksums_is_read_on(tmp_path: Path) -> None:
    """An update must not cost the replies of last year."""
    path = tmp_path / "replies.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute(
        "CREATE TABLE replies (key TEXT PRIMARY KEY, model TEXT NOT NULL, mode TEXT NOT NULL, "
        "article TEXT NOT NULL, purpose TEXT NOT NULL, prompt TEXT NOT NULL, completion TEXT NOT NULL, "
        "seconds REAL NOT NULL, saved REAL NOT NULL) WITHOUT ROWID"
    )
    old = reply(7)
    connection.execute(
        "INSERT INTO replies VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
        (old.key, old.model, old.mode, old.article, old.purpose, old.prompt, json.dumps(old.completion), 0.5),
    )
    connection.commit()
    connection.close()
    with ReplyStore(path) as store:
        assert store.reply(key(7)) == old
        store.save_reply(reply(8))
    with ReplyStore(path) as store:
        assert store.reply(key(8)) == reply(8)


def test_lost_briefs_are_made_again_of_raw_replies(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Briefs and digests are only the reading of replies: with these, everything else can be made again."""
    caplog.set_level(logging.WARNING)
    with FaultServer() as server:
        first = run_with_model(stories(5), options_for(server.url, tmp_path), {})
        for path in tmp_path.glob("runs.*"):
            path.unlink()
        again = run_with_model(stories(5), options_for(server.url, tmp_path), {})
        assert len(server.requests) == 5
    assert briefs(again) == briefs(first)
    assert caplog.records == []
