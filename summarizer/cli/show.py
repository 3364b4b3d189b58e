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
    from summarizer.records.stories import Stories
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
    from summarizer.records.digest import Digest

    settings = settings_with()
    made: Digest | Stories | None
    briefs: Sequence[Brief]
    if document is None:
        run = last_run(settings)
        made, briefs, where = run.digest or run.stories, run.briefs, "the last run"
        texts = {one.id: one for one in run.articles}
        found = _found(item, made, briefs)
    else:
        made, briefs = read_documents(document)
        where = str(document)
        found = _found(item, made, briefs)
        cited = [place.article for place in found.places] if found else []
        known = texts_of(cited, articles or (), settings)
        texts = {one: candidates[0] for one, candidates in known.items()}
    if found is None:
        way_out = "Ids are printed with every line; among several briefs, name the article too, as in 2/f3."
        if made is not None and not isinstance(made, Digest):
            way_out = "Ids are printed with every line, with the number of the story, as in 2:C3."
        raise UnknownItem(item, where, way_out)
    write_out(_written(found, texts), "-")


def _found(wanted: str, made: Digest | Stories | None, briefs: Sequence[Brief]) -> Item | None:
    """The item in a digest, in briefs, or in the story that its ref names."""
    from dataclasses import replace

    from summarizer.records.digest import Digest
    from summarizer.rendering.lookup import find_item
    from summarizer.rendering.view_stories import find_story

    if made is None or isinstance(made, Digest):
        return find_item(wanted, made, briefs)
    in_story = find_story(wanted, made)
    if in_story is None:
        return None
    place, ref = in_story
    by_id = {brief.article.id: brief for brief in briefs}
    of_story = [by_id[one] for one in place.story.articles if one in by_id]
    item = find_item(ref, place.story.digest, of_story)
    if item is None:
        return None
    places = tuple(replace(one, ref=place.outside(one.ref)) for one in item.places)
    return replace(item, ref=wanted, places=places)


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
