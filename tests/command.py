"""Run the real command line: as a process with pipes, as a shell would."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "evals" / "articles"
ONE = ARTICLES / "blinken-arrives-in-kiev.txt"

STRIKE = (
    "Dock workers in Marrow Bay will walk out on 3 March, the port union said on Monday.\n\n"
    "More than 1,200 workers may join the strike, according to union leader Ana Ruiz.\n\n"
    "Bayline Ports denied that it plans to cut jobs. It is unclear whether talks will resume.\n"
)
RATES = (
    "The central bank of Norland raised its key rate to 4.5 percent on Thursday, Governor Eva Lind said.\n\n"
    "Inflation could fall below 2 percent by June 2026, the bank said in a report.\n"
)


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command left behind."""

    code: int
    out: str
    err: str


def summarizer(*arguments: object, home: Path, stdin: str | bytes = "", **environment: str) -> Ended:
    """Run `summarizer` with a store of its own; `environment` is added to a plain one."""
    content = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-c", "from summarizer.cli.main import main; main()", *map(str, arguments)],
        input=content,
        capture_output=True,
        env=environment_with(home, **environment),
        timeout=120,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def environment_with(home: Path, **more: str) -> dict[str, str]:
    """An environment without the user's own settings."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("SUMMARIZER_", "OPENAI_", "COLUMNS", "NO_COLOR", "FORCE_COLOR"))
    }
    return kept | {"SUMMARIZER_HOME": str(home), "PYTHONPATH": str(ROOT)} | more
