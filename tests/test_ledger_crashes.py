"""Killed at any step, or run twice at once: each reader has the edition once, or is reported as unknown.

LEDGER_EVERY_STEP=1 kills the run at each of its lines, not at a sample of them (two minutes).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_worker import READERS, WATCHED
from mail_servers import Mailbox, mail_to, quick_folder, settings_for, smtp_server
from test_ledger import KEY, NOW, plan_of
from test_ledger_sending import SetClock, live

from summarizer.delivery.sending import deliver
from summarizer.delivery.smtp import SmtpServer
from summarizer.store.edition_file import FILE_NAME, LOCK_NAME, MARK_NAME
from summarizer.store.editions import EditionLedger

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="the worker forks, to be killed often and cheaply"
)

WORKER = Path(__file__).with_name("ledger_worker.py")
#: Prime, so that the sample falls on other lines for each reader.
STRIDE = 1 if os.environ.get("LEDGER_EVERY_STEP") else 43


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with quick_folder(tmp_path) as quick:
        yield quick


class Worker:
    """Talks to `ledger_worker.py`."""

    def __init__(self, port: int) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(WORKER.parent.parent), *sys.path])}
        self.process = subprocess.Popen(
            [sys.executable, str(WORKER), str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def start(self, folder: Path, step: int = 0) -> None:
        """Begin a run that is killed at `step`."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{folder} {step}\n")
        self.process.stdin.flush()

    def ended(self) -> str:
        """How it ended."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def run(self, folder: Path, step: int = 0) -> str:
        self.start(folder, step)
        return self.ended()

    def stop(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


@pytest.fixture(scope="module")
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture(scope="module")
def worker(mailbox: Mailbox) -> Iterator[Worker]:
    with smtp_server(mailbox) as port:
        started = Worker(port)
        yield started
        started.stop()


def states(folder: Path) -> dict[str, str]:
    with EditionLedger(folder, NOW) as ledger:
        return {row.recipient: row.state for row in ledger.deliveries(KEY)}


def check(folder: Path, mailbox: Mailbox, where: str) -> Counter[str]:
    """Each reader has it exactly once and is `sent`, or at most once and is `unknown`."""
    got = Counter(mailbox.recipients())
    found = states(folder)
    for reader in READERS:
        state = found[reader]
        assert state in ("sent", "unknown"), where
        assert got[reader] == 1 if state == "sent" else got[reader] <= 1, (where, reader, state, got)
    return Counter(found.values())


@pytest.mark.parametrize("lose_ledger", [False, True])
def test_a_run_killed_at_any_line_sends_each_mail_once_or_says_that_it_doesn_t_know(
    worker: Worker, mailbox: Mailbox, folder: Path, lose_ledger: bool
) -> None:
    """A power cut takes no heed of where the program is, and may take the database with it."""
    mailbox.taken.clear()
    ended, lines = worker.run(folder / "whole").split()
    assert ended == "ended"
    assert check(folder / "whole", mailbox, "not killed") == {"sent": 2}
    found: Counter[str] = Counter()
    steps = range(1, int(lines), STRIDE * (2 if lose_ledger else 1))
    for step in steps:
        mailbox.taken.clear()
        state = folder / str(step)
        assert worker.run(state, step) == "killed", step
        if lose_ledger:  # whoever begins anew leaves the journal
            for path in [*state.glob(FILE_NAME + "*"), *state.glob(MARK_NAME)]:
                path.unlink()
        assert worker.run(state).startswith("ended"), step
        found += check(state, mailbox, f"killed at line {step} of {lines}")
    # Of all lines only those between the first byte of a mail and its record leave a reader unknown.
    assert found["sent"] > 4 * found["unknown"] > 0, found


@pytest.mark.parametrize(
    ("stage", "state"),
    [("MAIL", "sent"), ("RCPT", "sent"), ("DATA", "unknown")],
)
def test_a_run_killed_while_the_server_has_the_word(stage: str, state: str, folder: Path) -> None:
    """Where nothing was handed over the next run sends it; where the server may have it, a person decides."""
    mailbox = Mailbox()
    with smtp_server(mailbox) as port:
        worker = Worker(port)
        children = Path(f"/proc/{worker.process.pid}/task/{worker.process.pid}/children")
        if not children.exists():
            worker.stop()
            pytest.skip("the child's number is found in /proc")

        def kill(reached: str) -> None:
            if reached == stage and not killed:
                killed.append(int(children.read_text().split()[0]))
                os.kill(killed[0], signal.SIGKILL)

        killed: list[int] = []
        mailbox.on_stage = kill
        assert worker.run(folder / "state") == "killed"
        assert worker.run(folder / "state").startswith("ended")
        worker.stop()
    found = states(folder / "state")
    assert (found[READERS[0]], found[READERS[1]]) == (state, "sent")
    assert Counter(mailbox.recipients()) == dict.fromkeys(READERS, 1)


def test_processes_that_start_at_once_send_one_edition(folder: Path) -> None:
    """Two timers, a person and a restarted container, all in one second."""
    mailbox = Mailbox()
    with smtp_server(mailbox) as port:
        workers = [Worker(port) for _ in range(3)]
        for worker in workers:
            worker.run(folder / "warm-up" / str(worker.process.pid))  # all are loaded: now they really race
        mailbox.taken.clear()
        for worker in workers:
            worker.start(folder / "state")
        ended = [worker.ended() for worker in workers]
        for worker in workers:
            worker.stop()
    assert Counter(mailbox.recipients()) == dict.fromkeys(READERS, 1)
    assert check(folder / "state", mailbox, str(ended)) == {"sent": 2}


@pytest.mark.parametrize(("stage", "by_first"), [("RCPT", 0), ("DATA", 1)])
def test_without_a_working_lock_the_claims_still_hold(folder: Path, stage: str, by_first: int) -> None:
    """Somebody cleans up lock files, or the disk doesn't know locks: two runs are at work at once."""
    first, second, started = Mailbox(), Mailbox(), []
    with (
        smtp_server(first) as port,
        smtp_server(second) as other_port,
        EditionLedger(folder, NOW) as ledger,
    ):
        ledger.plan(plan_of(), READERS, NOW)

        def other_run(reached: str) -> None:
            if reached == stage and not started:
                started.append(reached)
                (folder / LOCK_NAME).unlink()
                with EditionLedger(folder, NOW) as other:
                    deliver(mail_to, KEY, READERS, other, SmtpServer(settings_for(other_port)), live())

        first.on_stage = other_run
        report = deliver(mail_to, KEY, READERS, ledger, SmtpServer(settings_for(port)), live(SetClock()))
    assert started
    assert Counter(first.recipients() + second.recipients()) == dict.fromkeys(READERS, 1)
    assert len(first.taken) == by_first
    assert [one.outcome for one in report.results] == ["sent", "sent"]
    assert states(folder) == dict.fromkeys(READERS, "sent")


def test_the_watched_code_is_that_of_the_package() -> None:
    """A module that moves away must not leave this test watching nothing."""
    names = {Path(path).name for path in WATCHED if path}
    assert {"editions.py", "sending.py", "smtp_session.py"} <= names
