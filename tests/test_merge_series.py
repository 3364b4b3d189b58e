"""Series from articles: a false "they disagree" sends an analyst after a contradiction that isn't there."""

from __future__ import annotations

from itertools import combinations

import pytest
from merge_stories import Told, digest_of

from summarizer import article_from_text
from summarizer.pipeline import extract_brief
from summarizer.records.digest import Digest


def told(*stories: tuple[str, str]) -> Digest:
    """The digest of articles, each a date line and a story."""
    texts = [f"Harbour news {number}\n{day}\n\n{story}\n" for number, (day, story) in enumerate(stories)]
    return digest_of(*(extract_brief(article_from_text(text)) for text in texts))


def relations(digest: Digest) -> dict[frozenset[float], str]:
    """The relation of each pair of values."""
    value = {point.member: point.value for one in digest.figures for point in one.points}
    return {
        frozenset((value[one.a], value[one.b])): one.relation
        for series in digest.figures
        for one in series.relations
    }


def two(
    first: dict[str, object], second: dict[str, object], days: tuple[str, str], **sources: str
) -> str | None:
    """The relation of two figures of two dated articles, or None when they are of two series."""
    briefs = []
    for number, (fields, day) in enumerate(zip((first, second), days, strict=True)):
        story = Told(f"p{number}", day)
        plain = {"quote": str(fields["value"]), "source": story.actor(f"Agency {number}", "organization")}
        story.figure(**{**plain, **fields})  # type: ignore[arg-type]
        briefs.append(story.brief)
    found = list(relations(digest_of(*briefs)).values())
    return found[0] if found else None


DEAD, MISSING = {"counted": "people killed in the fire"}, {"counted": "people missing"}
MONDAY, THURSDAY = "2025-05-05", "2025-05-08"


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ({**DEAD, "value": 14, "bound": "at_least"}, {**DEAD, "value": 52}, "differ_in_time"),
        ({**DEAD, "value": 52}, {**DEAD, "value": 52}, "agree"),
        ({**MISSING, "value": 17}, {**MISSING, "value": 12}, "differ_in_time"),
        (
            {**MISSING, "value": 17, "as_of": MONDAY},
            {**MISSING, "value": 12, "as_of": THURSDAY},
            "differ_in_time",
        ),
        ({**DEAD, "value": 47, "as_of": MONDAY}, {**DEAD, "value": 52, "as_of": MONDAY}, "differ_in_time"),
    ],
)
def test_what_is_told_days_apart_differs_in_time(
    a: dict[str, object], b: dict[str, object], expected: str
) -> None:
    """A figure without a date is of its article's day; a toll is counted anew whatever day the fire had."""
    assert two(a, b, (MONDAY, THURSDAY)) == expected


def test_what_is_told_on_one_day_can_disagree() -> None:
    """Two agencies, one day, two numbers."""
    assert two({**DEAD, "value": 14}, {**DEAD, "value": 52}, (MONDAY, MONDAY)) == "differ_in_source"


def test_a_part_is_no_statement_about_the_whole() -> None:
    """85,000 whose account numbers were taken don't "agree" with the 1.2 million, nor do they range to it."""
    found = told(
        (
            "3 February 2025",
            "Norvik Bank said on Monday that the personal data of up to 1.2 million clients had been stolen. "
            "Account numbers of about 85,000 customers were among it, the bank said. The regulator said that "
            "more than 1.9 million people were affected.",
        ),
        ("7 February 2025", "Norvik Bank said on Friday that data of 1.2 million people had been taken."),
    )
    parted = {value for pair in relations(found) for value in pair}
    assert 85000 not in parted
    assert parted == {1_200_000, 1_900_000}
    assert not any("85,000" in one.text for one in found.summary if one.cites[0].startswith("S"))


def test_an_increase_is_no_toll() -> None:
    """ "Two more bodies" are not "two dead"."""
    found = told(
        ("5 May 2025", "The fire killed 34 people, the ministry said. Two more bodies were found on Monday."),
        (
            "8 May 2025",
            "Four more bodies were found in the ruins. The fire killed 41 people, the ministry said.",
        ),
    )
    assert frozenset((34, 41)) in relations(found)
    assert not any(pair & {34, 41} and pair & {2, 4} for pair in relations(found))


def test_the_sides_of_a_vote_are_two_quantities() -> None:
    """ "By 120 votes to 96" is no disagreement."""
    found = told(("12 March 2025", "Parliament passed the tax bill on Wednesday by 120 votes to 96."))
    assert relations(found) == {}


def test_two_companies_shares_are_two_quantities() -> None:
    """Even where one article says only "its shares"."""
    found = told(
        ("10 February 2025", "Halden shares jumped 19% in New York. Brenn fell 4.1% in Oslo."),
        ("11 February 2025", "Brenn employs 19,400 people. Its shares recovered 2.8 per cent on Tuesday."),
    )
    assert not any({19, 2.8} <= pair or {19, 4.1} <= pair for pair in relations(found))


def test_polls_of_one_institute_are_not_one_quantity() -> None:
    """A party's share and the opposition to a bill."""
    found = told(
        ("3 March 2025", "A Mirex poll published on Sunday showed 58% of voters oppose the tax."),
        ("10 March 2025", "A poll by Mirex, published on Sunday, put the Liberals on 33 per cent."),
    )
    assert relations(found) == {}


def test_a_magnitude_is_of_the_quake_whoever_measured_it() -> None:
    """Two institutes disagree; the aftershock and the quake of 1987 are others."""
    found = told(
        (
            "2 May 2025",
            "A magnitude 6.2 earthquake struck the coast of Belmar on Friday, the US Geological Survey said. "
            "The national institute registered a quake of magnitude 5.9. A 4.8 magnitude aftershock came. "
            "In 1987 a quake of magnitude 7.4 struck Belmar.",
        )
    )
    assert relations(found) == {frozenset((6.2, 5.9)): "differ_in_source"}


def test_the_toll_of_another_event_stays_apart() -> None:
    """ "In 1987 a quake killed 2,100 people" is history."""
    found = told(
        ("2 May 2025", "Nine people died in Friday's quake, the ministry said."),
        ("5 May 2025", "Friday's quake killed 34 people. In 1987 a quake killed 2,100 people."),
    )
    assert all(2100 not in pair for pair in relations(found))


def test_those_arrested_at_a_march_are_not_those_who_marched() -> None:
    """45 protesters detained against 30,000 who came would be a contradiction in print."""
    found = told(
        (
            "9 March 2025",
            "About 30,000 people marched in Orlin on Sunday, police said. Police detained 45 protesters.",
        )
    )
    assert relations(found) == {}


def test_a_summary_line_gives_each_source_its_own_latest_number() -> None:
    """Not the range from what one said first to what another says of a part."""
    briefs = []
    for day, agency, union in (("2025-05-05", 14, 47), ("2025-05-08", 52, 58)):
        story = Told(f"d{day}", day)
        agent, doctors = (
            story.actor("civil protection agency", "organization"),
            story.actor("doctors' union", "organization"),
        )
        story.figure(f"{agency} people", agency, "people killed in the fire", source=agent)
        story.figure(f"{union} people", union, "people killed in the fire", source=doctors)
        briefs.append(story.brief)
    (line,) = [one.text for one in digest_of(*briefs).summary]
    assert "52 by the civil protection agency" in line
    assert "58 by the doctors' union" in line
    assert not any(number in line for number in ("14", "47"))


@pytest.mark.parametrize(
    "story",
    [
        "If the bill comes to a vote on Thursday, the Liberals are out, Ana Holt said.",
        "Ana Holt had discussed a May 17 election with her party.",
        "The denial on Feb. 11 had been correct at the time, Ana Holt said.",
    ],
)
def test_what_is_not_stated_to_have_happened_is_no_event(story: str) -> None:
    """A timeline with conditions and plans in it can't be used."""
    assert told(("10 March 2025", story)).timeline == ()


def test_what_happened_on_the_day_is_an_event() -> None:
    """Also where its verb looks like a noun."""
    story = "A dam at the Quell mine burst on Monday, sending sludge into the valley, the police said."
    assert [one.date for one in told(("5 May 2025", story)).timeline] == ["2025-05-05"]


def test_every_pair_of_a_series_is_related() -> None:
    """No difference is left without its reason."""
    found = told(
        ("5 May 2025", "The fire killed 34 people, the ministry said."),
        (
            "8 May 2025",
            "The fire killed 41 people, the ministry said. Doctors said at least 50 people had died.",
        ),
    )
    for one in found.figures:
        assert {frozenset((r.a, r.b)) for r in one.relations} == {
            frozenset(pair) for pair in combinations(one.members, 2)
        }


@pytest.mark.parametrize(("later", "expected"), [(31, "differ_in_time"), (12, "differ_in_scope")])
def test_a_place_with_more_dead_than_the_whole_had_before_is_told_later(later: int, expected: str) -> None:
    """A toll of a place is a part, unless it is more than all were the day before: then they have risen."""
    whole = {"counted": "people killed", "place": "Norway", "value": 19, "bound": "at_least"}
    part = {"counted": "people killed in the bombing of the Halden market", "value": later}
    assert two(whole, part, (MONDAY, THURSDAY)) == expected


def test_a_bound_stays_with_the_source_that_set_it() -> None:
    """Who said "more than 900" has not put it at 900, though another article does."""
    plain, bound = Told("plain", "2026-03-04"), Told("bound", "2026-03-04")
    plain.figure("900 dock workers", 900, "dock workers on strike")
    union = bound.actor("Harbour Union", "organization")
    bound.figure("more than 900 dock workers", 900, "dock workers on strike", bound="at_least", source=union)
    (line, *_) = [one.text for one in digest_of(plain.brief, bound.brief).summary if "900" in one.text]
    assert "more than 900 by the Harbour Union" in line
    assert "at 900 without a named source" in line
