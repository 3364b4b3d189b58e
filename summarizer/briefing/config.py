"""What a briefing.toml says, once it is read and checked. START HERE for its keys.

Pure. A configuration holds no secret: it names the environment variable or file where one is (see
`briefing.secrets`). Times are wall-clock times of its zone. `config_reading` makes it of a file, with errors
that name line and key; the messages of the checks below end up there.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictFloat,
    StrictInt,
    StrictStr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from summarizer.briefing.config_values import (
    ClockTime,
    Day,
    MailAddress,
    Reachable,
    Sender,
    String,
    Variable,
    Zone,
    address,
)
from summarizer.briefing.schedule import WEEKDAYS, Schedule, Weekday
from summarizer.delivery.mail_server import Security
from summarizer.errors import UsageProblem
from summarizer.llm.prices import parse_price
from summarizer.records.collection import SourceKind

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_DOT_ATOM = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class General(_Section):
    """[briefing]"""

    name: String = "daily"
    title: String = "Daily briefing"
    language: Literal["en"] = "en"
    topics: tuple[String, ...] = ()
    quiet: Literal["send", "skip"] = "send"
    state: String | None = None
    pages: String | None = None
    page_address: String | None = None

    @field_validator("page_address")
    @classmethod
    def _is_a_web_address(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[\x21-\x7e]+", value):
            raise ValueError("must be an address as in https://news.example.org/{day}.html")
        return value

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
    price: String | None = None

    @field_validator("price")
    @classmethod
    def _is_a_price(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                parse_price(value)
            except UsageProblem:
                raise ValueError("must be IN,CACHED,OUT in US dollars for a million tokens") from None
        return value

    @model_validator(mode="after")
    def _is_an_engine(self) -> ModelChoice:
        if self.base_url is None and "/" not in self.name and self.name != "rules":
            raise ValueError(
                'has no engine of that name: "rules", "openai/NAME", "azure/DEPLOYMENT", "ollama/NAME", '
                "or any name with base_url"
            )
        return self

    @property
    def is_rules(self) -> bool:
        """Whether the embedded engine reads, which asks nobody and reads English only."""
        return self.base_url is None and "/" not in self.name


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

    sender: Sender = Field(alias="from")
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
            return address(value)
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
    page_bytes: Annotated[StrictInt, Field(ge=1_000, le=100_000_000)] = 5_000_000
    request_seconds: Annotated[StrictInt, Field(ge=1, le=600)] = 20
    host_delay_seconds: Annotated[StrictFloat | StrictInt, Field(ge=0, le=60)] = 1.0
    collect_minutes: Annotated[StrictInt, Field(ge=1, le=240)] = 20
    patience_minutes: Annotated[StrictInt, Field(ge=0, le=720)] = 15


class Network(_Section):
    """[network]"""

    allow_private: tuple[Reachable, ...] = ()
    contact: StrictStr = ""


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
