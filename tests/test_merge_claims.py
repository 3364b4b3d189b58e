"""Claim clusters: who affirms and who denies the same thing, and on how many independent origins."""

from __future__ import annotations

from typing import Any

import pytest
from merge_stories import Told, earthquake, outbreak, takeover

from summarizer.merging import merge
from summarizer.records.brief import Brief
from summarizer.records.digest import ClaimCluster, Coverage


def clusters_of(*briefs: Brief) -> tuple[ClaimCluster, ...]:
    """The claim clusters of a digest."""
    return merge(briefs, Coverage(read=len(briefs))).claims


def two_articles(a: str, b: str, **second: Any) -> tuple[ClaimCluster, ...]:
    """Clusters of one claim each of two articles."""
    first, other = Told("t1"), Told("t2")
    first.claim(a)
    other.claim(b, **second)
    return clusters_of(first.brief, other.brief)


def voices(
    *told: tuple[str | None, str, dict[str, Any]], claim: str = "Halvern will close its plant in Lodz."
) -> ClaimCluster:
    """The cluster of one claim that each (speaker, kind, fields) makes in an article of his own."""
    briefs = []
    for number, (speaker, kind, fields) in enumerate(told):
        article = fields.pop("article", {})
        one = Told(f"v{number}", **article)
        speakers = [one.actor(speaker, kind)] if speaker else []
        if isinstance(fields.get("via"), str):
            fields["via"] = one.actor(fields["via"], "organization")
        one.claim(fields.pop("text", claim), *speakers, **fields)
        briefs.append(one.brief)
    found = clusters_of(*briefs)
    assert len(found) == 1
    return found[0]


SAME = [
    ("Russia plans to invade Ukraine.", "Russia is planning an invasion of Ukraine."),
    ("Russia plans to invade Ukraine.", "Russia intends to attack Ukraine."),
    (
        "The United States has evidence that Russia is preparing an attack on Ukraine.",
        "Russia plans to attack Ukraine.",
    ),
    ("Russia is set to invade Ukraine.", "A Russian invasion of Ukraine is imminent."),
    (
        "Vladimir Putin has made up his mind to invade Ukraine.",
        "Vladimir Putin has decided to invade Ukraine.",
    ),
    ("Halvern will close its plant in Lodz.", "Halvern's plant in Lodz will be shut."),
    ("Brandwell is preparing a takeover offer for Quillon.", "Brandwell is preparing a bid to buy Quillon."),
    ("The quake killed at least 41 people.", "At least 41 people died in the earthquake."),
    ("Rescuers arrived late in the villages.", "Rescue teams were late in reaching the villages."),
    ("The authorities are hiding cases of the fever.", "The authorities are concealing fever cases."),
    ("Russia annexed Crimea in 2014.", "Crimea was annexed by Russia in 2014."),
    ("Inflation fell to 2.4 percent in May.", "Inflation dropped to 2.4 percent in May."),
    ("The company has breached its covenants.", "The company's covenants have been breached."),
    ("The hotel neglected its cooling tower.", "The hotel's cooling tower was neglected."),
    (
        "A strike costs between $2 million and $3 million a day.",
        "The strike costs Bayline $2.5 million a day.",
    ),
]
DIFFERENT = [
    ("Russia plans to invade Ukraine.", "Russia plans to leave the treaty."),
    ("Russia plans to invade Ukraine.", "Russia will invade Ukraine."),
    ("Russia should invade Ukraine.", "Russia can invade Ukraine."),
    ("Russia plans to attack Ukraine.", "Ukraine plans to attack Russia."),
    ("Russian troops are gathering near Ukraine.", "Ukrainian troops are gathering near Russia."),
    ("Russia has 94,000 troops near Ukraine.", "Russia has 122,000 troops near Ukraine."),
    ("The quake killed 41 people.", "The quake injured 41 people."),
    ("The quake killed at least 41 people.", "The quake killed at least 97 people."),
    ("Halvern's profit rose in the first quarter.", "Halvern's profit fell in the first quarter."),
    ("Brandwell will raise its offer for Quillon.", "Quillon will reject the offer of Brandwell."),
    ("The United States supports Ukraine.", "The United States supports Germany."),
    ("The talks will be held in Geneva.", "The talks will be held in Brussels."),
    ("The court upheld the verdict.", "The court fined the company."),
    ("The buildup of troops near Ukraine is a threat.", "The buildup of troops near Ukraine is continuing."),
    ("The Keban dam was damaged.", "The market in Maricao was damaged."),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_proposition_in_two_wordings_is_one(a: str, b: str) -> None:
    """Two papers never word it alike."""
    assert len(two_articles(a, b)) == 1
    assert len(two_articles(b, a)) == 1


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_what_can_be_true_alone_stays_apart(a: str, b: str) -> None:
    """Another number, another actor, another direction or another kind of statement is another claim."""
    assert len(two_articles(a, b)) == 2


def test_a_denial_joins_what_it_denies() -> None:
    """ "Russia denies it plans to invade" stands beside "Russia is planning an invasion"."""
    one = voices(
        (
            "American intelligence",
            "organization",
            {"text": "Russia is planning an invasion of Ukraine.", "certainty": "possible"},
        ),
        ("Russia", "country", {"text": "Russia plans to invade Ukraine.", "polarity": "denied"}),
    )
    assert one.state == "disputed"
    assert len(one.affirm) == len(one.deny) == 1
    assert one.affirm != one.deny


def test_a_negated_text_that_is_affirmed_is_a_denial() -> None:
    """ "The rescuers were not late" denies "the rescuers were late", whatever the polarity field says."""
    one = voices(
        ("residents", "group", {"text": "Rescuers arrived late in the villages."}),
        ("Kemal Aydin", "person", {"text": "Rescuers did not arrive late in the villages."}),
    )
    assert one.text == "Rescuers arrived late in the villages."
    assert [voice.polarity for voice in one.voices] == ["affirmed", "denied"]
    assert one.state == "disputed"


def test_negation_in_a_subordinate_clause_denies_nothing() -> None:
    """ "NATO should guarantee that it will not expand" is a demand, not a denial."""
    one = voices(
        ("Russia", "country", {"text": "NATO should guarantee that it will not expand to Ukraine."}),
        ("Sergei Lavrov", "person", {"text": "NATO should guarantee that it will not expand to Ukraine."}),
    )
    assert one.state == "corroborated"


def test_each_voice_keeps_its_certainty() -> None:
    """A hedge in one article isn't lost beside a plain statement in another."""
    one = voices(
        ("Anna Lindqvist", "person", {}),
        ("union leaders", "group", {"certainty": "possible", "cues": ("may",)}),
    )
    assert [voice.certainty for voice in one.voices] == ["certain", "possible"]


def test_who_does_not_know_is_on_no_side() -> None:
    """ "We do not know whether" affirms nothing and counts as no origin."""
    one = voices(("Anna Lindqvist", "person", {"certainty": "unknown"}))
    assert (one.affirm, one.deny, one.origins, one.state) == ((), (), 0, "single_source")


def test_what_is_only_denied_has_no_origin() -> None:
    """Nobody says it."""
    one = voices(("Anna Lindqvist", "person", {"polarity": "denied"}))
    assert (one.affirm, one.origins, one.state) == ((), 0, "single_source")


def test_two_relays_of_one_ministry_are_one_origin() -> None:
    """Two papers on one statement of a ministry corroborate nothing."""
    one = voices(
        ("Ukrainian Defense Ministry", "organization", {"via": "CNN", "sourcing": "document"}),
        ("Ministry of Defence of Ukraine", "organization", {"via": "Interfax"}),
    )
    assert (one.origins, one.state) == (1, "single_source")


def test_two_relays_of_one_report_of_unnamed_people_are_one_origin() -> None:
    """Whoever told CNN, it is CNN's one report."""
    one = voices(
        ("sources", "group", {"via": "CNN", "sourcing": "unnamed"}),
        ("security officials", "group", {"via": "CNN", "sourcing": "unnamed"}),
    )
    assert (one.origins, one.state) == (1, "single_source")


def test_an_outlets_report_and_its_relay_are_one_origin() -> None:
    """The outlet's own article and another that relays it."""
    one = voices(
        (
            "people familiar with the matter",
            "group",
            {"article": {"outlet": "Bloomberg"}, "sourcing": "unnamed"},
        ),
        ("sources", "group", {"via": "Bloomberg", "sourcing": "unnamed"}),
    )
    assert one.origins == 1


def test_unnamed_people_of_two_reports_are_two_origins() -> None:
    """CNN's sources and Reuters' sources may be different people."""
    one = voices(("sources", "group", {"via": "CNN"}), ("sources", "group", {"via": "Reuters"}))
    assert (one.origins, one.state) == (2, "corroborated")


def test_two_statements_of_one_actor_are_one_origin() -> None:
    """Repeating oneself is no corroboration."""
    one = voices(
        ("Anna Lindqvist", "person", {"article": {"date": "2025-09-08"}}),
        ("Anna Lindqvist", "person", {"article": {"date": "2025-09-10"}}),
    )
    assert (one.origins, one.state) == (1, "single_source")


def test_own_voices_of_two_articles_are_two_origins() -> None:
    """Each paper answers for its own."""
    one = voices((None, "", {}), (None, "", {}))
    assert (one.origins, one.state, one.affirm) == (2, "corroborated", ())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"origin": "Bloomberg"}, {"origin": "Bloomberg"}),
        ({"origin": "Bloomberg"}, {"outlet": "Bloomberg"}),
        ({"outlet": "Evening Ledger"}, {"outlet": "Evening Ledger"}),
        ({"outlet": "Daily Mirror"}, {"outlet": "Manchester Evening News"}),
    ],
)
def test_own_voices_of_one_outlet_or_publisher_are_one_origin(
    first: dict[str, str], second: dict[str, str]
) -> None:
    """A paper that relays an agency adds nothing to the agency, nor do sister papers to each other."""
    assert voices((None, "", {"article": first}), (None, "", {"article": second})).origins == 1


def test_an_article_that_relays_an_outlet_and_the_outlet_as_a_speaker_are_one() -> None:
    """ "CNN reported that" in one paper, and a paper that is all CNN's."""
    one = voices(("CNN", "organization", {}), (None, "", {"article": {"origin": "CNN"}}))
    assert one.origins == 1


def test_a_reprint_is_no_second_origin() -> None:
    """The same sentence, word for word, in two papers comes from one desk."""
    sentence = "Halvern, the Swedish lockmaker, will close its plant in Lodz by the end of the year."
    one = voices((None, "", {"quote": sentence}), (None, "", {"quote": sentence}))
    assert one.origins == 1


def test_a_joint_statement_is_one_origin_for_each_speaker() -> None:
    """The US and its allies said so together: two speakers."""
    told = Told("joint")
    states = [told.actor("United States", "country"), told.actor("Germany", "country")]
    told.claim("Russia will face massive consequences.", *states)
    (one,) = clusters_of(told.brief)
    assert (one.origins, len(one.affirm)) == (2, 2)


def test_one_speakers_two_claims_in_one_article_are_two() -> None:
    """The article lists them apart because they are apart."""
    told = Told("two")
    speaker = told.actor("Anna Lindqvist")
    told.claim("Halvern will close its plant in Lodz.", speaker)
    told.claim("Halvern will close its offices in Lodz.", speaker)
    assert len(clusters_of(told.brief)) == 2


def test_the_clusters_text_is_a_claim_of_an_article() -> None:
    """The digest words no proposition by itself."""
    for story in (earthquake, takeover, outbreak):
        texts = {claim.text for brief in story() for claim in brief.claims}
        assert {one.text for one in clusters_of(*story())} <= texts


def test_the_quake_story() -> None:
    """Residents against the minister in two articles; the dam is doubted by one and unharmed for another."""
    found = {one.text: one for one in clusters_of(*earthquake())}
    late = found["Rescuers arrived late in the villages."]
    assert (late.state, late.origins, len(late.deny)) == ("disputed", 1, 1)
    assert {voice.member for voice in late.voices} == {"quake-a/c2", "quake-a/c3", "quake-b/c2"}
    dam = next(one for text, one in found.items() if "Keban" in text)
    assert (dam.state, len(dam.voices), dam.affirm) == ("single_source", 2, ())


def test_the_takeover_story() -> None:
    """One report of Bloomberg's, told by itself and relayed, denied by the bidder."""
    bid = next(one for one in clusters_of(*takeover()) if one.state == "disputed")
    assert {voice.member for voice in bid.voices} == {"bid-a/c1", "bid-b/c1", "bid-b/c2"}
    assert (bid.origins, len(bid.deny)) == (1, 1)


def test_the_outbreak_story() -> None:
    """Doctors in two articles are two unnamed groups; the ministry rejects what they say."""
    hiding = next(one for one in clusters_of(*outbreak()) if one.state == "disputed")
    assert (hiding.origins, len(hiding.affirm), len(hiding.deny)) == (2, 2, 1)
