"""Read states, ministries and offices out of names and roles.

Pure. "Ukrainian Defense Ministry", "the Ministry of Defence of Ukraine" and "Defense of Ukraine" give one
`Body`; "Russian Foreign Minister" and "Russia's top diplomat" one `Office`. What a phrase doesn't say stays
None: "the health ministry" has a function and no country.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from summarizer.text.countries import countries
from summarizer.text.families import american, word_family
from summarizer.text.lexicon import load_lexicon

_WORD = re.compile(r"[^\W_](?:[^\W_]|[.&](?=[^\W_])|['’](?!s\b)(?=\w))*\.?")
_MAX_NAME_WORDS = 5
#: Before "American", they make a continent of it.
_CONTINENTS = frozenset(("north", "south", "latin", "central"))
#: Ranks that stand beside another's title: "aide to the president", "spokesman for the ministry's head".
_SERVES_ANOTHER = ("spokesperson", "aide", "deputy_minister", "lawyer")
_SMALL = frozenset(
    ("the", "of", "for", "and", "in", "a", "an", "on", "to", "at", "by", "its", "his", "her", "their", "s")
)


@dataclass(frozen=True, slots=True)
class Body:
    """A state's body or another organization: its state (ISO code), the other words, ministry or not."""

    country: str | None
    words: frozenset[str]
    is_ministry: bool


@dataclass(frozen=True, slots=True)
class Office:
    """A role in comparable parts; `rank` is a key of the lexicon, `function` a field of government."""

    country: str | None
    rank: str | None
    function: str | None


@dataclass(frozen=True, slots=True)
class Parts:
    """A phrase split into the states that it names and its other words, in order."""

    countries: tuple[str, ...]
    words: tuple[str, ...]


@cache
def actor_lexicon() -> dict[str, Any]:
    """The word lists about names (read-only)."""
    return load_lexicon("summarizer.merging", "lexicons/actors.toml")


@cache
def _phrases(table: str) -> tuple[tuple[str, str], ...]:
    """(phrase, key) of a lexicon table whose values are alternatives, longest phrases first."""
    pairs = [
        (phrase, key)
        for key, alternatives in actor_lexicon()[table].items()
        for phrase in str(alternatives).split("|")
    ]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0].split()), -len(pair[0]), pair)))


@lru_cache(maxsize=32768)
def split_states(phrase: str, places: bool = True) -> Parts:
    """States by name, adjective or people; with `places` a capital too where it can't be part of a name.

    "Defense Ministry in Moscow" and "Moscow officials" name Russia; "Washington Post" names nobody.
    """
    words = [match.group() for match in _WORD.finditer(phrase)]
    ends = [match.end() for match in _WORD.finditer(phrase)]
    table = countries()
    codes: list[str] = []
    rest: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(_MAX_NAME_WORDS, len(words) - at), 0, -1):
            form = " ".join(words[at : at + size])
            country = table.by_word(form)
            if country is None and places and size <= 2:
                following = words[at + size].lower() if at + size < len(words) else ""
                officials = at == 0 and following in ("officials", "authorities", "government")
                possessive = phrase[ends[at + size - 1] :][:2] in ("'s", "’s")
                placed = at > 0 and words[at - 1].lower() in ("in", "of")
                if possessive or placed or officials or (size == len(words) - at == len(words)):
                    country = table.by_metonym(form)
            if form.lower() == "american" and at > 0 and words[at - 1].lower() in _CONTINENTS:
                country = None
            if country is not None:
                codes.append(country.alpha2)
                at += size
                break
        else:
            rest.append(words[at].lower().strip("."))
            at += 1
    return Parts(tuple(dict.fromkeys(codes)), tuple(rest))


@lru_cache(maxsize=32768)
def body(name: str) -> Body:
    """The comparable parts of an organization's name."""
    known = actor_lexicon()["ministries"]["names"]
    lower = re.sub(r"^the ", "", name.strip().lower())
    if lower in known:
        code, _, function = known[lower].partition(" ")
        return Body(code, frozenset((function,)), is_ministry=True)
    parts = split_states(name)
    words = [american(word) for word in parts.words if word not in _SMALL]
    if words[:2] == ["armed", "forces"]:
        words = words[1:]  # "Sudanese Armed Forces", "Sudan's army"
    ministry_words = actor_lexicon()["ministries"]["words"].split("|")
    kept = [word for word in words if word not in ministry_words]
    country = parts.countries[0] if len(parts.countries) == 1 else None
    if len(parts.countries) > 1:
        kept += [code.lower() for code in parts.countries]
    if len(kept) < len(words):
        if country is None and "department" in words and " ".join(kept) in _american_departments():
            country = "US"
        return Body(country, _functions(kept), is_ministry=True)
    return Body(country, frozenset(_name_word(word) for word in kept), is_ministry=False)


@cache
def _american_departments() -> frozenset[str]:
    return frozenset(actor_lexicon()["ministries"]["american_departments"].split("|"))


def _name_word(word: str) -> str:
    military = actor_lexicon()["organizations"]["military"].split("|")
    return "military" if word in military else word_family(word)


@lru_cache(maxsize=8192)
def _function(words: tuple[str, ...]) -> tuple[str | None, int]:
    """The field of government that words name, and how many words it takes."""
    text = f" {' '.join(words)} "
    for phrase, key in _phrases("functions"):
        if f" {phrase} " in text:
            return key, len(phrase.split())
    return None, 0


def _functions(words: list[str]) -> frozenset[str]:
    """Function keys of a ministry's words; words of no known function stand for themselves."""
    found: list[str] = []
    text = f" {' '.join(words)} "
    for phrase, key in _phrases("functions"):
        if f" {phrase} " in text:
            found.append(key)
            text = text.replace(f" {phrase} ", "  ")
    left = [word_family(word) for word in text.split() if word not in ("affairs", "national", "federal")]
    return frozenset([*found, *left])


def is_function(words: frozenset[str]) -> bool:
    """Whether words are fields of government and nothing else."""
    return bool(words) and all(word in actor_lexicon()["functions"] for word in words)


@lru_cache(maxsize=32768)
def office(role: str) -> Office:
    """The comparable parts of a role or of a title that stands for a person."""
    text = re.sub(r"\bpro-\w+", " ", role)
    parts = split_states(text)
    words = tuple(american(word) for word in parts.words)
    joined = f" {' '.join(words)} "
    ranks = [key for phrase, key in _phrases("offices") if f" {phrase} " in joined]
    rank = next((key for key in ranks if key in _SERVES_ANOTHER), ranks[0] if ranks else None)
    if rank is not None and {"former", "ex"} & set(words):
        rank = f"former_{rank}"
    function, _ = _function(words)
    country = parts.countries[0] if len(parts.countries) == 1 else None
    if "pentagon" in words or "state department" in joined or "white house" in joined:
        country = country or "US"
    if rank == "director" and function is not None and country is not None:
        rank = "minister"  # the head of a ministry is its minister
    if rank == "minister" and function is None and "minister" not in words and "secretary" not in words:
        function = "foreign"  # a state's top diplomat
    if function == "foreign" and "state" in words and not {"secretary", "department"} & set(words):
        function = None  # a senator from the state of …
    return Office(country, rank, function)


def same_office(a: Office, b: Office) -> bool:
    """Whether two offices agree in all that both state, and state at least a rank."""
    if a.rank is None or b.rank is None or a.rank != b.rank:
        return False
    return _agree(a.country, b.country) and _agree(a.function, b.function)


def offices_conflict(a: Office, b: Office) -> bool:
    """Whether one person can hardly hold both: another country and another rank or function."""
    countries_differ = not _agree(a.country, b.country)
    return countries_differ and not (a.rank == b.rank and a.function == b.function and a.rank is None)


def _agree(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a == b
