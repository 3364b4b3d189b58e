"""Numbers that are no quantities: ages, clock times, ordinals, names with numbers, addresses.

Pure. Looks at short windows on both sides of a numeral, so its cost doesn't depend on the text's length.
Dates are masked by `dates`, not here.
"""

from __future__ import annotations

import re
from typing import Final

from summarizer.text.lexicon import alternatives, text_lexicon
from summarizer.text.pieces import Ending
from summarizer.text.words import is_common_word, possible_tags

_MASKS: Final = text_lexicon("masks.toml")
_DESIGNATORS: Final = _MASKS["designators"]
#: Characters on each side of a numeral that the patterns may look at.
WINDOW: Final = 48

#: Glued to the numeral: the numeral is part of a longer name, address, ratio or time.
_GLUED_BEFORE: Final = re.compile(r"(?:[A-Za-z0-9][-‑–/]|[A-Za-z]['’]?|[#§_@\\:]|\d[.,:/(-]|(?:^|\s)/)$")
_GLUED_AFTER: Final = re.compile(
    r"(?:st|nd|rd|th)\b|:\d|[-‑]\s(?:to|and|or)\s\d{1,3}[-‑](?:year|month|week)s?[-‑]old|['’]?s\b|/\d"
    r"|[-‑\s](?:year|month|week|day)s?[-‑\s]old|\s(?:years?|months?|weeks?)\sof\sage\b"
    r"|[a-z]?\d|[-‑][A-Z]+\d*\b|(?!(?:[CFMB]|[kMGT]Wh?|[KkMGTP]B|[MGk]?Hz|V|W|EUR|USD|GBP)\b)[A-Z]{1,3}\d?\b|x\d|_|\.\d+\.\d"
)
#: Behind a space only an age is glued: years, months, weeks, days.
_STRETCHES_OF_AGE: Final = frozenset("ymwd")
_TIME_AFTER: Final = re.compile(
    r"\s?(?:[ap]\.?m\b|[ap]\.m\.|GMT|UTC|BST|CET|CEST|EST|EDT|PST|PDT|CST|CDT|MST|MDT|IST|JST|AEST|ET\b|PT\b|o['’]clock|noon\b"
    r"|local\stime|hours?\sGMT)|[h]\d{2}\b|\s(?:hrs|hours)\s(?:local|GMT)",
    re.IGNORECASE,
)
_CITATION_AFTER: Final = re.compile(r"\s(?:U\.S\.C\.|U\.S\.\s\d|F\.\d?d\b|S\.\s?Ct|C\.F\.R)")
_ADDRESS_AFTER: Final = re.compile(
    r",?\s(?:[A-Z][\w.'’]*\s){0,3}(?:Street|St\.?|Avenue|Ave\.?|Road|Rd\.?|Boulevard|Blvd\.?|Lane|Drive|Square|Plaza|Place|Way|Crescent|Terrace)\b"
)
_TIME_BEFORE: Final = re.compile(r"\b(?:by|in|until|till|before|after|to|year)\s$", re.IGNORECASE)
_AGE_ENDS: Final = (
    "aged", "age", "ages", "between", "from", "of", "turns", "turned", "turning", "and", "to", "or", "-", "–",
    "than",
)  # fmt: skip
_AGE_BEFORE: Final = Ending(
    re.compile(
        r"\b(?:aged?|ages|aged\sbetween|age\sof|ages\sof|(?:aged?|ages|ages\sof|aged\sfrom)\s(?:between|from)|turn(?:s|ed|ing)"
        r"|aged?\s(?:between\s|from\s)?\d{1,3}\s(?:and|to|or|-|–)|ages\s(?:of\s)?(?:between\s|from\s)?\d{1,3}\s(?:and|to)|between\sthe\sages\sof\s\d{1,3}\s(?:and|to)"
        r"|(?:old|young)er\sthan|the\sage\sof)\s$",
        re.IGNORECASE,
    ),
    _AGE_ENDS,
)
_AGE_LIMIT_BEFORE: Final = Ending(
    re.compile(
        rf"\b(?:{alternatives(_MASKS['ages']['people'])})(?:\s(?:who\s(?:are|were)|aged?))?\s(?:under|over|above|below)(?:\sthe\sage\sof)?\s$",
        re.IGNORECASE,
    ),
    ["under", "over", "above", "below", "of"],
)
_AGE_LIMIT_AFTER: Final = re.compile(
    r"\s?(?:-|\s)?(?:and|or)\s(?:older|over|under|younger|above|up)\b(?!\s\d)", re.IGNORECASE
)
_APPOSITION_BEFORE: Final = re.compile(r"[A-Z][\w'’.-]*,\s$|[A-Z][\w'’-]+\s\($")
_APPOSITION_AFTER: Final = re.compile(r",|\)|;|\.$|\s(?:and|who|was|is|of)\s")
_OLD_AFTER: Final = re.compile(r"\s(?:and|to|or)\s\d{1,3}[\s-](?:years?|months?|weeks?)[\s-](?:old|of\sage)")
_AGE_PAIR_BEFORE: Final = re.compile(r"[a-z],\s\d{1,2}\sand\s$")
_AGE_PAIR_AFTER: Final = re.compile(r"\sand\s\d{1,3},\s")
_BE_AGE_BEFORE: Final = re.compile(
    r"\b(?:[Hh]e|[Ss]he|who)\s(?:is|was|would\sbe|will\sbe|just\sturned|'s|’s)\s$"
)
_BE_AGE_AFTER: Final = re.compile(r"[.,;]|\s(?:when|at|and|years?\b)|$")
_STRONG: Final = Ending(
    re.compile(
        rf"(?:^|[\s(“\"'‘])(?:(?i:{alternatives(_DESIGNATORS['any_case'])})|{alternatives(_DESIGNATORS['cased'])})\s$"
    ),
    [*_DESIGNATORS["any_case"], *_DESIGNATORS["cased"]],
)
_WEAK: Final = Ending(
    re.compile(rf"(?:^|[\s(“\"'‘-])(?i:{alternatives(_DESIGNATORS['weak'])})\s$"), _DESIGNATORS["weak"]
)
_NAME_BEFORE: Final = re.compile(r"(?:^|[^.!?:]\s|[a-z,]\s)([A-Z][A-Za-z&]*(?:-[A-Z]\w*)?)\s$")
_VAGUE_BEFORE: Final = Ending(
    re.compile(
        r"\b(?:few|several|many|couple|couple\sof|per|for\severy|out\sof\severy|parts\sper|the\sodd)\s$",
        re.IGNORECASE,
    ),
    ["few", "several", "many", "couple", "of", "per", "every", "odd"],
)
_PHONE: Final = re.compile(r"\+?\d{1,4}[\s.-]\(?\d{2,5}\)?(?:[\s.-]\d{2,5}){1,4}\b|\(\d{3}\)\s?\d{3}-\d{4}")
_PHONE_WORD: Final = re.compile(
    r"(?:\b(?:call|phone|tel|telephone|fax|dial|hotline|helpline|contact|number|on)\b[.:]?\s(?:is\s)?(?:us\s(?:on|at)\s)?(?:on|at)?\s?\(?)$",
    re.IGNORECASE,
)
_ADDRESS_MARKS: Final = re.compile(
    r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,63}){1,5}|[#@]\w{1,80}"
)
_NAMES_NOT: Final = frozenset(_MASKS["names"]["never"])


def address_spans(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Web and mail addresses, hashtags and handles: no numeral inside them is a quantity."""
    part = text[start:stop]
    if not ("://" in part or "www." in part or "@" in part or "#" in part):
        return []
    return [match.span() for match in _ADDRESS_MARKS.finditer(text, start, stop)]


def is_glued(before: str, after: str) -> bool:
    """Part of a longer token: an ordinal, a designation (Su-35), a time, an age ("54-year-old"), a decade."""
    hyphenated = _GLUED_BEFORE.search(before[-3:]) and not before.lower().endswith("magnitude-")
    if after.startswith(" ") and after[1:2] not in _STRETCHES_OF_AGE:
        return bool(hyphenated)
    return bool(hyphenated or _GLUED_AFTER.match(after))


def is_time_or_citation(before: str, after: str) -> bool:
    """A clock time, a legal citation or a street address."""
    return before.endswith(("U.S.C. ", "C.F.R. ", "Cal. ")) or bool(
        _TIME_AFTER.match(after) or _CITATION_AFTER.match(after) or _ADDRESS_AFTER.match(after)
    )


def is_age(before: str, after: str, value: int) -> bool:
    """The age of a person: "aged 18 to 60", "Smith, 54,", "older than 70", "65 and over"."""
    if not 0 <= value <= 125:
        return False
    told = before.lower()
    if (
        _OLD_AFTER.match(after)
        or (("age" in told or "turn" in told or "than" in told) and _AGE_BEFORE.search(before))
        or _AGE_LIMIT_BEFORE.search(before)
        or _AGE_LIMIT_AFTER.match(after)
    ):
        return True
    if _APPOSITION_BEFORE.search(before) and _APPOSITION_AFTER.match(after):
        return True
    if _AGE_PAIR_BEFORE.search(before) or (before.endswith(", ") and _AGE_PAIR_AFTER.match(after)):
        return True
    if 4 < value < 111 and before.endswith(", ") and before[-3:-2].isalpha() and after.startswith(", "):
        return True  # "the driver, 54, was"
    return bool(_BE_AGE_BEFORE.search(before) and _BE_AGE_AFTER.match(after))


def is_far_year(before: str, numeral: str) -> bool:
    """A year too far ahead for `dates` ("by 2500"): four plain digits behind a preposition of time."""
    return (
        len(numeral) == 4
        and numeral.isdigit()
        and "2100" <= numeral < "3000"
        and bool(_TIME_BEFORE.search(before))
    )


def is_named(before: str) -> bool:
    """Right after a word that numbers things by name: "Article 5", "phase 3", "Boeing 737"."""
    return bool(_STRONG.search(before))


def is_weakly_named(before: str) -> bool:
    """Right after a word that numbers things unless something countable follows: "day 5", "class 3"."""
    if _WEAK.search(before):
        return True
    name = _NAME_BEFORE.search(before)
    if name is None or name.group(1) in _NAMES_NOT:
        return False
    lower = name.group(1).lower()  # "Kills 12" in a headline: a word of the language, no name
    return not is_common_word(lower) or possible_tags(lower)[0] in ("NN", "NNP")


def is_vague(before: str) -> bool:
    """ "A few hundred", "several thousand", "per 100,000": no number of its own."""
    return bool(_VAGUE_BEFORE.search(before))


def telephone_end(text: str, start: int, before: str) -> int | None:
    """Where a telephone number that starts at `start` ends, or None; needs an introducing word or a plus."""
    match = _PHONE.match(text, start, start + 40)
    if match is None:
        return None
    introduced = before.endswith(("+", "(+")) or _PHONE_WORD.search(before[-40:])
    digits = sum(character.isdigit() for character in match.group())
    return match.end() if digits >= 7 and (introduced or ("-" in match.group() and digits >= 10)) else None
