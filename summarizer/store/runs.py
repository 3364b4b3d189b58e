"""The store of past runs: articles, briefs and digests in one SQLite file (write-ahead log).

It exists so that `summarizer show C3` can find what the last run printed; losing it loses nothing that
can't be made again. So a broken file is set aside and a new one begun, and a folder that can't be written
costs the run nothing but a warning (both are told through `StoreProblem` and `Opened.notice`).
The clock is the caller's: `saved_at` is passed in.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from summarizer.errors import SchemaViolation, StoreProblem
from summarizer.records.article import Article
from summarizer.records.brief import Brief
from summarizer.records.digest import Digest
from summarizer.records.packed import packed_json
from summarizer.records.stories import Stories, Story, StoryCollection
from summarizer.store.spool import documents, packed_documents
from summarizer.store.sqlite_files import (
    check_whole,
    is_damage,
    may_be_damage,
    mending,
    set_aside,
    store_problem,
)

FILE_NAME = "runs.sqlite3"
#: Version of the tables below, in SQLite's own `user_version`. 0 is a new file; since 3 briefs are packed.
TABLES_VERSION = 3
#: Older runs are dropped: the store is a memory aid, not an archive.
KEEP_RUNS = 50
#: How long a run waits for another one that is writing.
BUSY_TIMEOUT_S = 5.0

_TABLES = """
CREATE TABLE article (sha TEXT PRIMARY KEY, id TEXT NOT NULL, document TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX article_id ON article (id);
CREATE TABLE run (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('brief', 'digest')),
    saved_at TEXT NOT NULL,
    digest TEXT
);
CREATE TABLE run_article (
    run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    article TEXT NOT NULL REFERENCES article (sha),
    brief BLOB,
    PRIMARY KEY (run, position)
) WITHOUT ROWID;
"""
#: Since version 2: a run's stories one by one, so that they are never all held; `run.digest` has the rest.
_STORIES_TABLE = """
CREATE TABLE run_story (
    run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    stands_alone INTEGER NOT NULL,
    story TEXT NOT NULL,
    PRIMARY KEY (run, position)
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What one command made. `briefs` are of the articles, in their order; a digest run has a digest, or
    stories.
    """

    kind: Literal["brief", "digest"]
    saved_at: str
    articles: Sequence[Article]
    briefs: Sequence[Brief]
    digest: Digest | None = None
    stories: Stories | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An open store, and what had to be done to open it (None: nothing)."""

    store: RunStore
    notice: str | None


def open_store(home: Path) -> Opened:
    """Open the store in `home`, creating it where it is missing and setting a broken one aside.

    Raises:
        StoreProblem: the folder or file can't be used (no permission, disk full, a newer version's file).
    """
    path = home / FILE_NAME
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            return Opened(RunStore(_connect(path), path), None)
        except sqlite3.DatabaseError as error:
            if not may_be_damage(error):
                raise
        with mending(path):
            return _opened_or_begun_anew(path)
    except (OSError, sqlite3.Error) as error:
        raise store_problem(path, error) from error


def _opened_or_begun_anew(path: Path) -> Opened:
    try:
        return Opened(RunStore(_connect(path), path), None)  # another process was first
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        aside = set_aside(path)
        notice = f"{path} was broken ({error}) and a new store was begun; the old file is {aside.name}."
        return Opened(RunStore(_connect(path), path), notice)


class RunStore:
    """Past runs. Get one from `open_store`; use it as a context manager, so that the file is let go."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    def __enter__(self) -> RunStore:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def save(self, run: Run) -> None:
        """Remember a run, and forget the oldest beyond `KEEP_RUNS`. All or nothing.

        Raises:
            StoreProblem: nothing was saved.
        """
        # One at a time, as they may be on disk; with the id of the article that each is of.
        briefs = ((_article_of(packed_json(brief)), brief) for brief in packed_documents(run.briefs))
        waiting = next(briefs, None)
        try:
            with self._connection as connection:
                number = connection.execute(
                    "INSERT INTO run (kind, saved_at, digest) VALUES (?, ?, ?)",
                    (run.kind, run.saved_at, _json(run.digest or _without_stories(run.stories))),
                ).lastrowid
                if run.stories is not None:
                    several = len(run.stories.stories)
                    connection.executemany(
                        "INSERT INTO run_story VALUES (?, ?, ?, ?)",
                        (
                            (number, position, position >= several, story.model_dump_json(by_alias=True))
                            for position, story in enumerate(run.stories.all_stories)
                        ),
                    )
                for position, article in enumerate(documents(run.articles)):
                    name = json.loads(article)["id"]
                    sha = hashlib.sha256(article.encode()).hexdigest()
                    connection.execute("INSERT OR IGNORE INTO article VALUES (?, ?, ?)", (sha, name, article))
                    own = None
                    if waiting is not None and waiting[0] == name:
                        own, waiting = waiting[1], next(briefs, None)
                    connection.execute(
                        "INSERT INTO run_article VALUES (?, ?, ?, ?)", (number, position, sha, own)
                    )
                if waiting is not None:
                    raise ValueError(f"the brief of {waiting[0]} is out of order, or of no article")
                connection.execute("DELETE FROM run WHERE number <= ?", ((number or 0) - KEEP_RUNS,))
                connection.execute("DELETE FROM article WHERE sha NOT IN (SELECT article FROM run_article)")
        except sqlite3.Error as error:
            raise store_problem(self.path, error) from error

    def last_run(self) -> Run | None:
        """The newest run, or None when the store is empty.

        Raises:
            StoreProblem: it can't be read, or was written by another version of the records.
        """
        try:
            row = self._connection.execute(
                "SELECT number, kind, saved_at, digest FROM run ORDER BY number DESC LIMIT 1"
            ).fetchone()
            if row is None:
                return None
            number, kind, saved_at, digest = row
            members = self._connection.execute(
                "SELECT article.document, brief FROM run_article JOIN article ON sha = run_article.article"
                " WHERE run = ? ORDER BY position",
                (number,),
            ).fetchall()
            where = str(self.path)
            several = bool(digest) and json.loads(digest).get("schema") == "stories/1"
            return Run(
                kind=kind,
                saved_at=saved_at,
                articles=tuple(Article.from_json(document, where) for document, _ in members),
                briefs=tuple(_brief(brief, where) for _, brief in members if brief),
                digest=Digest.from_json(digest, where) if digest and not several else None,
                stories=self._stories(number, digest, where) if several else None,
            )
        except (sqlite3.Error, SchemaViolation, ValueError, zlib.error) as error:
            raise store_problem(self.path, error) from error

    def _stories(self, run: int, rest: str, where: str) -> StoryCollection:
        """The stories of a run, which a file of the first version has in one piece."""
        found: tuple[list[Story], list[Story]] = ([], [])
        for alone, story in self._connection.execute(
            "SELECT stands_alone, story FROM run_story WHERE run = ? ORDER BY position", (run,)
        ):
            found[alone].append(Story.from_json(story, where))
        whole = StoryCollection.from_json(rest, where)
        if not any(found):
            return whole
        return whole.model_copy(update={"stories": tuple(found[0]), "alone": tuple(found[1])})

    def articles_called(self, article_id: str) -> tuple[Article, ...]:
        """Every stored article with that id, newest last: one file name may have held several texts.

        Raises:
            StoreProblem: the store can't be read.
        """
        try:
            rows = self._connection.execute(
                "SELECT document FROM article JOIN run_article ON article.sha = run_article.article"
                " WHERE article.id = ? GROUP BY sha ORDER BY max(run)",
                (article_id,),
            ).fetchall()
            return tuple(Article.from_json(document, str(self.path)) for (document,) in rows)
        except (sqlite3.Error, SchemaViolation) as error:
            raise store_problem(self.path, error) from error


def _connect(path: Path) -> sqlite3.Connection:
    """An open, checked connection with the tables in place; closed again when anything goes wrong."""
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > TABLES_VERSION:
            raise StoreProblem(
                str(path), "it was written by a newer version", "Upgrade, or set SUMMARIZER_HOME elsewhere."
            )
        if version < TABLES_VERSION:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            with connection, closing(connection.cursor()) as cursor:
                cursor.execute("BEGIN IMMEDIATE")
                version = cursor.execute("PRAGMA user_version").fetchone()[0]  # another process may be first
                for statement in _TABLES.split(";") if version < 1 else ():
                    cursor.execute(statement)
                if version < 2:
                    cursor.execute(_STORIES_TABLE)
                cursor.execute(f"PRAGMA user_version = {TABLES_VERSION}")
            path.chmod(0o600)  # articles may be confidential drafts
        connection.execute("SELECT count(*) FROM run").fetchone()
        check_whole(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _without_stories(stories: Stories | None) -> StoryCollection | None:
    """What is said of all of them: a collection without its stories."""
    if stories is None:
        return None
    return StoryCollection(stories=(), alone=(), coverage=stories.coverage, provenance=stories.provenance)


def _brief(stored: str | bytes, where: str) -> Brief:
    """A stored brief; files of the first two versions have it as text."""
    return Brief.from_json(stored if isinstance(stored, str) else packed_json(stored), where)


def _article_of(brief: str) -> str:
    """The id of a brief's article, which stands at the brief's head: the rest needn't be read."""
    header, _ = json.JSONDecoder().raw_decode(brief, brief.index("{", brief.index('"article":')))
    name: str = header["id"]
    return name


def _json(record: Digest | StoryCollection | None) -> str | None:
    return None if record is None else record.model_dump_json(by_alias=True)
