"""Digests for tests of the renderings: a story of two articles, and the same with hostile words all over."""

from __future__ import annotations

import json
from typing import Any

from summarizer.records.article import Article, Line
from summarizer.records.digest import Digest, PointRelation, Voice
from summarizer.records.examples import OTHER_TEXT, example_article, example_digest

HOSTILE = (
    "<script>alert(1)</script>",
    "</style></title><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "<a href='javascript:alert(1)'>x</a>",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "[click](javascript:alert(1))",
    "![img](https://evil.example/x.png)",
    "https://evil.example/track?x=1",
    "www.evil.example",
    "<https://evil.example>",
    "[ref]: https://evil.example",
    "# Heading",
    "- item",
    "1. item",
    "> quote",
    "| cell | cell |",
    "```code```",
    "***bold*** __bold__ ~~gone~~ `code`",
    "line\n\n# second\n\n- third",
    "&lt;script&gt; &amp; &#60;b&#62;",
    "<!-- comment --> <![CDATA[ x ]]> <?php ?>",
    "\x1b[2J\x1b[31mred\x1b[0m \x9b31m",
    "\x1b]0;title\x07 \x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "a\u202eb\u2066c\u2069 \u200bzero\ufeff",
    "[bold red]rich[/bold red] [link=https://evil.example]x[/link]",
    "{{ 7*7 }} {% raw %} ${x} $x^2$",
    "@mention #1 user@evil.example",
    "\u0000\u0008\u007f",
    "]]> </script> --> ?> %> */ }",
    "} body{display:none} *{background:url(https://evil.example/x)} /*",
    "expression(alert(1)); @import 'https://evil.example/x.css'; \\3c script",
    "<svg/onload=alert(1)><math><mtext></title><iframe srcdoc='<script>alert(1)</script>'>",
    "<base href=//evil.example><meta http-equiv=refresh content='0;url=https://evil.example'>",
    "jav\tascript:alert(1) java\nscript:alert(1) \x01javascript:alert(1)",
    "vbscript:msgbox(1) file:///etc/passwd mailto:x@evil.example //evil.example/x",
    "https://user:pass@evil.example:8443/a?b=<c>&d='e'#f",
    "https://evil.example/\u202egnp.exe",
    "<!--><img src=x:x onerror=alert(1)//> <x/onclick=alert(1)//",
    "`<b>` ``x`` ~~~ $$ $$ \\[x\\] [^1] [^1]: note ==mark== :smile: <details>",
    "Setext\n=====\n\n---\n\n    code\n\n* * *\n\n+ item\n1) item",
    "| a |\n| --- |\n| b \\| c | [x][y] ![z][y]",
    '=HYPERLINK("https://evil.example","x")',
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|'/C calc'!A0",
    '\x1bP$q"p\x1b\\ \x1b_x\x1b\\ \x90x\x9c \x9d0;title\x9c \x1b[?1049h\x1b[6n',
    "line\rover\u2028written\u2029twice\x0b\x0c\x85end",
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202ereversed\u2066\u2067\u2068\u2069",
    "zero\u200bwidth\u200c \u200djoined\u2060 \ufeff\u180e\u034f \U000e0041\U000e0042 \ufff9x\ufffb",
    "Z\u0351\u036b\u0343\u036aa\u0302\u0347l\u0349\u0356g\u0321\u0356o\u0328\u0301" * 20,
    "W" * 3_000,
    "https://evil.example/" + "x" * 2_000,
    "\u0623\u062e\u0628\u0627\u0631 \u05d7\u05d3\u05e9\u05d5\u05ea <b dir=rtl>",
    "\ud83d\ude00 \uffff \U0010ffff".encode("utf-16", "surrogatepass").decode("utf-16"),
)

#: Fields with values from closed lists or with their own grammar: hostile words can't stand there.
_CLOSED = {
    "schema", "id", "kind", "basis", "bound", "status", "relation", "sourcing", "polarity", "certainty",
    "state", "engine", "part", "code", "date", "as_of", "when", "member", "members", "a", "b", "article",
    "speakers", "via", "source", "affirm", "deny", "cites", "text_sha256",
}  # fmt: skip


def articles() -> dict[str, Article]:
    """The two articles of `story`, by id."""
    first = example_article()
    second = first.model_copy(
        update={
            "id": "dock-strike-smaller",
            "title": None,
            "text": OTHER_TEXT,
            "lines": (Line(start=0, end=len(OTHER_TEXT), role="body"),),
        }
    )
    return {first.id: first, second.id: second}


def story() -> Digest:
    """Two articles: figures that disagree, a disputed claim, a hedged one, an open question."""
    digest = example_digest()
    disputed = digest.claims[1]
    affirming = Voice(
        **{
            **dict(disputed.voices[0]),
            "member": "dock-strike-smaller/c1",
            "article": "dock-strike-smaller",
            "speakers": ("A1",),
            "polarity": "affirmed",
            "certainty": "possible",
            "cues": ("may",),
            "evidence": (digest.figures[0].points[1].evidence[0],),
            "origin": "A1",
        }
    )
    second = disputed.model_copy(
        update={
            "voices": (affirming, *disputed.voices),
            "affirm": ("A1",),
            "origins": 1,
            "state": "disputed",
        }
    )
    return digest.model_copy(update={"claims": (digest.claims[0], second, *digest.claims[2:])})


def with_words(word: str) -> Digest:
    """`story` with `word` in every field that takes free text."""
    visible = word if word.strip() else f"x{word}"
    return Digest.from_json(json.dumps(_replaced(story().to_dict(), visible)), "sample")


def with_article_id(word: str) -> Digest:
    """`story` with `word` in the ids of both articles, which come from file names."""
    name = json.dumps(word if word.strip() else f"x{word}")[1:-1]
    return Digest.from_json(json.dumps(story().to_dict()).replace("dock-strike", name), "sample")


def hostile_articles(word: str) -> dict[str, Article]:
    """The articles with `word` at the start of their text, as title, outlet and address."""
    return {
        key: one.model_copy(
            update={"title": word, "outlet": word, "origin": word, "url": word, "text": word + one.text}
        )
        for key, one in articles().items()
    }


def series_with_relations(*relations: PointRelation) -> Digest:
    """`story` with other relations between the two figures."""
    digest = story()
    series = digest.figures[0].model_copy(update={"relations": relations})
    return digest.model_copy(update={"figures": (series,)})


def _replaced(node: Any, word: str, field: str = "") -> Any:
    if isinstance(node, dict):
        return {key: _replaced(value, word, key) for key, value in node.items()}
    if isinstance(node, list):
        return [_replaced(value, word, field) for value in node]
    if isinstance(node, str) and field not in _CLOSED and not _is_claim_list(field, node):
        return word
    return node


def _is_claim_list(field: str, value: str) -> bool:
    """A timeline's members, which stand under the same name as the digest's claims."""
    return field == "claims" and "/" in value
