"""Make `summarizer/text/data/currency_names.json`: the ISO 4217 currencies that are tender, by their names.

    python -m pip install babel==2.18.0
    python scripts/make_currencies.py > summarizer/text/data/currency_names.json

Codes, names and where each is tender come from CLDR as packed by Babel (Unicode licence); adjectives of
nations from `countries.json` beside it. `currencies.toml` there goes first and adds what the news says
besides (signs, crowns, cents). Run by hand; the result is committed.

A row: `code`, `names` ("Chilean peso" and its plural; "Uzbek som"), `nouns` (the same without the nation;
none where the bare word is mostly something else) and `countries` (ISO 3166, where it is tender).
"""

import json
import sys
from pathlib import Path

from babel.core import get_global
from babel.numbers import get_currency_name

COUNTRIES = Path(__file__).parent.parent / "summarizer" / "text" / "data" / "countries.json"
#: Bare words that mostly are something else in news: a number before them is no money.
NO_NOUNS = frozenset("mark colón dram florin sol unit sum real dobra guilder dollar pound gold".split())
#: Plurals and spellings of the news that CLDR doesn't have.
BESIDES = {
    noun: forms.split()
    for noun, forms in {
        "bolívar": "bolivar bolivars bolivares bolívares", "colón": "colones", "córdoba": "cordoba cordobas",
        "guarani": "guaranies guaraníes", "króna": "kronur", "lek": "leks", "metical": "meticais",
        "quetzal": "quetzales", "ruble": "rouble roubles", "sol": "soles", "zloty": "złoty",
    }.items()
}  # fmt: skip
#: So many countries share a currency that nobody says "Senegalese franc" for it.
MANY = 4


def tender() -> dict[str, list[str]]:
    """The codes that are tender today, each with its territories."""
    held: dict[str, list[str]] = {}
    for territory, spans in get_global("territory_currencies").items():
        for code, _, until, is_tender in spans:
            if until is None and is_tender:
                held.setdefault(code, []).append(territory)
    return held


def row_of(code: str, territories: list[str], adjectives: dict[str, list[str]]) -> dict[str, object]:
    """The row of one currency; the noun is the last word of its name, and the nation what stands before."""
    one, other = (get_currency_name(code, count, locale="en").replace("’", "'") for count in (1, 2))
    nation, noun = one.rpartition(" ")[0], one.rpartition(" ")[2].lower()
    forms = [noun, other.rpartition(" ")[2].lower(), *BESIDES.get(noun, ())]
    own = [word for territory in territories for word in adjectives.get(territory, ())]
    if nation.endswith(" convertible"):
        own = [*own, *(f"{word} convertible" for word in own)]
    nations = [nation, *([] if len(territories) > MANY else own)]
    nouns = BESIDES.get(noun, []) if noun in NO_NOUNS else forms
    return {
        "code": code,
        "names": [
            f"{word} {form}" for word in dict.fromkeys(nations) if word for form in dict.fromkeys(forms)
        ],
        "nouns": list(dict.fromkeys(nouns)),
        "countries": sorted(territories),
    }


def main() -> None:
    adjectives = {row["alpha2"]: row["adjectives"] for row in json.loads(COUNTRIES.read_text("utf-8"))}
    rows = (row_of(code, territories, adjectives) for code, territories in sorted(tender().items()))
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    sys.stdout.write(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
