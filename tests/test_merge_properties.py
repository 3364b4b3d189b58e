"""What holds for the digest of any briefs, many or strange."""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merge_stories import Told

from summarizer.merging import merge
from summarizer.merging.linkage import average_linkage
from summarizer.merging.union import Groups
from summarizer.records.brief import Brief
from summarizer.records.digest import Coverage, Digest
from summarizer.schemas import validate_document
from summarizer.text.families import word_family
from summarizer.text.romanisation import skeleton, sound_key


def digest_of(*briefs: Brief) -> Digest:
    """The digest of some briefs."""
    return merge(briefs, Coverage(read=len(briefs)))


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
    start = time.process_time()
    digest = digest_of(*many(300))
    assert time.process_time() - start < 20
    assert sum(len(one.members) for one in digest.claims) == 900


TEXTS = st.sampled_from(
    [
        "Russia plans to invade Ukraine.",
        "Russia will not invade Ukraine.",
        "The quake killed 41 people.",
        "Up to 175,000 troops will be involved in an invasion.",
        "The deal is worth $2.1 billion.",
        "Nobody knows.",
        "It is known how many people were killed.",
        "Halvern's profit fell by 9.3 percent.",
        "x",
        "Who?",
        "41",
        "No.",
        "The talks in Geneva will resume on 3 May 2025.",
        "“It is a lie,” he said.",
        "is a prelude to war",
    ]
)
NAMES = st.sampled_from(
    [
        "Russia",
        "the Kremlin",
        "officials",
        "Anna Lindqvist",
        "Lindqvist",
        "NATO",
        "the company",
        "US",
        "Halvern AB",
        "a",
        "Ivanov",
        "İstanbul",
    ]
)
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


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20), st.randoms(use_true_random=False)
)
def test_groups_do_not_depend_on_the_order_of_joins(
    joins: list[tuple[int, int]], shuffler: random.Random
) -> None:
    """Else the digest would depend on the order of articles."""
    results = []
    for _ in range(2):
        groups = Groups(10)
        for a, b in joins:
            groups.join(a, b)
        results.append(groups.groups())
        shuffler.shuffle(joins)
    assert results[0] == results[1]
    assert sorted(item for group in results[0] for item in group) == list(range(10))


def test_average_linkage_makes_no_chains() -> None:
    """A is like B and B like C, but A is nothing like C: they are not one proposition."""
    edges = {(0, 1): 0.9, (1, 2): 0.6}
    assert average_linkage(3, edges, lambda i, j: edges.get((i, j), 0.0), 0.54) == [[0, 1], [2]]
    assert average_linkage(3, {**edges, (0, 2): 0.6}, lambda i, j: 0.0, 0.54) == [[0, 1, 2]]


@pytest.mark.parametrize(
    ("family", "words"),
    [
        ("invade", "invade invaded invading invasion invasions"),
        ("deploy", "deploys deployment deployments"),
        ("defense", "defense defence defences"),
        ("organize", "organise organisation organizations"),
        ("vaccinate", "vaccinated vaccination"),
        ("sale", "sale sales"),
        ("news", "news"),
        ("politics", "politics"),
        ("zorblat", "zorblat zorblats"),
    ],
)
def test_words_of_one_family(family: str, words: str) -> None:
    """ "An invasion" and "to invade" are one thing, whoever spells it."""
    assert {word_family(word) for word in words.split()} == {family}


def test_words_of_other_families() -> None:
    """Persons stay apart from what they do, adjectives from other nouns."""
    assert word_family("reporter") != word_family("report")
    assert word_family("official") != word_family("office")
    assert word_family("union") != word_family("unit")


def test_names_sound_alike_across_alphabets() -> None:
    """Romanisations of one name share a key, cognates a skeleton."""
    assert len({sound_key(name) for name in ("Zelensky", "Zelenskyy", "Zelenskiy", "Zelenskyi")}) == 1
    assert len({sound_key(name) for name in ("Yury", "Yuri", "Iurii")}) == 1
    assert len({skeleton(name) for name in ("Alexei", "Oleksey", "Oleksii", "Aleksey")}) == 1
    assert skeleton("Vladimir") == skeleton("Volodymyr")
    assert sound_key("Marina") != sound_key("Maria")
