"""Lists of feeds: OPML 2, by lxml.

Pure. Outlines may be nested; what a list includes is only named here, following it is `listing`'s business.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from summarizer.errors import FetchFailed
from summarizer.sources.web.addresses import shown_address
from summarizer.sources.web.feeds import NO_TEXT, declares_entities

#: Feeds of one list.
MAX_FEEDS = 500


@dataclass(frozen=True, slots=True)
class FeedList:
    """The addresses of feeds and of further lists in an OPML document. `left_out`: feeds beyond the limit."""

    feeds: tuple[str, ...]
    lists: tuple[str, ...]
    left_out: int = 0


def read_opml(body: bytes, url: str) -> FeedList:
    """What an OPML document names, absolute, each once.

    Raises:
        FetchFailed: no OPML, or one with entity declarations.
    """
    from lxml import etree

    shown = shown_address(url)
    if declares_entities(body):
        raise FetchFailed(
            shown, "entities", "it declares XML entities, which no list needs", "Ask its owner."
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise FetchFailed(shown, "no OPML", str(error)[:200], "Check the file.") from error
    feeds: dict[str, None] = {}
    lists: dict[str, None] = {}
    for outline in () if root is None else root.iter("{*}outline"):
        feed, further = outline.get("xmlUrl") or "", outline.get("url") or ""
        kind = (outline.get("type") or "").lower()
        if feed.strip():
            feeds[_beside(url, feed)] = None
        elif further.strip() and (kind == "include" or (kind == "link" and _is_opml(further))):
            lists[_beside(url, further)] = None
    if not feeds and not lists:
        raise FetchFailed(shown, "no OPML", "it names no feed", "Check the file.")
    left_out = max(0, len(feeds) - MAX_FEEDS)
    return FeedList(tuple(feeds)[:MAX_FEEDS], tuple(lists)[:MAX_FEEDS], left_out)


def _is_opml(address: str) -> bool:
    return address.lower().partition("?")[0].endswith(".opml")


def _beside(url: str, link: str) -> str:
    """A link of a list, absolute; as it stands where that can't be: fetching it says what is wrong."""
    clean = NO_TEXT.sub("", link).strip()
    try:
        return urljoin(url, clean)
    except ValueError:
        return clean
