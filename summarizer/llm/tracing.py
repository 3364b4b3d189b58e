"""OpenTelemetry spans of model calls, after the GenAI semantic conventions; nothing without the `trace`
extra.

One client span an attempt, named "chat <model>": what was asked for and how it ended, never what was said.
Where spans go is for whoever configures OpenTelemetry (`opentelemetry-instrument summarizer …`);
unconfigured, the library drops them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from summarizer.llm.model import Ask, RawReply, Sampling
from summarizer.llm.spec import Endpoint
from summarizer.store.replies import Attempt
from summarizer.version import __version__

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

#: How the conventions call a provider, where they have a name for it.
_PROVIDERS = {"openai": "openai", "azure": "azure.ai.openai"}


@contextmanager
def attempt_span(ask: Ask, endpoint: Endpoint, sampling: Sampling) -> Iterator[Span | None]:
    """A span around one attempt, or None when OpenTelemetry isn't installed.

    `finish_span` fills in the end.
    """
    tracer = _tracer()
    if tracer is None:
        yield None
        return
    from opentelemetry.trace import SpanKind

    address = urlsplit(endpoint.base_url)
    attributes: dict[str, Any] = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": _PROVIDERS.get(endpoint.provider, endpoint.provider),
        "gen_ai.request.model": endpoint.model,
        "gen_ai.output.type": "json",
        "gen_ai.prompt.name": ask.prompt.prompt,
        "gen_ai.request.temperature": sampling.temperature,
        "gen_ai.request.top_p": sampling.top_p,
        "gen_ai.request.seed": sampling.seed,
        "gen_ai.request.max_tokens": sampling.max_output_tokens,
        "server.address": address.hostname,
        "server.port": address.port,
        "summarizer.article": ask.article,
        "summarizer.purpose": ask.purpose,
    }
    known = {name: value for name, value in attributes.items() if value is not None}
    with tracer.start_as_current_span(
        f"chat {endpoint.model}", kind=SpanKind.CLIENT, attributes=known, record_exception=False
    ) as span:
        yield span


def finish_span(span: Span | None, attempt: Attempt, raw: RawReply | None) -> None:
    """What the attempt came to: tokens, the reply's mode, or the kind of fault."""
    if span is None:
        return
    span.set_attributes(
        {
            "gen_ai.usage.input_tokens": attempt.input,
            "gen_ai.usage.output_tokens": attempt.output,
            "gen_ai.usage.cache_read.input_tokens": attempt.cached,
            "gen_ai.usage.reasoning.output_tokens": attempt.reasoning,
            "summarizer.attempt": attempt.number,
            "summarizer.reply_mode": attempt.mode,
        }
    )
    if raw is not None:
        reason = raw.completion["choices"][0].get("finish_reason")
        span.set_attribute("gen_ai.response.finish_reasons", [str(reason)])
    if attempt.status is not None:
        span.set_attribute("http.response.status_code", attempt.status)
    if attempt.outcome != "ok":
        from opentelemetry.trace import Status, StatusCode

        span.set_attribute("error.type", attempt.outcome)
        span.set_status(Status(StatusCode.ERROR))


@cache
def _tracer() -> Tracer | None:
    try:
        from opentelemetry import trace
    except ImportError:
        return None
    return trace.get_tracer("summarizer", __version__)
