"""Real mail servers on loopback: one that works (aiosmtpd), and one that breaks off where it is told to."""

from __future__ import annotations

import asyncio
import os
import shutil
import ssl
import subprocess
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from summarizer.delivery.mail_server import SmtpSettings

SENDER = "briefing@example.com"
USER, PASSWORD = "desk", "correct-horse-battery-staple"


@dataclass
class Mailbox:
    """What an aiosmtpd server took, and how it answers: `replies` holds answers for "MAIL", "RCPT", "DATA".

    An answer is a reply line, or a function of the address that gives one (None: take it). "TAKEN" answers
    after the mail was kept. `on_stage` sees every stage that is reached, before it is answered.
    """

    replies: dict[str, str | Callable[[str], str | None]] = field(default_factory=dict)
    on_stage: Callable[[str], None] | None = None
    taken: list[tuple[str, bytes]] = field(default_factory=list)

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if (answer := self._answer("MAIL", address)) is not None:
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if (answer := self._answer("RCPT", address)) is not None:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        (recipient,) = envelope.rcpt_tos
        if (answer := self._answer("DATA", recipient)) is not None:
            return answer
        content = envelope.original_content
        assert isinstance(content, bytes)
        self.taken.append((recipient, content))
        if (answer := self._answer("TAKEN", recipient)) is not None:
            return answer
        return "250 OK: queued"

    def _answer(self, stage: str, address: str) -> str | None:
        if self.on_stage is not None:
            self.on_stage(stage)
        answer = self.replies.get(stage)
        return answer(address) if callable(answer) else answer

    def recipients(self) -> list[str]:
        """Who got mail, in order, as often as he got it."""
        return [recipient for recipient, _ in self.taken]


@contextmanager
def looped(make: Callable[[], object], tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """Serve a protocol on a free port of loopback, in a thread of its own; gives the port."""
    loop = asyncio.new_event_loop()

    async def start() -> asyncio.Server:
        return await loop.create_server(make, "127.0.0.1", 0, ssl=tls)  # type: ignore[arg-type]

    server = loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:

        async def stop() -> None:
            server.close()
            rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in rest:
                task.cancel()
            await asyncio.gather(*rest, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


@contextmanager
def smtp_server(
    mailbox: Mailbox,
    tls: ssl.SSLContext | None = None,
    implicit: bool = False,
    auth: bool = False,
    max_bytes: int = 30_000_000,
) -> Iterator[int]:
    """An aiosmtpd server: in the clear, with STARTTLS (`tls`), or TLS from the first byte (`implicit`)."""

    def make() -> SMTP:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it doesn't know that TLS is there from the first byte
            return SMTP(
                mailbox,
                hostname="localhost",
                data_size_limit=max_bytes,
                tls_context=None if implicit else tls,
                require_starttls=tls is not None and not implicit,
                auth_required=auth,
                auth_require_tls=not implicit,
                authenticator=_authenticate if auth else None,
                loop=asyncio.get_event_loop(),
            )

    with looped(make, tls if implicit else None) as port:
        yield port


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    assert isinstance(data, LoginPassword)
    good = data.login == USER.encode() and data.password == PASSWORD.encode()
    return AuthResult(success=good, handled=False)


@contextmanager
def scripted_server(
    break_off: str, answer: bytes | None = None, ehlo: bytes = b"250 localhost"
) -> Iterator[list[str]]:
    """A server that says yes to everything, and at the stage `break_off` breaks off or gives `answer`.

    Stages: "greeting", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "text" (in the middle of it), "." (after the
    final dot: the mail is taken), "silence" or "slow" (no answer to the final dot, or a late one). The list
    begins with the port; the rest are the recipients of mails whose end it saw.
    """
    seen: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.CancelledError):
            await _converse(reader, writer, seen, break_off, answer, ehlo)
        writer.close()

    def make() -> asyncio.StreamReaderProtocol:
        # A small buffer, so that the end of a long mail can't be in it already when the connection is closed.
        return asyncio.StreamReaderProtocol(asyncio.StreamReader(limit=1024), serve)

    with looped(make) as port:
        seen.append(str(port))
        yield seen


async def _converse(reader, writer, seen, break_off, answer, ehlo) -> None:  # type: ignore[no-untyped-def]
    recipient = ""

    async def say(stage: str, reply: bytes) -> bool:
        if stage == break_off and answer is None:
            writer.transport.abort()
            return False
        writer.write((answer if stage == break_off else reply) + b"\r\n")
        await writer.drain()
        return True

    if not await say("greeting", b"220 hello"):
        return
    while line := (await reader.readline()).decode().strip():
        verb = line.split()[0].upper()
        if verb == "RCPT":
            recipient = line.partition("<")[2].rstrip(">")
        if not await say(verb, {"EHLO": ehlo, "DATA": b"354 go on", "QUIT": b"221 bye"}.get(verb, b"250 OK")):
            return
        if verb == "DATA" and break_off != "DATA":
            if break_off == "text":
                await reader.read(1000)
                writer.transport.abort()
                return
            while await reader.readline() != b".\r\n":
                pass
            seen.append(recipient)
            if break_off in ("silence", "slow"):
                await asyncio.sleep(60 if break_off == "silence" else 2.5)
            if not await say(".", b"250 queued"):
                return


def settings_for(port: int, **changed: object) -> SmtpSettings:
    """Settings for a server in the clear on loopback, quick to give up."""
    given = {"security": "none", "timeout_s": 5.0, "final_reply_s": 5.0, "helo": "localhost", **changed}
    return SmtpSettings("localhost", port, SENDER, **given)  # type: ignore[arg-type]


def mail_to(
    recipient: str, subject: str = "Truce talks resume · 24 Feb", body: str = "Two figures changed.\n"
) -> EmailMessage:
    """A mail as a briefing sends it."""
    message = EmailMessage()
    message["From"] = f"Morning briefing <{SENDER}>"
    message["To"] = recipient
    message["Date"] = format_datetime(datetime(2025, 2, 24, 6, 0, tzinfo=UTC))
    message["Message-ID"] = f"<morning.2025-02-24.{recipient}>"
    message["Subject"] = subject
    message.set_content(body)
    return message


@contextmanager
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: a ledger syncs its disk at every step, thousands in a year."""
    memory = Path("/dev/shm")
    if not (memory.is_dir() and os.access(memory, os.W_OK)):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as name:
        yield Path(name)


@dataclass(frozen=True)
class Certificate:
    """A self-made certificate for localhost."""

    cert: Path
    key: Path

    @property
    def context(self) -> ssl.SSLContext:
        """What a server presents it with."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cert, self.key)
        return context


def make_certificate(folder: Path, name: str = "localhost") -> Certificate:
    """Made by openssl; the test is skipped where there is none."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl isn't installed: no certificate for the mail server")
    made = Certificate(folder / "cert.pem", folder / "key.pem")
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -batch"
    names = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    files = ["-keyout", str(made.key), "-out", str(made.cert)]
    subprocess.run([*command.split(), *names, *files], check=True, capture_output=True)
    return made
