"""Corroboration needs origins that are known to be two: second names, mouths and reprints are none."""

from __future__ import annotations

import pytest
from merge_stories import Told, digest_of

from summarizer.records.digest import ClaimCluster

TEXT = "The tailings dam at Korvas has burst."
Speaker = tuple[str, str, str | None]


def told_by(*speakers: Speaker) -> ClaimCluster:
    """The cluster of one claim that each (name, kind, role) makes in an article of his own."""
    briefs = []
    for number, (name, kind, role) in enumerate(speakers):
        one = Told(f"p{number}", outlet=f"Paper {number}")
        one.claim(TEXT, one.actor(name, kind, role))
        briefs.append(one.brief)
    (cluster,) = digest_of(*briefs).claims
    return cluster


MOUTHS: list[tuple[Speaker, Speaker]] = [
    (("Peru's army", "organization", None), ("Luis Tello", "person", "army spokesman")),
    (("Chad's government", "country", None), ("Issa Doud", "person", "government spokesman")),
    (("health ministry", "organization", None), ("a spokesman for the health ministry", "group", None)),
    (("Halvern", "organization", None), ("a Halvern spokeswoman", "group", None)),
    (("Halvern", "organization", None), ("Ida Moor", "person", "spokeswoman for Halvern")),
    (("mining minister", "person", None), ("Ana Quispe", "person", "mining minister")),
    (("French president", "person", None), ("Emmanuel Macron", "person", "president")),
    (("Ecuador's interior minister", "person", None), ("Rosa Leon", "person", "interior minister")),
    (("police", "group", None), ("police", "group", None)),
    (("the company", "organization", None), ("the company", "group", None)),
    (("the union", "organization", None), ("the union", "organization", None)),
    (("Peru's government", "country", None), ("the government", "group", None)),
    (("Korvas police", "organization", None), ("police", "group", None)),
]


@pytest.mark.parametrize(("one", "other"), MOUTHS)
def test_one_mouth_under_two_names_is_one_origin(one: Speaker, other: Speaker) -> None:
    """A body and its spokesman, an office and its holder, "the government" and the story's only one."""
    assert told_by(one, other).origins == 1
    assert told_by(other, one).origins == 1


APART: list[tuple[Speaker, Speaker]] = [
    (("residents", "group", None), ("residents", "group", None)),
    (("witnesses", "group", None), ("witnesses", "group", None)),
    (("Peru's army", "organization", None), ("Luis Tello", "person", "police spokesman")),
    (("Korvas police", "organization", None), ("Lima police", "organization", None)),
    (("Peru's government", "country", None), ("Dina Rojas", "person", "president of Peru")),
    (("a judge", "person", None), ("Ana Quispe", "person", "judge")),
    (("mining minister", "person", None), ("Ana Quispe", "person", "energy minister")),
    (("former mining minister", "person", None), ("Ana Quispe", "person", "mining minister")),
    (("Halvern", "organization", None), ("a Quillon spokeswoman", "group", None)),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_others_stay_two_origins(one: Speaker, other: Speaker) -> None:
    """What isn't the same body, office or kind keeps its weight."""
    assert told_by(one, other).origins == 2


def test_the_government_of_two_states_is_nobodys() -> None:
    """Where two could be meant, the unnamed one counts for itself."""
    peru, chile = ("Peru's government", "country", None), ("Chile's government", "country", None)
    assert told_by(peru, chile, ("the government", "group", None)).origins == 3


def test_unnamed_people_in_two_prints_of_a_wire_are_one_origin() -> None:
    """Both papers say that the text is the agency's."""
    briefs = []
    for name, outlet, origin in (("one", "Evening Ledger", "Reuters"), ("two", "Daily Post", "Reuters")):
        told = Told(name, outlet=outlet, origin=origin)
        told.claim(TEXT, told.actor("three officials", "group"), sourcing="unnamed")
        briefs.append(told.brief)
    (cluster,) = digest_of(*briefs).claims
    assert (cluster.state, cluster.origins) == ("single_source", 1)


def test_unnamed_people_of_two_agencies_are_two() -> None:
    """Reuters's officials and AFP's may be others."""
    briefs = []
    for name, origin in (("one", "Reuters"), ("two", "AFP")):
        told = Told(name, origin=origin)
        told.claim(TEXT, told.actor("three officials", "group"), sourcing="unnamed")
        briefs.append(told.brief)
    (cluster,) = digest_of(*briefs).claims
    assert cluster.origins == 2


def test_an_outlet_and_the_sources_of_its_report_are_one_origin() -> None:
    """ "Two sources told Reuters" in one paper, "Reuters reported" in another."""
    first, other = Told("one", outlet="Evening Ledger"), Told("two", outlet="Daily Post")
    reuters = first.actor("Reuters", "organization")
    first.claim(TEXT, first.actor("two sources", "group"), via=reuters, sourcing="unnamed")
    other.claim(TEXT, other.actor("Reuters", "organization"))
    (cluster,) = digest_of(first.brief, other.brief).claims
    assert cluster.origins == 1


def test_an_articles_own_words_are_not_the_deniers() -> None:
    """ "The sponsor has left, which the company denies": the denier affirms nothing."""
    sentence = "The sponsor has left, which Halvern denies"
    first, other = Told("one", outlet="Evening Ledger"), Told("two", outlet="Daily Post")
    company = first.actor("Halvern", "organization")
    first.claim("The sponsor has left.", quote=sentence)
    own = first.brief.claims[0]
    denied = own.model_copy(
        update={
            "id": "c2",
            "speakers": (company,),
            "sourcing": "named",
            "polarity": "denied",
            "cues": ("denies",),
        }
    )
    other.claim("The sponsor has left.", other.actor("Ana Quispe"))
    brief = first.brief.model_copy(update={"claims": (own, denied)})
    (cluster,) = digest_of(brief, other.brief).claims
    assert cluster.state == "disputed"
    (mine,) = (voice for voice in cluster.voices if not voice.speakers)
    (theirs,) = (voice for voice in cluster.voices if voice.polarity == "denied")
    assert mine.origin != theirs.origin
