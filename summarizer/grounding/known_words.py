"""Which names in a sentence are not carried by the texts that it rests on.

Pure. A name is a capitalised word; it is carried when the texts hold it (in any typography, whatever its
capitals), or when it is a form of a country that the texts name in another form ("Russia" for "Moscow" or
"Russian", "United States" for "U.S."). Titles, months and weekdays are no names, and the first word of a
sentence is one only if it isn't an ordinary English word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from summarizer.grounding.locate import stands_apart
from summarizer.text.countries import Country, countries
from summarizer.text.folding import fold
from summarizer.text.lexicon import load_lexicon
from summarizer.text.words import is_common_word

_WORD: Final = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
# Words with a capital somewhere, or with a letter beyond a-z in front (looked at more closely then).
_NAME: Final = re.compile(r"(?:[^\W\d_]\.){2,}|(?<![^\W_])(?:[^\W\d_a-z]|[a-z]+[A-Z])[^\W_]*")
#: Small letters, digits and marks.
_NO_NAME: Final = re.compile(r"[!-@\[-~’“”‘–—£€]*")
_DOTTED: Final = re.compile(r"(?:[^\W\d_]\.){2,}")
#: None of these is part of a word, or folds to one.
_MARKS_BUT_DOTS: Final = "\"'!?,;:()[]%$&/-–—“”‘’"
_MARKS: Final = _MARKS_BUT_DOTS + "."
#: Beside these a phrase stands apart, whatever the texts are folded to.
_BEFORE: Final = frozenset(("", " ", "\n", "("))
_AFTER: Final = frozenset(("", " ", "\n", ")", ";", "!", "?"))
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:]['\"]*\s|^['\"(\[]|\s['\"(\[])\s*['\"(\[]*$")
_DEMONYM_SUFFIXES: Final = ("n", "an", "ian", "ese", "i", "ish", "s", "ns", "ans", "ians")
#: A space for each ASCII character that belongs to no word; a dot may.
_GAPS: Final = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == ".")}
#: Texts longer than this are listed word by word: to search them for each of a thousand names takes longer.
_MAX_SEARCHED: Final = 12_000
#: Words of a name that a longer country name may span: "United Arab Emirates".
_MAX_COUNTRY_WORDS: Final = 5


class KnownWords:
    """The words of some texts, as a sentence may use them.

    What stands there as it is settles most questions; the texts are folded when another one comes.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._plain = "\n".join(texts)
        self._settled: dict[str, bool] = {}
        self._countries: dict[str, bool] = {}
        self._kept_pieces: frozenset[str] | None = None
        self._kept_words: set[str] | None = None
        self._kept_lower: str | None = None
        self._kept_folded: str | None = None

    def _folded(self) -> str:
        if self._kept_folded is None:
            self._kept_folded = "\n".join(map(fold, self._texts))
        return self._kept_folded

    def _lower(self) -> str:
        if self._kept_lower is None:
            self._kept_lower = self._folded().casefold()
        return self._kept_lower

    def _words(self) -> set[str]:
        if self._kept_words is None:
            self._kept_words = _words_of(self._lower())
        return self._kept_words

    def holds(self, word: str) -> bool:
        """Whether a single word stands in the texts, whatever its capitals."""
        return _plain(fold(word)) in self._words()

    def holds_phrase(self, phrase: str) -> bool:
        """Whether the phrase stands in the texts as it is, whatever its capitals."""
        if _stands_plainly(self._plain, phrase.strip()):
            return True
        return _stands(self._lower(), fold(phrase).strip().casefold())

    def names_country(self, country: Country) -> bool:
        """Whether the texts use any form of the country (capitals matter: "US" is not "us")."""
        known = self._countries.get(country.alpha2)
        if known is None:
            known = any(_stands(self._folded(), form) for form in _folded_forms(country))
            self._countries[country.alpha2] = known
        return known

    def unknown_name(self, sentence: str) -> str | None:
        """The first name in `sentence` that the texts don't carry, or None."""
        if self.carries_names(sentence):
            return None
        folded = fold(sentence)
        for match in _NAME.finditer(folded):
            word = match.group()
            plain = _plain(word)
            if plain in self._words() or plain in _not_names() or word.islower():
                continue
            if self._in_country(folded, match) or self._derives(word):
                continue
            if _SENTENCE_START.search(folded[: match.start()]) and is_common_word(word.lower()):
                continue
            return word
        return None

    def _pieces(self) -> frozenset[str]:
        """What stands between spaces in the texts."""
        if self._kept_pieces is None:
            self._kept_pieces = frozenset(self._plain.split())
        return self._kept_pieces

    def carries_names(self, sentence: str) -> bool:
        """Whether all names in `sentence` stand in the texts as they are: cheap, and false in doubt."""
        pieces = sentence.split()
        others = set(pieces).difference(self._pieces())
        if not others:
            return True
        first = pieces[0]
        opens = first in others and first.isascii() and first.isalpha() and pieces.count(first) == 1
        if opens and is_common_word(first.lower()):
            others.remove(first)
        for piece in others:
            if not (piece.islower() and piece.isascii()) and not self._settles(_bare(piece)):
                return False
        return True

    def _settles(self, bare: str) -> bool:
        """Whether what stands between spaces and marks holds no name, or stands in the texts, too."""
        settled = self._settled.get(bare)
        if settled is None:
            settled = self._settled[bare] = _NO_NAME.fullmatch(bare) is not None or self._stands_bare(bare)
        return settled

    def _stands_bare(self, bare: str) -> bool:
        if bare.lower() in _not_names():
            return True
        if len(self._plain) > _MAX_SEARCHED:
            return bare.isascii() and bare.isalpha() and bare.lower() in self._words()
        if bare.isascii():
            plain = "." not in bare or _DOTTED.fullmatch(bare) is not None
        else:  # what is no letter may become one without its capitals, or two
            bare = bare.removesuffix("’s")
            plain = bare.isalpha() and len(bare.casefold()) == len(bare)
        return plain and (
            _stands_plainly(self._plain, bare)
            or (bare.isascii() and _stands_plainly(self._plain, bare[0].lower() + bare[1:]))
        )

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
            return re.search(rf"\b{initials}\b", self._folded()) is not None
        if countries().lookup(word) is not None:
            return False
        lower = word.lower()
        stems = [lower[: -len(suffix)] for suffix in _DEMONYM_SUFFIXES if lower.endswith(suffix)]
        return any(stem in self._words() or stem + "a" in self._words() for stem in stems if len(stem) >= 4)


def _words_of(lower: str) -> set[str]:
    """The words of a text in folded lower case, without dots."""
    if not lower.isascii():
        return {word.replace(".", "") for word in _WORD.findall(lower)}
    words = set(lower.translate(_GAPS).split())
    dotted = [word for word in words if "." in word]
    words.difference_update(dotted)
    words.update(word.replace(".", "") for piece in dotted for word in _WORD.findall(piece))
    return words


def _bare(piece: str) -> str:
    """What stands between spaces without its outer marks; "U.S." keeps its dots."""
    bare = piece.strip(_MARKS)
    return piece.strip(_MARKS_BUT_DOTS) if "." in bare else bare


@cache
def _folded_forms(country: Country) -> tuple[str, ...]:
    return tuple(fold(form) for form in country.all_forms)


@cache
def _not_names() -> frozenset[str]:
    lists = load_lexicon("summarizer.grounding", "data/hedges.toml")["not_names"]
    return frozenset((*lists["titles"], *lists["dates"]))


def _plain(word: str) -> str:
    return word.replace(".", "").casefold()


def _stands_plainly(text: str, phrase: str) -> bool:
    """Whether the phrase stands in a text as it is, between marks that leave no doubt."""
    plain = phrase and fold(phrase) == phrase.replace("’", "'")
    found = text.find(phrase) if plain else -1
    while found >= 0:
        end = found + len(phrase)
        before, after = text[max(0, found - 1) : found], text[end : end + 1]
        opens = before in _BEFORE or (before in "“‘" and phrase[0].isalpha())
        if opens and (
            after in _AFTER
            or (after in ".," and text[end + 1 : end + 2] in ("", " ", "\n"))
            or text.startswith(("’s", "'s"), end)
        ):
            return True
        found = text.find(phrase, found + 1)
    return False


def _stands(texts: str, key: str) -> bool:
    found = texts.find(key) if key else -1
    while found >= 0:
        if stands_apart(texts, found, found + len(key)):
            return True
        found = texts.find(key, found + 1)
    return False
