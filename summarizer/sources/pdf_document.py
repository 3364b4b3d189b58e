"""The text layer of a PDF, by pypdf.

A PDF has lines, not paragraphs: `line_roles` joins the lines of a paragraph later. Its creation date is
the file's, not the article's, and isn't read. There is no OCR.
"""

from __future__ import annotations

import logging
import re
import struct
import time
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from summarizer.errors import EmptyInput, MalformedInput, TooLarge, Unreadable
from summarizer.sources.found import FoundArticle

if TYPE_CHECKING:
    from pypdf import PdfReader

#: Unpacked page content that is read. An article's pages have some 10 kB each; pypdf parses about 1 MB a
#: second, so this keeps a bomb (a small file that unpacks to gigabytes) below half a minute.
_MAX_CONTENT_BYTES = 12_000_000
_MAX_PAGES = 400
#: Forms that call each other multiply the work of a page beyond what its size shows. An ordinary page takes
#: 20 to 50 milliseconds.
_MAX_SECONDS = 60.0

#: What pypdf raises on broken files, beside its own errors: it reads most structures without checking them.
_BROKEN = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, RecursionError,
    NotImplementedError, EOFError, OSError, struct.error, zlib.error,
)  # fmt: skip

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
#: Titles that programs write when nobody gave one.
_NO_TITLE = re.compile(
    r"untitled|microsoft (?:word|powerpoint)|.*\.(?:docx?|pdf|indd|html?|odt|tex|rtf)$"
    r"|(?:slide|document)\d*$",
    re.I,
)


def read_pdf(raw: bytes, shown: str, max_seconds: float = _MAX_SECONDS) -> FoundArticle:
    """The text of all pages, a blank line between them, and the document's title.

    `max_seconds` bounds the whole file, whatever its pages call.

    Raises:
        Unreadable: encrypted with a password.
        EmptyInput: no text layer (a scan), or no pages.
        TooLarge: its pages unpack to more than an article can have, or for longer than `max_seconds`.
        MalformedInput: the file breaks the format.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # its remarks on sloppy files
    try:
        reader = PdfReader(BytesIO(raw), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise _encrypted(shown)
        text, title = _pages_text(reader, shown, max_seconds), _title(reader)
    except DependencyError as error:  # AES without a cryptography library
        raise _encrypted(shown) from error
    except LimitReachedError as error:
        raise _too_much(shown) from error
    except (PyPdfError, *_BROKEN) as error:
        raise MalformedInput(
            shown,
            f"no PDF that can be read ({_one_line(error)})",
            "Print it to a new PDF, or save its text as .txt.",
        ) from error
    if not text.strip():
        raise EmptyInput(
            shown,
            "the PDF has no text layer (a scan?)",
            "Run text recognition (OCR) on it and give the result.",
        )
    return FoundArticle(text=text, title=title)


def _pages_text(reader: PdfReader, shown: str, max_seconds: float) -> str:
    pages: list[str] = []
    unpacked = 0
    deadline = time.monotonic() + max_seconds

    def watch(*_: object) -> None:  # before each operator, also those of forms inside forms
        if time.monotonic() > deadline:
            raise TooLarge(shown, f"unpacking takes more than {max_seconds:.0f} s", "Save its text as .txt.")

    for number, page in enumerate(reader.pages):
        if number >= _MAX_PAGES:
            raise TooLarge(shown, f"more than {_MAX_PAGES} pages", "Save the article's pages alone.")
        content = page.get_contents()
        unpacked += len(content.get_data()) if content is not None else 0
        if unpacked > _MAX_CONTENT_BYTES:
            raise _too_much(shown)
        pages.append(_CONTROL.sub("", page.extract_text(visitor_operand_before=watch)).strip("\n"))
    return "\n\n".join(page for page in pages if page.strip())


def _title(reader: PdfReader) -> str | None:
    metadata = reader.metadata
    title = " ".join(str(metadata.title or "").split()) if metadata is not None else ""
    title = _CONTROL.sub("", title)
    return None if not title or _NO_TITLE.match(title) else title


def _encrypted(shown: str) -> Unreadable:
    return Unreadable(shown, "the PDF is encrypted", "Save it without a password.")


def _too_much(shown: str) -> TooLarge:
    return TooLarge(
        shown, "its pages unpack to more than an article can have", "Save the article's pages alone."
    )


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__
