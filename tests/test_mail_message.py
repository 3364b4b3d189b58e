"""Messages: parts in the order that mail programs expect, headers that no title writes, mails that thread."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

import pytest
from edition_samples import first_edition, hostile_edition, second_edition, toll_edition
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from rendering_samples import HOSTILE

from summarizer.briefing.edition_mail import letter_of, mail_of
from summarizer.delivery.message import Envelope, Letter, build_message, header_line, message_id
from summarizer.delivery.outgoing import checked_bytes
from summarizer.errors import BadSetting
from summarizer.records.edition import Correction

SENT = datetime(2025, 5, 13, 5, 0, tzinfo=UTC)
ENVELOPE = Envelope("Orva desk <desk@orva.example>", "ana@reader.example", SENT)
LETTER = Letter("daily/2025-05-13", "News · 13 May", "Text.\n", "<p>Text.</p>\n")
HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "List-Id", "List-Unsubscribe",
    "List-Unsubscribe-Post", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version", "Content-Type",
    "Content-Transfer-Encoding",
}  # fmt: skip


def read_back(message: EmailMessage) -> EmailMessage:
    """The message as a mail program reads it from the wire."""
    found = message_from_bytes(checked_bytes(message, str(message["To"])), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def test_text_stands_first_and_html_last() -> None:
    """A program shows the last part that it can; with HTML first, everybody gets the plain one."""
    message = read_back(mail_of(first_edition(), ENVELOPE))
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert all(part.get_content_charset() == "utf-8" for part in message.iter_parts())


def test_plots_travel_inside_the_html() -> None:
    """Inline by Content-ID, so that nothing is fetched and nothing looks like an attachment."""
    letter = letter_of(toll_edition())
    message = read_back(build_message(letter, ENVELOPE))
    text, related = message.iter_parts()
    assert text.get_content_type() == "text/plain"
    assert related.get_content_type() == "multipart/related"
    html, picture = related.iter_parts()
    assert html.get_content_type() == "text/html"
    assert picture.get_content_type() == "image/png"
    assert picture.get_content_disposition() == "inline"
    name = str(picture["Content-ID"]).strip("<>")
    assert f'src="cid:{name}"' in html.get_content()
    with Image.open(io.BytesIO(picture.get_content())) as image:
        assert image.format == "PNG"


def test_what_is_sent_is_what_was_written() -> None:
    """Umlauts, long lines and dots at line starts survive the wire."""
    letter = replace(
        LETTER, text=".\n..\nFrom here\nü €\n" + "x" * 5_000 + "\n", html="<p>ü " + "y" * 3_000 + "</p>\n"
    )
    text, html = read_back(build_message(letter, ENVELOPE)).iter_parts()
    assert text.get_content().replace("\r\n", "\n") == letter.text
    assert html.get_content().replace("\r\n", "\n") == letter.html


def test_headers_say_when_from_whom_and_that_a_machine_wrote_it() -> None:
    """No out-of-office reply, a date, and a way off the list."""
    envelope = replace(ENVELOPE, list_id="daily.orva.example", unsubscribe="stop@orva.example")
    message = read_back(build_message(LETTER, envelope))
    assert str(message["From"]) == "Orva desk <desk@orva.example>"
    assert str(message["To"]) == "ana@reader.example"
    assert str(message["Subject"]) == "News · 13 May"
    assert parsedate_to_datetime(str(message["Date"])) == SENT
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "<daily.orva.example>"
    assert message["List-Unsubscribe"] == "<mailto:stop@orva.example?subject=unsubscribe>"
    assert message["List-Unsubscribe-Post"] is None
    assert set(message.keys()) <= HEADERS


def test_one_click_goes_with_an_https_endpoint_only() -> None:
    """RFC 8058: a mail program posts there without asking; a mailto can't be posted to."""
    for link, one_click in (
        ("https://orva.example/u?t=1", True),
        ("http://orva.example/u", False),
        ("mailto:stop@orva.example", False),
    ):
        message = build_message(LETTER, replace(ENVELOPE, unsubscribe=link))
        assert message["List-Unsubscribe"] == f"<{link}>"
        assert (message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click") == one_click


@pytest.mark.parametrize(
    "broken",
    [
        {"sender": "desk"},
        {"sender": "desk@orva.example\r\nBcc: all@evil.example"},
        {"recipient": "ana@reader.example, eve@evil.example"},
        {"recipient": "änä@reader.example"},
        {"recipient": "a" * 65 + "@reader.example"},
        {"list_id": "daily> <evil"},
        {"unsubscribe": "javascript:x"},
        {"unsubscribe": "https://orva.example/>, <mailto:x@evil.example"},
        {"unsubscribe": "nobody"},
    ],
)
def test_an_envelope_that_could_write_headers_is_refused(broken: dict[str, str]) -> None:
    """Addresses come from a file that somebody may have pasted together."""
    with pytest.raises(BadSetting):
        build_message(LETTER, replace(ENVELOPE, **broken))


# The same mail stays the same mail.


def test_a_mail_sent_again_is_the_same_to_the_last_byte() -> None:
    """After a crash nobody may see it twice: mail programs drop what has a known Message-ID."""
    first, again = (mail_of(second_edition(), ENVELOPE).as_bytes() for _ in range(2))
    assert first == again
    other = mail_of(second_edition(), replace(ENVELOPE, recipient="bo@reader.example"))
    assert other["Message-ID"] != mail_of(second_edition(), ENVELOPE)["Message-ID"]


def test_message_ids_differ_by_edition_and_recipient_and_hide_both_addresses() -> None:
    """An address in a header that is forwarded is an address given away."""
    keys = ("daily/2025-05-13", "daily/2025-05-13.1", "daily/2025-05-14", "weekly/2025-05-13")
    found = {message_id(key, who, "orva.example") for key in keys for who in ("a@b.example", "c@b.example")}
    assert len(found) == 8
    assert all(re.fullmatch(r"<[A-Za-z0-9.-]+@orva\.example>", one) for one in found)
    assert not any("b.example" in one for one in found)
    assert message_id(keys[0], "A@B.example", "x.example") == message_id(keys[0], "a@b.example", "x.example")


def test_a_correction_answers_what_it_corrects() -> None:
    """It stands below the mistake in every mail program."""
    original = mail_of(second_edition(), ENVELOPE)
    fix = Correction(reason="The number was wrong.")
    first = mail_of(second_edition(revision=1, correction=fix), ENVELOPE)
    second = mail_of(second_edition(revision=2, correction=fix), ENVELOPE)
    assert original["In-Reply-To"] is None
    assert first["In-Reply-To"] == first["References"] == original["Message-ID"]
    assert second["In-Reply-To"] == first["Message-ID"]
    assert str(second["References"]).split() == [original["Message-ID"], first["Message-ID"]]


# Words of others.


@pytest.mark.parametrize("word", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_write_no_header_and_break_no_part(word: str) -> None:
    """Titles come from feeds; whatever is in them, the mail has the headers and parts that it must have."""
    made = mail_of(hostile_edition(word), replace(ENVELOPE, sender=ENVELOPE.sender))
    wire = checked_bytes(made, "ana@reader.example")
    assert wire.isascii()
    assert max(map(len, wire.split(b"\r\n"))) <= 998
    message = read_back(made)
    assert set(message.keys()) <= HEADERS
    assert [one.get_content_type() for one in message.iter_parts()] == ["text/plain", "text/html"]
    assert not message.defects
    assert not any(part.defects for part in message.walk())


@given(
    st.text(st.characters(codec="utf-8") | st.sampled_from("\r\n\x00\u202e\u2028 \t,:<>@;=?"), max_size=400),
    st.text(st.sampled_from("ab \r\n:<>\"'\\,;@()[]=?_ü\u202e"), max_size=60),
)
def test_no_subject_and_no_name_can_write_a_header(subject: str, name: str) -> None:
    """CR, LF, NUL, directions, encoded words in disguise: one line of visible characters comes out."""
    letter = replace(LETTER, subject=subject, text=subject, html=f"<p>{name}</p>")
    shown = header_line(name)
    message = read_back(build_message(letter, ENVELOPE))
    assert set(message.keys()) <= HEADERS
    assert len(message.get_all("Subject", [])) == 1
    assert not re.search("[\x00-\x1f\x7f\u2028-\u202e\u2066-\u2069]", str(message["Subject"]) + shown)


def test_a_decoded_subject_is_the_subject() -> None:
    """RFC 2047 splits at any place; what is put together again must be what was meant."""
    for subject in (
        "Zürich: 3 Tote · 13 May",
        "日本の首相が辞任 · 13 May",
        "a=b? · 13 May",
        "a" * 150 + " · 13 May",
    ):
        message = read_back(build_message(replace(LETTER, subject=subject), ENVELOPE))
        assert str(message["Subject"]) == subject


def test_an_encoded_word_in_a_title_is_not_decoded() -> None:
    """ "=?utf-8?q?=E2=80=AE?=" would bring a direction mark in by the back door."""
    letter = replace(LETTER, subject="=?utf-8?q?Bcc=3A_=E2=80=AEx?= · 13 May")
    assert str(read_back(build_message(letter, ENVELOPE))["Subject"]).startswith("= ?utf-8?q?Bcc=3A_")
