"""The figures and claims of a digest, or of all stories, as two tables: CSV or Parquet.

Pure; Parquet needs the extra `parquet`. One row for every point of a series and every voice of a claim, so
that nothing is summed or folded; the cluster ids group them (`claims.groupby(["story", "claim"])`). Every
row has its quote and where it stands.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Literal, TypeAlias

from summarizer.errors import MissingExtra
from summarizer.records.article import ArticleHeader
from summarizer.records.digest import Digest, FigureSeries
from summarizer.records.stories import Stories

Kind = Literal["text", "texts", "integer", "number"]
Cell: TypeAlias = str | int | float | tuple[str, ...] | None
Row: TypeAlias = tuple[Cell, ...]

_ARTICLE: Mapping[str, Kind] = {"article": "text", "title": "text", "outlet": "text", "published": "text"}
_QUOTE: Mapping[str, Kind] = {"quote": "text", "start": "integer", "end": "integer"}
CLAIM_COLUMNS: Mapping[str, Kind] = {
    "story": "text", "claim": "text", "proposition": "text", "state": "text", "origins": "integer",
    "member": "text", **_ARTICLE, "speakers": "texts", "via": "text", "sourcing": "text",
    "polarity": "text", "certainty": "text", "cues": "texts", "when": "text", "text": "text",
    "origin": "text", **_QUOTE,
}  # fmt: skip
FIGURE_COLUMNS: Mapping[str, Kind] = {
    "story": "text", "series": "text", "quantity": "text", "unit": "text", "status": "text", "member": "text",
    **_ARTICLE, "value": "number", "value_high": "number", "bound": "text", "as_of": "text",
    "counted": "text", "place": "text", "source": "text", "via": "text", "disagrees_with": "texts", **_QUOTE,
}  # fmt: skip
#: What spreadsheets run as a formula when a cell begins with it; such a cell gets an apostrophe in front.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Rows(Collection[Row]):
    """Rows made anew at every look; counted once they are asked for."""

    def __init__(self, made: Callable[[], Iterator[Row]]) -> None:
        self._made = made
        self._count: int | None = None

    def __iter__(self) -> Iterator[Row]:
        count = 0
        for row in self._made():
            count += 1
            yield row
        self._count = count

    def __len__(self) -> int:
        if self._count is None:
            self._count = sum(1 for _ in self._made())
        return self._count

    def __contains__(self, row: object) -> bool:
        return any(row == one for one in self)


#: Rows that become a part of the columns together; it shows nowhere in the file.
_ROWS_AT_ONCE = 4_096


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under typed columns; a "texts" cell holds several."""

    name: Literal["claims", "figures"]
    columns: Mapping[str, Kind]
    rows: Rows


def tables_of(document: Digest | Stories) -> tuple[Table, Table]:
    """Claims and figures; the column `story` is empty for a digest."""

    def rows(of: Callable[[str, Digest], Iterator[Row]]) -> Iterator[Row]:
        if isinstance(document, Digest):
            yield from of("", document)
            return
        for story in document.all_stories:
            yield from of(story.id, story.digest)

    return (
        Table("claims", CLAIM_COLUMNS, Rows(lambda: rows(_claims))),
        Table("figures", FIGURE_COLUMNS, Rows(lambda: rows(_figures))),
    )


def as_csv(table: Table) -> str:
    """RFC 4180, as `pandas.read_csv` takes it; several texts in a cell are joined by "; "."""
    return b"".join(csv_lines(table)).decode()


def csv_lines(table: Table) -> Iterator[bytes]:
    """The same row by row, in UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in chain((tuple(table.columns),), (tuple(map(_cell, row)) for row in table.rows)):
        writer.writerow(row)
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()


def as_parquet(table: Table) -> bytes:
    """Parquet with lists as lists, for `pandas.read_parquet` and others; only its columns are held.

    Raises:
        MissingExtra: pyarrow isn't installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra("--format parquet", "pyarrow", "parquet") from error
    kinds: Mapping[Kind, Any] = {
        "text": pyarrow.string(),
        "texts": pyarrow.list_(pyarrow.string()),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
    }
    schema = pyarrow.schema([(name, kinds[kind]) for name, kind in table.columns.items()])
    rows, parts = iter(table.rows), []
    while part := list(islice(rows, _ROWS_AT_ONCE)):
        columns = zip(zip(*part, strict=True), schema.types, strict=True)
        arrays = [pyarrow.array(map(_plain, cells), kind) for cells, kind in columns]
        parts.append(pyarrow.RecordBatch.from_arrays(arrays, schema=schema))
    out = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_batches(parts, schema), out)
    return out.getvalue()


def _claims(story: str, digest: Digest) -> Iterator[Row]:
    headers = {header.id: header for header in digest.articles}
    names = {actor.id: actor.name for actor in digest.actors}
    for cluster in digest.claims:
        for voice in cluster.voices:
            for span in voice.evidence:
                yield (
                    story, cluster.id, cluster.text, cluster.state, cluster.origins, voice.member,
                    *_article(headers.get(voice.article), voice.article),
                    tuple(names.get(one, one) for one in voice.speakers),
                    names.get(voice.via, voice.via) if voice.via else None,
                    voice.sourcing, voice.polarity, voice.certainty, voice.cues, voice.when, voice.text,
                    voice.origin, span.quote, span.start, span.end,
                )  # fmt: skip


def _figures(story: str, digest: Digest) -> Iterator[Row]:
    headers = {header.id: header for header in digest.articles}
    names = {actor.id: actor.name for actor in digest.actors}
    for series in digest.figures:
        for point in series.points:
            span = point.evidence[0]
            yield (
                story, series.id, series.quantity, series.unit, point.status, point.member,
                *_article(headers.get(point.article), point.article),
                point.value, point.value_high, point.bound, point.as_of, point.counted, point.place,
                names.get(point.source, point.source) if point.source else None,
                names.get(point.via, point.via) if point.via else None,
                _disagreeing(series, point.member), span.quote, span.start, span.end,
            )  # fmt: skip


def _disagreeing(series: FigureSeries, member: str) -> tuple[str, ...]:
    return tuple(
        one.b if one.a == member else one.a
        for one in series.relations
        if one.relation == "differ_in_source" and member in (one.a, one.b)
    )


def _article(header: ArticleHeader | None, article: str) -> tuple[Cell, ...]:
    if header is None:
        return article, None, None, None
    return article, header.title, header.outlet, header.published.date


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        cell = "; ".join(cell)
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell


def _plain(cell: Cell) -> str | int | float | list[str] | None:
    return list(cell) if isinstance(cell, tuple) else cell
