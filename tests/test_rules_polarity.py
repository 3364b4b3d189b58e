"""What is denied, asked or only supposed never becomes what is so: polarity, questions, conditions."""

from __future__ import annotations

import pytest
from rules_cases import Case, cases_of, differences


@pytest.mark.parametrize("case", cases_of("negation_scope"), ids=str)
def test_a_negation_turns_round_only_what_it_denies(case: Case) -> None:
    """An inverted statement is the worst that a brief can say of somebody."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("questions"), ids=str)
def test_a_question_affirms_nothing(case: Case) -> None:
    """“Was he held?” must not be told as that he was."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("rebuttals"), ids=str)
def test_a_denial_that_points_back_denies_what_was_said(case: Case) -> None:
    """“The club called that a lie” is half of a dispute, and the half that is easily lost."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("conditions"), ids=str)
def test_a_condition_stays_with_its_result(case: Case) -> None:
    """Half of “had it been inspected, it would stand” is a fact that nobody told."""
    assert differences(case) == []
