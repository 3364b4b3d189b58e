"""Mail addresses as SMTP takes them. Pure.

`user@example.com`, `Name <user@example.com>`; a domain in another script becomes punycode (IDNA 2008, with
the mapping of UTS 46 that browsers use). Left out on purpose: quoted local parts, comments, address
literals and local parts beyond ASCII; each is refused by name. Nothing that passes holds a line break or
control character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.headerregistry import Address

from summarizer.errors import BadSetting, MissingExtra

#: RFC 5321, 4.5.3.1.
MAX_LOCAL, MAX_DOMAIN = 64, 255
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]+)>")


def mailbox(text: str, setting: str) -> Address:
    """The address, with its display name, that `text` means; `setting` is where it stands, for errors.

    Raises:
        BadSetting: it is no address that mail can go to.
    """
    if any(character < " " or character in "\x7f\x85\u2028\u2029" for character in text):
        raise BadSetting(setting, text, "an address can't hold line breaks or control characters")
    named = _NAMED.fullmatch(text.strip())
    name, address = (named["name"], named["address"]) if named else ("", text)
    return Address(name.strip().strip('"').strip(), addr_spec=plain_address(address, setting))


def plain_address(text: str, setting: str) -> str:
    """`user@domain` in ASCII, the domain in small letters.

    Raises:
        BadSetting: it is no address that mail can go to.
    """
    local, at, domain = text.strip().rpartition("@")
    if not (at and local and domain):
        raise BadSetting(setting, text, "must be an address as in user@example.com")
    if not local.isascii():
        raise BadSetting(
            setting, text, "the part before @ must be ASCII: many mail servers take nothing else"
        )
    if not _LOCAL.fullmatch(local) or len(local) > MAX_LOCAL:
        raise BadSetting(setting, text, f"{local!r} is no local part that mail servers take unquoted")
    return f"{local}@{_ascii_domain(domain, text, setting)}"


def distinct(addresses: Iterable[str]) -> tuple[str, ...]:
    """Each address once, whatever its capitals; the first way of writing it stays."""
    first: dict[str, str] = {}
    for address in addresses:
        first.setdefault(address.lower(), address)
    return tuple(first.values())


def _ascii_domain(domain: str, text: str, setting: str) -> str:
    if not domain.isascii():
        try:
            import idna
        except ImportError as error:
            raise MissingExtra(f"The address {text}", "idna", "briefing") from error
        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise BadSetting(setting, text, f"{domain!r} is no domain name ({error})") from error
    labels = domain.split(".")
    if len(domain) > MAX_DOMAIN or not all(_LABEL.fullmatch(label) for label in labels):
        raise BadSetting(setting, text, f"{domain!r} is no domain name")
    return domain.lower()
