"""What a briefing collects: its sources, the stretch of time, and what every source gave.

Locations are shown without user names and passwords.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import AwareDatetime, Field

from summarizer.records.article import Article
from summarizer.records.base import Record, Text
from summarizer.records.edition import EditionProblem, EditionSource

SourceKind = Literal["feed", "jsonfeed", "opml", "url", "folder"]


class SourceSpec(Record):
    """One source of the configuration."""

    kind: SourceKind = Field(
        description="feed: RSS or Atom. jsonfeed: JSON Feed. opml: a list of feeds. url: one page. "
        "folder: files that `digest` reads."
    )
    location: Text = Field(description="Address or path.")
    name: Text | None = Field(default=None, description="As readers know it; null: its own title.")


class Window(Record):
    """Articles of this stretch of time are collected."""

    since: AwareDatetime | None = Field(description="From here on; null: there was no edition yet.")
    until: AwareDatetime = Field(description="Up to here.")


class FeedItem(Record):
    """One item of a feed, as it is remembered."""

    key: Text = Field(description="What it is known by: its address without tracking, else its own id.")
    url: str | None = Field(description="Its address, or null.")
    title: str = Field(description="Its title as text.")
    published: AwareDatetime | None = Field(description="When it was published, or null.")
    text: str = Field(description="What the feed itself carries of it, as text.")
    has_page: bool = Field(
        default=True,
        description="False: most items of its feed share its address, so the article is the feed's text.",
    )


@dataclass(frozen=True, slots=True)
class Collected:
    """What all sources gave for one edition.

    `keys` are those of the items that the articles were made of, and of what they repeat: once the edition is
    sent, `FeedMemory.mark_sent` is told, so that the next one leaves them out. `notices` are no failures: an
    item that was read from the feed because its page could not be had.
    """

    articles: tuple[Article, ...]
    sources: tuple[EditionSource, ...]
    problems: tuple[EditionProblem, ...]
    excluded: tuple[EditionProblem, ...]
    notices: tuple[EditionProblem, ...]
    duplicates: int
    keys: tuple[str, ...]
