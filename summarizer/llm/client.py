"""The client for OpenAI, Azure, Ollama, vLLM, llama.cpp and whatever else speaks chat completions.

What is whose: the openai SDK sends one request (its own retries are off, and its parsing is not used,
because a broken body raises whatever happens to break); instructor shapes it (`modes`); tenacity repeats it
when the transport failed, with a fresh `AsyncRetrying` a call, because a shared one mixes up concurrent
calls. Deadlines are our own: the SDK's time-out counts from byte to byte, and a slow drip outlives it.

At most `concurrency` requests are under way at an endpoint; nobody waits for a batch to finish. A reply
mode that the endpoint rejects is stepped down from for everybody, at once, and the one that worked is
remembered.

A reply is returned as it arrived. Whether it was refused, cut or unreadable is read from it by the caller,
after it was saved.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from summarizer.llm.faults import (
    AttemptError,
    body_fault,
    connection_fault,
    deadline_fault,
    status_fault,
    transport_errors,
)
from summarizer.llm.ledger import Ending, Ledger, ledger_row
from summarizer.llm.model import (
    REPLY_MODES,
    Ask,
    CallSettings,
    RawReply,
    ReplyMode,
    estimate_tokens,
)
from summarizer.llm.modes import shape_request, usage_of
from summarizer.llm.opening import open_client
from summarizer.llm.pacing import Pace, Pacing
from summarizer.llm.prices import Price
from summarizer.llm.spec import Endpoint
from summarizer.llm.streaming import CutStreamError, collected
from summarizer.llm.tracing import attempt_span, finish_span
from summarizer.llm.turns import Turns

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from tenacity import RetryCallState

#: A waiting time is varied by this share, so that callers who failed together don't come back together.
JITTER = 0.25
MAX_BACKOFF_S = 60.0
#: A call that met a rate limit may be tried this many times as often as one that met a fault.
RATE_LIMIT_PATIENCE = 3
#: Output tokens that a request is taken for in rate limits before its reply is there.
GUESSED_OUTPUT_TOKENS = 1500


@dataclass(frozen=True, slots=True)
class _Answer:
    """A response with status 200, read to its end."""

    content_type: str
    body: str
    headers: Mapping[str, str]


class ModelClient:
    """One model at one endpoint. Belongs to the event loop in which it is first used; `aclose` at the end.

    `pace` is given where others call the same endpoint and all keep to one limit.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        settings: CallSettings,
        ledger: Ledger,
        price: Price | None = None,
        pace: Pacing | None = None,
    ) -> None:
        self.endpoint = endpoint
        self.settings = settings
        self.price = price
        self._ledger = ledger
        self._pace: Pacing = pace or Pace(settings.requests_per_minute, settings.tokens_per_minute)
        self._slots = asyncio.Semaphore(settings.concurrency)
        self.turns = Turns()
        self._client: AsyncOpenAI | None = None
        known = ledger.known_endpoint(endpoint.base_url, endpoint.model)
        self._known_mode = known.mode if known else None
        self._context = settings.context_tokens or (known.context_tokens if known else None)
        remembered = next((mode for mode in REPLY_MODES if mode == self._known_mode), None)
        self._mode: ReplyMode = settings.mode or remembered or REPLY_MODES[0]

    @property
    def name(self) -> str:
        """As in `--model`."""
        return self.endpoint.name

    @property
    def context_tokens(self) -> int | None:
        """As configured, or as remembered of this endpoint."""
        return self._context

    @property
    def mode(self) -> ReplyMode:
        """The reply mode that the next request is sent in."""
        return self._mode

    async def aclose(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def complete(self, ask: Ask, key: str) -> RawReply:
        """Ask, with as many attempts as the settings allow.

        Raises:
            ModelError, KeyRefused: no reply, or one that says nothing.
        """
        while True:
            try:
                return await self._with_retries(ask, key)
            except AttemptError as fault:
                if fault.rejected_mode is not None and self._step_down(fault.rejected_mode):
                    continue
                raise fault.error from None

    def _mode_for(self, ask: Ask) -> ReplyMode:
        # A reply that couldn't be read is asked for again in the next looser mode: some servers take a
        # json_schema and then ignore it, and only the looser modes show the schema in the prompt.
        if ask.again and self.settings.mode is None:
            return REPLY_MODES[min(REPLY_MODES.index(self._mode) + 1, len(REPLY_MODES) - 1)]
        return self._mode

    def _step_down(self, rejected: ReplyMode) -> bool:
        """Use the next looser mode from now on; False when there is none.

        Many callers may find out at once: the mode goes down once.
        """
        position = REPLY_MODES.index(rejected)
        if self.settings.mode is not None or position + 1 == len(REPLY_MODES):
            return False
        if REPLY_MODES.index(self._mode) <= position:
            self._mode = REPLY_MODES[position + 1]
        return True

    async def _with_retries(self, ask: Ask, key: str) -> RawReply:
        from tenacity import AsyncRetrying, retry_if_exception, stop_after_delay

        settings = self.settings

        def worth_another(error: BaseException) -> bool:
            return (
                isinstance(error, AttemptError)
                and error.transient
                and (error.wait_s or 0.0) <= settings.give_up_s
            )

        too_late = stop_after_delay(settings.give_up_s)
        retrying = AsyncRetrying(
            retry=retry_if_exception(worth_another),
            stop=lambda state: self._out_of_tries(state) or too_late(state),
            wait=self._wait_s,
            sleep=asyncio.sleep,
            reraise=True,
        )
        async for attempt in retrying:
            with attempt:
                return await self._attempt(ask, key, attempt.retry_state.attempt_number)
        raise AssertionError("tenacity ends with a result or an error")

    def _out_of_tries(self, state: RetryCallState) -> bool:
        """A rate limit is no fault of the call: it gets more tries than one that fails."""
        fault = state.outcome.exception() if state.outcome else None
        limited = isinstance(fault, AttemptError) and fault.status == 429
        return state.attempt_number >= self.settings.tries * (RATE_LIMIT_PATIENCE if limited else 1)

    def _wait_s(self, state: RetryCallState) -> float:
        """As long as the endpoint asks, else twice as long each time."""
        fault = state.outcome.exception() if state.outcome else None
        asked = fault.wait_s if isinstance(fault, AttemptError) else None
        if asked is not None:
            return asked + random.uniform(0, JITTER) * min(asked, 1.0)
        backoff = min(MAX_BACKOFF_S, self.settings.backoff_s * 2.0 ** (state.attempt_number - 1))
        return backoff * random.uniform(1 - JITTER, 1 + JITTER)

    async def _attempt(self, ask: Ask, key: str, number: int) -> RawReply:
        estimate = estimate_tokens(ask.prompt.chars) + GUESSED_OUTPUT_TOKENS
        async with self._slots:
            await self._pace.admit(estimate)
            await self.turns.to_send()
            mode = self._mode_for(ask)  # only now: while this call waited, others may have found the mode
            request = shape_request(ask, mode)
            started = time.perf_counter()
            fault: AttemptError | None = None
            raw: RawReply | None = None
            with attempt_span(ask, self.endpoint, self.settings.sampling) as span:
                try:
                    raw = await self._answered(ask, request, mode, started)
                except AttemptError as error:
                    fault = error
                finally:
                    ending = _ending(raw, fault, time.perf_counter() - started)
                    row = ledger_row(ask, key, self.endpoint, mode, number, ending, self.price)
                    self._ledger.record(row)
                    finish_span(span, row, raw)
        if fault is not None or raw is None:
            assert fault is not None
            if fault.unsupported_mode:
                fault.rejected_mode = mode
            if fault.status == 429 and fault.transient:
                self._pace.refused(self.settings.backoff_s if fault.wait_s is None else fault.wait_s)
            raise fault
        self._pace.settle(estimate, (usage := usage_of(raw, ask)).input + usage.output)
        if mode == self._mode and self._known_mode != mode:
            self._known_mode = mode
            self._ledger.remember_endpoint(self.endpoint.base_url, self.endpoint.model, mode, self._context)
        return raw

    async def _answered(self, ask: Ask, request: dict[str, Any], mode: ReplyMode, started: float) -> RawReply:
        """Send and read one request. Raises AttemptError for everything that can go wrong on the way."""
        import openai

        endpoint = self.endpoint
        try:
            async with asyncio.timeout(self.settings.deadline_s):
                answer = await self._send(request)
        except TimeoutError:
            raise deadline_fault(self.settings.deadline_s, ask, endpoint) from None
        except openai.APIStatusError as error:
            headers = dict(error.response.headers)
            raise status_fault(error.status_code, headers, error.response.text, ask, endpoint) from None
        except openai.APIConnectionError as error:
            raise connection_fault(error, ask, endpoint) from None
        except (CutStreamError, openai.APIError) as error:  # an error event inside a stream
            raise connection_fault(error, ask, endpoint) from None
        except transport_errors() as error:
            raise connection_fault(error, ask, endpoint) from None
        fault = body_fault(answer.content_type, answer.body, ask, endpoint)
        if fault is not None:
            raise fault
        self._pace.succeeded(answer.headers)
        return RawReply(json.loads(answer.body), mode, time.perf_counter() - started)

    async def _send(self, request: dict[str, Any]) -> _Answer:
        completions: Any = self._opened().chat.completions  # Any: our request is a plain dictionary
        # Messages and schemas go as `extra_body`: the SDK would walk through them to change nothing.
        options: dict[str, Any] = {
            "model": self.endpoint.model,
            "messages": [],
            "extra_body": request,
            **self.settings.sampling.request,
        }
        if self.settings.stream:
            usage = {"include_usage": True}
            chunks = await completions.create(stream=True, stream_options=usage, **options)
            return _Answer("application/json", json.dumps(await collected(chunks)), {})
        response = (await completions.with_raw_response.create(**options)).http_response
        return _Answer(response.headers.get("content-type", ""), response.text, response.headers)

    def _opened(self) -> AsyncOpenAI:
        if self._client is None:
            self._client = open_client(self.endpoint, self.settings)
        return self._client


def _ending(raw: RawReply | None, fault: AttemptError | None, seconds: float) -> Ending:
    """Neither a reply nor a fault: the run was stopped, and whether it was paid for nobody knows."""
    if raw is not None:
        return Ending("ok", raw, 200, seconds)
    if fault is not None:
        return Ending(fault.outcome, None, fault.status, seconds)
    return Ending("cancelled", None, None, seconds)
