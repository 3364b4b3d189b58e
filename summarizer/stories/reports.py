"""What the story stage reads of an article: its headline, its own words, when and by whom it was published.

Pure. A report can be made from an article or, where the text isn't at hand, from its brief, whose quotes are
the greater part of the text; the same pile gives nearly the same stories either way.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TypeAlias

from summarizer.records.article import Article
from summarizer.records.brief import Brief
from summarizer.stories.candidates import days_of

#: Undated, first day, hash, id.
Age: TypeAlias = tuple[bool, int, str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """An article as the story stage sees it. `body` has no page furniture; `sha256` is of the whole text."""

    id: str
    title: str
    body: str
    published: str | None
    outlet: str | None
    sha256: str


def report_of_article(article: Article) -> Report:
    """From an article: its headline and body lines; all of its text where no line is marked as body."""
    body = "\n".join(article.text[line.start : line.end] for line in article.lines if line.role == "body")
    return Report(
        id=article.id,
        title=article.title or "",
        body=body or article.text,
        published=article.published.date,
        outlet=article.outlet,
        sha256=hashlib.sha256(article.text.encode()).hexdigest(),
    )


def report_of_brief(brief: Brief) -> Report:
    """From a brief: the quotes of its claims, in the order of the text."""
    spans = sorted({(one.start, -one.end, one.quote) for claim in brief.claims for one in claim.evidence})
    kept: list[str] = []
    reached = 0
    for start, negative_end, quote in spans:
        if start >= reached:
            kept.append(quote)
            reached = -negative_end
    header = brief.article
    body = "\n".join(kept)
    return Report(
        id=header.id,
        title=header.title or "",
        body=body,
        published=header.published.date,
        outlet=header.outlet,
        sha256=brief.provenance.text_sha256
        or hashlib.sha256(f"{header.id}\n{header.title}\n{body}".encode()).hexdigest(),
    )


def age_of(report: Report) -> Age:
    """What reports are sorted by, the earliest first and undated ones last; no two are of one age."""
    days = days_of(report.published)
    return days is None, days.first if days else 0, report.sha256, report.id
