"""`briefing run --dry-run`: the edition as it would be now, sent to nobody and recorded nowhere.

The ledger is only read, and feeds are read with a copy of their memory, so that a look today takes nothing
from tomorrow's edition.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from summarizer.briefing.making import Made, make
from summarizer.briefing.office import Office, letter_for
from summarizer.briefing.planned import sent_editions
from summarizer.briefing.schedule import due_editions, edition_of
from summarizer.records.delivery import SentFacts
from summarizer.records.edition import Edition
from summarizer.rendering.edition_page import render_edition_page
from summarizer.store import edition_file, feeds
from summarizer.store.editions import EditionLedger
from summarizer.store.feeds import FeedMemory


def look(office: Office, day: date | None) -> Made:
    """The edition of `day`, or the one that is due, or else today's.

    Raises:
        LedgerProblem, StoreProblem, MissingExtra: as for a run.
    """
    now, plan = office.clock.now(), office.briefing.schedule.schedule
    facts, previous = _known(office)
    due = due_editions(plan, facts, now).edition if day is None else None
    day = day or now.astimezone(plan.zone).date()
    with _borrowed_memory(office.state) as memory:
        return make(office.shop, due or edition_of(plan, facts, day, now), memory, previous, now)


def written(office: Office, edition: Edition, folder: Path) -> dict[Path, bytes]:
    """The files of a look: the mail to the first reader, and the page."""
    mail = letter_for(office, edition)(office.briefing.mail.to[0])
    return {
        folder / "briefing.eml": mail.as_bytes(),
        folder / "briefing.html": render_edition_page(edition).encode(),
    }


def _known(office: Office) -> tuple[SentFacts, Sequence[Edition]]:
    """What the ledger tells, if there is one: a look begins none."""
    if not (office.state / edition_file.FILE_NAME).exists():
        return SentFacts(), ()
    name = office.briefing.name
    with EditionLedger(office.state, office.clock.now()) as ledger:
        return ledger.facts(name), [one.edition for one in sent_editions(ledger, name)]


@contextmanager
def _borrowed_memory(state: Path) -> Iterator[FeedMemory]:
    with TemporaryDirectory() as folder:
        known = state / feeds.FILE_NAME
        if known.exists():
            with (
                closing(sqlite3.connect(f"{known.absolute().as_uri()}?mode=ro", uri=True)) as here,
                closing(sqlite3.connect(Path(folder) / feeds.FILE_NAME)) as there,
            ):
                here.backup(there)
        with FeedMemory(Path(folder)) as memory:
            yield memory
