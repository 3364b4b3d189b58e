"""`summarizer show`: an item with every quote that carries it, marked in its place in the article."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.options import ArticlesOption, settings_with
from summarizer.cli.output import wants_color, write_out
from summarizer.errors import UnknownItem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from summarizer.records.article import Article
    from summarizer.records.brief import Brief
    from summarizer.records.digest import Digest
    from summarizer.rendering.lookup import Item

ItemArgument = Annotated[
    str, typer.Argument(metavar="ID", help="As printed: C3, S1, 2/f3 or dock-strike/f3.", show_default=False)
]
InOption = Annotated[
    Path | None,
    typer.Option(
        "--in", metavar="FILE", help="A brief or digest as JSON. Default: the last run.", show_default=False
    ),
]


def show(item: ItemArgument, document: InOption = None, articles: ArticlesOption = None) -> None:
    """Show an item's quotes in context.

    The item comes from the last run, or from a document (--in).
    """
    from summarizer.cli.found import last_run, read_documents, texts_of
    from summarizer.rendering.lookup import find_item

    settings = settings_with()
    digest: Digest | None
    briefs: Sequence[Brief]
    if document is None:
        run = last_run(settings)
        digest, briefs, where = run.digest, run.briefs, "the last run"
        texts = {one.id: one for one in run.articles}
    else:
        digest, briefs = read_documents(document)
        where = str(document)
        headers = digest.articles if digest else [one.article for one in briefs]
        known = texts_of([header.id for header in headers], articles or (), settings)
        texts = {one: candidates[0] for one, candidates in known.items()}
    found = find_item(item, digest, briefs)
    if found is None:
        way_out = "Ids are printed with every line; among several briefs, name the article too, as in 2/f3."
        raise UnknownItem(item, where, way_out)
    write_out(_written(found, texts), "-")


def _written(item: Item, texts: Mapping[str, Article]) -> str:
    from summarizer.rendering.lookup import context_of

    mark, end = ("\x1b[1;7m", "\x1b[0m") if wants_color() else ("", "")
    lines = [f"{item.ref}  {item.heading}"]
    for place in item.places:
        lines += ["", f"{place.ref}  {place.about}"]
        article = texts.get(place.article)
        where = f"{place.article}, characters {place.start}-{place.end}"
        if article is None:
            lines += [f"   {where} (its text isn't at hand: give --articles PATH)", f"   “{place.words}”"]
            continue
        if place.end > len(article.text):
            where += " (beyond the end: this is another text than the brief was made from)"
        context = context_of(place, article.text)
        lines += [f"   {where}", f"   {context.before}{mark}⟦{context.quote}⟧{end}{context.after}"]
    return "\n".join(lines) + "\n"
