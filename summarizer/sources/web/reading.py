"""From a feed's item to an article: the linked page, else what the feed itself carries.

The page's own statements about itself go before the feed's; a date that the page doesn't state is the feed's.
One statement isn't taken on trust: that its address is on another host, as anybody could say that.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from summarizer.errors import EmptyInput, FetchFailed, SourceError, UnknownFormat
from summarizer.records.article import Article
from summarizer.records.collection import FeedItem
from summarizer.sources.articles import build_article, checked_language, checked_text
from summarizer.sources.decoding import codec_name, normalise
from summarizer.sources.formats import Format, read_format, sniff
from summarizer.sources.found import FoundArticle, stated
from summarizer.sources.identifiers import Namer
from summarizer.sources.loading import LoadOptions
from summarizer.sources.web.addresses import shown_address
from summarizer.sources.web.fetching import Fetched, Fetcher
from summarizer.sources.web.robots import Robots

#: A feed text shorter than this is a teaser, not an article.
MIN_FEED_CHARS = 400
_PAGE_FORMS: dict[str, Format] = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "text/plain": "text",
    "application/pdf": "pdf",
}
_META_CHARSET = re.compile(rb"<meta\b[^>]{0,400}?charset", re.I)


@dataclass(frozen=True, slots=True)
class Read:
    """An item as a reader found it, not named yet. `notice` says why the page itself was not read."""

    item: FeedItem
    outlet: str
    found: FoundArticle
    shown: str
    notice: SourceError | None = None


def read_item(item: FeedItem, outlet: str, fetcher: Fetcher, robots: Robots) -> Read:
    """The article of an item.

    Raises:
        SourceError: neither the page nor the feed gives one.
    """
    if item.url is None or not item.has_page:
        return _from_feed(item, outlet, None)
    try:
        page = fetcher.fetch(item.url, allowed=robots.delay)
        began = time.thread_time()
        try:
            found = _of_page(page)
        finally:
            fetcher.charge(page, time.thread_time() - began)
    except SourceError as error:
        if len(item.text) < MIN_FEED_CHARS:
            raise
        return _from_feed(item, outlet, error)
    if len(found.text) < len(item.text) // 2 and len(item.text) >= MIN_FEED_CHARS:
        # a page that shows a teaser (a wall, a consent form) where the feed carries the text
        notice = FetchFailed(shown_address(item.url), "teaser", "its page shows less than the feed carries")
        return _from_feed(item, outlet, notice)
    return Read(item, outlet, _completed(found, item, outlet, page.url), shown_address(item.url))


def _of_page(page: Fetched) -> FoundArticle:
    """The article on a page of any format that we read."""
    shown = shown_address(page.url)
    content_type, _, parameters = page.content_type.partition(";")
    name = _PAGE_FORMS.get(content_type.strip().lower())
    if name is None and not content_type.strip():
        name = sniff(page.body)
    if name not in ("page", "text", "pdf"):
        reason = f"it is {content_type.strip() or 'of an unknown kind'}, no page"
        raise UnknownFormat(shown, reason, "Only web pages, texts and PDF files are read from the web.")
    found = next(iter(read_format(name, page.body, shown, _charset(page.body, parameters))), None)
    if found is None:
        raise EmptyInput(shown, "there is nothing in it", "It is tried again next time.")
    if isinstance(found, SourceError):
        raise found
    return found


def _charset(body: bytes, parameters: str) -> str | None:
    """The charset of the Content-Type, where the page doesn't name its own and the bytes agree.

    Servers say Latin-1 out of habit; then the bytes decide, as they do for files.
    """
    match = re.search(r"charset=[\"']?([\w.:-]{2,40})", parameters, re.I)
    name = codec_name(match.group(1)) if match is not None else None
    if name in (None, "ascii", "iso8859-1", "cp1252") or _META_CHARSET.search(body[:4096]):
        return None
    try:
        body.decode(name)
    except ValueError:
        return None
    return name


def _from_feed(item: FeedItem, outlet: str, notice: SourceError | None) -> Read:
    shown = shown_address(item.url) if item.url else item.key
    if not item.text.strip():
        empty = EmptyInput(shown, "the feed gives neither address nor text", "Nothing can be read of it.")
        raise notice or empty
    found = FoundArticle(item.text, title=item.title or None, url=item.url)
    return Read(item, outlet, _completed(found, item, outlet, item.url), shown, notice)


def _completed(found: FoundArticle, item: FeedItem, outlet: str, url: str | None) -> FoundArticle:
    if found.url is not None and url is not None and _site(found.url) != _site(url):
        found = replace(found, url=url)
    return replace(
        found,
        title=found.title or item.title or None,
        outlet=found.outlet or outlet,
        url=found.url or url,
    )


def _site(url: str) -> str | None:
    """The host of a web address, without the names of its entrances; None for what is no web address."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower().rstrip(".")
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    return f"{re.sub(r'^(?:www|m|amp|mobile|edition)[.]', '', host)}:{port or ''}"


def named(read: Read, namer: Namer, load: LoadOptions) -> Article:
    """The finished article.

    Raises:
        SourceError: no text, or in a language that the engine doesn't read.
    """
    text = checked_text(read.found, read.shown)
    language = checked_language(text, read.found, read.shown, require_english=load.require_english)
    title = normalise(read.found.title) if read.found.title else None
    name = namer.name(text, own_id=None, path=None, is_alone=False, url=read.found.url, title=title)
    article = build_article(read.found, text, language, name, read.shown)
    if article.published.basis == "stated" or read.item.published is None:
        return article
    dated = replace(read.found, published=stated(read.item.published.date().isoformat()))
    return build_article(
        dated, text, language, name, read.shown
    )  # what the feed states beats what is inferred
