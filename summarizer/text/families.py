"""Which words belong to one family: "invasion", "invaded" and "invading" to "invade".

Pure but for reading the committed table once. Words of another family keep to themselves; an unknown word
is its own family, without a plural ending.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

#: British against American spelling, where one rule serves most words: letters that a word must hold (quicker
#: to ask than the pattern), pattern, American letters. Applied to both sides of a comparison, so a wrong
#: change ("our" to "or") does no harm.
_SPELLINGS: Final = (
    ("our", re.compile(r"(?<=[a-z]{2})our(?=$|s$|ed$|ing$|able$|ite$|less$|ful$|er$|ers$)"), "or"),
    ("is", re.compile(r"(?<=[a-z]{2})is(?=e$|es$|ed$|ing$|ation$|ations$|er$|ers$)"), "iz"),
    ("yse", re.compile(r"(?<=[a-z]{2})yse(?=$|s$|d$)"), "yze"),
    ("ence", re.compile(r"(?<=ef)ence(?=$|s$|less$)"), "ense"),
    ("re", re.compile(r"(?<=[bt])re(?=$|s$)"), "er"),
    ("ll", re.compile(r"(?<=[a-z]{2}[aeiou])ll(?=ed$|ing$|er$|ers$)"), "l"),
    ("ogue", re.compile(r"ogue(?=$|s$)"), "og"),
    ("programme", re.compile(r"programme(?=$|s$)"), "program"),
)
_INFLECTIONS: Final = (
    ("ed", "e"),
    ("ed", ""),
    ("ing", "e"),
    ("ing", ""),
    ("ly", ""),
    ("ment", ""),
    ("ments", ""),
)
_PLURAL: Final = re.compile(
    r"(?:(?<=[a-z]{2}s)es|(?<=[a-z]{3}(?:x|h))es|(?<=[a-z]{2})ies|(?<=[a-z]{2}[^su\W])s)$"
)


@cache
def _table() -> dict[str, str]:
    content = files("summarizer.text").joinpath("data/word_families.tsv").read_text(encoding="utf-8")
    table: dict[str, str] = {}
    for line in content.splitlines():
        if not line.startswith("#"):
            family, _, words = line.partition("\t")
            table.setdefault(family, family)
            for word in words.split(" "):
                table[word] = family
    return table


@lru_cache(maxsize=65536)
def word_family(word: str) -> str:
    """The family of a lower-case word: "deployments" and "deployed" give "deploy"."""
    table = _table()
    spelled = american(word)
    for form in (spelled, word):
        if form in table:
            return table[form]
    for suffix, base in _INFLECTIONS:
        if spelled.endswith(suffix) and spelled[: -len(suffix)] + base in table:
            return table[spelled[: -len(suffix)] + base]
    ending = _PLURAL.search(spelled)
    if ending is None or not spelled.isascii():
        return spelled
    return spelled[: ending.start()] + ("y" if ending.group() == "ies" else "")


@lru_cache(maxsize=65536)
def american(word: str) -> str:
    """A lower-case word as American English spells it, as far as rules go: "defence" gives "defense"."""
    for held, pattern, spelling in _SPELLINGS:
        if held in word:
            word = pattern.sub(spelling, word)
    return word
