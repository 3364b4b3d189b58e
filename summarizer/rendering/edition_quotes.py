"""Quotes and changes of an edition's stories, in the words in which they are shown.

Pure. `StoryWords` knows one story: its digest, its place in the edition, and what its sources are called.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from summarizer.records.article import ArticleHeader
from summarizer.records.brief import Certainty
from summarizer.records.delta import Change, ChangeKind, DeltaQuote
from summarizer.records.edition import StoryPlace
from summarizer.records.stories import Story
from summarizer.rendering import wording
from summarizer.rendering.edition_limits import fitted
from summarizer.rendering.news_line import best_first, newest, short_quote
from summarizer.rendering.view import FigureRow, Piece, VoiceRow
from summarizer.rendering.view_edition import ChangeRow, Quoted
from summarizer.rendering.view_stories import StoryView

KINDS: Mapping[ChangeKind, str] = {
    "denied": "Denied",
    "withdrawn": "Withdrawn",
    "revised": "Revised",
    "firmer": "Firmer",
    "softer": "Softer",
    "new": "New",
    "not_repeated": "Not repeated",
}
_DOUBTS: Mapping[Certainty, str] = {
    "probable": "thought unlikely",
    "possible": "possibly not",
    "unknown": "not known",
}
#: A heading stands in every section.
_MAX_TITLE = 110
#: How `wording.own_voice` begins: what an article says itself.
OWN_VOICE = "the article"
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class StoryWords:
    """One story of an edition with all that wording it takes."""

    place: StoryPlace
    story: Story
    view: StoryView
    numbers: Mapping[str, int]
    headers: Mapping[str, ArticleHeader]
    earlier: Mapping[str, ArticleHeader]
    voices: Mapping[str, VoiceRow]
    figures: Mapping[str, FigureRow]
    chars: int

    @property
    def number(self) -> int:
        return self.view.number

    @property
    def title(self) -> str:
        return fitted(self.view.title, min(self.chars, _MAX_TITLE))

    @property
    def size(self) -> str:
        """ "2 articles, 19 reprints"; the dates stand with the sources."""
        articles = wording.count(len(self.story.articles), "article")
        reprints = wording.count(len(self.story.reprints), "reprint")
        return f"{articles}, {reprints}" if self.story.reprints else articles

    def outlet(self, source: int) -> str:
        """What the outlet of a source is called, "" if nobody says."""
        return next((row.outlet or "" for row in self.view.view.sources if row.number == source), "")


def story_words(place: StoryPlace, story: Story, view: StoryView, chars: int) -> StoryWords:
    """The words of one story; texts longer than `chars` are cut."""
    return StoryWords(
        place=place,
        story=story,
        view=view,
        numbers={row_id: row.number for row_id, row in zip(story.articles, view.view.sources, strict=True)},
        headers={header.id: header for header in place.delta.new.articles},
        earlier={header.id: header for header in place.delta.old.articles},
        voices={
            _member(voice.ref, story, view): voice
            for group in view.view.claims
            for claim in group.rows
            for voice in claim.voices
        },
        figures={
            _member(row.ref, story, view): row
            for table in (*view.view.figures, *view.view.outlook)
            for row in table.rows
        },
        chars=chars,
    )


def _member(ref: str, story: Story, view: StoryView) -> str:
    """The member of the digest that a ref of its view stands for: "17/f3" is "dock-strike/f3"."""
    number, _, item = ref.partition("/")
    place = int(number) - view.view.sources[0].number
    return f"{story.articles[place]}/{item}"


def change_rows(words: StoryWords) -> tuple[list[ChangeRow], int]:
    """The changes of a story that are told one by one, and how many figures are new besides.

    The weightiest comes first, then what is not told as before, then what is new. A quote that lies inside
    one that is told already adds nothing. Figures that nobody gave before stand in
    the table of figures, unless they are all that is new.
    """
    changes = [words.place.delta.changes[place] for place in words.place.weightiest]
    changes[1:] = sorted(changes[1:], key=lambda change: change.kind == "new")
    plain = [one for one in changes if one.part == "figure" and one.kind == "new" and one.before is None]
    if len(plain) == len(changes):
        plain = []
    told: list[DeltaQuote] = []
    rows = []
    for change in changes:
        bearing = change.new_quotes[:1]
        inside = bearing and change.kind == "new" and any(_holds(one, bearing[0]) for one in told)
        if any(change is one for one in plain) or inside:
            continue
        told += bearing
        rows.append(_change_row(change, words))
    return rows, len(plain)


def voice_quoted(row: VoiceRow, words: StoryWords, *, named: bool) -> Quoted:
    """A voice of a claim; `named`: whoever speaks is named even where the quote names them.

    The stance says no cues: they are marked in the quote.
    """
    source = row.spans[0].source if row.spans else 0
    own = row.who.startswith(OWN_VOICE)
    who = "" if own or (not named and _says(row.quote, row.who)) else _capital(row.who)
    return Quoted(
        who=fitted(who, words.chars),
        stance=_stance(row, own=own),
        pieces=_cut_pieces(row.quote, words.chars),
        source=source,
        outlet=words.outlet(source),
    )


def denial_quoted(row: VoiceRow, words: StoryWords) -> Quoted:
    """A voice that stands under "Denied", which needn't say so again."""
    quoted = voice_quoted(row, words, named=True)
    return replace(quoted, stance="") if quoted.stance == "denial" else quoted


def _stance(row: VoiceRow, *, own: bool) -> str:
    """How the speaker stands to the claim; an article's own "not" is no denial of anybody's."""
    if not row.denies:
        return wording.HEDGES[row.certainty]
    if row.certainty != "certain":
        return _DOUBTS[row.certainty]
    return "" if own else "partial denial" if row.in_part else "denial"


def _change_row(change: Change, words: StoryWords) -> ChangeRow:
    kind = "" if change.kind == "new" and words.place.standing == "new" else KINDS[change.kind]
    reason = "" if change.kind in ("new", "revised") and not _contrasts(change) else _reason(change, words)
    if change.part == "figure":
        return ChangeRow(
            kind=kind,
            about=fitted(_capital(wording.shown(change.text)), words.chars),
            now=_figure_now(change, words),
            before=_old_side(change, words),
            reason=reason,
        )
    now, denial = _sides(change, words)
    opposed = change.kind in ("denied", "withdrawn")
    return ChangeRow(
        kind=kind,
        about=fitted(wording.shown(change.text).rstrip("."), words.chars) if opposed else "",
        now=now,
        before=None if change.kind == "new" else _old_side(change, words),
        denial=denial if change.kind == "new" else None,
        reason=reason,
    )


def _contrasts(change: Change) -> bool:
    """Whether a new figure stands against one that another source gave before."""
    return change.kind == "new" and change.part == "figure" and change.before is not None


def _reason(change: Change, words: StoryWords) -> str:
    return fitted(f"{_capital(wording.shown(change.reason)).rstrip('.')}.", words.chars)


def _figure_now(change: Change, words: StoryWords) -> Quoted | None:
    """The newest figure of the change; the others stand in the table of figures."""
    quote = newest(change.new_quotes, words.headers)
    if quote is None:
        return None
    row = words.figures.get(quote.member)
    source, outlet = _place(quote, words, now=True)
    who = _capital(row.who) if row and not row.who.startswith(OWN_VOICE) else ""
    pieces = (Piece(fitted(wording.shown(quote.evidence.quote), words.chars)),)
    return Quoted(fitted(who, words.chars), "", pieces, source, outlet)


def _sides(change: Change, words: StoryWords) -> tuple[Quoted | None, Quoted | None]:
    """The first voice that bears the change, and the first that denies it where that is another one."""
    quotes = best_first(change, words.headers)
    rows = [row for quote in quotes if (row := words.voices.get(quote.member)) is not None]
    if not rows:
        return None, None
    first = rows[0]
    if change.kind in ("denied", "withdrawn"):
        against = next((row for row in rows if row.denies), None)
        return (denial_quoted(against, words) if against else voice_quoted(first, words, named=False)), None
    other = next((row for row in rows[1:] if row.denies and not first.denies), None)
    return voice_quoted(first, words, named=False), denial_quoted(other, words) if other else None


def _old_side(change: Change, words: StoryWords) -> Quoted | None:
    """What was told before; an earlier edition's sources have no number here."""
    quote = newest(change.old_quotes, words.earlier)
    if quote is None:
        return None
    said = short_quote(quote.evidence.quote, (), words.chars)
    return Quoted("", "", (Piece(said),), *_place(quote, words, now=False))


def _place(quote: DeltaQuote, words: StoryWords, *, now: bool) -> tuple[int, str]:
    """Source number and outlet of a quote; an earlier edition's sources have no number here."""
    header = (words.headers if now else words.earlier).get(quote.article)
    outlet = wording.shown(header.outlet) if header and header.outlet else ""
    return words.numbers.get(quote.article, 0) if now else 0, fitted(outlet, words.chars)


def _holds(outer: DeltaQuote, inner: DeltaQuote) -> bool:
    same = outer.article == inner.article
    a, b = outer.evidence, inner.evidence
    return same and a.start <= b.start and b.end <= a.end


def _says(pieces: Sequence[Piece], who: str) -> bool:
    """Whether a quote has the last name, or last word, of who says it."""
    said = set(map(str.casefold, _WORD.findall("".join(piece.text for piece in pieces))))
    name = _WORD.findall(who.partition(", via ")[0].partition(" (")[0])
    return bool(name) and name[-1].casefold() in said


def _cut_pieces(pieces: Sequence[Piece], chars: int) -> Sequence[Piece]:
    """Pieces with so many characters at most, but never fewer than up to the last cue."""
    whole = "".join(piece.text for piece in pieces)
    if len(whole) <= chars:
        return pieces
    cues = [piece.text for piece in pieces if piece.cue]
    return wording.mark_cues(short_quote(whole, cues, chars), cues)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
