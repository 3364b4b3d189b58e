"""`make bench`: one command, one table, and bench.json. Each part is a process of its own.

    python benchmarks/bench.py                  everything, under 10 minutes on two cores
    python benchmarks/bench.py rules merge      some parts; --list names them

What a figure means and where the time goes: docs/performance.md. Parts that measure wall time run alone and
first; the others, which measure CPU time, run two at a time, but for the rates of the rules engine, which
come last and alone. A part that fails is named and the rest goes on; the exit code is then 1. Progress goes
to standard error.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from time import perf_counter

from measuring import HERE, REPORT_SCHEMA, ROOT, Ended, Row, machine, python, run


@dataclass(frozen=True, slots=True)
class Part:
    """A function of a module beside this one that gives rows.

    `alone`: it measures wall time. `last`: a rate by CPU time that one core is to give, nothing beside it.
    """

    name: str
    title: str
    module: str
    function: str
    alone: bool = False
    last: bool = False


PARTS = (
    Part("help", "Start", "starting", "help_rows", alone=True),
    Part("peers", "A model that takes 200 ms; 200 articles of 3 kB, 16 at once", "peers", "rows", alone=True),
    Part("model", "The model road in bad weather", "model_calls", "rows", alone=True),
    Part("again", "A second run", "starting", "again_rows", alone=True),
    Part("processes", "Several processes", "engine", "processes_rows", alone=True),
    Part("merge", "Briefs into stories and digests", "growth", "merge_rows"),
    Part("rules", "Rules engine", "engine", "rules_rows", last=True),
    Part("build", "The compiled build", "compiled", "build_rows"),
    Part("compiled", "Rules engine, compiled", "compiled", "rows", last=True),
    Part("grounding", "Grounding", "engine", "grounding_rows"),
    Part("scoring", "Evaluation", "engine", "scoring_rows"),
    Part("piles", "Stories and reprints", "growth", "pile_rows"),
    Part("cost", "Cost by a model", "costs", "rows"),
)  # fmt: skip
#: Parts of CPU time that run at once: on two cores each has its own.
AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Measured:
    """What a part gave, or that it failed."""

    part: Part
    rows: tuple[Row, ...]
    ended: Ended

    @property
    def failed(self) -> bool:
        """Whether its process ended with an error."""
        return self.ended.code != 0


def measure(part: Part) -> Measured:
    """Run a part in its process."""
    say(f"{part.name} …")
    ended = run(python(str(HERE / "bench.py"), "--inside", part.name))
    rows = tuple(Row(**one) for one in json.loads(ended.out)) if ended.code == 0 else ()
    outcome = f"FAILED with exit code {ended.code}" if ended.code else "done"
    say(f"{part.name} {outcome} after {ended.wall_s:.0f} s")
    return Measured(part, rows, ended)


def measure_all(parts: Sequence[Part]) -> list[Measured]:
    """Wall time first and one by one, then CPU time, then rates of a core; in the order of the table."""
    done = {part.name: measure(part) for part in parts if part.alone}
    with ThreadPoolExecutor(min(AT_ONCE, os.cpu_count() or 1)) as pool:
        rest = [part for part in parts if not (part.alone or part.last)]
        done.update(zip((part.name for part in rest), pool.map(measure, rest), strict=True))
    done.update((part.name, measure(part)) for part in parts if part.last)
    return [done[part.name] for part in parts]


def table(found: Sequence[Measured], facts: dict[str, str | int | float]) -> str:
    """Everything in lines: what, value, unit, target."""
    lines = [" · ".join(f"{name} {value}" for name, value in facts.items())]
    width = max((len(row.what) for one in found for row in one.rows), default=0)
    for one in found:
        peak = one.ended.peak_mb
        memory = f" ({peak:,.0f} MB at most)" if peak is not None else ""
        lines += ["", f"{one.part.title}{memory}"]
        if one.failed:
            lines.append(f"  FAILED: `python benchmarks/bench.py {one.part.name}` shows why")
        for row in one.rows:
            value = f"{row.value:>12,.2f}" if row.value is not None else f"{'–':>12}"
            lines.append(f"  {row.what:<{width}} {value} {row.unit:<16} {row.target}{row.note}".rstrip())
    return "\n".join(lines) + "\n"


def report(
    found: Sequence[Measured], facts: dict[str, str | int | float], seconds: float
) -> dict[str, object]:
    """bench.json."""
    return {
        "schema": REPORT_SCHEMA,
        "machine": facts,
        "measured": datetime.now(UTC).date().isoformat(),
        "seconds": round(seconds),
        "failed": [one.part.name for one in found if one.failed],
        "parts": [
            {"part": one.part.name, "peak_mb": one.ended.peak_mb, "rows": [asdict(row) for row in one.rows]}
            for one in found
        ],
    }


def say(line: str) -> None:
    """Progress."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [part.name for part in PARTS]
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(names)}; all without one")
    parser.add_argument("--list", action="store_true", help="name the parts")
    parser.add_argument("--inside", choices=names, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    by_name = {part.name: part for part in PARTS}
    if unknown := set(chosen.parts) - set(names):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    if chosen.list:
        sys.stdout.write("".join(f"{part.name:<10} {part.title}\n" for part in PARTS))
        return 0
    if chosen.inside:
        part = by_name[chosen.inside]
        rows = getattr(importlib.import_module(part.module), part.function)()
        sys.stdout.write(json.dumps([asdict(row) for row in rows]))
        return 0
    facts, started = machine(), perf_counter()
    found = measure_all([part for part in PARTS if not chosen.parts or part.name in chosen.parts])
    seconds = perf_counter() - started
    sys.stdout.write(table(found, facts))
    if chosen.parts:
        say("bench.json is written by a whole run only.")
    else:
        content = json.dumps(report(found, facts, seconds), indent=1)
        (ROOT / "bench.json").write_text(content + "\n", encoding="utf-8")
    failed = [one.part.name for one in found if one.failed]
    if failed:
        say(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
