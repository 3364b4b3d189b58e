"""Lines as a reader sees them: one physical line each, or the lines of a hard-wrapped paragraph together.

Mail, PDF text and old wire copy break paragraphs at some 70 characters. Such a paragraph is one line here,
else every line would look like a caption without a full stop. Pure; offsets into the text as given.
"""

from __future__ import annotations

import re
from itertools import pairwise

_ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_STARTS_ITEM = re.compile(r"[-*•●▪◦‣#>|]|\d{1,2}[.)]\s")
#: Width of wrapped text in characters: below it are verses and lists, above it paragraphs of one line.
_WIDTHS = range(40, 131)
#: Text counts as wrapped when this share of its line breaks stands inside a sentence. Paragraphs of one line
#: have next to none, wrapped ones more than half.
_MIN_BROKEN_SHARE = 0.25
#: Shorter than this share of the width, a line ends its paragraph.
_FULL_LINE = 0.75


def logical_lines(text: str) -> list[tuple[int, int]]:
    """Spans of the lines that hold anything, in order, without the white space around them."""
    lines = _physical_lines(text)
    width = _wrap_width(text, lines)
    if width is None:
        return lines
    joined = [lines[0]]
    for before, line in pairwise(lines):
        if _adjacent(text, before, line) and _goes_on(text, before, line, width):
            joined[-1] = (joined[-1][0], line[1])
        else:
            joined.append(line)
    return joined


def _physical_lines(text: str) -> list[tuple[int, int]]:
    spans = []
    position = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            start = position + line.index(bare[0])
            spans.append((start, start + len(bare)))
        position += len(line) + 1
    return spans


def _adjacent(text: str, before: tuple[int, int], line: tuple[int, int]) -> bool:
    return text.count("\n", before[1], line[0]) == 1


def _wrap_width(text: str, lines: list[tuple[int, int]]) -> int | None:
    """The width at which the text is wrapped, or None where a line is a paragraph."""
    pairs = [(a, b) for a, b in pairwise(lines) if _adjacent(text, a, b)]
    lengths = sorted(end - start for (start, end), _ in pairs)
    if len(lengths) < 2:
        return None
    width = lengths[int(0.9 * (len(lengths) - 1))]
    if width not in _WIDTHS:
        return None
    broken = sum(
        text[b[0]].islower()
        and a[1] - a[0] >= _FULL_LINE * width
        and not _ENDS_SENTENCE.search(text, a[1] - 4, a[1])
        for a, b in pairs
    )
    return width if broken >= max(2, _MIN_BROKEN_SHARE * len(pairs)) else None


def _goes_on(text: str, before: tuple[int, int], line: tuple[int, int], width: int) -> bool:
    """Whether the paragraph of `before` continues on `line`."""
    if _STARTS_ITEM.match(text, line[0]):
        return False
    length = before[1] - before[0]
    if text[before[1] - 1] == "-" or (text[line[0]].islower() and length >= 0.4 * width):
        return True
    if length < _FULL_LINE * width:
        return False
    # A full line that closes a sentence may close its paragraph as well; a longer word on the next line
    # would have had room on it only if the paragraph were at its end.
    if _ENDS_SENTENCE.search(text, before[1] - 4, before[1]):
        first_word = text[line[0] : line[1]].split(None, 1)[0]
        return length + 1 + len(first_word) > width * 0.97
    return True
