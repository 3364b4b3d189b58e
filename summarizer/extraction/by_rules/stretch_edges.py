"""Where a stretch of a sentence begins and ends once marks, conjunctions and answers are taken off.

Pure.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.claim_records import Stretch
from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.verbs import attribution_verbs
from summarizer.text.words import CLITIC_S, FINITE

_CURRENCIES: Final = frozenset(("$", "£", "€"))
_LEADS: Final = frozenset(("and", "but", "that"))
_ANSWERS: Final = frozenset(("no", "yes", "absolutely"))
_AFTER_ANSWER: Final = frozenset((",", ";", ":", "–", "—", "!"))
CLOSES_WORDS: Final = CLITIC_S | {"%"}


def trimmed_stretch(stretch: Stretch) -> tuple[int, int]:
    """The range without marks and conjunctions around it."""
    lowers = stretch.sentence.tokens.lowers
    first, last = stretch.first, stretch.last
    while first < last:
        lower = lowers[first]
        if lower in _LEADS:
            if first + 1 == last:
                break
        elif lower in _ANSWERS and first + 2 < last and lowers[first + 1] in _AFTER_ANSWER:
            if lowers[first + 2] in attribution_verbs():
                return last, last  # "No, says the mayor"
            first += 1  # "No, we did not ask"
        elif lower[0].isalnum() or lower in _CURRENCIES:
            break
        first += 1
    while last > first and not lowers[last - 1][0].isalnum() and lowers[last - 1] not in CLOSES_WORDS:
        last -= 1
    return first, last


def begins_with_verb(sentence: Sentence, a: int, b: int) -> bool:
    """Whether words `a:b` begin with a verb, or adverbs and a verb: "and again blamed"."""
    tags = sentence.tokens.tags
    while a < b and tags[a] == "RB":
        a += 1
    return a < b and (tags[a] in FINITE or tags[a] == "VBN")
