"""What a briefing.toml says, once it is read and checked. START HERE for its keys.

Pure. A configuration holds no secret: it names the environment variable or file where one is (see
`briefing.secrets`). Times are wall-clock times of its zone. `config_reading` makes it of a file, with errors
that name line and key; the messages of the checks below end up there.
"""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictFloat,
    StrictInt,
    StrictStr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from summarizer.briefing.nearest import nearest
from summarizer.briefing.schedule import WEEKDAYS, Schedule, Weekday
from summarizer.delivery.addresses import mailbox, plain_address
from summarizer.delivery.mail_server import Security
from summarizer.errors import BadSetting

SourceKind = Literal["feed", "opml", "jsonfeed", "url", "folder"]
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(:[0-5]\d)?")
_DOT_ATOM = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


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
    short = value.strip().lower()[:3] if isinstance(value, str) else ""
    if short not in WEEKDAYS:
        raise ValueError(f"must be one of {', '.join(WEEKDAYS)}")
    return short


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


def _address(value: str) -> str:
    try:
        return plain_address(value, "")
    except BadSetting as error:
        raise ValueError(error.reason) from None


def _mailbox(value: str) -> str:
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
MailAddress = Annotated[StrictStr, AfterValidator(_address)]
Variable = Annotated[StrictStr, AfterValidator(_variable)]
ClockTime = Annotated[time, BeforeValidator(_clock_time)]
Day = Annotated[Weekday, BeforeValidator(_weekday)]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class General(_Section):
    """[briefing]"""

    name: String = "daily"
    title: String = "Daily briefing"
    language: Literal["en"] = "en"
    topics: tuple[String, ...] = ()
    quiet: Literal["send", "skip"] = "send"
    state: Path | None = None

    @field_validator("name")
    @classmethod
    def _is_a_short_name(cls, value: str) -> str:
        if not _NAME.fullmatch(value):
            raise ValueError("must be a short name of letters, digits, dots and dashes, as in daily-ports")
        if value.endswith(NOTICES):
            raise ValueError(f"must not end in {NOTICES}: that names the notices to the operator")
        return value


#: What is added to a briefing's name for notices of failed editions, which are no editions for readers.
NOTICES = ".notices"


class Source(_Section):
    """[[source]]"""

    kind: SourceKind
    location: String
    name: String | None = None

    @field_validator("location")
    @classmethod
    def _is_an_address(cls, value: str, info: ValidationInfo) -> str:
        kind = info.data.get("kind")
        parts = urlsplit(value)
        if kind in ("feed", "jsonfeed", "url") and (
            parts.scheme not in ("http", "https") or not parts.hostname
        ):
            raise ValueError(f"must be an address that begins with https:// or http:// for kind = {kind!r}")
        if kind == "folder" and "://" in value:
            raise ValueError('must be a folder of this machine for kind = "folder"')
        return value


class ModelChoice(_Section):
    """[model]"""

    name: String = "rules"
    budget: Annotated[StrictFloat | StrictInt, Field(gt=0)] | None = None
    base_url: String | None = None


class When(_Section):
    """[schedule]"""

    time: ClockTime
    zone: Zone
    days: tuple[Day, ...] = WEEKDAYS
    cutoff: ClockTime

    @field_validator("days")
    @classmethod
    def _has_a_day(cls, value: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
        if not value:
            raise ValueError("must have at least one day")
        return tuple(day for day in WEEKDAYS if day in value)

    @property
    def schedule(self) -> Schedule:
        """The same for the due-check."""
        return Schedule(self.time, self.zone, self.cutoff, frozenset(self.days))


class Mail(_Section):
    """[mail]. Where no `operator` is named, notices of failed editions go to all readers."""

    sender: Annotated[StrictStr, AfterValidator(_mailbox)] = Field(alias="from")
    to: Annotated[tuple[MailAddress, ...], Field(min_length=1)]
    operator: tuple[MailAddress, ...] = ()
    allow: tuple[MailAddress, ...] = ()
    list_id: StrictStr = ""
    unsubscribe: StrictStr = ""

    @field_validator("list_id")
    @classmethod
    def _is_a_list_id(cls, value: str) -> str:
        if value and not _DOT_ATOM.fullmatch(value):
            raise ValueError("must be like a host name, as in daily.example.org")
        return value

    @field_validator("unsubscribe")
    @classmethod
    def _is_a_way_off(cls, value: str) -> str:
        if value and ":" not in value:
            return _address(value)
        if value and not re.fullmatch(r"(mailto|https):[\x21-\x7e]+", value):
            raise ValueError("must be an address, or a mailto: or https: link")
        return value


class Smtp(_Section):
    """[smtp]"""

    host: String
    port: Annotated[StrictInt, Field(ge=1, le=65535)] = 587
    security: Security = "starttls"
    user: String | None = None
    password_env: Variable | None = None
    password_file: String | None = None
    ca_file: String | None = None
    helo: String | None = None

    @model_validator(mode="after")
    def _has_one_password(self) -> Smtp:
        named = (self.password_env, self.password_file).count(None)
        if named == 0:
            raise ValueError("has password_env and password_file: leave one of them out")
        if self.user is not None and named == 2:
            raise ValueError("has a user and no password: name password_env or password_file")
        if self.user is None and named < 2:
            raise ValueError("has a password and no user: name the user")
        return self


class Limits(_Section):
    """[limits]"""

    articles: Annotated[StrictInt, Field(ge=1, le=10_000)] = 200
    age_days: Annotated[StrictInt, Field(ge=1, le=3660)] = 3
    page_bytes: Annotated[StrictInt, Field(ge=1_000)] = 5_000_000
    request_seconds: Annotated[StrictInt, Field(ge=1, le=600)] = 20
    host_delay_seconds: Annotated[StrictFloat | StrictInt, Field(ge=0, le=60)] = 1.0
    collect_minutes: Annotated[StrictInt, Field(ge=1, le=240)] = 20
    patience_minutes: Annotated[StrictInt, Field(ge=0, le=720)] = 15


class Network(_Section):
    """[network]"""

    allow_private: tuple[String, ...] = ()


class Healthcheck(_Section):
    """[healthcheck]"""

    url_env: Variable | None = None
    url_file: String | None = None


class Briefing(_Section):
    """The whole file. `path` is where it stands; relative paths in it start there."""

    path: Path = Field(exclude=True)
    general: General = Field(alias="briefing", default=General())
    sources: Annotated[tuple[Source, ...], Field(alias="source", min_length=1)]
    model: ModelChoice = ModelChoice()
    schedule: When
    mail: Mail
    smtp: Smtp
    limits: Limits = Limits()
    network: Network = Network()
    healthcheck: Healthcheck = Healthcheck()

    @property
    def name(self) -> str:
        """Its short name: the ledger's, and that of Message-IDs."""
        return self.general.name

    @property
    def notices(self) -> str:
        """Under what the ledger keeps notices of failed editions: they never count as an edition."""
        return self.name + NOTICES

    def beside(self, location: str | Path) -> Path:
        """A path of the file as an absolute one."""
        return (self.path.parent / Path(location).expanduser()).absolute()

    def shown(self) -> dict[str, Any]:
        """All of it as plain values, for people and logs; addresses of sources without passwords."""
        plain = self.model_dump(mode="json", by_alias=True, exclude={"schedule": {"zone"}})
        plain["schedule"]["zone"] = self.schedule.zone.key
        for source in plain["source"]:
            source["location"] = without_password(source["location"])
        return plain


def without_password(location: str) -> str:
    """An address without "user:password@"."""
    parts = urlsplit(location) if "://" in location else None
    if parts is None or "@" not in parts.netloc:
        return location
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
