"""An article as it was loaded (contract, section 1).

All offsets in this package are Unicode code points, half-open `[start, end)`, into `Article.text`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from summarizer.records.base import Record

DateBasis = Literal["stated", "inferred", "unknown"]
LineRole = Literal["headline", "body", "caption", "boilerplate", "meta"]


class Published(Record):
    """When an article appeared, and how we know."""

    date: str | None = Field(
        description="ISO 8601 calendar date, or null when the basis is unknown.", examples=["2022-01-19"]
    )
    basis: DateBasis = Field(
        description="stated: a dateline or the article's own metadata. inferred: from the text. "
        "unknown: neither (date is null)."
    )


UNDATED = Published(date=None, basis="unknown")


class Line(Record):
    """One line of the text and what it is on the page. Marked, never cut."""

    start: int
    end: int
    role: LineRole
    repeats: int | None = Field(
        default=None, description="Index of the earlier or fuller line that says the same, or null."
    )


class ArticleHeader(Record):
    """Which article a brief or gold file is about."""

    id: str = Field(description="Stable: from the file name or the content.", min_length=1)
    title: str | None
    outlet: str | None
    origin: str | None = Field(
        description="Outlet or agency that the whole article says it relays, or null.",
        examples=["Bloomberg"],
    )
    published: Published
    language: str = Field(description="ISO 639-1 code.", examples=["en"])


class Article(ArticleHeader):
    """An article with its text. `text` is NFC, without BOM, with line feeds; else unchanged."""

    schema_: Literal["article/1"] = Field(default="article/1", alias="schema")
    source: str = Field(description="Path or address as it was given; '-' for standard input.")
    url: str | None = None
    text: str
    lines: tuple[Line, ...] = Field(default=(), description="Every line of `text` in order, with its role.")

    @field_validator("text")
    @classmethod
    def _has_text(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("an article needs text")
        return text

    @property
    def header(self) -> ArticleHeader:
        """The part that briefs carry."""
        return ArticleHeader(
            id=self.id,
            title=self.title,
            outlet=self.outlet,
            origin=self.origin,
            published=self.published,
            language=self.language,
        )
