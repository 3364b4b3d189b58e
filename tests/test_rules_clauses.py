"""Which words make one statement? Each must be true or false by itself, and told once."""

from __future__ import annotations

import pytest
from rules_cases import Case, cases_of, differences


@pytest.mark.parametrize("case", cases_of("coordination"), ids=str)
def test_verbs_that_share_a_subject_are_told_apart(case: Case) -> None:
    """One may be denied and the other affirmed."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("relative_clauses"), ids=str)
def test_a_relative_clause_is_a_statement_of_its_own(case: Case) -> None:
    """The news often hides in the “which”."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("results"), ids=str)
def test_a_result_is_a_statement_of_its_own(case: Case) -> None:
    """That one thing followed from another is the reporter's conclusion and can be wrong alone."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("claim_texts"), ids=str)
def test_a_claims_sentence_stands_alone(case: Case) -> None:
    """Who reads only the list of claims must know who “it” is."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("datelines"), ids=str)
def test_a_dateline_is_no_part_of_the_story(case: Case) -> None:
    """The city where the reporter sat did nothing."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("captions"), ids=str)
def test_furniture_and_repetition_are_not_told_again(case: Case) -> None:
    """A repeated line is no second source."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("ordinary"), ids=str)
def test_ordinary_reports_are_read_right(case: Case) -> None:
    """Business, health, science, courts, technology and conflict as the agencies write them."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("summaries"), ids=str)
def test_a_summary_keeps_hedges_and_sources(case: Case) -> None:
    """Many read nothing but the summary."""
    assert differences(case) == []
