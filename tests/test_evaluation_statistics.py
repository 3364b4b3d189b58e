"""The statistics behind the gates: permutation, correction, agreement."""

from __future__ import annotations

import random

import pytest

from summarizer.evaluation.agreement import nominal_alpha, ordinal_alpha
from summarizer.evaluation.metrics import BRIEF_METRICS
from summarizer.evaluation.permutation import arrangements, compare_metric, holm

JOINT = next(metric for metric in BRIEF_METRICS if metric.name == "claims.joint")


def _runs(
    rng: random.Random, articles: int, repeats: int, rate: float, wobble: float
) -> dict[str, list[dict[str, float]]]:
    """Repeated answers of one engine: each run is a little better or worse as a whole."""
    shifts = [rng.gauss(0, wobble) for _ in range(repeats)]
    found: dict[str, list[dict[str, float]]] = {}
    for article in range(articles):
        hardness = 0.1 * (article - articles / 2)
        found[f"article-{article}"] = [
            {
                "claims.gold": 30.0,
                "claims.joint": float(sum(rng.random() < rate - hardness + shift for _ in range(30))),
            }
            for shift in shifts
        ]
    return found


def test_an_engine_compared_with_itself_rarely_raises_an_alarm() -> None:
    """A gate that cries wolf is switched off. What fools a test over items is runs that wobble as a whole."""
    rng = random.Random(7)
    alarms, trials = 0, 60
    for trial in range(trials):
        base, new = (_runs(rng, 5, 5, 0.6, 0.01) for _ in range(2))
        alarms += compare_metric(base, new, JOINT, 1, seed=trial).p < 0.05
    assert alarms / trials < 0.15


def test_a_real_drop_is_seen() -> None:
    """A gate that never fails is none."""
    rng = random.Random(3)
    found = compare_metric(_runs(rng, 5, 5, 0.7, 0.01), _runs(rng, 5, 5, 0.5, 0.01), JOINT, 1, seed=1)
    assert found.delta < -0.1
    assert found.p < 0.01
    assert found.floor < abs(found.delta)
    assert found.smallest_detectable < 0.1


def test_the_same_seed_gives_the_same_verdict() -> None:
    """A verdict that changes from run to run convinces nobody."""
    base, new = _runs(random.Random(1), 3, 4, 0.6, 0), _runs(random.Random(2), 3, 4, 0.6, 0)
    assert compare_metric(base, new, JOINT, 6, seed=5) == compare_metric(base, new, JOINT, 6, seed=5)


def test_few_repeats_leave_few_arrangements() -> None:
    """With one answer a side no test can say anything."""
    one = _runs(random.Random(1), 5, 1, 0.6, 0)
    assert arrangements(one, one) == 2**5


def test_holm_corrects_step_by_step() -> None:
    """Six metrics at 5 % each would raise a false alarm every fourth time."""
    assert holm({"a": 0.01, "b": 0.04, "c": 0.03}) == pytest.approx({"a": 0.03, "c": 0.06, "b": 0.06})


def test_alpha_of_a_published_example() -> None:
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), part A: two observers, alpha 0.095."""
    one = list("0100000010")
    two = list("1110010000")
    pairs = list(zip(one, two, strict=True))
    assert nominal_alpha(pairs) == pytest.approx(0.095, abs=0.001)
    assert ordinal_alpha(pairs, ("0", "1")) == pytest.approx(0.095, abs=0.001)


def test_ordinal_alpha_forgives_neighbours_more_than_strangers() -> None:
    """Probable for possible is a smaller disagreement than certain for unknown."""
    order = ("certain", "probable", "possible", "unknown")
    agreed = [(level, level) for level in order for _ in range(5)]
    near = ordinal_alpha([*agreed, ("probable", "possible")], order)
    far = ordinal_alpha([*agreed, ("certain", "unknown")], order)
    assert near is not None
    assert far is not None
    assert 1 > near > far


def test_where_nothing_varies_there_is_no_alpha() -> None:
    """Agreement on a constant proves nothing."""
    assert nominal_alpha([("a", "a")] * 5) is None
    assert nominal_alpha([]) is None
