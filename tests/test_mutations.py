"""The scorer proves itself: an edit of a perfect answer moves the metrics that it names, and no others."""

from __future__ import annotations

import json
from typing import Any

import pytest
from evaluation_story import ROOT, labelled, stories

from summarizer.evaluation.digest import DIGEST_METRICS, score_digest
from summarizer.evaluation.digest_mutations import moved_by
from summarizer.evaluation.metrics import BRIEF_METRICS
from summarizer.evaluation.mutations import Mutation, moved, mutants
from summarizer.evaluation.partners import same_items
from summarizer.evaluation.perfect import digest_of

MATRIX = json.loads((ROOT / "evals" / "mutations.json").read_text("utf-8"))
ROWS = [Mutation.from_row(row) for row in MATRIX["rows"]]
DIGEST_ROWS: list[dict[str, Any]] = MATRIX["digest_rows"]
#: Edited items per label file and row; the first of each kind.
PER_FILE = 1


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_an_edit_moves_exactly_the_metrics_it_names(row: Mutation) -> None:
    """If a lost denial moved nothing, a prompt that loses denials would pass."""
    wrong, tried = [], 0
    for gold, text in labelled():
        for number, (item, mutant) in enumerate(mutants(row, gold, text)):
            if number == PER_FILE:
                break
            tried += 1
            found = moved(mutant, gold, text, row.repairs)
            if found != row.must:
                wrong.append((gold.article.id, item, sorted(found - row.must), sorted(row.must - found)))
    assert tried, "no label file allows this edit"
    assert not wrong, f"(article, item, moved too, not moved): {wrong}"


def test_every_metric_is_moved_by_some_edit() -> None:
    """A number that nothing can move measures nothing."""
    named = frozenset().union(*(row.must for row in ROWS))
    assert {metric.name for metric in BRIEF_METRICS} - named == set()


@pytest.mark.parametrize("row", DIGEST_ROWS, ids=lambda row: row["name"])
def test_an_edit_of_a_digest_moves_exactly_the_metrics_it_names(row: dict[str, Any]) -> None:
    """Merging is judged apart from reading, so its scorer needs a proof of its own."""
    found = [moved for gold, briefs in stories() if (moved := moved_by(row, gold, briefs)) is not None]
    assert found or len(stories()) == 1, "no labelled story allows this edit"
    for metrics in found:
        assert sorted(metrics) == row["must"]


def test_every_digest_metric_is_moved_by_some_edit() -> None:
    """As for briefs."""
    named = {name for row in DIGEST_ROWS for name in row["must"]}
    assert {metric.name for metric in DIGEST_METRICS} - named == set()


def test_a_perfect_digest_scores_one_in_every_metric() -> None:
    """The top of the scale is reachable; how many vital items a summary reaches is a choice, not an error."""
    for gold, briefs in stories():
        counts = score_digest(digest_of(gold, briefs), gold, briefs, same_items(briefs))
        for metric in DIGEST_METRICS:
            if metric.name != "digest_summary.vital_reached":
                assert metric.value(counts) in (None, float(not metric.lower_is_better)), metric.name


def test_an_unknown_metric_in_the_matrix_is_refused() -> None:
    """A typo in a row would make it prove nothing."""
    with pytest.raises(ValueError, match=r"claims\.jiont"):
        Mutation.from_row({"name": "x", "edit": "drop", "must": ["claims.jiont"]})
