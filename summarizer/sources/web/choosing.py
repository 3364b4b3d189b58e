"""Which items an edition is about: of its window, in no edition that was sent, once each.

Pure. An item with a date belongs to the window from `since` on; feeds add items late, so a day of grace goes
before it, and what a sent edition has covered is left out by its key. An item without a date is new until an
edition with it was sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from summarizer.records.collection import FeedItem, Window
from summarizer.records.edition import EditionProblem

#: Feeds list items hours after their date.
GRACE = timedelta(hours=24)
#: The first edition looks back so far.
FIRST_WINDOW = timedelta(hours=36)
#: Clocks of servers go wrong by hours; what is dated later than this is a mistake or an announcement.
_AHEAD = timedelta(hours=26)
#: So many items are named; of more, their number is.
MAX_NAMED = 50


@dataclass(frozen=True, slots=True)
class Chosen:
    """The items to read, each with its source's position; what was left out; how many each source has new."""

    items: tuple[tuple[int, FeedItem], ...]
    excluded: tuple[EditionProblem, ...]
    duplicates: int
    new: tuple[int, ...]


def start_of(window: Window) -> datetime:
    """From when on an item's date counts."""
    return window.since - GRACE if window.since is not None else window.until - FIRST_WINDOW


def choose(
    listed: Sequence[tuple[str, Sequence[FeedItem]]], window: Window, covered: frozenset[str], limit: int
) -> Chosen:
    """The newest `limit` items of the window over all sources. `listed`: name and items of each source."""
    start, end = start_of(window), window.until + _AHEAD
    kept: dict[str, tuple[int, FeedItem]] = {}
    excluded: list[EditionProblem] = []
    new = [0] * len(listed)
    duplicates = 0
    for position, (name, items) in enumerate(listed):
        for item in items:
            if item.key in covered:
                continue  # told before
            if (reason := _reason(item, start, end)) is not None:
                excluded.append(_problem(name, item, *reason))
            elif item.key in kept:
                duplicates += 1
            else:
                kept[item.key] = (position, item)
                new[position] += 1
    ranked = sorted(kept.values(), key=lambda one: one[1].published or window.until, reverse=True)
    for position, item in ranked[limit:]:
        name = listed[position][0]
        excluded.append(_problem(name, item, "too many", f"more than {limit} items; the newest were read"))
    return Chosen(tuple(ranked[:limit]), tuple(excluded), duplicates, tuple(new))


def _reason(item: FeedItem, start: datetime, end: datetime) -> tuple[str, str] | None:
    if item.published is None:
        return None
    if item.published < start:
        return "too old", f"published {item.published:%Y-%m-%d %H:%M} UTC, before this edition's time"
    if item.published > end:
        return "in the future", f"dated {item.published:%Y-%m-%d %H:%M} UTC, which is still to come"
    return None


def _problem(name: str, item: FeedItem, kind: str, reason: str) -> EditionProblem:
    return EditionProblem(source=name, url=item.url, kind=kind, reason=reason)


def in_lines(items: Sequence[EditionProblem]) -> tuple[EditionProblem, ...]:
    """Items as they are named: those of one source and kind in one line where all are many."""
    if len(items) <= MAX_NAMED:
        return tuple(items)
    groups: dict[tuple[str, str], list[EditionProblem]] = {}
    for one in items:
        groups.setdefault((one.source, one.kind), []).append(one)
    return tuple(_in_one(group) for group in groups.values())


def _in_one(group: Sequence[EditionProblem]) -> EditionProblem:
    first = group[0]
    if len(group) == 1:
        return first
    reason = f"{len(group)} items; such as: {first.reason}"
    return EditionProblem(source=first.source, url=None, kind=first.kind, reason=reason, items=len(group))
