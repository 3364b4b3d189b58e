"""A draft: what an engine proposes before grounding has tied it to the text.

The same shape comes from the rules engine and from a model. Nothing in a draft is trusted: ids are
the draft's own, quotes may be wrong, names may be invented. Grounding turns it into a `Brief`.
"""

from __future__ import annotations

from pydantic import Field

from summarizer.records.base import Record
from summarizer.records.brief import ActorKind, Bound, Certainty, Polarity, Sentence, Sourcing, Status


class Quote(Record):
    """A quote and hints where it stands. Hints only choose between places; they never replace the quote."""

    quote: str
    sentence: int | None = Field(default=None, description="1-based number of the sentence it starts in.")
    start: int | None = Field(default=None, description="Offset where it should start.")
    bound: Bound | None = Field(default=None, description="For a figure's further span: its own bound.")


class DraftActor(Record):
    """See `Actor`."""

    id: str
    name: str
    kind: ActorKind
    role: str | None = None
    aliases: tuple[str, ...] = ()
    evidence: tuple[Quote, ...]


class DraftFigure(Record):
    """See `Figure`."""

    id: str
    evidence: tuple[Quote, ...]
    also: tuple[Quote, ...] = ()
    value: int | float
    value_high: int | float | None = None
    unit: str
    counted: str
    bound: Bound
    status: Status
    as_of: str | None = None
    place: str | None = None
    source: str | None = None
    via: str | None = None


class DraftClaim(Record):
    """See `Claim`."""

    id: str
    text: str
    speakers: tuple[str, ...] = ()
    via: str | None = None
    sourcing: Sourcing
    polarity: Polarity
    certainty: Certainty
    cues: tuple[str, ...] = ()
    when: str | None = None
    evidence: tuple[Quote, ...]


class DraftBrief(Record):
    """All that an engine proposes for one article."""

    summary: tuple[Sentence, ...] = ()
    actors: tuple[DraftActor, ...] = ()
    figures: tuple[DraftFigure, ...] = ()
    claims: tuple[DraftClaim, ...] = ()
