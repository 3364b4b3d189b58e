"""Fuzz for a bounded time: `make fuzz`, or one part with `python tests/fuzz_run.py rules --seconds 60`.

With atheris (extra `fuzz`) inputs are guided by coverage; without it the same injuries are done to the seeds
at random. A failure doesn't end the run: the first input of each kind is kept as a file and told at the end,
so one known fault doesn't hide the others. Inputs that were worth keeping go on in the next run (out/fuzz).
Ends with 1 when anything was found.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import importlib.util
import os
import pkgutil
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from fuzz_injuries import MAX_BYTES, injured

if TYPE_CHECKING:
    from fuzz_targets import Target

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out" / "fuzz"
#: CPU seconds for one input of a few kilobytes; a usual one takes 0.02, five times that under coverage.
#: Above, somebody's folder hangs.
HANG_CPU_S = 20.0
NAMES = ("sources", "grounding", "rules")


class Hang(BaseException):
    """One input took longer than `HANG_CPU_S`. No Exception: nothing in the program may catch it."""


class Finder:
    """Runs a target over inputs and keeps the first input of each kind of failure."""

    def __init__(self, target: Target, out: Path) -> None:
        self.target = target
        self.runs = 0
        self.found: dict[str, Path] = {}
        self._out = out / "found" / target.name

    def __call__(self, content: bytes) -> None:
        """One input."""
        self.runs += 1
        try:
            with _limited():
                self.target.run(content)
        except (Exception, Hang) as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            self._keep(content, error)

    def report(self, how: str) -> int:
        """Print what came of it; the exit code."""
        found = f"{len(self.found)} kinds of failure" if self.found else "no failure"
        sys.stdout.write(f"fuzz {self.target.name}: {self.runs} inputs {how}: {found}\n")
        sys.stdout.flush()
        return 1 if self.found else 0

    def _keep(self, content: bytes, error: BaseException) -> None:
        kind = _kind(error)
        if kind in self.found:
            return
        self._out.mkdir(parents=True, exist_ok=True)
        path = self._out / hashlib.sha256(kind.encode()).hexdigest()[:12]
        path.write_bytes(content)
        path.with_suffix(".txt").write_text("".join(traceback.format_exception(error))[-20_000:], "utf-8")
        self.found[kind] = path
        sys.stderr.write(f"{self.target.name}: {kind}\n    {path}\n")


@contextmanager
def _limited() -> Iterator[None]:
    """Raise Hang when the body takes too much CPU time; a busy machine doesn't count."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def late(number: int, frame: FrameType | None) -> None:
        raise Hang(f"more than {HANG_CPU_S:g} CPU seconds")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, HANG_CPU_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _kind(error: BaseException) -> str:
    """What makes two failures the same: the error's class, and where in the program it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if f"{ROOT / 'summarizer'}" in frame.filename] or list(frames)
    if type(error).__name__ == "BrokenPromise":  # told by the promise, and by the codes of problems
        codes = sorted({part.split("'")[0] for part in str(error).split("code='")[1:]})
        return f"{str(error).partition(':')[0]} {codes}"
    where = "somewhere" if isinstance(error, Hang) else f"{Path(ours[-1].filename).name}:{ours[-1].lineno}"
    return f"{type(error).__name__} in {where}"


def guided(name: str, seconds: int, out: Path) -> None:
    """Let atheris choose inputs by the branches they reach. Ends the process: libFuzzer doesn't come back."""
    import atheris

    with atheris.instrument_imports(include=["summarizer"]):
        for package in ("sources", "text", "extraction", "grounding", "merging"):
            module = importlib.import_module(f"summarizer.{package}")
            for one in pkgutil.walk_packages(module.__path__, f"{module.__name__}."):
                importlib.import_module(one.name)
        from fuzz_targets import TARGETS
    finder = Finder(TARGETS[name], out)
    seeds = finder.target.seeds()
    corpus = out / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    until = time.monotonic() + seconds

    def one(content: bytes) -> None:
        finder(content)
        if time.monotonic() > until:
            os._exit(finder.report("guided by coverage"))

    def mutated(content: bytes, max_size: int, seed: int) -> bytes:
        rng = random.Random(seed)
        if rng.random() < 0.3:
            return bytes(atheris.Mutate(content, max_size))
        return injured(content, rng, seeds)[:max_size]

    # What Python can't interrupt (a loop in C, all memory taken) ends the process, with its input as a file.
    options = [
        f"-max_len={MAX_BYTES}",
        "-timeout=120",
        "-rss_limit_mb=3000",
        f"-artifact_prefix={out}/{name}-",
    ]
    atheris.Setup([sys.argv[0], *options, "-verbosity=0", str(corpus)], one, custom_mutator=mutated)
    atheris.Fuzz()


def at_random(name: str, seconds: float, seed: int, out: Path) -> int:
    """Injure the seeds at random."""
    from fuzz_targets import TARGETS

    finder = Finder(TARGETS[name], out)
    rng = random.Random(seed)
    seeds = finder.target.seeds()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        finder(injured(rng.choice(seeds), rng, seeds))
    return finder.report(f"at random, seed {seed}")


def _is_there(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def main() -> int:
    """Fuzz; without a name, each part in a process of its own."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "name", nargs="?", choices=NAMES, help="what to fuzz; all, one by one, without a name"
    )
    parser.add_argument("--seconds", type=int, default=60, help="for each part")
    parser.add_argument("--seed", type=int, default=0, help="of the inputs without atheris")
    parser.add_argument("--at-random", action="store_true", help="leave atheris out")
    parser.add_argument("--again", type=Path, metavar="FILE", help="run this one input; its error is raised")
    chosen = parser.parse_args()
    if chosen.name is None:
        runs = [
            subprocess.run([sys.executable, __file__, name, *sys.argv[1:]], check=False) for name in NAMES
        ]
        return max(min(abs(run.returncode), 1) for run in runs)
    if chosen.again:
        from fuzz_targets import TARGETS

        TARGETS[chosen.name].run(chosen.again.read_bytes())
        return 0
    if chosen.at_random or not _is_there("atheris"):
        return at_random(chosen.name, chosen.seconds, chosen.seed, OUT)
    guided(chosen.name, chosen.seconds, OUT)
    return 1  # it doesn't come back


if __name__ == "__main__":
    sys.exit(main())
