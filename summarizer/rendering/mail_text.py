"""The text part of an edition's mail: what the HTML part shows, for terminals, watches and readers aloud.

Pure. Lines are at most 72 characters wide where words allow; hedges and denials stand in «guillemets».
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from summarizer.records.edition import Edition
from summarizer.rendering.mail_html import mail_part
from summarizer.rendering.view_edition import (
    ChangeRow,
    ClaimLine,
    Cut,
    EditionView,
    FigureLine,
    Quoted,
    StoryPart,
)

_WIDTH = 72


def render_mail_text(edition: Edition) -> str:
    """The text part: what the HTML part shows, in the same order."""
    return lay_out_text(mail_part(edition).view)


def lay_out_text(view: EditionView) -> str:
    """A view as text, with a final newline and no spaces at line ends."""
    return "\n".join(line.rstrip() for line in _lines(view)) + "\n"


def _lines(view: EditionView) -> Iterator[str]:
    yield from _wrapped(view.title)
    yield from _wrapped(view.dateline)
    for name, text in view.banners:
        yield ""
        yield from _wrapped(f"{name.upper()}. {text}")
    yield from _heading("Bottom line")
    yield from _wrapped(view.bottom_line)
    yield from _changes(view)
    yield from _figures(view)
    yield from _claims(view)
    yield from _events(view)
    yield from _gaps(view)
    yield from _sources(view)
    yield from _footer(view)


def _changes(view: EditionView) -> Iterator[str]:
    if view.changes or view.unchanged:
        yield from _heading(view.changes_title)
    for part in view.changes:
        yield from _story(part)
        yield from _wrapped(f"({part.about})", "   ")
        for row in part.rows:
            yield from _change(row)
        yield from _left(part.cut, view)
    yield from _left(view.stories_cut, view)
    if view.unchanged:
        yield from ("", "Nothing new on")
        for line in view.unchanged:
            yield from _wrapped(f"- {line}", "   ", "  ")
        yield from _left(view.unchanged_cut, view)


def _figures(view: EditionView) -> Iterator[str]:
    if view.figures:
        yield from _heading("Figures")
    number = 0
    for part in view.figures:
        if part.number != number:
            yield from _story(part)
        if part.kind:
            yield from ("", f"   {part.kind}:")
        number = part.number
        for row in part.rows:
            yield from _wrapped(f"- {_figure(row)}", "   ", "  ")
        for note in part.notes:
            yield from _wrapped(note, "   ")
        yield from _left(part.cut, view)


def _claims(view: EditionView) -> Iterator[str]:
    if view.claims:
        yield from _heading("Claims and denials")
    for part in view.claims:
        yield from _story(part)
        for row in part.rows:
            yield from _claim(row)
        yield from _left(part.cut, view)


def _claim(row: ClaimLine) -> Iterator[str]:
    if row.text:
        yield from _wrapped(f"- {row.text} {row.standing}", "   ", "  ")
    else:
        yield from (line for one in row.affirm for line in _wrapped(f"- {_quoted(one)}", "   ", "  "))
    for title, voices in (("Affirmed by", row.affirm), ("Denied by", row.deny)) if row.text else ():
        for one in voices:
            yield from _wrapped(f"{title}: {_quoted(one)}" if row.sided else _quoted(one), "     ", "  ")
    for answer in row.answers:
        yield from _wrapped(answer, "     ", "  ")


def _events(view: EditionView) -> Iterator[str]:
    if view.events:
        yield from _heading("Timeline")
    for part in view.events:
        yield from _story(part)
        for row in part.rows:
            sources = "".join(f" [{source}]" for source in row.sources)
            yield from _wrapped(f"- {row.date}: {row.text}{sources}", "   ", "  ")
        yield from _left(part.cut, view)


def _gaps(view: EditionView) -> Iterator[str]:
    if view.gaps or view.alone:
        yield from _heading("Gaps and open questions")
        yield from _wrapped(view.alone)
    for part in view.gaps:
        yield from _story(part)
        for line in part.rows:
            yield from _wrapped(f"- {line}", "   ", "  ")
        yield from _left(part.cut, view)


def _sources(view: EditionView) -> Iterator[str]:
    if view.sources:
        yield from _heading("Source" if len(view.sources) == 1 else "Sources")
    for row in view.sources:
        yield from _wrapped(f"[{row.number}] {row.name}; {row.about}", "", "    ")
        if row.link:
            yield f"    {row.link}"
    yield from _left(view.sources_cut, view)


def _footer(view: EditionView) -> Iterator[str]:
    if view.page:
        yield ""
        yield "The whole edition, with every quote in its article:"
        yield view.page
    yield from _heading("Coverage")
    for line in view.coverage:
        yield from _wrapped(line)
    for line in view.failures:
        yield from _wrapped(f"- {line}", "", "  ")
    yield from _left(view.failures_cut, view)
    yield ""
    for line in view.made_by:
        yield from _wrapped(line)
    yield ""
    yield view.caution


def _change(row: ChangeRow) -> Iterator[str]:
    parts = [f"{row.kind.upper()}." if row.kind else "", f"{row.about}:" if row.about else ""]
    parts.append(_quoted(row.now) if row.now else "")
    yield from _wrapped(f"- {' '.join(part for part in parts if part)}", "   ", "  ")
    if row.denial:
        yield from _wrapped(f"DENIED. {_quoted(row.denial)}", "     ", "  ")
    if row.before:
        yield from _wrapped(f"Before: {_quoted(row.before)}", "     ", "  ")
    if row.reason:
        yield from _wrapped(row.reason, "     ")


def _figure(row: FigureLine) -> str:
    about = "; ".join(part for part in (row.what, "contested" if row.contested else "") if part)
    head = f"{row.value} ({about})" if about else row.value
    source = f" [{row.source}]" if row.source else ""
    dated = f"as of {row.as_of}" if row.as_of[:1].isdigit() else row.as_of
    return f"{head}: {f'“{row.words}”, ' if row.words else ''}{row.who}{source}; {dated}"


def _quoted(one: Quoted) -> str:
    stance = f"({one.stance})" if one.stance else ""
    who = " ".join(part for part in (one.who, stance) if part)
    colon = ": " if one.who else " " if stance else ""
    words = "".join(f"«{piece.text}»" if piece.cue else piece.text for piece in one.pieces)
    return f"{who}{colon}“{words}” {one.place}"


def _story(part: StoryPart, suffix: str = "") -> Iterator[str]:
    yield ""
    yield from _wrapped(part.heading + suffix, "", "   ")


def _left(cut: Cut | None, view: EditionView) -> Iterator[str]:
    if cut:
        yield from _wrapped(f"… {cut.text}: {view.elsewhere}.", "   ")


def _heading(title: str) -> Sequence[str]:
    lines = textwrap.wrap(title.upper(), _WIDTH)
    return ["", *lines, "-" * max(map(len, lines))]


def _wrapped(text: str, indent: str = "", hang: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + hang,
        break_long_words=False,
        break_on_hyphens=False,
    )
