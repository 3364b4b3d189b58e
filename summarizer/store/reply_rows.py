"""Rows of the store of replies: what was replied, what each attempt took, what an endpoint can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SavedReply:
    """A reply as it arrived: `completion` is the endpoint's JSON, `mode` how it was asked for."""

    key: str
    model: str
    mode: str
    article: str
    purpose: str
    prompt: str
    completion: dict[str, Any]
    seconds: float


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request. `outcome` is "ok" or what went wrong; `usd` None: nobody knows the price."""

    key: str
    article: str
    purpose: str
    prompt: str
    model: str
    endpoint: str
    mode: str
    number: int
    outcome: str
    status: int | None
    input: int
    output: int
    cached: int
    reasoning: int
    estimated: bool
    usd: float | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over attempts. `usd` leaves out the calls without a price; `unpriced` counts them."""

    requests: int = 0
    failed: int = 0
    input: int = 0
    output: int = 0
    cached: int = 0
    reasoning: int = 0
    usd: float = 0.0
    unpriced: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class KnownEndpoint:
    """What is remembered of an endpoint: the reply mode that worked, the context size."""

    mode: str
    context_tokens: int | None
