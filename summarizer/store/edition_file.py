"""The SQLite file of the ledger of editions: opened, checked, written in durable transactions.

Files in the briefing's folder: `editions.sqlite3` (and its write-ahead log), `editions.lock` (held by the run
that is at work), `editions.begun` (tells that a ledger was begun here: if the database is gone all the same,
nothing is sent). A file that is broken, missing, of a newer version or not writable is an error; it is never
replaced.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from summarizer.errors import LedgerProblem

FILE_NAME = "editions.sqlite3"
LOCK_NAME = "editions.lock"
MARK_NAME = "editions.begun"
#: Version of the tables below, in SQLite's own `user_version`. 0 is a new file.
TABLES_VERSION = 1
#: How long a write waits for another process's; each is one short transaction.
BUSY_TIMEOUT_S = 30.0
_ANEW = (
    "Restore it from a backup, or begin anew: move editions.sqlite3* and editions.begun away. "
    "Leave editions.journal, which knows what was sent: then no mail goes out a second time."
)

_TABLES = """
CREATE TABLE briefing (name TEXT PRIMARY KEY, begun TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE edition (
    id INTEGER PRIMARY KEY,
    briefing TEXT NOT NULL, day TEXT NOT NULL, revision INTEGER NOT NULL,
    planned TEXT NOT NULL, payload TEXT NOT NULL, sha TEXT NOT NULL,
    window_start TEXT, window_end TEXT NOT NULL, cutoff TEXT, covers TEXT NOT NULL,
    UNIQUE (briefing, day, revision)
);
CREATE TABLE delivery (
    edition INTEGER NOT NULL REFERENCES edition (id),
    recipient TEXT NOT NULL, address TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'sending', 'sent', 'failed', 'unknown')),
    text_begun INTEGER NOT NULL DEFAULT 0, token TEXT,
    message_sha TEXT, attempts INTEGER NOT NULL DEFAULT 0, changed TEXT NOT NULL, code INTEGER, reason TEXT,
    UNIQUE (edition, recipient)
);
CREATE INDEX delivery_token ON delivery (token);
CREATE TABLE event (
    at TEXT NOT NULL, edition INTEGER NOT NULL REFERENCES edition (id), recipient TEXT NOT NULL,
    state TEXT NOT NULL, code INTEGER, reason TEXT
);
CREATE TABLE missed (
    briefing TEXT NOT NULL, day TEXT NOT NULL, noticed TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (briefing, day)
) WITHOUT ROWID;
"""


class EditionFile:
    """The open file. `rows` reads, `transaction` writes all or nothing.

    Raises:
        LedgerProblem: by every method, when SQLite or the system says no.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = str(path)
        self._connection = connection

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise problem(self.path, error) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A durable write: on the disk when the block is left, or not done at all."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # A full disk may have rolled it back already.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise problem(self.path, error) from error


def open_file(folder: Path, now: datetime, busy_timeout_s: float = BUSY_TIMEOUT_S) -> EditionFile:
    """Open the ledger in `folder`; begin one where there never was any.

    Raises:
        LedgerProblem: it can't be read or written, is broken, gone, or of a newer version.
    """
    path, mark = folder / FILE_NAME, folder / MARK_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if mark.exists() and not (path.exists() and path.stat().st_size):
            begun = mark.read_text(encoding="utf-8").strip()
            raise LedgerProblem(str(path), f"the ledger that was begun on {begun} is gone", _ANEW)
        connection = _connect(path, busy_timeout_s)
        if not mark.exists():
            mark.write_text(now.isoformat(timespec="seconds") + "\n", encoding="utf-8")
    except (OSError, sqlite3.Error) as error:
        raise problem(str(path), error) from error
    return EditionFile(path, connection)


def problem(path: str, error: Exception) -> LedgerProblem:
    """What an error of SQLite or of the system means for whoever runs the briefing."""
    if isinstance(error, OSError):
        return LedgerProblem(path, f"the ledger can't be used ({error})", "Check the folder's permissions.")
    if isinstance(error, sqlite3.OperationalError):
        if "locked" in str(error) or "busy" in str(error):
            way_out = "Close the program that holds it (a database browser, a backup) and run again."
            return LedgerProblem(path, f"another program keeps it locked ({error})", way_out)
        way_out = "Check the disk's space and the folder's permissions; nothing was lost."
        return LedgerProblem(path, f"the ledger can't be used ({error})", way_out)
    return LedgerProblem(path, f"the ledger is broken ({error})", _ANEW)


def _connect(path: Path, busy_timeout_s: float) -> sqlite3.Connection:
    """An open, checked connection with the tables in place; closed again when anything goes wrong."""
    connection = sqlite3.connect(path, timeout=busy_timeout_s, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > TABLES_VERSION:
            raise LedgerProblem(str(path), "it was written by a newer version", "Upgrade summarizer.")
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        # With NORMAL, a power cut may take the last commits of the write-ahead log: a claim, a mail sent.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # macOS: plain fsync doesn't reach the disk there
        if version < TABLES_VERSION:
            _make_tables(connection)
            path.chmod(0o600)  # addresses and editions may be confidential
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("database disk image is malformed")
        for table in ("briefing", "edition", "delivery", "event", "missed"):
            connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _make_tables(connection: sqlite3.Connection) -> None:
    """In one transaction, once, however many processes open a new file."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
            for statement in _TABLES.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {TABLES_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
