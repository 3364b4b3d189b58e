"""What fuzzing starts from: the project's own small files, and a few made of them in each format."""

from __future__ import annotations

import json
import tomllib
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Literal

from fuzz_drafts import article_of, draft_bytes

from summarizer.extraction.by_rules.engine import extract_by_rules

ROOT = Path(__file__).resolve().parent.parent
#: One of each format; "" is a name without an ending, whose bytes are looked at.
ENDINGS = (".txt", ".md", ".html", ".json", ".jsonl", ".pdf", ".eml", "")


@cache
def _texts() -> tuple[str, ...]:
    """Short texts of several fields: practice articles, and the sentences of the rules' cases."""
    paths = sorted((ROOT / "evals" / "practice" / "articles").glob("*.txt"))
    texts = [path.read_text("utf-8") for path in paths]
    for path in sorted((ROOT / "tests" / "data" / "rules").glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        cases = [*table.get("case", ()), *table.get("known_miss", ())]
        texts += ["\n\n".join(case["text"] for case in cases[at : at + 5]) for at in range(0, len(cases), 5)]
    return tuple(texts)


def source_seeds() -> tuple[bytes, ...]:
    """Files, each after the byte that stands for its ending."""
    texts = _texts()[::4]
    listed = [
        {"title": "Storm", "text": text, "date": "2024-05-13", "url": "https://d.example/a"}
        for text in texts[:3]
    ]
    ninjs = {
        "uri": "urn:x",
        "type": "text",
        "headline": "Storm",
        "body_text": texts[0],
        "versioncreated": "2024-05-13",
    }
    linked = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Storm",
        "articleBody": texts[1],
    }
    pages = sorted((ROOT / "tests" / "data" / "sources" / "pages").glob("*.page"))
    found: list[tuple[str, bytes]] = [
        *((".txt", text.encode()) for text in texts[:4]),
        (".txt", texts[0].encode("utf-16")), (".txt", texts[1].encode("cp1252", "replace")),
        *((".md", f"# Storm\n\n*By A. Writer*\n\n> {text}\n\n- [x](y)\n".encode()) for text in texts[:2]),
        *((".html", _page(text)) for text in texts[:2]),
        *((".html", path.read_bytes()) for path in pages[:4]),
        *((".json", json.dumps(one).encode()) for one in (listed, listed[0], ninjs, linked)),
        (".json", json.dumps({"articles": listed}).encode()),
        (".jsonl", "\n".join(json.dumps(one) for one in listed).encode()),
        *((".pdf", pdf(text[:600])) for text in texts[:2]),
        (".eml", _mail(texts[0], "plain")), (".eml", _mail(texts[1], "html")),
        (".eml", _mail(texts[2], "both")),
    ]  # fmt: skip
    found += [("", content) for ending, content in found[::3]]
    return tuple(bytes([ENDINGS.index(ending)]) + content for ending, content in found)


def _page(text: str) -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n") if paragraph)
    linked = json.dumps({"@type": "NewsArticle", "headline": "Storm", "datePublished": "2024-05-12T10:00Z"})
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Storm - The Daily</title>'
        f'<meta property="article:published_time" content="2024-05-13">'
        f'<script type="application/ld+json">{linked}</script></head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>Storm</h1>{body}</article></body></html>"
    ).encode()


def _mail(text: str, form: Literal["plain", "html", "both"]) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Desk <desk@d.example>", "a@b.c", "Störm"
    message["Date"] = "Mon, 13 May 2024 10:00:00 +0000"
    message.set_content(
        text if form != "html" else _page(text).decode(), subtype="plain" if form != "html" else "html"
    )
    if form == "both":
        message.add_alternative(_page(text).decode(), subtype="html")
    return bytes(message)


def pdf(text: str) -> bytes:
    """A PDF of one page with a text layer, not packed, so that injuries reach the text."""
    shown = text.encode("cp1252", "replace").replace(b"(", rb"\(").replace(b")", rb"\)").split(b"\n")
    stream = b"BT /F1 11 Tf 72 720 Td 14 TL " + b" ".join(b"(%s) Tj T*" % line for line in shown) + b" ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>"
        b" /Contents 5 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Title (Storm) /CreationDate (D:20240513100000Z) >>",
    ]
    out, table = b"%PDF-1.4\n", b"0000000000 65535 f \n"
    for number, body in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    count = len(objects) + 1
    return out + b"xref\n0 %d\n" % count + table + trailer % (count, len(out))


def grounding_seeds() -> tuple[bytes, ...]:
    """Drafts of the rules engine, in the form of `draft_of`."""
    articles = [one for text in _texts()[::3] if (one := article_of(text[:1_500])) is not None]
    return tuple(draft_bytes(article, extract_by_rules(article)) for article in articles)


def rules_seeds() -> tuple[bytes, ...]:
    """Texts."""
    return tuple(text[:2_500].encode() for text in _texts())
