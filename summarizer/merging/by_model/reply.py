"""What a model is asked to reply with about a story:

a verdict on each question, and sentences that cite ids.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

Verdict = Literal["same", "opposite", "different"]


def _lowered(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


class VerdictItem(BaseModel):
    """One question's answer."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    verdict: Annotated[Verdict, BeforeValidator(_lowered)]


class PairItem(BaseModel):
    """Two clusters, or two series, that the model itself found to be one, or each other's contradiction."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    a: str
    b: str
    verdict: Annotated[Verdict, BeforeValidator(_lowered)]


class DigestSentence(BaseModel):
    """A sentence with the ids of the clusters and series that carry it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    cites: list[str]


class MergeReply(BaseModel):
    """The whole reply to the merge prompt."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    verdicts: list[VerdictItem]
    pairs: list[PairItem]
    summary: list[DigestSentence]


class SentencesReply(BaseModel):
    """The reply to the prompt that asks for refused sentences again."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    summary: list[DigestSentence]
