"""The claims of the text layout: who affirms, who denies, how it is answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from summarizer.rendering.text_parts import (
    CUE,
    DENY,
    HEAD,
    QUIET,
    REF,
    column,
    first,
    indented,
    more,
    with_refs,
)
from summarizer.rendering.view import AnswerRow, ClaimGroup, ClaimRow, Piece, VoiceRow


def claim_lines(group: ClaimGroup, short: int | None) -> Iterator[RenderableType]:
    """A group of claims under its heading; of a long group the `short` first ones."""
    yield Text()
    heading = Text(group.title, style=DENY if group.title == "Disputed" else HEAD)
    yield indented(heading.append(f"  {group.note}", style=f"not bold {QUIET}"))
    for row in first(group.rows, short):
        if row.affirm and row.deny:
            yield _side_by_side(row)
        elif short is not None and len(row.voices) == 1:
            yield indented(_brief_claim(row), hang=len(column(row.id)))
        else:
            yield indented(_claim_head(row), hang=len(column(row.id)))
            yield from (indented(_voice(voice), left=7) for voice in row.voices)
        yield from (indented(_answer(answer), left=7) for answer in row.answers)
    yield from more(len(group.rows) - (short or len(group.rows)), "claim")


def _claim_head(row: ClaimRow) -> Text:
    lead = (row.lead, f"{HEAD} {CUE if row.affirm else DENY}")
    return Text.assemble((column(row.id), REF), lead, (row.text, HEAD), (f"  ({row.label})", QUIET))


def _side_by_side(row: ClaimRow) -> RenderableType:
    grid = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=True)
    grid.add_column("affirmed by", ratio=1, overflow="fold", header_style=HEAD)
    grid.add_column("denied by", ratio=1, overflow="fold", header_style=DENY)
    grid.add_row(
        Group(*(_voice(voice) for voice in row.affirm)),
        Group(*(_voice(voice) for voice in row.deny)),
    )
    return Group(indented(_claim_head(row), hang=len(column(row.id))), Padding(grid, (0, 0, 0, 7)))


def _voice(voice: VoiceRow) -> Text:
    text = Text.assemble((f"{voice.ref} ", REF), voice.who, _stance(voice), ": ")
    return text.append_text(_quote(voice.quote))


def _answer(answer: AnswerRow) -> Text:
    text = Text(f"↳ {answer.text}", style=QUIET)
    for number, voice in enumerate(answer.voices):
        text.append("; " if number else ": ").append(f"{voice.ref} ", style=REF)
        if voice.stance:
            text.append(f"({voice.stance}) ", style=DENY if voice.denies else CUE)
        text.append_text(_quote(voice.quote))
    return text


def _stance(voice: VoiceRow) -> Text:
    style = DENY if voice.denies else CUE
    return Text(f" ({voice.stance})", style=style) if voice.stance else Text()


def _brief_claim(row: ClaimRow) -> Text:
    """A claim of one voice in one paragraph: its text, or the quote where that holds a hedge or denial."""
    (only,) = row.voices
    text = Text.assemble((column(row.id), REF), (only.who, HEAD), _stance(only), ": ")
    text.append_text(
        Text(row.text) if only.certainty == "certain" and not only.denies else _quote(only.quote)
    )
    return with_refs(text, [only.ref])


def _quote(pieces: Iterable[Piece]) -> Text:
    text = Text("“")
    for piece in pieces:
        text.append(f"«{piece.text}»" if piece.cue else piece.text, style=CUE if piece.cue else "")
    return text.append("”")
