"""How far may a reader trust it? A name, an unnamed source, a document and hearsay weigh differently."""

from __future__ import annotations

import pytest
from rules_cases import Case, cases_of, differences


@pytest.mark.parametrize("case", cases_of("unnamed_sources"), ids=str)
def test_a_source_without_a_name_is_marked_unnamed(case: Case) -> None:
    """Who won't be named can't be held to it."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("spokesmen"), ids=str)
def test_a_spokesman_without_a_name_relays_his_body(case: Case) -> None:
    """A body's position is the body's, whoever picks up the telephone."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("documents"), ids=str)
def test_a_document_speaks_for_its_maker(case: Case) -> None:
    """A report is worth as much as who wrote it."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("nested_sources"), ids=str)
def test_what_one_source_relays_is_the_other_sources_word(case: Case) -> None:
    """Hearsay counts once: two papers that relay one official are one source."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("court"), ids=str)
def test_a_trial_keeps_charge_plea_and_finding_apart(case: Case) -> None:
    """To print a charge as a fact is libel."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("interviews"), ids=str)
def test_labelled_answers_are_the_interviewees(case: Case) -> None:
    """Nobody says “she said” in an interview; the label does."""
    assert differences(case) == []
