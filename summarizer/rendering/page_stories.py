"""A `StoriesView` as one self-contained HTML page: a list of contents, then story by story with its articles.

Pure, but for a temporary file. Everything is what `page` makes of a digest, one level of headings further
down; refs and sources are numbered through, so every anchor is unique.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from itertools import chain

from summarizer.records.article import Article
from summarizer.rendering.markup import Markup, element
from summarizer.rendering.page import page_parts, page_sections
from summarizer.rendering.page_article import Cited, cited_spans, target_rules
from summarizer.rendering.page_lines import UNFOLDED
from summarizer.rendering.view_stories import StoriesView, StoryHead, StoryView
from summarizer.store.spool import Spool

#: Tags of our own: a source's words never hold an unescaped "<".
_HEADING = re.compile(r"<(/?)h([2-5])\b")


def stories_page_parts(stories: StoriesView, articles: Mapping[str, Article]) -> Iterator[str]:
    """The whole page in parts. `articles` by id; quotes of one that isn't there are shown without a link.

    The style of all spans stands before the first story, so the stories wait for it in a temporary file.
    """
    rules = []
    sections = Spool(_packed, _unpacked)
    for story in stories.all_stories:
        cited = cited_spans(story.view, articles)
        rules += [of_story] if (of_story := target_rules(cited)) else []
        sections.append(story_section(story, cited, articles))
    content = chain((_contents(stories),), sections, (_coverage(stories),))
    return page_parts(stories, "", "\n".join(rules), content)


def _packed(section: Markup) -> bytes:
    return zlib.compress(section.encode(), 1)


def _unpacked(packed: bytes) -> Markup:
    return Markup(zlib.decompress(packed).decode())


def _contents(stories: StoriesView) -> Markup:
    entries = [_entry(head) for head in stories.heads]
    alone = [_entry(head) for head in stories.alone_heads]
    parts: list[Markup] = [element("h2", "Stories", id="contents-heading")] if entries else []
    parts += [element("ol", *entries, class_="contents")] if entries else []
    if alone:
        heading = {"id": "contents-heading"} if not entries else {}
        parts.append(element("h2", "Standing alone", **heading))
        parts.append(element("ol", *alone, class_="contents", start=stories.alone_heads[0].number))
    return element("nav", *parts, aria_labelledby="contents-heading")


def _entry(story: StoryHead) -> Markup:
    return element(
        "li",
        element("a", story.title, href=f"#story-{story.number}"),
        element("span", f" {story.size}; rank {story.rank}; {story.id}", class_="quiet"),
    )


def story_section(story: StoryView, cited: Cited, articles: Mapping[str, Article]) -> Markup:
    """One story of a page of several, with its articles."""
    sections = page_sections(story.view, cited, articles, f"s{story.number}-")
    head = [
        element("h2", story.view.title, id=f"story-{story.number}-heading"),
        element("p", f"{story.size}; about {story.about}; {story.id}", class_="quiet"),
        *_reprints(story),
    ]
    return element(
        "section",
        *head,
        *(_lowered(section) for section in sections),
        element("p", element("a", "Back to the list of stories", href="#main")),
        id=f"story-{story.number}",
        aria_labelledby=f"story-{story.number}-heading",
        class_="story",
    )


def _reprints(story: StoryView) -> Iterator[Markup]:
    """What was folded away; a long list is folded itself."""
    lines = [element("p", f"Reprint, folded: {one}", class_="quiet") for one in story.reprints]
    if len(lines) > UNFOLDED:
        yield element("details", element("summary", f"{len(lines)} reprints, folded"), *lines)
    else:
        yield from lines


def _lowered(section: Markup) -> Markup:
    """The section with its headings one level further down."""
    return Markup(_HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}", section))


def _coverage(stories: StoriesView) -> Markup:
    def rows() -> Iterator[Markup]:
        for one in stories.failed:
            yield element("li", f"Failed: {one.source} ({one.kind}): {one.reason}")
        for duplicate in stories.duplicates:
            yield element("li", f"Duplicate, read once: {duplicate}")

    listed = list(rows())
    return element(
        "section",
        element("h2", "Coverage of the whole", id="coverage-heading"),
        element("p", stories.coverage),
        element("ul", *listed, class_="sources") if listed else None,
        id="coverage",
        aria_labelledby="coverage-heading",
    )
