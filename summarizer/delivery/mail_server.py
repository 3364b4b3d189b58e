"""What mail is handed to: settings, sessions, and what became of one mail.

Only protocols and values: `delivery.smtp` is the real thing, a simulation may be another.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

Security = Literal["starttls", "tls", "none"]
Stage = Literal["mail", "rcpt", "data", "text", "end"]
#: RFC 5321, 4.5.3.2.6: a server that checks a mail may take this long to answer the final dot. Giving up
#: earlier makes an accepted mail `unknown`.
FINAL_REPLY_S = 600.0


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Where mail is handed in. `sender` is the envelope's; bounces go there."""

    host: str
    port: int
    sender: str
    security: Security = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout_s: float = 60.0
    final_reply_s: float = FINAL_REPLY_S
    #: A certificate authority of one's own, beside those of the system.
    ca_file: Path | None = None
    #: What this machine calls itself; None: its own full name.
    helo: str | None = None

    @property
    def server(self) -> str:
        """How errors call it."""
        return f"mail server {self.host}:{self.port}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """The password in every code that AUTH sends it in: what no error may show."""
        if not self.password:
            return ()
        plain = f"\0{self.user or ''}\0{self.password}"
        return self.password, *(base64.b64encode(one.encode()).decode() for one in (self.password, plain))


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of one mail. `stage`: where it ended; `lost`: the connection is gone with it."""

    kind: Literal["accepted", "refused", "deferred", "unclear"]
    stage: Stage
    reason: str
    code: int | None = None
    lost: bool = False


class MailSession(Protocol):
    """An open connection that takes one mail after another."""

    def hand_over(self, recipient: str, mail: bytes, text_begins: Callable[[], bool]) -> Handed:
        """Hand one mail over. `text_begins` is called before its text flows; False calls it off.

        Raises:
            MailServerRefused: the server won't take mail from this sender.
        """

    def quit(self) -> None:
        """Close it; errors don't matter any more."""


class MailServer(Protocol):
    """Opens sessions."""

    @property
    def name(self) -> str:
        """How reports call it."""

    def connect(self) -> MailSession:
        """Open a session.

        Raises:
            MailServerUnreachable: not now.
            MailServerRefused: not with these settings.
        """
