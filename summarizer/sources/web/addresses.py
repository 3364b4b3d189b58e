"""Addresses of the web: what is allowed, what two spellings share, what may be shown.

Pure. `check_address` refuses by the letter; where a name leads is checked when it is connected to (`guard`).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

from summarizer.errors import AddressRefused, BadSetting

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IpNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

_PORTS = {"http": 80, "https": 443}
#: Ports that news is served on; others are asked for by name, or by somebody who looks for open doors.
_OPEN_PORTS = frozenset((80, 443, 8080, 8443))
#: Addresses that only tell where a reader came from.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ref|ref_src|cmpid|ocid|smid|src|at_\w+"
)
#: Networks that lead inside although Python calls them global, and prefixes that wrap an IPv4 address.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
_INSIDE = tuple(
    ipaddress.ip_network(one)
    for one in ("100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15", "fec0::/10", "64:ff9b:1::/48")
)
_LOCAL_NAMES = (".localhost", ".local", ".internal", ".lan", ".home.arpa", ".intranet")
_MAX_CHARS = 2_000
#: Parameters that open a door; everybody who gets the mail would have the key.
_SECRET = re.compile(
    r"([?&;](?:[a-z_]*token|[a-z_]*secret|[a-z_]*password|passw?d?|api_?key|key|auth|sig|signature)=)[^&#;\s]+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class NetworkPolicy:
    """Machines that may be reached although they are on the own network.

    `hosts` are names or addresses, with a port where only that one is meant; `networks` whole ranges.
    """

    hosts: frozenset[str] = frozenset()
    networks: tuple[IpNetwork, ...] = field(default=())

    def allows(self, host: str, port: int, address: IpAddress | None = None) -> bool:
        """Whether the host, this port of it, or the range of `address` was allowed by name."""
        shown = f"[{host}]" if ":" in host else host
        if not self.hosts.isdisjoint({host, f"{shown}:{port}"}):
            return True
        return address is not None and any(
            address in network for network in self.networks if network.version == address.version
        )


def policy_of(allowed: Iterable[str]) -> NetworkPolicy:
    """The policy that a configuration writes as "127.0.0.1:8080", "news.example" or "10.0.0.0/8".

    Raises:
        BadSetting: an entry is none of these.
    """
    hosts: set[str] = set()
    networks: list[IpNetwork] = []
    for entry in allowed:
        text = entry.strip().lower()
        try:
            if "/" in text:
                networks.append(ipaddress.ip_network(text, strict=False))
                continue
        except ValueError as error:
            raise BadSetting("network.allow_private", entry, f"no network ({error})") from error
        if not text or not re.fullmatch(r"\[?[0-9a-z_.:-]+\]?(?::\d{1,5})?", text):
            raise BadSetting(
                "network.allow_private",
                entry,
                'write "host", "host:port", an address or a network like 10.0.0.0/8',
            )
        hosts.add(text.removeprefix("[").removesuffix("]") if text.endswith("]") else text)
    return NetworkPolicy(frozenset(hosts), tuple(networks))


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address that may be fetched, in parts. `host` is in ASCII, without brackets."""

    url: str
    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{shown}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")


def check_address(url: str, policy: NetworkPolicy) -> WebAddress:
    """The address in parts, with spaces and letters beyond ASCII escaped.

    Raises:
        AddressRefused: another scheme than http and https, a password in it, no host, an odd port, or a host
            that is a machine of the own network by its name or number.
    """
    text = url.strip()
    if len(text) > _MAX_CHARS:
        raise AddressRefused(shown_address(text), f"it has {len(text):,} characters")
    if re.search(r"[\x00-\x20\x7f\\]", text):
        text = re.sub(r"[\t\r\n]", "", text).replace(" ", "%20")
        if re.search(r"[\x00-\x20\x7f\\]", text):
            raise AddressRefused(shown_address(text), "it holds control characters or backslashes")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise AddressRefused(shown_address(text), f"it is no address ({error})") from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise AddressRefused(
            shown_address(text), f"only http and https are fetched, not {scheme or 'this'!r}"
        )
    if parts.username is not None or parts.password is not None:
        raise AddressRefused(shown_address(text), "it holds a user name or password")
    host = _ascii_host(parts, text)
    port = port if port is not None else _PORTS[scheme]
    _check_host(host, port, policy, text)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    shown_host = f"[{host}]" if ":" in host else host
    netloc = shown_host if port == _PORTS[scheme] else f"{shown_host}:{port}"
    return WebAddress(urlunsplit((scheme, netloc, path, query, "")), scheme, host, port)


def _ascii_host(parts: SplitResult, text: str) -> str:
    host = (parts.hostname or "").rstrip(".").lower()
    if not host:
        raise AddressRefused(shown_address(text), "it names no host")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise AddressRefused(shown_address(text), f"its host is no name ({error})") from error


def _check_host(host: str, port: int, policy: NetworkPolicy, text: str) -> None:
    literal = _literal(host)
    if policy.allows(host, port, literal):
        return
    if port not in _OPEN_PORTS:
        raise AddressRefused(shown_address(text), f"port {port} is none that news is served on")
    if literal is not None:
        refuse_inside(literal, shown_address(text))
    elif re.fullmatch(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]*|\d*)){0,3}", host):
        raise AddressRefused(shown_address(text), "its host is a number in disguise")
    elif host == "localhost" or host.endswith(_LOCAL_NAMES) or "." not in host:
        raise AddressRefused(shown_address(text), "it names a machine of the own network")


def _literal(host: str) -> IpAddress | None:
    try:
        return ipaddress.ip_address(host.split("%", 1)[0])
    except ValueError:
        return None


def refuse_inside(address: IpAddress, shown: str) -> None:
    """Refuse an address that isn't one of the public internet.

    Raises:
        AddressRefused: loopback, private, link-local (cloud metadata), multicast, reserved, or an IPv6
            address that wraps such an IPv4 one.
    """
    wrapped = _wrapped(address)
    if wrapped is not None:
        refuse_inside(wrapped, shown)
        return
    inside = any(address in network for network in _INSIDE if network.version == address.version)
    if inside or not address.is_global or address.is_multicast:
        raise AddressRefused(shown, f"it leads to {address}, a machine of the own network")


def _wrapped(address: IpAddress) -> ipaddress.IPv4Address | None:
    """The IPv4 address inside an IPv6 one: mapped, NAT64, 6to4, Teredo."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _SIX_TO_FOUR:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if int(address) >> 32 == 0 and int(address) > 1:
        return ipaddress.IPv4Address(int(address))  # deprecated IPv4-compatible form
    return None


def address_key(url: str) -> str:
    """What spellings of one address share: no fragment, no tracking, no www, no scheme, sorted query."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower().rstrip(".").removeprefix("www.").removeprefix("m.")
        port = parts.port
    except ValueError:
        return url.strip()
    query = sorted(
        (k, v)
        for k, v in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(k.lower())
    )
    path = re.sub(r"/(?:amp/?|index\.html?)?$", "", parts.path) or "/"
    shown_port = f":{port}" if port and port != _PORTS.get(parts.scheme) else ""
    return f"{host}{shown_port}{path}" + (f"?{urlencode(query)}" if query else "")


def shown_address(url: str) -> str:
    """An address for messages: without passwords and keys, and never longer than a few lines."""
    text = re.sub(r"(?<=//)[^/?#\s]*@", "…@", url.strip())
    text = _SECRET.sub(r"\1…", text)
    return text if len(text) <= 300 else text[:299] + "…"
