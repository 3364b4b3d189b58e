"""The ledger of editions: what was planned, what was sent to whom, and what nobody knows.

One SQLite file in the briefing's folder. A row for each edition and recipient, under a unique key, is claimed
before anything is sent (`claim`), marked before the mail's text flows (`text_begins`), and closed with what
the server said (`close`). Each of these is one durable transaction that changes a row only if it stands as
expected, so two processes never both hold a claim.

`exclusive` lets one run at a time work on a folder. The system lets the lock go when its process dies, so a
row in `sending` that it finds belongs to a dead run: if the text hadn't begun, nothing was handed over and
the row is `planned` again; if it had, the row is `unknown` and waits for a person (`reopen`).

The ledger never begins anew by itself: a broken or vanished file is an error that names the way out. What was
handed over stands in the journal, too (`store.edition_journal`), so that not even a lost ledger sends a mail
twice. Keep the folder on a local disk: SQLite and locks are not safe on every network file system. The clock
is the caller's.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from summarizer.errors import AnotherRun, LedgerProblem, MissingExtra
from summarizer.records.delivery import DeliveryState, EditionKey, EditionPlan
from summarizer.store.edition_file import BUSY_TIMEOUT_S, LOCK_NAME, open_file
from summarizer.store.edition_journal import EditionJournal
from summarizer.store.edition_reading import OF_KEY, EditionReader, key_values, text_of
from summarizer.store.edition_settling import believe, settle

if TYPE_CHECKING:
    from filelock import BaseFileLock

#: The reason of those that `give_up` gave up.
TOO_LATE = "the cut-off passed before it could be sent"


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to send one mail. It ends when it is closed, or when another run takes the row over."""

    key: EditionKey
    recipient: str
    token: str


@dataclass(frozen=True, slots=True)
class Ending:
    """How a claim ends. `planned`: nothing was handed over, it can be tried again."""

    state: Literal["planned", "sent", "failed", "unknown"]
    reason: str | None = None
    code: int | None = None


class EditionLedger(EditionReader):
    """The ledger in `folder`, begun there if there never was one. A context manager.

    Raises:
        LedgerProblem: by every method, when the file can't be read or written. Nothing may be sent then.
    """

    def __init__(self, folder: Path, now: datetime, busy_timeout_s: float = BUSY_TIMEOUT_S) -> None:
        super().__init__(open_file(folder, now, busy_timeout_s))
        self._journal = EditionJournal(folder)
        self._lock_path = folder / LOCK_NAME
        self._lock: BaseFileLock | None = None

    @contextmanager
    def exclusive(self, briefing: str, now: datetime, wait_s: float = 0.0) -> Iterator[None]:
        """Be the only run on this folder; may be nested.

        At the outermost level it notes when `briefing` began, and settles what dead runs left.

        Raises:
            AnotherRun: another process holds the lock, and still does after `wait_s`.
        """
        lock = self._made_lock()
        nested = lock.is_locked
        self._acquire(lock, wait_s)
        try:
            if not nested:
                self._begin(briefing, now)
                settle(self._file, self._journal, now)
            yield
        finally:
            lock.release()

    def plan(self, plan: EditionPlan, recipients: Sequence[str], now: datetime) -> EditionPlan:
        """Keep an edition and who is to have it. Gives what the ledger holds: the first plan of a key stays.

        A recipient who is not in it yet is added. An address counts once, whatever its capitals; it is given
        as mail servers take it (`delivery.addresses`).
        """
        with self._file.transaction() as db:
            db.execute(
                "INSERT OR IGNORE INTO edition (briefing, day, revision, planned, payload, sha, window_start,"
                " window_end, cutoff, covers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *key_values(plan.key),
                    text_of(now),
                    plan.payload,
                    hashlib.sha256(plan.payload.encode()).hexdigest(),
                    text_of(plan.window_start) if plan.window_start else None,
                    text_of(plan.window_end),
                    text_of(plan.cutoff) if plan.cutoff else None,
                    json.dumps([day.isoformat() for day in plan.covers]),
                ),
            )
            self._add(db, plan.key, recipients, now)
        return self.planned(plan.key)

    def add_recipients(self, key: EditionKey, recipients: Sequence[str], now: datetime) -> None:
        """Let an edition go to these, too; who is in it already stays as he stands.

        Raises:
            LedgerProblem: there is no such edition.
        """
        if not self.has(key):
            raise self._none(key)
        with self._file.transaction() as db:
            self._add(db, key, recipients, now)

    def claim(self, key: EditionKey, recipient: str, now: datetime) -> Claim | None:
        """Take a planned mail to send it; None when it isn't planned (any more): somebody has, or had, it."""
        token = uuid.uuid4().hex
        with self._file.transaction() as db:
            taken = db.execute(
                "UPDATE delivery SET state = 'sending', text_begun = 0, token = ?, attempts = attempts + 1,"
                " changed = ?, code = NULL, reason = NULL WHERE state = 'planned' AND recipient = ?"
                f" AND edition = (SELECT id FROM edition WHERE {OF_KEY})",
                (token, text_of(now), recipient.lower(), *key_values(key)),
            )
            if not taken.rowcount:
                return None
            _note(db, key, recipient, now, "sending", None)
        return Claim(key, recipient, token)

    def text_begins(self, claim: Claim, message_sha: str, now: datetime) -> bool:
        """Mark that the mail's text is about to flow. False: the claim is lost, and nothing may be sent."""
        with self._file.transaction() as db:
            marked = db.execute(
                "UPDATE delivery SET text_begun = 1, message_sha = ?, changed = ?"
                " WHERE token = ? AND state = 'sending'",
                (message_sha, text_of(now), claim.token),
            )
        if marked.rowcount:
            self._journal.note(claim.key, claim.recipient, "text", now)
        return bool(marked.rowcount)

    def close(self, claim: Claim, ending: Ending, now: datetime) -> None:
        """Write down how it ended. What the holder of a claim knows also replaces another run's `unknown`."""
        if self._file.rows("SELECT 1 FROM delivery WHERE token = ? AND text_begun = 1", claim.token):
            self._journal.note(claim.key, claim.recipient, ending.state, now)
        with self._file.transaction() as db:
            closed = db.execute(
                "UPDATE delivery SET state = ?, token = NULL, text_begun = 0, changed = ?, code = ?,"
                " reason = ? WHERE token = ? AND state IN ('sending', 'unknown')",
                (ending.state, text_of(now), ending.code, ending.reason, claim.token),
            )
            if closed.rowcount:
                _note(db, claim.key, claim.recipient, now, ending.state, ending)

    def abridge(self, key: EditionKey, payload: str) -> bool:
        """Keep less of an old edition. False: somebody still waits for it, so it stays whole."""
        with self._file.transaction() as db:
            done = db.execute(
                f"UPDATE edition SET payload = ?, sha = ? WHERE {OF_KEY} AND NOT EXISTS"
                " (SELECT 1 FROM delivery WHERE edition = edition.id AND state IN ('planned', 'sending'))",
                (payload, hashlib.sha256(payload.encode()).hexdigest(), *key_values(key)),
            )
        return bool(done.rowcount)

    def give_up(self, key: EditionKey, now: datetime) -> int:
        """Mark who still waits as failed: the cut-off passed. How many there were."""
        waiting = [row.recipient for row in self.deliveries(key) if row.state == "planned"]
        for recipient in waiting:
            self._move(key, recipient, now, ("planned",), Ending("failed", TOO_LATE))
        return len(waiting)

    def reopen(self, key: EditionKey, recipient: str, now: datetime, even_if_sent: bool = False) -> bool:
        """By a person's order: plan an unknown or failed mail (or a sent one) again. False: it isn't that."""
        states: tuple[DeliveryState, ...] = ("unknown", "failed", *(("sent",) if even_if_sent else ()))
        who = recipient.lower()
        if not any(row.recipient.lower() == who and row.state in states for row in self.deliveries(key)):
            return False
        self._journal.note(key, recipient, "again", now)
        return self._move(key, recipient, now, states, Ending("planned", "sent again by hand"))

    def mark_missed(self, briefing: str, days: Sequence[date], now: datetime, reason: str = TOO_LATE) -> None:
        """Write down days on which nothing was sent before the cut-off. The first note of a day stays."""
        noted = {day for (day,) in self._file.rows("SELECT day FROM missed WHERE briefing = ?", briefing)}
        if noted.issuperset(day.isoformat() for day in days):
            return
        with self._file.transaction() as db:
            db.executemany(
                "INSERT OR IGNORE INTO missed VALUES (?, ?, ?, ?)",
                [(briefing, day.isoformat(), text_of(now), reason) for day in days],
            )

    def _add(self, db: sqlite3.Connection, key: EditionKey, recipients: Sequence[str], now: datetime) -> None:
        new = 0
        for recipient in recipients:
            added = db.execute(
                "INSERT OR IGNORE INTO delivery (edition, recipient, address, state, changed)"
                f" SELECT id, ?, ?, 'planned', ? FROM edition WHERE {OF_KEY}",
                (recipient.lower(), recipient, text_of(now), *key_values(key)),
            )
            if added.rowcount:
                new += 1
                _note(db, key, recipient, now, "planned", None)
        if new:
            believe(db, self._journal.last_steps(), now)

    def _begin(self, briefing: str, now: datetime) -> None:
        if self._file.rows("SELECT 1 FROM briefing WHERE name = ?", briefing):
            return
        with self._file.transaction() as db:
            db.execute("INSERT OR IGNORE INTO briefing VALUES (?, ?)", (briefing, text_of(now)))

    def _move(
        self,
        key: EditionKey,
        recipient: str,
        now: datetime,
        states: tuple[DeliveryState, ...],
        ending: Ending,
    ) -> bool:
        marks = ", ".join("?" * len(states))
        with self._file.transaction() as db:
            moved = db.execute(
                "UPDATE delivery SET state = ?, token = NULL, text_begun = 0, changed = ?, code = NULL,"
                f" reason = ? WHERE recipient = ? AND state IN ({marks})"
                f" AND edition = (SELECT id FROM edition WHERE {OF_KEY})",
                (ending.state, text_of(now), ending.reason, recipient.lower(), *states, *key_values(key)),
            )
            if moved.rowcount:
                _note(db, key, recipient, now, ending.state, ending)
        return bool(moved.rowcount)

    def _made_lock(self) -> BaseFileLock:
        try:
            from filelock import FileLock
        except ImportError as error:
            raise MissingExtra("The ledger of a briefing", "filelock", "briefing") from error
        if self._lock is None:
            self._lock = FileLock(self._lock_path)
        return self._lock

    def _acquire(self, lock: BaseFileLock, wait_s: float) -> None:
        from filelock import Timeout

        try:
            lock.acquire(timeout=wait_s)
        except Timeout as error:
            raise AnotherRun(str(self._lock_path)) from error
        except (OSError, NotImplementedError) as error:
            way_out = "Put the briefing's folder on a local disk where this user may write."
            raise LedgerProblem(str(self._lock_path), f"can't be locked ({error})", way_out) from error


def _note(
    db: sqlite3.Connection, key: EditionKey, recipient: str, now: datetime, state: str, ending: Ending | None
) -> None:
    db.execute(
        f"INSERT INTO event SELECT ?, id, ?, ?, ?, ? FROM edition WHERE {OF_KEY}",
        (
            text_of(now),
            recipient,
            state,
            ending.code if ending else None,
            ending.reason if ending else None,
            *key_values(key),
        ),
    )
