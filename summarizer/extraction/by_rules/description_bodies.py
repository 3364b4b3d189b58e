"""What the names and roles of organizations tell of them: a company, a public body, "the regulator".

Pure. Which organization a description means, and where it was mentioned, is left to `descriptions`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from summarizer.extraction.by_rules.entities import Entity
from summarizer.extraction.by_rules.places import country_of, metonym
from summarizer.extraction.by_rules.vocabulary import CORPORATE_SUFFIXES, is_outlet, word_set, words

COMPANY_NOUNS: Final = word_set("descriptions", "organizations", "companies")
_PUBLIC: Final = word_set("descriptions", "organizations", "public")
_OUTLET_ROLES: Final = words("news newspaper broadcaster magazine outlet journal vendor provider")
#: An acronym of this length is a public body rather than a company.
_MAX_BODY_ACRONYM: Final = 4


def is_told(entity: Entity, noun: str, keys: frozenset[str], more: set[str], owned: bool) -> bool:
    """Whether name and role have the noun, and what else is said of it; or only a word that it stands for.

    `owned`: the description says whose it is, which must be told, too: "the EU's mission".
    """
    told = told_of(entity)
    if noun in told and not _is_of_others(entity, noun):
        more = more - {noun}
        return more <= told if owned else not more or not told.isdisjoint(more)
    return not keys.isdisjoint(name_heads(entity.name))


def _is_of_others(entity: Entity, noun: str) -> bool:
    """Whether a body without a proper name only has to do with the noun: "a union of bank employees"."""
    own, _, others = entity.name.partition(" of ")
    common = own.removeprefix("The ")[:1].islower()
    return bool(others) and common and noun not in _words_of(own) and not entity.role


@lru_cache(maxsize=4096)
def name_heads(text: str) -> frozenset[str]:
    """The words of an organization's name that say what it is: the last one and the one before "of"."""
    name = [word.lower().strip(".,") for word in text.split()]
    while len(name) > 1 and name[-1] in CORPORATE_SUFFIXES:
        name.pop()
    joined = next((k for k, word in enumerate(name) if k and word in ("of", "for", "on")), len(name))
    return frozenset((name[-1], name[joined - 1]))


def told_of(entity: Entity) -> frozenset[str]:
    """The words of an organization's name and role."""
    return _words_of(f"{entity.name} {entity.role}" if entity.role else entity.name)


@lru_cache(maxsize=4096)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(word.lower().strip(".,") for word in text.split())


def names_country(word: str) -> bool:
    """Whether a word is a country's name, its adjective or its seat of government."""
    return bool(country_of(word) or metonym(word))


def may_be_company(entity: Entity) -> bool:
    """Whether nothing in an organization's name and role keeps it from being a company."""
    return (
        not entity.country
        and not entity.place_like
        and not is_public_body(entity)
        and (entity.role is None or entity.role.split()[-1].lower() in COMPANY_NOUNS)
        and not is_outlet(entity.name)
        and _OUTLET_ROLES.isdisjoint(told_of(entity))
    )


def is_public_body(entity: Entity) -> bool:
    """Whether a name tells a public body rather than a company."""
    parts = {w.lower() for w in entity.name.split()}
    public = not parts.isdisjoint(_PUBLIC) and parts.isdisjoint(CORPORATE_SUFFIXES)
    return public or (entity.name.isupper() and len(entity.name) <= _MAX_BODY_ACRONYM)
