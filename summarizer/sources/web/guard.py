"""Connections to the public internet only: names are resolved here, checked, and connected to by number.

So a name that leads inside is refused whatever it led to before (DNS rebinding), after redirects as well. A
connection has one deadline for everything: a server that drips a byte a second can't hold it longer.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from summarizer.errors import AddressRefused
from summarizer.sources.web.addresses import IpAddress, NetworkPolicy, refuse_inside

#: Of a name's addresses, so many are tried.
_MAX_ADDRESSES = 4


class GuardedBackend(httpcore.NetworkBackend):
    """A network backend of httpcore for one connection that must end by `deadline` (of `time.monotonic`)."""

    def __init__(self, policy: NetworkPolicy, deadline: float, shown: str) -> None:
        self._policy = policy
        self._deadline = deadline
        self._shown = shown
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of `host` that answers; all of them must be allowed."""
        addresses = self._resolve(host, port)
        for address in addresses:
            if not self._policy.allows(host, port, address):
                refuse_inside(address, self._shown)
        last: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses[:_MAX_ADDRESSES]:
            try:
                stream = self._inner.connect_tcp(
                    str(address), port, _left(timeout, self._deadline), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
                continue
            return _DeadlineStream(stream, self._deadline)
        raise last

    def _resolve(self, host: str, port: int) -> list[IpAddress]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} can't be resolved ({error})") from error
        texts = dict.fromkeys(str(one[4][0]).split("%", 1)[0] for one in found)
        return [ipaddress.ip_address(text) for text in texts]

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Never: a feed has no business with a socket of this machine."""
        raise AddressRefused(self._shown, "it leads to a socket of this machine")


class _DeadlineStream(httpcore.NetworkStream):
    """A stream whose every wait ends at the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(timeout, self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(timeout, self._deadline))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, _left(timeout, self._deadline))
        return _DeadlineStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(timeout: float | None, deadline: float) -> float:
    """Seconds that may still pass.

    Raises:
        httpcore.ReadTimeout: none.
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("it took too long")
    return left if timeout is None else min(timeout, left)
