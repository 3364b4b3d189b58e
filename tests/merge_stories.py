"""Briefs built by hand for the merge tests: a builder, and three invented stories."""

from __future__ import annotations

from typing import Any

from summarizer.merging import merge
from summarizer.records.article import ArticleHeader, Published
from summarizer.records.brief import Actor, Brief, Claim, Evidence, Figure, Provenance
from summarizer.records.digest import Coverage, Digest

MADE_BY = Provenance(engine="rules", version="0", document_schema="brief/1")


def digest_of(*briefs: Brief) -> Digest:
    """A digest of briefs built by hand."""
    return merge(briefs, Coverage(read=len(briefs)))


class Told:
    """One article's brief in the making. Quotes stand one after the other, as if they were all of it."""

    def __init__(
        self,
        name: str,
        date: str | None = None,
        *,
        outlet: str | None = None,
        origin: str | None = None,
        quoted: str = "",
    ) -> None:
        """`quoted`: words in which quotes stand; without them they stand one after the other."""
        self._quoted = quoted
        self._header = ArticleHeader(
            id=name,
            title=None,
            outlet=outlet,
            origin=origin,
            published=Published(date=date, basis="stated" if date else "unknown"),
            language="en",
        )
        self._actors: list[Actor] = []
        self._figures: list[Figure] = []
        self._claims: list[Claim] = []
        self._end = 0

    def _span(self, quote: str) -> Evidence:
        start = max(self._end, self._quoted.find(quote))
        self._end = start + len(quote) + 1
        return Evidence(quote=quote, start=start, end=start + len(quote))

    def actor(self, name: str, kind: str = "person", role: str | None = None, *aliases: str) -> str:
        """Add an actor; its id."""
        item_id = f"a{len(self._actors) + 1}"
        self._actors.append(
            Actor.model_validate(
                {
                    "id": item_id,
                    "name": name,
                    "kind": kind,
                    "role": role,
                    "aliases": aliases,
                    "evidence": (self._span(name),),
                }
            )
        )
        return item_id

    def figure(self, quote: str, value: float, counted: str, **fields: Any) -> str:
        """Add a figure; its id. Fields left out: an exact, actual count without date, place or source."""
        item_id = f"f{len(self._figures) + 1}"
        plain: dict[str, Any] = {
            "value_high": None,
            "unit": "count",
            "bound": "exact",
            "status": "actual",
            "as_of": None,
            "place": None,
            "source": None,
            "via": None,
        }
        span = fields.pop("span", None) or self._span(quote)
        self._figures.append(
            Figure.model_validate(
                {"id": item_id, "evidence": (span,), "value": value, "counted": counted, **plain, **fields}
            )
        )
        return item_id

    def claim(self, text: str, *speakers: str, quote: str | None = None, **fields: Any) -> str:
        """Add a claim; its id. Fields left out: affirmed, certain, by name or in the article's own voice."""
        item_id = f"c{len(self._claims) + 1}"
        plain: dict[str, Any] = {
            "via": None,
            "sourcing": "named" if speakers else "article",
            "polarity": "affirmed",
            "certainty": "certain",
            "cues": (),
            "when": None,
        }
        self._claims.append(
            Claim.model_validate(
                {
                    "id": item_id,
                    "text": text,
                    "speakers": speakers,
                    "evidence": (self._span(quote or text),),
                    **plain,
                    **fields,
                }
            )
        )
        return item_id

    @property
    def brief(self) -> Brief:
        """The brief as built so far."""
        return Brief(
            article=self._header,
            summary=(),
            actors=tuple(self._actors),
            figures=tuple(self._figures),
            claims=tuple(self._claims),
            rejected=(),
            provenance=MADE_BY,
        )


def earthquake() -> tuple[Brief, ...]:
    """A quake in Türkiye over three days: a rising toll, a part of it, two magnitudes, a dispute."""
    first = Told("quake-a", "2025-05-03", outlet="Daily Courier")
    ministry = first.actor("Turkish Health Ministry", "organization")
    usgs = first.actor("U.S. Geological Survey", "organization", None, "USGS")
    residents = first.actor("residents", "group")
    minister = first.actor("Kemal Aydın", role="Turkish interior minister")
    first.actor("Elif Özdemir", role="a teacher")
    first.figure(
        "at least 41 people",
        41,
        "people killed by the quake",
        bound="at_least",
        as_of="2025-05-03",
        source=ministry,
    )
    first.figure("about 300", 300, "people injured", bound="about", as_of="2025-05-03", source=ministry)
    first.figure("magnitude 6.8", 6.8, "magnitude of the quake", unit="1", as_of="2025-05-03", source=usgs)
    first.figure(
        "more than 500", 500, "people killed by the quake", bound="at_least", status="possible", source=usgs
    )
    first.claim("A magnitude 6.8 earthquake killed at least 41 people in eastern Türkiye.", when="2025-05-03")
    first.claim("Rescuers arrived late in the villages.", residents, sourcing="unnamed")
    first.claim("Rescuers arrived late in the villages.", minister, polarity="denied", cues=("denied",))
    first.claim("The Keban dam was damaged by the quake.", certainty="unknown", cues=("not known whether",))
    second = Told("quake-b", "2025-05-04", origin="Reuters")
    ministry = second.actor("Türkiye's Ministry of Health", "organization", None, "the ministry")
    survey = second.actor("United States Geological Survey", "organization")
    institute = second.actor("Kandilli Observatory", "organization")
    minister = second.actor("Kemal Aydin", role="Interior Minister")
    second.actor(
        "Murat Özdemir",
        role="mayor of Bingöl",
    )
    second.figure(
        "at least 97 people",
        97,
        "people killed in the earthquake",
        bound="at_least",
        as_of="2025-05-04",
        source=ministry,
    )
    second.figure(
        "nearly 70",
        70,
        "people killed in Bingöl province",
        bound="about",
        as_of="2025-05-04",
        place="Bingöl",
        source=ministry,
    )
    second.figure(
        "a magnitude of 6.8", 6.8, "magnitude of the earthquake", unit="1", source=survey, as_of="2025-05-03"
    )
    second.figure("6.4", 6.4, "magnitude of the earthquake", unit="1", source=institute, as_of="2025-05-03")
    second.claim("The earthquake killed at least 97 people.", ministry, when="2025-05-03")
    second.claim("Rescue teams did not arrive late in the villages.", minister)
    second.claim("The death toll will rise.", institute, certainty="probable", cues=("likely",))
    third = Told("quake-c", "2025-05-05")
    agency = third.actor("Türkiye's disaster agency", "organization", None, "AFAD")
    crescent = third.actor("Red Crescent", "organization")
    third.actor("Özdemir", role="the mayor of Bingöl")
    third.figure("160 deaths", 160, "deaths from the quake", as_of="2025-05-05", source=agency)
    third.figure(
        "more than 210 dead",
        210,
        "people killed by the quake",
        bound="at_least",
        as_of="2025-05-05",
        source=crescent,
    )
    third.claim("The quake killed more than 210 people.", crescent)
    third.claim("The Keban dam was damaged in the quake.", agency, polarity="denied", cues=("no damage",))
    return first.brief, second.brief, third.brief


def takeover() -> tuple[Brief, ...]:
    """A bid for a company: two relays of one report, a denial, a raised offer, revenue and guidance."""
    first = Told("bid-a", "2025-09-08", outlet="Bloomberg")
    halden = first.actor("Halden Group plc", "organization", None, "Halden", "the company")
    bright = first.actor("Brightwater Foods Inc", "organization", None, "Brightwater")
    people = first.actor("people familiar with the matter", "group")
    first.figure(
        "$2.1 billion",
        2.1e9,
        "value of Brightwater in the offer",
        unit="USD",
        status="possible",
        as_of="2025-09-08",
        source=people,
    )
    first.figure("$640 million", 6.4e8, "Brightwater's revenue", unit="USD", as_of="2024")
    first.claim(
        "Halden Group is preparing a takeover offer for Brightwater Foods.", people, sourcing="unnamed"
    )
    first.claim("Brightwater is for sale.", bright, polarity="denied", cues=("not for sale",))
    second = Told("bid-b", "2025-09-08", outlet="Evening Ledger")
    bloomberg = second.actor("Bloomberg", "organization")
    sources = second.actor("sources", "group")
    halden = second.actor("Halden", "organization")
    chief = second.actor("Anna Lindqvist", role="chief executive of Brightwater")
    second.figure(
        "about $2.1 billion",
        2.1e9,
        "value of Brightwater in the deal",
        unit="USD",
        bound="about",
        status="possible",
        as_of="2025-09-08",
        source=sources,
        via=bloomberg,
    )
    second.figure(
        "$700 million",
        7e8,
        "Brightwater's revenue",
        unit="USD",
        status="possible",
        as_of="2025",
        source=chief,
    )
    second.claim("Halden is preparing a bid for Brightwater.", sources, via=bloomberg, sourcing="unnamed")
    second.claim("Halden is preparing a bid for Brightwater.", halden, polarity="denied", cues=("denied",))
    third = Told("bid-c", "2025-09-20", outlet="Morning Post")
    bright = third.actor("Brightwater Foods", "organization", None, "Brightwater")
    halden = third.actor("Halden Group", "organization")
    other = third.actor("Karl Lindqvist", role="an analyst at Nordbank")
    third.figure(
        "$2.4 billion",
        2.4e9,
        "value of Halden's offer for Brightwater",
        unit="USD",
        status="possible",
        as_of="2025-09-20",
        source=halden,
    )
    third.figure("$655 million", 6.55e8, "Brightwater's revenue", unit="USD", as_of="2024", source=other)
    third.figure("2,400 jobs", 2400, "jobs at Brightwater", as_of="2025-09-20", source=bright)
    third.claim(
        "Regulators will block the deal.",
        other,
        polarity="denied",
        certainty="probable",
        cues=("don't think",),
    )
    third.claim("Halden has raised its offer for Brightwater to $2.4 billion.", halden, when="2025-09-20")
    third.claim("Brightwater will accept the offer.", certainty="unknown", cues=("unclear whether",))
    return first.brief, second.brief, third.brief


def outbreak() -> tuple[Brief, ...]:
    """An epidemic: confirmed and suspected cases, acronyms, doctors against a ministry, doses planned."""
    first = Told("fever-a", "2024-11-02")
    who = first.actor("World Health Organization", "organization", None, "WHO")
    ministry = first.actor("Congolese Health Ministry", "organization")
    doctors = first.actor("doctors", "group")
    first.figure(
        "41 confirmed cases", 41, "confirmed cases of the fever", as_of="2024-11-02", source=ministry
    )
    first.figure(
        "more than 200 suspected cases",
        200,
        "suspected cases of the fever",
        bound="at_least",
        as_of="2024-11-02",
        source=who,
    )
    first.figure("12 people", 12, "people killed by the fever", as_of="2024-11-02", source=ministry)
    first.claim("The authorities are hiding cases of the fever.", doctors, sourcing="unnamed")
    first.claim(
        "The authorities are hiding cases of the fever.", ministry, polarity="denied", cues=("rejected",)
    )
    first.claim("Infected bats are the source of the outbreak.", who, certainty="possible", cues=("may",))
    second = Told("fever-b", "2024-11-09")
    who = second.actor("WHO", "organization")
    ministry = second.actor("Ministry of Health of the Democratic Republic of Congo", "organization")
    nurses = second.actor("doctors", "group")
    second.figure(
        "57 confirmed cases", 57, "confirmed cases of the fever", as_of="2024-11-09", source=ministry
    )
    second.figure("20,000 doses", 20000, "vaccine doses to be delivered", status="planned", source=who)
    second.claim("The source of the outbreak is known.", who, certainty="unknown", cues=("do not know",))
    second.claim("The authorities are concealing fever cases.", nurses, sourcing="unnamed")
    second.claim("The WHO plans to deliver 20,000 vaccine doses.", who)
    third = Told("fever-c", "2024-11-09")
    who = third.actor("the World Health Organization", "organization")
    third.figure("57", 57, "confirmed infections with the fever", as_of="2024-11-09", source=who)
    third.claim("57 cases of the fever are confirmed.", who)
    return first.brief, second.brief, third.brief
