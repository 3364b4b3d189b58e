"""A `View` for the terminal, laid out with rich; without colour it is plain text for pipes and files.

Pure: the width and whether to colour are passed in, the text is returned. Meaning never rests on colour:
hedges stand in «guillemets» with their certainty named, denials under their own heading.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from summarizer.rendering.view import (
    ClaimGroup,
    ClaimRow,
    EventRow,
    FigureRow,
    FigureTable,
    Piece,
    SourceRow,
    View,
    VoiceRow,
)

#: Width where there is no terminal to ask.
PLAIN_WIDTH = 100
#: Lines longer than this are hard to read, however wide the terminal is.
MAX_WIDTH = 120
MIN_WIDTH = 60

_Row = TypeVar("_Row")

_REF, _HEAD, _CUE, _DENY, _QUIET, _VALUE = "cyan", "bold", "bold yellow", "bold red", "dim", "bold"


@dataclass(frozen=True, slots=True)
class TextOptions:
    """How to lay out. `short` is how many rows a long section may have; None shows everything."""

    width: int = PLAIN_WIDTH
    color: bool = False
    short: int | None = 8


def render_text(view: View, options: TextOptions = TextOptions()) -> str:
    """The whole view as text, with a final newline and no spaces at line ends."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(MIN_WIDTH, min(options.width, MAX_WIDTH)),
        force_terminal=options.color,
        color_system="standard" if options.color else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},  # nothing of the caller's environment decides here
    )
    for part in _parts(view, options):
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _parts(view: View, options: TextOptions) -> Iterator[RenderableType]:
    yield Text(view.title, style=_HEAD)
    if view.subtitle:
        yield Text(view.subtitle, style=_QUIET)
    if view.bottom_line:
        yield from _section("Bottom line")
        yield _indented(_cited(view.bottom_line.text, view.bottom_line.cites, style=_HEAD))
    if view.summary:
        yield from _section("Summary")
        yield from (_indented(_cited(line.text, line.cites)) for line in view.summary)
    if view.figures:
        yield from _section("Figures")
        yield from _figures(view.figures, options.short)
    if view.outlook:
        yield from _section("Planned or possible figures (not facts, never mixed with the ones above)")
        yield from _figures(view.outlook, options.short)
    if view.claims:
        yield from _section("Claims")
        for group in view.claims:
            yield from _claims(group, options.short if group.long else None)
    if view.timeline:
        yield from _section("Timeline")
        events, left = _weightiest(view.timeline, options.short)
        yield from (_event(event) for event in events)
        yield from _more(left, "event")
    if view.questions:
        yield from _section("Open questions")
        for question in _first(view.questions, options.short):
            text = Text.assemble(
                (_column(question.id), _REF), question.text, (f" ({question.label})", _QUIET)
            )
            yield _indented(_with_refs(text, question.refs), hang=len(_column(question.id)))
        yield from _more(len(view.questions) - (options.short or len(view.questions)), "question")
    if view.actors:
        yield from _section("Who is who")
        for actor in _first(view.actors, options.short):
            text = Text.assemble((_column(actor.id), _REF), (actor.name, _HEAD), f": {actor.about}")
            yield _indented(text, hang=len(_column(actor.id)))
        yield from _more(len(view.actors) - (options.short or len(view.actors)), "actor")
    yield from _section("Sources")
    yield from (_source(source) for source in view.sources)
    yield from _section("Coverage")
    yield from _coverage(view, options.short)
    yield Text()
    yield Text(f"Made by: {view.made_by}.", style=_QUIET)
    yield Text(view.caution, style=_HEAD)


def _section(title: str) -> Iterator[RenderableType]:
    yield Text()
    yield Rule(Text(title.upper(), style=_HEAD), align="left", style=_QUIET)


def _indented(content: RenderableType, hang: int = 0, left: int = 2) -> RenderableType:
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


def _column(ref: str) -> str:
    """A ref as the first column of a list; among several stories it is longer than the column is wide."""
    return f"{ref:<4} "


def _cited(text: str, cites: Sequence[str], style: str = "") -> Text:
    return _with_refs(Text(text, style=style), cites)


def _with_refs(text: Text, refs: Sequence[str]) -> Text:
    return text.append(f" [{', '.join(refs)}]", style=f"not bold {_REF}") if refs else text


def _figures(tables: Iterable[FigureTable], short: int | None) -> Iterator[RenderableType]:
    for table in tables:
        yield Text()
        heading = Text.assemble((f"{table.id}  " if table.id else "", _REF), (table.title, _HEAD))
        if table.status != "actual":
            heading.append(f" ({table.status})", style=_CUE)
        yield _indented(heading)
        for note in table.notes:
            title = Text(f"{note.title}: ", style=_DENY if note.contested else _QUIET)
            yield _indented(title.append(note.text, style="not bold not dim default"), left=4)
        rows = _first(table.rows, short) if table.long else table.rows
        yield _indented(_figure_table(rows))
        yield from _more(len(table.rows) - len(rows), "figure")


def _figure_table(rows: Sequence[FigureRow]) -> Table:
    grid = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=True, header_style=_QUIET)
    grid.add_column("id", style=_REF, no_wrap=True)
    grid.add_column("value, in the source's words", ratio=30, overflow="fold")
    grid.add_column("what, and how it differs", ratio=42, overflow="fold")
    grid.add_column("who, when", ratio=28, overflow="fold")
    for row in rows:
        grid.add_row(
            Text(f"{row.series}\n{row.ref}" if row.series else row.ref),
            Group(Text(row.value, style=_VALUE), Text(f"“{row.words}”")),
            Group(*_what(row)),
            Group(Text(row.who), Text(_when(row), style=_QUIET)),
        )
    return grid


def _what(row: FigureRow) -> Iterator[Text]:
    yield Text(row.what)
    for one in row.differences:
        style = _DENY if one.relation == "differ_in_source" else _QUIET
        yield Text(f"↳ {one.text}", style=style)


def _when(row: FigureRow) -> str:
    return row.as_of if row.as_of == "undated" else f"as of {row.as_of}"


def _claims(group: ClaimGroup, short: int | None) -> Iterator[RenderableType]:
    yield Text()
    heading = Text(group.title, style=_DENY if group.title == "Disputed" else _HEAD)
    yield _indented(heading.append(f"  {group.note}", style=f"not bold {_QUIET}"))
    for row in _first(group.rows, short):
        if row.affirm and row.deny:
            yield _side_by_side(row)
        elif short is not None and len(row.voices) == 1:
            yield _indented(_brief_claim(row), hang=len(_column(row.id)))
        else:
            yield _indented(_claim_head(row), hang=len(_column(row.id)))
            yield from (_indented(_voice(voice), left=7) for voice in row.voices)
    yield from _more(len(group.rows) - (short or len(group.rows)), "claim")


def _claim_head(row: ClaimRow) -> Text:
    lead = (row.lead, f"{_HEAD} {_CUE if row.affirm else _DENY}")
    return Text.assemble((_column(row.id), _REF), lead, (row.text, _HEAD), (f"  ({row.label})", _QUIET))


def _side_by_side(row: ClaimRow) -> RenderableType:
    grid = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=True)
    grid.add_column("affirmed by", ratio=1, overflow="fold", header_style=_HEAD)
    grid.add_column("denied by", ratio=1, overflow="fold", header_style=_DENY)
    grid.add_row(
        Group(*(_voice(voice) for voice in row.affirm)),
        Group(*(_voice(voice) for voice in row.deny)),
    )
    return Group(_indented(_claim_head(row), hang=len(_column(row.id))), Padding(grid, (0, 0, 0, 7)))


def _voice(voice: VoiceRow) -> Text:
    text = Text.assemble((f"{voice.ref} ", _REF), voice.who, _stance(voice), ": ")
    return text.append_text(_quote(voice.quote))


def _stance(voice: VoiceRow) -> Text:
    style = _DENY if voice.denies else _CUE
    return Text(f" ({voice.stance})", style=style) if voice.stance else Text()


def _brief_claim(row: ClaimRow) -> Text:
    """A claim of one voice in one paragraph: its text, or the quote where that holds a hedge or denial."""
    (first,) = row.voices
    text = Text.assemble((_column(row.id), _REF), (first.who, _HEAD), _stance(first), ": ")
    text.append_text(
        Text(row.text) if first.certainty == "certain" and not first.denies else _quote(first.quote)
    )
    return _with_refs(text, [first.ref])


def _quote(pieces: Iterable[Piece]) -> Text:
    text = Text("“")
    for piece in pieces:
        text.append(f"«{piece.text}»" if piece.cue else piece.text, style=_CUE if piece.cue else "")
    return text.append("”")


def _event(event: EventRow) -> RenderableType:
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=7)
    grid.add_column(width=14, overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    date = Text(event.date, style=_VALUE)
    if event.basis == "inferred":
        date.append(" inferred", style=f"not bold {_QUIET}")
    grid.add_row(Text(f"  {event.id}", style=_REF), date, _with_refs(Text(event.text), event.refs))
    return grid


def _source(source: SourceRow) -> RenderableType:
    text = Text.assemble((f"{source.number:<5}", _REF), (source.id, _HEAD))
    if source.name != source.id:
        text.append(f", “{source.name}”")
    if source.outlet:
        text.append(f", {source.outlet}")
    if source.relays:
        text.append(f", relays {source.relays}")
    text.append(f"; {source.dated}; {source.items}", style=_QUIET)
    return _indented(text, hang=5)


def _coverage(view: View, short: int | None) -> Iterator[RenderableType]:
    yield _indented(Text(view.coverage))
    for failure in view.failed:
        text = Text.assemble(("Failed: ", _DENY), f"{failure.source} ({failure.kind}): {failure.reason}")
        yield _indented(text)
    for duplicate in view.duplicates:
        yield _indented(Text(f"Duplicate, read once: {duplicate}"))
    for row in _first(view.refused, short):
        text = Text.assemble(("Refused ", _CUE), (row.ref, _REF), f" {row.part}, {row.code}: {row.reason}")
        yield _indented(text.append(f" “{row.quote}”", style=_QUIET) if row.quote else text)
    yield from _more(len(view.refused) - (short or len(view.refused)), "refused item")


def _first(rows: Sequence[_Row], short: int | None) -> Sequence[_Row]:
    return rows if short is None else rows[:short]


def _weightiest(events: Sequence[EventRow], short: int | None) -> tuple[list[EventRow], int]:
    """The events that most claims state, still in order of time, and how many are left out."""
    if short is None or len(events) <= short:
        return list(events), 0
    order = sorted(range(len(events)), key=lambda index: (-events[index].weight, -index))
    return [events[index] for index in sorted(order[:short])], len(events) - short


def _more(left: int, what: str) -> Iterator[RenderableType]:
    if left > 0:
        plural = "" if left == 1 else "s"
        yield _indented(Text(f"… {left} more {what}{plural}: use --all, or --format html", style=_QUIET))
