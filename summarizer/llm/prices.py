"""What calls cost, after a dated table or a price given by the user. Money is in US dollars.

A model that nobody has a price for has no price: its money is None in every ledger, never 0. Calls to a
server on this machine cost 0.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from summarizer.errors import UsageProblem
from summarizer.llm.model import Usage
from summarizer.llm.spec import Endpoint

_SNAPSHOT = re.compile(r"-\d{4}-\d{2}-\d{2}$")
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens, and where that comes from."""

    input: float
    cached: float
    output: float
    basis: str

    def of(self, usage: Usage, batch: bool = False) -> float:
        """What a call with that usage costs; `cached` tokens are part of `input`."""
        fresh = usage.input - usage.cached
        money = fresh * self.input + usage.cached * self.cached + usage.output * self.output
        return money / _MILLION * (batch_share() if batch else 1.0)


def price_of(endpoint: Endpoint, given: Price | None = None) -> Price | None:
    """The price of a model, or None if nobody has one."""
    if given is not None:
        return given
    if endpoint.is_local:
        return Price(0.0, 0.0, 0.0, "runs on this machine")
    table = _table()
    name = _SNAPSHOT.sub("", endpoint.model)
    row: list[float] | None = table["usd_per_million"].get(name)
    if row is None or endpoint.provider not in ("openai", "azure"):
        return None
    fresh, cached, output = row
    return Price(fresh, cached, output, f"price table of {table['as_of']}")


def parse_price(text: str) -> Price:
    """`INPUT,CACHED,OUTPUT` or `INPUT,OUTPUT` in US dollars for a million tokens.

    Raises:
        UsageProblem: anything else.
    """
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) == 2:
        numbers.insert(1, numbers[0])
    if len(numbers) != 3 or not all(0 <= number < float("inf") for number in numbers):
        raise UsageProblem(f"price {text!r}: give INPUT,CACHED,OUTPUT in US dollars for a million tokens.")
    fresh, cached, output = numbers
    return Price(fresh, cached, output, "given by the user")


def batch_share() -> float:
    """What a call through the Batch API costs as a share of the usual price."""
    return float(_table()["batch"])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("summarizer.llm").joinpath("prices.toml").read_text(encoding="utf-8"))
