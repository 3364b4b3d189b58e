"""Briefs as they come, in a folder of Parquet files: one file a batch, written whole or not at all.

A run that was stopped takes from them what is there and sends out the rest; a data frame reads the folder as
one table. A row names what made it (`made_by`), and is taken again only for the same article, by the same
build and engine. Articles that failed have rows without a brief, and are read again.
"""

from __future__ import annotations

import hashlib
import uuid
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from summarizer.errors import MissingExtra, OutputProblem
from summarizer.pipeline import Failed, Result
from summarizer.records.article import Article
from summarizer.records.brief import Brief
from summarizer.result_shelf import ResultShelf, spooled_results
from summarizer.scaling.batches import Batch
from summarizer.scaling.identity import own_identity

#: Columns, all of them text; null where there is nothing to say.
COLUMNS = ("id", "source", "article_sha256", "published", "language", "made_by", "brief", "failed", "reason")


@dataclass(slots=True)
class Shards:
    """The folder. `engine` is what briefs are made by, as `--model` calls it.

    Raises:
        MissingExtra: pyarrow isn't installed.
        OutputProblem: the folder can't be read or written, or holds a broken file.
    """

    folder: Path
    engine: str
    _places: dict[str, tuple[Path, int]] = field(default_factory=dict)
    _open: tuple[Path, list[str | None]] | None = None

    def __post_init__(self) -> None:
        if find_spec("pyarrow") is None:
            raise MissingExtra("--shards", "pyarrow", "scale")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for path in sorted(self.folder.glob("*.parquet")):
                columns = (self._column(path, name) for name in ("article_sha256", "made_by", "failed"))
                for row, (article, made_by, failed) in enumerate(zip(*columns, strict=True)):
                    if article is not None and made_by == self.made_by and failed is None:
                        self._places[article] = path, row
        except OSError as error:
            raise self._problem(self.folder, error) from error

    @property
    def made_by(self) -> str:
        """What a row must have been made by to be taken again."""
        return f"{self.engine}@{own_identity().mark}"

    def brief_of(self, article: Article) -> Brief | None:
        """The brief that is there, or None."""
        place = self._places.get(_sha256(article))
        if place is None:
            return None
        path, row = place
        if self._open is None or self._open[0] != path:
            self._open = path, self._column(path, "brief")
        content = self._open[1][row]
        assert content is not None  # else it would have no place
        return Brief.from_json(content, f"{path}, row {row}")

    def keep(self, articles: Sequence[Article], results: Sequence[Result]) -> None:
        """One more file with the results of `articles`."""
        import pyarrow
        import pyarrow.parquet

        rows = [self._row(article, result) for article, result in zip(articles, results, strict=True)]
        schema = pyarrow.schema([(name, pyarrow.string()) for name in COLUMNS])
        path = self.folder / f"briefs-{uuid.uuid4().hex}.parquet"
        part = path.with_suffix(".part")
        try:
            pyarrow.parquet.write_table(
                pyarrow.Table.from_pylist(rows, schema=schema), part, compression="zstd"
            )
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise self._problem(path, error) from error

    def _row(self, article: Article, result: Result) -> dict[str, str | None]:
        row: dict[str, str | None] = dict.fromkeys(COLUMNS)
        row |= {
            "id": article.id,
            "source": article.source,
            "article_sha256": _sha256(article),
            "published": article.published.date,
            "language": article.language,
            "made_by": self.made_by,
        }
        if isinstance(result, Failed):
            return row | {"failed": result.record.kind, "reason": result.record.reason}
        return row | {"brief": result.model_dump_json(by_alias=True)}

    def _column(self, path: Path, name: str) -> list[str | None]:
        import pyarrow
        import pyarrow.parquet

        try:
            found: list[str | None] = pyarrow.parquet.read_table(path, columns=[name])[name].to_pylist()
        except (pyarrow.ArrowException, KeyError) as error:
            raise self._problem(path, error) from error
        return found

    def _problem(self, path: Path, error: Exception) -> OutputProblem:
        said = getattr(error, "strerror", None) or str(error).splitlines()[0]
        return OutputProblem(str(path), f"shards of briefs: {said}")


class Resumed:
    """The result of each article: from `shards` where they have a brief (None: they have none), else made.

    All of them lie on a shelf on disk.
    """

    def __init__(
        self, articles: Iterable[Article], shards: Shards | None, watch: Callable[[Result], None]
    ) -> None:
        self._articles, self._shards, self._watch = articles, shards, watch
        self._missing = array("Q")
        self._results = ResultShelf(spooled_results())

    def missing(self) -> Iterator[Article]:
        """The articles that have none, in order; `watch` sees the briefs of the others."""
        for position, article in enumerate(self._articles):
            brief = None if self._shards is None else self._shards.brief_of(article)
            if brief is None:
                self._missing.append(position)
                yield article
            else:
                self._results.put(position, brief)
                self._watch(brief)

    def keep(self, batch: Batch[Article, Result], results: Sequence[Result]) -> None:
        """Take results that were made, and add them to the shards."""
        if self._shards is not None:
            self._shards.keep(batch.items, results)
        self.take(batch, results)

    def take(self, batch: Batch[Article, Result], results: Iterable[Result]) -> None:
        """Take results; the articles of `batch` are some of `missing`."""
        for place, result in enumerate(results, batch.first):
            self._results.put(self._missing[place], result)

    def in_order(self) -> Sequence[Result]:
        """A result for each article."""
        return self._results.in_order()


def _sha256(article: Article) -> str:
    """Of text and metadata alike: a brief repeats the headline and date of its article."""
    return hashlib.sha256(article.model_dump_json(by_alias=True).encode()).hexdigest()
