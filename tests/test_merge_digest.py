"""The digest as a whole: what an analyst must see in it, and what holds for any briefs."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merge_stories import Told, earthquake, outbreak, takeover

from summarizer.evaluation.dataset import load_digest, load_labels
from summarizer.evaluation.digest import score_digest
from summarizer.evaluation.partners import same_items
from summarizer.evaluation.perfect import brief_of
from summarizer.evaluation.prose import check_prose, cited_in_digest
from summarizer.merging import merge
from summarizer.merging.phrasing import as_clause, as_object, is_plural, named, number_words, say_date
from summarizer.records.brief import Brief
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
    """94,000 / 120,000 / 122,000 / 106 thousand (land) / 127,000 / about 70 thousand / 100,000, and why they differ."""
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
    """175,000 is a possibility; 125,000 Ukrainian troops and 125 thousand Russian recruits are neither one nor the other."""
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
        "The number of people killed by the quake: 160 (Türkiye's disaster agency) against more than 210 (the Red Crescent)."
        in questions
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
        ("1973", "stated"), ("2025-05-03", "inferred"), ("2025-05-06", "stated"), ("2025-06-02", "stated"),
    ]  # fmt: skip
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


def many(count: int) -> list[Brief]:
    """Articles on one story, each with its own numbers and some common claims."""
    briefs = []
    for number in range(count):
        told = Told(f"m{number:04}", f"2025-05-{1 + number % 28:02}")
        ministry = told.actor("Turkish Health Ministry", "organization")
        witness = told.actor(f"Elif Demir{'abcdefghij'[number % 10]}", role="a witness")
        told.figure(
            f"{100 + number} people",
            100 + number,
            "people killed by the quake",
            as_of=f"2025-05-{1 + number % 28:02}",
            source=ministry,
        )
        told.claim(f"The quake killed {100 + number} people.", ministry)
        told.claim(
            "Rescuers arrived late in the villages.", witness, polarity="denied" if number % 3 else "affirmed"
        )
        told.claim(f"Street {number} in the old town was closed to traffic.")
        briefs.append(told.brief)
    return briefs


def test_hundreds_of_articles_take_seconds() -> None:
    """A big story on a big day."""
    start = time.perf_counter()
    digest = digest_of(*many(300))
    assert time.perf_counter() - start < 20
    check(digest, tuple(many(300)))


TEXTS = st.sampled_from(
    [
        "Russia plans to invade Ukraine.", "Russia will not invade Ukraine.", "The quake killed 41 people.",
        "Up to 175,000 troops will be involved in an invasion.", "The deal is worth $2.1 billion.", "Nobody knows.",
        "It is known how many people were killed.", "Halvern's profit fell by 9.3 percent.", "x", "Who?", "41", "No.",
        "The talks in Geneva will resume on 3 May 2025.", "“It is a lie,” he said.", "is a prelude to war",
    ]
)  # fmt: skip
NAMES = st.sampled_from(
    ["Russia", "the Kremlin", "officials", "Anna Lindqvist", "Lindqvist", "NATO", "the company", "US", "Halvern AB", "a", "Ivanov", "İstanbul"]
)  # fmt: skip
KINDS = st.sampled_from(["person", "organization", "country", "group"])
DATES = st.sampled_from(
    [None, "2025-05-03", "2025-05", "2024", "2025-05-01/2025-05-09", "../2025", "2024/.."]
)


@st.composite
def briefs(draw: st.DrawFn) -> list[Brief]:
    """A few briefs of anything."""
    made = []
    for number in range(draw(st.integers(1, 4))):
        told = Told(f"h{number}", draw(st.sampled_from([None, "2025-05-03", "2025-05-09"])))
        actors = [
            told.actor(draw(NAMES), draw(KINDS), draw(st.sampled_from([None, "Russian president", "mayor"])))
            for _ in range(draw(st.integers(0, 3)))
        ]
        who = st.sampled_from([None, *actors])
        for _ in range(draw(st.integers(0, 3))):
            value = draw(st.sampled_from([2, 41, 41.5, 94000, 0, 1e9]))
            told.figure(
                draw(st.sampled_from([f"{value:g}", f"about {value:g} people", "a dozen jets", "tripled"])),
                value,
                draw(
                    st.sampled_from(
                        [
                            "Russian troops near Ukraine",
                            "people killed",
                            "growth of sales",
                            "the share of votes",
                            "x",
                            "fall in Quillon's share price",
                        ]
                    )
                ),
                unit=draw(st.sampled_from(["count", "percent", "USD"])),
                bound=draw(st.sampled_from(["exact", "about", "at_least", "at_most"])),
                status=draw(st.sampled_from(["actual", "planned", "possible"])),
                as_of=draw(DATES),
                source=draw(who),
            )
        for _ in range(draw(st.integers(0, 4))):
            speakers = draw(st.lists(st.sampled_from(actors), max_size=2, unique=True)) if actors else []
            told.claim(
                draw(TEXTS),
                *speakers,
                via=draw(who),
                polarity=draw(st.sampled_from(["affirmed", "denied"])),
                certainty=draw(st.sampled_from(["certain", "probable", "possible", "unknown"])),
                cues=draw(st.sampled_from([(), ("may",), ("hope",), ("did not say",)])),
                when=draw(DATES),
            )
        made.append(told.brief)
    return made


@settings(max_examples=150, deadline=None)
@given(briefs(), st.randoms(use_true_random=False))
def test_any_briefs_in_any_order(made: list[Brief], shuffler: random.Random) -> None:
    """Every item in exactly one cluster, valid JSON, the same in any order, no number out of nowhere."""
    digest = digest_of(*made)
    validate_document(digest.to_dict(), "digest")
    for part, clusters in (("actors", digest.actors), ("figures", digest.figures), ("claims", digest.claims)):
        members = sorted(member for one in clusters for member in one.members)
        assert members == sorted(
            f"{brief.article.id}/{item.id}" for brief in made for item in getattr(brief, part)
        )
    said = {number for brief in made for text in _texts(brief) for number in re.findall(r"\d+", text)}
    for sentence in digest.summary:
        assert set(re.findall(r"\d+", sentence.text)) <= said
    shuffler.shuffle(made)
    assert digest_of(*made) == digest


def _texts(brief: Brief) -> list[str]:
    return [
        *(claim.text for claim in brief.claims),
        *(figure.evidence[0].quote for figure in brief.figures),
        *(figure.counted for figure in brief.figures),
        *(actor.name for actor in brief.actors),
    ]


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
        ("White House", "the White House"), ("Russia", "Russia"), ("United States", "the United States"), ("US officials", "US officials"),
        ("Police", "police"), ("Bank of Norland", "the Bank of Norland"), ("electoral commission", "the electoral commission"),
        ("source in the palace", "a source in the palace"), ("The West", "the West"), ("Halvern AB", "Halvern AB"), ("NATO", "NATO"),
    ],
)  # fmt: skip
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
