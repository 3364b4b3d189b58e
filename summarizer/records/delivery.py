"""What the ledger of editions holds, and what a run says of its deliveries.

::

    planned ──▶ sending ──▶ sent        the server took the mail
      ▲            ├──────▶ failed      it never will (5xx), or the cut-off passed
      │            ├──────▶ unknown     the answer was lost after the text had begun to flow
      └────────────┘                    nothing was handed over (4xx, no connection): tried again

`unknown` and `failed` leave that state by a person's order only. All instants are aware; days are local
calendar dates in the briefing's own zone.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from summarizer.records.base import Record, Text

DeliveryState = Literal["planned", "sending", "sent", "failed", "unknown"]
#: What became of a recipient in one run: `DeliveryState` seen from outside.
#: sent: just now. sent_before: by an earlier run. waiting: not handed over, tried again until the cut-off.
#: held: the guard let no mail out to this address. late: given up, the cut-off passed.
Outcome = Literal["sent", "sent_before", "refused", "waiting", "unknown", "held", "late"]


class EditionKey(Record):
    """Names an edition. A correction has the day of what it corrects, and the next `revision`."""

    briefing: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", description="The briefing's short name.")
    day: date = Field(description="Local date of the edition in the briefing's zone.")
    revision: int = Field(default=0, ge=0, description="0: the edition itself. 1, 2 …: its corrections.")

    def __str__(self) -> str:
        return f"{self.briefing}/{self.day.isoformat()}" + (f".{self.revision}" if self.revision else "")

    def correction(self) -> Self:
        """Key of the next correction."""
        return self.model_copy(update={"revision": self.revision + 1})


class EditionPlan(Record):
    """An edition as it was when it was made: a later run sends this one, it doesn't make another.

    `payload` is the whole edition as JSON; the ledger keeps it and never looks inside.
    """

    key: EditionKey
    payload: str = Field(description="The edition that every recipient gets, as JSON.")
    window_start: AwareDatetime | None = Field(
        default=None, description="Articles from here on (null: the first edition)."
    )
    window_end: AwareDatetime = Field(description="Articles up to here: when they were collected.")
    cutoff: AwareDatetime | None = Field(
        default=None, description="No mail leaves by itself from here on (null: made by hand, no limit)."
    )
    covers: tuple[date, ...] = Field(
        default=(), description="The days that it stands for: its own, and missed ones before it."
    )

    @model_validator(mode="after")
    def _window_runs_forward(self) -> Self:
        if self.window_start is not None and self.window_start > self.window_end:
            raise ValueError("the window of articles ends before it starts")
        return self


class Delivery(Record):
    """One row: what is known of one edition's mail to one recipient."""

    key: EditionKey
    recipient: Text = Field(description="The address as it was given, its domain in ASCII.")
    state: DeliveryState
    sha: str = Field(description="SHA-256 of the edition's payload.")
    message_sha: str | None = Field(default=None, description="SHA-256 of the mail that was tried last.")
    attempts: int = Field(default=0, ge=0, description="How often it was claimed for sending.")
    changed: AwareDatetime = Field(description="When the state was written.")
    code: int | None = Field(default=None, description="The server's last reply code.")
    reason: str | None = Field(default=None, description="Why it stands as it does, for people.")


class RecipientResult(Record):
    """What became of one recipient in this run."""

    recipient: Text
    outcome: Outcome
    attempts: int = 0
    code: int | None = None
    reason: str | None = None


class DeliveryReport(Record):
    """What one run did with one edition. `problem` is what the whole server said no to, or null."""

    edition: str = Field(description="The edition's key.")
    results: tuple[RecipientResult, ...] = ()
    problem: str | None = None
    exit_code: int = Field(default=0, description="What a command that did only this would end with.")

    def called(self, *outcomes: Outcome) -> tuple[RecipientResult, ...]:
        """The recipients with one of these outcomes."""
        return tuple(one for one in self.results if one.outcome in outcomes)

    @property
    def complete(self) -> bool:
        """Nobody waits: every recipient got it, was refused for good, was held back or is too late."""
        return not self.called("waiting", "unknown")


class SentEdition(Record):
    """An edition that somebody received, and where its window of articles ended."""

    day: date
    window_end: AwareDatetime


class SentFacts(Record):
    """What a schedule needs to know of the ledger.

    `begun` null: it is new. `planned`: every day that has an edition, whatever became of it.
    """

    begun: AwareDatetime | None = None
    planned: frozenset[date] = frozenset()
    sent: tuple[SentEdition, ...] = ()


class EditionStatus(Record):
    """An edition and all its rows: what `briefing status` shows of it."""

    key: EditionKey
    planned: AwareDatetime
    window_start: AwareDatetime | None
    window_end: AwareDatetime
    cutoff: AwareDatetime | None
    covers: tuple[date, ...]
    deliveries: tuple[Delivery, ...]

    @property
    def sent_at(self) -> datetime | None:
        """When the first recipient had it, or None: an edition is sent when one recipient has it."""
        return min((row.changed for row in self.deliveries if row.state == "sent"), default=None)


class LedgerEvent(Record):
    """One line of an edition's history."""

    at: AwareDatetime
    recipient: Text
    state: DeliveryState
    code: int | None
    reason: str | None


class MissedDay(Record):
    """A due day on which nothing was sent before its cut-off. Its news are in the next edition."""

    briefing: str
    day: date
    noticed: AwareDatetime
    reason: str
