"""Collect what an edition is made of. START HERE for what a source can do to us.

Nothing here raises for a source's or page's fault: a dead feed, a page behind a wall and a bomb are named in
what comes back, and the others go on. Only the memory's own file can stop a run (StoreProblem).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from summarizer.errors import SourceError
from summarizer.records.article import Article
from summarizer.records.collection import Collected, FeedItem, SourceSpec, Window
from summarizer.records.digest import FailedArticle
from summarizer.records.edition import EditionProblem, EditionSource
from summarizer.sources.identifiers import Namer, duplicate_key
from summarizer.sources.loading import LoadOptions
from summarizer.sources.web.addresses import NetworkPolicy, address_key
from summarizer.sources.web.choosing import Chosen, choose, in_lines, start_of
from summarizer.sources.web.fetching import Fetcher, FetchLimits
from summarizer.sources.web.listing import PAGE_MARK, Listed, list_sources
from summarizer.sources.web.reading import Read, named, read_item
from summarizer.sources.web.robots import Robots
from summarizer.sources.web.turns import host_by_host
from summarizer.store.feeds import FeedMemory


@dataclass(frozen=True, slots=True)
class CollectOptions:
    """Bounds of a collection. `total_s` is for all; what isn't read by then is named and comes next time.

    `contact` is shown to servers, an address where their owners can complain. `require_english`: as the rules
    engine needs.
    """

    policy: NetworkPolicy = field(default_factory=NetworkPolicy)
    limits: FetchLimits = field(default_factory=FetchLimits)
    total_s: float = 600.0
    pause_s: float = 1.0
    max_items: int = 300
    threads: int = 8
    contact: str = ""
    require_english: bool = False


def collect(
    sources: Sequence[SourceSpec], window: Window, memory: FeedMemory, options: CollectOptions, now: datetime
) -> Collected:
    """Everything that `sources` have of `window` and that no sent edition has covered.

    `now` stamps what is remembered of the feeds; once the edition is sent, tell `memory.mark_sent` its keys.

    Raises:
        StoreProblem: the memory's file can't be used.
        MissingExtra: the packages of `summarizer[briefing]` aren't installed.
    """
    fetcher = Fetcher(
        policy=options.policy,
        limits=options.limits,
        pause_s=options.pause_s,
        contact=options.contact,
        deadline=time.monotonic() + options.total_s,
    )
    load = LoadOptions(max_bytes=options.limits.max_bytes, require_english=options.require_english)
    listed = list_sources(sources, fetcher, memory, load, now, options.threads)
    files = [(position, article) for position, one in enumerate(listed) for article in one.articles]
    keys = [item.key for one in listed for item in one.items] + [
        _key_of_file(article) for _, article in files
    ]
    covered = memory.covered(keys)
    chosen = choose([(one.name, one.items) for one in listed], window, covered, options.max_items)
    names = [one.name for one in listed]
    robots = Robots(fetcher)
    read = host_by_host(
        chosen.items,
        lambda one: one[1].url,
        lambda one: _read(names[one[0]], one[1], fetcher, robots),
        options.threads,
    )
    run = _Run(load, memory, names, start_of(window).date().isoformat())
    for (position, item), outcome in zip(chosen.items, read, strict=True):
        run.add(position, item, outcome)
    for position, article in files:
        run.add_file(position, article, covered)
    return _collected(listed, chosen, run)


def _collected(listed: Sequence[Listed], chosen: Chosen, run: _Run) -> Collected:
    failed = [_failed_file(one.name, failure) for one in listed for failure in one.failed]
    return Collected(
        articles=tuple(run.articles),
        sources=tuple(
            _source(one, new + run.new[position])
            for position, (one, new) in enumerate(zip(listed, chosen.new, strict=True))
        ),
        problems=in_lines((*failed, *run.problems)),
        excluded=in_lines((*chosen.excluded, *run.excluded)),
        notices=in_lines(run.notices),
        duplicates=chosen.duplicates + run.duplicates,
        keys=tuple(dict.fromkeys(run.keys)),
    )


def _failed_file(source: str, failure: FailedArticle) -> EditionProblem:
    reason = f"{failure.source}: {failure.reason}"
    return EditionProblem(source=source, url=None, kind=failure.kind, reason=reason)


def _source(listed: Listed, new: int) -> EditionSource:
    return EditionSource(
        name=listed.name,
        location=listed.location,
        state=listed.state,
        items=len(listed.items) + len(listed.articles) + len(listed.failed) + listed.left_out,
        new=new,
        reason=listed.reason,
    )


def _read(name: str, item: FeedItem, fetcher: Fetcher, robots: Robots) -> Read | SourceError:
    try:
        return read_item(item, name, fetcher, robots)
    except SourceError as error:
        return error


def _key_of_file(article: Article) -> str:
    """A file is known by its address, else by its text: the same file again is nothing new."""
    return address_key(article.url) if article.url else f"text:{duplicate_key(article.text)}"


class _Run:
    """What one collection has so far: ids, texts and addresses that later articles may repeat.

    Sources go by their position in `names`; `new` is what reading added to the count of each one's new items.
    """

    def __init__(self, load: LoadOptions, memory: FeedMemory, names: Sequence[str], first_day: str) -> None:
        self.articles: list[Article] = []
        self.problems: list[EditionProblem] = []
        self.excluded: list[EditionProblem] = []
        self.notices: list[EditionProblem] = []
        self.keys: list[str] = []
        self.new: Counter[int] = Counter()
        self.duplicates = 0
        self._load = load
        self._memory = memory
        self._namer = Namer(())
        self._texts: set[str] = set()
        self._names = names
        self._first_day = first_day

    def add(self, position: int, item: FeedItem, outcome: Read | SourceError) -> None:
        """Take in what became of an item."""
        name = self._names[position]
        if isinstance(outcome, SourceError):
            self.problems.append(_problem(name, item.url, outcome))
            return
        watched = item.key.startswith(PAGE_MARK)
        key = f"{item.key}#{duplicate_key(outcome.found.text)}" if watched else item.key
        if watched and self._memory.covered([key]):
            self.new[position] -= 1
            return
        try:
            if self._repeats(outcome.found.text):
                self.keys.append(key)
                return
            article = named(outcome, self._namer, self._load)
        except SourceError as error:
            self.problems.append(_problem(name, item.url, error))
            return
        self.keys.append(key)
        if article.url and item.has_page and not watched:
            self.keys.append(address_key(article.url))  # what the page itself says is its address
        if item.published is None and not watched and self._is_old(name, article):
            self.new[position] -= 1
            return
        if outcome.notice is not None:
            self.notices.append(_problem(name, item.url, outcome.notice))
        self.articles.append(article)

    def _is_old(self, name: str, article: Article) -> bool:
        """Whether the article says that it is older than the window; then it is named as left out."""
        date = article.published.date
        if date is None or article.published.basis != "stated":
            return False
        if date[: len(self._first_day)] >= self._first_day[: len(date)]:
            return False
        reason = f"published {date}, before this edition's time"
        self.excluded.append(EditionProblem(source=name, url=article.url, kind="too old", reason=reason))
        return True

    def add_file(self, position: int, article: Article, covered: frozenset[str]) -> None:
        """Take in a file of a folder, if no edition told it and it isn't older than the window."""
        key = _key_of_file(article)
        if key in covered:
            return
        if self._is_old(self._names[position], article):
            return
        self.keys.append(key)
        if self._repeats(article.text):
            return
        taken = {one.id for one in self.articles}
        fresh = article.id
        number = 2
        while fresh in taken:
            fresh, number = f"{article.id}-{number}", number + 1
        self.new[position] += 1
        self.articles.append(article if fresh == article.id else article.model_copy(update={"id": fresh}))

    def _repeats(self, text: str) -> bool:
        key = duplicate_key(text)
        if key in self._texts:
            self.duplicates += 1
            return True
        self._texts.add(key)
        return False


def _problem(name: str, url: str | None, error: SourceError) -> EditionProblem:
    return EditionProblem(source=name, url=url, kind=error.kind, reason=error.reason)
