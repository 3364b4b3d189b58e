"""Verdicts that deny what was said before: "this was untrue", "called the claim a lie", "no such plan".

Pure. Only words that say that something is not so are verdicts here; "called it a disgrace" is an opinion.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frame_subjects import subject_before
from summarizer.extraction.by_rules.frames import Frame, Range
from summarizer.extraction.by_rules.signals import signals
from summarizer.extraction.by_rules.verbs import VerbClass
from summarizer.extraction.by_rules.vocabulary import word_set, words
from summarizer.text.words import COMMON_NOUNS, NOT

#: "this was untrue", "called it a lie".
_FALSE: Final = word_set("claims", "verdicts", "untrue")
#: "called the accusation absurd": of something claimed, these deny it too.
_UNKIND: Final = word_set("claims", "verdicts", "unkind")
_TRUE: Final = words("true correct accurate so case")
_VERDICTS: Final = signals(_FALSE | _UNKIND)
_GATE: Final = signals(_FALSE | _TRUE)
_NAMING: Final = signals(word_set("claims", "verdicts", "naming"))
_POINTING: Final = word_set("claims", "pointing", "nouns") | word_set("claims", "pointing", "accounts")
_PRONOUNS: Final = words("this that it these those")
_BE: Final = words("is was are were 's ’s being be")
_NEGATORS: Final = NOT | {"never"}
_OPENS_OBJECT: Final = words("a an the this that these those such any all his her its their")
_ENDS: Final = frozenset((",", ";", "–", "—", "and", "but"))
_QUOTES: Final = frozenset("“”\"'‘’")
#: "the claim of the union was untrue": verb and verdict stand so near to what they are about.
_MAX_POINTER: Final = 8
_MAX_VERDICT: Final = 8
_SUCH: Final = signals(("such",))


class Rebuttal(NamedTuple):
    """The words that point back, and those that say that it is not so."""

    pointer: Range
    cue: Range


def rebuttal(sentence: Sentence, first: int, last: int) -> Rebuttal | None:
    """Read "this was untrue", "the claim is a lie", "it is not true", "no such plan exists" in a clause."""
    if sentence.places(_SUCH):
        such = _no_such(sentence, first, last)
        if such is not None:
            return such
    if not any(first <= k < last for k in sentence.places(_GATE)):
        return None
    pointer = _pointer(sentence, first, last)
    if pointer is None:
        return None
    cue = _verdict(sentence, pointer[1] + 1, last)
    return Rebuttal(pointer, cue) if cue is not None else None


def _no_such(sentence: Sentence, first: int, last: int) -> Rebuttal | None:
    lowers = sentence.tokens.lowers
    for k in sentence.places(_SUCH):
        if not first < k < last - 1 or lowers[k - 1] != "no":
            continue
        there = k - 1 == first or (lowers[first] == "there" and k - first <= _MAX_VERDICT)
        if there:
            return Rebuttal((k, k + 2), (k - 1, k))
    return None


def _pointer(sentence: Sentence, first: int, last: int) -> Range | None:
    """What points back before a form of "be"; the "that" or "this" before it, if it has no subject."""
    lowers = sentence.tokens.lowers
    if lowers[first] in _BE and first > 0 and lowers[first - 1] in ("that", "this"):
        return (first - 1, first)
    end = next((k for k in range(first + 1, min(last, first + _MAX_POINTER)) if lowers[k] in _BE), None)
    if end is None:
        return None
    if end == first + 1:
        return (first, end) if lowers[first] in _PRONOUNS else None
    return (first, end) if lowers[first] in _OPENS_OBJECT and _points(sentence, first, end) else None


def _points(sentence: Sentence, first: int, end: int) -> bool:
    """Whether a noun phrase means what was said: "the claim", "such reports"."""
    lowers = sentence.tokens.lowers
    return any(lowers[k] in _POINTING and lowers[k] not in _PRONOUNS for k in range(first, end))


def _verdict(sentence: Sentence, first: int, last: int) -> Range | None:
    """The words in "was | not true", "is a lie" that say that it isn't so."""
    lowers, tags = sentence.tokens.lowers, sentence.tokens.tags
    negator: int | None = None
    for k in range(first, min(last, first + _MAX_VERDICT)):
        if lowers[k] in _NEGATORS:
            negator = k
        elif lowers[k] in _FALSE or lowers[k] in _TRUE:
            after = k + 1
            if after < last and (tags[after] in COMMON_NOUNS or lowers[after] in ("that", "to", "of", "if")):
                return None  # "a false alarm", "it is not true that"
            if lowers[k] in _TRUE:
                return (negator, after) if negator is not None else None
            return None if negator is not None else (k, after)
        elif lowers[k] in _ENDS:
            return None
    return None


class Verdict(NamedTuple):
    """A frame of denial that a verb of naming makes, and the words of its verdict.

    `names`: the verb only names ("called"), while "dismissed" denies by itself.
    """

    frame: Frame
    cue: Range
    names: bool


def verdict_frame(sentence: Sentence, first: int, last: int, inside_quote: bool) -> Verdict | None:
    """Read "called that a lie", "described the claim as baseless", "dismissed as “a lie” a report that S"."""
    verdicts = sentence.places(_VERDICTS)
    if not verdicts:
        return None
    for v in sentence.places(_NAMING):
        if not first < v < last - 1 or (sentence.quoted[v] and not inside_quote):
            continue
        subject = subject_before(sentence, v, first)
        found = _named(sentence, v + 1, last) if subject is not None else None
        if found is not None and subject is not None:
            content, cue, stop = found
            rest = ((stop, last),) if stop < last - 2 else ()
            frame = Frame(v, _DENY, subject, content, (subject[0], v + 1), noun_object=True, rest=rest)
            return Verdict(frame, cue, not sentence.tokens.lowers[v].startswith(_DENYING))
    return None


_DENYING: Final = ("dismiss", "reject")
_DENY: Final = VerbClass("deny", "certain", "denied", "deny", None, "ed")


def _named(sentence: Sentence, first: int, last: int) -> tuple[Range, Range, int] | None:
    """Object, verdict, and where both end, behind a verb of naming."""
    lowers = sentence.tokens.lowers
    if lowers[first] == "as":
        cue = _called(sentence, first + 1, last, _VERDICTS)
        if cue is None:
            return None
        begin = cue[1]
        while begin < last and lowers[begin] in _QUOTES:
            begin += 1
        near = min(last, begin + _MAX_POINTER)
        return ((begin, last), cue, last) if begin < last and _points(sentence, begin, near) else None
    pronoun = lowers[first] in _PRONOUNS
    if not pronoun and lowers[first] not in _OPENS_OBJECT and lowers[first] not in _POINTING:
        return None
    end = first + 1
    if not pronoun or lowers[end] in _POINTING:
        while end < min(last, first + _MAX_POINTER) and lowers[end - 1] not in _POINTING:
            end += 1
        if lowers[end - 1] not in _POINTING or lowers[end - 1] in _PRONOUNS:
            return None
        pronoun = False
    begin = end + 1 if end < last and lowers[end] == "as" else end
    cue = _called(sentence, begin, last, _FALSE if pronoun else _VERDICTS)
    return ((first, end), cue, cue[1]) if cue is not None else None


def _called(sentence: Sentence, first: int, last: int, verdicts: frozenset[str]) -> Range | None:
    """The verdict that begins at `first`: “an outright lie”, baseless; without marks around it."""
    lowers = sentence.tokens.lowers
    begin = first
    while begin < last and lowers[begin] in _QUOTES:
        begin += 1
    for k in range(begin, min(last, begin + _MAX_VERDICT)):
        if lowers[k] in verdicts:
            end = k + 1
            while first < begin and end < last and sentence.quoted[end] and lowers[end] not in _QUOTES:
                end += 1
            return (begin, end)
        if lowers[k] in _ENDS or lowers[k] in _NEGATORS or lowers[k] == "that":
            return None
    return None
