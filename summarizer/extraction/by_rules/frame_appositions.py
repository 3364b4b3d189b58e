"""The apposition between a subject and its verb: "Edwin Moss, a lawyer, said", "the mayor, Jo Lind, said".

Pure. Positions are word indices of the sentence.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.vocabulary import (
    ORGANIZATION_DESCRIPTIONS,
    PERSON_NOUNS,
    TITLE_HEADS,
    is_person_noun,
    word_set,
    words,
)

_OPENS_APPOSITION: Final = word_set("frames", "words", "opens_apposition")
OFFICE_LEADS: Final = words("the its his her their our a an")
_OFFICES: Final = TITLE_HEADS | PERSON_NOUNS | ORGANIZATION_DESCRIPTIONS | word_set("names", "context", "kin")
_APPOSITION_TAGS: Final = frozenset(("NN", "JJ", "VBG", "VBN", "RB", "PRP$"))
#: An apposition (or the words in brackets) before a verb is at most this long.
_MAX_APPOSITION: Final = 32
_MAX_BRACKETS: Final = 12


def apposition_start(sentence: Sentence, close: int, first: int) -> int | None:
    """Position of the mark that opens the parenthesis closed at `close`."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    closer = lowers[close]
    if closer == ")":
        brackets = range(close - 1, max(first, close - _MAX_BRACKETS) - 1, -1)
        return next((k for k in brackets if lowers[k] == "("), None)
    fallback: int | None = None
    for k in range(close - 1, max(first, close - _MAX_APPOSITION) - 1, -1):
        if lowers[k] != closer:
            continue
        if k == first:
            return None
        word, tag = lowers[k + 1], tags[k + 1]
        if fallback is not None and _is_office(sentence, first, k, fallback, close):
            return fallback  # "The bridge was safe, the mayor, Jo Lind, said"
        if word in _OPENS_APPOSITION or word in TITLE_HEADS or word[0].isdigit() or tag in _APPOSITION_TAGS:
            return k
        if word in ("of", "from") and tags[k - 1] == "NNP":
            return k  # "Owain Prothero, of Devon Police, said"
        if tag != "NNP":
            return fallback
        fallback = fallback or k  # "director of X, Y and Z": lists go on
    return fallback


def _is_office(sentence: Sentence, first: int, opens: int, name: int, close: int) -> bool:
    """Whether ", the ROLE" from comma `opens` belongs to the name after it, not to one before."""
    tokens = sentence.tokens
    tags, lowers = tokens.tags, tokens.lowers
    if lowers[opens + 1] not in OFFICE_LEADS or not tokens.words[close - 1][0].isupper():
        return False
    if "and" in lowers[name:close] or not _is_office_noun(lowers[opens + 2 : name]):
        return False
    before = opens - 1
    while before > first and tags[before] == "NNP":
        before -= 1
    named = before == first and tags[before] == "NNP"
    titled = lowers[before] in _OFFICES and opens - before > 2  # "the rider EPO" is no name
    apposed = before < opens - 1 and (named or titled or tags[before] in (",", "CC", "DT"))
    return not apposed and sentence.has_finite(first, opens)  # "…, Ana Ruiz, the mayor of Paris, Texas, said"


def _is_office_noun(lowers: list[str]) -> bool:
    return bool(lowers) and (is_person_noun(lowers[-1]) or not _OFFICES.isdisjoint(lowers))
