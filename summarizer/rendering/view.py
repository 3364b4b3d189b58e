"""What a reader sees, before any layout: the one object that text, Markdown and HTML are made from.

Every string in a `View` is ready to be shown: white space collapsed, control and direction characters
replaced (they could rewrite a terminal line or reorder a sentence). Markup is the layouts' business to
escape. A `ref` is what `summarizer show` takes: "C3" and "S1" in a digest, "2/f3" for figure f3 of the
second source, "f3" in a brief.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from summarizer.records.article import DateBasis
from summarizer.records.brief import CERTAINTIES, Certainty, Status
from summarizer.records.digest import ClaimState, Relation

_LEADS: dict[Certainty, str] = {
    "certain": "",
    "probable": "Probable: ",
    "possible": "Possible: ",
    "unknown": "Not known: ",
}
_DATE_BASES: dict[DateBasis, str] = {
    "stated": "{} (stated)",
    "inferred": "{} (inferred from the text)",
    "unknown": "no date of its own",
}


@dataclass(frozen=True, slots=True)
class Span:
    """Where evidence stands: the source's number (from 1) and the half-open range in its text."""

    source: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quote; `cue` where it is a hedge or denial that must not be overlooked."""

    text: str
    cue: bool = False


@dataclass(frozen=True, slots=True)
class CitedLine:
    """A sentence of the summary with the refs that carry it."""

    text: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """How a figure relates to earlier rows of its series: `text` is short, `reasons` are the digest's own."""

    relation: Relation
    text: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of one article. `differences` tell how it relates to earlier rows, each relation once.

    `series` is the id of a series of this figure alone, "" where the table is the series. `low` and `high`
    are the ends of what the figure admits, None for an open end. `group` is a letter for its scope, "" where
    the series has only one. `contested`: another figure says something else for the same scope and time.
    """

    ref: str
    series: str
    value: str
    words: str
    counted: str
    who: str
    as_of: str
    place: str | None
    low: float | None
    high: float | None
    spans: tuple[Span, ...]
    group: str = ""
    contested: bool = False
    differences: tuple[Difference, ...] = ()

    @property
    def what(self) -> str:
        """What is counted, where, and in which scope."""
        where = self.place and self.place.casefold() not in self.counted.casefold()
        scope = f" [{self.group}]" if self.group else ""
        return f"{self.counted} ({self.place}){scope}" if where else self.counted + scope

    @property
    def differs_text(self) -> str:
        """How it relates to earlier rows, in one phrase; "" where it relates to none."""
        return "; ".join(one.text for one in self.differences)


@dataclass(frozen=True, slots=True)
class Note:
    """What a series says as a whole, in a line; `contested` where its figures really disagree."""

    title: str
    text: str
    contested: bool = False


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Figures that measure one quantity. `id` is "" for a table that only collects what stands alone.

    The rows of a `long` table are in order of weight, and a short rendering may cut them and say so.
    """

    id: str
    title: str
    status: Status
    unit: str
    rows: tuple[FigureRow, ...]
    notes: tuple[Note, ...] = ()
    long: bool = False


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """Who says (or denies) a claim, how surely, and in which words."""

    ref: str
    who: str
    denies: bool
    certainty: Certainty
    hedge: str
    cues: tuple[str, ...]
    when: str | None
    quote: tuple[Piece, ...]
    spans: tuple[Span, ...]
    in_part: bool = False

    @property
    def stance(self) -> str:
        """Denial and hedge in one phrase, "" for a plain statement: "denial, possible: «may»"."""
        joint = ": " if self.certainty == "certain" else ", "
        denial = "partial denial" if self.in_part else "denial"
        return joint.join(part for part in (denial if self.denies else "", self.hedge) if part)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """How those whom a claim is about answer it otherwise than by denial: who, and in which words.

    No `voices`: the articles hold no answer.
    """

    text: str
    voices: tuple[VoiceRow, ...]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A proposition, with those who affirm it and those who deny it."""

    id: str
    text: str
    state: ClaimState
    label: str
    affirm: tuple[VoiceRow, ...]
    deny: tuple[VoiceRow, ...]
    answers: tuple[AnswerRow, ...] = ()

    @property
    def voices(self) -> tuple[VoiceRow, ...]:
        """All voices, those who affirm first."""
        return self.affirm + self.deny

    @property
    def lead(self) -> str:
        """What must be read before the text, which is bare of hedge and denial: "Denied: ", "Possible: "."""
        return lead_of([voice.certainty for voice in self.affirm])


def lead_of(affirmed: Sequence[Certainty]) -> str:
    """What must be read before a claim that is affirmed so surely: "" where somebody is certain."""
    return _LEADS[min(affirmed, key=CERTAINTIES.index)] if affirmed else "Denied: "


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """Claims of one standing. `long` groups may be cut in a short rendering, which then says so."""

    title: str
    note: str
    rows: tuple[ClaimRow, ...]
    long: bool = False


@dataclass(frozen=True, slots=True)
class EventRow:
    """A dated event; `weight` is how many claims state it."""

    id: str
    date: str
    basis: Literal["stated", "inferred"]
    text: str
    refs: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """What is not known, or contradictory."""

    id: str
    text: str
    label: str
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActorRow:
    """Who is who. `refs` are the mentions by brief; a brief's own actor has none."""

    id: str
    name: str
    kind: str
    role: str | None
    aliases: tuple[str, ...]
    refs: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """Kind, role and other names in one phrase."""
        also = f"also {', '.join(f'“{one}”' for one in self.aliases)}" if self.aliases else ""
        return "; ".join(part for part in (self.role or self.kind, also) if part)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """An article. `number` is the first part of its refs."""

    number: int
    id: str
    name: str
    outlet: str | None
    relays: str | None
    date: str
    basis: DateBasis
    items: str

    @property
    def dated(self) -> str:
        """Its date and how we know it."""
        return _DATE_BASES[self.basis].format(self.date)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """An item that grounding refused."""

    ref: str
    part: str
    code: str
    reason: str
    quote: str


@dataclass(frozen=True, slots=True)
class FailedRow:
    """An input that gave no brief."""

    source: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class View:
    """A whole digest or brief, ready to be laid out from top to bottom."""

    kind: Literal["digest", "brief"]
    title: str
    subtitle: str
    bottom_line: CitedLine | None
    summary: tuple[CitedLine, ...]
    figures: tuple[FigureTable, ...]
    outlook: tuple[FigureTable, ...]
    claims: tuple[ClaimGroup, ...]
    timeline: tuple[EventRow, ...]
    questions: tuple[QuestionRow, ...]
    actors: tuple[ActorRow, ...]
    sources: tuple[SourceRow, ...]
    coverage: str
    failed: tuple[FailedRow, ...]
    duplicates: tuple[str, ...]
    refused: tuple[RefusedRow, ...]
    made_by: str
    caution: str = field(
        default="Machine-made: verify before use. Every quote is verbatim; follow its id to the article."
    )
