"""States and territories: names, short forms, adjectives, peoples, capitals and metonyms.

Pure but for reading the committed table once. Names follow news usage ("Turkey", "Ivory Coast"), codes
ISO 3166. Says what a form may stand for, never what it stands for in a given sentence: "Moscow" may be
a government or a place, "Georgia" a state of the US, "Jordan" a person.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from summarizer.text.folding import comparison_key


@dataclass(frozen=True, slots=True)
class Country:
    """One state or territory. `forms` are other names, `metonyms` stand for its government."""

    alpha2: str
    alpha3: str
    name: str
    official: str
    territory: bool
    forms: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capital: str | None
    metonyms: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical name first, then every other name."""
        return (self.name, *self.forms)

    @property
    def all_forms(self) -> tuple[str, ...]:
        """Names, adjectives, peoples and metonyms, without repeats."""
        return tuple(dict.fromkeys((*self.names, *self.adjectives, *self.people, *self.metonyms)))


class CountryTable:
    """Lookups by form, whatever its capitals; but a form without any is no name ("us" is a pronoun)."""

    def __init__(self, countries: tuple[Country, ...]) -> None:
        self.countries = countries
        self._codes = {country.alpha2: country for country in countries}
        self._names = _index((country, country.names) for country in countries)
        self._adjectives = _index((country, country.adjectives) for country in countries)
        self._people = _index((country, country.people) for country in countries)
        self._metonyms = _index((country, country.metonyms) for country in countries)
        self._words = {**self._people, **self._adjectives, **self._names}

    def by_code(self, alpha2: str) -> Country | None:
        """By ISO 3166-1 alpha-2 code, in capitals."""
        return self._codes.get(alpha2)

    def by_name(self, form: str) -> Country | None:
        """By a name: "Russia", "the Russian Federation", "U.S.", "Britain"."""
        return self._names.get(_key(form))

    def by_adjective(self, form: str) -> Country | None:
        """By an adjective: "Russian", "British"."""
        return self._adjectives.get(_key(form))

    def by_word(self, form: str) -> Country | None:
        """By a name, else an adjective, else a noun for its people: "Russians", "Dane"."""
        return self._words.get(_key(form))

    def by_metonym(self, form: str) -> Country | None:
        """By what stands for its government: "Moscow", "the Kremlin", "Washington"."""
        return self._metonyms.get(_key(form))

    def lookup(self, form: str) -> Country | None:
        """By whatever the form may be: name before adjective before people before metonym."""
        key = _key(form)
        for index in (self._names, self._adjectives, self._people, self._metonyms):
            if key in index:
                return index[key]
        return None


def _key(form: str) -> str:
    if form.islower():
        return ""
    key = comparison_key(form)
    return key.removeprefix("the ")


def _index(groups: Iterable[tuple[Country, tuple[str, ...]]]) -> dict[str, Country]:
    index: dict[str, Country] = {}
    for country, forms in groups:
        for form in forms:
            index.setdefault(_key(form), country)
    return index


@cache
def countries() -> CountryTable:
    """The table that ships with the package, read once."""
    rows = json.loads(files("summarizer.text").joinpath("data/countries.json").read_text(encoding="utf-8"))
    return CountryTable(tuple(_country(row) for row in rows))


def _country(row: dict[str, Any]) -> Country:
    return Country(
        alpha2=row["alpha2"],
        alpha3=row["alpha3"],
        name=row["name"],
        official=row["official"],
        territory=row["territory"],
        forms=tuple(row["forms"]),
        adjectives=tuple(row["adjectives"]),
        people=tuple(row["people"]),
        capital=row["capital"],
        metonyms=tuple(row["metonyms"]),
    )
