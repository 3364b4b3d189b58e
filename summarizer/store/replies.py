"""Every reply that was paid for, and a ledger of every attempt, in one SQLite file.

A reply is committed the moment it arrives, under the key of everything that made it; so a killed run that is
started again asks only for what is missing, and a second run asks for nothing. WAL with `synchronous=NORMAL`:
a commit survives the death of the process at any moment; a power cut may cost the last ones.

The ledger has a row for each attempt, failed ones too: what was asked, when, how it ended, tokens, seconds,
money. No text of a request, no key and no address beyond the endpoint's is stored.

Several processes may share the file: each write is one short transaction and waits its turn.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from summarizer.errors import StoreProblem

#: Seconds that a write waits for another process's.
BUSY_TIMEOUT_S = 30.0

_TABLES = """
CREATE TABLE IF NOT EXISTS replies (
  key TEXT PRIMARY KEY, model TEXT NOT NULL, mode TEXT NOT NULL, article TEXT NOT NULL,
  purpose TEXT NOT NULL, prompt TEXT NOT NULL, completion TEXT NOT NULL, seconds REAL NOT NULL,
  saved REAL NOT NULL
) WITHOUT ROWID;
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


@dataclass(frozen=True, slots=True)
class SavedReply:
    """A reply as it arrived: `completion` is the endpoint's JSON, `mode` how it was asked for."""

    key: str
    model: str
    mode: str
    article: str
    purpose: str
    prompt: str
    completion: dict[str, Any]
    seconds: float


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request. `outcome` is "ok" or what went wrong; `usd` None: nobody knows the price."""

    key: str
    article: str
    purpose: str
    prompt: str
    model: str
    endpoint: str
    mode: str
    number: int
    outcome: str
    status: int | None
    input: int
    output: int
    cached: int
    reasoning: int
    estimated: bool
    usd: float | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over attempts. `usd` leaves out the calls without a price; `unpriced` counts them."""

    requests: int = 0
    failed: int = 0
    input: int = 0
    output: int = 0
    cached: int = 0
    reasoning: int = 0
    usd: float = 0.0
    unpriced: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class KnownEndpoint:
    """What is remembered of an endpoint: the reply mode that worked, the context size."""

    mode: str
    context_tokens: int | None


class ReplyStore:
    """The file. `run` marks the ledger rows that this process writes, `on_attempt` sees each of them.

    Use as a context manager, or `close`.

    Raises:
        StoreProblem: by every method, when the file can't be read or written.
    """

    def __init__(
        self, path: Path | str, run: str = "", on_attempt: Callable[[Attempt], None] | None = None
    ) -> None:
        self.run = run
        self._on_attempt = on_attempt
        self._path = str(path)
        try:
            if self._path != ":memory:":
                Path(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # One connection, used from the event loop's thread only; autocommit: each statement is durable.
            self._db = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(_TABLES)
            if self._path != ":memory:":
                Path(path).chmod(0o600)  # replies quote articles, which may be confidential drafts
        except (OSError, sqlite3.Error) as error:
            raise _problem(self._path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; every reply is in it already."""
        self._db.close()

    def reply(self, key: str) -> SavedReply | None:
        """The reply that was saved under `key`, or None."""
        row = self._one(
            "SELECT model, mode, article, purpose, prompt, completion, seconds FROM replies WHERE key = ?",
            (key,),
        )
        if row is None:
            return None
        model, mode, article, purpose, prompt, completion, seconds = row
        return SavedReply(key, model, mode, article, purpose, prompt, json.loads(completion), seconds)

    def save_reply(self, reply: SavedReply) -> None:
        """Keep a reply; the first one under a key stays (two processes may have asked the same)."""
        completion = json.dumps(reply.completion, ensure_ascii=False, separators=(",", ":"))
        self._run(
            "INSERT OR IGNORE INTO replies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                reply.key,
                reply.model,
                reply.mode,
                reply.article,
                reply.purpose,
                reply.prompt,
                completion,
                reply.seconds,
                time.time(),
            ),
        )

    def has_replies(self, keys: Iterable[str]) -> set[str]:
        """Which of `keys` have a reply."""
        return {key for key in keys if self._one("SELECT 1 FROM replies WHERE key = ?", (key,))}

    def record(self, attempt: Attempt) -> None:
        """Add an attempt to the ledger."""
        values = [getattr(attempt, field.name) for field in fields(attempt)]
        marks = ", ".join("?" * (len(values) + 3))
        self._run(f"INSERT INTO attempts VALUES ({marks})", (None, self.run, time.time(), *values))
        if self._on_attempt is not None:
            self._on_attempt(attempt)

    def totals(self, run: str | None = None) -> Totals:
        """Sums of this file's ledger, or of one run."""
        where, values = ("WHERE run = ?", (run,)) if run is not None else ("", ())
        row = self._one(
            "SELECT count(*), sum(outcome <> 'ok'), sum(input), sum(output), sum(cached), sum(reasoning), "
            f"sum(usd), sum(usd IS NULL), sum(seconds) FROM attempts {where}",
            values,
        )
        return Totals(*(value or 0 for value in row)) if row else Totals()

    def attempts(self, run: str | None = None) -> list[Attempt]:
        """The ledger's rows in order."""
        names = ", ".join(field.name for field in fields(Attempt))
        where, values = ("WHERE run = ?", (run,)) if run is not None else ("", ())
        return [
            _attempt(row) for row in self._all(f"SELECT {names} FROM attempts {where} ORDER BY id", values)
        ]

    def seconds_per_reply(self, run: str | None = None) -> list[float]:
        """Seconds of each attempt that ended well, ascending: for p50 and p95."""
        return sorted(attempt.seconds for attempt in self.attempts(run) if attempt.outcome == "ok")

    def known_endpoint(self, base_url: str, model: str) -> KnownEndpoint | None:
        """What is remembered of a model at an address, or None."""
        row = self._one(
            "SELECT mode, context_tokens FROM endpoints WHERE base_url = ? AND model = ?", (base_url, model)
        )
        return KnownEndpoint(*row) if row else None

    def remember_endpoint(self, base_url: str, model: str, mode: str, context_tokens: int | None) -> None:
        """Remember which mode worked; a known context size is kept when none is given now."""
        self._run(
            "INSERT INTO endpoints VALUES (?, ?, ?, ?, ?) ON CONFLICT (base_url, model) DO UPDATE SET "
            "mode = excluded.mode, context_tokens = coalesce(excluded.context_tokens, context_tokens), "
            "seen = excluded.seen",
            (base_url, model, mode, context_tokens, time.time()),
        )

    def batch(self, mark: str) -> str | None:
        """Id of the batch under way with these questions (`mark` is their hash), or None."""
        row = self._one("SELECT batch FROM batches WHERE mark = ?", (mark,))
        return str(row[0]) if row else None

    def save_batch(self, mark: str, batch: str) -> None:
        """Remember that a batch is under way."""
        self._run("INSERT OR REPLACE INTO batches VALUES (?, ?, ?)", (mark, batch, time.time()))

    def drop_batch(self, batch: str) -> None:
        """Forget a batch: its replies are saved."""
        self._run("DELETE FROM batches WHERE batch = ?", (batch,))

    def _one(self, statement: str, values: tuple[Any, ...]) -> Any:
        return next(iter(self._all(statement, values)), None)

    def _all(self, statement: str, values: tuple[Any, ...]) -> list[Any]:
        try:
            with closing(self._db.execute(statement, values)) as rows:
                return rows.fetchall()
        except sqlite3.Error as error:
            raise _problem(self._path, error) from error

    def _run(self, statement: str, values: tuple[Any, ...]) -> None:
        self._all(statement, values)


def _problem(path: str, error: Exception) -> StoreProblem:
    return StoreProblem(
        path, f"replies can't be saved or read ({error})", "Free the disk, or set SUMMARIZER_HOME elsewhere."
    )


def _attempt(row: tuple[Any, ...]) -> Attempt:
    values = {field.name: value for field, value in zip(fields(Attempt), row, strict=True)}
    values["estimated"] = bool(values["estimated"])
    return Attempt(**values)
