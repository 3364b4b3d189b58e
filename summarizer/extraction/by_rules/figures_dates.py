"""As of when a figure holds (contract, section 4): a date of its clause, else the article's present. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.text.dates import DateExpression, resolve, tense_direction
from summarizer.text.lexicon import alternatives, load_lexicon
from summarizer.text.numbers_values import ONES
from summarizer.text.pieces import Ending

_LEXICON: Final = load_lexicon("summarizer.extraction.by_rules", "lexicons/figure_status.toml")
_SPEECH: Final = frozenset(_LEXICON["speech_with_date"])
_PRESENT: Final = frozenset(("VBZ", "VBP"))
_PAST: Final = frozenset(("VBD",))
#: When a thing was made is not when a figure about it holds.
_MADE: Final = frozenset(
    ("built", "founded", "born", "established", "launched", "created", "opened", "formed", "completed")
)
#: What stands before a date that a number is compared with: "the highest since 2008", "up 3% from May".
_COMPARED: Final = Ending(
    re.compile(
        r"(?:\b(?:\w+est|most|worst|best|first|low|high|record|peak)(?:\s[\w’'-]+){0,4}\ssince|\bthan(?:\sin)?"
        r"|\b(?:compared|up|down|rise|fall|increase|drop|growth|decline)\b[^,;]{0,40}\s(?:from|with|on|to)(?:\sin)?"
        r"|\bagainst|\bversus)\s(?:early\s|late\s|mid-)?$",
        re.IGNORECASE,
    ),
    ("since", "than", "in", "from", "with", "on", "to", "against", "versus", "early", "late", "mid-"),
)
#: Before a date that says when something will be ready or over, whatever its clause counts.
_DEADLINE: Final = re.compile(
    r"\b(?:(?:due|scheduled|expected|supposed|slated)\sto\s(?:be\s)?(?:\w+\s){1,2}(?:in|on|by|at)|matur\w+\s(?:in|on)"
    r"|demand\w*\s[^.;,]{0,50}\sby|expir(?:es?|ing)\s(?:in|on|at)|dated|due\s(?:in|on))\s(?:the\send\sof\s|early\s|late\s|mid-)?$",
    re.IGNORECASE,
)
#: What a year before it only tells from others of its kind: "the 2021 lawsuit".
_NAMED_BY_YEAR: Final = re.compile(rf"\s(?:\w+\s)?(?:{alternatives(_LEXICON['named_by_year'])})\b")
_SINCE: Final = re.compile(
    r"\bsince\s(?:early\s|late\s|mid-|the\s(?:start|beginning|end)\sof\s)?$", re.IGNORECASE
)
#: "Lowered the number killed in … from 31 to | 28", "the mayor's estimate of Wednesday".
_REVISED: Final = re.compile(
    r"\b(?:risen|rose|climbed|lowered|raised|revised|corrected|fallen|fell|increased|grown|grew)\b.*\b(?:to|from|at)\s$"
)
_ESTIMATE_OF: Final = re.compile(r"\b(?:estimate|figure|count|toll|tally|forecast)s?\sof\s$")
#: "71%, up | from 60% | in 2019": the date is the other number's.
_OTHER_NUMBER: Final = re.compile(
    rf"\b(?:from|compared\s(?:with|to)|against|versus|than)\s(?:[\w-]+\s){{0,2}}?(?:[$£€]?\d|(?:{alternatives(ONES)})\b)"
)
_INSERTED: Final = frozenset(
    (
        "due",
        "scheduled",
        "expected",
        "built",
        "launched",
        "signed",
        "published",
        "released",
        "founded",
        "opened",
    )
)
_PERFECT: Final = frozenset(("has", "have", "'s", "’s", "'ve", "’ve"))
_OPENS_INSERTION: Final = frozenset(("WDT", "WP", "WP$", "WRB", "VBN"))
_YEAR_EARLIER: Final = re.compile(
    r"\s(?:(?:an?|one|the)\syear\s(?:earlier|before|previously)|in\sthe\ssame\speriod\sa\syear\searlier)\b"
)
_PERIOD_TO: Final = re.compile(
    r"\b(year|half|quarter|(\d{1,2}|[a-z]+)\smonths)\s(?:to|ended|ending(?:\sin)?|through)\s(?:the\send\sof\s)?$",
    re.IGNORECASE,
)
_MONTHS_OF: Final = {"year": 12, "half": 6, "quarter": 3}
_MOST_MONTHS: Final = 24
_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?=-|/|$)")
#: A date further from the number than this belongs to something else.
_NEAR: Final = 70


def as_of(
    text: str,
    sentence: Sentence,
    span: tuple[int, int],
    first: int,
    last: int,
    dates: Sequence[DateExpression],
    published: str | None,
    actual: bool,
) -> str | None:
    """ISO date, month, year or interval of the figure at `span` (words `[first, last)`), or None when open.

    A date that says when somebody spoke is not the figure's, nor is one to come an actual figure's. A
    present-tense statement holds on the article's day, where that is known; "a year earlier" is a year
    before what the sentence dates.
    """
    found = _date_of(text, sentence, span, (first, last), dates, published, actual)
    if _YEAR_EARLIER.match(text, span[1], sentence.end):
        return None if found is None else _year_before(found)
    return found


def _date_of(
    text: str,
    sentence: Sentence,
    span: tuple[int, int],
    words: tuple[int, int],
    dates: Sequence[DateExpression],
    published: str | None,
    actual: bool,
) -> str | None:
    first, last = words
    near: list[tuple[int, DateExpression]] = []
    for item in dates:
        gap = item.start - span[1] if item.start >= span[1] else span[0] - item.end
        if (
            0 <= gap <= _NEAR
            and not _of_speech(text, sentence, item)
            and not _only_compared(text, sentence, span, item)
            and not (item.start > span[1] and _OTHER_NUMBER.search(text, span[1], item.start))
            and not _of_another_thing(text, sentence, span, item)
            and not _of_an_event(text, sentence, span, item)
        ):
            near.append((gap, item))
    for _, item in sorted(near, key=lambda pair: pair[0]):
        if item.start >= sentence.start + 5 and _SINCE.search(
            text, max(sentence.start, item.start - 30), item.start
        ):
            since = _since(text, sentence, words, item, published)
            if since is None and published is not None and actual and _present(sentence, first, last):
                return published
            return since
        iso = item.iso
        if iso is None and published is not None:
            direction = tense_direction(text, sentence.start, sentence.end, item)
            iso = resolve(item, published, direction or ("past" if actual else "future"))
        if (
            actual
            and published is not None
            and iso is not None
            and iso[: len(published)] > published[: len(iso)]
        ):
            continue  # "employs 430 people and will shut by September": what is so has no date to come
        return iso and _period_to(text[max(sentence.start, item.start - _NEAR) : item.start], iso)
    if published is not None and actual and _present(sentence, first, last):
        return published
    return None


def _period_to(before: str, iso: str) -> str:
    """The year, half or months that a month ends: "in the year to | March 2024"; else the date as it is."""
    period = _PERIOD_TO.search(before)
    if period is None or len(iso) != len("2024-03"):
        return iso
    count = period.group(2)
    months = _MONTHS_OF.get(period.group(1).lower()) or (
        int(count) if count.isdigit() else ONES.get(count, 0)
    )
    if not 1 < months <= _MOST_MONTHS:
        return iso
    begin = int(iso[:4]) * 12 + int(iso[5:]) - months
    return f"{begin // 12:04d}-{begin % 12 + 1:02d}/{iso}"


def _year_before(iso: str) -> str:
    """The same day, month, year or interval a year before."""
    return _YEAR.sub(lambda year: f"{int(year.group()) - 1:04d}", iso).replace("-02-29", "-02-28")


def _of_another_thing(text: str, sentence: Sentence, span: tuple[int, int], item: DateExpression) -> bool:
    """A deadline, a lawsuit's year, or a date in an inserted clause in which the number doesn't stand."""
    before = text[max(sentence.start, item.start - _NEAR) : item.start]
    if _DEADLINE.search(before) or (item.kind == "year" and _NAMED_BY_YEAR.match(text, item.end)):
        return True
    tokens = sentence.tokens
    place = bisect_left(tokens.starts, item.start)
    close = sentence.next_word(",", place, len(tokens))
    opening = next((i for i in range(place - 1, 0, -1) if tokens.lowers[i] == ","), None)
    if opening is None or opening + 1 >= place:
        return False
    inserted = tokens.tags[opening + 1] in _OPENS_INSERTION or tokens.lowers[opening + 1] in _INSERTED
    if not inserted:
        return False
    begin = tokens.starts[opening]
    end = tokens.starts[close] if close is not None else sentence.end
    return not begin <= span[0] < end


def _only_compared(text: str, sentence: Sentence, span: tuple[int, int], item: DateExpression) -> bool:
    """Whether a date is another number's: that of "44" in "down from | 44 | on Tuesday" is its own."""
    found = _COMPARED.search(text, max(sentence.start, item.start - _NEAR), item.start)
    return found is not None and not found.start() <= span[0] < item.start


def _of_an_event(text: str, sentence: Sentence, span: tuple[int, int], item: DateExpression) -> bool:
    """Of a toll that has changed since: "the number killed in | Tuesday's | raid has risen to 31"."""
    if item.end > span[0]:
        return False
    if _ESTIMATE_OF.search(text, max(sentence.start, item.start - 30), item.start):
        return True
    owns = text[item.end : item.end + 2] in ("'s", "’s")
    return owns and _REVISED.search(text, sentence.start, span[0]) is not None


def _since(
    text: str, sentence: Sentence, words: tuple[int, int], item: DateExpression, published: str | None
) -> str | None:
    """From that date to the article's day, for what "has" come about; None where it just holds."""
    if published is None:
        return None
    lowers = sentence.tokens.lowers
    near = lowers[max(0, words[0] - 10) : words[0]] + lowers[words[1] : words[1] + 6]
    begin = resolve(item, published, "past")
    inside = words[0] > 0 and lowers[words[0] - 1] == "of"  # "a country of 19 million people"
    if begin is None or inside or not _PERFECT & set(near):
        return None
    return f"{begin.partition('/')[0]}/{published}"


def _of_speech(text: str, sentence: Sentence, item: DateExpression) -> bool:
    before = text[max(sentence.start, item.start - 24) : item.start].lower().split()
    if len(before) > 1 and before[-1] in ("in", "on") and before[-2].strip("(,") in _MADE:
        return True  # "the ship, built in 1987, went down 12 km from": no figure's date
    words = [word.strip(',."”’') for word in before[-3:]]
    return any(word in _SPEECH for word in words) and not any(
        word.endswith("ed") and word not in _SPEECH for word in words[-1:]
    )


def _present(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the verb nearest to the number, left before right, is in the present."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    if sentence.role == "headline":
        return False
    for i in range(first - 1, max(-1, first - 14), -1):
        if tags[i] in _PAST or tags[i] == "MD":
            return False
        if tags[i] in _PRESENT and lowers[i] not in _SPEECH:
            return True
    for i in range(last, min(len(tags), last + 10)):
        if tags[i] in _PAST or tags[i] == "MD":
            return False
        if tags[i] in _PRESENT and lowers[i] not in _SPEECH:
            return True
    return False
