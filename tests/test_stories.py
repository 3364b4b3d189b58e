"""Piles of articles put into stories: which belong together, which stand alone, reprints, ranks, ids."""

from __future__ import annotations

import json
import random
import re
from itertools import combinations
from pathlib import Path

import pytest
from command import ARTICLES, ROOT, summarizer

from summarizer import extract_brief, load_articles
from summarizer.errors import SchemaViolation
from summarizer.records.article import Article
from summarizer.records.digest import Coverage
from summarizer.records.stories import StoryCollection
from summarizer.rendering.view_stories import view_stories
from summarizer.stories.candidates import closeness, days_of
from summarizer.stories.grouping import Group, group_reports
from summarizer.stories.ranking import keep_ids
from summarizer.stories.reports import Report, report_of_article, report_of_brief
from summarizer.stories.reprints import find_reprints
from summarizer.stories.terms import shown_terms
from summarizer.story_digests import digest_stories, groups_of, paired_stories
from summarizer.text.publishers import publisher_of

PILE = ROOT / "tests" / "data" / "stories" / "forty.jsonl"


@pytest.fixture(scope="module")
def pile() -> tuple[Article, ...]:
    """Forty invented articles: six stories, and four articles that stand alone."""
    return load_articles([PILE]).articles


@pytest.fixture(scope="module")
def practice() -> tuple[Article, ...]:
    """Forty-two articles on as many events, some of one kind (two cholera outbreaks, two verdicts)."""
    return load_articles([ROOT / "evals" / "practice" / "articles"]).articles


def reports(articles: tuple[Article, ...]) -> list[Report]:
    return [report_of_article(article) for article in articles]


def topic(article_id: str) -> str:
    """What an article of the pile is about, by its name; "alone-…" is a topic of its own."""
    return article_id if article_id.startswith("alone") else article_id.partition("-")[0]


def pairs(groups: tuple[Group, ...]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group.articles), 2)}


def report(name: str, body: str, date: str | None = None, title: str = "") -> Report:
    return Report(name, title, body, date, None, f"{sum(map(ord, name + body)):064x}")


def test_forty_articles_on_six_topics_are_six_stories(pile: tuple[Article, ...]) -> None:
    """An editor's pile falls apart into what happened, and what has no company is told apart."""
    groups = group_reports(reports(pile))
    assert {frozenset(map(topic, group.articles)) for group in groups} == {
        frozenset((topic(article.id),)) for article in pile
    }
    assert sorted(len(group.articles) for group in groups) == [1, 1, 1, 1, 5, 6, 6, 6, 6, 7]


def test_briefs_without_their_texts_give_the_same_stories(pile: tuple[Article, ...]) -> None:
    """Whoever keeps only briefs can still sort them."""
    groups = group_reports([report_of_brief(extract_brief(article)) for article in pile])
    assert pairs(groups) == pairs(group_reports(reports(pile)))


def test_a_pile_on_one_story_stays_one() -> None:
    """Five articles over six weeks, two of them undated, on one crisis."""
    assert len(group_reports(reports(load_articles([ARTICLES]).articles))) == 1


def test_articles_on_other_events_of_one_kind_stay_apart(practice: tuple[Article, ...]) -> None:
    """Two verdicts, two profit warnings, two floods: alike in words, not one story.

    Of 861 pairs two are put together: labellers invented the name Halvorsen twice, and two articles
    are on Yemen.
    """
    assert len(pairs(group_reports(reports(practice)))) <= 2


@pytest.mark.parametrize("seed", range(5))
def test_small_piles_fall_into_the_same_stories(pile: tuple[Article, ...], seed: int) -> None:
    """A dozen articles know little about which words are rare; the committed list does."""
    chosen = random.Random(seed).sample(pile, 14)
    found = pairs(group_reports(reports(tuple(chosen))))
    wanted = {
        pair
        for pair in combinations(sorted(article.id for article in chosen), 2)
        if topic(pair[0]) == topic(pair[1])
    }
    assert found <= wanted
    assert len(found) >= 0.8 * len(wanted)


def test_the_order_of_articles_never_matters(pile: tuple[Article, ...]) -> None:
    """A folder lists its files in any order."""
    shuffled = list(pile)
    random.Random(7).shuffle(shuffled)
    assert group_reports(reports(tuple(shuffled))) == group_reports(reports(pile))


def test_one_article_is_a_story_of_one(pile: tuple[Article, ...]) -> None:
    """A pile of one must not fail; nor one without a word in it."""
    (group,) = group_reports(reports(pile[:1]))
    assert group.articles == (pile[0].id,)
    assert len(group_reports([report("a", "12 3 4"), report("b", "…")])) == 2


def test_undated_articles_join_their_story(pile: tuple[Article, ...]) -> None:
    """Half of what people paste has no date."""
    undated = [Report(one.id, one.title, one.body, None, one.outlet, one.sha256) for one in reports(pile)]
    assert pairs(group_reports(undated)) == pairs(group_reports(reports(pile)))


def test_the_same_words_a_year_later_are_another_story(pile: tuple[Article, ...]) -> None:
    """This year's strike in the same port is not last year's."""
    strike = [one for one in reports(pile) if one.id.startswith("strike")]
    later = [
        Report(
            id=f"{one.id}-later",
            title=one.title,
            body=one.body,
            published=(one.published or "").replace("2025", "2026"),
            outlet=one.outlet,
            sha256=f"f{one.sha256[1:]}",
        )
        for one in strike
    ]
    assert len(group_reports([*strike, *later])) == 2


def test_dates_count_as_the_days_they_may_be() -> None:
    """A month is thirty days wide; a date that is none says nothing."""
    assert closeness(days_of("2025-03"), days_of("2025-03-31")) == 1.0
    assert closeness(days_of("2025"), days_of("2025-03-31")) == 1.0
    assert closeness(days_of("2025-03-01"), None) == 1.0
    assert 0.5 < closeness(days_of("2025-03-01"), days_of("2025-03-15")) < 1.0
    assert closeness(days_of("2025-03-01"), days_of("2026-03-01")) == 0.0
    assert days_of("2025-02-30") is None


# Reprints.

AGENCY = (
    "Dock workers in Marrow Bay will walk out on 3 March, the port union said on Monday. "
    "More than 1,200 workers may join the strike, union leader Ana Ruiz said. "
    "Bayline Ports denied that it plans to cut jobs."
)


def folded(copy: str) -> bool:
    """Whether `copy` is folded into the agency's article."""
    return find_reprints([report("agency", AGENCY, "2025-03-01"), report("paper", copy, "2025-03-02")]) == {
        1: 0
    }


@pytest.mark.parametrize(
    "copy",
    [
        AGENCY.upper(),
        AGENCY.replace("said on Monday", "said Monday"),
        f"By our staff\n\n{AGENCY}\n\nAll rights reserved.",
        ". ".join(AGENCY.split(". ")[:2]) + ".",
    ],
    ids=["capitals", "house style", "page furniture", "cut short"],
)
def test_agency_copy_in_another_paper_is_folded(copy: str) -> None:
    """Twenty papers that carry one report are one report."""
    assert folded(copy)


@pytest.mark.parametrize(
    ("before", "after"),
    [("1,200", "1,300"), ("may join", "will join"), ("denied", "confirmed"), ("will walk", "will not walk"),
     ("Ana Ruiz", "Eva Lind"), ("More than", "Fewer than"), ("3 March", "5 March")],
)  # fmt: skip
def test_one_changed_fact_keeps_an_article(before: str, after: str) -> None:
    """An updated toll or a dropped "may" is the news."""
    assert not folded(AGENCY.replace(before, after))


def test_an_article_that_adds_a_sentence_is_kept() -> None:
    """What a paper found out itself must not be folded away; then the shorter copy is folded into it."""
    longer = f"{AGENCY} A worker told the Herald that the company had rented a ship for strikebreakers."
    assert not folded(longer) or len(longer) < len(AGENCY)
    found = find_reprints([report("agency", AGENCY, "2025-03-01"), report("paper", longer, "2025-03-02")])
    assert found == {0: 1}


def test_the_earliest_of_equal_texts_stays() -> None:
    """The agency's own article, where it is dated."""
    found = find_reprints(
        [
            report("undated", AGENCY),
            report("late", AGENCY, "2025-03-09"),
            report("early", AGENCY, "2025-03-01"),
        ]
    )
    assert found == {0: 2, 1: 2}


# Collections.


@pytest.fixture(scope="module")
def collection(pile: tuple[Article, ...]) -> StoryCollection:
    """The stories of the pile, and a reprint in it."""
    copy = pile[0].model_copy(
        update={"id": "ferry-reprint", "outlet": "Evening Copy", "title": "Ferry sinks"}
    )
    articles = (*pile, copy)
    briefs = [extract_brief(article) for article in articles]
    return digest_stories(briefs, groups_of(briefs, articles), Coverage(read=len(articles)))


def test_a_rank_can_be_added_up_by_hand(collection: StoryCollection) -> None:
    """A published formula, not an editor's or a machine's taste."""
    for stories in (collection.stories, collection.alone):
        scores = [story.rank.score for story in stories]
        assert scores == sorted(scores, reverse=True)
    for story in collection.all_stories:
        assert story.rank.score == pytest.approx(sum(part.points for part in story.rank.parts), abs=1e-6)
    ferry = next(story for story in collection.stories if topic(story.articles[0]) == "ferry")
    amounts = {part.name: part.amount for part in ferry.rank.parts}
    assert (amounts["articles"], amounts["publishers"]) == (7, 4)  # the reprint is no article more


def test_a_reprint_is_named_and_left_out_of_the_digest(collection: StoryCollection) -> None:
    """It must not count as a second origin, and a reader must know that it was there."""
    (story,) = (story for story in collection.stories if story.reprints)
    (reprint,) = story.reprints
    assert (reprint.article.id, reprint.of) in {("ferry-reprint", "ferry-1"), ("ferry-1", "ferry-reprint")}
    assert reprint.article.id not in story.articles


def test_a_collection_survives_json_and_its_own_rules(collection: StoryCollection) -> None:
    """What is written can be read, and a wrong sum or a lost article is refused."""
    assert StoryCollection.from_json(collection.to_json(), "x") == collection
    document = collection.to_dict()
    document["stories"][0]["rank"]["score"] += 1
    with pytest.raises(SchemaViolation, match="sum of the parts"):
        StoryCollection.from_json(json.dumps(document), "x")


def test_a_storys_id_stays_when_later_articles_join(pile: tuple[Article, ...]) -> None:
    """Today's story is yesterday's, with two articles more."""
    days = [
        tuple(one for one in pile if (one.published.date or "") <= day)
        for day in ("2025-03-05", "2025-03-12")
    ]
    first, second = (group_reports(reports(articles)) for articles in days)
    for group in first:
        dated = [one for one in pile if one.id in group.articles and one.published.date]
        if dated:
            assert any(
                group.id == other.id and set(group.articles) <= set(other.articles) for other in second
            )


def test_an_older_article_found_later_changes_no_id_that_is_known(collection: StoryCollection) -> None:
    """With yesterday's collection at hand, ids stay whatever turns up."""
    renamed = collection.model_copy(
        update={
            "stories": tuple(
                story.model_copy(update={"id": f"s-{number:010x}"})
                for number, story in enumerate(collection.stories)
            )
        }
    )
    kept = keep_ids(collection, renamed)
    assert [story.id for story in kept.stories] == [story.id for story in renamed.stories]
    pair = paired_stories(renamed, collection)
    assert all(one.old == one.new for one in pair)


def test_outlets_of_one_publisher_are_one() -> None:
    """Two papers of one house are no two voices."""
    assert publisher_of("The Times") == publisher_of("Wall Street Journal")
    assert (
        publisher_of("The Northern Wire") == publisher_of("northern  wire") != publisher_of("Southern Wire")
    )


# The command line.


def test_the_command_tells_stories_and_what_stands_alone(tmp_path: Path) -> None:
    """One folder, one command, several digests on one page, each line with its evidence."""
    targets = [part for kind in ("json", "html", "md") for part in ("-o", tmp_path / f"x.{kind}")]
    done = summarizer("digest", PILE, "-q", "-o", "-", *targets, home=tmp_path)
    assert done.code == 0
    assert done.out.startswith("6 stories and 4 articles that stand alone, from 40 articles\n")
    checked = summarizer("validate", tmp_path / "x.json", "--articles", PILE, home=tmp_path)
    assert checked.code == 0
    assert "valid stories/1" in checked.out
    page = (tmp_path / "x.html").read_text("utf-8")
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert (tmp_path / "x.md").read_text("utf-8").count("\n## ") >= 10
    shown = summarizer("show", "2:C1", home=tmp_path)
    assert shown.code == 0
    assert "⟦" in shown.out
    stored = summarizer("show", "2:C1", "--in", tmp_path / "x.json", "--articles", PILE, home=tmp_path)
    assert re.findall("⟦.*⟧", stored.out) == re.findall("⟦.*⟧", shown.out)
    assert summarizer("show", "C1", home=tmp_path).code == 2


def test_sentences_about_figures_name_them_as_their_collection_numbers_them() -> None:
    """ "Disagrees with 2/f1" in the fourth story must not lead to the second source of the first."""
    articles = load_articles([PILE]).articles
    briefs = [extract_brief(article) for article in articles]
    collection = digest_stories(briefs, groups_of(briefs, articles))
    checked = 0
    for story in view_stories(collection).all_stories:
        own = {row.number for row in story.view.sources}
        for table in (*story.view.figures, *story.view.outlook):
            texts = [note.text for note in table.notes]
            texts += [one.text for row in table.rows for one in row.differences]
            for number in re.findall(r"\b([0-9]+)/f[0-9]+", " ".join(texts)):
                assert int(number) in own
                checked += story.number > 1
    assert checked > 5


def test_one_story_forces_one_digest(tmp_path: Path) -> None:
    """Whoever knows that the pile belongs together has the last word."""
    done = summarizer("digest", PILE, "-q", "--one-story", "--format", "json", home=tmp_path)
    assert json.loads(done.out)["schema"] == "digest/1"
    assert len(json.loads(done.out)["articles"]) == 40


def test_a_pile_of_one_story_gives_the_digest_that_one_story_gives(tmp_path: Path) -> None:
    """Stories change nothing for those who have one."""
    plain = summarizer("digest", ARTICLES, "-q", "--format", "json", home=tmp_path).out
    assert plain == summarizer("digest", ARTICLES, "-q", "--one-story", "--format", "json", home=tmp_path).out


def test_stories_are_the_same_under_any_hash_seed(tmp_path: Path) -> None:
    """Chance must not be news."""
    outs = {
        summarizer("digest", PILE, "-q", "--format", "json", home=tmp_path, PYTHONHASHSEED=seed).out
        for seed in ("0", "1", "2")
    }
    assert len(outs) == 1


def test_words_of_a_story_are_shown_as_its_texts_write_them_most_often() -> None:
    """ "Orbiten" is a firm, "orbiten" a slip; of forms as frequent, always the same is taken."""
    texts = ["Orbiten hackers. Orbiten hackers.", "ORBITEN hacker", "Orbiten, hackers, hacker"]
    assert shown_terms({"~orbiten": 2.0, "hacker": 1.0, "unused": 0.5}, texts, 2) == ("Orbiten", "hackers")
    assert shown_terms({"~orbiten": 2.0, "hacker": 1.0}, texts[1:], 2) == ("ORBITEN", "hacker")
