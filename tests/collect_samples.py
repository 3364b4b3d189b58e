"""Feeds, pages and a quick collection of them, for the tests of collecting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

from web_server import Answer, WebServer

from summarizer.records.collection import Collected, SourceSpec, Window
from summarizer.sources.web.addresses import policy_of
from summarizer.sources.web.collecting import CollectOptions, collect
from summarizer.sources.web.fetching import FetchLimits
from summarizer.store.feeds import FeedMemory

NOW = datetime(2025, 3, 5, 7, 0, tzinfo=UTC)
WINDOW = Window(since=NOW - timedelta(days=1), until=NOW)


def sentences(subject: str) -> str:
    """An article of some length about a subject."""
    return " ".join(
        f"The council of {subject} approved part {number} of the new harbour plan on Tuesday, officials said."
        for number in range(1, 9)
    )


def page(title: str, text: str) -> Answer:
    """A web page with one article."""
    story = f"<article><h1>{title}</h1><p>{text}</p></article>"
    return Answer(f"<html lang=en><head><title>{title}</title></head><body>{story}</body></html>".encode())


def rss(*items: tuple[str, str, datetime | None], extra: str = "") -> Answer:
    """A feed of (title, link, date)."""
    parts = []
    for title, link, date in items:
        when = f"<pubDate>{date:%a, %d %b %Y %H:%M:%S} +0000</pubDate>" if date else ""
        parts.append(f"<item><title>{escape(title)}</title><link>{escape(link)}</link>{when}{extra}</item>")
    body = f"<rss version='2.0'><channel><title>Harbour News</title>{''.join(parts)}</channel></rss>"
    return Answer(body.encode(), "application/rss+xml")


def options(server: WebServer, **changed: object) -> CollectOptions:
    """Quick, and allowed to reach the test's own server."""
    plain: dict[str, object] = {
        "policy": policy_of([server.host]),
        "limits": FetchLimits(total_s=5.0, read_s=2.0),
        "pause_s": 0.0,
    }
    return CollectOptions(**{**plain, **changed})  # type: ignore[arg-type]


def run(
    server: WebServer, memory: FeedMemory, *specs: SourceSpec, window: Window = WINDOW, **changed: object
) -> Collected:
    return collect(specs, window, memory, options(server, **changed), NOW)


def feed(server: WebServer, path: str = "/feed.xml") -> SourceSpec:
    return SourceSpec(kind="feed", location=server.url(path))
