"""What may be an address, and what may leave as a mail."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import compat32, default

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_servers import mail_to

from summarizer.delivery.addresses import distinct, mailbox, plain_address
from summarizer.delivery.outgoing import checked_bytes
from summarizer.delivery.smtp_session import as_text
from summarizer.errors import BadSetting, UnsafeMail

READER = "reader@example.org"


@pytest.mark.parametrize(
    ("text", "address", "name"),
    [
        ("desk@example.com", "desk@example.com", ""),
        ("Night Desk <Night.Desk+news@EXAMPLE.com>", "Night.Desk+news@example.com", "Night Desk"),
        ('"Desk, Night" <desk@example.com>', "desk@example.com", "Desk, Night"),
        ("desk@localhost", "desk@localhost", ""),
        ("редакция <desk@пример.рф>", "desk@xn--e1afmkfd.xn--p1ai", "редакция"),
        ("desk@straße.example", "desk@xn--strae-oqa.example", ""),
        ("desk@BÜCHER.example", "desk@xn--bcher-kva.example", ""),
    ],
)
def test_an_address_is_read_as_mail_servers_take_it(text: str, address: str, name: str) -> None:
    """A domain in another script travels as punycode, by the rules of 2008: ß is not ss."""
    read = mailbox(text, "mail.to")
    assert (read.addr_spec, read.display_name) == (address, name)


@pytest.mark.parametrize(
    "text",
    [
        "desk",
        "@example.com",
        "desk@",
        "desk@example..com",
        "desk@-example.com",
        "a b@example.com",
        "desk@exa mple.com",
        "desk@example.com, other@example.com",
        "desk@example.com\nBcc: all@example.com",
        "desk@example.com\rRCPT TO:<all@example.com>",
        "desk\x00@example.com",
        "Desk\u2028X <desk@example.com>",
        "редакция@example.com",
        "desk@[127.0.0.1]",
        "desk@" + "a" * 64 + ".com",
        "d" * 65 + "@example.com",
        "desk@xn--a-ecp\u200d.com",
        "<desk@example.com> <other@example.com>",
        "",
    ],
)
def test_what_is_no_address_is_named_with_its_setting(text: str) -> None:
    """A second recipient or a header inside an address must never reach the server."""
    with pytest.raises(BadSetting, match=r"mail\.to"):
        mailbox(text, "mail.to")


@given(st.text(max_size=40), st.sampled_from(["", "@", "@example.com", "<a@b.c>"]))
def test_whatever_passes_is_one_plain_address(text: str, rest: str) -> None:
    """No line break, blank or bracket gets through, whatever is tried."""
    try:
        address = plain_address(text + rest, "mail.to")
    except BadSetting:
        return
    assert address.isascii()
    assert address.isprintable()
    assert not set(address) & set(' \r\n<>,;:\\"()[]')
    assert address.count("@") == 1


def test_an_address_counts_once() -> None:
    """Whoever stands in the list twice gets one mail."""
    assert distinct(["Desk@example.com", "b@example.com", "desk@EXAMPLE.com"]) == (
        "Desk@example.com",
        "b@example.com",
    )


def test_a_mail_is_seven_bit_and_reads_back_as_it_was() -> None:
    """Old servers spoil what isn't ASCII; readers must see the accents all the same."""
    message = mail_to(READER, subject="Kyïv: “127,000”", body="Zelenskyy à Genève\n" + "long " * 400 + "\n")
    mail = checked_bytes(message, READER)
    assert mail.isascii()
    assert max(map(len, mail.split(b"\r\n"))) <= 998
    read = message_from_bytes(mail, policy=default)
    assert read["Subject"] == "Kyïv: “127,000”"
    assert read.get_content().replace("\r\n", "\n") == message.get_content()


class Careless(EmailMessage):
    """A message whose header went round the checks that `EmailMessage` makes when one is set."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__()
        good = mail_to(READER)
        for key, text in good.items():
            if key.lower() != name.lower():
                self[key] = text
        self.set_payload("hello\n")
        Message.add_header(self, "X-Placeholder", "x")
        self._headers.append((name, value))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "subject",
    [
        "Truce\r\nBcc: all@example.com",
        "Truce\nBcc: all@example.com",
        "Truce\r\n\r\nAnother body",
        "Truce\nX-A: 1",
    ],
)
@pytest.mark.parametrize("policy", [default, compat32])
def test_a_title_can_t_add_a_header(subject: str, policy: object) -> None:
    """Titles come from feeds: whoever writes one must not choose who else gets the mail."""
    message = Careless("Subject", subject)
    message.policy = policy  # type: ignore[assignment]
    with pytest.raises(UnsafeMail) as caught:
        checked_bytes(message, READER)
    assert READER in str(caught.value)


def test_a_mail_goes_to_whom_it_names_and_to_nobody_hidden() -> None:
    """One mail, one reader: no reader learns who the others are."""
    with pytest.raises(UnsafeMail, match="addressed to 'other@example"):
        checked_bytes(mail_to("other@example.org"), READER)
    hidden = mail_to(READER)
    hidden["Bcc"] = "all@example.com"
    with pytest.raises(UnsafeMail, match="bcc"):
        checked_bytes(hidden, READER)
    twice = mail_to(READER)
    twice._headers.append(("To", "all@example.com"))  # type: ignore[attr-defined]
    with pytest.raises(UnsafeMail, match="2 headers called to"):
        checked_bytes(twice, READER)


def test_a_mail_without_an_id_doesn_t_leave() -> None:
    """The id is what lets a reader's program see that two copies are one mail."""
    message = mail_to(READER)
    del message["Message-ID"]
    with pytest.raises(UnsafeMail, match="0 headers called message-id"):
        checked_bytes(message, READER)


@given(st.lists(st.sampled_from([b".", b"..", b"x", b"\r\n", b"\n", b"\r", b""]), max_size=12).map(b"".join))
def test_no_text_holds_the_end_of_a_mail(text: bytes) -> None:
    """A line with one dot ends a mail: what follows would be read as commands."""
    wire = as_text(text)
    assert wire.endswith(b"\r\n")
    lines = wire[:-2].split(b"\r\n")
    assert b"." not in lines
    assert all(b"\r" not in line and b"\n" not in line for line in lines)
    unstuffed = b"\n".join(line.removeprefix(b".") for line in lines)
    plain = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    assert unstuffed == plain.removesuffix(b"\n")
