"""What fuzzing found stays found, and the fuzzer itself finds what is there.

`make fuzz` runs for a bounded time and is no test; the inputs that it failed on are: they lie in `data/fuzz`,
a folder a part, and are run here.
"""

from __future__ import annotations

import random
from pathlib import Path

import fuzz_run
import pytest
from fuzz_injuries import MAX_BYTES, injured
from fuzz_run import Finder
from fuzz_targets import TARGETS, BrokenPromise, Target

FOUND = Path(__file__).resolve().parent / "data" / "fuzz"


@pytest.mark.parametrize(
    "path", sorted(FOUND.glob("*/*")), ids=lambda path: f"{path.parent.name}-{path.name}"
)
def test_an_input_that_once_failed_is_read(path: Path) -> None:
    """A fault that came back would come back on somebody's morning."""
    TARGETS[path.parent.name].run(path.read_bytes())


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_injured_seeds_are_read(name: str) -> None:
    """Bytes that went wrong are a failure with a reason, never more; the long search is `make fuzz`."""
    target, rng = TARGETS[name], random.Random(1)
    seeds = target.seeds()
    for seed in seeds[:: len(seeds) // 12]:
        target.run(seed)
        target.run(injured(seed, rng, seeds))


def test_injuries_are_the_same_for_the_same_seed_and_stay_small() -> None:
    """A failure that can't be made again can't be mended."""
    seeds = TARGETS["rules"].seeds()
    made = [[injured(seeds[0], random.Random(number), seeds) for number in range(50)] for _ in range(2)]
    assert made[0] == made[1]
    assert len(set(made[0])) > 45
    assert max(map(len, made[0])) <= MAX_BYTES


def test_each_kind_of_failure_is_kept_once_and_does_not_end_the_run(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """One known fault must not hide the others."""

    def fails(content: bytes) -> None:
        if content.startswith(b"a"):
            raise KeyError(content)
        if content.startswith(b"b"):
            raise BrokenPromise("quotes stand where they say: x")

    finder = Finder(Target("rules", fails, lambda: ()), tmp_path)
    for content in (b"a1", b"a2", b"fine", b"b1", b"b2"):
        finder(content)
    assert finder.report("by hand") == 1
    kept = [path.read_bytes() for path in finder.found.values()]
    assert kept == [b"a1", b"b1"]
    assert "5 inputs by hand: 2 kinds of failure" in capfd.readouterr().out


def test_an_input_that_takes_for_ever_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hang is worse than a crash: nobody is told."""
    monkeypatch.setattr(fuzz_run, "HANG_CPU_S", 0.05)

    def hangs(content: bytes) -> None:
        while True:
            pass

    finder = Finder(Target("rules", hangs, lambda: ()), tmp_path)
    finder(b"")
    assert list(finder.found) == ["Hang in somewhere"]
