"""Whether two names are one actor's: surnames, given names, ministries in any wording.

Pure. Compares texts only; what the article says around them is left to `entity_building`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from summarizer.extraction.by_rules.places import country_of
from summarizer.extraction.by_rules.vocabulary import word_set
from summarizer.text.kept import Kept

#: Two spellings of one person's full name ("Zelensky", "Zelenskyy") are at least this alike (0-100);
#: "Sergei Ivanov" and "Sergei Ivanova" are 96, hence surnames are compared apart and strictly.
SAME_SURNAME_RATIO: Final = 88
#: "Mohammed" and "Muhammad" are 75, "Sergei" and "Sergey" 83; "Sergei" and "Oleg" 40.
SAME_GIVEN_RATIO: Final = 75
#: Shorter surnames than this have too many neighbours to be called misspelt.
_MIN_MISSPELT_CHARS: Final = 5
_GENERATIONS: Final = frozenset(("jr", "sr", "ii", "iii"))
PARTICLES: Final = word_set("names", "people", "particles")
_ARABIC_ARTICLES: Final = ("Al-", "El-")
_OFFICE_FUNCTIONS: Final = word_set("names", "organizations", "functions")
_OFFICE_FILLERS: Final = frozenset(("ministry", "department", "of", "the", "for", "and"))


def is_single(text: str) -> bool:
    """Whether a name is one word."""
    return len(text.split()) == 1


def surname(text: str) -> str:
    """Last word of a person's name, without "Jr" and its like."""
    return _SURNAMES[text]


def _read_surname(text: str) -> str:
    parts = [w for w in text.replace("’s", "").split() if w.strip(".")]
    while len(parts) > 1 and parts[-1].strip(".").lower() in _GENERATIONS:
        parts.pop()
    last = parts[-1]
    return last[0].lower() + last[1:] if last.startswith(_ARABIC_ARTICLES) else last


_SURNAMES: Final = Kept(_read_surname)


def without_particles(text: str) -> str:
    """A name without the small words before a surname that stands alone: "Van der Steeg" -> "Steeg"."""
    parts = text.split()
    while len(parts) > 1 and parts[0].lower() in PARTICLES:
        parts.pop(0)
    return " ".join(parts)


def same_surname(a: str, b: str) -> bool:
    """Whether two surnames are spellings of one."""
    return (
        len(a) >= _MIN_MISSPELT_CHARS
        and len(b) >= _MIN_MISSPELT_CHARS
        and a[0] == b[0]
        and fuzz.ratio(a, b, score_cutoff=SAME_SURNAME_RATIO) > 0
    )


def same_given(a: str, b: str) -> bool:
    """Whether two given names are spellings of one."""
    return fuzz.ratio(a, b, score_cutoff=SAME_GIVEN_RATIO) > 0


def fits_given(known: str, given: str) -> bool:
    """Whether a known person's name can go with the given name or initial of another mention."""
    parts = known.split()
    return len(parts) == 1 or same_given(parts[0], given) or parts[0][0] == given.strip(".")


def without_clitic(text: str) -> str:
    """The text without ’s."""
    return text.replace("’s", "").replace("'s", "")


@lru_cache(maxsize=4096)
def office_key(text: str) -> tuple[str, frozenset[str]] | None:
    """(country, function) of a ministry in any wording: "Defense of Ukraine"."""
    country = None
    function: set[str] = set()
    for word in without_clitic(text).split():
        found = country_of(word)
        lower = word.lower().replace("defence", "defense")
        if found is not None:
            country = found
        elif lower not in _OFFICE_FILLERS:
            function.add(lower)
    if country is None or not function or not function <= _OFFICE_FUNCTIONS:
        return None
    return country, frozenset(function)


def country_in(text: str) -> str | None:
    """The first country that a word of the text names or is the adjective of, or None."""
    return next((found for word in text.split() if (found := country_of(word))), None)


def capitals(name: str) -> str:
    """The first letters of a name's capitalised words."""
    return "".join(w[0] for w in name.split() if w[0].isupper())


def is_acronym_of(acronym: str, name: str) -> bool:
    """Whether the capitals of `name` are the letters of `acronym`: WHO, World Health Organization."""
    letters = capitals(name)
    return acronym.replace(".", "") in (letters, letters[1:]) or (
        len(acronym) >= 3 and letters.startswith(acronym)
    )
