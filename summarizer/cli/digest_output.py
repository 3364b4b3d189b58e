"""Write a digest, or stories, in the layouts and to the places that were asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.cli.options import DigestFormat, format_of
from summarizer.cli.output import say, write_file, write_parts
from summarizer.errors import UsageProblem
from summarizer.records.digest import Digest
from summarizer.store.spool import ById

if TYPE_CHECKING:
    from summarizer.records.article import Article
    from summarizer.records.stories import Stories

_TABLES = (DigestFormat.CSV, DigestFormat.PARQUET)


def write_documents(
    document: Digest | Stories,
    articles: Sequence[Article],
    made_from: str,
    targets: Sequence[str],
    layout: DigestFormat | None,
    *,
    everything: bool,
) -> None:
    """Write `document` to every target. Tables are two files each, and are told on standard error.

    Raises:
        UsageProblem: tables to standard output, where two of them can't be told apart.
        OutputProblem: a file can't be written.
        MissingExtra: Parquet without pyarrow.
    """
    targets = list(dict.fromkeys(targets))
    chosen = [
        (target, format_of(target, layout, DigestFormat.TEXT, alone=len(targets) == 1)) for target in targets
    ]
    for target, kind in chosen:
        if kind in _TABLES and target == "-":
            raise UsageProblem(
                f"--format {kind} makes two tables, claims and figures: give a file, as in -o today.{kind}."
            )
    for target, kind in chosen:
        if kind in _TABLES:
            _write_tables(document, kind, Path(target))
        else:
            write_parts(_laid_out(document, articles, made_from, kind, target, everything), target)


def _write_tables(document: Digest | Stories, kind: DigestFormat, path: Path) -> None:
    """`today.csv` is written as today-claims.csv and today-figures.csv."""
    from summarizer.rendering.export_tables import as_parquet, csv_lines, tables_of

    for table in tables_of(document):
        file = path.with_name(f"{path.stem}-{table.name}.{kind}")
        parts = as_parquet(table) if kind is DigestFormat.PARQUET else csv_lines(table)
        write_file(parts, file)
        say(f"{file}: {len(table.rows)} rows")


def _laid_out(
    document: Digest | Stories,
    articles: Sequence[Article],
    made_from: str,
    kind: DigestFormat,
    target: str,
    everything: bool,
) -> Iterable[str]:
    """The output in parts: of many stories, the whole is never held."""
    from summarizer.cli import work

    if kind is DigestFormat.JSONLD:
        from summarizer.rendering.export_jsonld import jsonld_parts

        return jsonld_parts(document, articles)
    if not isinstance(document, Digest):
        return _stories_laid_out(document, articles, made_from, kind, target, everything)
    if kind is DigestFormat.JSON:
        return (work.checked_json(document, "digest"),)
    from summarizer.rendering.markdown import render_markdown
    from summarizer.rendering.page import render_page
    from summarizer.rendering.view_digest import view_digest

    view = view_digest(document, made_from)
    if kind is DigestFormat.TEXT:
        return (work.rendered_text(view, target, everything),)
    if kind is DigestFormat.MARKDOWN:
        return (render_markdown(view),)
    return (render_page(view, {article.id: article for article in articles}),)


def _stories_laid_out(
    document: Stories,
    articles: Sequence[Article],
    made_from: str,
    kind: DigestFormat,
    target: str,
    everything: bool,
) -> Iterable[str]:
    from summarizer.cli import work
    from summarizer.rendering.page_stories import stories_page_parts
    from summarizer.rendering.stories import stories_markdown_parts, stories_text_parts
    from summarizer.rendering.view_stories import view_stories

    if kind is DigestFormat.JSON:
        return work.checked_stories(document)
    stories = view_stories(document, made_from)
    if kind is DigestFormat.TEXT:
        return stories_text_parts(stories, work.text_options(target, everything))
    if kind is DigestFormat.MARKDOWN:
        return stories_markdown_parts(stories)
    return stories_page_parts(stories, ById(articles))
