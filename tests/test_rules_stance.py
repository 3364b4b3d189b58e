"""How sure, and yes or no? A lost “not” or “may” turns news around."""

from __future__ import annotations

import pytest
from rules_cases import Case, cases_of, differences, read


@pytest.mark.parametrize("case", cases_of("denial"), ids=str)
def test_a_denial_denies_what_it_names(case: Case) -> None:
    """Who denies must not be quoted as affirming."""
    assert differences(case) == []


@pytest.mark.parametrize(
    "text",
    [
        "The harbour was closed all along, which the ministry denied.",
        "The party's own count put its leader ahead, a claim the commission rejected.",
        "The vote was rigged, something the commission denies.",
        "The tunnel would be closed, something Elin Prosser has ruled out.",
    ],
)
def test_what_is_told_and_denied_in_one_sentence_is_both(text: str) -> None:
    """A denial in an aside must not be swallowed by the statement that it denies."""
    _, brief = read(text)
    told, denied = sorted(brief.claims, key=lambda claim: claim.polarity)
    assert (told.speakers, told.polarity, denied.polarity) == ((), "affirmed", "denied")
    assert told.text == denied.text
    assert len(denied.speakers) == 1


@pytest.mark.parametrize("case", cases_of("negation"), ids=str)
def test_a_negated_statement_is_denied(case: Case) -> None:
    """One small word carries the news."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("denial_in_affirming"), ids=str)
def test_polarity_is_that_of_the_main_statement(case: Case) -> None:
    """The verb may affirm a denial, and a “not” may belong to something else."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("accusations"), ids=str)
def test_an_accusation_is_the_accusers(case: Case) -> None:
    """What somebody is accused of is not established."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("demands"), ids=str)
def test_a_demand_or_promise_stands_as_it_is(case: Case) -> None:
    """“Not to escalate” demands something; it doesn't report that nothing happens."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("certainty_probable"), ids=str)
def test_likely_and_believed_stay_probable(case: Case) -> None:
    """A forecast isn't a fact."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("certainty_possible"), ids=str)
def test_may_and_could_stay_possible(case: Case) -> None:
    """A possibility isn't a forecast."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("hedge_scope"), ids=str)
def test_a_hedge_elsewhere_does_not_weaken_the_statement(case: Case) -> None:
    """Doubt about one thing must not be spread over what is certain."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("look_alikes"), ids=str)
def test_words_that_only_look_like_hedges_or_denials_do_nothing(case: Case) -> None:
    """A plain fact that is printed as doubtful is as wrong as the reverse."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("unknowns"), ids=str)
def test_a_stated_unknown_is_kept_as_unknown(case: Case) -> None:
    """What nobody knows yet is what a reader should watch for."""
    assert differences(case) == []


@pytest.mark.parametrize("case", cases_of("fears_hopes"), ids=str)
def test_fears_are_possible_and_hopes_unknown(case: Case) -> None:
    """Feelings about the future say little about the future."""
    assert differences(case) == []
