"""What went wrong with a call, and what to do about it.

Every way in which an attempt can fail becomes one `AttemptError`: an error of our own, whether another
attempt may help (`transient`), how long the endpoint asks to wait, and whether the reply mode is what it
doesn't like (`unsupported_mode`). Texts from an endpoint are shortened, and the key is taken out of them:
some echo it.
"""

from __future__ import annotations

import email.utils
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from summarizer.errors import (
    ContextOverflow,
    KeyRefused,
    ModelUnreachable,
    NotAReply,
    ReplyEmpty,
    ReplyFiltered,
    ReplyTruncated,
    RequestRejected,
    SummarizerError,
)
from summarizer.llm.model import Ask, ReplyMode
from summarizer.llm.modes import reply_text
from summarizer.llm.spec import NO_KEY, Endpoint

#: Another attempt may help. 409 is a lock, 425 "too early", 529 Anthropic's "overloaded".
TRANSIENT_STATUS = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529})
MAX_SHOWN_CHARS = 200

_OVERFLOW = re.compile(
    r"context[ _](?:length|size|window)|maximum context|exceed_context|too many (?:input )?tokens"
    r"|(?:prompt|input|request) is too long|exceeds? the (?:available|maximum) (?:context|number of tokens)",
    re.IGNORECASE,
)
_MODE = re.compile(
    r"response_format|json_schema|json_object|json mode|structured output|\bschema\b|\btools?\b|tool_choice"
    r"|function call|grammar|\bstrict\b",
    re.IGNORECASE,
)
_FILTERED = re.compile(
    r"content_filter|content management policy|ResponsibleAIPolicyViolation", re.IGNORECASE
)
#: llama.cpp 2026 answers a reply that it cut at the output limit itself with a 500 in these words.
_UNPARSED = re.compile(r"produced output that does not match the expected", re.IGNORECASE)
_NO_MONEY = re.compile(r"insufficient_quota|exceeded your current quota|billing", re.IGNORECASE)


class AttemptError(Exception):
    """One failed attempt. `error` is what the caller sees if no further attempt is made."""

    def __init__(
        self,
        error: SummarizerError,
        outcome: str,
        *,
        transient: bool = False,
        status: int | None = None,
        wait_s: float | None = None,
        unsupported_mode: bool = False,
    ) -> None:
        self.error, self.outcome, self.transient = error, outcome, transient
        self.status, self.wait_s, self.unsupported_mode = status, wait_s, unsupported_mode
        self.rejected_mode: ReplyMode | None = None
        super().__init__(str(error))


@cache
def transport_errors() -> tuple[type[Exception], ...]:
    """Errors of the HTTP libraries that the SDK lets through: openai 2.x is built on httpx, 3.x on httpx2."""
    import importlib

    found: list[type[Exception]] = []
    for name in ("httpx", "httpx2"):
        try:
            found.append(importlib.import_module(name).HTTPError)
        except ImportError:
            continue
    return tuple(found)


def connection_fault(error: Exception, ask: Ask, endpoint: Endpoint) -> AttemptError:
    """No connection, a reset, a body shorter than announced, or nothing to read for too long."""
    cause = error.__cause__ or error
    said = _shown(f"{type(cause).__name__}: {cause}" if str(cause) else type(cause).__name__, endpoint)
    return AttemptError(
        ModelUnreachable(
            endpoint.name,
            ask.about,
            f"can't be reached at {endpoint.base_url} ({said})",
            "Is the server running?",
        ),
        "connection",
        transient=True,
    )


def deadline_fault(seconds: float, ask: Ask, endpoint: Endpoint) -> AttemptError:
    """The attempt took longer than its deadline, whatever had dripped in by then."""
    return AttemptError(
        ModelUnreachable(
            endpoint.name,
            ask.about,
            f"did not finish its reply in {seconds:g} s",
            "Raise the deadline or ask less.",
        ),
        "deadline",
        transient=True,
    )


def status_fault(
    status: int, headers: Mapping[str, str], body: str, ask: Ask, endpoint: Endpoint
) -> AttemptError:
    """A reply with a status of 400 or above."""
    name, about = endpoint.name, ask.about
    said = _shown(_error_text(body), endpoint)
    if status in (401, 403):
        return AttemptError(
            KeyRefused(f"{name}: {endpoint.base_url} refuses the key ({status}: {said})."),
            "key",
            status=status,
        )
    if status == 413 or (status in (400, 422, 500) and _OVERFLOW.search(body)):
        way_out = "The article is asked in smaller parts where that is possible."
        error: SummarizerError = ContextOverflow(name, about, f"finds the request too long ({said})", way_out)
        return AttemptError(error, "too long", status=status)
    if status == 500 and _UNPARSED.search(body):
        way_out = "The article is asked in smaller parts where that is possible."
        error = ReplyTruncated(name, about, f"broke off or lost the thread in mid-reply ({said})", way_out)
        return AttemptError(error, "truncated", status=status)
    if status == 400 and _FILTERED.search(body):
        error = ReplyFiltered(
            name, about, f"has a content filter that refused it ({said})", "It is not asked again."
        )
        return AttemptError(error, "filtered", status=status)
    if status == 429 and _NO_MONEY.search(body):
        error = RequestRejected(
            name, about, f"has no quota left ({said})", "Check the account's plan and billing."
        )
        return AttemptError(error, "quota", status=status)
    if status in TRANSIENT_STATUS:
        what = "limits the rate of requests" if status == 429 else "has a fault of its own"
        error = ModelUnreachable(name, about, f"{what} (status {status}: {said})", "Try again later.")
        outcome = "rate limit" if status == 429 else "server error"
        return AttemptError(error, outcome, transient=True, status=status, wait_s=retry_after_s(headers))
    way_out = (
        "Check the model's name and the options." if status == 404 else "See the endpoint's documentation."
    )
    error = RequestRejected(name, about, f"rejects the request (status {status}: {said})", way_out)
    unsupported = status in (400, 404, 415, 422, 500, 501) and bool(_MODE.search(body))
    return AttemptError(error, "rejected", status=status, unsupported_mode=unsupported)


def body_fault(content_type: str, body: str, ask: Ask, endpoint: Endpoint) -> AttemptError | None:
    """What is wrong with a body that came with status 200, or None when it is a chat completion."""
    name, about = endpoint.name, ask.about

    def not_a_reply(what: str, outcome: str, transient: bool = True) -> AttemptError:
        error = NotAReply(
            name, about, what, f"Is {endpoint.base_url} the address of an OpenAI-compatible API?"
        )
        return AttemptError(error, outcome, transient=transient, status=200)

    try:
        completion = json.loads(body)
    except (ValueError, RecursionError):
        kind = content_type.split(";")[0].strip() or "no content type"
        if "html" in kind or body.lstrip()[:1] == "<":
            return not_a_reply(f"sent a web page ({kind}) instead of a reply", "html")
        return not_a_reply(f"sent {kind} that is no JSON: “{_shown(body, endpoint)}”", "bad json")
    if not isinstance(completion, dict):
        return not_a_reply("sent JSON that is no object", "bad json")
    if completion.get("error"):
        said = _shown(_error_text(body), endpoint)
        if _OVERFLOW.search(body):
            way_out = "The article is asked in smaller parts where that is possible."
            return AttemptError(
                ContextOverflow(name, about, f"finds the request too long ({said})", way_out), "too long"
            )
        return not_a_reply(f"sent an error with status 200: {said}", "error in 200")
    choices = completion.get("choices")
    if not isinstance(choices, list):
        return not_a_reply("sent JSON that is no chat completion", "foreign json")
    if not choices or not isinstance(choices[0], dict):
        return _empty(ask, endpoint, "sent a reply without choices")
    ended_early = choices[0].get("finish_reason") in ("length", "content_filter")
    message = choices[0].get("message")
    refused = isinstance(message, dict) and bool(message.get("refusal"))
    if not ended_early and not refused and not reply_text(completion):
        return _empty(ask, endpoint, "sent a reply without content")
    return None


def retry_after_s(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Seconds that an endpoint asks to wait: `retry-after-ms`, or `retry-after` as seconds or as a date.

    A date is read by the endpoint's own clock where it tells its time: ours may be wrong, or jump.
    """
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    value = headers.get("retry-after")
    if value is None:
        return None
    seconds = _number(value)
    if seconds is not None:
        return seconds
    until = _http_date(value)
    if until is None:
        return None
    now = now or _http_date(headers.get("date")) or datetime.now(UTC)
    return max(0.0, (until - now).total_seconds())


def _http_date(value: str | None) -> datetime | None:
    try:
        date = email.utils.parsedate_to_datetime(value) if value else None
    except ValueError:
        return None
    return date.replace(tzinfo=UTC) if date is not None and date.tzinfo is None else date


def _empty(ask: Ask, endpoint: Endpoint, what: str) -> AttemptError:
    error = ReplyEmpty(endpoint.name, ask.about, what, "Try again, or another model.")
    return AttemptError(error, "empty", transient=True, status=200)


def _number(value: str | None) -> float | None:
    try:
        number = float(value) if value else -1.0
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None


def _error_text(body: str) -> str:
    """The message inside an error body, or the body."""
    try:
        found: Any = json.loads(body)
    except (ValueError, RecursionError):
        return re.sub(r"<[^<>]{0,300}>", " ", body[:4000]) if body.lstrip()[:1] == "<" else body
    for _ in range(3):
        if isinstance(found, list) and found:
            found = found[0]
        if not isinstance(found, dict):
            break
        found = found.get("error") or found.get("message") or found.get("detail") or body
    return found if isinstance(found, str) else body


def _shown(text: str, endpoint: Endpoint) -> str:
    """At most `MAX_SHOWN_CHARS` of an endpoint's words, on one line, without the key."""
    words = text[:4000]
    if endpoint.key and endpoint.key != NO_KEY:
        words = words.replace(endpoint.key, "[key]")
    words = " ".join(words.split())
    return words if len(words) <= MAX_SHOWN_CHARS else words[: MAX_SHOWN_CHARS - 1] + "…"
