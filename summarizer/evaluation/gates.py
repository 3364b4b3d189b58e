"""Three gates that make three different statements.

Pure.

- *Replay*: nothing has changed. Any item flip fails until it is blessed.
- *Live*: nothing has become worse than chance explains, on these articles. Says nothing about others.
- *Invariants*: nothing is said that the article or the cited items don't bear. Zero tolerance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.evaluation.answers import UNRECORDED
from summarizer.evaluation.flips import Flip, changed_digest_counts, item_flips
from summarizer.evaluation.invariants import Broken
from summarizer.evaluation.metrics import BRIEF_METRICS
from summarizer.evaluation.permutation import (
    ALPHA,
    MIN_ARRANGEMENTS,
    Difference,
    Repeats,
    arrangements,
    compare_metric,
    holm,
)
from summarizer.evaluation.scorecard import PRIMARY
from summarizer.records.run import Run

GateVerdict = Literal[
    "passed",
    "failed",
    "unrecorded",
    "invalid",
    "regression",
    "improvement",
    "no detectable change",
    "insufficient",
]
#: What the command line ends with.
EXIT_CODES: dict[GateVerdict, int] = {
    "passed": 0,
    "improvement": 0,
    "no detectable change": 0,
    "failed": 1,
    "regression": 1,
    "unrecorded": 1,
    "insufficient": 2,
    "invalid": 2,
}
#: Metrics over fewer items than this flip by more than ten points at a time.
MIN_ITEMS = 10


@dataclass(frozen=True, slots=True)
class GateResult:
    """A verdict, why, and what it rests on. `about` names the baseline, where there are several."""

    gate: Literal["replay", "live", "invariants"]
    verdict: GateVerdict
    reasons: tuple[str, ...]
    flips: tuple[Flip, ...] = ()
    differences: tuple[Difference, ...] = ()
    about: str = ""

    @property
    def name(self) -> str:
        """The gate, and whose baseline it was about: "replay of rules"."""
        return f"{self.gate} of {self.about}" if self.about else self.gate

    @property
    def exit_code(self) -> int:
        """0 where nothing speaks against the change, 1 where something does, 2 where it can't be judged."""
        return EXIT_CODES[self.verdict]


def replay_gate(base: Run, new: Run) -> GateResult:
    """Whether the new run is the base again, item by item.

    Unrecorded answers come first: they are not a difference, they are unknown. So are a repair and a merge
    that the baseline had recorded and that are another question now. A run that lacks answers is invalid.
    """
    missing = _unrecorded(new)
    known = _unrecorded(base)
    lost = [reason for place, reason in missing.items() if place not in known]
    if lost:
        reason = "prompt, schema, model, article or what was refused has changed since this was recorded"
        return GateResult("replay", "unrecorded", (reason, *lost))
    invalid = _coverage(base, "the baseline") + _coverage(new, "the new run")
    if invalid:
        return GateResult("replay", "invalid", tuple(invalid))
    reasons = []
    if base.signature.gold != new.signature.gold:
        reasons.append("the labels or articles have changed: bless the new baseline")
    flips = item_flips(base, new)
    changed = changed_digest_counts(base, new)
    if flips:
        reasons.append(f"{len(flips)} items have flipped")
    if changed:
        reasons.append("digest counts have changed: " + ", ".join(changed))
    if base.repeats != new.repeats:
        reasons.append(f"{base.repeats} repeats in the baseline, {new.repeats} now")
    return GateResult("replay", "failed" if reasons else "passed", tuple(reasons), flips)


def _unrecorded(run: Run) -> dict[tuple[str, str, int], str]:
    """What a run had no recording of, by part, article and repeat."""
    found: dict[tuple[str, str, int], str] = {}
    for score in run.articles:
        if score.failed is not None and score.failed.startswith(UNRECORDED):
            found["brief", score.article, score.repeat] = score.failed
        if score.unrecorded is not None:
            found["repair", score.article, score.repeat] = score.unrecorded
    for digest in run.digests:
        if digest.failed is not None and digest.failed.startswith(UNRECORDED):
            found["merge", "", digest.repeat] = digest.failed
    return found


def _coverage(run: Run, name: str) -> list[str]:
    if run.scored >= run.expected:
        return []
    why = "; ".join(f"{score.article}: {score.failed}" for score in run.failed[:3])
    return [f"{name} has {run.scored} of {run.expected} answers: {why}"]


def live_gate(base: Run, new: Run, metrics: Sequence[str] = PRIMARY, seed: int = 0) -> GateResult:
    """Whether the new engine is worse, better, or not distinguishable, on these articles.

    A regression needs both: p below 5 % after correction, and a drop beyond the base's difference from
    itself.

    Raises:
        KeyError: a metric that doesn't exist.
    """
    invalid = _coverage(base, "the baseline") + _coverage(new, "the new run")
    for part in ("gold", "scorer"):
        if getattr(base.signature, part) != getattr(new.signature, part):
            invalid.append(f"the runs were scored with another {part}")
    before, after = _repeats(base), _repeats(new)
    if before.keys() != after.keys():
        invalid.append("the runs hold other articles")
    if invalid:
        return GateResult("live", "invalid", tuple(invalid))
    ways = arrangements(before, after)
    if ways < MIN_ARRANGEMENTS:
        reason = f"{ways} ways to deal the answers to two sides; run more repeats (--repeat 5)"
        return GateResult("live", "insufficient", (reason,))
    known = {metric.name: metric for metric in BRIEF_METRICS}
    differences = [compare_metric(before, after, known[name], len(metrics), seed) for name in metrics]
    p_values = holm({difference.metric: difference.p for difference in differences})
    worse: list[str] = []
    better: list[str] = []
    small: list[str] = []
    for difference in differences:
        gain = -difference.delta if known[difference.metric].lower_is_better else difference.delta
        line = (
            f"{difference.metric}: {difference.base:.3f} -> {difference.new:.3f} ({difference.delta:+.3f}, "
            f"p {p_values[difference.metric]:.3f} corrected, n={difference.n}); "
            f"smaller changes than {difference.smallest_detectable:.3f} can't be seen"
        )
        clear = p_values[difference.metric] < ALPHA and abs(gain) > difference.floor
        if difference.n < MIN_ITEMS:
            small.append(line)
        elif clear:
            (worse if gain < 0 else better).append(line)
        else:
            small.append(line)
    verdict: GateVerdict = "regression" if worse else "improvement" if better else "no detectable change"
    articles = f"{len(before)} articles: this says nothing about articles that aren't among them"
    return GateResult("live", verdict, (*worse, *better, *small, articles), (), tuple(differences))


def invariants_gate(broken: Sequence[Broken], checked: int) -> GateResult:
    """Whether every invariant holds of all documents that were checked (none is invalid)."""
    if not checked:
        return GateResult("invariants", "invalid", ("nothing was checked",))
    if broken:
        return GateResult("invariants", "failed", tuple(str(one) for one in broken))
    return GateResult("invariants", "passed", (f"{checked} briefs checked",))


def _repeats(run: Run) -> Repeats:
    found: dict[str, list[dict[str, float]]] = {}
    for score in run.articles:
        found.setdefault(score.article, []).append(score.counts)
    return found
