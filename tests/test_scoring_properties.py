"""What holds of the scores of any answer whatever."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache

from evaluation_story import ROOT, labelled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.evaluation.article import score_article
from summarizer.evaluation.metrics import BRIEF_METRICS, sum_counts
from summarizer.evaluation.perfect import brief_of, empty_brief
from summarizer.records.brief import CERTAINTIES, Brief
from summarizer.records.gold import GoldActor, GoldBrief, GoldClaim, GoldFigure

METRICS = {metric.name: metric for metric in BRIEF_METRICS}
PARTS = ("actors", "figures", "claims")
PRECISIONS = [name for name in METRICS if name.endswith("precision")]
RECALLS = [name for name in METRICS if name.endswith("recall")]
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def _short() -> tuple[tuple[GoldBrief, str], ...]:
    """The shorter half of the labelled articles: enough variety, and fast."""
    return tuple(sorted(labelled(), key=lambda entry: len(entry[0].claims)))[: max(2, len(labelled()) // 2)]


@st.composite
def answers(draw: st.DrawFn) -> tuple[Brief, GoldBrief, str]:
    """An imperfect answer: items dropped, doubled, moved about, and with fields changed."""
    gold, text = draw(st.sampled_from(_short()))
    brief = brief_of(gold)
    claims = []
    for claim in brief.claims:
        if draw(st.integers(0, 4)) == 0:
            continue
        changed = claim.model_copy(
            update={
                "certainty": draw(st.sampled_from([claim.certainty, *CERTAINTIES])),
                "polarity": draw(st.sampled_from([claim.polarity, claim.polarity, "denied"])),
                "text": " ".join(claim.text.split()[: draw(st.integers(2, 30))]),
            }
        )
        claims += [changed] * draw(st.sampled_from([1, 1, 1, 2]))
    figures = [f for f in brief.figures if draw(st.integers(0, 3))]
    actors = [
        a.model_copy(update={"aliases": a.aliases[1:]}) for a in brief.actors if draw(st.integers(0, 3))
    ]
    brief = brief.model_copy(
        update={
            "actors": tuple(draw(st.permutations(actors))),
            "figures": tuple(draw(st.permutations(figures))),
            "claims": tuple(draw(st.permutations(claims))),
        }
    )
    return brief, gold, text


def _values(brief: Brief, gold: GoldBrief, text: str) -> dict[str, float]:
    counts = score_article(brief, gold, text).counts
    return {name: value for name, metric in METRICS.items() if (value := metric.value(counts)) is not None}


def test_labels_scored_against_themselves_are_perfect() -> None:
    """If a perfect answer didn't reach the top, nobody could tell how far an engine is from it."""
    for gold, text in labelled():
        for name, value in _values(brief_of(gold), gold, text).items():
            assert value == float(not METRICS[name].lower_is_better), (gold.article.id, name)


def test_an_empty_answer_scores_nothing_and_is_not_missed_in_the_count() -> None:
    """An engine that says nothing must not look precise."""
    for gold, text in labelled():
        values = _values(empty_brief(gold), gold, text)
        for name in ("actors.f1", "figures.f1", "claims.f1", "claims.joint", "actors.precision"):
            assert values[name] == 0.0


@quick
@given(answers(), st.randoms(use_true_random=False))
def test_the_order_of_items_never_matters(answer: tuple[Brief, GoldBrief, str], random: object) -> None:
    """Two engines that say the same in another order are the same."""
    brief, gold, text = answer
    shuffled = {}
    for part in PARTS:
        items = list(getattr(brief, part))
        random.shuffle(items)  # type: ignore[attr-defined]
        shuffled[part] = tuple(items)
    again = score_article(brief.model_copy(update=shuffled), gold, text)
    once = score_article(brief, gold, text)
    assert again.counts == once.counts
    assert [(i.gold, i.verdict, i.slots) for i in again.items] == [
        (i.gold, i.verdict, i.slots) for i in once.items
    ]


@quick
@given(answers())
def test_swapping_the_sides_swaps_precision_and_recall(answer: tuple[Brief, GoldBrief, str]) -> None:
    """Precision and recall are one measure seen from two sides."""
    brief, gold, text = answer
    one = _values(brief, _as_gold(brief_of(gold)), text)
    other = _values(brief_of(gold), _as_gold(brief), text)
    for part in PARTS:
        assert abs(one[f"{part}.precision"] - other[f"{part}.recall"]) < 1e-9
        assert abs(one[f"{part}.recall"] - other[f"{part}.precision"]) < 1e-9


@quick
@given(answers(), st.sampled_from(PARTS), st.integers(0, 200))
def test_leaving_an_item_out_never_raises_a_recall(
    answer: tuple[Brief, GoldBrief, str], part: str, number: int
) -> None:
    """Else silence would pay."""
    brief, gold, text = answer
    items = getattr(brief, part)
    if not items:
        return
    gone = number % len(items)
    fewer = brief.model_copy(update={part: (*items[:gone], *items[gone + 1 :])})
    before, after = _values(brief, gold, text), _values(fewer, gold, text)
    for name in RECALLS:
        if name.startswith((part, "cues" if part == "claims" else part)):
            assert after[name] <= before[name] + 1e-9, name
    assert after["claims.joint"] <= before["claims.joint"] + 1e-9 or part != "claims"


def test_a_copy_of_a_claim_answers_no_other_label() -> None:
    """Else an engine that repeats itself is right about passages that it misread."""
    for gold, text in labelled():
        brief = brief_of(gold)
        for claim in brief.claims:
            once = score_article(brief.model_copy(update={"claims": (claim,)}), gold, text).counts
            copied = brief.model_copy(update={"claims": (claim, claim.model_copy(update={"id": "copy"}))})
            twice = score_article(copied, gold, text).counts
            assert twice["claims.matched"] == once["claims.matched"] == 1, (gold.article.id, claim.text)
            assert twice["claims.joint"] == once["claims.joint"]


@quick
@given(answers(), st.sampled_from(("figures", "claims")))
def test_an_invented_item_never_raises_a_precision(answer: tuple[Brief, GoldBrief, str], part: str) -> None:
    """Else talking more would pay."""
    brief, gold, text = answer
    items = getattr(brief, part)
    if not items:
        return
    span = items[0].evidence[0].model_copy(update={"quote": text[:1], "start": 0, "end": 1})
    fields: dict[str, object] = {"evidence": (span,)}
    fields |= {"text": "Purple elephants juggle turnips."} if part == "claims" else {"also": ()}
    more = brief.model_copy(update={part: (*items, items[0].model_copy(update=fields))})
    before, after = _values(brief, gold, text), _values(more, gold, text)
    for name in PRECISIONS:
        if name.startswith(part):
            assert after[name] <= before[name] + 1e-9, name


@quick
@given(answers())
def test_no_item_is_both_matched_and_missing(answer: tuple[Brief, GoldBrief, str]) -> None:
    """Every gold item and every prediction gets exactly one verdict."""
    brief, gold, text = answer
    items = score_article(brief, gold, text).items
    for part in PARTS:
        names = sorted(i.gold for i in items if i.part == part and i.gold is not None)
        assert names == sorted(item.id for item in getattr(gold, part))
        predicted = sorted(i.predicted for i in items if i.part == part and i.predicted is not None)
        assert predicted == sorted(item.id for item in getattr(brief, part))


def test_counts_of_the_articles_sum_to_those_of_the_corpus() -> None:
    """A corpus score is no average of averages."""
    scores = [score_article(brief_of(gold), gold, text).counts for gold, text in labelled()]
    total = sum_counts(scores)
    for name in ("claims.gold", "claims.matched", "figures.slots", "actors.b3_recall_sum"):
        assert abs(total[name] - sum(counts[name] for counts in scores)) < 1e-6


def test_scores_are_the_same_under_any_hash_seed() -> None:
    """A score that depends on Python's hash seed can't be a baseline."""
    code = (
        "from evaluation_story import labelled; from summarizer.evaluation.article import score_article;"
        "from summarizer.evaluation.perfect import brief_of;"
        "g, t = labelled()[0]; h, u = labelled()[1];"
        "print(score_article(brief_of(h), g, t).to_json(), score_article(brief_of(g), g, t).to_json())"
    )

    def run(seed: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert run("1") == run("2") == run("77")


def _as_gold(brief: Brief) -> GoldBrief:
    def vital(kind: Callable[..., object], item: object) -> object:
        fields = {name: getattr(item, name) for name in type(item).model_fields}  # type: ignore[attr-defined]
        return kind(**fields, nugget="vital")

    return GoldBrief.model_construct(
        article=brief.article,
        actors=tuple(vital(GoldActor.model_construct, a) for a in brief.actors),
        figures=tuple(vital(GoldFigure.model_construct, f) for f in brief.figures),
        claims=tuple(vital(GoldClaim.model_construct, c) for c in brief.claims),
    )
