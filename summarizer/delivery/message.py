"""A letter as an e-mail message: text first, HTML last with its pictures inside, and honest headers.

::

    multipart/alternative
      text/plain
      multipart/related          or text/html alone, where there is no picture
        text/html
        image/png …              inline, by Content-ID

Pure. Nothing of a source can write a header: subjects and names are reduced to one line of visible characters
before `email` encodes them (RFC 2047), addresses are ASCII (no SMTPUTF8 needed), and bodies go as
quoted-printable, so that no line of a mail is longer than 998 bytes. Message-IDs are made of the edition and
the recipient, and so are the boundaries: a mail that is sent again after a crash is the same bytes, and to
every client the same mail; a correction answers it. No boundary can stand in a body, where "=" is "=3D".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.utils import format_datetime

from summarizer.delivery.addresses import mailbox, plain_address
from summarizer.errors import BadSetting

#: Characters of a subject; what an edition writes is far shorter.
_MAX_SUBJECT = 200
#: What may not stand in a header: controls, line ends, characters that turn or hide text, half characters.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff\ud800-\udfff]+"
)
_SPACES = re.compile(r"\s+")
_DOT_ATOM = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_LINK = re.compile(r"(?:https?|mailto):[\x21-\x7e]+")

#: `email` folds long lines for SMTP; headers are written in ASCII, encoded words where needed.
_POLICY = policy.SMTP.clone(max_line_length=78, utf8=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG inside the mail; the HTML names it as "cid:NAME"."""

    name: str
    png: bytes = field(repr=False)
    alt: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What every recipient of an edition gets. `key` names the edition in Message-IDs.

    `answers` are the keys of the editions that it corrects, the first one first; empty for no correction.
    """

    key: str
    subject: str
    text: str
    html: str
    pictures: Sequence[Picture] = ()
    answers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom, to whom, when, and how to get off the list.

    `sender` is an address, with or without a name for readers: "Morning briefing <news@example.org>".
    `list_id` is like "daily.example.org"; "" leaves the header out. `unsubscribe` is a mailto: or https:
    link, or an e-mail address; the one-click header (RFC 8058) goes with an https: endpoint only, which must
    take POST.
    """

    sender: str
    recipient: str
    sent: datetime
    list_id: str = ""
    unsubscribe: str = ""


def build_message(letter: Letter, envelope: Envelope) -> EmailMessage:
    """The message of `letter` to one recipient.

    Raises:
        BadSetting: an address, list id or unsubscribe link that can't stand in a header.
    """
    sender = mailbox(envelope.sender, "mail.from")
    recipient = plain_address(envelope.recipient, "mail.to")
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(header_line(sender.display_name), addr_spec=sender.addr_spec)
    message["To"] = recipient
    message["Subject"] = header_line(letter.subject)[:_MAX_SUBJECT]
    message["Date"] = format_datetime(envelope.sent)
    message["Message-ID"] = message_id(letter.key, recipient, sender.domain)
    if letter.answers:
        answered = [message_id(key, recipient, sender.domain) for key in letter.answers]
        message["In-Reply-To"] = answered[-1]
        message["References"] = " ".join(answered)
    for header, value in _list_headers(envelope):
        message[header] = value
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(_sendable(letter.text), subtype="plain", cte="quoted-printable")
    message.add_alternative(_sendable(letter.html), subtype="html", cte="quoted-printable")
    if letter.pictures:
        html = _last_part(message)
        for picture in letter.pictures:
            html.add_related(
                picture.png,
                "image",
                "png",
                cid=f"<{picture.name}>",
                filename=f"{picture.name.partition('@')[0]}.png",
                disposition="inline",
            )
    for place, part in enumerate(one for one in message.walk() if one.is_multipart()):
        part.set_boundary(f"=_{place}.{message_hash(letter.key, recipient)}")
    return message


def message_id(key: str, recipient: str, domain: str) -> str:
    """The Message-ID of an edition's mail to a recipient; the same on every run, and it hides the address."""
    about = message_hash(key, recipient)
    name = re.sub(r"[^A-Za-z0-9]+", "-", key).strip("-") or "edition"
    return f"<{name[:48]}.{about}@{domain}>"


def message_hash(key: str, recipient: str) -> str:
    """Names an edition's mail to a recipient without naming either."""
    return hashlib.sha256(f"{key}\n{recipient.casefold()}".encode()).hexdigest()[:24]


def header_line(text: str) -> str:
    """One line of visible characters: nothing in it can end a header, or turn or hide what follows.

    What looks like an encoded word (RFC 2047) is parted, since a mail program would decode it.
    """
    return _SPACES.sub(" ", _UNSEEN.sub(" ", text)).strip().replace("=?", "= ?")


def _list_headers(envelope: Envelope) -> list[tuple[str, str]]:
    headers = []
    if envelope.list_id:
        if not _DOT_ATOM.fullmatch(envelope.list_id):
            raise BadSetting("mail.list_id", envelope.list_id, "must be like daily.example.org")
        headers.append(("List-Id", f"<{envelope.list_id}>"))
    if not envelope.unsubscribe:
        return headers
    link = envelope.unsubscribe
    if ":" not in link:
        link = f"mailto:{plain_address(link, 'mail.unsubscribe')}?subject=unsubscribe"
    if not _LINK.fullmatch(link) or re.search("[<>,]", link):
        raise BadSetting(
            "mail.unsubscribe", envelope.unsubscribe, "must be an address, a mailto: or https: link"
        )
    headers.append(("List-Unsubscribe", f"<{link}>"))
    if link.startswith("https:"):
        headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    return headers


def _sendable(text: str) -> str:
    """Text that UTF-8 can carry and that ends in a line end; NUL may not stand in a mail (RFC 5322)."""
    clean = text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\N{REPLACEMENT CHARACTER}")
    return clean if clean.endswith("\n") else f"{clean}\n"


def _last_part(message: EmailMessage) -> MIMEPart:
    parts = message.get_payload()
    assert isinstance(parts, list)
    last = parts[-1]
    assert isinstance(last, MIMEPart)
    return last
