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

    quote: str = Field(description="The words as the engine copied them; may be wrong.")
    sentence: int | None = Field(default=None, description="1-based number of the sentence it starts in.")
    start: int | None = Field(default=None, description="Offset where it should start.")
    bound: Bound | None = Field(default=None, description="For a figure's further span: its own bound.")


class DraftActor(Record):
    """See `Actor`."""

    id: str = Field(description="The draft's own id.")
    name: str = Field(description="As in `Actor`.")
    kind: ActorKind = Field(description="As in `Actor`.")
    role: str | None = Field(default=None, description="As in `Actor`.")
    aliases: tuple[str, ...] = Field(default=(), description="As in `Actor`.")
    evidence: tuple[Quote, ...] = Field(description="Quotes that carry the item.")


class DraftFigure(Record):
    """See `Figure`."""

    id: str = Field(description="The draft's own id.")
    evidence: tuple[Quote, ...] = Field(description="Quotes that carry the item.")
    also: tuple[Quote, ...] = Field(default=(), description="Further quotes of the same figure.")
    value: int | float = Field(description="As in `Figure`.")
    value_high: int | float | None = Field(default=None, description="As in `Figure`.")
    unit: str = Field(description="As in `Figure`.")
    counted: str = Field(description="As in `Figure`.")
    bound: Bound = Field(description="As in `Figure`.")
    status: Status = Field(description="As in `Figure`.")
    as_of: str | None = Field(default=None, description="As in `Figure`.")
    place: str | None = Field(default=None, description="As in `Figure`.")
    source: str | None = Field(default=None, description="A draft actor's id, or null.")
    via: str | None = Field(default=None, description="A draft actor's id, or null.")


class DraftClaim(Record):
    """See `Claim`."""

    id: str = Field(description="The draft's own id.")
    text: str = Field(description="As in `Claim`.")
    speakers: tuple[str, ...] = Field(default=(), description="Ids of draft actors.")
    via: str | None = Field(default=None, description="A draft actor's id, or null.")
    sourcing: Sourcing = Field(description="As in `Claim`.")
    polarity: Polarity = Field(description="As in `Claim`.")
    certainty: Certainty = Field(description="As in `Claim`.")
    cues: tuple[str, ...] = Field(default=(), description="As in `Claim`.")
    when: str | None = Field(default=None, description="As in `Claim`.")
    evidence: tuple[Quote, ...] = Field(description="Quotes that carry the item.")


class DraftBrief(Record):
    """All that an engine proposes for one article."""

    summary: tuple[Sentence, ...] = Field(default=(), description="Sentences that cite draft ids.")
    actors: tuple[DraftActor, ...] = Field(default=(), description="Proposed actors.")
    figures: tuple[DraftFigure, ...] = Field(default=(), description="Proposed figures.")
    claims: tuple[DraftClaim, ...] = Field(default=(), description="Proposed claims.")
