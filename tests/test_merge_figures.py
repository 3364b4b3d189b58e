"""Figure series: a reader must see which numbers measure the same thing, and why they differ."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from merge_stories import Told, earthquake, outbreak, takeover

from summarizer.merging import merge
from summarizer.merging.intervals import days_of, value_interval
from summarizer.records.brief import Brief
from summarizer.records.digest import Coverage, FigureSeries


def series_of(*briefs: Brief) -> tuple[FigureSeries, ...]:
    """The figure series of a digest."""
    return merge(briefs, Coverage(read=len(briefs))).figures


def pair(
    first: dict[str, Any], second: dict[str, Any], sources: tuple[str | None, str | None] = (None, None)
) -> Any:
    """The relation of two figures of two articles, or None when they are of two series."""
    briefs = []
    for number, (fields, source) in enumerate(zip((first, second), sources, strict=True)):
        told = Told(f"p{number}")
        if source is not None:
            fields = {**fields, "source": told.actor(source, "organization")}
        told.figure(**{"quote": str(fields["value"]), **fields})
        briefs.append(told.brief)
    series = series_of(*briefs)
    return series[0].relations[0] if len(series) == 1 else None


def relation(
    first: dict[str, Any],
    second: dict[str, Any],
    sources: tuple[str | None, str | None] = ("Alpha Ministry", "Beta Agency"),
) -> str | None:
    """The kind of that relation."""
    found = pair(first, second, sources)
    return None if found is None else found.relation


TROOPS = {"counted": "Russian troops near the Ukrainian border", "as_of": "2022-01-18"}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Russian troops near the Ukrainian border", "Russian soldiers on the border with Ukraine"),
        ("Russian troops near Ukraine", "Russian soldiers near Ukraine, all arms"),
        (
            "Russian land-force soldiers in the Ukrainian direction",
            "soldiers of the Russian land group near Ukraine",
        ),
        ("people killed by the quake", "deaths from the earthquake"),
        ("people killed in the fire", "death toll of the fire"),
        ("people injured", "injured people"),
        ("Halvern's operating profit, first quarter", "Halvern's operating profit"),
        ("Brightwater's revenue", "Brightwater's sales"),
        (
            "growth of Russian reconnaissance flights along the Ukrainian border",
            "growth of Russian reconnaissance flights over the border with Ukraine",
        ),
        ("jobs to be cut at Halvern", "Halvern employees to be cut"),
        ("Mbele's share of the vote", "Mbele's vote share"),
        ("magnitude of the quake", "the earthquake's magnitude"),
    ],
)
def test_one_quantity_in_two_wordings_is_one_series(a: str, b: str) -> None:
    """Every outlet words it differently."""
    assert relation({"value": 5, "counted": a}, {"value": 5, "counted": b}) == "agree"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ukrainian troops sent to the border", "recruits of the Russian autumn draft"),
        ("Russian troops near the Ukrainian border", "Ukrainian troops near the Russian border"),
        (
            "Russian soldiers near the Ukrainian border",
            "Russian soldiers in the war games in Leningrad region",
        ),
        ("Russian troops near Ukraine", "Russian soldiers killed near Ukraine"),
        ("people killed by the quake", "people injured by the quake"),
        ("people killed by the quake", "people killed in the flood"),
        ("Halvern's operating profit", "Halvern's net profit"),
        ("Halvern's revenue", "Brandwell's revenue"),
        ("rise in Quillon's share price", "fall in Quillon's share price"),
        ("Mbele's share of the vote", "Okou's share of the vote"),
        ("magnitude of the quake", "magnitude of the strongest aftershock"),
        ("distance of the epicenter from Maricao", "depth of the quake"),
        ("homes destroyed", "schools destroyed"),
        ("confirmed cases of the fever", "people killed by the fever"),
    ],
)
def test_equal_numbers_of_different_things_stay_apart(a: str, b: str) -> None:
    """125,000 Ukrainian troops and 125 thousand Russian recruits are two numbers that happen to be equal."""
    assert relation({"value": 125000, "counted": a}, {"value": 125000, "counted": b}) is None


def test_planned_and_possible_never_meet_actual() -> None:
    """A scenario of 175,000 is no count."""
    actual, possible = {**TROOPS, "value": 100000}, {**TROOPS, "value": 100000, "status": "possible"}
    assert relation(actual, possible) is None
    assert relation(actual, {**actual, "status": "planned"}) is None
    assert relation(possible, {**possible, "status": "planned"}) == "agree"


def test_units_must_agree() -> None:
    """Five percent and five euros are nothing to compare."""
    assert (
        relation(
            {"value": 5, "counted": "raise offered", "unit": "percent"},
            {"value": 5, "counted": "raise offered", "unit": "EUR"},
        )
        is None
    )


@pytest.mark.parametrize(
    ("a", "b", "agrees"),
    [
        ((106000, "at_least"), (94000, "about"), False),
        ((127000, "at_least"), (100000, "at_least"), True),
        ((120000, "exact"), (100000, "at_least"), True),
        ((100000, "about"), (100000, "at_least"), True),
        ((94000, "about"), (70000, "about"), False),
        ((94000, "about"), (100000, "about"), False),
        ((175000, "at_most"), (175000, "at_most"), True),
        ((150000, "at_most"), (20000, "at_most"), False),
        ((90, "exact"), (100, "at_most"), True),
        ((110, "exact"), (100, "at_most"), False),
        ((41, "exact"), (42, "exact"), False),
    ],
)
def test_bounds_decide_whether_numbers_agree(
    a: tuple[float, str], b: tuple[float, str], agrees: bool
) -> None:
    """ "More than 106 thousand" can't be "about 94,000", but 120,000 is "more than 100,000"."""
    first = {**TROOPS, "value": a[0], "bound": a[1]}
    second = {**TROOPS, "value": b[0], "bound": b[1]}
    assert relation(first, second) == ("agree" if agrees else "differ_in_source")
    assert relation(second, first) == ("agree" if agrees else "differ_in_source")


def test_a_range_agrees_with_a_value_inside() -> None:
    """ "Between 1% and 3%" and "2.5%" contradict each other as little as "1.4 billion" and "1.42 billion"."""
    growth = {"counted": "Halvern's sales growth", "unit": "percent"}
    assert (
        relation({**growth, "value": 1, "value_high": 3, "bound": "between"}, {**growth, "value": 2.5})
        == "agree"
    )
    money = {"counted": "Halvern's operating profit", "unit": "SEK"}
    assert relation({**money, "value": 1.42e9}, {**money, "value": 1.4e9}) == "agree"
    assert relation({**money, "value": 1.42e9}, {**money, "value": 1.6e9}) == "differ_in_source"


def test_scope_goes_before_time_and_time_before_source() -> None:
    """The first reason that explains a difference is the one to tell."""
    whole = {**TROOPS, "value": 127000}
    land = {"counted": "Russian land-force soldiers near Ukraine", "as_of": "2021-12-05", "value": 106000}
    near = {
        "counted": "Russian troops within 200 kilometers of the Ukrainian border",
        "as_of": "2022-01-18",
        "value": 122000,
    }
    earlier = {**TROOPS, "as_of": "2021-12-05", "value": 94000}
    assert relation(whole, land) == "differ_in_scope"
    assert relation(whole, near) == "differ_in_scope"
    assert relation(whole, earlier) == "differ_in_time"
    assert relation(whole, {**whole, "value": 90000}) == "differ_in_source"


def test_scope_is_told_even_where_numbers_agree() -> None:
    """Land forces of 100,000 and all forces of 100,000 don't confirm each other."""
    land = {**TROOPS, "counted": "Russian land-force soldiers near Ukraine", "value": 100000}
    assert relation({**TROOPS, "value": 100000}, land) == "differ_in_scope"


def test_an_undated_figure_differs_in_time_from_a_dated_one() -> None:
    """Its date is unknown, so nobody may call it a contradiction."""
    assert (
        relation({**TROOPS, "value": 90000}, {**TROOPS, "value": 120000, "as_of": None}) == "differ_in_time"
    )


def test_one_source_with_two_numbers_revised_them() -> None:
    """A ministry doesn't contradict itself; it counts again."""
    found = pair(
        {**TROOPS, "value": 90000}, {**TROOPS, "value": 120000}, ("Alpha Ministry", "Alpha Ministry")
    )
    assert found.relation == "differ_in_time"


def test_a_toll_rises_but_does_not_fall() -> None:
    """41 dead on Monday and 97 on Tuesday is time; 97 and then 60 by another source is a contradiction."""
    dead = {"counted": "people killed by the quake"}
    monday, tuesday = {**dead, "as_of": "2025-05-05"}, {**dead, "as_of": "2025-05-06"}
    assert relation({**monday, "value": 41}, {**tuesday, "value": 97}) == "differ_in_time"
    assert (
        relation({**monday, "value": 41, "bound": "at_least"}, {**tuesday, "value": 97, "bound": "at_least"})
        == "differ_in_time"
    )
    assert relation({**monday, "value": 97}, {**tuesday, "value": 60}) == "differ_in_source"


def test_an_earlier_count_is_of_another_time_by_its_own_words() -> None:
    """ "An earlier count put the number at 194"."""
    assert (
        relation(
            {"value": 287, "counted": "people killed by the quake"},
            {"value": 194, "counted": "people killed by the quake, earlier count"},
        )
        == "differ_in_time"
    )


def test_reasons_quote_both_sources() -> None:
    """The reason is for a person: who says what, in their own words."""
    found = pair(
        {**TROOPS, "value": 94000, "quote": "about 94,000 troops", "bound": "about"},
        {**TROOPS, "value": 70000, "quote": "about 70 thousand troops", "bound": "about"},
        ("Alpha Ministry", "Beta Agency"),
    )
    assert (
        found.reason
        == "“about 94,000 troops” (Alpha Ministry) against “about 70 thousand troops” (Beta Agency), "
        "for the same scope and time"
    )


def test_one_source_in_one_article_counts_two_things() -> None:
    """Where one source gives two numbers at once they are of two quantities, whatever the wording."""
    told = Told("one")
    ministry = told.actor("Alpha Ministry", "organization")
    told.figure("41", 41, "people sickened in the outbreak", source=ministry)
    told.figure("11", 11, "people sickened in the outbreak", source=ministry)
    assert [len(one.points) for one in series_of(told.brief)] == [1, 1]


def test_the_claim_around_a_figure_says_whose_it_is() -> None:
    """ "It has 94,000 troops there": the noun phrase alone doesn't say whose."""
    first, second = Told("w1"), Told("w2")
    sentence = "Russia has deployed about 94,000 troops near Ukraine."
    first.claim("Russia has deployed about 94,000 troops near Ukraine.", quote=sentence)
    at = first.brief.claims[0].evidence[0].start + sentence.index("about 94,000 troops")
    first.figure(
        "about 94,000 troops",
        94000,
        "troops",
        span={"quote": "about 94,000 troops", "start": at, "end": at + 19},
    )
    second.figure("94,000 soldiers", 94000, "Russian soldiers near Ukraine")
    assert len(series_of(first.brief, second.brief)) == 1


def test_the_quake_story() -> None:
    """Tolls of three days are one series, the possible toll is apart, the magnitude is disputed."""
    series = series_of(*earthquake())
    tolls = next(one for one in series if len(one.points) == 5)
    assert {point.value for point in tolls.points} == {41, 97, 70, 160, 210}
    assert tolls.status == "actual"
    kinds = {frozenset((one.a, one.b)): one.relation for one in tolls.relations}
    assert kinds[frozenset(("quake-a/f1", "quake-b/f1"))] == "differ_in_time"
    assert kinds[frozenset(("quake-b/f1", "quake-b/f2"))] == "differ_in_scope"
    assert kinds[frozenset(("quake-c/f1", "quake-c/f2"))] == "differ_in_source"
    sizes = next(one for one in series if "magnitude" in one.quantity)
    kinds = {frozenset((one.a, one.b)): one.relation for one in sizes.relations}
    assert kinds[frozenset(("quake-a/f3", "quake-b/f3"))] == "agree"
    assert kinds[frozenset(("quake-b/f3", "quake-b/f4"))] == "differ_in_source"
    assert any(one.status == "possible" and len(one.points) == 1 for one in series)


def test_the_takeover_story() -> None:
    """Offers are one series over time; revenue and the guidance for it are two."""
    series = series_of(*takeover())
    offers = next(one for one in series if len(one.points) == 3)
    assert {point.value for point in offers.points} == {2.1e9, 2.4e9}
    kinds = {frozenset((one.a, one.b)): one.relation for one in offers.relations}
    assert kinds[frozenset(("bid-a/f1", "bid-b/f1"))] == "agree"
    assert kinds[frozenset(("bid-a/f1", "bid-c/f1"))] == "differ_in_time"
    revenue = [one for one in series if "revenue" in one.quantity]
    assert sorted(one.status for one in revenue) == ["actual", "possible"]
    actual = next(one for one in revenue if one.status == "actual")
    assert [one.relation for one in actual.relations] == ["differ_in_source"]


def test_the_outbreak_story() -> None:
    """Confirmed cases of two days and two sources, and suspected ones, are one quantity at two scopes."""
    series = series_of(*outbreak())
    cases = next(one for one in series if len(one.points) == 4)
    kinds = {frozenset((one.a, one.b)): one.relation for one in cases.relations}
    assert kinds[frozenset(("fever-a/f1", "fever-a/f2"))] == "differ_in_scope"
    assert kinds[frozenset(("fever-a/f1", "fever-b/f1"))] == "differ_in_time"
    assert kinds[frozenset(("fever-b/f1", "fever-c/f1"))] == "agree"
    doses = next(one for one in series if "dose" in one.quantity)
    assert doses.status == "planned"


@pytest.mark.parametrize("story", [earthquake, takeover, outbreak])
def test_every_pair_of_a_series_is_related_once(story: Any) -> None:
    """No difference is left without its reason."""
    for one in series_of(*story()):
        pairs = {frozenset((relation.a, relation.b)) for relation in one.relations}
        assert pairs == {frozenset(two) for two in combinations(one.members, 2)}
        assert len(one.relations) == len(pairs)


def test_intervals_are_as_wide_as_the_words() -> None:
    """What a bound allows, as numbers."""
    told = Told("i")
    for bound in ("exact", "about", "at_least", "at_most"):
        told.figure("100", 94000, "things", bound=bound)
    exact, about, least, most = (value_interval(figure) for figure in told.brief.figures)
    assert (exact.low, exact.high) == (94000, 94000)
    assert (about.low, about.high) == (93060, 94940)
    assert (least.low, most.high) == (94000, 94000)
    assert least.high == float("inf")


@pytest.mark.parametrize(
    ("iso", "length"),
    [
        ("2022-01-19", 0),
        ("2022-02", 27),
        ("2024", 365),
        ("2022-02-10/2022-02-20", 10),
        ("2021-11/2021-12", 60),
    ],
)
def test_dates_months_years_and_intervals_are_days(iso: str, length: int) -> None:
    """Every form that a brief may hold can be compared."""
    days = days_of(iso)
    assert days is not None
    assert days.last - days.first == length


def test_open_intervals_and_nonsense() -> None:
    """An open end is long; what is no date is None."""
    assert days_of("2022-01-19/..") is not None
    assert days_of("../2022-01-19") is not None
    assert days_of(None) is None
    assert days_of("2022-13-45") is None
    assert days_of("soon") is None
