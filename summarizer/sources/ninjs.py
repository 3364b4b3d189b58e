"""IPTC ninjs, the JSON of news agencies: versions 1 (`headline`, `body_text`) to 3 (`headlines`, `bodies`).

https://iptc.org/std/ninjs/. Reads the item itself; associated pictures and their captions are not part of
its text.
"""

from __future__ import annotations

from typing import Any

from summarizer.errors import UnknownFormat
from summarizer.sources.date_stamps import iso_date
from summarizer.sources.found import FoundArticle, stated
from summarizer.sources.json_fields import name_of, text_of
from summarizer.sources.markup_text import markup_text

_BODIES = ("body_text", "body_xhtml", "bodies", "bodyText", "bodyXhtml")
_MARKS = ("versioncreated", "versionCreated", "pubstatus", "pubStatus", "usageterms", "headlines")
_DATES = (
    "versioncreated",
    "versionCreated",
    "contentcreated",
    "contentCreated",
    "firstcreated",
    "firstCreated",
)
_WITHDRAWN = ("canceled", "withheld")


def is_ninjs(record: dict[str, Any]) -> bool:
    """Whether the object looks like a ninjs item: a body of its own kind, or its identifier and stamps."""
    return any(key in record for key in _BODIES) or ("uri" in record and any(key in record for key in _MARKS))


def read_item(record: dict[str, Any], shown: str) -> FoundArticle:
    """The item's text and metadata; `text` is "" when the item has no body.

    Raises:
        UnknownFormat: a picture, a package, or an item that its provider has withdrawn.
        MalformedInput: a field that should be text is something else.
    """
    status = text_of(record, ("pubstatus", "pubStatus"), shown)
    if status and status.lower() in _WITHDRAWN:
        raise UnknownFormat(shown, f"its provider has withdrawn it (pubstatus {status})", "Don't use it.")
    kind = text_of(record, ("type",), shown)
    if kind and kind.lower() not in ("text", "composite"):
        raise UnknownFormat(
            shown, f"a ninjs item of type {kind!r} holds no article", "Give items of type text."
        )
    dates = (record.get(key) for key in _DATES)
    date = next((day for value in dates if isinstance(value, str) and (day := iso_date(value))), None)
    outlet = next(
        (name for key in ("infosource", "infosources", "infoSources", "provider", "source", "copyrightholder",
                          "copyrightHolder") if (name := name_of(record.get(key)))), None
    )  # fmt: skip
    return FoundArticle(
        text=_body(record, shown),
        title=text_of(record, ("headline",), shown)
        or _main_value(record.get("headlines"))
        or text_of(record, ("title",), shown),
        outlet=outlet,
        url=_web_address(record),
        published=stated(date),
        language=text_of(record, ("language",), shown),
    )  # fmt: skip


def _body(record: dict[str, Any], shown: str) -> str:
    if plain := text_of(record, ("body_text", "bodyText"), shown):
        return plain
    if marked := text_of(record, ("body_xhtml", "bodyXhtml"), shown):
        return markup_text(marked)
    bodies = record.get("bodies")
    for body in sorted(
        (one for one in bodies if isinstance(one, dict)) if isinstance(bodies, list) else (),
        key=lambda one: "html" in _content_type(one),  # plain text first
    ):
        value = body.get("value")
        if isinstance(value, str) and value.strip():
            return markup_text(value) if "html" in _content_type(body) else value
    return ""


def _content_type(body: dict[str, Any]) -> str:
    return str(body.get("contenttype") or body.get("contentType") or "").lower()


def _main_value(headlines: object) -> str | None:
    """The value of the main headline, or of the first."""
    listed = [one for one in headlines if isinstance(one, dict)] if isinstance(headlines, list) else []
    for one in sorted(listed, key=lambda one: one.get("role") != "main"):
        if isinstance(one.get("value"), str) and one["value"].strip():
            return str(one["value"])
    return None


def _web_address(record: dict[str, Any]) -> str | None:
    for key in ("url", "uri"):
        value = record.get(key)
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            return value
    return None
