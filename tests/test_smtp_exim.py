"""A mail through Debian's exim into a maildir: a server that we didn't write takes it, and it reads back."""

from __future__ import annotations

import getpass
import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from mail_servers import SENDER, Certificate, make_certificate, settings_for
from test_ledger import KEY, NOW, READERS, plan_of
from test_ledger_sending import SetClock, live, outcomes

from summarizer.delivery.message import Envelope, Letter, Picture, build_message, message_id
from summarizer.delivery.sending import deliver
from summarizer.delivery.smtp import SmtpServer
from summarizer.store.editions import EditionLedger

EXIM = shutil.which("exim4") or next(filter(os.path.exists, ["/usr/sbin/exim4", "/usr/sbin/exim"]), None)
pytestmark = pytest.mark.skipif(EXIM is None, reason="exim4 isn't installed (Debian: exim4-daemon-light)")

#: Bytes that a server must not touch.
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
#: Takes mail for readers, knows no Bob, puts Cem off; each mail becomes a file of a maildir.
CONFIGURATION = """
exim_user = {user}
exim_group = {group}
primary_hostname = mail.example.test
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/exim.pid
tls_certificate = {folder}/cert.pem
tls_privatekey = {folder}/key.pem
tls_advertise_hosts = *
acl_smtp_rcpt = for_readers
host_lookup =
rfc1413_query_timeout = 0s
keep_environment =

begin acl
for_readers:
  deny    recipients = bob@example.org
          message = no such reader
  defer   recipients = cem@example.org
          message = greylisted
  require encrypted = *
  accept

begin routers
all:
  driver = accept
  transport = maildir

begin transports
maildir:
  driver = appendfile
  maildir_format
  directory = {folder}/mail
  create_directory
  return_path_add
  envelope_to_add
  user = {user}
  group = {group}

begin retry
* * F,1h,1m
"""


@dataclass(frozen=True)
class Exim:
    """The running server: its port, its maildir, its certificate."""

    port: int
    folder: Path
    certificate: Certificate

    def mails(self, number: int) -> list[bytes]:
        """The files of the maildir, once there are so many (delivery is a process of its own)."""
        deadline = time.monotonic() + 30
        while len(found := sorted((self.folder / "mail" / "new").glob("*"))) < number:
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.05)
        return [path.read_bytes() for path in found]

    def log(self) -> str:
        return "".join(path.read_text() for path in (self.folder / "log").glob("*"))


@pytest.fixture
def exim() -> Iterator[Exim]:
    """Exim gives up its rights for a foreign configuration: it runs as its own user, or as we do."""
    user = "Debian-exim" if os.geteuid() == 0 else getpass.getuser()
    entry = pwd.getpwnam(user)
    # Not below pytest's folder, which other users may not enter.
    folder = Path(tempfile.mkdtemp(prefix="exim-"))
    process = None
    try:
        certificate = make_certificate(folder)
        for name in ("spool", "log", "mail"):
            (folder / name).mkdir()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        group = grp.getgrgid(entry.pw_gid).gr_name
        configuration = folder / "exim.conf"
        configuration.write_text(CONFIGURATION.format(user=user, group=group, port=port, folder=folder))
        if os.geteuid() == 0:
            for path in (folder, *folder.iterdir()):
                if path != configuration:  # which must be root's
                    os.chown(path, entry.pw_uid, entry.pw_gid)
        command = [str(EXIM), "-C", str(configuration), "-bdf"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        wait_for(port, process)
        yield Exim(port, folder, certificate)
    finally:
        if process is not None:
            process.terminate()
            process.communicate(timeout=20)
        shutil.rmtree(folder)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except ConnectionRefusedError:
            assert process.poll() is None, process.stderr and process.stderr.read()
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_an_edition_goes_through_exim_into_a_maildir(exim: Exim, tmp_path: Path) -> None:
    """Encrypted, once, with every accent and dot; who is refused or put off is named as exim says it."""
    body = "Kyïv says “127,000”, Moscow denies it.\n.\n..\n" + "long " * 300 + "\n"
    html = f"<html><body><p>{body}</p><img src='cid:plot' alt='A plot'></body></html>\n"
    letter = Letter(str(KEY), "Truce talks resume · 24 Feb", body, html, (Picture("plot", PNG, "A plot"),))
    settings = settings_for(exim.port, security="starttls", ca_file=exim.certificate.cert)
    with EditionLedger(tmp_path, NOW) as ledger:
        ledger.plan(plan_of(), READERS, NOW)
        report, again = (
            deliver(
                lambda address: build_message(letter, Envelope(SENDER, address, NOW)),
                KEY,
                READERS,
                ledger,
                SmtpServer(settings),
                live(SetClock(), patience_s=0),
            )
            for _ in range(2)
        )
        ann, bob, cem = ledger.deliveries(KEY)
    assert outcomes(report) == ["sent", "refused", "waiting"]
    assert outcomes(again) == ["sent_before", "refused", "waiting"]
    assert (ann.code, bob.code, cem.code) == (250, 550, 451)
    assert bob.reason == "550 no such reader"
    (mail,) = exim.mails(1)
    read = message_from_bytes(mail, policy=default)
    assert read["Envelope-to"] == READERS[0]
    assert read["Return-path"] == f"<{SENDER}>"
    assert "TLS" in read["Received"]
    assert read["To"] == READERS[0]
    assert read["Subject"] == "Truce talks resume · 24 Feb"
    assert read["Message-ID"] == message_id(str(KEY), READERS[0], "example.com")
    text, page, picture = (part for part in read.walk() if not part.is_multipart())
    assert text.get_content() == body
    assert page.get_content() == html
    assert picture.get_content() == PNG
