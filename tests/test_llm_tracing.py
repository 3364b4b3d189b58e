"""Spans of model calls: one an attempt, what it cost and how it ended, never what was said."""

from __future__ import annotations

import pytest
from faults_server import FaultServer, status
from test_llm_client import KEY, asked

from summarizer.errors import RequestRejected

sdk = pytest.importorskip("opentelemetry.sdk.trace")


@pytest.fixture
def spans(monkeypatch):
    """What an application's exporter would see; the tracer is the library's own, from a provider of the
    test's.
    """
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter = InMemorySpanExporter()
    provider = sdk.TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr("opentelemetry.trace._TRACER_PROVIDER", provider)
    from summarizer.llm.tracing import _tracer

    _tracer.cache_clear()
    yield exporter.get_finished_spans
    _tracer.cache_clear()


def test_every_attempt_is_a_span_after_the_conventions(spans):
    """A team's dashboards know these names; nobody has to map them."""
    with FaultServer([status(503)]) as server:
        asked(server)
    failed, fine = spans()
    assert failed.name == fine.name == "chat m"
    assert failed.attributes["error.type"] == "server error"
    assert failed.attributes["http.response.status_code"] == 503
    assert not failed.status.is_ok
    assert fine.status.is_ok
    assert fine.attributes["gen_ai.operation.name"] == "chat"
    assert fine.attributes["gen_ai.request.model"] == "m"
    assert fine.attributes["gen_ai.usage.input_tokens"] > 0
    assert fine.attributes["gen_ai.response.finish_reasons"] == ("stop",)
    assert fine.attributes["summarizer.purpose"] == "extract"
    assert fine.attributes["summarizer.attempt"] == 2


def test_neither_words_nor_keys_are_in_a_span(spans):
    """Traces are kept by others for a long time."""
    with FaultServer([status(400, f"no {KEY}")]) as server, pytest.raises(RequestRejected):
        asked(server)
    (span,) = spans()
    assert KEY not in span.to_json()
    assert "It rained" not in span.to_json()
    assert not span.events
