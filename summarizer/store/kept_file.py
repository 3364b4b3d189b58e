"""What was made before, in an SQLite file: a cache, and nothing but time is lost with it.

One table a kind of thing, bytes under the key of everything that made them; the newest are kept. A damaged
file is thrown away and begun anew; there is nothing in it that can't be made again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

from summarizer.errors import StoreProblem
from summarizer.store.sqlite_files import COMPANIONS, may_be_damage, store_problem

Kept = TypeVar("Kept")

FILE_NAME = "briefs.sqlite3"
#: A cache is not worth waiting for.
BUSY_TIMEOUT_S = 1.0


class KeptFile:
    """A table of the file: `name` in plural, its column in singular. Use as a context manager.

    Raises:
        StoreProblem: by every method, when the file can't be read or written.
    """

    def __init__(self, path: Path, name: str, keep: int) -> None:
        self._path, self._keep = path, keep
        column = name.removesuffix("s")
        self._find = f"SELECT {column} FROM {name} WHERE key = ?"
        self._put = f"INSERT OR REPLACE INTO {name} (key, {column}) VALUES (?, ?)"
        self._forget = f"DELETE FROM {name} WHERE id <= (SELECT max(id) FROM {name}) - ?"
        table = f"{name} (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, {column} BLOB NOT NULL)"
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                self._db = _opened(path, table)
            except sqlite3.DatabaseError as error:
                if not may_be_damage(error):
                    raise
                for ending in ("", *COMPANIONS):
                    path.with_name(path.name + ending).unlink(missing_ok=True)
                self._db = _opened(path, table)
        except (OSError, sqlite3.Error) as error:
            raise store_problem(path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def find(self, key: str) -> bytes | None:
        """What lies under a key, or None."""
        try:
            with closing(self._db.execute(self._find, (key,))) as rows:
                row: tuple[bytes] | None = rows.fetchone()
        except sqlite3.Error as error:
            raise store_problem(self._path, error) from error
        return row and row[0]

    def put(self, kept: Iterable[tuple[str, bytes]]) -> None:
        """Keep things under their keys, and forget the oldest. All or nothing."""
        try:
            with self._db as transaction:
                transaction.executemany(self._put, kept)
                transaction.execute(self._forget, (self._keep,))
        except sqlite3.Error as error:
            raise store_problem(self._path, error) from error


class Batches(Generic[Kept]):
    """What is new, written some at a time by `save`. What can't be written is let go: it is a cache."""

    def __init__(self, save: Callable[[Mapping[str, Kept]], None], at_once: int) -> None:
        self._save, self._at_once = save, at_once
        self._new: dict[str, Kept] = {}

    def keep(self, key: str, thing: Kept) -> None:
        """One more."""
        self._new[key] = thing
        if len(self._new) >= self._at_once:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        with suppress(StoreProblem):
            if self._new:
                self._save(self._new)
        self._new.clear()


def _opened(path: Path, table: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S)
    try:
        connection.execute("PRAGMA journal_mode=WAL").fetchone()
        connection.execute("PRAGMA synchronous=NORMAL")
        with connection:
            connection.execute(f"CREATE TABLE IF NOT EXISTS {table}")
        path.chmod(0o600)  # briefs quote articles, which may be confidential drafts
    except BaseException:
        connection.close()
        raise
    return connection
