"""Organizations by the parts of their names that news uses for the whole: "Aldera" of "Aldera Semiconductor".

Pure. Names are told apart word by word in trees, so that a text with ever new names takes time by its
length: no name is compared with all names before it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from summarizer.extraction.by_rules.entity_names import office_key, without_clitic
from summarizer.extraction.by_rules.vocabulary import CORPORATE_SUFFIXES, KNOWN_ORGANIZATIONS, words
from summarizer.text.words import is_common_word

_BODIES_OF_PLACES: Final = words("court police council hospital airport district schools department office")


class _Node:
    """A place in a tree of words. `first` is the first name that goes on here, or None."""

    __slots__ = ("after", "first")

    def __init__(self) -> None:
        self.after: dict[str, _Node] = {}
        self.first: int | None = None


class ShortForms:
    """The organizations of one document, found by any form of their names; the first added wins."""

    def __init__(self) -> None:
        self._whole: dict[str, int] = {}
        self._offices: dict[tuple[str, frozenset[str]], int] = {}
        self._from_start = _Node()
        self._from_end = _Node()

    def add(self, index: int, name: str) -> None:
        """Take in an organization; indices must ascend."""
        core = _core(name)
        self._whole.setdefault("".join(core), index)
        office = office_key(name)
        if office is not None:
            self._offices.setdefault(office, index)
        if core:
            # "Exeter" is not Exeter Crown Court
            _add(self._from_start, core[:-1], index, alone=core[-1] not in _BODIES_OF_PLACES)
            _add(self._from_end, core[:0:-1], index, alone=False)

    def find(self, text: str) -> int | None:
        """The organization whose name `text` is in other words, or a part of; None where none is."""
        office = office_key(text)
        if office is not None and office in self._offices:
            return self._offices[office]
        short = _core(text)
        found = [self._whole.get("".join(short))]  # "Time Warner" and "TimeWarner"
        if text not in KNOWN_ORGANIZATIONS and (len(short) > 1 or (short and not is_common_word(short[0]))):
            found.append(_first(self._from_start, short))
        if len(short) > 1:
            found.append(
                _first(self._from_end, short[::-1])
            )  # "Defense Ministry" of "Ukrainian Defense Ministry"
        return min((index for index in found if index is not None), default=None)


def _add(node: _Node, parts: tuple[str, ...], index: int, alone: bool) -> None:
    """Let `index` be found by `parts` and what they begin with; by the first of them only if `alone`."""
    for depth, part in enumerate(parts):
        node = node.after.setdefault(part, _Node())
        if node.first is None and (depth or alone):
            node.first = index


def _first(node: _Node, parts: tuple[str, ...]) -> int | None:
    for part in parts:
        following = node.after.get(part)
        if following is None:
            return None
        node = following
    return node.first


@lru_cache(maxsize=4096)
def _core(text: str) -> tuple[str, ...]:
    """Words of an organization's name without article and corporate suffixes."""
    parts = tuple(w.lower().strip(".,") for w in without_clitic(text).split() if w.lower() != "the")
    return tuple(w for w in parts if w not in CORPORATE_SUFFIXES) or parts
