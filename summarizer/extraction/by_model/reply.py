"""What a model is asked to reply with: the items of a brief, lean, each with sentence number and quote.

Pure. The schema sent to the model comes from these classes through `strict_schema` (everything required,
nullable where it may be absent). Reading is more lenient than the schema, because not every endpoint
enforces it: an absent optional field is null, null for a list is an empty list, capitals in an enum value
don't matter, unknown keys are ignored. Field names are short words: a model writes each of them once an
item.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from summarizer.records.brief import ActorKind, Bound, Certainty, Polarity, Sourcing, Status


def _lowered(value: Any) -> Any:
    return value.strip().lower().replace(" ", "_") if isinstance(value, str) else value


def _listed(value: Any) -> Any:
    if value is None:
        return []
    return [value] if isinstance(value, str) else value


def _absent(value: Any) -> Any:
    # Models write "", "null" and "none" where they mean null.
    return None if isinstance(value, str) and value.strip().lower() in ("", "null", "none", "n/a") else value


Texts = Annotated[list[str], BeforeValidator(_listed)]
Text = Annotated[str, Field(min_length=1), WithJsonSchema({"type": "string"})]
OptionalText = Annotated[str | None, BeforeValidator(_absent), WithJsonSchema({"type": ["string", "null"]})]
Number = Annotated[int | float, Field(allow_inf_nan=False), WithJsonSchema({"type": "number"})]
OptionalNumber = Annotated[
    int | float | None, Field(allow_inf_nan=False), WithJsonSchema({"type": ["number", "null"]})
]


class Item(BaseModel):
    """Part of a reply; immutable, unknown keys ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class MentionItem(Item):
    """A further span of a figure; `bound` only where its own words differ from the figure's bound."""

    sentence: int
    quote: Text
    bound: Annotated[Bound, BeforeValidator(_lowered)] | None = None


class ActorItem(Item):
    """See the contract's Actor."""

    id: Text
    sentence: int
    quote: Text
    name: Text
    kind: Annotated[ActorKind, BeforeValidator(_lowered)]
    role: OptionalText = None
    aliases: Texts = []


class FigureItem(Item):
    """See the contract's Figure."""

    id: Text
    sentence: int
    quote: Text
    value: Number
    value_high: OptionalNumber = None
    unit: Text
    counted: Text
    bound: Annotated[Bound, BeforeValidator(_lowered)]
    status: Annotated[Status, BeforeValidator(_lowered)]
    as_of: OptionalText = None
    place: OptionalText = None
    source: OptionalText = None
    via: OptionalText = None
    also: Annotated[list[MentionItem], BeforeValidator(_listed)] = []


class ClaimItem(Item):
    """See the contract's Claim."""

    id: Text
    sentence: int
    quote: Text
    text: Text
    speakers: Texts = []
    via: OptionalText = None
    sourcing: Annotated[Sourcing, BeforeValidator(_lowered)]
    polarity: Annotated[Polarity, BeforeValidator(_lowered)]
    certainty: Annotated[Certainty, BeforeValidator(_lowered)]
    cues: Texts = []
    when: OptionalText = None


class SentenceItem(Item):
    """A sentence of the summary and the ids of the claims and figures that carry it."""

    text: Text
    cites: Texts = []


class BriefReply(Item):
    """The whole reply to the extraction prompt."""

    actors: list[ActorItem]
    figures: list[FigureItem]
    claims: list[ClaimItem]
    summary: list[SentenceItem]


class RepairedSentence(Item):
    """A summary sentence under the id that the repair prompt gave it."""

    id: Text
    text: Text
    cites: Texts = []


class RepairReply(Item):
    """The reply to the repair prompt: only the items that were asked for, under their ids."""

    actors: list[ActorItem]
    figures: list[FigureItem]
    claims: list[ClaimItem]
    summary: list[RepairedSentence]
