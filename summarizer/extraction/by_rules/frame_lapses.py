"""Clauses of time behind what is said: "confirmed a leak, a week after Lind insisted that there was none".

Pure. What somebody else said before is no part of what is said now: it is read by itself.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frames import Range
from summarizer.extraction.by_rules.signals import signals
from summarizer.extraction.by_rules.verbs import SPEECH
from summarizer.extraction.by_rules.vocabulary import words

_AFTER: Final = signals(("after", "before"))
_UNITS: Final = words(
    "hour hours day days week weeks month months year years minutes moments shortly soon just"
)
_COUNTS: Final = words("a an few several less more than only")
#: ", less than two weeks | after".
_MAX_LAPSE: Final = 6


def clause_of_time(sentence: Sentence, begin: int, end: int) -> Range | None:
    """Comma and first word of ", a week after S" in words `begin:end`, where S has a verb of speech."""
    lowers = sentence.tokens.lowers
    for k in sentence.places(_AFTER):
        if not begin < k < end - 2 or not sentence.has_finite(k, end):
            continue
        comma = _lapse_begin(lowers, k, begin)
        if comma is not None and any(k < v < end for v in sentence.places(SPEECH)):
            return comma, k + 1
    return None


def without_lapse(sentence: Sentence, first: int, end: int) -> int:
    """End of words `first:end` without the "hours" of "hours after S", and the comma before it."""
    lowers, tags = sentence.tokens.lowers, sentence.tokens.tags
    if end >= len(lowers) or lowers[end] not in _AFTER or end == first or lowers[end - 1] not in _UNITS:
        return end
    while end > first and (lowers[end - 1] in _UNITS or lowers[end - 1] in _COUNTS or tags[end - 1] == "CD"):
        end -= 1
    return end - 1 if end > first and lowers[end - 1] == "," else end


def _lapse_begin(lowers: list[str], after: int, first: int) -> int | None:
    """The comma before "a week after", if a unit of time stands between."""
    for k in range(after - 1, max(first, after - _MAX_LAPSE), -1):
        if lowers[k] == ",":
            return k if not _UNITS.isdisjoint(lowers[k:after]) else None
    return None
