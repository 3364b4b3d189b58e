"""Groups that grow by joining, in whatever order the joins come.

Pure. Disjoint sets (Tarjan, "Efficiency of a good but not linear set union algorithm", 1975); a group is
known by its smallest member, so results don't depend on the order of joins.
"""

from __future__ import annotations


class Groups:
    """Disjoint groups of the numbers 0 to `size` - 1, at first each alone."""

    __slots__ = ("_members", "_parent")

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self._members: dict[int, list[int]] = {}

    def find(self, item: int) -> int:
        """The smallest member of the item's group."""
        parent = self._parent
        root = item
        while parent[root] != root:
            root = parent[root]
        while parent[item] != root:
            parent[item], item = root, parent[item]
        return root

    def members(self, item: int) -> list[int]:
        """Everybody in the item's group; unordered."""
        root = self.find(item)
        return self._members.get(root, [root])

    def join(self, a: int, b: int) -> None:
        """Make one group of the groups of `a` and `b`."""
        first, second = self.find(a), self.find(b)
        if first == second:
            return
        low, high = min(first, second), max(first, second)
        merged = [*self._members.pop(low, [low]), *self._members.pop(high, [high])]
        self._parent[high] = low
        self._members[low] = merged

    def groups(self) -> list[list[int]]:
        """All groups, each sorted, in the order of their smallest members."""
        return [sorted(self.members(item)) for item in range(len(self._parent)) if self.find(item) == item]
