"""The endpoint of the soak test, in a process of its own so that its memory isn't counted.

Every fifth request goes wrong in one of the ways that `faults_server` knows. Prints its address and serves
until its standard input is closed.
"""

from __future__ import annotations

import random
import sys
from typing import Any

from faults_server import (
    FaultServer,
    Step,
    after,
    cut_clean,
    hang,
    html,
    ok,
    raw,
    reset,
    says,
    short_body,
    status,
)

FAULTS: tuple[Step, ...] = (
    status(429, headers={"Retry-After": "0.05"}), status(500), status(503), status(529), reset, short_body,
    cut_clean, html, hang, raw(b"{"), raw(b'{"choices": []}'), says(None), says("no JSON at all"),
    says('{"claims": [{"id"', finish="length"), says("", refusal="I can't help with that."), after(0.3),
)  # fmt: skip
SHARE_OF_FAULTS = 0.2
KEPT_REQUESTS = 200


def main() -> None:
    """Serve."""
    chance = random.Random(1)

    def plan(number: int, request: dict[str, Any]) -> Step:
        del server.requests[:-KEPT_REQUESTS], server.headers[:-KEPT_REQUESTS]
        return chance.choice(FAULTS) if chance.random() < SHARE_OF_FAULTS else ok

    with FaultServer(plan=plan) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
