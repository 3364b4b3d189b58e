"""A `View` as one self-contained HTML page: no script, no remote asset, every line linked to its evidence.

Pure. The quotes on a line lead to the article at the page's end with the span lit up, and the small labels
in the article lead back. A content security policy in the page forbids scripts and anything remote.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Protocol

from summarizer.records.article import Article
from summarizer.rendering import wording
from summarizer.rendering.markup import Markup, document_parts, element, join, style_sheet
from summarizer.rendering.page_article import (
    Cited,
    article_section,
    cited_spans,
    target_rules,
)
from summarizer.rendering.page_lines import (
    actor_line,
    claim_group,
    event_line,
    figure_table,
    group_anchor,
    question_line,
    ref_links,
    source_line,
)
from summarizer.rendering.view import CitedLine, View


def render_page(view: View, articles: Mapping[str, Article]) -> str:
    """The whole page. `articles` by id; quotes of an article that isn't there are shown without a link."""
    cited = cited_spans(view, articles)
    return page_document(view, view.subtitle, cited, page_sections(view, cited, articles))


class Titled(Protocol):
    """What a page of whatever kind says at its top and at its end."""

    @property
    def title(self) -> str: ...

    @property
    def caution(self) -> str: ...

    @property
    def made_by(self) -> str: ...


def page_document(page: Titled, subtitle: str, cited: Cited, content: Iterable[Markup]) -> str:
    """A page around its content, with the style, policy, top and end that all pages have."""
    return "".join(page_parts(page, subtitle, target_rules(cited), content))


def page_parts(page: Titled, subtitle: str, rules: str, content: Iterable[Markup]) -> Iterator[str]:
    """The same part by part; `rules` are the `target_rules` of all spans that the page cites."""
    css = _style() + rules
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = (
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", page.title),
        style_sheet(css),
    )
    main = element("main", Markup("\0"), id="main").split("\0")
    before, after = (
        join((_top(page, subtitle), Markup(main[0])), "\n"),
        join((Markup(main[1]), _foot(page)), "\n"),
    )
    yield from document_parts(head, chain((before,), content, (after,)))


def page_sections(
    view: View, cited: Cited, articles: Mapping[str, Article], prefix: str = ""
) -> list[Markup]:
    """The sections of one digest or brief; `prefix` keeps their ids apart from those of another one."""
    sections = _sections(view, cited, articles, prefix)
    return [section for section in sections if section is not None]


def _top(page: Titled, subtitle: str) -> Markup:
    return element(
        "header",
        element("a", "Skip to the content", href="#main", class_="skip"),
        element("h1", page.title),
        element("p", subtitle, class_="quiet") if subtitle else None,
        element("p", page.caution, class_="caution"),
    )


def _sections(
    view: View, cited: Cited, articles: Mapping[str, Article], prefix: str
) -> Iterator[Markup | None]:
    known = _known_refs(view)
    yield _summary(view, known, prefix)
    yield _contents(view, prefix)
    yield _section("Figures", prefix + "figures", [figure_table(table, cited) for table in view.figures])
    outlook: list[Markup | None] = [figure_table(table, cited) for table in view.outlook]
    if outlook:
        outlook.insert(0, element("p", "Not facts, and never mixed with the figures above.", class_="quiet"))
    yield _section("Planned or possible figures", prefix + "outlook", outlook)
    yield _section("Claims", prefix + "claims", [claim_group(group, cited, prefix) for group in view.claims])
    events = [event_line(row, known) for row in view.timeline]
    yield _section("Timeline", prefix + "timeline", _items("events", events))
    questions = [question_line(row, known) for row in view.questions]
    yield _section("Open questions", prefix + "questions", _items("questions", questions))
    actors = [actor_line(row) for row in view.actors]
    yield _section("Who is who", prefix + "actors", _items("sources", actors))
    sources = [source_line(row, articles) for row in view.sources]
    yield _section("Sources", prefix + "sources", _items("sources", sources))
    yield _section("Coverage", prefix + "coverage", _coverage(view))
    texts = [article_section(row, articles[row.id], cited) for row in view.sources if row.id in articles]
    yield _section("The articles", prefix + "articles", texts)


def _section(title: str, name: str, content: Sequence[Markup | None]) -> Markup | None:
    if not content:
        return None
    heading = element("h2", title, id=f"{name}-heading")
    return element("section", heading, *content, id=name, aria_labelledby=f"{name}-heading")


def _items(class_: str, rows: Sequence[Markup]) -> list[Markup]:
    return [element("ul", *rows, class_=class_)] if rows else []


def _known_refs(view: View) -> frozenset[str]:
    """Refs that have a line of their own on the page, so that a link to them leads somewhere."""
    refs = {table.id for table in (*view.figures, *view.outlook) if table.id}
    for table in (*view.figures, *view.outlook):
        refs.update(ref for row in table.rows for ref in (row.ref, row.series))
    for group in view.claims:
        refs.update(row.id for row in group.rows)
        refs.update(voice.ref for row in group.rows for voice in row.voices)
    refs.update(row.id for row in view.timeline)
    refs.update(row.id for row in view.questions)
    return frozenset(refs - {""})


def _summary(view: View, known: frozenset[str], prefix: str) -> Markup | None:
    def line(one: CitedLine, class_: str | None = None) -> Markup:
        return element("p", one.text, ref_links(one.cites, known), class_=class_)

    content = [line(view.bottom_line, "bottom")] if view.bottom_line else []
    content += [line(one) for one in view.summary]
    return _section("Bottom line", prefix + "summary", content)


def _contents(view: View, prefix: str) -> Markup:
    """Where to find what, with how much there is of it."""
    figures = sum(len(table.rows) for table in view.figures)
    outlook = sum(len(table.rows) for table in view.outlook)
    sizes = [
        ("figures", wording.count(figures, "figure")),
        ("outlook", f"{outlook} planned or possible"),
        *((group_anchor(group), f"{len(group.rows)} {group.title.casefold()}") for group in view.claims),
        ("timeline", wording.count(len(view.timeline), "dated event")),
        ("questions", wording.count(len(view.questions), "open question")),
        ("sources", wording.count(len(view.sources), "source")),
    ]
    links = [
        element("li", element("a", text, href=f"#{prefix}{name}"))
        for name, text in sizes
        if not text.startswith("0 ")
    ]
    return element("nav", element("ul", *links), class_="on-page", aria_label=f"What is in: {view.title}")


def _coverage(view: View) -> list[Markup]:
    rows = [
        *(element("li", f"Failed: {row.source} ({row.kind}): {row.reason}") for row in view.failed),
        *(element("li", f"Duplicate, read once: {one}") for one in view.duplicates),
        *(
            element(
                "li",
                element("span", f"{row.ref} ", class_="ref"),
                f"refused ({row.part}, {row.code}): {row.reason}",
                f" “{row.quote}”" if row.quote else None,
            )
            for row in view.refused
        ),
    ]
    return [element("p", view.coverage), *_items("sources", rows)]


def _foot(page: Titled) -> Markup:
    return element(
        "footer",
        element("p", f"Made by: {page.made_by}.", class_="quiet"),
        element("p", page.caution, class_="caution"),
    )


@cache
def _style() -> str:
    return files("summarizer.rendering").joinpath("page.css").read_text(encoding="utf-8")
