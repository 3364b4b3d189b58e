"""Line roles: what on a page is story, caption, furniture or about the article."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.records.article import Line
from summarizer.sources.line_roles import mark_lines

PAGES = Path(__file__).parent / "data" / "sources" / "pages"
ARTICLES = Path(__file__).parents[1] / "evals" / "articles"
ROLES = {"h": "headline", "b": "body", "c": "caption", "x": "boilerplate", "m": "meta"}
CUT = re.compile(r"⟦([hbcxm])⟧")


def page_of(path: Path) -> tuple[str, list[tuple[str, str]]]:
    """The page's text and the expected (role, words) of each piece of it."""
    lines, pieces = [], []
    for written in path.read_text("utf-8").splitlines():
        if not written:
            lines.append("")
            continue
        role, _, rest = written.partition("|")
        parts = CUT.split(rest)
        lines.append("".join(parts[::2]))
        pieces += [
            (ROLES[one], part.strip()) for one, part in zip([role, *parts[1::2]], parts[::2], strict=True)
        ]
    return "\n".join(lines) + "\n", pieces


def role_at(text: str, lines: tuple[Line, ...], words: str) -> str:
    """The role of the line that holds the first occurrence of `words`."""
    position = text.index(words)
    return next(line.role for line in lines if line.start <= position < line.end)


def roles(text: str) -> dict[str, str]:
    return {text[line.start : line.end]: line.role for line in mark_lines(text)}


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.page")), ids=lambda path: path.stem)
def test_every_line_of_a_page_gets_its_role(path: Path) -> None:
    """A menu read as news, or a paragraph taken for a caption, is a wrong or a missing claim."""
    text, pieces = page_of(path)
    lines = mark_lines(text)
    position, wrong = 0, []
    for role, piece in pieces:
        start = text.index(piece, position)
        position = start + len(piece)
        got = next(line.role for line in lines if line.start <= start < line.end)
        if got != role:
            wrong.append(f"{got} instead of {role}: {piece}")
    assert not wrong, "\n".join(wrong)
