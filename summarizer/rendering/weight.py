"""What stands first in a long list: how near an item is to what the digest is about.

Pure. Only an order, for lists that a short rendering cuts and a page folds; nothing is left out for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarizer.rendering.view import CitedLine, ClaimRow, FigureRow, FigureTable

_WORD = re.compile(r"[^\W\d_]{4,}")
#: Words are compared by their start, so that "Ukraine" and "Ukrainian", "troop" and "troops" are one.
_STEM = 5
#: What a summary cites comes before whatever only shares words with it.
_CITED = 100
#: One origin more is worth more than any words.
_ORIGIN = 10
#: More words in common than this make nothing more important.
_MOST_SHARED = 5


@dataclass(frozen=True, slots=True)
class Topic:
    """The words and refs by which a digest's summary says what it is about."""

    stems: frozenset[str]
    cited: frozenset[str]

    def of_figure(self, row: FigureRow) -> float:
        """Weight of a figure that stands alone."""
        cited = bool(self.cited & {row.ref, row.series})
        return _CITED * cited + self._shared(f"{row.what} {row.words}")

    def of_claim(self, row: ClaimRow, origins: int) -> float:
        """Weight of a claim that as many independent origins affirm."""
        return _CITED * (row.id in self.cited) + _ORIGIN * origins + self._shared(row.text)

    def _shared(self, text: str) -> int:
        return min(_MOST_SHARED, len(_stems(text) & self.stems))


def topic_of(summary: Sequence[CitedLine], tables: Iterable[FigureTable]) -> Topic:
    """The topic of a digest: its summary's words, and those of the quantities that several figures give."""
    words = [line.text for line in summary]
    words += [table.title for table in tables if len(table.rows) > 1]
    cited = {ref for line in summary for ref in line.cites}
    return Topic(frozenset(_stems(" ".join(words))), frozenset(cited))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.casefold()[:_STEM] for word in _WORD.findall(text))
