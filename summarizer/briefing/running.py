"""One run of a briefing. START HERE for what `summarizer briefing run` does, and in which order.

::

    settings    password, ping address, somebody whom mail may go to      wrong: exit 2, nothing is touched
      │  ledger.exclusive        one run at a time; what a dead run left is settled
      │  remembered              items of sent editions count as told, if a dead run didn't get to it
      │  unfinished editions     who still waits gets the edition that was planned: it is not made again
      ▼  due_editions            is one due? else: nothing new, exit 4
    making.make                  the edition; failed: a notice to the operator, and the day stays due
      │  ledger.plan             from here on, a crash loses nothing
      ▼  deliver                 each recipient once
    RunOutcome

The clock and the environment are passed in. A failed edition is kept under the briefing's name with
".notices": it never counts as the day's edition, and its notice is sent once a day however often the run is
tried again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from summarizer.briefing.office import Desk, Office, Order, check_allowed, opened_desk, plan_of
from summarizer.briefing.outcome import EditionOutcome, RunOutcome, gravest, nothing_due, outcome_of
from summarizer.briefing.planned import PlannedEdition, abridge_old, edition_in, sent_editions
from summarizer.briefing.schedule import Due, DueEdition, due_editions, edition_of
from summarizer.errors import SchemaViolation, StoreProblem
from summarizer.records.delivery import EditionKey, SentFacts
from summarizer.records.edition import Edition
from summarizer.store.feeds import FeedMemory

if TYPE_CHECKING:
    from summarizer.briefing.making import Made

#: An edition that somebody orders by hand may be sent for so long, also after its day's cut-off.
BY_HAND = timedelta(hours=1)


def run_briefing(office: Office, order: Order) -> RunOutcome:
    """Do what is due, or make and send the edition of the day that the order names.

    Raises:
        BadSetting, NobodyAllowed: nothing was touched.
        AnotherRun: another process is at work on this briefing.
        LedgerProblem: the ledger can't be used; nothing more is sent.
        MissingExtra: packages of `summarizer[briefing]` aren't installed.
    """
    check_allowed(office, order)
    with opened_desk(office, order) as desk:
        return _Run(desk).outcome()


class _Run:
    """A run that holds the ledger."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._office, self._order, self._ledger = desk, desk.office, desk.order, desk.ledger
        self._briefing, self._clock = desk.office.briefing, desk.office.clock
        self._outcomes: list[EditionOutcome] = []
        self._stopped: str | None = None

    def outcome(self) -> RunOutcome:
        """The whole of it."""
        self._remember_sent(sent_editions(self._ledger, self._briefing.name))
        for key in self._ledger.unfinished(self._briefing.name):
            self._go_on(key)
        due = self._due()
        late = self._note_late(due)
        edition = self._wanted(due)
        if edition is not None:
            self._make_and_send(edition)
            for name in (self._briefing.name, self._briefing.notices):
                abridge_old(self._ledger, name)
        for key in self._ledger.unfinished(self._briefing.notices):
            if self._ledger.has(key.model_copy(update={"briefing": self._briefing.name})):
                self._ledger.give_up(key, self._clock.now())  # the edition was made after all
            elif str(key) not in {one.edition for one in self._outcomes}:
                self._go_on(key)
        codes = [one.exit_code for one in self._outcomes]
        zone = self._briefing.schedule.zone
        next_due = due_editions(
            self._briefing.schedule.schedule, self._facts(), self._clock.now()
        ).next_at.astimezone(zone)
        return RunOutcome(
            briefing=self._briefing.name,
            at=self._clock.now(),
            editions=tuple(self._outcomes),
            late=late,
            next_due=next_due,
            nothing=self._stopped or (None if self._outcomes else self._nothing(next_due)),
            exit_code=gravest(*codes, *((1,) if late else ())),
        )

    def _go_on(self, key: EditionKey) -> None:
        """Finish what an earlier run began."""
        self._office.shop.tell(f"Going on with edition {key} …")
        try:
            planned = edition_in(self._ledger, key)
        except SchemaViolation as error:
            self._office.shop.tell(f"Warning: it can't be sent by this version: {error}")
        else:
            self._send(planned)

    def _due(self) -> Due:
        return due_editions(self._briefing.schedule.schedule, self._facts(), self._clock.now())

    def _wanted(self, due: Due) -> DueEdition | None:
        """What to make now: the edition that is due, or the one that was ordered unless it is there."""
        day, now = self._order.day, self._clock.now()
        if day is None:
            return due.edition and replace(due.edition, covers=self._covers(due.edition))
        if self._ledger.has(EditionKey(briefing=self._briefing.name, day=day)):
            return None
        ordered = edition_of(self._briefing.schedule.schedule, self._facts(), day, now)
        return replace(ordered, cutoff_at=max(ordered.cutoff_at, now + BY_HAND), covers=self._covers(ordered))

    def _covers(self, edition: DueEdition) -> tuple[date, ...]:
        """Days that were quiet and skipped on purpose weren't missed."""
        skipped = self._skipped()
        return tuple(day for day in edition.covers if day == edition.day or day not in skipped)

    def _note_late(self, due: Due) -> tuple[date, ...]:
        name = self._briefing.name
        known = {one.day for one in self._ledger.missed(name, limit=10_000)} | self._skipped()
        late = tuple(day for day in due.late if day not in known)
        self._ledger.mark_missed(name, late, self._clock.now())
        return late

    def _make_and_send(self, due: DueEdition) -> None:
        from summarizer.briefing.making import failed_edition, make  # most runs have nothing to make

        shop, now = self._office.shop, self._clock.now()
        previous = [one.edition for one in sent_editions(self._ledger, self._briefing.name)]
        try:
            with self._memory() as memory:
                made = make(shop, due, memory, previous, now)
        except StoreProblem as error:
            made = failed_edition(shop, due, error, now)
        if self._clock.wait(0):
            self._stopped = "Stopped before anything was recorded; the next run makes this edition."
            return
        if made.edition.state == "failed":
            self._send_notice(made, due)
            return
        skipped = made.edition.state == "quiet" and self._briefing.general.quiet == "skip"
        readers: Sequence[str] = () if skipped else self._briefing.mail.to
        plan = plan_of(made.planned, cutoff=due.cutoff_at)
        kept = self._ledger.plan(plan, readers, self._clock.now())
        planned = PlannedEdition.from_json(kept.payload, f"edition {kept.key}")
        if skipped:
            self._outcomes.append(outcome_of(planned.edition, None))
            return
        self._send(planned)

    def _send_notice(self, made: Made, due: DueEdition) -> None:
        """Tell the operator that there is no edition; once a day. The day itself stays due."""
        edition = made.edition.model_copy(update={"briefing": self._briefing.notices})
        notice = PlannedEdition(edition=edition, items=())
        key = edition.key
        known = self._ledger.has(key)
        if not known:
            # Its own window is empty: a notice covers nothing.
            plan = plan_of(notice, cutoff=due.cutoff_at)
            self._ledger.plan(plan, self._readers(key), self._clock.now())
        self._send(edition_in(self._ledger, key) if known else notice)
        trouble = made.trouble.exit_code if made.trouble else 3
        last = self._outcomes[-1]
        code = gravest(3 if trouble == 1 else trouble, last.exit_code)
        told = {"why": made.edition.why, "exit_code": code}
        self._outcomes[-1] = last.model_copy(update=told)

    def _send(self, planned: PlannedEdition) -> None:
        edition = planned.edition
        report = self._desk.send(edition, self._readers(edition.key))
        if edition.briefing == self._briefing.name and report.called("sent", "sent_before"):
            self._remember_sent([planned])
        self._keep_page(edition)
        self._outcomes.append(outcome_of(edition, report))

    def _readers(self, key: EditionKey) -> Sequence[str]:
        mail = self._briefing.mail
        return mail.to if key.briefing == self._briefing.name else (mail.operator or mail.to)

    def _keep_page(self, edition: Edition) -> None:
        """The page of the edition, in the folder that the configuration names."""
        if self._briefing.general.pages is None or edition.state == "failed":
            return
        from summarizer.rendering.edition_page import render_edition_page

        folder = self._briefing.beside(self._briefing.general.pages)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            part = folder / f".{edition.day}.part"
            part.write_text(render_edition_page(edition), encoding="utf-8")
            part.replace(folder / f"{edition.day}.html")
        except OSError as error:
            self._office.shop.tell(f"Warning: the page can't be kept in {folder} ({error})")

    def _remember_sent(self, editions: Sequence[PlannedEdition]) -> None:
        """Their items count as told. Where that can't be written now, the next run does it."""
        try:
            with self._memory() as memory:
                for one in editions:
                    memory.mark_sent(str(one.edition.key), one.items, one.edition.until)
        except StoreProblem as error:
            self._office.shop.tell(f"Warning: {error}")

    @contextmanager
    def _memory(self) -> Iterator[FeedMemory]:
        with FeedMemory(self._office.state) as memory:
            if memory.notice:
                self._office.shop.tell(f"Warning: {memory.notice}")
            yield memory

    def _facts(self) -> SentFacts:
        return self._ledger.facts(self._briefing.name)

    def _skipped(self) -> frozenset[date]:
        """Days whose edition went to nobody because nothing was new."""
        known = self._ledger.status(self._briefing.name, limit=62)
        return frozenset(one.key.day for one in known if not one.deliveries)

    def _nothing(self, next_due: datetime) -> str:
        day = self._order.day or self._clock.now().astimezone(self._briefing.schedule.zone).date()
        key = self._ledger.last_of(self._briefing.name, day)
        if key is None:
            return nothing_due(None, None, next_due)
        known = self._ledger.status(self._briefing.name, limit=62)
        sent = next((one.sent_at for one in known if one.key == key), None)
        zone = self._briefing.schedule.zone
        return nothing_due(key, sent and sent.astimezone(zone), next_due)
