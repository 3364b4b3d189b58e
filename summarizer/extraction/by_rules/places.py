"""Countries, their adjectives and the places that are no actors.

Pure; the tables are `summarizer/text/data/countries.json` and `lexicons/places.toml`. A capital stands for
its government only where the text uses it so (`entity_kinds` decides by grammar); here it is a place with
the country it would stand for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from summarizer.extraction.by_rules.vocabulary import phrase_set, word_set
from summarizer.text.countries import countries

_PLACES: Final = phrase_set("places", "places", "names")
_PLACE_TAILS: Final = word_set("places", "places", "tails")
_PLACE_LEADS: Final = word_set("places", "places", "leads")
#: Longer words in capitals are no acronyms.
_MAX_ACRONYM: Final = 5
#: The table has these as codes and other names; in news they are the commonest forms.
_AMERICAN_FORMS: Final = ("US", "U.S.", "U.S", "USA", "America")
#: Nouns and adjectives alike: "US officials", "the US said".
_BOTH: Final = frozenset(("US", "U.S.", "UK"))


@dataclass(frozen=True, slots=True)
class _Tables:
    """Form -> country, by what the form is; capitals that are places."""

    forms: dict[str, str]
    adjectives: dict[str, str]
    metonyms: dict[str, str]
    capitals: frozenset[str]


def _tables() -> _Tables:
    forms: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    metonyms: dict[str, str] = {}
    capitals: set[str] = set()
    for country in countries().countries:
        for form in (country.name, country.official, *country.forms):
            if form:
                forms.setdefault(form, country.name)
        for form in (*country.adjectives, *country.people):
            adjectives.setdefault(form, country.name)
        for form in country.metonyms:
            metonyms.setdefault(form, country.name)
        if country.capital:
            capitals.add(country.capital)
    for form in _AMERICAN_FORMS:
        forms.setdefault(form, "United States")
    return _Tables(forms, adjectives, metonyms, frozenset(capitals))


_TABLES: Final = _tables()
_FORMS, _ADJECTIVES, _METONYMS = _TABLES.forms, _TABLES.adjectives, _TABLES.metonyms
_ALL_PLACES: Final = _PLACES | _TABLES.capitals


def country_form(text: str) -> str | None:
    """Name of the country that `text` writes out ("U.S.", "Britain"), or None."""
    return _FORMS.get(text)


def country_adjective(text: str) -> str | None:
    """Name of the country whose adjective or people `text` is ("Russian", "Britons"), or None."""
    found = _ADJECTIVES.get(text)
    return found if found is not None and (text not in _FORMS or text in _BOTH) else None


def country_of(text: str) -> str | None:
    """Name of the country that `text` writes out or is the adjective of, or None."""
    return country_adjective(text) or country_form(text)


def metonym(text: str) -> str | None:
    """Country that a seat of government stands for when it acts ("Moscow", "the Kremlin"), or None."""
    return _METONYMS.get(text)


def is_place(text: str) -> bool:
    """Whether `text` names a place that is no country: a city, a sea, a county."""
    if text.isupper() and len(text) > _MAX_ACRONYM:
        text = text.title()  # "NEW DELHI:"
    if text in _ALL_PLACES or text in _METONYMS:
        return text != "Kremlin"
    words = text.split()
    return len(words) > 1 and (words[-1].lower() in _PLACE_TAILS or words[0] in _PLACE_LEADS)
