"""What somebody who has read them settled about pairs of items, and how that changes groups.

Pure. Verdicts are about members (`<article id>/<item id>`) and stand above what the words suggest: the
deterministic merge asks nobody and has none. A verdict about a member that isn't there is passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.merging.union import Groups

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Pairs of claims (or figures) that are the same, each other's contradiction, or different.

    For figures "same" means one quantity; `opposite` is for claims only.
    """

    same: frozenset[Pair] = frozenset()
    opposite: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.same or self.opposite or self.different)


NONE = Verdicts()


def regroup(
    groups: Sequence[Sequence[int]], members: Sequence[str], verdicts: Verdicts
) -> tuple[list[list[int]], frozenset[int]]:
    """The groups after the verdicts, and the positions whose polarity turns round.

    First a member that is different from another of its group leaves it; then groups are joined. Where a
    group is joined as the contradiction of another, everything in the later one turns round. Two verdicts
    that contradict each other (same and opposite) leave the first, in the order of members.
    """
    at = {member: position for position, member in enumerate(members)}
    group_of: dict[int, int] = {}
    parts: list[list[int]] = []
    for group in groups:
        alone = {
            at[b]
            for a, b in sorted(verdicts.different)
            if a in at and b in at and at[a] in group and at[b] in group
        }
        for part in ([one for one in group if one not in alone], *([one] for one in sorted(alone))):
            if part:
                group_of.update(dict.fromkeys(part, len(parts)))
                parts.append(part)
    joined = Groups(len(parts))
    turned: set[int] = set()  # parts
    linked = [(pair, False) for pair in verdicts.same] + [(pair, True) for pair in verdicts.opposite]
    for (a, b), contradicts in sorted(linked):
        if a not in at or b not in at:
            continue
        first, second = group_of[at[a]], group_of[at[b]]
        if joined.find(first) == joined.find(second):
            continue
        if contradicts != ((first in turned) != (second in turned)):
            turned ^= set(joined.members(second))
        joined.join(first, second)
    regrouped = [sorted(one for part in group for one in parts[part]) for group in joined.groups()]
    flips = frozenset(one for part in turned for one in parts[part])
    return sorted(regrouped), flips
