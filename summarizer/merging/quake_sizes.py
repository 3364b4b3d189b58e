"""The magnitude of a quake: one quantity of one event, whoever registered it.

Pure. "A magnitude 4.9 earthquake", "the institute registered a quake of magnitude 4.6": the counted phrase
says mostly who measured or where, and neither makes another quantity of it.
"""

from __future__ import annotations

import re

from summarizer.merging.quantity_kinds import Quantity
from summarizer.merging.surroundings import Surroundings
from summarizer.records.brief import Figure

#: "A second quake of magnitude 5.1", "the 1985 quake": not the one that the story is about.
_ANOTHER = re.compile(
    r"\b(?:second|third|another|later|previous|earlier|foreshock|last\syear|(?:1[89]|20)\d\d)\b",
    re.IGNORECASE,
)
#: So far from the number a word still speaks of its quake.
_NEAR_CHARS = 40


def is_quake_size(figure: Figure) -> bool:
    """Whether it is a bare number that its own words call a magnitude."""
    said = f"{figure.counted} {figure.evidence[0].quote}".lower()
    return figure.unit == "1" and re.search(r"\bmagnitude\b", said) is not None


def read_quake_size(figure: Figure, around: Surroundings) -> Quantity:
    """The magnitude of the quake, or of an aftershock, or of another quake."""
    nothing: frozenset[str] = frozenset()
    before, after = around.before[-_NEAR_CHARS:], around.after[:_NEAR_CHARS]
    said = f"{before} {figure.counted} {figure.evidence[0].quote} {after}"
    shock = "aftershock" if "aftershock" in said.lower() else "quake"
    return Quantity(
        unit=figure.unit,
        expected=figure.status != "actual",
        measure="size",
        thing=shock,
        owners=nothing,
        modifiers=nothing,
        events=frozenset((shock,)),
        context=nothing,
        places=nothing,
        parts=nothing,
        scope=nothing,
        times=nothing,
        portion=frozenset(("another",)) if _ANOTHER.search(said) else nothing,
    )
