"""A `View` for the terminal, laid out with rich; without colour it is plain text for pipes and files.

Pure: the width and whether to colour are passed in, the text is returned. Meaning never rests on colour:
hedges stand in «guillemets» with their certainty named, denials under their own heading.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from summarizer.rendering.text_claims import claim_lines
from summarizer.rendering.text_parts import (
    CUE,
    DENY,
    HEAD,
    QUIET,
    REF,
    VALUE,
    column,
    first,
    indented,
    more,
    with_refs,
)
from summarizer.rendering.view import (
    EventRow,
    FigureRow,
    FigureTable,
    SourceRow,
    View,
)

#: Width where there is no terminal to ask.
PLAIN_WIDTH = 100
#: Lines longer than this are hard to read, however wide the terminal is.
MAX_WIDTH = 120
MIN_WIDTH = 60


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
    yield Text(view.title, style=HEAD)
    if view.subtitle:
        yield Text(view.subtitle, style=QUIET)
    if view.bottom_line:
        yield from _section("Bottom line")
        yield indented(_cited(view.bottom_line.text, view.bottom_line.cites, style=HEAD))
    if view.summary:
        yield from _section("Summary")
        yield from (indented(_cited(line.text, line.cites)) for line in view.summary)
    if view.figures:
        yield from _section("Figures")
        yield from _figures(view.figures, options.short)
    if view.outlook:
        yield from _section("Planned or possible figures (not facts, never mixed with the ones above)")
        yield from _figures(view.outlook, options.short)
    if view.claims:
        yield from _section("Claims")
        for group in view.claims:
            yield from claim_lines(group, options.short if group.long else None)
    if view.timeline:
        yield from _section("Timeline")
        events, left = _weightiest(view.timeline, options.short)
        yield from (_event(event) for event in events)
        yield from more(left, "event")
    if view.questions:
        yield from _section("Open questions")
        for question in first(view.questions, options.short):
            text = Text.assemble((column(question.id), REF), question.text, (f" ({question.label})", QUIET))
            yield indented(with_refs(text, question.refs), hang=len(column(question.id)))
        yield from more(len(view.questions) - (options.short or len(view.questions)), "question")
    if view.actors:
        yield from _section("Who is who")
        for actor in first(view.actors, options.short):
            text = Text.assemble((column(actor.id), REF), (actor.name, HEAD), f": {actor.about}")
            yield indented(text, hang=len(column(actor.id)))
        yield from more(len(view.actors) - (options.short or len(view.actors)), "actor")
    yield from _section("Sources")
    yield from (_source(source) for source in view.sources)
    yield from _section("Coverage")
    yield from _coverage(view, options.short)
    yield Text()
    yield Text(f"Made by: {view.made_by}.", style=QUIET)
    yield Text(view.caution, style=HEAD)


def _section(title: str) -> Iterator[RenderableType]:
    yield Text()
    yield Rule(Text(title.upper(), style=HEAD), align="left", style=QUIET)


def _cited(text: str, cites: Sequence[str], style: str = "") -> Text:
    return with_refs(Text(text, style=style), cites)


def _figures(tables: Iterable[FigureTable], short: int | None) -> Iterator[RenderableType]:
    for table in tables:
        yield Text()
        heading = Text.assemble((f"{table.id}  " if table.id else "", REF), (table.title, HEAD))
        if table.status != "actual":
            heading.append(f" ({table.status})", style=CUE)
        yield indented(heading)
        for note in table.notes:
            title = Text(f"{note.title}: ", style=DENY if note.contested else QUIET)
            yield indented(title.append(note.text, style="not bold not dim default"), left=4)
        rows = first(table.rows, short) if table.long else table.rows
        yield indented(_figure_table(rows))
        yield from more(len(table.rows) - len(rows), "figure")


def _figure_table(rows: Sequence[FigureRow]) -> Table:
    grid = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=True, header_style=QUIET)
    grid.add_column("id", style=REF, no_wrap=True)
    grid.add_column("value, in the source's words", ratio=30, overflow="fold")
    grid.add_column("what, and how it differs", ratio=42, overflow="fold")
    grid.add_column("who, when", ratio=28, overflow="fold")
    for row in rows:
        grid.add_row(
            Text(f"{row.series}\n{row.ref}" if row.series else row.ref),
            Group(Text(row.value, style=VALUE), Text(f"“{row.words}”")),
            Group(*_what(row)),
            Group(Text(row.who), Text(_when(row), style=QUIET)),
        )
    return grid


def _what(row: FigureRow) -> Iterator[Text]:
    yield Text(row.what)
    for one in row.differences:
        style = DENY if one.relation == "differ_in_source" else QUIET
        yield Text(f"↳ {one.text}", style=style)


def _when(row: FigureRow) -> str:
    return row.as_of if row.as_of == "undated" else f"as of {row.as_of}"


def _event(event: EventRow) -> RenderableType:
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=7)
    grid.add_column(width=14, overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    date = Text(event.date, style=VALUE)
    if event.basis == "inferred":
        date.append(" inferred", style=f"not bold {QUIET}")
    grid.add_row(Text(f"  {event.id}", style=REF), date, with_refs(Text(event.text), event.refs))
    return grid


def _source(source: SourceRow) -> RenderableType:
    text = Text.assemble((f"{source.number:<5}", REF), (source.id, HEAD))
    if source.name != source.id:
        text.append(f", “{source.name}”")
    if source.outlet:
        text.append(f", {source.outlet}")
    if source.relays:
        text.append(f", relays {source.relays}")
    text.append(f"; {source.dated}; {source.items}", style=QUIET)
    return indented(text, hang=5)


def _coverage(view: View, short: int | None) -> Iterator[RenderableType]:
    yield indented(Text(view.coverage))
    for failure in view.failed:
        text = Text.assemble(("Failed: ", DENY), f"{failure.source} ({failure.kind}): {failure.reason}")
        yield indented(text)
    for duplicate in view.duplicates:
        yield indented(Text(f"Duplicate, read once: {duplicate}"))
    for row in first(view.refused, short):
        text = Text.assemble(("Refused ", CUE), (row.ref, REF), f" {row.part}, {row.code}: {row.reason}")
        yield indented(text.append(f" “{row.quote}”", style=QUIET) if row.quote else text)
    yield from more(len(view.refused) - (short or len(view.refused)), "refused item")


def _weightiest(events: Sequence[EventRow], short: int | None) -> tuple[list[EventRow], int]:
    """The events that most claims state, still in order of time, and how many are left out."""
    if short is None or len(events) <= short:
        return list(events), 0
    order = sorted(range(len(events)), key=lambda index: (-events[index].weight, -index))
    return [events[index] for index in sorted(order[:short])], len(events) - short
