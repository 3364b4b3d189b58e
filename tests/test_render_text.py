"""The terminal rendering: readable at any width, plain in a pipe, and safe whatever a source says."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from rendering_samples import HOSTILE, story, with_article_id, with_words
from rich.cells import cell_len

from summarizer.records.digest import Digest
from summarizer.rendering.text import TextOptions, render_text
from summarizer.rendering.view_digest import view_digest

#: Controls, and characters that reorder or hide what stands around them.
_CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u034f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
WIDTHS = (60, 80, 100, 120)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_asked_and_no_number_is_cut(width: int) -> None:
    """A number cut by a column's edge is a wrong number."""
    text = render_text(view_digest(story()), TextOptions(width=width))
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert re.search(r"(?<![\w,])1,200(?![\w,])", text)
    assert re.search(r"(?<![\w,])900(?![\w,])", text)


def test_every_line_of_content_has_its_id() -> None:
    """An analyst must be able to ask for the evidence of whatever is printed."""
    text = render_text(view_digest(story()))
    for ref in ("C1", "C2", "C3", "S1", "1/f1", "2/f1", "1/c3", "2/c1", "T1", "Q1", "A1", "A2"):
        assert re.search(rf"(?<!\w){re.escape(ref)}(?!\w)", text), ref


def test_hedges_and_denials_are_words_not_only_colours() -> None:
    """Colour-blind readers and log files see the same."""
    text = render_text(view_digest(story()))
    assert "possible: «may»" in text
    assert "denied by" in text
    assert "Machine-made: verify before use." in text


def test_colour_changes_nothing_but_colour() -> None:
    """The coloured and the plain digest must say the same."""
    plain = render_text(view_digest(story()))
    colored = render_text(view_digest(story()), TextOptions(color=True))
    assert "\x1b[" in colored
    stripped = re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert [line.rstrip() for line in stripped.splitlines()] == plain.splitlines()


def test_a_long_list_says_what_it_leaves_out() -> None:
    """A cut that isn't announced is a lie by omission."""
    digest = story()
    many = tuple(digest.claims[0].model_copy(update={"id": f"C{number}"}) for number in range(10, 40))
    view = view_digest(digest.model_copy(update={"claims": many}))
    assert "more claims: use --all" in render_text(view, TextOptions(short=5))
    assert "more claims" not in render_text(view, TextOptions(short=None))
    assert "C39" in render_text(view, TextOptions(short=None))


@pytest.mark.parametrize("make", [with_words, with_article_id])
@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_words_never_reach_the_terminal_as_controls(word: str, make: Callable[[str], Digest]) -> None:
    """An article, or its file's name, could otherwise clear the screen, set its title or forge a line."""
    view = view_digest(make(word))
    for options in (TextOptions(width=80), TextOptions(width=120, color=True, short=None)):
        text = render_text(view, options)
        if options.color:  # our own colours are the only escapes
            text = re.sub(r"\x1b\[[0-9;]*m", "", text)
        assert not _CONTROLS.search(text)
        assert max(cell_len(line) for line in text.splitlines()) <= options.width
        first = word.split("\n")[0].split()
        if first and first[0].isalnum():
            assert first[0][:20] in text
