"""Score the figure series of a digest: what was joined, and how the points of a series relate.

Pure. Works on member names that were mapped to gold (`Partners`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from summarizer.evaluation.clusters import cluster_counts
from summarizer.evaluation.partners import Partners
from summarizer.records.digest import FigureSeries, Relation
from summarizer.records.gold import GoldSeries

RELATIONS: tuple[Relation, ...] = ("agree", "differ_in_time", "differ_in_scope", "differ_in_source")


def score_series(
    predicted: Sequence[FigureSeries], gold: Sequence[GoldSeries], partners: Partners
) -> dict[str, float]:
    """Counts `series.*` (B³, links) and `relations.*`.

    Relations are scored on pairs of figures: precision and recall for `differ_in_source`, a real
    disagreement; for the others the confusion `relations.<gold>_as_<predicted or none>`.
    """
    wanted = partners.kept([series.members for series in gold])
    found = [[partners.of(member) for member in series.members] for series in predicted]
    counts = cluster_counts(found, wanted, "series")
    members = {member for cluster in wanted for member in cluster}
    labelled = {
        frozenset((relation.a, relation.b)): relation.relation
        for series in gold
        for relation in series.relations
        if {relation.a, relation.b} <= members
    }
    said: dict[frozenset[str], Relation] = {
        frozenset((partners.of(relation.a), partners.of(relation.b))): relation.relation
        for series in predicted
        for relation in series.relations
    }
    return counts | _relation_counts(said, labelled)


def _relation_counts(
    said: Mapping[frozenset[str], Relation], labelled: Mapping[frozenset[str], Relation]
) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for pair, relation in labelled.items():
        guess = said.get(pair)
        counts["relations.gold"] += 1
        counts["relations.right"] += guess == relation
        counts[f"relations.{relation}_as_{guess or 'none'}"] += 1
    disputes = {pair for pair, relation in said.items() if relation == "differ_in_source"}
    wanted = {pair for pair, relation in labelled.items() if relation == "differ_in_source"}
    counts["relations.disputes_gold"] = len(wanted)
    counts["relations.disputes_predicted"] = len(disputes)
    counts["relations.disputes_right"] = len(disputes & wanted)
    confusion = [f"relations.{a}_as_{b}" for a in RELATIONS for b in (*RELATIONS, "none")]
    names = ("gold", "right", "disputes_gold", "disputes_predicted", "disputes_right")
    return {name: counts[name] for name in (*(f"relations.{n}" for n in names), *confusion)}
