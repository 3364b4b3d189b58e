"""Tag the words of a sentence with their parts of speech, by lexicon and a few rules of context.

Pure. The tags are the Penn Treebank's. This is a light tagger (Brill, "A simple rule-based part of speech
tagger", 1992: most frequent tag, then contextual patches), good enough to tell a finite verb from a noun
in news prose; it does not parse.
"""

from __future__ import annotations

from itertools import compress
from sys import intern
from typing import Any, Final, NamedTuple

from summarizer.text.kept import Kept
from summarizer.text.lexicon import text_lexicon
from summarizer.text.word_lexicon import guessed_tags, possible_tags, word_tags

_LEXICON: Final = text_lexicon("tagging.toml")


def _by_word(table: dict[str, str]) -> dict[str, str]:
    """A table tag -> words, turned round."""
    return {word: tag for tag, words in table.items() for word in words.split()}


def _class(name: str) -> frozenset[str]:
    words: Any = _LEXICON["classes"][name]
    return frozenset(words.split())


_CLITICS: Final = _by_word(_LEXICON["clitics"])
_FIXED: Final = _by_word(_LEXICON["fixed"])
_SPEECH_NOUNS: Final = _class("speech_nouns")
_CLITIC_SUBJECTS: Final = _class("clitic_subjects")
_NUMBER_WORDS: Final = _class("numbers")
_AUXILIARIES: Final = _class("be") | _class("have")
_DAYS: Final = _class("days")
_MAIN_PASTS: Final = _class("main_pasts")
_CLAUSE_MARKS: Final = _class("clause_marks")

FINITE: Final = frozenset(("VBZ", "VBD", "VBP", "MD"))
COMMON_NOUNS: Final = frozenset(("NN", "NNS"))
PROPER_NOUNS: Final = frozenset(("NNP", "NNPS"))
NOUNS: Final = COMMON_NOUNS | PROPER_NOUNS
#: Adverbs between a modal and its verb.
_AFTER_MODALS: Final = frozenset(("well", "still", "even", "soon"))
#: Only words with these tags are looked at again; the others are closed classes.
_OPEN_TAGS: Final = frozenset(("NN", "NNS", "VB", "VBP", "VBZ", "VBD", "VBN", "JJ", "IN", "RB"))
#: Of words with a single tag, only these are looked at again: see `_tag_in_context`.
_NEVER_SURE: Final = frozenset(("VB", "VBZ"))
_BEFORE_NOUN: Final = frozenset(("DT", "PRP$", "JJ", "JJR", "JJS", "CD", "POS", "PDT"))
_PLURAL_SUBJECTS: Final = frozenset(("PRP", "NNS", "NNPS"))
_NOUN_SUBJECTS: Final = frozenset(("NN", "NNP", "PRP", "NNS", "NNPS"))
_RELATIVES: Final = frozenset(("WDT", "WP"))
#: After these marks a capital says as little as at the start of a sentence.
_OPENS: Final = frozenset("“\"‘'«:")
_ENDS_SENTENCE: Final = frozenset((".", ",", "”", '"'))
#: What stands after a verb rather than after a noun.
_AFTER_VERB: Final = frozenset(("DT", "PRP", "PRP$", "TO", "WP", "WRB", "EX", "“"))
_OPENS_OBJECT: Final = _AFTER_VERB | {"IN", "NNP", "WDT", "CD"}
_BEFORE_PAST: Final = frozenset(
    ("NN", "NNS", "NNP", "NNPS", "PRP", "WDT", "WP", "RB", ",", "”", "EX", ")", "CD")
)
#: Between an auxiliary and its participle: "has, officials said, been".
_INSIDE_VERB_GROUP: Final = frozenset(("RB", "RBR", "PRP", "VBN", "CC", ","))
#: An auxiliary further away than this many words belongs to another verb.
_MAX_AUXILIARY_DISTANCE: Final = 4
#: Within so many words after "intelligence shared with …" its real verb comes, or never.
_MAX_VERB_DISTANCE: Final = 14
#: These count as fixed only in lower case: May, Will and the US are names.
_NAMES_WHEN_CAPITALISED: Final = frozenset(("may", "will", "us"))
_DETERMINERS: Final = frozenset(("the", "a", "an", "its", "his", "their"))
#: Past forms that take a plural as their object more than a clause.
_BEFORE_CALLS: Final = frozenset(
    ("rejected", "dismissed", "denied", "faced", "resisted",
     "repeated", "renewed", "echoed", "backed", "ignored")
)  # fmt: skip


class _Reading(NamedTuple):
    """A word's most frequent tag, and whether its neighbours may settle on another.

    `lower` is shared by all sentences with the word: what is looked up by it has its hash already.
    """

    lower: str
    tag: str
    open_to_context: bool


def _reading(word: str, at_start: bool) -> _Reading:
    """What a word is by itself. `at_start`: it opens a sentence or quotation, where a capital says little."""
    lower = intern(word.lower())
    tag = _first_tag(word, lower, at_start)
    open_to_context = (tag == "POS" and lower in ("'s", "’s")) or (
        tag in _OPEN_TAGS and lower not in _FIXED and (tag in _NEVER_SURE or len(possible_tags(lower)) > 1)
    )
    return _Reading(lower, tag, open_to_context)


#: Readings of words that open a sentence or quotation, and of all others.
_OPENING: Final = Kept(lambda word: _reading(word, at_start=True))
_INSIDE: Final = Kept(lambda word: _reading(word, at_start=False))


class TaggedWords(NamedTuple):
    """Parallel lists: the words of a sentence in lower case, and their Penn tags."""

    lowers: list[str]
    tags: list[str]


def tag_words(words: list[str]) -> TaggedWords:
    """The words of one sentence in lower case, tagged."""
    if not words:
        return TaggedWords([], [])
    readings = list(map(_INSIDE.__getitem__, words))
    for i in _opening_words(words):
        readings[i] = _OPENING[words[i]]
    lowers, tags, open_to_context = map(list, zip(*readings, strict=True))
    for i in compress(range(len(tags)), open_to_context):
        if tags[i] != "POS":
            tags[i] = _tag_in_context(i, lowers, tags)
        elif i and lowers[i - 1] in _CLITIC_SUBJECTS:
            tags[i] = "VBZ"  # it's, he's, there's
    if "VBD" in tags:
        _mark_reduced_relatives(lowers, tags)
    return TaggedWords(lowers, tags)


def _opening_words(words: list[str]) -> list[int]:
    """The words that open the sentence or a quotation in it, with the marks before them."""
    found: list[int] = []
    starts = [0]
    if not _OPENS.isdisjoint(words):
        starts += [i + 1 for i, word in enumerate(words) if word in _OPENS]
    for i in starts:
        while i < len(words) and not words[i][0].isalnum():
            found.append(i)
            i += 1
        if i < len(words):
            found.append(i)
    return found


def _first_tag(word: str, lower: str, at_start: bool) -> str:
    if lower in _CLITICS:
        return _CLITICS[lower]
    if not word[0].isalnum():
        return word[0] if word != "--" else "–"
    if word[0].isdigit():
        return "CD" if lower not in word_tags() and "-" not in lower else guessed_tags(lower)[0]
    if lower in _FIXED and (
        not word[0].isupper() or at_start or word.isupper() or lower not in _NAMES_WHEN_CAPITALISED
    ):
        if word == "US" or (lower == "may" and word[0].isupper() and not at_start):
            return "NNP"
        return _FIXED[lower]
    if lower in _NUMBER_WORDS:
        return "CD"
    if word[0].isupper():
        if at_start and (len(word) == 1 or word[1:].islower()) and lower in word_tags():
            return word_tags()[lower][0]
        return "NNP"
    return possible_tags(lower)[0]


def _tag_in_context(i: int, lowers: list[str], tags: list[str]) -> str:
    """Tag of word `i`, whose neighbours before it have their final tags and those after it their first."""
    tag = tags[i]
    previous = tags[i - 1] if i else "."
    following = tags[i + 1] if i + 1 < len(tags) else "."
    options = possible_tags(lowers[i])
    if tag == "VBZ" and i and lowers[i - 1] in _BEFORE_CALLS and following in ("IN", "TO"):
        return "NNS"  # "rejected calls for"
    if lowers[i] == "close" and previous in ("NNS", "NNPS") and lowers[i + 1 : i + 2] == ["to"]:
        return "JJ"  # "people close to the talks"
    if len(options) == 1:
        if tag == "VB" and i and lowers[i - 1] in _DETERMINERS and following not in ("NN", "NNS", "NNP"):
            return "NN"  # "the recall could cost": no list knows the noun
        return "VBP" if tag == "VB" and previous in _PLURAL_SUBJECTS else tag
    if previous == "MD" and "RB" in options and (following in ("VB", "VBP") or lowers[i] in _AFTER_MODALS):
        return "RB"  # "may well have", "could still rise"
    if "VB" in options and (previous in ("TO", "MD") or _after_modal_and_adverb(i, lowers, tags)):
        return "VB"
    if tag in ("VB", "VBP", "VBZ") and previous in _BEFORE_NOUN:
        if tag == "VBZ" and "NNS" not in options and lowers[i - 1] in ("'s", "’s"):
            return tag  # "the company's does": the clitic is "is" or "has"
        return "NNS" if tag == "VBZ" or "NNS" in options else "NN"
    if tag in ("NN", "NNS") and ("VBZ" in options or "VB" in options):
        read = _verb_after_subject(i, lowers, tags, options)
        return read if read is not None else tag
    if tag == "VBN" or (tag == "VBD" and "VBN" in options):
        return _past_or_participle(i, lowers, tags, options)
    if tag == "VB" and (previous in _PLURAL_SUBJECTS or previous in _RELATIVES or previous in ("CC", ",")):
        return "VBP"
    if tag == "VBZ" and "NNS" in options and following == "IN" and lowers[i + 1] == "of":
        return "NNS"
    if tag == "VB" and "VBD" in options and previous in ("NN", "NNP", "RB", "”", ")"):
        return "VBD"  # cut, hit, put, set
    return tag


def _after_modal_and_adverb(i: int, lowers: list[str], tags: list[str]) -> bool:
    """As in "would likely rise", "did not say"."""
    return i >= 2 and tags[i - 1] == "RB" and (tags[i - 2] == "MD" or lowers[i - 2] in ("do", "does", "did"))


def _verb_after_subject(i: int, lowers: list[str], tags: list[str], options: tuple[str, ...]) -> str | None:
    """Tag of a verb as in "the study estimates that", "the researchers estimate."; None for a noun."""
    previous = tags[i - 1] if i else "."
    following = tags[i + 1] if i + 1 < len(tags) else "."
    next_lower = lowers[i + 1] if i + 1 < len(lowers) else ""
    if lowers[i] == "points" and i and lowers[i - 1] in ("basis", "percentage"):
        return None
    if tags[i] == "NNS":
        verb = "VBZ" in options and _singular_subject_before(i, tags, next_lower)
        return "VBZ" if verb and _object_after(previous, following, next_lower) else None
    if lowers[i] in _SPEECH_NOUNS and previous in _PLURAL_SUBJECTS and following in _ENDS_SENTENCE:
        return "VBP"  # "…, the researchers estimate."
    if (
        "VB" in options
        and (previous in _PLURAL_SUBJECTS or previous in _RELATIVES)
        and (following in _OPENS_OBJECT or following in ("RB", "JJ", "NNS"))
    ):
        return "VBP"
    return None


def _singular_subject_before(i: int, tags: list[str], next_lower: str) -> bool:
    """Whether a form in -s follows what can be its subject; an adverb may stand between."""
    previous = tags[i - 1] if i else "."
    if previous == "RB":
        return i >= 2 and tags[i - 2] in _NOUN_SUBJECTS
    if previous == ",":
        return next_lower == "that"
    return previous in ("NN", "NNP", "PRP") or previous in _RELATIVES


def _object_after(previous: str, following: str, next_lower: str) -> bool:
    """Whether a form in -s is followed by what verbs take rather than nouns."""
    return (
        following in _AFTER_VERB
        or following == "MD"
        or previous == "PRP"
        or previous in _RELATIVES
        or next_lower == "that"
        or (following in _OPENS_OBJECT and next_lower in ("whether", "about") and previous != "NN")
    )


def _past_or_participle(i: int, lowers: list[str], tags: list[str], options: tuple[str, ...]) -> str:
    """Tag of a form in -ed: a participle after an auxiliary, a past right after a subject."""
    if _has_auxiliary(i, lowers, tags):
        return "VBN"
    previous = tags[i - 1] if i else "."
    passive = lowers[i + 1 : i + 2] == ["by"]
    if tags[i] == "VBN" and "VBD" in options and previous in _BEFORE_PAST and not passive:
        return "VBD"
    return tags[i]


def _has_auxiliary(i: int, lowers: list[str], tags: list[str]) -> bool:
    for back in range(i - 1, max(i - 1 - _MAX_AUXILIARY_DISTANCE, -1), -1):
        if lowers[back] in _AUXILIARIES:
            return True
        if tags[back] not in _INSIDE_VERB_GROUP:
            return False
    return False


def _mark_reduced_relatives(lowers: list[str], tags: list[str]) -> None:
    """In "intelligence shared with allies showed" the past form before a preposition is a participle."""
    for i in range(1, len(tags) - 2):
        if tags[i] == "VBD" and _may_be_reduced(i, lowers, tags) and _verb_follows(i, lowers, tags):
            tags[i] = "VBN"


def _may_be_reduced(i: int, lowers: list[str], tags: list[str]) -> bool:
    return (
        tags[i - 1] in ("NN", "NNS", "NNP")
        and lowers[i] not in _MAIN_PASTS
        and (tags[i + 1] in ("IN", "TO", "RB") or lowers[i + 1] in _DAYS)
        and lowers[i + 1] not in _CLAUSE_MARKS
        and "VBN" in possible_tags(lowers[i])
    )


def _verb_follows(i: int, lowers: list[str], tags: list[str]) -> bool:
    """Whether a finite verb comes before a new clause or a mark does."""
    for k in range(i + 1, min(len(tags), i + _MAX_VERB_DISTANCE)):
        if tags[k] in FINITE:
            return True
        if tags[k] in ("CC", "PRP", "WDT", "WP") or lowers[k] in _CLAUSE_MARKS or not lowers[k][0].isalnum():
            return False
    return False
