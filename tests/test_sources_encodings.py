"""Decoding: the text that comes in is the text that was written, whatever bytes carried it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import SourceError
from summarizer.sources import LoadOptions, load_articles
from summarizer.sources.decoding import decode, normalise

ENGLISH = "“We don’t know,” the minister said – about €5 million. The café in São Paulo stayed open.\n"
MINUTES = "“It’s only £5,” she said…\n"


def load_text(path: Path, **options: str) -> str:
    (article,) = load_articles([path], LoadOptions(**options)).articles  # type: ignore[arg-type]
    return article.text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_english_with_typographic_marks_survives_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    """A wrong guess turns quotation marks into letters, and no quote is found any more."""
    path = tmp_path / "a.txt"
    path.write_bytes(ENGLISH.encode(encoding))
    assert load_text(path) == ENGLISH


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Łódź – prezydent powiedział, że Święta są ważne dla żołnierzy i ich rodzin.", "cp1250"),
        ("Президент России заявил, что войска будут отведены от границы с Украиной.", "cp1251"),
        ("Президент России заявил, что войска будут отведены от границы с Украиной.", "koi8-r"),
    ],
)
def test_other_languages_in_legacy_encodings_are_guessed_by_statistics(
    tmp_path: Path, text: str, encoding: str
) -> None:
    """A model reads them, too."""
    path = tmp_path / "a.txt"
    path.write_bytes((text * 3).encode(encoding))
    assert load_text(path) == text * 3


def test_the_users_word_overrules_detection(tmp_path: Path) -> None:
    """Only the user knows that this file is Latin-2."""
    path = tmp_path / "a.txt"
    path.write_bytes("Gda\xf1sk wasn't mentioned in the report that was published.".encode("latin-1"))
    assert "Gdańsk" in load_text(path, encoding="iso-8859-2")
    result = load_articles([path], LoadOptions(encoding="ascii"))
    assert "byte 3 is not ascii" in result.failed[0].reason


def test_line_ends_and_byte_order_mark_are_all_that_changes(tmp_path: Path) -> None:
    """Evidence is cut out of this text, so spaces, tabs and odd quotation marks must stay."""
    path = tmp_path / "a.txt"
    path.write_bytes(b'\xef\xbb\xbf  One  line\twith "odd\xc2\xa0marks`.\r\nAnother\rone.\n\n ')
    assert load_text(path) == '  One  line\twith "odd\u00a0marks`.\nAnother\none.\n\n '


def test_text_is_composed(tmp_path: Path) -> None:
    """ "é" in one character or in two must match the same quote."""
    path = tmp_path / "a.txt"
    path.write_text("The cafe\u0301 stayed open, the owner said on Monday.", "utf-8")
    assert load_text(path).startswith("The caf\u00e9 ")


def test_a_page_that_lies_about_its_encoding_is_read_as_what_it_is(tmp_path: Path) -> None:
    """Many servers declare Latin-1 and send UTF-8."""
    body = f"<p>{ENGLISH}</p>" * 3
    head = '<html><head><meta charset="iso-8859-1"></head><body><article>'
    (tmp_path / "a.html").write_bytes(f"{head}{body}</article></body></html>".encode())
    assert "“We don’t know,”" in load_text(tmp_path / "a.html")
    (tmp_path / "b.html").write_bytes(f"{head}{body}</article></body></html>".encode("cp1252"))
    assert "“We don’t know,”" in load_text(tmp_path / "b.html")


@given(st.binary(max_size=300))
def test_any_bytes_become_clean_text_or_an_expected_error(raw: bytes) -> None:
    """Whatever somebody drops into the folder, the run goes on."""
    try:
        text = decode(raw, "x.txt")
    except SourceError:
        return
    assert text == normalise(text)
    assert text.strip()
    assert "\0" not in text
    text.encode("utf-8")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_utf8_is_never_guessed(text: str) -> None:
    """Valid UTF-8 is UTF-8."""
    try:
        decoded = decode(text.encode("utf-8"), "x.txt")
    except SourceError:
        return  # it begins as some binary file does
    assert decoded == normalise(text)


def test_standard_input_is_bytes_in_any_encoding() -> None:
    """A pipe from an old program is no different from its file."""
    result = load_articles(["-"], stdin=io.BytesIO((ENGLISH + MINUTES).encode("cp1252")))
    assert result.articles[0].text == ENGLISH + MINUTES
