"""Adjectives of countries that are in no list: "Tarvian" beside "Tarvia".

Pure. Only a name of the same document makes a word an adjective; the listed ones are in `places`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from summarizer.extraction.by_rules.entity_names import is_single
from summarizer.extraction.by_rules.names import Name
from summarizer.extraction.by_rules.places import country_of

#: What an adjective has instead of the name's last vowel, and what it has after the whole name.
_AFTER_STEM: Final = ("an", "ian", "ese", "ish", "i", "ic")
_AFTER_NAME: Final = ("n", "an", "ian", "ese", "ish", "i", "er")
_VOWELS: Final = "aeiouy"
#: Shorter stems are those of given names: Dan, Danish.
_MIN_STEM: Final = 4


def unlisted_adjectives(names: Iterable[Name]) -> dict[str, str]:
    """Adjective -> the name it is made from, both of them names of one document."""
    singles: set[str] = set()
    written: set[str] = set()
    for name in names:
        if name.kind in ("unknown", "place", "organization"):
            written.update(name.text.split())
            if name.kind == "unknown" and is_single(name.text):
                singles.add(name.text)
    found: dict[str, str] = {}
    for adjective in singles:
        for base in _bases(adjective):
            if base in written and len(base) > _MIN_STEM and country_of(base) is None:
                found[adjective] = base
    return found


def _bases(adjective: str) -> Iterator[str]:
    """The names that this word can be the adjective of."""
    for ending in _AFTER_NAME:
        if adjective.endswith(ending):
            yield adjective.removesuffix(ending)
    for ending in _AFTER_STEM:
        if adjective.endswith(ending):
            stem = adjective.removesuffix(ending)
            yield from (stem + vowel for vowel in _VOWELS if stem + vowel != adjective)
