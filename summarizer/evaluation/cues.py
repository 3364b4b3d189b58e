"""Score the hedge and denial cues of the claims, as the CoNLL-2010 shared task did for hedges.

Pure. Works on the pairs that the claims scorer made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from summarizer.records.brief import Claim
from summarizer.records.gold import GoldClaim
from summarizer.text.folding import comparison_key


def count_cues(
    predicted: Sequence[Claim], gold: Sequence[GoldClaim], partners: Mapping[int, Claim]
) -> dict[str, float]:
    """Counts `cues.*`: exact phrases after folding, claim by claim; `touched`: phrases with a common word.

    The cues of a missed okay claim are not wanted; those of an unmatched prediction are all wrong.
    """
    right = wanted = touched_gold = touched_predicted = 0
    for index, claim in enumerate(gold):
        other = partners.get(index)
        if other is None and claim.nugget != "vital":
            continue
        cues = [comparison_key(cue) for cue in claim.cues]
        wanted += len(cues)
        if other is not None:
            found = [comparison_key(cue) for cue in other.cues]
            right += sum((Counter(cues) & Counter(found)).values())
            touched_gold += _touched(cues, found)
            touched_predicted += _touched(found, cues)
    return {
        "cues.gold": wanted,
        "cues.predicted": sum(len(claim.cues) for claim in predicted),
        "cues.right": right,
        "cues.touched_gold": touched_gold,
        "cues.touched_predicted": touched_predicted,
    }


def _touched(cues: Sequence[str], by: Sequence[str]) -> int:
    others = {word for cue in by for word in cue.split()}
    return sum(any(word in others for word in cue.split()) for cue in cues)
