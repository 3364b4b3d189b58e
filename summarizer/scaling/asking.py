"""How a worker asks a model: the ordinary road, except that the desk knows, allows and keeps.

For every question, in this order: the desk looks it up and sets money aside (or answers from its store, or
says that the budget is reached); the request starts when the desk's pace lets it; the reply is handed over
and the worker waits until it is stored. The key comes from this machine's own environment.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeVar

from summarizer.errors import BudgetReached, StoreProblem, SummarizerError
from summarizer.llm.budget import CallSize
from summarizer.llm.client import ModelClient
from summarizer.llm.model import REPLY_MODES, Ask, CallSettings, Model, RawReply, Reply
from summarizer.llm.modes import read_reply, usage_of
from summarizer.llm.prices import Price, price_of
from summarizer.llm.spec import parse_model
from summarizer.llm.stored import AroundClient
from summarizer.merging.by_model.settling import Settled
from summarizer.model_digest import digest_by_model
from summarizer.model_pipeline import briefs_by_model
from summarizer.pipeline import Result
from summarizer.records.article import Article
from summarizer.scaling.batches import Place, lost_article, lost_story
from summarizer.scaling.line import Line
from summarizer.store.replies import Attempt, KnownEndpoint
from summarizer.story_digests import StoryBriefs

Made = TypeVar("Made")
#: Headers in which endpoints tell their limits; the desk learns from nothing else.
_LIMITS = ("x-ratelimit-limit-requests", "x-ratelimit-limit-tokens")


def endpoint_here(model: str, base_url: str | None) -> dict[str, Any]:
    """Where this machine would ask, without the key; or why it can't. For greetings: plain words."""
    try:
        endpoint = parse_model(model, os.environ, base_url)
    except SummarizerError as error:
        return {"trouble": str(error)}
    return {
        "endpoint": {
            "name": endpoint.name,
            "model": endpoint.model,
            "base_url": endpoint.base_url,
            "provider": endpoint.provider,
            "api_version": endpoint.api_version,
        }
    }


@dataclass(frozen=True, slots=True)
class Asked:
    """Which model is asked, and how: what workers are told. It holds no key and no path of this machine."""

    model: str
    base_url: str | None
    settings: CallSettings
    price: Price | None

    async def ask_all(
        self, place: Place, do: Callable[[ModelAtDesk], Coroutine[Any, Any, tuple[Made, ...]]]
    ) -> tuple[Made, ...]:
        """Do something with the model, the line to the desk held open meanwhile.

        Raises:
            LineLost: the desk is gone; what was made is worth nothing.
        """
        endpoint = parse_model(self.model, os.environ, self.base_url)
        price = price_of(endpoint, self.price)
        async with Line(place) as line:
            known = await line.ask("start", base_url=endpoint.base_url, model=endpoint.model)
            ledger = LedgerAtDesk(line, known)
            client = ModelClient(endpoint, self.settings, ledger, price, PaceAtDesk(line))
            try:
                made = await do(ModelAtDesk(client, line))
                await line.ask("end")
            finally:
                await client.aclose()
            if line.lost is not None:
                raise line.lost
            return made


@dataclass(frozen=True, slots=True)
class ModelWork:
    """Briefs by a language model."""

    asked: Asked

    def do(self, items: Sequence[Article], place: Place) -> tuple[Result, ...]:
        """`model_pipeline.briefs_by_model`, in the order of the articles."""

        async def briefs(model: Model) -> tuple[Result, ...]:
            found = {
                position: result
                async for position, result in briefs_by_model(items, model, self.asked.settings.concurrency)
            }
            return tuple(found[position] for position in range(len(items)))

        return asyncio.run(self.asked.ask_all(place, briefs))

    def lost(self, item: Article) -> Result:
        """A failed article."""
        return lost_article(item)


@dataclass(frozen=True, slots=True)
class ModelMergeWork:
    """Digests of stories with a language model's help; `repeat` is the number of the sample."""

    asked: Asked
    repeat: int = 0

    def do(self, items: Sequence[StoryBriefs], place: Place) -> tuple[Settled, ...]:
        """`model_digest.digest_by_model` of each, all at once: the client keeps to its concurrency."""

        async def digests(model: Model) -> tuple[Settled, ...]:
            return tuple(
                await asyncio.gather(
                    *(digest_by_model(one.briefs, one.coverage, model, self.repeat) for one in items)
                )
            )

        return asyncio.run(self.asked.ask_all(place, digests))

    def lost(self, item: StoryBriefs) -> Settled:
        """Raises WorkerLost: a story without its digest is no result."""
        raise lost_story(item)


class ModelAtDesk(AroundClient):
    """The counterpart of `llm.stored.StoredModel`, with the store at the other end of a line."""

    def __init__(self, client: ModelClient, line: Line) -> None:
        super().__init__(client)
        self._line = line

    async def ask(self, ask: Ask) -> Reply:
        """The reply that the desk has, or a new one.

        Raises:
            ModelError: see `ModelClient.complete` and `modes.read_reply`.
            BudgetReached: it would have to be paid for and there is no money left.
            StoreProblem: it couldn't be kept.
            LineLost: the desk is gone.
        """
        key = self.key(ask)
        about = {
            "article": ask.article, "purpose": ask.purpose, "prompt": ask.prompt.prompt, "model": self.name,
        }  # fmt: skip
        allowed = await self._line.ask("begin", key=key, size=asdict(CallSize.of(ask)), about=about)
        if "budget" in allowed:
            raise BudgetReached(*allowed["budget"])
        if "store" in allowed:
            raise StoreProblem(*allowed["store"])
        known = allowed.get("reply")
        raw = _raw(known) if known is not None else await self._paid(ask, key, allowed["ticket"])
        await self._client.turns.to_work()  # as in StoredModel
        return replace(read_reply(raw, ask, self.name), key=key, cached=known is not None)

    async def _paid(self, ask: Ask, key: str, ticket: int) -> RawReply:
        try:
            raw = await self._client.complete(ask, key)
        except BaseException:
            self._line.tell("unpaid", ticket=ticket)
            raise
        reply = {
            "key": key,
            "model": self.name,
            "mode": raw.mode,
            "article": ask.article,
            "purpose": ask.purpose,
            "prompt": ask.prompt.prompt,
            "completion": json.dumps(raw.completion),
            "seconds": raw.seconds,
        }
        await self._line.ask("paid", ticket=ticket, reply=reply, usage=asdict(usage_of(raw, ask)))
        return raw


class PaceAtDesk:
    """A `Pacing` that the whole cluster shares."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._told: dict[str, str] = {}

    async def admit(self, tokens: int) -> None:
        """Wait until the desk lets it start."""
        await self._line.ask("admit", tokens=tokens)

    def settle(self, estimated: int, counted: int) -> None:
        """Told to the desk."""
        self._line.tell("settle", estimated=estimated, counted=counted)

    def succeeded(self, headers: Mapping[str, str]) -> None:
        """Told to the desk, with the limits when they are news."""
        limits = {name: headers[name] for name in _LIMITS if name in headers}
        self._line.tell("succeeded", headers=limits if limits != self._told else {})
        self._told = limits

    def refused(self, wait_s: float) -> None:
        """Told to the desk: everybody waits."""
        self._line.tell("refused", wait_s=wait_s)


class LedgerAtDesk:
    """A `Ledger` at the other end of the line; what was known of the endpoint came with the first answer."""

    def __init__(self, line: Line, known: Mapping[str, Any]) -> None:
        self._line = line
        self._known = KnownEndpoint(known["mode"], known["context_tokens"]) if known.get("mode") else None

    def record(self, attempt: Attempt) -> None:
        """Told to the desk."""
        self._line.tell("attempt", attempt=asdict(attempt))

    def known_endpoint(self, base_url: str, model: str) -> KnownEndpoint | None:
        """What the desk knew when the batch began."""
        return self._known

    def remember_endpoint(self, base_url: str, model: str, mode: str, context_tokens: int | None) -> None:
        """Told to the desk."""
        self._line.tell("endpoint", base_url=base_url, model=model, mode=mode, context_tokens=context_tokens)


def _raw(known: Mapping[str, Any]) -> RawReply:
    mode = next(mode for mode in REPLY_MODES if mode == known["mode"])
    return RawReply(json.loads(known["completion"]), mode, known["seconds"])
