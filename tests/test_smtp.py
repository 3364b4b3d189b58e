"""Handing mail in over SMTP, against real servers: what became of a mail is never guessed."""

from __future__ import annotations

import socket
import traceback
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from mail_servers import (
    PASSWORD,
    USER,
    Certificate,
    Mailbox,
    mail_to,
    make_certificate,
    scripted_server,
    settings_for,
    smtp_server,
)

from summarizer.delivery.mail_server import Handed, SmtpSettings
from summarizer.delivery.outgoing import checked_bytes
from summarizer.delivery.smtp import SmtpServer
from summarizer.errors import LedgerProblem, MailServerRefused, MailServerUnreachable

READER = "reader@example.org"


def handed(settings: SmtpSettings, recipient: str = READER, body: str = "Two figures changed.\n") -> Handed:
    """Hand one mail in, in a session of its own."""
    session = SmtpServer(settings).connect()
    try:
        mail = checked_bytes(mail_to(recipient, body=body), recipient)
        return session.hand_over(recipient, mail, lambda: True)
    finally:
        session.quit()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certificate]:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.mark.parametrize("body", [".\n..two\n.hidden\n\n.", ".\n..two\nKyïv – “127,000”\n\n"])
def test_a_mail_arrives_as_it_was_written(body: str) -> None:
    """Lines that begin with a dot end a mail early when they aren't doubled; accents must survive."""
    mailbox = Mailbox()
    with smtp_server(mailbox) as port:
        assert handed(settings_for(port), body=body).kind == "accepted"
    ((recipient, content),) = mailbox.taken
    assert recipient == READER
    read = message_from_bytes(content, policy=default)
    assert read["Subject"] == "Truce talks resume · 24 Feb"
    assert read.get_content().replace("\r\n", "\n").rstrip("\n") == body.rstrip("\n")


@pytest.mark.parametrize("implicit", [False, True])
def test_a_mail_goes_out_encrypted_and_logged_in(certificate: Certificate, implicit: bool) -> None:
    """How providers take mail: STARTTLS on port 587 or TLS on 465, with a password."""
    mailbox = Mailbox()
    with smtp_server(mailbox, certificate.context, implicit, auth=True) as port:
        settings = settings_for(
            port,
            security="tls" if implicit else "starttls",
            ca_file=certificate.cert,
            user=USER,
            password=PASSWORD,
        )
        assert handed(settings).kind == "accepted"
    assert mailbox.recipients() == [READER]


def test_encryption_is_not_given_up_where_the_server_has_none() -> None:
    """Somebody in between can remove the offer of STARTTLS; the mail and the password must not follow."""
    mailbox = Mailbox()
    with smtp_server(mailbox) as port, pytest.raises(MailServerRefused, match="STARTTLS") as caught:
        handed(settings_for(port, security="starttls", user=USER, password=PASSWORD))
    assert mailbox.taken == []
    assert PASSWORD not in everything_said(caught.value)


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Certificate) -> None:
    """Whoever sits in between can make a certificate, too."""
    with smtp_server(Mailbox(), certificate.context) as port:
        with pytest.raises(MailServerRefused, match=r"certificate can't be trusted.*ca_file"):
            handed(settings_for(port, security="starttls"))
        with pytest.raises(MailServerRefused, match="ca_file"):
            handed(settings_for(port, security="starttls", ca_file=certificate.cert.with_name("gone.pem")))


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    """The certificate of mail.example.com doesn't vouch for localhost."""
    other = make_certificate(tmp_path, "mail.example.com")
    with (
        smtp_server(Mailbox(), other.context) as port,
        pytest.raises(MailServerRefused, match="certificate can't be trusted"),
    ):
        handed(settings_for(port, security="starttls", ca_file=other.cert))


def everything_said(error: BaseException) -> str:
    """An error with all that hangs on it, as a log would have it."""
    return "".join(traceback.format_exception(error)) + repr(error) + str(vars(error))


def test_a_refused_log_in_says_so_without_the_password(certificate: Certificate) -> None:
    """Logs are read by many; a wrong password is often a right one for something else."""
    with smtp_server(Mailbox(), certificate.context, auth=True) as port:
        settings = settings_for(
            port, security="starttls", ca_file=certificate.cert, user=USER, password=f"no-{PASSWORD}"
        )
        with pytest.raises(MailServerRefused, match=f"refuses the log-in of {USER}") as caught:
            handed(settings)
    assert PASSWORD not in everything_said(caught.value)
    assert PASSWORD not in repr(settings)


@pytest.mark.parametrize("code", ["535", "454"])
def test_a_server_that_repeats_the_log_in_is_not_repeated(code: str) -> None:
    """AUTH carries the password in base64, and a server's answer may quote what it got."""
    plain = "AGRlc2sAY29ycmVjdC1ob3JzZS1iYXR0ZXJ5LXN0YXBsZQ=="
    answer = f"{code} no: {PASSWORD} {plain}".encode()
    with (
        scripted_server("AUTH", answer, ehlo=b"250-localhost\r\n250 AUTH PLAIN") as seen,
        pytest.raises((MailServerRefused, MailServerUnreachable)) as caught,
    ):
        handed(settings_for(int(seen[0]), user=USER, password=PASSWORD))
    assert (type(caught.value) is MailServerRefused) is (code == "535")
    assert "[password]" in str(caught.value)
    assert PASSWORD not in everything_said(caught.value)
    assert plain not in everything_said(caught.value)


def test_a_password_doesn_t_leave_this_machine_unencrypted() -> None:
    """Checked before anything is connected."""
    settings = SmtpSettings("mail.example.com", 25, "b@example.com", "none", user=USER, password=PASSWORD)
    with pytest.raises(MailServerRefused, match="in the clear"):
        SmtpServer(settings).connect()


@pytest.mark.parametrize(
    ("stage", "code", "kind"),
    [
        ("RCPT", "550 5.1.1 no such user", "refused"),
        ("RCPT", "451 4.7.1 greylisted, come back in five minutes", "deferred"),
        ("DATA", "554 5.7.1 looks like spam", "refused"),
        ("DATA", "452 4.3.1 out of space", "deferred"),
        ("MAIL", "451 4.3.0 not now", "deferred"),
    ],
)
def test_what_the_server_says_decides(stage: str, code: str, kind: str) -> None:
    """5xx is for good, 4xx is for now, and the session goes on with the next recipient."""
    mailbox = Mailbox({stage: lambda address: code if address in (READER, "briefing@example.com") else None})
    with smtp_server(mailbox) as port:
        session = SmtpServer(settings_for(port)).connect()
        first = session.hand_over(READER, checked_bytes(mail_to(READER), READER), lambda: True)
        mailbox.replies.clear()
        other = "other@example.org"
        second = session.hand_over(other, checked_bytes(mail_to(other), other), lambda: True)
        session.quit()
    assert (first.kind, first.code, first.reason) == (kind, int(code[:3]), code)
    assert second.kind == "accepted"
    assert mailbox.recipients() == [other]


def test_a_refused_sender_is_the_server_s_problem() -> None:
    """No recipient is to blame, and none is marked as refused."""
    mailbox = Mailbox({"MAIL": "553 5.7.1 sender not owned by you"})
    with smtp_server(mailbox) as port, pytest.raises(MailServerRefused, match=r"553 .*not owned"):
        handed(settings_for(port))


def test_a_mail_that_is_too_large_is_refused_as_such() -> None:
    """The sender isn't to blame, and tomorrow's smaller edition will pass."""
    with smtp_server(Mailbox(), max_bytes=5_000) as port:
        result = handed(settings_for(port), body="A line of a long briefing.\n" * 1000)
    assert (result.kind, result.stage, result.code) == ("refused", "mail", 552)


@pytest.mark.parametrize(
    ("stage", "kind"), [("MAIL", "deferred"), ("RCPT", "deferred"), ("DATA", "deferred"), (".", "unclear")]
)
@pytest.mark.parametrize("answer", [None, b"what?", b"421 closing"])
def test_a_connection_that_breaks_off(stage: str, kind: str, answer: bytes | None) -> None:
    """Before the final dot nothing was handed over; after it, only the server knows (421: it wasn't)."""
    with scripted_server(stage, answer) as seen:
        result = handed(settings_for(int(seen[0])))
    assert result.kind == ("deferred" if answer == b"421 closing" else kind)
    assert result.lost
    assert seen[1:] == ([READER] if stage == "." else [])


def test_a_connection_lost_in_the_middle_of_the_text_is_safe_to_repeat() -> None:
    """The server never saw the end of the mail, so it can't have taken it."""
    with scripted_server("text") as seen:
        session = SmtpServer(settings_for(int(seen[0]))).connect()
        # Longer than what both ends of a connection buffer, so that the end can't be on its way already.
        result = session.hand_over(READER, b"Subject: long\r\n\r\n" + b"x" * 998 * 20_000, lambda: True)
        session.quit()
    assert (result.kind, result.stage, seen[1:]) == ("deferred", "text", [])


def test_no_answer_to_the_final_dot_is_not_a_failure() -> None:
    """The server may still be checking a mail that it will deliver: sending it again would make two."""
    with scripted_server("silence") as seen:
        result = handed(settings_for(int(seen[0]), final_reply_s=0.2))
    assert result.kind == "unclear"
    assert "the answer to the whole mail was lost" in result.reason


def test_a_server_that_checks_a_mail_for_long_is_waited_for() -> None:
    """Spam filters take minutes over the final dot; giving up early makes a sent mail unknown."""
    with scripted_server("slow") as seen:
        assert handed(settings_for(int(seen[0]), timeout_s=2, final_reply_s=60)).kind == "accepted"


@pytest.mark.parametrize(
    ("stage", "answer"),
    [
        ("EHLO", None),
        ("greeting", None),
        ("greeting", b"554 go away"),
        ("greeting", b"421 later"),
        ("greeting", b"HTTP/1.1 400 Bad Request"),
    ],
)
def test_a_server_that_can_t_be_talked_to_is_unreachable(stage: str, answer: bytes | None) -> None:
    """Exit code 3; the edition is kept and the message says so."""
    with scripted_server(stage, answer) as seen, pytest.raises(MailServerUnreachable) as caught:
        handed(settings_for(int(seen[0])))
    assert caught.value.exit_code == 3
    assert "The edition is kept" in str(caught.value)


def test_nobody_listens() -> None:
    """The mail server is down, as it is some night in every year."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(MailServerUnreachable, match=f"localhost:{port}.*refused"):
            handed(settings_for(port))


def test_a_called_off_mail_is_not_sent() -> None:
    """Another run took the mail over while this one was talking: only one of them may end it."""
    mailbox = Mailbox()
    with smtp_server(mailbox) as port:
        session = SmtpServer(settings_for(port)).connect()
        result = session.hand_over(READER, checked_bytes(mail_to(READER), READER), lambda: False)
        session.quit()
    assert (result.kind, result.lost) == ("deferred", True)
    assert mailbox.taken == []


def test_an_error_in_the_middle_of_a_mail_doesn_t_end_it() -> None:
    """If the ledger can't be written the mail must not go out, not even by the QUIT that follows."""
    mailbox = Mailbox()

    def fails() -> bool:
        raise LedgerProblem("editions.sqlite3", "disk full", "Free the disk.")

    with smtp_server(mailbox) as port:
        session = SmtpServer(settings_for(port)).connect()
        with pytest.raises(LedgerProblem):
            session.hand_over(READER, checked_bytes(mail_to(READER), READER), fails)
        assert session._client.sock is None
        session.quit()
    assert mailbox.taken == []
