"""A worker's line to the desk of the run: questions out in bundles, answers back by number.

It runs over two queues at the scheduler, since that is the one machine which workers and the desk can all
reach: one queue into the desk, shared by all, and one back for each line. What is waiting to be said goes in
one message of at most `MAX_BUNDLE` pieces; under load that is nearly always several, which is what makes
asking the desk cheap. Nothing is asked for ahead of need: a permit that lies about unused would break the
limit later.

A worker whose desk is silent stops: nobody would keep what it pays for.
"""

from __future__ import annotations

import asyncio
import uuid
from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from summarizer.errors import SummarizerError
from summarizer.scaling.batches import Place

if TYPE_CHECKING:
    from distributed import Client, Queue, Worker

#: Pieces in one message. Leases of twenty cut the cost of a shared limit by 70 %, measured.
MAX_BUNDLE = 20
#: How often a line makes sure that the desk is there, and how long it may be silent. A killed run's batches
#: hold their workers' threads for so long; a desk that is only busy answers within a second.
PING_EVERY_S = 5.0
MAX_SILENCE_S = 20.0


class LineLost(SummarizerError):
    """The desk is silent, or has given this batch to somebody else."""


class Line:
    """Use as an async context manager in a batch's event loop; the queues live in the worker's own loop."""

    def __init__(self, place: Place) -> None:
        from distributed import get_client, get_worker

        self.place = place
        self.name = f"{place.desk}-{uuid.uuid4().hex[:12]}"
        self._worker: Worker = get_worker()
        self._client: Client = get_client()
        self._outbox: deque[dict[str, Any]] = deque()
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._numbers = 0
        self._wake = asyncio.Event()
        self._lost: LineLost | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self._out, self._back = await self._there(self._queues())
        self._tasks = [asyncio.create_task(one) for one in (self._send(), self._receive(), self._watch())]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._there(self._closed())

    async def ask(self, do: str, **words: Any) -> Mapping[str, Any]:
        """The desk's answer.

        Raises:
            LineLost: there is nobody to answer.
        """
        if self._lost is not None:
            raise self._lost
        self._numbers += 1
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._answers[self._numbers] = answer
        self._say({"do": do, "id": self._numbers, **words})
        return await answer

    def tell(self, do: str, **words: Any) -> None:
        """Say something that needs no answer. It is heard in its turn: before whatever is asked later."""
        self._say({"do": do, **words})

    def _say(self, words: dict[str, Any]) -> None:
        self._outbox.append(words)
        self._wake.set()

    async def _send(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._outbox:
                bundle = [self._outbox.popleft() for _ in range(min(MAX_BUNDLE, len(self._outbox)))]
                said = {"line": self.name, "batch": self.place.batch, "said": bundle}
                try:
                    await self._there(_put(self._out, said))
                except (
                    OSError,
                    KeyError,
                    RuntimeError,
                ) as error:
                    # The scheduler is gone, or the run's queue is.
                    self._lose(f"the desk can't be told anything ({type(error).__name__})")
                    return

    async def _receive(self) -> None:
        while True:
            try:
                bundle = await self._there(_get(self._back))
            except (OSError, KeyError, RuntimeError) as error:
                self._lose(f"the desk can't be heard ({type(error).__name__})")
                return
            for answer in bundle:
                if answer.get("lost"):
                    self._lose(answer["lost"])
                    return
                waiting = self._answers.pop(answer["id"], None)
                if waiting is not None and not waiting.done():
                    waiting.set_result(answer)
                if answer.get("over"):
                    return  # whoever listens on is never let go of by the scheduler

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(PING_EVERY_S)
            try:
                async with asyncio.timeout(MAX_SILENCE_S):
                    await self.ask("ping")
            except TimeoutError:
                self._lose(f"the desk has said nothing for {MAX_SILENCE_S:g} s")
                return

    def _lose(self, why: str) -> None:
        self._lost = LineLost(f"batch {self.place.batch}: {why}; it is given back.")
        for waiting in self._answers.values():
            if not waiting.done():
                waiting.set_exception(self._lost)
                waiting.exception()  # whoever waited may be gone
        self._answers.clear()

    @property
    def lost(self) -> LineLost | None:
        """Why the line is dead, or None."""
        return self._lost

    async def _there(self, doing: Any) -> Any:
        """Run a coroutine in the worker's own event loop, where its connections live."""
        loop = self._worker.loop.asyncio_loop
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(doing, loop))

    async def _queues(self) -> tuple[Queue, Queue]:
        return await opened(self.place.desk, self._client), await opened(self.name, self._client)

    async def _closed(self) -> None:
        self._out.close()
        self._back.close()


async def opened(name: str, client: Client) -> Queue:
    """The queue of this name, which the scheduler forgets once everybody who opened it has closed it.

    Awaiting Dask's own object registers it twice, while closing lets go of it once.
    """
    from distributed import Queue

    queue = Queue(name, client=client)
    await getattr(queue, "_started", queue)
    return queue


async def _put(queue: Queue, said: Mapping[str, Any]) -> None:
    await queue.put(said)


async def _get(queue: Queue) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await queue.get()
    return found
