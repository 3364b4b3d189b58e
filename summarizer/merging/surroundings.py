"""What the words around a figure say of it that its counted phrase leaves out.

Pure. From the claim that holds the figure: which part of a whole is counted ("passport numbers of about
340,000 customers"), whether it is an increase on an earlier count ("two more bodies"), what happened to those
counted ("leaving at least nine people missing"), whose shares rose. Only words right beside the figure count,
so that a long sentence doesn't give one figure the meaning of another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from summarizer.merging.offices import split_states
from summarizer.merging.quantity_kinds import keys, word_list
from summarizer.text.families import word_family
from summarizer.text.romanisation import sound_key
from summarizer.text.words import is_common_word


class Surroundings(NamedTuple):
    """`before` and `after` are the words of the sentence on either side of the figure, as far as known.

    `claims` are the texts of the claims whose evidence holds it, the shortest evidence first.
    """

    claims: Sequence[str] = ()
    before: str = ""
    after: str = ""


NOWHERE = Surroundings()

_INCLUDED = re.compile(
    r"\b(?:including|among\s(?:them|whom|those)|of\s(?:whom|which|them|those|these))[\s,]"
    r"(?:(?:at\sleast|about|some|around|nearly|almost|more\sthan|over|up\sto|as\smany\sas)\s)?$",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\s(?:of\s(?:them|whom|those|these)|others)\b", re.IGNORECASE)
#: "14 | of the 62 constituencies", "Four of the ten largest shareholders".
_OF_A_NUMBER = re.compile(
    r"\sof\s(?:(?:the|its|their|his|her|our|all|a|an)\s){0,2}(?:[\w-]+['’]s?\s)?(?:total\s(?:of\s)?|about\s|some\s)?"
    r"(?:\d|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s)",
    re.IGNORECASE,
)
_INCREASE = re.compile(r"\b(?:another|additional|further|extra|(?<!no\s)more(?!\sthan))\b", re.IGNORECASE)
_INCREASE_BEFORE = re.compile(r"\b(?:another|an?\s(?:additional|further|extra)|a\sfurther)\s$", re.IGNORECASE)
_INCREASE_AFTER = re.compile(r"(?:\s\w+)?\s(?:more|additional|further)\b(?!\sthan)", re.IGNORECASE)
#: "Passport numbers | of about 340,000 customers": the noun phrase whose owners are counted.
_HELD = re.compile(
    r"\b(?P<words>[^\W\d_][\w'’-]*(?:\s(?:and\s)?[^\W\d_][\w'’-]*)?)\s(?:of|on|about|for|from|belonging\sto)\s"
    r"(?:(?:at\sleast|about|some|around|nearly|almost|more\sthan|over|up\sto|as\smany\sas)\s)?(?:the\s)?$",
    re.IGNORECASE,
)
#: "By 83 votes | to 78", "62 members against 38".
_OTHER_SIDE = re.compile(
    r"\b(?:by|of|won|lost|beat|voted)\s\d[\d,]*(?:\s[a-z]+)?\s(?:to|against|versus|v)\s$"
    r"|\b\d[\d,]*\s(?:votes?|voted|seats?|lawmakers|members|senators|deputies|delegates|shareholders)"
    r"(?:\s(?:for|in favou?r))?,?\s(?:to|against|versus|v)\s$",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NEAR_AFTER, _NEAR_BEFORE = 3, 2
_OWNER = re.compile(r"((?:[A-Z][\w&.-]*\s){0,3}[A-Z][\w&.-]*)(?:['’]s?)\s(?:[a-z-]+\s){0,2}$")
_SUBJECT = re.compile(r"(?:[A-Z][\w&.-]*\s){0,3}?[A-Z][\w&.-]*(?=\s[a-z])")


def portion(quote: str, around: Surroundings) -> frozenset[str]:
    """Marks of the part that is counted; empty for the whole. Different parts are not comparable."""
    marks: set[str] = set()
    if _INCLUDED.search(around.before) or _OF_THEM.match(around.after) or _is_part(quote, around.after):
        marks.add("included")
    if (
        _INCREASE.search(quote)
        or _INCREASE_BEFORE.search(around.before)
        or _INCREASE_AFTER.match(around.after)
    ):
        marks.add("increase")
    if _OTHER_SIDE.search(around.before):
        marks.add("other side")
    held = _held(around)
    if held and not any(word in word_list("records") for word in held[-1:]):
        marks.update(held)
    elif held and (narrow := [word for word in held[:-1] if word in word_list("record_kinds")]):
        marks.update(narrow)
    return frozenset(marks)


def _is_part(quote: str, after: str) -> bool:
    """Whether a number is given as one of another: "14 of the 62 constituencies", "two of them"."""
    if " of " not in quote:
        return after.startswith(" of ") and _OF_A_NUMBER.match(after) is not None
    return _OF_A_NUMBER.search(quote) is not None or _OF_THEM.search(quote) is not None


def is_on_record(around: Surroundings) -> bool:
    """Whether it counts those whose data a claim speaks of: "the personal data of 9 million passengers"."""
    held = _held(around)
    return bool(held) and held[-1] in word_list("records")


def _held(around: Surroundings) -> list[str]:
    """Families of the noun phrase before "of N customers", when it is one that people have."""
    found = _HELD.search(around.before)
    if found is None:
        return []
    words = [word_family(word.lower()) for word in _WORDS.findall(found.group("words"))]
    return words if words[-1] in word_list("records") | word_list("belongings") else []


def events_around(around: Surroundings) -> frozenset[str]:
    """What happened to the people counted, by the words right beside them: "nine people | missing"."""
    after = _clause(around.after, first=True)[:_NEAR_AFTER]
    before = _clause(around.before, first=False)[-_NEAR_BEFORE:]
    events = keys("events")
    found = [events[family] for word in (*after, *before) if (family := word_family(word)) in events]
    return frozenset(found[:1])


def _clause(text: str, *, first: bool) -> list[str]:
    parts = re.split(r"[,;:.()]|\b(?:and|but|or|while|who|which|that|as|after|when|because)\b", text.lower())
    return _WORDS.findall(parts[0] if first else parts[-1])


def owners_around(counted: str, around: Surroundings) -> frozenset[str]:
    """Whose percentage or sum it is, by the shortest claim around: "Halden's shares rose", "Halden rose"."""
    for claim in around.claims[:1]:
        head = counted.split()[-1:] or [""]
        at = claim.lower().find(head[0].lower())
        owner = _OWNER.search(claim[:at]) if at > 0 else None
        names = owner.group(1) if owner else ""
        if not names and (subject := _SUBJECT.match(claim)):
            names = subject.group()
        return frozenset(sound_key(word) for word in names.split() if not is_common_word(word.lower()))
    return frozenset()


def states_around(around: Sequence[str], places: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Whose and where, by the claims around a figure that doesn't say: the state named first, the others."""
    for claim in around:
        states = split_states(claim).countries
        if states:
            return (
                (frozenset(), frozenset())
                if states[0] in places
                else (frozenset(states[:1]), frozenset(states[1:]))
            )
    return frozenset(), frozenset()
