"""From what a reader found to an `Article`: text checked, language, line roles, date, origin.

Pure. The id is given by the caller, who knows the other articles of the run.
"""

from __future__ import annotations

import re

from summarizer.errors import BinaryInput, EmptyInput, MalformedInput, UnsupportedLanguage
from summarizer.records.article import Article, Line
from summarizer.sources.article_date import settle_published
from summarizer.sources.article_origin import find_origin
from summarizer.sources.decoding import normalise
from summarizer.sources.found import FoundArticle
from summarizer.sources.language import Language, detect_language
from summarizer.sources.line_roles import mark_lines

_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKDOWN = re.compile(r"^#{1,6}\s+|\s+#+$|[*_`]{1,3}")
_LANGUAGE_CODE = re.compile(r"([A-Za-z]{2})(?:[-_].*)?$")


def checked_text(found: FoundArticle, shown: str) -> str:
    """The article's text in NFC with line feeds.

    Raises:
        EmptyInput: nothing but white space.
        MalformedInput: half of a surrogate pair (broken JSON escapes), which is no character.
        BinaryInput: a NUL character.
    """
    text = normalise(found.text)
    if not text.strip():
        raise EmptyInput(shown, "there is no text in it", "Check that the file was saved completely.")
    for value in (text, found.title, found.outlet, found.url, found.id, found.origin):
        if value is not None and (broken := _SURROGATE.search(value)):
            raise MalformedInput(
                shown,
                f"it holds half a character (U+{ord(broken.group()):04X}, a lone surrogate)",
                "Repair the escape sequence, or save the text again as UTF-8.",
            )
    if "\0" in text:
        raise BinaryInput(shown, "its text holds NUL characters", "Remove them, or save the text again.")
    return text


def checked_language(text: str, found: FoundArticle, shown: str, *, require_english: bool) -> str:
    """ISO 639-1 code of the text's language; what the file declares counts where the text decides nothing.

    Raises:
        UnsupportedLanguage: English is required and the text is in something else.
    """
    language = detect_language(text)
    if language.code != "en" and require_english:
        raise UnsupportedLanguage(shown, _not_english(language), _LANGUAGE_WAY_OUT)
    if not language.is_sure and found.language and (match := _LANGUAGE_CODE.match(found.language.strip())):
        declared = match.group(1).lower()
        return language.code if require_english else declared
    return language.code


_LANGUAGE_WAY_OUT = (
    "The rules engine reads English only; use a model (--model), or translate the article first."
)


def _not_english(language: Language) -> str:
    if language.code == "und":
        return "the text is not English"
    return f"the text is {language.name} ({language.code}), not English"


def build_article(found: FoundArticle, text: str, language: str, article_id: str, source: str) -> Article:
    """The record. `source` is the input's name as it was given, with the record's place in it."""
    title = " ".join(normalise(found.title).split()) if found.title else None
    lines = mark_lines(text, title)
    published = settle_published(text, lines, found.published)
    return Article(
        id=article_id,
        title=title or _headline(text, lines),
        outlet=_one_line(found.outlet),
        origin=_one_line(found.origin) or find_origin(text, lines),
        published=published,
        language=language,
        source=source,
        url=found.url.strip() if found.url else None,
        text=text,
        lines=lines,
    )


def _headline(text: str, lines: tuple[Line, ...]) -> str | None:
    """The first headline above the story, without Markdown signs; None where the story comes first."""
    for line in lines:
        if line.role == "body":
            return None
        if line.role == "headline":
            return " ".join(_MARKDOWN.sub("", text[line.start : line.end]).split()) or None
    return None


def _one_line(value: str | None) -> str | None:
    return " ".join(normalise(value).split()) or None if value else None
