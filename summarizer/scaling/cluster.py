"""Reach a scheduler: which address is meant, what to say when nobody answers, and what a run holds open."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from summarizer.errors import BadSetting, ClusterUnreachable, MissingExtra
from summarizer.scaling.crew import Crew, Wanted

#: How long a scheduler may take to answer.
CONNECT_S = 10.0
#: How long a run waits for a first worker, and for another one when all have gone: a minute covers the
#: restart of a pod whose image is there.
NO_WORKER_S = 60.0
#: Dask's setting for how many of the last messages on each connection it keeps, for its own developers: 1000.
#: They hold batches with all their articles, which the scheduler keeps unpacked, for each worker.
_KEPT_MESSAGES = "distributed.admin.low-level-log-length"

_NO_TLS = (
    "tls:// needs certificates: set DASK_DISTRIBUTED__COMM__TLS__CA_FILE, …__TLS__CLIENT__CERT and "
    "…__TLS__CLIENT__KEY, or the same in Dask's configuration"
)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A scheduler's address, who hears of workers that are left out, and how long a worker is waited for."""

    address: str
    tell: Callable[[str], None] = lambda line: None
    patience_s: float = NO_WORKER_S

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.address)
            right = parts.scheme in ("tcp", "tls") and bool(parts.hostname) and parts.port is not None
        except ValueError:
            right = False
        if not right or parts.path or parts.query or parts.username:
            reason = "must be the address of a Dask scheduler, as in tcp://HOST:8786 or tls://HOST:8786"
            raise BadSetting("--scheduler", self.address, reason)


@asynccontextmanager
async def connected(cluster: Cluster, wanted: Wanted) -> AsyncIterator[Crew]:
    """The workers that may take part, while the connection is held.

    Raises:
        MissingExtra: Dask isn't installed.
        ClusterUnreachable: no scheduler there, or it has no worker.
        WorkersRefused: it has workers, and none may take part.
    """
    if find_spec("distributed") is None:
        raise MissingExtra("--scheduler", "distributed", "scale")
    import dask
    from distributed import Client

    # What its client logs about a lost connection is said by our own errors, without a traceback.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    await _knocked(cluster.address)
    client = Client(
        cluster.address, asynchronous=True, timeout=CONNECT_S, set_as_default=False, name="summarizer"
    )
    try:
        try:
            with dask.config.set({_KEPT_MESSAGES: 0}):
                await client
            with suppress(ValueError):  # what a scheduler answers that is set up to run nobody's functions
                await client.run_on_scheduler(forgetting())
        except (TimeoutError, OSError) as error:
            raise _nobody(cluster.address, f"no scheduler answers within {CONNECT_S:g} s") from error
        except TypeError as error:  # how Dask says that it has no certificates
            raise BadSetting("--scheduler", cluster.address, _NO_TLS) from error
        crew = Crew(client, cluster.address, wanted, cluster.tell, cluster.patience_s)
        await crew.gather()
        yield crew
    finally:
        await client.close()


def forgetting() -> Callable[[Any], None]:
    """What a scheduler is told, as a function that brings all it needs with it: keep no messages to workers.

    Else its memory would grow by up to a thousand batches a worker, and articles stay there after the run.
    """
    setting = _KEPT_MESSAGES

    def forget(dask_scheduler: Any) -> None:
        from collections import deque

        import dask

        dask.config.set({setting: 0})  # for workers that come later
        for stream in dask_scheduler.stream_comms.values():
            stream.recent_message_log = deque(maxlen=0)

    return forget


async def _knocked(address: str) -> None:
    """Find out at once that nobody listens; Dask would try for as long as it may."""
    parts = urlsplit(address)
    try:
        async with asyncio.timeout(CONNECT_S):
            _, writer = await asyncio.open_connection(parts.hostname, parts.port)
    except OSError as error:  # TimeoutError is one
        raise _nobody(address, f"it can't be reached ({error.strerror or 'no answer'})") from error
    writer.close()


def _nobody(address: str, reason: str) -> ClusterUnreachable:
    way_out = "Is a scheduler running there, and may this machine reach it? Start one: dask scheduler"
    return ClusterUnreachable(address, reason, way_out)
