"""What one run of a briefing did: for people, for `--json`, and as an exit code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from pydantic import AwareDatetime, Field

from summarizer.records.base import Record
from summarizer.records.delivery import DeliveryReport, EditionKey
from summarizer.records.edition import Edition, EditionState

#: Exit codes of states of an edition that was sent.
_CODES: dict[EditionState, int] = {"news": 0, "degraded": 1, "failed": 3, "quiet": 4}
#: What has gone wrong counts for more: settings, then a server, then anything less, then "nothing new".
_WEIGHT = {2: 4, 3: 3, 1: 2, 0: 1, 4: 0}


class EditionOutcome(Record):
    """What became of one edition in this run."""

    edition: str = Field(description="Its key in the ledger.", examples=["daily/2025-05-12"])
    day: date
    state: EditionState
    why: str = Field(description='What the state rests on; "" for news.')
    subject: str
    sent: bool = Field(description="false: a quiet day that is configured to be skipped.")
    delivery: DeliveryReport | None
    exit_code: int

    def lines(self) -> Iterator[str]:
        """What a person is told."""
        yield f"Edition {self.edition} ({self.state}): {self.subject}"
        if self.why:
            yield f"  {self.why}"
        if not self.sent:
            yield '  Not sent: [briefing] quiet = "skip".'
        for one in self.delivery.results if self.delivery else ():
            reason = f" ({one.reason})" if one.reason and one.outcome not in ("sent", "sent_before") else ""
            yield f"  {one.recipient}: {one.outcome.replace('_', ' ')}{reason}"
        if self.delivery is not None and self.delivery.problem:
            yield f"  {self.delivery.problem}"


class RunOutcome(Record):
    """What the whole run did."""

    briefing: str
    at: AwareDatetime
    editions: tuple[EditionOutcome, ...] = ()
    late: tuple[date, ...] = Field(default=(), description="Days that were given up in this run.")
    next_due: AwareDatetime | None = Field(default=None, description="When the next edition is due.")
    nothing: str | None = Field(default=None, description="Why nothing was made, or null.")
    exit_code: int = Field(
        description="0 sent, 1 degraded, 2 settings, 3 failed or unreachable, 4 nothing new."
    )

    @property
    def is_well(self) -> bool:
        """Nothing in it that somebody has to look at; for pings."""
        return not self.late and all(_is_well(one) for one in self.editions)

    def lines(self) -> Iterator[str]:
        """What a person is told."""
        for one in self.editions:
            yield from one.lines()
        for day in self.late:
            yield f"Late: nobody is known to have got the edition of {day}. Its news are in the next one."
        if self.nothing:
            yield self.nothing


def outcome_of(edition: Edition, delivery: DeliveryReport | None) -> EditionOutcome:
    """What became of an edition; without a delivery it was skipped."""
    code = _CODES[edition.state]
    return EditionOutcome(
        edition=str(edition.key),
        day=edition.day,
        state=edition.state,
        why=edition.why,
        subject=edition.subject,
        sent=delivery is not None,
        delivery=delivery,
        exit_code=gravest(code, delivery.exit_code if delivery and delivery.exit_code else code),
    )


def gravest(*codes: int) -> int:
    """The exit code that counts where there are several; 4 for none."""
    return max(codes, key=lambda code: _WEIGHT.get(code, 5), default=4)


def nothing_due(key: EditionKey | None, sent: datetime | None, next_due: datetime | None) -> str:
    """Why nothing was made, in a line. Instants are shown in the zone that they have."""
    parts = ["Nothing new"]
    if key is not None and sent is not None:
        parts.append(f": the edition of {key.day} was sent at {sent:%H:%M}")
    elif key is not None:
        parts.append(f": there is an edition of {key.day} already")
    else:
        parts.append(": no edition is due")
    if next_due is not None:
        parts.append(f"; the next is due {next_due:%a %d %b %Y %H:%M %Z}")
    return "".join(parts) + "."


def _is_well(one: EditionOutcome) -> bool:
    if one.state == "failed":
        return False
    return one.delivery is None or (one.delivery.problem is None and one.delivery.exit_code == 0)
