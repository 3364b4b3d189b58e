"""A run's memory goes with what it does at once, not with the corpus; what it writes stays the same."""

from __future__ import annotations

import json
import weakref
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest
from faults_server import FaultServer
from test_model_pipeline import options_for, stories

from summarizer import article_from_text, extract_brief
from summarizer.cli.work import checked_stories
from summarizer.model_kept import SAVED_AT_ONCE, run_or_recall
from summarizer.pipeline import Result
from summarizer.records.article import Article
from summarizer.records.base import Record
from summarizer.records.brief import Brief
from summarizer.records.digest import Coverage, Digest
from summarizer.records.stories import Stories, Story
from summarizer.rendering.export_jsonld import render_jsonld
from summarizer.rendering.page_stories import stories_page_parts
from summarizer.rendering.stories import stories_markdown_parts, stories_text_parts
from summarizer.rendering.text import TextOptions
from summarizer.rendering.view_stories import view_stories
from summarizer.result_shelf import spooled_results
from summarizer.sources import LoadResult
from summarizer.store.spool import spooled
from summarizer.story_digests import StoryBriefs, digest_pile, digest_stories, groups_of, merge_stories

ARTICLES = 200
OUTLETS = ("Courier", "Herald", "Post")


def name_of(number: int) -> str:
    """A name of its own for every number: "Babeko", "Babelo"."""
    syllables = [onset + vowel for onset in "bdfgklmnprst" for vowel in "aeio"]
    return "".join(syllables[number // 48**power % 48] for power in (2, 1, 0)).title()


def town_news(count: int) -> Iterator[Article]:
    """Stories of three articles each, made as they are asked for."""
    for number in range(count):
        town, mayor, firm, ship = (name_of(1_000 + 28 * (number // 3) + 7 * one) for one in range(4))
        outlet = OUTLETS[number % 3]
        text = (
            f"{town} closes its harbour to the {ship} of {firm}\n\n"
            f"The council of {town} will close its harbour in {number % 3 + 3} days, Anna {mayor}, "
            f"its mayor, told the {outlet}. At least {number + 2},500 dockers of {firm} lose their work. "
            f"{mayor} said that the {ship} may leave for {firm}.\n"
        )
        yield article_from_text(text, article_id=f"{town}-{outlet}".lower())


def pile(count: int) -> LoadResult:
    """The same as a run of the command line has them."""
    return LoadResult(spooled(Article, town_news(count)))


class Census:
    """Counts how many of the records that it has seen are in memory at once."""

    def __init__(self) -> None:
        self._seen: list[weakref.ref[Record]] = []
        self.most = 0

    def see(self, *records: Record) -> None:
        """More of them, which are there now."""
        self._seen = [one for one in self._seen if one() is not None] + [weakref.ref(one) for one in records]
        self.most = max(self.most, len(self._seen))


def test_two_hundred_articles_pass_with_one_storys_briefs_in_memory() -> None:
    """A pile that a machine can read in a night must not need that machine's memory by morning."""
    read, merged, told = Census(), Census(), Census()
    loaded = pile(ARTICLES)

    def results() -> Iterator[Brief]:
        for article in loaded.articles:
            brief = extract_brief(article)
            read.see(article, brief)
            yield brief

    def stories(given: Iterable[StoryBriefs]) -> Iterator[StoryBriefs]:
        for story in given:
            merged.see(*story.briefs)
            yield story

    def merge(given: Iterable[StoryBriefs]) -> Iterator[Digest]:
        for digest in merge_stories(stories(given)):
            merged.see(digest)
            yield digest

    made = digest_pile(loaded, results(), merge)
    assert made.stories is not None
    for story in made.stories.all_stories:
        told.see(story, story.digest)
    assert len(made.stories.all_stories) > 60
    assert len(made.briefs) == ARTICLES
    assert read.most <= 4
    assert merged.most <= 2 * (len(OUTLETS) + 1)  # one story with its digest, while the next one is taken up
    assert told.most <= 4


def text(told: Stories) -> str:
    return "".join(stories_text_parts(view_stories(told), TextOptions()))


def whole_text(told: Stories) -> str:
    return "".join(stories_text_parts(view_stories(told), TextOptions(short=None)))


def markdown(told: Stories) -> str:
    return "".join(stories_markdown_parts(view_stories(told)))


def page(told: Stories) -> str:
    return "".join(stories_page_parts(view_stories(told), {one.id: one for one in town_news(12)}))


LAYOUTS = (text, whole_text, markdown, page, render_jsonld, lambda told: "".join(checked_stories(told)))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("count", [4, 6, 12])
def test_what_is_read_from_the_shelf_is_written_as_what_was_held(
    layout: Callable[[Stories], str], count: int
) -> None:
    """Where a story lay meanwhile is nobody's business."""
    articles = list(town_news(count))
    briefs = [extract_brief(article) for article in articles]
    held = digest_stories(briefs, groups_of(briefs, articles))
    made = digest_pile(LoadResult(articles), briefs)
    assert made.stories is not None
    assert layout(made.stories) == layout(held)


@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_a_collection_written_story_by_story_is_the_same_document(count: int) -> None:
    """Programs that read stories/1 must not see that it is written in parts."""
    articles = list(town_news(count))
    briefs = [extract_brief(article) for article in articles]
    held = digest_stories(briefs, groups_of(briefs, articles), Coverage(read=count, duplicates=("a.txt",)))
    assert "".join(checked_stories(held)) == held.to_json()
    without = held.model_copy(update={"stories": ()})
    assert "".join(checked_stories(without)) == without.to_json()


def test_numbers_beyond_all_measure_are_written_as_before() -> None:
    """A story with 1e+22 in it is written by another writer than the rest."""
    articles = list(town_news(6))
    briefs = [extract_brief(article) for article in articles]
    held = digest_stories(briefs, groups_of(briefs, articles))
    story = held.stories[0]
    series, *others = story.digest.figures
    point = series.points[0].model_copy(update={"value": 1e22})
    huge = series.model_copy(update={"points": (point, *series.points[1:])})
    digest = story.digest.model_copy(update={"figures": (huge, *others)})
    changed: tuple[Story, ...] = (story.model_copy(update={"digest": digest}), *held.stories[1:])
    document = held.model_copy(update={"stories": changed})
    assert "".join(checked_stories(document)) == document.to_json()
    assert json.loads(document.to_json())["stories"][0]["digest"]["figures"][0]["points"][0]["value"] == 1e22


def test_a_models_briefs_are_let_go_as_they_come_and_recalled_one_by_one(tmp_path: Path) -> None:
    """Requests under way are bounded, and so is what they brought; a second run has no requests at all."""
    count, concurrency = 120, 4
    asked, recalled = Census(), Census()

    def seen(census: Census, result: Result) -> None:
        assert isinstance(result, Brief)
        census.see(result)

    with FaultServer() as server:
        options = options_for(server.url, tmp_path, concurrency=concurrency)
        for census in (asked, recalled):
            run = run_or_recall(stories(count), options, {}, partial(seen, census), None, spooled_results())
            assert len(run.results) == count
    assert concurrency < asked.most <= SAVED_AT_ONCE + 4 * concurrency < count / 2
    assert recalled.most <= 2
