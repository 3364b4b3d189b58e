"""Rows of the ledger: what each request to a model was about, how it ended, what it took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from summarizer.llm.model import Ask, RawReply, ReplyMode, Usage
from summarizer.llm.modes import usage_of
from summarizer.llm.prices import Price
from summarizer.llm.spec import Endpoint
from summarizer.store.replies import Attempt, KnownEndpoint


class Ledger(Protocol):
    """Where attempts are written down and endpoints remembered: `store.replies.ReplyStore`."""

    def record(self, attempt: Attempt) -> None:
        """Add one attempt."""

    def known_endpoint(self, base_url: str, model: str) -> KnownEndpoint | None:
        """What is remembered of an endpoint."""

    def remember_endpoint(self, base_url: str, model: str, mode: str, context_tokens: int | None) -> None:
        """Remember what worked."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How an attempt ended: with a reply (`raw`), or without one; `outcome` is "ok" or what went wrong."""

    outcome: str
    raw: RawReply | None
    status: int | None
    seconds: float


def ledger_row(
    ask: Ask, key: str, endpoint: Endpoint, mode: ReplyMode, number: int, ending: Ending, price: Price | None,
    batch: bool = False,
) -> Attempt:  # fmt: skip
    """The row of one attempt; without a known price its money is None."""
    usage = usage_of(ending.raw, ask) if ending.raw is not None else Usage()
    return Attempt(
        key=key,
        article=ask.article,
        purpose=ask.purpose,
        prompt=ask.prompt.prompt,
        model=endpoint.name,
        endpoint=endpoint.base_url,
        mode=mode,
        number=number,
        outcome=ending.outcome,
        status=ending.status,
        input=usage.input,
        output=usage.output,
        cached=usage.cached,
        reasoning=usage.reasoning,
        estimated=usage.estimated,
        usd=None if price is None else price.of(usage, batch),
        seconds=ending.seconds,
    )
