"""What the ledger of editions tells: facts for the schedule, plans, rows, history. Reads only.

Instants come back in UTC. See `store.editions` for what is written, when.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any, Self

from summarizer.errors import LedgerProblem
from summarizer.records.delivery import (
    Delivery,
    EditionKey,
    EditionPlan,
    EditionStatus,
    LedgerEvent,
    MissedDay,
    SentEdition,
    SentFacts,
)
from summarizer.store.edition_file import EditionFile

#: `WHERE` of one edition; its values come from `key_values`.
OF_KEY = "briefing = ? AND day = ? AND revision = ?"


def key_values(key: EditionKey) -> tuple[str, str, int]:
    """The values of `OF_KEY`."""
    return key.briefing, key.day.isoformat(), key.revision


def text_of(instant: datetime) -> str:
    """An instant as the file holds it: UTC, to the microsecond, sorted as text is."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


class EditionReader:
    """Reads an open ledger."""

    def __init__(self, file: EditionFile) -> None:
        self._file = file

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close_file()

    def close_file(self) -> None:
        """Let the file go; everything is in it already."""
        self._file.close()

    def facts(self, briefing: str) -> SentFacts:
        """What the schedule needs: when the ledger began, which days have an edition, which were received."""
        begun = self._file.rows("SELECT begun FROM briefing WHERE name = ?", briefing)
        planned = self._file.rows("SELECT DISTINCT day FROM edition WHERE briefing = ?", briefing)
        sent = self._file.rows(
            "SELECT day, max(window_end) FROM edition WHERE briefing = ? AND EXISTS (SELECT 1 FROM delivery"
            " WHERE edition = edition.id AND state = 'sent') GROUP BY day ORDER BY day",
            briefing,
        )
        return SentFacts(
            begun=_instant(begun[0][0]) if begun else None,
            planned=frozenset(date.fromisoformat(day) for (day,) in planned),
            sent=tuple(
                SentEdition(day=date.fromisoformat(day), window_end=_instant(end)) for day, end in sent
            ),
        )

    def planned(self, key: EditionKey) -> EditionPlan:
        """The edition as it was planned.

        Raises:
            LedgerProblem: there is none of that key, or its payload isn't what was written.
        """
        rows = self._file.rows(
            f"SELECT payload, sha, window_start, window_end, cutoff, covers FROM edition WHERE {OF_KEY}",
            *key_values(key),
        )
        if not rows:
            raise self._none(key)
        payload, sha, start, end, cutoff, covers = rows[0]
        if hashlib.sha256(payload.encode()).hexdigest() != sha:
            reason = f"the edition {key} in it was damaged (its SHA-256 isn't {sha})"
            raise LedgerProblem(self._file.path, reason, "Restore the file from a backup.")
        return EditionPlan(
            key=key,
            payload=payload,
            window_start=_instant(start) if start else None,
            window_end=_instant(end),
            cutoff=_instant(cutoff) if cutoff else None,
            covers=_days(covers),
        )

    def has(self, key: EditionKey) -> bool:
        """Is there an edition of that key?"""
        return bool(self._file.rows(f"SELECT 1 FROM edition WHERE {OF_KEY}", *key_values(key)))

    def last_of(self, briefing: str, day: date) -> EditionKey | None:
        """The key of a day's edition or of its last correction; None when the day has none."""
        rows = self._file.rows(
            "SELECT max(revision) FROM edition WHERE briefing = ? AND day = ?", briefing, day.isoformat()
        )
        revision = rows[0][0]
        return None if revision is None else EditionKey(briefing=briefing, day=day, revision=revision)

    def last_sent(self, briefing: str) -> EditionKey | None:
        """The newest edition or correction that somebody received: what the next one is compared with."""
        rows = self._file.rows(
            "SELECT day, revision FROM edition WHERE briefing = ? AND EXISTS (SELECT 1 FROM delivery"
            " WHERE edition = edition.id AND state = 'sent') ORDER BY day DESC, revision DESC LIMIT 1",
            briefing,
        )
        return _keys(briefing, rows)[0] if rows else None

    def unfinished(self, briefing: str) -> tuple[EditionKey, ...]:
        """Editions with recipients who still wait, oldest first: what the next run goes on with."""
        rows = self._file.rows(
            "SELECT day, revision FROM edition WHERE briefing = ? AND EXISTS (SELECT 1 FROM delivery"
            " WHERE edition = edition.id AND state IN ('planned', 'sending')) ORDER BY day, revision",
            briefing,
        )
        return _keys(briefing, rows)

    def deliveries(self, key: EditionKey) -> tuple[Delivery, ...]:
        """All rows of an edition, in the order in which its recipients were given."""
        rows = self._file.rows(
            "SELECT address, state, sha, message_sha, attempts, changed, code, reason FROM delivery"
            f" JOIN edition ON edition.id = delivery.edition WHERE {OF_KEY} ORDER BY delivery.rowid",
            *key_values(key),
        )
        return tuple(_delivery(key, row) for row in rows)

    def status(self, briefing: str, limit: int = 10) -> tuple[EditionStatus, ...]:
        """The newest editions with all their rows, newest first."""
        rows = self._file.rows(
            "SELECT day, revision, planned, window_start, window_end, cutoff, covers FROM edition"
            " WHERE briefing = ? ORDER BY day DESC, revision DESC LIMIT ?",
            briefing,
            limit,
        )
        return tuple(self._status(briefing, row) for row in rows)

    def missed(self, briefing: str, limit: int = 31) -> tuple[MissedDay, ...]:
        """Days that were missed, newest first: noted as such, and their edition received by nobody since."""
        rows = self._file.rows(
            "SELECT day, noticed, reason FROM missed WHERE briefing = ? AND NOT EXISTS (SELECT 1 FROM edition"
            " JOIN delivery ON edition.id = delivery.edition WHERE edition.briefing = missed.briefing"
            " AND edition.day = missed.day AND state = 'sent') ORDER BY day DESC LIMIT ?",
            briefing,
            limit,
        )
        return tuple(
            MissedDay(
                briefing=briefing, day=date.fromisoformat(day), noticed=_instant(noticed), reason=reason
            )
            for day, noticed, reason in rows
        )

    def history(self, key: EditionKey) -> tuple[LedgerEvent, ...]:
        """Everything that was written down of an edition's deliveries, oldest first."""
        rows = self._file.rows(
            "SELECT at, recipient, state, code, event.reason FROM event"
            f" JOIN edition ON edition.id = event.edition WHERE {OF_KEY} ORDER BY event.rowid",
            *key_values(key),
        )
        return tuple(
            LedgerEvent(at=_instant(at), recipient=recipient, state=state, code=code, reason=reason)
            for at, recipient, state, code, reason in rows
        )

    def _status(self, briefing: str, row: tuple[Any, ...]) -> EditionStatus:
        day, revision, planned, start, end, cutoff, covers = row
        key = EditionKey(briefing=briefing, day=date.fromisoformat(day), revision=revision)
        return EditionStatus(
            key=key,
            planned=_instant(planned),
            window_start=_instant(start) if start else None,
            window_end=_instant(end),
            cutoff=_instant(cutoff) if cutoff else None,
            covers=_days(covers),
            deliveries=self.deliveries(key),
        )

    def _none(self, key: EditionKey) -> LedgerProblem:
        return LedgerProblem(
            self._file.path, f"it has no edition {key}", "`summarizer briefing status` lists them."
        )


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _days(text: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in json.loads(text))


def _keys(briefing: str, rows: list[tuple[Any, ...]]) -> tuple[EditionKey, ...]:
    return tuple(
        EditionKey(briefing=briefing, day=date.fromisoformat(day), revision=revision)
        for day, revision in rows
    )


def _delivery(key: EditionKey, row: tuple[Any, ...]) -> Delivery:
    address, state, sha, message_sha, attempts, changed, code, reason = row
    return Delivery(
        key=key,
        recipient=address,
        state=state,
        sha=sha,
        message_sha=message_sha,
        attempts=attempts,
        changed=_instant(changed),
        code=code,
        reason=reason,
    )
