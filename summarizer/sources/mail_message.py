"""A newsletter or an article sent by mail (.eml): its text, subject, sender and date.

The standard library's parser in its old, forgiving form: the newer one raises on headers that real mail
has. Attachments are not opened; articles inside them are other inputs.
"""

from __future__ import annotations

import re
from contextlib import suppress
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from summarizer.errors import EmptyInput, MalformedInput
from summarizer.sources.decoding import decode
from summarizer.sources.found import FoundArticle, stated
from summarizer.sources.markup_text import markup_text

#: The parser's time grows with nesting times length, so a mail bomb is refused before it is parsed. Real
#: newsletters have three or four containers.
_MAX_CONTAINERS = 50
_CONTAINER = re.compile(rb"content-type:\s{0,9}(?:multipart|message)/", re.IGNORECASE)
_MBOX_LINE = re.compile(rb"From [^\r\n]{0,998}\r?\n")


def read_mail(raw: bytes, shown: str, encoding: str | None = None) -> FoundArticle:
    """The message's plain text, or the text of its HTML where it has no plain one.

    The subject is the title, the sender's display name the outlet, the Date header the stated date (in the
    sender's time zone).

    Raises:
        MalformedInput: no mail, or one with more containers in each other than any real one has.
        EmptyInput: no text part (only attachments).
    """
    if len(_CONTAINER.findall(raw)) > _MAX_CONTAINERS:
        raise MalformedInput(
            shown,
            f"more than {_MAX_CONTAINERS} messages or containers in one mail",
            "Save the article alone.",
        )
    try:
        message = message_from_bytes(_MBOX_LINE.sub(b"", raw, count=1) if raw.startswith(b"From ") else raw)
        parts = [part for part in message.walk() if not part.is_multipart() and _is_shown(part)]
    except (MessageError, RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise MalformedInput(
            shown, f"no mail that can be parsed ({error})", "Save its text as .txt."
        ) from error
    if not message.keys():
        raise MalformedInput(shown, "it has no mail header", "Save its text as .txt.")
    return FoundArticle(
        text=_text(parts, shown, encoding),
        title=_header(message, "Subject"),
        outlet=_sender(message),
        published=stated(_date(message)),
    )


def _is_shown(part: Message) -> bool:
    """Whether a part is what the reader sees, not an attachment."""
    return part.get_content_disposition() != "attachment" and part.get_filename() is None


def _text(parts: list[Message], shown: str, encoding: str | None) -> str:
    for wanted in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() != wanted:
                continue
            raw = part.get_payload(decode=True)
            if not isinstance(raw, bytes) or not raw.strip():
                continue
            text = decode(raw, shown, declared=part.get_content_charset(), forced=encoding)
            if wanted == "text/html":
                text = markup_text(text)
            if text.strip():
                return text
    raise EmptyInput(shown, "the mail has no text part", "Save its attachment and give that file.")


def _header(message: Message, name: str) -> str | None:
    """A header field, decoded and on one line; None where it is absent or blank."""
    value = message.get(name)
    if value is None:
        return None
    try:
        decoded = str(make_header(decode_header(str(value))))
    except (MessageError, ValueError, LookupError):
        decoded = str(value)
    return " ".join(decoded.split()) or None


def _sender(message: Message) -> str | None:
    """The display name of the sender ("The Daily Brief"); None where there is only an address."""
    field = message.get("From")
    if field is None:
        return None
    name = next((name for name, _ in getaddresses([str(field)]) if name.strip()), "")
    with suppress(MessageError, ValueError, LookupError):  # an encoding that doesn't exist: as it was written
        name = str(make_header(decode_header(name)))
    return " ".join(name.split()).strip("\"' ") or None


def _date(message: Message) -> str | None:
    try:
        return parsedate_to_datetime(str(message.get("Date"))).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None  # absent or no date: the text may state one
