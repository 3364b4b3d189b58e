"""Secrets of a briefing: where the configuration says that they are, read at the edge, kept out of sight.

A secret stands in an environment variable or in a file. A file is looked for in systemd's credentials folder
first (`$CREDENTIALS_DIRECTORY`, set by LoadCredential=), then beside the configuration. A secret goes to
nobody but the server that it is for; no error here holds one, and `Secret` never shows what it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.briefing.config import Briefing
from summarizer.delivery.addresses import mailbox
from summarizer.delivery.mail_server import SmtpSettings
from summarizer.errors import BadSetting

CREDENTIALS = "CREDENTIALS_DIRECTORY"


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret, and the key of the configuration that names it."""

    value: str = field(repr=False)
    key: str


def smtp_settings(briefing: Briefing, environment: Mapping[str, str]) -> SmtpSettings:
    """How the mail server is reached, log-in included.

    Raises:
        BadSetting: the password isn't where the configuration says.
    """
    smtp = briefing.smtp
    secret = None
    if smtp.user is not None:
        secret = find_secret(briefing, "smtp.password", (smtp.password_env, smtp.password_file), environment)
    return SmtpSettings(
        host=smtp.host,
        port=smtp.port,
        sender=mailbox(briefing.mail.sender, "mail.from").addr_spec,
        security=smtp.security,
        user=smtp.user,
        password=None if secret is None else secret.value,
        ca_file=None if smtp.ca_file is None else briefing.beside(smtp.ca_file),
        helo=smtp.helo,
    )


def ping_address(briefing: Briefing, environment: Mapping[str, str]) -> Secret | None:
    """The address to ping after a run; None where the configuration has none.

    Raises:
        BadSetting: it isn't where the configuration says, or is no web address.
    """
    named = (briefing.healthcheck.url_env, briefing.healthcheck.url_file)
    if named == (None, None):
        return None
    secret = find_secret(briefing, "healthcheck.url", named, environment)
    if not secret.value.startswith(("https://", "http://")):
        raise BadSetting(secret.key, "…", "what it names must be an address that begins with https://")
    return secret


def find_secret(
    briefing: Briefing, key: str, named: tuple[str | None, str | None], environment: Mapping[str, str]
) -> Secret:
    """The secret in the variable or else the file that `named` has; `key` is "smtp.password", for errors.

    Raises:
        BadSetting: there is none, or it is empty or of several lines.
    """
    variable, file = named
    if variable is not None:
        if value := environment.get(variable, "").strip():
            return Secret(value, f"{key}_env")
        # Somebody may have written the secret itself there; names of variables are in capitals.
        shown = variable if variable.isupper() else "…"
        raise BadSetting(f"{key}_env", shown, "the environment has no such variable, or an empty one")
    assert file is not None
    path = _place(briefing, file, environment)
    try:
        value = path.read_text(encoding="utf-8").strip()
    except UnicodeDecodeError:
        raise BadSetting(f"{key}_file", str(path), "is no text") from None
    except OSError as error:
        reason = f"can't be read ({(error.strerror or str(error)).lower()})"
        raise BadSetting(f"{key}_file", str(path), reason) from error
    if not value or len(value.splitlines()) > 1:
        raise BadSetting(f"{key}_file", str(path), "must hold the secret in one line and nothing else")
    return Secret(value, f"{key}_file")


def _place(briefing: Briefing, file: str, environment: Mapping[str, str]) -> Path:
    if credentials := environment.get(CREDENTIALS):
        given = Path(credentials) / Path(file).name
        if given.exists():
            return given
    return briefing.beside(file)
