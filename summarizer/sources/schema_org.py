"""schema.org NewsArticle in JSON-LD, alone in a file or inside a web page.

Finds the article nodes in any usual arrangement: one object, an array, an `@graph` whose nodes point to
each other by `@id`. Reads what they state; judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summarizer.sources.date_stamps import iso_date
from summarizer.sources.found import FoundArticle, stated
from summarizer.sources.json_fields import name_of, text_of
from summarizer.sources.markup_text import holds_markup, markup_text

#: schema.org types of written news, and their kin that news sites use in practice.
# fmt: off
ARTICLE_TYPES = frozenset({
    "Article", "NewsArticle", "AdvertiserContentArticle", "AnalysisNewsArticle", "AskPublicNewsArticle",
    "BackgroundNewsArticle", "OpinionNewsArticle", "ReportageNewsArticle", "ReviewNewsArticle",
    "SatiricalArticle", "ScholarlyArticle", "SocialMediaPosting", "BlogPosting", "LiveBlogPosting",
    "TechArticle", "Report",
})
# fmt: on


def is_schema_org(record: dict[str, Any]) -> bool:
    """Whether the object is JSON-LD (of any type)."""
    return any(key in record for key in ("@type", "@graph", "@context"))


def article_nodes(value: object) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Article nodes of a JSON-LD value in order, each with the index (`@id` -> node) of its document."""
    nodes = list(_nodes(value))
    index = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    return [(node, index) for node in nodes if _types(node) & ARTICLE_TYPES]


def read_node(node: dict[str, Any], index: dict[str, Any], shown: str) -> FoundArticle:
    """What an article node states; `text` is "" when it carries no body.

    Raises:
        MalformedInput: a field that should be text is something else.
    """
    body = text_of(node, ("articleBody", "text"), shown) or ""
    return FoundArticle(
        text=markup_text(body) if holds_markup(body) else body,
        title=text_of(node, ("headline", "name"), shown),
        outlet=_publisher(node, index),
        url=_url(node),
        published=stated(published_date(node)),
        language=_language(node),
    )


def published_date(node: dict[str, Any]) -> str | None:
    """ISO date of first publication. `dateModified` is the page's business and not looked at."""
    for key in ("datePublished", "dateCreated"):
        value = node.get(key)
        if isinstance(value, str) and (date := iso_date(value)):
            return date
    return None


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    """Objects at the top, in arrays and in graphs; not those nested in properties."""
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, list):
            waiting.extend(reversed(current))
        elif isinstance(current, dict):
            yield current
            inner = (current.get(key) for key in ("mainEntity", "@graph"))
            waiting.extend(value for value in inner if isinstance(value, list | dict))


def _types(node: dict[str, Any]) -> set[str]:
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return {name.rpartition("/")[2].rpartition(":")[2] for name in names if isinstance(name, str)}


def _publisher(node: dict[str, Any], index: dict[str, Any]) -> str | None:
    for key in ("publisher", "sourceOrganization", "provider"):
        value = node.get(key)
        for one in value if isinstance(value, list) else [value]:
            reference = one.get("@id") if isinstance(one, dict) and "name" not in one else None
            if name := name_of(index.get(reference) if isinstance(reference, str) else one):
                return name
    return None


def _url(node: dict[str, Any]) -> str | None:
    page = node.get("mainEntityOfPage")
    candidates = [node.get("url"), page.get("@id") if isinstance(page, dict) else page, node.get("@id")]
    return next((one for one in candidates if isinstance(one, str) and one.startswith("http")), None)


def _language(node: dict[str, Any]) -> str | None:
    value = node.get("inLanguage")
    return (
        name_of(value.get("alternateName", value.get("name"))) if isinstance(value, dict) else name_of(value)
    )
