"""What a cluster adds: a real scheduler and worker processes on this machine, beside one process alone.

    python benchmarks/cluster.py [--articles 2000] [--calls 600] [--workers 2]

Prints one JSON object. Seconds of CPU are read from each process by itself, so that other work on the machine
counts little; an article has 3 kB. The endpoint answers at once: what is left is what asking costs. `alone`
is the same run without a cluster; worker CPU beyond it is what the cluster costs there.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from model_calls import endpoint
from texts import invented_articles

from summarizer.llm.model import CallSettings
from summarizer.model_run import run_with_model
from summarizer.model_terms import ModelOptions
from summarizer.pipeline import RulesEngine, brief_articles
from summarizer.scaling.cluster import Cluster
from summarizer.scaling.model_runs import run_model_on_cluster
from summarizer.scaling.runs import briefs_on_cluster

ROOT = Path(__file__).resolve().parent.parent
_MAIN = "from distributed.cli.dask_{0} import main; main()"


@contextmanager
def cluster(workers: int) -> Iterator[tuple[Cluster, Callable[[], dict[str, float]]]]:
    """A cluster, and what reads the CPU seconds of its parts."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_TEMPORARY_DIRECTORY": folder}

        def started(kind: str, *options: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-c", _MAIN.format(kind), *options, "--no-dashboard"]
            return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)

        scheduler = started("scheduler", "--host", "127.0.0.1", "--port", str(port))
        crew = [started("worker", address, "--nthreads", "1", "--no-nanny") for _ in range(workers)]
        try:
            while socket.socket().connect_ex(("127.0.0.1", port)):
                time.sleep(0.05)

            def cpu() -> dict[str, float]:
                return {
                    "here": cpu_of([os.getpid()]),
                    "scheduler": cpu_of([scheduler.pid]),
                    "workers": cpu_of([worker.pid for worker in crew]),
                }

            yield Cluster(address), cpu
        finally:
            for process in (*crew, scheduler):
                process.kill()
                process.wait()


def cpu_of(pids: Sequence[int]) -> float:
    """CPU seconds that processes have used so far."""
    times = [psutil.Process(pid).cpu_times() for pid in pids]
    return sum(one.user + one.system for one in times)


def measured(cpu: Callable[[], dict[str, float]], do: Callable[[], Any], count: int) -> dict[str, float]:
    """Wall seconds of `do`, and milliseconds of CPU for each of `count` things, by part."""
    before, started = cpu(), time.perf_counter()
    do()
    wall, after = time.perf_counter() - started, cpu()
    return {"wall_s": wall, **{f"{part}_ms": (after[part] - before[part]) / count * 1000 for part in after}}


class Said(logging.Handler):
    """Hears what each desk counted, from its log."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: list[tuple[int, int]] = []
        desk = logging.getLogger("summarizer.scaling.desk")
        desk.setLevel(logging.DEBUG)
        desk.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Messages and pieces."""
        messages, pieces, *_ = record.args
        self.counts.append((messages, pieces))


def main() -> int:
    """Measure and print."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=layout)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--calls", type=int, default=600)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    pile = invented_articles(options.articles)
    asked = pile[: options.calls]
    report: dict[str, Any] = {"workers": options.workers, "articles": len(pile), "calls": len(asked)}
    said = Said()
    with (
        tempfile.TemporaryDirectory() as folder,
        cluster(options.workers) as (there, cpu),
        endpoint(0) as url,
    ):
        one = ModelOptions("m", Path(folder) / "a", url, CallSettings(concurrency=16))
        two = ModelOptions("m", Path(folder) / "b", url, CallSettings(concurrency=16))
        briefs_on_cluster(pile[:200], RulesEngine(), there)  # everybody has everything imported
        run_model_on_cluster(pile[-50:], two, there)
        run_with_model(pile[-50:], one, {})
        report["rules"] = measured(cpu, lambda: briefs_on_cluster(pile, RulesEngine(), there), len(pile))
        report["rules alone"] = measured(cpu, lambda: list(brief_articles(pile, RulesEngine())), len(pile))
        report["model"] = measured(cpu, lambda: run_model_on_cluster(asked, two, there), len(asked))
        report["model alone"] = measured(cpu, lambda: run_with_model(asked, one, {}), len(asked))
        report["model, saved"] = measured(cpu, lambda: run_model_on_cluster(asked, two, there), len(asked))
    messages, pieces = said.counts[1]  # the first run warmed up, the third one read what was saved
    report["messages a call"], report["pieces a call"] = messages / len(asked), pieces / len(asked)
    sys.stdout.write(json.dumps(report, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
