"""A briefing's sending run in a process of its own, which can be killed at any line it executes.

    python ledger_worker.py PORT

Reads lines "FOLDER STEP" and answers each with one line. For each it forks a child, which sends the edition
of `test_ledger` through the mail server at PORT and, when it is about to execute line number STEP of the
ledger's and the delivery's own code, kills itself with SIGKILL. The answer is "killed" or "ended LINES" (how
many lines a whole run has). STEP 0 is never reached.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from mail_servers import mail_to, settings_for
from test_ledger import KEY, NOW, plan_of
from test_ledger_sending import SetClock

from summarizer.delivery import mail_server, outgoing, sending, smtp, smtp_session
from summarizer.delivery.sending import SendPolicy, deliver
from summarizer.delivery.smtp import SmtpServer
from summarizer.store import edition_file, edition_reading, editions
from summarizer.store.editions import EditionLedger

READERS = ("ann@example.org", "bob@example.org")
WATCHED = {
    module.__file__
    for module in (
        mail_server,
        outgoing,
        sending,
        smtp,
        smtp_session,
        edition_file,
        edition_reading,
        editions,
    )
}


def run_edition(folder: Path, port: int) -> None:
    """What a run does once it has made the edition."""
    with EditionLedger(folder, NOW) as ledger, ledger.exclusive("morning", NOW):
        ledger.plan(plan_of(), READERS, NOW)
        policy = SendPolicy(live=True, clock=SetClock(), patience_s=0)
        deliver(mail_to, KEY, READERS, ledger, SmtpServer(settings_for(port)), policy)


def killed_at(step: int) -> tuple[Callable[..., Any], list[int]]:
    """A tracer that counts the watched lines, and dies at one of them."""
    lines = [0]

    def trace(frame: FrameType, event: str, _: object) -> Callable[..., Any] | None:
        if frame.f_code.co_filename not in WATCHED:
            return None
        if event == "line":
            lines[0] += 1
            if lines[0] == step:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    return trace, lines


def main(port: int) -> None:
    from filelock import FileLock  # loaded before the fork, so that each child is quick

    FileLock("/nonexistent")
    for line in sys.stdin:
        folder, step = line.split()
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            os.close(reader)
            trace, lines = killed_at(int(step))
            sys.settrace(trace)
            run_edition(Path(folder), port)
            sys.settrace(None)
            os.write(writer, str(lines[0]).encode())
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            ended = pipe.read()
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        sys.stdout.write("killed\n" if killed else f"ended {ended}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
