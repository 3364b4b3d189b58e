"""Conditions: "had the dam been inspected, it would stand", and an attribution between condition and result.

Pure. "If S, she said, T" is one statement of hers; neither S nor T is so by itself.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frames import Range
from summarizer.extraction.by_rules.verbs import SPEECH
from summarizer.extraction.by_rules.vocabulary import words
from summarizer.text.word_lexicon import possible_tags
from summarizer.text.words import FINITE, NOT, NOUNS

#: With these a condition begins without "if": "should wages rise".
INVERTED: Final = frozenset(("had", "were", "should"))
_OPENERS: Final = words("if unless until provided")
_SUBJECT_TAGS: Final = NOUNS | words("DT JJ PRP PRP$ CD POS EX")
_AFTER_WERE: Final = words("TO VBN JJ VBG DT IN")
_MAX_SUBJECT: Final = 9


def opens_inverted(sentence: Sentence, i: int, last: int) -> bool:
    """Whether "had", "were" or "should" at `i` opens a condition: its subject and a verb form follow."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    if lowers[i] not in INVERTED:
        return False
    k = i + 1
    while k < min(last, i + _MAX_SUBJECT) and (tags[k] in _SUBJECT_TAGS or (lowers[k] == "of" and k > i + 1)):
        k += 1
        if tags[k - 1] in ("PRP", "EX"):
            break
        if lowers[i] == "should" and k < last and k > i + 1 and _may_be_base(sentence, k):
            break  # "should wages | rise", tagged as a noun
    while k < last and (tags[k] == "RB" or lowers[k] in NOT):
        k += 1
    if k == i + 1 or k >= last:
        return False
    if lowers[i] == "should":
        return tags[k] == "VB" or _may_be_base(sentence, k)
    return tags[k] in (("VBN", "VBD") if lowers[i] == "had" else _AFTER_WERE)


def _may_be_base(sentence: Sentence, k: int) -> bool:
    """Whether a word right behind a noun can be the verb of its condition."""
    tokens = sentence.tokens
    return tokens.tags[k - 1] in ("NNS", "NNP", "PRP") and "VB" in possible_tags(tokens.lowers[k])


def opens_condition(sentence: Sentence, i: int, last: int) -> bool:
    """Whether words `i:last` begin a condition, with or without "if"."""
    return sentence.tokens.lowers[i] in _OPENERS or opens_inverted(sentence, i, last)


def splits_condition(sentence: Sentence, first: int, last: int, attribution: Range) -> bool:
    """Whether an attribution between commas parts a condition from its result in words `first:last`.

    `attribution` ends behind its second comma.
    """
    tags, lowers, (start, stop) = sentence.tokens.tags, sentence.tokens.lowers, attribution
    if start - 2 <= first or stop + 1 >= last or lowers[stop - 1] != ",":
        return False
    comma = start - 1
    while comma > first and not lowers[comma][0].isalnum() and lowers[comma] != ",":
        comma -= 1
    if lowers[comma] != "," or not sentence.has_finite(first, comma) or not sentence.has_finite(stop, last):
        return False
    begin = stop
    while begin < last - 1 and not lowers[begin][0].isalnum():
        begin += 1
    if opens_condition(sentence, begin, last):
        # "the bank expects a loss, she said, if": the loss is what the bank expects
        return not any(first < k < comma and tags[k] in FINITE for k in sentence.places(SPEECH))
    inner = sentence.next_word(",", first, comma)
    whole = inner is not None and sentence.has_finite(first, inner) and sentence.has_finite(inner, comma)
    return opens_condition(sentence, first, comma) and not whole
