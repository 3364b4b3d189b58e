"""Roles that stand in apposition: "Gloria Tan, an antitrust lawyer at Pell & Whitmore", "data firm Kaveri".

Pure. A title right before a name is found with the name (`names`); this reads what stands after a person
and before an organization, and the gender that roles and titles tell.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.entities import Entity, EntityTable
from summarizer.extraction.by_rules.entity_kinds import next_is_named
from summarizer.extraction.by_rules.names import Name
from summarizer.extraction.by_rules.noun_phrases import head_noun, phrase_before
from summarizer.extraction.by_rules.vocabulary import (
    COURTESY_TITLES,
    ORGANIZATION_DESCRIPTIONS,
    PERSON_NOUNS,
    TITLE_HEADS,
    is_person_noun,
    word_set,
    words,
)
from summarizer.text.numbers_values import ONES
from summarizer.text.words import CLITIC_S, FINITE, Tokens, first_names

_FEMALE_WORDS: Final = word_set("names", "people", "female")
_MALE_WORDS: Final = word_set("names", "people", "male")
_ROLE_HEADS: Final = TITLE_HEADS | PERSON_NOUNS
#: Before a name these tell less than what follows it: "Gen. Omar Bello, the governor of Kesh,".
_RANKS: Final = words(
    "cllr gen general col colonel lt maj major capt captain sgt prof professor bishop rev reverend chief "
    "sheikh brig-gen maj-gen lt-gen lt-col brig brigadier"
)
_ROLE_LEADS: Final = words("a an the its his her their our")
_ENDS_ROLE: Final = words(", who which ; – — ( ) . said says told whose")
#: "Smith, chief executive of the data firm Kaveri in Leeds": longer ones are clauses.
_MAX_ROLE_WORDS: Final = 16
_MAX_DESCRIPTION_WORDS: Final = 5


def read_appositions(table: EntityTable) -> None:
    """Give people and organizations without a role the one that an apposition tells."""
    for entity in table.entities:
        rank = entity.role is None or entity.role.strip(".").lower() in _RANKS
        if entity.kind in ("person", "organization") and rank:
            role = _apposed_role(table, entity)
            if role is not None:
                entity.role = role
                entity.roles.append(role)


def _apposed_role(table: EntityTable, entity: Entity) -> str | None:
    for mention in entity.mentions:
        sentence = table.document.sentences[mention.sentence]
        found = (
            _role_after(sentence.tokens, mention.last) or _role_before(sentence, mention.first, mention.last)
            if entity.kind == "person"
            else _description_before(sentence.tokens, mention.first)
            or _role_before(sentence, mention.first, mention.last, ORGANIZATION_DESCRIPTIONS)
        )
        if found is not None:
            begin, end = found
            if end - begin == 1 and sentence.tokens.lowers[begin - 1] == "the" and begin < mention.first:
                entity.introduced_as = sentence.tokens.lowers[begin]
            return uncounted_role(table.document.words(sentence, begin, end))
    return None


def uncounted_role(role: str) -> str:
    """ "Democratic senators" of "Two Democratic senators, A and B": in the words of the article."""
    first, _, rest = role.partition(" ")
    return rest if rest and first.lower() in ONES else role


def _role_after(tokens: Tokens, last: int) -> tuple[int, int] | None:
    """Range of the role in "Name, a role of X," or "Name, 51, role,"."""
    lowers = tokens.lowers
    comma = last
    if lowers[comma : comma + 3 : 2] == [",", ","] and tokens.words[comma + 1].isdigit():
        comma += 2  # "Smith, 51, chief executive"
    if comma + 1 >= len(tokens) or lowers[comma] != ",":
        return None
    first = comma + 1
    if lowers[first] == "and":
        return None  # "the mayor, Jo Lind, and his deputy, Ada Roy"
    if lowers[first] in _ROLE_LEADS:
        first += 1
    indefinite = lowers[first - 1] in ("a", "an")
    has_head = False
    k = first
    while k < len(tokens) and k - first < _MAX_ROLE_WORDS:
        if lowers[k] in _ENDS_ROLE or tokens.tags[k] in FINITE:
            break
        if tokens.tags[k] == "IN" and lowers[k] != "of" and not has_head:
            return None
        if has_head and lowers[k - 1] in _ROLE_HEADS and tokens.words[k][0].isupper():
            return None  # "sank off Sarvo, commander Ilse Brandt said": the role of the next name
        has_head = has_head or lowers[k] in _ROLE_HEADS or (indefinite and is_person_noun(lowers[k]))
        k += 1
    return (first, k) if has_head and not next_is_named(tokens, comma, k) else None


def _role_before(
    sentence: Sentence, first: int, last: int, heads: frozenset[str] = _ROLE_HEADS
) -> tuple[int, int] | None:
    """Range of the role in "Its chief executive, Name, said": with the owner where that is a name or noun."""
    tokens = sentence.tokens
    lowers = tokens.lowers
    comma = first - 1
    while comma > 0 and (lowers[comma] in COURTESY_TITLES or lowers[comma] == "."):
        comma -= 1
    closed = last >= len(lowers) or lowers[last] in (",", ".", ")", "”", '"')
    if comma < 1 or lowers[comma] != "," or not closed:
        return None
    opening = phrase_before(sentence, comma)
    while opening < comma and not lowers[opening][0].isalnum():
        opening += 1
    head = head_noun(sentence, opening, comma)
    if opening >= comma or lowers[head] not in heads:
        return None
    owned = any(lower in CLITIC_S for lower in lowers[opening:head])
    if lowers[opening] in _ROLE_LEADS and not (owned and lowers[opening] == "the"):
        opening += 1
    return (opening, comma) if opening < comma else None


def _description_before(tokens: Tokens, first: int) -> tuple[int, int] | None:
    """Range of "data firm" before an organization's name."""
    lowers, tags = tokens.lowers, tokens.tags
    if (
        first < 1
        or lowers[first - 1] not in ORGANIZATION_DESCRIPTIONS
        or (first > 1 and tokens.words[first - 1][0].isupper())
    ):
        return None
    begin = first - 1
    while (
        begin > 0
        and first - begin < _MAX_DESCRIPTION_WORDS
        and tags[begin - 1] in ("NN", "JJ", "NNP", "VBN", "NNS", "VBG")
        and lowers[begin - 1] not in ("the", "a", "an")
    ):
        begin -= 1
    if tags[begin] == "VBG":
        begin += 1  # "before joining Dutch start-up Lattiq"
    return begin, first


def note_gender(entity: Entity, name: Name) -> None:
    """Gender by the role's words, by a courtesy title or by the given name."""
    if entity.gender in ("m", "f"):
        return
    told = set((name.role or "").lower().split())
    if name.courtesy:
        told.add(name.courtesy.strip("."))
    parts = name.text.split()
    if told & _FEMALE_WORDS:
        entity.gender = "f"
    elif told & _MALE_WORDS:
        entity.gender = "m"
    elif len(parts) > 1:
        given = first_names().get(parts[0], "")
        entity.gender = given if given in ("m", "f") else ""
