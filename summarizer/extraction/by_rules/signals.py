"""The words of a sentence without which a rule has nothing to do, found in one pass for all rules.

A rule that asks every sentence where some words stand has their set made by `signals` when its module is
loaded; `places_of_signals` then finds the words of all such sets together. Most words are in none, so that a
sentence without a rule's words costs that rule one look-up.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NewType

#: A set of words (lower case) that is looked for in every sentence.
Signals = NewType("Signals", frozenset[str])
#: Word -> the sets that it is in.
_SETS_OF: Final[dict[str, tuple[Signals, ...]]] = {}


def signals(words: Iterable[str]) -> Signals:
    """The set of these words, which every sentence that is read from now on is searched for."""
    made = Signals(frozenset(words))
    for word in made:
        known = _SETS_OF.get(word, ())
        if made not in known:
            _SETS_OF[word] = (*known, made)
    return made


def places_of_signals(lowers: list[str]) -> dict[Signals, list[int]]:
    """For each set with a word among `lowers`, where its words stand, ascending."""
    places: dict[Signals, list[int]] = {}
    for i, sets in enumerate(map(_SETS_OF.get, lowers)):
        if sets is not None:
            for words in sets:
                if words in places:
                    places[words].append(i)
                else:
                    places[words] = [i]
    return places
