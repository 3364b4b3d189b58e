"""Briefs that were made before, in one SQLite file: a cache, and nothing but time is lost with it.

Saved replies spare a second run the calls; this spares it reading, grounding and repairing them again. A
brief is found only under everything that made it: the article whole, the model with its options, and a hash
of this program's own files and of the libraries that shape what it makes. A change to a rule, a word list, a
prompt or a schema leaves what was made before unfound.

The newest `KEEP_BRIEFS` are kept. A damaged file is thrown away and begun anew; there is nothing in it that
can't be made again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
import zlib
from collections.abc import Iterable, Mapping
from contextlib import closing
from functools import cache
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from summarizer.errors import SchemaViolation
from summarizer.prompts import prompts_folder
from summarizer.records.article import Article
from summarizer.records.brief import Brief
from summarizer.records.packed import pack_record, unpack_record
from summarizer.store.sqlite_files import COMPANIONS, may_be_damage, store_problem

FILE_NAME = "briefs.sqlite3"
#: Packed, 20,000 briefs of ordinary articles take some 100 MB.
KEEP_BRIEFS = 20_000
#: A cache is not worth waiting for.
BUSY_TIMEOUT_S = 1.0
#: Libraries whose version can change a brief. What isn't installed doesn't matter.
_SHAPING_LIBRARIES = ("instructor", "json_repair", "openai", "pydantic", "pydantic_core", "rapidfuzz")

_TABLES = """
CREATE TABLE IF NOT EXISTS briefs (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, brief BLOB NOT NULL
)
"""


class BriefStore:
    """The file. Use as a context manager.

    Raises:
        StoreProblem: by every method, when the file can't be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                self._db = _opened(path)
            except sqlite3.DatabaseError as error:
                if not may_be_damage(error):
                    raise
                for ending in ("", *COMPANIONS):
                    path.with_name(path.name + ending).unlink(missing_ok=True)
                self._db = _opened(path)
        except (OSError, sqlite3.Error) as error:
            raise store_problem(path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def briefs(self, keys: Iterable[str]) -> dict[str, Brief]:
        """The briefs that are there, by key. What can't be read any more is as good as not there."""
        found: dict[str, Brief] = {}
        for key in keys:
            for (packed,) in self._all("SELECT brief FROM briefs WHERE key = ?", (key,)):
                brief = _unpacked(packed)
                if brief is not None:
                    found[key] = brief
        return found

    def save(self, briefs: Mapping[str, Brief]) -> None:
        """Keep briefs under their keys, and forget the oldest beyond `KEEP_BRIEFS`. All or nothing."""
        rows = [(key, pack_record(brief)) for key, brief in briefs.items()]
        try:
            with self._db as transaction:
                transaction.executemany("INSERT OR REPLACE INTO briefs (key, brief) VALUES (?, ?)", rows)
                transaction.execute(
                    "DELETE FROM briefs WHERE id <= (SELECT max(id) FROM briefs) - ?", (KEEP_BRIEFS,)
                )
        except sqlite3.Error as error:
            raise store_problem(self._path, error) from error

    def _all(self, statement: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        try:
            with closing(self._db.execute(statement, values)) as rows:
                return rows.fetchall()
        except sqlite3.Error as error:
            raise store_problem(self._path, error) from error


def brief_key(article: Article, made_by: Mapping[str, object]) -> str:
    """Everything that makes a brief what it is, hashed as one; `made_by` names the model and its options.

    Where the article was read from doesn't matter: no brief says it.
    """
    parts = {
        "program": program_fingerprint(),
        "article": article.model_dump_json(exclude={"source"}),
        "made_by": dict(made_by),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@cache
def program_fingerprint() -> str:
    """Hash of every file of this package and of its prompts, of Python and of the libraries that matter."""
    versions = [f"{library} {_version(library)}" for library in _SHAPING_LIBRARIES]
    files = files_fingerprint(Path(__file__).resolve().parent.parent, prompts_folder())
    return hashlib.sha256(repr((sys.version_info[:3], versions, files)).encode()).hexdigest()


def files_fingerprint(*folders: Path) -> str:
    """Hash of all files in folders, with their names, but for compiled ones."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "none"


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S)
    try:
        connection.execute("PRAGMA journal_mode=WAL").fetchone()
        connection.execute("PRAGMA synchronous=NORMAL")
        with connection:
            connection.execute(_TABLES)
        path.chmod(0o600)  # briefs quote articles, which may be confidential drafts
    except BaseException:
        connection.close()
        raise
    return connection


def _unpacked(packed: bytes) -> Brief | None:
    """The brief, or None where the bytes are none any more."""
    try:
        return unpack_record(Brief, packed, FILE_NAME)
    except (zlib.error, SchemaViolation):
        return None
