"""Whether two names can be one person's.

Pure. Looks at the names alone: spelling differences of romanisation, given names in the forms of
neighbouring languages, initials, short forms, second surnames, family name first. Says nothing on a
surname alone; who a bare surname means is decided where all persons of a story are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from summarizer.text.lexicon import load_lexicon
from summarizer.text.romanisation import plain, skeleton, sound_key
from summarizer.text.words import first_names

_WORD = re.compile(r"[^\W\d_](?:[\w.]|['’](?=\w))*")
#: Given names with equal consonants but other vowels (Alexei, Oleksii) are one name from this similarity on.
#: Karen and Kieran (0.67) stay apart, Vladimir and Volodymyr (0.78) don't; tried on some forty pairs.
_SAME_GIVEN = 0.7
#: Surnames with equal consonants (Lukashenko, Lukashenka), when the given names are spelled alike.
_SAME_SURNAME = 0.8
#: Shorter skeletons (Dan, Dean, Don) say too little.
_LONG_SKELETON = 3
#: Walt is Walter; Al, Jo and Dan may be anybody's.
_LONG_SHORT_FORM = 4


@dataclass(frozen=True, slots=True)
class PersonName:
    """A personal name in comparable words: the surname last, titles and particles left out."""

    words: tuple[str, ...]

    @property
    def surname(self) -> str:
        """Key of the last word."""
        return sound_key(self.words[-1])

    @property
    def is_full(self) -> bool:
        """Whether there is more than a surname."""
        return len(self.words) > 1


@cache
def _words(table: str, key: str) -> frozenset[str]:
    return frozenset(load_lexicon("summarizer.merging", "lexicons/actors.toml")[table][key].split())


@lru_cache(maxsize=16384)
def person_name(name: str) -> PersonName | None:
    """The personal name in `name`, or None when it names nobody ("the minister", "a Brandwell spokesman")."""
    raw = _WORD.findall(re.sub(r"(?<=\w)-(?=\w)", "_", name))
    particles, titles = _words("titles", "particles"), _words("titles", "words")
    if not raw or any(word.islower() and plain(word) not in particles for word in raw):
        return None
    keys = [plain(word).strip(".") for word in _WORD.findall(name.replace("-", " "))]
    keys = [key.removesuffix("'s").removesuffix("’s") for key in keys]
    while keys and keys[0] in titles:
        keys = keys[1:]
    while len(keys) > 1 and keys[-1] in _words("titles", "suffixes"):
        keys = keys[:-1]
    kept = tuple(key for key in keys if key not in particles) or tuple(keys)
    return PersonName(kept) if kept else None


def is_common_surname(key: str) -> bool:
    """Whether a surname (in plain letters) is so frequent that it says little about who is meant."""
    return key in _words("surnames", "common")


@lru_cache(maxsize=65536)
def same_person(a: PersonName, b: PersonName) -> bool:
    """Whether two full names can be one person's; False when one is a bare surname."""
    if not (a.is_full and b.is_full):
        return False
    first = tuple(sound_key(word) for word in a.words)
    second = tuple(sound_key(word) for word in b.words)
    if sorted(first) == sorted(second):
        return True
    if len(first) != len(second):
        short, long = sorted((first, second), key=len)
        if long[: len(short)] == short or long[-len(short) :] == short:
            return True
    if first[-1] == second[-1]:
        return _same_givens(a.words[:-1], b.words[:-1])
    return (
        _same_givens(a.words[:-1], b.words[:-1])
        and skeleton(a.words[-1]) == skeleton(b.words[-1])
        and len(skeleton(a.words[-1])) >= _LONG_SKELETON
        and Levenshtein.normalized_similarity(first[-1], second[-1]) >= _SAME_SURNAME
    )


def _same_givens(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """First names agree, and so do the middle names if both have some."""
    return _same_given(a[0], b[0]) and all(
        _same_given(x, y) for x, y in zip(a[1:], b[1:], strict=False) if x and y
    )


@cache
def _given_groups() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(
        load_lexicon("summarizer.merging", "lexicons/actors.toml")["given"]["groups"]
    ):
        for name in line.split():
            groups.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


@lru_cache(maxsize=65536)
def _same_given(a: str, b: str) -> bool:
    a, b = a.strip("."), b.strip(".")
    if len(a) == 1 or len(b) == 1:
        return a[:1] == b[:1]
    one, other = sound_key(a), sound_key(b)
    if one == other:
        return True
    groups = _given_groups()
    if groups.get(a, frozenset()) & groups.get(b, frozenset()):
        return True
    genders = {first_names().get(a.capitalize(), "u"), first_names().get(b.capitalize(), "u")}
    if genders == {"m", "f"} or (a[-1:] == "a") != (b[-1:] == "a"):
        return False
    if min(len(a), len(b)) >= _LONG_SHORT_FORM and (a.startswith(b) or b.startswith(a)):
        return True
    return (
        skeleton(a) == skeleton(b)
        and len(skeleton(a)) >= _LONG_SKELETON
        and Levenshtein.normalized_similarity(one, other) >= _SAME_GIVEN
    )
