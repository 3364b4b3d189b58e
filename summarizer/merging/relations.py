"""How two figures of one quantity relate, and why (contract, section 7).

Pure. Scope goes before time, time before source; figures that one value can satisfy agree. The reason is
for a person to read and quotes the sources' own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.merging.intervals import Days, Interval
from summarizer.merging.phrasing import say_date
from summarizer.merging.pool import FigureItem
from summarizer.merging.quantity_kinds import (
    Quantity,
    is_growing,
    is_money,
    is_of_an_event,
    is_size_of_quake,
    never_falls,
)
from summarizer.records.digest import PointRelation

#: "Up to 175,000" and "as many as 180,000" are one estimate; that both allow 3 says nothing.
_SAME_TOP = 1.1
#: Open bounds given within so many days of each other speak of one state of things.
_SAME_NEWS_DAYS = 2
_SCOPE_WORDS = {
    "land": "land forces only",
    "sea": "naval forces only",
    "air": "air forces only",
    "confirmed": "confirmed cases only",
    "suspected": "suspected cases",
    "civilians": "civilians only",
    "children": "children only",
    "adjusted": "adjusted figures",
    "debt": "debt included",
    "foreign": "abroad only",
    "daily": "a daily figure",
    "weekly": "a weekly figure",
    "annual": "a yearly figure",
    "severe": "severe cases only",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure with all that relations depend on; `source` and `source_name` are of its actor cluster.

    `days` and `when` are the figure's own date; `told` and `published` are its article's, where that
    states one; they stand in where the figure has none.
    """

    item: FigureItem
    quantity: Quantity
    values: Interval
    days: Days | None
    when: str | None
    source: str | None
    source_name: str | None
    body: str | None = None  # the source's name, unless it is a group of people without one
    told: Days | None = None
    published: str | None = None

    @property
    def quote(self) -> str:
        """The figure in the source's own words, on one line and in quotation marks."""
        words = " ".join(self.item.figure.evidence[0].quote.split())
        return f"“{words.strip('“”')}”"

    @property
    def speaker(self) -> str:
        """Whose figure it is, in words."""
        return self.source_name or "the article"


def scope_differs(a: Quantity, b: Quantity) -> bool:
    """Whether two readings count different parts of one quantity."""
    if a.scope != b.scope:
        return True
    if not is_growing(a):
        return False
    # A toll of a province is a part of the toll; where a whole toll was told says nothing.
    return (a.parts != b.parts and not a.parts & b.parts) or (
        bool(a.places) and bool(b.places) and not a.places & b.places
    )


def _outgrown(a: Reading, b: Reading) -> bool:
    """Whether one, told later of a place, is more than the whole toll was: the toll has risen since."""
    early, late = (a, b) if _day(a) <= _day(b) else (b, a)
    return (
        is_growing(a.quantity)
        and a.quantity.scope == b.quantity.scope
        and _day(early) < _day(late)
        and not early.quantity.parts
        and bool(late.quantity.parts)
        and late.values.low > early.item.figure.value
    )


def same_source(a: Reading, b: Reading) -> bool:
    """Whether both figures come from one actor, or both from one article's own voice.

    Two bodies of one name are one here ("the forest service" of two articles), groups are not ("officials").
    """
    if a.source is None or b.source is None:
        return a.source is b.source and a.item.article.id == b.item.article.id
    return a.source == b.source or (a.body is not None and a.body == b.body)


def times_differ(a: Reading, b: Reading) -> bool | None:
    """Whether two figures are of different times; None when that can't be known.

    A figure without a date of its own is of its article's day: news tells how things stand. Beside another
    date of the same article that says nothing ("40,000 marched on Saturday. Unions counted 90,000"). What
    grows is counted anew each day, whatever day the event had: "52 died in Monday's fire", told on Friday.
    """
    if a.quantity.times != b.quantity.times:
        return True
    if is_growing(a.quantity) and a.told and b.told and _apart(a.told, b.told):
        return True
    if a.days is None or b.days is None:
        return _told_differ(a, b)
    return _apart(a.days, b.days) or (is_money(a.quantity.unit) and _longer(a.days, b.days))


def _told_differ(a: Reading, b: Reading) -> bool | None:
    first, second = a.days or a.told, b.days or b.told
    is_same_article = a.item.article.id == b.item.article.id
    if first is None or second is None or is_size_of_quake(a.quantity):
        return None
    if is_same_article and (first != second or is_of_an_event(a.quantity)):
        return None
    return _apart(first, second)


def _apart(a: Days, b: Days) -> bool:
    if a.is_range and b.is_range:
        return a != b
    return a.gap(b) > 0


def _longer(a: Days, b: Days) -> bool:
    """Whether one is a day and the other days: what was paid in a week is more than that of its first day."""
    return (a.first == a.last) != (b.first == b.last)


def relate(a: Reading, b: Reading) -> PointRelation:
    """The relation between two figures of one series, with its reason."""

    def result(relation: str, reason: str) -> PointRelation:
        return PointRelation.model_validate(
            {"a": a.item.member, "b": b.item.member, "relation": relation, "reason": reason}
        )

    if _outgrown(a, b):
        return result("differ_in_time", _times(a, b))
    if scope_differs(a.quantity, b.quantity):
        return result("differ_in_scope", f"{_scope(a, b)}; {_scope(b, a)}")
    differ = times_differ(a, b)
    if _meet(a, b):
        if not differ or _confirm(a, b):
            return result("agree", _why_agree(a, b))
        return result("differ_in_time", _times(a, b))
    if differ and not _fell(a, b):
        return result("differ_in_time", _times(a, b))
    if same_source(a, b):
        return result("differ_in_time", f"two counts of one source ({a.speaker}): {a.quote} and {b.quote}")
    is_same_event = is_size_of_quake(a.quantity) or (
        a.item.article.id == b.item.article.id and is_of_an_event(a.quantity)
    )
    if differ is None and (a.days is None) != (b.days is None) and not is_same_event:
        return result("differ_in_time", _times(a, b))
    against = f"{_said(a)} against {_said(b)}"
    if differ:
        reason = f"{against}: a count like this doesn't fall with time"
    else:
        reason = f"{against}, for the same scope{'' if differ is None else ' and time'}"
    return result("differ_in_source", reason)


def _confirm(a: Reading, b: Reading) -> bool:
    """Whether numbers of two days that meet say the same: "about 94,000" and "94,300", or 52 and again 52.

    An open bound meets almost anything: "at least 14" on Monday and 52 on Thursday are two states of a
    toll. Of what doesn't grow by the day, "more than 3,000" and later "3,200" are one number, and "more than
    100,000" and a day later "more than 127,000" no news.
    """
    first, second = a.item.figure, b.item.figure
    if (first.value, first.value_high) == (second.value, second.value_high):
        return True
    if not {first.bound, second.bound} & {"at_least", "at_most"}:
        return True
    if is_growing(a.quantity):
        early, late = (first, second) if _day(a) <= _day(b) else (second, first)
        return late.bound == "at_least" and late.value <= early.value <= late.value * _SAME_TOP
    low, high = sorted((first.value_high or first.value, second.value_high or second.value))
    return high <= low * _SAME_TOP or _gap(a, b) <= _SAME_NEWS_DAYS


def _day(one: Reading) -> int:
    """The last day that a count can be of: its article's, or its own where that is all we know."""
    return max((days.first for days in (one.days, one.told) if days), default=0)


def _gap(a: Reading, b: Reading) -> int:
    first, second = a.days or a.told, b.days or b.told
    return first.gap(second) if first and second else 0


def _meet(a: Reading, b: Reading) -> bool:
    """Whether one number can be both. Two tops ("as many as 150,000", "fewer than 20,000") must be alike."""
    if a.item.figure.bound == b.item.figure.bound == "at_most":
        low, high = sorted((a.values.high, b.values.high))
        return high <= low * _SAME_TOP
    return a.values.meets(b.values)


def _fell(a: Reading, b: Reading) -> bool:
    """A count that only grows is lower at the later time, by another source: time doesn't explain that."""
    if not never_falls(a.quantity) or a.days is None or b.days is None or same_source(a, b):
        return False
    early, late = (a, b) if (_day(a), a.days.first) <= (_day(b), b.days.first) else (b, a)
    return early.days != late.days and late.values.high < early.values.low


def _said(one: Reading) -> str:
    return f"{one.quote} ({one.speaker})"


def _why_agree(a: Reading, b: Reading) -> str:
    if a.values == b.values:
        return f"the same number: {a.quote} and {b.quote}"
    return f"within their bounds: one number can be both {a.quote} and {b.quote}"


def _times(a: Reading, b: Reading) -> str:
    return f"{a.quote} {_dated(a, b)}, {b.quote} {_dated(b, a)}"


def _dated(one: Reading, other: Reading) -> str:
    if one.quantity.times and (one.when is None or one.when == other.when):
        return f"({'/'.join(sorted(one.quantity.times))} figure)"
    if one.when and not (one.when == other.when and one.published != other.published):
        return f"as of {say_date(one.when)}"
    if one.published and other.item.article.id != one.item.article.id:
        return f"in an article of {say_date(one.published)}"
    return "with no date given"


def _scope(one: Reading, other: Reading) -> str:
    """What a figure counts, for a reader who compares it with another."""
    counted = one.item.figure.counted
    for mark in sorted(one.quantity.scope - other.quantity.scope):
        if mark in _SCOPE_WORDS:
            return f"{one.quote} covers {_SCOPE_WORDS[mark]}"
    within = re.search(r"\bwithin\s[\d,.]+\s\w+(?:\sof\s(?:the\s)?[\w\s]{1,40})?", counted)
    if within:
        return f"{one.quote} covers only what is {within.group().strip()}"
    return f"{one.quote} covers {counted}"
