"""Actors in the making: which stretches of the text mention which person, organization, country or group.

Pure records and the table of them. `entity_building` fills the table with what is named; unnamed speakers
("two people familiar with the matter") and definite descriptions ("the ministry") are added by
`coreference` when a sentence needs them. An entity is known by its index in the table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.extraction.by_rules.places import country_form
from summarizer.extraction.by_rules.vocabulary import word_set
from summarizer.records.brief import ActorKind
from summarizer.text.words import CLITIC_S, FINITE

_ACTING_POSSESSIONS: Final = word_set("names", "context", "acting_possessions")
_PARTY_PREPOSITIONS: Final = frozenset(("against", "between", "with", "by"))
#: After these a name is a party only if the one before it is: "between A and B".
_LIST_WORDS: Final = frozenset(("and", "or", "for"))
_VERB_TAGS: Final = frozenset(("VB", "VBD", "VBZ", "VBP", "VBN", "VBG"))
_PLACE_NOUNS: Final = frozenset(
    ("island", "port", "town", "city", "village", "province", "region", "district", "coast")
)
#: A name's acronym stands behind it in parentheses of fewer words than this.
_MAX_PARENTHESIS: Final = 5
#: Mentions of one sentence stand at the end of an entity's list; a sentence has fewer than this.
MAX_RECENT: Final = 40


@dataclass(slots=True)
class Mention:
    """Where an entity is named. `first:last` are word positions in the sentence."""

    sentence: int
    first: int
    last: int
    start: int
    end: int
    text: str
    acting: bool = False


@dataclass(slots=True)
class Entity:
    """One actor in the making. `forms` keeps every form in order of first appearance.

    `introduced_as`: the noun in "the spokesman, Julio Vega", who may have spoken as "a spokesman" before.
    `kind` is None once it was merged into another. `place_like`: its name is a place's, too.
    """

    kind: ActorKind | None
    name: str
    role: str | None = None
    gender: str = ""
    plural: bool = False
    country: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    forms: dict[str, None] = field(default_factory=dict)
    speaks: bool = False
    place_like: bool = False
    unnamed: bool = False
    roles: list[str] = field(default_factory=list)
    introduced_as: str = ""

    @property
    def acts(self) -> bool:
        """Whether any mention acts, speaks or is acted upon."""
        return self.speaks or any(mention.acting for mention in self.mentions)

    @property
    def is_body(self) -> bool:
        """Whether "it" can mean this: an organization or a country."""
        return self.kind in ("organization", "country")

    def may_be(self, pronoun: str) -> bool:
        """Whether "he", "she", "it" or "they" can mean this."""
        if pronoun == "it":
            return self.is_body
        if pronoun == "they":
            return self.kind == "group"
        return self.kind == "person" and self.gender != {"he": "f", "she": "m"}.get(pronoun, self.gender)


class EntityTable:
    """The entities of one document and where they stand. `at` maps (sentence, word) to an index."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.entities: list[Entity] = []
        self.at: dict[tuple[int, int], int] = {}
        self._countries: dict[str, int] = {}

    def new(self, kind: ActorKind | None, name: str) -> int:
        """A new entity; returns its index."""
        self.entities.append(Entity(kind, name))
        return len(self.entities) - 1

    def country(self, country: str, form: str) -> int:
        """Index of a country's entity, made at need; a written-out form becomes its name."""
        index = self._countries.get(country)
        if index is None:
            index = self._countries[country] = self.new("country", form)
            self.entities[index].country = country
        entity = self.entities[index]
        if country_form(form) and (country_form(entity.name) is None or form == country):
            entity.name = form
        return index

    def country_index(self, country: str) -> int | None:
        """Index of a country's entity, if the article names it."""
        return self._countries.get(country)

    def mention(self, index: int, sentence: int, first: int, last: int, text: str | None = None) -> None:
        """Record that words `first:last` of the sentence mention an entity."""
        where = self.document.sentences[sentence]
        start, end = where.tokens.starts[first], where.tokens.ends[last - 1]
        shown = text if text is not None else self.document.text[start:end]
        entity = self.entities[index]
        entity.forms.setdefault(shown, None)
        acting = self._is_acting(where, first, last)
        entity.mentions.append(Mention(sentence, first, last, start, end, shown, acting))
        for word in range(first, last):
            if entity.unnamed:
                self.at.setdefault((sentence, word), index)  # "a Kaveri spokesman": Kaveri stays Kaveri
            else:
                self.at[(sentence, word)] = index

    def merge(self, index: int, into: int) -> None:
        """Make two entities one; the first is left empty."""
        gone, kept = self.entities[index], self.entities[into]
        kept.mentions = sorted([*kept.mentions, *gone.mentions], key=lambda mention: mention.start)
        kept.forms.update(gone.forms)
        kept.speaks = kept.speaks or gone.speaks
        for mention in gone.mentions:
            for word in range(mention.first, mention.last):
                if self.at.get((mention.sentence, word)) == index:
                    self.at[mention.sentence, word] = into
        gone.mentions, gone.forms, gone.kind = [], {}, None

    def _is_acting(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether a mention is subject or object of a verb, or a party ("between A and B")."""
        tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
        after = last
        if lowers[after : after + 1] == ["("]:
            closing = sentence.next_word(")", after, min(len(lowers), after + _MAX_PARENTHESIS))
            after = closing + 1 if closing is not None else after  # "the Board (FDB) said"
        while after < len(tags) and tags[after] == "RB":
            after += 1
        if after < len(tags) and tags[after] in FINITE and not _is_elsewhere(sentence, first):
            return True
        if lowers[after : after + 1] == [","] and after + 1 < len(tags):
            # "Corrib, which paid for it", "The hospice, Little House, closed"
            apposed = first > 0 and lowers[first - 1] == ","
            if lowers[after + 1] in ("which", "who") or (apposed and tags[after + 1] in FINITE):
                return True
        if after + 1 < len(tags) and lowers[after] in CLITIC_S:
            return tags[after + 1] in ("VBG", "VBN", "VBD") or lowers[after + 1] in _ACTING_POSSESSIONS
        before = first - 1
        while before >= 0 and lowers[before] in ("the", "a", "an", "both"):
            before -= 1
        if before < 0:
            return False
        if tags[before] in _VERB_TAGS or lowers[before] in _PARTY_PREPOSITIONS:
            return True
        return lowers[before] in _LIST_WORDS and self._stands_in_acting(sentence.index, before - 1)

    def _stands_in_acting(self, sentence: int, word: int) -> bool:
        """Whether a word belongs to a mention that acts."""
        index = self.at.get((sentence, word))
        return index is not None and any(
            m.sentence == sentence and m.first <= word < m.last and m.acting
            for m in self.entities[index].mentions[-MAX_RECENT:]
        )


def _is_elsewhere(sentence: Sentence, first: int) -> bool:
    """Whether a name only says where somebody is: "analysts at Bellweather", "in the journal Ice"."""
    lowers, tags = sentence.tokens.lowers, sentence.tokens.tags
    before = first - 1
    while before > 0 and (tags[before] == "NN" or lowers[before] in ("the", "a")):
        before -= 1
    if before > 1 and lowers[before] == "of" and lowers[before - 1] in _PLACE_NOUNS:
        return True  # "the island of Reunion"
    return before > 0 and lowers[before] in ("at", "in", "near")
