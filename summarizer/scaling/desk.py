"""The desk of a run: the one place that knows what is paid for, what is left to spend, and how fast to ask.

It lives in the program that was started, not on a worker: it survives every worker, and its store is a file
on this machine's own disk. Workers reach it through a queue at the scheduler (see `line`); each message is a
bundle of pieces, dealt with in order, so that what was told before a question is done before its answer.

A question (`begin`) is answered from the store, or waits until nobody else is asking the same, or gets a
ticket once the budget has room. When a batch starts anew, its worker having died, the tickets of the earlier
start are written off: what was in flight may have been paid for, so what was expected of it counts as spent.
A reply that comes in late all the same is kept; only its money was counted already.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from summarizer.errors import BudgetReached, StoreProblem
from summarizer.llm.budget import Budget, CallSize
from summarizer.llm.model import Usage
from summarizer.llm.pacing import Pace
from summarizer.scaling.crew import gone
from summarizer.scaling.line import opened
from summarizer.store.replies import Attempt, ReplyStore, SavedReply

if TYPE_CHECKING:
    from distributed import Client, Queue


#: How long the end of a run waits for its last words to be heard.
_LAST_WORDS_S = 3.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Ticket:
    """One call that was allowed, and whose it is."""

    line: str
    key: str
    size: CallSize
    about: Mapping[str, str]


@dataclass(slots=True)
class _Line:
    """What the desk knows of a worker's line: its batch, its queue, what waits to be said, who says it.

    `over`: its batch has ended or was given to somebody else. `deaf`: the last word to it is in the outbox.
    """

    batch: int
    back: Queue
    endpoint: str = ""
    outbox: list[dict[str, Any]] = field(default_factory=list)
    flushing: asyncio.Task[None] | None = None
    over: bool = False
    deaf: bool = False


class Desk:
    """Serves while it is entered as a context manager; what it had to do is logged at its end (debug).

    `trouble` is a future that fails when the desk can't go on: the store can't be written (StoreProblem), or
    the scheduler went away (ClusterUnreachable).
    """

    def __init__(self, client: Client, name: str, store: ReplyStore, budget: Budget, pace: Pace) -> None:
        self.name = name
        self._messages = self._pieces = 0
        self.trouble: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._client = client
        self._store = store
        self._budget = budget
        self._pace = pace
        self._lines: dict[str, _Line] = {}
        self._ended_lines: set[str] = set()
        self._tickets: dict[int, _Ticket] = {}
        self._in_flight: dict[str, asyncio.Event] = {}
        self._doing: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._inbox = await opened(self.name, self._client)
        # Stands for every line that has ended: what it had to say late is heard, and nobody is answered.
        self._gone = _Line(-1, self._inbox, over=True, deaf=True)
        self._start(self._serve())
        return self

    async def __aexit__(self, *_: object) -> None:
        doing = list(self._doing)
        for task in doing:
            task.cancel()
        await asyncio.gather(*doing, return_exceptions=True)
        await self._dismiss()
        if self.trouble.done():
            self.trouble.exception()  # whoever was to hear of it has gone already
        for line in self._lines.values():
            line.back.close()
        self._inbox.close()
        lines = len(self._lines) + len(self._ended_lines)
        _log.debug("%d messages, %d pieces, %d lines", self._messages, self._pieces, lines)

    async def drop(self, batch: int) -> None:
        """The batch is taken away from whoever has it: calls in flight are written off."""
        for name, line in list(self._lines.items()):
            if line.batch == batch and not line.over:
                await self._end(name, line)
                self._answer(line, {"lost": "the batch was given to somebody else"}, last=True)

    async def _dismiss(self) -> None:
        """Tell whoever still works for this run that nobody waits for it: its thread is free sooner."""
        with suppress(OSError, TimeoutError):  # a scheduler that is gone can't pass it on
            async with asyncio.timeout(_LAST_WORDS_S):
                for line in self._lines.values():
                    await line.back.put([{"lost": "the run has ended"}])

    def _start(self, doing: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Do it in the background; an error is everybody's."""
        task = asyncio.create_task(doing)
        self._doing.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._doing.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None and not self.trouble.done():
            away = isinstance(error, OSError)
            self.trouble.set_exception(gone(self._client.scheduler.address) if away else error)

    async def _serve(self) -> None:
        while True:
            for message in (await self._inbox.get(), *await self._inbox.get(batch=True)):
                await self._hear(message)

    async def _hear(self, message: Mapping[str, Any]) -> None:
        name, batch = message["line"], message["batch"]
        self._messages += 1
        self._pieces += len(message["said"])
        if name not in self._lines and name not in self._ended_lines:
            await self.drop(batch)
            self._lines[name] = _Line(batch, await opened(name, self._client))
        line = self._lines.get(name, self._gone)
        for piece in message["said"]:
            if piece["do"] == "begin":
                self._start(self._begin(name, line, piece))
            elif piece["do"] == "admit":
                self._start(self._admit(line, piece))
            else:
                answer = await self._deal(name, line, piece)
                if "id" in piece:
                    self._answer(line, {"id": piece["id"], **answer}, last="over" in answer)

    async def _deal(self, name: str, line: _Line, piece: Mapping[str, Any]) -> dict[str, Any]:
        """Pieces that are done at once, in their order."""
        match piece["do"]:
            case "start":
                line.endpoint = piece["base_url"]
                known = self._store.known_endpoint(piece["base_url"], piece["model"])
                return {"mode": known.mode, "context_tokens": known.context_tokens} if known else {}
            case "attempt":
                self._store.record(Attempt(**piece["attempt"]))
            case "paid":
                reply = {**piece["reply"], "completion": json.loads(piece["reply"]["completion"])}
                self._store.save_reply(SavedReply(**reply))
                await self._settle(piece["ticket"], Usage(**piece["usage"]))
            case "unpaid":
                await self._settle(piece["ticket"], None)
            case "settle":
                self._pace.settle(piece["estimated"], piece["counted"])
            case "succeeded":
                self._pace.succeeded(piece["headers"])
            case "refused":
                self._pace.refused(piece["wait_s"])
            case "endpoint":
                known_as = (piece["base_url"], piece["model"], piece["mode"], piece["context_tokens"])
                self._store.remember_endpoint(*known_as)
            case "end":
                await self._end(name, line)
                return {"over": True}
        return {}

    async def _begin(self, name: str, line: _Line, piece: Mapping[str, Any]) -> None:
        key, size = piece["key"], CallSize(**piece["size"])
        while (saved := self._store.reply(key)) is None and key in self._in_flight:
            await self._in_flight[key].wait()
        if saved is not None:
            reply = {"mode": saved.mode, "seconds": saved.seconds, "completion": json.dumps(saved.completion)}
            self._answer(line, {"id": piece["id"], "reply": reply})
            return
        self._in_flight[key] = asyncio.Event()
        try:
            self._store.confirm()  # what can't be saved is not paid for
            number = await self._budget.reserve_call(size)
        except BudgetReached as error:
            refused = {"budget": [error.model, error.about, error.reason, error.way_out]}
        except StoreProblem as error:
            refused = {"store": [error.path, error.reason, error.way_out]}
        else:
            refused = {}
        if refused:
            self._in_flight.pop(key).set()
            self._answer(line, {"id": piece["id"], **refused})
            return
        self._tickets[number] = _Ticket(name, key, size, piece["about"])
        if line.over:  # its worker died while the call waited for the budget: nothing was asked
            await self._settle(number, None)
        self._answer(line, {"id": piece["id"], "ticket": number})

    async def _admit(self, line: _Line, piece: Mapping[str, Any]) -> None:
        await self._pace.admit(piece["tokens"])
        self._answer(line, {"id": piece["id"]})

    async def _settle(self, number: int, usage: Usage | None) -> None:
        ticket = self._tickets.pop(number, None)
        if ticket is not None:  # else it was written off
            await self._budget.settle_call(number, ticket.size, usage)
            self._in_flight.pop(ticket.key).set()

    async def _end(self, name: str, line: _Line) -> None:
        """The line is over; what it still had in flight is written off, in the ledger too."""
        line.over = True
        self._lines.pop(name, None)
        self._ended_lines.add(name)
        for number in [number for number, ticket in self._tickets.items() if ticket.line == name]:
            ticket = self._tickets.pop(number)
            usage, usd = await self._budget.write_off(number, ticket.size)
            self._store.record(
                Attempt(
                    key=ticket.key,
                    **ticket.about,
                    endpoint=line.endpoint,
                    mode="unknown",
                    number=1,
                    outcome="lost",
                    status=None,
                    input=usage.input,
                    output=usage.output,
                    cached=0,
                    reasoning=0,
                    estimated=True,
                    usd=usd,
                    seconds=0.0,
                )
            )
            self._in_flight.pop(ticket.key).set()

    def _answer(self, line: _Line, answer: dict[str, Any], last: bool = False) -> None:
        if line.deaf:
            return  # its queue goes with the last word
        line.deaf = last
        line.outbox.append(answer)
        if line.flushing is None or line.flushing.done():
            line.flushing = self._start(self._flush(line))

    async def _flush(self, line: _Line) -> None:
        try:
            while line.outbox:
                bundle, line.outbox = line.outbox, []
                await line.back.put(bundle)
        finally:
            if line.deaf:
                line.back.close()
