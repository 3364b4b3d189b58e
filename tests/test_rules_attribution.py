"""Who said it? A statement that is laid into the wrong mouth is the worst error of a news summary."""

from __future__ import annotations

import pytest
from rules_cases import Case, cases_of, differences


@pytest.mark.parametrize("case", cases_of("attribution_before"), ids=str)
def test_the_speaker_before_the_verb_owns_what_follows(case: Case) -> None:
    """The commonest way of news to say whose word it is."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("attribution_after"), ids=str)
def test_the_speaker_after_a_comma_owns_what_comes_before(case: Case) -> None:
    """Agencies put the news first and its source last; the source must not get lost."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("attribution_inside"), ids=str)
def test_an_attribution_inside_owns_both_sides(case: Case) -> None:
    """What follows the interruption is still somebody's word, not the paper's."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("according_to"), ids=str)
def test_according_to_names_the_source(case: Case) -> None:
    """A figure or fact with its source cut off looks like established truth."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("inverted_subject"), ids=str)
def test_a_subject_after_its_verb_still_speaks(case: Case) -> None:
    """“Said X” and “X said” tell a reader the same."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("apposition"), ids=str)
def test_words_between_speaker_and_verb_do_not_part_them(case: Case) -> None:
    """Readers are told who somebody is before they are told what he says."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("pronoun_speakers"), ids=str)
def test_a_pronoun_speaks_for_whom_it_stands(case: Case) -> None:
    """Most of what a person says in an article follows “he” or “she”."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("definite_speakers"), ids=str)
def test_a_description_speaks_for_whom_it_describes(case: Case) -> None:
    """“The company” must not become a second company."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("quotation_runs"), ids=str)
def test_a_quotation_over_several_sentences_keeps_its_speaker(case: Case) -> None:
    """Only the first or last sentence of a quotation has the name beside it."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("quote_marks"), ids=str)
def test_awkward_quotation_marks_still_quote(case: Case) -> None:
    """Copied and translated pages turn, drop and mix up quotation marks."""
    assert differences(case) == []
