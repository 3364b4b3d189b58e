"""The sections of an edition: figures, claims, timeline, gaps, sources, one part per story.

Pure. Each function gives the part of one story, or None where there is nothing to show. Sentences and numbers
are those of the digest's view; nothing is added up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import quote

from summarizer.records.article import Article
from summarizer.rendering import wording
from summarizer.rendering.edition_limits import Limits, cut, fitted
from summarizer.rendering.edition_quotes import (
    OWN_VOICE,
    StoryWords,
    change_rows,
    denial_quoted,
    voice_quoted,
)
from summarizer.rendering.markup import is_live
from summarizer.rendering.plot import is_plottable
from summarizer.rendering.view import AnswerRow, ClaimRow, FigureRow, FigureTable
from summarizer.rendering.view_edition import (
    ChangesPart,
    ClaimLine,
    ClaimsPart,
    Cut,
    EventLine,
    EventsPart,
    FigureLine,
    FiguresPart,
    GapsPart,
    SourceLine,
)

#: A ref of a figure or claim of a source, as notes of series name them.
_REF = re.compile(r"\b([0-9]+)/[cf][0-9]+\b")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_REPEATED = re.compile(r"(\[[0-9]+\])(?:(?:, | and )\1)+")
#: Beginnings of propositions that say less than the one quote they were made from.
_HALF = re.compile(r"(?:There (?:was|were|is|are)|It|They|He|She|This|That) ")
#: What stands in an address as it is; everything else, and all beyond ASCII, is percent-encoded.
_URL_SAFE = "%/:=&?~#+!$,;@()*[]"
#: Addresses that are longer are no help to a reader.
_MAX_LINK = 400
#: Days from the newest article beyond which an event is background; more than any, for no day at all.
_BACKGROUND_DAYS, _FAR = 60, 10**6
#: "the", "of": a noun that was not found.
_NO_NOUN = 3
UNDATED = wording.date(None)
_STANDINGS = {"changed": "Changed", "new": "New story", "unchanged": "Nothing new"}


def changes_part(words: StoryWords, limits: Limits) -> ChangesPart:
    """What changed in a story."""
    rows, figures = change_rows(words)
    fresh = words.place.standing == "new"
    shown, left = cut(rows, limits.changes, "statement" if fresh else "change")
    about = [_STANDINGS[words.place.standing], words.size]
    if words.place.topic:
        about.append(f"lead topic: {fitted(wording.shown(words.place.topic), words.chars)}")
    if figures:
        about.append(wording.count(figures, "new figure"))
    return ChangesPart(words.number, words.title, "; ".join(about), fresh, tuple(shown), left)


def figure_parts(words: StoryWords, limits: Limits) -> list[FiguresPart]:
    """Facts, then what is planned or possible, each a part of its own."""
    view = words.view.view
    parts = []
    for kind, tables in (("", view.figures), ("Planned or possible, not facts", view.outlook)):
        lines = [_figure_line(row, table, words) for table in tables for row in table.rows]
        if not lines:
            continue
        shown, left = _chosen(lines, limits.figures)
        notes = [
            fitted(f"{table.title}. {note.title}: {_numbered(note.text)}.", words.chars)
            for table in tables
            for note in table.notes
            if note.contested
        ]
        plot = next((table for table in tables if not kind and is_plottable(table)), None)
        if plot is not None:
            plot = replace(plot, rows=tuple(_dated(row, words) for row in plot.rows))
        parts.append(
            FiguresPart(
                words.number, words.title, kind, tuple(shown), tuple(notes[: limits.figures]), plot, left
            )
        )
    return parts


def claims_part(words: StoryWords, limits: Limits, told: frozenset[str]) -> ClaimsPart | None:
    """Claims, those with two sides first; a single statement that is among the changes isn't repeated."""
    rows = [row for group in words.view.view.claims for row in group.rows]
    lines = [_claim_line(row, words) for row in rows if _is_sided(row) or not _is_told(row, told)]
    if not lines:
        return None
    shown, left = cut(lines, limits.claims, "claim")
    return ClaimsPart(words.number, words.title, tuple(shown), left)


def events_part(words: StoryWords, limits: Limits) -> EventsPart | None:
    """The dated events; of many, those that most claims state and the nearest in time, background last."""
    rows = words.view.view.timeline
    if not rows:
        return None
    days = [day for row in words.view.view.sources if (day := _day_of(row.date)) is not None]
    newest = max(days, default=None)

    def weight(place: int) -> tuple[bool, int, int]:
        day = _day_of(rows[place].date)
        apart = _FAR if day is None or newest is None else abs((newest - day).days)
        return apart > _BACKGROUND_DAYS, -rows[place].weight, apart

    places, left = cut(sorted(range(len(rows)), key=weight), limits.events, "event")
    lines = tuple(
        EventLine(
            date=rows[place].date + (" (date inferred)" if rows[place].basis == "inferred" else ""),
            text=fitted(rows[place].text, words.chars),
            sources=_sources_of(rows[place].refs),
        )
        for place in sorted(places)
    )
    return EventsPart(words.number, words.title, lines, left)


def gaps_part(words: StoryWords, limits: Limits) -> GapsPart | None:
    """What is not known, contradictory or unanswered."""
    view = words.view.view
    rows = {row.id: row for group in view.claims for row in group.rows}
    lines = []
    for question in view.questions:
        claim = next((rows[ref] for ref in question.refs if ref in rows), None)
        if question.label == "said to be unknown" and claim is not None and claim.affirm:
            said = voice_quoted(claim.affirm[0], words, named=False)
            who = f"{said.who}: " if said.who else ""
            lines.append(f"Open. {who}“{said.words}” {said.place}")
        else:
            lines.append(f"{_capital(question.label)}: {question.text}")
    unanswered: dict[str, list[str]] = {}
    for row in rows.values():
        for answer in row.answers:
            if not answer.voices:
                unanswered.setdefault(answer.text, []).append(row.text.rstrip("."))
    lines += [f"{text}: {'; '.join(claims)}" for text, claims in unanswered.items()]
    if not lines:
        return None
    shown, left = cut([fitted(line, words.chars) for line in lines], limits.gaps, "open point")
    return GapsPart(words.number, words.title, tuple(shown), left)


def source_lines(words: StoryWords, articles: Mapping[str, Article]) -> list[SourceLine]:
    """The articles of a story."""
    lines = []
    for row, article_id in zip(words.view.view.sources, words.story.articles, strict=True):
        article = articles.get(article_id)
        url = (article.url if article else None) or ""
        about = [row.outlet, row.dated, f"relays {row.relays}" if row.relays else None]
        lines.append(
            SourceLine(
                number=row.number,
                name=fitted(row.name, min(words.chars, 160)),
                about=fitted("; ".join(part for part in about if part), words.chars),
                link=web_link(url),
            )
        )
    return lines


def _chosen(lines: Sequence[FigureLine], limit: int) -> tuple[Sequence[FigureLine], Cut | None]:
    """What is contested, then what several give (the newest first), then what is nearest to the topic.

    They stand in the order of their table.
    """

    def weight(place: int) -> tuple[bool, bool, date, int]:
        line = lines[place]
        day = _day_of(line.as_of) if line.compared else None
        return line.contested, line.compared, day or date.min, -place

    places, left = cut(sorted(range(len(lines)), key=weight, reverse=True), limit, "figure")
    return [lines[place] for place in sorted(places)], left


def web_link(url: str) -> str:
    """A web address in ASCII, or "" for what is none, or is longer than a mail line may be."""
    host = url.partition("://")[2].partition("/")[0]
    written = quote(url, safe=_URL_SAFE) if host.isascii() else ""
    live = is_live(written) and not written.startswith("#")
    return written if live and len(written) <= _MAX_LINK else ""


def _is_sided(row: ClaimRow) -> bool:
    """Whether more is to be shown than one statement: several voices, answers, a denial by somebody."""
    (first, *others) = row.voices
    if not others and _HALF.match(row.text):
        return False
    return bool(others or row.answers) or (first.denies and not first.who.startswith(OWN_VOICE))


def _is_told(row: ClaimRow, told: frozenset[str]) -> bool:
    words = "".join(piece.text for piece in row.voices[0].quote)
    return any(words in one for one in told)


def _figure_line(row: FigureRow, table: FigureTable, words: StoryWords) -> FigureLine:
    source = row.spans[0].source if row.spans else 0
    status = "" if table.status == "actual" else f" ({table.status})"
    what = "" if len(row.counted) <= _NO_NOUN else replace(row, group="").what
    return FigureLine(
        value=fitted(row.value, words.chars),
        what=fitted(f"{what}{status}".strip(), words.chars),
        words="" if row.words.casefold() == row.value else fitted(row.words, words.chars),
        who=fitted(_who(row.who), words.chars),
        as_of=_dated(row, words).as_of,
        source=source,
        contested=row.contested,
        compared=bool(table.id),
    )


def _dated(row: FigureRow, words: StoryWords) -> FigureRow:
    """The figure with the day when it held, or else when it was reported."""
    if row.as_of != UNDATED or not row.spans:
        return row
    published = next(
        (one.date for one in words.view.view.sources if one.number == row.spans[0].source), UNDATED
    )
    return row if published == UNDATED else replace(row, as_of=f"reported {published}")


def _who(who: str) -> str:
    """Whose figure it is; for an article's own voice its outlet: "Northern Wire"."""
    outlet = who.removeprefix(f"{OWN_VOICE} (").removesuffix(")")
    return outlet if who.startswith(f"{OWN_VOICE} (") else _capital(who)


def _claim_line(row: ClaimRow, words: StoryWords) -> ClaimLine:
    sided = _is_sided(row)
    affirm = row.affirm if sided else row.voices
    return ClaimLine(
        text=fitted(f"{row.lead}{row.text}", words.chars) if sided else "",
        standing=_standing(row) if sided else "",
        affirm=tuple(voice_quoted(voice, words, named=sided) for voice in affirm),
        deny=tuple(denial_quoted(voice, words) for voice in row.deny) if sided else (),
        answers=tuple(
            fitted(_answered(answer, words), words.chars * 2) for answer in row.answers if answer.voices
        ),
    )


def _standing(row: ClaimRow) -> str:
    """How many stand behind it, as a sentence of its own: confidence and likelihood never share one."""
    if row.deny and not row.affirm:
        return "Matched with nobody who affirms it."
    origins = row.label.removeprefix("disputed, ")
    verb = "affirms" if origins.startswith("1 origin") else "affirm"
    independent = origins.replace("origins", "independent origins", 1)
    return f"{'Disputed: ' if row.state == 'disputed' else ''}{independent} {verb} it."


def _answered(answer: AnswerRow, words: StoryWords) -> str:
    said = []
    for voice in answer.voices:
        quoted = voice_quoted(voice, words, named=True)
        stance = f" ({quoted.stance})" if quoted.stance else ""
        said.append(f"“{quoted.words}”{stance} {quoted.place}")
    return f"{answer.text}: {'; '.join(said)}"


def _day_of(shown: str) -> date | None:
    """The first day of a date as it is shown: "2025-03-04", "2025-03", "2025-03-01 to 2025-05-31"."""
    found = _DAY.search(shown)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None


def _numbered(text: str) -> str:
    """Refs of figures and claims as the numbers of their sources: "3/f1" as "[3]"."""
    return _REPEATED.sub(r"\1", _REF.sub(r"[\1]", text))


def _sources_of(refs: Sequence[str]) -> tuple[int, ...]:
    found = (_REF.fullmatch(ref) for ref in refs)
    return tuple(dict.fromkeys(int(one[1]) for one in found if one))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
