"""Labels shown in their article: one HTML page, two annotators side by side.

Pure but for the style sheet that ships with the package. Nested and overlapping spans are marked by cutting
the text at every boundary; a piece carries the ids of all items that stand on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from summarizer.evaluation.report import page
from summarizer.records.gold import GoldBrief


def labels_page(title: str, text: str, annotators: Sequence[tuple[str, GoldBrief]]) -> str:
    """The page of one article; one or two annotators, each with a name."""
    columns = [
        f"<div><h2>{escape(name)}</h2><div class=text>{_marked(text, gold)}</div>{_tables(gold)}</div>"
        for name, gold in annotators
    ]
    sides = f"<div class=sides>{''.join(columns)}</div>" if len(columns) > 1 else columns[0]
    return page(title, f"<h1>{escape(title)}</h1>{sides}")


def _marked(text: str, gold: GoldBrief) -> str:
    spans = [
        (span.start, span.end, part, item.id)
        for part, items in (("claims", gold.claims), ("actors", gold.actors), ("figures", gold.figures))
        for item in items
        for span in (*item.evidence, *getattr(item, "also", ()))
        if text[span.start : span.end] == span.quote
    ]
    cuts = sorted({0, len(text), *(s for s, *_ in spans), *(e for _, e, *_ in spans)})
    pieces = []
    for start, end in pairwise(cuts):
        on = [(part, name) for s, e, part, name in spans if s <= start and end <= e]
        words = escape(text[start:end])
        if not on:
            pieces.append(words)
            continue
        ids = " ".join(name for _, name in on)
        begins = " ".join(name for s, _, _, name in spans if s == start)
        classes = " ".join(sorted({part for part, _ in on}))
        mark = f"<sup>{escape(begins)}</sup>" if begins else ""
        pieces.append(f'{mark}<span class="{classes}" title="{escape(ids)}">{words}</span>')
    return "".join(pieces)


def _tables(gold: GoldBrief) -> str:
    actors = [
        (a.id, a.nugget, a.name, a.kind, a.role or "–", ", ".join(a.aliases) or "–") for a in gold.actors
    ]
    figures = [
        (
            f.id,
            f.nugget,
            f"{f.value:g}" + (f" to {f.value_high:g}" if f.value_high is not None else ""),
            f.unit,
            f.counted,
            f"{f.bound}, {f.status}",
            f"{f.source or 'article'}{f' via {f.via}' if f.via else ''}, {f.as_of or 'undated'}",
        )
        for f in gold.figures
    ]
    claims = [
        (
            c.id,
            c.nugget,
            c.text,
            f"{', '.join(c.speakers) or 'article'}{f' via {c.via}' if c.via else ''} ({c.sourcing})",
            f"{c.polarity}, {c.certainty}",
            ", ".join(c.cues) or "–",
        )
        for c in gold.claims
    ]
    return "".join(
        f"<h3>{name}</h3><div class=wide><table class=labels><tbody>"
        + "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
        + "</tbody></table></div>"
        for name, rows in (("Actors", actors), ("Figures", figures), ("Claims", claims))
    )
