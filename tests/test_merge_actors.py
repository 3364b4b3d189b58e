"""Who is who across articles: a reader must not meet one person twice, nor two persons as one."""

from __future__ import annotations

import pytest
from merge_stories import Told, earthquake, outbreak, takeover

from summarizer.merging import merge
from summarizer.merging.offices import body, office, same_office
from summarizer.merging.person_names import person_name, same_person
from summarizer.records.brief import Brief
from summarizer.records.digest import ActorCluster, Coverage


def clusters(*briefs: Brief) -> list[set[str]]:
    """Clusters of more than one actor, as sets of members."""
    digest = merge(briefs, Coverage(read=len(briefs)))
    return [set(one.members) for one in digest.actors if len(one.members) > 1]


def one_each(*actors: tuple[str, str, str | None]) -> list[Brief]:
    """One article for each (name, kind, role)."""
    briefs = []
    for number, (name, kind, role) in enumerate(actors):
        told = Told(f"n{number}")
        told.actor(name, kind, role)
        briefs.append(told.brief)
    return briefs


def together(*actors: tuple[str, str, str | None]) -> bool:
    """Whether one actor of each of these articles ends up in one cluster."""
    return len(merge(one_each(*actors), Coverage(read=len(actors))).actors) == 1


def cluster_named(briefs: tuple[Brief, ...], name: str) -> ActorCluster:
    """The cluster that goes by `name`."""
    digest = merge(briefs, Coverage(read=len(briefs)))
    return next(one for one in digest.actors if name in (one.name, *one.aliases))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Oleksey Reznikov", "Alexei Reznikov"),
        ("Antony Blinken", "Anthony Blinken"),
        ("Yevgeny Prigozhin", "Evgeny Prigozhin"),
        ("Alexander Lukashenko", "Aliaksandr Lukashenka"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        ("Mohammed bin Salman", "Muhammad bin Salman"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Shinzo Abe", "Abe Shinzo"),
        ("Joe Biden", "Joseph R. Biden Jr."),
        ("Vladimir Putin", "V. Putin"),
        ("Ursula von der Leyen", "Ursula Von der Leyen"),
        ("Andrés Manuel López Obrador", "López Obrador"),
        ("Mykola Azarov", "Nikolai Azarov"),
        ("Dr. Renée Castellano", "Renee Castellano"),
    ],
)
def test_one_person_in_two_spellings_is_one(a: str, b: str) -> None:
    """Outlets romanise names differently; a reader must not see two presidents of one country."""
    one, other = person_name(a), person_name(b)
    assert one is not None
    assert other is not None
    assert same_person(one, other)
    assert together((a, "person", None), (b, "person", None))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Nikolay Ivanov", "Sergei Ivanov"),
        ("Ivan Ivanov", "Igor Ivanov"),
        ("Maria Rossi", "Mario Rossi"),
        ("Erik Smith", "Erica Smith"),
        ("Dan Brown", "Dean Brown"),
        ("George W. Bush", "George H. W. Bush"),
        ("Karen Jones", "Kieran Jones"),
        ("Jan Novak", "Jean Novak"),
    ],
)
def test_two_persons_with_one_surname_stay_two(a: str, b: str) -> None:
    """A surname alone never makes a person."""
    assert not together((a, "person", None), (b, "person", None))


def test_a_bare_surname_joins_the_only_bearer() -> None:
    """The second article says just "Baerbock"; there is nobody else whom it can mean."""
    assert together(("Annalena Baerbock", "person", "German foreign minister"), ("Baerbock", "person", None))


def test_a_bare_frequent_surname_joins_only_by_office() -> None:
    """ "Ivanov" may be anybody, unless he is called the defence minister in both articles."""
    assert not together(("Nikolay Ivanov", "person", "platoon commander"), ("Ivanov", "person", None))
    assert not together(
        ("Nikolay Ivanov", "person", "platoon commander"), ("Ivanov", "person", "mayor of Omsk")
    )
    assert together(
        ("Sergei Ivanov", "person", "Russian defense minister"), ("Ivanov", "person", "defence minister")
    )


def test_a_bare_surname_that_two_bear_joins_neither() -> None:
    """Two Lindqvists and a "Lindqvist": nobody knows which."""
    found = clusters(
        *one_each(
            ("Anna Lindqvist", "person", None),
            ("Karl Lindqvist", "person", None),
            ("Lindqvist", "person", None),
        )
    )
    assert found == []


def test_an_initial_that_fits_two_joins_neither() -> None:
    """ "I. Petrovich" is Ivan or Igor."""
    found = clusters(
        *one_each(
            ("Ivan Petrovich", "person", None),
            ("Igor Petrovich", "person", None),
            ("I. Petrovich", "person", None),
        )
    )
    assert found == []


def test_a_title_joins_its_holder() -> None:
    """ "The Ukrainian president" in one article is the man whom another names."""
    assert together(
        ("Volodymyr Zelensky", "person", "Ukraine's President"), ("the Ukrainian president", "person", None)
    )
    assert not together(
        ("Volodymyr Zelensky", "person", "Ukraine's President"),
        ("the former Ukrainian president", "person", None),
    )
    assert not together(
        ("Volodymyr Zelensky", "person", "Ukraine's President"), ("the Polish president", "person", None)
    )


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ukrainian Defense Ministry", "Ministry of Defence of Ukraine"),
        ("Ukrainian Defense Ministry", "Defense of Ukraine"),
        ("Ukraine's Defence Ministry", "the Ukrainian Ministry of Defense"),
        ("Russian defense ministry", "Defense Ministry in Moscow"),
        ("the Pentagon", "US Department of Defense"),
        ("State Department", "U.S. State Department"),
        ("India's Ministry of External Affairs", "Indian Foreign Ministry"),
        ("NATO", "North Atlantic Treaty Organization"),
        ("European Union", "EU"),
        ("CDC", "Centers for Disease Control and Prevention"),
        ("U.S. Geological Survey", "USGS"),
        ("Brandwell Foods Inc", "Brandwell Foods"),
        ("Halden Group plc", "Halden"),
        ("Interfax", "the Interfax news agency"),
        ("RT TV", "RT"),
        ("Ukraine's Security and Defense Council", "Security and Defence Council of Ukraine"),
        ("American intelligence", "US intelligence"),
    ],
)
def test_one_body_in_two_wordings_is_one(a: str, b: str) -> None:
    """A ministry, a company or an alliance goes by many wordings."""
    assert together((a, "organization", None), (b, "organization", None))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ukrainian Defense Ministry", "Russian Defense Ministry"),
        ("Ukrainian Defense Ministry", "Ukrainian Foreign Ministry"),
        ("Bank of England", "Bank of Japan"),
        ("Washington Post", "Washington Times"),
        ("General Motors", "General Electric"),
    ],
)
def test_two_bodies_stay_two(a: str, b: str) -> None:
    """Half of a name in common is no identity."""
    assert not together((a, "organization", None), (b, "organization", None))


def test_a_ministry_without_its_state_joins_only_where_one_is_meant() -> None:
    """ "The Defense Ministry" is clear in a story with one, and unclear in a story with two."""
    ministry = ("the Defense Ministry", "organization", None)
    assert together(("Polish Defense Ministry", "organization", None), ministry)
    assert (
        clusters(
            *one_each(
                ("Polish Defense Ministry", "organization", None),
                ("Belarusian Defense Ministry", "organization", None),
                ministry,
            )
        )
        == []
    )


@pytest.mark.parametrize(
    "name", ["the Kremlin", "Moscow", "Russian government", "Russian Federation", "the Russian government"]
)
def test_a_state_goes_by_names_and_metonyms(name: str) -> None:
    """ "The Kremlin denied" and "Russia denied" are one denial."""
    assert together(("Russia", "country", None), (name, "country", None))


def test_a_government_and_its_head_are_two() -> None:
    """What Putin says and what Russia says can differ."""
    assert not together(("Russia", "country", None), ("Vladimir Putin", "person", "Russian President"))


@pytest.mark.parametrize(
    "name", ["officials", "Ukrainian officials", "the West", "European allies", "sources"]
)
def test_unnamed_groups_are_never_one_across_articles(name: str) -> None:
    """Nobody knows whether one paper's "officials" are another's."""
    assert not together((name, "group", None), (name, "group", None))


def test_a_group_with_a_name_is_one() -> None:
    """ "The Harcastle family" is a name, not a description."""
    assert together(("the Harcastle family", "group", None), ("Harcastle family", "group", None))


def test_the_quake_story() -> None:
    """One ministry in two wordings, one survey in two, one minister in two spellings, two Özdemirs."""
    found = clusters(*earthquake())
    assert {"quake-a/a1", "quake-b/a1"} in found
    assert {"quake-a/a2", "quake-b/a2"} in found
    assert {"quake-a/a4", "quake-b/a4"} in found
    assert {"quake-b/a5", "quake-c/a3"} in found
    assert all("quake-a/a5" not in one for one in found)


def test_the_takeover_story() -> None:
    """Legal forms and short names, and two Lindqvists."""
    found = clusters(*takeover())
    assert {"bid-a/a1", "bid-b/a3", "bid-c/a2"} in found
    assert {"bid-a/a2", "bid-c/a1"} in found
    assert len(found) == 2


def test_the_outbreak_story() -> None:
    """An acronym joins its long form, a ministry its other wording; unnamed doctors stay apart."""
    found = clusters(*outbreak())
    assert {"fever-a/a1", "fever-b/a1", "fever-c/a1"} in found
    assert {"fever-a/a2", "fever-b/a2"} in found
    assert len(found) == 2


def test_a_cluster_is_called_what_most_articles_call_it() -> None:
    """The name in the digest is a name that readers meet."""
    assert cluster_named(earthquake(), "USGS").name in (
        "U.S. Geological Survey",
        "United States Geological Survey",
    )
    briefs = one_each(
        ("NATO", "organization", None),
        ("NATO", "organization", None),
        ("North Atlantic Treaty Organization", "organization", None),
    )
    assert merge(briefs, Coverage(read=3)).actors[0].name == "NATO"


def test_prominence_orders_actors() -> None:
    """Who is in most articles comes first, as A1."""
    digest = merge(outbreak(), Coverage(read=3))
    assert digest.actors[0].name == "World Health Organization"
    assert [one.id for one in digest.actors] == [f"A{number}" for number in range(1, len(digest.actors) + 1)]


def test_offices_in_other_words_agree() -> None:
    """ "Russia's top diplomat" is the Russian foreign minister; a deputy is not the minister."""
    assert same_office(office("Russia's top diplomat"), office("Russian Foreign Minister"))
    assert same_office(office("the head of the Pentagon"), office("US Secretary of Defense"))
    assert not same_office(office("US Deputy Secretary of State"), office("US Secretary of State"))
    assert not same_office(office("aide to the Russian president"), office("Russian President"))


def test_a_capital_inside_a_name_names_no_state() -> None:
    """The Washington Post is no body of the United States."""
    assert body("Washington Post").country is None
    assert body("Defense Ministry in Moscow").country == "RU"


@pytest.mark.parametrize(("behind", "actors"), [(" (URW)", 1), (" (ABC)", 2), (", URW", 1), (" and URW", 2)])
def test_a_short_form_right_behind_a_name_is_that_names(behind: str, actors: int) -> None:
    """ "World Rowing Union (URW)" has its letters from another language; other letters are no form of it."""
    told = Told("t1", quoted=f"World Rowing Union{behind} met")
    told.actor("World Rowing Union", "organization")
    told.actor(behind[-4:].strip(" )("), "organization")
    assert len(merge([told.brief], Coverage(read=1)).actors) == actors


def test_armed_forces_are_a_states_army() -> None:
    """One paper says "Sudan's army", another the Sudanese Armed Forces; the air force is another body."""
    assert together(("Sudan's army", "organization", None), ("Sudanese Armed Forces", "organization", None))
    assert not together(
        ("Sudan's air force", "organization", None), ("Sudanese Armed Forces", "organization", None)
    )
