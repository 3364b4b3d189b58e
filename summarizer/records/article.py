"""An article as it was loaded (contract, section 1).

All offsets in this package are Unicode code points, half-open `[start, end)`, into `Article.text`.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import ConfigDict, Field, model_validator

from summarizer.records.base import Record, Text

DateBasis = Literal["stated", "inferred", "unknown"]
LineRole = Literal["headline", "body", "caption", "boilerplate", "meta"]


class Published(Record):
    """When an article appeared, and how we know."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"basis": {"const": "unknown"}}},
            "then": {"properties": {"date": {"type": "null", "description": "unknown basis: no date"}}},
            "else": {"properties": {"date": {"type": "string", "description": "a basis needs its date"}}},
        }
    )

    date: str | None = Field(
        pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
        description="ISO 8601 calendar date (or only month or year, where no more can be told), or null when "
        "the basis is unknown.",
        examples=["2022-01-19", None],
    )
    basis: DateBasis = Field(
        description="stated: a dateline or the article's own metadata. inferred: from the text. "
        "unknown: neither (date is null)."
    )

    @model_validator(mode="after")
    def _date_has_its_basis(self) -> Self:
        if (self.date is None) != (self.basis == "unknown"):
            raise ValueError("a date is null if and only if its basis is unknown")
        return self


UNDATED = Published(date=None, basis="unknown")


class Line(Record):
    """One line of the text and what it is on the page. Marked, never cut."""

    start: int = Field(ge=0, description="Offset of its first character in the article's text.")
    end: int = Field(ge=0, description="Offset after its last character, before the line feed.")
    role: LineRole = Field(description="What the line is on the page: only headline and body are the story.")
    repeats: int | None = Field(
        default=None, description="Index of the earlier or fuller line that says the same, or null."
    )


class ArticleHeader(Record):
    """Which article a brief or gold file is about."""

    id: Text = Field(
        description="Stable: from the file name or the content.", examples=["blinken-arrives-in-kiev"]
    )
    title: str | None = Field(description="The headline, or null.")
    outlet: str | None = Field(description="Who published it, or null.", examples=["BBC News", None])
    origin: str | None = Field(
        description="Outlet or agency that the whole article says it relays, or null.",
        examples=["Bloomberg", None],
    )
    published: Published = Field(description="When it appeared, and how we know.")
    language: str = Field(description="ISO 639-1 code.", examples=["en"])


class Article(ArticleHeader):
    """An article with its text. `text` is NFC, without BOM, with line feeds; else unchanged."""

    schema_: Literal["article/1"] = Field(
        default="article/1", alias="schema", description="Name and version of this document's schema."
    )
    source: str = Field(description="Path or address as it was given; '-' for standard input.")
    url: str | None = Field(default=None, description="Where it was published, or null.")
    text: Text = Field(
        description="The article as it was loaded. All offsets in briefs count its Unicode code points."
    )
    lines: tuple[Line, ...] = Field(default=(), description="Every line of `text` in order, with its role.")

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
