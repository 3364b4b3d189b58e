"""No address leads inside: by its spelling, by a redirect, by DNS, by a name that changes its mind."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import httpcore
import pytest
from mail_servers import make_certificate
from web_server import Answer, WebServer, web_server

from summarizer.errors import AddressRefused, BadSetting, FetchFailed
from summarizer.sources.web.addresses import NetworkPolicy, check_address, policy_of, shown_address
from summarizer.sources.web.fetching import Fetcher, FetchLimits
from summarizer.sources.web.guard import GuardedBackend

NOBODY = NetworkPolicy()


def fetcher(*allowed: str) -> Fetcher:
    return Fetcher(policy=policy_of(allowed), limits=FetchLimits(total_s=3.0, read_s=1.0), pause_s=0.0)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1",
        "017700000001", "127.0.0.1.", "0.0.0.0", "0", "localhost", "LOCALHOST", "localhost.", "a.localhost",
        "printer", "nas.local", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "100.100.100.200", "192.0.0.192", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "metadata.google.internal", "router.lan", "x.home.arpa", "①②⑦.⓪.⓪.①", "127。0。0。1", "１２７.0.0.1",
        "ⓛocalhost", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[::127.0.0.1]",
        "[0:0:0:0:0:ffff:7f00:1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b::10.0.0.1]", "[64:ff9b:1::1]",
        "[2002:7f00:1::]", "[2002:a9fe:a9fe::]", "[fd00:ec2::254]", "[fc00::1]", "[fe80::1]",
        "[fe80::1%25eth0]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]", "[2001:0:0:0:0:0:80ff:fffe]",
    ],
)  # fmt: skip
def test_no_spelling_of_an_inner_address_is_fetched(host: str) -> None:
    """Loopback, private networks and cloud metadata in decimal, octal, hex, IPv6 and other digits."""
    with pytest.raises(AddressRefused):
        check_address(f"http://{host}/", NOBODY)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://news.example/", "gopher://news.example/", "javascript:x()", "data:,x",
        "//news.example/", "news.example", "", "http://", "http:///x", "http://:80/", "http://[::1", "http://[x]/",
        "http://news.example:22/", "http://news.example:25/", "http://news.example:6379/", "http://news.example:0/",
        "http://news.example:99999/", "http://news.example:x/", "http://user:secret@news.example/",
        "http://news.example\\@127.0.0.1/", "http://news.example/\x00", "http://news.example/" + "x" * 3_000,
        "http://news.example@127.0.0.1/", "http://127.0.0.1\\.news.example/", "http://a..b。。c/",
    ],
)  # fmt: skip
def test_other_schemes_ports_and_parts_are_refused(url: str) -> None:
    """Each is a known way around a check."""
    with pytest.raises(AddressRefused):
        check_address(url, NOBODY)


@pytest.mark.parametrize(
    ("url", "fetched"),
    [
        ("http://News.Example", "http://news.example/"),
        ("https://news.example:443/a b?q=ü#part", "https://news.example/a%20b?q=%C3%BC"),
        ("http://bücher.example:8080/", "http://xn--bcher-kva.example:8080/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
        ("http://[64:ff9b::8.8.8.8]/", "http://[64:ff9b::8.8.8.8]/"),
        ("http://news.example/a\n/b", "http://news.example/a/b"),
        ("http://news.example/%41%zz", "http://news.example/%41%zz"),
    ],
)
def test_public_addresses_are_fetched_in_one_spelling(url: str, fetched: str) -> None:
    """The check and the connection must see the same host."""
    address = check_address(url, NOBODY)
    shown = f"[{address.host}]" if ":" in address.host else address.host
    assert httpcore.URL(address.url).host.decode() == shown.strip("[]")
    assert address.url == fetched


def test_what_the_configuration_names_is_allowed_and_nothing_beside_it() -> None:
    """A host and port, a host, a network."""
    policy = policy_of(["127.0.0.1:8001", "intranet", "10.1.0.0/16", "[::1]:9000"])
    for url in ("http://127.0.0.1:8001/", "http://intranet:99/", "http://10.1.2.3/", "http://[::1]:9000/"):
        assert check_address(url, policy).url == url
    for url in (
        "http://127.0.0.1:8002/",
        "http://127.0.0.1/",
        "http://10.2.0.1/",
        "http://[::1]/",
        "http://intranet2/",
    ):
        with pytest.raises(AddressRefused):
            check_address(url, policy)
    for entry in ("10.0.0.0/99", "http://intranet", "", "a b"):
        with pytest.raises(BadSetting):
            policy_of([entry])


def test_a_redirect_inside_is_refused_before_anything_is_asked(server: WebServer) -> None:
    """The most common way in: a public page that redirects to the metadata service."""
    with web_server() as inner:
        inner.answers["/"] = Answer(b"secret")
        targets = (
            inner.url("/"), f"//{inner.host}/", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd",
            "http://[::ffff:127.0.0.1]/", f"http://2130706433:{inner.port}/", f"http://localhost:{inner.port}/",
        )  # fmt: skip
        for status, target in zip((301, 302, 303, 307, 308, 302, 301), targets, strict=True):
            server.answers["/a"] = Answer(status=status, headers={"Location": target})
            with pytest.raises(AddressRefused):
                fetcher(server.host).fetch(server.url("/a"))
        assert inner.asked == []


def test_redirects_are_followed_so_far_and_no_further(server: WebServer) -> None:
    """Relative ones, ones in UTF-8, circles, and ones to what is no address."""
    server.answers["/a/b"] = Answer(
        status=302, headers={"Location": "../ca\u0301fe?x=1#y".replace("a\u0301", "\xc3\xa1")}
    )
    server.answers["/c%C3%A1fe?x=1"] = Answer(b"here")
    found = fetcher(server.host).fetch(server.url("/a/b"))
    assert (found.body, found.url) == (b"here", server.url("/c%C3%A1fe?x=1"))
    for location in ("/loop", "http://[::1", ""):
        server.answers["/loop"] = Answer(status=302, headers={"Location": location})
        with pytest.raises(FetchFailed) as failure:
            fetcher(server.host).fetch(server.url("/loop"))
        assert failure.value.kind == ("HTTP 302" if not location else "redirects")


class Names:
    """DNS with scripted answers: those of a name one after the other, the last for ever."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **answers: list[list[str]]) -> None:
        self.asked: list[str] = []
        real = socket.getaddrinfo

        def answer(host: str, port: int, *args: object, **kwargs: object) -> object:
            known = answers.get(str(host).partition(".")[0])
            if known is None:
                return real(host, port, *args, **kwargs)  # type: ignore[arg-type]
            self.asked.append(host)
            at = min(self.asked.count(host), len(known)) - 1
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in known[at]]

        monkeypatch.setattr(socket, "getaddrinfo", answer)


def test_a_name_that_leads_inside_is_refused(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """One inner address among public ones is enough: which one is taken is the attacker's choice."""
    Names(monkeypatch, evil=[["127.0.0.1"]], mixed=[["8.8.8.8", "10.0.0.1"]], cloud=[["169.254.169.254"]])
    for host in ("evil", "mixed", "cloud"):
        with pytest.raises(AddressRefused) as failure:
            fetcher(server.host).fetch(f"http://{host}.example/")
        assert failure.value.source == f"http://{host}.example/"
    assert server.asked == []


def test_a_name_that_changes_its_mind_is_connected_to_where_it_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """DNS rebinding: the second answer leads inside, and nobody asks for it."""
    names = Names(monkeypatch, news=[["127.0.0.2"], ["127.0.0.1"]])
    with web_server("127.0.0.2") as public, socket.socket() as inner:
        inner.bind(("127.0.0.1", public.port))
        inner.listen()
        policy = policy_of(["127.0.0.2/32"])
        backend = GuardedBackend(policy, time.monotonic() + 3, "http://news.example/")
        stream = backend.connect_tcp("news.example", public.port, timeout=1.0)
        assert stream.get_extra_info("server_addr") == ("127.0.0.2", public.port)
        stream.close()
        assert names.asked == ["news.example"]
        with pytest.raises(AddressRefused):
            backend.connect_tcp("news.example", public.port, timeout=1.0)


def test_certificates_are_checked_for_the_name_though_connected_by_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard connects to an address; the certificate must still be the host's, from somebody trusted."""
    made = make_certificate(tmp_path, "news.example")
    Names(monkeypatch, news=[["127.0.0.1"]], other=[["127.0.0.1"]])
    with web_server(tls=made.context) as server:
        server.answers["/a"] = Answer(b"private")
        hosts = [f"news.example:{server.port}", f"other.example:{server.port}"]
        urls = [f"https://{host}/a" for host in hosts]
        with pytest.raises(FetchFailed) as failure:
            fetcher(*hosts).fetch(urls[0])
        assert "certificate" in failure.value.reason.lower()
        monkeypatch.setenv("SSL_CERT_FILE", str(made.cert))
        assert fetcher(*hosts).fetch(urls[0]).body == b"private"
        with pytest.raises(FetchFailed) as failure:
            fetcher(*hosts).fetch(urls[1])
        assert "certificate" in failure.value.reason.lower()


def test_proxies_of_the_environment_are_not_used(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy resolves names by itself, behind the guard."""
    with web_server() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"):
            monkeypatch.setenv(name, f"http://{proxy.host}")
        server.answers["/a"] = Answer(b"straight")
        assert fetcher(server.host).fetch(server.url("/a")).body == b"straight"
        with pytest.raises(FetchFailed):
            fetcher(server.host).fetch("http://nowhere.invalid/")
        assert proxy.asked == []


def test_servers_are_told_who_asks_and_whom_to_write_to(server: WebServer) -> None:
    """And a contact with a line feed adds no header."""
    server.answers["/a"] = Answer(b"x")
    asking = fetcher(server.host)
    asking.contact = "https://desk.example/bot\r\nX-Evil: yes"
    asking.fetch(server.url("/a"))
    headers = server.asked[0].headers
    assert headers["user-agent"].startswith("summarizer/")
    assert "https://desk.example/bot" in headers["user-agent"]
    assert not {"x-evil", "cookie", "referer", "authorization"} & set(headers)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:pa@ss@news.example/a", "https://…@news.example/a"),
        ("https://news.example/f?id=3&api_key=s3cret&x=1", "https://news.example/f?id=3&api_key=…&x=1"),
        ("https://news.example/f?access_token=s3cret", "https://news.example/f?access_token=…"),
        ("https://news.example/@author/1", "https://news.example/@author/1"),
    ],
)
def test_what_is_shown_holds_no_password(url: str, shown: str) -> None:
    """The locations of sources stand in a mail to everybody."""
    assert shown_address(url) == shown
