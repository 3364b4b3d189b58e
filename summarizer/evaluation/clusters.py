"""Compare two clusterings of the same things: B³ and pairwise links.

Pure. Members are gold ids; a predicted member without a gold partner has a name of its own that no gold
cluster holds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations
from math import fsum

Clusters = Sequence[Collection[str]]


def cluster_counts(predicted: Clusters, gold: Clusters, prefix: str) -> dict[str, float]:
    """Counts of B³ (Bagga and Baldwin 1998) and of links, named `<prefix>.…`.

    B³ recall is taken over all gold members (one that no cluster holds scores 0), precision over the
    predicted members that gold knows; strangers count in the size of their cluster. A link is a pair in
    one cluster.
    """
    gold_of = {member: set(cluster) for cluster in gold for member in cluster}
    predicted_of = {member: set(cluster) for cluster in predicted for member in cluster}
    recall, precision = [], []
    for member in sorted(gold_of):
        if member in predicted_of:
            common = len(gold_of[member] & predicted_of[member])
            recall.append(common / len(gold_of[member]))
            precision.append(common / len(predicted_of[member]))
        else:
            recall.append(0.0)
    links, wanted = _links(predicted), _links(gold)
    return {
        f"{prefix}.members_gold": len(recall),
        f"{prefix}.members_predicted": len(precision),
        f"{prefix}.b3_recall_sum": round(fsum(recall), 9),
        f"{prefix}.b3_precision_sum": round(fsum(precision), 9),
        f"{prefix}.links_gold": len(wanted),
        f"{prefix}.links_predicted": len(links),
        f"{prefix}.links_right": len(links & wanted),
    }


def _links(clusters: Clusters) -> set[tuple[str, str]]:
    return {pair for cluster in clusters for pair in combinations(sorted(cluster), 2)}


def singletons(gold: Clusters) -> Clusters:
    """The baseline that joins nothing."""
    return [[member] for cluster in gold for member in sorted(cluster)]


def one_heap(gold: Clusters) -> Clusters:
    """The baseline that joins everything."""
    return [[member for cluster in gold for member in sorted(cluster)]]
