"""What scoring leaves behind: verdicts on items, counts of an article, and the run file.

Counts come first: every score is a function of counts that can be summed over articles.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from summarizer.records.base import Record

Part = Literal["actors", "figures", "claims", "series", "relations", "propositions"]
Verdict = Literal["right", "wrong_slot", "missed", "okay_missed", "spurious", "split"]

#: Verdicts under which a gold item or a prediction found its partner.
MATCHED: tuple[Verdict, ...] = ("right", "wrong_slot")


class SlotCheck(Record):
    """One field of a matched pair: what the label says, what was predicted, whether that is right."""

    slot: str
    gold: str
    predicted: str
    right: bool


class ItemVerdict(Record):
    """What became of one gold item, one prediction, or a matched pair of them."""

    part: Part
    verdict: Verdict
    gold: str | None = Field(description="Id of the gold item, or null for a prediction without partner.")
    predicted: str | None = Field(description="Id of the prediction, or null for a missed gold item.")
    nugget: Literal["vital", "okay"] | None
    label: str = Field(description="The item in a few words: the gold side where there is one.")
    quote: str = Field(description="Evidence of the gold item, else of the prediction.")
    start: int
    end: int
    similarity: float | None = Field(default=None, description="What the pairing maximised, 0 to 1.")
    explanation: str = Field(description="Why it was matched, or not.")
    slots: tuple[SlotCheck, ...] = ()


class ArticleScore(Record):
    """Counts of one article (and one repeat) with the verdicts they were counted from."""

    article: str
    repeat: int = Field(default=0, ge=0)
    failed: str | None = Field(
        default=None, description="Why there was no answer (scored as an empty brief)."
    )
    counts: dict[str, float]
    items: tuple[ItemVerdict, ...]
