"""What a cluster adds: a real scheduler and worker processes on this machine, beside one process alone.

    python benchmarks/cluster.py [--articles 2000] [--calls 600] [--workers 2]
    python benchmarks/cluster.py --memory 1200 3000

Prints one JSON object. Seconds of CPU are read from each process by itself, so that other work on the machine
counts little; an article has 3 kB. The endpoint answers at once: what is left is what asking costs. `alone`
is the same run without a cluster; worker CPU beyond it is what the cluster costs there.

With `--memory`: the most memory that each process has had, for commands over so many articles of 2.5 kB, four
to a story; each command has a cluster of its own, so that no other one's memory is counted. One JSON object a
line, then kB for each article more from each size to the next. Linux only (`VmHWM`).
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil
from measuring import program
from measuring import run as run_process
from model_calls import endpoint
from texts import invented_articles, story_texts

from summarizer.llm.model import CallSettings
from summarizer.model_run import run_with_model
from summarizer.model_terms import ModelOptions
from summarizer.pipeline import RulesEngine, brief_articles
from summarizer.scaling.cluster import Cluster
from summarizer.scaling.model_runs import run_model_on_cluster
from summarizer.scaling.runs import briefs_on_cluster

ROOT = Path(__file__).resolve().parent.parent
#: The kinds of processes whose memory is measured: the command, the scheduler, the larger worker.
_PARTS = ("here", "scheduler", "worker")
_MAIN = "from distributed.cli.dask_{0} import main; main()"


@dataclass(frozen=True, slots=True)
class Processes:
    """Those of a cluster on this machine."""

    there: Cluster
    scheduler: int
    workers: list[int]

    def cpu(self) -> dict[str, float]:
        """CPU seconds of its parts and of this process, so far."""
        return {
            "here": cpu_of([os.getpid()]),
            "scheduler": cpu_of([self.scheduler]),
            "workers": cpu_of(self.workers),
        }

    def most_mb(self) -> dict[str, float]:
        """The most memory that the scheduler and the largest worker have had."""
        return {"scheduler": peak_mb(self.scheduler), "worker": max(map(peak_mb, self.workers))}


@contextmanager
def cluster(workers: int) -> Iterator[Processes]:
    """A cluster while it runs."""
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

            yield Processes(Cluster(address), scheduler.pid, [worker.pid for worker in crew])
        finally:
            for process in (*crew, scheduler):
                process.kill()
                process.wait()


def cpu_of(pids: Sequence[int]) -> float:
    """CPU seconds that processes have used so far."""
    times = [psutil.Process(pid).cpu_times() for pid in pids]
    return sum(one.user + one.system for one in times)


def peak_mb(pid: int) -> float:
    """The most that a process has had, as Linux counts it."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1e3


def memory(counts: Sequence[int], workers: int) -> Iterator[dict[str, Any]]:
    """Most memory in MB of whole commands and the cluster's processes, for each size."""
    for count in counts:
        with tempfile.TemporaryDirectory() as folder, endpoint(0) as url:
            pile = Path(folder) / "pile"
            pile.mkdir()
            for number, text in enumerate(story_texts(count)):
                (pile / f"{number}.txt").write_text(text, encoding="utf-8")
            asking = ("--model", "m", "--base-url", url, "--set", "concurrency=16")
            out = f"{folder}/out.jsonl"
            for name, words in (
                ("brief", ("brief", str(pile), "-o", out)),
                ("brief --shards", ("brief", str(pile), "-o", out, "--shards", f"{folder}/shards")),
                ("digest", ("digest", str(pile), "-o", f"{folder}/out.json")),
                ("brief --model", ("brief", str(pile), "-o", out, *asking)),
            ):
                yield {"command": name, "articles": count, **most_memory(words, Path(folder) / name, workers)}


def most_memory(words: Sequence[str], home: Path, workers: int) -> dict[str, float]:
    """Most memory in MB of one command and of the cluster that works for it.

    Raises:
        SystemExit: the command failed; its figures would mean nothing.
    """
    with cluster(workers) as running:
        command = program(*words, "--quiet", "--scheduler", running.there.address)
        ended = run_process(command, {"SUMMARIZER_HOME": str(home)})
        if ended.code:
            raise SystemExit(f"summarizer {' '.join(words)} ended with {ended.code}")
        return {"here": ended.peak_mb or math.nan, **running.most_mb()}


def slopes(rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """kB for each article more, of each command and process, from each size to the next."""
    by_command: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_command.setdefault(row["command"], []).append(row)
    for command, sizes in by_command.items():
        for small, large in pairwise(sizes):
            more = large["articles"] - small["articles"]
            grown = {part: (large[part] - small[part]) * 1e3 / more for part in _PARTS}
            yield {"command": command, "from": small["articles"], "to": large["articles"], **grown}


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


def say(row: dict[str, Any]) -> None:
    """One line, at once: a large size takes minutes."""
    shown = {key: round(one, 1) if isinstance(one, float) else one for key, one in row.items()}
    sys.stdout.write(json.dumps(shown) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Measure and print."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=layout)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--calls", type=int, default=600)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--memory", type=int, nargs="+", metavar="COUNT")
    options = parser.parse_args()
    if options.memory:
        rows = []
        for row in memory(sorted(options.memory), options.workers):
            say(row)
            rows.append(row)
        for slope in slopes(rows):
            say(slope)
        return 0
    pile = invented_articles(options.articles)
    asked = pile[: options.calls]
    report: dict[str, Any] = {"workers": options.workers, "articles": len(pile), "calls": len(asked)}
    said = Said()
    with (
        tempfile.TemporaryDirectory() as folder,
        cluster(options.workers) as running,
        endpoint(0) as url,
    ):
        there, cpu = running.there, running.cpu
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
