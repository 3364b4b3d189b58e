"""Which way the clause around a yearless date looks: back or ahead. Pure."""

from __future__ import annotations

import re

from summarizer.text.date_values import DateExpression, Direction

_FUTURE = re.compile(
    r"\b(?:will|would|won't|shall|to\s(?!(?:about|some|nearly|an?|the|its|more|less|around|only|just|early|late|mid|last|this|next|date|at)\b)[a-z]+|may|might|could|should|plans?|planned|expects?|expected|scheduled|due|set|next"
    r"|upcoming|coming|ahead|forecasts?|likely|if)\b|'ll\b",
    re.IGNORECASE,
)
_DEADLINE = re.compile(r"\b(?:by|until|till)\s(?:the\s)?$", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:said|says|told|was|were|had|has|have|did|since|announced|reported|came|went|began|took|made|held|gave|fell"
    r"|rose|met|left|won|lost|[a-z]{3,}ed)\b",
    re.IGNORECASE,
)


def tense_direction(text: str, start: int, end: int, expression: DateExpression) -> Direction | None:
    """Which way the clause `[start, end)` around an expression looks: "past", "future", or None when mixed.

    The nearest tense-bearing word on the left decides ("said on Tuesday", "will meet on Tuesday"); without
    one, the nearest on the right does. A speech verb right before the date belongs to the speech, not to
    the content that follows.
    """
    left = text[max(start, expression.start - 120) : expression.start]
    right = text[expression.end : min(end, expression.end + 80)]
    if _DEADLINE.search(left):
        return "future"
    past, future = _last(_PAST, left), _last(_FUTURE, left)
    if past == future == -1:
        past, future = _first(_PAST, right), _first(_FUTURE, right)
        return None if past == future else ("past" if past < future else "future")
    return "past" if past > future else "future"


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _first(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.search(text)
    return match.start() if match else len(text)
