"""Make an edition: collect, read, put into stories, compare with what was sent.

::

    DueEdition    which day, since when
      │  sources.web.collect       one dead feed costs only itself
      │  reading.read_articles     by rules or by a model; one bad article costs only itself
      ▼  edition.make_edition      against the editions that were sent
    Made          the edition, the items it tells, and what made it fail, if it did

Sends and records nothing; what the feeds said is remembered, and counts as told when the edition was sent.
A run that can't be the fault of any source or article (a wrong key, nobody there) gives a failed edition: a
notice, never "no news".
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from summarizer.briefing.config import Briefing, without_password
from summarizer.briefing.edition import EditionMaterial, make_edition
from summarizer.briefing.planned import PlannedEdition
from summarizer.briefing.reading import Reading, ReadingRoom, read_articles
from summarizer.briefing.schedule import DueEdition
from summarizer.briefing.workshop import Workshop
from summarizer.errors import SummarizerError, UnknownItem
from summarizer.pipeline import Failed
from summarizer.records.article import Article
from summarizer.records.collection import Collected, SourceSpec, Window
from summarizer.records.edition import Correction, Edition, EditionProblem, EditionRun
from summarizer.rendering.wording import count
from summarizer.store.feeds import FeedMemory
from summarizer.version import __version__


@dataclass(frozen=True, slots=True)
class Made:
    """An edition as the ledger will keep it. `trouble`: what no source and no article is to blame for."""

    planned: PlannedEdition
    trouble: SummarizerError | None = None

    @property
    def edition(self) -> Edition:
        """What readers get."""
        return self.planned.edition


def make(
    shop: Workshop, due: DueEdition, memory: FeedMemory, previous: Sequence[Edition], now: datetime
) -> Made:
    """The edition that is due, of everything there is to collect now.

    Raises:
        StoreProblem: the memory of feeds can't be used.
        MissingExtra: the packages of `summarizer[briefing]` aren't installed.
    """
    briefing = shop.briefing
    plain = _plain_material(briefing, due, previous, now)
    shop.tell(f"Collecting from {count(len(briefing.sources), 'source')} …")
    collected = collect_for(briefing, Window(since=due.since, until=now), memory, now)
    for source in collected.sources:
        shop.tell(f"  {source.name}: {_said_of(source.state, source.items, source.new, source.reason)}")
    shop.tell(f"Reading {count(len(collected.articles), 'article')} ({briefing.model.name}) …")
    reading = read_articles(collected.articles, _reading_room(shop))
    material = _with_reading(_with_collected(plain, collected), reading)
    return Made(PlannedEdition(edition=make_edition(material), items=collected.keys), reading.trouble)


def remake(
    shop: Workshop,
    old: PlannedEdition,
    correction: Correction,
    without: Sequence[str],
    previous: Sequence[Edition],
    now: datetime,
) -> Made:
    """The edition `old` once more, of the same articles but those that `without` names, with the reason why.

    Raises:
        UnknownItem: `without` names something that isn't in it.
    """
    edition = old.edition
    articles = _without(edition, without)
    reading = read_articles(articles, _reading_room(shop))
    dropped = [one for one in edition.articles if one not in articles]
    read_before = {one.source for one in edition.articles}
    material = EditionMaterial(
        briefing=edition.briefing,
        title=shop.briefing.general.title,
        day=edition.day,
        until=edition.until,
        run=_run_of(reading, now),
        previous=previous,
        topics=shop.briefing.general.topics,
        sources=edition.sources,
        problems=tuple(one for one in edition.problems if one.source not in read_before),
        excluded=(
            *edition.excluded,
            *(_left_out(one, "withdrawn", correction.reason) for one in dropped),
        ),
        notices=edition.notices,
        duplicates=edition.duplicates,
        since=edition.since,
        covers=edition.covers,
        revision=edition.revision + 1,
        correction=correction,
        page=edition.page,
    )
    material = _with_reading(replace(material, articles=articles), reading)
    return Made(PlannedEdition(edition=make_edition(material), items=old.items), reading.trouble)


def failed_edition(shop: Workshop, due: DueEdition, error: SummarizerError, now: datetime) -> Made:
    """A notice that no edition could be made, for a run that broke off before it had anything."""
    material = replace(_plain_material(shop.briefing, due, (), now), failure=str(error))
    return Made(PlannedEdition(edition=make_edition(material), items=()), error)


def collect_for(briefing: Briefing, window: Window, memory: FeedMemory, now: datetime) -> Collected:
    """What the briefing's sources have of the window.

    Raises:
        StoreProblem, MissingExtra: see `make`.
    """
    from summarizer.sources.web.addresses import policy_of
    from summarizer.sources.web.collecting import CollectOptions, collect
    from summarizer.sources.web.fetching import FetchLimits

    limits = briefing.limits
    options = CollectOptions(
        policy=policy_of(briefing.network.allow_private),
        limits=FetchLimits(
            total_s=limits.request_seconds,
            read_s=min(10.0, limits.request_seconds),
            max_bytes=limits.page_bytes,
        ),
        total_s=limits.collect_minutes * 60,
        pause_s=float(limits.host_delay_seconds),
        max_items=limits.articles,
        contact=briefing.network.contact,
        require_english=briefing.model.is_rules,
    )
    specs = [
        SourceSpec(kind=one.kind, location=_location(briefing, one.kind, one.location), name=one.name)
        for one in briefing.sources
    ]
    return collect(specs, window, memory, options, now)


def _location(briefing: Briefing, kind: str, location: str) -> str:
    """Folders and lists of feeds may be files beside the configuration."""
    is_file = kind == "folder" or (kind == "opml" and "://" not in location)
    return str(briefing.beside(location)) if is_file else location


def _reading_room(shop: Workshop) -> ReadingRoom:
    model = shop.briefing.model
    return ReadingRoom(model, shop.home, shop.environment, shop.tell, shop.cores, shop.cluster)


def _plain_material(
    briefing: Briefing, due: DueEdition, previous: Sequence[Edition], now: datetime
) -> EditionMaterial:
    page = briefing.general.page_address
    return EditionMaterial(
        briefing=briefing.name,
        title=briefing.general.title,
        day=due.day,
        until=now,
        run=_run_of(Reading(briefing.model.name, None), now),
        previous=previous,
        topics=briefing.general.topics,
        since=due.since,
        covers=due.covers,
        page=page.replace("{day}", due.day.isoformat()) if page else None,
    )


def _with_collected(material: EditionMaterial, collected: Collected) -> EditionMaterial:
    return replace(
        material,
        articles=collected.articles,
        sources=collected.sources,
        problems=collected.problems,
        excluded=collected.excluded,
        notices=collected.notices,
        duplicates=collected.duplicates,
    )


def _with_reading(material: EditionMaterial, reading: Reading) -> EditionMaterial:
    # What a collection's coverage names, the edition finds there.
    failed = () if reading.collection else tuple(map(_unread, reading.failed))
    left_out = tuple(_left_out(one.article, "language", one.record.reason) for one in reading.left_out)
    return replace(
        material,
        collection=reading.collection,
        run=_run_of(reading, material.run.made),
        problems=(*material.problems, *failed),
        excluded=(*material.excluded, *left_out),
        failure=str(reading.trouble) if reading.trouble else None,
    )


def _unread(failed: Failed) -> EditionProblem:
    record = failed.record
    source = failed.article.outlet or record.source
    return EditionProblem(source=source, url=failed.article.url, kind=record.kind, reason=record.reason)


def _left_out(article: Article, kind: str, reason: str) -> EditionProblem:
    source = article.outlet or article.source
    return EditionProblem(source=without_password(source), url=article.url, kind=kind, reason=reason)


def _run_of(reading: Reading, now: datetime) -> EditionRun:
    return EditionRun(
        id=f"{now:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}",
        made=now,
        engine=reading.engine,
        prompt=reading.prompt,
        version=__version__,
        cost_usd=reading.cost_usd,
        tokens=reading.tokens,
    )


def _without(edition: Edition, names: Sequence[str]) -> tuple[Article, ...]:
    known = {name for one in edition.articles for name in (one.id, one.url, one.source)}
    for name in names:
        if name not in known:
            ids = ", ".join(one.id for one in edition.articles)
            raise UnknownItem(name, f"edition {edition.key}", f"Its articles: {ids}.")
    return tuple(one for one in edition.articles if not {one.id, one.url, one.source} & set(names))


def _said_of(state: str, items: int, new: int, reason: str | None) -> str:
    if state == "failed":
        return f"failed: {reason}"
    return f"{count(items, 'item')}, {new} new" + (" (not modified)" if state == "unchanged" else "")
