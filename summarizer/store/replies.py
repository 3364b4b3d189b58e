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
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import fields
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from summarizer.errors import StoreProblem
from summarizer.store.replies_file import MEMORY, checksum, mark_damaged, open_replies
from summarizer.store.reply_rows import Attempt, KnownEndpoint, SavedReply, Totals
from summarizer.store.sqlite_files import is_damage, store_problem

__all__ = ["Attempt", "KnownEndpoint", "ReplyStore", "SavedReply", "Totals"]

_log = logging.getLogger(__name__)


class ReplyStore:
    """The file. `run` marks the ledger rows that this process writes, `on_attempt` sees each of them.

    A write that fails (disk full) is kept in memory and tried again with the next one, since what is written
    here was paid for; `confirm` says whether anything is waiting. Use as a context manager, or `close`.

    Raises:
        StoreProblem: when the file can't be opened or read.
    """

    def __init__(
        self, path: Path | str, run: str = "", on_attempt: Callable[[Attempt], None] | None = None
    ) -> None:
        self.run = run
        self._on_attempt = on_attempt
        self._path = str(path)
        self._db = open_replies(path)
        self._waiting: list[tuple[str, tuple[Any, ...]]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; every reply is in it already. What could never be written is logged."""
        try:
            self.confirm()
        except StoreProblem as problem:
            replies = sum(
                statement.startswith("INSERT OR IGNORE INTO replies") for statement, _ in self._waiting
            )
            _log.warning("%d replies that were paid for could not be saved. %s", replies, problem)
        self._db.close()

    def confirm(self) -> None:
        """Write what could not be written before. Nothing should be paid for until this succeeds.

        Raises:
            StoreProblem: it still can't be written.
        """
        try:
            while self._waiting:
                statement, values = self._waiting[0]
                self._db.execute(statement, values).close()
                del self._waiting[0]
        except sqlite3.Error as error:
            raise self._problem(error) from error

    def reply(self, key: str) -> SavedReply | None:
        """The reply that was saved under `key`, or None.

        One that the disk has changed is put away under another key, and logged.
        """
        row = self._one(
            "SELECT model, mode, article, purpose, prompt, completion, seconds, crc FROM replies "
            "WHERE key = ?",
            (key,),
        )
        if row is None:
            return None
        model, mode, article, purpose, prompt, completion, seconds, crc = row
        if crc not in (None, checksum(completion)):
            self._write("UPDATE OR REPLACE replies SET key = ? WHERE key = ?", (f"damaged:{key}", key))
            _log.warning(
                "%s: the reply about %s was damaged on the disk; it is asked for again.", self._path, article
            )
            return None
        return SavedReply(key, model, mode, article, purpose, prompt, json.loads(completion), seconds)

    def save_reply(self, reply: SavedReply) -> None:
        """Keep a reply; the first one under a key stays (two processes may have asked the same)."""
        completion = json.dumps(reply.completion, ensure_ascii=False, separators=(",", ":"))
        self._write(
            "INSERT OR IGNORE INTO replies (key, model, mode, article, purpose, prompt, completion, seconds, "
            "saved, crc) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                checksum(completion),
            ),
        )

    def has_replies(self, keys: Iterable[str]) -> set[str]:
        """Which of `keys` have a reply."""
        return {key for key in keys if self._one("SELECT 1 FROM replies WHERE key = ?", (key,))}

    def record(self, attempt: Attempt) -> None:
        """Add an attempt to the ledger."""
        values = [getattr(attempt, field.name) for field in fields(attempt)]
        marks = ", ".join("?" * (len(values) + 3))
        self._write(f"INSERT INTO attempts VALUES ({marks})", (None, self.run, time.time(), *values))
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
        self._write(
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
        self._write("INSERT OR REPLACE INTO batches VALUES (?, ?, ?)", (mark, batch, time.time()))

    def drop_batch(self, batch: str) -> None:
        """Forget a batch: its replies are saved."""
        self._write("DELETE FROM batches WHERE batch = ?", (batch,))

    def _one(self, statement: str, values: tuple[Any, ...]) -> Any:
        return next(iter(self._all(statement, values)), None)

    def _all(self, statement: str, values: tuple[Any, ...]) -> list[Any]:
        try:
            with closing(self._db.execute(statement, values)) as rows:
                return rows.fetchall()
        except sqlite3.Error as error:
            raise self._problem(error) from error

    def _write(self, statement: str, values: tuple[Any, ...]) -> None:
        """Write after what is waiting, in order; what can't be written waits, too."""
        self._waiting.append((statement, values))
        with suppress(StoreProblem):
            self.confirm()

    def _problem(self, error: sqlite3.Error) -> StoreProblem:
        if is_damage(error) and self._path != MEMORY:
            mark_damaged(self._path)
        return store_problem(self._path, error)


def _attempt(row: tuple[Any, ...]) -> Attempt:
    values = {field.name: value for field, value in zip(fields(Attempt), row, strict=True)}
    values["estimated"] = bool(values["estimated"])
    return Attempt(**values)
