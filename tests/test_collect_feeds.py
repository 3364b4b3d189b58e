"""Feeds and lists as they come: broken, hostile, in the wrong charset, without dates."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import FetchFailed, SourceError
from summarizer.records.collection import FeedItem
from summarizer.sources.web.feeds import FeedDocument, read_feed, read_json_feed
from summarizer.sources.web.lists import MAX_FEEDS, read_opml
from summarizer.store.feeds import FeedMemory, KnownFeed

URL = "https://news.example/feed.xml"
NOW = datetime(2025, 3, 5, 7, 0, tzinfo=UTC)


def rss(items: str, prolog: str = "<?xml version='1.0'?>") -> bytes:
    return f"{prolog}<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>".encode()


def json_feed(*items: object) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()


def kept_and_found(document: FeedDocument, folder: Path) -> tuple[FeedItem, ...]:
    """The items after a day in the memory."""
    with FeedMemory(folder) as memory:
        memory.save_feed(URL, KnownFeed('"1"', None, document.title, document.items), NOW)
        memory.covered(one.key for one in document.items)
        known = memory.feed(URL)
    assert known is not None
    return known.items


def test_a_body_that_names_a_local_file_opens_none(tmp_path: Path) -> None:
    """feedparser takes bytes for a file name if there is such a file: /dev/zero never ends."""
    secret = tmp_path / "secret.xml"
    secret.write_bytes(rss("<item><title>Secret</title></item>"))
    with pytest.raises(FetchFailed) as failure:
        read_feed(str(secret).encode(), URL)
    assert failure.value.kind == "no feed"


@pytest.mark.parametrize("link", ["http://[::1", "http://[x]/", "//[", "javascript:alert(1)", "data:,x", " "])
def test_a_link_that_is_no_address_costs_the_link_only(link: str) -> None:
    """The item has its own text, and the other items are fine."""
    found = read_json_feed(json_feed({"id": "1", "url": link, "content_text": "Text."}, {"url": "/b"}), URL)
    assert [(one.url, one.text) for one in found.items] == [(None, "Text."), ("https://news.example/b", "")]
    markup = f"<item><link>{link}</link><description>Text.</description></item><item><link>/b</link></item>"
    found = read_feed(rss(markup), URL)
    assert [one.text for one in found.items] == ["Text.", ""]
    assert found.items[0].url is None


def test_halves_of_characters_and_control_characters_are_left_out(tmp_path: Path) -> None:
    """JSON can write them, no database can keep them; a run that dies of one dies every day."""
    item = {
        "id": "\ud800",
        "url": "/a\x00?x=\udfff",
        "title": "A\ud800 \x07title",
        "content_text": "\x1bText\x00",
    }
    found = read_json_feed(json_feed(item), URL)
    assert [(one.title, one.text) for one in found.items] == [("A title", "Text")]
    assert kept_and_found(found, tmp_path) == found.items
    loose = read_feed(
        b"<rss version='2.0'><channel><item><title>A &#xD800; title &#0;</title><link>/a</link>", URL
    )
    assert kept_and_found(loose, tmp_path) == loose.items
    assert "title" in loose.items[0].title


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2025-03-05T08:00:00+02:00", datetime(2025, 3, 5, 6, tzinfo=UTC)),
        ("2025-03-05T08:00:00Z", datetime(2025, 3, 5, 8, tzinfo=UTC)),
        ("2025-03-05", datetime(2025, 3, 5, tzinfo=UTC)),
        ("1890-01-01T00:00:00+00:53:28", datetime(1889, 12, 31, 23, 6, 32, tzinfo=UTC)),
        ("0001-01-01T00:00:00+23:59", None),
        ("9999-12-31T23:59:59-23:59", None),
        ("yesterday", None),
        ("", None),
        (1741161600, None),
        (None, None),
        ({"when": "now"}, None),
    ],
)
def test_dates_of_json_feeds_are_in_utc_or_none(
    written: object, read: datetime | None, tmp_path: Path
) -> None:
    """And what is kept can be read again: local mean times have seconds in their offset."""
    found = read_json_feed(json_feed({"id": "1", "title": "A", "date_published": written}), URL)
    assert [one.published for one in found.items] == [read]
    assert kept_and_found(found, tmp_path) == found.items


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Wed, 05 Mar 2025 08:00:00 +0200", datetime(2025, 3, 5, 6, tzinfo=UTC)),
        ("Wed, 5 Mar 25 08:00 EST", datetime(2025, 3, 5, 13, tzinfo=UTC)),
        ("2025-03-05T08:00:00-05:00", datetime(2025, 3, 5, 13, tzinfo=UTC)),
        ("2025-03-05", datetime(2025, 3, 5, tzinfo=UTC)),
        ("soon", None),
        ("99999999999", datetime(9999, 11, 1, tzinfo=UTC)),
        ("Wed, 99 Foo 2025 99:99:99 +9999", None),
        ("", None),
    ],
)
def test_dates_of_rss_are_in_utc_or_none(written: str, read: datetime | None) -> None:
    """Half of all feeds write them in a way of their own."""
    found = read_feed(rss(f"<item><title>A</title><link>/a</link><pubDate>{written}</pubDate></item>"), URL)
    assert [one.published for one in found.items] == [read]


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-8", "utf-8", "application/rss+xml; charset=iso-8859-1"),
        ("utf-8", "iso-8859-1", "text/xml"),
        ("utf-8", "punycode", "application/rss+xml"),
        ("utf-8", "nonsense", "application/rss+xml; charset=more-nonsense"),
        ("utf-8-sig", None, "text/html"),
        ("cp1252", "windows-1252", "application/rss+xml"),
        ("cp1252", "iso-8859-1", "application/rss+xml"),
        ("cp1252", None, "application/rss+xml; charset=windows-1252"),
        ("utf-16", "utf-16", "application/rss+xml"),
        ("utf-16", None, "application/rss+xml; charset=utf-8"),
    ],
)
def test_the_bytes_decide_about_the_charset(encoding: str, declared: str | None, content_type: str) -> None:
    """Servers and documents say Latin-1 out of habit; a reader wants São Paulo and “quotes”."""
    prolog = f"<?xml version='1.0' encoding='{declared}'?>" if declared else "<?xml version='1.0'?>"
    text = rss("<item><title>São Paulo: “no deal”</title><link>/a</link></item>", prolog).decode()
    found = read_feed(text.encode(encoding), URL, content_type)
    assert [one.title for one in found.items] == ["São Paulo: “no deal”"]


def test_other_scripts_are_read_as_they_are_declared() -> None:
    """Bytes that are not UTF-8 have only their declaration; Japanese mail encoding is plain ASCII bytes."""
    for encoding, title in (
        ("windows-1251", "Порт закрыт"),
        ("iso-2022-jp", "港を閉鎖"),
        ("gb18030", "港口关闭"),
    ):
        prolog = f"<?xml version='1.0' encoding='{encoding}'?>"
        body = rss(f"<item><title>{title}</title><link>/a</link></item>", prolog).decode().encode(encoding)
        assert [one.title for one in read_feed(body, URL, "application/rss+xml").items] == [title]


_BOMB = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_OUTSIDE = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_PARAMETER = '<!doctype r [<!ENTITY % a SYSTEM "http://169.254.169.254/"> %a;]>'


@pytest.mark.parametrize("doctype", [_BOMB, _OUTSIDE, _PARAMETER])
@pytest.mark.parametrize("before", ["", "<!-- <rss> -->\n<?a <rss>?>", "\n \n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_entity_declarations_are_refused_unread(doctype: str, before: str, encoding: str) -> None:
    """Billion laughs and local files; hidden behind comments or in UTF-16 as well."""
    body = f"{before}{doctype}<rss version='2.0'><channel><item><title>&b;</title></item></channel></rss>"
    with pytest.raises(FetchFailed) as failure:
        read_feed(body.encode(encoding), URL)
    assert failure.value.kind == "entities"
    with pytest.raises(FetchFailed) as failure:
        read_opml(f"{before}{doctype}<opml><body/></opml>".encode(encoding), URL)
    assert failure.value.kind == "entities"


def test_an_item_about_entities_is_news_like_any_other() -> None:
    """A feed on security isn't lost because it quotes what it warns of."""
    quoted = "<![CDATA[How <!DOCTYPE x [<!ENTITY a 'b'>]> works]]>"
    items = f"<item><title>XXE</title><link>/a</link><description>{quoted}</description></item>"
    assert [one.title for one in read_feed(rss(items), URL).items] == ["XXE"]
    assert read_feed(rss(items, "<!DOCTYPE rss SYSTEM 'http://a.example/rss.dtd'>"), URL).items


def test_titles_with_markup_are_text() -> None:
    """A subject line with tags in it would be read by nobody."""
    title = "<title>&lt;b&gt;Port&lt;/b&gt; &amp;amp; harbour\n &lt;script&gt;x()&lt;/script&gt;close</title>"
    assert (
        read_feed(rss(f"<item>{title}<link>/a</link></item>"), URL).items[0].title == "Port & harbour close"
    )


def test_a_feed_whose_items_all_share_one_page_keeps_them_apart() -> None:
    """A change log, a status page: the address alone would make all of them one, and told for ever."""
    items = [
        {
            "id": f"v{number}",
            "url": f"/changes#v{number}",
            "title": f"Version {number}",
            "content_text": "News.",
        }
        for number in range(3)
    ]
    found = read_json_feed(json_feed(*items), URL)
    assert len({one.key for one in found.items}) == 3
    assert not any(one.has_page for one in found.items)
    later = read_json_feed(json_feed({**items[0], "id": "v9"}, *items), URL)
    assert {one.key for one in found.items} < {one.key for one in later.items}
    twice = read_json_feed(
        json_feed(items[0], items[1], {"id": "x", "url": "/x"}, {"id": "y", "url": "/y"}), URL
    )
    assert [one.has_page for one in twice.items] == [True, True, True]


def test_repeated_ids_are_one_item() -> None:
    """Feeds list an item again when they correct it; without address its id is what it is known by."""
    items = (
        "<item><guid isPermaLink='false'>7</guid><title>First</title><description>Text.</description></item>"
    )
    found = read_feed(rss(items * 3 + "<item><guid isPermaLink='false'>8</guid><title>B</title></item>"), URL)
    assert [one.title for one in found.items] == ["First", "B"]


def test_keys_are_of_bounded_length() -> None:
    """A server that writes a megabyte into an id must not grow the memory by it every day."""
    long = "x" * 100_000
    found = read_json_feed(json_feed({"id": long}, {"id": long + "y"}, {"url": "/" + long}), URL)
    assert len({one.key for one in found.items}) == 3
    assert max(len(one.key) for one in found.items) < 500


def test_of_a_flood_of_items_the_first_thousand_are_looked_at() -> None:
    """And it is said how many there were."""
    found = read_feed(rss("".join(f"<item><link>/{number}</link></item>" for number in range(3_000))), URL)
    assert (len(found.items), found.left_out) == (1_000, 2_000)
    found = read_json_feed(json_feed(*({"url": f"/{number}"} for number in range(100_000))), URL)
    assert (len(found.items), found.left_out) == (1_000, 99_000)


@pytest.mark.parametrize(
    "body",
    [
        b"", b" ", b"\0\0\0\0", b"{", b"[" * 100_000, b"{" * 100_000, b'{"items": 7}', b"[]",
        b'{"items":[' + b"9" * 5_000, b"<", b"<html><body>No feed</body></html>", b"\x1f\x8b\x08",
        b"\xff\xfe<\0", b"<rss" * 1000, b"<!--" * 1000,
    ],
)  # fmt: skip
def test_what_is_no_feed_is_named_so(body: bytes) -> None:
    """As an error of that source, which the others don't feel."""
    for read in (read_feed, read_json_feed, read_opml):
        with pytest.raises(SourceError):
            read(body, URL)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(st.characters(codec=None), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)
_FIELDS = st.sampled_from(("id", "url", "external_url", "title", "content_text", "content_html", "summary",
                           "date_published", "date_modified"))  # fmt: skip


@given(st.lists(st.dictionaries(_FIELDS, _VALUES, max_size=6), max_size=5))
@settings(max_examples=60, deadline=None)
def test_no_json_feed_breaks_the_run(items: list[dict[str, object]]) -> None:
    """Whatever its fields hold, it is items or an error of the source."""
    body = json.dumps({"items": items}).encode()
    try:
        found = read_json_feed(body, URL)
    except SourceError:
        return
    for one in found.items:
        assert FeedItem.model_validate_json(one.model_dump_json()) == one


_PIECES = st.sampled_from((
    "<item>", "</item>", "<title>", "</title>", "<link>", "<link href='", "'/>", "http://[", "<![CDATA[",
    "]]>", "<!--", "&#xD800;", "&#0;", "&amp;", "&", "<entry>", "<content>", "<pubDate>", "9999-99-99",
    "<guid>", "xml:base='http://['", "<a:b>", "\ufffe", "x",
))  # fmt: skip


@given(st.lists(_PIECES, max_size=25))
@settings(max_examples=60, deadline=None)
def test_no_broken_feed_breaks_the_run(pieces: list[str]) -> None:
    """feedparser reads a great deal, and not all of it is text."""
    try:
        found = read_feed(rss("".join(pieces)), URL)
    except SourceError:
        return
    for one in found.items:
        assert FeedItem.model_validate_json(one.model_dump_json()) == one


def test_a_list_names_feeds_and_further_lists() -> None:
    """Type "include" is a list, "link" only with an OPML name. A bad address stays: fetching names it."""
    body = b"""<opml version="2.0"><body>
        <outline text="Folder"><outline xmlUrl="a.xml"/><outline xmlUrl="http://[::1"/></outline>
        <outline xmlUrl=" https://b.example/f " type="rss" url="ignored.opml"/><outline xmlUrl="a.xml"/>
        <outline type="include" url="/lists?id=7"/><outline type="link" url="more.opml?x=1"/>
        <outline type="link" url="https://news.example/page"/></body></opml>"""
    found = read_opml(body, "https://news.example/all.opml")
    assert found.feeds == ("https://news.example/a.xml", "http://[::1", "https://b.example/f")
    assert found.lists == ("https://news.example/lists?id=7", "https://news.example/more.opml?x=1")


def test_a_list_of_too_many_feeds_says_how_many_are_left_out() -> None:
    """Folders don't count."""
    outlines = "".join(f"<outline><outline xmlUrl='/{number}'/></outline>" for number in range(MAX_FEEDS + 7))
    found = read_opml(f"<opml><body>{outlines}</body></opml>".encode(), URL)
    assert (len(found.feeds), found.left_out) == (MAX_FEEDS, 7)


def test_what_another_version_kept_is_fetched_anew(tmp_path: Path) -> None:
    """A memory that can't be read costs a fetch, not the day."""
    with FeedMemory(tmp_path) as memory:
        memory.save_feed(URL, KnownFeed('"1"', None, None, ()), NOW - timedelta(days=1))
        with closing(sqlite3.connect(memory.path, isolation_level=None)) as other:
            other.execute("UPDATE feed SET items = '[{\"colour\": 7}]'")
        assert memory.feed(URL) is None
