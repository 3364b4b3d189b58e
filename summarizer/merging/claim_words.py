"""The words of a claim, with names told apart: actors, states, other proper nouns.

Pure. An actor's name becomes "@A1" (its cluster), a state's "@RU" whether it is there by name, adjective or
people, any other proper noun "~geneva". Other words are in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from summarizer.text.countries import countries
from summarizer.text.families import word_family
from summarizer.text.lexicon import load_lexicon
from summarizer.text.words import is_common_word


@cache
def claim_lexicon() -> dict[str, Any]:
    """The word lists about claims (read-only)."""
    return load_lexicon("summarizer.merging", "lexicons/claims.toml")


@cache
def dropped_words() -> frozenset[str]:
    """Words that say nothing about which proposition a claim is."""
    return frozenset(claim_lexicon()["drop"]["words"].split())


@cache
def origin_words(key: str) -> frozenset[str]:
    """A word list about who stands behind words."""
    return frozenset(claim_lexicon()["origins"][key].split())


@cache
def concept_table() -> dict[str, str]:
    """Word or word family -> the concept that it stands for in claims."""
    table: dict[str, str] = {}
    for line in claim_lexicon()["concepts"]:
        words = line.split()
        for word in words:
            for form in (word, word_family(word)):
                table.setdefault(form, words[0])
    return table


class NameTable:
    """The names that a story's actors go by, to be found in its claims."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """`names`: a form of an actor's name -> its cluster id."""
        self._clusters = dict(names)
        self._parts: dict[str, set[str]] = {}
        for form, cluster in self._clusters.items():
            tokens = (f"~{place_token(word.lower())}" for word in form.split())
            self._parts.setdefault(f"@{cluster}", set()).update(tokens)

    def words(self, text: str, *, opens: bool = False) -> list[str]:
        """The words of `text` in lower case; an actor's name is "@A1", a state's "@RU", another's "~geneva".

        `opens`: `text` begins a sentence, so that the capital of its first word says nothing.
        """
        found: list[str] = []
        done = 0
        for start, negative, form in self._places(text):
            if start >= done:
                found += _plain_words(text[done:start], opens=opens and not found)
                found.append(f"@{self._clusters[form]}")
                done = start - negative
        found += _plain_words(text[done:], opens=opens and not found)
        return self._whole(found) if done else found

    def _whole(self, words: list[str]) -> list[str]:
        """Without the parts of a name beside it: "~ana @A1 ~ruiz", if a nickname stood between them."""
        return [
            word
            for i, word in enumerate(words)
            if word[0] != "~"
            or not any(
                word in self._parts.get(near, ()) for near in (*words[i - 1 : i], *words[i + 1 : i + 2])
            )
        ]

    def _places(self, text: str) -> list[tuple[int, int, str]]:
        """Where names stand as whole words: start, negative length and form; of one start the longest first.

        Names are looked for one by one: most of them a text doesn't hold, and it takes less time to find that
        than to make one pattern of all for the few claims that an article has.
        """
        return sorted(
            (start, -len(form), form)
            for form in self._clusters
            if form in text
            for start in _starts(text, form)
            if not (_is_word_part(text[start - 1 : start]) or _is_word_part(text[start + len(form) :][:1]))
        )


def _starts(text: str, form: str) -> Iterator[int]:
    """Every place where `text` holds `form`, overlapping ones too."""
    start = text.find(form)
    while start >= 0:
        yield start
        start = text.find(form, start + 1)


def _is_word_part(character: str) -> bool:
    return character.isalnum() or character == "_"


_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’](?!s\b)[^\W_]+|-[^\W_]+)*")
_PLACE_ENDING = re.compile(r"(?:e?i?ans?|e?i?a|ns?|s)$")
_SHORTEST_PLACE = 3
_LONGEST_STATE = 4


def _plain_words(text: str, *, opens: bool) -> list[str]:
    words: list[str] = []
    for piece in text.split():
        if piece.isalnum():  # the pattern takes all of it
            words.append(piece)
        else:
            words += _WORD.findall(piece)
    found: list[str] = []
    at = 0
    while at < len(words):
        lower = words[at].lower()
        size, code = _state_at(words, at) if words[at][0].isupper() else (1, None)
        if code is not None:
            found.append(f"@{code}")
        elif words[at][0].isupper() and _is_proper(lower, opens and at == 0):
            found.append(f"~{place_token(lower)}")
        else:
            found.append(lower)
        at += size
    return found


@lru_cache(maxsize=32768)
def _is_proper(lower: str, opens: bool) -> bool:
    """Whether a word with a capital, here in lower case, is a name."""
    return lower not in dropped_words() and not (opens and is_common_word(lower))


@lru_cache(maxsize=32768)
def place_token(word: str) -> str:
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
    country = countries().by_word(form)
    return country.alpha2 if country is not None else None
