"""Whether two figures can be of one quantity, and how much speaks for it.

Pure. `likeness` compares what two figures count; `contradict` compares their numbers, sources and times. Both
rather part what belongs together than join what doesn't: a false "they disagree" is worse than none.
"""

from __future__ import annotations

from summarizer.merging.quantity_kinds import (
    Quantity,
    harms,
    is_about_people,
    is_amount,
    is_growing,
    is_of_an_event,
    is_vague,
    says_little,
)
from summarizer.merging.relations import Reading, same_source, scope_differs, times_differ

#: Definitions of one word that make another quantity of it: net profit is no operating profit.
_DEFINITIONS = frozenset(("net", "gross", "operating", "core"))
#: What ended so long before its article is another event than the one that the story is about.
_HISTORY_DAYS = 90
#: A bound that another number of its article misses by this factor is no statement about it.
_FAR = 3


def likeness(a: Quantity, b: Quantity) -> float | None:
    """How much two readings share: None when they can't be one quantity, 0 when nothing says they are."""
    if (a.unit, a.expected, a.thing) != (b.unit, b.expected, b.thing) or is_vague(a) or is_vague(b):
        return None
    if a.measure != b.measure and not ((a.measure is None or b.measure is None) and is_amount(a.unit)):
        return None
    if a.portion != b.portion:
        return None
    if _disjoint(a.owners, b.owners) or _disjoint(a.modifiers, b.modifiers):
        return None
    if _disjoint(a.scope & _DEFINITIONS, b.scope & _DEFINITIONS):
        return None
    about_people = is_about_people(a)
    if about_people:
        if _disjoint(a.events - {a.thing}, b.events - {b.thing}):
            return None
        if is_of_an_event(a) and _disjoint(a.places, b.places):
            return None  # rallies in two towns
    else:
        if _disjoint(a.places, b.places):
            return None
        if _disjoint(a.places | a.context | a.fate, b.places | b.context | b.fate):
            return None
        if _disjoint(a.events, b.events) or bool(harms(a)) != bool(harms(b)):
            return None  # soldiers killed are no soldiers deployed
        if _disjoint(a.fate, b.fate):
            return None  # boats seized, boats sunk
    anchors_a, anchors_b = a.places | a.context | a.events | a.fate, b.places | b.context | b.events | b.fate
    if not (a.owners & b.owners or anchors_a & anchors_b or says_little(a) or says_little(b)):
        return 0.0
    return 1.0 + _dice(a.owners, b.owners) + _dice(anchors_a, anchors_b) + _dice(a.modifiers, b.modifiers)


def _disjoint(a: frozenset[str], b: frozenset[str]) -> bool:
    """Both say something and they share nothing."""
    return bool(a) and bool(b) and not a & b


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def contradict(a: Reading, b: Reading) -> bool:
    """Whether two figures are of two quantities, however alike they are worded.

    So are, in one article, two numbers of one source without a difference of scope or time, and two that
    agree only because one is a bound far from the other ("up to 6.2 million customers" and "340,000
    customers": a part).
    """
    if _of_another_event(a, b) or _of_nobody(a, b) or _of_others(a, b):
        return True
    if a.item.article.id != b.item.article.id:
        return False
    if a.values.meets(b.values):
        return not is_growing(a.quantity) and _far_apart(a, b) and not times_differ(a, b)
    if not same_source(a, b):
        return False
    return not scope_differs(a.quantity, b.quantity) and not times_differ(a, b)


def _of_another_event(a: Reading, b: Reading) -> bool:
    """Whether one is the toll of an event long past: "In 1987 a quake killed 2,100"."""
    if not (is_about_people(a.quantity) or is_of_an_event(a.quantity)):
        return False
    return _is_history(a) != _is_history(b)


def _is_history(one: Reading) -> bool:
    return one.days is not None and one.told is not None and one.told.first - one.days.last > _HISTORY_DAYS


def _of_nobody(a: Reading, b: Reading) -> bool:
    """Whether one is an amount that nobody is named for, and another number than what somebody has."""
    if not is_amount(a.quantity.unit) or says_little(a.quantity) == says_little(b.quantity):
        return False
    return not a.values.meets(b.values)


def _of_others(a: Reading, b: Reading) -> bool:
    """Whether one counts only those to whom something was done: "17 branches closed", "184 branches"."""
    return bool(a.quantity.fate) != bool(b.quantity.fate) and not a.values.meets(b.values)


def _far_apart(a: Reading, b: Reading) -> bool:
    low, high = sorted((a.item.figure.value, b.item.figure.value))
    return high > _FAR * low
