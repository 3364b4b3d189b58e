"""A limit on money, looked at before each call.

A call is let through when what was spent, what calls under way are expected to cost, and its own expected
cost stay within the limit. Expected is the price of the prompt plus the output that calls so far had for
their input (with a margin); so the limit holds but for one call's misjudgement, and calls under way are
waited for before the run is stopped too early.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from summarizer.errors import BudgetReached, UnknownPrice
from summarizer.llm.model import Ask, Usage, estimate_tokens
from summarizer.llm.prices import Price

#: Output tokens for an article's prompt beside its fixed part, before any call has told: briefs of the
#: labelled articles take about 2.5 tokens a token of article.
OUTPUT_PER_INPUT = 2.5
#: Expected output is multiplied by this.
MARGIN = 1.25


@dataclass(frozen=True, slots=True)
class CallSize:
    """What a budget must know of a call: tokens of its prompt, how many of them differ from call to call."""

    about: str
    prompt_tokens: int
    variable_tokens: int

    @classmethod
    def of(cls, ask: Ask) -> CallSize:
        """Of a question that is about to be asked."""
        return cls(ask.about, estimate_tokens(ask.prompt.chars), _variable_tokens(ask))


class Budget:
    """Money of one run. `limit_usd` None: nothing is limited, the money is only counted."""

    def __init__(self, limit_usd: float | None, price: Price | None, model: str) -> None:
        if limit_usd is not None and price is None:
            raise UnknownPrice(
                f"{model}: no price is known, so a budget can't be kept. Give --price INPUT,CACHED,OUTPUT."
            )
        self.limit_usd = limit_usd
        self.spent_usd = 0.0
        self._price = price
        self._model = model
        self._reserved: dict[int, float] = {}
        self._tickets = 0
        self._settled = asyncio.Condition()
        self._output = self._asked = 0

    def expected_usd(self, ask: Ask) -> float:
        """What the call is expected to cost, on the high side; 0 without a price."""
        return self._expected_usd(CallSize.of(ask))

    def expected_usage(self, ask: Ask) -> Usage:
        """Tokens that the call is expected to take, on the high side; nothing is taken to be cached."""
        return self._expected_usage(CallSize.of(ask))

    async def reserve(self, ask: Ask) -> int:
        """A ticket for the call, to be handed to `settle`. Raises BudgetReached as `reserve_call` does."""
        return await self.reserve_call(CallSize.of(ask))

    async def settle(self, ticket: int, ask: Ask, usage: Usage | None) -> None:
        """A call ended; `usage` None when it brought no reply."""
        await self.settle_call(ticket, CallSize.of(ask), usage)

    async def reserve_call(self, call: CallSize) -> int:
        """A ticket for the call, to be handed to `settle_call`.

        Raises:
            BudgetReached: it would pass the limit even when every call under way turns out free.
        """
        expected = self._expected_usd(call)
        async with self._settled:
            while (
                self.limit_usd is not None
                and self.spent_usd + sum(self._reserved.values()) + expected > self.limit_usd
            ):
                if not self._reserved:
                    raise BudgetReached(
                        self._model,
                        call.about,
                        f"is not asked: {self.spent_usd:.4f} USD are spent, the call would cost about "
                        f"{expected:.4f} and the budget is {self.limit_usd:.4f}",
                        "What is done is saved; run again with a higher budget to do the rest.",
                    )
                await self._settled.wait()
            self._tickets += 1
            self._reserved[self._tickets] = expected
            return self._tickets

    async def settle_call(self, ticket: int, call: CallSize, usage: Usage | None) -> None:
        """As `settle`."""
        async with self._settled:
            del self._reserved[ticket]
            if usage is not None:
                self._output += usage.output
                self._asked += call.variable_tokens
                if self._price is not None:
                    self.spent_usd += self._price.of(usage)
            self._settled.notify_all()

    async def write_off(self, ticket: int, call: CallSize) -> tuple[Usage, float | None]:
        """Nobody will ever know what the call took: what was set aside for it counts as spent.

        Returns the usage that was expected, and the money (None: no price is known).
        """
        async with self._settled:
            usd = self._reserved.pop(ticket)
            self.spent_usd += usd
            self._settled.notify_all()
            return self._expected_usage(call), None if self._price is None else usd

    def _expected_usd(self, call: CallSize) -> float:
        return 0.0 if self._price is None else self._price.of(self._expected_usage(call))

    def _expected_usage(self, call: CallSize) -> Usage:
        per_token = self._output / self._asked if self._asked else OUTPUT_PER_INPUT
        output = int(call.variable_tokens * per_token * MARGIN)
        return Usage(call.prompt_tokens, output, estimated=True)


def _variable_tokens(ask: Ask) -> int:
    """Tokens of the part of the prompt that differs from call to call."""
    return estimate_tokens(
        sum(len(message.content) for message in ask.prompt.messages if message.role == "user")
    )
