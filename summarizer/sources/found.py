"""What a format reader hands on: an article's text and whatever its file says about it.

The shape between the readers and `articles`, which completes it. A field that the file doesn't state is
None; nothing is guessed here.
"""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.errors import SourceError
from summarizer.records.article import Published


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """One article inside one input.

    `text` may still hold CRLF or decomposed characters. `published` is what the file states about the
    article itself, never a page's or a file's own date. `place` tells records of one file apart in
    messages (":12" a line, "[3]" an index) and is "" where a file holds one article.
    """

    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: Published | None = None
    origin: str | None = None
    language: str | None = None
    id: str | None = None
    place: str = ""


#: Records of one file fail one by one, so a reader yields errors beside articles.
Found = FoundArticle | SourceError


def stated(date: str | None) -> Published | None:
    """A date from an article's own metadata as a record; None stays None."""
    return Published(date=date, basis="stated") if date else None
