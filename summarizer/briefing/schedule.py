"""Which edition is due: pure, the clock is passed in.

An edition belongs to a local date D of the briefing's zone; there is one for each D at most. It is due
from the first instant at which D's local clock shows the time `at` or later, until the last one at which it
shows `cutoff`; a cut-off not after `at` is the next day's. So, at daylight-saving switches:

* gap: 02:30 on a day that has no 02:30 is due the moment the clock jumps past it (03:00);
* fold: 02:30 on a day that has it twice is due at the first, and a cut-off there is the second;
* a date that a zone left out altogether (Samoa, 30 December 2011) has no edition.

A missed run is caught up until the cut-off. After that the day is *late*: no mail leaves by itself any more,
the day is reported, and its news go into the next edition, which says so (`covers`). Many missed days
give one edition, not one each. Days before the ledger began are not late. A person can still make the
edition of any day (`edition_of`).

What is never due: a date that has an edition in the ledger, whatever became of it. So a clock that jumps
back and a zone that is changed in the configuration send nothing twice. Such a date in the future (the
clock was ahead once) is told as `ahead`; it gets no second edition when it comes.

The window of articles starts where that of the last edition ended that somebody received, not at the moment
it left: what was published between collecting and sending is in neither edition otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from summarizer.records.delivery import SentFacts

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: A missed day further back is covered by the next edition, too, but not listed: nobody reads years.
MAX_DAYS_BACK = timedelta(days=62)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When editions are due. `at` and `cutoff` are wall-clock times in `zone`, to the minute or second."""

    at: time
    zone: ZoneInfo
    cutoff: time
    days: frozenset[Weekday] = frozenset(WEEKDAYS)

    def __post_init__(self) -> None:
        if not self.days:
            raise ValueError("a schedule needs at least one day")
        if self.at.tzinfo is not None or self.cutoff.tzinfo is not None:
            raise ValueError("times of a schedule are wall-clock times: their zone is `zone`")

    def has(self, day: date) -> bool:
        """Is there an edition on this weekday?"""
        return WEEKDAYS[day.weekday()] in self.days

    def due_at(self, day: date) -> datetime | None:
        """Instant (UTC) from which `day`'s edition is due; None where the zone has no such date."""
        instant = first_instant(day, self.at, self.zone)
        return instant if instant.astimezone(self.zone).date() == day else None

    def cutoff_at(self, day: date) -> datetime:
        """Instant (UTC) from which `day`'s edition is late."""
        on = day if self.cutoff > self.at else day + _DAY
        return last_instant(on, self.cutoff, self.zone)


@dataclass(frozen=True, slots=True)
class DueEdition:
    """An edition to make now. `covers` ends with its own day; missed days stand before it."""

    day: date
    due_at: datetime
    cutoff_at: datetime
    since: datetime | None
    covers: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """`edition` None: nothing to make now. `next_at`: when to ask again (UTC).

    `late`: days whose cut-off passed without an edition that anybody received, oldest first.
    `ahead`: the furthest day that has an edition although it is still to come.
    """

    edition: DueEdition | None
    late: tuple[date, ...]
    next_at: datetime
    ahead: date | None = None


def due_editions(plan: Schedule, facts: SentFacts, now: datetime) -> Due:
    """What is due at `now`.

    Raises:
        ValueError: `now` has no zone.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a zone")
    today = now.astimezone(plan.zone).date()
    ahead = max((day for day in facts.planned if day > today), default=None)
    # Yesterday's edition may still be due: its cut-off may stand after midnight.
    candidates = [day for day in (today - _DAY, today) if _is_open(plan, day, now)]
    day = next((day for day in reversed(candidates) if day not in facts.planned), None)
    edition = edition_of(plan, facts, day, now) if day is not None else None
    late = tuple(one for one in _unsent_days(plan, facts, today) if plan.cutoff_at(one) <= now)
    return Due(edition, late, _next_at(plan, facts, now, day), ahead)


def edition_of(plan: Schedule, facts: SentFacts, day: date, now: datetime) -> DueEdition:
    """`day`'s edition as it would be made at `now`, whether or not it is due: `briefing run --date`."""
    earlier = [one for one in facts.sent if one.day < day and one.window_end <= now]
    since = max((one.window_end for one in earlier), default=None)
    missed = (one for one in _unsent_days(plan, facts, day) if one < day)
    return DueEdition(
        day=day,
        due_at=first_instant(day, plan.at, plan.zone),
        cutoff_at=plan.cutoff_at(day),
        since=since,
        covers=(*missed, day),
    )


def first_instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) at which the local clock shows `wall` of `day`, or later."""
    early, late = _readings(day, wall, zone)
    return early if _exists(day, wall, zone) else _switch_between(late, early, zone)


def last_instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The last instant (UTC) at which the local clock comes to show `wall` of `day`, or later."""
    early, late = _readings(day, wall, zone)
    return late if _exists(day, wall, zone) else _switch_between(late, early, zone)


def _readings(day: date, wall: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The wall time read with the offset before and the one after a switch (PEP 495), as UTC.

    In a fold the first is the earlier; in a gap, where neither exists, the first is the later.
    """
    local = datetime.combine(day, wall.replace(fold=0), zone)
    return local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)


def _exists(day: date, wall: time, zone: ZoneInfo) -> bool:
    instant = datetime.combine(day, wall.replace(fold=0), zone).astimezone(UTC)
    return instant.astimezone(zone).replace(tzinfo=None, fold=0) == datetime.combine(
        day, wall.replace(fold=0)
    )


def _switch_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The second in (`before`, `after`] from which the zone's offset is another one."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def _is_open(plan: Schedule, day: date, now: datetime) -> bool:
    due_at = plan.due_at(day) if plan.has(day) else None
    return due_at is not None and due_at <= now < plan.cutoff_at(day)


def _unsent_days(plan: Schedule, facts: SentFacts, until: date) -> Iterator[date]:
    """Scheduled days up to `until` that fell due since the last edition that somebody received."""
    if facts.begun is None:
        return
    sent = {one.day for one in facts.sent}
    last_sent = max((day for day in sent if day <= until), default=None)
    day = last_sent + _DAY if last_sent is not None else facts.begun.astimezone(plan.zone).date() - _DAY
    day = max(day, until - MAX_DAYS_BACK)
    while day <= until:
        due_at = plan.due_at(day) if plan.has(day) and day not in sent else None
        if due_at is not None and plan.cutoff_at(day) > facts.begun:
            yield day
        day += _DAY


def _next_at(plan: Schedule, facts: SentFacts, now: datetime, taken: date | None) -> datetime:
    """The next instant at which a day without an edition falls due."""
    day = now.astimezone(plan.zone).date() - _DAY
    while True:
        due_at = plan.due_at(day) if plan.has(day) and day not in facts.planned and day != taken else None
        if due_at is not None and due_at > now:
            return due_at
        day += _DAY
