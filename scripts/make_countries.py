"""Make `summarizer/text/data/countries.json`: states and territories with the forms news text uses for them.

    python -m pip install countryinfo==1.0.1 babel==2.18.0
    python scripts/make_countries.py > summarizer/text/data/countries.json

Codes, official names, capitals and first adjectives come from `countryinfo` (MIT licence), names from CLDR as
packed by Babel (Unicode licence); `countries_by_hand.toml` beside this file adds and corrects. Run by hand;
the result is committed.

A capital is a metonym of its government unless it usually means something else in the news (Brussels is
the European Union) or is better known as another place (Victoria, Hamilton). Named offices
(the White House, Downing Street) are organizations of their own and not in here; the Kremlin is.
"""

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import countryinfo
from babel import Locale

HAND: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("countries_by_hand.toml").read_text(encoding="utf-8")
)
#: An official name holds one of these.
STATE_WORDS = (
    "Republic", "Kingdom", "State of", "Principality", "Commonwealth", "Confederation", "Duchy",
    "Sultanate", "Union of",
)  # fmt: skip
#: Adjectives that are names themselves, so nobody is called so.
NO_PEOPLE = ("US", "U.S.", "UK", "U.K.", "UAE", "Hong Kong", "New Zealand")
NO_PLURAL = ("ese", "ish", "ch", "ss", "oa", "stan", "ic")


def people_of(adjectives: list[str]) -> list[str]:
    people: list[str] = []
    for adjective in adjectives:
        if adjective not in NO_PEOPLE:
            people.append(adjective)
            if not adjective.endswith(NO_PLURAL):
                people.append(adjective + "s")
    return people


def entry(alpha2: str, source: dict[str, Any], cldr: dict[str, str]) -> dict[str, Any]:
    cldr_name = cldr.get(alpha2, source["name"])
    cldr_name = cldr_name.replace(" & ", " and ").replace("St. ", "Saint ").replace("’", "'")
    name = HAND["names"].get(alpha2, cldr_name)
    official = HAND["official"].get(alpha2)
    if official is None:
        spelled = [form for form in source["altSpellings"] if form.isascii() and "," not in form]
        official = next((form for form in spelled if any(word in form for word in STATE_WORDS)), name)
    forms = [*HAND["forms"].get(alpha2, []), official, source["name"], cldr_name]
    unusual = (",", "(", " - ", "SAR China")
    forms = [form for form in dict.fromkeys(forms) if form != name and not any(u in form for u in unusual)]
    given = [part.strip() for part in (source.get("demonym") or "").replace("/", ",").split(",")]
    adjectives = HAND["adjectives"].get(alpha2, [word for word in given if word])
    adjectives = [word for word in adjectives if word not in HAND["gives_way"].get(alpha2, [])]
    capital = HAND["capitals"].get(alpha2, source.get("capital") or None)
    territory = alpha2 in HAND["territories"]
    return {
        "alpha2": alpha2,
        "alpha3": source["ISO"]["alpha3"],
        "name": name,
        "official": official,
        "territory": territory,
        "forms": forms,
        "adjectives": adjectives,
        "people": HAND["people"].get(alpha2, people_of(adjectives)),
        "capital": capital,
        "metonyms": HAND["metonyms"].get(alpha2, [capital] if capital and not territory else []),
    }


def main() -> None:
    cldr = dict(Locale("en").territories)
    folder = Path(countryinfo.__file__).parent / "data"
    sources: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.json")):
        source = json.loads(path.read_text(encoding="utf-8"))
        sources[source["ISO"]["alpha2"]] = source
    # Not in ISO 3166, and with a user-assigned code everybody uses.
    sources["XK"] = {"name": "Kosovo", "altSpellings": [], "capital": "Pristina", "ISO": {"alpha3": "XKX"}}
    entries = [
        entry(alpha2, source, cldr)
        for alpha2, source in sorted(sources.items())
        if alpha2 not in HAND["skipped"]
    ]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in entries)
    sys.stdout.write(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
