"""Units, lines and manifests that start a briefing, made of its configuration. Pure but for the templates.

All of them only ask, and often: what is due is decided by `briefing.schedule`, with its zone, days, cut-off
and daylight saving. So an extra start sends nothing twice, and a missed one is made up for by the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from importlib.resources import files
from pathlib import Path
from shlex import quote
from string import Template
from typing import Literal

from summarizer.briefing.config import Briefing
from summarizer.briefing.schedule import WEEKDAYS, first_instant

Kind = Literal["systemd", "cron", "github", "k8s"]
_SYSTEMD_DAYS = dict(zip(WEEKDAYS, ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True))
#: GitHub may start a run an hour late; these are tried after the first, in hours.
_AGAIN_AFTER_H = (0, 1, 3)


@dataclass(frozen=True, slots=True)
class Site:
    """Where the briefing runs. `command`: how the program is called; `source`: where it is installed from."""

    command: str
    home: Path
    user: str
    image: str
    source: str
    today: date


class _Text(Template):
    """`§{name}` is filled in: shells, YAML and GitHub have their own use for `$`."""

    delimiter = "§"


def install_files(briefing: Briefing, kind: Kind, site: Site, toml: str) -> dict[str, str]:
    """File name -> content. `toml` is the text of the configuration, for manifests that carry it."""
    match kind:
        case "systemd":
            return _systemd(briefing, site)
        case "cron":
            return {f"briefing-{briefing.name}.cron": _cron(briefing, site)}
        case "github":
            return {f"briefing-{briefing.name}.yml": _github(briefing, site)}
        case "k8s":
            return {f"briefing-{briefing.name}.yml": _kubernetes(briefing, site, toml)}


def _systemd(briefing: Briefing, site: Site) -> dict[str, str]:
    unit = f"summarizer-{briefing.name}"
    inside_home = [path for path in (_program(site), str(briefing.path)) if _is_in_a_home(path)]
    writable = [briefing.beside(one) for one in (briefing.general.state, briefing.general.pages) if one]
    values = {
        "unit": unit,
        "name": briefing.name,
        "command": site.command,
        "config": _systemd_quoted(str(briefing.path)),
        "user": f"User={site.user}" if inside_home or writable else "DynamicUser=yes",
        "protect_home": "read-only" if inside_home else "yes",
        "secrets": "\n".join(_systemd_secrets(briefing)),
        "writable": "\n".join(f"ReadWritePaths=-{path}" for path in writable),
        "days": ",".join(_SYSTEMD_DAYS[day] for day in briefing.schedule.days),
        "time": briefing.schedule.time.isoformat(),
        "zone": briefing.schedule.zone.key,
    }
    return {f"{unit}.{kind}": _filled(f"systemd.{kind}", values) for kind in ("service", "timer")}


def _systemd_secrets(briefing: Briefing) -> Iterable[str]:
    for file in _secret_files(briefing):
        path = briefing.beside(file)
        yield f"# The secret is in {path}, readable by root alone; the service gets a copy of its own."
        yield f"LoadCredential={path.name}:{path}"
    if variables := _secret_variables(briefing):
        yield f"# NAME=value lines for {', '.join(variables)}; readable by root alone (chmod 600)."
        yield "EnvironmentFile=/etc/summarizer/environment"


def _cron(briefing: Briefing, site: Site) -> str:
    # A crontab has no way to escape a line; its % are line breaks.
    every = 15 if briefing.schedule.time.minute % 15 == 0 else 5
    secrets = [
        f"# {name}=…   (with password_file or url_file, no secret is in the crontab)"
        for name in _secret_variables(briefing)
    ]
    return _filled(
        "cron",
        {
            "name": briefing.name,
            "every": str(every),
            "secrets": "\n".join(secrets),
            "home": str(site.home),
            "command": site.command,
            "config": quote(str(briefing.path)).replace("%", r"\%"),
        },
    )


def _github(briefing: Briefing, site: Site) -> str:
    crons = [f'    - cron: "{one}"' for one in utc_crons(briefing, site.today)]
    secrets = [f"          {name}: ${{{{ secrets.{name} }}}}" for name in _secret_variables(briefing)]
    return _filled(
        "github.yml",
        {
            "name": briefing.name,
            "time": f"{briefing.schedule.time:%H:%M}",
            "zone": briefing.schedule.zone.key,
            "cutoff": f"{briefing.schedule.cutoff:%H:%M}",
            "crons": "\n".join(crons),
            "source": site.source,
            "notes": "\n".join(_elsewhere(briefing)),
            "secrets": "\n".join(secrets),
            "config": briefing.path.name,
        },
    )


def _kubernetes(briefing: Briefing, site: Site, toml: str) -> str:
    literals = [f"--from-literal={name}=…" for name in _secret_variables(briefing)]
    return _filled(
        "kubernetes.yml",
        {
            "name": briefing.name,
            "slug": re.sub(r"[^a-z0-9-]+", "-", briefing.name.lower()).strip("-"),
            "zone": briefing.schedule.zone.key,
            "image": site.image,
            "notes": "\n".join(_elsewhere(briefing)),
            "literals": " ".join(literals) or "…",
            "toml": "\n".join(f"    {line}".rstrip() for line in toml.splitlines()),
        },
    )


def utc_crons(briefing: Briefing, today: date) -> tuple[str, ...]:
    """Lines of a crontab in UTC that meet the local time on every day of the year, and again later.

    A line has the days of the week on which its hour is meant, which may be the day before in UTC.
    """
    when = briefing.schedule.schedule
    by_time: dict[time, set[int]] = {}
    for number in range(366):
        day = today + timedelta(days=number)
        if not when.has(day):
            continue
        due_at = first_instant(day, when.at, when.zone)
        for hours in _AGAIN_AFTER_H:
            at = due_at + timedelta(hours=hours)
            if at < when.cutoff_at(day):
                # cron counts days from Sunday
                by_time.setdefault(at.time(), set()).add((at.weekday() + 1) % 7)
    return tuple(
        f"{at.minute} {at.hour} * * {'*' if len(days) == 7 else ','.join(map(str, sorted(days)))}"
        for at, days in sorted(by_time.items())
    )


def _elsewhere(briefing: Briefing) -> Iterable[str]:
    """What a configuration made for one machine needs before it runs on another."""
    for file in _secret_files(briefing):
        yield f"# NOTE: {file} is a file of this machine. Name a variable instead: password_env, url_env."
    for key, folder in (("state", briefing.general.state), ("pages", briefing.general.pages)):
        if folder is not None:
            yield f"# NOTE: leave {key} out of [briefing]: {folder} isn't kept there from run to run."
    for source in briefing.sources:
        if source.kind == "folder":
            yield f"# NOTE: the folder {source.location} must be there, too."


def _secret_files(briefing: Briefing) -> tuple[str, ...]:
    named = (briefing.smtp.password_file, briefing.healthcheck.url_file)
    return tuple(one for one in named if one is not None)


def _secret_variables(briefing: Briefing) -> tuple[str, ...]:
    """Environment variables that hold secrets: those that the file names, and the model's."""
    named = [briefing.smtp.password_env, briefing.healthcheck.url_env]
    if not briefing.model.is_rules:
        provider = briefing.model.name.partition("/")[0]
        keys = {"openai": "OPENAI_API_KEY", "azure": "AZURE_OPENAI_API_KEY", "ollama": None}
        named.append("SUMMARIZER_API_KEY" if briefing.model.base_url else keys.get(provider))
    return tuple(one for one in named if one is not None)


def _program(site: Site) -> str:
    return site.command.split()[0]


def _is_in_a_home(path: str) -> bool:
    return path.startswith(("/home/", "/root/", "/Users/"))


def _systemd_quoted(path: str) -> str:
    """A word of ExecStart=: % and $ are specifiers there."""
    path = path.replace("%", "%%").replace("$", "$$")
    return f'"{path}"' if re.search(r"\s", path) else path


def _filled(template: str, values: Mapping[str, str]) -> str:
    text = files("summarizer.briefing").joinpath("templates", template).read_text(encoding="utf-8")
    filled = _Text(text).substitute(values)
    return re.sub(r"\n{3,}", "\n\n", filled).strip("\n") + "\n"
