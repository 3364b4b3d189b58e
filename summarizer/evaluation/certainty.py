"""Score how surely the claims of a brief are put: hedges kept, claims made surer or less sure than they were.

Pure. Works on the pairs that the claims scorer made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from summarizer.records.brief import CERTAINTIES, Claim
from summarizer.records.gold import GoldClaim

_RANK = {certainty: rank for rank, certainty in enumerate(CERTAINTIES)}


def count_certainty(
    predicted: Sequence[Claim], gold: Sequence[GoldClaim], partners: Mapping[int, Claim]
) -> dict[str, float]:
    """Directed certainty errors, hedges kept, and what macro-F1 needs; `partners` by position in `gold`.

    A hedge is kept when its claim is matched and not made surer: over vital hedged claims
    (`hedged_vital`) and over all (`hedged`). For macro-F1 a missed vital claim and an unmatched prediction
    are errors of their degree, a missed okay claim is none.
    """
    counts = Counter(
        {
            "claims.hedged": sum(claim.certainty != "certain" for claim in gold),
            "claims.hedged_vital": sum(
                claim.certainty != "certain" and claim.nugget == "vital" for claim in gold
            ),
        }
    )
    for index, claim in enumerate(gold):
        other = partners.get(index)
        vital = claim.nugget == "vital"
        if other is not None or vital:
            counts[f"certainty.gold_{claim.certainty}"] += 1
        if other is None:
            continue
        surer = _RANK[other.certainty] < _RANK[claim.certainty]
        kept = claim.certainty != "certain" and not surer
        counts["claims.overclaim"] += surer
        counts["claims.underclaim"] += _RANK[other.certainty] > _RANK[claim.certainty]
        counts["claims.hedge_kept"] += kept
        counts["claims.hedge_kept_vital"] += kept and vital
        counts[f"certainty.right_{claim.certainty}"] += other.certainty == claim.certainty
    for prediction in predicted:
        counts[f"certainty.predicted_{prediction.certainty}"] += 1
    names = ("overclaim", "underclaim", "hedged", "hedged_vital", "hedge_kept", "hedge_kept_vital")
    levels = [f"certainty.{side}_{level}" for side in ("gold", "predicted", "right") for level in CERTAINTIES]
    return {name: counts[name] for name in (*(f"claims.{name}" for name in names), *levels)}
