"""Find what a user refers to: the last run, documents in files, and the articles that they are about."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.cli.output import say
from summarizer.errors import NoInput, SchemaViolation, StoreProblem, Unreadable

if TYPE_CHECKING:
    from summarizer.records.article import Article
    from summarizer.records.brief import Brief
    from summarizer.records.digest import Digest
    from summarizer.records.stories import StoryCollection
    from summarizer.settings import Settings
    from summarizer.store.runs import Run


def last_run(settings: Settings) -> Run:
    """The newest run in the store.

    Raises:
        NoInput: no run is remembered.
        StoreProblem: the store can't be read.
    """
    from summarizer.store.runs import FILE_NAME, open_store

    run = None
    if (settings.home / FILE_NAME).exists():
        opened = open_store(settings.home)
        with opened.store as store:
            if opened.notice:
                say(f"Warning: {opened.notice}")
            run = store.last_run()
    if run is None:
        raise NoInput("No run is remembered yet. Make a digest first, or name a document with --in FILE.")
    return run


def json_documents(path: Path) -> list[Any]:
    """The JSON documents of a file ("-" for standard input): one object, an array, or one a line.

    Raises:
        Unreadable: the file can't be read.
        SchemaViolation: it isn't JSON.
    """
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Unreadable(str(path), reason, "Check the name and its permissions.") from error
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SchemaViolation(str(path), "$", raw[:40], "is not UTF-8 text") from error
    lines = [line for line in content.splitlines() if line.strip()]
    try:
        document = json.loads(content)
        return document if isinstance(document, list) else [document]
    except (ValueError, RecursionError) as error:
        if len(lines) < 2 or not lines[0].rstrip().endswith("}"):
            raise SchemaViolation(str(path), "$", content[:40], f"is not JSON ({error})") from error
    documents = []
    for number, line in enumerate(lines, 1):
        try:
            documents.append(json.loads(line))
        except (ValueError, RecursionError) as error:
            raise SchemaViolation(f"{path}:{number}", "$", line[:40], f"is not JSON ({error})") from error
    return documents


def read_documents(path: Path) -> tuple[Digest | StoryCollection | None, tuple[Brief, ...]]:
    """The digest, the stories, or else the briefs, that a file holds.

    Raises:
        Unreadable, SchemaViolation: as `json_documents`, or it holds something else.
    """
    from summarizer.records.brief import Brief
    from summarizer.records.digest import Digest
    from summarizer.records.stories import StoryCollection
    from summarizer.schemas import validate_document

    documents = json_documents(path)
    kinds = {validate_document(document, str(path)) for document in documents}
    if kinds == {"digest/1"} and len(documents) == 1:
        return Digest.from_json(json.dumps(documents[0]), str(path)), ()
    if kinds == {"stories/1"} and len(documents) == 1:
        return StoryCollection.from_json(json.dumps(documents[0]), str(path)), ()
    if kinds == {"brief/1"}:
        return None, tuple(Brief.from_json(json.dumps(document), str(path)) for document in documents)
    found = ", ".join(sorted(kinds)) or "nothing"
    raise SchemaViolation(str(path), "$", found, "must be one digest, stories, or briefs")


def texts_of(ids: Iterable[str], paths: Sequence[str], settings: Settings) -> dict[str, tuple[Article, ...]]:
    """For each article id, the articles that it may mean: in `paths`, else what the store has, newest first.

    An id that is nowhere is missing.
    """
    from summarizer.sources import LoadOptions, load_articles
    from summarizer.store.runs import FILE_NAME, open_store

    found: dict[str, tuple[Article, ...]] = {}
    if paths:
        loaded = load_articles(paths, LoadOptions(max_bytes=settings.max_bytes))
        found = {article.id: (article,) for article in loaded.articles}
    missing = [one for one in dict.fromkeys(ids) if one not in found]
    if missing and (settings.home / FILE_NAME).exists():
        try:
            with open_store(settings.home).store as store:
                found.update({one: stored for one in missing if (stored := store.articles_called(one)[::-1])})
        except StoreProblem as problem:
            say(f"Warning: {problem}")
    return found
