"""The country table: the many forms by which news names one state."""

from __future__ import annotations

import pytest

from summarizer.text.countries import countries


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("US", "United States"),
        ("the U.S.", "United States"),
        ("America", "United States"),
        ("UK", "United Kingdom"),
        ("Britain", "United Kingdom"),
        ("the Russian Federation", "Russia"),
        ("Czechia", "Czech Republic"),
        ("Türkiye", "Turkey"),
        ("Burma", "Myanmar"),
        ("the Netherlands", "Netherlands"),
        ("Cote d’Ivoire", "Ivory Coast"),
        ("UKRAINE", "Ukraine"),
        ("Kosovo", "Kosovo"),
    ],
)
def test_every_usual_name_leads_to_one_country(form: str, name: str) -> None:
    """Two articles that write US and United States speak of one actor."""
    found = countries().by_name(form)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("form", "alpha2"),
    [
        ("Moscow", "RU"),
        ("the Kremlin", "RU"),
        ("Kiev", "UA"),
        ("Kyiv", "UA"),
        ("Washington", "US"),
        ("Beijing", "CN"),
    ],
)
def test_a_metonym_leads_to_its_government(form: str, alpha2: str) -> None:
    """ "Moscow said" is a statement of Russia."""
    found = countries().by_metonym(form)
    assert found is not None
    assert found.alpha2 == alpha2


@pytest.mark.parametrize(
    "form", ["us", "the White House", "Brussels", "Downing Street", "polish", "turkey", ""]
)
def test_what_is_no_country_is_not_found(form: str) -> None:
    """A pronoun, a named office or the seat of the European Union must not become a state."""
    assert countries().by_name(form) is None
    assert countries().by_metonym(form) is None


def test_adjectives_and_peoples() -> None:
    """Demonyms tell whose minister, soldier or firm is meant."""
    table = countries()
    assert table.by_adjective("Dutch") == table.by_name("Netherlands")
    assert table.by_word("Danes") == table.by_name("Denmark")
    assert table.by_adjective("Congolese") == table.by_code("CD")
    assert table.lookup("Britons") == table.by_code("GB")


def test_the_table_is_complete_and_consistent() -> None:
    """Every state has codes and a name of its own; no name belongs to two states."""
    table = countries().countries
    states = [country for country in table if not country.territory]
    assert 193 + 3 <= len(states) <= 200
    names = [form for country in table for form in country.names]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(country.alpha2) == 2 and len(country.alpha3) == 3 for country in table)
    # "Congolese" and "Dominican" go to the larger neighbour.
    assert [country.alpha2 for country in states if not country.adjectives] == ["CG", "DM"]
