"""`briefing status`: what ran, what is due, what failed and why, and what waits for a person.

Reads only. `status_of` gathers it from an open ledger; `lines` lays it out for people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from shlex import quote
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, Field

from summarizer.briefing.config import Briefing
from summarizer.briefing.planned import edition_in
from summarizer.briefing.schedule import due_editions
from summarizer.errors import SchemaViolation
from summarizer.records.base import Record
from summarizer.records.delivery import Delivery, EditionStatus, SentFacts
from summarizer.records.edition import Edition, EditionProblem, EditionSource, EditionState
from summarizer.store.edition_reading import EditionReader

#: Editions that are shown.
SHOWN = 7
#: Problems of an edition that are named; the rest are counted.
_PROBLEMS = 8


class ShownEdition(Record):
    """An edition of the ledger, with what it says of its run."""

    edition: str = Field(description="Its key.")
    day: date
    made: AwareDatetime
    state: EditionState | None = Field(description="null: it was written by another version.")
    why: str
    subject: str
    engine: str | None
    cost_usd: float | None
    sources: tuple[EditionSource, ...]
    problems: tuple[EditionProblem, ...]
    deliveries: tuple[Delivery, ...]
    cutoff: AwareDatetime | None


class Attention(Record):
    """Something that waits for a person, and what he can do."""

    what: str
    way_out: str


class Status(Record):
    """Everything that `briefing status` shows."""

    briefing: str
    now: AwareDatetime
    due: date | None = Field(description="The day whose edition is due and not made yet.")
    next_due: AwareDatetime
    late: tuple[date, ...] = Field(
        description="Days whose edition nobody is known to have got before its cut-off."
    )
    editions: tuple[ShownEdition, ...] = Field(description="Newest first.")
    notices: tuple[ShownEdition, ...] = Field(description="Notices of failed editions, newest first.")
    attention: tuple[Attention, ...]

    @property
    def exit_code(self) -> int:
        """1 where something waits for a person."""
        return int(bool(self.attention))

    def lines(self) -> Iterator[str]:
        """For people; instants in the briefing's zone."""
        zone = self.next_due.tzinfo
        yield f"Briefing {self.briefing}, {self.now:%a %d %b %Y %H:%M %Z}"
        yield f"  due now: {self.due}" if self.due else f"  next due: {self.next_due:%a %d %b %Y %H:%M %Z}"
        for one in self.attention:
            yield f"! {one.what}"
            yield f"  {one.way_out}"
        if not self.editions:
            yield "  no edition yet"
        for edition in self.editions:
            yield from _edition_lines(edition, zone if isinstance(zone, ZoneInfo) else None)
        for notice in self.notices:
            yield f"{notice.day}  no edition could be made at {_clock(notice.made, zone)}: {notice.why}"
        for day in self.late:
            yield f"{day}  late: nobody is known to have got it before the cut-off"


def status_of(ledger: EditionReader | None, briefing: Briefing, now: datetime) -> Status:
    """What the ledger and the schedule tell at `now`; without a ledger there was no run yet."""
    plan, name = briefing.schedule.schedule, briefing.name
    due = due_editions(plan, ledger.facts(name) if ledger else SentFacts(), now)
    editions = [_shown(ledger, one) for one in ledger.status(name, SHOWN)] if ledger else []
    notices = [_shown(ledger, one) for one in ledger.status(briefing.notices, SHOWN)] if ledger else []
    missed = ledger.missed(name) if ledger else ()
    skipped = {one.day for one in editions if not one.deliveries}
    newest = editions[0].day if editions else date.min
    return Status(
        briefing=name,
        now=now.astimezone(plan.zone),
        due=due.edition.day if due.edition else None,
        next_due=due.next_at.astimezone(plan.zone),
        late=tuple(one.day for one in missed if one.day not in skipped),
        editions=tuple(editions),
        notices=tuple(notices),
        attention=(
            *_attention(editions, str(briefing.path)),
            *(_fresh(one) for one in notices if one.day > newest),
            *([_ahead(due.ahead)] if due.ahead else []),
        ),
    )


def _shown(ledger: EditionReader, status: EditionStatus) -> ShownEdition:
    edition: Edition | None = None
    with suppress(SchemaViolation):
        edition = edition_in(ledger, status.key).edition
    return ShownEdition(
        edition=str(status.key),
        day=status.key.day,
        made=status.planned,
        state=edition.state if edition else None,
        why=edition.why if edition else "",
        subject=edition.subject if edition else "(of another version)",
        engine=edition.run.engine if edition else None,
        cost_usd=edition.run.cost_usd if edition else None,
        sources=edition.sources if edition else (),
        problems=edition.problems if edition else (),
        deliveries=status.deliveries,
        cutoff=status.cutoff,
    )


def _attention(editions: Sequence[ShownEdition], file: str) -> Iterator[Attention]:
    for edition in editions:
        for row in edition.deliveries:
            again = (
                f"summarizer briefing resend --config {quote(file)} --live --edition {edition.day} "
                f"--recipient {row.recipient}"
            )
            if row.state == "unknown":
                what = f"{edition.edition} to {row.recipient}: unknown whether it arrived ({row.reason})"
                yield Attention(what=what, way_out=f"If it did not: {again}")
            elif row.state == "failed":
                what = f"{edition.edition} to {row.recipient}: not delivered ({row.reason})"
                yield Attention(what=what, way_out=f"To try once more: {again}")


def _fresh(notice: ShownEdition) -> Attention:
    what = f"no edition could be made on {notice.day}: {notice.why}"
    return Attention(what=what, way_out="The next run tries again until the day's cut-off.")


def _ahead(day: date) -> Attention:
    what = f"there is an edition of {day}, a day still to come: the clock was ahead once"
    return Attention(what=what, way_out="No second one is sent on that day. Check the clock.")


def _edition_lines(edition: ShownEdition, zone: ZoneInfo | None) -> Iterator[str]:
    yield f"{edition.day}  {edition.state or '?'}: {edition.subject}"
    if edition.why:
        yield f"  {edition.why}"
    states = [row.state for row in edition.deliveries]
    said = ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states))
    money = "" if edition.cost_usd is None else f", {edition.cost_usd:.2f} USD"
    made = f"made {_clock(edition.made, zone)} by {edition.engine}{money}"
    yield f"  {made}; {said or 'sent to nobody (quiet)'}"
    for source in edition.sources:
        if source.state == "failed":
            yield f"  source {source.name}: {source.reason}"
    for problem in edition.problems[:_PROBLEMS]:
        yield f"  {problem.kind}: {problem.url or problem.source}: {problem.reason}"
    if len(edition.problems) > _PROBLEMS:
        yield f"  and {len(edition.problems) - _PROBLEMS} problems more: --json has all"


def _clock(instant: datetime, zone: object) -> str:
    local = instant.astimezone(zone) if isinstance(zone, ZoneInfo) else instant
    return f"{local:%Y-%m-%d %H:%M}"
