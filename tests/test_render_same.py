"""Text, Markdown and page say the same: whoever gets any of them gets all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from command import ARTICLES
from markdown_it import MarkdownIt
from rendering_samples import story
from test_render_page import Page

from summarizer import extract_brief, load_articles, merge_briefs
from summarizer.rendering.markdown import render_markdown
from summarizer.rendering.page import render_page
from summarizer.rendering.text import TextOptions, render_text
from summarizer.rendering.view import View
from summarizer.rendering.view_brief import view_brief
from summarizer.rendering.view_digest import view_digest


def five() -> View:
    """The digest of the five articles."""
    loaded = load_articles([ARTICLES])
    return view_digest(merge_briefs([extract_brief(one) for one in loaded.articles], loaded.coverage))


def one() -> View:
    """The brief of one of them."""
    return view_brief(extract_brief(load_articles([ARTICLES]).articles[0]))


def said(view: View) -> Iterator[str]:
    """Everything that a reader must be able to read, whatever the layout."""
    yield from (view.title, view.subtitle, view.coverage, view.made_by, view.caution)
    lines = [view.bottom_line] if view.bottom_line else []
    for line in (*lines, *view.summary):
        yield from (line.text, *line.cites)
    for table in (*view.figures, *view.outlook):
        yield from (table.id, table.title)
        for note in table.notes:
            yield from (note.title, note.text)
        for row in table.rows:
            yield from (row.series, row.ref, row.value, row.words, row.what, row.who, row.as_of)
            yield from (difference.text for difference in row.differences)
    for group in view.claims:
        yield from (group.title, group.note)
        for claim in group.rows:
            yield claim.id
            for voice in claim.voices:
                yield from (voice.ref, voice.who, voice.stance)
    for event in view.timeline:
        yield from (event.id, event.date, event.text, *event.refs)
    for question in view.questions:
        yield from (question.id, question.text, question.label, *question.refs)
    for actor in view.actors:
        yield from (actor.id, actor.name, actor.about)
    for source in view.sources:
        yield from (source.id, source.name, source.dated, source.items)
    for refused in view.refused:
        yield from (refused.ref, refused.reason, refused.quote)


def spaced(text: str) -> str:
    """Without line ends, and without the marks that layouts put around a cue."""
    return " ".join(re.sub("[«»]", "", text).split())


@pytest.mark.parametrize("view", [view_digest(story()), five(), one()], ids=["story", "five", "brief"])
def test_text_markdown_and_page_leave_nothing_out_and_put_it_in_the_same_words(view: View) -> None:
    """A number that only the page has would be missing from the report made of the Markdown."""
    tokens = MarkdownIt("commonmark").enable("table").parse(render_markdown(view))
    markdown = spaced(
        " ".join(
            "".join(part.content for part in token.children or ())
            for token in tokens
            if token.type == "inline"
        )
    )
    page = spaced(Page(render_page(view, {})).text)
    # Columns stand side by side in a text, so its words are looked for one by one.
    words = set(spaced(render_text(view, TextOptions(width=120, short=None))).split())
    text_words = {word.strip("“”()[].,;:") for word in words}
    for phrase in map(spaced, said(view)):
        assert phrase in markdown, f"Markdown lacks {phrase!r}"
        assert phrase in page, f"the page lacks {phrase!r}"
        for word in phrase.split():
            bare = word.strip("“”()[].,;:")
            assert bare in text_words or len(bare) > 12, f"the text lacks {word!r} of {phrase!r}"


def test_the_order_of_what_is_said_is_the_same() -> None:
    """The most important thing comes first in all of them."""
    view = five()
    ids = [claim.id for group in view.claims for claim in group.rows]
    markdown = render_markdown(view).partition("## Claims")[2].partition("## Timeline")[0]
    text = render_text(view, TextOptions(short=None)).partition("CLAIMS ")[2].partition("TIMELINE ")[0]
    page = render_page(view, {}).partition('id="claims"')[2].partition('id="timeline"')[0]
    assert re.findall(r"^- (C\d+) ", markdown, re.MULTILINE) == ids
    assert re.findall(r"^ {2}(C\d+) ", text, re.MULTILINE) == ids
    assert re.findall(r'class="claim[^"]*" id="i-(C\d+)"', page) == ids
