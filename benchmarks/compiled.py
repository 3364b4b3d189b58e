"""The same work by the compiled build, in the environment of `make compiled`, which is called where needed.

`_there` calls this file with that environment's Python, which runs one function of `WORK`.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

from measuring import HERE, ROOT, Row, run

COMPILED = Path(os.environ.get("BENCH_COMPILED", ROOT / ".venv-compiled"))
PYTHON = COMPILED / "bin" / "python"
_WHAT = "rules engine and grounding, 3 kB articles"


def rows() -> list[Row]:
    """Articles a second by the compiled build, and against the interpreter."""
    problem, _ = _brought_up_to_date()
    if problem:
        return [Row("compiled.per_s", _WHAT, None, "articles/s a core", ">= 200", note=f" {problem}")]
    from engine import articles_per_s

    # By turns, as what else the machine does changes from minute to minute.
    pairs = [(float(_there("rules")), articles_per_s()) for _ in range(2)]
    compiled, interpreted = (max(each) for each in zip(*pairs, strict=True))
    return [
        Row("compiled.per_s", _WHAT, compiled, "articles/s a core", ">= 200"),
        Row("compiled.gain", "  against interpreted", compiled / interpreted, "times as fast"),
    ]


def build_rows() -> list[Row]:
    """What the build takes where it isn't there yet; the other parts go on meanwhile."""
    problem, build_s = _brought_up_to_date()
    note = problem if problem or build_s is not None else "built before (make clean)"
    what = "to set it up, beside another part"
    return [Row("compiled.build_s", what, build_s, "s", note=f" {note}".rstrip())]


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


def _brought_up_to_date() -> tuple[str, float | None]:
    """Why there is no build of these sources, or "", and the seconds that making one took, if it was made."""
    if PYTHON.exists() and _there("sources") == sources():
        return "", None
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    headers = Path(sysconfig.get_path("include")) / "Python.h"
    if shutil.which(compiler) is None or not headers.exists():
        return "skipped: no C compiler (apt install gcc python3-dev)", None
    # Whether it is up to date is told by the sources above, not by their dates. Politely: another part is
    # measured meanwhile.
    command = ["make", "--always-make", "-C", str(ROOT), "compiled", f"COMPILED={COMPILED}"]
    polite = ["nice", "-n", "10"] if shutil.which("nice") else []
    ended = run([*polite, *command], {"PYTHONPATH": ""})
    sys.stderr.write(ended.out)
    if ended.code:
        return f"skipped: `make compiled` ended with exit code {ended.code}, see above", None
    return "", ended.wall_s


def _there(work: str) -> str:
    # Only this folder: `run` puts the checkout before what is installed.
    done = run([str(PYTHON), __file__, work], {"PYTHONPATH": str(HERE)})
    if done.code != 0:
        raise RuntimeError(f"{PYTHON} {__file__} {work} ended with exit code {done.code}")
    return str(json.loads(done.out))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(WORK[sys.argv[1]]()))
