"""Whose turn it is on the event loop: replies come in first, then requests go out, then our own work.

A request takes several rounds of the loop until it is sent, and a few milliseconds. When replies come in a
bunch and their successors are sent side by side, each is out only when all are: the endpoint stands idle,
and as they went out together their replies come together. One after the other, half are out in half the time
and the bunch dissolves. Reading and grounding a reply takes as long; a piece of it in each of those rounds
would do the same harm.
"""

from __future__ import annotations

import asyncio
import time

#: A round of the loop that took less had nothing to do but to come back to us.
IDLE_ROUND_S = 100e-6
#: A request that is being sent is out after so many rounds; the next one waits for no more.
ROUNDS_TO_SEND = 10
PATIENCE_S = 0.05


class Turns:
    """The turns of one event loop. A turn lasts until the next `await` that waits.

    Own work waits for `patience_s` at most, on a loop that is never idle.
    """

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._sending, self._working = asyncio.Lock(), asyncio.Lock()
        self._to_send = 0

    async def to_send(self) -> None:
        """Return when the request that was sent before is out."""
        self._to_send += 1
        try:
            async with self._sending:
                for _ in range(ROUNDS_TO_SEND):
                    if await _idle_round():
                        return
        finally:
            self._to_send -= 1

    async def to_work(self) -> None:
        """Return when the loop has nothing else to do: for one piece of work at a time."""
        async with self._working:
            latest = time.perf_counter() + self._patience_s
            while time.perf_counter() < latest:
                if await _idle_round() and not self._to_send:
                    return


async def _idle_round() -> bool:
    started = time.perf_counter()
    await asyncio.sleep(0)
    return time.perf_counter() - started < IDLE_ROUND_S
