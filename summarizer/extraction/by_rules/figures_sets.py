"""Counts of some of many: votes for and against, parts of a set, "30,000 of them", what a force numbers."""

from __future__ import annotations

import re
from typing import Final

from summarizer.extraction.by_rules.figures_changes import Earlier
from summarizer.extraction.by_rules.figures_phrases import (
    LEXICON,
    WORDS,
    Spot,
    complement_end,
    noun_phrase_before,
    nouns_end,
)
from summarizer.extraction.by_rules.figures_subjects import object_of

_STATES: Final[dict[str, str]] = LEXICON["states"]
#: "The total force of X numbers …": what comes before a count that stands without complement of its own.
_TOTALS: Final = ("force", "strength", "size", "workforce", "headcount", "number")
_TOTAL_OF: Final = re.compile(
    rf"\b(?:{'|'.join(_TOTALS)})\s(?:of\s)(?:the\s)?((?:[\w’'-]+\s){{1,18}}?)"
    r"(?:concentrates?|is|are|was|were|stands?\sat|stood\sat|numbers?|totals?|totall?ed|comprises?|reached|reaches|includes?|included)"
    r"\s(?:\w+\s){0,3}$"
)


def votes_for(spot: Spot, losers: str) -> str:
    """ "Voted 4-3 to table it", "a 2-1 decision": what the winners voted for, and how many were against."""
    last = spot.last
    while spot.lower(last) in WORDS["dates"]:
        last += 1
    if spot.lower(last) == "to":
        matter = object_of(spot, last + 1, min(last + 8, len(spot.sentence.tokens)))
        thing = f"{spot.words((last, last + 2))} {spot.words(matter)}"
    else:
        end = complement_end(spot, last, 6)
        thing = spot.words((last, end)) or spot.words((last, nouns_end(spot, last)))
        thing = f"for {thing}" if thing and end == last else thing
    return f"votes {thing}, {losers} against".replace(" ,", ",")


def part_of_set(spot: Spot, noun: str, earlier: Earlier) -> str:
    """ "391 of them foreigners", "14 of the dead were women", "including two children": some of many."""
    last = spot.last
    among = spot.lower(spot.first - 1) == "them" and spot.lower(spot.first - 2) in ("among", "of")
    if (
        noun
        and (among or spot.lower(spot.first - 1) == "including")
        and earlier.noun
        and earlier.noun != noun
    ):
        return f"{noun} among {earlier.noun}"
    named = noun.lower()
    if named and named.rsplit(" ", 1)[-1] not in WORDS["pronouns"] and named not in _STATES:
        return ""
    if not named and spot.lower(last) not in ("are", "were"):
        return ""
    whole = _STATES.get(named) or earlier.noun
    if spot.lower(last) in ("are", "were"):
        last += 1
    end = nouns_end(spot, last)
    if end == last or spot.tag(end - 1) not in ("NNS", "NNPS") or not whole:
        return ""
    return f"{spot.words((last, end))} among {whole}"


def whole_of(before: str, noun: str) -> str:
    """Whose strength the clause gives: "the total force of the land group … concentrates | 106 thousand"."""
    found = _TOTAL_OF.search(before) if any(word in before for word in _TOTALS) else None
    if found is None:
        return ""
    words = found.group(1).split()
    lowers = [word.lower() for word in words]
    # of "the land group of the Armed Forces of X in the northern direction" group and place tell which
    place = max(
        (i for i, word in enumerate(lowers) if word in ("in", "near", "on", "at", "along")),
        default=len(words),
    )
    group = words[: min(lowers.index("of") if "of" in lowers else place, place)]
    if not group or group[-1].lower() == noun.lower():
        return ""
    return " ".join(["of the", *group[:4], *words[place : place + 5]])


def plural_before(spot: Spot) -> str:
    """The last plural noun phrase before the number: "if small owners had …, | 30,000 of them"."""
    for i in range(spot.first - 1, -1, -1):
        if spot.tag(i) == "NNS" and spot.lower(i) not in WORDS["times"] | WORDS["dates"]:
            phrase = noun_phrase_before(spot, i + 1)
            return spot.words(phrase) if phrase else ""
    return ""
