"""An edition as an `EditionView`: what is told, in the order in which it is read.

Pure. Stories are numbered in the edition's order and sources through all of them, so "[3]" is the same source
in mail and page. `limits` bound every list and text; whatever is left out is counted in a line of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from summarizer.records.edition import Edition, EditionProblem
from summarizer.rendering import wording
from summarizer.rendering.edition_limits import WHOLE, Limits, cut, fitted, more
from summarizer.rendering.edition_quotes import StoryWords, change_rows, story_words
from summarizer.rendering.edition_sections import (
    changes_part,
    claims_part,
    events_part,
    figure_parts,
    gaps_part,
    source_lines,
    web_link,
)
from summarizer.rendering.view_edition import EditionView
from summarizer.rendering.view_stories import StoryView, story_view

#: Characters of the inbox line, whoever wrote it.
_MAX_LINE = 200
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def view_edition(
    edition: Edition, limits: Limits = WHOLE, stories: Sequence[StoryView] | None = None
) -> EditionView:
    """Everything that a reader of `edition` sees, within `limits`.

    `stories` are those of `numbered_stories`, if they are at hand: they are most of the work.
    """
    views = numbered_stories(edition) if stories is None else stories
    words = [
        story_words(place, edition.story(place.story), view, limits.chars)
        for place, view in zip(edition.order, views, strict=True)
    ]
    told = [one for one in words if one.place.standing != "unchanged"]
    shown = told[: limits.stories]
    articles = {article.id: article for article in edition.articles}
    sources, sources_cut = cut(
        [line for one in words for line in source_lines(one, articles)], limits.sources, "article"
    )
    unchanged, unchanged_cut = cut(
        [f"{one.number}. {one.title} ({one.size})" for one in words if one.place.standing == "unchanged"],
        limits.stories,
        "story",
        "stories",
    )
    failures, failures_cut = cut(_failures(edition, limits), limits.failures, "line", "lines")
    quotes = [_quotes(one) for one in shown]
    return EditionView(
        title=fitted(wording.shown(edition.title), limits.chars),
        dateline=f"Edition of {_WEEKDAYS[edition.day.weekday()]} {long_day(edition.day)}",
        subject=fitted(wording.shown(edition.subject), _MAX_LINE),
        preheader=fitted(wording.shown(edition.preheader), _MAX_LINE),
        banners=tuple(_banners(edition, limits)),
        bottom_line=fitted(wording.shown(edition.bottom_line), max(limits.chars, 320)),
        changes_title=f"What changed since the edition of {long_day(edition.previous)}"
        if edition.previous
        else "What is told, in this first edition",
        changes=tuple(changes_part(one, limits) for one in shown),
        stories_cut=more(len(told) - len(shown), "changed story", "changed stories"),
        unchanged=unchanged,
        unchanged_cut=unchanged_cut,
        figures=tuple(part for one in shown for part in figure_parts(one, limits)),
        claims=tuple(
            part
            for one, said in zip(shown, quotes, strict=True)
            if (part := claims_part(one, limits, said)) is not None
        ),
        events=tuple(events for one in shown if (events := events_part(one, limits)) is not None),
        gaps=tuple(gaps for one in shown if (gaps := gaps_part(one, limits)) is not None),
        alone=_alone([one for one in shown if len(one.story.articles) == 1]),
        sources=sources,
        sources_cut=sources_cut,
        coverage=tuple(_coverage(edition)),
        failures=failures,
        failures_cut=failures_cut,
        page=web_link(edition.page or ""),
        made_by=tuple(fitted(line, limits.chars) for line in _made_by(edition)),
    )


def numbered_stories(edition: Edition) -> tuple[StoryView, ...]:
    """The stories of the edition in its order, numbered as in its view."""
    views = []
    before = 0
    for number, place in enumerate(edition.order, 1):
        story = edition.story(place.story)
        views.append(story_view(number, story, before, "briefs"))
        before += len(story.articles)
    return tuple(views)


def counted(problems: Sequence[EditionProblem]) -> int:
    """How many items these lines stand for."""
    return sum(one.items for one in problems)


def long_day(day: date) -> str:
    """ "19 January 2022"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _alone(words: Sequence[StoryWords]) -> str:
    """Which stories nobody else confirms."""
    numbers = wording.names([str(one.number) for one in words]) if words else ""
    if len(words) == 1:
        return f"Story {numbers} rests on one article: nothing in it is confirmed by another one."
    return (
        f"Stories {numbers} rest on one article each: nothing in them is confirmed by another one."
        if words
        else ""
    )


def _quotes(words: StoryWords) -> frozenset[str]:
    rows, _ = change_rows(words)
    return frozenset(row.now.words for row in rows if row.now)


def _banners(edition: Edition, limits: Limits) -> Iterator[tuple[str, str]]:
    if edition.correction is not None:
        corrected = f"Corrects the edition of {long_day(edition.day)}: "
        yield "Correction", corrected + fitted(wording.shown(edition.correction.reason), limits.chars)
    if edition.state == "failed":
        yield (
            "Failed",
            "This is a notice to whoever runs the briefing. It does not say that there is no news: "
            f"nothing is known. {_capital(fitted(edition.why, limits.chars))}.",
        )
    elif edition.state == "degraded":
        yield "Degraded", f"Not everything could be read: {fitted(edition.why, limits.chars)}."
    missed = [long_day(day) for day in edition.covers if day != edition.day]
    if missed:
        days = fitted(wording.names(missed), limits.chars)
        yield "Late", f"Covers {days} too, for which no edition was sent."


def _coverage(edition: Edition) -> Iterator[str]:
    states = Counter(one.state for one in edition.sources)
    failed, sources = states["failed"], wording.count(len(edition.sources), "source")
    yield f"{sources} checked: {len(edition.sources) - failed} answered, {failed} failed."
    items, new = sum(one.items for one in edition.sources), sum(one.new for one in edition.sources)
    read = edition.collection.coverage.read if edition.collection else 0
    folded = sum(len(story.reprints) for story in edition.collection.all_stories) if edition.collection else 0
    duplicates = wording.count(edition.duplicates, "duplicate")
    yield f"{wording.count(items, 'item')} listed, {new} new, {duplicates} folded."
    excluded = f"{counted(edition.excluded)} excluded{_kinds(edition.excluded)}"
    yield (
        f"{wording.count(read, 'article')} read, {counted(edition.problems)} failed, {excluded}, "
        f"{wording.count(folded, 'reprint')} folded."
    )
    if edition.notices:
        number = counted(edition.notices)
        pages = "its page" if number == 1 else "their pages"
        yield (
            f"{wording.count(number, 'article')} read from the feed's own text: {pages} could not be used"
            f"{_kinds(edition.notices)}."
        )
    since = f"From {_instant(edition.since)} to" if edition.since else "Up to"
    yield f"{since} {_instant(edition.until)}."


def _kinds(problems: Sequence[EditionProblem]) -> str:
    kinds: Counter[str] = Counter()
    for one in problems:
        kinds[wording.shown(one.kind)] += one.items
    told = ", ".join(f"{fitted(kind, 60)}: {number}" for kind, number in kinds.most_common(5))
    return f" ({told})" if told else ""


def _failures(edition: Edition, limits: Limits) -> list[str]:
    lines = [
        f"Source failed: {wording.shown(one.name)}: {wording.shown(one.reason or 'no reason given')}"
        for one in edition.sources
        if one.state == "failed"
    ]
    named = (
        ("Failed", edition.problems),
        ("Excluded", edition.excluded),
        ("Read from its feed", edition.notices),
    )
    for told, problems in named:
        lines += [
            f"{told}: {wording.shown(one.url or one.source)} ({wording.shown(one.kind)}): "
            f"{wording.shown(one.reason)}"
            for one in problems
        ]
    return [fitted(line, limits.chars) for line in lines]


def _made_by(edition: Edition) -> Iterator[str]:
    run = edition.run
    yield f"Run {wording.shown(run.id)}, made {_instant(run.made)}."
    prompt = f"prompt {wording.shown(run.prompt)}" if run.prompt else "no prompt"
    yield f"Engine {wording.shown(run.engine)}, {prompt}, summarizer {wording.shown(run.version)}."
    tokens = run.tokens.input + run.tokens.output
    used = f", {tokens:,} tokens" if tokens else ""
    yield f"Cost {'not known' if run.cost_usd is None else f'{run.cost_usd:.4f} US dollars'}{used}."


def _instant(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} {instant.tzname() or ''}".rstrip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
