"""Which format an input is in, and the reader for it.

The file name's ending decides; without one (standard input, a bare name) the first bytes do. The readers
themselves, and the libraries they need, are imported when a file of their format turns up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from summarizer.errors import SourceError, UnknownFormat
from summarizer.sources.decoding import decode
from summarizer.sources.found import Found

Format = Literal["text", "markdown", "page", "json", "json_lines", "pdf", "mail"]

EXTENSIONS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".json": "json",
    ".jsonld": "json",
    ".jsonl": "json_lines",
    ".ndjson": "json_lines",
    ".pdf": "pdf",
    ".eml": "mail",
}

READABLE = ".txt, .md, .html, .json, .jsonl, .pdf or .eml"

_PDF_MAGIC = b"%PDF-"
#: The PDF header may stand anywhere in the first 1,024 bytes (ISO 32000-1, annex H.3.4.1).
_PDF_HEADER_WINDOW = 1024
_PAGE_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_MAIL_HEADER = re.compile(
    rb"(?:From|To|Subject|Date|Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Content-Type|Reply-To"
    rb"|X-[\w-]{1,40}|DKIM-Signature|List-[\w-]{1,40}|Sender|Cc)[ \t]*:", re.I
)  # fmt: skip
_MAIL_PROOF = re.compile(rb"^(?:From|Received|Message-ID|MIME-Version|Return-Path)[ \t]*:", re.I | re.M)


def format_of(path: Path | None, shown: str) -> Format | None:
    """The format that the file's name promises; None where only the bytes can tell.

    Raises:
        UnknownFormat: the name has an ending that we don't read.
    """
    suffix = path.suffix.lower() if path is not None else ""
    if not suffix:
        return None
    if suffix not in EXTENSIONS:
        raise UnknownFormat(shown, f"files ending in {suffix!r} aren't read", f"Save it as {READABLE}.")
    return EXTENSIONS[suffix]


def sniff(raw: bytes) -> Format:
    """The format that the first bytes show; plain text when they show none."""
    start = raw[:4096].removeprefix(b"\xef\xbb\xbf")
    if _PDF_MAGIC in start[:_PDF_HEADER_WINDOW]:
        return "pdf"
    if _PAGE_START.match(start):
        return "page"
    if start.lstrip()[:1] in (b"{", b"["):
        return "json" if _is_json(raw) else "text"
    if _is_mail(start):
        return "mail"
    return "text"


def read_format(name: Format | None, raw: bytes, shown: str, encoding: str | None) -> Iterator[Found]:
    """The articles in `raw`; None as the format means that the bytes are looked at.

    Raises:
        SourceError: the input as a whole can't be read. Single bad records are yielded as errors.
    """
    if name is None or raw.startswith(_PDF_MAGIC):
        name = sniff(raw)
    match name:
        case "text":
            from summarizer.sources.plain import read_text

            yield read_text(decode(raw, shown, forced=encoding))
        case "markdown":
            from summarizer.sources.plain import read_markdown

            yield read_markdown(decode(raw, shown, forced=encoding))
        case "page":
            from summarizer.sources.web_page import read_page

            yield read_page(raw, shown, encoding)
        case "json":
            from summarizer.sources.json_articles import read_json

            yield from read_json(decode(raw, shown, forced=encoding), shown)
        case "json_lines":
            from summarizer.sources.json_articles import read_json_lines

            yield from read_json_lines(decode(raw, shown, forced=encoding).split("\n"), shown)
        case "pdf":
            from summarizer.sources.pdf_document import read_pdf

            yield read_pdf(raw, shown)
        case "mail":
            from summarizer.sources.mail_message import read_mail

            yield read_mail(raw, shown, encoding)


def _is_json(raw: bytes) -> bool:
    """Whether it parses, as one value or as one a line. A text may begin with a bracket, too."""
    import json

    try:
        text = decode(raw, "-")
    except SourceError:
        return False
    for candidate in (text, text.lstrip().partition("\n")[0]):
        try:
            return isinstance(json.loads(candidate), dict | list)
        except RecursionError:
            return True  # JSON all right; the reader says what is wrong with it
        except ValueError:
            continue
    return False


def _is_mail(start: bytes) -> bool:
    """A mail begins with header fields, one of them a field that nobody types above an article."""
    head = start.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    lines = [line for line in head.split(b"\n") if line[:1] not in (b" ", b"\t")]
    if lines and lines[0].startswith(b"From "):  # mbox separator
        lines = lines[1:]
    return (
        len(lines) >= 2
        and all(_MAIL_HEADER.match(line) for line in lines[:3])
        and bool(_MAIL_PROOF.search(head))
    )
