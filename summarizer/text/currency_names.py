"""The names of the currencies that are tender, as CLDR has them, and whose a bare "peso" is in a text.

Pure but for reading the committed table once; `scripts/make_currencies.py` makes it. Signs, cents and what
the news says besides ("crowns", "quid") are `numbers_units`' business, whose own list goes before this one.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Final

from summarizer.text.countries import Country, countries

_ROWS: Final = json.loads(
    files("summarizer.text").joinpath("data/currency_names.json").read_text(encoding="utf-8")
)
#: "Chilean pesos" -> CLP.
FULL_NAMES: Final[dict[str, str]] = {name: row["code"] for row in _ROWS for name in row["names"]}
_HOLDERS: Final[dict[str, dict[str, str]]] = {}
for _row in _ROWS:
    for _noun in _row["nouns"]:
        _HOLDERS.setdefault(_noun, {}).update(dict.fromkeys(_row["countries"], _row["code"]))
#: "pesos" -> "XXX", "ariary" -> MGA: the code of a bare noun, where only one currency has it.
BARE_NAMES: Final[dict[str, str]] = {
    noun: next(iter(codes)) if len(codes := set(holders.values())) == 1 else "XXX"
    for noun, holders in _HOLDERS.items()
}
#: Nouns that several currencies share, whichever of them the news mostly means.
SHARED: Final = frozenset(noun for noun, code in BARE_NAMES.items() if code == "XXX")
#: Dateline and lead: a country named later is mostly not that of the story.
_HEAD: Final = 500
_KIN: Final[dict[str, set[str]]] = {}
for _row in _ROWS:
    for _name in _row["names"]:
        _KIN.setdefault(_name.rpartition(" ")[2].rstrip("s"), set()).add(_row["code"])
#: Codes that one bare noun may mean: "dollars" at home, "rupees", "pounds".
ONE_NOUN: Final = tuple(frozenset(codes) for codes in _KIN.values() if len(codes) > 1)


def tender_named(text: str, noun: str) -> str | None:
    """The code of `noun` in the country that has it and where `text` begins; None for none and for several.

    "Pesos" in an article that opens in Chile are Chilean, also when it tells later of Mexico.
    """
    text = text[:_HEAD]
    found: set[str] = set()
    for alpha2, code in _HOLDERS.get(noun, {}).items():
        pattern = _forms(alpha2)
        if code not in found and pattern is not None and pattern.search(text):
            found.add(code)
    return found.pop() if len(found) == 1 else None


@cache
def _forms(alpha2: str) -> re.Pattern[str] | None:
    """What names a country: its names, adjectives and capital."""
    country: Country | None = countries().by_code(alpha2)
    if country is None:
        return None
    forms = {*country.names, *country.adjectives, *((country.capital,) if country.capital else ())}
    return re.compile(rf"\b(?:{'|'.join(re.escape(form) for form in sorted(forms))})s?\b")
