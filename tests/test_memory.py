"""A run's memory goes with what it does at once, not with the corpus; what it writes stays the same."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterable, Iterator

import pytest

from summarizer import article_from_text, extract_brief
from summarizer.cli.work import checked_stories
from summarizer.records.article import Article
from summarizer.records.brief import Brief
from summarizer.records.digest import Coverage, Digest
from summarizer.records.stories import Stories, Story
from summarizer.rendering.export_jsonld import render_jsonld
from summarizer.rendering.stories import stories_markdown_parts, stories_text_parts
from summarizer.rendering.text import TextOptions
from summarizer.rendering.view_stories import view_stories
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


def alive(*kinds: type[object]) -> int:
    """How many of such records are in memory."""
    gc.collect()
    return sum(isinstance(one, kinds) for one in gc.get_objects())


def test_two_hundred_articles_pass_with_one_storys_briefs_in_memory() -> None:
    """A pile that a machine can read in a night must not need that machine's memory by morning."""
    most: dict[str, int] = {"read": 0, "merged": 0, "told": 0}

    def seen(step: str, *kinds: type[object]) -> None:
        most[step] = max(most[step], alive(*kinds))

    def results(loaded: LoadResult) -> Iterator[Brief]:
        for number, article in enumerate(loaded.articles):
            yield extract_brief(article)
            if number % 20 == 0:
                seen("read", Brief, Article)

    def merge(stories: Iterable[StoryBriefs]) -> Iterator[Digest]:
        for number, digest in enumerate(merge_stories(stories)):
            yield digest
            if number % 10 == 0:
                seen("merged", Brief, Digest)

    before = alive(Brief, Article, Digest)
    made = digest_pile(pile(ARTICLES), results(pile(ARTICLES)), merge)
    assert made.stories is not None
    assert len(made.stories.stories) > 60
    for number, _ in enumerate(made.stories.all_stories):
        if number % 10 == 0:
            seen("told", Brief, Article, Digest)
    assert most["read"] - before <= 3
    assert most["merged"] - before <= 2 * len(OUTLETS) + 2  # one story's briefs, the next one's, and digests
    assert most["told"] - before <= 2
    assert len(made.briefs) == ARTICLES


def text(stories: Stories) -> str:
    return "".join(stories_text_parts(view_stories(stories), TextOptions()))


def whole_text(stories: Stories) -> str:
    return "".join(stories_text_parts(view_stories(stories), TextOptions(short=None)))


def markdown(stories: Stories) -> str:
    return "".join(stories_markdown_parts(view_stories(stories)))


LAYOUTS = (text, whole_text, markdown, render_jsonld, lambda stories: "".join(checked_stories(stories)))


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
