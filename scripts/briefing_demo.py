"""A briefing from beginning to end on this machine: `make briefing`.

    python scripts/briefing_demo.py OUT

Serves the articles of evals/articles as a feed over HTTP, starts a mail server (both on loopback, on free
ports), writes a configuration, and runs the program's own command line on it, twice: the first run sends an
edition, which is kept as OUT/briefing.eml; the second has nothing new. The state is thrown away afterwards.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from summarizer import load_articles

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = sorted((ROOT / "evals" / "articles").glob("*.txt"))
CONFIG = """\
[briefing]
name = "demonstration"
title = "Demonstration briefing"
topics = ["Ukraine"]
pages = "pages"

[[source]]
kind = "feed"
location = "{feed}"
name = "Local feed"

[schedule]
time = "00:00"
cutoff = "00:00"
zone = "UTC"

[mail]
from = "Demonstration <briefing@example.org>"
to = ["reader@example.org"]
allow = ["reader@example.org"]
list_id = "demonstration.example.org"
unsubscribe = "briefing-leave@example.org"

[smtp]
host = "127.0.0.1"
port = {smtp_port}
security = "none"
helo = "localhost"

[limits]
host_delay_seconds = 0

[network]
allow_private = ["127.0.0.1:{http_port}"]
"""


class _Feed(BaseHTTPRequestHandler):
    """The feed with an ETag, and the articles as plain text."""

    def do_GET(self) -> None:
        name = self.path.strip("/")
        article = next((one for one in ARTICLES if one.name == name), None)
        if name == "feed.xml":
            body, kind = _feed(f"http://{self.headers['Host']}").encode(), "application/rss+xml"
        elif article is not None:
            body, kind = article.read_bytes(), "text/plain; charset=utf-8"
        else:
            self.send_error(404)
            return
        unchanged = name == "feed.xml" and self.headers.get("If-None-Match") == '"1"'
        self.send_response(304 if unchanged else 200)
        self.send_header("ETag", '"1"')
        if not unchanged:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not unchanged:
            self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Requests are no news here."""


def _feed(address: str) -> str:
    """Items without titles; dated today where the article states its own old date, which then counts."""
    items = []
    for article in load_articles(ARTICLES).articles:
        stated = article.published.basis == "stated"
        date = f"<pubDate>{formatdate()}</pubDate>" if stated else ""
        items.append(f"<item><link>{address}/{article.id}.txt</link>{date}</item>")
    return f'<rss version="2.0"><channel><title>Local feed</title>{"".join(items)}</channel></rss>'


class _Mailbox:
    """Keeps the mail that comes in."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.original_content, bytes)
        self.mails.append(envelope.original_content)
        return "250 OK"


@contextmanager
def serving_articles() -> Iterator[int]:
    """The feed's port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Feed)
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.05))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Controller(Controller):
    """A mail server on a port that the system picks."""

    @property
    def free_port(self) -> int:
        port: int = self.server.sockets[0].getsockname()[1]
        return port

    def _trigger_server(self) -> None:
        """The base class would knock at port 0."""
        with socket.create_connection(("127.0.0.1", self.free_port), timeout=10) as knock:
            knock.recv(1024)


def say(line: str) -> None:
    """A line of progress."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def run(config: Path, home: Path) -> int:
    """`summarizer briefing run` as a timer would start it."""
    say(f"$ summarizer briefing run --config {config.name}")
    command = [sys.executable, "-c", "from summarizer.cli.main import main; main()", "briefing", "run"]
    environment = {**os.environ, "SUMMARIZER_HOME": str(home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([*command, "--config", str(config)], env=environment, check=False)
    say(f"(exit code {done.returncode})")
    return done.returncode


def main(out: Path) -> int:
    """Run it; 0 where everything went as it should."""
    mailbox = _Mailbox()
    controller = _Controller(mailbox, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        with TemporaryDirectory() as folder, serving_articles() as http_port:
            home, config = Path(folder) / "home", Path(folder) / "briefing.toml"
            feed = f"http://127.0.0.1:{http_port}/feed.xml"
            config.write_text(CONFIG.format(feed=feed, http_port=http_port, smtp_port=controller.free_port))
            first = run(config, home)
            say("")
            second = run(config, home)
            out.mkdir(parents=True, exist_ok=True)
            for mail in mailbox.mails[:1]:
                (out / "briefing.eml").write_bytes(mail)
            for page in sorted((Path(folder) / "pages").glob("*.html"))[:1]:
                (out / "briefing.html").write_bytes(page.read_bytes())
    finally:
        controller.stop()
    say("")
    if (first, second, len(mailbox.mails)) != (0, 4, 1):
        say(
            f"Expected exit codes 0 and 4 and one mail; got {first}, {second} and {len(mailbox.mails)} mails."
        )
        return 1
    say(f"The mail: {out / 'briefing.eml'} (open it in a mail program).")
    say(f"Its page with all evidence: {out / 'briefing.html'} (open it in a browser).")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "out")))
