"""Which names in a sentence are not carried by the texts that it rests on.

Pure. A name is a capitalised word; it is carried when the texts hold it (in any typography, whatever its
capitals), or when it is a form of a country that the texts name in another form ("Russia" for "Moscow" or
"Russian", "United States" for "U.S."). Titles, months and weekdays are no names, and the first word of a
sentence is one only if it isn't an ordinary English word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from summarizer.grounding.locate import stands_apart
from summarizer.text.countries import Country, countries
from summarizer.text.folding import fold
from summarizer.text.lexicon import load_lexicon
from summarizer.text.words import is_common_word

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
# Words with a capital somewhere, or with a letter beyond a-z in front (looked at more closely then).
_NAME = re.compile(r"(?:[^\W\d_]\.){2,}|(?<![^\W_])(?:[^\W\d_a-z]|[a-z]+[A-Z])[^\W_]*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]['\"]*\s|^['\"(\[]|\s['\"(\[])\s*['\"(\[]*$")
_DEMONYM_SUFFIXES = ("n", "an", "ian", "ese", "i", "ish", "s", "ns", "ans", "ians")
#: What a piece of text between two spaces holds is kept for so many pieces: most text is made of few.
PIECES_KEPT = 32_768
#: Words of a name that a longer country name may span: "United Arab Emirates".
_MAX_COUNTRY_WORDS = 5


class KnownWords:
    """The words of some texts, as a sentence may use them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._folded = "\n".join(fold(text) for text in texts)
        self._lower = self._folded.casefold()
        self._words = set().union(*map(_words_in, set(self._lower.split())))
        self._countries: dict[str, bool] = {}

    def holds(self, word: str) -> bool:
        """Whether a single word stands in the texts, whatever its capitals."""
        return _plain(fold(word)) in self._words

    def holds_phrase(self, phrase: str) -> bool:
        """Whether the phrase stands in the texts as it is, whatever its capitals."""
        return _stands(self._lower, fold(phrase).strip().casefold())

    def names_country(self, country: Country) -> bool:
        """Whether the texts use any form of the country (capitals matter: "US" is not "us")."""
        known = self._countries.get(country.alpha2)
        if known is None:
            known = any(_stands(self._folded, form) for form in _folded_forms(country))
            self._countries[country.alpha2] = known
        return known

    def unknown_name(self, sentence: str) -> str | None:
        """The first name in `sentence` that the texts don't carry, or None."""
        folded = fold(sentence)
        names = {name for piece in folded.split() for name in _names_in(piece)}
        if names <= self._words:
            return None
        for match in _NAME.finditer(folded):
            word = match.group()
            plain = _plain(word)
            if plain in self._words or plain in _not_names() or word.islower():
                continue
            if self._in_country(folded, match) or self._derives(word):
                continue
            if _SENTENCE_START.search(folded[: match.start()]) and is_common_word(word.lower()):
                continue
            return word
        return None

    def _in_country(self, folded: str, name: re.Match[str]) -> bool:
        """Whether a word is part of a form of a country that the texts name."""
        words = list(_WORD.finditer(folded))
        i = next((i for i, word in enumerate(words) if word.end() > name.start()), 0)
        for first in range(max(0, i - _MAX_COUNTRY_WORDS + 1), i + 1):
            for last in range(i, min(len(words), first + _MAX_COUNTRY_WORDS)):
                form = folded[words[first].start() : words[last].end()]
                country = countries().lookup(form)
                if country is not None and self.names_country(country):
                    return True
        return False

    def _derives(self, word: str) -> bool:
        """Whether a name is made from one that the texts hold: "Sarvenian" from Sarvenia, an acronym.

        Forms of real countries are settled by the table: "Nigerian" is not made from Niger.
        """
        if word.isupper() and len(word) >= 3:
            initials = r"\w+(?: (?:of|and|for|the|in|on))* ".join(map(re.escape, word)) + r"\w+"
            return re.search(rf"\b{initials}\b", self._folded) is not None
        if countries().lookup(word) is not None:
            return False
        lower = word.lower()
        stems = [lower[: -len(suffix)] for suffix in _DEMONYM_SUFFIXES if lower.endswith(suffix)]
        return any(stem in self._words or stem + "a" in self._words for stem in stems if len(stem) >= 4)


@lru_cache(maxsize=PIECES_KEPT)
def _words_in(piece: str) -> tuple[str, ...]:
    """The words of what stands between spaces, in folded lower case, without dots."""
    return tuple(word.replace(".", "") for word in _WORD.findall(piece))


@lru_cache(maxsize=PIECES_KEPT)
def _names_in(piece: str) -> tuple[str, ...]:
    """What may be names of what stands between spaces, in lower case and without dots."""
    names = [word for word in _NAME.findall(piece) if not word.islower()]
    return tuple(name for name in map(_plain, names) if name not in _not_names())


@cache
def _folded_forms(country: Country) -> tuple[str, ...]:
    return tuple(fold(form) for form in country.all_forms)


@cache
def _not_names() -> frozenset[str]:
    lists = load_lexicon("summarizer.grounding", "data/hedges.toml")["not_names"]
    return frozenset((*lists["titles"], *lists["dates"]))


def _plain(word: str) -> str:
    return word.replace(".", "").casefold()


def _stands(texts: str, key: str) -> bool:
    found = texts.find(key) if key else -1
    while found >= 0:
        if stands_apart(texts, found, found + len(key)):
            return True
        found = texts.find(key, found + 1)
    return False
