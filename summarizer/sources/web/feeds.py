"""Feeds as items: RSS and Atom by feedparser, JSON Feed by ourselves.

Pure. Titles and texts come out as text, addresses absolute, dates in UTC. A document that declares entities
is refused unread: no feed needs them, and bombs are made of them.
"""

from __future__ import annotations

import calendar
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from summarizer.errors import FetchFailed, MissingExtra
from summarizer.records.collection import FeedItem
from summarizer.sources.date_stamps import iso_date
from summarizer.sources.decoding import codec_name, decode
from summarizer.sources.markup_text import markup_text
from summarizer.sources.web.addresses import address_key, shown_address

_ENTITY = re.compile(rb"<!ENTITY", re.I)
_SUBSET = re.compile(rb"""<!DOCTYPE(?:[^>\["']|"[^"]*"|'[^']*')*\[""", re.I)
#: A character by its number.
_NUMBERED = re.compile(rb"&#(?:x([0-9a-f]+)|([0-9]+));?", re.I)
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]{2,40})", re.I)
_XML_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.I)
#: What no document may hold and no database keeps: halves of characters and control characters.
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
#: Items of one feed that are looked at; feeds are written newest first.
MAX_ITEMS = 1_000
_MAX_TITLE_CHARS = 500
_MAX_KEY_CHARS = 500
#: An address that so many items share, and most of a feed's, is no article's own: a change log, say.
_SHARED = 3
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
    if declares_entities(body):
        raise FetchFailed(shown, "entities", "it declares XML entities, which no feed needs", _ASK)
    try:
        import feedparser
    except ImportError as error:
        raise MissingExtra("summarizer briefing", "feedparser", "briefing") from error
    headers = {"content-location": url, "content-type": _typed(body, content_type)}
    # As a stream: feedparser takes bytes for the name of a local file, if there is one of that name.
    stream = io.BytesIO(_NUMBERED.sub(_if_character, body))
    try:
        parsed = feedparser.parse(stream, response_headers=headers, sanitize_html=False)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        # feedparser's own failures on broken markup; it promises none and has some
        raise FetchFailed(shown, "no feed", f"it can't be read ({type(error).__name__})", _ASK) from error
    if not parsed.entries and (parsed.bozo or not parsed.get("version")):
        reason = str(parsed.get("bozo_exception") or "it is no RSS or Atom feed").splitlines()[0][:200]
        raise FetchFailed(shown, "no feed", reason, "Check the address: pages often link to their feed.")
    entries = parsed.entries[:MAX_ITEMS]
    return FeedDocument(
        title=_text(parsed.feed.get("title")) or None,
        items=_kept([_of_entry(entry, url) for entry in entries], url),
        left_out=len(parsed.entries) - len(entries),
    )


def declares_entities(body: bytes) -> bool:
    """Whether the document has a DOCTYPE with entities; an item that writes about them is none."""
    head = body.replace(b"\0", b"")  # UTF-16 and UTF-32, as far as markup goes
    at = max(0, head.find(b"<"))
    while (opens := head[at : at + 4]) and (opens.startswith(b"<?") or opens == b"<!--"):
        closes = head.find(b"?>" if opens.startswith(b"<?") else b"-->", at)
        if closes < 0:
            return False
        at = head.find(b"<", closes)
        if at < 0:
            return False
    return _SUBSET.match(head, at) is not None and _ENTITY.search(head, at) is not None


def _typed(body: bytes, content_type: str) -> str:
    """The content type that feedparser is told: bytes that are UTF-8 are UTF-8, whatever they are called.

    No text in another encoding is UTF-8 by chance, and a charset that is none (punycode) costs minutes.
    """
    named = _CHARSET.search(content_type)
    inside = _XML_ENCODING.search(body[:300])
    names = [named.group(1) if named else None, inside.group(1).decode("ascii") if inside else None]
    unknown = any(name is not None and codec_name(name) is None for name in names)
    if body.isascii() and not unknown:
        return content_type or "application/xml"
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "application/xml" if unknown or not content_type else content_type
    return "application/xml; charset=utf-8"


def _if_character(reference: re.Match[bytes]) -> bytes:
    """The reference, or a blank where no character has that number: feedparser breaks off at such."""
    digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
    number = int(digits, base) if len(digits) < 9 else -1
    is_character = 0 < number < 0xD800 or 0xDFFF < number < 0x110000
    return reference[0] if is_character else b" "


@dataclass(frozen=True, slots=True)
class _Entry:
    """An item with the id that its feed gives it."""

    item: FeedItem
    own: str | None


def _of_entry(entry: dict[str, Any], url: str) -> _Entry | None:
    link = entry.get("link") or next((one.get("href") for one in entry.get("links", ())), None)
    bodies = [part.get("value") or "" for part in entry.get("content", ())]
    text = max((*map(_text_of_markup, bodies), _text_of_markup(entry.get("summary") or "")), key=len)
    # dict.get, as feedparser's own takes one date for the other, and warns
    published = _moment(dict.get(entry, "published_parsed")) or _moment(dict.get(entry, "updated_parsed"))
    return _item(link, entry.get("id"), _text(entry.get("title")), published, text, url)


def _moment(parsed: Any) -> datetime | None:
    """feedparser's time in UTC; None for one that no calendar has."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, TypeError, OSError):
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
        items=_kept([_of_json(one, url) for one in kept], url),
        left_out=max(0, len(items) - MAX_ITEMS),
    )


def _of_json(item: Mapping[str, Any], url: str) -> _Entry | None:
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
    try:
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except OverflowError:  # the first or the last day of the calendar
        return None


def _item(
    link: str | None, own: str | None, title: str, published: datetime | None, text: str, url: str
) -> _Entry | None:
    """An item with a key; None for one that has neither address nor id nor text."""
    own = NO_TEXT.sub("", own).strip() or None if own else None
    title, text = NO_TEXT.sub("", title), NO_TEXT.sub("", text)
    address = _absolute(url, link) if link else None
    if address == url:  # what a blank link comes to
        address = None
    if address is not None:
        key = address_key(address)
    elif own or title or text.strip():
        key = f"{address_key(url)}#{own or title or text.strip()[:80]}"
    else:
        return None
    item = FeedItem(
        key=_bounded(key), url=address, title=title[:_MAX_TITLE_CHARS], published=published, text=text
    )
    return _Entry(item, own)


def _absolute(base: str, link: str) -> str | None:
    """An address of the web, or None for any other and for one that can't be read."""
    try:
        address = urljoin(base, NO_TEXT.sub("", link).strip())
    except ValueError:
        return None
    return address if address.lower().startswith(("http://", "https://")) else None


def _bounded(key: str) -> str:
    if len(key) <= _MAX_KEY_CHARS:
        return key
    return f"{key[:200]}#{hashlib.sha256(key.encode()).hexdigest()}"


def _kept(entries: Sequence[_Entry | None], url: str) -> tuple[FeedItem, ...]:
    """Each key once: feeds repeat items when they correct them.

    Where most items share one address, they are told apart by their own ids, and their text is the feed's.
    """
    found = [one for one in entries if one is not None]
    own_ids = Counter(key for key, _ in {(one.item.key, one.own) for one in found if one.own})
    shared = {key for key, count in own_ids.items() if count >= _SHARED and 2 * count > len(found)}
    kept: dict[str, FeedItem] = {}
    for one in found:
        item = one.item
        if item.url is not None and item.key in shared and one.own:
            key = _bounded(f"{address_key(url)}#{one.own}")
            item = item.model_copy(update={"key": key, "has_page": False})
        kept.setdefault(item.key, item)
    return tuple(kept.values())


def _text(value: Any) -> str:
    """A title on one line, without markup."""
    return " ".join(_text_of_markup(value).split()) if isinstance(value, str) else ""


def _text_of_markup(value: str) -> str:
    return markup_text(value) if "<" in value or "&" in value else value
