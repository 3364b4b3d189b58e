"""Edits of a perfect brief that a scorer must notice: the proof that each metric measures what it says.

Pure. The matrix itself is data (`evals/mutations.json`): which edit, on which items, and which metrics it
must move; no other metric may move. An edit returns None where it can't be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from summarizer.evaluation.article import score_article
from summarizer.evaluation.metrics import BRIEF_METRICS, Metric
from summarizer.evaluation.mutation_brief_edits import BRIEF_EDITS
from summarizer.evaluation.mutation_edits import ITEM_EDITS, Target, spans_of
from summarizer.evaluation.perfect import brief_of
from summarizer.evaluation.prose import HEDGE_WORDS
from summarizer.evaluation.spans import shared
from summarizer.records.brief import Brief
from summarizer.records.gold import GoldBrief
from summarizer.text.folding import comparison_key

EDITS: Mapping[str, Callable[[Target], Brief | None]] = {**ITEM_EDITS, **BRIEF_EDITS}


@dataclass(frozen=True, slots=True)
class Mutation:
    """One row of the matrix.

    `pick` names the part and the properties an item must have (see `_fits`); `options` go to the edit;
    `must` are the metrics that move, and nothing else does; `repairs` is handed to the scorer.
    """

    name: str
    edit: str
    pick: Mapping[str, Any]
    must: frozenset[str]
    options: Mapping[str, Any]
    repairs: int = 0

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Mutation:
        """A row of `evals/mutations.json`.

        Raises:
            ValueError: an edit or a metric that doesn't exist.
        """
        known = {metric.name for metric in BRIEF_METRICS}
        unknown = sorted(set(row["must"]) - known)
        if unknown or row["edit"] not in EDITS:
            raise ValueError(f"mutation {row['name']!r}: unknown {unknown or row['edit']}")
        return cls(
            row["name"],
            row["edit"],
            row.get("pick", {}),
            frozenset(row["must"]),
            row.get("options", {}),
            row.get("repairs", 0),
        )


def mutants(mutation: Mutation, gold: GoldBrief, text: str) -> Iterator[tuple[str, Brief]]:
    """Every brief that the mutation makes of the labels, with the id of the edited item."""
    brief = brief_of(gold)
    if "part" not in mutation.pick:
        mutant = EDITS[mutation.edit](Target(gold, brief, text, "claims", 0, mutation.options))
        if mutant is not None:
            yield "-", mutant
        return
    part = mutation.pick["part"]
    for index, item in enumerate(getattr(gold, part)):
        target = Target(gold, brief, text, part, index, mutation.options)
        if _fits(target, item, mutation.pick):
            mutant = EDITS[mutation.edit](target)
            if mutant is not None:
                yield item.id, mutant


def moved(mutant: Brief, gold: GoldBrief, text: str, repairs: int = 0) -> frozenset[str]:
    """Names of the metrics that tell the mutant from the perfect brief."""
    perfect = _perfect_counts(gold, text)
    counts = score_article(mutant, gold, text, repairs=repairs).counts
    return moved_metrics(BRIEF_METRICS, perfect, counts)


def moved_metrics(
    metrics: Iterable[Metric], before: Mapping[str, float], after: Mapping[str, float]
) -> frozenset[str]:
    """Names of the metrics that tell two sets of counts apart; nothing to score is as good as perfect."""

    def seen(metric: Metric, counts: Mapping[str, float]) -> float:
        value = metric.value(counts)
        return value if value is not None else float(not metric.lower_is_better)

    return frozenset(metric.name for metric in metrics if seen(metric, before) != seen(metric, after))


@lru_cache(maxsize=64)
def _perfect_counts(gold: GoldBrief, text: str) -> dict[str, float]:
    return score_article(brief_of(gold), gold, text).counts


def _fits(target: Target, item: Any, pick: Mapping[str, Any]) -> bool:
    """Whether a gold item has the properties that a row asks for.

    Plain fields compare by value (a list: one of them); `hedged`, `cued`, `spoken`, `referenced`, `alone`,
    `scaled`, `speaks` are yes/no questions; `max_share` bounds the evidence's share of the article.
    """
    questions: dict[str, Callable[[], bool]] = {
        "hedged": lambda: item.certainty != "certain",
        "cued": lambda: bool(item.cues),
        "spoken": lambda: bool(item.speakers),
        "sourced": lambda: item.source is not None,
        "referenced": lambda: item.id in _referenced(target.gold),
        "sources": lambda: any(figure.source == item.id for figure in target.gold.figures),
        "speaks": lambda: any(c.speakers == (item.id,) and c.nugget == "vital" for c in target.gold.claims),
        "cited": lambda: any(item.id in sentence.cites for sentence in target.brief.summary),
        "plain": lambda: not HEDGE_WORDS.search(comparison_key(item.text)),
        "alone": lambda: _alone(target, item),
        "short": lambda: len(item.evidence[0].quote) * pick.get("short_of", 12) < len(target.text),
    }
    for name, wanted in pick.items():
        if name in ("part", "short_of"):
            continue
        if name in questions:
            if questions[name]() != wanted:
                return False
        elif getattr(item, name) not in (wanted if isinstance(wanted, list) else [wanted]):
            return False
    return True


def _referenced(gold: GoldBrief) -> set[str]:
    found = {actor for claim in gold.claims for actor in claim.speakers}
    return found | {figure.source for figure in gold.figures if figure.source}


def _alone(target: Target, item: Any) -> bool:
    """Whether no other gold item of the part has evidence on the same passage."""
    others = [
        span for other in getattr(target.gold, target.part) if other is not item for span in spans_of(other)
    ]
    return not any(shared(mine, other) for mine in spans_of(item) for other in others)
