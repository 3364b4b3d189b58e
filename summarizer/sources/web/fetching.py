"""Fetch one address: redirects followed one by one, sizes and seconds bounded, hosts not pressed.

Every redirect is checked like the first address. No cookies, no proxies of the environment, and no connection
is used twice.
"""

from __future__ import annotations

import math
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpcore

from summarizer.errors import FetchFailed
from summarizer.sources.web.addresses import NetworkPolicy, WebAddress, check_address, shown_address
from summarizer.sources.web.guard import GuardedBackend
from summarizer.sources.web.unpacking import Bounds, bounded, unpacked
from summarizer.version import __version__

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
#: A host that was silent so often in a row is not asked again: it holds a thread that others wait for.
_MAX_SILENCES = 3
#: Pages take a tenth of a second to read; one that is made to be slow takes a minute, and can't be stopped.
_MAX_READING_S = 120.0
_SILENT = frozenset(("timeout", "unreachable"))


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds of one fetch: seconds for everything but waiting for the host's turn, seconds of silence, bytes
    before and after unpacking, redirects.
    """

    total_s: float = 30.0
    read_s: float = 10.0
    max_bytes: int = 5_000_000
    max_redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """A response. `url` is where it came from in the end; `status` 200 or 304, and then `body` is empty."""

    url: str
    status: int
    body: bytes
    content_type: str
    etag: str | None
    modified: str | None


@dataclass(slots=True)
class Fetcher:
    """Fetches politely: one request at a time for each host, with a pause between two. Threads may share it.

    For one run: a host that is silent three times in a row is not asked again.

    `contact` is shown to servers in the User-Agent: an address where their owners can complain.
    """

    policy: NetworkPolicy = field(default_factory=NetworkPolicy)
    limits: FetchLimits = FetchLimits()
    pause_s: float = 1.0
    contact: str = ""
    deadline: float | None = None
    _hosts: dict[str, threading.Lock] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)
    _silences: dict[str, int] = field(default_factory=dict)
    _reading: dict[str, float] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _tls: ssl.SSLContext | None = None

    @property
    def agent(self) -> str:
        """What servers are told: name, version, contact."""
        contact = "".join(one for one in self.contact if one.isascii() and one.isprintable())
        return f"summarizer/{__version__} (news briefing{f'; +{contact}' if contact else ''})"

    def fetch(
        self, url: str, *, etag: str | None = None, modified: str | None = None, max_bytes: int | None = None,
        cut: bool = False, allowed: Callable[[WebAddress], float] | None = None,
    ) -> Fetched:  # fmt: skip
        """The response to GET `url`; with `etag` or `modified`, status 304 says that nothing changed.

        `allowed` is asked before each request, redirects too: it gives the seconds of pause, or raises. With
        `cut`, what is beyond the limit of bytes is left out.

        Raises:
            AddressRefused: the address, or one that it redirects to, may not be fetched.
            FetchFailed: no answer, no success, too large, too slow, too many redirects.
        """
        limits = self.limits
        left = limits.total_s
        conditional = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditional.items() if value}
        at = url
        for _ in range(limits.max_redirects + 1):
            address = check_address(at, self.policy)
            pause = self.pause_s if allowed is None else allowed(address)
            with self._turn(address, pause, url):
                began = time.monotonic()
                end = began + left if self.deadline is None else min(began + left, self.deadline)
                bounds = Bounds(end, max_bytes or limits.max_bytes, cut)
                found = self._counted(address, headers, bounds, url)
                left -= time.monotonic() - began
            if isinstance(found, Fetched):
                return found
            at = _joined_address(address.url, found, shown_address(url))
        raise FetchFailed(shown_address(url), "redirects", f"more than {limits.max_redirects} redirects")

    def charge(self, page: Fetched, seconds: float) -> None:
        """Note the CPU seconds that a page took to read: a host may use up its budget."""
        host = host_key(check_address(page.url, self.policy))
        self._reading[host] = self._reading.get(host, 0.0) + seconds

    # -- politeness ---------------------------------------------------------------------------

    @contextmanager
    def _turn(self, address: WebAddress, pause_s: float, url: str) -> Iterator[None]:
        """The host's turn, which lasts until the response is read.

        Raises:
            FetchFailed: the turn does not come before the deadline, or the host was silent too often.
        """
        shown = shown_address(url)
        host = host_key(address)
        with self._guard:
            lock = self._hosts.setdefault(host, threading.Lock())
        if not lock.acquire(timeout=-1 if self.deadline is None else max(0.0, self._left_s())):
            raise _too_late(shown)
        try:
            if self._silences.get(host, 0) >= _MAX_SILENCES:
                reason = (
                    f"{address.host} did not answer {_MAX_SILENCES} times in a row, so it isn't asked again"
                )
                raise FetchFailed(shown, "unreachable", reason)
            if self._reading.get(host, 0.0) > _MAX_READING_S:
                reason = f"the pages of {address.host} took more than {_MAX_READING_S:.0f} s to read"
                raise FetchFailed(shown, "too slow to read", reason)
            wait = self._last.get(host, -pause_s) + pause_s - time.monotonic()
            if wait >= self._left_s():
                raise _too_late(shown)
            time.sleep(max(0.0, wait))
            self._last[host] = time.monotonic()
            yield
        finally:
            lock.release()

    def _left_s(self) -> float:
        return math.inf if self.deadline is None else self.deadline - time.monotonic()

    def _counted(
        self, address: WebAddress, headers: Mapping[str, str], bounds: Bounds, url: str
    ) -> Fetched | str:
        """The request, with count of the host's silences."""
        host = host_key(address)
        try:
            found = self._request(address, headers, bounds, url)
        except FetchFailed as error:
            self._silences[host] = self._silences.get(host, 0) + 1 if error.kind in _SILENT else 0
            raise
        self._silences[host] = 0
        return found

    # -- one request --------------------------------------------------------------------------

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            import certifi

            trusted = ssl.create_default_context()  # the system's, or SSL_CERT_FILE
            trusted.load_verify_locations(certifi.where())
            self._tls = trusted
        return self._tls

    def _request(
        self, address: WebAddress, headers: Mapping[str, str], bounds: Bounds, url: str
    ) -> Fetched | str:
        """The response, or where it redirects to."""
        backend = GuardedBackend(self.policy, bounds.end, shown_address(url))
        sent: list[tuple[bytes | str, bytes | str]] = [
            ("Host", address.origin.split("//", 1)[1]),
            ("User-Agent", self.agent),
            ("Accept", "application/rss+xml, application/atom+xml, text/html, */*;q=0.5"),
            ("Accept-Encoding", "gzip, deflate"),
            ("Connection", "close"),
            *((name, value.encode("latin-1", "replace")) for name, value in headers.items()),
        ]
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), self.limits.read_s)
        shown = shown_address(url)
        try:
            with (
                httpcore.ConnectionPool(ssl_context=self._context(), network_backend=backend) as pool,
                pool.stream("GET", address.url, headers=sent, extensions={"timeout": timeouts}) as response,
            ):
                fields = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in response.headers}
                if response.status in _REDIRECTS and fields.get("location"):
                    return fields["location"]
                return self._read(response, fields, address, shown, bounds)
        except httpcore.TimeoutException as error:
            raise FetchFailed(shown, "timeout", "it did not answer in time") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError) as error:
            raise FetchFailed(shown, "unreachable", str(error) or type(error).__name__) from error

    def _read(
        self,
        response: httpcore.Response,
        fields: Mapping[str, str],
        address: WebAddress,
        shown: str,
        bounds: Bounds,
    ) -> Fetched:
        if response.status not in (200, 203, 304):
            raise FetchFailed(shown, f"HTTP {response.status}", f"the server answered with {response.status}")
        declared = fields.get("content-length", "")
        if not bounds.cut and declared.isdecimal() and int(declared) > bounds.max_bytes:
            raise FetchFailed(
                shown, "too large", f"it announces {int(declared):,} bytes, the limit is {bounds.max_bytes:,}"
            )
        body = b""
        if response.status != 304:
            raw = bounded(response.iter_stream(), bounds, shown)
            body = b"".join(bounded(unpacked(raw, fields.get("content-encoding", ""), shown), bounds, shown))
        return Fetched(
            url=address.url,
            status=304 if response.status == 304 else 200,
            body=body,
            content_type=fields.get("content-type", ""),
            etag=fields.get("etag"),
            modified=fields.get("last-modified"),
        )


def host_key(address: WebAddress) -> str:
    """What counts as one host for politeness: the name, with any scheme; another port is another server."""
    return address.host if address.port in (80, 443) else f"{address.host}:{address.port}"


def _too_late(shown: str) -> FetchFailed:
    return FetchFailed(shown, "timeout", "the time for collecting was over before its turn came")


def _joined_address(base: str, location: str, shown: str) -> str:
    """Where a redirect leads. Some servers write it in UTF-8 instead of escaping it.

    Raises:
        FetchFailed: it leads nowhere.
    """
    with suppress(UnicodeDecodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(base, location)
    except ValueError as error:
        raise FetchFailed(shown, "redirects", f"it redirects to what is no address ({error})") from error
