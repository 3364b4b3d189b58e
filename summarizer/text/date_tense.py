"""Which way the clause around a yearless date looks: back or ahead. Pure.

The words come first, the calendar never: a date eleven months back stays one where the words say "was".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from summarizer.text.date_values import DateExpression, Direction
from summarizer.text.lexicon import alternatives, text_lexicon

_WORDS: Final = text_lexicon("dates.toml")["tense"]

_FUTURE: Final = re.compile(
    r"\b(?:will|would|won't|shall|to\s(?!(?:about|some|nearly|an?|the|its|more|less|around|only|just|early|late|mid|last|this|next|date|at)\b)(?-i:[a-z])[a-z]+|may|might|could|should|plans?|planned|expects?|expected|scheduled|due|set|next"
    r"|upcoming|coming|ahead|forecasts?|likely|if)\b|'ll\b",
    re.IGNORECASE,
)
#: "Failed | to bring them together", "moved | to calm clients": done or not done, then.
_DONE_TO: Final = re.compile(
    rf"\b(?:{alternatives(_WORDS['done_to'])})\s(?:[\w’'-]+\s){{0,3}}$", re.IGNORECASE
)
_DEADLINE: Final = re.compile(
    r"\b(?P<word>by|until|till)\s(?:the\s|(?:early|late|mid|around|about)\s)?$", re.IGNORECASE
)
_PAST: Final = re.compile(
    r"\b(?:said|says|told|was|were|had|has|have|did|since|announced|reported|came|went|began|took|made|held|gave|fell"
    r"|rose|met|left|won|lost|brought|broke|struck|sent|paid|saw|ran|sank|stood|grew|caught|drove|led|sold|wrote"
    r"|spoke|drew|flew|knew|became|withdrew|burst|quit|shot|slid|fled|dug|swept|shook|froze|stole|threw|chose|fought|kept|heard|blew|[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
#: A clause of its own begins: what stands before it has another tense.
_CLAUSE: Final = re.compile(
    r"\b(?:that|which|who|whose|because|while|although|though|but|where)\b|[;:]", re.IGNORECASE
)
#: "Had received 47 bodies by Monday", "rose to 5,000 by Friday": reached, not demanded.
_REACHED: Final = re.compile(
    rf"\b(?:(?:had|has|have|having)\s(?:\w+ly\s|already\s|been\s){{0,2}}(?!(?:{alternatives(_WORDS['intents'])})\b|to\b)"
    rf"(?:[a-z]{{2,}}(?:ed|en|wn)|{alternatives(_WORDS['participles'])})"
    rf"|(?<!\bbe\s)(?:{alternatives(_WORDS['reached'])}))\b",
    re.IGNORECASE,
)
#: "Had discussed a May 17 election", "ruled out a vote on June 3": talk of what is to come.
_INTENT: Final = re.compile(rf"\b(?:{alternatives(_WORDS['intents'])})\b", re.IGNORECASE)
_EVENT: Final = re.compile(rf"\b(?:{alternatives(_WORDS['events'])})\b", re.IGNORECASE)
_EVENT_BEFORE: Final = re.compile(
    rf"\b(?:{alternatives(_WORDS['events'])})\s(?:(?:on|for|in|by|from|as early as)\s){{1,2}}(?:the\s)?$",
    re.IGNORECASE,
)
_EVENT_AFTER: Final = re.compile(
    rf"\s(?:[a-z-]+\s){{0,2}}(?:{alternatives(_WORDS['events'])})\b", re.IGNORECASE
)
#: "The strike called for Friday was cancelled".
_SET_FOR: Final = re.compile(
    r"\b(?:called|set|planned|scheduled|due|slated)\sfor\s(?:the\s)?$", re.IGNORECASE
)
#: A sentence's claims and figures ask for the same date.
RECENT_DATES: Final = 64
_SENTENCE_CHARS, _RIGHT_CHARS = 120, 80


@lru_cache(maxsize=RECENT_DATES)
def tense_direction(text: str, start: int, end: int, expression: DateExpression) -> Direction | None:
    """Which way the clause `[start, end)` around an expression looks: "past", "future", or None when mixed.

    The nearest tense-bearing word on the left decides ("said on Tuesday", "will meet on Tuesday"); without
    one, the nearest on the right does. A speech verb right before the date belongs to the speech, not to
    the content that follows. A clause that the date opens ("a report that an inspection in May had found")
    is told by its own verb. "By Monday" is a deadline unless something was reached by then; an election that
    somebody "discussed" is one to come.
    """
    left = text[max(start, expression.start - _SENTENCE_CHARS) : expression.start]
    right = text[expression.end : min(end, expression.end + _RIGHT_CHARS)]
    if deadline := _DEADLINE.search(left):
        before = left[: deadline.start()]
        reached = _was_reached(before, right) if deadline.group("word").lower() == "by" else False
        return "past" if reached else "future"
    if _is_talked_of(left, right):
        return "future"
    own = _own_clause(left)
    is_owner = right[:2] in ("'s", "’s")  # "that Tuesday's attack would be avenged"
    if own != left and not is_owner and _last(_PAST, own) == _last_future(own) == -1:
        found = _nearer(right)
        if found is not None:
            return found
    past, future = _last(_PAST, left), _last_future(left)
    if past == future == -1:
        return _nearer(right)
    return "past" if past > future else "future"


def _was_reached(before: str, right: str) -> bool:
    """Whether the words around "by Monday" tell of something done by then, and of no plan or duty."""
    if re.search(r"[\w’']", before) is None or before.rstrip()[-1:] in (".", ";", ":"):
        reached, ahead = _first(_REACHED, right), min(_first(_FUTURE, right), _first(_INTENT, right))
        return reached < ahead
    return _last(_REACHED, before) > max(_last(_FUTURE, before), _last(_INTENT, before))


def _is_talked_of(left: str, right: str) -> bool:
    """Whether the date is that of an event which somebody only plans or speaks of."""
    intents = list(_INTENT.finditer(left))
    if _SET_FOR.search(left):
        return True
    if not intents:
        return False
    between = left[intents[-1].end() :]
    if _CLAUSE.search(between) or _PAST.search(between):
        return False
    return bool(_EVENT_BEFORE.search(between)) or (
        not _EVENT.search(between)
        and re.search(r"\ban?\s$", between) is not None
        and bool(_EVENT_AFTER.match(right))
    )


def _own_clause(left: str) -> str:
    ends = [match.end() for match in _CLAUSE.finditer(left)]
    return left[ends[-1] :] if ends else left


def _nearer(right: str) -> Direction | None:
    """What the first tense-bearing word on the right says."""
    past, future = _first(_PAST, right), _first(_FUTURE, right)
    return None if past == future else ("past" if past < future else "future")


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _last_future(left: str) -> int:
    """Where the last word stands that looks ahead, but for infinitives that a past verb governs."""
    return max(
        (
            match.start()
            for match in _FUTURE.finditer(left)
            if not (match.group()[:3].lower() == "to " and _DONE_TO.search(left[: match.start()]))
        ),
        default=-1,
    )


def _first(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.search(text)
    return match.start() if match else len(text)
