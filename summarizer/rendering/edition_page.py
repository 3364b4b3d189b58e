"""The page of an edition: what its mail says, uncut, then every story with figures, claims and articles.

Pure. The top is the same `EditionView` that the mail shows; the stories are those of `page_stories`, in the
edition's order and with its numbers, so that "[3]" in the mail is source 3 here, with its text and its spans.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.records.edition import Edition
from summarizer.rendering import wording
from summarizer.rendering.edition_view import numbered_stories, view_edition
from summarizer.rendering.markup import Markup, element, join
from summarizer.rendering.page import page_document
from summarizer.rendering.page_article import Cited, cited_spans
from summarizer.rendering.page_stories import story_section
from summarizer.rendering.view_edition import ChangeRow, ChangesPart, EditionView, Quoted, StoryPart

#: Statements of a new story that stand at the top; all of them stand among its claims.
_FIRST_STATEMENTS = 8


@dataclass(frozen=True, slots=True)
class _Top:
    """What the page says at its top and end."""

    title: str
    caution: str
    made_by: str


def render_edition_page(edition: Edition) -> str:
    """The whole page, with the texts of the edition's articles as evidence."""
    view = view_edition(edition)
    stories = numbered_stories(edition)
    articles = {article.id: article for article in edition.articles}
    of_stories = [cited_spans(story.view, articles) for story in stories]
    cited = Cited({span: refs for one in of_stories for span, refs in one.refs.items()})
    content = [
        *(
            element("p", element("strong", f"{name}. "), text, class_="disagree")
            for name, text in view.banners
        ),
        _section("Bottom line", "bottom-line", [element("p", view.bottom_line, class_="bottom")]),
        *_changes(view),
        *(story_section(story, one, articles) for story, one in zip(stories, of_stories, strict=True)),
        *_gaps(view),
        _section("Coverage of the edition", "edition-coverage", _coverage(view)),
    ]
    made_by = " ".join(view.made_by).rstrip(".")
    return page_document(_Top(view.title, view.caution, made_by), view.dateline, cited, content)


def _changes(view: EditionView) -> Iterator[Markup]:
    parts: list[Markup] = [part for one in view.changes for part in _change_part(one)]
    if view.unchanged:
        parts += [element("h3", "Nothing new on"), _list(view.unchanged)]
    if parts:
        yield _section(view.changes_title, "changes", parts)


def _change_part(part: ChangesPart) -> Iterator[Markup]:
    yield _heading(part)
    yield element("p", part.about, class_="quiet")
    shown = part.rows[:_FIRST_STATEMENTS] if part.fresh else part.rows
    if shown:
        yield element("ul", *(element("li", *_change(row)) for row in shown), class_="voices")
    if len(shown) < len(part.rows):
        left = wording.count(len(part.rows) - len(shown), "more statement")
        yield element("p", f"… {left} among the story's claims, below.", class_="quiet")


def _change(row: ChangeRow) -> Iterator[str]:
    if row.kind:
        yield element("strong", f"{row.kind}.")
        yield " "
    if row.about:
        yield f"{row.about}: "
    if row.now:
        yield _quoted(row.now)
    if row.denial:
        yield element("div", element("strong", "Denied."), " ", _quoted(row.denial))
    if row.before:
        yield element("div", element("span", "Before:", class_="quiet"), " ", _quoted(row.before))
    if row.reason:
        yield element("div", row.reason, class_="quiet")


def _quoted(one: Quoted) -> Markup:
    stance = f"({one.stance})" if one.stance else ""
    who = [element("strong", one.who), " " if stance else ""] if one.who else []
    colon = ": " if one.who else " " if stance else ""
    words = join([element("mark", piece.text) if piece.cue else piece.text for piece in one.pieces])
    place = element("a", one.place, href=f"#article-{one.source}") if one.source else one.place
    return join([*who, stance, colon, "“", words, "” ", element("span", place, class_="quiet")])


def _gaps(view: EditionView) -> Iterator[Markup]:
    parts: list[Markup] = [element("p", view.alone)] if view.alone else []
    for part in view.gaps:
        parts += [_heading(part), _list(part.rows)]
    if parts:
        yield _section("Gaps and open questions", "gaps", parts)


def _coverage(view: EditionView) -> list[Markup]:
    lines = [element("p", line) for line in view.coverage]
    return [*lines, *([_list(view.failures)] if view.failures else [])]


def _heading(part: StoryPart) -> Markup:
    return element("h3", element("a", part.heading, href=f"#story-{part.number}"))


def _list(lines: Sequence[str]) -> Markup:
    return element("ul", *(element("li", line) for line in lines))


def _section(title: str, name: str, content: Sequence[Markup]) -> Markup:
    heading = element("h2", title, id=f"{name}-heading")
    return element("section", heading, *content, id=name, aria_labelledby=f"{name}-heading")
