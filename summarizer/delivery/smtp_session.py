"""One SMTP transaction, from MAIL to the answer to its final dot.

A server must not deliver a mail whose end it didn't see (RFC 5321, 4.1.1.4 and 3.8), so losing the
connection before the final dot is safe to repeat; losing the answer to it is not. MAIL refused is about the
sender, so it is the server's problem, not the recipient's.
"""

from __future__ import annotations

import re
import smtplib
import socket
from collections.abc import Callable
from typing import Literal

from summarizer.delivery.mail_server import Handed, SmtpSettings, Stage
from summarizer.errors import MailServerRefused

MAX_REPLY_CHARS = 200
#: To MAIL with a size (RFC 1870; 523 is of Google): about this mail, not about its sender.
TOO_LARGE = (552, 523)


class SmtpSession:
    """See `MailSession`. One SMTP transaction for each mail."""

    def __init__(self, client: smtplib.SMTP, settings: SmtpSettings) -> None:
        self._client = client
        self._settings = settings
        self._lost = False

    def hand_over(self, recipient: str, mail: bytes, text_begins: Callable[[], bool]) -> Handed:
        """See `MailSession`."""
        finished = False
        try:
            handed = self._hand_over(recipient, mail, text_begins)
            finished = True
        finally:
            if not finished:  # in the middle of a text, QUIT would become a part of it
                self._drop()
        if handed.lost or (handed.kind != "accepted" and not self._reset()):
            self._drop()
        return handed

    def quit(self) -> None:
        """See `MailSession`."""
        if self._lost:
            return
        try:
            self._client.quit()
        except (smtplib.SMTPException, OSError):
            self._client.close()

    def _hand_over(self, recipient: str, mail: bytes, text_begins: Callable[[], bool]) -> Handed:
        stage: Stage = "mail"
        try:
            size = [f"size={len(mail)}"] if self._client.has_extn("size") else []
            code, said = self._client.mail(self._settings.sender, size)
            if 500 <= code < 600 and code not in TOO_LARGE:
                reason = f"it takes no mail from {self._settings.sender} ({self._said(code, said)})"
                raise MailServerRefused(self._settings.server, reason, "Check the sender and the log-in.")
            if not 200 <= code < 300:
                return self._answered(stage, code, said)
            stage = "rcpt"
            code, said = self._client.rcpt(recipient)
            if not 200 <= code < 300:
                return self._answered(stage, code, said)
            stage = "data"
            code, said = self._client.docmd("DATA")
            if code != 354:
                return self._answered(stage, code, said)
            if not text_begins():
                return Handed("deferred", stage, "another run took this mail over", lost=True)
            stage = "text"
            self._client.send(as_text(mail))
            stage = "end"
            self._wait(self._settings.final_reply_s)
            self._client.send(b".\r\n")
            code, said = self._client.getreply()
            self._wait(self._settings.timeout_s)
        except (smtplib.SMTPException, OSError) as error:
            return self._broke_off(stage, error)
        return self._answered(stage, code, said)

    def _answered(self, stage: Stage, code: int, said: bytes) -> Handed:
        reason = self._said(code, said)
        if 200 <= code < 300 and stage == "end":
            return Handed("accepted", stage, reason, code)
        if 500 <= code < 600:
            return Handed("refused", stage, reason, code)
        if 400 <= code < 500:
            return Handed("deferred", stage, reason, code, lost=code == 421)
        kind: Literal["unclear", "deferred"] = "unclear" if stage == "end" else "deferred"
        return Handed(kind, stage, f"not an answer to {stage}: {reason}", lost=True)

    def _broke_off(self, stage: Stage, error: Exception) -> Handed:
        said = without_secret(said_by(error), self._settings)
        if stage == "end":
            return Handed("unclear", stage, f"the answer to the whole mail was lost ({said})", lost=True)
        return Handed("deferred", stage, f"the connection broke off at {stage.upper()} ({said})", lost=True)

    def _reset(self) -> bool:
        try:
            return 200 <= self._client.rset()[0] < 300
        except (smtplib.SMTPException, OSError):
            return False

    def _drop(self) -> None:
        self._lost = True
        self._client.close()

    def _wait(self, seconds: float) -> None:
        if self._client.sock is not None:
            self._client.sock.settimeout(seconds)

    def _said(self, code: int, said: bytes) -> str:
        text = f"{code} {said.decode('utf-8', 'replace')}" if code > 0 else said.decode("utf-8", "replace")
        return without_secret(text, self._settings)


def as_text(mail: bytes) -> bytes:
    """A mail as it follows DATA, without the final dot: CRLF line ends, leading dots doubled (RFC 5321)."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", mail)
    stuffed = re.sub(rb"(?m)^\.", b"..", lines)
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"


def said_by(error: Exception) -> str:
    """What an error of smtplib or of the system says, in a few words."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"{error.smtp_code} {text}"
    if isinstance(error, socket.gaierror):
        return f"its name can't be resolved: {error.strerror}"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return str(error) or type(error).__name__


def without_secret(text: str, settings: SmtpSettings) -> str:
    """A server's words on one line, cut, without control characters and without the password in any code."""
    for secret in settings.secrets:
        text = text.replace(secret, "[password]")
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= MAX_REPLY_CHARS else line[: MAX_REPLY_CHARS - 1] + "…"
