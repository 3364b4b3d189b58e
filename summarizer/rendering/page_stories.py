"""A `StoriesView` as one self-contained HTML page: a list of contents, then story by story with its articles.

Pure. Everything is what `page` makes of a digest, one level of headings further down; refs and sources are
numbered through, so every anchor is unique.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from summarizer.records.article import Article
from summarizer.rendering.markup import Markup, element
from summarizer.rendering.page import page_document, page_sections
from summarizer.rendering.page_article import Cited, cited_spans
from summarizer.rendering.page_lines import UNFOLDED
from summarizer.rendering.view import Span
from summarizer.rendering.view_stories import StoriesView, StoryHead, StoryView

#: Tags of our own: a source's words never hold an unescaped "<".
_HEADING = re.compile(r"<(/?)h([2-5])\b")


def render_stories_page(stories: StoriesView, articles: Mapping[str, Article]) -> str:
    """The whole page. `articles` by id; quotes of an article that isn't there are shown without a link."""
    refs: dict[Span, Sequence[str]] = {}
    sections = []
    for story in stories.all_stories:
        cited = cited_spans(story.view, articles)
        refs |= cited.refs
        sections.append(story_section(story, cited, articles))
    content = [_contents(stories), *sections, _coverage(stories)]
    return page_document(stories, "", Cited(refs), content)


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
