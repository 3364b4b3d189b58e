"""What may stand between an attribution verb and its content, or before its subject: a medium, a source.

Pure. "said in a statement it would", "said, citing two officials, that", "In a statement the union said".
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.vocabulary import words

_OPENS_ASIDE: Final = frozenset(("in", "on", ","))
_OPENS_SUBJECT: Final = frozenset(("PRP", "DT", "EX", "NNP", "NNS", "CD", "PRP$"))
_MEDIA: Final = words(
    "statement interview letter tweet post email report filing speech note memo release message briefing"
)
#: "said in a joint written statement it": the medium is at most so long.
_MAX_MEDIUM: Final = 6
#: ", citing people close to the family," ends within so many words.
_MAX_CITING: Final = 18


def after_aside(sentence: Sentence, i: int, last: int) -> int:
    """First word after what may stand between verb and content: a medium, "however", a cited source."""
    if i >= last or sentence.tokens.lowers[i] not in _OPENS_ASIDE:
        return i
    i = after_medium(sentence, i, last)
    return after_citing(sentence, after_adverb_aside(sentence, i, last), last)


def after_medium(sentence: Sentence, i: int, last: int) -> int:
    """First word after "in a statement" where a clause without "that" follows, or `i`."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    if i + 3 >= last or lowers[i] not in ("in", "on") or tags[i + 1] not in ("DT", "PRP$"):
        return i
    end = i + 2
    while end < min(last, i + _MAX_MEDIUM) and lowers[end] not in _MEDIA and tags[end] in ("JJ", "NN", "VBN"):
        end += 1
    opens = end + 1 < last and lowers[end] in _MEDIA and tags[end + 1] in _OPENS_SUBJECT
    return end + 1 if opens and sentence.has_finite(end + 1, last) else i


def after_adverb_aside(sentence: Sentence, i: int, last: int) -> int:
    """First word after ", however," where "that" follows, or `i`."""
    lowers = sentence.tokens.lowers
    aside = i + 3 < last and lowers[i] == "," and sentence.tokens.tags[i + 1] == "RB" and lowers[i + 2] == ","
    return i + 3 if aside and lowers[i + 3] == "that" else i


def after_citing(sentence: Sentence, i: int, last: int) -> int:
    """First word after ", citing people close to the family,", or `i`."""
    lowers = sentence.tokens.lowers
    if i + 2 < last and lowers[i] == "," and lowers[i + 1] in ("citing", "quoting"):
        stop = sentence.next_word(",", i + 2, last)
        if (
            stop is not None
            and stop + 1 < last
            and stop - i < _MAX_CITING
            and (lowers[stop + 1] == "that" or not sentence.has_finite(i, stop))
        ):
            return stop + 1
    return i


def after_opening_medium(sentence: Sentence, start: int, end: int) -> int:
    """Where the subject begins in "In a statement to the Courier | the union", or `start`."""
    tags = sentence.tokens.tags
    medium = sentence.next_of(_MEDIA, start + 2, min(end - 1, start + _MAX_MEDIUM))
    if medium is None or tags[start + 1] not in ("DT", "PRP$"):
        return start
    for k in range(end - 1, medium, -1):
        opens = tags[k] in ("DT", "PRP", "PRP$") or (tags[k] == "NNP" and tags[k - 1] != "NNP")
        if opens and tags[k - 1] not in ("IN", "TO"):
            return k
    return start
