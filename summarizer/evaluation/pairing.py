"""Pair predictions with gold items: one to one, the best total, whatever order they come in.

Pure. Knows nothing of what is paired. Callers sort both sides by content (never by id); equal totals
are settled by the number of agreeing slots, then by content order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

#: Similarities are compared after rounding to this many steps, so that float noise settles nothing.
SIMILARITY_STEPS = 1_000_000
#: Above any number of slots one pair can agree in.
_MAX_SLOTS = 16
#: Levels of the last tie-break. Few: the total must stay exact in a double (53 bits), which it does for
#: components of up to about 100 items a side; beyond, only the tie-breaks would blur.
_ORDER_LEVELS = 64


@dataclass(frozen=True, slots=True)
class Candidate:
    """An admissible pair: positions in the sorted sides, similarity in (0, 1], agreeing slots."""

    predicted: int
    gold: int
    similarity: float
    agreeing: int


def assign(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates of an optimal one-to-one pairing, by gold position.

    Maximises summed similarity, then summed agreeing slots, then order (Hungarian method, as in
    Kuhn 1955; solved apart for every connected component, which keeps the sums small and exact).
    """
    chosen: list[Candidate] = []
    for component in _components(candidates):
        chosen.extend(component if len(component) == 1 else _solve(component))
    return sorted(chosen, key=lambda pair: (pair.gold, pair.predicted))


def candidates(
    n_predicted: int,
    n_gold: int,
    similarity: Callable[[int, int], float],
    agreeing: Callable[[int, int], int],
    admissible: float,
) -> list[Candidate]:
    """All pairs whose similarity reaches `admissible` and is above 0."""
    found = []
    for p in range(n_predicted):
        for g in range(n_gold):
            value = round(similarity(p, g) * SIMILARITY_STEPS) / SIMILARITY_STEPS
            if value > 0 and value >= admissible:
                found.append(Candidate(p, g, value, agreeing(p, g)))
    return found


def _components(pairs: list[Candidate]) -> list[list[Candidate]]:
    """Groups of candidates that share an item, directly or through others."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for pair in pairs:
        parent[root(("p", pair.predicted))] = root(("g", pair.gold))
    groups: dict[tuple[str, int], list[Candidate]] = {}
    for pair in pairs:
        groups.setdefault(root(("g", pair.gold)), []).append(pair)
    return list(groups.values())


def _solve(pairs: list[Candidate]) -> list[Candidate]:
    import numpy
    from scipy.optimize import linear_sum_assignment

    rows = sorted({pair.predicted for pair in pairs})
    columns = sorted({pair.gold for pair in pairs})
    row_of = {predicted: index for index, predicted in enumerate(rows)}
    column_of = {gold: index for index, gold in enumerate(columns)}
    by_cell = {(row_of[pair.predicted], column_of[pair.gold]): pair for pair in pairs}
    size = min(len(rows), len(columns))
    order_base, slot_base = size * _ORDER_LEVELS, size * _MAX_SLOTS
    weights = numpy.zeros((len(rows), len(columns)))
    for (row, column), pair in by_cell.items():
        # Products of ranks are largest in sum when both sides keep their order.
        order = (row + 1) * (column + 1) * (_ORDER_LEVELS - 1) // (len(rows) * len(columns))
        steps = round(pair.similarity * SIMILARITY_STEPS)
        weights[row, column] = (steps * slot_base + pair.agreeing) * order_base + order
    found = zip(*linear_sum_assignment(weights, maximize=True), strict=True)
    return [by_cell[cell] for row, column in found if (cell := (int(row), int(column))) in by_cell]
