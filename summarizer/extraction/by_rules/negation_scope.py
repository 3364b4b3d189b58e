"""How far a negation reaches: what it leaves as it is, though it stands in the main clause.

Pure. "five samples and not three" affirms five, "promised never to sell" affirms a promise, "some were never
told" doesn't deny that others were. The words then stay in the claim as the article has them.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.vocabulary import word_set, words
from summarizer.text.words import COMMON_NOUNS, FINITE, NOT

#: Who does one of these wills what follows: "agreed not to sell" tells what was agreed.
_WILLED: Final = word_set("hedges", "negation", "willed")
_MAX_WILLED_DISTANCE: Final = 8
#: "some were never told": others may have been.
_SOME: Final = word_set("hedges", "negation", "some")
_TO_NEGATORS: Final = frozenset(("not", "never"))
_AND: Final = frozenset(("and", "but"))
_RELATIVES: Final = words("who which whose whom where")
#: "no minister who was there came": the negation stands before the relative clause.
_NEGATIVE_OPENERS: Final = words("no none nobody nothing neither nor not few never hardly")
_NEGATIVES: Final = NOT | words("no none nobody nothing neither never cannot")
_ONLY_WHEN: Final = frozenset(("until", "unless"))
#: "not a market but a depot": at most so many words between.
_MAX_TO_BUT: Final = 8
#: "not | a depot": what is set apart is no verb.
_SET_APART_TAGS: Final = COMMON_NOUNS | words("DT IN CD PRP$ NNP NNPS JJ JJR")
_ALMOST: Final = words("almost nearly virtually practically")


def leaves_as_is(sentence: Sentence, i: int, start: int, end: int, last: int) -> bool:
    """Whether the negator at `i` of a main clause `start:end` in a stretch to `last` turns nothing round."""
    lowers = sentence.tokens.lowers
    lower = lowers[i]
    if lower in _TO_NEGATORS and lowers[i + 1 : i + 2] == ["to"] and _is_willed(sentence, i):
        return True
    if i > 0 and lowers[i - 1] in _ALMOST:
        return True  # "almost none of them"
    if lower == "not" and _sets_apart(sentence, i, start, end):
        return True
    if end < last and lowers[end] in _ONLY_WHEN and (lower in NOT or lower == "never"):
        return True  # "will not pass until May": that it will then isn't denied
    return lowers[start] in _SOME and (lower in NOT or lower == "never")


def _is_willed(sentence: Sentence, i: int) -> bool:
    """As in "promised in May never to sell", "were told not to leave"."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    for k in range(i - 1, max(-1, i - _MAX_WILLED_DISTANCE - 1), -1):
        if lowers[k] in _WILLED:
            return True
        if tags[k] in FINITE:
            return False
    return False


def _sets_apart(sentence: Sentence, i: int, start: int, end: int) -> bool:
    """As in "five samples and not three", "the army, not the rebels, fired", "not a market but a depot"."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    before = lowers[i - 1] if i > start else ""
    if before == "or":
        return not sentence.has_finite(i, end)  # "whether he is alive or not"
    if before in _AND:
        return not sentence.has_finite(i, end) and sentence.has_finite(start, i)
    if before == ",":
        comma = sentence.next_word(",", i + 1, end)
        if comma is not None and not sentence.has_finite(i, comma) and sentence.has_finite(comma, end):
            return True
    if i + 1 >= end or tags[i + 1] not in _SET_APART_TAGS:
        return False
    but = sentence.next_word("but", i + 2, min(end, i + _MAX_TO_BUT))
    return but is not None and but + 1 < end and not sentence.has_finite(i, but)


def after_subject_relative(sentence: Sentence, first: int, last: int) -> int:
    """The main verb, where a relative clause in the subject has a verb of its own before it; else `first`.

    "Customers who had not paid would lose access" denies nothing, nor does "the ship, which had no licence,
    sank".
    """
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    verb = sentence.finite_in(first + 1, last)
    opener = sentence.next_of(_RELATIVES, first + 1, last if verb is None else verb)
    if opener is None or lowers[first] in _NEGATIVE_OPENERS:
        return first
    comma = opener - 1 if lowers[opener - 1] == "," else opener - 2
    if comma > first and lowers[comma] == "," and (comma == opener - 1 or tags[opener - 1] == "IN"):
        close = sentence.next_word(",", opener, last)
        if close is None or not sentence.has_finite(opener, close) or not sentence.has_finite(close, last):
            return first
        return first if _NEGATIVES.isdisjoint(lowers[opener:close]) else close + 1
    if lowers[opener] not in ("who", "which") or tags[opener - 1] not in COMMON_NOUNS:
        return first
    verbs = [k for k in range(opener + 1, last) if tags[k] in FINITE]
    if len(verbs) < 2 or any(lowers[k] in (",", "that", "and", "but") for k in range(opener, verbs[1])):
        return first
    return verbs[1]
