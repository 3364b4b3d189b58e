"""Where quotations stand: pairs of quotation marks, with apostrophes told from closing marks.

Pure, linear but for a bounded look ahead. Reads one line at a time: a quotation that goes on in the next
paragraph has a mark of its own there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

_MARK: Final = re.compile(r"[\"“”„«»\"'‘’`]")
_SINGLE: Final = frozenset("'’‘`")
#: After a mark that may close: "…” Finance Minister Mara Lind said".
_SAY_AFTER: Final = re.compile(r"\s*(?:[A-Z][\w.-]+\s+){0,3}(?:said|told|added|says)\b")
_SAY_CHARS: Final = 60
#: A better closing mark than the one after "workers’ " is looked for within so many characters.
_BETTER_MARK_CHARS: Final = 400


def quotation_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of quotations inside `text[start:end]`, marks included; an unclosed one runs to the end.

    Wrong-way marks are read by position: an opening mark while a quotation is open closes it when
    white space stands before or speech follows. An apostrophe is told from a closing mark by its
    neighbours, and by whether a better closing mark follows.
    """
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    single = False
    for match in _MARK.finditer(text, start, end):
        position = match.start()
        mark = match.group(0)
        before = text[position - 1] if position > start else " "
        after = text[position + 1] if position + 1 < end else " "
        if opened is None:
            if _opens(mark, before, after):
                opened, single = position, mark in _SINGLE
        elif (mark in _SINGLE) == single and (
            _closes_single(text, position, end, before, after)
            if single
            else _closes_double(text, position, end, before, after)
        ):
            spans.append((opened, position + 1))
            opened = None
    if opened is not None:
        spans.append((opened, end))
    return spans


def inside_spans(starts: list[int], spans: list[tuple[int, int]]) -> list[bool]:
    """Which of the ascending offsets stand inside one of the ascending spans."""
    if not spans or not starts:
        return [False] * len(starts)
    position = max(bisect_right(spans, (starts[0], starts[0])) - 1, 0)
    if spans[position][1] <= starts[0]:
        position += 1
    if position == len(spans) or spans[position][0] > starts[-1]:
        return [False] * len(starts)
    flags: list[bool] = []
    for start in starts:
        while position < len(spans) and spans[position][1] <= start:
            position += 1
        flags.append(position < len(spans) and spans[position][0] <= start)
    return flags


def _opens(mark: str, before: str, after: str) -> bool:
    if mark in _SINGLE:
        return mark != "’" and not before.isalnum() and not after.isspace()
    return mark != "”" or before.isspace()


def _closes_double(text: str, position: int, end: int, before: str, after: str) -> bool:
    if text[position] == "“" and before.isspace():
        # the wrong way round: it opens a quotation inside, unless white space or speech follows
        speech = _SAY_AFTER.match(text, position + 1, min(end, position + _SAY_CHARS))
        return after.isspace() or speech is not None
    return True


def _closes_single(text: str, position: int, end: int, before: str, after: str) -> bool:
    if text[position] == "‘" or before.isspace() or after.isalnum():
        return False
    return not (before == "s" and after == " ") or _closes_best(text, position, end)


def _closes_best(text: str, position: int, end: int) -> bool:
    """Whether the mark after a final s is the closing one: no later mark closes before the next opens."""
    for match in _MARK.finditer(text, position + 1, min(end, position + _BETTER_MARK_CHARS)):
        before, after = text[match.start() - 1], text[match.start() + 1 : match.start() + 2] or " "
        if not (before.isalnum() and after.isalnum()):
            return before.isspace() or before in "(["
    return True
