"""Numerals and number words, and what they are worth.

Pure. Digits with separators ("1,234.5", "1,50,000", "2½"), written-out numbers ("twenty-five", "two and a
half", "half a million", "a dozen") and fractions ("two-thirds"). Values are exact decimals; a fraction that
no short decimal can express is rounded to two significant digits ("a third" is 0.33), as people write it.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from typing import Final

from summarizer.text.lexicon import alternatives, text_lexicon

_WORDS: Final = text_lexicon("number_words.toml")
ONES: Final[dict[str, int]] = _WORDS["ones"]
TENS: Final[dict[str, int]] = _WORDS["tens"]
SCALES: Final[dict[str, int]] = _WORDS["scales"]
SHORT_SCALES: Final[dict[str, int]] = _WORDS["short_scales"]
FRACTIONS: Final[dict[str, int]] = _WORDS["fractions"]
MULTIPLES: Final[dict[str, Decimal]] = {word: Decimal(value) for word, value in _WORDS["multiples"].items()}
_VULGAR: Final = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.33", "⅔": "0.67", "⅛": "0.125"}
_TWO_DIGITS: Final = Context(prec=2)


def _both_cases(words: dict[str, int]) -> str:
    return alternatives([*words, *(word.capitalize() for word in words)])


_ONE, _TEN, _BIG = _both_cases(ONES), _both_cases(TENS), _both_cases(SCALES)
_SMALL: Final = rf"(?:(?:{_TEN})(?:[-\s](?:{_ONE}))?|(?:{_ONE}))"
#: "Half a million", "a dozen", "two hundred and fifty thousand", "one and a half million", "seven".
WORDS: Final = (
    rf"(?:(?:[Aa][-\s])?[Hh]alf[-\s](?:an?[-\s])?(?:{_BIG})|[Aa]n?\s(?:{_BIG})|{_SMALL}|{_BIG})"
    rf"(?:[-\s](?:and\s)?(?:{_SMALL}|{_BIG})){{0,8}}(?:\sand\sa\s(?:half|quarter))?(?:\s(?:{_BIG})){{0,2}}"
)
DIGITS: Final = (
    r"\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+(?!\d)(?:\.\d+)?|\d{1,2}(?:,\d{2}){1,3},\d{3}(?!\d)"
    r"|\d{1,2}[\s-][1-9]/[2-8](?![\d/])|\d+(?:\.\d+)?[½¼¾⅓⅔⅛]?|[½¼¾⅓⅔⅛]"
)
#: "a third", "two-thirds", "three quarters", "half", "one tenth".
FRACTION: Final = (
    rf"(?:[Qq]uarter(?=[-\s](?:point|percentage|mile|century|hour)\b)|(?:[Aa][-\s])?[Hh]alf(?![-\s](?:an?[-\s])?(?:{_BIG})\b)|(?:[Aa]n?|(?:{_ONE}))[-\s](?:{alternatives(FRACTIONS)}|"
    rf"{alternatives([name + 's' for name in FRACTIONS if name != 'half'])}|halves))"
)
_LONG_SCALES: Final = alternatives(scale for scale in SHORT_SCALES if len(scale) > 1)
SCALE_AFTER: Final = re.compile(
    rf"(?:[\s-](?P<word>{_BIG})|\s?(?P<long>{_LONG_SCALES})"
    rf"|(?P<letter>[{''.join(s for s in SHORT_SCALES if len(s) == 1)}]))(?![A-Za-z0-9²³/])"
    rf"(?:[-\s](?P<second>million|billion|trillion|crore)\b)?"
)
_TOKEN: Final = re.compile(r"[a-z]+")


def digits_value(numeral: str) -> Decimal:
    """Value of a numeral that `DIGITS` matched: "1,234.5" is 1234.5, "2½" is 2.5."""
    if "/" in numeral:
        whole, part, of = re.split(r"[\s/-]", numeral)
        return Decimal(whole) + ratio(Decimal(part), Decimal(of))
    tail = numeral[-1]
    if tail in _VULGAR:
        return Decimal(_joined(numeral[:-1]) or "0") + Decimal(_VULGAR[tail])
    return Decimal(_joined(numeral))


def _joined(numeral: str) -> str:
    """A numeral without what separates its thousands."""
    return "".join(numeral.replace(",", "").split())


def words_value(phrase: str) -> Decimal | None:
    """Value of a phrase that `WORDS` matched, or None when it isn't one number ("two five")."""
    words = _TOKEN.findall(phrase.lower())
    addend = Decimal(0)
    if words[-1:] == ["half"] or words[-1:] == ["quarter"]:
        addend, words = Decimal("0.5" if words[-1] == "half" else "0.25"), words[:-3]
    elif len(words) > 4 and words[-4:-2] == ["and", "a"] and words[-2] in ("half", "quarter"):
        head = words_value(" ".join(words[:-4]))
        half = Decimal("0.5" if words[-2] == "half" else "0.25")
        return None if head is None else (head + half) * SCALES.get(words[-1], 1)
    total, group, last = Decimal(0), Decimal(0), None
    if words[0] in ("a", "an") and words[1:2] == ["half"]:
        words = words[1:]
    if words[0] == "half":
        group, words, last = Decimal("0.5"), words[1:], 1
    for word in words:
        if word in ("a", "an", "and"):
            continue
        if word in ONES:
            if last is not None and last < 20:
                return None
            group, last = group + ONES[word], ONES[word]
        elif word in TENS:
            if last is not None and last < 100:
                return None
            group, last = group + TENS[word], TENS[word]
        elif word in SCALES:
            scale = SCALES[word]
            if scale <= 100:
                group, last = (group or Decimal(1)) * scale, scale
            else:
                total, group, last = total + (group or Decimal(1)) * scale, Decimal(0), scale
        else:
            return None
    if addend and last is not None and last >= 1000:  # "a million and a half"
        addend *= last
    return total + group + addend


def fraction_value(phrase: str) -> Decimal:
    """Value of a phrase that `FRACTION` matched: "two-thirds" is 0.67, "half" 0.5."""
    words = re.split(r"[-\s]", phrase.lower())
    count = 1 if len(words) == 1 or words[0] in ("a", "an") else ONES[words[0]]
    name = words[-1]
    denominator = FRACTIONS.get(name) or FRACTIONS.get("half" if name == "halves" else name[:-1], 1)
    return ratio(Decimal(count), Decimal(denominator))


def ratio(part: Decimal, whole: Decimal) -> Decimal:
    """`part / whole`, exact where at most four decimals say it, else two significant digits."""
    exact = part / whole
    return exact if exact == round(exact, 4) else _TWO_DIGITS.divide(part, whole)


def as_number(value: Decimal) -> int | float:
    """The plain JSON number for an exact value."""
    return int(value) if value == value.to_integral_value() else float(value)
