"""Every score as a function of counts: the one list of metrics that the suite knows.

Pure. A metric is computed from counts summed over articles (micro), or from the counts of one
article; the formula is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from summarizer.evaluation.figures import SLOTS as FIGURE_SLOTS
from summarizer.records.brief import CERTAINTIES

Counts = Mapping[str, float]
Kind = Literal["ratio", "precision", "recall", "f1", "macro"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A score: `top` / `bottom`; precision, recall and F1 also know the other side.

    For precision and F1, `top` / `bottom` are right and all predictions, `recall_top` / `recall_bottom` found
    and all wanted items; for recall it is the other way round. `n` is the number of items it speaks about,
    printed beside it: with 20 hedged claims one flip is 5 points.
    """

    name: str
    kind: Kind
    top: str
    bottom: str
    recall_top: str = ""
    recall_bottom: str = ""
    lower_is_better: bool = False

    def value(self, counts: Counts) -> float | None:
        """The score, or None where nothing is there to be scored (it then stays out of averages)."""
        if self.kind == "macro":
            return _macro_f1(counts)
        if self.kind == "ratio":
            return _ratio(counts, self.top, self.bottom)
        if self.kind == "recall":
            return _recall(counts, self.top, self.bottom, self.recall_top, self.recall_bottom)
        precision = _precision(counts, self.top, self.bottom, self.recall_bottom)
        if self.kind == "precision":
            return precision
        recall = _recall(counts, self.recall_top, self.recall_bottom, self.top, self.bottom)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def n(self, counts: Counts) -> int:
        """How many items stand behind the score."""
        if self.kind == "macro":
            return int(sum(counts.get(f"certainty.gold_{level}", 0) for level in CERTAINTIES))
        return int(counts.get(self.recall_bottom if self.kind == "f1" else self.bottom, 0))


def sum_counts(articles: Iterable[Counts]) -> dict[str, float]:
    """Counts of a corpus: the sum over its articles, names in sorted order."""
    total: dict[str, float] = {}
    for counts in articles:
        for name, count in counts.items():
            total[name] = total.get(name, 0) + count
    return {name: round(total[name], 9) for name in sorted(total)}


def _ratio(counts: Counts, top: str, bottom: str) -> float | None:
    below = counts.get(bottom, 0)
    return counts.get(top, 0) / below if below else None


def _precision(counts: Counts, top: str, bottom: str, wanted: str) -> float:
    """Right predictions per prediction; no prediction is perfect only where nothing was wanted."""
    below = counts.get(bottom, 0)
    if not below:
        return 0.0 if counts.get(wanted, 0) else 1.0
    return counts.get(top, 0) / below


def _recall(counts: Counts, top: str, bottom: str, right: str, predicted: str) -> float:
    """Found items per wanted one; where nothing was wanted, predictions must at least have hit okay items."""
    below = counts.get(bottom, 0)
    if not below:
        return 1.0 if counts.get(right, 0) or not counts.get(predicted, 0) else 0.0
    return counts.get(top, 0) / below


def _macro_f1(counts: Counts) -> float | None:
    """Mean F1 over the degrees of certainty that occur on either side."""
    scores = []
    for level in CERTAINTIES:
        total = counts.get(f"certainty.gold_{level}", 0) + counts.get(f"certainty.predicted_{level}", 0)
        if total:
            scores.append(2 * counts.get(f"certainty.right_{level}", 0) / total)
    return sum(scores) / len(scores) if scores else None


def _prf(
    part: str, predicted: str, matched: str, vital: str, matched_vital: str, label: str = ""
) -> list[Metric]:
    """Precision, recall and F1 of a part. `label` prefixes the names ("strict_f1")."""
    p, v, m, mv = (f"{part}.{name}" for name in (predicted, vital, matched, matched_vital))
    return [
        Metric(f"{part}.{label}precision", "precision", m, p, recall_bottom=v),
        Metric(f"{part}.{label}recall", "recall", mv, v, m, p),
        Metric(f"{part}.{label}f1", "f1", m, p, mv, v),
    ]


def _over(part: str, bottom: str, **tops: str) -> list[Metric]:
    return [
        Metric(f"{part}.{name}", "ratio", f"{part}.{top}", f"{part}.{bottom}") for name, top in tops.items()
    ]


BRIEF_METRICS: tuple[Metric, ...] = (
    *_prf("actors", "predicted", "matched", "vital", "matched_vital"),
    *_over("actors", "gold", name="name_right", kind="kind_right", role="role_right"),
    *_prf("actors", "forms_predicted", "b3_precision_sum", "forms_vital", "b3_recall_sum", "b3_"),
    *_prf("figures", "predicted", "matched", "vital", "matched_vital"),
    *_prf("figures", "predicted", "strict", "vital", "strict_vital", "strict_"),
    *_over("figures", "gold", **{slot: f"{slot}_right" for slot in FIGURE_SLOTS}),
    Metric("figures.slot_error_rate", "ratio", "figures.slot_errors", "figures.slots", lower_is_better=True),
    *_prf("claims", "predicted", "matched", "vital", "matched_vital"),
    Metric("claims.joint", "ratio", "claims.joint", "claims.gold"),
    Metric("claims.joint_of_matched", "ratio", "claims.joint_vital", "claims.matched_vital"),
    Metric("claims.hedge_kept", "ratio", "claims.hedge_kept_vital", "claims.hedged_vital"),
    Metric("claims.hedge_kept_all", "ratio", "claims.hedge_kept", "claims.hedged"),
    Metric("cues.precision", "precision", "cues.right", "cues.predicted", recall_bottom="cues.gold"),
    Metric("cues.recall", "recall", "cues.right", "cues.gold", "cues.right", "cues.predicted"),
    Metric("cues.f1", "f1", "cues.right", "cues.predicted", "cues.right", "cues.gold"),
    Metric(
        "cues.touched_f1", "f1", "cues.touched_predicted", "cues.predicted", "cues.touched_gold", "cues.gold"
    ),
    *_over("claims", "gold", speaker="speaker_right", polarity="polarity_right", certainty="certainty_right"),
    *_over("claims", "gold", sourcing="sourcing_right", evidence="evidence_right"),
    Metric("claims.certainty_macro_f1", "macro", "", ""),
    Metric("claims.overclaim", "ratio", "claims.overclaim", "claims.gold", lower_is_better=True),
    Metric("claims.underclaim", "ratio", "claims.underclaim", "claims.gold", lower_is_better=True),
    Metric("claims.split_rate", "ratio", "claims.split", "claims.predicted", lower_is_better=True),
    Metric("summary.citations_valid", "ratio", "summary.cited", "summary.sentences"),
    Metric("summary.numbers_right", "ratio", "summary.numbers_right", "summary.numbers"),
    Metric("summary.names_right", "ratio", "summary.names_right", "summary.names"),
    Metric("summary.surer_than_cited", "ratio", "summary.surer", "summary.sentences", lower_is_better=True),
    Metric("grounding.verbatim", "ratio", "grounding.verbatim", "grounding.spans"),
    Metric("grounding.offset_right", "ratio", "grounding.offset_right", "grounding.spans"),
    Metric("grounding.unsettled", "ratio", "grounding.unsettled", "grounding.spans", lower_is_better=True),
    Metric("grounding.number_in_evidence", "ratio", "grounding.number_in_evidence", "grounding.figures"),
    Metric("grounding.cue_in_evidence", "ratio", "grounding.cue_in_evidence", "grounding.cues"),
    Metric("grounding.tight", "ratio", "grounding.tight", "grounding.claims"),
    Metric("grounding.valid_at_first_try", "ratio", "grounding.valid_at_first_try", "grounding.answers"),
    Metric("grounding.repairs", "ratio", "grounding.repairs", "grounding.answers", lower_is_better=True),
)  # fmt: skip
