"""Who a noun phrase means: names, pronouns, definite descriptions, unnamed speakers.

A phrase that names nobody known and has a human head ("two people familiar with the matter") becomes an
unnamed actor of its own. Abstains rather than guess.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.clause_parts import subject_range
from summarizer.extraction.by_rules.description_reading import read_descriptions
from summarizer.extraction.by_rules.descriptions import Descriptions
from summarizer.extraction.by_rules.discourse import Discourse
from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.entities import EntityTable
from summarizer.extraction.by_rules.entity_roles import uncounted_role
from summarizer.extraction.by_rules.noun_phrases import conjuncts, head_noun, trimmed
from summarizer.extraction.by_rules.partitives import after_partitive, means_group
from summarizer.extraction.by_rules.places import country_adjective
from summarizer.extraction.by_rules.unnamed import UnnamedActors
from summarizer.extraction.by_rules.vocabulary import (
    COURTESY_TITLES,
    ORGANIZATION_DESCRIPTIONS,
    PERSON_NOUNS,
    POSTNOMINALS,
    TITLE_HEADS,
    lexicon,
    word_set,
    words,
)
from summarizer.records.brief import ActorKind
from summarizer.text.words import PROPER_NOUNS

_PRONOUNS: Final = words("he she it they him her them")
_ROLE_LEADS: Final = words("a an the its his her their our")
#: One name after them is that of a firm: "its auditors, Forbis".
_FIRMS: Final = words("auditors lawyers advisers brokers accountants consultants sponsors insurers")
_OWNERS: Final = _ROLE_LEADS - {"a", "an"}
#: A phrase with one of these may end in the name of somebody else.
_LINKS: Final = words(", by for with to who close familiar at in from on")
_HUMANS: Final = PERSON_NOUNS | TITLE_HEADS | word_set("names", "context", "kin")
#: "Her younger son": the noun for somebody is among so many words.
_MAX_HUMAN: Final = 5
#: "they" means the speakers of at most so many sentences before.
_MAX_SPEAKER_DISTANCE: Final = 2
#: Noun -> kind of the pair in "the two governments".
_PAIRS: Final[dict[str, ActorKind]] = {
    noun: kind for kind, nouns in lexicon("descriptions")["pairs"].items() for noun in nouns.split()
}


class Coreference:
    """Resolves noun phrases of one document; sentences are fed in order through `advance`."""

    def __init__(self, table: EntityTable) -> None:
        self.table = table
        self.discourse = Discourse(table)
        self.unnamed = UnnamedActors(table)
        self.descriptions = Descriptions(table, self.discourse, self.unnamed)

    def advance(self, sentence: Sentence) -> None:
        """Take in a sentence that has been read."""
        self.discourse.advance(sentence)

    def read_descriptions(self, sentence: Sentence) -> None:
        """Record the descriptions in a sentence that mean somebody known or that act."""
        read_descriptions(self.descriptions, sentence)

    def phrase(
        self, sentence: Sentence, first: int, last: int, create: bool = True, speaking: bool = False
    ) -> tuple[int, ...]:
        """Entities that the noun phrase `first:last` (words of the sentence) stands for.

        Several for a conjunction ("Germany and France"). Empty when it can't be told or isn't somebody.
        With `create`, somebody unknown becomes an entity; `speaking` says that whoever it is spoke, so that
        any noun can be somebody.
        """
        first, last = trimmed(sentence, first, last)
        if first >= last:
            return ()
        found: dict[int, None] = {}
        for a, b in conjuncts(self.table, sentence, first, last):
            found.update(dict.fromkeys(self._single(sentence, a, b, create, speaking)))
        return tuple(found)

    def name_of(self, pronoun: str, sentence: Sentence, word: int) -> str:
        """The name that a pronoun at a word stands for; "" where it can't be told."""
        index = self.discourse.pronoun(pronoun, sentence, word)
        entity = self.table.entities[index] if index is not None else None
        return "" if entity is None or entity.unnamed or entity.kind is None else entity.name

    def _single(
        self, sentence: Sentence, first: int, last: int, create: bool, speaking: bool = False
    ) -> tuple[int, ...]:
        """Entities of a phrase that is no conjunction; several only for "they" and "the two governments"."""
        lowers = sentence.tokens.lowers
        several = self._several(sentence, first, last)
        if several:
            return several
        if last - first > 2 and lowers[first] in ("one", "another") and lowers[first + 1] == ",":
            return self._single(sentence, first + 2, last, create, speaking)  # "said one, a baker who …"
        if last - first == 1 and lowers[first] in _PRONOUNS:
            introduced = self._introduced(sentence, first) if create else ()
            if introduced:
                return introduced
            return _known(self.discourse.pronoun(lowers[first], sentence, first, speaking=True))
        if means_group(sentence, first, last):
            return _known(self.discourse.speaking_group())
        inner = after_partitive(sentence, first, last)
        if inner is not None:
            if create and sentence.tokens.lowers[inner] == "them" and self.discourse.speaking_group() is None:
                return self._subjects_before(sentence)
            return self._single(sentence, inner, last, create, speaking)
        named = self._named(sentence, first, last)
        if named is not None:
            return (named,)
        head = head_noun(sentence, first, last)
        if head > first and sentence.tokens.words[head] in POSTNOMINALS:
            head -= 1  # "Eleanor Finch KC"
        for resolved in (self._named_at_head, self._described):
            index = resolved(sentence, first, head, last)
            if index is not None:
                return (index,)
        return _known(self._created(sentence, first, head, last, speaking)) if create else ()

    def _subjects_before(self, sentence: Sentence) -> tuple[int, ...]:
        """The people of whom the sentence before speaks: "Several deputies want it. One of them said"."""
        if sentence.index == 0:
            return ()
        before = self.table.document.sentences[sentence.index - 1]
        subject = subject_range(before, 0, len(before))
        if subject is None or before.tokens.tags[subject[1] - 1] != "NNS":
            return ()
        return self._single(before, *trimmed(before, *subject), create=True)

    def _introduced(self, sentence: Sentence, pronoun: int) -> tuple[int, ...]:
        """The unnamed person of the clause before a colon: "A clerk contradicted him: she said"."""
        lowers = sentence.tokens.lowers
        if pronoun < 3 or lowers[pronoun - 1] != ":" or lowers[pronoun] not in ("he", "she"):
            return ()
        subject = subject_range(sentence, 0, pronoun - 1)
        if subject is None or lowers[subject[0]] not in ("a", "an", "one", "another"):
            return ()
        return self._single(sentence, *subject, create=True, speaking=True)

    # -- several and none ---------------------------------------------------------------------

    def _several(self, sentence: Sentence, first: int, last: int) -> tuple[int, ...]:
        if (
            last - first == 1
            and sentence.tokens.lowers[first] == "they"
            and len(self.discourse.speakers) > 1
            and sentence.index - self.discourse.speakers_at <= _MAX_SPEAKER_DISTANCE
        ):
            return self.discourse.speakers
        return self._the_two(sentence, first, last)

    def _the_two(self, sentence: Sentence, first: int, last: int) -> tuple[int, ...]:
        """The pair that the article is about: "the two governments", "the two companies"."""
        lowers = sentence.tokens.lowers
        kind = _PAIRS.get(lowers[last - 1])
        two = lowers[first] in ("the", "both") and "two" in lowers[first : first + 2]
        if kind is None or not two or last - first < 3:
            return ()
        entities = self.table.entities
        known = [
            i
            for i, e in enumerate(entities)
            if e.kind == kind and e.mentions and not e.unnamed and e.mentions[0].start < sentence.end
        ]
        known.sort(key=lambda i: entities[i].mentions[0].start)
        return tuple(known[:2]) if len(known) >= 2 else ()

    # -- names --------------------------------------------------------------------------------

    def _named(self, sentence: Sentence, first: int, last: int) -> int | None:
        """The person whose name ends the phrase: "Foreign Minister Mara Lind"."""
        index = self.table.at.get((sentence.index, last - 1))
        if (
            index is None
            or self.table.entities[index].kind != "person"
            or not _LINKS.isdisjoint(sentence.tokens.lowers[first:last])
            or self._after_preposition(sentence, index, last)
        ):
            return None
        return index

    def _after_preposition(self, sentence: Sentence, index: int, last: int) -> bool:
        """Whether the last name only says where the first one works: "Farrar of Tidewater Insight"."""
        begin = last - 1
        while begin > 0 and self.table.at.get((sentence.index, begin - 1)) == index:
            begin -= 1
        return begin > 0 and sentence.tokens.lowers[begin - 1] in ("of", "at", "for", "from", "in")

    def _named_at_head(self, sentence: Sentence, first: int, head: int, last: int) -> int | None:
        """The name that the head is part of, that follows it, or that stands in apposition to it."""
        at = self.table.at
        index = at.get((sentence.index, head))
        if index is not None and self.table.entities[index].kind is not None:
            return index
        if head + 1 < last and sentence.tokens.tags[head] == "NN":
            following = at.get((sentence.index, head + 1))
            if following is not None:
                return following
        return self._apposed(sentence, first, head, last)

    def _apposed(self, sentence: Sentence, first: int, head: int, last: int) -> int | None:
        """The person in "a lawyer for the family, Edwin Moss", who gets the description as role."""
        lowers = sentence.tokens.lowers
        for i in range(head + 1, last - 1):
            if lowers[i] != ",":
                continue
            name = i + 1
            while name + 1 < last and (lowers[name] in COURTESY_TITLES or lowers[name] == "."):
                name += 1
            index = self.table.at.get((sentence.index, name))
            entity = self.table.entities[index] if index is not None else None
            if (entity is None or entity.kind is None) and head == i - 1:
                index = self._named_body(sentence, head, name, last)
            if index is None and _is_human(sentence, first, i):
                index = self._named_person(sentence, name, last)
            if index is None:
                continue
            entity = self.table.entities[index]
            if entity.kind == "organization" and lowers[first] in _OWNERS and head == i - 1:
                return index  # "The operator, Maren Lines, denied"
            if entity.kind != "person":
                return None
            if entity.role is None:
                begin = first + 1 if lowers[first] in _ROLE_LEADS else first
                entity.role = uncounted_role(self.table.document.words(sentence, begin, i))
            return index
        return None

    def _named_person(self, sentence: Sentence, first: int, last: int) -> int | None:
        """The person in "Her son, Paul," and "The lawyer for them, Shab Qureshi," whom nothing else names."""
        written = sentence.tokens.words
        end = first
        while end < last and written[end][0].isupper():
            end += 1
        alone = end > first and (end >= last or sentence.tokens.lowers[end] == ",")
        return self.unnamed.add_name(sentence, first, end - 1, "person") if alone else None

    def _named_body(self, sentence: Sentence, head: int, first: int, last: int) -> int | None:
        """The body in "The bus company, Modern Coast Express," whose name tells nothing; else None."""
        written = sentence.tokens.words
        noun = sentence.tokens.lowers[head]
        if (noun not in ORGANIZATION_DESCRIPTIONS and noun not in _FIRMS) or not written[first][0].isupper():
            return None
        end = first
        while end + 1 < last and written[end + 1][0].isupper():
            end += 1
        return self.unnamed.add_name(sentence, first, end, "organization")

    # -- descriptions -------------------------------------------------------------------------

    def _described(self, sentence: Sentence, first: int, head: int, last: int) -> int | None:
        state = self.descriptions.government(sentence, first, head)
        return state if state is not None else self.descriptions.resolve(sentence, first, head, last)

    def _created(self, sentence: Sentence, first: int, head: int, last: int, speaking: bool) -> int | None:
        """A new actor for somebody unknown."""
        tokens = sentence.tokens
        if (
            tokens.tags[head] in PROPER_NOUNS
            and tokens.words[head][0].isupper()
            and country_adjective(tokens.words[head]) is None
        ):
            return self.unnamed.add_name(sentence, first, head)
        return self.unnamed.add(sentence, first, head, last, speaking)


def _is_human(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a description's head is somebody: a relative, an office, a profession."""
    lowers = sentence.tokens.lowers
    return any(lowers[k] in _HUMANS for k in range(first, min(last, first + _MAX_HUMAN)))


def _known(index: int | None) -> tuple[int, ...]:
    return (index,) if index is not None else ()
