"""Hedges: the words and phrases that make a clause less than certain, and how a cue of them is quoted.

Pure. The lists are in `lexicons/hedges.toml`; how far a hedge reaches is decided in `certainty`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, get_args

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.vocabulary import lexicon, phrases, word_set, words
from summarizer.records.brief import Certainty
from summarizer.text.words import NOT

#: Adverbs that may stand inside a hedge: "is not immediately clear".
_LOOSE: Final = word_set("hedges", "scope", "loose")
_TRIMMED: Final = word_set("hedges", "cues", "trimmed")
_TRIMMED_LAST: Final = _TRIMMED | {"how", "what", "when", "why", "who"}
_QUOTED_WHOLE: Final = phrases(lexicon("hedges")["cues"]["whole"])
_DUMMIES: Final = words("it is was are were remains")
_OBJECT_TAGS: Final = frozenset(("NNP", "PRP", "PRP$", "DT", "NN", "NNS"))
_AVOIDABLE: Final = words("prevented avoided averted saved stopped spared")
#: "in May", "last May": the month. A capital may open the sentence, so the word before must say it.
_BEFORE_MONTH: Final = words("in on since until by of last next this and early late mid from to")


_EVERYDAY: Final = words("said to that")


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge as a tuple of lower-case words, with the certainty that it leaves.

    `key` is the longest word after the first: without it in the sentence the others need not be looked at.
    """

    words: tuple[str, ...]
    certainty: Certainty
    key: str | None


@cache
def hedges() -> dict[str, tuple[Hedge, ...]]:
    """Hedges by their first word, longest first."""
    table: dict[str, list[Hedge]] = {}
    for certainty in get_args(Certainty):
        section = lexicon("hedges").get(certainty)
        if section is not None:
            entries: list[tuple[str, ...]] = [(word,) for word in section["words"].split()]
            entries += [_as_tokenized(phrase) for phrase in phrases(section["phrases"])]
            for entry in entries:
                table.setdefault(entry[0], []).append(Hedge(entry, certainty, _key(entry)))
    return {first: tuple(sorted(found, key=lambda h: -len(h.words))) for first, found in table.items()}


def _key(entry: tuple[str, ...]) -> str | None:
    """The longest word after the first that is no everyday word; it has one spelling, with no apostrophe."""
    following = (word for word in entry[1:] if "'" not in word)
    return max(following, key=lambda word: (word not in _EVERYDAY, len(word)), default=None)


def _as_tokenized(phrase: str) -> tuple[str, ...]:
    """A phrase cut as the tokenizer cuts it: don't -> do n't."""
    parts: list[str] = []
    for word in phrase.split():
        if word.endswith("n't") and len(word) > 3:
            parts += [word[:-3], "n't"]
        elif word.endswith("'s"):
            parts += [word[:-2], "'s"]
        else:
            parts.append(word)
    return tuple(parts)


#: Words of most sentences that begin hedges and are none by themselves -> the keys one of which must follow.
COMMON_OPENERS: Final = {
    opener: frozenset(hedge.key for hedge in hedges()[opener] if hedge.key is not None)
    for opener in words("is are was were be has have will it the an in on at as")
}
#: All others that a hedge may begin with.
OPENERS: Final = hedges().keys() - COMMON_OPENERS.keys()


def match_hedge(sentence: Sentence, i: int, start: int, end: int) -> tuple[Hedge, int] | None:
    """Longest hedge that starts at word `i` of a clause `start:end`, and the word after it.

    Loose adverbs inside are skipped. None also where the longest one is no hedge in its place.
    """
    lowers = sentence.tokens.lowers
    ahead = lowers[i + 1 : end]
    for hedge in hedges().get(lowers[i], ()):
        if hedge.key is not None and hedge.key not in ahead:
            continue
        after = _match(lowers, hedge, i, end)
        if after is not None:
            return None if _is_no_hedge(sentence, i, hedge, start, end) else (hedge, after)
    return None


def _match(lowers: list[str], hedge: Hedge, i: int, end: int) -> int | None:
    k = i
    for word in hedge.words:
        while i < k < end and lowers[k] in _LOOSE and lowers[k] != word:
            k += 1
        if k >= end or lowers[k].replace("’", "'") != word:
            return None
        k += 1
    return k


def _is_no_hedge(sentence: Sentence, i: int, hedge: Hedge, start: int, end: int) -> bool:
    """The month of May, a comparison with "likely", a modal that tells of inability."""
    lowers = sentence.tokens.lowers
    following = lowers[i + 1] if i + 1 < end else ""
    if hedge.words == ("may",):
        return _is_month(sentence, i, following, start)
    if hedge.words == ("could",) and following == "have":
        return not _AVOIDABLE.isdisjoint(lowers[i + 2 : i + 5])  # "could have been prevented": was not
    if hedge.words == ("could",):
        # "could not": inability, unless it rules nothing out; read as negation
        opens = lowers[i + 2 : i + 3] in (["rule"], ["exclude"], ["discount"])
        return following == "n't" or (following in NOT and not opens)
    if hedge.words[-1] == "know":
        # "did not know Radu" is no open question; "did not know whether" is one
        known = next((k for k in range(i, end) if lowers[k] == "know"), end) + 1
        return known < end and sentence.tokens.tags[known] in _OBJECT_TAGS
    if hedge.words == ("might",):
        return sentence.tokens.tags[i] == "NN"
    if hedge.words[0] == "likely":
        # "22% less likely to die than": a comparison, not a doubt
        return (
            i > start
            and lowers[i - 1] in ("less", "more", "as", "times", "twice")
            and "than" in lowers[i:end]
        )
    return False


def _is_month(sentence: Sentence, i: int, following: str, start: int) -> bool:
    tokens = sentence.tokens
    word = tokens.words[i]
    if following.isdigit() or (word == "May" and i > start):
        return True
    if tokens.tags[i] != "MD" and not following.isalpha():
        return True
    return i > start and tokens.lowers[i - 1] in _BEFORE_MONTH and word[0].isupper()


def trim_cue(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """The part of a hedge that is quoted.

    "is expected to" is cued by "expected", "it is unclear whether" by "unclear whether".
    """
    lowers = sentence.tokens.lowers
    if last - first <= 1:
        return (first, last)
    opens_question = last < len(lowers) and lowers[last] in ("whether", "if")
    begin, end = first, last
    if " ".join(lowers[first:last]).startswith(_QUOTED_WHOLE):
        while end - 1 > first and lowers[end - 1] in ("to", "that"):
            end -= 1
        return (first, end + 1) if opens_question and end == last else (first, end)
    if "not" in lowers[first:last] or "n't" in lowers[first:last]:
        while begin < last and lowers[begin] in _DUMMIES:
            begin += 1
        return (begin, last + 1 if opens_question else last)
    while begin < end - 1 and lowers[begin] in _TRIMMED:
        begin += 1
    while end - 1 > begin and lowers[end - 1] in _TRIMMED_LAST:
        end -= 1
    asks = lowers[end - 1] in ("unclear", "unknown", "seen", "uncertain", "clear")
    return (begin, end + 1) if opens_question and end == last and asks else (begin, end)
