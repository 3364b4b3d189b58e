"""Where in a text the few pieces between spaces stand that matter: most words never begin a number or a date.

Pure. Asking a dict about each piece costs a tenth of trying a pattern at each word, and what a piece says
is kept from text to text. Right only for what holds no white space itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from summarizer.text.kept import MAX_KEPT_CHARS, Kept
from summarizer.text.lexicon import alternatives


def places(text: str, start: int, stop: int, matters: Kept[bool]) -> Iterator[tuple[int, int]]:
    """Spans of the pieces of `text[start:stop]` that matter, in order."""
    at = start
    for piece in [piece for piece in text[start:stop].split() if matters[piece]]:
        at = text.index(piece, at)
        end = at + len(piece)
        # "a" stands in "salary" as well: a whole piece is looked for
        while (at > start and not text[at - 1].isspace()) or (end < stop and not text[end].isspace()):
            at = text.index(piece, at + 1)
            end = at + len(piece)
        yield at, end
        at = end


class Beginning:
    """A pattern that can match only behind a space or a hyphen, before one of a few first words.

    `first` are those words (of a phrase the first one). A text that goes on with another word costs one
    look-up instead of a match.
    """

    __slots__ = ("_may_begin", "pattern")

    def __init__(self, pattern: re.Pattern[str], first: Iterable[str]) -> None:
        begins = re.compile(rf"[-‑]?(?:{alternatives(phrase.split()[0] for phrase in first)})")
        self._may_begin = Kept(lambda piece: begins.match(piece) is not None)
        self.pattern = pattern

    def match(self, text: str, start: int, stop: int) -> re.Match[str] | None:
        """What `Pattern.match` says."""
        pieces = text[start : min(stop, start + MAX_KEPT_CHARS)].split(None, 1)
        return self.pattern.match(text, start, stop) if pieces and self._may_begin[pieces[0]] else None


class Ending:
    """A pattern that can match only at the end of a text, behind one of a few last words.

    `last` are those words (of a phrase the last two), in any case, each with what is glued to it. A text
    that ends in another word costs one look-up instead of a search.
    """

    __slots__ = ("_may_end", "_two_may_end", "pattern")

    def __init__(self, pattern: re.Pattern[str], last: Iterable[str]) -> None:
        phrases = [phrase.split() for phrase in last]
        one = re.compile(rf"(?:{alternatives(words[-1] for words in phrases)})$", re.IGNORECASE)
        two = re.compile(rf"(?:{alternatives(' '.join(words[-2:]) for words in phrases)})$", re.IGNORECASE)
        self._may_end = Kept(lambda piece: one.search(piece) is not None)
        self._two_may_end = Kept(lambda pieces: two.search(pieces) is not None)
        self.pattern = pattern

    def search(self, text: str, start: int = 0, stop: int | None = None) -> re.Match[str] | None:
        """What `Pattern.search` says."""
        end = len(text) if stop is None else stop
        last = text[max(start, end - MAX_KEPT_CHARS) : end].rsplit(None, 2)[-2:]
        if not last or not self._may_end[last[-1]] or not self._two_may_end[" ".join(last)]:
            return None
        return self.pattern.search(text, start, end)
