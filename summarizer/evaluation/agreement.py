"""How far two annotators agree: F1 per part, slots, and Krippendorff's alpha.

Pure. The first set of labels is taken for gold and the second for an answer, with every item vital; F1 is the
same the other way round.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from summarizer.evaluation.article import score_article
from summarizer.evaluation.metrics import BRIEF_METRICS, sum_counts
from summarizer.evaluation.perfect import brief_of
from summarizer.records.brief import CERTAINTIES
from summarizer.records.gold import GoldActor, GoldBrief, GoldClaim, GoldFigure
from summarizer.records.run import MATCHED, ArticleScore

LabelledT = TypeVar("LabelledT", GoldActor, GoldFigure, GoldClaim)

#: What is printed, as names of brief metrics.
AGREEMENT_METRICS = (
    "actors.f1", "actors.b3_f1", "figures.f1", "figures.strict_f1", "claims.f1", "claims.joint", "cues.f1",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on the articles that both labelled.

    `slots` is the share of matched pairs that agree in a field, with the number of pairs; alphas are None
    where nothing varies.
    """

    articles: tuple[str, ...]
    metrics: Mapping[str, float | None]
    slots: Mapping[str, tuple[float, int]]
    certainty_alpha: float | None
    polarity_alpha: float | None
    nugget_alpha: float | None
    scores: tuple[ArticleScore, ...]


def agree(
    first: Mapping[str, GoldBrief], second: Mapping[str, GoldBrief], texts: Mapping[str, str]
) -> Agreement:
    """Compare two annotators' labels on the articles that both have (at least one)."""
    names = sorted(first.keys() & second.keys())
    scores = tuple(
        score_article(brief_of(second[name]), _all_vital(first[name]), texts[name]) for name in names
    )
    counts = sum_counts(score.counts for score in scores)
    known = {metric.name: metric for metric in BRIEF_METRICS}
    pairs = [
        (first[score.article], second[score.article], item.part, item.gold, item.predicted)
        for score in scores
        for item in score.items
        if item.verdict in MATCHED and item.gold is not None and item.predicted is not None
    ]
    claims = [
        (_item(one.claims, a), _item(two.claims, b)) for one, two, part, a, b in pairs if part == "claims"
    ]
    nuggets = [
        (_item(getattr(one, part), a).nugget, _item(getattr(two, part), b).nugget)
        for one, two, part, a, b in pairs
    ]
    return Agreement(
        articles=tuple(names),
        metrics={name: known[name].value(counts) for name in AGREEMENT_METRICS},
        slots=_slot_agreement(scores),
        certainty_alpha=ordinal_alpha([(a.certainty, b.certainty) for a, b in claims], CERTAINTIES),
        polarity_alpha=nominal_alpha([(a.polarity, b.polarity) for a, b in claims]),
        nugget_alpha=nominal_alpha(nuggets),
        scores=scores,
    )


def _all_vital(gold: GoldBrief) -> GoldBrief:
    return gold.model_copy(
        update={
            part: tuple(item.model_copy(update={"nugget": "vital"}) for item in getattr(gold, part))
            for part in ("actors", "figures", "claims")
        }
    )


def _item(items: Sequence[LabelledT], name: str) -> LabelledT:
    return next(item for item in items if item.id == name)


def _slot_agreement(scores: Sequence[ArticleScore]) -> dict[str, tuple[float, int]]:
    same: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for score in scores:
        for item in score.items:
            for check in item.slots:
                total[f"{item.part}.{check.slot}"] += 1
                same[f"{item.part}.{check.slot}"] += check.right
    return {name: (same[name] / total[name], total[name]) for name in total}


def ordinal_alpha(pairs: Sequence[tuple[str, str]], order: Sequence[str]) -> float | None:
    """Krippendorff's alpha for two coders on an ordinal scale, from its first to its last value."""
    counts = Counter(value for pair in pairs for value in pair)
    rank = {value: index for index, value in enumerate(order)}

    def distance(a: str, b: str) -> float:
        low, high = sorted((rank[a], rank[b]))
        between = sum(counts[order[index]] for index in range(low, high + 1))
        return (between - (counts[a] + counts[b]) / 2) ** 2 if low != high else 0.0

    return _alpha(pairs, distance)


def nominal_alpha(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Krippendorff's alpha for two coders and unordered values."""
    return _alpha(pairs, lambda a, b: float(a != b))


def _alpha(pairs: Sequence[tuple[str, str]], distance: Callable[[str, str], float]) -> float | None:
    """1 - observed / expected disagreement (Krippendorff 2011); None where no two values differ."""
    counts = Counter(value for pair in pairs for value in pair)
    n = len(pairs) * 2
    observed = sum(2 * distance(a, b) for a, b in pairs) / n if n else 0.0
    expected = sum(
        counts[a] * counts[b] * distance(a, b) for a in sorted(counts) for b in sorted(counts)
    ) / (n * (n - 1)) if n > 1 else 0.0  # fmt: skip
    return 1 - observed / expected if expected else None
