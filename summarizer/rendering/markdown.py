"""A `View` as Markdown (CommonMark with tables), every word of a source escaped.

Pure. An escaped source can't open a link, an image, a heading, a list or HTML, and its addresses don't
become live links where a viewer links bare ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from summarizer.rendering.view import AnswerRow, ClaimGroup, FigureTable, Piece, SourceRow, View, VoiceRow

#: Characters that mean something anywhere in a line.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~$@&^]")
#: What would begin a heading, a list, a rule or a quotation at the start of a line.
_OPENERS = ("#", "+", "-", "=", ":")
_ORDINAL = re.compile(r"^(\d{1,9})([.)])")
#: Bare addresses that many viewers make live.
_ADDRESS = re.compile(r"(://)|\b(www)\.|\b((?:javascript|data|vbscript|mailto|xmpp|file)):", re.IGNORECASE)


def escape(text: str) -> str:
    """`text` (one line) so that a Markdown viewer shows these very characters and makes nothing of them."""
    text = _SPECIAL.sub(lambda found: "\\" + found.group(), text)
    text = _ADDRESS.sub(_defuse, text)
    if ordinal := _ORDINAL.match(text):
        return f"{ordinal[1]}\\{text[ordinal.end(1) :]}"
    return "\\" + text if text.startswith(_OPENERS) else text


def render_markdown(view: View) -> str:
    """The whole view, nothing left out."""
    return "\n".join(_lines(view)) + "\n"


def _defuse(found: re.Match[str]) -> str:
    if found[1]:
        return ":\\//"
    return f"{found[2]}\\." if found[2] else f"{found[3]}\\:"


def _lines(view: View) -> Iterator[str]:
    yield f"# {escape(view.title)}"
    if view.subtitle:
        yield from ("", escape(view.subtitle))
    if view.bottom_line:
        yield from ("", f"**Bottom line:** {escape(view.bottom_line.text)}{_refs(view.bottom_line.cites)}")
    yield from _list("Summary", (f"{escape(line.text)}{_refs(line.cites)}" for line in view.summary))
    for title, tables in (("Figures", view.figures), ("Planned or possible figures", view.outlook)):
        if tables:
            yield from ("", f"## {title}")
        for table in tables:
            yield from _figures(table)
    if view.claims:
        yield from ("", "## Claims")
    for group in view.claims:
        yield from _claims(group)
    yield from _list(
        "Timeline",
        (
            f"{event.id} **{event.date}**{' (inferred)' if event.basis == 'inferred' else ''}: "
            f"{escape(event.text)}{_refs(event.refs)}"
            for event in view.timeline
        ),
    )
    yield from _list(
        "Open questions",
        (f"{row.id} {escape(row.text)} ({row.label}){_refs(row.refs)}" for row in view.questions),
    )
    yield from _list(
        "Who is who",
        (f"{row.id} **{escape(row.name)}**: {escape(row.about)}{_refs(row.refs)}" for row in view.actors),
    )
    yield from _list("Sources", map(_source, view.sources))
    yield from ("", "## Coverage", "", escape(view.coverage))
    yield from _list(
        "",
        (
            *(f"Failed: {escape(row.source)} ({row.kind}): {escape(row.reason)}" for row in view.failed),
            *(f"Duplicate, read once: {escape(one)}" for one in view.duplicates),
            *(
                f"Refused {escape(row.ref)} ({row.part}, {escape(row.code)}): {escape(row.reason)}"
                + (f" “{escape(row.quote)}”" if row.quote else "")
                for row in view.refused
            ),
        ),
    )
    yield from ("", f"Made by: {escape(view.made_by)}.", "", f"**{view.caution}**")


def _list(title: str, rows: Iterable[str]) -> Iterator[str]:
    items = [f"- {row}" for row in rows]
    if items and title:
        yield from ("", f"## {title}")
    if items:
        yield from ("", *items)


def _refs(refs: Sequence[str]) -> str:
    return f" \\[{escape(', '.join(refs))}\\]" if refs else ""


def _figures(table: FigureTable) -> Iterator[str]:
    status = "" if table.status == "actual" else f" ({table.status})"
    yield from ("", f"### {f'{table.id} ' if table.id else ''}{escape(table.title)}{status}", "")
    if table.notes:
        yield from (f"- **{escape(note.title)}:** {escape(note.text)}" for note in table.notes)
        yield ""
    yield "| id | value | in the source's words | what | who | as of | how it differs |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for row in table.rows:
        cells = (
            f"{row.series} {row.ref}".strip(),
            row.value,
            f"“{row.words}”",
            row.what,
            row.who,
            row.as_of,
            row.differs_text,
        )
        yield f"| {' | '.join(map(escape, cells))} |"


def _claims(group: ClaimGroup) -> Iterator[str]:
    yield from ("", f"### {group.title}", "", f"*{group.note}*", "")
    for row in group.rows:
        yield f"- {escape(row.id)} **{row.lead}{escape(row.text)}** ({row.label})"
        yield from (f"  - {_voice(voice)}" for voice in row.voices)
        yield from (f"  - {_answer(answer)}" for answer in row.answers)


def _answer(answer: AnswerRow) -> str:
    said = "; ".join(
        f"{escape(voice.ref)} {f'(*{escape(voice.stance)}*) ' if voice.stance else ''}“{_quote(voice.quote)}”"
        for voice in answer.voices
    )
    return f"*{escape(answer.text)}{':' if said else ''}*{f' {said}' if said else ''}"


def _voice(voice: VoiceRow) -> str:
    stance = f" (*{escape(voice.stance)}*)" if voice.stance else ""
    when = f" \\[about {escape(voice.when)}\\]" if voice.when else ""
    return f"{escape(voice.ref)} {escape(voice.who)}{stance}: “{_quote(voice.quote)}”{when}"


def _quote(pieces: Iterable[Piece]) -> str:
    return "".join(f"**«{escape(piece.text)}»**" if piece.cue else escape(piece.text) for piece in pieces)


def _source(source: SourceRow) -> str:
    name = f", “{escape(source.name)}”" if source.name != source.id else ""
    outlet = f", {escape(source.outlet)}" if source.outlet else ""
    relays = f", relays {escape(source.relays)}" if source.relays else ""
    return f"{source.number}: **{escape(source.id)}**{name}{outlet}{relays}; {source.dated}; {source.items}"
