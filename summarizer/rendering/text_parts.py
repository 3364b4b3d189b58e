"""What the sections of the text layout share: styles, indents, refs, cuts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

_Row = TypeVar("_Row")

REF, HEAD, CUE, DENY, QUIET, VALUE = "cyan", "bold", "bold yellow", "bold red", "dim", "bold"


def indented(content: RenderableType, hang: int = 0, left: int = 2) -> RenderableType:
    """Set in by `left`; with `hang`, the first characters stand out to the left of the rest."""
    if not hang or not isinstance(content, Text):
        return Padding(content, (0, 0, 0, left))
    grid = Table.grid(padding=0)
    grid.add_column(width=left + hang)
    grid.add_column(ratio=1, overflow="fold")
    head, body = content.divide([hang])
    head.pad_left(left)
    grid.add_row(head, body)
    grid.expand = True
    return grid


def column(ref: str) -> str:
    """A ref as the first column of a list; among several stories it is longer than the column is wide."""
    return f"{ref:<4} "


def with_refs(text: Text, refs: Sequence[str]) -> Text:
    return text.append(f" [{', '.join(refs)}]", style=f"not bold {REF}") if refs else text


def first(rows: Sequence[_Row], short: int | None) -> Sequence[_Row]:
    return rows if short is None else rows[:short]


def more(left: int, what: str) -> Iterator[RenderableType]:
    if left > 0:
        plural = "" if left == 1 else "s"
        yield indented(Text(f"… {left} more {what}{plural}: use --all, or --format html", style=QUIET))
