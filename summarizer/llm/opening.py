"""The SDK's client for an endpoint: its address, key and time-outs, without a retry of its own."""

from __future__ import annotations

import ssl
from functools import cached_property
from typing import TYPE_CHECKING, Any

from summarizer.llm.model import CallSettings
from summarizer.llm.spec import Endpoint

if TYPE_CHECKING:
    from openai import AsyncOpenAI


class LateTrust(ssl.SSLContext):
    """Verifies as `ssl.create_default_context` does, but reads the certificates when they are needed.

    Reading them takes tens of milliseconds in which nothing is sent, and an http address needs none, unless
    it redirects to https.
    """

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context()

    def wrap_bio(self, *arguments: Any, **options: Any) -> ssl.SSLObject:
        """A connection of the default context."""
        return self._trusted.wrap_bio(*arguments, **options)

    def wrap_socket(self, *arguments: Any, **options: Any) -> ssl.SSLSocket:
        """A connection of the default context."""
        return self._trusted.wrap_socket(*arguments, **options)


def open_client(endpoint: Endpoint, settings: CallSettings) -> AsyncOpenAI:
    """A client of the endpoint, to be closed by the caller."""
    import openai

    timeout = openai.Timeout(settings.read_s, connect=settings.connect_s, pool=None)
    if endpoint.provider == "azure":
        return openai.AsyncAzureOpenAI(
            api_key=endpoint.key,
            azure_endpoint=endpoint.base_url,
            api_version=endpoint.api_version,
            timeout=timeout,
            max_retries=0,
        )
    plain = endpoint.base_url.lower().startswith("http:")
    return openai.AsyncOpenAI(
        api_key=endpoint.key,
        base_url=endpoint.base_url,
        timeout=timeout,
        max_retries=0,
        http_client=openai.DefaultAsyncHttpxClient(
            base_url=endpoint.base_url, timeout=timeout, verify=LateTrust(ssl.PROTOCOL_TLS_CLIENT)
        )
        if plain
        else None,
    )
