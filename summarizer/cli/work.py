"""The steps that `brief` and `digest` share: load, tell what failed, remember the run."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from summarizer.cli.options import cores
from summarizer.cli.output import say, terminal_width, wants_color, with_progress
from summarizer.errors import StoreProblem

if TYPE_CHECKING:
    from summarizer.pipeline import Engine, Passed
    from summarizer.records.base import Record
    from summarizer.records.brief import Brief
    from summarizer.records.digest import FailedArticle
    from summarizer.records.stories import Stories, Story
    from summarizer.rendering.text import TextOptions
    from summarizer.rendering.view import View
    from summarizer.settings import Settings
    from summarizer.sources import LoadResult
    from summarizer.store.runs import Run

#: What the rules engine is, in one honest line.
_RULES_NOTICE = (
    "Made by the rules engine, without a language model: every quote is verbatim, but items are missed and "
    "some are misread; English only. Verify before use. --model openai/NAME asks a language model."
)


def load(paths: Sequence[str], settings: Settings, *, english: bool, jobs: int | None = None) -> LoadResult:
    """All articles that the paths stand for. Raises NoInput when they stand for nothing.

    Without `english` a model is asked: its briefs are kept for a second run, and so is what loading finds.
    """
    from summarizer.records.article import Article
    from summarizer.sources import LoadOptions, load_articles
    from summarizer.sources.marked_before import MarkedBefore
    from summarizer.store.spool import spooled

    if "-" in paths and sys.stdin is not None and sys.stdin.isatty():
        say("Reading from the terminal: end the article with Ctrl-D.")
    options = LoadOptions(max_bytes=settings.max_bytes, require_english=english)
    with nullcontext() if english else MarkedBefore(settings.home) as before:
        loaded = load_articles(paths, options, shelf=spooled(Article), before=before, jobs=jobs or cores())
    for duplicate in loaded.duplicates:
        say(f"Duplicate, read once: {duplicate.source} repeats {duplicate.repeats}")
    return loaded


def watched(results: Iterable[Passed], total: int) -> Iterator[Passed]:
    """Results as they pass, with progress on a terminal."""
    return with_progress(results, total, "Reading articles")


def processes(asked: int | None, articles: int) -> int:
    """How many processes to use: what was asked for, or as many as pay."""
    from summarizer.pipeline import jobs_for

    return asked or jobs_for(articles, cores())


def checked_json(record: Record, name: str) -> str:
    """A document as JSON, checked against its published schema before it leaves. Raises SchemaViolation."""
    from summarizer.schemas import validate_document

    validate_document(record.to_dict(), name)
    return record.to_json()


def checked_and_packed(brief: Brief) -> bytes:
    """A brief packed as `checked_json` writes it: what is unpacked is ready to be written."""
    from summarizer.records.packed import pack_json

    return pack_json(checked_json(brief, brief.article.id))


def checked_stories(stories: Stories) -> Iterator[str]:
    """`checked_json` of a collection, a story at a time: the same bytes, and the whole is never held."""
    from summarizer.records.digest import Coverage
    from summarizer.records.stories import StoryCollection
    from summarizer.schemas import validate_document

    def alone_in_a_collection(story: Story) -> StoryCollection:
        nothing = Coverage(read=0)
        return StoryCollection(stories=(story,), alone=(), coverage=nothing, provenance=stories.provenance)

    rest = StoryCollection(stories=(), alone=(), coverage=stories.coverage, provenance=stories.provenance)
    start, end = checked_json(rest, "digest").split(' "stories": [],\n "alone": [],\n', 1)
    yield start
    for name, part in (("stories", stories.stories), ("alone", stories.alone)):
        yield f' "{name}": [' + ("\n" if part else "")
        for place, story in enumerate(part):
            validate_document(alone_in_a_collection(story).to_dict(), f"digest, story {story.id}")
            written = story.to_json().rstrip("\n").replace("\n", "\n  ")
            yield f"  {written}" + (",\n" if place + 1 < len(part) else "\n")
        yield " ],\n" if part else "],\n"
    yield end


def rendered_text(view: View, target: str, everything: bool) -> str:
    """A view as text: for a terminal's width and colours, plainly for everything else."""
    from summarizer.rendering.text import render_text

    return render_text(view, text_options(target, everything))


def text_options(target: str, everything: bool) -> TextOptions:
    """How text is laid out for a target."""
    from summarizer.rendering.text import PLAIN_WIDTH, TextOptions

    width = terminal_width() if target == "-" else None
    short = None if everything else TextOptions().short
    return TextOptions(width or PLAIN_WIDTH, color=width is not None and wants_color(), short=short)


def tell_failures(failed: Iterable[FailedArticle]) -> None:
    """One line for every input that gave no brief, with reason and way out."""
    for one in failed:
        say(f"Failed ({one.kind}): {one.source}: {one.reason}")


def tell_engine(engine: Engine, quiet: bool) -> None:
    """The honest line on how the briefs were made."""
    if engine.kind == "rules" and not quiet:
        say(_RULES_NOTICE)


def remember(run: Run, settings: Settings) -> None:
    """Keep the run for `summarizer show`. A store that can't be used costs a warning, never the run."""
    from summarizer.store.runs import open_store

    try:
        opened = open_store(settings.home)
        with opened.store as store:
            if opened.notice:
                say(f"Warning: {opened.notice}")
            store.save(run)
    except StoreProblem as problem:
        say(f"Warning: this run isn't remembered, so `summarizer show` won't find it: {problem}")


def now() -> str:
    """The time as runs are stamped with it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
