"""Fetch one address: redirects followed one by one, sizes and seconds bounded, compression undone with care.

Every redirect is checked like the first address. A body that unpacks to more than the limit is given up while
it unpacks, so that a bomb costs no memory. No cookies, no proxies of the environment, no connection twice.
"""

from __future__ import annotations

import ssl
import threading
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpcore

from summarizer.errors import FetchFailed
from summarizer.sources.web.addresses import NetworkPolicy, WebAddress, check_address, shown_address
from summarizer.sources.web.guard import GuardedBackend
from summarizer.version import __version__

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds of one fetch: seconds for everything, seconds of silence, bytes after unpacking, redirects."""

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

    `contact` is shown to servers in the User-Agent: an address where their owners can complain.
    """

    policy: NetworkPolicy = field(default_factory=NetworkPolicy)
    limits: FetchLimits = FetchLimits()
    pause_s: float = 1.0
    contact: str = ""
    deadline: float | None = None
    _hosts: dict[str, threading.Lock] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _tls: ssl.SSLContext | None = None

    @property
    def agent(self) -> str:
        """What servers are told: name, version, contact."""
        return f"summarizer/{__version__} (news briefing{f'; +{self.contact}' if self.contact else ''})"

    def fetch(
        self, url: str, *, etag: str | None = None, modified: str | None = None, pause_s: float | None = None,
        max_bytes: int | None = None,
    ) -> Fetched:  # fmt: skip
        """The response to GET `url`; with `etag` or `modified`, status 304 says that nothing changed.

        Raises:
            AddressRefused: the address, or one that it redirects to, may not be fetched.
            FetchFailed: no answer, no success, too large, too slow, too many redirects.
        """
        limits = self.limits
        end = time.monotonic() + limits.total_s
        if self.deadline is not None:
            end = min(end, self.deadline)
        conditional = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditional.items() if value}
        at = url
        for _ in range(limits.max_redirects + 1):
            address = check_address(at, self.policy)
            with self._turn(address, self.pause_s if pause_s is None else pause_s, end, url):
                found = self._request(address, headers, end, url, max_bytes or limits.max_bytes)
            if isinstance(found, Fetched):
                return found
            at = urljoin(address.url, found)
        raise FetchFailed(shown_address(url), "redirects", f"more than {limits.max_redirects} redirects")

    # -- politeness ---------------------------------------------------------------------------

    def _turn(self, address: WebAddress, pause_s: float, end: float, url: str) -> _Held:
        """Wait for the host's turn. The lock is held until the response is read.

        Raises:
            FetchFailed: the turn does not come in time.
        """
        with self._guard:
            lock = self._hosts.setdefault(address.origin, threading.Lock())
        if not lock.acquire(timeout=max(0.0, end - time.monotonic())):
            raise FetchFailed(shown_address(url), "timeout", f"{address.host} was too busy with other pages")
        wait = self._last.get(address.origin, 0.0) + pause_s - time.monotonic()
        if wait > 0:
            time.sleep(max(0.0, min(wait, end - time.monotonic())))
        self._last[address.origin] = time.monotonic()
        return _Held(lock)

    # -- one request --------------------------------------------------------------------------

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            import certifi

            self._tls = ssl.create_default_context(cafile=certifi.where())
        return self._tls

    def _request(
        self, address: WebAddress, headers: Mapping[str, str], end: float, url: str, max_bytes: int
    ) -> Fetched | str:
        """The response, or where it redirects to."""
        backend = GuardedBackend(self.policy, end, shown_address(url))
        sent: list[tuple[bytes | str, bytes | str]] = [
            ("Host", address.origin.split("//", 1)[1]),
            ("User-Agent", self.agent),
            ("Accept", "application/rss+xml, application/atom+xml, text/html, */*;q=0.5"),
            ("Accept-Encoding", "gzip, deflate"),
            ("Connection", "close"),
            *headers.items(),
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
                return self._read(response, fields, address, shown, max_bytes)
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
        max_bytes: int,
    ) -> Fetched:
        if response.status not in (200, 203, 304):
            raise FetchFailed(shown, f"HTTP {response.status}", f"the server answered with {response.status}")
        declared = fields.get("content-length", "")
        if declared.isdigit() and int(declared) > max_bytes:
            raise FetchFailed(
                shown, "too large", f"it announces {int(declared):,} bytes, the limit is {max_bytes:,}"
            )
        body = b""
        if response.status != 304:
            raw: Iterable[bytes] = response.iter_stream()
            body = _joined(_unpacked(raw, fields.get("content-encoding", ""), shown), max_bytes, shown)
        return Fetched(
            url=address.url,
            status=304 if response.status == 304 else 200,
            body=body,
            content_type=fields.get("content-type", ""),
            etag=fields.get("etag"),
            modified=fields.get("last-modified"),
        )


class _Held:
    """A lock that is held already, to be let go at the end of a `with`."""

    def __init__(self, lock: threading.Lock) -> None:
        self._lock = lock

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _unpacked(raw: Iterable[bytes], encoding: str, shown: str) -> Iterator[bytes]:
    """The body without its content coding, a bounded piece at a time.

    Raises:
        FetchFailed: a coding that wasn't asked for, several of them (a bomb in a bomb), or broken data.
    """
    codings = [
        one.strip().lower() for one in encoding.split(",") if one.strip().lower() not in ("", "identity")
    ]
    if not codings:
        yield from raw
        return
    if len(codings) > 1 or codings[0] not in ("gzip", "x-gzip", "deflate"):
        raise FetchFailed(shown, "encoding", f"it is packed as {encoding!r}, which wasn't asked for")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
    first = True
    try:
        for chunk in raw:
            if first and codings[0] == "deflate" and chunk and chunk[0] & 0x0F != 8:
                unpack = zlib.decompressobj(-zlib.MAX_WBITS)  # bare deflate, as some servers send it
            first = False
            rest = chunk
            while rest:
                yield unpack.decompress(rest, _CHUNK)
                rest = unpack.unconsumed_tail
        yield unpack.flush()
    except zlib.error as error:
        raise FetchFailed(shown, "encoding", f"its packing is broken ({error})") from error


def _joined(pieces: Iterator[bytes], max_bytes: int, shown: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > max_bytes:
            raise FetchFailed(shown, "too large", f"it has more than {max_bytes:,} bytes")
        parts.append(piece)
    return b"".join(parts)
