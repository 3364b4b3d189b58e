"""The digest as a whole: what an analyst must see in it, and what holds for any briefs."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
from merge_stories import Told, earthquake, outbreak, takeover

from summarizer.evaluation.dataset import load_digest, load_labels
from summarizer.evaluation.digest import score_digest
from summarizer.evaluation.partners import same_items
from summarizer.evaluation.perfect import brief_of
from summarizer.evaluation.prose import check_prose, cited_in_digest
from summarizer.merging import merge
from summarizer.records.brief import Brief, Evidence
from summarizer.records.digest import Coverage, Digest
from summarizer.schemas import validate_document

GOLD = Path(__file__).parent.parent / "evals" / "gold"
STORIES = [earthquake, takeover, outbreak]


def digest_of(*briefs: Brief) -> Digest:
    """The digest of some briefs."""
    return merge(briefs, Coverage(read=len(briefs)))


@pytest.fixture(scope="module")
def labelled() -> Digest:
    """The digest of the five labelled articles."""
    return digest_of(*(brief_of(gold) for gold in load_labels(GOLD).values()))


def test_an_analyst_sees_the_troop_figures_in_one_series_with_reasons(labelled: Digest) -> None:
    """From about 70 thousand to more than 127 thousand, land forces only among them, and why they differ."""
    main = labelled.figures[0]
    assert {point.value for point in main.points} == {94000, 120000, 122000, 106000, 127000, 70000, 100000}
    assert len(main.relations) == len(main.points) * (len(main.points) - 1) // 2
    assert {one.relation for one in main.relations} == {
        "agree",
        "differ_in_scope",
        "differ_in_time",
        "differ_in_source",
    }
    assert any("land forces only" in one.reason for one in main.relations)
    assert any("within 200 kilometers" in one.reason for one in main.relations)


def test_an_analyst_sees_the_scenario_and_the_equal_numbers_apart(labelled: Digest) -> None:
    """175,000 is a possibility; 125,000 Ukrainian troops and 125 thousand recruits are two other things."""
    scenario = next(one for one in labelled.figures if {point.value for point in one.points} == {175000})
    assert (scenario.status, len(scenario.points)) == ("possible", 2)
    equal = [one for one in labelled.figures if any(point.value == 125000 for point in one.points)]
    assert [len(one.points) for one in equal] == [1, 1]


def test_an_analyst_sees_that_russia_denies_what_the_us_alleges(labelled: Digest) -> None:
    """Both sides stand in one cluster, in the summary too."""
    names = {one.id: one.name for one in labelled.actors}
    disputed = [one for one in labelled.claims if one.state == "disputed"]
    sides = [
        ({names[one] for one in cluster.affirm}, {names[one] for one in cluster.deny}) for cluster in disputed
    ]
    assert ({"United States"}, {"Russia", "Sergei Lavrov"}) in sides
    assert any("American intelligence" in affirm and "Russia" in deny for affirm, deny in sides)
    assert any("Russia" in one.text and "deny" in one.text for one in labelled.summary)


def test_an_analyst_sees_that_the_decision_is_unknown(labelled: Digest) -> None:
    """Nobody knows whether Putin has decided; the digest doesn't either."""
    questions = [one for one in labelled.open_questions if one.kind == "stated_unknown"]
    assert any(
        "Vladimir Putin has made the decision" in one.text and "Antony Blinken" in one.text
        for one in questions
    )


def test_the_labelled_story_is_merged_as_well_as_promised(labelled: Digest) -> None:
    """The floor under which a change of the rules counts as damage."""
    gold = load_labels(GOLD)
    wanted = load_digest(GOLD, gold)
    assert wanted is not None
    counts = score_digest(labelled, wanted, gold, same_items(gold))

    def f1(prefix: str) -> float:
        right = counts[f"{prefix}_right"]
        return 2 * right / (counts[f"{prefix}_predicted"] + counts[f"{prefix}_gold"])

    precision = counts["actor_clusters.b3_precision_sum"] / counts["actor_clusters.members_predicted"]
    recall = counts["actor_clusters.b3_recall_sum"] / counts["actor_clusters.members_gold"]
    assert 2 * precision * recall / (precision + recall) >= 0.95
    assert f1("series.links") >= 0.90
    assert counts["relations.right"] / counts["relations.gold"] >= 0.85
    assert f1("propositions.disputes") >= 0.85
    assert counts["propositions.origins_right"] / counts["propositions.gold"] >= 0.85
    assert f1("propositions.links") >= 0.80


def check(digest: Digest, briefs: tuple[Brief, ...]) -> None:
    """What holds for any digest of any briefs."""
    validate_document(digest.to_dict(), "digest")
    for part, clusters in (("actors", digest.actors), ("figures", digest.figures), ("claims", digest.claims)):
        members = sorted(member for one in clusters for member in one.members)
        wanted = sorted(f"{brief.article.id}/{item.id}" for brief in briefs for item in getattr(brief, part))
        assert members == wanted
    ids = {one.id for one in (*digest.actors, *digest.figures, *digest.claims)}
    for sentence in (*digest.summary, *digest.open_questions):
        assert set(sentence.cites) <= ids
    counts, faults = check_prose(digest.summary, cited_in_digest(digest), "summary")
    assert not faults, (faults, counts)
    for series in digest.figures:
        assert len({point.status == "actual" for point in series.points}) == 1


@pytest.mark.parametrize("story", STORIES)
def test_a_summary_says_nothing_that_it_does_not_cite(story: Any) -> None:
    """Numbers with their bounds, names and hedges all come from what is cited."""
    briefs = story()
    digest = digest_of(*briefs)
    check(digest, briefs)
    assert 4 <= len(digest.summary) <= 7


def test_the_labelled_summary_says_nothing_that_it_does_not_cite(labelled: Digest) -> None:
    """The same for the five articles."""
    check(labelled, tuple(brief_of(gold) for gold in load_labels(GOLD).values()))
    assert 4 <= len(labelled.summary) <= 7


def test_no_figure_of_a_summary_is_a_sum_or_a_mean() -> None:
    """Two sources' tolls of 160 and 210 never become 370 or 185."""
    text = " ".join(one.text for one in digest_of(*earthquake()).summary)
    told = {
        number
        for brief in earthquake()
        for figure in brief.figures
        for number in re.findall(r"\d[\d,.]*\d|\d", figure.evidence[0].quote)
    }
    claimed = {
        number
        for brief in earthquake()
        for claim in brief.claims
        for number in re.findall(r"\d[\d,.]*\d|\d", claim.text)
    }
    assert set(re.findall(r"\d[\d,.]*\d|\d", text)) <= told | claimed


def test_a_single_source_is_one_source() -> None:
    """ "Sources say" is kept for more than one of them."""
    told = Told("single")
    told.claim(
        "Halvern will close its plant.",
        told.actor("a source close to the board", "group"),
        sourcing="unnamed",
    )
    (sentence,) = digest_of(told.brief).summary
    assert sentence.text == "A source close to the board says that Halvern will close its plant."


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "Anna Lindqvist says that Halvern will close its plant."),
        ({"certainty": "probable"}, "Anna Lindqvist considers it likely that Halvern will close its plant."),
        (
            {"certainty": "possible"},
            "Anna Lindqvist considers it possible that Halvern will close its plant.",
        ),
        ({"polarity": "denied"}, "Anna Lindqvist denies that Halvern will close its plant."),
        (
            {"certainty": "unknown"},
            "It is not known whether Halvern will close its plant, according to Anna Lindqvist.",
        ),
        (
            {"certainty": "unknown", "cues": ("hopes",)},
            "Anna Lindqvist hopes that Halvern will close its plant.",
        ),
        (
            {"certainty": "unknown", "cues": ("did not say whether",)},
            "Anna Lindqvist does not say whether Halvern will close its plant.",
        ),
    ],
)
def test_hedges_and_denials_are_kept(fields: dict[str, Any], text: str) -> None:
    """The verb says how sure the speaker is."""
    told = Told("hedge")
    told.claim("Halvern will close its plant.", told.actor("Anna Lindqvist"), **fields)
    assert [one.text for one in digest_of(told.brief).summary] == [text]


def test_an_article_that_doubts_is_no_article_that_knows() -> None:
    """A paper's own "fears are mounting that" isn't written as a fact."""
    told = Told("own")
    told.claim("Russia will invade Ukraine.", certainty="possible", cues=("fears",))
    assert [one.text for one in digest_of(told.brief).summary] == [
        "It is reported as possible that Russia will invade Ukraine."
    ]


def test_open_questions_name_both_sides() -> None:
    """A contradiction of claims, one of figures, and a doubt."""
    questions = [one.text for one in digest_of(*earthquake()).open_questions]
    assert (
        "Whether rescuers arrived late in the villages: residents say so; Kemal Aydın denies it." in questions
    )
    assert (
        "The number of people killed by the quake: 160 (Türkiye's disaster agency) "
        "against more than 210 (the Red Crescent)." in questions
    )
    assert any("Keban dam" in one and "not known" in one for one in questions)


def test_the_timeline_is_in_order_and_tells_stated_from_inferred_dates() -> None:
    """A date in full is stated; "on Tuesday" is inferred; what is only possible is no event."""
    told = Told("time", "2025-05-06")
    told.claim("The bridge was opened in 1973.", when="1973", quote="The bridge was opened in 1973.")
    told.claim("The bridge collapsed.", when="2025-05-03", quote="The bridge collapsed on Saturday.")
    told.claim(
        "Repairs will begin on 2 June.", when="2025-06-02", quote="Repairs will begin on June 2, 2025."
    )
    told.claim(
        "A second bridge will collapse.",
        when="2025-05-07",
        certainty="possible",
        quote="A second bridge may collapse on Wednesday.",
    )
    told.claim("The bridge is closed.", when="2025-05-06", quote="The bridge is closed.")
    told.claim("The mayor resigned.", when="2025-05-06", quote="The mayor resigned.")
    timeline = digest_of(told.brief).timeline
    assert [(one.date, one.basis) for one in timeline] == [
        ("1973", "stated"),
        ("2025-05-03", "inferred"),
        ("2025-05-06", "stated"),
        ("2025-06-02", "stated"),
    ]
    assert timeline[2].text == "The mayor resigned."


def test_one_event_in_two_articles_is_told_once() -> None:
    """With the claims of both, at the most exact date."""
    first, second = Told("e1", "2025-05-06"), Told("e2", "2025-05-09")
    first.claim("The bridge in Lodz collapsed.", when="2025-05-03")
    second.claim("The bridge in Lodz collapsed.", when="2025-05")
    (event,) = digest_of(first.brief, second.brief).timeline
    assert (event.date, event.claims) == ("2025-05-03", ("e1/c1", "e2/c1"))


@pytest.mark.parametrize("story", STORIES)
def test_the_order_of_briefs_never_matters(story: Any) -> None:
    """The same articles give the same digest, to the byte."""
    briefs = list(story())
    first = digest_of(*briefs).to_json()
    for seed in range(5):
        random.Random(seed).shuffle(briefs)
        assert digest_of(*briefs).to_json() == first


def test_a_brief_given_twice_counts_once() -> None:
    """A duplicate corroborates nothing."""
    briefs = earthquake()
    assert digest_of(*briefs, briefs[0]).claims == digest_of(*briefs).claims


def test_identical_articles_under_two_names_corroborate_nothing_in_their_long_sentences() -> None:
    """A reprint has other ids but the same words."""
    digests = []
    for names in (("r1",), ("r1", "r2")):
        briefs = []
        for name in names:
            told = Told(name)
            told.claim("The lockmaker Halvern will close its plant in the Polish city of Lodz this year.")
            briefs.append(told.brief)
        digests.append(digest_of(*briefs))
    assert [one.claims[0].origins for one in digests] == [1, 1]


def test_an_empty_brief_gives_a_digest_without_sentences() -> None:
    """Nothing to say is said with nothing."""
    digest = digest_of(Told("empty").brief)
    assert (digest.summary, digest.actors, digest.claims, digest.timeline) == ((), (), (), ())


def test_no_brief_and_two_briefs_of_one_id_are_refused() -> None:
    """Member names would mean two things."""
    with pytest.raises(ValueError, match="at least one"):
        digest_of()
    other = Told("quake-a")
    other.claim("Something else.")
    with pytest.raises(ValueError, match="quake-a"):
        digest_of(*earthquake(), other.brief)


def test_a_negation_that_answers_nobody_is_told_in_its_own_words() -> None:
    """ "Passwords were not taken" is no denial of a charge, and the reader must not take it for one."""
    told = Told("single")
    told.claim(
        "Passwords were taken.",
        told.actor("Orbiten", "organization"),
        quote="Passwords were not taken",
        polarity="denied",
        cues=("not",),
    )
    (sentence,) = digest_of(told.brief).summary
    assert sentence.text == "Orbiten: “Passwords were not taken”"


def test_an_articles_own_negation_is_not_reported_as_untrue() -> None:
    """ "The court refused to stop the strike" is news as it stands."""
    told = Told("single")
    quote = "The court refused to stop the strike"
    told.claim("The court stopped the strike.", quote=quote, polarity="denied", cues=("refused to",))
    (sentence,) = digest_of(told.brief).summary
    assert sentence.text == "The court refused to stop the strike."


@pytest.mark.parametrize(
    ("certainty", "told_as"),
    [
        ("certain", "a report denies it"),
        ("probable", "calls it unlikely"),
        ("possible", "calls it possibly untrue"),
    ],
)
def test_a_denial_is_told_no_surer_than_it_was_made(certainty: str, told_as: str) -> None:
    """ "Will now likely be dropped" is no denial; told as one, it would be our own claim."""
    affirming, denying = Told("one", "2025-02-01"), Told("two", "2025-02-01")
    union = affirming.actor("Rail Union", "organization")
    affirming.claim("The northern line will close in March.", union)
    denying.claim(
        "The northern line will close in March.",
        quote=f"The northern line will hardly close in March ({certainty})",
        polarity="denied",
        certainty=certainty,
        cues=("hardly",),
    )
    (sentence,) = digest_of(affirming.brief, denying.brief).summary
    assert told_as in sentence.text


def test_an_act_of_speech_is_not_said_to_be_said() -> None:
    """ "Dora Blum says that Dora Blum called for calm" would be a parody of care."""
    told = Told("single")
    told.claim("Mayor Dora Blum called for calm.", told.actor("Dora Blum", role="mayor"))
    (sentence,) = digest_of(told.brief).summary
    assert sentence.text == "Mayor Dora Blum called for calm."


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("It was unclear why the ship sank.", "It is not known why the ship sank."),
        ("It remains unclear whether the deal holds.", "It is not known whether the deal holds."),
        ("The cause of the fire is not known.", "It is not known what the cause of the fire is."),
    ],
)
def test_a_doubt_is_doubted_once(text: str, question: str) -> None:
    """ "It is not known whether it was unclear" says nothing."""
    told = Told("single")
    told.claim(text, certainty="unknown", cues=("unclear",), quote=text)
    (sentence,) = digest_of(told.brief).summary
    assert sentence.text == question


def test_a_number_of_one_source_is_told_by_the_claim_that_holds_it() -> None:
    """ "The number of customers is 3 million" isn't what was said of customers whose data was stolen."""
    told = Told("single")
    speaker = told.actor("Orbiten", "organization")
    quote = "Hackers stole data of about 3 million customers"
    told.claim("Hackers stole data of about 3 million customers.", speaker, quote=quote)
    start = told.brief.claims[0].evidence[0].start + quote.index("about")
    span = Evidence(quote="about 3 million customers", start=start, end=start + 25)
    told.figure("", 3_000_000, "customers", bound="about", source=speaker, span=span)
    digest = digest_of(told.brief)
    assert [(one.text, set(one.cites)) for one in digest.summary] == [
        ("Orbiten says that hackers stole data of about 3 million customers.", {"C1"})
    ]
