"""The Markdown rendering: says what the text says, and makes nothing of a source's words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from rendering_samples import HOSTILE, story, with_article_id, with_words

from summarizer.records.digest import Digest
from summarizer.rendering.markdown import escape, render_markdown
from summarizer.rendering.view_digest import view_digest

_ALLOWED = {"paragraph", "heading", "bullet_list", "list_item", "table", "thead", "tbody", "tr", "th", "td",
            "strong", "em", "inline", "text", "softbreak"}  # fmt: skip


def tokens(markdown: str) -> list[Token]:
    """All tokens of a document, inner ones too."""
    parsed = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown)
    return [inner for token in parsed for inner in (token, *(token.children or ()))]


def kinds(markdown: str) -> set[str]:
    """Kinds of tokens without their opening and closing."""
    return {token.type.removesuffix("_open").removesuffix("_close") for token in tokens(markdown)}


def structure(markdown: str) -> list[str]:
    """Blocks in order: headings, lists, tables and their cells, whatever is written in them."""
    return [token.type for token in MarkdownIt("commonmark").enable("table").parse(markdown)]


@pytest.mark.parametrize("make", [with_words, with_article_id])
@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_words_never_become_markup(word: str, make: Callable[[str], Digest]) -> None:
    """A title that is a link to somewhere must show as its characters, and change nothing around it."""
    markdown = render_markdown(view_digest(make(word)))
    assert kinds(markdown) <= _ALLOWED
    assert structure(markdown) == structure(render_markdown(view_digest(make("word"))))


@given(st.text(alphabet="ab1 .)#*_[]<>()|`~!\\-+=:/&@$^", max_size=20))
def test_escaped_text_shows_exactly_itself(word: str) -> None:
    """What stands between the marks is what the source says, no more and no less."""
    text = " ".join(word.split())
    markdown = f"- {escape(text)}"
    assert kinds(markdown) <= {"bullet_list", "list_item", "paragraph", "inline", "text"}
    assert "".join(token.content for token in tokens(markdown) if token.type == "text") == text


@pytest.mark.parametrize("word", ["https://evil.example", "www.evil.example", "javascript:alert(1)"])
def test_bare_addresses_are_broken_up_for_viewers_that_link_them(word: str) -> None:
    """Many viewers make addresses live without any markup."""
    assert word not in escape(word)


def test_every_section_of_the_story_is_there() -> None:
    """Markdown leaves nothing out: it is what goes into a report."""
    markdown = render_markdown(view_digest(story()))
    for section in (
        "Planned or possible figures",
        "Claims",
        "Timeline",
        "Open questions",
        "Sources",
        "Coverage",
    ):
        assert f"## {section}" in markdown
    assert "| 1/f1 | at least 1,200 | “More than 1,200 workers” |" in markdown
    assert "**«may»**" in markdown
    assert "Bayline Ports (*denial: «denied»*): “Bayline Ports **«denied»** that" in markdown
