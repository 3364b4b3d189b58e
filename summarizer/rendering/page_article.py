"""The articles at the end of a page, every cited span marked in its place, with a way back.

Pure. Spans may cross, so they can't be nested elements: the text is cut at every border into flat pieces,
each with the classes of all spans that cover it. A style rule per span lights up all its pieces when the
span is the page's target; that needs no script.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.records.article import Article
from summarizer.rendering.markup import Markup, element, is_live
from summarizer.rendering.view import SourceRow, Span, View
from summarizer.rendering.wording import replace_unseen

#: Look of a span that is the page's target, written once per span in `target_rules`.
_TARGET_STYLE = "background:var(--target);color:var(--target-text);outline:2px solid var(--focus)"


@dataclass(frozen=True, slots=True)
class Cited:
    """Every span that a view cites, with the refs that cite it, in order of the text."""

    refs: Mapping[Span, Sequence[str]]

    def of_source(self, number: int) -> list[Span]:
        """The spans of one source, by start, longer first."""
        return sorted(
            (span for span in self.refs if span.source == number), key=lambda span: (span.start, -span.end)
        )


def cited_spans(view: View, articles: Mapping[str, Article]) -> Cited:
    """The spans of `view` that can be shown: those inside an article whose text is at hand."""
    lengths = {row.number: len(articles[row.id].text) for row in view.sources if row.id in articles}
    refs: dict[Span, list[str]] = defaultdict(list)
    for ref, spans in _citations(view):
        for span in spans:
            if span.start < span.end <= lengths.get(span.source, 0) and ref not in refs[span]:
                refs[span].append(ref)
    return Cited({span: tuple(found) for span, found in refs.items() if found})


def _citations(view: View) -> Iterable[tuple[str, Sequence[Span]]]:
    for table in (*view.figures, *view.outlook):
        yield from ((row.ref, row.spans) for row in table.rows)
    for group in view.claims:
        yield from ((voice.ref, voice.spans) for row in group.rows for voice in row.voices)


def span_anchor(span: Span) -> str:
    """The id of a span on the page."""
    return f"e{span.source}-{span.start}-{span.end}"


def ref_anchor(ref: str) -> str:
    """The id of an item's line on the page: "2/f3" is "i-2-f3"."""
    return "i-" + "".join(char if char.isascii() and char.isalnum() else "-" for char in ref)


def target_rules(cited: Cited) -> str:
    """Style rules that light up a span's pieces when the span is the page's target."""
    rules = []
    for span in cited.refs:
        name = span_anchor(span)
        rules.append(f"#{name}:target~.{name}{{{_TARGET_STYLE}}}")
    return "\n".join(rules)


def article_section(source: SourceRow, article: Article, cited: Cited) -> Markup:
    """One article with its spans marked."""
    url = article.url or ""
    link = element("a", url, href=url, rel="noreferrer nofollow") if is_live(url) else url or None
    head = [element("h3", element("span", f"{source.number} ", class_="ref"), source.name)]
    head.append(element("p", *_about(source, link), class_="quiet"))
    pieces = _pieces(article, cited.of_source(source.number), cited)
    text = element("div", *pieces, class_="text", lang=article.language)
    return element("section", *head, text, id=f"article-{source.number}", class_="article")


def _about(source: SourceRow, link: str | None) -> Iterable[str]:
    yield f"{source.id}; {source.dated}"
    if source.outlet:
        yield f"; {source.outlet}"
    if source.relays:
        yield f"; relays {source.relays}"
    if link:
        yield "; "
        yield link


def _pieces(article: Article, spans: Sequence[Span], cited: Cited) -> Iterable[Markup | str]:
    """The text in flat pieces, in order; where a span starts, its anchor and ways back stand before it."""
    furniture = [line for line in article.lines if line.role not in ("headline", "body")]
    borders = {0, len(article.text)}
    borders.update(*((span.start, span.end) for span in spans))
    borders.update(*((line.start, line.end) for line in furniture))
    cuts = sorted(border for border in borders if 0 <= border <= len(article.text))
    starting: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        starting[span.start].append(span)
    aside = iter(sorted(furniture, key=lambda line: line.start))
    line = next(aside, None)
    covering: list[Span] = []
    for start, end in pairwise(cuts):
        covering = [span for span in covering if span.end > start] + starting[start]
        for span in starting[start]:
            yield from _ways_back(span, cited)
        while line and line.end <= start:
            line = next(aside, None)
        classes = [span_anchor(span) for span in covering]
        if covering:
            classes.append("q")
        if line and line.start <= start:
            classes.append("aside")
        text = replace_unseen(article.text[start:end])
        yield element("span", text, class_=" ".join(classes)) if classes else text


def _ways_back(span: Span, cited: Cited) -> Iterable[Markup]:
    for number, ref in enumerate(cited.refs[span]):
        yield element(
            "a",
            ref.rpartition("/")[2],
            id=span_anchor(span) if number == 0 else None,
            class_="back",
            href=f"#{ref_anchor(ref)}",
            aria_label=f"back to {ref}",
        )
