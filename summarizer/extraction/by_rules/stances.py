"""How sure something is said to be, and whether it is affirmed or denied.

Pure records. Certainty follows FactBank (Saurí and Pustejovsky 2009) as the contract scales it; how a
clause's stance is read is in `certainty`.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from summarizer.records.brief import CERTAINTIES, Certainty, Polarity

_RANKS: Final = {certainty: rank for rank, certainty in enumerate(CERTAINTIES)}


class Stance(NamedTuple):
    """Certainty and polarity of a stretch, with the word ranges that say so.

    `negation` are the cues that turn the clause round; they are in `cues` too.
    """

    certainty: Certainty
    polarity: Polarity
    cues: tuple[tuple[int, int], ...]
    negation: tuple[tuple[int, int], ...] = ()

    def without_negation(self) -> Stance:
        """The same stance, affirmed."""
        cues = tuple(cue for cue in self.cues if cue not in self.negation)
        return Stance(self.certainty, "affirmed", cues)


def less_certain(a: Certainty, b: Certainty) -> Certainty:
    """The one further from certain."""
    return a if a == b or _RANKS[a] > _RANKS[b] else b


def turned(polarity: Polarity) -> Polarity:
    """The other polarity."""
    return "denied" if polarity == "affirmed" else "affirmed"
