"""Bytes to text: which encoding they are in, then NFC, without BOM, line feeds as line ends.

Nothing else is changed: no quote is straightened and no space dropped, because evidence is cut out of
exactly this text. Guessing comes last: a byte order mark, valid UTF-8 and a declared encoding go before.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from summarizer.errors import BinaryInput, EmptyInput, MalformedInput

_MARKS = (  # UTF-32 before UTF-16: their little-endian marks begin alike
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: First bytes of files that people mistake for text.
_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive or an office document (.docx, .odt, .epub)"),
    (b"\xd0\xcf\x11\xe0", "an old office document (.doc)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or video file"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a rich text document (.rtf)"),
)

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
#: Fewer bytes than this show no pattern.
_MIN_WIDE_BYTES = 16
#: Text has next to none; 1 % lets a stray form feed code or escape sequence pass.
_MAX_CONTROL_SHARE = 0.01

# Encodings that web pages declare out of habit while they serve Windows-1252 (WHATWG Encoding, section 4.2).
_REALLY_WINDOWS_1252 = frozenset({"ascii", "iso8859-1", "cp1252"})

#: Codecs of Python's that no page means; punycode needs minutes for a megabyte.
_NO_CHARSETS = frozenset({"utf-7", "punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined"})

#: What stands above ASCII in Western news text. Anything else in a Windows-1252 reading means that the
#: reading is wrong (Polish, Cyrillic or Mac text).
_WESTERN = frozenset("‘’“”–—…•€£¥§©®°·½¼¾«»‹›‚„†‡™™ªº¿¡\u00a0\u00adŠšŽžŒœŸ¢×") | frozenset(
    chr(code) for code in range(0xC0, 0x100) if code not in (0xD7, 0xF7)
)
#: Mac quotation marks read as Windows-1252 come out as accented capitals where no capital can stand.
_MISPLACED_CAPITAL = re.compile(r"[a-zß-ÿ][À-ÖØ-Þ]|[À-ÖØ-Þ](?=[A-Z](?:[a-z]|\W))|(?<=[^\w\s])[À-ÖØ-Þ](?!\w)")


def decode(raw: bytes, shown: str, declared: str | None = None, forced: str | None = None) -> str:
    """The text of `raw`, decoded and normalised.

    `declared` is what the file itself says (a meta tag, a mail header) and is believed where the bytes
    allow it; `forced` is what the user says, and then nothing else is tried.

    Raises:
        EmptyInput: no bytes, or white space only.
        BinaryInput: a known non-text file, NUL or other control characters, or no encoding fits.
        MalformedInput: the bytes break the encoding that their byte order mark or the user names.
    """
    if not raw.strip():
        raise EmptyInput(shown, "there is no text in it", "Check that the file was saved completely.")
    text = _decode(raw, shown, declared, forced)
    _refuse_control(text, shown)
    text = normalise(text)
    if not text.strip():
        raise EmptyInput(shown, "there is no text in it", "Check that the file was saved completely.")
    return text


def normalise(text: str) -> str:
    """NFC, without a leading BOM, CRLF and CR as line feeds; else unchanged."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def _decode(raw: bytes, shown: str, declared: str | None, forced: str | None) -> str:
    if forced is not None:
        return _strictly(raw, forced, shown, "the encoding that was asked for")
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], encoding, shown, "its byte order mark")
    for signature, what in _SIGNATURES:
        if raw.startswith(signature):
            raise BinaryInput(shown, f"this is {what}, not text", "Export or save it as plain text.")
    if b"\0" in raw:
        return _without_mark(raw, shown)
    named = codec_name(declared)
    # Pages that declare Latin-1 and hold valid UTF-8 are UTF-8: no Latin-1 text is valid UTF-8 by chance.
    if named is not None and named not in _REALLY_WINDOWS_1252:
        try:
            return raw.decode(named)
        except UnicodeDecodeError:
            pass  # a wrong declaration; look at the bytes
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(raw, shown, western_declared=named in _REALLY_WINDOWS_1252)


def _strictly(raw: bytes, encoding: str, shown: str, said_by: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise MalformedInput(
            shown,
            f"byte {error.start} is not {encoding}, which {said_by} promises",
            "Save the file again as UTF-8.",
        ) from error


def codec_name(declared: str | None) -> str | None:
    """The codec of a declared charset, or None where there is none that decodes text."""
    if not declared:
        return None
    try:
        codec = codecs.lookup(declared.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    # rot13, hex and the like are codecs of Python's, too, but none of text.
    is_text = getattr(codec, "_is_text_encoding", True) and codec.name not in _NO_CHARSETS
    return codec.name if is_text else None


def _without_mark(raw: bytes, shown: str) -> str:
    """UTF-16 without a byte order mark: English text in it has a NUL in every other place."""
    sample = raw[:4096] if len(raw) >= _MIN_WIDE_BYTES else b""
    for encoding, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        nuls = sample[offset::2].count(0)
        if len(raw) % 2 == 0 and nuls > 0.7 * (len(sample) // 2) and sample[1 - offset :: 2].count(0) == 0:
            return _strictly(raw, encoding, shown, "the pattern of its bytes")
    raise BinaryInput(shown, "it holds NUL bytes, as no text does", "Export or save it as plain text.")


def _guessed(raw: bytes, shown: str, western_declared: bool) -> str:
    """Legacy encodings. Western ones are tried by what they would make of the text, the rest by statistics.

    charset-normalizer alone reads English with typographic quotes as cp1250, which differs in accents
    ("Săo Paulo"), so a flawless Windows-1252 or Mac reading is preferred.
    """
    for encoding in ("cp1252", "mac_roman"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_western(text):
            return text
    if western_declared:
        try:
            return raw.decode("cp1252")
        except UnicodeDecodeError:
            pass  # declared out of habit
    from charset_normalizer import from_bytes

    best = from_bytes(raw).best()
    if best is None:
        raise BinaryInput(
            shown, "its bytes are no text in any known encoding", "Save it as UTF-8, or name the encoding."
        )
    return str(best)


def _is_western(text: str) -> bool:
    above = [character for character in text if character > "\x7f"]
    if not above or len(above) > 0.2 * len(text):
        return False
    return all(c in _WESTERN for c in above) and not _MISPLACED_CAPITAL.search(text)


def _refuse_control(text: str, shown: str) -> None:
    found = _CONTROL.findall(text)
    if "\0" in found or len(found) > _MAX_CONTROL_SHARE * len(text):
        raise BinaryInput(
            shown, "it holds NUL or many control characters, as no text does", "Save it as plain text."
        )
