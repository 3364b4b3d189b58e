"""Compare names whose spelling depends on who wrote them in Latin letters.

Pure. `plain` drops diacritics; `sound_key` is equal for usual romanisations of one name (Zelensky,
Zelenskyy; Sergei, Sergey; Yuri, Iurii); `skeleton` keeps consonants alone, for names whose vowels differ
between languages (Alexei, Oleksii; Vladimir, Volodymyr). Keys only ever meet keys; none is shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
     "ŋ": "ng", "ə": "a"}
)  # fmt: skip
#: In order. The left column is what romanisations of Cyrillic, Arabic, Greek and others do differently.
_RULES: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?:iy|yi|yy|ij|ii|ei|ey|ie|y|ee)$", "i"),
        (r"^y(?=e)", ""),
        (r"tsch|tch|cz", "ch"),
        (r"sch|sz", "sh"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"gh", "g"),
        (r"ck|q", "k"),
        (r"x", "ks"),
        (r"c(?=[eiy])", "s"),
        (r"c(?!h)", "k"),
        (r"w", "v"),
        (r"ou|oo", "u"),
        (r"ee", "i"),
        (r"(?<=[^aeiouy])j(?=[aeou])", "i"),
        (r"y", "i"),
        (r"ai$", "ai"),
        (r"([a-z])\1+", r"\1"),
    )
)
#: Consonants that Slavic and Arabic names swap between languages: Serhii and Sergei, Yevhen and Yevgeny.
_SKELETON: Final = str.maketrans({"g": "h", "w": "v", "z": "s", "f": "v"})
_VOWELS: Final = re.compile(r"[aeiouy]")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Lower case, without diacritics: "Erdoğan" gives "erdogan"."""
    text = text.casefold().translate(_LETTERS)
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


@lru_cache(maxsize=65536)
def sound_key(word: str) -> str:
    """What the usual romanisations of one name share. One word, without marks."""
    key = re.sub(r"[^\w]", "", plain(word))
    for pattern, replacement in _RULES:
        key = pattern.sub(replacement, key)
    return key


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The consonants of `sound_key`, with the pairs folded that cognate names swap."""
    key = _VOWELS.sub("", sound_key(word)).translate(_SKELETON)
    return re.sub(r"(.)\1+", r"\1", key)
