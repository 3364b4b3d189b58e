"""When an edition is due: one for each local day, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.briefing.schedule import (
    Due,
    Schedule,
    due_editions,
    edition_of,
    first_instant,
    last_instant,
)
from summarizer.records.delivery import SentEdition, SentFacts

BERLIN = ZoneInfo("Europe/Berlin")
WEEKDAYS = frozenset({"mon", "tue", "wed", "thu", "fri"})
MORNING = Schedule(time(7), BERLIN, time(12))
MONDAY = date(2025, 2, 24)


def local(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    """An instant by its wall time: "2025-02-24 07:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def after(*days: date, begun: str = "2025-02-01 00:00", unsent: tuple[date, ...] = ()) -> SentFacts:
    """A ledger in which these days' editions were received, with windows that end at 7 o'clock."""
    return SentFacts(
        begun=utc(begun),
        planned=frozenset((*days, *unsent)),
        sent=tuple(SentEdition(day=day, window_end=datetime.combine(day, time(7), BERLIN)) for day in days),
    )


def due_day(due: Due) -> date | None:
    return due.edition.day if due.edition else None


@pytest.mark.parametrize(
    ("now", "day", "next_at"),
    [
        ("2025-02-24 06:59:59", None, "2025-02-24 07:00"),
        ("2025-02-24 07:00", MONDAY, "2025-02-25 07:00"),
        ("2025-02-24 11:59:59", MONDAY, "2025-02-25 07:00"),
        ("2025-02-24 12:00", None, "2025-02-25 07:00"),
    ],
)
def test_an_edition_is_due_from_its_time_until_its_cut_off(now: str, day: date | None, next_at: str) -> None:
    """A run that comes late makes it up; one that comes too late doesn't send yesterday's paper."""
    due = due_editions(MORNING, after(date(2025, 2, 23)), local(now))
    assert due_day(due) == day
    assert due.next_at == local(next_at)


def test_an_edition_that_was_made_is_not_due_again() -> None:
    """Whether readers have it or not: what is left is the ledger's to finish."""
    noon = local("2025-02-24 09:00")
    assert due_editions(MORNING, after(MONDAY), noon).edition is None
    assert due_editions(MORNING, after(unsent=(MONDAY,)), noon).edition is None


def test_a_missed_day_is_late_and_its_news_are_in_the_next_edition() -> None:
    """The machine was off from Saturday to Monday noon: one edition on Tuesday, not four."""
    facts = after(date(2025, 2, 21))
    monday = due_editions(MORNING, facts, local("2025-02-24 13:00"))
    assert monday.edition is None
    assert monday.late == (date(2025, 2, 22), date(2025, 2, 23), MONDAY)
    tuesday = due_editions(MORNING, facts, local("2025-02-25 07:00"))
    assert tuesday.edition is not None
    assert tuesday.edition.covers == (*monday.late, date(2025, 2, 25))
    assert tuesday.edition.since == local("2025-02-21 07:00")
    wednesday = due_editions(MORNING, after(date(2025, 2, 25)), local("2025-02-26 07:00"))
    assert wednesday.edition is not None
    assert wednesday.edition.covers == (date(2025, 2, 26),)
    assert wednesday.late == ()


def test_an_edition_that_nobody_received_is_covered_by_the_next() -> None:
    """The mail server was down all morning: its window isn't closed."""
    due = due_editions(MORNING, after(date(2025, 2, 23), unsent=(MONDAY,)), local("2025-02-25 08:00"))
    assert due.edition is not None
    assert due.edition.covers == (MONDAY, date(2025, 2, 25))
    assert due.edition.since == local("2025-02-23 07:00")
    assert due.late == (MONDAY,)


def test_days_off_are_neither_due_nor_missed() -> None:
    """Monday's edition has the weekend's news, and nobody is told that Saturday is late."""
    plan = Schedule(time(7), BERLIN, time(12), WEEKDAYS)
    facts = after(date(2025, 2, 21))
    saturday = due_editions(plan, facts, local("2025-02-22 08:00"))
    assert (saturday.edition, saturday.late, saturday.next_at) == (None, (), local("2025-02-24 07:00"))
    monday = due_editions(plan, facts, local("2025-02-24 08:00"))
    assert monday.edition is not None
    assert monday.edition.covers == (MONDAY,)
    assert monday.edition.since == local("2025-02-21 07:00")


def test_the_first_edition_is_today_s_and_nothing_before_it_is_late() -> None:
    """Installed at nine, the first mail comes now; installed in the afternoon, tomorrow."""
    nine = due_editions(MORNING, SentFacts(), local("2025-02-24 09:00"))
    assert nine.edition is not None
    assert (nine.edition.covers, nine.edition.since, nine.late) == ((MONDAY,), None, ())
    begun_at_three = after(begun="2025-02-24 14:00")
    afternoon = due_editions(MORNING, begun_at_three, local("2025-02-24 15:00"))
    assert (afternoon.edition, afternoon.late) == (None, ())
    begun_at_nine = after(begun="2025-02-24 08:00")
    assert due_editions(MORNING, begun_at_nine, local("2025-02-24 15:00")).late == (MONDAY,)


def test_a_cut_off_after_midnight_belongs_to_the_day_before() -> None:
    """An evening edition at 22:00 that may still go out until two."""
    evening = Schedule(time(22), BERLIN, time(2))
    facts = after(date(2025, 2, 23))
    for now, day in [("2025-02-24 21:59", None), ("2025-02-24 22:00", MONDAY), ("2025-02-25 01:59", MONDAY)]:
        assert due_day(due_editions(evening, facts, local(now))) == day
    late = due_editions(evening, facts, local("2025-02-25 02:00"))
    assert (late.edition, late.late) == (None, (MONDAY,))


def test_a_time_in_the_gap_is_due_when_the_clock_jumps_past_it() -> None:
    """Berlin, 30 March 2025: after 01:59:59 comes 03:00. There is no 02:30, but there is an edition."""
    night = Schedule(time(2, 30), BERLIN, time(12))
    facts = after(date(2025, 3, 29))
    switch = utc("2025-03-30 01:00")
    assert due_editions(night, facts, switch - timedelta(seconds=1)).edition is None
    due = due_editions(night, facts, switch)
    assert due.edition is not None
    assert (due.edition.day, due.edition.due_at) == (date(2025, 3, 30), switch)
    assert due_editions(night, facts, switch - timedelta(hours=1)).next_at == switch


def test_a_time_in_the_fold_is_due_once() -> None:
    """Berlin, 26 October 2025: 02:30 comes twice, an hour apart. The edition goes out at the first."""
    night = Schedule(time(2, 30), BERLIN, time(12))
    day = date(2025, 10, 26)
    first, second = utc("2025-10-26 00:30"), utc("2025-10-26 01:30")
    due = due_editions(night, after(date(2025, 10, 25)), first)
    assert due.edition is not None
    assert (due.edition.day, due.edition.due_at) == (day, first)
    again = due_editions(night, after(date(2025, 10, 25), day), second)
    assert again.edition is None
    assert again.next_at == local("2025-10-27 02:30")


def test_a_cut_off_in_the_fold_is_the_second_and_in_the_gap_the_switch() -> None:
    """Readers get the benefit of the doubt."""
    night = Schedule(time(1), BERLIN, time(2, 30))
    assert night.cutoff_at(date(2025, 10, 26)) == utc("2025-10-26 01:30")
    assert night.cutoff_at(date(2025, 3, 30)) == utc("2025-03-30 01:00")


def test_a_date_that_a_zone_left_out_has_no_edition() -> None:
    """Samoa went from 29 to 31 December 2011: nothing is due on the 30th, and nothing is late."""
    apia = ZoneInfo("Pacific/Apia")
    plan = Schedule(time(7), apia, time(12))
    assert plan.due_at(date(2011, 12, 30)) is None
    facts = SentFacts(
        begun=utc("2011-12-01 00:00"),
        planned=frozenset({date(2011, 12, 29)}),
        sent=(SentEdition(day=date(2011, 12, 29), window_end=local("2011-12-29 07:00", apia)),),
    )
    due = due_editions(plan, facts, local("2011-12-31 08:00", apia))
    assert due.edition is not None
    assert due.edition.covers == (date(2011, 12, 31),)


def test_a_zone_whose_clocks_change_at_midnight() -> None:
    """Cairo skips the hour after midnight: an edition at 00:30 belongs to that day and comes at 01:00."""
    cairo = ZoneInfo("Africa/Cairo")
    plan = Schedule(time(0, 30), cairo, time(6))
    assert plan.due_at(date(2025, 4, 25)) == local("2025-04-25 01:00", cairo)


def test_a_clock_that_jumps_back_makes_nothing_due_twice() -> None:
    """It ran a day ahead, sent tomorrow's edition, and was put right: said, and not sent again tomorrow."""
    tuesday = date(2025, 2, 25)
    facts = after(MONDAY, tuesday)
    back = due_editions(MORNING, facts, local("2025-02-24 08:00"))
    assert (back.edition, back.ahead) == (None, tuesday)
    there = due_editions(MORNING, facts, local("2025-02-25 08:00"))
    assert (there.edition, there.ahead) == (None, None)
    assert due_day(due_editions(MORNING, facts, local("2025-02-26 08:00"))) == date(2025, 2, 26)


def test_a_window_never_starts_in_the_future() -> None:
    """After a clock that ran ahead, the next edition starts at the last window that has really ended."""
    facts = after(date(2025, 2, 20), date(2025, 3, 20))
    due = due_editions(MORNING, facts, local("2025-02-24 08:00"))
    assert due.edition is not None
    assert due.edition.since == local("2025-02-20 07:00")
    assert due.ahead == date(2025, 3, 20)
    by_hand = SentFacts(sent=(SentEdition(day=date(2025, 2, 20), window_end=local("2025-02-24 09:00")),))
    assert edition_of(MORNING, by_hand, MONDAY, local("2025-02-24 08:00")).since is None


@pytest.mark.parametrize(
    ("old", "new"), [("Pacific/Auckland", "America/Los_Angeles"), ("America/Los_Angeles", "Pacific/Auckland")]
)
def test_a_zone_that_is_changed_sends_no_date_twice(old: str, new: str) -> None:
    """A date that was sent under the old zone isn't due under the new one; the next date is."""
    before, changed = ZoneInfo(old), Schedule(time(7), ZoneInfo(new), time(12))
    now = local("2025-02-24 07:00", before)
    facts, days = after(date(2025, 2, 23), MONDAY), []
    for _ in range(4 * 60):
        now += timedelta(minutes=15)
        day = due_day(due_editions(changed, facts, now))
        if day is not None:
            days.append(day)
            facts = after(date(2025, 2, 23), MONDAY, *days)
    assert days[0] == date(2025, 2, 25)
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]


def test_a_wrong_clock_long_ago_doesn_t_list_years() -> None:
    """A small computer without a battery begins in 1970: the list of missed days stays readable."""
    due = due_editions(MORNING, SentFacts(begun=utc("1970-01-01 00:00")), local("2025-02-24 08:00"))
    assert due.edition is not None
    assert len(due.edition.covers) == 63
    assert due.edition.covers[-1] == MONDAY


def test_a_person_can_make_the_edition_of_any_day() -> None:
    """`briefing run --date`: a missed day, after its cut-off."""
    facts = after(date(2025, 2, 20))
    made = edition_of(MORNING, facts, date(2025, 2, 22), local("2025-02-24 15:00"))
    assert made.covers == (date(2025, 2, 21), date(2025, 2, 22))
    assert made.since == local("2025-02-20 07:00")


def test_a_clock_without_a_zone_is_refused() -> None:
    """Seven o'clock where?"""
    with pytest.raises(ValueError, match="zone"):
        due_editions(MORNING, SentFacts(), datetime(2025, 2, 24, 7))
    with pytest.raises(ValueError, match="at least one day"):
        Schedule(time(7), BERLIN, time(12), frozenset())


ZONES = sorted(available_timezones())
TIMES = st.times(min_value=time(0), max_value=time(23, 59)).map(
    lambda t: t.replace(second=0, microsecond=0, fold=0)
)


@settings(max_examples=150)
@given(
    st.sampled_from(ZONES),
    st.dates(date(1975, 1, 1), date(2037, 1, 1)),
    TIMES,
)
def test_the_first_instant_is_the_first_in_every_zone(zone_name: str, day: date, wall: time) -> None:
    """Compared with a walk over the local clock, minute by minute, in every zone there is."""
    zone = ZoneInfo(zone_name)
    wanted = datetime.combine(day, wall)
    found = first_instant(day, wall, zone)
    assert naive(found, zone) >= wanted
    assert found <= last_instant(day, wall, zone)
    walk = found - timedelta(hours=25)
    while walk < found:
        walk += timedelta(minutes=7, seconds=1)
        assert walk >= found or naive(walk, zone) < wanted
    assert naive(found - timedelta(seconds=1), zone) < wanted


def naive(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


@settings(max_examples=60)
@given(st.sampled_from(ZONES), st.dates(date(1990, 1, 1), date(2036, 1, 1)), TIMES, TIMES)
def test_each_day_of_each_zone_is_due_once(zone_name: str, start: date, at: time, cutoff: time) -> None:
    """Asked every half hour for four days around any date: no day twice, and none left out."""
    plan = Schedule(at, ZoneInfo(zone_name), cutoff)
    now = datetime.combine(start, time(0), UTC)
    facts, made = SentFacts(begun=now), []
    for _ in range(4 * 24 * 60 // 31):
        due = due_editions(plan, facts, now)
        if due.edition is not None:
            made.append(due.edition)
            facts = SentFacts(
                begun=facts.begun,
                planned=facts.planned | {due.edition.day},
                sent=(*facts.sent, SentEdition(day=due.edition.day, window_end=now)),
            )
        now += timedelta(minutes=31)
    days = [one.day for one in made]
    assert len(set(days)) == len(days)
    covered = [day for one in made for day in one.covers]
    if covered:
        between = [covered[0] + timedelta(days=n) for n in range((covered[-1] - covered[0]).days + 1)]
        assert covered == [day for day in between if plan.due_at(day) is not None]
