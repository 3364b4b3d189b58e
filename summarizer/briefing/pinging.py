"""Tell a healthcheck service how a run ended, as healthchecks.io and others take it.

A run that went well is a POST to the address; one in which somebody has to look at something goes to
"…/fail". The body is what the run said. So a machine that is off, a timer that was never installed and a
briefing that fails are all noticed by somebody else. A service that doesn't answer costs the run nothing but
a warning; the address is a secret and in no message.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from summarizer.briefing.secrets import Secret
from summarizer.errors import MissingExtra

TIMEOUT_S = 10.0
#: What services keep of a body.
_MAX_BODY_BYTES = 10_000


@dataclass(frozen=True, slots=True)
class Ping:
    """How a run ended."""

    is_well: bool
    body: str


def send_ping(address: Secret | None, ping: Ping, tell: Callable[[str], None]) -> None:
    """Ping, where there is an address.

    Raises:
        MissingExtra: httpx isn't installed.
    """
    if address is None:
        return
    try:
        import httpx
    except ImportError as error:
        raise MissingExtra("A healthcheck", "httpx", "briefing") from error
    url = address.value.rstrip("/") + ("" if ping.is_well else "/fail")
    host = urlsplit(address.value).hostname
    try:
        answer = httpx.post(url, content=ping.body.encode()[:_MAX_BODY_BYTES], timeout=TIMEOUT_S)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        # The error's own words may repeat the address.
        tell(f"Warning: the healthcheck at {host} can't be pinged ({type(error).__name__}).")
        return
    if not answer.is_success:
        tell(f"Warning: the healthcheck at {host} answers {answer.status_code}; check {address.key}.")
