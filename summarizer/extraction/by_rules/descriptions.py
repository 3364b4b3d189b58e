"""Whom a definite description means: "the ministry", "Russia's top diplomat", "the US government".

Only somebody known: a description of nobody known is left to `unnamed`. Where several fit, the one
mentioned last; where nothing decides, None.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.description_bodies import (
    COMPANY_NOUNS,
    is_public_body,
    is_told,
    may_be_company,
    name_heads,
    names_country,
    told_of,
)
from summarizer.extraction.by_rules.description_roles import is_below, role_fits
from summarizer.extraction.by_rules.discourse import Discourse
from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.entities import EntityTable
from summarizer.extraction.by_rules.entity_names import country_in, without_clitic
from summarizer.extraction.by_rules.places import country_of, metonym
from summarizer.extraction.by_rules.unnamed import UnnamedActors
from summarizer.extraction.by_rules.vocabulary import (
    GROUP_NOUNS,
    ORGANIZATION_DESCRIPTIONS,
    ORGANIZATION_HEADS,
    PERSON_NOUNS,
    TITLE_HEADS,
    lexicon,
    word_set,
    words,
)
from summarizer.text.words import CLITIC_S

#: Nouns for any public body: "the watchdog" may be an ombudsman's office.
_ANY_BODY: Final = word_set("descriptions", "organizations", "any_body")
#: Noun -> words in a name that it may stand for.
_SYNONYMS: Final = {noun: words(value) for noun, value in lexicon("descriptions")["synonyms"].items()}
_DEFINITE: Final = words("the this that its his her their our my both")
_NO_CONTENT: Final = CLITIC_S | words(
    "the a an this that these those some many several both all most no any each every own former acting "
    "our my"
)
_KINDS_OF_FORCES: Final = words("army police military force government")
#: What a description may say of a body whatever its name is.
_ANY_QUALIFIERS: Final = words(
    "central full new whole entire top main same powerful new national state federal"
)
#: "The Bergen-based company": any company is based somewhere.
_SEATED: Final = ("-based", "-listed", "-owned")


class Descriptions:
    """Resolves the definite descriptions of one document."""

    def __init__(self, table: EntityTable, discourse: Discourse, unnamed: UnnamedActors) -> None:
        self.table = table
        self.discourse = discourse
        self.unnamed = unnamed
        self._read = 0
        self._companies: list[int] = []
        self._by_word: dict[str, list[int]] = {}

    def _take_in_new(self) -> None:
        """Note the organizations that the table has got since; their names and roles stay as they are."""
        entities = self.table.entities
        for index in range(self._read, len(entities)):
            entity = entities[index]
            if entity.kind == "organization" and not entity.unnamed:
                for word in told_of(entity) | name_heads(entity.name):
                    self._by_word.setdefault(word, []).append(index)
                if may_be_company(entity):
                    self._companies.append(index)
        self._read = len(entities)

    def government(self, sentence: Sentence, first: int, head: int) -> int | None:
        """The state that "the US government" or "the Biden administration" means; records the mention."""
        tokens = sentence.tokens
        if tokens.lowers[head] not in ("government", "administration"):
            return None
        for k in range(first, head):
            country = country_of(tokens.words[k]) or self._country_of_office(sentence, k)
            if country is not None:
                index = self.table.country_index(country)
                if index is not None:
                    begin = first + 1 if tokens.lowers[first] in ("the", "a") else first
                    self.table.mention(index, sentence.index, begin, head + 1)
                return index
        return None

    def _country_of_office(self, sentence: Sentence, k: int) -> str | None:
        """Country of the office of the person named at word `k`."""
        owner = self.table.at.get((sentence.index, k))
        if owner is None or self.table.entities[owner].kind != "person":
            return None
        roles = self.table.entities[owner].roles
        return next((found for role in roles if (found := country_in(without_clitic(role)))), None)

    def resolve(self, sentence: Sentence, first: int, head: int, last: int) -> int | None:
        """Whom the phrase `first:last` with this head means, or None."""
        lowers = sentence.tokens.lowers
        lead = lowers[first]
        possessed = any(lower in CLITIC_S for lower in lowers[first:head])
        if not (
            possessed or lead in _DEFINITE or (first + 1 < len(lowers) and lowers[first + 1] in CLITIC_S)
        ):
            return None
        noun = lowers[head]
        here = sentence.tokens.starts[first]
        described = lowers[first : min(last, head + 1)]
        if noun in TITLE_HEADS or noun in PERSON_NOUNS:
            country = self._country(sentence, first, last)
            index = self._person_by_role(described, lowers[head + 1 : last], noun, country)
            if index is None and lead in ("the", "this"):
                # "the official", "the former worker": the last unnamed one of that word
                return self.unnamed.latest(noun, "person")
            return index
        if noun in GROUP_NOUNS or noun.rstrip("s") in PERSON_NOUNS:
            whole = lead in ("the", "both", "these", "those") and head == last - 1
            return self.unnamed.latest(noun) if whole else None
        if (noun in ORGANIZATION_DESCRIPTIONS or noun in ORGANIZATION_HEADS or noun in _SYNONYMS) and (
            lead in ("the", "this", "that") or (possessed and "central" in described)
        ):
            return self._organization(described, noun, self._country(sentence, first, last), here)
        return None

    def _country(self, sentence: Sentence, first: int, last: int) -> str | None:
        named = (country_of(w) or metonym(w) for w in sentence.tokens.words[first:last])
        return next((country for country in named if country), None)

    # -- people -------------------------------------------------------------------------------

    def _person_by_role(
        self, described: list[str], tail: list[str], noun: str, country: str | None
    ) -> int | None:
        content = [
            w for w in described if w not in _NO_CONTENT and not (country and names_country(w.title()))
        ]
        matches = [
            index
            for index, entity in enumerate(self.table.entities)
            if entity.kind == "person"
            and (entity.role or entity.roles)
            and any(
                role_fits(role, content, tail, noun, country) and not is_below(role, described)
                for role in (*entity.roles, entity.role)
                if role
            )
        ]
        if country is not None and len(matches) > 1:
            # "Russia's top diplomat": whose office names the country goes before who might hold any
            named = (i for i in matches if self._office_of(i, country))
            matches = list(named) or matches
        if len(matches) == 1:
            return matches[0]
        # several: the one mentioned last
        candidates = (self.discourse.person, *self.discourse.speakers)
        return next((i for i in candidates if i in matches), None)

    def _office_of(self, index: int, country: str) -> bool:
        """Whether a role of this person names the country."""
        return any(country_in(without_clitic(role)) == country for role in self.table.entities[index].roles)

    # -- organizations ------------------------------------------------------------------------

    def _organization(self, described: list[str], noun: str, country: str | None, here: int) -> int | None:
        """An organization named before `here` whose name or role has the noun; a company by mention alone."""
        last = self.discourse.organization
        named = self._named_organizations(described, noun, country, here)
        if len(named) == 1:
            return named[0]
        if last in named:
            return last
        if noun in COMPANY_NOUNS:
            found = self._company(last, here)
            if found is None and described[1:] == ["group"] and last is not None:
                # rebels and unions are groups, too
                told = self._was_mentioned(last, here) and self.table.entities[last].kind == "organization"
                found = last if told else None
            return found if found is None or self._is_described(found, described, noun) else None
        if noun in ("government", "administration") and country is None:
            return None
        if named:
            return max(named, key=lambda i: self._last_mention(i, here))
        bare = [w for w in described if w not in ("the", "this", "that")]
        return self._latest_acronym(last, noun, here) if len(bare) <= 1 else None

    def _last_mention(self, index: int, here: int) -> int:
        """Where an entity was mentioned last before `here`; -1 if it wasn't."""
        return max((m.start for m in self.table.entities[index].mentions if m.start < here), default=-1)

    def _was_mentioned(self, index: int, here: int) -> bool:
        mentions = self.table.entities[index].mentions
        return bool(mentions) and (mentions[0].start < here or any(m.start < here for m in mentions))

    def _named_organizations(
        self, described: list[str], noun: str, country: str | None, here: int
    ) -> list[int]:
        keys = _SYNONYMS.get(noun, frozenset()) | {noun, noun + "s"}
        if "central" in described:
            keys |= _SYNONYMS["central"]
        more = {
            w for w in described if w not in _NO_CONTENT | _ANY_QUALIFIERS and not names_country(w.title())
        }
        owned = not CLITIC_S.isdisjoint(described)
        self._take_in_new()
        entities = self.table.entities
        return [
            i
            for i in sorted({i for key in keys for i in self._by_word.get(key, ())})
            if (country is None or entities[i].country in (country, None))
            and is_told(entities[i], noun, keys, more, owned)
            and self._was_mentioned(i, here)
        ]

    def _is_described(self, index: int, described: list[str], noun: str) -> bool:
        """Whether what a description says besides its noun is in a name or role: no bus company is a bank."""
        entity = self.table.entities[index]
        own = {
            word.lower() for text in (entity.name, entity.role or "", *entity.roles) for word in text.split()
        }
        more = {
            word
            for word in described
            if word not in _NO_CONTENT
            and word != noun
            and not word.endswith(_SEATED)
            and not names_country(word.title())
        }
        return not more or not entity.roles or bool(more & own)

    def _company(self, last: int | None, here: int) -> int | None:
        """The company that the article is about, or the last one if it is mentioned half as often."""
        entities = self.table.entities
        self._take_in_new()
        companies = [i for i in self._companies if self._was_mentioned(i, here)]
        if not companies:
            return None
        main = max(companies, key=lambda i: (len(entities[i].mentions), -i))
        if last in companies and 2 * len(entities[last].mentions) >= len(entities[main].mentions):
            return last
        return main

    def _latest_acronym(self, last: int | None, noun: str, here: int) -> int | None:
        """The latest body for "the agency" if its acronym ends in the noun's letter: IAEA."""
        if last is None or not self._was_mentioned(last, here):
            return None
        entity = self.table.entities[last]
        if entity.kind != "organization" or noun in _KINDS_OF_FORCES:
            return None
        fits = entity.name.isupper() and entity.acts and noun[0].upper() == entity.name[-1]
        return last if fits or (noun in _ANY_BODY and is_public_body(entity)) else None
