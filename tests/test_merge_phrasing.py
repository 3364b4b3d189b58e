"""The English of a digest: clauses, names, dates and numbers as an analyst would write them."""

from __future__ import annotations

import pytest

from summarizer.merging.phrasing import (
    as_clause,
    as_object,
    as_question,
    is_plural,
    named,
    number_words,
    say_date,
    with_article,
)


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        ("The quake killed 41 people.", "the quake killed 41 people"),
        ("Russia plans to invade.", "Russia plans to invade"),
        ("NATO should act.", "NATO should act"),
        ("Rescuers were late.", "rescuers were late"),
        ("Will Smith resigned.", "Will Smith resigned"),
        ("U.S. officials left.", "U.S. officials left"),
        ("A strike is costly.", "a strike is costly"),
        ("More than 5 died.", "more than 5 died"),
    ],
)
def test_a_sentence_becomes_a_clause(sentence: str, clause: str) -> None:
    """Only the capital that begins a sentence goes."""
    assert as_clause(sentence) == clause


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("White House", "the White House"),
        ("Russia", "Russia"),
        ("United States", "the United States"),
        ("US officials", "US officials"),
        ("Police", "police"),
        ("Bank of Norland", "the Bank of Norland"),
        ("electoral commission", "the electoral commission"),
        ("source in the palace", "a source in the palace"),
        ("The West", "the West"),
        ("Halvern AB", "Halvern AB"),
        ("NATO", "NATO"),
    ],
)
def test_names_take_their_articles(name: str, inside: str) -> None:
    """ "The White House says", "police say"."""
    assert named(name) == inside


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2022-01-19", "19 January 2022"),
        ("2021-12", "December 2021"),
        ("2014", "2014"),
        ("2022-02-10/2022-02-20", "10–20 February 2022"),
    ],
)
def test_dates_are_said_in_words(iso: str, words: str) -> None:
    """Readers don't speak ISO."""
    assert say_date(iso) == words


def test_small_pieces_of_english() -> None:
    """Plural verbs, articles before measures, numbers without their nouns."""
    assert is_plural("US officials")
    assert not is_plural("a source in the Biden administration")
    assert as_object("chance of a tremor") == ("the chance of a tremor", False)
    assert as_object("economic losses from the quake") == ("economic losses from the quake", True)
    assert as_object("Norland's growth") == ("Norland's growth", False)
    assert number_words("up to 175,000 servicemen", "count") == "up to 175,000"
    assert number_words("more than 127 thousand soldiers", "count") == "more than 127 thousand"
    assert number_words("a dozen Su-35 fighter jets", "count") == "a dozen Su-35 fighter jets"
    assert number_words("about 260 km (160 mi)", "km") == "about 260 km (160 mi)"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Vladimir Putin has decided to invade.", "whether Vladimir Putin has decided to invade"),
        ("It is known how many troops are moved.", "how many troops are moved"),
        ("It is known that the dam broke.", "whether the dam broke"),
        ("The source of the outbreak is known.", "what the source of the outbreak is"),
        ("If Putin decided.", "whether Putin decided"),
        ("How many people died.", "how many people died"),
    ],
)
def test_a_doubted_claim_becomes_a_question(text: str, question: str) -> None:
    """What isn't known is asked, never said."""
    assert as_question(text) == question


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Western diplomat", "a Western diplomat"),
        ("engineer at a rival company", "an engineer at a rival company"),
        ("UN panel of experts", "a UN panel of experts"),
        ("US officials", "US officials"),
        ("the Harcastle family", "the Harcastle family"),
        ("Hamas", "Hamas"),
    ],
)
def test_descriptions_take_an_article(name: str, inside: str) -> None:
    """ "A Western diplomat says", not "Western diplomat says"."""
    assert with_article(name) == inside


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("up to 175,000 servicemen", "up to 175,000"),
        ("At least 12 people", "at least 12"),
        ("between 5,000 and 6,000 people", "between 5,000 and 6,000"),
        ("5-6 million people", "5-6 million"),
        ("up to 6.5m customers", "up to 6.5m customers"),
        ("1.2bn users", "1.2bn users"),
        ("2,000-plus troops", "2,000-plus troops"),
        ("12\u00a0000 people", "12\u00a0000"),
        ("half of the 30 tanks", "half of the 30 tanks"),
        ("a dozen jets", "a dozen jets"),
    ],
)
def test_a_number_is_never_cut(quote: str, shown: str) -> None:
    """Half of a numeral is another number: 6.5m customers were told as "up to 6"."""
    assert number_words(quote, "count") == shown


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ecuador's interior minister", "Ecuador's interior minister"),
        ("the miners’ lawyer", "the miners’ lawyer"),
        ("his lawyer", "his lawyer"),
        ("interior minister", "an interior minister"),
        ("Western diplomat", "a Western diplomat"),
    ],
)
def test_a_description_takes_an_article_only_where_it_has_none(name: str, written: str) -> None:
    """ "An Ecuador's interior minister says" is no English."""
    assert with_article(name) == written
