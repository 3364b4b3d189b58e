"""Take over from a broken SQLite file every row that can still be read.

SQLite reads a table through a tree of pages. One bad page costs its own rows only if the table is asked for
in pieces: a piece that can't be read is divided until what is left is the bad page. A file that is too short
is read as far as it goes. A first page that is gone (it holds the tables' names and places) is replaced by
that of a new file with the same tables: they were made in the same order, so they begin on the same pages.

Works on a copy; the broken file is not changed.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from summarizer.store.sqlite_files import COMPANIONS

Row = tuple[Any, ...]
#: A stretch of keys, the upper end exclusive.
Piece = tuple[int, int] | tuple[str, str]
Kind = Literal["id", "text"]

#: Questions that may fail for one table: enough for hundreds of bad pages, and an end where its root is gone.
_MOST_FAILURES = 6_000
_HIGHEST_ID = 2**40
_AFTER_ALL_TEXT = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Table:
    """A table, its key, and whether a row of it is one that we wrote."""

    name: str
    key: str
    kind: Kind
    columns: tuple[str, ...]
    is_sound: Callable[[Row], bool]


def rescued_rows(broken: Path, tables: Sequence[Table], empty: Path) -> dict[str, list[Row]]:
    """The readable, sound rows of each table; `empty` is a closed new file with the same tables.

    Raises:
        OSError: there is no room for a copy.
    """
    with tempfile.TemporaryDirectory(dir=broken.parent, prefix=f".{broken.name}.") as folder:
        copy = Path(folder) / broken.name
        for ending in ("", *COMPANIONS[:1]):
            part = broken.with_name(broken.name + ending)
            if part.exists():
                shutil.copyfile(part, copy.with_name(copy.name + ending))
        if not copy.stat().st_size or not _has_names(copy, tables):
            _graft_first_page(copy, empty)
        try:
            with closing(_opened(copy)) as connection:
                return {table.name: _rows(connection, table) for table in tables}
        except sqlite3.Error:
            return {table.name: [] for table in tables}


def _opened(copy: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(copy, isolation_level=None)
    # Without it SQLite refuses a file that is shorter than its first page says.
    connection.execute("PRAGMA writable_schema = ON")
    return connection


def _has_names(copy: Path, tables: Sequence[Table]) -> bool:
    """Whether the first page can be read and names all tables."""
    try:
        with closing(_opened(copy)) as connection:
            names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    except sqlite3.Error:
        return False
    return all(table.name in names for table in tables)


def _graft_first_page(copy: Path, empty: Path) -> None:
    with open(empty, "rb") as whole, open(copy, "r+b") as broken:
        head = bytearray(whole.read(100))
        size = int.from_bytes(head[16:18], "big")
        head += whole.read(size - 100)
        head[28:32] = bytes(4)  # number of pages: 0 means that the file's size tells
        head[32:40] = bytes(8)  # no list of free pages
        broken.write(head)


def _rows(connection: sqlite3.Connection, table: Table) -> list[Row]:
    found: dict[object, Row] = {}
    key_at = None if table.kind == "text" else table.columns.index(table.key)
    question = (
        f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE {table.key} >= ? AND {table.key} < ?"
    )

    def take(piece: Piece, order: str) -> bool:
        try:
            with closing(connection.execute(f"{question} ORDER BY {table.key} {order}", piece)) as rows:
                for row in rows:  # those before a bad page count, too
                    if table.is_sound(row):
                        found.setdefault(row if key_at is None else row[key_at], row)
        except sqlite3.Error:
            return False
        return True

    pieces: list[Piece] = [(0, _HIGHEST_ID) if table.kind == "id" else ("", _AFTER_ALL_TEXT)]
    failures = 0
    while pieces and failures < _MOST_FAILURES:
        piece = pieces.pop()
        # From the other end, too: a bad page in the middle hides what comes after it.
        if not take(piece, "ASC") and not take(piece, "DESC"):
            failures += 1
            pieces += _parts(piece)
    return list(found.values())


def _parts(piece: Piece) -> list[Piece]:
    """Smaller pieces of one that can't be read; none where it isn't worth while."""
    low, high = piece
    if isinstance(low, int) and isinstance(high, int):
        middle = (low + high) // 2
        return [(middle, high), (low, middle)] if middle > low else []
    return []
