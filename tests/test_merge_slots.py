"""What must not be merged although the words agree, and which denials answer which claims."""

from __future__ import annotations

from typing import Any

import pytest
from merge_stories import Told, digest_of

from summarizer.merging.slots import is_silence
from summarizer.records.digest import ClaimCluster


def two_voices(a: str, b: str, **second: Any) -> tuple[ClaimCluster, ...]:
    """Clusters of two claims by two speakers in two articles."""
    first, other = Told("t1", "2026-05-04"), Told("t2", "2026-05-05")
    first.claim(a, first.actor("Ana Ruiz"))
    other.claim(b, other.actor("Juan Perez"), **second)
    return digest_of(first.brief, other.brief).claims


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("A gas leak caused the explosion.", "A faulty battery caused the explosion."),
        ("The landslide was caused by heavy rain.", "The landslide was caused by illegal mining."),
        ("The factory shut due to high costs.", "The factory shut due to weak demand."),
        ("The rebels shelled the town.", "The army shelled the town."),
        ("The landlord sued the tenant.", "The tenant sued the landlord."),
        ("The nurse was assaulted by the doctor.", "The doctor was assaulted by the nurse."),
        ("Norway has closed the embassy.", "The rebels have closed the embassy."),
        ("The talks will resume on Monday.", "The talks will resume on Friday."),
        ("The mine will reopen in March.", "The mine will reopen in October."),
        ("The strike starts on 3 June.", "The strike starts on 17 June."),
        ("The bridge was built in 1994.", "The bridge was built in 1987."),
        ("The engine failed before the landing.", "The engine failed after the landing."),
        ("The suspect acted alone.", "The suspect acted with two accomplices."),
        ("The shooting was an accident.", "The shooting was an ambush."),
        ("Oxley declined to comment.", "A spokesman for Castellan declined to comment."),
        ("The port authority reopened the eastern quay.", "The port authority shut the eastern quay."),
        ("Rebel fighters entered the valley.", "Rebel fighters left the valley."),
        ("The tribunal allowed the sale of the shipyard.", "The tribunal blocked the sale of the shipyard."),
        ("The ministry granted the miner a permit.", "The ministry revoked the permit of the miner."),
        ("Ferry crews began a walkout.", "Ferry crews ended a walkout."),
        ("Prosecutors charged the treasurer with fraud.", "Prosecutors cleared the treasurer of fraud."),
        ("The gang abducted the engineer.", "The gang released the engineer."),
        ("Norway's rival paid a bribe to the mayor.", "Norway paid a bribe to the mayor."),
        ("The wife of Ana Ruiz was arrested.", "Ana Ruiz was arrested."),
        ("The dockers attacked Norway.", "Norway attacked the dockers."),
    ],
)
def test_one_slot_filled_otherwise_is_no_corroboration(a: str, b: str) -> None:
    """Two causes, two culprits or two days must never be shown as confirmed by two origins."""
    assert [cluster.state for cluster in two_voices(a, b)] == ["single_source"] * 2


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("A gas leak caused the explosion.", "The explosion was caused by a gas leak."),
        ("The driver hit the cyclist.", "The cyclist was hit by the driver."),
        ("The quake killed 41 miners.", "Forty-one miners died in the earthquake."),
        ("Soldiers shelled the town.", "Troops bombarded the town."),
        ("The plant will close in June.", "The plant will be shut in June."),
        ("The talks will resume on Monday.", "The talks will be resumed on Monday."),
        ("Guards shot at the crowd.", "Guards opened fire on the crowd."),
        ("Nine inmates broke out of the jail.", "Nine prisoners escaped from the jail."),
        ("The airline asked for a loan.", "The airline requested a loan."),
        ("The club sacked the coach.", "The club dismissed the coach."),
        ("Gunmen kidnapped the bishop.", "Gunmen abducted the bishop."),
        ("The city banned the march.", "The city prohibited the march."),
        ("A militia was behind the blast.", "A militia staged the blast."),
        ("Looters set fire to the depot.", "Looters burned down the depot."),
        ("The court postponed the hearing.", "The court adjourned the hearing."),
    ],
)
def test_other_words_for_the_same_slots_still_corroborate(a: str, b: str) -> None:
    """A veto that parts everything would leave nothing confirmed."""
    assert [cluster.state for cluster in two_voices(a, b)] == ["corroborated"]


def test_a_refusal_to_comment_confirms_nothing_even_word_for_word() -> None:
    """Two papers that were told nothing by one firm know nothing twice."""
    first, other = Told("t1"), Told("t2")
    for told in (first, other):
        told.claim("Oxley declined to comment.")
    digest = digest_of(first.brief, other.brief)
    assert [cluster.state for cluster in digest.claims] == ["single_source"] * 2
    assert not digest.summary


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("The ministry did not immediately respond to a request for comment.", True),
        ("Mr. Wickham did return calls.", True),
        ("The bank could not be reached.", True),
        ("Iran responded to the attack.", False),
        ("The minister refused to resign.", False),
    ],
)
def test_only_silence_is_silence(text: str, silent: bool) -> None:
    """To refuse to resign is news; to refuse to comment is none."""
    assert is_silence(text) is silent


@pytest.mark.parametrize(
    ("claim", "denied"),
    [
        ("Halvern paid the hackers $4 million last week.", "Halvern paying any ransom."),
        ("Halvern dumped chemicals into the river for years.", "Halvern dumping chemicals into the river."),
        ("Halvern bribed officials in three countries.", "Halvern bribing officials."),
        ("Hackers broke into the network of Halvern.", "Halvern’s systems had been breached."),
        ("The Halvern dam had been leaking since May.", "There was a leak."),
        ("Halvern promised in January to drop the bill.", "Halvern having made such a promise."),
    ],
)
def test_a_denial_of_less_answers_the_claim(claim: str, denied: str) -> None:
    """Who denies any ransom denies this one: the reader must see both side by side."""
    first, other = Told("t1"), Told("t2")
    first.actor("Halvern", "organization")
    first.claim(claim, first.actor("Ana Ruiz"))
    other.claim(denied, other.actor("Halvern", "organization"), polarity="denied", cues=("denied",))
    assert [(one.state, one.text) for one in digest_of(first.brief, other.brief).claims] == [
        ("disputed", claim)
    ]


@pytest.mark.parametrize(
    ("claim", "denied"),
    [
        ("Halvern paid a fine.", "Halvern paying any ransom."),
        ("The board of Halvern discussed paying a ransom.", "Halvern paying a ransom."),
        ("Halvern will pay a ransom.", "Halvern paying a ransom in March."),
        ("Halvern bribed officials in Ghana.", "Halvern bribing officials in Kenya."),
        ("The mine closed in May.", "The mine closed in March."),
        ("The mayor knew about the report.", "The governor knowing about the report."),
        ("The minister took money from a builder.", "The builder taking money from the minister."),
        ("The dam broke.", "The dam broke because of poor maintenance."),
    ],
)
def test_a_denial_of_something_else_answers_nothing(claim: str, denied: str) -> None:
    """A wrong dispute is worse than one that is missed."""
    first, other = Told("t1"), Told("t2")
    first.actor("Halvern", "organization")
    first.claim(claim, first.actor("Ana Ruiz"))
    other.claim(denied, other.actor("Halvern", "organization"), polarity="denied", cues=("denied",))
    assert len(digest_of(first.brief, other.brief).claims) == 2


@pytest.mark.parametrize(
    "text",
    [
        "It was untrue that Halvern paid a ransom.",
        "The report that Halvern paid a ransom is false.",
        "Halvern disputed that Halvern paid a ransom.",
    ],
)
def test_what_a_text_calls_untrue_is_denied(text: str) -> None:
    """Read as a plain claim it would confirm what it denies."""
    first, other = Told("t1"), Told("t2")
    first.actor("Halvern", "organization")
    first.claim("Halvern paid a ransom.", first.actor("Ana Ruiz"))
    other.claim(text, other.actor("Halvern", "organization"))
    (cluster,) = digest_of(first.brief, other.brief).claims
    assert cluster.state == "disputed"


def test_a_denial_that_keeps_its_negation_is_not_turned_into_its_opposite() -> None:
    """ "Denied: the quake had nothing to do with it" would say the reverse of what was said."""
    clusters = two_voices(
        "The earthquake triggered the collapse of the dam.",
        "The earthquake had nothing to do with the collapse of the dam.",
        polarity="denied",
        cues=("nothing",),
    )
    assert [(one.state, [voice.polarity for voice in one.voices]) for one in clusters] == [
        ("disputed", ["affirmed", "denied"])
    ]


def test_one_sentence_is_one_origin() -> None:
    """A relative clause that is read in the article's own voice is still the speaker's sentence."""
    sentence = "Perez said the wall, which was removed for a garage, was the cause"
    told = Told("t1")
    speaker = told.actor("Juan Perez")
    told.claim("The wall was removed for a garage.", speaker, quote=sentence)
    brief = told.brief
    own = brief.claims[0].model_copy(
        update={
            "id": "c2",
            "speakers": (),
            "sourcing": "article",
            "text": "The wall was removed for a garage.",
        }
    )
    (cluster,) = digest_of(brief.model_copy(update={"claims": (*brief.claims, own)})).claims
    assert (cluster.state, cluster.origins) == ("single_source", 1)


def test_one_poll_is_one_origin() -> None:
    """Two papers that print one institute's poll have asked nobody themselves."""
    first, other = Told("t1"), Told("t2")
    maker = first.actor("Sondage", "organization")
    first.claim("58% of voters oppose the reform.", maker, sourcing="document")
    other.claim(
        "58% of voters oppose the reform.",
        quote="58% of voters oppose the reform, according to a Sondage poll",
    )
    (cluster,) = digest_of(first.brief, other.brief).claims
    assert (cluster.state, cluster.origins) == ("single_source", 1)


def test_bare_authorities_beside_an_agency_are_no_second_origin() -> None:
    """ "Authorities" may be the very agency: independence has to be known."""
    first, other = Told("t1"), Told("t2")
    first.claim("The dam has burst.", first.actor("authorities", "group"), sourcing="unnamed")
    other.claim("The dam has burst.", other.actor("civil protection agency", "organization"))
    (cluster,) = digest_of(first.brief, other.brief).claims
    assert cluster.state == "single_source"


def test_who_denied_first_and_admits_later_is_told_so() -> None:
    """A reversal is the news, and no open dispute of a firm with itself."""
    first, other = Told("t1", "2026-08-03"), Told("t2", "2026-08-14")
    text = "Seatline’s systems had been breached."
    first.claim(text, first.actor("Seatline", "organization"), polarity="denied", cues=("denied",))
    other.claim(text, other.actor("Seatline", "organization"))
    digest = digest_of(first.brief, other.brief)
    assert (
        digest.summary[0].text == "Seatline says that its systems had been breached, having denied it before."
    )
    assert not digest.open_questions


def test_a_doubt_that_a_later_article_settles_is_no_open_question() -> None:
    """ "Not immediately clear" on Monday is stale when the cause is named on Thursday."""
    first, other = Told("t1", "2026-05-04"), Told("t2", "2026-05-07")
    first.claim(
        "The cause of the collapse was not immediately clear.", certainty="unknown", cues=("not clear",)
    )
    other.claim("The removal of a wall caused the collapse.", other.actor("Ana Ruiz"))
    digest = digest_of(first.brief, other.brief)
    assert not digest.open_questions
    assert not any("not known" in sentence.text for sentence in digest.summary)


@pytest.mark.parametrize(
    ("name", "kind", "text", "told"),
    [
        ("Tomas Ekdal", "person", "Tomas Ekdal slept well.",
         "Tomas Ekdal slept well, by Ekdal’s own account."),
        ("the doctors' union", "organization", "The doctors' union counts 58 dead.",
         "The doctors' union says that it counts 58 dead."),
        ("Prosecutors", "group", "Prosecutors blame the builder.", "Prosecutors blame the builder."),
        ("Prosecutors", "group", "Prosecutors hold two men.", "Prosecutors say that they hold two men."),
    ],
)  # fmt: skip
def test_nobody_is_said_to_say_that_he_says(name: str, kind: str, text: str, told: str) -> None:
    """ "X says that X says that …" is what makes a reader close the page."""
    article = Told("t1")
    article.claim(text, article.actor(name, kind))
    assert digest_of(article.brief).summary[0].text == told


def test_a_denial_of_what_is_included_denies_a_part() -> None:
    """The airline that denies the loss of card data has not denied the break-in."""
    first, other = Told("t1"), Told("t2")
    group = first.actor("Glass Viper", "organization")
    first.claim("Glass Viper stole the passport numbers of travellers, including credit card details.", group)
    other.claim(
        "Credit card details were stolen.",
        other.actor("Aurelia", "organization"),
        polarity="denied",
        cues=("no",),
    )
    (cluster,) = digest_of(first.brief, other.brief).claims
    assert [answer.kind for answer in cluster.answers] == ["partial_denial"]


def test_the_latest_articles_opening_leads() -> None:
    """What stood first three days ago is where the story was, not where it stands."""
    first, other = Told("t1", "2026-03-09"), Told("t2", "2026-03-16")
    first.claim("The Liberals threatened to leave the coalition.", first.actor("Ana Ruiz"))
    other.claim("Varnland will hold an early election in May.", other.actor("Tomas Ekdal"))
    other.claim("Rain fell in the capital.", other.actor("Leo Dahl"))
    summary = digest_of(first.brief, other.brief).summary
    assert summary[0].text == "Tomas Ekdal says that Varnland will hold an early election in May."
