"""A briefing with everything around it: a feed on a real web server, a real mail server, and a set clock."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from command import RATES, STRIKE, Ended, summarizer
from mail_servers import Mailbox, smtp_server
from test_ledger_sending import SetClock
from web_server import Answer, WebServer, web_server

from summarizer.briefing.config_reading import parse_briefing
from summarizer.briefing.office import Office, Order
from summarizer.briefing.outcome import EditionOutcome, RunOutcome
from summarizer.briefing.running import run_briefing
from summarizer.briefing.workshop import Workshop

#: Monday, half past six in Berlin.
MORNING = datetime(2025, 2, 24, 5, 30, tzinfo=UTC)
ANN, BOB, OPERATOR = "ann@example.org", "bob@example.org", "desk@example.org"
SOLAR = (
    "The solar plant at Tarn will close in May, operator Helio said on Tuesday.\n\n"
    "About 300 people work there, Mayor Lea Brand said. Helio denied that it was bankrupt.\n"
)
FROM_SIX = 'time = "06:00"\ncutoff = "12:00"\nzone = "Europe/Berlin"'
ALL_DAY = 'time = "00:00"\ncutoff = "00:00"\nzone = "UTC"'
CONFIG = """\
[briefing]
name = "morning"
title = "Morning briefing"
{general}

{sources}

[schedule]
{schedule}

[mail]
from = "Morning briefing <briefing@example.org>"
to = ["ann@example.org", "bob@example.org"]
operator = ["desk@example.org"]
{mail}

[smtp]
host = "localhost"
port = {smtp_port}
security = "{security}"
helo = "localhost"
{smtp}

[limits]
host_delay_seconds = 0
request_seconds = 5
patience_minutes = 0

[network]
allow_private = ["127.0.0.1"]
{more}
"""


@dataclass
class Site:
    """The whole of it. `changed` fills in parts of the configuration."""

    folder: Path
    web: WebServer
    mailbox: Mailbox
    smtp_port: int
    clock: SetClock = field(default_factory=lambda: SetClock(MORNING))
    changed: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    always_due: bool = False
    security: str = "none"

    def config(self) -> Path:
        """The configuration, written as it stands now."""
        parts = {
            "general": "",
            "sources": self.source("feed.xml", "Bay Wire"),
            "mail": "",
            "smtp": "",
            "more": "",
            "smtp_port": str(self.smtp_port),
            "security": self.security,
            "schedule": ALL_DAY if self.always_due else FROM_SIX,
        }
        path = self.folder / "briefing.toml"
        path.write_text(CONFIG.format(**parts | self.changed), encoding="utf-8")
        return path

    def source(self, path: str, name: str) -> str:
        """A [[source]] of the web server."""
        return f'[[source]]\nkind = "feed"\nlocation = "{self.web.url("/" + path)}"\nname = "{name}"\n'

    def publish(
        self, texts: dict[str, str], feed: str = "feed.xml", age: timedelta = timedelta(hours=1)
    ) -> None:
        """Put articles, by name, and the feed that lists them on the server."""
        items = ""
        published = format_datetime(self.clock.now() - age)
        for name, text in texts.items():
            title = text.partition(",")[0]
            self.web.answers[f"/{name}"] = Answer(text.encode(), "text/plain; charset=utf-8")
            items += (
                f"<item><title>{title}</title><link>{self.web.url('/' + name)}</link>"
                f"<pubDate>{published}</pubDate></item>"
            )
        body = f'<rss version="2.0"><channel><title>Bay Wire</title>{items}</channel></rss>'
        etag = {"ETag": f'"{hash(tuple(texts))}"'}
        self.web.answers[f"/{feed}"] = Answer(body.encode(), "application/rss+xml", headers=etag)

    def office(self, **environment: str) -> Office:
        """What a run works with, its progress kept in `told`."""
        path = self.config()
        briefing = parse_briefing(path.read_text(encoding="utf-8"), path)
        shop = Workshop(briefing, self.folder / "home", environment, self.told.append)
        return Office(shop, self.clock)

    def run(self, day: date | None = None, live: bool = True) -> RunOutcome:
        """One run."""
        return run_briefing(self.office(), Order(day, live))

    def next_morning(self) -> None:
        """A day later."""
        self.clock.instant += timedelta(days=1)

    def command(self, *arguments: object, **environment: str) -> Ended:
        """The command line, as a process."""
        config = ["--config", self.config()]
        return summarizer("briefing", *arguments, *config, home=self.folder / "home", **environment)

    def mails(self) -> list[EmailMessage]:
        """All mail that came in, parsed."""
        return [parsed(content) for _, content in self.mailbox.taken]


def parsed(content: bytes) -> EmailMessage:
    """A mail as a mail program reads it."""
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(message: EmailMessage) -> str:
    """The text part, its lines unwrapped."""
    part = message.get_body(("plain",))
    assert part is not None
    return " ".join(str(part.get_content()).split())


@contextmanager
def briefing_site(folder: Path) -> Iterator[Site]:
    """A site with two articles in its feed, until the block ends."""
    with ExitStack() as stack:
        mailbox = Mailbox()
        port = stack.enter_context(smtp_server(mailbox))
        site = Site(folder, stack.enter_context(web_server()), mailbox, port)
        site.publish({"strike.txt": STRIKE, "rates.txt": RATES})
        yield site


@contextmanager
def healthcheck_service() -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """A service that is pinged: its address, and paths and bodies that it heard. It refuses "/refuses"."""
    heard: list[tuple[str, bytes]] = []

    class Watch(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(404 if self.path.startswith("/refuses") else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Watch)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def only(outcome: RunOutcome) -> EditionOutcome:
    """The one edition of a run."""
    (edition,) = outcome.editions
    return edition


def outcomes(outcome: RunOutcome) -> list[str]:
    """What became of each recipient of the run's one edition."""
    delivery = only(outcome).delivery
    assert delivery is not None
    return [one.outcome for one in delivery.results]


def read_json(ended: Ended) -> Any:
    """What a command printed."""
    return json.loads(ended.out)
