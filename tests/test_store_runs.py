"""Past runs can be looked up, and a broken or missing store never costs a run."""

from __future__ import annotations

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from rendering_samples import articles, story

from summarizer.errors import StoreProblem
from summarizer.records.brief import Brief
from summarizer.records.example_documents import example_documents
from summarizer.records.examples import example_brief
from summarizer.records.packed import unpack_record
from summarizer.records.stories import StoryCollection
from summarizer.store.runs import FILE_NAME, KEEP_RUNS, Run, open_store
from summarizer.store.spool import spooled

DOCUMENTS = example_documents()


def a_run(saved_at: str = "2025-02-24T10:00:00+00:00") -> Run:
    """A digest run of the sample story."""
    return Run("digest", saved_at, tuple(articles().values()), (example_brief(),), story())


def test_a_run_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    """`show` must show what the reader saw, not something near it."""
    with open_store(tmp_path / "home").store as store:
        assert store.last_run() is None
        store.save(a_run())
    with open_store(tmp_path / "home").store as store:
        assert store.last_run() == a_run()


def test_briefs_may_be_fewer_than_articles_but_not_out_of_order(tmp_path: Path) -> None:
    """An article that failed has none; one that nobody can place would be lost without a word."""
    first, *others = articles().values()
    brief = example_brief()
    assert brief.article.id == first.id
    with open_store(tmp_path).store as store:
        store.save(Run("brief", "now", (*others, first), spooled(Brief, [brief])))
        found = store.last_run()
        assert found is not None
        assert found.briefs == (brief,)
        with pytest.raises(ValueError, match="out of order"):
            store.save(Run("brief", "now", tuple(others), (brief,)))
        assert store.last_run() == found


def test_the_newest_run_counts_and_old_ones_are_dropped(tmp_path: Path) -> None:
    """The store is a memory aid; it must not grow for ever."""
    with open_store(tmp_path).store as store:
        for number in range(KEEP_RUNS + 5):
            store.save(a_run(f"run {number}"))
        last = store.last_run()
        assert last is not None
        assert last.saved_at == f"run {KEEP_RUNS + 4}"
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        assert connection.execute("SELECT count(*) FROM run").fetchone() == (KEEP_RUNS,)
        assert connection.execute("SELECT count(*) FROM article").fetchone() == (2,)
    connection.close()


def test_articles_are_found_by_id_newest_last(tmp_path: Path) -> None:
    """One file name may have held several texts; a quote is checked against any of them."""
    first = articles()["dock-strike"]
    second = first.model_copy(update={"text": "Another text."})
    with open_store(tmp_path).store as store:
        for one in (first, second):
            store.save(Run("brief", "now", (one,), ()))
        assert [one.text for one in store.articles_called("dock-strike")] == [first.text, "Another text."]
        assert store.articles_called("nothing") == ()


@pytest.mark.parametrize("garbage", [b"this is no database" * 200, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_broken_store_is_set_aside_and_begun_anew(tmp_path: Path, garbage: bytes) -> None:
    """A torn file after a power cut must not stop tomorrow's digest; nothing is deleted."""
    (tmp_path / FILE_NAME).write_bytes(garbage)
    opened = open_store(tmp_path)
    with opened.store as store:
        store.save(a_run())
        assert store.last_run() == a_run()
    assert opened.notice is not None
    assert "broken" in opened.notice
    (aside,) = tmp_path.glob("*.broken-*")
    assert aside.read_bytes() == garbage


def test_a_store_torn_in_the_middle_is_noticed(tmp_path: Path) -> None:
    """Half a page of zeros reads as an empty store unless it is checked."""
    with open_store(tmp_path).store as store:
        store.save(a_run())
    path = tmp_path / FILE_NAME
    content = bytearray(path.read_bytes())
    content[4096 : len(content) - 100] = b"\x7f" * (len(content) - 100 - 4096)
    path.write_bytes(content)
    opened = open_store(tmp_path)
    with opened.store as store:
        assert opened.notice is not None
        assert store.last_run() is None


def test_a_home_that_is_a_file_is_a_store_problem(tmp_path: Path) -> None:
    """The caller warns and goes on; the message says where and what to do."""
    (tmp_path / "home").write_text("")
    with pytest.raises(StoreProblem, match="SUMMARIZER_HOME"):
        open_store(tmp_path / "home")


def test_a_newer_store_is_left_alone(tmp_path: Path) -> None:
    """An older program must not destroy what a newer one wrote."""
    with open_store(tmp_path).store as store:
        store.save(a_run())
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreProblem, match="newer version"):
        open_store(tmp_path)


def test_runs_at_the_same_time_all_get_saved(tmp_path: Path) -> None:
    """Two scheduled digests may end in the same second."""

    def save(number: int) -> None:
        with open_store(tmp_path).store as store:
            store.save(a_run(f"run {number}"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(save, range(12)))
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    assert connection.execute("SELECT count(*) FROM run").fetchone() == (12,)
    connection.close()


def test_only_the_user_may_read_the_store(tmp_path: Path) -> None:
    """Articles may be confidential drafts."""
    with open_store(tmp_path / "home").store:
        pass
    assert stat.S_IMODE((tmp_path / "home" / FILE_NAME).stat().st_mode) == 0o600


def test_stories_are_kept_one_by_one_and_those_of_an_older_file_are_found(tmp_path: Path) -> None:
    """An upgrade must not lose what `show` was about to show."""
    stories = DOCUMENTS["stories/1"]
    assert isinstance(stories, StoryCollection)
    run = replace(a_run(), digest=None, stories=stories)
    with open_store(tmp_path).store as store:
        store.save(run)
        assert store.last_run() == run
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as older, older:
        assert older.execute("SELECT count(*) FROM run_story").fetchone() == (len(stories.all_stories),)
        older.execute("UPDATE run SET digest = ?", (stories.to_json(),))
        older.execute("DROP TABLE run_story")
        older.execute("PRAGMA user_version = 1")
    with open_store(tmp_path).store as store:
        assert store.last_run() == run
        store.save(replace(run, saved_at="later"))
        assert store.last_run() == replace(run, saved_at="later")


def test_briefs_are_packed_and_those_of_an_older_file_are_found_as_text(tmp_path: Path) -> None:
    """A run of a thousand articles took 17 MB of the home folder, and an upgrade loses none of it."""
    with open_store(tmp_path).store as store:
        store.save(a_run())
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as kept, kept:
        (packed,) = kept.execute("SELECT brief FROM run_article WHERE brief IS NOT NULL").fetchone()
        assert unpack_record(Brief, packed, "the store") == example_brief()
        kept.execute("UPDATE run_article SET brief = ? WHERE brief IS NOT NULL", (example_brief().to_json(),))
        kept.execute("PRAGMA user_version = 2")
    with open_store(tmp_path).store as store:
        assert store.last_run() == a_run()


def test_a_packed_brief_that_has_changed_is_told_of(tmp_path: Path) -> None:
    """Its checksum says so: nothing half right is shown."""
    with open_store(tmp_path).store as store:
        store.save(a_run())
        with closing(sqlite3.connect(tmp_path / FILE_NAME)) as kept, kept:
            (packed,) = kept.execute("SELECT brief FROM run_article WHERE brief IS NOT NULL").fetchone()
            changed = packed[:-1] + bytes([packed[-1] ^ 1])
            kept.execute("UPDATE run_article SET brief = ? WHERE brief IS NOT NULL", (changed,))
        with pytest.raises(StoreProblem, match="can't be used"):
            store.last_run()


def test_stories_of_runs_that_are_dropped_go_with_them(tmp_path: Path) -> None:
    """They are the greater part of the file."""
    stories = DOCUMENTS["stories/1"]
    assert isinstance(stories, StoryCollection)
    with open_store(tmp_path).store as store:
        for number in range(KEEP_RUNS + 3):
            store.save(replace(a_run(f"run {number}"), digest=None, stories=stories))
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as kept:
        (count,) = kept.execute("SELECT count(*) FROM run_story").fetchone()
    assert count == KEEP_RUNS * len(stories.all_stories)
