"""The proposition in a demand: "urged residents to stay indoors" is that residents should stay indoors.

Pure. Whom a demand is put to and what it asks for are read from the words after its verb. A demand not to do
something is told as that ("should not spread rumours"): it denies nothing.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.extraction.by_rules.frames import MONTHS, NEGATORS, TIMES, Frame
from summarizer.extraction.by_rules.vocabulary import words
from summarizer.text.words import NOUNS

#: These demand only before "to": "told patients to stop", but "told reporters that".
_TELL: Final = words("tell warn advise ask instruct")
_DEMANDING: Final = frozenset(("direct",))
#: Words between the verb and its "to".
_MAX_ADDRESSEE: Final = 12
#: "demanded that he resign": words between "that" and the verb.
_MAX_SUBJECT: Final = 10
_MODALS: Final = words("will would can could may might shall should must had has have is was are were")
_NO_ADDRESSEE: Final = words("it them him her us me you they he she we i to that")
_QUOTES: Final = "“”\"'‘’"


def demanded(document: Document, sentence: Sentence, frame: Frame) -> str | None:
    """What a frame demands as a sentence with "should"; None where it can't be told in one.

    "urged Russia to call its troops back" -> "Russia should call its troops back."
    "demanded that Stahl resign" -> "Stahl should resign."
    """
    verb_class = frame.verb_class
    if frame.negated or frame.postposed or frame.nominal:
        return None
    after = frame.verb + (2 if verb_class.particle else 1)
    last = frame.content[1]
    if verb_class.name in _DEMANDING or verb_class.base in _TELL:
        to = _infinitive(sentence, after, last)
        if to is not None:
            return _should(document, sentence, (after, to), (to, last))
    if verb_class.name in _DEMANDING:
        return _subjunctive(document, sentence, after, last)
    return None


def _infinitive(sentence: Sentence, after: int, last: int) -> int | None:
    """The "to" (or "not to") that opens what is asked for, with an addressee before it."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    for k in range(after + 1, min(last - 1, after + _MAX_ADDRESSEE)):
        if lowers[k] in ("that", "who", "which") or lowers[k] in _MODALS:
            return None
        if tags[k] == "TO" and tags[k + 1] in ("VB", "RB"):
            return k - 1 if lowers[k - 1] in NEGATORS and k - 1 > after else k
        if not (lowers[k][0].isalnum() or lowers[k] in ("'s", "’s", "-")):
            return None
    return None


def _should(
    document: Document, sentence: Sentence, whom: tuple[int, int], what: tuple[int, int]
) -> str | None:
    lowers = sentence.tokens.lowers
    addressee = _addressee(document, sentence, *whom)
    first, last = what
    negated = lowers[first] in NEGATORS
    deed = document.words(sentence, first + (2 if negated else 1), _end(sentence, first, last)).strip(_QUOTES)
    if addressee is None or not deed:
        return None
    return f"{addressee} should {'not ' if negated else ''}{deed}."


def _addressee(document: Document, sentence: Sentence, first: int, last: int) -> str | None:
    """Whom a demand is put to, without a time behind; None for a pronoun or where nobody is named."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    while last > first and (
        lowers[last - 1] in TIMES or lowers[last - 1] in MONTHS or lowers[last - 1] == "on"
    ):
        last -= 1
    if first < last and lowers[first] in ("on", "for", "upon"):
        first += 1
    plural = tags[last - 1 : last] == ["VBZ"] and last - first > 1  # "intelligence services", mistagged
    if first >= last or lowers[first] in _NO_ADDRESSEE or not (plural or tags[last - 1] in NOUNS):
        return None
    name = document.words(sentence, first, last).strip(_QUOTES)
    return name[:1].upper() + name[1:] if name else None


def _subjunctive(document: Document, sentence: Sentence, after: int, last: int) -> str | None:
    """The demand in "demanded that Stahl resign"."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    that = sentence.next_word("that", after, min(last, after + 4))
    if that is None:
        return None
    for k in range(that + 2, min(last, that + _MAX_SUBJECT)):
        if tags[k] == "MD" or lowers[k] in (",", ";"):
            return None
        if tags[k] in ("VB", "VBP"):
            negated = lowers[k - 1] in NEGATORS
            subject = document.words(sentence, that + 1, k - 1 if negated else k).strip(_QUOTES)
            if lowers[that + 1] in _NO_ADDRESSEE or not subject:
                return None
            deed = document.words(sentence, k, _end(sentence, k, last)).strip(_QUOTES)
            return f"{subject[:1].upper()}{subject[1:]} should {'not ' if negated else ''}{deed}."
    return None


def _end(sentence: Sentence, first: int, last: int) -> int:
    """Where the demand ends: before a clause that goes on with something else."""
    lowers = sentence.tokens.lowers
    for k in range(first + 2, last):
        if lowers[k] in (";", "–", "—") or (lowers[k] in (",", "but") and sentence.has_finite(k, last)):
            return k
        if lowers[k] == "," and k + 1 < last and sentence.tokens.tags[k + 1] in ("VBG", "IN"):
            return k
    while last > first and not lowers[last - 1][0].isalnum() and lowers[last - 1] not in ("%", "'s", "’s"):
        last -= 1
    return last
