"""Words and their parts of speech.

Pure but for reading its lexicons once. Cuts a stretch of text into words and has `tagging` tag them; what
single words may be is in `word_lexicon`, whose questions are passed on here, so that one import serves.
"""

from __future__ import annotations

import re
from itertools import accumulate
from operator import add
from typing import Final, NamedTuple

from summarizer.text.kept import Kept
from summarizer.text.tagging import COMMON_NOUNS, FINITE, NOUNS, PROPER_NOUNS, tag_words
from summarizer.text.word_lexicon import first_names, is_common_word, possible_tags, word_tags

__all__ = [
    "CLITIC_S",
    "COMMON_NOUNS",
    "FINITE",
    "NOT",
    "NOUNS",
    "PROPER_NOUNS",
    "TOKEN",
    "Tokens",
    "first_names",
    "is_common_word",
    "possible_tags",
    "tokenize",
    "word_tags",
]

#: "’s" in both spellings: possessive, or short for "is" and "has".
CLITIC_S: Final = frozenset(("'s", "’s"))
#: "not" in all spellings.
NOT: Final = frozenset(("not", "n't", "n’t"))
#: Clitics ("n't", "'s") are words of their own, "co-operate", "AT&T" and "O'Brien" are one word each.
#: Together the alternatives take every character but white space, so words have nothing else between them.
TOKEN: Final = re.compile(
    r"[A-Za-z]{2,}+(?![\w'’&-])"  # most words, settled at once; what is below gives the same for them
    r"|[^\W\d_]\.(?:[^\W\d_]\.)+"  # U.S.
    r"|n['’]t\b"
    r"|['’](?:s|re|ve|ll|d|m)\b"
    r"|[^\W\d_]+?(?=n['’]t\b)"
    r"|\d[\d.,]*\d(?:[^\W\d_]+)?|\d(?:[^\W\d_]+)?"
    r"|[^\W_]+(?:[-&][^\W_]+|['’](?=[^\W\d_]{2})(?!(?:re|ve|ll)\b)[^\W_]+)*"
    r"|[“”„«»\"'‘’`()\[\]]|[–—]|--+|[.…!?]+|[^\w\s]|_+"
)


class Tokens:
    """Parallel lists, not to be changed: where each word stands, the word, it in lower case, its tag."""

    __slots__ = ("ends", "lowers", "starts", "tags", "words")

    def __init__(
        self, starts: list[int], ends: list[int], words: list[str], lowers: list[str], tags: list[str]
    ) -> None:
        self.starts = starts
        self.ends = ends
        self.words = words
        self.lowers = lowers
        self.tags = tags

    def __len__(self) -> int:
        return len(self.words)


class _Piece(NamedTuple):
    """What stands between two spaces: its words, and the steps from each to the next and over the space."""

    words: tuple[str, ...]
    steps: tuple[int, ...]


def _read_piece(piece: str) -> _Piece:
    words = TOKEN.findall(piece)
    steps = [len(word) for word in words]
    steps[-1] += 1
    return _Piece(tuple(words), tuple(steps))


_PIECES: Final = Kept(_read_piece)


def tokenize(text: str, start: int, end: int) -> Tokens:
    """The words of one sentence with their tags. Offsets count characters of `text`."""
    words: list[str] = []
    steps: list[int] = []
    for piece in text[start:end].split():
        if piece.isascii() and piece.isalpha():
            words.append(piece)
            steps.append(len(piece) + 1)
        else:
            read = _PIECES[piece]
            words += read.words
            steps += read.steps
    starts = list(accumulate(steps, initial=start))
    if starts.pop() != end + 1:  # wide spaces, or some at the ends
        starts = _starts_in(text, start, words)
    lowers, tags = tag_words(words)
    if "WHO" in words and any(map(str.islower, words)):
        # the World Health Organization, no pronoun
        for at in [i for i, word in enumerate(words) if word == "WHO"]:
            lowers[at], tags[at] = "w.h.o.", "NNP"
    return Tokens(starts, list(map(add, starts, map(len, words))), words, lowers, tags)


def _starts_in(text: str, start: int, words: list[str]) -> list[int]:
    starts: list[int] = []
    for word in words:
        start = text.index(word, start)
        starts.append(start)
        start += len(word)
    return starts
