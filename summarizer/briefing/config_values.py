"""Kinds of values in a briefing.toml, each with a check whose message says what is meant. Pure."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, BeforeValidator, StrictStr

from summarizer.briefing.nearest import nearest
from summarizer.briefing.schedule import WEEKDAYS, Weekday
from summarizer.delivery.addresses import mailbox, plain_address
from summarizer.errors import BadSetting
from summarizer.sources.web.addresses import policy_of

_REST_OF_DAYS = ("day", "sday", "nesday", "rsday", "day", "urday", "day")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(:[0-5]\d)?")


def _words(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty")
    return value


def _clock_time(value: object) -> object:
    """A TOML time, or the same in quotes."""
    if isinstance(value, time):
        return value
    if not isinstance(value, str) or not _TIME.fullmatch(value.strip()):
        raise ValueError('must be a time of day as in "07:00"')
    return time.fromisoformat(value.strip().rjust(5, "0"))


def _weekday(value: object) -> object:
    """A day's short name or whole name."""
    given = value.strip().lower() if isinstance(value, str) else ""
    for short, rest in zip(WEEKDAYS, _REST_OF_DAYS, strict=True):
        if given in (short, short + rest):
            return short
    raise ValueError(f"must be one of {', '.join(WEEKDAYS)}")


def _zone(value: object) -> object:
    if not isinstance(value, str) or not value.strip():
        raise ValueError('must be a zone of the IANA database as in "Europe/Berlin"')
    if value not in available_timezones():
        near = nearest(value, sorted(available_timezones()))
        hint = f": did you mean {near}" if near else ""
        raise ValueError(f'is no zone of the IANA database, as "Europe/Berlin" is{hint}')
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("is a zone that this machine has no data for: pip install tzdata") from None


def address(value: str) -> str:
    try:
        return plain_address(value, "")
    except BadSetting as error:
        raise ValueError(error.reason) from None


def _sender(value: str) -> str:
    try:
        mailbox(value, "")
    except BadSetting as error:
        raise ValueError(error.reason) from None
    return value


def _variable(value: str) -> str:
    if not _VARIABLE.fullmatch(value):
        raise ValueError(
            "must be the name of an environment variable, as in SMTP_PASSWORD; the secret itself must not "
            "stand in this file"
        )
    return value


String = Annotated[StrictStr, AfterValidator(_words)]
MailAddress = Annotated[StrictStr, AfterValidator(address)]
Variable = Annotated[StrictStr, AfterValidator(_variable)]
ClockTime = Annotated[time, BeforeValidator(_clock_time)]
Day = Annotated[Weekday, BeforeValidator(_weekday)]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]


def _reachable(value: str) -> str:
    try:
        policy_of([value])
    except BadSetting as error:
        raise ValueError(error.reason) from None
    return value


Sender = Annotated[StrictStr, AfterValidator(_sender)]
Reachable = Annotated[StrictStr, AfterValidator(_reachable)]
