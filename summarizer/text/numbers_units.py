"""What a number is a number of: money, percent, measures, durations. Finds the unit beside a number.

Pure. Codes are ISO 4217 for money ("XXX" where the text doesn't say whose: "pesos"), UCUM for measures
(`km`, `[mi_i]`, `a` for years), `percent`. Percentage points count as percent, a basis point is 0.01 percent,
bytes are counted out (`By`), a quarter of a year is three months.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Final, Literal, NamedTuple

from summarizer.text.currency_names import BARE_NAMES, FULL_NAMES, SHARED, tender_named
from summarizer.text.lexicon import alternatives, text_lexicon
from summarizer.text.pieces import Beginning, Ending

Kind = Literal["count", "bare", "money", "percent", "ratio", "measure", "duration"]


class Unit(NamedTuple):
    """A unit beside a number; `end` is where it ends (or, before a number, where it starts)."""

    code: str
    factor: Decimal
    kind: Kind
    end: int


_ONE: Final = Decimal(1)
_MEASURES: Final[dict[str, tuple[str, Decimal, Kind]]] = {}
_SIGN_CODES: Final[dict[str, tuple[str, Decimal, Kind]]] = {}
for _unit in text_lexicon("units.toml")["unit"]:
    _entry: tuple[str, Decimal, Kind] = (
        _unit["code"],
        Decimal(_unit.get("factor", "1")),
        "duration" if _unit.get("duration") else "measure",
    )
    for _word in _unit["words"]:
        _MEASURES[_word] = _entry
        if len(_word) > 3 and _word.islower():  # headlines in title case
            _MEASURES[_word.title()] = _entry
    _SIGN_CODES.update(dict.fromkeys(_unit.get("signs", ()), _entry))
_MONEY: Final = text_lexicon("currencies.toml")
_MARKED: Final[dict[str, str]] = _MONEY["marked_signs"]
_SIGNS: Final[dict[str, str]] = _MONEY["signs"] | {
    sign: code for sign, code in _MARKED.items() if len(sign) > 1
}
_NOUNS: Final[dict[str, str]] = dict(BARE_NAMES)
for _noun, _code in _MONEY["nouns"].items():
    for _form in (_noun, _noun + "s"):
        _NOUNS[_form] = _NOUNS[_form.capitalize()] = _code
_CENTS: Final[dict[str, str]] = {}
for _noun, _code in _MONEY["cents"].items():
    _CENTS[_noun] = _code
    if len(_noun) > 1:
        _CENTS[_noun + "s"] = _code
_NATIONS: Final[dict[str, str]] = dict(FULL_NAMES)
for _phrase, _code in _MONEY["nations"].items():
    _NATIONS[_phrase] = _NATIONS[_phrase + "s"] = _code

_ISO: Final = [
    sign for sign in _SIGNS if sign.isalpha() and sign.isupper() and len(sign) == 3 and sign not in _MARKED
]
_PERCENT: Final = re.compile(
    r"\s?%(?:-points?)?|[\s-]?(?:[Pp]er\s?[Cc]ent(?:age)?|[Pp]ercentage|pct|pc)(?:[-\s][Pp]oints?)?\b|\s?pp\b|\sof\sa\s(?:percentage\s)?point\b|\spercentile\b"
)
#: What `_PERCENT` and `_BASIS` begin with, behind a space or a hyphen.
_PER_CENT, _BASIS_POINT = frozenset("%Ppo"), frozenset("Bb")
_BASIS: Final = re.compile(r"[\s-](?:[Bb]asis[\s-][Pp]oints?|bps|bp)\b")
_WORD: Final = Beginning(
    re.compile(rf"(?:\s{{1,2}}|[-‑])({alternatives(_MEASURES)})(?![\w²³]|-?year-old)"), _MEASURES
)
_SIGN: Final = re.compile(rf"({alternatives(_SIGN_CODES)})(?![\w²³])")
#: What stands after an amount, by its first two letters: so many names in one pattern would be slow.
_MONEY_BEGINS: Final[dict[str, list[str]]] = {}
for _name in {**_NATIONS, **_CENTS, **_NOUNS}:
    _MONEY_BEGINS.setdefault(_name[:2], []).append(_name)
#: "4 cents on the euro": hundredths of what they are paid for.
_PER_UNIT: Final = re.compile(
    r"(?:\s(?:to|and)\s[\d.]{1,6}\scents?)?\s(?:on|in|to)\sthe\s(dollar|euro|pound)\b"
)
_CURRENCY_SIGN: Final = re.compile(rf"\s?(?:([€£])|({alternatives(_ISO)})\b|(p)(?!\w))")
_CODE: Final = Ending(re.compile(rf"(?:{alternatives(_SIGNS)})\s?$"), _SIGNS)
_CODE_START: Final = re.compile(rf"(?:{alternatives(_SIGNS)})\s?(?=[\d½¼¾])")
_LETTER: Final = re.compile(rf"(?<![\w$£€.’'-])(?:{'|'.join(sign for sign in _MARKED if len(sign) == 1)})$")
_LETTER_START: Final = re.compile(rf"(?:{'|'.join(sign for sign in _MARKED if len(sign) == 1)})(?=\d)")
_ERROR_BEFORE: Final = re.compile(r"\bmargin\sof\serror\s(?:of|is|was)\s(?:[\w+/-]+\s){0,3}$")
#: No amount of money is longer, in characters.
_MOST_AMOUNT: Final = 32
#: "70,000", "12.50", "1.3tn", "45 billion": how money is written, and names with numbers are not.
_MARKED_AMOUNT: Final = re.compile(
    r"\d{1,3}(?:,\d{2,3})+(?!\d)|\d+\.\d\d(?![\d.])|\d+(?:\.\d+)?[\s-]?"
    r"(?:thousand|million|billion|trillion|lakh|crore|mn|bn|tn|trn|[kmbMB])(?![\w-])"
)


def currency_before(text: str, number: int) -> tuple[str, int] | None:
    """Code and length of the currency sign right before the number at `number`, or None."""
    if not number or text[number - 1] not in " $£€¥₹₩₽₺₴₪₦฿₫₱¢₵rRsSmMpPFDKYWLXEBhHNTCVk.":
        return None
    before = text[max(0, number - 6) : number]
    match = (None if before.endswith(" ") else _LETTER.search(before)) or _CODE.search(before)
    if match is None:
        return None
    sign = match.group().strip()
    begin = number - len(before) + match.start()
    if begin > 0 and text[begin].isalpha() and text[begin - 1].isalnum():
        return None
    if sign in _MARKED and not _MARKED_AMOUNT.match(text, number, number + _MOST_AMOUNT):
        return None
    return _MARKED.get(sign) or _SIGNS[sign], number - begin


def currency_at(text: str, start: int, stop: int) -> tuple[str, int] | None:
    """Code and end of a currency sign that starts at `start` right before a number, or None."""
    match = _LETTER_START.match(text, start, stop) or _CODE_START.match(text, start, stop)
    if match is None:
        return None
    found = currency_before(text, match.end())
    return (found[0], match.end()) if found else None


def unit_after(text: str, end: int, stop: int, *, digits: bool) -> Unit | None:
    """The unit after a number ending at `end`, or None. `digits`: written in figures, so "5km" may be."""
    following = text[end : end + 1]
    initial = following if following in _PER_CENT else text[end + 1 : end + 2]
    if initial in _PER_CENT and (match := _PERCENT.match(text, end, stop)):
        return Unit("percent", _ONE, "percent", match.end())
    if initial in _BASIS_POINT and (match := _BASIS.match(text, end, stop)):
        return Unit("percent", Decimal("0.01"), "percent", match.end())
    if following and following in " -‑\n\u00a0":
        if match := _currency_after(text, end, stop):
            if match.group(1) in ("pound", "pounds") and _weighs(text, end, match.end()):
                return Unit("[lb_av]", _ONE, "measure", match.end())
            return _money_unit(match)
        if match := _WORD.match(text, end, stop):
            code, factor, kind = _MEASURES[" ".join(match.group(1).split())]
            return Unit(code, factor, kind, match.end())
    if digits:
        if match := _SIGN.match(text, end, stop):
            code, factor, kind = _SIGN_CODES[match.group(1)]
            return Unit(code, factor, kind, match.end())
        if match := _CURRENCY_SIGN.match(text, end, stop):
            sign = match.group(1) or match.group(2)
            if sign:
                return Unit(_SIGNS[sign], _ONE, "money", match.end())
            return Unit("GBP", Decimal("0.01"), "money", match.end())
    return None


_WEIGHT_AFTER: Final = re.compile(
    r"\sof\s(?!the\b|its\b|his\b|her\b|their\b|aid\b|debt\b|funding\b)[a-z]|\s(?:overweight|heavier|lighter|of|\(\d+\s(?:kg|kilogram))"
)
_WEIGHT_BEFORE: Final = re.compile(
    r"\b(?:weigh\w*|lost|lose|losing|gain\w*|shed\w*|lift\w*|thrust|payload)\b[\w\s,.-]{0,30}$"
)


def _weighs(text: str, number_end: int, end: int) -> bool:
    """Whether "pounds" are weight: so many of some stuff, or lost and lifted; never millions of them."""
    if text[max(0, number_end - 7) : number_end].endswith(("million", "billion", "m", "bn")):
        return False
    return bool(
        _WEIGHT_AFTER.match(text, end) or _WEIGHT_BEFORE.search(text[max(0, number_end - 40) : number_end])
    )


def _currency_after(text: str, end: int, stop: int) -> re.Match[str] | None:
    """The name of a currency after a space or a hyphen at `end`."""
    begin = end + 2 if text[end + 1 : end + 2].isspace() else end + 1
    pair = text[begin : begin + 2]
    if pair not in _MONEY_BEGINS:
        pair = pair[:1]  # "20 p"
    return _money_names(pair).match(text, end, stop) if pair in _MONEY_BEGINS else None


@cache
def _money_names(begin: str) -> re.Pattern[str]:
    return re.compile(rf"(?:\s{{1,2}}|-)({alternatives(_MONEY_BEGINS[begin])})(?!\w)")


def _money_unit(match: re.Match[str]) -> Unit:
    name = " ".join(match.group(1).split())
    if name in _CENTS:
        whole = _PER_UNIT.match(match.string, match.end())
        code = _NOUNS[whole.group(1)] if whole else _CENTS[name]
        return Unit(code, Decimal("0.01"), "money", match.end())
    return Unit(_NATIONS.get(name) or _NOUNS[name], _ONE, "money", match.end())


@cache
def _full_names(stem: str) -> re.Pattern[str] | None:
    """The full names of currencies called so."""
    names = [name for name in _NATIONS if name.rpartition(" ")[2].rstrip("s") == stem]
    return re.compile(rf"\b({alternatives(names)})(?!\w)") if names else None


_UNSURE: Final = frozenset(("pound", "krona", "lira", "riyal", "dirham")) | SHARED


def currency_in(text: str, noun: str) -> str | None:
    """The one code that `text` gives a bare `noun` elsewhere, or None where it gives none or several.

    By a full name ("Swedish crowns": SEK for "crowns"), else by the only country named that has such money.
    """
    lower = noun.lower()
    pattern = _full_names(lower.rstrip("s"))
    names = pattern.findall(text) if pattern else ()
    if codes := {_NATIONS[" ".join(name.split())] for name in names}:
        return codes.pop() if len(codes) == 1 else None
    return tender_named(text, lower)


def is_unsure(noun: str) -> bool:
    """Whether other countries have money of that name than the one that the noun mostly stands for."""
    lower = noun.lower()
    return lower in _UNSURE or lower.rstrip("s") in _UNSURE


def points_of_error(text: str, start: int, number: int, end: int) -> Unit | None:
    """ "A margin of error of | 1.5 points" is in percent; points of an index are counted."""
    is_error = _ERROR_BEFORE.search(text, start, number)
    return Unit("percent", _ONE, "percent", end) if is_error else None
