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
    ("Auditors could not account for $3.6m.", ["actual"]),
    ("Rescuers couldn't reach 40 villages.", ["actual"]),
    ("Some 18,000 savers have not been able to withdraw money.", ["actual"]),
    ("They looked as if they had lost 20 games.", ["actual"]),
    ("Officials estimate that 300 people were killed.", ["actual"]),
    ("If it rains, the plant, which has 300 workers, will close.", ["actual"]),
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
    ("The firm may collapse unless the state provides $500 million.", ["possible"]),
    ("If no candidate wins more than half of the votes, both will meet again.", ["possible"]),
    ("The gate could close if the river rose above 4.5 metres.", ["possible"]),
    ("Provided that 60 percent vote yes, they will go.", ["possible"]),
    ("He may still have as much as 250,000 pounds in an account.", ["possible"]),
    ("The district stands to lose $9.4 million.", ["possible"]),
    ("The bank lowered its estimate of growth to 0.7 percent from 1.1 percent.", ["possible", "possible"]),
    ("It must decide whether to give Okafor, whose term ends in July, another six years.", ["possible"]),
    # what didn't come, what would suffice, what is demanded
    (
        'Had the pact been signed in May, said Ana Ruiz, "we\'d have 300 lorries in Goma by now".',
        ["possible"],
    ),
    ("If inspectors had acted then, two children would probably be alive.", ["possible"]),
    ("If small owners had been left alone, 20,000 of them would not have sold.", ["possible"]),
    ("Without the strike the firm would have made about $2 billion.", ["possible"]),
    ("It had enough grain to feed 30,000 people for three weeks.", ["possible", "possible"]),
    ("The union demanded a raise of 5 percent.", ["possible"]),
    ("The gang demanded $12m.", ["actual"]),
    ("The fund bought it with an option to raise its stake to 80 percent.", ["possible"]),
    ("The bank sees inflation averaging 2.4% next year.", ["possible"]),
    ("Nine analysts polled by Datafirm had predicted the cut.", ["actual"]),
    ("They had seized 40 boats, and could sell them.", ["actual"]),
    ("He said 12 men had been killed, and that the police could have stopped it.", ["actual"]),
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
    ("The union spoke of 300; Halvern spoke of 90.", {}, {"union": "a5", "Halvern": "a6"}, ["a5", "a6"]),
    ("The union spoke of 300 and lost; in May others spoke of 90.", {}, {"union": "a5"}, ["a5", None]),
    ("The ministry lowered the toll to 28.", {}, {"ministry": "a5"}, ["a5"]),
    ("Halvern raised its prices to $28.", {}, {"Halvern": "a5"}, [None]),
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
    ("He made 214 payments between April 2014 and November 2021.", None, "2014-04-01/2021-11-30"),
    ("It lost £14m in the year to January 2024.", None, "2023-02/2024-01"),
    ("Prices rose 2 percent in the six months ended June 2023.", None, "2023-01/2023-06"),
    # another thing's date
    ("The company’s 2032 bonds fell 1.8 cents.", "2025-04-24", None),
    ("The bridge, which was due to open in 2022, cost $2 billion.", "2025-04-24", None),
    ("The plant, due to open in 2027, employs 400 people.", "2025-04-24", "2025-04-24"),
    ("The loan matures in 2031 and pays 5 percent.", "2025-04-24", "2025-04-24"),
    ("The 2021 lawsuit sought $5 million.", "2025-04-24", None),
    # since then, and holding since then
    ("The charity has given $12m since 2010.", "2025-04-24", "2010/2025-04-24"),
    ("The charity has given $12m since 2010.", None, None),
    ("He has ruled the country of 19 million people since 2008.", "2025-04-24", "2025-04-24"),
    ("The plant employs 430 people and will shut by September.", "2025-04-24", "2025-04-24"),
    ("It demanded $15 million by August 10.", "2025-04-24", None),
    ("The morgues had received 47 bodies by Monday night.", "2025-04-24", "2025-04-21"),
    ("Turnout exceeded 71%, up from 60% in 2019.", "2025-04-24", None),
    ("The number of missing fell to 13 from 40 on Tuesday.", "2025-04-24", None),
    ("It was down from 44 on Tuesday.", "2025-04-24", "2025-04-22"),
    ("Mediators failed to free 40 men on Tuesday.", "2025-04-24", "2025-04-22"),
    ("The number of people killed in Tuesday's raid has risen to 31.", "2025-04-24", "2025-04-24"),
    ("The raid killed 31 people on Tuesday.", "2025-04-24", "2025-04-22"),
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
    ("Police found 13 more bodies, bringing the death toll to 44.", "more bodies found by police"),
    ("The recall could cost 900 million dollars.", "cost of recall"),
    ("House prices may fall by 5 percent.", "fall in house prices"),
    ("A ferry carrying 214 people sank.", "people carried by ferry"),
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
    # what is done to them, by whom, whose they are
    ("The recall covers about 2,300 vehicles.", "vehicles covered by recall"),
    ("The museum, which opened in 1974, attracts 2 million visitors.", "visitors attracted by museum"),
    ("The mayor told reporters the flood had damaged 1,400 houses.", "houses damaged by flood"),
    ("The airline, whose fleet includes 140 aircraft, was sold.", "aircraft of fleet"),
    ("The shelter turned away 30 families.", "families turned away by shelter"),
    ("The union said 300 workers had been dismissed.", "workers dismissed"),
    ("One of the sources said most of the seven members wanted a vote.", "members"),
    ("He said 14 of the dead were women.", "women among people killed"),
    ("Two of the three biggest lenders delayed the plan.", "biggest lenders delayed"),
    # a verb's subject or object, over insertions and clauses
    ("Fuel prices, which had been stable since May, jumped by 12 percent.", "rise in fuel prices"),
    ("The group criticised investment, which it said had fallen by a fifth.", "fall in investment"),
    ("Analysts polled by Datafirm had forecast $5 billion.", "analysts polled by Datafirm"),
    ("She cut her price target from 41 euros to 29 euros.", "price target"),
    ("The operating margin narrowed 4.1 percentage points to 11.8 per cent.", "fall in operating margin"),
    ("A man close to the Sorel family, which owns 23 per cent of the shares, agreed.",
     "Sorel family share of the shares"),
    ("Plant closures could save 200 million crowns.", "money saved by plant closures"),
    ("Wages were cut, sending shares in the firm up 12 percent.", "rise in shares in the firm"),
    ("Steel is costing 20 percent more than in May.", "rise in what steel is costing"),
    ("The cells may store up to 18% less carbon than models assume.", "fall in carbon"),
    ("Patients were 22% less likely to die.", "fall in likelihood to die"),
    ("The yield on the 10-year bond rose four basis points.", "rise in yield on the 10-year bond"),
    ("The glaciers have lost a third of their ice.", "share of their ice lost"),
    # money by what is done with it
    ("They are accused of siphoning off Rs 312 crore from the bank.", "money siphoned off from the bank"),
    ("The audit found that $1.1m was moved to a firm in Malta.", "money moved to a firm in Malta"),
    ("He said a further $640,000 appeared to have been spent on cars.", "money spent on cars"),
    ("The minister promised the fishermen 15 million crowns.", "money promised to fishermen"),
    ("The regulator fined the lender 7 million pounds.", "fine for lender"),
    ("The bank sold its Polish unit for 600 million euros.", "price of Polish unit"),
    ("The thieves took paintings worth 8 million euros.", "value of paintings"),
    ("The government set aside $800 million for repairs.", "money set aside for repairs"),
    ("The court fined him $50,000.", "fine"),
    ("A one-week strike could cost the economy 5 billion euros.", "cost of one-week strike"),
    ("It suspended a 400 million euro share buyback in July.", "share buyback"),
    # shares
    ("Some 70 percent of those surveyed opposed the plan.", "share of those surveyed"),
    ("Three in four households have no insurance.", "share of households"),
    ("Some 60% of the particles were eaten by bacteria.", "share of the particles eaten by bacteria"),
    ("The firm replaced 90 per cent of its certificates.", "share of its certificates replaced"),
    ("The deficit widened to 5.1 percent of output.", "deficit share of output"),
    # time and measures
    ("He was seen at a match two days before the hearing.", "time before the hearing"),
    ("It will take at least two years to rebuild the bridge.", "time to rebuild the bridge"),
    ("A judge who wrote novels to pass the time was suspended for three months.", "time judge suspended"),
    ("A blood test that takes 20 minutes was praised.", "length of blood test"),
    ("They bought a 7.9-hectare compound.", "area of compound"),
    ("They took advantage of a 700-mile border.", "length of border"),
    ("A raid may come as soon as next month involving 900 troops.", "troops involved"),
    ("They will raise three buildings totalling 640,000 square feet.", "buildings raised"),
    ("The blaze burned 12,000 acres.", "area burned by blaze"),
    ("The project is two years behind schedule.", "time behind schedule"),
    ("They were jailed for stealing from a church over nine years.", "time stealing from a church"),
    ("The last strike was suspended after two days.", "time last strike suspended"),
    # votes
    ("The council voted 4-3 Monday night to table the plan.", "votes to table plan, 3 against"),
    ("The board voted 11-2 in favour of the ban.", "votes in favour of the ban, 2 against"),
    # the number of things, what wasn't done, shares
    ("The number of wounded has risen to four.", "people wounded"),
    ("Exports of tea fell to 40,000 tonnes from 52,000 tonnes.", "exports of tea"),
    ("Police held a man after finding 90kg of cocaine hidden in crates.", "cocaine"),
    (
        "The number of people killed in Monday's raid on the port has risen to 33.",
        "people killed in Monday's raid on the port",
    ),
    (
        "The ministry has lowered the number of people killed in the attack from 35 to 29.",
        "people killed in the attack",
    ),
    (
        "The agency put the number of people who had fled the village at 12,000.",
        "people who had fled the village",
    ),
    ("A number of men fled to five villages.", "villages"),
    ("Rescuers have not been able to reach five villages.", "villages not reached by rescuers"),
    ("The firm failed to pay 300 workers.", "workers not paid by firm"),
    ("Some 300 miners were not rescued.", "miners not rescued"),
    ("Over 300 people did not vote.", "people who did not vote"),
    ("All but three of the 40 miners were rescued.", "miners who were not rescued"),
    ("The island grows roughly 70% of the world's cloves.", "island share of the world's cloves"),
    (
        "As much as a third of this year's crop could be lost, a grower said.",
        "share of this year's crop",
    ),
    ("Ana Ruiz led with 60% of polling stations counted.", "share of polling stations counted"),
    (
        "The fund would acquire 51 percent from the Otto family.",
        "share acquired from the Otto family",
    ),
    ("The crown weakened about 0.3%.", "fall in crown"),
    ("The crown fell to 24.6 per euro.", "exchange rate of crown"),
    ("Voters want the cap raised to 3 percent.", "cap"),
    ("Ballots came late at 214 of some 15,000 polling stations.", "polling stations"),
    ("Inflation has been above target for more than two years.", "time inflation above target"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "counted"), COUNTED)
def test_says_what_was_counted(text: str, counted: str) -> None:
    """A number without its noun can't be joined with anything."""
    assert figures_of(text)[0].counted == counted


COUNTED_SECOND = [
    ("She won by 92 votes to 71.", "votes"),
    ("Mbele had 54.2 percent of the vote against 41.7 percent for former governor Ada Okou.",
     "Ada Okou share of the vote"),
    ("Sales climbed to 340 million euros from 290 million a year earlier.", "sales"),
    ("Prices rose 3.9 percent in May, down from 4.6 percent in April.", "rise in prices"),
    ("Profit reached $5 million, down from earlier guidance of $8 million.", "guidance of profit"),
    ("Turnout was 61 percent, against 58 percent in 2019.", "turnout"),
    ("The Sorel family owns 23 per cent of the shares and 38 per cent of the votes.",
     "Sorel family share of the votes"),
    ("The raid freed 678 workers, 391 of them foreigners.", "foreigners among workers"),
    ("Shells killed nine civilians, including two children.", "children among civilians"),
    ("The sink is 2 billion tonnes, plus or minus 0.4 billion tonnes.", "margin of error of sink"),
    ("Markets expect 100 basis points of cuts, compared with 75 before.", "cuts"),
    ("The chain has 412 stores across five states.", "states with stores"),
    ("Police arrested 40 protesters, among them three lawmakers.", "lawmakers among protesters"),
    ("They passed a budget of 90 billion kronor, 4 billion more than last year.", "rise in budget"),
    ("Support stood at 54 percent, up six points since June.", "rise in support"),
    ("Sales fell 8 percent, more than the 5 percent that analysts had expected.", "fall in sales"),
    ("It would earn $900,000 a year, nearly double what the land yields.", "growth in money earned"),
    ("Sales were 3 billion euros. It sold its Polish unit for 600 million euros.", "price of Polish unit"),
    ("Revenue was $5 million. Analysts had been looking for $6 million.", "revenue"),
    ("States earn $5 billion and could spend up to 90 per cent of it on wages.",
     "share of money earned by states spent"),
    ("They will raise three buildings totalling 640,000 square feet.", "area of buildings"),
    ("The walkout involves 5,200 workers. Employers put the number at 3,500.", "workers"),
    ("The firm made three offers, the latest of $900.", "offers"),
    ("The number of escapees has risen to 46 since. Eleven have been caught.", "escapees caught"),
    ("Two men fled. If small owners had been left alone, 30,000 of them would have stayed.", "small owners"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "counted"), COUNTED_SECOND)
def test_a_second_number_counts_what_the_first_one_does_or_part_of_it(text: str, counted: str) -> None:
    """A comparison leaves out what is compared, and the nearest noun is a wrong guess."""
    assert figures_of(text)[1].counted == counted


def test_an_elided_noun_is_taken_from_the_count_before() -> None:
    """ "… and 41 were injured": people."""
    assert figures_of("At least 287 people died and 41 were injured.")[1].counted == "people injured"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The fire spread over 112 acres of farmland west of Highway 9.", None),
        ("He faces two counts of fraud at Harbour Crown Court.", None),
        ("The firm took money from six men for Rs 312 crore.", None),
        ("Growth slowed to 2 percent in November 2022.", None),
        ("About 40 people were hurt near Marrow Bay.", "Marrow Bay"),
    ],
)
def test_a_place_is_a_whole_name_of_a_place(text: str, place: str | None) -> None:
    """A road, a court or a currency is no place where a figure holds."""
    assert figures_of(text)[0].place == place


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


def test_a_year_earlier_is_a_year_before_what_the_sentence_dates() -> None:
    """A comparison dated like what it is compared with shows a fall as a contradiction."""
    text = "Profit fell to $5 million in the first quarter from $8 million a year earlier."
    dates = [figure.as_of for figure in figures_of(text, published="2025-04-24")]
    assert dates == ["2025-01-01/2025-03-31", "2024-01-01/2024-03-31"]
