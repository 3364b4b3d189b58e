"""Feeds as items: RSS and Atom by feedparser, JSON Feed by ourselves, OPML by lxml.

Pure. Titles and texts come out as text, addresses absolute, dates aware. A document with entity declarations
is refused unread: no feed needs them, and bombs are made of them.
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from summarizer.errors import FetchFailed, MissingExtra
from summarizer.records.collection import FeedItem
from summarizer.sources.date_stamps import iso_date
from summarizer.sources.decoding import decode
from summarizer.sources.markup_text import markup_text
from summarizer.sources.web.addresses import address_key, shown_address

_ENTITY = re.compile(rb"<!ENTITY", re.I)
#: Items of one feed that are looked at; feeds are written newest first.
MAX_ITEMS = 1_000
#: Lists in lists in lists of feeds.
MAX_OUTLINES = 500
_MAX_TITLE_CHARS = 500
_ASK = "Ask its owner."


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A feed: what it calls itself, and its items in its own order. `left_out`: items beyond the limit."""

    title: str | None
    items: tuple[FeedItem, ...]
    left_out: int = 0


def read_feed(body: bytes, url: str, content_type: str = "") -> FeedDocument:
    """An RSS or Atom feed, or a JSON Feed if that is what it is.

    Raises:
        FetchFailed: no feed, a broken one without a single item, or one with entity declarations.
        MissingExtra: feedparser isn't installed.
    """
    shown = shown_address(url)
    if body.lstrip()[:1] == b"{":
        return read_json_feed(body, url)
    if _ENTITY.search(body):
        raise FetchFailed(shown, "entities", "it declares XML entities, which no feed needs", _ASK)
    try:
        import feedparser
    except ImportError as error:
        raise MissingExtra("summarizer briefing", "feedparser", "briefing") from error
    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    parsed = feedparser.parse(body, response_headers=headers, sanitize_html=False)
    if not parsed.entries and (parsed.bozo or not parsed.version):
        reason = str(parsed.get("bozo_exception") or "it is no RSS or Atom feed").splitlines()[0][:200]
        raise FetchFailed(shown, "no feed", reason, "Check the address: pages often link to their feed.")
    entries = parsed.entries[:MAX_ITEMS]
    return FeedDocument(
        title=_text(parsed.feed.get("title")) or None,
        items=tuple(_unique(_of_entry(entry, url) for entry in entries)),
        left_out=len(parsed.entries) - len(entries),
    )


def _of_entry(entry: Mapping[str, Any], url: str) -> FeedItem | None:
    link = entry.get("link") or next((one.get("href") for one in entry.get("links", ())), None)
    bodies = [part.get("value") or "" for part in entry.get("content", ())]
    text = max((*map(_text_of_markup, bodies), _text_of_markup(entry.get("summary") or "")), key=len)
    published = _moment(entry.get("published_parsed")) or _moment(entry.get("updated_parsed"))
    return _item(link, entry.get("id"), _text(entry.get("title")), published, text, url)


def _moment(parsed: Any) -> datetime | None:
    """feedparser's time in UTC; None for one that no calendar has."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, TypeError):
        return None


def read_json_feed(body: bytes, url: str) -> FeedDocument:
    """A JSON Feed (jsonfeed.org, versions 1 and 1.1).

    Raises:
        FetchFailed: no JSON, or no feed.
    """
    shown = shown_address(url)
    try:
        document = json.loads(decode(body, shown))
    except (ValueError, RecursionError) as error:
        raise FetchFailed(shown, "no feed", f"it is no JSON ({str(error)[:120]})", _ASK) from error
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise FetchFailed(shown, "no feed", "it is JSON without a list of items", "Check the address.")
    kept = [one for one in items[:MAX_ITEMS] if isinstance(one, dict)]
    return FeedDocument(
        title=_text(document.get("title")) or None,
        items=tuple(_unique(_of_json(one, url) for one in kept)),
        left_out=max(0, len(items) - MAX_ITEMS),
    )


def _of_json(item: Mapping[str, Any], url: str) -> FeedItem | None:
    plain, markup = item.get("content_text"), item.get("content_html") or item.get("summary")
    text = plain if isinstance(plain, str) else _text_of_markup(markup if isinstance(markup, str) else "")
    link = item.get("url") or item.get("external_url")
    published = _instant(item.get("date_published") or item.get("date_modified"))
    own = item.get("id")
    return _item(link if isinstance(link, str) else None, str(own) if own else None,
                 _text(item.get("title")), published, text, url)  # fmt: skip


def _instant(value: Any) -> datetime | None:
    """An RFC 3339 time; a bare date is its midnight in UTC."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        day = iso_date(value)
        if day is None or len(day) != len("2000-01-01"):
            return None
        found = datetime.fromisoformat(day)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _item(
    link: str | None, own: str | None, title: str, published: datetime | None, text: str, url: str
) -> FeedItem | None:
    """An item with a key; None for one that has neither address nor id nor text."""
    address = urljoin(url, link.strip()) if link and link.strip() else None
    if address is not None and not address.lower().startswith(("http://", "https://")):
        address = None
    key = address_key(address) if address else (f"{address_key(url)}#{own}" if own else "")
    key = key or (f"{address_key(url)}#{title or text[:80]}" if title or text else "")
    if not key:
        return None
    return FeedItem(key=key, url=address, title=title[:_MAX_TITLE_CHARS], published=published, text=text)


def _unique(items: Iterator[FeedItem | None]) -> Iterator[FeedItem]:
    """Each key once: feeds repeat items when they correct them."""
    seen: set[str] = set()
    for item in items:
        if item is not None and item.key not in seen:
            seen.add(item.key)
            yield item


def read_opml(body: bytes, url: str) -> tuple[list[str], list[str]]:
    """The addresses of the feeds and of the further lists that an OPML document names, absolute.

    Raises:
        FetchFailed: no OPML, or one with entity declarations.
    """
    from lxml import etree

    shown = shown_address(url)
    if _ENTITY.search(body):
        raise FetchFailed(shown, "entities", "it declares XML entities, which no list needs", _ASK)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise FetchFailed(shown, "no OPML", str(error)[:200], "Check the file.") from error
    outlines = [] if root is None else list(root.iter("{*}outline"))[:MAX_OUTLINES]
    feeds = [urljoin(url, one.get("xmlUrl").strip()) for one in outlines if (one.get("xmlUrl") or "").strip()]
    lists = [
        urljoin(url, one.get("url").strip())
        for one in outlines
        if (one.get("type") or "").lower() in ("include", "link")
        and (one.get("url") or "").lower().endswith(".opml")
    ]
    if not feeds and not lists:
        raise FetchFailed(shown, "no OPML", "it names no feed", "Check the file.")
    return list(dict.fromkeys(feeds)), list(dict.fromkeys(lists))


def _text(value: Any) -> str:
    """A title on one line, without markup."""
    return " ".join(_text_of_markup(value).split()) if isinstance(value, str) else ""


def _text_of_markup(value: str) -> str:
    return markup_text(value) if "<" in value or "&" in value else value
