"""Plain text and Markdown: the text as it is, with the metadata that a front matter states.

A front matter stays in the text; its lines are marked as meta by `line_roles`.
"""

from __future__ import annotations

import re

from summarizer.sources.date_stamps import iso_date
from summarizer.sources.found import FoundArticle, stated

#: A front matter longer than this is none: the dashes are a rule, then.
_MAX_FRONT_MATTER_LINES = 60
_FIELD = re.compile(r"([A-Za-z][\w -]{0,30}):[ \t]*(.*)$")
_TITLE_KEYS = ("title", "headline")
_DATE_KEYS = ("date", "published", "pubdate", "publishdate", "published_at", "date_published")
_OUTLET_KEYS = ("outlet", "publisher", "publication", "site", "sitename", "source")
_URL_KEYS = ("url", "link", "canonical", "source_url")


def read_text(text: str) -> FoundArticle:
    """The whole text; title and date are settled from its lines later."""
    return FoundArticle(text)


def read_markdown(text: str) -> FoundArticle:
    """The whole text with the fields of its front matter (``---`` lines with ``key: value`` between)."""
    fields = front_matter(text)

    def first(keys: tuple[str, ...]) -> str | None:
        return next((fields[key] for key in keys if fields.get(key)), None)

    outlet, url = first(_OUTLET_KEYS), first(_URL_KEYS)
    if outlet and outlet.startswith(("http://", "https://")):
        outlet, url = None, url or outlet
    date = first(_DATE_KEYS)
    return FoundArticle(
        text,
        title=first(_TITLE_KEYS),
        outlet=outlet,
        url=url,
        published=stated(iso_date(date) if date else None),
    )


def front_matter(text: str) -> dict[str, str]:
    """Simple fields between two ``---`` lines at the very top, keys in lower case; {} where there are none.

    A small part of YAML: one field a line, quotes taken off. Lists and nested values are passed over.
    """
    lines = text.lstrip("\n").split("\n", _MAX_FRONT_MATTER_LINES + 1)
    if lines[0].strip() != "---":
        return {}
    fields: dict[str, str] = {}
    for line in lines[1:]:
        if line.strip() in ("---", "..."):
            return fields
        if field := _FIELD.match(line):
            value = field.group(2).strip()
            if value[:1] in "\"'" and value[-1:] == value[:1] and len(value) > 1:
                value = value[1:-1]
            fields.setdefault(field.group(1).strip().lower().replace("-", "_"), value)
    return {}
