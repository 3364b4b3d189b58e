"""Whether a conjunction joins two propositions, or noun phrases inside one.

Pure. Positions are word indices: the conjunction stands at `i`, the verb that it leads to at `verb`; the open
piece began at `begin`.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.clause_parts import clause_like, in_joint_subject, subject_is_open
from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.vocabulary import words
from summarizer.text.words import NOUNS

CONCESSIVES: Final = frozenset(("while", "though", "although", "whereas"))
#: "such as", "as far as", "as soon as": no conjunctions.
_BEFORE_COMPARING_AS: Final = words("such as far soon long well much many early late")
#: Bounds of a clause that "as" opens without a comma before it.
_MAX_AS_SUBJECT: Final = 8
_MIN_BEFORE_AS: Final = 6
_MIN_BEFORE_BECAUSE: Final = 5
#: "did not shoot and | nobody was hurt": with one of these a second clause begins.
_OPENS_SECOND: Final = words("that nobody nothing none neither")
_AFTER_NOT: Final = words("one a all every everyone")


def coordinates(sentence: Sentence, begin: int, i: int, verb: int) -> bool:
    """Whether a coordinating conjunction joins clauses, not noun phrases."""
    tokens = sentence.tokens
    if tokens.lowers[i + 1] == "that":
        return True  # "said there was no risk and that everyone who wants a ticket would get one"
    if in_joint_subject(sentence, begin, i):
        return False
    if subject_is_open(sentence, begin, i):
        return False  # "a man who paid for holidays | and a collection of cars has been jailed"
    return clause_like(sentence, i + 1, verb) and (
        tokens.lowers[i - 1] in (",", ";")
        or tokens.lowers[i] == "but"
        or tokens.lowers[i + 1] in _OPENS_SECOND
        or (tokens.lowers[i + 1] == "not" and tokens.lowers[i + 2] in _AFTER_NOT)
        or tokens.tags[i + 1] in ("PRP", "EX", "DT", "NNP")
    )


def subordinates(sentence: Sentence, begin: int, i: int, verb: int) -> bool:
    """Whether a subordinating conjunction opens a proposition that stands by itself."""
    tokens = sentence.tokens
    lower = tokens.lowers[i]
    if lower == "because":
        return i - begin >= _MIN_BEFORE_BECAUSE and tokens.lowers[i + 1] != "of"
    if lower in CONCESSIVES or tokens.lowers[i - 1] in (",", ";"):
        return True
    return (
        lower == "as"
        and tokens.tags[i + 1] in ("NNP", "PRP", "DT", "NNS", "NN")
        and tokens.lowers[i - 1] not in _BEFORE_COMPARING_AS
        and verb - i <= _MAX_AS_SUBJECT
        and i - begin >= _MIN_BEFORE_AS
        and "TO" not in tokens.tags[i + 1 : verb]
    )


def joins_names(sentence: Sentence, first: int, i: int, verb: int, last: int) -> bool:
    """Whether the conjunction at `i` joins noun phrases, though a verb stands on both sides of them.

    "The suspects, a student and a plumber, were charged": what a comma closes before the verb, or a relative
    clause without "that" ends, is a part of the noun phrase.
    """
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    opens = i + 1
    if lowers[i] == "or" and lowers[opens] in ("less", "more"):
        return True  # "$80, or less if buyers no longer have it"
    if lowers[i] == "but":
        return False
    before = sentence.finite_in(first, i)
    if before is not None and lowers[before - 1] == "," and not sentence.has_finite(before + 1, i):
        participle = tags[before] == "VBD" and tags[before + 1] in ("IN", "TO")
        if participle and sentence.next_word(",", first, before - 1) is None:
            return True  # "The paintings, attributed to A and B, fetched"
    if tags[opens] in ("IN", "RB", "WRB", "PRP", "EX") or lowers[opens] == "that":
        return False
    commas = [k for k in range(opens, verb) if lowers[k] == ","]
    if len(commas) == 1 and lowers[i - 1] != ",":
        return True
    if any(lowers[k] in ("where", "when") and lowers[k - 1] == "," for k in range(opens + 1, verb)):
        return True
    contact = any(tags[k] == "PRP" and tags[k - 1] in NOUNS for k in range(opens + 1, verb))
    return contact and lowers[i - 1] != "," and not sentence.has_finite(verb + 1, last)
