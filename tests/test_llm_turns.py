"""Whose turn it is on the event loop."""

from __future__ import annotations

import asyncio
import time

import pytest

from summarizer.llm.turns import IDLE_ROUND_S, ROUNDS_TO_SEND, Turns


def busy() -> None:
    """Work that makes a round of the loop a busy one."""
    until = time.perf_counter() + 3 * IDLE_ROUND_S
    while time.perf_counter() < until:
        pass


def seen_by(*makers: object) -> list[str]:
    """What coroutines note while they run side by side."""
    noted: list[str] = []

    async def run() -> None:
        turns = Turns(patience_s=10)  # on a busy machine, too
        await asyncio.wait_for(asyncio.gather(*(make(turns, noted) for make in makers)), 20)  # type: ignore[operator]

    asyncio.run(run())
    return noted


def sender(name: str, rounds: int = ROUNDS_TO_SEND - 2):
    """A request that takes some rounds of the loop to be out."""

    async def send(turns: Turns, noted: list[str]) -> None:
        await turns.to_send()
        for _ in range(rounds):
            noted.append(name)
            busy()
            await asyncio.sleep(0)

    return send


def worker(name: str):
    """A piece of our own work."""

    async def work(turns: Turns, noted: list[str]) -> None:
        await turns.to_work()
        noted.append(name)
        busy()

    return work


def test_requests_that_want_to_go_out_together_go_one_after_the_other():
    """Side by side each would be out only when all are."""
    noted = seen_by(sender("a"), sender("b"), sender("c"))
    assert "".join(noted) == "".join(sorted(noted))


def test_our_own_work_waits_until_all_requests_are_out():
    noted = seen_by(worker("y"), worker("z"), sender("a"), sender("b"))
    assert "".join(noted).strip("ab") in ("yz", "zy")
    assert noted[-2:] == ["y", "z"]


@pytest.mark.parametrize("turn", ["to_send", "to_work"])
def test_a_loop_that_is_never_idle_holds_nobody_up_for_ever(turn):
    """Somebody else's work on the same loop must not stop a run."""

    async def run() -> None:
        turns = Turns()
        stop = asyncio.Event()

        async def noise() -> None:
            while not stop.is_set():
                busy()
                await asyncio.sleep(0)

        async with asyncio.timeout(20):
            other = asyncio.create_task(noise())
            await asyncio.gather(*(getattr(turns, turn)() for _ in range(3)))
            stop.set()
            await other

    asyncio.run(run())


def test_a_sender_that_gives_up_waiting_leaves_the_way_free():
    """A run that is stopped cancels what waits."""

    async def run() -> None:
        turns = Turns()
        waiting = [asyncio.create_task(turns.to_send()) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[1].cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        async with asyncio.timeout(20):
            await turns.to_send()
            await turns.to_work()

    asyncio.run(run())
