"""Denials that stand beside what they deny: "S, a claim X rejected", "S, which X denied".

Pure. Positions are word indices of the sentence.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frames import Range
from summarizer.extraction.by_rules.vocabulary import word_set

_CLAIM_NOUNS: Final = word_set("claims", "pointing", "nouns") | word_set("claims", "pointing", "accounts")


def denier(sentence: Sentence, first: int, subject: Range) -> tuple[Range, int]:
    """Who denies in "S, a claim X rejected" and "S, which X denied", and where the attribution begins."""
    lowers, begin = sentence.tokens.lowers, subject[0]
    if begin > first + 1 and lowers[begin - 1] == "which" and lowers[begin - 2] == ",":
        return subject, begin - 1
    noun = begin - (2 if lowers[begin - 1] == "that" else 1)
    if lowers[begin] == "something" and begin > first and lowers[begin - 1] == ",":
        return (begin + 1, subject[1]), begin
    if begin - 2 > first and lowers[begin - 2 : begin] == [",", "something"]:
        return subject, begin - 1
    if noun - 1 > first and lowers[noun] in _CLAIM_NOUNS and lowers[noun - 1] in ("a", "an", "the"):
        return subject, noun - 1
    return subject, begin
