"""Read what a claim claims: its kind, who and what it is about, its numbers, and whether it is negated.

Pure. A proposition is a bag of concepts (word families with news synonyms folded), names resolved to actor
clusters and states, and a few marks that must agree before two claims can be one. It is no parse; it knows
which words stand before the main verb and which clause is the main one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from summarizer.merging.intervals import Days, days_of
from summarizer.text.countries import countries
from summarizer.text.families import word_family
from summarizer.text.lexicon import load_lexicon
from summarizer.text.numbers import find_quantities
from summarizer.text.words import FINITE, is_common_word, tokenize

#: Markers that are adjectives elsewhere: "a planned invasion", "the right answer", "free elections".
_BEFORE_TO = frozenset(("planned", "set", "right", "free", "open", "about", "due", "prepared"))
#: Circumstances of a claim, not the claim.
_ADJUNCT = re.compile(
    r"\s(?:after|before|since|until|while|when|because|although|though|despite|amid|if|unless|using|as part of)\s"
)
_MIN_MAIN_WORDS = 3
#: A name behind one of these says where, not who.
_PLACING = frozenset(
    (
        "near",
        "over",
        "along",
        "on",
        "in",
        "at",
        "to",
        "for",
        "with",
        "around",
        "against",
        "into",
        "towards",
        "toward",
        "across",
    )
)
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
#: "Not far from" and "not only" negate no claim.
_NO_NEGATION_BEFORE = frozenset(("far", "only", "just", "least"))
#: A subordinate clause begins: negations behind it don't negate the claim.
_SUBORDINATE = frozenset(
    (
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "because",
        "if",
        "unless",
        "while",
        "although",
        "though",
        "where",
        "when",
        "whether",
    )
)


@dataclass(frozen=True, slots=True)
class Proposition:
    """A claim's text in comparable parts."""

    kind: str
    concepts: frozenset[str]  # content words and names; names begin with "@", other proper nouns with "~"
    core: frozenset[str]  # the content words from the main verb on; all of them when there are none
    leads: frozenset[str]  # who acts, or whose the thing is: the first name, with those joined to it by "and"
    others: frozenset[str]  # all other names
    places: frozenset[str]  # proper nouns that are no actor's name: places, products, events
    numbers: frozenset[tuple[float, float, str]]  # from, to, unit
    days: Days | None  # when it is so, if the claim says
    negated: bool
    past: bool  # told in the simple past


@cache
def _lexicon() -> dict[str, Any]:
    return load_lexicon("summarizer.merging", "lexicons/claims.toml")


@cache
def _concepts() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _lexicon()["concepts"]:
        words = line.split()
        for word in words:
            for form in (word, word_family(word)):
                table.setdefault(form, words[0])
    return table


@cache
def _kinds() -> dict[str, str]:
    return {word: kind for kind, words in _lexicon()["kinds"].items() for word in words.split()}


@cache
def _dropped() -> frozenset[str]:
    return frozenset(_lexicon()["drop"]["words"].split())


@cache
def _negations() -> frozenset[str]:
    return frozenset(_lexicon()["drop"]["negations"].split())


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(pattern, 0 if "[A-Z]" in pattern else re.I), word)
        for pattern, word in _lexicon()["phrases"]
    )


@cache
def _wrappers() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.I) for pattern in _lexicon()["wrappers"])


@cache
def _question() -> re.Pattern[str]:
    return re.compile(_lexicon()["questions"], re.I)


@cache
def _opposites() -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for one, other in _lexicon()["opposites"])


class NameTable:
    """The names that a story's actors go by, to be found in its claims."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """`names`: a form of an actor's name -> its cluster id."""
        self._clusters = dict(names)
        forms = sorted(self._clusters, key=lambda form: (-len(form), form))
        body = "|".join(re.escape(form) for form in forms)
        self._pattern = re.compile(rf"(?<!\w)(?:{body})(?!\w)") if forms else None

    def words(self, text: str, *, opens: bool = False) -> list[str]:
        """The words of `text` in lower case; an actor's name is "@A1", a state's "@RU", another's "~geneva".

        `opens`: `text` begins a sentence, so that the capital of its first word says nothing.
        """
        found: list[str] = []
        done = 0
        for match in self._pattern.finditer(text) if self._pattern else ():
            found += _plain_words(text[done : match.start()], opens=opens and not found)
            found.append(f"@{self._clusters[match.group()]}")
            done = match.end()
        return found + _plain_words(text[done:], opens=opens and not found)


_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’](?!s\b)[^\W_]+|-[^\W_]+)*")
_PLACE_ENDING = re.compile(r"(?:e?i?ans?|e?i?a|ns?|s)$")
_SHORTEST_PLACE = 3
_LONGEST_STATE = 4


def _plain_words(text: str, *, opens: bool) -> list[str]:
    words = _WORD.findall(text)
    found: list[str] = []
    at = 0
    while at < len(words):
        size, code = _state_at(words, at) if words[at][0].isupper() else (1, None)
        proper = _is_proper(words[at], opens and at == 0)
        found.append(f"@{code}" if code else f"~{_place(words[at].lower())}" if proper else words[at].lower())
        at += size
    return found


@lru_cache(maxsize=32768)
def _is_proper(word: str, opens: bool) -> bool:
    lower = word.lower()
    return word[0].isupper() and lower not in _dropped() and not (opens and is_common_word(lower))


@lru_cache(maxsize=32768)
def _place(word: str) -> str:
    """Crimea and Crimean, Texas and Texans, California and Californian are of one place."""
    stem = _PLACE_ENDING.sub("", word)
    return stem if len(stem) >= _SHORTEST_PLACE else word


def _state_at(words: Sequence[str], at: int) -> tuple[int, str | None]:
    """Number of words and code of the state that `words[at]` begins, by name, adjective or people."""
    for size in range(min(_LONGEST_STATE, len(words) - at), 0, -1):
        code = _state(" ".join(words[at : at + size]))
        if code is not None:
            return size, code
    return 1, None


@lru_cache(maxsize=32768)
def _state(form: str) -> str | None:
    table = countries()
    country = table.by_name(form) or table.by_adjective(form) or table.by_people(form)
    return country.alpha2 if country is not None else None


def read_proposition(text: str, names: NameTable, when: str | None = None) -> Proposition:
    """The parts of a claim's text; `when` is its ISO date or interval."""
    asks = _question().match(text)
    if asks is not None:
        text = text[asks.end() :]
    for pattern in _wrappers():
        if (match := pattern.match(text)) is not None:
            text = text[match.end() :]
    for pattern, word in _phrases():
        text = pattern.sub(word, text)
    text = _without_adjuncts(text)
    verb, past = _main_verb(text)
    before = names.words(text[:verb], opens=True)
    after = names.words(text[verb:])
    words = before + after
    leads = _leads(words)
    named = frozenset(word for word in words if word[0] == "@")
    places = frozenset(word for word in words if word[0] == "~")
    kind, marker = _find_kind(words)
    if asks is not None:
        kind = "question"
    content = [None if i == marker else _concept(word) for i, word in enumerate(words)]
    all_content = frozenset(concept for concept in content if concept is not None)
    core = frozenset(concept for concept in content[len(before) :] if concept is not None)
    return Proposition(
        kind=kind,
        concepts=named | places | all_content,
        core=core or all_content,
        leads=leads,
        others=named - leads,
        places=places,
        numbers=_numbers(text),
        days=days_of(when),
        negated=_is_negated(words),
        past=past,
    )


def _leads(words: Sequence[str]) -> frozenset[str]:
    """The first name and those joined to it; in the passive the one after "by"."""
    for i in range(1, len(words)):
        if words[i][0] == "@" and words[i - 1] == "by" and not _BE.isdisjoint(words[:i]):
            return frozenset((words[i],))
    first = next((i for i, word in enumerate(words) if word[0] == "@"), None)
    if first is None or not _PLACING.isdisjoint(words[:first]):
        return frozenset()
    leads = [words[first]]
    i = first
    while i + 2 < len(words) and words[i + 1] == "and" and words[i + 2][0] == "@":
        leads.append(words[i + 2])
        i += 2
    return frozenset(leads)


def _without_adjuncts(text: str) -> str:
    """A claim up to "after …", "because …", "using …", if enough stands before that."""
    match = _ADJUNCT.search(text)
    if match is not None and len(text[: match.start()].split()) >= _MIN_MAIN_WORDS:
        return text[: match.start()]
    return text


def _find_kind(words: Sequence[str]) -> tuple[str, int]:
    """The kind of the first marker in a claim, and where it stands; -1 for a plain fact."""
    for i, word in enumerate(words):
        kind = _kinds().get(word)
        following = words[i + 1] if i + 1 < len(words) else ""
        if kind is None or (word in _BEFORE_TO and following != "to"):
            continue
        return kind, i
    return "fact", -1


@lru_cache(maxsize=32768)
def _concept(word: str) -> str | None:
    """The concept of a word, or None for one that says nothing about which proposition it is."""
    if word[0] in "@~" or word[0].isdigit() or word in _dropped() or word in _negations():
        return None
    if word.endswith("n't") or len(word) < 3:
        return None
    concepts = _concepts()
    if word in concepts:
        return concepts[word]
    family = word_family(word)
    if family in _dropped():
        return None
    return concepts.get(family) or family


def _main_verb(text: str) -> tuple[int, bool]:
    """Where the first finite verb begins (or the text's end), and whether it is a simple past."""
    tokens = tokenize(text, 0, len(text))
    finite = [i for i in range(1, len(tokens)) if tokens.tags[i] in FINITE]
    for position, i in enumerate(finite):
        past = tokens.tags[i] == "VBD" and tokens.lowers[i] not in _BE
        following = tokens.tags[i + 1] if i + 1 < len(tokens) else ""
        if past and position + 1 < len(finite) and following in ("NN", "NNS", "NNP", "JJ"):
            continue  # a participle: "newly arrived tank units are deployed"
        return tokens.starts[i], past
    return len(text), False


def _is_negated(words: Sequence[str]) -> bool:
    """Whether the main clause carries an odd number of negations."""
    count = 0
    for position, word in enumerate(words):
        if position > 1 and word in _SUBORDINATE:
            break
        if position + 1 < len(words) and words[position + 1] in _NO_NEGATION_BEFORE:
            continue
        count += word in _negations() or word.endswith("n't")
    return count % 2 == 1


def _numbers(text: str) -> frozenset[tuple[float, float, str]]:
    """The values that a claim states, as (from, to, unit); dates are no values."""
    return frozenset(
        (float(one.value), float(one.value_high if one.value_high is not None else one.value), one.unit)
        for one in find_quantities(text)
    )


def opposed(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two claims speak of opposite directions: a rise and a fall."""
    for one, other in _opposites():
        if (one in a and other in b and other not in a and one not in b) or (
            other in a and one in b and one not in a and other not in b
        ):
            return True
    return False
