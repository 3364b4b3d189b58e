"""The parts of a counted phrase, and what kind of quantity they make.

Pure but for its word list, read once. `quantities` reads the parts; `series` and `relations` ask about kinds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from summarizer.text.families import word_family
from summarizer.text.lexicon import load_lexicon

#: When, not what: the period of a figure is its `as_of`.
PERIOD = re.compile(
    r",?\s*\b(?:(?:since|from|in|at|by|for|to)\s+)?(?:(?:the\s+)?(?:start|end|first|second|third|fourth)\s+"
    r"(?:(?:quarter|half)\s+)?(?:of\s+)?)?\b(?:this|last|next|the\s+current)\s+"
    r"(?:year|month|week|quarter|season)\b|,?\s*\b(?:in|for)\s+the\s+(?:year|month|quarter)\s+to\s+\w+"
    r"|,?\s*\ba\s+(?:year|month|quarter)\s+(?:earlier|ago|before)\b"
    r"|,?\s*\b(?:the\s+)?(?:first|second|third|fourth)[-\s](?:quarter|half)\b|\btoday\b"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A counted phrase in comparable parts. All words are families or keys of the lexicon."""

    unit: str
    expected: bool  # planned or possible
    measure: str | None  # "growth", "share", "distance" …; None for the thing itself
    thing: str
    owners: frozenset[str]  # states (ISO codes) and proper names before the thing
    modifiers: frozenset[str]  # other words before the thing
    events: frozenset[str]  # what happened to the people counted, what brought it about
    context: frozenset[str]  # other words after the thing
    places: frozenset[str]  # states and proper names after the thing and in `place`
    parts: frozenset[str]  # places within a state that the phrase itself names
    scope: frozenset[str]
    times: frozenset[str]
    portion: frozenset[str] = frozenset()  # which part of a whole the words around it name
    fate: frozenset[str] = frozenset()  # what was done to the things: "closed", of branches


@cache
def lexicon() -> dict[str, dict[str, str]]:
    """Words of counted phrases by table and key."""
    return load_lexicon("summarizer.merging", "lexicons/quantities.toml")


@cache
def keys(table: str) -> dict[str, str]:
    """Word forms of a table, each with its key."""
    pairs = [(word, key) for key, words in lexicon()[table].items() for word in words.split()]
    return {form: key for word, key in reversed(pairs) for form in (word_family(word), word)}


@cache
def word_list(table: str, key: str = "words") -> frozenset[str]:
    """Word forms of a plain list."""
    return frozenset(form for word in lexicon()[table][key].split() for form in (word, word_family(word)))


def is_amount(unit: str) -> bool:
    """Money, percent or ratio: says nothing without whose it is."""
    return unit in ("percent", "ratio") or is_money(unit)


def is_money(unit: str) -> bool:
    """Whether a unit is a currency."""
    return len(unit) == 3 and unit.isupper()


def says_little(quantity: Quantity) -> bool:
    """Names neither whose it is nor where."""
    return not (quantity.owners or quantity.places or quantity.context)


def is_vague(quantity: Quantity) -> bool:
    """Says only "people" or "time": two such figures may be of anything."""
    says = quantity.owners or quantity.places or quantity.context or quantity.events or quantity.modifiers
    return not says and (not quantity.thing or quantity.thing in word_list("vague"))


def is_vague_word(word: str) -> bool:
    """Whether a counted noun says nothing when it stands alone."""
    family = word_family(word.lower())
    return keys("things").get(family, family) in word_list("vague")


def is_about_people(quantity: Quantity) -> bool:
    """Whether it counts what happened to people: the dead, the injured, cases."""
    return quantity.thing in lexicon()["events"]


def names_event(phrase: str, event: str) -> bool:
    """Whether a phrase says what happened to the people counted: "people killed", not "bodies"."""
    events = keys("events")
    return any(events.get(word_family(word.lower())) == event for word in phrase.split())


def harms(quantity: Quantity) -> frozenset[str]:
    """What happened to those counted, without what brought it about."""
    return quantity.events & frozenset(lexicon()["events"])


def is_of_an_event(quantity: Quantity) -> bool:
    """Whether it measures one event: its number may be corrected, but doesn't change with the days."""
    return quantity.thing in word_list("of_an_event") or is_size_of_quake(quantity)


def is_size_of_quake(quantity: Quantity) -> bool:
    """Whether it is how strong a quake was: stories have one, unlike rallies."""
    return quantity.measure == "size" and quantity.thing in ("quake", "aftershock")


def is_growing(quantity: Quantity) -> bool:
    """A toll or a case count: it is told anew each day, mostly higher."""
    return quantity.measure is None and quantity.thing in word_list("growing")


def never_falls(quantity: Quantity) -> bool:
    """Whether it can only rise: the missing are found and the displaced return, the dead stay dead."""
    return is_growing(quantity) and quantity.thing in word_list("never_falling")
