"""How the benchmark measures: rows of its table, CPU time, processes with their memory, the machine's facts.

CPU time is that of one process and the least of several rounds: another program on the same machine lengthens
wall time, but hardly that. Memory is the most that a process of its own has had, as the system counts it.
"""

from __future__ import annotations

import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
#: The format of bench.json.
REPORT_SCHEMA = "bench/1"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `key` names it for programs; `value` None: not measured, `note` says why.

    `target` is what the project wants to reach, in words.
    """

    key: str
    what: str
    value: float | None
    unit: str = ""
    target: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that has ended. `peak_mb` is None where the system doesn't tell it."""

    code: int
    out: str
    wall_s: float
    cpu_s: float | None
    peak_mb: float | None


def best(work: Callable[[], object], rounds: int) -> float:
    """Least CPU time of several rounds."""
    times = []
    for _ in range(rounds):
        started = process_time()
        work()
        times.append(process_time() - started)
    return min(times)


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Ended:
    """Run a process to its end; what it writes on standard error goes to ours."""
    paths = [str(HERE), str(ROOT), os.environ.get("PYTHONPATH", "")]
    settings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), **(environment or {})}
    with tempfile.TemporaryFile() as out:
        started = perf_counter()
        process = subprocess.Popen(command, stdout=out, env=settings)
        if hasattr(os, "wait4"):
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = code = os.waitstatus_to_exitcode(status)
            cpu_s = usage.ru_utime + usage.ru_stime
            peak_mb = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
        else:
            code, cpu_s, peak_mb = process.wait(), None, None
        seconds = perf_counter() - started
        out.seek(0)
        return Ended(code, out.read().decode(), seconds, cpu_s, peak_mb)


def python(*arguments: str) -> list[str]:
    """A command of this interpreter."""
    return [sys.executable, *arguments]


def program(*arguments: str) -> list[str]:
    """A `summarizer` command of this interpreter."""
    return python("-c", "from summarizer.cli.main import main; main()", *arguments)


def median_wall_s(command: Sequence[str], rounds: int = 15) -> float:
    """Median wall time of a command; the first time, which fills the disk's cache, isn't counted."""
    times = [run(command).wall_s for _ in range(rounds + 1)]
    return statistics.median(times[1:])


class BrokenReportError(Exception):
    """bench.json isn't what `make bench` writes now; the message names the file, the lack, the way out."""


def report_of(path: Path) -> dict[str, Any]:
    """bench.json as `bench.report` makes it, its rows looked at one by one.

    Raises:
        BrokenReportError: it can't be read, or is of an old or broken format.
    """
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise broken_report(path, f"it can't be read ({error})") from error
    if not isinstance(report, dict) or report.get("schema") != REPORT_SCHEMA:
        raise broken_report(path, f'it lacks "schema": "{REPORT_SCHEMA}"')
    try:
        rows = [row for part in report["parts"] for row in part["rows"]]
    except (KeyError, TypeError) as error:
        raise broken_report(path, f"its parts have no rows ({error})") from error
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not isinstance(row.get("key"), str) or not _is_value(row):
            raise broken_report(path, f"row {number} lacks a key, or a value that is a number or null")
    return report


def broken_report(path: Path, what: str) -> BrokenReportError:
    """The error for a report that can't be used."""
    return BrokenReportError(f"{path}: {what}. Write it anew with `make bench`, or delete it.")


def _is_value(row: dict[str, Any]) -> bool:
    return "value" in row and (row["value"] is None or isinstance(row["value"], int | float))


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """Slope of log time over log size, by least squares; 1 is linear."""
    xs, ys = [math.log(size) for size in sizes], [math.log(one) for one in seconds]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def machine() -> dict[str, str | int | float]:
    """What the figures depend on: `load` is that of the minute before."""
    processor = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        processor = names[0].partition(":")[2].strip() if names else processor
    facts: dict[str, str | int | float] = {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}",
        "processor": processor,
        "cores": os.cpu_count() or 0,
    }
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        facts["memory_gb"] = round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9, 1)
    if hasattr(os, "getloadavg"):
        facts["load"] = round(os.getloadavg()[0], 2)
    return facts
