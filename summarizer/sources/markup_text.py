"""The text of an HTML fragment, block by block: for mail bodies, ninjs `body_xhtml` and the like.

Keeps everything that a reader would see. Finding the article on a whole web page is `web_page`'s business.
"""

from __future__ import annotations

import re

_HIDDEN = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe"})
# fmt: off
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})
# fmt: on
_TAG = re.compile(r"<(?:p|br|div|h[1-6]|ul|li|strong|em|b|i|a|span)\b[^<>]{0,200}>", re.IGNORECASE)
#: A tag with its attributes as HTML parsers take them; no part of it is looked at twice.
_OPENING = re.compile(
    r"""(<[a-zA-Z][^\s>/]*+)(?>[\s/=]++|[^\s>/=]++(?>\s*+=\s*+(?>"[^"]*+"|'[^']*+'|[^\s>]*+))?+)*+"""
)
_ATTRIBUTE = re.compile(r"""[^\s>/=]++(?>\s*+=\s*+(?>"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
#: libxml2 compares each attribute of a tag with all others: 5,000 take 0.05 s, 40,000 take 23 s.
_MAX_ATTRIBUTES = 5_000
_BLANKS = re.compile(r"[ \t\n\r\f]+")


def holds_markup(text: str) -> bool:
    """Whether a field that should be plain text holds HTML tags."""
    return _TAG.search(text) is not None


def without_crowds(markup: str) -> str:
    """The markup without the attributes of tags that have thousands of them: parsing those takes minutes."""
    if len(markup) < 2 * _MAX_ATTRIBUTES:
        return markup
    return _OPENING.sub(_relieved, markup)


def _relieved(tag: re.Match[str]) -> str:
    is_long = tag.end() - tag.start() > 2 * _MAX_ATTRIBUTES
    is_crowded = is_long and len(_ATTRIBUTE.findall(tag[0])) > _MAX_ATTRIBUTES
    return tag[1] if is_crowded else tag[0]


def markup_text(markup: str) -> str:
    """The visible text, a paragraph for each block, blank lines between; "" when there is none.

    White space is collapsed as a browser does; `<br>` is a line feed.
    """
    from lxml import etree, html

    if not markup.strip():
        return ""
    # As bytes, because lxml refuses text that declares an encoding of its own.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(without_crowds(markup).encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing but comments or broken markup
        return ""
    blocks: list[str] = []
    line: list[str] = []
    hidden = 0

    def close_block() -> None:
        rows = [_BLANKS.sub(" ", row).strip() for row in "".join(line).split("\v")]
        block = "\n".join(row for row in rows if row)
        if block:
            blocks.append(block)
        line.clear()

    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        is_block = tag in _BLOCKS
        if event == "start":
            hidden += tag in _HIDDEN
            if is_block:
                close_block()
            if not hidden:
                line.append((element.text or "").replace("\v", " "))
        else:
            hidden -= tag in _HIDDEN
            if is_block:
                close_block()
            if tag == "br":
                line.append("\v")
            if not hidden:
                line.append((element.tail or "").replace("\v", " "))
    close_block()
    return "\n\n".join(blocks)
