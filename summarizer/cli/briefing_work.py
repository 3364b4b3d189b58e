"""The steps behind `summarizer briefing`: read the configuration, run, tell what came of it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from summarizer.cli.cluster_work import cluster_at
from summarizer.cli.options import cores, settings_with
from summarizer.cli.output import say, write_file, write_out
from summarizer.errors import BadBriefing, BadSetting, OutputProblem, SummarizerError

if TYPE_CHECKING:
    from summarizer.briefing.office import Office, Order
    from summarizer.briefing.outcome import RunOutcome

TEMPLATE = "briefing.toml"


def write_template(path: Path) -> None:
    """Write the commented configuration; never over anything.

    Raises:
        OutputProblem: it can't be written, or something is there after all.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(template_text())
    except OSError as error:
        raise OutputProblem(str(path), (error.strerror or str(error)).lower()) from error
    say(f"Written: {path}. Fill in sources, schedule, mail and smtp; then check it with")
    say(f"  summarizer briefing init --config {path}")
    say(f"  summarizer briefing run --config {path} --dry-run")


def template_text() -> str:
    """The configuration that `init` writes."""
    from importlib.resources import files

    return files("summarizer.briefing").joinpath("templates", TEMPLATE).read_text(encoding="utf-8")


def check_config(path: Path) -> None:
    """Tell whether the configuration can be meant, and whether its secrets are where it says.

    Raises:
        BadBriefing, BadSetting: it can't, or they aren't.
    """
    from summarizer.briefing.secrets import ping_address, smtp_settings
    from summarizer.rendering.wording import count

    office = office_of(path)
    briefing = office.briefing
    say(f"{path} is there already and is not touched. It is right:")
    when = briefing.schedule
    say(
        f"  {briefing.name}: {count(len(briefing.sources), 'source')}, "
        f"{count(len(briefing.mail.to), 'reader')}, "
        f"{when.time:%H:%M} {when.zone.key} on {', '.join(when.days)}, read by {briefing.model.name}"
    )
    smtp_settings(briefing, os.environ)
    ping_address(briefing, os.environ)
    say(f"  its secrets are where it says; its state is in {office.state}")


def office_of(
    path: Path, *, quiet: bool = False, stop: threading.Event | None = None, scheduler: str | None = None
) -> Office:
    """Everything that a run of this configuration works with.

    Raises:
        BadBriefing: the configuration can't be meant.
        BadSetting: `scheduler` can't be an address.
    """
    from summarizer.briefing.config_reading import read_briefing
    from summarizer.briefing.office import Office
    from summarizer.briefing.workshop import Workshop
    from summarizer.delivery.sending import SystemClock

    try:
        briefing = read_briefing(path)
    except BadBriefing as error:
        # A line each; the last is what the error itself says.
        *others, last = error.problems
        for problem in others:
            say(f"BadBriefing: {problem}")
        raise BadBriefing([last]) from None
    tell: Callable[[str], None] = (lambda line: None) if quiet else say
    shop = Workshop(briefing, settings_with().home, os.environ, tell, cores(), cluster_at(scheduler))
    return Office(shop, SystemClock(stop))


def order(day: date | None, *, live: bool) -> Order:
    """What the command line asks for."""
    from summarizer.briefing.office import Order

    return Order(day, live)


def parsed_day(option: str, text: str | None, office: Office) -> date | None:
    """A day, or None where none was given.

    Raises:
        BadSetting: it is no date, or still to come in the briefing's zone.
    """
    return None if text is None else given_day(option, text, office)


def given_day(option: str, text: str, office: Office) -> date:
    """See `parsed_day`."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadSetting(option, text, "must be a date as in 2025-05-12") from None
    if day > office.clock.now().astimezone(office.briefing.schedule.zone).date():
        raise BadSetting(option, text, "is a day that is still to come")
    return day


def given_words(option: str, text: str) -> str:
    """Words in one line.

    Raises:
        BadSetting: there are none.
    """
    if not text.strip():
        raise BadSetting(option, text, "must say something")
    return " ".join(text.split())


def run_and_tell(office: Office, order: Order, *, as_json: bool, quiet: bool) -> int:
    """One run, told and pinged; SIGTERM ends it after the mail that is on its way.

    `quiet` says nothing of a run that went well.
    """
    stop = threading.Event()
    from summarizer.delivery.sending import SystemClock

    office = replace(office, clock=SystemClock(stop))
    with _ending_on_sigterm(stop, office.delivering):
        return tell(pinged_run(office, order), as_json=as_json, quiet=quiet)


def pinged_run(office: Office, order: Order) -> RunOutcome:
    """One run; the healthcheck service hears how it ended, also when it raises."""
    from summarizer.briefing.pinging import Ping, send_ping
    from summarizer.briefing.running import run_briefing
    from summarizer.briefing.secrets import ping_address

    address = ping_address(office.briefing, office.shop.environment)
    try:
        outcome = run_briefing(office, order)
    except SummarizerError as error:
        send_ping(address, Ping(False, f"{type(error).__name__}: {error}"), say)
        raise
    send_ping(address, Ping(outcome.is_well, "\n".join(outcome.lines())), say)
    return outcome


def tell(outcome: RunOutcome, *, as_json: bool, quiet: bool = False) -> int:
    """Tell what a run did; gives its exit code."""
    for line in () if quiet and outcome.exit_code in (0, 4) else outcome.lines():
        say(line)
    if as_json:
        write_out(outcome.to_json(), "-")
    return outcome.exit_code


def look_and_write(office: Office, day: date | None, folder: Path, *, as_json: bool) -> int:
    """`--dry-run`: write the mail and the page; gives the exit code that the edition's state has."""
    from summarizer.briefing.looking import look, written
    from summarizer.briefing.outcome import outcome_of

    made = look(office, day)
    outcome = outcome_of(made.edition, None)
    say(f"Edition {outcome.edition} ({outcome.state}): {outcome.subject}")
    if outcome.why:
        say(f"  {outcome.why}")
    for path, content in written(office, made.edition, folder).items():
        write_file(content, path)
        say(f"Written: {path}")
    say("Nothing was sent, and nothing recorded.")
    if as_json:
        write_out(outcome.to_json(), "-")
    return made.trouble.exit_code if made.trouble and made.trouble.exit_code != 1 else outcome.exit_code


def show_status(office: Office, *, as_json: bool) -> int:
    """What the ledger tells; gives the exit code."""
    from summarizer.briefing.status import status_of
    from summarizer.store import edition_file
    from summarizer.store.editions import EditionLedger

    now = office.clock.now()
    if (office.state / edition_file.FILE_NAME).exists():
        with EditionLedger(office.state, now) as ledger:
            status = status_of(ledger, office.briefing, now)
    else:  # to look begins no ledger
        status = status_of(None, office.briefing, now)
    write_out(status.to_json() if as_json else "".join(f"{line}\n" for line in status.lines()), "-")
    return status.exit_code


@contextmanager
def _ending_on_sigterm(stop: threading.Event, delivering: threading.Event) -> Iterator[None]:
    """A first SIGTERM lets the mail that is on its way end; at any other time it ends the run at once."""

    def handle(number: int, frame: FrameType | None) -> None:
        stop.set()
        if not delivering.is_set():
            say("Stopped; nothing was recorded that isn't done.")
            sys.exit(128 + signal.SIGTERM)

    before = signal.signal(signal.SIGTERM, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
