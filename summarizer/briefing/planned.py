"""What the ledger keeps of an edition: the edition as readers get it, and the items that it covers.

An item counts as told when the edition was sent, not when it was fetched. So its key is kept with the
edition, and a run that died between sending and remembering is made good by the next one.
"""

from __future__ import annotations

from contextlib import suppress

from pydantic import Field

from summarizer.errors import SchemaViolation
from summarizer.records.base import Record
from summarizer.records.delivery import EditionKey
from summarizer.records.edition import Edition
from summarizer.store.edition_reading import EditionReader
from summarizer.store.editions import EditionLedger

#: Sent editions that the next one is compared with; a story that was silent for longer counts as new.
PREVIOUS = 14
#: So many older ones are looked through after each edition: there is one to abridge a day, as a rule.
_LOOKED_THROUGH = 7


class PlannedEdition(Record):
    """The payload of a plan in the ledger."""

    edition: Edition
    items: tuple[str, ...] = Field(description="Keys of the items that are told once it is sent.")
    abridged: bool = Field(default=False, description="Whether its stories and texts were dropped, for age.")

    def without_texts(self) -> PlannedEdition:
        """What is kept of an old one: that it was, how it stood, and what failed in it."""
        kept = self.edition.model_copy(update={"collection": None, "order": (), "articles": ()})
        return PlannedEdition(edition=kept, items=(), abridged=True)


def edition_in(ledger: EditionReader, key: EditionKey) -> PlannedEdition:
    """The edition of that key.

    Raises:
        LedgerProblem: there is none, or it was damaged.
        SchemaViolation: it was written by a version whose editions are others.
    """
    return PlannedEdition.from_json(ledger.planned(key).payload, f"edition {key}")


def sent_editions(ledger: EditionReader, briefing: str) -> tuple[PlannedEdition, ...]:
    """The newest editions that somebody received, newest first.

    Those of a version whose editions are others are left out: what they told is then told as new.
    """
    found = []
    for one in ledger.status(briefing, PREVIOUS):
        if one.sent_at is not None:
            with suppress(SchemaViolation):
                found.append(edition_in(ledger, one.key))
    return tuple(one for one in found if not one.abridged)


def abridge_old(ledger: EditionLedger, briefing: str) -> None:
    """Drop the texts of editions that no comparison needs: else a ledger grows by megabytes a day."""
    for one in ledger.status(briefing, PREVIOUS + _LOOKED_THROUGH)[PREVIOUS:]:
        with suppress(SchemaViolation):
            planned = edition_in(ledger, one.key)
            if not planned.abridged:
                ledger.abridge(one.key, planned.without_texts().model_dump_json(by_alias=True))
