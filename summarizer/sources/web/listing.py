"""What the sources list: items of feeds, pages, files. Each source alone can fail.

Feeds are asked with what is known of them, so that an unchanged one costs a few bytes; its last items are in
the memory. robots.txt is for pages: a feed is made for programs, and its owner's reader named it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from summarizer.errors import FetchFailed, NoInput, SourceError
from summarizer.records.article import Article
from summarizer.records.collection import FeedItem, SourceSpec
from summarizer.records.digest import FailedArticle
from summarizer.sources.loading import LoadOptions, iter_articles
from summarizer.sources.web.addresses import address_key, shown_address
from summarizer.sources.web.feeds import MAX_ITEMS, read_feed, read_json_feed
from summarizer.sources.web.fetching import Fetcher
from summarizer.sources.web.lists import read_opml
from summarizer.sources.web.turns import host_by_host
from summarizer.store.feeds import FeedMemory, KnownFeed

#: A page that is watched is told again when its text changes: its address alone is no key.
PAGE_MARK = "page:"
#: Lists of feeds in lists of feeds.
_MAX_LISTS = 20
_MAX_OPML_BYTES = 5_000_000
#: Untold items that a feed no longer lists are kept so long: as long as a mail server may be down.
_KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Listed:
    """What one source lists. `articles` are files, which are read already; `reason` says why it failed."""

    name: str
    location: str
    state: Literal["ok", "unchanged", "failed"]
    items: tuple[FeedItem, ...] = ()
    articles: tuple[Article, ...] = ()
    failed: tuple[FailedArticle, ...] = ()
    left_out: int = 0
    reason: str | None = None


def list_sources(
    specs: Sequence[SourceSpec],
    fetcher: Fetcher,
    memory: FeedMemory,
    load: LoadOptions,
    now: datetime,
    threads: int,
) -> list[Listed]:
    """What every source lists, in their order; the feeds of an OPML list stand in its place."""
    expanded = _once([one for spec in specs for one in _expanded(spec, fetcher)])
    known = {url: memory.feed(url) for url in dict.fromkeys(_feed_urls(expanded))}
    listed = host_by_host(
        expanded, lambda one: one.location, lambda one: _listed(one, fetcher, known, load), threads
    )
    return [
        found if isinstance(found, Listed) else _remembered(*found, known[found[1]], memory, now)
        for found in listed
    ]


def _once(specs: Sequence[SourceSpec | Listed]) -> list[SourceSpec | Listed]:
    """Each source once, though a list names it that is named itself."""
    kept: dict[object, SourceSpec | Listed] = {}
    for one in specs:
        kept.setdefault(one if isinstance(one, Listed) else (one.kind, one.location), one)
    return list(kept.values())


def _remembered(
    listed: Listed, url: str, fresh: KnownFeed, before: KnownFeed | None, memory: FeedMemory, now: datetime
) -> Listed:
    """What a feed lists, and what it listed the last time and no sent edition has told since.

    A feed holds few items: after days without mail, the first of them stand in the memory only.
    """
    here = {item.key for item in fresh.items}
    gone = [item for item in (before.items if before else ()) if item.key not in here]
    covered = memory.covered(item.key for item in gone)
    oldest = now - _KEPT
    kept = [item for item in gone if item.published and item.published >= oldest and item.key not in covered]
    items = (*fresh.items, *kept)[:MAX_ITEMS]
    memory.save_feed(url, replace(fresh, items=items), now)
    return replace(listed, items=items)


def _feed_urls(specs: Sequence[SourceSpec | Listed]) -> list[str]:
    return [one.location for one in specs if isinstance(one, SourceSpec) and one.kind in ("feed", "jsonfeed")]


def _expanded(spec: SourceSpec, fetcher: Fetcher) -> list[SourceSpec | Listed]:
    """A list of feeds as its feeds; lists in lists are followed, circles are cut."""
    if spec.kind != "opml":
        return [spec]
    feeds: dict[str, None] = {}
    problems: list[Listed] = []
    todo, seen = [spec.location], {spec.location}
    while todo:
        at = todo.pop(0)
        try:
            found = read_opml(*_bytes_of(at, fetcher))
            if found.left_out:
                reason = f"{found.left_out} feeds beyond the first {len(found.feeds)} are not read"
                too_many = FetchFailed(shown_address(at), "too many", reason)
                problems.append(_failed(SourceSpec(kind="opml", location=at, name=spec.name), too_many))
        except SourceError as error:
            problems.append(_failed(SourceSpec(kind="opml", location=at, name=spec.name), error))
            continue
        feeds.update(dict.fromkeys(found.feeds))
        for one in found.lists:
            if one not in seen and len(seen) < _MAX_LISTS and (_is_web(one) or not _is_web(at)):
                seen.add(one)
                todo.append(one)
    return [*problems, *(SourceSpec(kind="feed", location=url) for url in feeds)]


def _is_web(location: str) -> bool:
    return location.lower().startswith(("http://", "https://"))


def _bytes_of(location: str, fetcher: Fetcher) -> tuple[bytes, str]:
    """A list from the web, or from a file of the reader's own, and where it was in the end."""
    if _is_web(location):
        fetched = fetcher.fetch(location, max_bytes=_MAX_OPML_BYTES)
        return fetched.body, fetched.url
    try:
        with Path(location).expanduser().open("rb") as file:
            return file.read(_MAX_OPML_BYTES), location
    except OSError as error:
        raise FetchFailed(location, "unreadable", str(error), "Check the path.") from error


def _listed(
    spec: SourceSpec | Listed, fetcher: Fetcher, known: dict[str, KnownFeed | None], load: LoadOptions
) -> Listed | tuple[Listed, str, KnownFeed]:
    """What a source lists; for a feed that was fetched anew, with its address and what to remember."""
    if isinstance(spec, Listed):
        return spec
    try:
        match spec.kind:
            case "feed" | "jsonfeed":
                return _feed(spec, fetcher, known.get(spec.location))
            case "url":
                item = FeedItem(
                    key=PAGE_MARK + address_key(spec.location),
                    url=spec.location,
                    title="",
                    published=None,
                    text="",
                )
                return Listed(_name(spec, None), shown_address(spec.location), "ok", (item,))
            case _:
                return _folder(spec, load)
    except SourceError as error:
        return _failed(spec, error)


def _feed(
    spec: SourceSpec, fetcher: Fetcher, known: KnownFeed | None
) -> Listed | tuple[Listed, str, KnownFeed]:
    found = fetcher.fetch(
        spec.location, etag=known.etag if known else None, modified=known.modified if known else None
    )
    shown = shown_address(spec.location)
    if found.status == 304 and known is not None:
        return Listed(_name(spec, known.title), shown, "unchanged", known.items)
    if spec.kind == "jsonfeed":
        document = read_json_feed(found.body, found.url)
    else:
        document = read_feed(found.body, found.url, found.content_type)
    listed = Listed(_name(spec, document.title), shown, "ok", document.items, left_out=document.left_out)
    return listed, spec.location, KnownFeed(found.etag, found.modified, document.title, document.items)


def _folder(spec: SourceSpec, load: LoadOptions) -> Listed:
    articles: list[Article] = []
    failed: list[FailedArticle] = []
    folder = Path(spec.location).expanduser()
    name = _name(spec, folder.name)
    try:
        for outcome in iter_articles([folder], load):
            if isinstance(outcome, Article):
                articles.append(outcome)
            elif isinstance(outcome, FailedArticle):
                failed.append(outcome)
    except NoInput:
        return Listed(name, spec.location, "ok")  # nothing has come in today
    if failed and not folder.exists():
        raise FetchFailed(spec.location, "unreadable", "there is no such folder", "Check the path.")
    return Listed(name, spec.location, "ok", articles=tuple(articles), failed=tuple(failed))


def _failed(spec: SourceSpec, error: SourceError) -> Listed:
    return Listed(
        _name(spec, None), shown_address(spec.location), "failed", reason=f"{error.kind}: {error.reason}"
    )


def _name(spec: SourceSpec, own: str | None) -> str:
    return " ".join((spec.name or own or shown_address(spec.location)).split())[:120]
