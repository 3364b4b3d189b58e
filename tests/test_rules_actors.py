"""Who takes part? One participant under several names is one, and a place is none."""

from __future__ import annotations

import pytest
from rules_cases import Case, cases_of, differences


@pytest.mark.parametrize("case", cases_of("persons"), ids=str)
def test_a_person_is_one_under_title_and_surname(case: Case) -> None:
    """A man and his surname must not be counted as two witnesses, nor a couple as one."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("organizations"), ids=str)
def test_an_organization_is_one_under_full_name_and_acronym(case: Case) -> None:
    """The same regulator under two names looks like two."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("countries"), ids=str)
def test_a_capital_stands_for_its_state(case: Case) -> None:
    """“Moscow said” and “Russia said” are one position."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("places"), ids=str)
def test_a_place_that_is_only_a_place_is_no_actor(case: Case) -> None:
    """Geneva, where they met, had no say."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("ministries"), ids=str)
def test_a_ministry_is_one_in_all_wordings(case: Case) -> None:
    """Its names differ by paper and translator."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("groups"), ids=str)
def test_unnamed_people_who_speak_are_a_group(case: Case) -> None:
    """Witnesses and officials are sources, if weak ones."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("roles"), ids=str)
def test_a_role_is_what_the_article_says_somebody_is(case: Case) -> None:
    """A former president must not read as the president, nor “its” chief as nobody's."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("descriptions"), ids=str)
def test_a_description_is_a_name_only_of_whom_it_can_mean(case: Case) -> None:
    """A court that is also called “the charity” would speak for both."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("things"), ids=str)
def test_a_name_of_a_thing_is_no_actor(case: Case) -> None:
    """A storm, a law and a drug have no say."""
    assert differences(case) == []
