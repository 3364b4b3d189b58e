"""Load articles: every input becomes an article, a failure with its reason, or a duplicate of another.

`iter_articles` reads one input after the other, so a thousand files need the memory of one; `load_articles`
collects them. One bad input never costs the others: what goes wrong with it is a `FailedArticle`. Only
inputs that stand for nothing at all raise.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

from summarizer.errors import SourceError, UsageProblem
from summarizer.records.article import Article, Published
from summarizer.records.digest import Coverage, FailedArticle
from summarizer.sources.articles import build_article, checked_language, checked_text
from summarizer.sources.decoding import normalise
from summarizer.sources.formats import format_of, read_format
from summarizer.sources.found import Found, FoundArticle
from summarizer.sources.identifiers import Namer, duplicate_key
from summarizer.sources.inputs import InputFile, expand_inputs
from summarizer.sources.marked_before import MarkedBefore, article_marked, marks_key
from summarizer.sources.marking import Unmarked, marked
from summarizer.sources.reading import open_file, read_stream, standard_input, too_large, unreadable
from summarizer.store.spool import Shelf

DEFAULT_MAX_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How inputs are read.

    `max_bytes` bounds a file, and in .jsonl files a line. `require_english` refuses other languages, as the
    rules engine needs; a model reads them. `encoding` overrules detection.

    Raises:
        UsageProblem: `max_bytes` is not positive, or Python knows no such encoding.
    """

    max_bytes: int = DEFAULT_MAX_BYTES
    require_english: bool = False
    encoding: str | None = None

    def __post_init__(self) -> None:
        if self.max_bytes < 1:
            raise UsageProblem(f"max_bytes is {self.max_bytes}; it must be at least 1.")
        if self.encoding is not None:
            try:
                "".encode(self.encoding)
            except (LookupError, ValueError, TypeError) as error:
                raise UsageProblem(
                    f"There is no text encoding {self.encoding!r}. Use a name like utf-8 or cp1252."
                ) from error


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An input whose text repeats an earlier article but for white space."""

    source: str
    repeats: str
    """Id of the article that it repeats."""


@dataclass(frozen=True, slots=True)
class LoadResult:
    """Everything that a run's inputs held, in the order of the inputs.

    `skipped` are files in folders and patterns that were left alone, as they are in no format we read (or a
    README); they are no failures.
    """

    articles: Sequence[Article]
    failed: tuple[FailedArticle, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def coverage(self) -> Coverage:
        """The part of it that a digest reports."""
        return Coverage(
            read=len(self.articles),
            failed=self.failed,
            duplicates=tuple(one.source for one in self.duplicates),
        )


_DEFAULTS = LoadOptions()
Items: TypeAlias = Sequence[InputFile | SourceError]
Outcome: TypeAlias = Unmarked | Article | FailedArticle | Duplicate


def load_articles(
    inputs: Sequence[str | Path],
    options: LoadOptions = _DEFAULTS,
    stdin: BinaryIO | None = None,
    shelf: Shelf[Article] | None = None,
    before: MarkedBefore | None = None,
    jobs: int = 1,
) -> LoadResult:
    """Read all inputs: files, folders, glob patterns, and "-" for standard input.

    `stdin` stands in for the process's standard input. Articles are put on `shelf`, which many of them need;
    without one, they are held in memory as a tuple. Marks of texts are taken from `before`, and kept there.
    With `jobs` above 1, that many processes mark the texts of large runs.

    Raises:
        NoInput: there are no inputs, or nothing to read in any of them.
    """
    expansion = expand_inputs(inputs)
    articles: Shelf[Article] = [] if shelf is None else shelf
    failed: list[FailedArticle] = []
    duplicates: list[Duplicate] = []
    run = _Run(expansion.items, options, before)
    for outcome in marked(run.outcomes(stdin), jobs, run.keep):
        match outcome:
            case Article():
                articles.append(outcome)
            case FailedArticle():
                failed.append(outcome)
            case Duplicate():
                duplicates.append(outcome)
    held = tuple(articles) if shelf is None else shelf
    return LoadResult(held, tuple(failed), tuple(duplicates), expansion.skipped)


def iter_articles(
    inputs: Sequence[str | Path], options: LoadOptions = _DEFAULTS, stdin: BinaryIO | None = None
) -> Iterator[Article | FailedArticle | Duplicate]:
    """The same one by one, as they are read, with the same ids.

    Raises:
        NoInput: at once, before the first is asked for.
    """
    run = _Run(expand_inputs(inputs).items, options)
    return marked(run.outcomes(stdin), 1, run.keep)


def article_from_text(text: str, *, article_id: str | None = None, title: str | None = None,
                      published: str | None = None, source: str = "-") -> Article:  # fmt: skip
    """An article from a text in memory, as a file with that text would give it.

    `published` is an ISO date that the caller vouches for.

    Raises:
        SourceError: the text is empty or holds what is no text.
        UsageProblem: `published` is no ISO date.
    """
    from summarizer.sources.date_stamps import is_date

    if published is not None and not is_date(published):
        raise UsageProblem(f"published is {published!r}; write it as YYYY-MM-DD.")
    date = Published(date=published, basis="stated") if published else None
    found = FoundArticle(text, title=title, published=date, id=article_id)
    checked = checked_text(found, source)
    language = checked_language(checked, found, source, require_english=False)
    name = Namer(()).name(checked, own_id=article_id, path=None, is_alone=True, url=None, title=title)
    return build_article(found, checked, language, name, source)


def failure(error: SourceError) -> FailedArticle:
    """An input's error as the record that travels on: what is wrong and the way out."""
    return FailedArticle(source=error.source, kind=error.kind, reason=f"{error.reason}. {error.way_out}")


class _Run:
    """What one run has read so far: ids and texts that later articles may repeat."""

    def __init__(self, items: Items, options: LoadOptions, before: MarkedBefore | None = None) -> None:
        self._items, self._options, self._before = items, options, before
        self._namer = Namer(_real(item.path) for item in items if isinstance(item, InputFile) and item.path)
        self._seen: dict[str, str] = {}

    def outcomes(self, stdin: BinaryIO | None) -> Iterator[Outcome]:
        """All that the inputs hold, in order."""
        for item in self._items:
            if isinstance(item, SourceError):
                yield failure(item)
                continue
            try:
                for found in _alone_or_placed(_read_file(item, self._options, stdin)):
                    yield self._complete(found, item)
            except SourceError as error:
                yield failure(error)

    def _complete(self, found: Found, item: InputFile) -> Outcome:
        if isinstance(found, SourceError):
            return failure(found)
        shown = item.shown + found.place
        english = self._options.require_english
        marks = None
        try:
            text = checked_text(found, shown)
            key = duplicate_key(text)
            if key in self._seen:
                return Duplicate(shown, self._seen[key])
            if self._before is not None:
                marks = self._before.find(marks_key(found, text, require_english=english))
            language = "" if marks else checked_language(text, found, shown, require_english=english)
        except SourceError as error:
            return failure(error)
        title = normalise(found.title) if found.title else None
        name = self._namer.name(
            text, own_id=found.id, path=item.path, is_alone=not found.place, url=found.url, title=title
        )
        self._seen[key] = name
        if marks:
            return article_marked(marks, name, shown, text)
        return Unmarked(found, text, language, name, shown)

    def keep(self, unmarked: Unmarked, article: Article) -> None:
        """The marks of an article, for the next run."""
        if self._before is not None:
            english = self._options.require_english
            key = marks_key(unmarked.found, unmarked.text, require_english=english)
            self._before.keep(key, article)


def _alone_or_placed(found: Iterator[Found]) -> Iterator[Found]:
    """A file that lists one single article is a file of one article: its name is the file's."""
    from dataclasses import replace

    first = next(found, None)
    if first is None:
        return
    second = next(found, None)
    if second is None and isinstance(first, FoundArticle):
        yield replace(first, place="")
        return
    yield first
    if second is not None:
        yield second
        yield from found


def _real(path: Path) -> Path:
    """The file itself, so that one file given twice isn't taken for two of the same name."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a link that leads in a circle; reading it will say so
        return path


def _read_file(item: InputFile, options: LoadOptions, stdin: BinaryIO | None) -> Iterator[Found]:
    if item.path is None:
        stream = stdin if stdin is not None else standard_input()
        try:
            raw = read_stream(stream, item.shown, options.max_bytes)
        except OSError as error:
            raise unreadable(item.shown, error) from error
        yield from read_format(None, raw, item.shown, options.encoding)
        return
    form = format_of(item.path, item.shown)
    with open_file(item.path, item.shown) as stream:
        if form == "json_lines" and not _has_wide_mark(stream):
            yield from _read_lines(stream, item.shown, options)
            return
        raw = read_stream(stream, item.shown, options.max_bytes)
    yield from read_format(form, raw, item.shown, options.encoding)


def _has_wide_mark(stream: BinaryIO) -> bool:
    """Whether a file is UTF-16 or UTF-32, whose lines can't be told by bytes."""
    mark = stream.read(2)
    stream.seek(0)
    return mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _read_lines(stream: BinaryIO, shown: str, options: LoadOptions) -> Iterator[Found]:
    """The records of a .jsonl file one by one, so that its length doesn't matter."""
    from summarizer.errors import EmptyInput
    from summarizer.sources.decoding import decode
    from summarizer.sources.json_articles import read_json_line

    number, empty = 0, True
    while line := stream.readline(options.max_bytes + 1):
        number += 1
        place = f"{shown}:{number}"
        if len(line) > options.max_bytes:
            while line and not line.endswith(b"\n"):
                line = stream.readline(options.max_bytes)
            empty = False
            yield too_large(place, options.max_bytes)
        elif line.removeprefix(codecs.BOM_UTF8).strip():
            empty = False
            try:
                decoded = decode(line, place, forced=options.encoding)
            except SourceError as error:
                yield error
                continue
            yield from read_json_line(decoded, number, shown)
    if empty:
        raise EmptyInput(shown, "there is no record in it", "Write one JSON object a line.")
