"""A lint of HTML mail: what mail programs break, and what a reader with another screen or none needs.

Light and dark are both looked at: the rules kept in the head are applied as a mail program would in the dark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml import html as lxml_html
from lxml.html import HtmlElement

MAX_BYTES = 90_000
#: WCAG 1.4.3, for text of ordinary size.
MIN_CONTRAST = 4.5
_DARK = re.compile(r"@media[^{]*prefers-color-scheme:\s*dark[^{]*\{(.*)\}", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(
    r"(?P<tag>[a-z0-9]*)(?P<classes>(?:\.[\w-]+)*)(?:\[(?P<name>\w+)=\"?(?P<value>\w+)\"?\])?"
)
_TAGS = frozenset(
    {"html", "head", "body", "meta", "title", "style", "div", "p", "ul", "li", "span", "a", "br", "img"}
    | {"table", "caption", "thead", "tbody", "tr", "th", "td", "h1", "h2", "h3"}
)
_ATTRIBUTES = frozenset(
    {"lang", "charset", "name", "content", "class", "style", "role", "cellpadding", "cellspacing", "border"}
    | {"align", "width", "scope", "colspan", "href", "src", "alt"}
)


def lint(html: str, pictures: Sequence[str] = ()) -> list[str]:
    """What is wrong with the HTML part of a mail; `pictures` are the Content-IDs of its parts."""
    tree = lxml_html.document_fromstring(html)
    return [
        *_frame(html, tree),
        *_elements(tree, pictures),
        *_tables(tree),
        *_contrast(tree, {}, "light"),
        *_contrast(tree, dict(_dark_rules(html)), "dark"),
    ]


def _frame(html: str, tree: HtmlElement) -> Iterator[str]:
    if len(html.encode()) >= MAX_BYTES:
        yield f"{len(html.encode())} bytes, {MAX_BYTES} are allowed"
    if not html.startswith("<!DOCTYPE html>"):
        yield "no doctype"
    if "charset=" not in html[:1024]:
        yield "no charset in the first kilobyte"
    if re.search(r"<style>[^<]*\[", html):
        yield "an attribute selector, for which some mail programs drop all rules"
    if not tree.get("lang"):
        yield "no lang"
    if not (tree.findtext(".//title") or "").strip():
        yield "no title"
    if tree.xpath("//meta[@name='color-scheme']/@content") != ["light dark"]:
        yield "no color-scheme"
    if not list(_dark_rules(html)):
        yield "no rules for dark mode"
    headings = [int(one.tag[1]) for one in tree.iter("h1", "h2", "h3", "h4")]
    if headings[:1] != [1] or any(b - a > 1 for a, b in pairwise(headings)):
        yield f"headings skip a level: {headings}"
    if max(map(len, html.splitlines())) > 200_000:
        yield "a line of more than 200,000 characters"


def _elements(tree: HtmlElement, pictures: Sequence[str]) -> Iterator[str]:
    for one in tree.iter():
        if not isinstance(one.tag, str):
            yield f"a comment or instruction: {one}"
            continue
        if one.tag not in _TAGS:
            yield f"<{one.tag}>"
        for name, value in one.attrib.items():
            if name not in _ATTRIBUTES:
                yield f"<{one.tag} {name}>"
            if name == "style" and re.search(r"url\(|expression|import|@", value, re.IGNORECASE):
                yield f"style {value!r}"
        if one.tag == "a" and not re.fullmatch(r"https?://[^\s\"'<>]+", one.get("href", "")):
            yield f"link to {one.get('href')!r}"
        if one.tag == "img":
            source = one.get("src", "")
            if not source.startswith("cid:") or source.removeprefix("cid:") not in pictures:
                yield f"picture {source!r} is no part of the mail"
            if len(one.get("alt", "")) < 20:
                yield f"alt of {source!r} says nothing: {one.get('alt')!r}"
        if one.tag == "style" and re.search(r"url\(|@import|@font-face", one.text or ""):
            yield "style sheet loads something"


def _tables(tree: HtmlElement) -> Iterator[str]:
    for table in tree.iter("table"):
        own = [one for one in table.iter("th", "caption") if next(one.iterancestors("table")) is table]
        if table.get("role") == "presentation":
            if own:
                yield "a layout table with headers"
            continue
        headers = [one for one in own if one.tag == "th"]
        if not headers or not all(one.get("scope") in ("col", "row", "rowgroup") for one in headers):
            yield "a data table whose headers have no scope"
        if not any(one.tag == "caption" for one in own):
            yield "a data table without caption"


# Contrast.


def _dark_rules(html: str) -> Iterator[tuple[str, str]]:
    for block in _DARK.findall("".join(re.findall(r"<style>(.*?)</style>", html, re.DOTALL))):
        for selectors, body in _RULE.findall(block):
            for selector in selectors.split(","):
                yield selector.strip(), body


def _contrast(tree: HtmlElement, rules: dict[str, str], scheme: str) -> Iterator[str]:
    seen = set()
    for one in tree.find("body").iter():
        if not isinstance(one.tag, str) or not (one.text or "").strip() or "hide" in one.get("class", ""):
            continue
        text, ground = _color(one, "color", rules), _color(one, "background-color", rules)
        ratio = contrast(text, ground)
        key = (text, ground)
        if ratio < MIN_CONTRAST and key not in seen:
            seen.add(key)
            yield f"{scheme}: {text} on {ground} has a contrast of {ratio:.1f} in {(one.text or '')[:40]!r}"


def _color(one: HtmlElement, name: str, rules: dict[str, str]) -> str:
    """The color that the element has or inherits; important rules beat inlined ones."""
    for level in [one, *one.iterancestors()]:
        dark = [_declared(body, name) for selector, body in rules.items() if matches(level, selector)]
        found = next((value for value in reversed(dark) if value), "") or _declared(
            level.get("style", ""), name
        )
        if found:
            return found
    return "#000000" if name == "color" else "#ffffff"


def _declared(body: str, name: str) -> str:
    found = re.findall(rf"(?<![\w-]){name}:\s*(#[0-9a-fA-F]{{6}})", body)
    return found[-1] if found else ""


def matches(one: HtmlElement, selector: str) -> bool:
    """Whether a selector of our style sheet (tags, classes, an attribute, descendants) takes the element."""
    *outer, last = selector.split()
    if not _simple(one, last):
        return False
    ancestors = list(one.iterancestors())
    for part in reversed(outer):
        while ancestors and not _simple(ancestors[0], part):
            ancestors.pop(0)
        if not ancestors:
            return False
        ancestors.pop(0)
    return True


def _simple(one: HtmlElement, selector: str) -> bool:
    found = _SIMPLE.fullmatch(selector)
    assert found is not None, f"the lint can't read the selector {selector!r}"
    classes = set(one.get("class", "").split())
    return (
        found["tag"] in ("", one.tag)
        and set(filter(None, found["classes"].split("."))) <= classes
        and (found["name"] is None or one.get(found["name"]) == found["value"])
    )


def contrast(first: str, second: str) -> float:
    """Contrast of two colors, 1 to 21 (WCAG)."""
    lights = sorted((_light(first), _light(second)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _light(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
