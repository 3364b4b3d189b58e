"""Keep to an endpoint's rate limits, and learn them from what it answers.

One `Pace` an endpoint. Requests and tokens a minute are each a leaky bucket with a short burst, and no minute
has more requests than the limit. Limits come from the settings, else from the endpoint's own headers, the
lowest that were told: workers may have keys of several accounts. A 429 stops everybody for as long as the
endpoint asks and then slows down, and each success after that speeds up a little, up to what was told
(additive increase, multiplicative decrease, as TCP does it: Chiu & Jain 1989).
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

#: Seconds of a limit that may be used at once. Endpoints count by the minute; a tenth of one is no flood.
BURST_S = 6.0
MINUTE_S = 60.0
#: After a 429: this share of the rate at which requests were started in the last minute.
BACK_OFF_SHARE = 0.7
#: Each success raises a learned limit by this many requests a minute.
SPEED_UP_PER_MINUTE = 2.0
#: No limit is learned below this.
MIN_PER_MINUTE = 6.0


@dataclass(slots=True)
class _Bucket:
    """Theoretical arrival time of the next unit (GCRA): full when it lies `BURST_S` ahead of the clock."""

    per_minute: float | None
    ahead: float = 0.0

    def delay(self, now: float) -> float:
        if self.per_minute is None:
            return 0.0
        return max(0.0, self.ahead - now - BURST_S)

    def take(self, now: float, amount: float) -> None:
        if self.per_minute is not None:
            self.ahead = max(self.ahead, now) + amount * 60.0 / self.per_minute


class Pacing(Protocol):
    """What a client asks before each request and tells after it: a `Pace`, or one for several machines."""

    async def admit(self, tokens: int) -> None:
        """Wait until a request of about `tokens` tokens may start, and count it as started."""

    def settle(self, estimated: int, counted: int) -> None:
        """Correct the token count of a finished request."""

    def succeeded(self, headers: Mapping[str, str]) -> None:
        """A request went through; its headers may tell the limits."""

    def refused(self, wait_s: float) -> None:
        """A 429 that asks to wait for `wait_s` seconds."""


class Pace:
    """When the next request to one endpoint may start."""

    def __init__(
        self,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._requests = _Bucket(requests_per_minute)
        self._tokens = _Bucket(tokens_per_minute)
        self._fixed_requests = requests_per_minute is not None
        self._fixed_tokens = tokens_per_minute is not None
        self._learned = False
        self._paused_until = 0.0
        self._told_requests = self._told_tokens = float("inf")
        self._started: deque[float] = deque()
        self._clock = clock

    @property
    def requests_per_minute(self) -> float | None:
        """The limit that is kept to now, or None."""
        return self._requests.per_minute

    async def admit(self, tokens: int) -> None:
        """Wait until a request of about `tokens` tokens may start, and count it as started."""
        while (delay := self._delay()) > 0:
            await asyncio.sleep(delay)
        now = self._clock()
        self._requests.take(now, 1)
        self._tokens.take(now, tokens)
        self._started.append(now)
        self._forget(now)

    def settle(self, estimated: int, counted: int) -> None:
        """Correct the token count of a finished request."""
        self._tokens.take(self._clock(), counted - estimated)

    def succeeded(self, headers: Mapping[str, str]) -> None:
        """A request went through; its headers may tell the limits."""
        if self._learned and self._requests.per_minute is not None:
            faster = self._requests.per_minute + SPEED_UP_PER_MINUTE
            self._requests.per_minute = min(faster, self._told_requests)
        self._read_limits(headers)

    def refused(self, wait_s: float) -> None:
        """A 429: nobody starts for `wait_s` seconds, and after that everybody is slower."""
        now = self._clock()
        already_paused = now < self._paused_until
        self._paused_until = max(self._paused_until, now + wait_s)
        if already_paused or self._fixed_requests:
            return  # one refusal is counted once, however many requests were under way
        self._forget(now)
        recent = self._started
        rate = len(recent) * 60.0 / max(1.0, now - recent[0]) if recent else MIN_PER_MINUTE
        if self._requests.per_minute is not None:
            rate = min(rate, self._requests.per_minute)
        self._requests.per_minute = max(MIN_PER_MINUTE, rate * BACK_OFF_SHARE)
        self._requests.ahead = self._paused_until
        self._learned = True

    def _delay(self) -> float:
        now = self._clock()
        return max(
            self._paused_until - now,
            self._requests.delay(now),
            self._tokens.delay(now),
            self._full_minute(now),
        )

    def _full_minute(self, now: float) -> float:
        """How long until the last minute has room for one more request."""
        if self._requests.per_minute is None:
            return 0.0
        limit = max(1, int(self._requests.per_minute))
        return self._started[-limit] + MINUTE_S - now if len(self._started) >= limit else 0.0

    def _forget(self, now: float) -> None:
        """Only the last minute's starts count."""
        while self._started and self._started[0] <= now - MINUTE_S:
            self._started.popleft()

    def _read_limits(self, headers: Mapping[str, str]) -> None:
        requests = _positive(headers.get("x-ratelimit-limit-requests"))
        tokens = _positive(headers.get("x-ratelimit-limit-tokens"))
        self._told_requests = min(self._told_requests, requests or self._told_requests)
        self._told_tokens = min(self._told_tokens, tokens or self._told_tokens)
        if requests and not self._fixed_requests:
            known = self._requests.per_minute if self._learned else None
            self._requests.per_minute = min(self._told_requests, known or self._told_requests)
        if tokens and not self._fixed_tokens:
            self._tokens.per_minute = self._told_tokens


def _positive(value: str | None) -> float | None:
    try:
        number = float(value) if value else 0.0
    except ValueError:
        return None
    return number if 0 < number < float("inf") else None
