"""The lines of a page: figures, claims, events, questions and sources, each linked to its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from summarizer.records.article import Article
from summarizer.rendering.markup import Markup, element, join
from summarizer.rendering.page_article import Cited, ref_anchor, span_anchor
from summarizer.rendering.plot import range_plot
from summarizer.rendering.view import (
    ActorRow,
    AnswerRow,
    ClaimGroup,
    ClaimRow,
    EventRow,
    FigureRow,
    FigureTable,
    Piece,
    QuestionRow,
    SourceRow,
    Span,
    VoiceRow,
)

#: Rows of a long list that are seen at once; the rest is one click away.
UNFOLDED = 5

_COLUMNS = ("id", "value", "in the source's words", "what", "who", "as of", "how it differs")


def ref_links(refs: Sequence[str], known: frozenset[str]) -> Markup | None:
    """Refs in brackets; those with a line of their own on the page are links."""
    if not refs:
        return None
    links = [
        element("a", ref, href=f"#{ref_anchor(ref)}", class_="ref")
        if ref in known
        else element("span", ref, class_="ref")
        for ref in refs
    ]
    return join([" [", join(links, ", "), "]"])


def figure_table(table: FigureTable, cited: Cited) -> Markup:
    """A series: what it says as a whole, its plot where that shows more, and its figures one by one."""
    status = "" if table.status == "actual" else f" ({table.status})"
    heading = element(
        "h3",
        element("span", table.id, " ", class_="ref") if table.id else None,
        table.title + status,
        id=ref_anchor(table.id) if table.id else None,
    )
    notes = [
        element(
            "p",
            element("strong", f"{note.title}: "),
            note.text,
            class_="disagree" if note.contested else None,
        )
        for note in table.notes
    ]
    told = element("div", *notes, class_="notes") if notes else None
    plot = range_plot(table)
    top = element("div", plot, told, class_="overview") if plot and told else told or plot
    shown, folded = (table.rows[:UNFOLDED], table.rows[UNFOLDED:]) if table.long else (table.rows, ())
    caption = f"{table.title}{status}: figures with source, date and relation"
    parts = [heading, top, _rows(shown, caption, cited)]
    if folded:
        more = element("summary", f"{len(folded)} more figure{'' if len(folded) == 1 else 's'}")
        parts.append(element("details", more, _rows(folded, f"{caption}, continued", cited)))
    return join(parts)


def _rows(rows: Sequence[FigureRow], caption: str, cited: Cited) -> Markup:
    relations = any(row.differences for row in rows)
    columns = _COLUMNS if relations else _COLUMNS[:-1]
    head = element("thead", element("tr", *(element("th", one, scope="col") for one in columns)))
    body = element("tbody", *(_figure_row(row, cited, relations) for row in rows))
    return element("table", element("caption", caption), head, body)


def _figure_row(row: FigureRow, cited: Cited, relations: bool) -> Markup:
    quote = _quote((Piece(row.words),), row.spans, cited)
    name = element("th", _label(row), scope="row", class_="ref")
    cells: list[tuple[str, str]] = [
        ("value", element("span", row.value, class_="value")),
        ("in the source's words", quote),
        ("what", row.what),
        ("who", row.who),
        ("as of", element("span", row.as_of, class_="date")),
    ]
    if relations:
        cells.append(("how it differs", _differences(row)))
    return element(
        "tr",
        name,
        *(element("td", cell, data_label=label if cell else None) for label, cell in cells),
        id=ref_anchor(row.ref),
    )


def _differences(row: FigureRow) -> Markup:
    """Short, with the digest's own reasons where the pointer rests."""
    parts = [
        element(
            "span",
            one.text,
            class_="disagree" if one.relation == "differ_in_source" else None,
            title="\n".join(one.reasons),
        )
        for one in row.differences
    ]
    return join(parts, "; ")


def _label(row: FigureRow) -> Markup:
    if not row.series:
        return join([row.ref])
    return join([element("span", row.series, id=ref_anchor(row.series)), " ", row.ref])


def group_anchor(group: ClaimGroup) -> str:
    """The id of a group's heading, without the prefix of its digest."""
    return f"claims-{group.title.casefold().replace(' ', '-')}"


def claim_group(group: ClaimGroup, cited: Cited, prefix: str = "") -> Markup:
    """Claims of one standing; of a long group all but the weightiest are folded away."""
    note = element("span", f": {group.note}", class_="quiet")
    heading = element("h3", group.title, note, id=prefix + group_anchor(group))
    rows = [_claim(row, cited) for row in group.rows]
    folded = rows[UNFOLDED:] if group.long else []
    if not folded:
        return join([heading, *rows])
    more = element("summary", f"{len(folded)} more claim{'' if len(folded) == 1 else 's'}")
    return join([heading, *rows[:UNFOLDED], element("details", more, *folded)])


def _claim(row: ClaimRow, cited: Cited) -> Markup:
    head = element(
        "p",
        element("span", row.id, " ", class_="ref"),
        element("span", row.lead, class_="denies" if not row.affirm else "lead") if row.lead else None,
        row.text,
        element("span", f" ({row.label})", class_="quiet state"),
    )
    sides = [
        element(
            "div",
            element("h4", title, class_=class_) if row.affirm and row.deny else None,
            element("ul", *(_voice(voice, cited, row.id) for voice in voices), class_="voices"),
        )
        for title, class_, voices in (
            ("Affirmed by", "affirms", row.affirm),
            ("Denied by", "denies", row.deny),
        )
        if voices
    ]
    answers = [_answer(answer, cited) for answer in row.answers]
    disputed = " disputed" if row.affirm and row.deny else ""
    return element(
        "div",
        head,
        element("div", *sides, class_="sides"),
        element("ul", *answers, class_="answers") if answers else None,
        class_=f"claim{disputed}",
        id=ref_anchor(row.id),
    )


def _answer(answer: AnswerRow, cited: Cited) -> Markup:
    said = [
        join(
            [
                element("span", f"{voice.ref} ", class_="ref"),
                join([element("span", f"({voice.stance})", class_="hedge"), " "]) if voice.stance else "",
                _quote(voice.quote, voice.spans, cited),
            ]
        )
        for voice in answer.voices
    ]
    parts = [part for one in said for part in ("; ", one)]
    return element("li", element("span", answer.text, class_="quiet"), *(": ", *parts[1:]) if said else ())


def _voice(voice: VoiceRow, cited: Cited, row_id: str) -> Markup:
    return element(
        "li",
        element("span", f"{voice.ref} ", class_="ref"),
        voice.who,
        join([" ", element("span", f"({voice.stance})", class_="hedge")]) if voice.stance else None,
        ": ",
        _quote(voice.quote, voice.spans, cited),
        element("span", f" (about {voice.when})", class_="quiet") if voice.when else None,
        id=ref_anchor(voice.ref) if voice.ref != row_id else None,
    )


def _quote(pieces: Iterable[Piece], spans: Sequence[Span], cited: Cited) -> Markup:
    """A quote that leads to its span; further spans of the item follow as numbers."""
    words = join([element("mark", piece.text) if piece.cue else piece.text for piece in pieces])
    linked = [span for span in spans if span in cited.refs]
    if not linked or linked[0] != spans[0]:
        return join(["“", words, "”"])
    parts: list[str] = [element("a", "“", words, "”", href=f"#{span_anchor(linked[0])}", class_="quote")]
    for number, span in enumerate(linked[1:], 2):
        parts += [
            " ",
            element("a", f"({number})", href=f"#{span_anchor(span)}", aria_label=f"place {number}"),
        ]
    return join(parts)


def event_line(row: EventRow, known: frozenset[str]) -> Markup:
    """A dated event."""
    basis = element("span", " (date inferred)", class_="quiet") if row.basis == "inferred" else None
    return element(
        "li",
        element("span", f"{row.id} ", class_="ref"),
        element("strong", row.date),
        basis,
        f": {row.text}",
        ref_links(row.refs, known),
        id=ref_anchor(row.id),
    )


def question_line(row: QuestionRow, known: frozenset[str]) -> Markup:
    """An open question."""
    return element(
        "li",
        element("span", f"{row.id} ", class_="ref"),
        row.text,
        element("span", f" ({row.label})", class_="quiet"),
        ref_links(row.refs, known),
        id=ref_anchor(row.id),
    )


def actor_line(row: ActorRow) -> Markup:
    """Who is who."""
    return element(
        "li",
        element("span", f"{row.id} ", class_="ref"),
        element("strong", row.name),
        f": {row.about}",
        id=ref_anchor(row.id),
    )


def source_line(row: SourceRow, articles: Mapping[str, Article]) -> Markup:
    """An article, linked to its text where that is at hand."""
    there = row.id in articles
    name = element("a", row.name, href=f"#article-{row.number}") if there else row.name
    rest = [f" ({row.id})"] if row.name != row.id else []
    rest += [f", {row.outlet}"] if row.outlet else []
    rest += [f", relays {row.relays}"] if row.relays else []
    details = element("span", f"; {row.dated}; {row.items}", class_="quiet")
    return element("li", element("span", f"{row.number} ", class_="ref"), name, *rest, details)
