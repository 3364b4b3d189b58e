"""HTML that is safe by construction: plain strings are always escaped, only `Markup` is not.

Pure. Everything that a page is made of goes through `element`; there is no way to put a source's words into
a page unescaped, and no way to make a link of anything but a place on the page or a web address.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

_VOID = frozenset({"meta", "path", "line", "circle"})
#: Exactly what may stand in `href`. Anything else (javascript:, data:, a path) becomes plain text.
_LIVE = re.compile(r"#[A-Za-z][A-Za-z0-9-]*|https?://[^\s\x00-\x20\x7f\"'<>\\^`{|}]+")


class Markup(str):
    """HTML that may stand in a page as it is. Only `element` and `join` make it."""

    __slots__ = ()


def element(tag: str, /, *children: str | None, **attributes: str | int | float | bool | None) -> Markup:
    """One element. None among children and attributes is left out; True is an attribute without value.

    Attribute names are written as Python names: `class_`, `aria_label` (aria-label), `viewBox`.
    """
    written = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        if key == "href" and not is_live(str(value)):
            continue
        attribute = key.rstrip("_").replace("_", "-")
        written.append(f" {attribute}" if value is True else f' {attribute}="{html.escape(str(value))}"')
    opening = f"<{tag}{''.join(written)}"
    return Markup(f"{opening}/>" if tag in _VOID else f"{opening}>{join(children)}</{tag}>")


def join(children: Iterable[str | None], between: str = "") -> Markup:
    """Children side by side: `Markup` as it is, other strings escaped."""
    separator = html.escape(between, quote=False)
    return Markup(
        separator.join(
            child if isinstance(child, Markup) else html.escape(child, quote=False)
            for child in children
            if child is not None
        )
    )


def is_live(address: str) -> bool:
    """Whether an address may be a link."""
    return _LIVE.fullmatch(address) is not None


def style_sheet(css: str) -> Markup:
    """A style element. `css` is this package's own; a source's words never stand in it."""
    assert "<" not in css
    return Markup(f"<style>{css}</style>")


def document_parts(head: Iterable[Markup], body: Iterable[Markup]) -> Iterator[str]:
    """A whole HTML5 page in English, part by part; nothing is put between the parts of the body."""
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield "\n".join(head)
    yield "\n</head>\n<body>\n"
    for part in body:
        yield join((part,))
    yield "\n</body>\n</html>\n"
