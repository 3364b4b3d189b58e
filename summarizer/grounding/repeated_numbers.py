"""Whether a sentence may hold a number at all, and whether its numbers stand in a text among the same words.

Pure. Both spare the reading of quantities where there is nothing to be read or to be doubted.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import compress
from typing import Final

from summarizer.text.kept import Kept
from summarizer.text.lexicon import load_lexicon

#: A sentence without any of these can't hold a quantity: spares parsing most sentences.
_MAY_HOLD_NUMBER: Final = re.compile(
    r"\d|[½¼¾]|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundred|thousand|million|billion|trillion|dozen|half|third|quarter|fourth|fifth|tenth"
    r"|quadrupl|halv|twice|one|pair|couple|both)|teen\b|fold\b|doubl|tripl"
)
#: "No fewer than" before a number, "or more" after its noun.
_WORDS_BEFORE, _WORDS_AFTER = 4, 3


def may_hold_number(sentence: str) -> bool:
    """Whether it is worth looking for numbers in `sentence` at all."""
    return any(map(_MAY_BE_NUMBER.__getitem__, sentence.lower().split()))


#: `may_hold_number` of what stands between spaces.
_MAY_BE_NUMBER: Final = Kept(lambda piece: _MAY_HOLD_NUMBER.search(piece) is not None)


def repeats_numbers(sentence: str, text: str) -> bool:
    """Whether every number in `sentence` stands in `text` among the same words: then it is carried as it is.

    Cheap, and never true in doubt: bounds stand within the words that are compared.
    """
    words, lowers = sentence.split(), sentence.lower().split()
    if sentence.count(" ") != len(words) - 1 or len(lowers) != len(words):
        return False
    for i in compress(range(len(words)), map(_MAY_BE_NUMBER.__getitem__, lowers)):
        first, last = max(0, i - _WORDS_BEFORE), i + _WORDS_AFTER + 1
        window = " ".join(words[first:last]).rstrip(".")
        if not _stands_whole(window, text, from_start=i < _WORDS_BEFORE, to_end=last >= len(words)):
            return False
    return True


def _stands_whole(window: str, text: str, from_start: bool, to_end: bool) -> bool:
    """Whether `text` holds the words; at an end where they were cut off, no bound may stand beyond it."""
    found = text.find(window)
    if found < 0 and from_start:  # what opens a claim may stand inside a sentence
        found = text.find(window[0].lower() + window[1:])
    if found < 0:
        return False
    before, after = text[max(0, found - 40) : found], text[found + len(window) : found + len(window) + 20]
    if (before and before[-1] not in ' \n"“‘(') or after[:1].isalnum() or after.startswith(("-", "–")):
        return False
    if from_start and not _may_bound().isdisjoint(before.lower().split()[-3:]):
        return False
    return not (to_end and after.lower().split()[:1] in (["or"], ["and"], ["to"], ["plus"]))


@cache
def _may_bound() -> frozenset[str]:
    """Words that may belong to a bound before a number, however long it is."""
    return frozenset(load_lexicon("summarizer.grounding", "data/sensitive_words.toml")["bounds"])
