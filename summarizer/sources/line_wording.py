"""What a single line of a page is by its wording alone: menu, advert, date line, byline, credit.

Pure but for its word list, read once. Knows nothing of neighbours: what only the context can tell
(headline or crosshead, caption without a label) is `line_roles`' business. No pattern here scans a line
more than once or twice, however long it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from summarizer.sources.date_stamps import Stamp, read_stamp
from summarizer.sources.letter_runs import folded_case
from summarizer.sources.picture_wording import is_labelled_caption, is_picture_credit, speaks_of_picture
from summarizer.text.lexicon import alternatives, load_lexicon

LineKind = Literal[
    "boilerplate", "list_heading", "weather", "stamp", "byline", "credit", "picture_credit", "caption",
    "heading",
]  # fmt: skip

#: Limits in words. Longer lines are never addressed to the reader, never a byline, never a menu entry …
_MAX_FURNITURE_WORDS = 45
_MAX_BYLINE_WORDS = 14
_MAX_SHORT_WORDS = 12
_MAX_CREDIT_WORDS = 60
#: … and a pointer to another story is longer than this only if it is a paragraph.
_MAX_POINTER_WORDS = 25
#: As much of a line as settles that no pointer or opening can match; none of them is shorter but "©".
_BEGINNING = 3
#: From this length on, counting spaces counts words well enough, and faster.
_LONG_LINE_CHARS = 200

_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
#: The line ends as a sentence does. Closing marks, spaces and a stray comma (machine translation) may follow.
_SENTENCE_END = re.compile(r"[.!?…:;,][\s\"'”’»)\]*_,`]*$")
_ABBREVIATED_END = re.compile(r"\b(?:[A-Za-z]\.[A-Za-z]|Inc|Corp|Co|Ltd|Jr|Sr|No|vs|St)\.$")
_BULLET = re.compile(r"(?:[-*•●▪◦‣–—·]|\d{1,2}[.)])\s+(?=\S)")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")
_MARKDOWN_PICTURE = re.compile(r"!\[[^\]]{0,400}\]\([^)\s]{0,1000}[^)]{0,200}\)$")

_SPEECH = re.compile(r"\b(?:said|says|told|saying|added|according)\b", re.IGNORECASE)
_READER = re.compile(
    r"\b(?:you|your|our|we|us|newsletters?|inbox|app|cookies?|subscri\w+|sign(?:ing)? (?:up|in)|advertis\w+"
    r"|sponsored|comments?|here|copyright|rights|facebook|twitter|content|principles|browser|javascript"
    r"|commission|items|stories|story|articles?)\b|©",
    re.IGNORECASE,
)
_WEATHER = re.compile(
    r"(?:[A-Z][\w.'’-]*,?\s){0,3}[-+−–]?\d{1,3}(?:[.,]\d)?\s?(?:[°º]\s?[CF]?|[CF]\b)"
    r"(?:\s?[/|,-]?\s?[-+−–]?\d{1,3}(?:[.,]\d)?\s?[°º]?\s?[CF]?)?(?:\s[A-Z]?[\w’',-]+){0,4}$"
)
_COUNTER = re.compile(
    r"[\d.,]{1,9}\s?[KkMm]?\+?\s?(?:shares?|views?|comments?|likes?|retweets?|reactions?|replies|reads?|followers"
    r"|subscribers|min(?:ute)?s?\s(?:read|listen|watch))\b\W{0,3}$|(?:views?|shares?|comments?)\s?[:(]\s?[\d.,]+\)?$"
    r"|(?:estimated\s)?(?:reading|read)\stime\b",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"(?:©|\(c\)\s?(?:19|20)\d\d|copyright\s(?:©|\(c\)|(?:19|20)\d\d))", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$|[\w.+-]+@[\w-]+\.[\w.]+$|(?:[#@]\w+[\s,]*)+$")
_TWEET = re.compile(r"[—–-]+\s?[^()\n]{2,80}\(@\w{1,20}\)")
_MENU_PARTS = re.compile(r"\s[|•·>»›/]\s|\s?[›»]\s?")

_BY = re.compile(
    r"(?:by|(?:words|written|text|story|report|reported|interview|pictures|photographs|photos|illustrations?)"
    r"\sby|from)[:\s]\s?",
    re.IGNORECASE,
)
_NAME_BREAK = re.compile(r"[\s,|/&;()–—]+")
_VERB = re.compile(
    r"\b(?:is|was|are|were|has|have|had|will|to|after|as|over|says|said|who|that|than)\b"
)  # of a sentence, not of a job title
_CREDIT_LINE = re.compile(
    r"[(\[]?(?:(?:additional|further|extra|other)\s)?(?:reporting|writing|editing|compiled|translated|translation"
    r"|edited|produced|graphics?|interactive|illustrations?|photography|photographs?|photos?|video|research"
    r"|fact.checking|with reporting)\s(?:(?:and|by|from|in|additional|reporting|writing|editing|for)\s){0,4}?"
    r"(?:by|from)[:\s]\s?(?-i:[A-Z]|staff\b|our\b|the\b)",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"\b(?:contributed|contributing)\s(?:\w+\s){0,3}to\sthis\s(?:report|story|article|dispatch|piece)"
    r"|\bcontributed\s(?:reporting|research)\b|\bassisted\sin\sreporting\b",
    re.IGNORECASE,
)
_ABOUT_ARTICLE = re.compile(
    r"(?:this|the)\s(?:story|article|report|piece|post|interview|column|dispatch)\s"
    r"(?:was|has\sbeen|is|first|originally|appeared|ran)\s(?:\w+\s){0,2}?"
    r"(?:published|updated|corrected|amended|produced|written|translated|appeared|edited|part|adapted|republished"
    r"|reprinted|based|generated)\b"
    r"|(?:originally|first)\s(?:published|appeared)\b"
    r"|(?:correction|clarification|editor[’']?s?[’']?\snote|note\sto\s(?:editors|readers)|disclosure|disclaimer)"
    r"\b\s?[:(–—-]",
    re.IGNORECASE,
)
_SOURCE_LINE = re.compile(
    r"(?:source|sources|via|credit|credits|courtesy(?:\sof)?|originally\sfrom)\s?[:–—-]\s", re.IGNORECASE
)
_BIOGRAPHY = re.compile(
    r"(?:[A-Z][\w’'-]+\s){1,3}[A-Z][\w’'-]+\s(?:is|covers|writes|reports)\s"
    r"(?:an?\s|the\s|about\s|for\s|on\s)?[^.]{0,90}?"
    r"\b(?:reporter|correspondent|writer|editor|columnist|journalist|contributor|producer|bureau|newsletter)\b"
)
_REFERENCE = re.compile(
    r"(?i:doi|issn|isbn)\b\s?:|[A-Z][\w’'-]+, (?:[A-Z]\. ?){1,3}.{0,20}\bet al\b.{0,200}\(\d{4}\)"
)
_EXCHANGE_RATE = re.compile(
    r"\(?[$€£¥]\s?1\s?=\s?[\d.,]+|\(?1\s(?:[Uu]\.?[Ss]\.?\s)?[\w ]{3,20}\s?=\s?[\d.,]+\s?\w"
)


class Wording(NamedTuple):
    """What the wording of a line says: its kind, or None when only the context can tell."""

    kind: LineKind | None
    words: int
    ends_sentence: bool
    is_bullet: bool
    is_visual: bool
    stamp: Stamp | None


@dataclass(frozen=True, slots=True)
class _Lexicon:
    lines: frozenset[str]
    list_headings: frozenset[str]
    list_openings: tuple[str, ...]
    pointer: re.Pattern[str]
    opening: re.Pattern[str]
    beginnings: frozenset[str]  # of the lines that those two can match
    anywhere: tuple[str, ...]
    menu: frozenset[str]
    jobs: re.Pattern[str]
    name_joiners: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    words = load_lexicon("summarizer.sources", "data/furniture.toml")
    anywhere = words["anywhere"]
    return _Lexicon(
        frozenset(words["lines"]),
        frozenset(words["list_headings"]),
        tuple(words["list_openings"]),
        re.compile(rf"(?:{alternatives(words['pointers'])})\s?(?::|\||[–—]|-\s)\s?", re.IGNORECASE),
        re.compile(rf"(?:{alternatives(words['openings'])})(?!\w)", re.IGNORECASE),
        frozenset(phrase[:_BEGINNING].casefold() for phrase in (*words["pointers"], *words["openings"])),
        # What holds another wording needs no look of its own.
        tuple(one for one in anywhere if not any(other in one and other != one for other in anywhere)),
        frozenset(words["menu"]),
        re.compile(rf"\b(?:{alternatives(words['jobs'])})\b", re.IGNORECASE),
        frozenset(words["name_joiners"]),
    )


def read_wording(line: str) -> Wording:
    """Judge one line, given with its white space folded."""
    words = len(_WORD.findall(line)) if len(line) < _LONG_LINE_CHARS else line.count(" ") + 1
    stamp = read_stamp(line, 0, len(line))
    closes = ends_sentence(line, words)
    return Wording(
        kind=_kind(line, words, closes, stamp),
        words=words,
        ends_sentence=closes,
        is_bullet=_BULLET.match(line) is not None,
        is_visual=speaks_of_picture(line, words),
        stamp=stamp,
    )


def ends_sentence(line: str, words: int) -> bool:
    """Whether the line closes like a sentence; a short one that ends in "U.S." does not."""
    tail = line[-40:]
    if _SENTENCE_END.search(tail) is None:
        return False
    return not (words <= 20 and _ABBREVIATED_END.search(tail))


def is_name_list(line: str) -> bool:
    """Whether a line is nothing but capitalised names: "Anders Holt in Vessby", "BBC News, Kyiv"."""
    return (
        line[:1].isupper()
        and len(line.split()) <= 8
        and not any(character.isdigit() for character in line)
        and _holds_names(line)
    )


def _kind(line: str, words: int, closes: bool, stamp: Stamp | None) -> LineKind | None:
    if words == 0:
        return "boilerplate"  # rules, bullets, arrows
    if _MARKDOWN_HEADING.match(line):
        return "heading"
    if _MARKDOWN_PICTURE.match(line):
        return "caption"
    if stamp is not None:
        if stamp.whole:
            return "stamp"
        if words <= _MAX_BYLINE_WORDS and not closes and _is_dated_byline(line, stamp):
            return "byline"
    if words <= _MAX_FURNITURE_WORDS and _COPYRIGHT.match(line):
        return "boilerplate"
    if is_picture_credit(line, words):
        return "picture_credit"
    if words <= _MAX_SHORT_WORDS and (kind := _short_kind(line, words, closes)):
        return kind
    if words > 2 and is_labelled_caption(line):
        return "caption"
    if _is_credit(line, words):
        return "credit"
    if _is_byline(line, words):
        return "byline"
    return "boilerplate" if _is_furniture(line, words) else None


def _is_dated_byline(line: str, stamp: Stamp) -> bool:
    """ "March 4, 2025 07:00 ET | Source: Corvane", "Posted on 5 May 2022 by admin"."""
    return (stamp.label is not None or stamp.has_clock) and len(line[stamp.end :].split()) <= 5


def _short_kind(line: str, words: int, closes: bool) -> LineKind | None:
    lexicon = _lexicon()
    bare = line.strip(" \t\u00a0.,:;!?…-–—|·•*_#>»›‹«→←↓↑[]()+").casefold().replace("’", "'")
    if bare in lexicon.list_headings:
        return "list_heading"
    if words <= 6 and bare.startswith(lexicon.list_openings) and not closes:
        return "list_heading"
    if bare in lexicon.lines or bare in lexicon.menu or bare.isdigit():
        return "boilerplate"
    if not closes and _WEATHER.match(line):
        return "weather"
    if _COUNTER.match(line) or _ADDRESS.match(line) or _TWEET.match(line) or (not closes and _is_menu(line)):
        return "boilerplate"
    return None


def _is_menu(line: str) -> bool:
    """Several menu entries on one line, parted or not, or a trail of breadcrumbs."""
    lexicon = _lexicon()
    parts = [part.strip().casefold() for part in _MENU_PARTS.split(line) if part.strip()]
    if len(parts) > 1:
        known = sum(part in lexicon.menu or part in lexicon.lines for part in parts)
        return known * 2 >= len(parts) or (len(parts) > 2 and all(len(part.split()) <= 3 for part in parts))
    entries = line.casefold().split()
    return len(entries) >= 2 and all(
        entry.strip(",&") in lexicon.menu or entry in ("&", "and") for entry in entries
    )


def _is_credit(line: str, words: int) -> bool:
    if words > _MAX_CREDIT_WORDS:
        return False
    if _ABOUT_ARTICLE.match(line) or _EXCHANGE_RATE.match(line) or _REFERENCE.match(line):
        return True
    if _CREDIT_LINE.match(line) and not _SPEECH.search(line):
        return True
    if words <= _MAX_FURNITURE_WORDS and (_names_contributor(line) or _BIOGRAPHY.match(line)):
        return True
    return words <= _MAX_BYLINE_WORDS and _SOURCE_LINE.match(line) is not None


def _names_contributor(line: str) -> bool:
    lowered = folded_case(line)
    return ("contribut" in lowered or "assisted" in lowered) and _CONTRIBUTED.search(line) is not None


def _is_byline(line: str, words: int) -> bool:
    """ "By Jane Doe in Kyiv", "Jane Doe, Science correspondent", "Technology reporter"."""
    if words > _MAX_BYLINE_WORDS or _SENTENCE_END.search(line[-1:]):
        return False
    jobs = _lexicon().jobs
    if match := _BY.match(line):
        return _holds_names(line[match.end() :]) or jobs.search(line) is not None
    is_job = words <= 8 and line[:1].isupper() and jobs.search(line) is not None
    return is_job and not _VERB.search(line)


def _holds_names(words: str) -> bool:
    """Names, joined by commas, "and" or "in"; every other word has a capital."""
    tokens = [token for token in _NAME_BREAK.split(words) if token]
    lower = [token for token in tokens if token[0].islower()]
    joiners = _lexicon().name_joiners
    return 1 <= len(tokens) <= _MAX_BYLINE_WORDS and len(lower) < len(tokens) and joiners.issuperset(lower)


def _is_furniture(line: str, words: int) -> bool:
    """Addressed to the reader, pointing to other stories, or the site's small print."""
    lexicon = _lexicon()
    if words > _MAX_FURNITURE_WORDS or line[:1] in "\"“‘'":
        return False
    begins_so = folded_case(line[:_BEGINNING]) in lexicon.beginnings or line[:1] == "©"
    if begins_so and (pointer := lexicon.pointer.match(line)):
        is_paragraph = words > _MAX_POINTER_WORDS and line.endswith((".", "”", '"'))
        return pointer.end() < len(line) and not is_paragraph
    to_the_reader = begins_so and lexicon.opening.match(line) and (words <= 5 or _READER.search(line))
    if to_the_reader or any(map(line.casefold().__contains__, lexicon.anywhere)):  # faster than one pattern
        return _SPEECH.search(line) is None
    return False
