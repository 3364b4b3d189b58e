"""The same work by the compiled build, in the environment that `make compiled` sets up.

`compiled_row` calls this file with that environment's Python, which runs one function of `WORK`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from measuring import HERE, ROOT, Row, run

PYTHON = Path(os.environ.get("BENCH_COMPILED", ROOT / ".venv-compiled")) / "bin" / "python"


def compiled_row(work: str, key: str, what: str, unit: str, target: str = "") -> Row:
    """A row with what a function of `WORK` measures there; without a value where that can't be."""
    if not PYTHON.exists():
        return Row(key, what, None, unit, target, note=" skipped: not built (make compiled)")
    if _there("sources") != sources():
        return Row(key, what, None, unit, target, note=" skipped: built from other sources (make compiled)")
    return Row(key, what, float(_there(work)), unit, target)


def sources() -> str:
    """The hash of the program's sources, whether or not they are compiled."""
    from summarizer.scaling.identity import own_identity

    return own_identity().code


def rules_per_s() -> float:
    """Articles a second a core."""
    from engine import articles_per_s

    from summarizer.extraction.by_rules import engine

    assert not engine.__file__.endswith(".py"), "an interpreted build"
    return articles_per_s()


WORK: dict[str, Callable[[], str | float]] = {"sources": sources, "rules": rules_per_s}


def _there(work: str) -> str:
    # Only this folder: `run` puts the checkout before what is installed.
    done = run([str(PYTHON), __file__, work], {"PYTHONPATH": str(HERE)})
    if done.code != 0:
        raise RuntimeError(f"{PYTHON} {__file__} {work} ended with exit code {done.code}")
    return str(json.loads(done.out))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(WORK[sys.argv[1]]()))
