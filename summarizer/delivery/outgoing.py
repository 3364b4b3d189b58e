"""The bytes of a mail, checked before they leave. Pure.

What is checked is what is sent: the bytes are read back, and a mail whose headers aren't those that were
set (a line break in a title that became a header of its own), that names another recipient or a hidden one,
or that a mail server may not take (lines over 998 characters, bytes beyond ASCII), doesn't leave.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import parseaddr

from summarizer.errors import UnsafeMail

#: Seven-bit, so that any server takes it unchanged; CRLF line ends.
_ON_THE_WIRE = SMTP.clone(cte_type="7bit")
#: RFC 5322, 2.1.1: characters in a line, without CRLF.
MAX_LINE = 998
#: A header may go on in the next line if that begins with a blank; any other line break ends it.
_FOLD, _BREAK = re.compile(r"\r?\n[ \t]+(?=\S)"), re.compile(r"[\r\n\x00]")
_ONCE = ("from", "to", "date", "message-id", "subject")
_NEVER = ("bcc", "resent-to", "resent-cc", "resent-bcc")


def checked_bytes(message: EmailMessage, recipient: str) -> bytes:
    """The mail as it goes over the wire (without dot stuffing).

    Raises:
        UnsafeMail: it must not leave; says why.
    """
    names = [name.lower() for name in message]
    for name in _ONCE:
        if names.count(name) != 1:
            raise UnsafeMail(recipient, f"it has {names.count(name)} headers called {name}, not one")
    for name in _NEVER:
        if name in names:
            raise UnsafeMail(recipient, f"it has a header {name}")
    for name, value in message.raw_items():
        if _BREAK.search(_FOLD.sub(" ", str(value))):
            raise UnsafeMail(recipient, f"its header {name} holds a line break")
    try:
        mail = message.as_bytes(policy=_ON_THE_WIRE)
    except (MessageError, ValueError, LookupError) as error:
        raise UnsafeMail(recipient, f"it can't be written ({error})") from error
    _check_bytes(mail, recipient)
    read_back = [name.lower() for name in message_from_bytes(mail, policy=default)]
    if read_back != names:
        raise UnsafeMail(recipient, "a header breaks into other ones when it is written")
    address = parseaddr(str(message["to"]))[1]
    if address.lower() != recipient.lower():
        raise UnsafeMail(recipient, f"it is addressed to {address!r}")
    return mail


def _check_bytes(mail: bytes, recipient: str) -> None:
    if not mail.isascii() or b"\x00" in mail:
        raise UnsafeMail(recipient, "it holds bytes that not every mail server takes")
    longest = max(map(len, mail.split(b"\r\n")))
    if longest > MAX_LINE:
        raise UnsafeMail(recipient, f"a line of it has {longest} characters, and {MAX_LINE} are allowed")
