"""What a function says of a word, kept: most of a text is made of few words, asked for again and again.

Pure, and bounded. A plain dict, because a hit costs less than one of `functools.lru_cache`, which moves the
entry each time (a quarter less, measured among everything else that happens to an article).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

Answer = TypeVar("Answer")

#: So many words are kept; then all are forgotten, and the next are kept. English news has fewer in use.
MAX_KEPT: Final = 32_768
#: A longer "word" is no word: what comes of it is told, not kept.
MAX_KEPT_CHARS: Final = 64


class Kept(dict[str, Answer]):
    """`kept[word]` is what `read(word)` says; a pure function's answers only."""

    def __init__(self, read: Callable[[str], Answer]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, word: str) -> Answer:
        answer = self._read(word)
        if len(word) <= MAX_KEPT_CHARS:
            if len(self) >= MAX_KEPT:
                self.clear()
            self[word] = answer
        return answer
