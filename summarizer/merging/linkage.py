"""Average linkage over a sparse graph of likenesses.

Pure. Groups are joined from the likest pair on as long as the mean likeness between their members stays at
or above a threshold; unlike single linkage it makes no chains (Sneath & Sokal, "Numerical Taxonomy", 1973).
Ties go to the smaller numbers, so results depend on the likenesses alone.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping

from summarizer.merging.union import Groups

#: In components up to this size pairs that were no candidates are measured; in larger ones they count as 0.
_MEASURED = 200


def average_linkage(
    size: int, edges: Mapping[tuple[int, int], float], measure: Callable[[int, int], float], threshold: float
) -> list[list[int]]:
    """Groups of the numbers 0 to `size` - 1. `edges` hold pairs (i < j) at or above `threshold`."""
    components = Groups(size)
    for i, j in edges:
        components.join(i, j)
    result = Groups(size)
    for component in components.groups():
        if len(component) > 1:
            _link(component, edges, measure, threshold, result)
    return result.groups()


def _link(
    component: list[int],
    edges: Mapping[tuple[int, int], float],
    measure: Callable[[int, int], float],
    threshold: float,
    result: Groups,
) -> None:
    small = len(component) <= _MEASURED
    links: dict[int, dict[int, float]] = {i: {} for i in component}
    for position, i in enumerate(component):
        for j in component[position + 1 :]:
            score = edges.get((i, j))
            if score is None and small:
                score = round(measure(i, j), 6)
            if score:
                links[i][j] = links[j][i] = score
    sizes = dict.fromkeys(component, 1)
    heap = [
        (-score, i, j) for i in component for j, score in links[i].items() if i < j and score >= threshold
    ]
    heapq.heapify(heap)
    while heap:
        negative, i, j = heapq.heappop(heap)
        if i not in sizes or j not in sizes or links[i].get(j) != -negative:
            continue
        result.join(i, j)
        total = sizes[i] + sizes[j]
        for other in sorted(links[i].keys() | links[j].keys()):
            if other in (i, j):
                continue
            mean = (links[i].get(other, 0.0) * sizes[i] + links[j].get(other, 0.0) * sizes[j]) / total
            mean = round(mean, 9)
            links[i][other] = links[other][i] = mean
            links[other].pop(j, None)
            if mean >= threshold:
                heapq.heappush(heap, (-mean, min(i, other), max(i, other)))
        links[i].pop(j, None)
        del links[j], sizes[j]
        sizes[i] = total
