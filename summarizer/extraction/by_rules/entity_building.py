"""Names -> entities: which mentions are one person, organization or country.

Pure and deterministic. People come first, then organizations and countries, then the names whose own
words tell no kind: those may be short forms of what is known by then.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from summarizer.extraction.by_rules.document import Document
from summarizer.extraction.by_rules.entities import EntityTable
from summarizer.extraction.by_rules.entity_acronyms import link_acronyms
from summarizer.extraction.by_rules.entity_kinds import is_disease, is_located, kind_by_context, seat_acts
from summarizer.extraction.by_rules.entity_names import (
    country_in,
    fits_given,
    is_single,
    same_given,
    same_surname,
    surname,
    without_clitic,
    without_particles,
)
from summarizer.extraction.by_rules.entity_roles import note_gender, read_appositions
from summarizer.extraction.by_rules.entity_short_forms import ShortForms
from summarizer.extraction.by_rules.entity_unlisted import with_people
from summarizer.extraction.by_rules.name_demonyms import unlisted_adjectives
from summarizer.extraction.by_rules.name_nouns import without_nouns
from summarizer.extraction.by_rules.names import Name, find_names
from summarizer.extraction.by_rules.places import country_form, is_place, metonym
from summarizer.extraction.by_rules.vocabulary import words
from summarizer.text.words import first_names

#: "Sir Alan" is Alan Whitby.
_BEFORE_GIVEN: Final = words("sir dame sister father sheikh emir sultan king queen prince princess pope")
_OTHERWISE: Final = words("alias aka nicknamed né née")
#: The other name stands so near: "Garba, who is also known as Danko".
_MAX_OTHERWISE: Final = 8
#: Seats of government that are bodies of their own in the news.
_SEATS_AS_BODIES: Final = frozenset(("White House", "Pentagon"))


def read_entities(document: Document) -> EntityTable:
    """The table of everybody whom a document names."""
    names = without_nouns(document, find_names(document))
    adjectives = unlisted_adjectives(names)
    names = [n._replace(adjective=True) if n.text in adjectives else n for n in with_people(document, names)]
    builder = _Builder(document, frozenset(adjectives.values()))
    builder.add_people([n for n in names if n.kind == "person"])
    builder.add_organizations([n for n in names if n.kind in ("organization", "country")])
    builder.add_rest([n for n in names if n.kind in ("unknown", "place")])
    table = builder.table
    for entity in table.entities:
        entity.mentions.sort(key=lambda mention: mention.start)
    link_acronyms(table)
    read_appositions(table)
    return table


class _Builder:
    """Fills one document's table."""

    def __init__(self, document: Document, with_adjective: frozenset[str]) -> None:
        self.document = document
        #: Names of which another word of the article is the adjective: "Tarvia", beside "Tarvian".
        self.with_adjective = with_adjective
        self.table = EntityTable(document)
        self.entities = self.table.entities
        self._surnames: dict[str, list[int]] = {}
        #: Surnames by their first letter, in which misspellings agree.
        self._by_letter: dict[str, list[str]] = {}
        self._givens: dict[str, set[int]] = {}
        self._by_form: dict[str, int] = {}
        self._short_forms = ShortForms()

    def _mention(self, index: int, name: Name) -> None:
        self.table.mention(index, name.sentence, name.first, name.last)

    # -- people -------------------------------------------------------------------------------

    def add_people(self, names: Sequence[Name]) -> None:
        """Full names first, so that surnames alone find them."""
        for name in sorted(names, key=lambda n: is_single(n.text)):
            index = self._known_person(name)
            if index is None:
                index = self.table.new("person", name.text)
                self._note_surname(name.text, index)
                self._note_given(name.text, index)
            entity = self.entities[index]
            if len(name.text.split()) > len(entity.name.split()):
                self._givens.get(entity.name.split()[0], set()).discard(index)
                self._note_given(name.text, index)
                entity.name = name.text
            if name.role and name.role not in entity.roles:
                entity.roles.append(name.role)
            note_gender(entity, name)
            self._mention(index, name)
            self._mention_titles(index, name)
        for entity in self.entities:
            if entity.roles:
                entity.role = next((r for r in entity.roles if not is_single(r)), entity.roles[0])

    def _note_surname(self, text: str, index: int) -> None:
        last_name = surname(text)
        owners = self._surnames.get(last_name)
        if owners is None:
            owners = self._surnames[last_name] = []
            self._by_letter.setdefault(last_name[0], []).append(last_name)
        owners.append(index)

    def _note_given(self, text: str, index: int) -> None:
        given, *others = text.split()
        if others:
            self._givens.setdefault(given, set()).add(index)

    def _mention_titles(self, index: int, name: Name) -> None:
        """The courtesy title is part of a form; the words of a role mean the person, too."""
        tokens = self.document.sentences[name.sentence].tokens
        if name.courtesy:
            begin = name.first - 1
            while begin >= 0 and tokens.words[begin] == ".":
                begin -= 1
            if begin >= 0:
                form = self.document.text[tokens.starts[begin] : name.end]
                self.entities[index].forms.setdefault(form, None)
        for word in range(name.title_first, name.first):
            self.table.at.setdefault((name.sentence, word), index)

    def _known_person(self, name: Name) -> int | None:
        parts = without_particles(name.text).split()
        told = name.courtesy or (name.role or "").lower()
        if told in _BEFORE_GIVEN and len(parts) == 1:
            knight = self._owner_of_given(parts[0])
            if knight is not None:
                return knight
        candidates = self._surnames.get(surname(name.text))
        if candidates is None and name.courtesy and len(parts) == 1:
            candidates = (
                None if (given := self._owner_of_given(parts[0])) is None else [given]
            )  # "Dr. Tedros"
        if candidates is None:
            return self._misspelt_person(surname(name.text), parts)
        if len(parts) == 1:
            return candidates[0]
        short = " " + name.text
        return next(
            (
                i
                for i in candidates
                if fits_given(self.entities[i].name, parts[0]) or self.entities[i].name.endswith(short)
            ),
            None,
        )

    def _misspelt_person(self, last_name: str, parts: list[str]) -> int | None:
        """A person with nearly the same surname (and given name, where both have one)."""
        for known in self._by_letter.get(last_name[0], ()):
            if same_surname(known, last_name):
                for index in self._surnames[known]:
                    other = self.entities[index].name.split()
                    if len(parts) == 1 or len(other) == 1 or same_given(other[0], parts[0]):
                        return index
        return None

    # -- organizations and countries ----------------------------------------------------------

    def add_organizations(self, names: Sequence[Name]) -> None:
        """Longer names first, so that short forms find them."""
        for name in sorted(names, key=lambda n: (-len(n.text.split()), n.start)):
            country = country_form(name.text) if name.kind == "country" else metonym(name.text)
            if name.kind == "country" and country is None:
                self._mention(self._unlisted_country(name.text), name)
                continue
            if country is not None and name.text not in _SEATS_AS_BODIES:
                index = self.table.country(country, name.text)
            else:
                found = self._known_organization(name.text)
                index = found if found is not None else self._new_organization(name.text)
            self._mention(index, name)
        for index, entity in enumerate(self.entities):
            if entity.kind == "organization":
                entity.country = country_in(without_clitic(entity.name))
                self._by_form.setdefault(entity.name, index)

    def _unlisted_country(self, text: str) -> int:
        """A country that no list has: "Republic of Vanesia"; its last word alone means it, too."""
        index = self._by_form.get(text)
        if index is None:
            index = self.table.new("country", text)
            self._by_form[text] = self._by_form[text.split()[-1]] = index
        return index

    def _known_organization(self, text: str) -> int | None:
        found = self._by_form.get(text)
        return found if found is not None else self._short_forms.find(text)

    def _new_organization(self, text: str) -> int:
        index = self._by_form[text] = self.table.new("organization", text)
        self._short_forms.add(index, text)
        return index

    # -- the rest -----------------------------------------------------------------------------

    def add_rest(self, names: Sequence[Name]) -> None:
        """Names whose kind their own words don't tell: surnames, short company names, places."""
        left: dict[str, list[Name]] = {}
        for name in names:
            if name.adjective:
                continue
            called = self._other_name_of(name)
            if called is not None:
                self._note_surname(name.text, called)
                self._mention(called, name)
                continue
            if metonym(name.text) is not None and not self._surname_owner(name.text):
                self._add_seat(name)
                continue
            index = self._known_short_form(name.text)
            if index is not None and not (self._is_located(name) and self.entities[index].kind != "person"):
                self._mention(index, name)
            else:
                left.setdefault(name.text, []).append(name)
        # Longer names first, so that short forms find them.
        for text, mentions in sorted(left.items(), key=lambda item: -len(item[0].split())):
            index = self._known_short_form(text)
            if index is None or any(self._is_located(name) for name in mentions):
                self._add_by_context(text, mentions)
                continue
            for name in mentions:
                self._mention(index, name)

    def _other_name_of(self, name: Name) -> int | None:
        """The person in "Bello Garba, alias Danko,", "Bello Garba, better known as Danko"."""
        lowers = self.document.sentences[name.sentence].tokens.lowers
        before = lowers[max(0, name.first - 3) : name.first]
        if not (before[-1:] and (before[-1] in _OTHERWISE or before[-2:] == ["known", "as"])):
            return None
        for word in range(name.first - 1, max(-1, name.first - _MAX_OTHERWISE), -1):
            index = self.table.at.get((name.sentence, word))
            if index is not None:
                return index if self.entities[index].kind == "person" else None
        return None

    def _surname_owner(self, text: str) -> list[int]:
        bare = without_particles(text)
        owners = self._surnames.get(surname(bare), [])
        if is_single(bare):
            return owners
        return [i for i in owners if self.entities[i].name.endswith(" " + text)]  # "Bakke Dahl"

    def _is_located(self, name: Name) -> bool:
        """Whether a name of one word is a place here: "in Tarsk" is not the Tarsk Liberation Front."""
        return is_single(name.text) and is_located(self.document.sentences[name.sentence], name)

    def _add_seat(self, name: Name) -> None:
        country = metonym(name.text)
        if country is not None and seat_acts(self.document.sentences[name.sentence], name):
            self._mention(self.table.country(country, name.text), name)

    def _known_short_form(self, text: str) -> int | None:
        """Whom a surname, a short company name or a given name alone means."""
        people = self._surname_owner(text)
        if people:
            return people[0]
        if is_place(text):
            return None
        organization = self._known_organization(text)
        if organization is not None or text not in first_names():
            return organization
        return self._owner_of_given(text)

    def _owner_of_given(self, text: str) -> int | None:
        """A person called by the given name alone, where only one person has it."""
        owners = self._givens.get(text, ())
        return next(iter(owners)) if len(owners) == 1 else None

    def _add_by_context(self, text: str, mentions: Sequence[Name]) -> None:
        illness = any(is_disease(self.document.sentences[name.sentence], name) for name in mentions)
        kind = kind_by_context(self.document, text, mentions, text in self.with_adjective)
        if kind is None:
            return
        if kind == "organization":
            index = self._new_organization(text)
        else:
            index = self._by_form[text] = self.table.new(kind, text)
        if kind == "person":
            self._note_surname(text, index)
            self._note_given(text, index)
        self.entities[index].place_like = illness or is_place(text)
        for name in mentions:
            self._mention(index, name)
