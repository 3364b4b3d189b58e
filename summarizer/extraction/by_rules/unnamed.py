"""Actors without a known name: groups, single sources, bodies in lower case, names that nothing explained.

Keeps which of them one document has, so that "the officials" finds "US officials" again.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.entities import EntityTable
from summarizer.extraction.by_rules.noun_phrases import PEOPLE_ENDINGS
from summarizer.extraction.by_rules.places import country_adjective, is_place
from summarizer.extraction.by_rules.vocabulary import (
    CALENDAR,
    GROUP_NOUNS,
    ORGANIZATION_DESCRIPTIONS,
    ORGANIZATION_HEADS,
    PERSON_NOUNS,
    PRODUCTS,
    TITLE_HEADS,
    is_plural_acronym,
    lexicon,
    words,
)
from summarizer.records.brief import ActorKind
from summarizer.text.words import PROPER_NOUNS

_SINGULAR_ENDINGS: Final = tuple(lexicon("descriptions")["groups"]["singular_endings"].split())
_LEADS: Final = words("the a an some its his her their our my your other also")
_PARTITIVES: Final = words("one two some several another three")
_OPENS_COMPLEMENT: Final = words("familiar close briefed involved of in at with from for who near")
_ENDS_COMPLEMENT: Final = words(", who which that ( – — - and but")
_DETERMINERS: Final = words("the a an one another his her its their our")
#: Endings of nouns for people, once it's clear that somebody speaks.
_HUMAN_ENDINGS: Final = (
    "er",
    "or",
    "ist",
    "ian",
    "ant",
    "ent",
    "ic",
    "man",
    "woman",
    "eer",
    "ee",
    "yst",
    "mate",
    "kid",
)
#: Bodies, though a person can be called so, too.
_BODIES_AND_PEOPLE: Final = words("police regulator watchdog")
#: Nouns that "say" something without anybody saying it.
_SPEAKS_FIGURATIVELY: Final = words(
    "law rule sign label text headline caption clock map plan deal proverb saying constitution contract "
    "score result outcome experience history logic evidence data number figure fact sense common"
)
#: "people familiar with the matter": longer complements say more than who it is.
_MAX_COMPLEMENT_WORDS: Final = 14
#: Within so many sentences "a spokesman" is given his name.
_SOON: Final = 4
#: A name of two or three words that no list explains is a person's.
_PERSON_WORDS: Final = range(2, 4)


class UnnamedActors:
    """The actors of one document that no name stands for."""

    def __init__(self, table: EntityTable) -> None:
        self.table = table
        self._by_form: dict[str, int] = {}

    def latest(self, noun: str, kind: ActorKind | None = None) -> int | None:
        """The actor added last whose form has this noun (and that is of this kind)."""
        for form, index in reversed(self._by_form.items()):
            if noun in form.split() and kind in (None, self.table.entities[index].kind):
                return index
        return None

    def qualified(self, noun: str) -> list[int]:
        """Actors whose form ends in this noun after another word: "health officials"."""
        return [i for form, i in self._by_form.items() if " " in form and form.split()[-1] == noun]

    def add_name(
        self, sentence: Sentence, first: int, head: int, kind: ActorKind | None = None
    ) -> int | None:
        """A capitalised name that speaks, though nothing else told what it is; None for a weekday.

        `kind`: where a description tells it.
        """
        tokens = sentence.tokens
        begin = head
        while (
            begin > first and tokens.tags[begin - 1] in PROPER_NOUNS and tokens.words[begin - 1][0].isupper()
        ):
            begin -= 1
        if tokens.lowers[head] in CALENDAR or (begin == head and len(tokens.words[head]) < 3):
            return None
        name = self.table.document.words(sentence, begin, head + 1)
        if is_place(name) and begin and tokens.lowers[begin - 1] in ("of", "in", "at", "from"):
            return None  # "Dana Kirwan, of Elm Street, Cork"
        if begin == head and tokens.lowers[head] in TITLE_HEADS:
            return self.add(sentence, first, head, office_end(sentence, head))  # "the Minister of Works"
        index = self._by_form.get(name.lower())
        if index is None and is_plural_acronym(name):
            index = self._new("group", name, None)  # "MPs"
        if index is None:
            parts = name.split()
            body = any(w.lower() in ORGANIZATION_HEADS for w in parts)
            person = len(parts) in _PERSON_WORDS and not body
            kind = kind or ("person" if person else "organization")
            index = self._by_form[name.lower()] = self.table.new(kind, name)
        self.table.mention(index, sentence.index, begin, head + 1)
        return index

    def add(self, sentence: Sentence, first: int, head: int, last: int, speaking: bool = False) -> int | None:
        """The actor that a noun phrase with this head stands for; None if it's nobody who could act.

        `speaking`: whoever it is said something, so that nouns of no list are somebody, too.
        """
        kind = _kind_of_head(sentence, first, head) or (
            _kind_of_speaker(sentence, first, head) if speaking else None
        )
        if kind is None:
            return None
        noun = sentence.tokens.lowers[head]
        begin = _after_leads(sentence, first, head)
        end = _complement_end(sentence, head, last)
        text = self.table.document.words(sentence, begin, end)
        known = self._known(sentence, first, head, noun, kind)
        if known is None and kind == "person" and sentence.tokens.lowers[first] in ("a", "an"):
            known = self._named_soon(sentence, noun)
            if known is not None:
                self.table.mention(known, sentence.index, begin, end, text)
        if known is not None:
            return known
        index = self._by_form.get(text.lower())
        if index is None:
            definite = sentence.tokens.lowers[first] == "the"
            if definite and end - begin == 1 and kind == "group":
                known = self.latest(noun)
                if known is not None:
                    return known
            country = country_adjective(sentence.tokens.words[begin])
            if (
                kind == "organization"
                and end - begin < 2
                and not _is_definite_body(sentence, first, text, country)
            ):
                return None
            index = self._new(kind, text, country)
        self.table.mention(index, sentence.index, begin, end, text)
        return index

    def _known(self, sentence: Sentence, first: int, head: int, noun: str, kind: ActorKind) -> int | None:
        """Who "one of the people" belongs to, and whom a headline's plural means."""
        lowers = sentence.tokens.lowers
        if lowers[first] in _PARTITIVES and "of" in lowers[first:head]:
            for form, index in reversed(self._by_form.items()):
                if noun in form.split() or noun + "s" in form.split():
                    return index
        if sentence.role == "headline" and kind == "group":
            return next((i for form, i in self._by_form.items() if noun in form.split()), None)
        return None

    def _named_soon(self, sentence: Sentence, noun: str) -> int | None:
        """The person whom one of the next sentences calls "the spokesman, Julio Vega"."""
        soon = range(sentence.index + 1, sentence.index + 1 + _SOON)
        return next(
            (
                index
                for index, entity in enumerate(self.table.entities)
                if entity.introduced_as == noun and entity.mentions and entity.mentions[0].sentence in soon
            ),
            None,
        )

    def _new(self, kind: ActorKind, text: str, country: str | None) -> int:
        index = self._by_form[text.lower()] = self.table.new(kind, text)
        entity = self.table.entities[index]
        entity.unnamed = kind != "organization"
        entity.country = country
        entity.plural = kind == "group"
        return index


def office_end(sentence: Sentence, head: int) -> int:
    """End of an office that begins at its head: "Minister of Transport and Works"."""
    lowers, written = sentence.tokens.lowers, sentence.tokens.words
    end = head + 1
    while (
        end + 1 < len(lowers)
        and lowers[end] in ("of", "for", "and", "the")
        and (written[end + 1][0].isupper() or lowers[end + 1] == "the")
    ):
        end += 2 if written[end + 1][0].isupper() else 1
        while end < len(lowers) and written[end][0].isupper():
            end += 1
    return end


def _kind_of_head(sentence: Sentence, first: int, head: int) -> ActorKind | None:
    """What the head noun tells; an unknown plural is a group, a singular with an article a person."""
    noun, tag = sentence.tokens.lowers[head], sentence.tokens.tags[head]
    if noun in _BODIES_AND_PEOPLE:
        return "organization"
    if noun == "hall" and sentence.tokens.lowers[head - 1] in ("city", "town"):
        return "organization"
    if noun in GROUP_NOUNS:
        return "group"
    if noun in PERSON_NOUNS or noun in TITLE_HEADS:
        return "person"
    if noun in ORGANIZATION_DESCRIPTIONS or noun in ORGANIZATION_HEADS:
        return "organization"
    if tag == "NNS" and noun.endswith(PEOPLE_ENDINGS) and noun not in PRODUCTS:
        return "group"
    determined = sentence.tokens.lowers[first] in ("a", "an", "the", "one", "another")
    return "person" if tag == "NN" and determined and noun.endswith(_SINGULAR_ENDINGS) else None


def _kind_of_speaker(sentence: Sentence, first: int, head: int) -> ActorKind | None:
    """What a noun of no list is when it speaks: "a former mechanic", "the coastguard", "mourners"."""
    noun, tag = sentence.tokens.lowers[head], sentence.tokens.tags[head]
    if noun in PRODUCTS or noun in _SPEAKS_FIGURATIVELY or not noun.replace("-", "").isalpha():
        return None
    if tag == "NNS":
        return "group"
    if tag != "NN" or sentence.tokens.lowers[first] not in _DETERMINERS:
        return None
    if noun.endswith(_HUMAN_ENDINGS):
        return "person"
    return "person" if sentence.tokens.lowers[first] in ("a", "an", "one", "another") else "organization"


def _is_definite_body(sentence: Sentence, first: int, text: str, country: str | None) -> bool:
    """Whether a single word can be a body of its own: "the ministry", "police", not "ministry"."""
    return (
        country is not None
        or sentence.tokens.lowers[first] in ("the", "a", "an", "its", "their")
        or text[0].isupper()
        or text == "police"
    )


def _after_leads(sentence: Sentence, first: int, head: int) -> int:
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    begin = first
    while begin < head and (lowers[begin] in _LEADS or tags[begin] in ("IN", "RB", ",")):
        begin += 1
    return begin


def _complement_end(sentence: Sentence, head: int, last: int) -> int:
    """Keep a short complement that tells who: "people familiar with the matter", "officials in Kyiv"."""
    lowers = sentence.tokens.lowers
    end = head + 1
    if end < last and lowers[end] in _OPENS_COMPLEMENT:
        while end < last and lowers[end] not in _ENDS_COMPLEMENT and end - head < _MAX_COMPLEMENT_WORDS:
            end += 1
    return end
