"""400 days in several zones, with everything that goes wrong: each due edition is sent once, or reported.

The clock and the mail server are simulated (both are protocols that are passed in); schedule, ledger and
sending are the real ones.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from mail_servers import mail_to, quick_folder

from summarizer.briefing.schedule import Schedule, Weekday, due_editions
from summarizer.delivery.mail_server import Handed
from summarizer.delivery.sending import SendPolicy, deliver
from summarizer.errors import MailServerUnreachable
from summarizer.records.delivery import DeliveryReport, EditionKey, EditionPlan
from summarizer.store.editions import EditionLedger

READERS = ("ann@example.org", "bob@example.org")
DAYS = 400
BRIEFING = "sim"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with quick_folder(tmp_path) as quick:
        yield quick


class Killed(BaseException):
    """The process dies here. What is in the ledger's file stays, everything else is gone."""


@dataclass
class World:
    """What really happens: the true time, how far the machine's clock is off, and what readers got."""

    random: random.Random
    now: datetime
    clock_off: timedelta = timedelta(0)
    down_until: datetime | None = None
    trouble: float = 1.0
    got: Counter[tuple[str, str]] = field(default_factory=Counter)
    reports: list[DeliveryReport] = field(default_factory=list)
    kills: int = 0

    def happens(self, probability: float) -> bool:
        return self.random.random() < probability * self.trouble

    def may_die(self) -> None:
        if self.happens(0.004):
            self.kills += 1
            raise Killed


@dataclass
class MachineClock:
    """What the program sees of the time."""

    world: World

    def now(self) -> datetime:
        return self.world.now + self.world.clock_off

    def wait(self, seconds: float) -> bool:
        self.world.now += timedelta(seconds=seconds)
        self.world.may_die()
        return False


@dataclass
class MailServerInTheWorld:
    """A mail server with bad days; its own session, too. It keeps what it takes."""

    world: World
    edition: str
    name: str = "mail server of the world"

    def connect(self) -> MailServerInTheWorld:
        self.world.may_die()
        down = self.world.down_until
        if down is not None and self.world.now < down:
            raise MailServerUnreachable(self.name, "connection refused")
        return self

    def hand_over(self, recipient: str, mail: bytes, text_begins: Callable[[], bool]) -> Handed:
        world = self.world
        world.may_die()
        if world.happens(0.05):
            return Handed("deferred", "rcpt", "451 greylisted", 451)
        if world.happens(0.01):
            return Handed("refused", "rcpt", "550 mailbox full", 550)
        if world.happens(0.01):
            return Handed("deferred", "data", "broke off", lost=True)
        if not text_begins():
            return Handed("deferred", "data", "taken over", lost=True)
        world.may_die()
        world.got[self.edition, recipient] += 1
        world.may_die()
        if world.happens(0.01):
            return Handed("unclear", "end", "the answer was lost", lost=True)
        return Handed("accepted", "end", "250 OK", 250)

    def quit(self) -> None:
        """Nothing to close."""


def run_once(ledger: EditionLedger, plan: Schedule, world: World) -> datetime:
    """A run as the program makes it: finish what is under way, then what is due. When to run again."""
    clock = MachineClock(world)
    policy = SendPolicy(live=True, clock=clock, waits_s=(300,), patience_s=600, server_tries=2)
    with ledger.exclusive(BRIEFING, clock.now()):
        for key in ledger.unfinished(BRIEFING):
            world.reports.append(send(key, ledger, world, policy))
        due = due_editions(plan, ledger.facts(BRIEFING), clock.now())
        ledger.mark_missed(BRIEFING, due.late, clock.now())
        if due.edition is not None:
            key = EditionKey(briefing=BRIEFING, day=due.edition.day)
            edition = EditionPlan(
                key=key,
                payload=f'"{key}"',
                window_start=due.edition.since,
                window_end=clock.now(),
                cutoff=due.edition.cutoff_at,
                covers=due.edition.covers,
            )
            ledger.plan(edition, READERS, clock.now())
            world.may_die()
            world.reports.append(send(key, ledger, world, policy))
        return due.next_at


def send(key: EditionKey, ledger: EditionLedger, world: World, policy: SendPolicy) -> DeliveryReport:
    return deliver(a_mail, key, READERS, ledger, MailServerInTheWorld(world, str(key)), policy)


@lru_cache
def a_mail(recipient: str) -> EmailMessage:
    """The same each day: what it says doesn't matter here."""
    return mail_to(recipient)


def live_through(folder: Path, plans: list[Schedule], world: World, clock_faults: bool) -> None:
    """400 days; `plans` one after the other, as somebody changes the configuration."""
    start, ledger = world.now, None
    while (days := (world.now - start).days) < DAYS + 8:
        plan = plans[min(days * len(plans) // DAYS, len(plans) - 1)]
        world.trouble = 1.0 if days < DAYS else 0.0  # quiet at the end, so that what is open can be closed
        if days >= DAYS or world.happens(0.3):
            world.clock_off = timedelta(0)
        elif clock_faults and world.happens(0.03):
            world.clock_off = timedelta(minutes=world.random.randrange(-40 * 60, 40 * 60))
        if world.happens(0.04):
            world.down_until = world.now + timedelta(hours=world.random.choice([0.2, 1, 8, 50]))
        try:
            ledger = ledger or EditionLedger(folder, MachineClock(world).now())
            next_at = run_once(ledger, plan, world)
        except Killed:
            assert ledger is not None
            ledger.close_file()
            ledger, next_at = None, world.now
        if world.happens(0.03):  # the machine is switched off
            world.now += timedelta(hours=world.random.choice([1, 7, 30, 100]))
        soon = world.now + timedelta(minutes=90)
        waiting = ledger is None or bool(ledger.unfinished(BRIEFING)) or bool(world.clock_off)
        world.now = soon if waiting else max(soon, next_at)
    assert ledger is not None
    ledger.close_file()


def schedule(zone: str, at: str, cutoff: str, days: str = "mon tue wed thu fri sat sun") -> Schedule:
    names: list[Weekday] = days.split()  # type: ignore[assignment]
    return Schedule(time.fromisoformat(at), ZoneInfo(zone), time.fromisoformat(cutoff), frozenset(names))


LIVES = {
    "a time that a gap skips and a fold repeats": [schedule("America/New_York", "02:30", "12:00")],
    "half an hour of summer time": [schedule("Australia/Lord_Howe", "01:45", "09:00")],
    "clocks change at midnight": [schedule("Africa/Cairo", "00:15", "10:00")],
    "weekdays, in the evening, until after midnight": [
        schedule("Europe/Berlin", "22:00", "02:30", "mon tue wed thu fri")
    ],
    "moved round the world": [
        schedule(zone, "07:00", "12:00")
        for zone in ("Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland", "Asia/Kolkata")
    ],
}


@pytest.mark.parametrize(
    ("life", "clock_faults"),
    [(life, "midnight" in life and "weekdays" not in life) for life in LIVES] + [(next(iter(LIVES)), True)],
)
def test_each_due_edition_is_sent_once_or_reported(life: str, clock_faults: bool, folder: Path) -> None:
    """No day is lost quietly, and no reader has an edition twice, in a year with every fault."""
    plans = LIVES[life]
    world = World(random.Random(f"{life} {clock_faults}"), datetime(2025, 1, 15, 9, 41, tzinfo=UTC))
    first = (world.now + timedelta(days=2)).date()
    live_through(folder, plans, world, clock_faults)
    last = (world.now - timedelta(days=3)).date()
    with EditionLedger(folder, world.now) as ledger:
        statuses = {one.key.day: one for one in ledger.status(BRIEFING, 1000)}
        missed = {one.day for one in ledger.missed(BRIEFING, 1000)}
    assert max(world.got.values()) == 1
    sent_days = set()
    for day, status in statuses.items():
        for row in status.deliveries:
            mails = world.got[str(status.key), row.recipient]
            assert row.state in ("sent", "failed", "unknown"), (day, row)
            assert mails == {"sent": 1, "failed": 0}.get(row.state, mails), (day, row)
        if status.sent_at is not None:
            sent_days.add(day)
    covered = {day for status in statuses.values() for day in status.covers}
    for day in days_between(first, last):
        if any(plan.has(day) for plan in plans) and day not in sent_days:
            assert day in missed or is_told(statuses.get(day)), day
            assert day in covered, day
    assert not missed & sent_days
    # The faults did happen, and most days were good ones all the same.
    scheduled = sum(plans[0].has(day) for day in days_between(first, last))
    assert world.kills > 3
    assert len(sent_days) > 0.8 * scheduled
    assert {one.outcome for report in world.reports for one in report.results} >= {
        "sent", "refused", "waiting", "unknown", "late",
    }  # fmt: skip
    if not clock_faults:
        check_windows([one for day, one in sorted(statuses.items()) if one.sent_at is not None])


def is_told(status: object) -> bool:
    """Its readers are unknown or failed, which the status shows."""
    return status is not None


def check_windows(sent: list) -> None:  # type: ignore[type-arg]
    """A window begins where that of the last edition ended that somebody had: no article falls between."""
    for earlier, later in pairwise(sent):
        assert later.window_start == earlier.window_end, (earlier.key, later.key)


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
