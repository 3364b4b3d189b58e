"""The name that somebody who mistyped one probably meant. Pure."""

from __future__ import annotations

from collections.abc import Sequence

#: Below this likeness (normalised Indel similarity, 0 to 100), a suggestion misleads: "port" for "mail".
MIN_LIKENESS = 70


def nearest(given: str, known: Sequence[str]) -> str | None:
    """The known name that is most like the given one; None where nothing is near."""
    from rapidfuzz import fuzz, process

    lowered = [one.lower() for one in known]
    found = process.extractOne(given.lower(), lowered, scorer=fuzz.ratio, score_cutoff=MIN_LIKENESS)
    return known[found[2]] if found else None
