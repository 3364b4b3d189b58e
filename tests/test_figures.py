"""A number with the wrong status, source or company is a false statement about somebody."""

from __future__ import annotations

import pytest

from summarizer.extraction.by_rules.document import read_document
from summarizer.extraction.by_rules.figures import ActorMention, Attribution, find_figures
from summarizer.records.article import Article, Line, Published
from summarizer.records.draft import DraftFigure


def figures_of(
    text: str,
    said: dict[str, str] | None = None,
    named: dict[str, str] | None = None,
    published: str | None = None,
    headline: bool = False,
    commissive: bool = False,
) -> tuple[DraftFigure, ...]:
    """Figures of `text`; `said` maps stretches to speakers, `named` names to actors."""
    lines: list[Line] = []
    position = 0
    for number, line in enumerate(text.split("\n")):
        if line:
            role = "headline" if headline and number == 0 else "body"
            lines.append(Line(start=position, end=position + len(line), role=role))
        position += len(line) + 1
    article = Article(
        id="x", title=None, outlet=None, origin=None, language="en", source="-", text=text,
        lines=tuple(lines),
        published=Published(date=published, basis="stated" if published else "unknown"),
    )  # fmt: skip
    attributions = [
        Attribution(
            text.index(part), text.index(part) + len(part), (who,) if who else (), None, "certain", commissive
        )
        for part, who in (said or {}).items()
    ]
    actors = [
        ActorMention(text.index(name), text.index(name) + len(name), actor)
        for name, actor in (named or {}).items()
    ]
    return find_figures(read_document(article), attributions, actors)


STATUS = [
    # it is or was so
    ("The storm destroyed 112 homes.", ["actual"]),
    ("The company has cut 3,500 jobs since March.", ["actual"]),
    ("Inflation slowed to 3.1 percent from 3.4 percent.", ["actual", "actual"]),
    ("The ministry said 22 officers were hurt and 137 people arrested.", ["actual", "actual"]),
    ("Researchers analysed blood from 1,024 patients over three years.", ["actual", "actual"]),
    ("The court fined the bank $5 million in 2019.", ["actual"]),
    ("Police said they had seized 40 rifles.", ["actual"]),
    ("Russia has massed some 100,000 troops near the border.", ["actual"]),
    ("Profit fell more than expected, to 1.4 billion euros.", ["actual"]),
    ("Sales missed forecasts, falling 7 percent.", ["actual"]),
    ("The dam, 25 miles upstream of the capital, may have been damaged.", ["actual"]),
    ("Troops could reach their shared 700-mile border.", ["actual"]),
    ("The minister may dismiss all of its nine rate-setters.", ["actual"]),
    (
        "Up to 175,000 men will be involved, with almost half of them already deployed.",
        ["possible", "actual"],
    ),
    ("The reform, which affected 40 hospitals, may be reversed.", ["actual"]),
    ("A former worker said the tower had not been cleaned for more than a year.", ["actual"]),
    ("This would suggest that 1.35 million patients are waiting.", ["actual"]),
    ("They had to wait more than 12 hours.", ["actual"]),
    ("The hospital was able to treat 300 patients.", ["actual"]),
    ("The vaccine was 94.1 percent effective.", ["actual"]),
    ("Thirty people drowned when the ferry sank.", ["actual"]),
    ("The index closed 1.2 percent higher.", ["actual"]),
    ("Voters approved the measure by 12 points.", ["actual"]),
    ("About one in 10 people who get sick die.", ["actual"]),
    # forecasts, scenarios, capabilities, wishes
    ("Officials said as many as 400 people could still be trapped.", ["possible"]),
    ("The deal could value the company at about $14 billion.", ["possible"]),
    ("The invasion may involve as many as 175,000 troops.", ["possible"]),
    ("Analysts had expected 1.61 billion crowns.", ["possible"]),
    ("Growth is forecast to reach 0.8 per cent.", ["possible"]),
    ("Unemployment is projected to climb to 5.6 per cent.", ["possible"]),
    ("The bank raised its growth forecast to 0.8 per cent from 0.5 per cent.", ["possible", "possible"]),
    ("The bank maintained its target of an operating margin of at least 16%.", ["possible"]),
    ("Genetic sequencing is expected to take another 10 days.", ["possible"]),
    ("The number could triple if shelling continues.", ["possible"]),
    ("There is a 1 in 20 chance of a strong tremor.", ["possible"]),
    ("Traders see a 70 per cent chance of a cut.", ["possible"]),
    ("The regulator can fine companies up to 4% of turnover.", ["possible"]),
    ("Together the firms would control more than 40% of the market.", ["possible"]),
    ("An offer would likely be pitched at a premium of 25% to 30%.", ["possible"]),
    ("If 60 senators agree, the bill passes.", ["possible"]),
    ("Temperatures could rise by 1.5C.", ["possible"]),
    ("Sea levels will rise 20 to 30 centimeters by 2050.", ["possible"]),
    ("The population will exceed 10 billion by 2080.", ["possible"]),
    ("The closures would save 200 million crowns a year.", ["possible"]),
    ("He faces up to 20 years in prison.", ["possible"]),
    ("The company spent $5 billion; its guidance is for a margin of 12%.", ["actual", "possible"]),
    ("The group is weighing a bid of $9 billion.", ["possible"]),
    ("Economists predict that prices will fall 3 percent.", ["possible"]),
    ("The drug might help 2 million patients.", ["possible"]),
    ("A lander that would cost €650m has been discussed.", ["possible"]),
    ("A €650m lander had been discussed informally.", ["possible"]),
    ("Doctors hope to enrol 300 patients.", ["possible"]),
    ("Prosecutors asked for a sentence of 12 years and want to seize $3 million.", ["actual", "possible"]),
    ("The damage potentially affects 40,000 vehicles.", ["possible"]),
    ("Analysts expect crypto firms to spend $2.2bn on security.", ["possible"]),
    # somebody's own plan
    ("Russia plans to draft 125 thousand recruits.", ["planned"]),
    ("The company said it would close two plants.", ["planned"]),
    ("Russia will deploy a dozen fighter jets to Belarus.", ["planned"]),
    ("The government will spend $5 billion on roads.", ["planned"]),
    ("The airline intends to hire 900 pilots.", ["planned"]),
    ("The ministry pledged to build 20,000 homes.", ["planned"]),
    ("OPEC+ agreed to cut output by 2.2 million barrels a day.", ["planned"]),
    ("The plans call for the relocation of 100 battalion tactical groups.", ["planned"]),
    ("The museum is to reopen 12 galleries.", ["planned"]),
    ("The agency is preparing to send 80 tons of food.", ["planned"]),
    ("Those affected will be offered 12 months of free credit monitoring.", ["planned"]),
    ("The union vowed to strike for three days.", ["planned"]),
    ("The state committed to cut emissions by 40 percent.", ["planned"]),
    ("The team has been granted nine hours of observing time next spring.", ["planned"]),
    ("The council is set to approve 300 flats.", ["planned"]),
    ("Ford said it would invest $3 billion and cut 800 jobs.", ["planned", "planned"]),
]


@pytest.mark.parametrize(("text", "status"), STATUS)
def test_tells_what_is_from_what_may_be_and_what_is_planned(text: str, status: list[str]) -> None:
    """A forecast printed as a fact is the commonest way in which digests mislead."""
    assert [figure.status for figure in figures_of(text)] == status


def test_a_promise_makes_a_plan_of_what_would_be_a_forecast() -> None:
    """What the speaker controls himself is planned."""
    text = "The minister promised that costs would fall by 5 percent."
    told = {"costs would fall by 5 percent": "a1"}
    assert figures_of(text, told, commissive=True)[0].status == "planned"
    assert figures_of(text.replace("promised", "said"), told)[0].status == "possible"


SOURCES = [
    # the smallest claim around the number
    ("Police said 22 were hurt.", {"Police said 22 were hurt": "a1"}, {}, ["a1"]),
    (
        "The Journal reported that the family, which controls 34% of the shares, wants 5% more.",
        {"The Journal reported that the family, which controls 34% of the shares, wants 5% more": "a1",
         "which controls 34% of the shares": ""},
        {}, [None, "a1"],
    ),
    # no claim: a speech verb right before
    ("Ferrand said as many as 400 people could be trapped.", {}, {"Ferrand": "a2"}, ["a2"]),
    ("Organisers said that 150,000 came; it took three hours.", {}, {"Organisers": "a3"}, ["a3", None]),
    ("The team’s leader, Feldt, calculates that 30% is water.", {}, {"Feldt": "a4"}, ["a4"]),
    ("Police put the turnout at fewer than 20,000.", {}, {"Police": "a5"}, ["a5"]),
    # a forecast belongs to who makes it
    ("Halvern now expects sales growth of between 1% and 3%.", {}, {"Halvern": "a6"}, ["a6"]),
    ("Halvern cut its forecast to 5%.", {}, {"Halvern": "a6"}, ["a6"]),
    ("Halvern spoke. It raised its forecast to 5%.", {}, {"Halvern": "a6"}, ["a6"]),
    ("Sales are expected to reach $5 million, Halvern shows.", {}, {"Halvern": "a6"}, [None]),
    ("Halvern sold 40 plants.", {}, {"Halvern": "a6"}, [None]),
    # what a statement takes for granted is the article's
    ("The 212-room hotel said it was clean.", {"The 212-room hotel said it was clean": "a7"}, {}, [None]),
    (
        "Blinken urged an end to the build-up of 100,000 troops.",
        {"Blinken urged an end to the build-up of 100,000 troops": "a8"}, {}, [None],
    ),
    (
        "Analysts said forces could use their shared 700-mile border.",
        {"Analysts said forces could use their shared 700-mile border": "a9"}, {}, [None],
    ),
    # a comparison shares its pair's source
    (
        "Halvern expects growth of 1%, down from a previous range of 4% to 6%.",
        {"Halvern expects growth of 1%": "a6"}, {}, ["a6", "a6"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "named", "sources"), SOURCES)
def test_gives_the_number_to_whoever_stated_it(
    text: str, said: dict[str, str], named: dict[str, str], sources: list[str | None]
) -> None:
    """Who says so is half of what a figure is worth."""
    assert [figure.source for figure in figures_of(text, said, named)] == sources


MERGED = [
    # one quantity by one source
    ("Quake kills 287\nThe quake killed 287 people, officials said.", True, [("287 people", ["287"])]),
    ("Hackers take data of up to 6.5m users\nAs many as 6.5 million users lost data.", True,
     [("As many as 6.5 million users", ["up to 6.5m users"])]),
    ("Jury awards $318 million\nA jury awarded $318 million to nine men.", True,
     [("$318 million", ["$318 million"]), ("nine men", [])]),
    ("Nine plaintiffs sued the maker. Five of the nine plaintiffs smoked.", False,
     [("Nine plaintiffs", ["nine plaintiffs"]), ("Five of the nine plaintiffs", [])]),
    ("Three people died. All three were older than 70.", False, [("Three people", ["three"])]),
    ("It sent 94,000 troops. The 94,000 soldiers are near.", False, [("94,000 troops", ["94,000 soldiers"])]),
    ("The outbreak sickened 41. On Friday 41 were in hospital.", False, [("41", ["41"])]),
    # equal numbers, different things
    ("Ukraine sent 125,000 Ukrainian troops. Russia moved 125,000 Russian troops.", False,
     [("125,000 Ukrainian troops", []), ("125,000 Russian troops", [])]),
    ("It has 300 ships and 300 aircraft.", False, [("300 ships", []), ("300 aircraft", [])]),
    ("Tests took 10 days. The alert came after 10 days.", False, [("10 days", []), ("10 days", [])]),
    ("Prices rose 2 percent. Wages rose 2 percent.", False, [("2 percent", []), ("2 percent", [])]),
    ("Two women and a boy fled. Later two men came.", False, [("Two women", []), ("two men", [])]),
    ("Profit was $5 million. The fine was $5 million.", False, [("$5 million", []), ("$5 million", [])]),
    # a back reference with nothing behind it is no figure
    ("The two leaders met for three hours.", False, [("three hours", [])]),
    ("The three men were charged.", False, []),
    ("Observers saw fraud in 14 of the 62 constituencies.", False,
     [("14 of the 62 constituencies", []), ("62 constituencies", [])]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "headline", "expected"), MERGED)
def test_one_quantity_is_one_figure(text: str, headline: bool, expected: list[tuple[str, list[str]]]) -> None:
    """Counting a toll twice doubles it; joining two armies halves them."""
    found = figures_of(text, headline=headline)
    assert [
        (figure.evidence[0].quote, [other.quote for other in figure.also]) for figure in found
    ] == expected


def test_the_sources_own_words_give_the_bound() -> None:
    """The lead says 127,000 flatly; the ministry said "more than"."""
    text = (
        "Russia has 127,000 soldiers at the border.\n“The total is more than 127 thousand soldiers,” it said."
    )
    told = {
        "Russia has 127,000 soldiers at the border": "a1",
        "The total is more than 127 thousand soldiers": "a1",
    }
    (figure,) = figures_of(text, told)
    assert (figure.bound, figure.evidence[0].quote) == ("at_least", "more than 127 thousand soldiers")
    assert [(other.quote, other.bound) for other in figure.also] == [("127,000 soldiers", "exact")]


def test_two_sources_with_one_number_stay_two_figures() -> None:
    """That two sides agree is news; it isn't one figure."""
    text = "The army said 1,250 troops left. The rebels said 1,250 troops left."
    told = {"The army said 1,250 troops left": "a1", "The rebels said 1,250 troops left": "a2"}
    assert [figure.source for figure in figures_of(text, told)] == ["a1", "a2"]


@pytest.mark.parametrize(
    "text",
    [
        "Three people familiar with the matter said so.",
        "Two of the sources said talks had failed.",
        "Two officials said the plan was dead.",
        "Four executives with direct knowledge of the deal declined to comment.",
        "Two people briefed on the talks said no price was set.",
    ],
)
def test_the_number_of_sources_is_no_figure(text: str) -> None:
    """How many spoke is about the reporting, not about the story."""
    assert figures_of(text) == ()


AS_OF = [
    ("Sales rose 7% in 2023.", "2025-04-24", "2023"),
    ("The probe made 17 flybys between 2019 and 2023.", None, "2019-01-01/2023-12-31"),
    ("On Tuesday 22 officers were hurt.", "2025-04-24", "2025-04-22"),
    ("Profit fell to $5 million in the first quarter.", "2025-04-24", "2025-01-01/2025-03-31"),
    ("Russia now has 122,000 troops there.", "2025-04-24", "2025-04-24"),
    ("Russia now has 122,000 troops there.", None, None),
    ("The city had 3,000 troops.", "2025-04-24", None),
    ("The ministry said on Tuesday it had lost 40 tanks.", "2025-04-24", None),
    ("Output will reach 500 tonnes next year.", "2025-04-24", "2026"),
    ("The drill on 14 May 2024 involved 900 men.", None, "2024-05-14"),
    ("The plant employs 430 people and will shut by September.", "2025-04-24", "2025-04-24"),
    ("It demanded $15 million by August 10.", "2025-04-24", None),
    ("The morgues had received 47 bodies by Monday night.", "2025-04-24", "2025-04-21"),
]


@pytest.mark.parametrize(("text", "published", "expected"), AS_OF)
def test_dates_a_figure_or_leaves_it_open(text: str, published: str | None, expected: str | None) -> None:
    """A figure without its date can't be compared; with a wrong one it misleads."""
    assert figures_of(text, published=published)[0].as_of == expected


COUNTED = [
    ("The army killed 63 rebel fighters.", "rebel fighters killed"),
    ("Russia has deployed 94,000 troops on the border.", "Russian troops deployed on the border"),
    ("More than 60 aftershocks have been recorded.", "aftershocks recorded"),
    ("The ministry put its casualties at four dead.", "people killed"),
    ("The 212-room hotel reopened.", "rooms of hotel"),
    ("Consumer prices rose 2.9 per cent.", "rise in consumer prices"),
    ("The bank raised its key rate by half a point to 4.5 percent.", "rise in key rate"),
    ("Divers found 13 more bodies, bringing the death toll to 44.", "more bodies found"),
    ("The recall could cost 900 million dollars.", "cost of the recall"),
    ("House prices may fall by 5 percent.", "fall in house prices"),
    ("A ferry carrying 214 people sank.", "people"),
    ("Brandwell fell 4%.", "fall in Brandwell"),
    ("Okou won 44.1% of the vote.", "Okou share of the vote"),
    ("It approved a $60 million security aid package.", "security aid package"),
    ("The jury awarded $68 million in compensatory damages.", "compensatory damages"),
    ("The bank is pitching a premium of 25% to the closing price.", "premium to the closing price"),
    ("The shell is up to 40km thick.", "thickness of shell"),
    ("Treason carries a sentence of up to 30 years.", "sentence"),
    ("The number of flights tripled.", "growth in number of flights"),
    ("There is a 1 in 20 chance of a tremor.", "chance of a tremor"),
    ("A magnitude 6.9 earthquake struck.", "magnitude of earthquake"),
    ("At least 287 people died and 41 were injured.", "people died"),
]


@pytest.mark.parametrize(("text", "counted"), COUNTED)
def test_says_what_was_counted(text: str, counted: str) -> None:
    """A number without its noun can't be joined with anything."""
    assert figures_of(text)[0].counted == counted


def test_an_elided_noun_is_taken_from_the_count_before() -> None:
    """ "… and 41 were injured": people."""
    assert figures_of("At least 287 people died and 41 were injured.")[1].counted == "people injured"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Profit was 5 million Swedish crowns. Costs were 3 million crowns.", "SEK"),
        ("Costs were 3 million crowns.", "XXX"),
        ("It owes 9 million pesos and paid 2 million Mexican pesos.", "MXN"),
        ("It owes 9 million pesos, 2 million Mexican pesos and 4 million Chilean pesos.", "XXX"),
        ("It cost 5 million Egyptian pounds, of which 2 million pounds were paid.", "EGP"),
        ("It cost 2 million pounds.", "GBP"),
    ],
)
def test_currency_words_mean_what_the_article_calls_them(text: str, unit: str) -> None:
    """Kronor read as koruna are off by a factor of two."""
    found = [figure for figure in figures_of(text) if figure.value in (2_000_000, 3_000_000, 9_000_000)]
    assert found[0].unit == unit


def test_evidence_and_further_spans_stand_in_the_text() -> None:
    """Offsets are hints for grounding; a wrong one may pick another place."""
    text = "Quake kills 287\nThe quake killed 287 people and injured more than 1,100 others."
    for figure in figures_of(text, headline=True):
        for quote in (*figure.evidence, *figure.also):
            assert quote.start is not None
            assert text[quote.start : quote.start + len(quote.quote)] == quote.quote


def test_the_same_text_gives_the_same_figures_in_text_order() -> None:
    """A digest must not change between two runs."""
    text = "Seven senators and 12 aides spent $5 million. Later 3% left."
    first, second = figures_of(text), figures_of(text)
    assert first == second
    assert [figure.id for figure in first] == ["f1", "f2", "f3", "f4"]
    starts = [figure.evidence[0].start or 0 for figure in first]
    assert starts == sorted(starts)
