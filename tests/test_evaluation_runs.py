"""Runs, recordings, baselines and gates, with engines that say what the test tells them to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import pytest
from evaluation_story import STORY

from summarizer.errors import NoInput
from summarizer.evaluation.answers import Drafted, Merged, RulesDrafter
from summarizer.evaluation.baseline import load_run, promote
from summarizer.evaluation.dataset import load_data_set
from summarizer.evaluation.flips import item_flips
from summarizer.evaluation.gates import live_gate, replay_gate
from summarizer.evaluation.invariants import broken_in_brief
from summarizer.evaluation.junit import gate_junit, run_junit
from summarizer.evaluation.perfect import brief_of
from summarizer.evaluation.report import run_report
from summarizer.evaluation.runner import RunOptions, run_evaluation
from summarizer.pipeline import merge_briefs
from summarizer.records.article import Article
from summarizer.records.brief import Brief, Sentence, Tokens
from summarizer.records.draft import DraftBrief
from summarizer.records.gold import GoldBrief
from summarizer.records.run import Parameters, Run, Usage
from summarizer.schemas import validate_document

DATA = load_data_set(STORY)
GOLD = DATA.gold
TEXTS = {entry.article.id: entry.article.text for entry in DATA.articles}


def draft_of(gold: GoldBrief) -> DraftBrief:
    """The labels as an engine's draft."""
    parts: dict[str, list[dict[str, object]]] = {"actors": [], "figures": [], "claims": []}
    for part, items in parts.items():
        for item in getattr(brief_of(gold), part):
            fields = item.to_dict()
            fields["evidence"] = [{"quote": e.quote, "start": e.start} for e in item.evidence]
            if part == "figures":
                fields["also"] = []
            items.append(fields)
    return DraftBrief.from_json(json.dumps(parts), "draft")


@dataclass
class Scripted:
    """An engine that answers with the labels, worsened as told; counts how often it is asked."""

    model: str = "scripted/model"
    prompt: str = "extract_brief.v1@0"
    engine: str = "model"
    loses_hedges: bool = False
    fails_on: str | None = None
    lapses: int = 0
    merged: Merged | None = None
    asked: list[str] = field(default_factory=list)
    parameters: Parameters = field(default_factory=lambda: {"temperature": 0.0})

    def draft(self, article: Article, repeat: int) -> Drafted:
        """The labels, or a failure."""
        self.asked.append(f"{article.id} {repeat}")
        if self.fails_on == article.id:
            return Drafted(None, failed="timed out")
        draft = draft_of(GOLD[article.id])
        claims = list(draft.claims)
        for index, claim in enumerate(claims):
            if self.loses_hedges and claim.certainty != "certain":
                claims[index] = claim.model_copy(update={"certainty": "certain"})
            if repeat < self.lapses and index == repeat % len(claims):
                claims[index] = claim.model_copy(update={"speakers": ()})
        usage = Usage(calls=1, tokens=Tokens(input=1000, output=200), seconds=1.5, money=0.01)
        return Drafted(draft.model_copy(update={"claims": tuple(claims)}), usage=usage)

    def merge(self, briefs: Sequence[Brief], repeat: int) -> Merged | None:
        """No part in merging, unless told otherwise."""
        return self.merged


def evaluate(engine: object, repeats: int = 1, workers: int = 1) -> Run:
    """A run of the story."""
    options = RunOptions(created="2025-03-05T12:00:00+00:00", repeats=repeats, workers=workers)
    return run_evaluation(DATA, engine, options, lambda *_: None).run  # type: ignore[arg-type]


def value(run: Run, metric: str) -> float | None:
    """A run's score by name."""
    return next(score.value for score in run.scores if score.metric == metric)


def test_an_engine_that_answers_with_the_labels_scores_one() -> None:
    """Nothing between a draft and its score may cost anything: grounding, pairing, counting."""
    run = evaluate(Scripted())
    wrong = {score.metric: score.value for score in run.scores if score.value not in (None, 0.0, 1.0)}
    assert wrong == {}
    assert (run.scored, run.expected) == (2, 2)
    assert validate_document(run.to_dict(), "run") == "eval-run/1"


def test_a_failed_answer_counts_as_an_empty_brief() -> None:
    """Coverage stands on the first line, and recall falls."""
    run = evaluate(Scripted(fails_on="strike-second"))
    assert (run.scored, run.expected) == (1, 2)
    assert [score.failed for score in run.failed] == ["timed out"]
    recall = value(run, "claims.recall")
    assert recall is not None
    assert recall < 0.6


def test_floors_and_the_second_annotator_stand_beside_the_scores() -> None:
    """0.7 means nothing without knowing what is cheap and what is possible."""
    run = evaluate(Scripted())
    kinds = {reference.name: reference.kind for reference in run.references}
    assert kinds["empty brief"] == kinds["every sentence"] == kinds["rules engine"] == "floor"
    assert kinds["second annotator"] == "ceiling"
    second = next(reference for reference in run.references if reference.kind == "ceiling")
    assert second.articles == ("strike-first",)


def test_concurrent_answers_give_the_same_run() -> None:
    """Which answer comes first is chance; the score isn't."""
    assert evaluate(Scripted(), repeats=3, workers=4) == evaluate(Scripted(), repeats=3)


def test_the_rules_engine_is_scored_in_process() -> None:
    """What `eval run` does without any options."""
    run = evaluate(RulesDrafter())
    assert run.signature.engine == "rules"
    assert run.signature.model.startswith("rules-")
    assert value(run, "grounding.offset_right") == 1.0


def test_what_the_baseline_had_recorded_and_is_gone_is_unrecorded() -> None:
    """A merge that nobody can replay is unknown, not passed; blessed as unknown, it is no news."""
    base = evaluate(Scripted(merged=Merged(merge_briefs([brief_of(gold) for gold in GOLD.values()]))))
    lost = evaluate(Scripted(merged=Merged(None, "unrecorded: the merge")))
    result = replay_gate(base, lost)
    assert (result.verdict, result.exit_code) == ("unrecorded", 1)
    assert "unrecorded: the merge" in result.reasons
    assert replay_gate(lost, lost).verdict == "passed"
    assert replay_gate(base, base).verdict == "passed"
    assert [digest.mode for digest in base.digests] == ["oracle", "end_to_end", "model_merge"]


def test_a_story_that_lacks_a_brief_is_not_merged_by_the_model() -> None:
    """It would be asked about another story than the one that is scored."""
    merged = Merged(merge_briefs([brief_of(gold) for gold in GOLD.values()]))
    run = evaluate(Scripted(fails_on="strike-second", merged=merged))
    assert "model_merge" not in {digest.mode for digest in run.digests}


def test_the_replay_gate_names_every_item_that_flips() -> None:
    """A lost hedge is what it is there for."""
    base, new = evaluate(Scripted()), evaluate(Scripted(loses_hedges=True))
    result = replay_gate(base, new)
    assert (result.verdict, result.exit_code) == ("failed", 1)
    flipped = {(flip.article, flip.item.gold) for flip in result.flips}
    assert ("strike-first", "c1") in flipped
    assert ("strike-first", "c2") not in flipped
    assert all(flip.better is False for flip in result.flips)
    assert "certainty 'certain'" in str(result.flips[0])
    assert replay_gate(base, base).verdict == "passed"


def test_a_run_that_lacks_answers_is_invalid_and_not_passed() -> None:
    """What isn't there can't have changed, but it can't have passed either."""
    base = evaluate(Scripted())
    result = replay_gate(base, evaluate(Scripted(fails_on="strike-first")))
    assert (result.verdict, result.exit_code) == ("invalid", 2)
    assert live_gate(base, evaluate(Scripted(fails_on="strike-first"))).verdict == "invalid"


def test_the_live_gate_tells_regression_from_wobble() -> None:
    """Five repeats a side; one lapse is chance, lost hedges in every answer aren't."""
    base = evaluate(Scripted(lapses=2), repeats=8)
    assert live_gate(base, evaluate(Scripted(lapses=3), repeats=8)).verdict == "no detectable change"
    worse = live_gate(base, evaluate(Scripted(lapses=2, loses_hedges=True), repeats=8), ("claims.joint",))
    assert (worse.verdict, worse.exit_code) == ("regression", 1)
    assert "claims.joint" in worse.reasons[0]
    better = live_gate(
        evaluate(Scripted(loses_hedges=True), repeats=8), evaluate(Scripted(), repeats=8), ("claims.joint",)
    )
    assert better.verdict == "improvement"
    assert "this says nothing about articles that aren't among them" in better.reasons[-1]


def test_one_answer_a_side_is_insufficient() -> None:
    """A single run that looks better proves nothing."""
    run = evaluate(Scripted())
    result = live_gate(run, run)
    assert (result.verdict, result.exit_code) == ("insufficient", 2)


def test_a_baseline_is_promoted_with_its_reason_and_its_difference(tmp_path: Path) -> None:
    """Whoever reads the history must see which items a change cost."""
    promote(evaluate(Scripted()), tmp_path, "the first", "2025-03-05")
    path, flips = promote(evaluate(Scripted(loses_hedges=True)), tmp_path, "hedges are out", "2025-03-06")
    notes = (path.parent / "CHANGES.md").read_text("utf-8")
    assert notes.index("hedges are out") < notes.index("the first")
    assert "strike-first claims c1: right -> wrong_slot" in notes
    assert flips
    assert load_run(path).created == "2025-03-05T12:00:00+00:00"
    promote(evaluate(Scripted(loses_hedges=True)), tmp_path, "once more", "2025-03-07")
    newest = (path.parent / "CHANGES.md").read_text("utf-8").split("hedges are out")[0]
    assert "No item of a brief differs." in newest
    assert "0 items" not in newest
    with pytest.raises(NoInput, match="timed out"):
        promote(evaluate(Scripted(fails_on="strike-first")), tmp_path, "no", "2025-03-07")


def test_the_report_shows_both_runs_and_what_changed() -> None:
    """A person decides on a prompt by looking at the items, not at the third decimal."""
    base, new = evaluate(Scripted()), evaluate(Scripted(loses_hedges=True))
    page = run_report(new, TEXTS, base)
    assert page.count('data-changed="1"') == len(item_flips(base, new))
    assert "<mark>It is unclear whether talks will resume this week.</mark>" in page
    assert new.signature.line() in page.replace("&#x27;", "'")
    hostile = {name: text + "<script>alert(1)</script>" for name, text in TEXTS.items()}
    assert "<script>alert" not in run_report(new, hostile)


def test_junit_holds_every_answer_metric_and_flip() -> None:
    """What continuous integration shows of it."""
    base, new = evaluate(Scripted()), evaluate(Scripted(fails_on="strike-second"))
    root = ElementTree.fromstring(run_junit(new))
    assert len(root.findall("./testsuite[@name='answers']/testcase/failure")) == 1
    assert len(root.findall("./testsuite[@name='scores']/testcase")) == len(new.scores)
    result = replay_gate(base, evaluate(Scripted(loses_hedges=True)))
    root = ElementTree.fromstring(gate_junit([result]))
    assert len(root.findall(".//failure")) == 1 + len(result.flips)


def test_invariants_hold_of_labels_and_break_with_them() -> None:
    """Zero tolerance needs a check that doesn't cry wolf."""
    gold, text = GOLD["strike-first"], TEXTS["strike-first"]
    brief = brief_of(gold)
    assert broken_in_brief(brief, text) == ()
    figure = brief.figures[0].model_copy(update={"value": 2100})
    moved = brief.claims[0].evidence[0].model_copy(update={"start": 3})
    broken = brief.model_copy(
        update={
            "figures": (figure, *brief.figures[1:]),
            "claims": (brief.claims[0].model_copy(update={"evidence": (moved,), "cues": ("maybe",)}),),
            "summary": (Sentence(text="About 77 workers walked out with Napoleon.", cites=("c1",)),),
        }
    )
    kinds = {one.invariant for one in broken_in_brief(broken, text)}
    assert kinds >= {
        "number in its evidence",
        "quote stands where it says",
        "cue in its evidence",
        "summary: number",
        "summary: name",
        "summary: surer",
    }
