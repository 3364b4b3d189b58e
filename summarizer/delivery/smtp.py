"""Handing mail in over SMTP: the connection, its encryption and log-in.

::

    connect ─ greeting ─ EHLO ─ STARTTLS ─ AUTH ─┬─ MAIL ─ RCPT ─ DATA ─ text ─ "." ─ reply
                                                 │
    no connection, 4xx, 5xx, no TLS, log-in      │  4xx, lost connection before "."    Deferred: try again
    → MailServerUnreachable / MailServerRefused  │  5xx for recipient or text          Refused: never
      (nothing about a recipient)                │  2xx after "."                      Accepted
                                                 │  no answer after "."                Unclear: never again

Encryption is never downgraded: `starttls` on a server that doesn't offer it is an error, and a password goes
over an unencrypted connection to this machine only. The password is in no error and no repr.
"""

from __future__ import annotations

import smtplib
import ssl

from summarizer.delivery.mail_server import SmtpSettings
from summarizer.delivery.smtp_session import SmtpSession, said_by, without_secret
from summarizer.errors import MailServerRefused, MailServerUnreachable

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class SmtpServer:
    """The server that `settings` name."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings

    @property
    def name(self) -> str:
        """See `MailServer`."""
        return self._settings.server

    def connect(self) -> SmtpSession:
        """See `MailServer`."""
        settings = self._settings
        if settings.user is not None and settings.security == "none" and settings.host not in _LOOPBACK:
            reason = "a password would travel in the clear"
            raise MailServerRefused(settings.server, reason, 'Set security = "starttls" or "tls".')
        client: smtplib.SMTP | None = None
        try:
            client = self._opened()
            self._secured(client)
            self._logged_in(client)
        except (MailServerRefused, MailServerUnreachable):
            _drop(client)
            raise
        except ssl.SSLCertVerificationError as error:
            _drop(client)
            reason = f"its certificate can't be trusted ({error.verify_message})"
            way_out = "Use the name that the certificate is for, or name its authority as ca_file."
            raise MailServerRefused(settings.server, reason, way_out) from error
        except (smtplib.SMTPException, OSError) as error:
            _drop(client)
            raise MailServerUnreachable(settings.server, self._shown(error)) from error
        return SmtpSession(client, settings)

    def _opened(self) -> smtplib.SMTP:
        settings = self._settings
        if settings.security == "tls":
            return smtplib.SMTP_SSL(
                settings.host,
                settings.port,
                settings.helo,
                timeout=settings.timeout_s,
                context=self._context(),
            )
        return smtplib.SMTP(settings.host, settings.port, settings.helo, timeout=settings.timeout_s)

    def _secured(self, client: smtplib.SMTP) -> None:
        settings = self._settings
        client.ehlo_or_helo_if_needed()
        if settings.security != "starttls":
            return
        if not client.has_extn("starttls"):
            raise MailServerRefused(
                settings.server,
                "it doesn't offer STARTTLS, so mail would travel in the clear",
                'Set security = "tls" (port 465 as a rule), or "none" for a server on this machine.',
            )
        client.starttls(context=self._context())
        client.ehlo()

    def _logged_in(self, client: smtplib.SMTP) -> None:
        settings = self._settings
        if settings.user is None:
            return
        try:
            client.login(settings.user, settings.password or "")
        except smtplib.SMTPAuthenticationError as error:
            if 400 <= error.smtp_code < 500:
                raise MailServerUnreachable(settings.server, self._shown(error)) from None
            # `from None`: what the server says to a log-in may repeat it.
            reason = f"it refuses the log-in of {settings.user} ({self._shown(error)})"
            way_out = "Check user and password; many providers want an app password."
            raise MailServerRefused(settings.server, reason, way_out) from None
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPResponseException):
            raise
        except smtplib.SMTPException as error:  # not offered at all, or in no way that we know
            way_out = "Leave user out if it takes mail without, or use its port for submission (587, 465)."
            raise MailServerRefused(settings.server, f"it offers no log-in ({error})", way_out) from error

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._settings.ca_file is not None:
            try:
                context.load_verify_locations(self._settings.ca_file)
            except OSError as error:
                reason = f"the certificate authority {self._settings.ca_file} can't be read ({error})"
                raise MailServerRefused(self._settings.server, reason, "Check ca_file.") from error
        return context

    def _shown(self, error: Exception) -> str:
        return without_secret(said_by(error), self._settings)


def _drop(client: smtplib.SMTP | None) -> None:
    if client is not None:
        client.close()
