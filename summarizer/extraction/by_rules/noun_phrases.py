"""Parts of a noun phrase: its head, and the parts of "A, B and C".

Pure. A phrase is words `first:last` of a sentence.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.entities import EntityTable
from summarizer.extraction.by_rules.signals import signals
from summarizer.extraction.by_rules.vocabulary import (
    GROUP_NOUNS,
    ORGANIZATION_DESCRIPTIONS,
    PERSON_NOUNS,
    is_person_noun,
    lexicon,
    words,
)
from summarizer.text.words import CLITIC_S, NOUNS

#: Endings of plural nouns for people: "the hydrologists".
PEOPLE_ENDINGS: Final = tuple(lexicon("descriptions")["groups"]["plural_endings"].split())
_ENDS_HEAD: Final = words(
    "of for in at from with to on by about near against among between within across during under over into "
    "briefed , who which that ( familiar close speaking"
)
_HEAD_TAGS: Final = NOUNS | {"PRP", "CD"}
#: A last word that is tagged so was misread: "the accused", "the poor".
_LAST_WORD_TAGS: Final = frozenset(("JJ", "VB", "VBZ", "VBP"))
_ARTICLES: Final = words("a an the")
_DETERMINERS: Final = words("a an the its his her their our")
_BREAKS_PHRASE: Final = words(', ; : “ " ‘ – — - ( ) that but')
_CLAUSE_TAGS: Final = frozenset(("VBD", "VBZ", "MD"))
_BELONGS: Final = words("of in at on from")
#: "the head of the Committee of Prisoners’ Affairs in the northern region": longer ones are clauses.
_MAX_PHRASE_WORDS: Final = 18
_CITING: Final = signals(("citing", "quoting"))
_JOINS: Final = frozenset(("and", "or"))
_VERBS: Final = frozenset(("VB", "VBP", "VBD"))
_LEADS: Final = words("and but however meanwhile also then")


def head_noun(sentence: Sentence, first: int, last: int) -> int:
    """Index of the head: the last noun before a preposition, comma or relative word; else the last word."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    head = -1
    for i in range(first, last):
        lower, tag = lowers[i], tags[i]
        if head >= 0 and (lower in _ENDS_HEAD or tag in ("VBN", "VBD")):
            break
        if tag == "IN" and i > first + 1 and lowers[first] in _ARTICLES and tags[i - 1] in _VERBS:
            return i - 1  # "a recount in Norland": a noun that was tagged as a verb
        if (
            tag in _HEAD_TAGS
            or lower in GROUP_NOUNS
            or lower in PERSON_NOUNS
            or (i == last - 1 and tag in _LAST_WORD_TAGS)
        ):
            head = i
    return head if head >= 0 else last - 1


def phrase_before(sentence: Sentence, comma: int) -> int:
    """Where the noun phrase begins that ends at a comma: "signed by | its head of news, Halima Yerdi,".

    The last determiner that no preposition of belonging stands before opens it.
    """
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    begin = comma
    while (
        begin > 0
        and comma - begin < _MAX_PHRASE_WORDS
        and lowers[begin - 1] not in _BREAKS_PHRASE
        and tags[begin - 1] not in _CLAUSE_TAGS
    ):
        begin -= 1
    for k in range(comma - 1, begin - 1, -1):
        if lowers[k] not in _DETERMINERS:
            continue
        adviser_to = k > begin + 1 and lowers[k - 1] in ("to", "for") and is_person_noun(lowers[k - 2])
        if not adviser_to and not (k > begin and lowers[k - 1] in _BELONGS):
            return k
    return begin


def trimmed(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """The phrase without conjunctions and marks around it, and without ", citing X"."""
    lowers = sentence.tokens.lowers
    while first < last and (not lowers[first][0].isalnum() or lowers[first] in _LEADS):
        first += 1
    while last > first and not lowers[last - 1][0].isalnum() and lowers[last - 1] not in CLITIC_S:
        last -= 1
    citing = sentence.next_of(_CITING, first + 1, last) if sentence.places(_CITING) else None
    if citing is not None:
        last = citing - 1 if lowers[citing - 1] == "," else citing
    return first, last


def conjuncts(table: EntityTable, sentence: Sentence, first: int, last: int) -> list[tuple[int, int]]:
    """Parts of "A, B and C" where each part has a name or a human head of its own; else the whole."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    if _JOINS.isdisjoint(lowers[first:last]):
        return [(first, last)]
    cuts = [i for i in range(first, last) if lowers[i] in _JOINS and (sentence.index, i) not in table.at]
    if not cuts:
        return [(first, last)]
    parts = list(zip([first, *(cut + 1 for cut in cuts)], [*cuts, last], strict=True))
    # "the US and European allies": an adjective can't stand alone
    lone_adjective = any(b - a == 1 and tags[a] == "JJ" for a, b in parts[:-1])
    if lone_adjective or not all(_is_somebody(table, sentence, a, b) for a, b in parts):
        return [(first, last)]
    return parts


def _is_somebody(table: EntityTable, sentence: Sentence, first: int, last: int) -> bool:
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    return any(
        (sentence.index, k) in table.at
        or lowers[k] in GROUP_NOUNS
        or lowers[k] in ORGANIZATION_DESCRIPTIONS
        or (tags[k] == "NNS" and lowers[k].endswith(PEOPLE_ENDINGS))
        for k in range(first, last)
    )
