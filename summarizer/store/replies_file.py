"""Opening the file of replies: its tables, its version, and what happens when it is damaged.

A damaged file is set aside, and what can still be read of it is taken over into a new one: replies were paid
for. What was lost is asked for again by the next run that needs it.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import zlib
from contextlib import closing, suppress
from pathlib import Path

from summarizer.errors import StoreProblem
from summarizer.store.rescue import Row, Table, rescued_rows
from summarizer.store.sqlite_files import (
    COMPANIONS,
    check_whole,
    damage,
    is_damage,
    may_be_damage,
    mending,
    set_aside,
    store_problem,
)

#: Seconds that a write waits for another process's.
BUSY_TIMEOUT_S = 30.0
#: In SQLite's `user_version`. 0: new, or from before there were checksums.
TABLES_VERSION = 1
MEMORY = ":memory:"

# Kept in this order: `rescue` counts on tables beginning on the same pages in every file. Rows as large as
# replies stay out of the inner pages of a table only where it has row numbers: without them one lost page
# made whole files unreadable.
_TABLES = """
CREATE TABLE IF NOT EXISTS replies (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, model TEXT NOT NULL, mode TEXT NOT NULL,
  article TEXT NOT NULL, purpose TEXT NOT NULL, prompt TEXT NOT NULL, completion TEXT NOT NULL,
  seconds REAL NOT NULL, saved REAL NOT NULL, crc INTEGER
);
CREATE TABLE IF NOT EXISTS attempts (
  id INTEGER PRIMARY KEY, run TEXT NOT NULL, at REAL NOT NULL, key TEXT NOT NULL, article TEXT NOT NULL,
  purpose TEXT NOT NULL, prompt TEXT NOT NULL, model TEXT NOT NULL, endpoint TEXT NOT NULL,
  mode TEXT NOT NULL, number INTEGER NOT NULL, outcome TEXT NOT NULL, status INTEGER,
  input INTEGER NOT NULL, output INTEGER NOT NULL, cached INTEGER NOT NULL, reasoning INTEGER NOT NULL,
  estimated INTEGER NOT NULL, usd REAL, seconds REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS attempts_by_run ON attempts (run);
CREATE TABLE IF NOT EXISTS endpoints (
  base_url TEXT NOT NULL, model TEXT NOT NULL, mode TEXT NOT NULL, context_tokens INTEGER,
  seen REAL NOT NULL, PRIMARY KEY (base_url, model)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS batches (
  mark TEXT PRIMARY KEY, batch TEXT NOT NULL, saved REAL NOT NULL
) WITHOUT ROWID;
"""
_COLUMNS = {
    "replies": (
        "id", "key", "model", "mode", "article", "purpose", "prompt", "completion", "seconds", "saved", "crc",
    ),
    "attempts": (
        "id", "run", "at", "key", "article", "purpose", "prompt", "model", "endpoint", "mode", "number",
        "outcome", "status", "input", "output", "cached", "reasoning", "estimated", "usd", "seconds",
    ),
    "endpoints": ("base_url", "model", "mode", "context_tokens", "seen"),
    "batches": ("mark", "batch", "saved"),
}  # fmt: skip

_log = logging.getLogger(__name__)


def open_replies(path: Path | str) -> sqlite3.Connection:
    """An open, checked connection with the tables in place; a damaged file is mended first, and logged.

    Raises:
        StoreProblem: it can't be used: no permission, disk full, a newer version's file.
    """
    file = Path(path)
    try:
        if str(path) != MEMORY:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            return _connect(path)
        except sqlite3.DatabaseError as error:
            if not may_be_damage(error):
                raise
        with mending(file):
            return _connected_or_mended(file)
    except (OSError, sqlite3.Error) as error:
        raise store_problem(path, error) from error


def mark_damaged(path: Path | str) -> None:
    """Remember that damage was met, so that the next opening checks the whole file, however large."""
    with suppress(OSError):
        _mark(Path(path)).touch()


def checksum(completion: str) -> int:
    """What a stored completion is checked against: SQLite has no checksums, and disks err."""
    return zlib.crc32(completion.encode())


def _mark(path: Path) -> Path:
    return path.with_name(f"{path.name}.damaged")


def _connect(path: Path | str) -> sqlite3.Connection:
    """Closed again when anything goes wrong."""
    file = None if str(path) == MEMORY else Path(path)
    if file is not None and _lost_its_pages(file):
        raise damage("the file is empty, but its log is not")
    # One connection, used from the event loop's thread only; autocommit: each statement is durable.
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > TABLES_VERSION:
            way_out = "Upgrade, or set SUMMARIZER_HOME elsewhere."
            raise StoreProblem(str(path), "it was written by a newer version", way_out)
        connection.execute("PRAGMA journal_mode=WAL").fetchone()
        connection.execute("PRAGMA synchronous=NORMAL")
        if version < TABLES_VERSION:
            _make_tables(connection)
        if file is not None:
            if version < TABLES_VERSION:
                file.chmod(0o600)  # replies quote articles, which may be confidential drafts
            check_whole(connection, file, always=_mark(file).exists())
    except BaseException:
        connection.close()
        raise
    return connection


def _lost_its_pages(file: Path) -> bool:
    """SQLite would take it for a new file and throw the log away."""
    log = file.with_name(file.name + COMPANIONS[0])
    return file.exists() and file.stat().st_size == 0 and log.exists() and log.stat().st_size > 0


def _make_tables(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(replies)")]
        is_older = bool(columns) and "crc" not in columns
        if is_older:
            connection.execute("ALTER TABLE replies RENAME TO older_replies")
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        if is_older:
            named = ", ".join(columns)
            connection.execute(f"INSERT INTO replies ({named}) SELECT {named} FROM older_replies")
            connection.execute("DROP TABLE older_replies")
        connection.execute(f"PRAGMA user_version = {TABLES_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _connected_or_mended(path: Path) -> sqlite3.Connection:
    try:
        return _connect(path)  # another process was first
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        why = str(error)
    new = path.with_name(f"{path.name}.new")
    for ending in ("", *COMPANIONS):
        new.with_name(new.name + ending).unlink(missing_ok=True)
    _connect(new).close()
    rows = rescued_rows(path, _tables(), new)
    with closing(_connect(new)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for name, found in rows.items():
            marks = ", ".join("?" * len(_COLUMNS[name]))
            columns = ", ".join(_COLUMNS[name])
            connection.executemany(f"INSERT OR IGNORE INTO {name} ({columns}) VALUES ({marks})", found)
        connection.execute("COMMIT")
    aside = set_aside(path)
    os.replace(new, path)
    _mark(path).unlink(missing_ok=True)
    _log.warning(
        "%s was damaged (%s). %d replies and %d rows of its ledger could be read and are in a new file; what "
        "is missing will be asked for again. The old file is %s.",
        path, why, len(rows["replies"]), len(rows["attempts"]), aside.name,
    )  # fmt: skip
    return _connect(path)


def _tables() -> tuple[Table, ...]:
    return (
        Table("replies", "id", "id", _COLUMNS["replies"], _is_reply),
        Table("attempts", "id", "id", _COLUMNS["attempts"], _is_attempt),
        Table("endpoints", "base_url", "text", _COLUMNS["endpoints"], _is_told),
        Table("batches", "mark", "text", _COLUMNS["batches"], _is_told),
    )


def _is_reply(row: Row) -> bool:
    completion, crc = row[7], row[10]
    if not all(isinstance(part, str) for part in row[1:8]) or crc not in (None, checksum(completion)):
        return False
    try:
        return isinstance(json.loads(completion), dict)
    except ValueError:
        return False


def _is_attempt(row: Row) -> bool:
    return all(isinstance(part, str) for part in (row[1], *row[3:10], row[11])) and all(
        isinstance(part, int) for part in row[13:18]
    )


def _is_told(row: Row) -> bool:
    return isinstance(row[0], str) and isinstance(row[1], str)
