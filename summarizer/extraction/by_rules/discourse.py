"""Who was named or spoke last, and whom a pronoun means.

Keeps the state of the discourse while the sentences of one document are read in order. Abstains (None)
rather than guess.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.entities import EntityTable

_HE: Final = frozenset(("he", "him", "his"))
_SHE: Final = frozenset(("she", "her"))
_IT: Final = frozenset(("it", "its"))
_THEY: Final = frozenset(("they", "them", "their"))
#: Whoever was named further back is not meant, where a name in between tells another gender.
_MAX_GENDER_DISTANCE: Final = 4


class Discourse:
    """The last mentioned by kind, and the last speakers, as entity indices.

    `organization` is the last organization or country. What a sentence names counts only after `advance`:
    while it is read, its own names stand before or after the word that is asked for.
    """

    def __init__(self, table: EntityTable) -> None:
        self.entities = table.entities
        self.person: int | None = None
        self.organization: int | None = None
        self.group: int | None = None
        self.speakers: tuple[int, ...] = ()
        self.speakers_at = -1
        self._sentence = 0
        self._person_at = -1
        self._by_gender: dict[str, int] = {}
        self._gender_at: dict[str, int] = {}
        self._named: dict[int, list[tuple[int, int]]] = {}
        for (sentence, word), index in table.at.items():
            self._named.setdefault(sentence, []).append((word, index))
        for named in self._named.values():
            named.sort()
        self._acting = {
            (mention.sentence, word)
            for entity in table.entities
            for mention in entity.mentions
            if mention.acting
            for word in range(mention.first, mention.last)
        }

    def advance(self, sentence: Sentence) -> None:
        """Take in a sentence that has been read: its first acting mentions are the likeliest antecedents."""
        at = self._sentence = sentence.index
        seen: set[str] = set()
        seen_acting: set[str] = set()
        for word, index in self._named.get(at, ()):
            kind = self.entities[index].kind
            if kind == "country":
                kind = "organization"
            if kind is None or kind in seen_acting:
                continue
            if (at, word) in self._acting:
                seen_acting.add(kind)
            elif kind in seen:
                continue
            seen.add(kind)
            self.note(index)

    def note(self, index: int) -> None:
        """An entity was just mentioned prominently."""
        entity = self.entities[index]
        if entity.kind == "person":
            self.person = index
            self._person_at = self._sentence
            if entity.gender:
                self._by_gender[entity.gender] = index
                self._gender_at[entity.gender] = self._sentence
        elif entity.is_body:
            self.organization = index
        elif entity.kind == "group":
            self.group = index

    def spoke(self, speakers: tuple[int, ...], sentence: Sentence) -> None:
        """These spoke in this sentence."""
        self._sentence = sentence.index
        self.speakers = speakers
        self.speakers_at = sentence.index
        for speaker in speakers:
            self.entities[speaker].speaks = True
            self.note(speaker)

    def speaking_group(self) -> int | None:
        """The group that spoke last, or was mentioned last: whom "others" and "a second" belong to."""
        for index in (*self.speakers, self.group):
            if index is not None and self.entities[index].kind == "group":
                return index
        return None

    def pronoun(self, lower: str, sentence: Sentence, before: int, speaking: bool = False) -> int | None:
        """Antecedent of a third-person pronoun at word `before`, or None.

        With `speaking`, the pronoun is the subject of a verb of speech: he who spoke before, rather than
        somebody named earlier in the sentence.
        """
        if lower in _HE:
            return self._person(sentence, before, speaking, "m", "f")
        if lower in _SHE:
            return self._person(sentence, before, speaking, "f", "m")
        if lower in _IT:
            bodies = [i for i in self._before(sentence, before) if self.entities[i].is_body]
            if bodies and not speaking:
                return bodies[0]
            known = next((i for i in self.speakers if self.entities[i].is_body), self.organization)
            # "Norrvik will build a plant, it said": nobody before this sentence can be meant
            return known if known is not None or not bodies else bodies[0]
        if lower in _THEY:
            groups = (i for i in self._before(sentence, before) if self.entities[i].kind == "group")
            spoke = (i for i in self.speakers if self.entities[i].kind == "group")
            return next(groups, next(spoke, self.group))
        return None

    def _person(self, sentence: Sentence, before: int, speaking: bool, gender: str, other: str) -> int | None:
        if not speaking:
            for index in self._before(sentence, before):
                if self.entities[index].kind == "person" and self.entities[index].gender != other:
                    return index
        if self.speakers_at >= self._person_at:
            for speaker in self.speakers:
                if self.entities[speaker].kind == "person" and self.entities[speaker].gender in (gender, ""):
                    return speaker
        if self.person is not None and self.entities[self.person].gender in (gender, ""):
            return self.person
        near = sentence.index - self._gender_at.get(gender, -_MAX_GENDER_DISTANCE) <= _MAX_GENDER_DISTANCE
        return self._by_gender.get(gender) if near else None

    def named_in(self, sentence: int) -> list[tuple[int, int]]:
        """Word and entity of the names of a sentence."""
        return [(at, i) for at, i in self._named.get(sentence, ()) if self.entities[i].kind is not None]

    def _before(self, sentence: Sentence, word: int) -> list[int]:
        """Who is named in the sentence before a word."""
        named = self._named.get(sentence.index, ())
        return [index for at, index in named if at < word and self.entities[index].kind is not None]
