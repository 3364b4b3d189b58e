"""What grounding refuses, with reason and nearest passage: collected, never silently dropped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pydantic import ValidationError

from summarizer.grounding.locate import Miss
from summarizer.records.brief import Rejected, RejectionCode

Part = Literal["actor", "figure", "claim", "summary"]


@dataclass(frozen=True, slots=True)
class Refusals:
    """The refused items of one draft, in the order in which they were looked at."""

    items: list[Rejected] = field(default_factory=list)

    def of(self, part: Part, draft_id: str) -> ItemRefusals:
        """The same list, seen from one item."""
        return ItemRefusals(self.items, part, draft_id)


class ItemRefusals:
    """Adds refusals of one item or of single fields of it."""

    __slots__ = ("draft_id", "items", "part")

    def __init__(self, items: list[Rejected], part: Part, draft_id: str) -> None:
        self.items = items
        self.part: Part = part
        self.draft_id = draft_id

    def add(
        self, field: str, code: RejectionCode, reason: str, quote: str | None, nearest: str | None = None
    ) -> None:
        """Note that `field` was refused; whether the item goes with it is the caller's business."""
        self.items.append(
            Rejected(
                part=self.part, draft_id=self.draft_id, field=field, code=code, reason=reason, quote=quote,
                nearest=nearest,
            )
        )  # fmt: skip

    def add_miss(self, field: str, miss: Miss, quote: str) -> None:
        """Note a quote that is not in the article."""
        self.add(field, miss.code, miss.reason, quote, miss.nearest)

    def add_invalid(self, error: ValidationError, quote: str | None) -> None:
        """Note an item that breaks the contract's own consistency rules."""
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "item"
        self.add(place, "invalid", first["msg"].removeprefix("Value error, "), quote)
