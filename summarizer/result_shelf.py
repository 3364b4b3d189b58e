"""Results by the positions of their articles, put on a shelf as they come: a run holds none of them.

A model's replies come in any order. What failed lies there pickled, since an error is no record; the file is
this process's own and has no name.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Sequence

from summarizer.pipeline import Failed, Result
from summarizer.records.brief import Brief
from summarizer.records.packed import pack_record, unpack_record
from summarizer.store.spool import Arranged, Shelf, Spool

_BRIEF, _FAILED = b"b", b"f"


class ResultShelf:
    """Results on `shelf`, which is in memory unless another is given."""

    def __init__(self, shelf: Shelf[Result] | None = None) -> None:
        self._shelf: Shelf[Result] = [] if shelf is None else shelf
        self._held = shelf is None
        self._places = array("q")

    def put(self, position: int, result: Result) -> None:
        """The result of the article at `position`."""
        missing = position + 1 - len(self._places)
        self._places.extend([-1] * missing)
        self._places[position] = len(self._shelf)
        self._shelf.append(result)

    def has(self, position: int) -> bool:
        """Whether the article at `position` has its result."""
        return position < len(self._places) and self._places[position] >= 0

    def in_order(self) -> Sequence[Result]:
        """All of them, once no position is left out; a tuple where they are held in memory."""
        ordered = Arranged(self._shelf, self._places)
        return tuple(ordered) if self._held else ordered


def spooled_results() -> Spool[Result]:
    """A shelf on disk for results."""
    return Spool(_pack, _unpack)


def _pack(result: Result) -> bytes:
    if isinstance(result, Failed):
        return _FAILED + pickle.dumps(result)
    return _BRIEF + pack_record(result)


def _unpack(packed: bytes) -> Result:
    if packed[:1] == _BRIEF:
        return unpack_record(Brief, packed[1:], "a brief in a temporary file")
    failed: Failed = pickle.loads(packed[1:])
    return failed
