"""Files, folders, patterns and standard input become articles.

Start with `load_articles` (everything at once) or `iter_articles` (as they are read). What happens to one
input, in this order:

    inputs     which files the user means                         (files, folders, globs, "-")
    reading    bytes, bounded, from ordinary files only
    formats    what the bytes are, and the reader for it          (text, web page, JSON, PDF, mail)
    decoding   bytes to Unicode, NFC, line feeds
    articles   language, line roles, date, origin, id -> Article

Nothing is cut from a text: menus, captions and bylines are marked by role (`line_roles`). An input that
can't be read is named with the reason and a way out, and the others go on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarizer.sources.loading import (
        Duplicate,
        LoadOptions,
        LoadResult,
        article_from_text,
        iter_articles,
        load_articles,
    )

__all__ = ["Duplicate", "LoadOptions", "LoadResult", "article_from_text", "iter_articles", "load_articles"]


def __getattr__(name: str) -> Any:
    """Resolve the public names on first use, so that importing the package costs next to nothing."""
    if name in __all__:
        from summarizer.sources import loading

        return getattr(loading, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
