"""Carry batches to a scheduler and results home, whatever happens to the workers on the way.

Only as many batches are out as keep the workers busy, so articles stream in and memory doesn't grow with the
corpus. Dask runs the batch of a dead worker again elsewhere; here is what it doesn't do: workers that nobody
has greeted get nothing, a batch whose possible workers have all gone is sent anew, and one over which
several workers died is tried in ever smaller parts until the article that did it is alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from summarizer.errors import ClusterUnreachable
from summarizer.scaling.batches import Batch, Work, do_batch
from summarizer.scaling.crew import LOOK_EVERY_S, Crew, gone
from summarizer.scaling.desk import Desk
from summarizer.scaling.line import LineLost

if TYPE_CHECKING:
    from distributed import Client, Future

Item = TypeVar("Item")
Made = TypeVar("Made")
#: Batches that are out for each thread of a worker: one in work, one that waits beside it.
BATCHES_A_THREAD = 2
#: A worker that can't hear the desk gives its batch back; so often the batch is sent out again.
MAX_SILENCES = 3
#: All workers that could take a batch went away, and others came: after so many times it is suspected. Dask
#: counts the dead by task, and gives up only after four (`allowed-failures`); a nanny's new worker has a new
#: address, so with three workers or fewer a batch is always sent anew before Dask has counted to four.
MAX_DISAPPEARANCES = 2
#: Halves of a batch are numbered from here, beyond every number that `batches_of` gives.
_HALVES_FROM = 1 << 40


def batches_of(
    items: Iterable[Item], work: Work[Item, Made], limit: int, size: Callable[[Item], int] = lambda item: 1
) -> Iterator[Batch[Item, Made]]:
    """Batches of items in order, each at most `limit` large unless one item alone is larger."""
    held: list[Item] = []
    filled = first = number = 0
    for position, item in enumerate(items):
        if held and filled + size(item) > limit:
            yield Batch(number, first, tuple(held), work)
            held, filled, first, number = [], 0, position, number + 1
        held.append(item)
        filled += size(item)
    if held:
        yield Batch(number, first, tuple(held), work)


class _SuspectError(Exception):
    """Workers died while they had the batch."""


@dataclass(frozen=True, slots=True)
class Carried(Generic[Item, Made]):
    """A batch that came home with a result for each item."""

    batch: Batch[Item, Made]
    made: tuple[Made, ...]


@dataclass(slots=True)
class Carrier(Generic[Item, Made]):
    """Sends out batches of one run. `desk`, if there is one, hears which batches are to be sent anew."""

    crew: Crew
    run: str
    desk: Desk | None = None
    _numbers: Iterator[int] = field(default_factory=lambda: count(_HALVES_FROM))
    _sendings: Iterator[int] = field(default_factory=count)
    _suspects: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def carry(self, batches: Iterator[Batch[Item, Made]]) -> AsyncGenerator[Carried[Item, Made], None]:
        """Each batch with its results, as they come. Leaving early cancels what is under way.

        Raises:
            ClusterUnreachable: the scheduler went away, or every worker did.
            WorkerLost: see `Work.lost`.
        """
        under_way: set[asyncio.Task[list[Carried[Item, Made]]]] = set()
        exhausted = False
        looking = asyncio.create_task(self._look())
        try:
            while True:
                while not exhausted and len(under_way) < self._window():
                    batch = next(batches, None)
                    if batch is None:
                        exhausted = True
                        break
                    under_way.add(asyncio.create_task(self._result(batch)))
                if not under_way:
                    return
                troubles = {looking} if self.desk is None else {looking, self.desk.trouble}
                await asyncio.wait(troubles | under_way, return_when=asyncio.FIRST_COMPLETED)
                for trouble in troubles:
                    if trouble.done():
                        trouble.result()
                for task in [task for task in under_way if task.done()]:
                    under_way.discard(task)
                    for carried in task.result():
                        yield carried
        finally:
            for other in (looking, *under_way):
                other.cancel()
            await asyncio.gather(looking, *under_way, return_exceptions=True)

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            await self.crew.look()

    def _window(self) -> int:
        return max(1, BATCHES_A_THREAD * sum(self.crew.accepted.values()))

    async def _result(self, batch: Batch[Item, Made]) -> list[Carried[Item, Made]]:
        try:
            return [Carried(batch, await self._done(batch))]
        except _SuspectError:
            # Whatever was beside the guilty one on the workers that died is suspected, too. One suspect after
            # the other is tried, so that the guilty one can't take innocent ones along.
            async with self._suspects:
                return await self._tried(batch)

    async def _tried(self, batch: Batch[Item, Made]) -> list[Carried[Item, Made]]:
        """Results of a suspect, halved for as long as its workers die."""
        found: list[Carried[Item, Made]] = []
        for part in self._halved(batch):
            try:
                found.append(Carried(part, await self._done(part)))
            except _SuspectError:
                if len(part.items) > 1:
                    found.extend(await self._tried(part))
                else:
                    found.append(Carried(part, (part.work.lost(part.items[0]),)))
        return found

    async def _done(self, batch: Batch[Item, Made]) -> tuple[Made, ...]:
        """What a worker made of the batch, sent as often as it takes. Raises _SuspectError."""
        from distributed import KilledWorker

        silences = disappearances = 0
        made: tuple[Made, ...] | None = None
        while silences < MAX_SILENCES:
            try:
                made = await self._sent(batch)
            except LineLost:
                silences += 1
                continue
            except KilledWorker:
                raise _SuspectError from None
            finally:
                if made is None:
                    await self._drop(batch)
            if made is not None:
                return made
            disappearances += 1
            if disappearances >= MAX_DISAPPEARANCES:
                raise _SuspectError
        raise gone(self.crew.scheduler)

    async def _sent(self, batch: Batch[Item, Made]) -> tuple[Made, ...] | None:
        """What a worker made of the batch; None when all workers that could have taken it are gone."""
        from distributed import CancelledError

        client: Client = self.crew.client
        chosen = await self._chosen()
        future: Future = client.submit(
            do_batch,
            batch,
            self.desk.name if self.desk is not None else "",
            key=f"summarizer-{self.run}-{batch.number}-{next(self._sendings)}",
            workers=sorted(chosen),
            pure=False,
        )
        waiting = asyncio.ensure_future(_outcome(future))
        try:
            while not waiting.done():
                await asyncio.wait({waiting}, timeout=LOOK_EVERY_S)
                if not waiting.done() and not chosen & self.crew.accepted.keys():
                    return None
            made: tuple[Made, ...] = waiting.result()
            return made
        except CancelledError:
            raise gone(self.crew.scheduler) from None
        finally:
            waiting.cancel()
            future.release()

    async def _drop(self, batch: Batch[Item, Made]) -> None:
        if self.desk is not None:
            await self.desk.drop(batch.number)

    async def _chosen(self) -> frozenset[str]:
        """The workers of now; when all have gone, those that come in time."""
        waited = 0.0
        while not self.crew.accepted:
            if waited >= self.crew.patience_s:
                raise ClusterUnreachable(
                    self.crew.scheduler,
                    "all its workers have gone",
                    "What is done is saved; run again to go on.",
                )
            await asyncio.sleep(LOOK_EVERY_S)
            waited += LOOK_EVERY_S
        return frozenset(self.crew.accepted)

    def _halved(self, batch: Batch[Item, Made]) -> Iterator[Batch[Item, Made]]:
        middle = len(batch.items) // 2
        for first, items in ((0, batch.items[:middle]), (middle, batch.items[middle:])):
            if items:
                yield Batch(next(self._numbers), batch.first + first, items, batch.work)


async def _outcome(future: Future) -> Any:
    return await future
