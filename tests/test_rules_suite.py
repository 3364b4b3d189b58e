"""The suite of sentences as a whole: what is still missed, and what holds for all of them."""

from __future__ import annotations

import re

import pytest
from rules_cases import FOLDER, Case, all_cases, differences, phenomena, read

from summarizer.grounding.brief_checks import check_brief

#: How many of the sentences the engine must read right, known misses counted against it. Measured: 0.78.
FLOOR = 0.75


@pytest.mark.parametrize("case", all_cases("known_miss"), ids=lambda case: f"{case.phenomenon}: {case}")
def test_known_misses_are_still_missed(case: Case) -> None:
    """Whoever mends one moves it to the `case` table, so that no reader loses it again."""
    assert differences(case), f"{case.phenomenon}.toml: this is right now; make it a [[case]]"


def test_most_sentences_are_read_right() -> None:
    """Sentences that come out wrong can be parked as known misses; a reader should not get many of them."""
    right, missed = len(all_cases("case")), len(all_cases("known_miss"))
    assert right / (right + missed) >= FLOOR


def test_no_text_stands_in_two_entries() -> None:
    """A sentence that is right here and a known miss there says nothing."""
    texts = [case.text + repr(case.expected) for case in (*all_cases("case"), *all_cases("known_miss"))]
    assert len(set(texts)) == len(texts)


def test_every_phenomenon_is_tested() -> None:
    """A file that no test reads would look like coverage."""
    modules = "".join(path.read_text("utf-8") for path in FOLDER.parent.parent.glob("test_rules_*.py"))
    assert sorted(re.findall(r'cases_of\("(\w+)"\)', modules)) == phenomena()


@pytest.mark.parametrize("table", ["case", "known_miss"])
def test_every_brief_passes_its_own_check(table: str) -> None:
    """Wrong or right, each item points at words that stand in the article and bear it out."""
    for case in all_cases(table):
        article, brief = read(case.text)
        assert check_brief(brief, article.text) == (), case.text


@pytest.mark.parametrize("table", ["case", "known_miss"])
def test_the_gate_refuses_no_claim_or_actor_of_the_rules(table: str) -> None:
    """The rules copy from the text; what the gate refuses, a reader never sees."""
    for case in all_cases(table):
        _, brief = read(case.text)
        assert [one for one in brief.rejected if one.part in ("claim", "actor")] == [], case.text


@pytest.mark.parametrize("table", ["case", "known_miss"])
def test_no_summary_sentence_is_refused_as_surer_than_its_claims(table: str) -> None:
    """The rules repeat sentences whole; a hedge that gets lost on the way was cut by them."""
    for case in all_cases(table):
        _, brief = read(case.text)
        assert [one for one in brief.rejected if one.code == "hedge_lost"] == [], case.text
