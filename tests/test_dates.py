"""Dates decide when a claim holds, and a date that is missed becomes a false figure."""

from __future__ import annotations

import time

import pytest

from summarizer.text.dates import find_dates, resolve, tense_direction

ANCHOR = "2025-04-24"  # a Thursday


def only(text: str):
    found = find_dates(text)
    assert len(found) == 1, [text[item.start : item.end] for item in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "words", "iso"),
    [
        ("on 19 January 2022, when", "19 January 2022", "2022-01-19"),
        ("Jan. 19, 2022", "Jan. 19, 2022", "2022-01-19"),
        ("dated 2022-01-19", "2022-01-19", "2022-01-19"),
        ("Tuesday, January 18, 2022", "Tuesday, January 18, 2022", "2022-01-18"),
        ("Sunday 2 February 2025 19.42 GMT", "Sunday 2 February 2025", "2025-02-02"),
        ("Feb. 10-20, 2022", "Feb. 10-20, 2022", "2022-02-10/2022-02-20"),
        ("10-20 February 2022", "10-20 February 2022", "2022-02-10/2022-02-20"),
        ("from 30 June to 4 July 2021", "30 June to 4 July 2021", "2021-06-30/2021-07-04"),
        ("in June 2021", "June 2021", "2021-06"),
        ("since 2014, when", "2014", "2014"),
        ("between 2019 and 2023", "2019 and 2023", "2019-01-01/2023-12-31"),
        ("before the second half of 2026", "second half of 2026", "2026-07-01/2026-12-31"),
        ("the second quarter of 2025", "second quarter of 2025", "2025-04-01/2025-06-30"),
        ("Q1 2025", "Q1 2025", "2025-01-01/2025-03-31"),
        ("in late 2022", "late 2022", "2022"),
        ("the spring of 2021", "spring of 2021", "2021-03-01/2021-05-31"),
        ("in the 1990s", "1990s", "1990-01-01/1999-12-31"),
        ("the 2022 trial", "2022", "2022"),
        ("13/03/2024", "13/03/2024", "2024-03-13"),
        ("January to March 2024", "January to March 2024", "2024-01-01/2024-03-31"),
        (
            "between April 2014 and November 2021, when",
            "April 2014 and November 2021",
            "2014-04-01/2021-11-30",
        ),
        ("from 3 March 2020 to 9 May 2021", "3 March 2020 to 9 May 2021", "2020-03-03/2021-05-09"),
        ("January 2019 – March 2020", "January 2019 – March 2020", "2019-01-01/2020-03-31"),
        ("its 2032 bonds", "2032", None),
        ("the notes due 2034", "2034", None),
    ],
)
def test_absolute_dates_need_no_anchor(text: str, words: str, iso: str) -> None:
    """A reader dates these without knowing when the article appeared."""
    found = only(text)
    assert (text[found.start : found.end], resolve(found, None)) == (words, iso)


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("said on Tuesday", "2025-04-22", "2025-04-29"),
        ("Thursday", "2025-04-24", "2025-04-24"),
        ("last Tuesday", "2025-04-22", "2025-04-22"),
        ("yesterday", "2025-04-23", "2025-04-23"),
        ("this morning", "2025-04-24", "2025-04-24"),
        ("last night", "2025-04-23", "2025-04-23"),
        ("last week", "2025-04-14/2025-04-20", "2025-04-14/2025-04-20"),
        ("next month", "2025-05", "2025-05"),
        ("this year", "2025", "2025"),
        ("in the second quarter", "2025-04-01/2025-06-30", "2025-04-01/2025-06-30"),
        ("first-quarter profit", "2025-01-01/2025-03-31", "2026-01-01/2026-03-31"),
        ("the first quarter of next year", "2026-01-01/2026-03-31", "2026-01-01/2026-03-31"),
        ("the spring of this year", "2025-03-01/2025-05-31", "2025-03-01/2025-05-31"),
        ("on July 9th", "2024-07-09", "2025-07-09"),
        ("Feb. 10-20", "2025-02-10/2025-02-20", "2026-02-10/2026-02-20"),
        ("in January", "2025-01", "2026-01"),
        ("since November", "2024-11", "2025-11"),
        ("in the January-March period", "2025-01-01/2025-03-31", "2026-01-01/2026-03-31"),
        ("three years ago", "2022", "2022"),
        ("two weeks ago", "2025-04-07/2025-04-13", "2025-04-07/2025-04-13"),
        ("three days ago", "2025-04-21", "2025-04-21"),
    ],
)
def test_relative_dates_point_from_the_articles_day(text: str, past: str, future: str) -> None:
    """ "Tuesday" means the last one in a report and the coming one in an announcement."""
    found = only(text)
    assert (resolve(found, ANCHOR), resolve(found, ANCHOR, "future")) == (past, future)


@pytest.mark.parametrize("text", ["said on Tuesday", "on July 9th", "in January", "last week", "12/03/2024"])
def test_what_cannot_be_settled_is_left_open(text: str) -> None:
    """A guessed date would be printed as a fact."""
    assert resolve(only(text), None, None) is None


@pytest.mark.parametrize("text", ["on July 9th", "in January", "on Tuesday", "in the first quarter"])
def test_without_a_direction_a_yearless_date_stays_open(text: str) -> None:
    """A page dated 26 January may speak of talks last January or of the next ones."""
    assert resolve(only(text), ANCHOR, None) is None


@pytest.mark.parametrize(
    "text",
    [
        "2000 troops", "2,014 people", "more than 1900 people", "it may end", "a long march on Rome", "$2022",
        "June Carter said", "two quarters", "for three weeks", "he said May was late", "29 years",
        "a 2020-strong force", "at 2015 GMT", "1,2024",
    ],
)  # fmt: skip
def test_look_alikes_are_no_dates(text: str) -> None:
    """A quantity read as a year is a figure lost."""
    assert find_dates(text) == []


def test_an_impossible_day_is_found_but_means_nothing() -> None:
    """It must not turn into a figure either."""
    assert resolve(only("Feb. 29, 2023"), ANCHOR) is None


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("The ministry said on Tuesday it was ready", "past"),
        ("The leaders will meet on Tuesday in Geneva", "future"),
        ("Russia plans to draft recruits until Tuesday", "future"),
        ("On Tuesday the two men spoke", "past"),
        ("On Tuesday the third round of talks in Geneva", None),
        ("On Tuesday the court ruled against it", "past"),
        ("The morgues had received 47 bodies by Tuesday", "past"),
        ("The number of cases rose to 310 by Tuesday", "past"),
        ("By Tuesday, 47 bodies had been recovered", "past"),
        ("The group had demanded a reply by Tuesday", "future"),
        ("The election must be held by December", "future"),
        ("He ordered them to leave by Tuesday", "future"),
        ("By Tuesday the water will have reached the town", "future"),
        ("It refused to discuss a report that an audit in June had found gaps", "past"),
        ("He said that Tuesday's attack would be avenged", "past"),
        ("The premier had discussed a June 3 election with her party", "future"),
        ("She ruled out a vote on June 3", "future"),
        ("The strike called for Tuesday was cancelled", "future"),
        ("The party lost the June 3 election", "past"),
        ("The board had discussed the merger in January", "past"),
        ("The judges failed to reach a verdict on Tuesday", "past"),
        ("The minister flew to Cairo on Tuesday", "past"),
        ("The frost forced 12 schools to close on Tuesday", "past"),
        ("The bank moved to calm savers on Tuesday", "past"),
        ("They agreed to meet in Cairo on Tuesday", "future"),
        ("He failed to say when he would leave on Tuesday", "future"),
        ("They are ready to begin to leave on Tuesday", "future"),
    ],
)
def test_tense_tells_the_direction(text: str, direction: str | None) -> None:
    """The year of a bare date follows from the tense it is told in."""
    assert tense_direction(text, 0, len(text), only(text)) == direction


@pytest.mark.parametrize("unit", ["1,", "(", " ", "May ", "2020 ", "1 ", "January 1 ", "19 of ", "last "])
def test_mutilated_text_costs_linear_time(unit: str) -> None:
    """One broken page must not cost the day."""
    started = time.process_time()
    find_dates(unit * (100_000 // len(unit)))
    assert time.process_time() - started < 2


def test_two_dates_that_are_no_ends_of_one_stretch_stay_two() -> None:
    """ "In May 2019 and June 2021" are two months, not two years between them."""
    found = find_dates("It struck in May 2019 and June 2021.")
    assert [item.iso for item in found] == ["2019-05", "2021-06"]
