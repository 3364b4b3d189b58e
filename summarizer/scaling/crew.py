"""The workers of a scheduler that may take part: each is greeted before it gets anything.

A greeting travels by value, so that a worker with another version of this package, or without it, can answer
too. Who differs is named once and gets no work; the run goes on with the others, and workers that join later
are greeted when they come. A greeting never brings a key back, only whether there is one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from summarizer.errors import ClusterUnreachable, WorkersRefused
from summarizer.llm.spec import Endpoint
from summarizer.scaling.identity import Identity, difference, own_identity

if TYPE_CHECKING:
    from distributed import Client

#: A worker that doesn't answer a greeting in this time is left out until it does.
GREETING_S = 20.0
#: How often the list of workers is looked at.
LOOK_EVERY_S = 1.0
_OFFER = "Start one: dask worker {scheduler} --nthreads 1 --nworkers auto."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A model that workers must be able to ask; `model` None: none."""

    model: str | None = None
    base_url: str | None = None


@dataclass(slots=True)
class Crew:
    """Who may work: `accepted` maps a worker's address to its threads, `refusals` another's to the reason."""

    client: Client
    scheduler: str
    wanted: Wanted
    tell: Callable[[str], None]
    patience_s: float
    accepted: dict[str, int] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)
    endpoint: Endpoint | None = None

    async def gather(self) -> None:
        """Wait for a first worker that may take part.

        Raises:
            WorkersRefused: there are workers, and none may.
            ClusterUnreachable: there is no worker.
        """
        waited = 0.0
        await self.look()
        while not self.accepted and not self.refusals:
            if waited >= self.patience_s:
                raise ClusterUnreachable(
                    self.scheduler, "it has no worker", _OFFER.format(scheduler=self.scheduler)
                )
            await asyncio.sleep(LOOK_EVERY_S)
            waited += LOOK_EVERY_S
            await self.look()
        if not self.accepted:
            raise WorkersRefused(self.scheduler, list(self.refusals.values()))
        for refusal in self.refusals.values():
            self.tell(f"Warning: left out: {refusal}")

    async def look(self) -> None:
        """Forget who has gone and greet who is new.

        Raises:
            ClusterUnreachable: the scheduler doesn't answer.
        """
        try:
            threads: Mapping[str, int] = await self.client.scheduler.ncores()
        except (TimeoutError, OSError) as error:
            raise gone(self.scheduler) from error
        for address in (self.accepted.keys() | self.refusals.keys()) - threads.keys():
            self.accepted.pop(address, None)
            self.refusals.pop(address, None)
        new = [one for one in threads if one not in self.accepted and one not in self.refusals]
        if not new:
            return
        started = bool(self.accepted)
        answers = await self._answers(new)
        for address in new:
            refusal = self._judged(address, answers.get(address))
            if refusal is None:
                self.accepted[address] = threads[address]
            elif address in answers:
                self.refusals[address] = refusal
                if started:
                    self.tell(f"Warning: left out: {refusal}")

    async def _answers(self, addresses: list[str]) -> Mapping[str, Any]:
        greeting = greeting_of(self.wanted)
        try:
            async with asyncio.timeout(GREETING_S):
                found: Mapping[str, Any] = await self.client.run(
                    greeting, workers=addresses, on_error="return"
                )
        except (OSError, TimeoutError):
            return {}
        # A worker that went away in the meantime answers with an error of the connection: no refusal.
        return {one: answer for one, answer in found.items() if not isinstance(answer, OSError)}

    def _judged(self, address: str, answer: object) -> str | None:
        """Why the worker can't take part, or None when it can."""
        if not isinstance(answer, dict):
            return f"worker {address}: its greeting failed ({type(answer).__name__})."
        host = answer["host"]
        there = Identity(**answer["identity"])
        differs = difference(own_identity(), there)
        if differs is not None:
            return f"worker {address} on {host}: {differs}"
        if answer.get("trouble"):
            return f"worker {address} on {host}: {answer['trouble']}"
        if self.endpoint is None and answer.get("endpoint"):
            self.endpoint = Endpoint(key="", **answer["endpoint"])
        return None


def gone(scheduler: str) -> ClusterUnreachable:
    """The error for a scheduler that stopped answering in mid-run."""
    return ClusterUnreachable(
        scheduler,
        "the scheduler went away in mid-run",
        "What is done is saved; start it and its workers, and run again.",
    )


def greeting_of(wanted: Wanted) -> Callable[[], dict[str, Any]]:
    """What a worker is asked, as a function that brings all it needs with it.

    It answers in plain words: the worker may know none of our classes.
    """
    model, base_url = wanted.model, wanted.base_url

    def greeting() -> dict[str, Any]:
        import platform

        answer: dict[str, Any] = {"host": platform.node()}
        try:
            from summarizer.version import __version__
        except ImportError:
            return {**answer, "identity": {"summarizer": "none"}}
        try:
            from summarizer.scaling.identity import own_identity
        except ImportError:
            return {**answer, "identity": {"summarizer": __version__}}
        answer["identity"] = own_identity().words
        if model is not None:
            from summarizer.scaling.asking import endpoint_here

            answer.update(endpoint_here(model, base_url))
        return answer

    return greeting
