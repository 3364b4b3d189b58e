"""A real Dask cluster on loopback: a scheduler and workers, each a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from command import ROOT, environment_with

#: Work of the tests is importable by workers.
WITH_TESTS = {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
#: The workers' key of the fixture `cluster`.
SECRET = "sk-workers-own-4711"
_SCHEDULER = "from distributed.cli.dask_scheduler import main; main()"
_WORKER = "from distributed.cli.dask_worker import main; main()"


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class LocalCluster:
    """Scheduler and `workers` worker processes; `environment` is set for workers, `everywhere` for all.

    Use as a context manager: at its start the scheduler listens, at the end every process is gone. What they
    say is in `folder`.
    """

    def __init__(
        self, folder: Path, workers: int = 2, everywhere: Mapping[str, str] | None = None, **environment: str
    ) -> None:
        self.folder = folder
        self.address = f"tcp://127.0.0.1:{free_port()}"
        self.workers: list[subprocess.Popen[bytes]] = []
        self._processes: list[subprocess.Popen[bytes]] = []
        self._count = workers
        self._everywhere = dict(everywhere or {})
        self._environment = environment

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.start_scheduler()
        for _ in range(self._count):
            self.add_worker()
        while True:
            try:
                socket.create_connection(("127.0.0.1", self._port)).close()
                return self
            except ConnectionRefusedError:
                time.sleep(0.02)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()

    @property
    def _port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def start_scheduler(self) -> None:
        """It listens at `address`, also when an earlier one was killed."""
        options = ("--host", "127.0.0.1", "--port", str(self._port), "--no-dashboard", "--no-show")
        self._scheduler = self._start(_SCHEDULER, *options)

    def kill_scheduler(self) -> None:
        """SIGKILL; its workers end by themselves."""
        self._scheduler.kill()
        self._scheduler.wait()

    def add_worker(self, nanny: bool = False, **environment: str) -> subprocess.Popen[bytes]:
        """One more worker: without a nanny a killed one stays dead, with one it is started again.

        `environment` is set for it alone.
        """
        options = (
            "--nanny" if nanny else "--no-nanny",
            "--nthreads",
            "1",
            "--no-dashboard",
            "--memory-limit",
            "0",
        )
        worker = self._start(_WORKER, self.address, *options, **self._environment | environment)
        self.workers.append(worker)
        return worker

    def wait_for_workers(self, count: int) -> None:
        """Until so many have registered."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            while len(client.scheduler_info(n_workers=-1)["workers"]) < count:
                time.sleep(0.05)

    def kill_worker(self, number: int = 0) -> None:
        """SIGKILL: no chance to say goodbye."""
        self.workers[number].send_signal(signal.SIGKILL)
        self.workers[number].wait()

    def log(self) -> str:
        """All that its processes have said."""
        return "\n".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))

    def _start(self, code: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        log = self.folder / f"{len(self._processes)}.log"
        own = {
            "DASK_TEMPORARY_DIRECTORY": str(self.folder),
            # Results that lay on a killed worker: the scheduler would try for 30 s to fetch them.
            "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s",
        }
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-c", code, *arguments],
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.folder,  # else "" on its path would find this checkout before all others
                env=environment_with(self.folder / "home", **own | self._everywhere | environment),
            )
        self._processes.append(process)
        return process
