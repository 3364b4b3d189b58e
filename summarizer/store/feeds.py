"""What a briefing remembers of its feeds: validators, the last items, and what sent editions have covered.

One SQLite file in the briefing's folder. Two things would else lose news: a feed that answers "not modified"
to the run after a crash (its last items are kept here), and an item that was fetched for an edition that
never left (only `mark_sent` counts it as told). A broken file is set aside and begun anew: the worst that
follows is that something is told twice, which stories and deltas then fold.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import TypeAdapter

from summarizer.records.collection import FeedItem
from summarizer.store.sqlite_files import check_whole, is_damage, mending, set_aside, store_problem

FILE_NAME = "feeds.sqlite3"
_TIMEOUT_S = 30.0
#: Keys of SQLite's variables in one statement.
_AT_ONCE = 500
_ITEMS: TypeAdapter[tuple[FeedItem, ...]] = TypeAdapter(tuple[FeedItem, ...])
_TABLES = """
CREATE TABLE IF NOT EXISTS feed (
    url TEXT PRIMARY KEY, etag TEXT, modified TEXT, title TEXT, fetched TEXT NOT NULL, items TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS covered (
    key TEXT PRIMARY KEY, edition TEXT NOT NULL, sent TEXT NOT NULL
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class KnownFeed:
    """A feed as it was fetched last."""

    etag: str | None
    modified: str | None
    title: str | None
    items: tuple[FeedItem, ...]


class FeedMemory:
    """The file in `folder`, which is made if it isn't there. Use as a context manager, or `close`.

    `notice` says in a line that a broken file was set aside, "" where none was.

    Raises:
        StoreProblem: it can't be opened, read or written.
    """

    def __init__(self, folder: Path) -> None:
        self.notice = ""
        self.path = folder / FILE_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._db = self._opened()
        except (sqlite3.Error, OSError) as error:
            raise store_problem(self.path, error) from error

    def _opened(self) -> sqlite3.Connection:
        try:
            return self._connect()
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
        with mending(self.path):
            with suppress(sqlite3.DatabaseError):
                return self._connect()  # another process has mended it
            aside = set_aside(self.path)
            damaged = f"{self.path} was damaged and is begun anew (the old one: {aside.name})"
            self.notice = f"{damaged}; some items may be told twice."
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            check_whole(connection, self.path)
            connection.executescript(_TABLES)
        except BaseException:
            connection.close()
            raise
        return connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def feed(self, url: str) -> KnownFeed | None:
        """The feed as it was fetched last, or None."""
        try:
            row = self._db.execute(
                "SELECT etag, modified, title, items FROM feed WHERE url = ?", (url,)
            ).fetchone()
        except sqlite3.Error as error:
            raise store_problem(self.path, error) from error
        if row is None:
            return None
        etag, modified, title, items = row
        try:
            return KnownFeed(etag, modified, title, _ITEMS.validate_json(items))
        except ValueError:  # of another version of this package: it is fetched anew
            return None

    def save_feed(self, url: str, feed: KnownFeed, fetched: datetime) -> None:
        """Keep a feed that was fetched, in place of what was known of it."""
        items = _ITEMS.dump_json(feed.items).decode()
        self._write(
            "INSERT OR REPLACE INTO feed VALUES (?, ?, ?, ?, ?, ?)",
            [(url, feed.etag, feed.modified, feed.title, fetched.isoformat(), items)],
        )

    def covered(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of `keys` that a sent edition has covered."""
        wanted = list(dict.fromkeys(keys))
        found: set[str] = set()
        try:
            for at in range(0, len(wanted), _AT_ONCE):
                part = wanted[at : at + _AT_ONCE]
                marks = ",".join("?" * len(part))
                found.update(
                    key
                    for (key,) in self._db.execute(f"SELECT key FROM covered WHERE key IN ({marks})", part)
                )
        except sqlite3.Error as error:
            raise store_problem(self.path, error) from error
        return frozenset(found)

    def mark_sent(self, edition: str, keys: Iterable[str], sent: datetime) -> None:
        """Note that `edition` was sent and covered the items of these keys. The first edition stays."""
        rows = [(key, edition, sent.isoformat()) for key in dict.fromkeys(keys)]
        self._write("INSERT OR IGNORE INTO covered VALUES (?, ?, ?)", rows)

    def _write(self, statement: str, rows: Sequence[tuple[str | None, ...]]) -> None:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._db.executemany(statement, rows)
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise store_problem(self.path, error) from error
