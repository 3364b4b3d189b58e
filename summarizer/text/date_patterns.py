"""The words and the bounded patterns by which English dates are recognised; `dates` puts them together.

Every pattern that looks behind a trigger is searched in a window of `CONTEXT` characters, so finding dates
stays linear in the text.
"""

from __future__ import annotations

import re
from typing import Final

from summarizer.text.date_values import DateKind
from summarizer.text.lexicon import alternatives, text_lexicon

WORDS: Final = text_lexicon("dates.toml")
MONTHS: Final[dict[str, int]] = {name.lower(): number for name, number in WORDS["months"].items()}
WEEKDAYS: Final[dict[str, int]] = {name.lower(): number for name, number in WORDS["weekdays"].items()}
SEASONS: Final[dict[str, int]] = WORDS["seasons"]
DAY_WORDS: Final[dict[str, int]] = WORDS["day_words"]
PERIODS: Final[dict[str, DateKind]] = WORDS["periods"]
MODIFIERS: Final[dict[str, int]] = WORDS["modifiers"]
ORDINALS: Final[dict[str, int]] = WORDS["ordinals"]
GUARDED: Final = frozenset(WORDS["months_alone"]["guarded"])
INTRODUCERS: Final = frozenset(WORDS["months_alone"]["introducers"])


def _capitalised(names: dict[str, int]) -> str:
    return alternatives([name.capitalize() for name in names] + [name.upper() for name in names])


MONTH: Final = _capitalised(MONTHS)
WEEKDAY: Final = _capitalised(WEEKDAYS)
PERIOD: Final = alternatives(PERIODS)
ORDINAL: Final = alternatives(ORDINALS)
CENTURY: Final = r"(?:1[5-9]|20)"
YEAR: Final = CENTURY + r"\d\d"

_INITIALS: Final = {word[0] for word in (*MONTHS, *WEEKDAYS, *DAY_WORDS, *PERIODS, "ago", "q", "h")}
# A word begins here that can be a trigger by its first character; "ſ" is an "s" where case doesn't count.
_BEGIN: Final = rf"\b(?=[\d{''.join(sorted(_INITIALS | {initial.upper() for initial in _INITIALS}))}])"
TRIGGER: Final = re.compile(
    rf"{_BEGIN}(?:(?P<month>{MONTH})|(?P<weekday>{WEEKDAY})|(?P<numeric>\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}})"
    rf"|(?P<decade>{CENTURY}\d0)['’]?s|(?P<year>{YEAR})|(?P<day>(?i:{alternatives(DAY_WORDS)}))|(?P<period>{PERIOD})s?|(?P<ago>ago)"
    rf"|(?P<q>[QH][1-4]))\b"
)

DASH: Final = r"\s?(?:-|–|—|to|through|until|and)\s?"
DAY_AFTER: Final = re.compile(
    rf"\.?\s{{1,3}}(?:the\s)?(\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,:]\d|\s?(?:%|per\b|a\.?m\b|p\.?m\b))"
    rf"(?:{DASH}(?:({MONTH})\.?\s)?(\d{{1,2}})(?:st|nd|rd|th)?(?![\d%]|[.,:]\d))?(?:,?\s{{1,3}}({YEAR})\b(?!,\d))?"
)
YEAR_AFTER: Final = re.compile(rf"\.?,?\s{{1,3}}(?:of\s)?({YEAR})\b(?![,.]\d|\s?%)")
MONTH_AFTER: Final = re.compile(rf"\.?{DASH}({MONTH})\b(?:\.?\s(?:of\s)?({YEAR})\b)?(?!\.?\s\d)")
DAY_BEFORE: Final = re.compile(
    r"(?<![\d.,:/$£€-])(\d{1,2})(?:st|nd|rd|th)?(?:\s?(?:-|–|—|to|and)\s?(\d{1,2})(?:st|nd|rd|th)?)?\s(?:of\s)?$"
)
CROSS_MONTH_AFTER: Final = re.compile(rf"\.?{DASH}(\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?({MONTH})\b")
FULL_DATE_AFTER: Final = re.compile(rf",?\s(?:the\s)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?)?(?:{MONTH})\b")
WEEKDAY_BEFORE: Final = re.compile(rf"\b(?:{WEEKDAY}|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.?,?\s(?:the\s)?$")
PART_OF_YEAR: Final = re.compile(
    rf"\b(?:(?P<quarter>{ORDINAL})[\s-](?P<unit>quarter|half)|(?P<season>{alternatives(SEASONS)})"
    rf"|(?P<q>[QH])(?P<n>[1-4]))\s(?:of\s)?(?:fiscal\s)?$",
    re.IGNORECASE,
)
PART_MODIFIER: Final = re.compile(
    r"\b(?:(?:the\s)?(?:end|start|beginning|middle|rest|course) of\s|early\s|late\s|mid-?\s?|fiscal\s"
    r"|FY\s?|calendar\s)$",
    re.IGNORECASE,
)
YEAR_RANGE_AFTER: Final = re.compile(rf"\s?(?:-|–|/|to|through|and)\s?({YEAR}|\d\d)\b(?![,.]?\d|%)")
#: Between two whole dates that are the ends of one stretch, and before them.
RUN_LINK: Final = re.compile(r"\s?(and|to|until|through|till|-|–|—)\s?")
RUN_BEFORE: Final = re.compile(r"\b(between|from)\s(?:(?:early|late|mid)[-\s])?$", re.IGNORECASE)
#: A year that names a loan by when it is due, and dates nothing: "its 2032 bonds", "the notes due 2034".
MATURITY_AFTER: Final = re.compile(
    r"\s(?:[a-z-]+\s)?(?:bonds?|notes?|gilts?|bunds?|debentures?|Treasur(?:y|ies)|maturit(?:y|ies))\b"
)
MATURITY_BEFORE: Final = re.compile(r"\b(?:due|maturing)\s$")
NO_YEAR_BEFORE: Final = re.compile(r"(?:[$£€¥₹#§.,:/+\w-]|\d\s)$")
QUANTITY_AFTER: Final = re.compile(
    r",\d|\.\d|\s?(?:%|per\s?cent|percent|million|billion|trillion|mn\b|bn\b|km|kg|mw|mph|miles?\b|tons?\b|tonnes?\b"
    r"|hours?\b|days?\b|metres?|meters?|feet|dollars|euros|pounds|people\b|troops\b|soldiers\b|GMT|UTC)|[-–](?:strong|plus|mile|metre|meter)"
    r"|\s?°",
    re.IGNORECASE,
)
QUANTITY_BEFORE: Final = re.compile(
    r"\b(?:more than|less than|fewer than|at least|at most|up to|as many as|nearly|almost|about|around|some"
    r"|roughly|approximately|estimated|over|under|total of|than)\s$",
    re.IGNORECASE,
)
PLURAL_AFTER: Final = re.compile(r"\s(?:[a-z]+\s){0,2}?(?:[a-z]{3,}s|people|men|women|children)\b")
MODIFIER_BEFORE: Final = re.compile(
    rf"\b(?:(?:the|its|their|our|earlier|later|early|late|the\ssame\s\w{{4,8}}|end\sof|rest\sof|sometime)\s)?"
    rf"({alternatives(MODIFIERS)})\s$",
    re.IGNORECASE,
)
ORDINAL_BEFORE: Final = re.compile(rf"\b({ORDINAL})[\s-](?:fiscal[\s-])?$", re.IGNORECASE)
OF_YEAR_AFTER: Final = re.compile(rf"\sof\s(?:fiscal\s)?(?:(this|last|next)\syear\b|({YEAR})\b)")
AGO_BEFORE: Final = re.compile(
    r"\b(?:(\d{1,3})|(an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))\s"
    r"(day|week|month|year|decade)s?\s$",
    re.IGNORECASE,
)
SMALL: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
         "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}  # fmt: skip
UNIT_DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
WORD_BEFORE: Final = re.compile(r"([A-Za-z]+)[\s-]$")
CONTEXT: Final = 40  # characters before a trigger that its patterns may look at; the longest takes 34
