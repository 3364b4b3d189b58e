"""Which denials answer which claims, and which they must not answer."""

from __future__ import annotations

import pytest
from merge_stories import Told, digest_of

from summarizer.merging.plain_order import in_plain_order
from summarizer.records.digest import ClaimCluster


def claimed_and_denied(claim: str, denied: str) -> tuple[ClaimCluster, ...]:
    """Clusters of what Ana Ruiz claims and the Coast Guard of Varnland denies, in two articles."""
    first, other = Told("t1", "2026-05-04"), Told("t2", "2026-05-05")
    for told in (first, other):
        told.actor("Norlight", "organization", None, "bank")
        told.actor("Dario Velez", "person", "leader of a gang")
        told.actor("Harbour Guard", "organization")
    first.claim(claim, first.actor("Ana Ruiz"))
    other.claim(denied, other.actor("Paul Otto"), polarity="denied", cues=("denied",))
    return digest_of(first.brief, other.brief).claims


@pytest.mark.parametrize(
    ("claim", "denied"),
    [
        ("Among the dead is Dario Velez, the leader of the Hook gang.", "Dario Velez was among the dead."),
        ("Dario Velez, alias Hook, was among those who escaped from Tolm prison.",
         "Dario Velez was among the escapees."),
        ("The smugglers escaped through a tunnel.", "There was a tunnel."),
        ("Divers found a leak in the hull.", "There was a leak."),
        ("The Harbour Guard staged the blast at the depot.",
         "The Harbour Guard had anything to do with the explosion."),
        ("The Harbour Guard bombed the depot.", "The Harbour Guard took part in the bombing."),
        ("This was a deliberate attack on the fishermen by the Harbour Guard.",
         "The Harbour Guard attacked the fishermen."),
        ("The Harbour Guard bombed the fishermen.", "The Harbour Guard attacked the fishermen."),
        ("Norlight asked the central bank last week for emergency liquidity.",
         "Norlight had asked for help."),
        ("Norlight asked the state for a bailout.", "Norlight had requested support from anyone."),
        ("The country's largest lender, Norlight, asked the state for a loan.",
         "Norlight had asked for help."),
        ("Police shot at the dockers.", "A policeman fired a gun."),
        ("Some of the smugglers have crossed the border.", "Any of them had left the country."),
    ],
)  # fmt: skip
def test_a_denial_meets_what_it_denies(claim: str, denied: str) -> None:
    """Both sides stand in one place: the reader must not have to find the other by himself."""
    clusters = claimed_and_denied(claim, denied)
    assert [one.state for one in clusters] == ["disputed"]


@pytest.mark.parametrize(
    ("claim", "denied"),
    [
        ("Among the dead is Dario Velez, the leader of the Hook gang.",
         "Dario Velez was among the escapees."),
        ("Among the dead is Ivo Brandt, a friend of Dario Velez.", "Dario Velez was among the dead."),
        ("Among the dead is Dario Velez's wife, Ina Solberg.", "Dario Velez was among the dead."),
        ("Dario Velez's lawyer lied to the court.", "Dario Velez lied to the court."),
        ("The smugglers escaped through a gate.", "There was a tunnel."),
        ("The engineer praised the tunnel.", "There was a leak in the tunnel."),
        ("The Harbour Guard condemned the explosion.",
         "The Harbour Guard had anything to do with the explosion."),
        ("The Harbour Guard heard the explosion.",
         "The Harbour Guard had anything to do with the explosion."),
        ("The rebels staged the blast at the depot.",
         "The Harbour Guard had anything to do with the explosion."),
        ("The Harbour Guard staged a parade.", "The Harbour Guard had anything to do with the explosion."),
        ("This was a deliberate attack on the Harbour Guard by the fishermen.",
         "The Harbour Guard attacked the fishermen."),
        ("The Harbour Guard attacked the fishermen.", "The Harbour Guard bombed the fishermen."),
        ("Norlight asked the central bank for help.", "Norlight had asked for a loan."),
        ("The dockers shot at police.", "A policeman fired a gun."),
        ("Officers fired rubber bullets at the dockers.", "Anyone had fired live ammunition."),
        ("Storms hit the fishermen.", "The Harbour Guard attacked the fishermen."),
    ],
)  # fmt: skip
def test_a_denial_of_another_thing_meets_nobody(claim: str, denied: str) -> None:
    """A false meeting says that somebody denies what he never spoke of."""
    assert len(claimed_and_denied(claim, denied)) == 2


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Among the hurt are Ana Ruiz and Ivo Brandt.", "Ana Ruiz and Ivo Brandt are among the hurt"),
        ("Ana Ruiz, who runs the port, was held.", "Ana Ruiz was held."),
        ("The port's new owner, Norlight, sold two ships.", "Norlight sold two ships."),
        ("Two boats sank off Tolm, a town 9 km from the border.", "Two boats sank off Tolm"),
        ("A boat left shortly after 9 a.m. and sank off Tolm.", "A boat left and sank off Tolm."),
        ("This was an air strike on Tolm by the navy.", "The navy attacked Tolm"),
        ("Two smugglers dug a tunnel about 40 metres long.", "Two smugglers dug a tunnel."),
        ("The tunnel is 40 metres long.", "The tunnel is 40 metres long."),
        # Lists, clauses and other sentences stay as they are.
        ("Ana Ruiz, the mayor, and Ivo Brandt were held.", "Ana Ruiz, the mayor, and Ivo Brandt were held."),
        ("In Tolm, a court ruled for the port.", "In Tolm, a court ruled for the port."),
        ("The bridge, Ana Ruiz said, was safe.", "The bridge, Ana Ruiz said, was safe."),
        ("Norlight sold Tolm, the port and a ship.", "Norlight sold Tolm, the port and a ship."),
        ("Among friends Ana Ruiz laughed.", "Among friends Ana Ruiz laughed."),
        ("It was a book on attacks by Ana Ruiz.", "It was a book on attacks by Ana Ruiz."),
    ],
)  # fmt: skip
def test_asides_and_inversions_say_nothing_new(text: str, plain: str) -> None:
    """Only where a name tells whom the aside is about, and what follows shows that it is one."""
    assert in_plain_order(text) == plain


@pytest.mark.parametrize(
    ("a", "b", "voices"),
    [
        ("Norlight is seeking a buyer for its stake in the port.",
         "Norlight wants to sell its stake in the port.", 2),
        ("The league opened a case against Dario Velez.",
         "The league launched disciplinary proceedings against Dario Velez.", 2),
        ("Two boats flew in from the sea, shortly after 9 a.m. and fired four flares "
         "at Tolm, a town 9 km from Vado.",
         "Two boats came in from the sea, shortly after 9 a.m. and fired four flares at Tolm.", 2),
        ("The league opened a case against Dario Velez.",
         "The league dropped the case against Dario Velez.", 1),
        ("The minister quit.", "The deputy minister quit.", 1),
        ("The union called the strike at the port.", "The union called off the strike at the port.", 1),
        ("The tunnel is 40 metres long.", "The tunnel is 12 metres long.", 1),
    ],
)  # fmt: skip
def test_more_wordings_of_one_claim(a: str, b: str, voices: int) -> None:
    """Other words, an aside or an hour make no other claim; another deed does."""
    first, other = Told("t1", "2026-05-04"), Told("t2", "2026-05-05")
    for told, text in ((first, a), (other, b)):
        told.actor("Norlight", "organization")
        told.actor("Dario Velez")
        told.claim(text, told.actor("Ana Ruiz" if told is first else "Paul Otto"))
    assert max(len(one.voices) for one in digest_of(first.brief, other.brief).claims) == voices


def test_two_questions_that_nobody_can_answer_are_one() -> None:
    """Two prints of one wire word the same unknown otherwise."""
    first, other = Told("t1", "2026-05-04"), Told("t2", "2026-05-05")
    for told, text in (
        (first, "It was not clear how many of the dead were Maltese."),
        (other, "It was unclear how many of the victims were Maltese nationals."),
    ):
        told.claim(text, certainty="unknown", cues=("clear",))
    assert len(digest_of(first.brief, other.brief).claims) == 1


def test_a_name_with_a_nickname_in_it_is_the_same_name() -> None:
    """ "Dario 'Hook' Velez" is Dario Velez."""
    first, other = Told("t1"), Told("t2")
    for told in (first, other):
        told.actor("Dario Velez", "person", None, "Hook")
    first.claim("Dario Hook Velez owns the port.", first.actor("Ana Ruiz"))
    other.claim("Dario Velez owns the port.", other.actor("Paul Otto"))
    assert [one.state for one in digest_of(first.brief, other.brief).claims] == ["corroborated"]


def test_an_outlet_that_is_cited_for_its_sources_report_is_no_second_origin() -> None:
    """ "Reuters reported that" in one paper is what sources told Reuters in another."""
    first, other = Told("t1", origin="Reuters"), Told("t2")
    first.claim("Norlight hid a loss.", first.actor("two traders", "group"), sourcing="unnamed")
    other.claim("Norlight hid a loss.", other.actor("Reuters", "organization"))
    (cluster,) = digest_of(first.brief, other.brief).claims
    assert (cluster.state, cluster.origins) == ("single_source", 1)
