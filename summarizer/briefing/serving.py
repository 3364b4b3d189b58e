"""`briefing serve`: the due-check in the foreground, for containers and machines without a timer.

APScheduler asks every minute what is due: however late it wakes up it asks (no misfire grace), after a pause
once, not for every minute missed (coalesce), and never twice at a time. What is due is decided by the ledger
and the clock alone, so a restart at any moment loses nothing and sends nothing twice.

On SIGTERM or SIGINT: while mail is on its way, the one that is under way is finished and its answer written
down; a run that still collects or reads is given `GRACE_S` and then left: it has recorded nothing, and the
next one begins anew.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from types import FrameType

from summarizer.errors import MissingExtra

ASK_EVERY_S = 60
#: After a run that didn't get everything done: servers and feeds that fail are not asked every minute.
AGAIN_AFTER_S = 900.0
#: Kubernetes and Docker kill after 30 and 10 seconds unless told otherwise.
GRACE_S = 8.0


@dataclass
class Rounds:
    """Asks what is due. `run` does it, and says whether everything is done; else the next try is put off."""

    run: Callable[[], bool]
    again_after_s: float = AGAIN_AFTER_S
    busy: threading.Event = field(default_factory=threading.Event)
    _not_before: float = 0.0

    def ask(self, stop: threading.Event) -> None:
        """One round. What it raises is a bug or a setting, and ends the service."""
        if stop.is_set() or monotonic() < self._not_before:
            return
        self.busy.set()
        try:
            if not self.run():
                self._not_before = monotonic() + self.again_after_s
        finally:
            self.busy.clear()


def serve(
    rounds: Rounds, stop: threading.Event, delivering: threading.Event, tell: Callable[[str], None]
) -> None:
    """Ask until a signal comes. Only in a process's main thread.

    Raises:
        MissingExtra: APScheduler isn't installed.
        Exception: what a round raised.
    """
    try:
        from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
        from apscheduler.schedulers.background import BackgroundScheduler
        from apscheduler.triggers.interval import IntervalTrigger
    except ImportError as error:
        raise MissingExtra("`briefing serve`", "APScheduler", "briefing") from error
    failures: list[Exception] = []

    def failed(event: JobExecutionEvent) -> None:
        failures.append(event.exception)
        stop.set()

    logging.getLogger("apscheduler").addHandler(logging.NullHandler())  # what it would say is told here
    logging.getLogger("apscheduler").propagate = False
    before = {number: signal.signal(number, _stopper(stop)) for number in (signal.SIGTERM, signal.SIGINT)}
    scheduler = BackgroundScheduler(timezone="UTC", daemon=True)
    scheduler.add_listener(failed, EVENT_JOB_ERROR)
    scheduler.add_job(
        rounds.ask,
        IntervalTrigger(seconds=ASK_EVERY_S, timezone="UTC"),
        args=[stop],
        next_run_time=datetime.now(UTC),
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
    )
    scheduler.start()
    try:
        while not stop.wait(1.0):
            pass
        tell("Stopping …")
        scheduler.shutdown(wait=False)
        _finish(rounds, delivering, tell)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if failures:
        raise failures[0]


def _finish(rounds: Rounds, delivering: threading.Event, tell: Callable[[str], None]) -> None:
    """Wait for the round that is under way; a mail on its way is waited for without a limit."""
    until = monotonic() + GRACE_S
    while rounds.busy.is_set() and (delivering.is_set() or monotonic() < until):
        threading.Event().wait(0.05)
    if rounds.busy.is_set():
        tell("Stopped while collecting or reading; nothing was recorded.")
        os._exit(0)  # its threads would be waited for


def _stopper(stop: threading.Event) -> Callable[[int, FrameType | None], None]:
    def handle(number: int, frame: FrameType | None) -> None:
        stop.set()

    return handle
