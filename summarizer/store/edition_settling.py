"""What becomes of rows whose run died, and of rows that the journal knows better.

A run that holds the lock calls `settle` first. A row in `sending` belongs to a dead run: before its text had
begun nothing was handed over, so it is `planned` again; after that the journal may have how it ended, else
nobody knows. A `planned` row whose mail went out by the journal comes from an old or a new ledger: the
journal is believed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime

from summarizer.records.delivery import DeliveryState
from summarizer.store.edition_file import EditionFile
from summarizer.store.edition_journal import EditionJournal, Step
from summarizer.store.edition_reading import text_of

_UNTOUCHED = "the run that had it died before anything was handed over"
_LOST = "the run that sent it died before the server's answer was written down: it may have arrived"
_ENDED = "the run that sent it died when its end was in the journal, not yet in the ledger"
_KNOWN = "the journal says that it was sent; the ledger is an older one"
_BEGUN = "the journal says that its text had begun to flow; the ledger is an older one: it may have arrived"

_ROWS = (
    "SELECT delivery.rowid, briefing || '/' || day || CASE revision WHEN 0 THEN '' ELSE '.' || revision END,"
    " recipient, text_begun FROM delivery JOIN edition ON edition.id = delivery.edition WHERE state = ?"
)
_ENDINGS: Mapping[Step, DeliveryState] = {"sent": "sent", "failed": "failed", "planned": "planned"}
_SENT: Mapping[Step, tuple[DeliveryState, str]] = {
    "sent": ("sent", _KNOWN),
    "text": ("unknown", _BEGUN),
    "unknown": ("unknown", _BEGUN),
}


def settle(file: EditionFile, journal: EditionJournal, now: datetime) -> None:
    """Decide on all rows that no living run has."""
    if not file.rows("SELECT 1 FROM delivery WHERE state IN ('sending', 'planned') LIMIT 1"):
        return
    steps = journal.last_steps()
    with file.transaction() as db:
        for row, key, recipient, text_begun in db.execute(_ROWS, ("sending",)).fetchall():
            if not text_begun:
                _move(db, row, "planned", _UNTOUCHED, now)
            elif (state := _ENDINGS.get(steps.get((key, recipient), "text"))) is not None:
                _move(db, row, state, _ENDED, now)
            else:
                _move(db, row, "unknown", _LOST, now)
        believe(db, steps, now)


def believe(db: sqlite3.Connection, steps: Mapping[tuple[str, str], Step], now: datetime) -> None:
    """Mark planned rows as sent or unknown where the journal has more than the ledger."""
    for row, key, recipient, _ in db.execute(_ROWS, ("planned",)).fetchall():
        found = _SENT.get(steps.get((key, recipient), "planned"))
        if found is not None:
            _move(db, row, *found, now)


def _move(db: sqlite3.Connection, row: int, state: DeliveryState, reason: str, now: datetime) -> None:
    """`unknown` keeps its token: should its run live after all, it knows better."""
    db.execute(
        "UPDATE delivery SET state = ?, reason = ?, changed = ?,"
        " token = CASE ? WHEN 'unknown' THEN token END WHERE rowid = ?",
        (state, reason, text_of(now), state, row),
    )
    db.execute(
        "INSERT INTO event SELECT ?, edition, address, ?, NULL, ? FROM delivery WHERE rowid = ?",
        (text_of(now), state, reason, row),
    )
