"""SQLite files that may be broken: noticing it, setting them aside, and saying what can be done.

What the stores share. A file that a power cut or a bad disk has torn is moved out of the way, never deleted,
with its write-ahead log. Only one process at a time does that: two that notice at once would else move the
new file away.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from summarizer.errors import StoreProblem

#: A check reads the whole file, some 0.1 s at this size; faults in a larger one show when they are met.
CHECK_UP_TO_BYTES = 30_000_000
#: How long a process waits for another one that is mending the same file.
MENDING_TIMEOUT_S = 120.0
#: How many broken files are kept, the last place being used again and again.
KEPT_ASIDE = 10
#: A write-ahead log and its index belong to the file.
COMPANIONS = ("-wal", "-shm")

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
#: Result code -> what is wrong and the way out. Extended codes have the plain one in their low byte.
_CAUSES = {
    sqlite3.SQLITE_FULL: ("the disk is full", "Free some space, or set SUMMARIZER_HOME elsewhere."),
    sqlite3.SQLITE_READONLY: (
        "it can't be written",
        "Make the file and its folder writable, or set SUMMARIZER_HOME elsewhere.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "it can't be opened or made",
        "Make its folder writable, or set SUMMARIZER_HOME elsewhere.",
    ),
    sqlite3.SQLITE_BUSY: ("another process is writing to it", "Run again when that one is done."),
    sqlite3.SQLITE_IOERR: (
        "the disk fails, or a limit on file sizes is reached",
        "Check the disk and `ulimit -f`, or set SUMMARIZER_HOME elsewhere.",
    ),
    sqlite3.SQLITE_CORRUPT: ("it is damaged", "Run again: it is then set aside and made anew."),
    sqlite3.SQLITE_NOTADB: ("it is damaged", "Run again: it is then set aside and made anew."),
}


def store_problem(path: Path | str, error: Exception) -> StoreProblem:
    """What an error of SQLite or of the file system means to somebody who wants to go on."""
    code = getattr(error, "sqlite_errorcode", None)
    reason, way_out = _CAUSES.get(
        (code or 0) & 0xFF, ("it can't be used", "Set SUMMARIZER_HOME to a folder that can be written.")
    )
    return StoreProblem(str(path), f"{reason} ({error})", way_out)


def is_damage(error: Exception) -> bool:
    """Whether the file itself is broken, as against a full disk, a lock or a missing permission."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _DAMAGED


def may_be_damage(error: Exception) -> bool:
    """Damage, or what a file looks like while another process is just replacing it."""
    code = getattr(error, "sqlite_errorcode", None)
    return is_damage(error) or (code is not None and code & 0xFF == sqlite3.SQLITE_IOERR)


def check_whole(connection: sqlite3.Connection, path: Path, always: bool = False) -> None:
    """Read a small file once from end to end; `always`: a large one, too.

    Raises:
        sqlite3.DatabaseError: it is damaged; `is_damage` holds.
    """
    if not always and path.stat().st_size > CHECK_UP_TO_BYTES:
        return
    with closing(connection.execute("PRAGMA quick_check(1)")) as rows:
        (found,) = rows.fetchone()
    if found != "ok":
        raise damage(str(found).splitlines()[-1])


def damage(reason: str) -> sqlite3.DatabaseError:
    """An error as SQLite would raise it for a broken file."""
    error = sqlite3.DatabaseError(reason)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


@contextmanager
def mending(path: Path) -> Iterator[None]:
    """Be the only process that mends `path`; the lock dies with the process, its empty file stays."""
    lock = path.with_name(f"{path.name}.mending")
    with closing(sqlite3.connect(lock, timeout=MENDING_TIMEOUT_S, isolation_level=None)) as held:
        held.execute("BEGIN EXCLUSIVE")
        yield


def set_aside(path: Path) -> Path:
    """Move a broken file and its log out of the way. Returns its new name."""
    numbers = range(1, KEPT_ASIDE)
    free = (number for number in numbers if not path.with_suffix(f".broken-{number}").exists())
    aside = path.with_suffix(f".broken-{next(free, KEPT_ASIDE)}")
    for ending in ("", *COMPANIONS):
        part = path.with_name(path.name + ending)
        if part.exists():
            os.replace(part, aside.with_name(aside.name + ending))
    return aside
