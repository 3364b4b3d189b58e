"""What single English words may be: parts of speech and given names, from the committed lexicons.

Pure but for reading each list once. Tags are the Penn Treebank's. Which of its tags a word has in its
sentence is decided in `tagging`.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Final

_ADJECTIVE_ENDINGS: Final = ("ous", "ful", "ible", "able", "ive", "ical", "less", "ian", "ese", "ish")


@lru_cache(maxsize=1)
def word_tags() -> dict[str, tuple[str, ...]]:
    """Lower-case word -> its possible tags, the most frequent first."""
    content = resources.files("summarizer.text").joinpath("data/english_words.tsv").read_text("utf-8")
    shared: dict[str, tuple[str, ...]] = {}
    table: dict[str, tuple[str, ...]] = {}
    for line in content.splitlines():
        word, _, tags = line.partition("\t")
        known = shared.get(tags)
        if known is None:
            known = shared[tags] = tuple(tags.split())
        table[word] = known
    return table


@lru_cache(maxsize=1)
def first_names() -> dict[str, str]:
    """Given name -> usual gender: m, f or u."""
    content = resources.files("summarizer.text").joinpath("data/first_names.tsv").read_text("utf-8")
    return dict(line.split("\t") for line in content.splitlines())


@lru_cache(maxsize=65536)
def possible_tags(lower: str) -> tuple[str, ...]:
    """Possible tags of a lower-case word, the most frequent first; guessed by its ending where unknown."""
    known = word_tags().get(lower)
    if known is None:
        return guessed_tags(lower)
    if "VBN" in known and "VBD" not in known and (lower.endswith("ed") or lower == "paid"):
        return (*known, "VBD")  # the list lacks the past of what it knows as a participle
    return (*known, "VBD", "VBN") if lower == "quit" else known


def is_common_word(lower: str) -> bool:
    """Whether the lexicon has this word in lower case (so that a capital says little at a sentence start)."""
    return lower in word_tags()


def guessed_tags(lower: str) -> tuple[str, ...]:
    """Tags of a word that the lexicon lacks."""
    if lower[0].isdigit():
        return ("JJ",) if lower.endswith(("-old", "-year", "-mile", "-day")) else ("CD",)
    if "-" in lower:
        return _compound_tags(lower.rsplit("-", 1)[1])
    if lower.endswith("ly"):
        return ("RB",)
    if lower.endswith("ing"):
        return ("VBG", "NN")
    if lower.endswith("ed"):
        return ("VBD", "VBN")
    if lower.endswith(_ADJECTIVE_ENDINGS):
        return ("JJ",)
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is")):
        return ("NNS",)
    return ("NN",)


def _compound_tags(tail: str) -> tuple[str, ...]:
    """Tags of a hyphenated word that ends in `tail`: a noun where the tail is one, else an adjective."""
    known = word_tags().get(tail)
    if known and known[0] == "NNS":
        return ("NNS",)
    if known and known[0] == "NN":
        return ("JJ", "NN")
    return ("JJ",)
