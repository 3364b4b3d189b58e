"""Fold typography away so that the same words compare equal, with a way back to the stored text.

Pure. Folded are: compatibility forms (NFKC: ligatures, full-width letters, no-break spaces, "…"),
quote marks, dashes, runs of white space, and invisible characters (soft hyphens, zero-width spaces,
direction marks). Capitals, digits, words and other punctuation stay; `comparison_key` folds capitals
too. Offsets count code points of the text that was folded; `end` is exclusive.

NFKC is applied to one base character with its combining marks at a time, so a part of a text folds as
it does inside the whole. Two exceptions keep numbers apart that plain NFKC would confuse: "10²" is not
"102" and "5½" not "51/2" (numeric symbols fold only in "CO₂" or "m²"), and after a digit a double mark
stays double (6" is not 6').
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_SINGLE_QUOTES: Final = "'`´‘’‚‛′‵‹›ʹʻʼʽˈ＇"
_DOUBLE_QUOTES: Final = '"“”„‟″‶«»〝〞〟＂❝❞'
_DASHES: Final = "-‐‑‒–—―−⁃﹘﹣－⸺⸻"
_SPACES: Final = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u202f\u205f\u2028\u2029\u3000" + "".join(
    chr(code) for code in range(0x2000, 0x200B)
)
#: What no reader sees: soft hyphen, joiners, zero-width spaces, direction marks, variation selectors.
INVISIBLE: Final = "\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"

#: One character for one: these never move an offset.
_EVEN: Final = {
    **dict.fromkeys(_SINGLE_QUOTES, "'"),
    **dict.fromkeys(_DOUBLE_QUOTES, '"'),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_SPACES, " "),
}
_TO_EVEN: Final = re.compile(
    "[" + re.escape("".join(char for char, even in _EVEN.items() if char != even)) + "]"
)
_DOUBLE_NOT_AFTER_DIGIT: Final = re.compile(r'"(?<!\d")')
# What the one-for-one table leaves: repeated spaces and dashes, and everything beyond ASCII.
_UNEVEN: Final = re.compile(r"[^\x00-\x7f][^!-~]*|  +|--+")
_INVISIBLE: Final = re.compile(f"[{INVISIBLE}]")


def fold(text: str) -> str:
    """The key that quotes are searched in: typography folded, capitals kept, ends not stripped."""
    if is_folded(text):
        return text
    even = _even(text if text.isascii() else unicodedata.normalize("NFC", text))
    return even if is_folded(even) else "".join(folded for folded, _, _ in _pieces(even))


def is_folded(text: str) -> bool:
    """Whether nothing is left to fold: no typography, no runs of spaces or dashes. False in doubt."""
    return (
        text.isascii()
        and text.isprintable()
        and "  " not in text
        and "--" not in text
        and '"' not in text
        and "`" not in text
    )


@lru_cache(maxsize=16384)
def comparison_key(text: str) -> str:
    """What two strings share when a reader would call them the same words.

    Typography and capitals are folded and the ends stripped; folding twice changes nothing.
    """
    key = fold(text).casefold()
    if not key.isascii():
        key = fold(key)
    return key.strip()


class FoldedText:
    """A text (NFC) with its folded key: search in `key`, then map the hit back with `span`."""

    __slots__ = ("_ends", "_key_starts", "_starts", "key", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        # Pieces of the text in order. A piece is even when its key is as long as itself; else its key
        # stands for the piece as a whole.
        self._key_starts: list[int] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        even = _even(text)
        parts: list[str] = []
        length = 0
        for folded, start, end in _pieces(even):
            self._key_starts.append(length)
            self._starts.append(start)
            self._ends.append(end)
            parts.append(folded)
            length += len(folded)
        self.key = "".join(parts)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of `text` that `key[start:end]` stands for.

        Invisible characters and extra spaces at the ends are left outside.

        Raises:
            ValueError: an empty or reversed range, or one outside the key.
        """
        if not 0 <= start < end <= len(self.key):
            raise ValueError(f"[{start}, {end}) is no span of a key of {len(self.key)} characters")
        first = bisect_right(self._key_starts, start) - 1
        last = bisect_right(self._key_starts, end - 1) - 1
        return self._original(first, start), self._original(last, end - 1, closing=True)

    def _original(self, piece: int, position: int, closing: bool = False) -> int:
        """Offset in `text` of a key character's start (or, closing, its end)."""
        next_key = self._key_starts[piece + 1] if piece + 1 < len(self._key_starts) else len(self.key)
        if next_key - self._key_starts[piece] == self._ends[piece] - self._starts[piece]:
            return self._starts[piece] + position - self._key_starts[piece] + closing
        return self._ends[piece] if closing else self._starts[piece]


def _even(text: str) -> str:
    """The text folded as far as one character stands for one."""
    return _DOUBLE_NOT_AFTER_DIGIT.sub("'", _to_even(text))


def _to_even(text: str) -> str:
    # Not str.translate: ten times slower on text that isn't all ASCII.
    return _TO_EVEN.sub(lambda match: _EVEN[match.group()], text)


def _pieces(even: str) -> Iterator[tuple[str, int, int]]:
    """The whole of a one-for-one folded text as (key, start, end), in order."""
    done = 0
    last = ""  # the last character of the key so far
    for run in _UNEVEN.finditer(even):
        start, end = run.span()
        if start > done:
            if last == even[done] == "-":  # a dash, something invisible, a dash: one dash as well
                yield "", done, done + 1
                done += 1
            if start > done:
                yield even[done:start], done, start
            last = even[start - 1]
        done = end
        chunk = run.group()
        if chunk.isascii():  # repeated spaces or dashes count as one
            yield ("" if last == chunk[0] else chunk[0]), start, end
            last = chunk[0]
        elif _is_folded_already(chunk, last):
            yield chunk, start, end
            last = chunk[-1]
        else:
            for cluster_start, cluster_end in _clusters(even, start, end):
                folded = _fold_cluster(even, cluster_start, cluster_end, last)
                yield folded, cluster_start, cluster_end
                last = folded[-1:] or last
    if done < len(even) and last == even[done] == "-":
        yield "", done, done + 1
        done += 1
    if done < len(even):
        yield even[done:], done, len(even)


def _is_folded_already(chunk: str, last: str) -> bool:
    return (
        "  " not in chunk
        and not (last == " " and chunk[0] == " ")
        and unicodedata.is_normalized("NFKC", chunk)
        and not _INVISIBLE.search(chunk)
    )


def _clusters(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Base characters with the marks (and Hangul vowels and finals) that follow them."""
    first = start
    for position in range(start + 1, end + 1):
        if position < end:
            char = text[position]
            joins = unicodedata.category(char)[0] == "M" or "\u1160" <= char <= "\u11ff"
            if joins and not _INVISIBLE.match(char) and not _INVISIBLE.match(text[first]):
                continue
        yield first, position
        first = position


def _fold_cluster(text: str, start: int, end: int, last: str) -> str:
    raw = text[start:end]
    if _INVISIBLE.match(raw):
        return ""
    folded = _to_even(unicodedata.normalize("NFKC", raw))
    if folded[0] == " ":
        return folded[1:] if last == " " else folded
    if any(char.isdecimal() for char in folded) and not raw[0].isdecimal():
        follows = text[end : end + 1]
        in_a_word = len(raw) == 1 and last.isalpha() and not follows.isnumeric() and raw.isdigit()
        return folded if in_a_word else raw
    return folded
