"""Which gold item a predicted item of some article stands for, across the articles of a story.

Pure. Members are named `<article id>/<item id>`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from summarizer.records.gold import GoldBrief
from summarizer.records.run import MATCHED, ArticleScore


@dataclass(frozen=True, slots=True)
class Partners:
    """Predicted member -> gold member, and the gold members that a digest is held against."""

    gold_of: Mapping[str, str]
    expected: frozenset[str]

    def of(self, member: str) -> str:
        """Gold name of a predicted member; a stranger keeps a name of its own that gold doesn't know."""
        return self.gold_of.get(member, f"?{member}")

    def kept(self, clusters: Iterable[Sequence[str]]) -> list[list[str]]:
        """Gold clusters without the members that nothing is held against; empty ones dropped."""
        filtered = ([member for member in cluster if member in self.expected] for cluster in clusters)
        return [cluster for cluster in filtered if cluster]


def same_items(gold: Mapping[str, GoldBrief]) -> Partners:
    """For the oracle mode: the merge step was fed with the labels, so every item is its own partner."""
    members = [
        f"{article}/{name}"
        for article, brief in gold.items()
        for name in (
            *(actor.id for actor in brief.actors),
            *(figure.id for figure in brief.figures),
            *(claim.id for claim in brief.claims),
        )
    ]
    return Partners({member: member for member in members}, frozenset(members))


def matched_items(scores: Iterable[ArticleScore]) -> Partners:
    """For the end-to-end mode: partners as the articles' scores paired them.

    Missed vital items stay expected (the digest lacks them), missed okay items don't.
    """
    gold_of, expected = {}, set()
    for score in scores:
        for item in score.items:
            if item.gold is not None and item.verdict != "okay_missed":
                expected.add(f"{score.article}/{item.gold}")
            if item.verdict in MATCHED:
                gold_of[f"{score.article}/{item.predicted}"] = f"{score.article}/{item.gold}"
    return Partners(gold_of, frozenset(expected))
