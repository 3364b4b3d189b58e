"""How much of an edition a mail shows, from all of it down to the least; what is left out is counted.

Pure. A layout takes the first limits under which it is small enough; the least of them bounds any edition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from summarizer.rendering import wording
from summarizer.rendering.view_edition import Cut

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Limits:
    """Rows per story of each section, stories told, lines of the long lists, characters of any text."""

    stories: int
    changes: int
    figures: int
    claims: int
    events: int
    gaps: int
    sources: int
    failures: int
    chars: int


#: No limit that a real edition reaches: for the page.
WHOLE = Limits(10_000, 10_000, 10_000, 10_000, 10_000, 10_000, 100_000, 100_000, 4_000)
#: For mail. A reader gives a mail some minutes; the first is for a usual day, the last holds whatever comes.
MAIL = (
    Limits(12, 5, 8, 5, 5, 5, 60, 20, 400),
    Limits(10, 5, 6, 5, 5, 4, 40, 15, 360),
    Limits(8, 4, 5, 4, 4, 3, 30, 10, 320),
    Limits(6, 3, 4, 3, 3, 2, 20, 8, 280),
    Limits(4, 3, 3, 2, 2, 2, 12, 5, 240),
    Limits(3, 2, 2, 1, 1, 1, 8, 3, 160),
    Limits(2, 1, 1, 1, 1, 1, 3, 1, 60),
)


def cut(rows: Sequence[_Row], limit: int, what: str, plural: str = "") -> tuple[Sequence[_Row], Cut | None]:
    """The first rows, and how many more there are; one more than the limit is shown rather than told."""
    if len(rows) <= limit + 1:
        return rows, None
    return rows[:limit], more(len(rows) - limit, what, plural)


def more(left: int, what: str, plural: str = "") -> Cut | None:
    """The line that says what is left out."""
    return Cut(left, f"{left} more {wording.count(left, what, plural).split(' ', 1)[1]}") if left else None


def fitted(text: str, chars: int) -> str:
    """`text` with at most so many characters, cut at a word where there is one; "…" says so."""
    if len(text) <= chars:
        return text
    return f"{text[: max(text.rfind(' ', 0, chars), chars * 2 // 3)]}…"
