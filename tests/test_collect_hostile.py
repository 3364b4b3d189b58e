"""Servers that drip, flood, lie and bomb; a collection names each of them and brings the others home."""

from __future__ import annotations

import gzip
import json
import time
import zlib
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from collect_samples import NOW, feed, page, rss, run, sentences
from web_server import Answer, WebServer, web_server

from summarizer.errors import FetchFailed
from summarizer.records.collection import SourceSpec
from summarizer.sources.markup_text import markup_text, without_crowds
from summarizer.sources.web.addresses import policy_of
from summarizer.sources.web.fetching import Fetcher, FetchLimits
from summarizer.sources.web.robots import Robots
from summarizer.sources.web.unpacking import unpacked
from summarizer.store.feeds import FeedMemory

OK = b"HTTP/1.1 200 OK\r\n"


def fetcher(
    server: WebServer, total_s: float = 10.0, read_s: float = 10.0, max_bytes: int = 100_000
) -> Fetcher:
    limits = FetchLimits(total_s=total_s, read_s=read_s, max_bytes=max_bytes)
    return Fetcher(policy=policy_of([server.host]), limits=limits, pause_s=0.0)


def writes(*pieces: bytes, every_s: float = 0.0, repeat: int = 1) -> Answer:
    """A server that writes the pieces as they are, the last one `repeat` times or until nobody listens."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        try:
            for piece in pieces[:-1]:
                handler.wfile.write(piece)
            for _ in range(repeat):
                handler.wfile.write(pieces[-1])
                handler.wfile.flush()
                time.sleep(every_s)
        except OSError:
            return

    return Answer(raw=write)


def gzipped(body: bytes, **headers: str) -> Answer:
    return Answer(body, headers={"Content-Encoding": "gzip", **headers})


_ZEROS = gzip.compress(bytes(30_000_000), 9)
_LOTS = 1_000_000

_FAULTS: dict[str, tuple[Answer, str]] = {
    "says nothing": (writes(b"", every_s=3), "timeout"),
    "drips its headers": (writes(OK, b"X-A: b\r\n", every_s=0.05, repeat=60), "timeout"),
    "drips its body": (writes(OK + b"\r\n", b"<", every_s=0.05, repeat=60), "timeout"),
    "hints for ever": (writes(b"HTTP/1.1 103 Early Hints\r\n\r\n", every_s=0.01, repeat=300), "timeout"),
    "headers without end": (writes(OK, b"X-A: " + b"b" * 1000 + b"\r\n", repeat=_LOTS), "unreachable"),
    "body without end": (writes(OK + b"\r\n", b"x" * 50_000, repeat=_LOTS), "too large"),
    "announces a gigabyte": (writes(OK + b"Content-Length: 1000000000\r\n\r\n", b"x"), "too large"),
    "chunks without end": (
        writes(OK + b"Transfer-Encoding: chunked\r\n\r\n",
               b"4000\r\n" + b"x" * 0x4000 + b"\r\n", repeat=_LOTS),
        "too large",
    ),
    "is no web server": (writes(b"220 mail.example ESMTP\r\n"), "unreachable"),
    "hangs up": (writes(b""), "unreachable"),
    "hangs up in the middle": (writes(OK + b"Content-Length: 500\r\n\r\n", b"half"), "unreachable"),
    "two lengths": (writes(OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n", b"12345"), "unreachable"),
    "a length that is none": (writes(OK + b"Content-Length: \xb2\r\n\r\n", b"12345"), "unreachable"),
    "gzip bomb": (gzipped(_ZEROS), "too large"),
    "gzip bomb of many parts": (gzipped(gzip.compress(bytes(9_000)) * 20), "too large"),
    "gzip of nothing without end": (
        writes(OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"") * 1000, repeat=_LOTS), "too large"
    ),
    "gzip in gzip": (Answer(gzip.compress(_ZEROS), headers={"Content-Encoding": "gzip, gzip"}), "encoding"),
    "broken gzip": (gzipped(b"no gzip at all"), "encoding"),
    "gzip that breaks off": (gzipped(gzip.compress(b"half an article" * 900)[:-20]), "encoding"),
    "brotli, which nobody asked for": (Answer(b"x", headers={"Content-Encoding": "br"}), "encoding"),
    "a gateway's error": (Answer(b"", status=502), "HTTP 502"),
    "part of a page": (Answer(b"x", status=206), "HTTP 206"),
}  # fmt: skip


@pytest.mark.parametrize("fault", _FAULTS)
def test_each_fault_of_a_server_has_its_name(fault: str, server: WebServer) -> None:
    """And an end: in seconds, in bytes, before it is unpacked into memory."""
    server.answers["/"], kind = _FAULTS[fault]
    seconds = 0.4 if kind == "timeout" else 10.0
    with pytest.raises(FetchFailed) as failure:
        fetcher(server, total_s=seconds, read_s=seconds).fetch(server.url("/"))
    assert failure.value.kind == kind


def test_a_bomb_is_unpacked_piece_by_piece() -> None:
    """What is refused for its size must not have been in memory before."""
    assert max(map(len, unpacked([_ZEROS], "gzip", "a bomb"))) <= 65_536


def test_every_coding_that_was_asked_for_is_undone(server: WebServer) -> None:
    """Also bare deflate and gzip in parts, as some servers send them."""
    text = b"an article " * 500
    bare = zlib.compressobj(wbits=-15)
    codings = {
        "gzip": [
            gzip.compress(text),
            gzip.compress(text[:100]) + gzip.compress(text[100:]),
            gzip.compress(text) + b"\0\0",
        ],
        "deflate": [zlib.compress(text), bare.compress(text) + bare.flush()],
        "identity": [text],
        "": [text],
    }
    for coding, bodies in codings.items():
        for body in bodies:
            server.answers["/"] = Answer(body, headers={"Content-Encoding": coding} if coding else {})
            assert fetcher(server).fetch(server.url("/")).body == text
    assert fetcher(server).fetch(server.url("/"), max_bytes=7, cut=True).body == text[:7]


def test_a_day_of_bad_servers_brings_the_good_feed_home(server: WebServer, memory: FeedMemory) -> None:
    """One dead feed costs only itself, and all of them are named with the reason."""
    bad = {
        "/bomb": Answer(b"<!DOCTYPE r [<!ENTITY a 'ha'>]><rss><channel/></rss>", "application/rss+xml"),
        "/local": Answer(b"/etc/hostname", "application/rss+xml"),
        "/json": Answer(b'{"items": [{"url": "http://[::1", "title": "\\ud800"}]}', "application/feed+json"),
        "/gzip": gzipped(_ZEROS),
        "/empty": Answer(b""),
        "/slow": writes(OK + b"\r\n", b"<", every_s=0.05, repeat=60),
    }
    server.answers |= bad
    server.answers["/feed.xml"] = rss(("Plan passes", server.url("/a"), NOW))
    server.answers["/a"] = page("Plan passes", sentences("Port Elva"))
    limits = FetchLimits(total_s=2.0, read_s=1.0)
    found = run(server, memory, *(feed(server, path) for path in bad), feed(server), limits=limits)
    assert [one.title for one in found.articles] == ["Plan passes"]
    states = {one.location.rpartition("/")[2]: one.state for one in found.sources}
    assert states == dict.fromkeys(("bomb", "local", "gzip", "empty", "slow"), "failed") | {
        "json": "ok", "feed.xml": "ok"
    }  # fmt: skip
    assert all(one.reason for one in found.sources if one.state == "failed")


def test_a_silent_host_does_not_keep_the_others_waiting(server: WebServer, memory: FeedMemory) -> None:
    """It is asked three times, not three hundred: each time holds a thread."""
    with web_server() as silent:
        silent.answers["/robots.txt"] = Answer(b"", "text/plain")
        items = [(f"Item {n}", silent.url(f"/{n}"), NOW - timedelta(minutes=n)) for n in range(40)]
        for number in range(40):
            silent.answers[f"/{number}"] = writes(b"", every_s=3)
        server.answers["/feed.xml"] = rss(*items, ("Plan passes", server.url("/a"), NOW - timedelta(hours=2)))
        server.answers["/a"] = page("Plan passes", sentences("Port Elva"))
        found = run(
            server, memory, feed(server), policy=policy_of([server.host, silent.host]), threads=2,
            limits=FetchLimits(total_s=0.7, read_s=0.7),
        )  # fmt: skip
        assert [one.title for one in found.articles] == ["Plan passes"]
        assert len(found.problems) == 40
        assert len(silent.paths()) == 1 + 3


def test_when_time_is_over_the_rest_is_named_and_comes_next_time(
    server: WebServer, memory: FeedMemory
) -> None:
    """A mail at seven with nine articles goes before one at nine with ten."""
    items = [(f"Item {n}", server.url(f"/{n}"), NOW - timedelta(minutes=n)) for n in range(9)]
    server.answers["/feed.xml"] = rss(*items)
    for number in range(9):
        server.answers[f"/{number}"] = page(f"Item {number}", sentences(f"Town {number}"))
    found = run(server, memory, feed(server), pause_s=0.4, total_s=1.5)
    assert len(found.articles) + len(found.problems) == 9
    assert found.problems
    assert {one.kind for one in found.problems} <= {"timeout", "robots.txt"}
    assert len(run(server, memory, feed(server)).articles) == 9


def test_waiting_for_a_hosts_turn_costs_no_page_its_time(server: WebServer, memory: FeedMemory) -> None:
    """Ten pages with a pause between them take longer than one may."""
    server.answers["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 0.3\n", "text/plain")
    items = [(f"Item {n}", server.url(f"/{n}"), NOW) for n in range(8)]
    server.answers["/feed.xml"] = rss(*items)
    for number in range(8):
        server.answers[f"/{number}"] = page(f"Item {number}", sentences(f"Town {number}"))
    found = run(server, memory, feed(server), limits=FetchLimits(total_s=1.5, read_s=1.5))
    assert (len(found.articles), found.problems) == (8, ())


def test_a_host_whose_pages_take_minutes_to_read_is_not_asked_again(server: WebServer) -> None:
    """Reading can't be broken off; two such pages are enough to know."""
    asking = fetcher(server)
    server.answers["/"] = Answer(b"here")
    for seconds in (60.0, 60.0, 60.0):
        asking.charge(asking.fetch(server.url("/")), seconds)
    with pytest.raises(FetchFailed) as failure:
        asking.fetch(server.url("/"))
    assert failure.value.kind == "too slow to read"


@pytest.mark.parametrize(
    "attribute", ["a{}=1", "a{}", "a{}='>'", 'a{}="x"b', "= =a{}", '"a{}', "/a{}/"], ids=range(7)
)
def test_a_tag_with_a_hundred_thousand_attributes_costs_no_minutes(attribute: str) -> None:
    """The parser compares each with all others; the text of the page is what it was."""
    attributes = " ".join(attribute.format(number) for number in range(100_000))
    markup = f"<div class='a' id=b><p {attributes}>The port is closed.<p class=\"c\">It was open.</div>"
    relieved = without_crowds(markup)
    assert relieved == "<div class='a' id=b><p>The port is closed.<p class=\"c\">It was open.</div>"
    assert markup_text(markup) == "The port is closed.\n\nIt was open."
    long = f"<p title='{'word ' * 20_000}' data-x=\"{'&amp; ' * 9_000}\">Text</p>"
    assert without_crowds(long) == long


def test_robots_txt_counts_where_a_redirect_leads_as_well(server: WebServer, memory: FeedMemory) -> None:
    """Feeds link through shorteners; the rules that count are those of the page's own host."""
    with web_server() as other:
        other.answers["/robots.txt"] = Answer(b"User-agent: summarizer\nDisallow: /\n", "text/plain")
        other.answers["/closed"] = page("Closed", sentences("Sarvo"))
        server.answers["/short"] = Answer(status=302, headers={"Location": other.url("/closed")})
        server.answers["/feed.xml"] = rss(("Closed", server.url("/short"), NOW))
        found = run(server, memory, feed(server), policy=policy_of([server.host, other.host]))
        assert [one.kind for one in found.problems] == ["robots.txt"]
        assert other.paths() == ["/robots.txt"]


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        (b"User-agent: *\nDisallow: /\n" + b"# " + b"x" * 2_000_000, False),
        (b"#" * 600_000 + b"\nUser-agent: *\nDisallow: /\n", True),
        (b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /", False),
        (b"User-agent: *\nDisallow: /" + b"*a" * 40 + b"*b\n", True),
        (
            b"User-agent: *\nCrawl-delay: nan\nCrawl-delay: inf\nRequest-rate: 1/0\nDisallow: http://[::1\n\0\xff",
            True,
        ),
        (b"<html>not here</html>", True),
    ],
    ids=["long", "too long", "mark", "pattern", "nonsense", "page"],
)
def test_odd_robots_files_are_obeyed_as_far_as_they_can_be_read(
    text: bytes, allowed: bool, server: WebServer
) -> None:
    """RFC 9309 wants the first 500 KiB read; a pattern may not cost minutes, nor a delay a day."""
    server.answers["/robots.txt"] = Answer(text, "text/plain")
    server.answers["/" + "a" * 60] = Answer(b"here")
    asking = fetcher(server)
    robots = Robots(asking)
    if allowed:
        assert (
            asking.fetch(server.url("/" + "a" * 60), allowed=lambda one: min(robots.delay(one), 0.0)).body
            == b"here"
        )
    else:
        with pytest.raises(FetchFailed) as failure:
            asking.fetch(server.url("/" + "a" * 60), allowed=robots.delay)
        assert failure.value.kind == "robots.txt"


def test_any_etag_is_given_back_as_it_came(server: WebServer, memory: FeedMemory) -> None:
    """Servers write what they like into it, and compare bytes."""
    tag = 'W/"\xfc\xe9-1"'
    server.answers["/feed.xml"] = rss(("Plan passes", server.url("/a"), NOW))
    server.answers["/feed.xml"].headers["ETag"] = tag
    server.answers["/a"] = page("Plan passes", sentences("Port Elva"))
    assert [run(server, memory, feed(server)).sources[0].state for _ in range(2)] == ["ok", "unchanged"]
    asked = [one.headers.get("if-none-match") for one in server.asked if one.path == "/feed.xml"]
    assert asked == [None, tag]


def test_what_a_feed_no_longer_lists_is_told_if_no_edition_told_it(
    server: WebServer, memory: FeedMemory
) -> None:
    """After a day without mail a short feed has moved on; what was sent is not dug out again."""
    for number in range(3):
        server.answers[f"/{number}"] = page(f"Item {number}", sentences(f"Town {number}"))
    dates = [NOW - timedelta(hours=20), NOW - timedelta(hours=10), NOW - timedelta(hours=1)]
    listed = [(f"Item {number}", server.url(f"/{number}"), dates[number]) for number in range(3)]
    server.answers["/feed.xml"] = rss(*listed[:2])
    lost = run(server, memory, feed(server))  # and then the machine went down
    assert len(lost.articles) == 2
    server.answers["/feed.xml"] = rss(*listed[2:])
    found = run(server, memory, feed(server))
    assert {one.title for one in found.articles} == {"Item 0", "Item 1", "Item 2"}
    memory.mark_sent("daily/2025-03-05", found.keys, NOW)
    assert run(server, memory, feed(server)).articles == ()


def test_an_undated_item_whose_page_says_that_it_is_old_is_left_out(
    server: WebServer, memory: FeedMemory
) -> None:
    """The first edition of an undated feed would else be made of last year."""
    dated = '<meta property="article:published_time" content="2024-01-07T09:00:00+01:00">'
    old = page("Old plan", sentences("Orm"))
    server.answers["/old"] = Answer(old.body.replace(b"<head>", b"<head>" + dated.encode()))
    server.answers["/new"] = page("New plan", sentences("Elva"))
    server.answers["/feed.xml"] = rss(("Old", server.url("/old"), None), ("New", server.url("/new"), None))
    found = run(server, memory, feed(server))
    assert [one.title for one in found.articles] == ["New plan"]
    assert [(one.kind, one.url) for one in found.excluded] == [("too old", server.url("/old"))]
    assert found.sources[0].new == 1
    memory.mark_sent("daily/2025-03-05", found.keys, NOW)
    server.asked.clear()
    assert run(server, memory, feed(server)).excluded == ()
    assert server.paths() == ["/feed.xml"]


def test_a_page_cannot_say_that_it_is_another_hosts(server: WebServer, memory: FeedMemory) -> None:
    """Readers would get the other's address under this text, and the other's article would count as told."""
    forged = page("Port sold", sentences("Elva"))
    link = b'<head><link rel="canonical" href="https://agency.example/port-sold">'
    server.answers["/forged"] = Answer(forged.body.replace(b"<head>", link))
    own = f'<head><link rel="canonical" href="{server.url("/story/1")}">'.encode()
    server.answers["/own?id=1"] = Answer(page("Own", sentences("Sarvo")).body.replace(b"<head>", own))
    server.answers["/feed.xml"] = rss(("A", server.url("/forged"), NOW), ("B", server.url("/own?id=1"), NOW))
    found = run(server, memory, feed(server))
    assert [one.url for one in found.articles] == [server.url("/forged"), server.url("/story/1")]
    assert not any("agency.example" in key for key in found.keys)


def test_items_of_a_change_log_are_read_from_the_feed(server: WebServer, memory: FeedMemory) -> None:
    """They share one page, so the page says nothing about which is new."""
    items = [
        {"id": f"v{n}", "url": server.url(f"/log#v{n}"), "title": f"Version {n}",
         "content_text": sentences(f"Town {n}"), "date_published": NOW.isoformat()} for n in range(4)
    ]  # fmt: skip
    spec = SourceSpec(kind="jsonfeed", location=server.url("/feed.json"))
    server.answers["/feed.json"] = Answer(json.dumps({"items": items[:3]}).encode(), "application/feed+json")
    first = run(server, memory, spec)
    assert {one.title for one in first.articles} == {"Version 0", "Version 1", "Version 2"}
    memory.mark_sent("daily/2025-03-04", first.keys, NOW)
    server.answers["/feed.json"] = Answer(json.dumps({"items": items}).encode(), "application/feed+json")
    assert [one.title for one in run(server, memory, spec).articles] == ["Version 3"]
    assert "/log" not in server.paths()


def test_feeds_of_one_name_are_counted_apart_and_one_feed_twice_is_one(
    server: WebServer, memory: FeedMemory
) -> None:
    """All feeds of a newspaper bear its name; a list names feeds that are named beside it."""
    server.answers["/feed.xml"] = rss(("One", server.url("/1"), NOW), ("Two", server.url("/2"), NOW))
    server.answers["/other.xml"] = rss(("Three", server.url("/3"), NOW))
    for number in (1, 2, 3):
        server.answers[f"/{number}"] = page(f"Item {number}", sentences(f"Town {number}"))
    server.answers["/all.opml"] = Answer(b"<opml><body><outline xmlUrl='/feed.xml'/></body></opml>")
    opml = SourceSpec(kind="opml", location=server.url("/all.opml"))
    found = run(server, memory, feed(server), feed(server, "/other.xml"), opml)
    assert [(one.name, one.new) for one in found.sources] == [("Harbour News", 2), ("Harbour News", 1)]
    assert server.paths().count("/feed.xml") == 1


def test_an_empty_folder_is_quiet_and_a_missing_one_has_failed(
    server: WebServer, memory: FeedMemory, tmp_path: Path
) -> None:
    """Nothing came in today; or somebody unmounted the share."""
    (tmp_path / "empty").mkdir()
    specs = [SourceSpec(kind="folder", location=str(tmp_path / name)) for name in ("empty", "missing")]
    found = run(server, memory, *specs)
    assert [one.state for one in found.sources] == ["ok", "failed"]
    assert "no such folder" in str(found.sources[1].reason)


def test_a_list_from_the_web_reads_no_file_of_this_machine(
    server: WebServer, memory: FeedMemory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A local list may name a local one; nobody else may."""
    secret = tmp_path / "secret.opml"
    secret.write_text(f"<opml><body><outline xmlUrl='{server.url('/secret.xml')}'/></body></opml>")
    monkeypatch.chdir(tmp_path)
    Path("c:secret.opml").write_text(secret.read_text())  # as a drive's name leads to a file elsewhere
    server.answers["/secret.xml"] = rss(("Secret", server.url("/s"), NOW))
    server.answers["/s"] = page("Secret", sentences("Elva"))
    include = f"<outline type='include' url='{{}}'/><outline xmlUrl='file://{secret}'/>"
    lists = "<opml><body>" + "".join(
        include.format(one) for one in (f"file://{secret}", secret, "c:secret.opml")
    )
    server.answers["/all.opml"] = Answer(f"{lists}</body></opml>".encode())
    found = run(server, memory, SourceSpec(kind="opml", location=server.url("/all.opml")))
    assert "/secret.xml" not in server.paths()
    assert {one.state for one in found.sources} == {"failed"}
    local = tmp_path / "local.opml"
    local.write_text("<opml><body><outline type='include' url='secret.opml'/></body></opml>")
    assert len(run(server, memory, SourceSpec(kind="opml", location=str(local))).articles) == 1


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [
        ("text/html", "utf-8"),
        ("text/html; charset=iso-8859-1", "utf-8"),
        ("text/html; charset=iso-8859-1", "cp1252"),
        ("text/html; charset=punycode", "utf-8"),
        ("text/html; charset=no-such-thing", "cp1252"),
        ("", "utf-8"),
    ],
)
def test_pages_are_read_in_the_charset_of_their_bytes(
    content_type: str, encoding: str, server: WebServer, memory: FeedMemory
) -> None:
    """A quote that is garbled can't be found in the article again."""
    text = sentences("São Elva") + " “No deal,” said the mayor – not yet."
    body = page("Plan", text).body.decode().encode(encoding)
    server.answers["/a"] = Answer(body, content_type)
    server.answers["/feed.xml"] = rss(("Plan", server.url("/a"), NOW))
    (article,) = run(server, memory, feed(server)).articles
    assert text in article.text


def test_what_is_no_page_is_named(server: WebServer, memory: FeedMemory) -> None:
    """Pictures, archives, pages of nothing, pages of a million elements."""
    answers = {
        "/picture": Answer(b"\x89PNG\r\n", "image/png"),
        "/zip": Answer(b"PK\x03\x04" + bytes(100), "text/html"),
        "/empty": Answer(b""),
        "/menu": Answer(b"<html><body><script>x()</script></body></html>"),
        "/many": Answer(b"<html>" + b"<p>" * 200_000),
        "/script": Answer(b"alert(1)", "application/javascript"),
    }
    server.answers |= answers
    server.answers["/feed.xml"] = rss(*((path, server.url(path), NOW) for path in answers))
    found = run(server, memory, feed(server))
    assert found.articles == ()
    assert len(found.problems) == len(answers)


def test_the_feeds_text_is_used_where_the_page_shows_a_teaser(server: WebServer, memory: FeedMemory) -> None:
    """A wall or a form for consent is no article, and a notice says what was read instead."""
    text = escape(f"<p>{sentences('Port Elva')}</p>")
    server.answers["/wall"] = page("Plan passes", "Subscribe now to read this article and many more.")
    server.answers["/feed.xml"] = rss(
        ("Plan passes", server.url("/wall"), NOW), extra=f"<description>{text}</description>"
    )
    found = run(server, memory, feed(server))
    assert found.articles[0].text.count("Port Elva") == 8
    assert [one.kind for one in found.notices] == ["teaser"]
