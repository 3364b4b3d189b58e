"""What was done by or to the things counted, where that makes another quantity of them.

Pure. "17 branches closed" counts other branches than "184 branches", "five inmates recaptured" others than
"38 escaped". Some deeds tell who does them, in whatever words: "2,400 miners downed tools", "900 had joined
the walkout" and "1,500 strikers" count one thing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from summarizer.merging.quantity_kinds import keys, lexicon, word_list
from summarizer.merging.surroundings import Surroundings
from summarizer.text.families import word_family
from summarizer.text.lexicon import alternatives
from summarizer.text.words import Tokens, possible_tags

_CLAUSE_END = re.compile(r"[,.](?!\d)|[;:()–—]|\b(?:and|but|or|while|who|which|that|as|after|when|because)\b")
#: "Strikers | had been shot": what was done to them, when the counted phrase stops before it.
_PASSIVE = re.compile(
    r"^\s(?:(?:had|have|has|could|will|would|may|might)\s)?(?:also\s|since\s|already\s)?"
    r"(?:were|was|are|is|be|been|being|got)\s(?:\w+ly\s|also\s|already\s|later\s)?([a-z]+)\b(?:\s(out|off|up|down|back|away)\b)?"
)
#: "Seven hundred of the harbour's | 1,900 dockers": the whole that a part was taken of.
_WHOLE = re.compile(
    r"\b(?:[\d.,]*\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|most|some|many|hundreds"
    r"|dozens|thousands)\sof\s(?:(?:the|its|their|his|her|our|all|a|an)\s){0,2}(?:[\w-]+['’]s?\s)?"
    r"(?:total\s(?:of\s)?|about\s|some\s|more\sthan\s)?$",
    re.IGNORECASE,
)
#: "Built for | 1,100 inmates": how many there is room for.
_ROOM = re.compile(
    r"\b(?:(?:built|designed|meant|intended|licen[cs]ed|equipped)\s(?:for|to\s\w+)"
    r"|(?:room|space|capacity|beds|seats)\s(?:for|of))\s(?:(?:only|about|some|up\sto|around)\s)?$",
    re.IGNORECASE,
)
_TAGS = frozenset(("VBN", "VBD"))
_PAIR = re.compile(r"\b(?:between|apart\sfrom|except(?:\sfor)?)\s(?:the\s)?$", re.IGNORECASE)
_MISCOUNTED = re.compile(r"^\s(?:\w+\s){0,3}(?:twice|by\smistake|wrongly|in\serror)\b")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The phrases of each deed that tells who does it."""
    return tuple(
        (deed, re.compile(rf"\b(?:{alternatives(phrases.split('|'))})"))
        for deed, phrases in lexicon()["deeds"].items()
    )


def is_whole(around: Surroundings) -> bool:
    """Whether the figure is the whole that another figure right before it is a part of."""
    return around.before.endswith(" ") and _WHOLE.search(around.before) is not None


def special(around: Surroundings) -> frozenset[str]:
    """Marks of a number that is no count of the thing: a capacity, a pair, what was counted by mistake."""
    marks = []
    before = around.before
    if before and _ROOM.search(before):
        marks.append("room")
    if before and _PAIR.search(before):
        marks.append("pair")
    if around.after and _MISCOUNTED.match(around.after):
        marks.append("miscounted")
    return frozenset(marks)


def telling_deed(counted: str, head: str, around: Surroundings) -> str | None:
    """The deed that tells who is counted ("striking"), by the counted phrase and what follows the figure.

    `head` is the family of the noun counted: who escaped from a fire is no escapee.
    """
    if is_whole(around):
        return None
    text = f"{counted.lower()} |{_CLAUSE_END.split(around.after.lower(), maxsplit=1)[0]}"
    for deed, pattern in _patterns():
        if pattern.search(text) is None:
            continue
        whose = lexicon()["doers"].get(deed)
        if whose is None or head in _doers(deed) or any(word in text for word in _places(deed)):
            return deed
    return None


@lru_cache(maxsize=8)
def _doers(deed: str) -> frozenset[str]:
    return word_list("doers", deed)


def _places(deed: str) -> Sequence[str]:
    return lexicon()["scenes"].get(deed, "").split()


def role(tokens: Tokens, core: Sequence[int], head: str) -> frozenset[str]:
    """Who does such a deed, where that narrows it: "nurses" on strike, but not "the mine's workers"."""
    kind = keys("things").get(head, head)
    if kind in ("person", "job", "prisoner") or head in word_list("anybody") or head in keys("events"):
        return frozenset()
    owned = max((i for i in core if tokens.tags[i] == "POS"), default=-1)
    others = [word_family(tokens.lowers[i]) for i in core[:-1] if i > owned and tokens.lowers[i].isalpha()]
    return frozenset((head, *(word for word in others if word not in keys("events"))))


def fate(tokens: Tokens, core: Sequence[int], tail: Sequence[int], around: Surroundings) -> frozenset[str]:
    """What was done to the things: the participle behind or before the noun, or the passive after it."""
    if tail and (found := _deed(tokens.lowers[tail[0]], tokens.lowers[tail[1]] if len(tail) > 1 else "")):
        return frozenset((found,))
    before = frozenset(
        deed for i in core[:-1] if tokens.tags[i] == "VBN" and (deed := _deed(tokens.lowers[i], ""))
    )
    return before or (frozenset() if tail else passive(around))


def passive(around: Surroundings) -> frozenset[str]:
    """What the clause goes on to say was done to them: "strikers | had been shot"."""
    found = _PASSIVE.match(_CLAUSE_END.split(around.after, maxsplit=1)[0]) if around.after else None
    deed = _deed(found.group(1), found.group(2) or "") if found is not None else None
    return frozenset((deed,)) if deed else frozenset()


def _deed(word: str, particle: str) -> str | None:
    """The key of what a participle says, with its particle ("shut down"); None where that tells nothing."""
    if not _TAGS.intersection(possible_tags(word)):
        return None
    family = word_family(word)
    phrase = f"{family}-{particle}"
    kin = keys("fates")
    if phrase in kin or family in kin:
        return kin.get(phrase) or kin[family]
    if family in word_list("neutral") or family in word_list("filler") or family in keys("events"):
        return None
    return family
