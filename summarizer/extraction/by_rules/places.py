"""Countries, their adjectives and the places that are no actors.

Pure; the table is `summarizer/text/data/countries.json`. A capital stands for its government only where the
text uses it so (`entities` decides by grammar); here it is a place with the country it would stand for.
"""

from __future__ import annotations

from functools import lru_cache

from summarizer.text.countries import countries


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[str, str], dict[str, str], frozenset[str]]:
    forms: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    metonyms: dict[str, str] = {}
    places: set[str] = set()
    for country in countries().countries:
        for form in (country.name, country.official, *country.forms):
            if form:
                forms.setdefault(form, country.name)
        for form in (*country.adjectives, *country.people):
            adjectives.setdefault(form, country.name)
        for form in country.metonyms:
            metonyms.setdefault(form, country.name)
        if country.capital:
            places.add(country.capital)
    for form in ("US", "U.S.", "U.S", "USA", "America"):
        forms.setdefault(form, "United States")
    return forms, adjectives, metonyms, frozenset(places)


def country_form(text: str) -> str | None:
    """Name of the country that `text` writes out ("U.S.", "Britain"), or None."""
    return _tables()[0].get(text)


def country_adjective(text: str) -> str | None:
    """Name of the country whose adjective or people `text` is ("Russian", "Britons"), or None."""
    return _tables()[1].get(text) if _tables()[0].get(text) is None or text in ("US", "U.S.", "UK") else None


def metonym(text: str) -> str | None:
    """Country that a seat of government stands for when it acts ("Moscow", "the Kremlin"), or None."""
    return _tables()[2].get(text)


_OTHER_PLACES = frozenset(
    ["Europe", "Asia", "Africa", "America", "Antarctica", "Oceania", "Arctic", "Pacific", "Atlantic", "Mediterranean", "Balkans", "Caucasus", "Crimea", "Donbas", "Siberia", "Scandinavia", "Caribbean", "Sahara", "Sahel", "Gaza", "London", "Paris", "Berlin", "Brussels", "Geneva", "Vienna", "New", "York", "Los", "Angeles", "Chicago", "Houston", "Boston", "Seattle", "Atlanta", "Miami", "Dallas", "Denver", "Detroit", "Philadelphia", "Phoenix", "San", "Francisco", "San", "Diego", "California", "Texas", "Florida", "Ohio", "Michigan", "Illinois", "Georgia", "Alabama", "Alaska", "Arizona", "Arkansas", "Colorado", "Connecticut", "Delaware", "Hawaii", "Idaho", "Indiana", "Iowa", "Kansas", "Kentucky", "Louisiana", "Maine", "Maryland", "Massachusetts", "Minnesota", "Mississippi", "Missouri", "Montana", "Nebraska", "Nevada", "Oklahoma", "Oregon", "Pennsylvania", "Tennessee", "Utah", "Vermont", "Virginia", "Wisconsin", "Wyoming", "Frankfurt", "Munich", "Hamburg", "Milan", "Barcelona", "Manchester", "Birmingham", "Glasgow", "Edinburgh", "Belfast", "Cardiff", "Liverpool", "Leeds", "Toronto", "Montreal", "Vancouver", "Sydney", "Melbourne", "Mumbai", "Shanghai", "Guangzhou", "Shenzhen", "Osaka", "Kyoto", "Istanbul", "Dubai", "Jerusalem", "Kharkiv", "Lviv", "Odesa", "Odessa", "Mariupol", "Donetsk", "Luhansk", "Sevastopol", "Scotland", "Wales", "England", "Yorkshire", "Cornwall", "Kent", "Essex", "Sussex", "Devon", "Zurich", "Basel", "Lyon", "Marseille", "Turin", "Naples", "Karachi", "Lahore", "Chennai", "Kolkata", "Bangalore"]
) | {
    "New York", "New York City", "Los Angeles", "San Francisco", "San Diego", "New Jersey", "New Mexico", "New Hampshire",
    "North Carolina", "South Carolina", "North Dakota", "South Dakota", "West Virginia", "Rhode Island", "Las Vegas",
    "Hong Kong", "Northern Ireland", "Middle East", "Eastern Europe", "Western Europe", "Central Europe", "South America",
    "North America", "Latin America", "Central America", "Southeast Asia", "Central Asia", "Far East", "Black Sea",
    "Sea of Azov", "Azov Sea", "Red Sea", "North Sea", "Baltic Sea", "South China Sea", "Pacific Ocean", "Atlantic Ocean",
    "Indian Ocean", "Persian Gulf", "West Bank", "Gaza Strip", "Wall Street", "Silicon Valley", "Capitol", "Saint Petersburg",
}  # fmt: skip
_PLACE_TAILS = frozenset(
    [
        "sea",
        "ocean",
        "river",
        "lake",
        "gulf",
        "bay",
        "strait",
        "mountains",
        "mountain",
        "mount",
        "island",
        "islands",
        "peninsula",
        "valley",
        "desert",
        "province",
        "county",
        "city",
        "state",
        "region",
        "district",
        "street",
        "road",
        "avenue",
        "square",
        "bridge",
        "canal",
        "port",
        "airport",
        "coast",
        "beach",
        "park",
        "forest",
        "hills",
        "prefecture",
        "oblast",
        "governorate",
        "village",
        "town",
        "township",
        "creek",
        "dam",
        "basin",
        "ridge",
        "plateau",
        "glacier",
        "highway",
    ]
)


def is_place(text: str) -> bool:
    """Whether `text` names a place that is no country: a city, a sea, a county."""
    if text in _OTHER_PLACES or text in _tables()[3] or text in _tables()[2]:
        return text not in ("Kremlin",)
    words = text.split()
    return len(words) > 1 and (
        words[-1].lower() in _PLACE_TAILS
        or words[0] in ("Lake", "Mount", "Port", "Cape", "Gulf", "Fort", "San", "Santa", "St")
    )
