"""Adjectives of countries that are in no list: "Tarvian" beside "Tarvia".

Pure. Only a name of the same document makes a word an adjective; the listed ones are in `places`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from summarizer.extraction.by_rules.entity_names import is_single
from summarizer.extraction.by_rules.names import Name
from summarizer.extraction.by_rules.places import country_of

#: What an adjective has instead of the name's last vowel, and what it has after the whole name.
_AFTER_STEM = ("an", "ian", "ese", "ish", "i", "ic")
_AFTER_NAME = ("n", "an", "ian", "ese", "ish", "i", "er")
_VOWELS = "aeiouy"
#: Shorter stems are those of given names: Dan, Danish.
_MIN_STEM = 4


def unlisted_adjectives(names: Iterable[Name]) -> dict[str, str]:
    """Adjective -> the name it is made from, both of them names of one document."""
    written = {
        word
        for name in names
        if name.kind in ("unknown", "place", "organization")
        for word in name.text.split()
    }
    singles = {name.text for name in names if is_single(name.text) and name.kind == "unknown"}
    return {
        adjective: base
        for base in written
        if len(base) > _MIN_STEM and country_of(base) is None
        for adjective in _adjectives(base, singles)
    }


def _adjectives(base: str, among: Collection[str]) -> list[str]:
    """The words that can be an adjective of this name."""
    forms = {base + ending for ending in _AFTER_NAME}
    if base[-1] in _VOWELS:
        forms |= {base[:-1] + ending for ending in _AFTER_STEM}
    forms.discard(base)
    return [form for form in forms if form in among]
