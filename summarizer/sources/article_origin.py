"""Whose report an article as a whole relays (contract, section 1: `origin`).

Pure but for its list of agencies and outlets. "…, according to Bloomberg" closing the lead, a credit in the
dateline ("LONDON (AP) —"), an agency as byline or copyright holder. A ministry, a firm or a study that the
lead cites is a source of the story, not the origin of the article; so is an outlet cited further down.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property

from summarizer.records.article import Line
from summarizer.text.lexicon import alternatives, load_lexicon

#: Body lines in which a dateline may stand: teasers and standfirsts come before it on some pages.
_DATELINE_LINES = 3
_DATELINE_CHARS = 120
#: How far before its end a lead begins to name its source, and a part of each way to do so.
_CLOSING_CHARS = 120
_CLOSING_CLUES = ("according", "report", "writes", "wrote")
#: Lines at either end of the page where a byline or a credit may stand.
_CREDIT_LINES = 12

_PLACE = r"(?:[A-Z][^\n(—–:“\"]{0,70}?(?:\s\((?:19|20)\d\d\)\s)?)?"
_DASH = r"\s?(?:[-–—]{1,2}|:)(?=\s|[A-Z“\"])"
_REPORT = r"(?:a\s(?:report|story|dispatch)\s(?:by|from|in)\s)?"
_WHEN = r"(?:\s(?:on\s|late\s|early\s|earlier\s)*(?:[A-Z][a-z]+day|yesterday|today|this week|last week))?"


class _Patterns:
    """The patterns that hold names, each made when the first text needs it: most texts need none."""

    def __init__(self) -> None:
        tables = load_lexicon("summarizer.sources", "data/outlets.toml")
        agencies, outlets = tables["agencies"], tables["outlets"]
        names = {
            form: name
            for table in (agencies, outlets)
            for name, forms in table.items()
            for form in (name, *forms)
        }
        names |= {
            form[4:]: name
            for form, name in names.items()
            if form.startswith("The ") and form[4:] not in names
        }
        self._names = names
        self._agency = alternatives([*agencies, *(form for forms in agencies.values() for form in forms)])
        self._outlet = alternatives(names.keys() - set(tables["ordinary_words"]["names"]))

    def name_of(self, form: str) -> str | None:
        """The outlet that a form in the text names; the text may have more spaces in it than our lists."""
        return self._names.get(" ".join(form.split()))

    @cached_property
    def dateline(self) -> re.Pattern[str]:
        """ "LONDON (AP) —"."""
        agency = self._agency
        return re.compile(
            rf"{_PLACE}\s?\((?P<name>{agency}|CNN|BBC|NPR|VOA|RFE/RL)(?:\s[Nn]ews)?\){_DASH}"
            rf"|[A-Z][A-Z .,]{{0,40}}\((?P<bare>{agency}|CNN)\)\s(?=[A-Z“\"])"
            rf"|\((?P<only>{agency}|CNN)\)\s(?=[A-Z“\"])"
            rf"|{_PLACE}/(?P<slashed>TASS|ITAR-TASS)/"
            rf"|{_PLACE}\((?P<late>{agency})\)\s?\.\s"
        )

    @cached_property
    def closing(self) -> re.Pattern[str]:
        """ "…, according to Bloomberg." at the end."""
        cited, reported, active = map(self._any_outlet, ("cited", "reported", "active"))
        return re.compile(
            rf"[,;]\s(?:according\sto\s{_REPORT}{cited}|as\sreported\sby\s{reported}"
            rf"|{active}\s(?:has\s)?(?:reports|reported|writes|wrote){_WHEN}){_WHEN}"
            rf"(?:,\s(?:citing|quoting)\s[^.\n]{{3,120}})?\s?[.”\"]*\s*$"
        )

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """ "According to a report by Bloomberg, …"."""
        return re.compile(rf"According\sto\s{_REPORT}{self._any_outlet('name')},")

    @cached_property
    def credit(self) -> re.Pattern[str]:
        """A byline: "By Jane Doe, Reuters", "Reuters staff"."""
        return re.compile(
            rf"(?i:(?:by|from|source|sources|via|credit|agency)\s?:?\s)?(?i:the\s)?"
            rf"(?:[\w.’' -]{{3,40}}[,|/]\s?)?(?P<name>{self._agency})(?i:\s(?:staff|in\s\w+))?$"
        )

    @cached_property
    def published_by(self) -> re.Pattern[str]:
        """ "First published by …", "Source: …"."""
        return re.compile(
            r"\b(?:(?:first|originally)\s(?:published|appeared|reported)|republished|reprinted|syndicated|provided"
            rf"|produced)\s(?:with\spermission\s)?(?:by|on|in|at|from)\s{self._any_outlet('publisher')}"
            rf"|^(?:Source|Via|Originally from)\s?:\s?{self._any_outlet('source')}\W*$"
        )

    @cached_property
    def copyright(self) -> re.Pattern[str]:
        """ "© 2022 Reuters"."""
        return re.compile(
            rf"(?:©|\([cC]\)|[Cc]opyright)[^A-Za-z]{{0,14}}(?:[Tt]he\s)?(?P<name>{self._agency})\b"
        )

    @cached_property
    def sign_off(self) -> re.Pattern[str]:
        """ "— AFP"."""
        return re.compile(rf"[-–—]{{0,2}}\s?\(?(?P<name>{self._agency})\)?\s*\.?$")

    def _any_outlet(self, group: str) -> str:
        kind = r"(?:[Nn]ews(?:\s?paper|\s[Aa]gency|\s[Ss]ervice)?|newspaper|magazine|reports?|newswire)"
        return rf"(?:[Tt]he\s)?(?P<{group}>{self._outlet})(?:\s{kind})?"


@cache
def _patterns() -> _Patterns:
    return _Patterns()


def find_origin(text: str, lines: Sequence[Line]) -> str | None:
    """The agency or outlet that the article says it relays, under its usual name, or None."""
    body = [line for line in lines if line.role == "body"]
    if not body:
        return None
    return (
        _in_lead(text, body[0])  # "NEW YORK (Reuters) - …, Bloomberg reported" relays Bloomberg
        or _in_dateline(text, lines, body)
        or _in_credits(text, lines)
        or _signed(text, lines, body[-1])
    )


def _in_dateline(text: str, lines: Sequence[Line], body: Sequence[Line]) -> str | None:
    """A credit at the start of the story, or in a dateline that stands on a line of its own above it."""
    above = [line for line in lines[:_CREDIT_LINES] if line.role == "meta" and line.start < body[0].start]
    datelines = [*body[:_DATELINE_LINES], *above]
    for line in datelines:
        opening = text[line.start : min(line.end, line.start + _DATELINE_CHARS)] + " A"
        if "(" not in opening and "/" not in opening:
            continue  # most lines; spares the pattern
        if match := _patterns().dateline.match(opening):
            return _patterns().name_of(match.group(match.lastgroup or "name"))
    return None


def _in_lead(text: str, lead: Line) -> str | None:
    """The last words of the lead's first sentence or of the whole lead, or its first words."""
    paragraph = text[lead.start : lead.end].rstrip()
    if paragraph.startswith("According") and (match := _patterns().opening.match(paragraph)):
        return _patterns().name_of(match.group("name"))
    sentence = re.match(r"[^\n]{30,}?[a-z)”\"’'](?:\.(?=\s[A-Z“\"])|$)", paragraph)
    for piece in dict.fromkeys((paragraph, sentence.group() if sentence else paragraph)):
        if not any(map(piece[-_CLOSING_CHARS:].__contains__, _CLOSING_CLUES)):
            continue
        if match := _patterns().closing.search(piece, max(0, len(piece) - _CLOSING_CHARS)):
            return _patterns().name_of(match.group(match.lastgroup or "cited"))
    return None


def _in_credits(text: str, lines: Sequence[Line]) -> str | None:
    """An agency's byline or copyright, or "first published by". A picture's credit is not the article's."""
    first_body = next(index for index, line in enumerate(lines) if line.role == "body")
    last_body = max(index for index, line in enumerate(lines) if line.role == "body")
    for index, line in enumerate(lines):
        is_top, is_bottom = index < first_body, index > last_body
        if (
            line.role not in ("meta", "boilerplate")
            or not (is_top or is_bottom)
            or line.end - line.start > 250
        ):
            continue
        if min(abs(index - first_body), abs(index - last_body)) > _CREDIT_LINES:
            continue
        words = text[line.start : line.end].strip()
        patterns = _patterns()
        if match := patterns.published_by.search(words):
            return patterns.name_of(match.group(match.lastgroup or "publisher"))
        if is_bottom and (match := patterns.copyright.search(words)):
            return patterns.name_of(match.group("name"))
        if (
            is_top
            and line.role == "meta"
            and "caption" not in (_role(lines, index - 1), _role(lines, index + 1))
        ):
            match = patterns.credit.match(words)
            if match and not words.lower().startswith(("photo", "image", "picture")):
                return patterns.name_of(match.group("name"))
    return None


def _role(lines: Sequence[Line], index: int) -> str:
    return lines[index].role if 0 <= index < len(lines) else ""


def _signed(text: str, lines: Sequence[Line], last: Line) -> str | None:
    """ "…, he said. — AFP" at the very end; the line roles have cut the name off."""
    index = lines.index(last) + 1
    if index >= len(lines) or lines[index].role != "meta" or _role(lines, index + 1) == "caption":
        return None
    match = _patterns().sign_off.match(text[lines[index].start : lines[index].end])
    return _patterns().name_of(match.group("name")) if match else None
