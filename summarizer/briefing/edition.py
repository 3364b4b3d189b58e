"""Make an edition of what was collected. START HERE for what readers get.

::

    EditionMaterial   stories, sources, what failed, earlier sent editions
      │  edition_changes   each story against the last sent edition that told it
      │  edition_weight    which change is the biggest
      │  edition_state     news, quiet, degraded, failed
      │  edition_subject   subject, preheader
      ▼
    Edition           rendered by rendering.mail_text, mail_html, edition_page

Pure: the same material always gives the same edition. Order of stories: what has something new before what
hasn't; there topics to lead with, in the configuration's order; there the published ranking, with stories of
several articles first; and of stories that rank alike, the one with the biggest change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from summarizer.briefing.edition_changes import StoryChange, story_changes
from summarizer.briefing.edition_state import Facts, Verdict, decide
from summarizer.briefing.edition_subject import (
    Reached,
    TitledChange,
    preheader_of,
    short_day,
    subject_of,
)
from summarizer.briefing.edition_weight import Weighed, weighed_changes
from summarizer.records.article import Article
from summarizer.records.edition import (
    Correction,
    Edition,
    EditionProblem,
    EditionRun,
    EditionSource,
    StoryPlace,
)
from summarizer.records.stories import Story, StoryCollection
from summarizer.rendering import wording
from summarizer.rendering.news_line import change_line
from summarizer.text.families import word_family

#: Scores that are shown as equal are equal: then what changed decides.
_SCORE_DIGITS = 1
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class EditionMaterial:
    """All that an edition is made of.

    `collection` is None where no article gave a brief. `previous` are editions that were sent, the newest
    first; a dozen are plenty. Failed ones don't count, nor those of the same day, which a correction
    corrects.
    `problems` and `duplicates` are what the collection's coverage doesn't know of. `page` is the web address
    at which readers will find the edition's page, or None. `failure`: why the run broke off, or None.
    """

    briefing: str
    title: str
    day: date
    until: datetime
    run: EditionRun
    collection: StoryCollection | None = None
    articles: Sequence[Article] = ()
    previous: Sequence[Edition] = ()
    topics: Sequence[str] = ()
    sources: Sequence[EditionSource] = ()
    problems: Sequence[EditionProblem] = ()
    excluded: Sequence[EditionProblem] = ()
    notices: Sequence[EditionProblem] = ()
    duplicates: int = 0
    since: datetime | None = None
    covers: Sequence[date] = ()
    revision: int = 0
    correction: Correction | None = None
    page: str | None = None
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    """A story with its topic and its changes by weight."""

    change: StoryChange
    topic: str | None
    weighed: Sequence[Weighed]


def make_edition(material: EditionMaterial) -> Edition:
    """The edition that this material gives."""
    collection = material.collection if material.failure is None else None
    problems = _problems(material, collection)
    repeated = len(collection.coverage.duplicates) if collection else 0
    duplicates = material.duplicates + repeated
    sent = [one for one in material.previous if one.day < material.day and one.state != "failed"]
    changes = story_changes(collection, material.articles, sent) if collection else ()
    told = _in_order(changes, material.topics)
    articles = len(material.articles) if collection is None else collection.coverage.read
    verdict = decide(
        Facts(
            sources=material.sources,
            problems=problems,
            excluded=material.excluded,
            articles=articles if collection else 0,
            has_news=any(one.standing != "unchanged" for one in changes),
            duplicates=duplicates,
            failure=material.failure,
        )
    )
    previous = sent[0].day if sent else None
    reached = Reached(
        sources=len(material.sources),
        items=sum(one.items for one in material.sources),
        articles=articles,
        failed=sum(one.items for one in problems),
        previous=previous,
    )
    leads = [TitledChange(one.change, weighed) for one in told[:1] for weighed in one.weighed]
    places = tuple(_place(one) for one in told)
    if verdict.state == "failed":
        collection, places, leads = None, (), []
    return Edition(
        briefing=material.briefing,
        day=material.day,
        revision=material.revision,
        title=material.title,
        state=verdict.state,
        why=verdict.why,
        correction=material.correction,
        subject=subject_of(verdict, material.day, leads, correction=material.correction is not None),
        preheader=preheader_of(verdict, [one.change for one in told], reached, verdict.why),
        bottom_line=_bottom_line(verdict, places, reached),
        order=places,
        collection=collection,
        articles=tuple(material.articles) if collection else (),
        sources=tuple(material.sources),
        problems=problems,
        excluded=tuple(material.excluded),
        notices=tuple(material.notices),
        duplicates=duplicates,
        since=material.since,
        until=material.until,
        previous=previous,
        covers=tuple(material.covers),
        page=material.page,
        run=material.run,
    )


def _problems(material: EditionMaterial, collection: StoryCollection | None) -> tuple[EditionProblem, ...]:
    """What failed: in collecting, and then in reading; what both know of is one."""
    known = {one.url or one.source for one in material.problems}
    unread = collection.coverage.failed if collection else ()
    return (
        *material.problems,
        *(
            EditionProblem(source=one.source, url=None, kind=one.kind, reason=one.reason)
            for one in unread
            if one.source not in known
        ),
    )


def _in_order(changes: Sequence[StoryChange], topics: Sequence[str]) -> list[_Told]:
    told = []
    for change in changes:
        topic = next((topic for topic in topics if _is_on(change.story, topic)), None)
        weighed = weighed_changes(change.delta.changes, change.story)
        told.append(_Told(change, topic, weighed if change.standing != "unchanged" else ()))

    def place(one: _Told) -> tuple[bool, int, bool, float, float]:
        topic = len(topics) if one.topic is None else list(topics).index(one.topic)
        story = one.change.story
        biggest = one.weighed[0].weight if one.weighed else 0.0
        score = round(story.rank.score, _SCORE_DIGITS)
        return one.change.standing == "unchanged", topic, len(story.articles) == 1, -score, -biggest

    return sorted(told, key=place)


def _is_on(story: Story, topic: str) -> bool:
    """Whether the story's title, terms, headlines or actors have every word of the topic."""
    words = [story.title, *story.terms, *(header.title or "" for header in story.digest.articles)]
    words += [name for actor in story.digest.actors for name in (actor.name, *actor.aliases)]
    known = _families(" ".join(words))
    wanted = _families(topic)
    return bool(wanted) and wanted <= known


def _families(text: str) -> frozenset[str]:
    return frozenset(word_family(word) for word in _WORD.findall(text.casefold()))


def _place(told: _Told) -> StoryPlace:
    story = told.change.story
    line = f"Nothing new on: {wording.shown(story.title)}"
    if told.weighed:
        line = change_line(told.weighed[0].change, told.change.delta, story.digest)
    elif told.change.standing == "new":
        line = wording.shown(story.title)
    return StoryPlace(
        story=story.id,
        topic=told.topic,
        standing=told.change.standing,
        delta=told.change.delta,
        weightiest=tuple(one.place for one in told.weighed),
        line=line,
    )


def _bottom_line(verdict: Verdict, places: Sequence[StoryPlace], reached: Reached) -> str:
    if verdict.state == "failed":
        return f"No briefing could be made: {verdict.why}. Whether there is news is not known."
    told = [place for place in places if place.standing != "unchanged"]
    if told:
        return told[0].line
    since = f" since the edition of {short_day(reached.previous)}" if reached.previous else ""
    looked: Mapping[str, int] = {
        "source": reached.sources,
        "item": reached.items,
        "article": reached.articles,
    }
    parts = [wording.count(number, what) for what, number in looked.items()]
    where = " in what could be read" if verdict.state == "degraded" else ""
    return f"Nothing new{where}{since}: {wording.names(parts)} checked."
