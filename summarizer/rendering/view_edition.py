"""What a reader of an edition sees, before any layout: mail text, mail HTML and page are made from it.

Every string is ready to be shown (see `view`); markup is the layouts' business to escape. A source is named
by its number, "[3]", and listed under that number. `Cut` says how much a list leaves out, never silently.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.rendering.view import FigureTable, Piece


@dataclass(frozen=True, slots=True)
class Cut:
    """How many rows of a list aren't shown, and what they are: "12 more figures"."""

    left: int
    text: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """Somebody's words: who, in which stance ("denial", "possible"), the quote in pieces, its source.

    `who` is "" where the quote itself says it, `source` is 0 for a source of an earlier edition.
    """

    who: str
    stance: str
    pieces: Sequence[Piece]
    source: int
    outlet: str

    @property
    def words(self) -> str:
        """The quote as one string, its cues unmarked."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def place(self) -> str:
        """Where it stands: "[3] Northern Wire", "Northern Wire, in an earlier edition"."""
        if not self.source:
            return f"{self.outlet}, in an earlier edition".removeprefix(", ")
        return f"[{self.source}] {self.outlet}".rstrip()


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change: its kind as a word, what it is about ("" where the quote says it), now, and before.

    `denial` is the other side of something new that is denied at once.
    """

    kind: str
    about: str
    now: Quoted | None
    before: Quoted | None = None
    denial: Quoted | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StoryPart:
    """The part of a section that is about one story."""

    number: int
    title: str

    @property
    def heading(self) -> str:
        return f"{self.number}. {self.title}"


@dataclass(frozen=True, slots=True)
class ChangesPart(StoryPart):
    """What changed in a story; `about` says how it stands and how large it is, `fresh` that it is new."""

    about: str
    fresh: bool
    rows: Sequence[ChangeRow]
    cut: Cut | None


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure: what it counts, with bound; the source's words; who; as of when; the source's number.

    `compared`: other figures of the story are of the same quantity.
    """

    value: str
    what: str
    words: str
    who: str
    as_of: str
    source: int
    contested: bool
    compared: bool


@dataclass(frozen=True, slots=True)
class FiguresPart(StoryPart):
    """Figures of a story. `kind` is "" for facts; planned and possible ones are a part of their own.

    `notes` say what the figures of one quantity say together, `plot` is the series to draw or None.
    """

    kind: str
    rows: Sequence[FigureLine]
    notes: Sequence[str]
    plot: FigureTable | None
    cut: Cut | None


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A proposition with both sides. `text` is "" where one voice's quote says it all."""

    text: str
    standing: str
    affirm: Sequence[Quoted]
    deny: Sequence[Quoted]
    answers: Sequence[str]

    @property
    def sided(self) -> bool:
        """Whether there are two sides, to be shown side by side."""
        return bool(self.affirm and self.deny)


@dataclass(frozen=True, slots=True)
class ClaimsPart(StoryPart):
    """Claims of a story, disputed and denied ones first."""

    rows: Sequence[ClaimLine]
    cut: Cut | None


@dataclass(frozen=True, slots=True)
class EventLine:
    """A dated event."""

    date: str
    text: str
    sources: Sequence[int]


@dataclass(frozen=True, slots=True)
class EventsPart(StoryPart):
    """The timeline of a story."""

    rows: Sequence[EventLine]
    cut: Cut | None


@dataclass(frozen=True, slots=True)
class GapsPart(StoryPart):
    """What is open in a story."""

    rows: Sequence[str]
    cut: Cut | None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """An article. `link` is "" or an http(s) address."""

    number: int
    name: str
    about: str
    link: str


@dataclass(frozen=True, slots=True)
class EditionView:
    """A whole edition, as it is read. `alone` names the stories that rest on one article.

    `page` is "" or the address of the edition's page.
    """

    title: str
    dateline: str
    subject: str
    preheader: str
    banners: Sequence[tuple[str, str]]
    bottom_line: str
    changes_title: str
    changes: Sequence[ChangesPart]
    unchanged: Sequence[str]
    unchanged_cut: Cut | None
    figures: Sequence[FiguresPart]
    claims: Sequence[ClaimsPart]
    events: Sequence[EventsPart]
    gaps: Sequence[GapsPart]
    sources: Sequence[SourceLine]
    sources_cut: Cut | None
    coverage: Sequence[str]
    failures: Sequence[str]
    failures_cut: Cut | None
    made_by: Sequence[str]
    caution: str = "Machine-made: verify before use."
    stories_cut: Cut | None = None
    alone: str = ""
    page: str = ""

    @property
    def elsewhere(self) -> str:
        """Where to find what is cut."""
        return "see the page of this edition" if self.page else "not in this mail"
