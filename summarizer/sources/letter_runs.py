"""The words of a text as runs of letters or of letters and digits, and white space folded; all of it quick.

Pure. What is ASCII but for typographic marks, as nearly every line of English news is, is cut by
`str.translate` and `str.split`; any other line by the pattern that says what a run is, several times as slow.
Both give the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"\d[\d.,]*\d|[^\W_]+")
#: Where a word is more or less than a run of letters and digits: "1,500", "20km".
_NUMBER = re.compile(r"\d(?:[.,]+\d|\d[^\W\d_])")
#: What stands in English text above ASCII and belongs to no word.
_MARKS = "‘’“”–—…•\u00a0"
_LETTERS_ONLY = {code: " " for code in range(128) if not chr(code).isalpha()}
_LETTERS_AND_DIGITS = {code: " " for code in range(128) if not chr(code).isalnum() and code != ord("\n")}


def letter_runs(text: str) -> list[str]:
    """All runs of letters in `text`, in order: "it's 5km" gives "it", "s", "km"."""
    bare = _without_marks(text)
    if bare.isascii():
        return bare.translate(_LETTERS_ONLY).split()
    runs: list[str] = []
    for line in bare.split("\n"):
        runs += line.translate(_LETTERS_ONLY).split() if line.isascii() else _LETTERS.findall(line)
    return runs


def word_runs(lines: Sequence[str]) -> list[list[str]]:
    """All words of each line, in order; numbers keep their points and commas: "1,500 a day" is three words.

    Raises:
        ValueError: there is a line feed in a line.
    """
    if not lines:
        return []
    bare = _without_marks("\n".join(lines))
    if not bare.isascii():
        return [_WORDS.findall(line) for line in lines]
    return [
        _WORDS.findall(line) if _NUMBER.search(line) else words.split()
        for line, words in zip(lines, bare.translate(_LETTERS_AND_DIGITS).split("\n"), strict=True)
    ]


def folded(line: str) -> str:
    """`line` with a space for every run of white space, and none around it."""
    if "  " in line or not line.isprintable() or line[:1] == " " or line[-1:] == " ":
        return " ".join(line.split())
    return line  # the only white space that is printable is the space


def folded_case(words: str) -> str:
    """`words` without regard to case, as patterns see them: to those "ı" and "İ" are an "i", too."""
    return words.lower() if words.isascii() else words.replace("İ", "i").replace("ı", "i").casefold()


def _without_marks(text: str) -> str:
    if not text.isascii():
        for mark in _MARKS:
            text = text.replace(mark, " ")
    return text
