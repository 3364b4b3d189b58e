"""A model that never asks the same question twice.

Around a client: look the question up, keep to the budget, ask, save the raw reply at once, then read it.
Reading comes after saving, for fresh and saved replies alike: a reply that was refused, cut or unreadable
was paid for, and gives the same error again without a call.
"""

from __future__ import annotations

from dataclasses import replace

from summarizer.llm.budget import Budget
from summarizer.llm.client import ModelClient
from summarizer.llm.model import Ask, RawReply, Reply, ReplyMode, Sampling
from summarizer.llm.modes import read_reply, usage_of
from summarizer.llm.prices import Price
from summarizer.prompts import PromptSet
from summarizer.store.replies import ReplyStore, SavedReply


class AroundClient:
    """What a model that asks through a client says of itself, wherever its replies are kept."""

    def __init__(self, client: ModelClient) -> None:
        self._client = client

    @property
    def name(self) -> str:
        """As in `--model`."""
        return self._client.name

    @property
    def context_tokens(self) -> int | None:
        """As the client knows it."""
        return self._client.context_tokens

    @property
    def prompts(self) -> PromptSet:
        """As set for its calls."""
        return self._client.settings.prompts

    @property
    def sampling(self) -> Sampling:
        """The options that are part of every key."""
        return self._client.settings.sampling

    def key(self, ask: Ask) -> str:
        """The question's cache key."""
        return ask.key(self.name, self.sampling)


class StoredModel(AroundClient):
    """See the module. `calls` counts the questions that had to be sent."""

    def __init__(self, client: ModelClient, store: ReplyStore, budget: Budget | None = None) -> None:
        super().__init__(client)
        self.calls = 0
        self._store = store
        self._budget = budget or Budget(None, client.price, client.name)

    @property
    def price(self) -> Price | None:
        """What a call costs, if anybody knows."""
        return self._client.price

    def knows(self, ask: Ask) -> bool:
        """Whether the reply is saved already, so that asking costs nothing."""
        return bool(self._store.has_replies([self.key(ask)]))

    async def ask(self, ask: Ask) -> Reply:
        """The saved reply, or a new one.

        Raises:
            ModelError: see `ModelClient.complete` and `modes.read_reply`.
            BudgetReached: it would have to be paid for and there is no money left.
            StoreProblem: it would have to be paid for and couldn't be saved.
        """
        key = self.key(ask)
        known = self._saved(key)
        raw = known or await self._paid(ask, key)
        await self._client.turns.to_work()  # reading and what the caller makes of it
        return replace(read_reply(raw, ask, self.name), key=key, cached=known is not None)

    async def raw_reply(self, ask: Ask) -> RawReply:
        """The reply as it arrived, unread; for recordings.

        Raises:
            ModelError: see `ModelClient.complete`.
        """
        key = self.key(ask)
        return self._saved(key) or await self._paid(ask, key)

    def _saved(self, key: str) -> RawReply | None:
        saved = self._store.reply(key)
        return None if saved is None else RawReply(saved.completion, _mode(saved.mode), saved.seconds)

    async def _paid(self, ask: Ask, key: str) -> RawReply:
        self._store.confirm()  # what can't be saved is not paid for
        ticket = await self._budget.reserve(ask)
        raw: RawReply | None = None
        try:
            self.calls += 1
            raw = await self._client.complete(ask, key)
            # No await between the reply's arrival and this line: a cancelled run loses nothing that was paid.
            self._store.save_reply(
                SavedReply(
                    key=key,
                    model=self.name,
                    mode=raw.mode,
                    article=ask.article,
                    purpose=ask.purpose,
                    prompt=ask.prompt.prompt,
                    completion=dict(raw.completion),
                    seconds=raw.seconds,
                )
            )
            return raw
        finally:
            await self._budget.settle(ticket, ask, usage_of(raw, ask) if raw is not None else None)


def _mode(name: str) -> ReplyMode:
    from summarizer.llm.model import REPLY_MODES

    return next(mode for mode in REPLY_MODES if mode == name)
