"""Dates and origins: a page's clock never dates an article, and nothing is guessed without grounds."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.records.article import Published
from summarizer.sources.article_date import settle_published
from summarizer.sources.article_origin import find_origin
from summarizer.sources.date_inference import DatedStory
from summarizer.sources.date_stamps import iso_date, read_stamp
from summarizer.sources.line_roles import mark_lines
from summarizer.text.dates import find_dates

ARTICLES = Path(__file__).parents[1] / "evals" / "articles"
HEADLINE = "Minister resigns over harbour contract in Lorvik"
LEAD = "The transport minister of Mavren resigned over a harbour contract, her office said on {day}."
MORE = "She denied that she had known of the payments. Police searched her office last week."


def published(text: str, metadata: Published | None = None) -> tuple[str | None, str]:
    found = settle_published(text, mark_lines(text), metadata)
    return found.date, found.basis


def origin(text: str) -> str | None:
    return find_origin(text, mark_lines(text))


def story(*above: str, lead: str = LEAD.format(day="Wednesday"), more: str = MORE) -> str:
    return "\n".join([*above, "", lead, "", more, ""])


class TestTheFive:
    """The evaluation articles, as the contract and their README describe them."""

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("biden-putin-video-call", ("2021-12-05", "stated")),
            ("blinken-arrives-in-kiev", ("2022-01-19", "stated")),
            ("blinken-lavrov-call", ("2022-01-18", "inferred")),
            ("build-up-as-us-offers-talks", (None, "unknown")),
            ("ukrainian-military-assessment", (None, "unknown")),
        ],
    )
    def test_dates(self, name: str, expected: tuple[str | None, str]) -> None:
        """Every "Wednesday" of a brief is reckoned from here."""
        assert published((ARTICLES / f"{name}.txt").read_text("utf-8")) == expected

    @pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.txt")), ids=lambda path: path.stem)
    def test_origins(self, path: Path) -> None:
        """Only one of the five says whom it relays."""
        expected = "Bloomberg" if path.stem == "build-up-as-us-offers-talks" else None
        assert origin(path.read_text("utf-8")) == expected


class TestStated:
    """A date line of the article's own, a dateline with its year, metadata."""

    @pytest.mark.parametrize(
        "line",
        [
            "Published: 19 January 2022",
            "Published 19 January 2022",
            "PUBLISHED: 10:31, 19 January 2022 | UPDATED: 11:00, 20 January 2022",
            "Published 4:32 PM EST, January 19, 2022",
            "Posted on January 19, 2022 by admin",
            "January 19, 2022",
            "Jan. 19, 2022, 10:31 a.m. ET",
            "Wed 19 Jan 2022 06.00 GMT",
            "Wednesday 19 January 2022 19.42 GMT",
            "By Jane Doe | January 19, 2022",
            "19.01.2022",
            "2022-01-19T10:00:00Z",
            "date: 2022-01-19",
            "First published on Wed 19 Jan 2022 06.00 GMT",
            "Mavren Gazette, 19 January 2022",
            "January 19, 2022 | Mavren Online",
            "19 January 2022 - The Mavren Gazette",
            "Ana Holt, Lorvik, January 19, 2022",
            "THE MAVREN GAZETTE (English edition) — Jan. 19, 2022",
            "MAVREN 24 | 19 January 2022, 18:40",
            "Court sketch | Wednesday 19 January 2022",
        ],
    )
    def test_a_date_line_under_the_headline(self, line: str) -> None:
        """Sites write it in a hundred ways."""
        assert published(story(HEADLINE, line)) == ("2022-01-19", "stated")

    @pytest.mark.parametrize("day", ["Wednesday, 19 January 2022", "Wednesday, January 19, 2022"])
    def test_the_day_under_a_newspapers_name_is_the_issues(self, day: str) -> None:
        """On paper the date stands above the headline; on a page, beside a menu, it is the visitor's."""
        assert published(story("The Mavren Gazette", day, "", HEADLINE)) == ("2022-01-19", "stated")
        assert published(story("Home", "News", "Sport", day, HEADLINE)) == (None, "unknown")

    def test_a_line_of_names_and_a_day_is_no_heading(self) -> None:
        """Its words would be read as claims, and "MAVREN 24" as a figure."""
        for line in ("MAVREN 24 | 19 January 2022, 18:40", "Mavren Gazette, 19 January 2022"):
            text = story(line, HEADLINE)
            assert [text[one.start : one.end] for one in mark_lines(text) if one.role == "meta"] == [line]

    def test_such_a_line_below_the_story_is_another_ones(self) -> None:
        """Pages list more stories with their outlets and days."""
        assert published(story(HEADLINE) + "\nMavren Gazette, 12 May 2023\n\n" + MORE) == (None, "unknown")

    def test_a_labelled_date_in_front_of_the_lead(self) -> None:
        """Aggregators run the metadata into the first paragraph."""
        text = "date 2022-01-19 " + story(lead=LEAD.format(day="Wednesday")).lstrip()
        assert published(text) == ("2022-01-19", "stated")
        roles = [line.role for line in mark_lines(text)]
        assert roles[:2] == ["meta", "body"]

    @pytest.mark.parametrize(
        "dateline",
        [
            "LORVIK, Mavren, Jan. 19, 2022 (AP) — ",
            "LORVIK, 19 January 2022 (Reuters) - ",
            "Lorvik, January 19, 2022 – ",
            "LORVIK, Jan 19 (2022) (Mavren Wire) - ",
            "LORVIK (January 19, 2022) -- ",
            "Jan 19, 2022 - ",
            "LORVIK, Mavren - January 19, 2022 /MavrenLine/ -- ",
        ],
    )
    def test_a_dateline_with_its_year(self, dateline: str) -> None:
        """It belongs to the story for certain."""
        assert published(story(HEADLINE, lead=dateline + LEAD.format(day="Wednesday"))) == (
            "2022-01-19",
            "stated",
        )

    def test_metadata_is_believed_unless_a_dateline_names_another_time(self) -> None:
        """A page republished in spring says so in its metadata, its dateline still says January."""
        metadata = Published(date="2022-01-20", basis="stated")
        dated = story(HEADLINE, lead="LORVIK, Jan. 19, 2022 (AP) — " + LEAD.format(day="Wednesday"))
        assert published(dated, metadata) == ("2022-01-20", "stated")
        assert published(dated, Published(date="2022-04-02", basis="stated")) == ("2022-01-19", "stated")

    def test_a_date_with_two_readings_states_nothing(self) -> None:
        """The third of April is the fourth of March to others."""
        assert published(story(HEADLINE, "03/04/2022")) == (None, "unknown")


class TestPageDates:
    """What belongs to the page never becomes the article's stated date."""

    CLOCKS = (
        "miercuri, 26 ianuarie 2022 - 16:14",
        "Wednesday, January 26, 2022 - 16:14",
        "Mittwoch, 26. Januar 2022, 16:14 Uhr",
        "mercredi 26 janvier 2022 à 16h14",
        "среда, 26 января 2022, 16:14",
        "26 de enero de 2022 16:14",
    )

    @pytest.mark.parametrize("clock", CLOCKS)
    def test_a_clock_in_the_sites_head(self, clock: str) -> None:
        """It shows when the page was saved."""
        assert published(story("2.2 C", clock, "No menu items!", HEADLINE)) == (None, "unknown")
        assert published(story(clock, HEADLINE))[1] != "stated"

    @pytest.mark.parametrize("clock", CLOCKS)
    def test_a_clock_above_a_story_that_contradicts_it(self, clock: str) -> None:
        """Talks "in January" that lie ahead are not told at the end of January."""
        lead = "Mavren said on Wednesday it was ready to hold talks in January on a treaty of last week."
        assert published(story(clock, HEADLINE, lead=lead)) == (None, "unknown")

    def test_an_unlabelled_date_line_gives_way_to_the_story(self) -> None:
        """Without label it may be the day somebody copied the page."""
        lead = "Mavren said on Wednesday it was ready to hold talks in January on a treaty of last week."
        assert published(story(HEADLINE, "26 January 2022 16:14", lead=lead)) == (None, "unknown")
        assert published(story(HEADLINE, "26 January 2022 16:14")) == ("2022-01-26", "stated")

    def test_a_date_line_long_after_the_dateline_is_the_pages(self) -> None:
        """A dateline without year says which month the story is of, and the page then which year."""
        lead = "LORVIK, Dec 22 (Reuters) - " + LEAD.format(day="Wednesday")
        assert published(story(HEADLINE, "January 26, 2022", lead=lead)) == ("2021-12-22", "inferred")
        lead = "LORVIK, Dec 22 (Reuters) - " + LEAD.format(day="Monday")
        assert published(story(HEADLINE, "January 26, 2022", lead=lead)) == (None, "unknown")

    @pytest.mark.parametrize(
        "line", ["Updated 5 hours ago", "3 hours ago", "16:14", "Last updated: yesterday"]
    )
    def test_relative_times_say_nothing(self, line: str) -> None:
        """Five hours before what?"""
        assert published(story(HEADLINE, line)) == (None, "unknown")

    def test_an_updated_date_is_only_inferred(self) -> None:
        """The story is as old as that or older."""
        assert published(story(HEADLINE, "Updated 19 January 2022")) == ("2022-01-19", "inferred")

    def test_dates_of_listed_stories_are_not_this_ones(self) -> None:
        """A list of other stories carries their dates."""
        text = story(HEADLINE) + "\nMore on this story\nRates rise again\nPublished\n12 May 2023\n"
        assert published(text) == (None, "unknown")


class TestInferred:
    """Only with good grounds: a day, its weekday, and a year that the text names."""

    CAPTION = "The minister leaves the parliament building in Lorvik, Mavren, on January 18"

    def test_a_captions_day_with_its_weekday_and_a_year(self) -> None:
        """News pictures are of the day."""
        lead = LEAD.format(day="Tuesday")
        body = story(HEADLINE, lead=lead, more=MORE + " The contract runs from 2022 on.")
        assert published(f"{body}\n{self.CAPTION}\n\n{MORE}") == ("2022-01-18", "inferred")

    @pytest.mark.parametrize(
        ("day", "more"),
        [
            ("Tuesday", ""),  # no year anywhere
            ("Friday", " The contract runs from 2022 on."),  # another weekday
            ("Tuesday", " The last contract was signed in 2014."),  # 18 January 2014 was a Saturday
            ("Tuesday", " It was signed in 2022 after a tender of 2011."),  # 2011 fits as well but is past
        ],
    )
    def test_without_them_it_stays_unknown(self, day: str, more: str) -> None:
        """A wrong date is worse than none."""
        body = story(HEADLINE, lead=LEAD.format(day=day), more=MORE + more)
        date, _ = published(f"{body}\n{self.CAPTION}\n\n{MORE}")
        assert date in (None, "2022-01-18")
        if "2011" not in more:
            assert date is None

    def test_a_file_picture_is_of_another_day(self) -> None:
        """Agencies mark them so."""
        body = story(
            HEADLINE, lead=LEAD.format(day="Tuesday"), more=MORE + " The contract runs from 2022 on."
        )
        assert published(f"{body}\nFILE - {self.CAPTION}.\n\n{MORE}") == (None, "unknown")

    def test_a_dateline_without_year_needs_one_from_the_text(self) -> None:
        """ "Jan 18 (Reuters)" on a Tuesday, and the text speaks of 2022."""
        lead = "LORVIK, Jan 18 (Reuters) - " + LEAD.format(day="Tuesday")
        assert published(story(HEADLINE, lead=lead)) == (None, "unknown")
        dated = story(HEADLINE, lead=lead, more=MORE + " Elections are due in 2022.")
        assert published(dated) == ("2022-01-18", "inferred")

    @pytest.mark.parametrize(
        "more",
        [
            " The sale is expected to close in the first quarter of 2027.",
            " The contract was signed in 2025. The new pier will be ready in 2027.",
        ],
    )
    def test_a_year_that_lies_ahead_is_not_taken_for_the_articles(self, more: str) -> None:
        """19 February fits "Thursday" in 2026, and in 2027 as the day after: nobody can tell."""
        lead = "LORVIK, Feb 19 (Reuters) - " + LEAD.format(day="Thursday")
        assert published(story(HEADLINE, lead=lead, more=MORE + more)) == (None, "unknown")

    def test_a_page_clock_may_tell_the_year_of_a_day_that_the_text_gives(self) -> None:
        """The clock alone dates nothing, but it is not wrong about the year by chance and weekday both."""
        lead = "LORVIK, Jan 18 (Reuters) - " + LEAD.format(day="Tuesday")
        assert published(story("2.2 C", "Thursday, January 20, 2022 - 09:00", HEADLINE, lead=lead)) == (
            "2022-01-18",
            "inferred",
        )

    def test_a_full_day_in_the_text_beside_its_weekday(self) -> None:
        """ "said on Tuesday, January 18, 2022"."""
        assert published(story(HEADLINE, lead=LEAD.format(day="Tuesday, January 18, 2022"))) == (
            "2022-01-18",
            "inferred",
        )

    def test_a_full_day_on_which_the_lead_happened(self) -> None:
        """ "Kept shut on Tuesday, January 18, 2022": the news of that day, but not "after …"."""
        lead = "Dockers kept the harbour shut {} Tuesday, January 18, 2022, after talks failed."
        assert published(story(HEADLINE, lead=lead.format("on"))) == ("2022-01-18", "inferred")
        for before in ("after a strike on", "until", "since", "before a vote on"):
            assert published(story(HEADLINE, lead=lead.format(before))) == (None, "unknown")

    def test_a_day_is_seen_however_far_behind_its_weekday(self) -> None:
        """Texts without a figure behind a weekday are settled quickly: no written day may look so."""
        weekdays = ("Mon.", "Tues", "Wednesday", "Saturday")
        written = (
            "{month} 18",
            "{month}.   the 18th",
            "{month}   18, 2022",
            "18th of {month}",
            "18 {month} 2022",
        )
        seen = 0
        for weekday, form, month in product(weekdays, written, ("Sept", "September", "May")):
            for between in (" ", ", ", " the ", ", the "):
                text = f"Held on {weekday}{between}{form.format(month=month)} it was told."
                days = [found for found in find_dates(text) if found.kind in ("day", "month_day")]
                if any(text.startswith(weekday, day.start) for day in days):
                    assert DatedStory(text, ()).may_name_weekday_of_date(), text
                    seen += 1
        assert seen > 150

    def test_a_past_event_with_a_full_date_dates_nothing(self) -> None:
        """History is full of dates."""
        more = "The harbour was opened on 3 May 2019. She took office in 2020."
        assert published(story(HEADLINE, more=more)) == (None, "unknown")


class TestStamps:
    """The scanner of date lines."""

    @pytest.mark.parametrize(
        "line",
        ["May the force be with you", "March on Rome", "2022 was a good year", "3 min read", "Wednesday",
         "100,000 troops", "Updated guidance says", "11 people died on Monday", "2.2 C"],
    )  # fmt: skip
    def test_words_that_only_look_like_dates_are_none(self, line: str) -> None:
        """A paragraph must not lose its first words."""
        assert read_stamp(line, 0, len(line)) is None

    def test_a_sentence_that_begins_with_a_date_stays_whole(self) -> None:
        """ "5 December 2021 was …" is a sentence about a day."""
        text = story(
            HEADLINE,
            lead="5 December 2021 was the day on which the harbour of Lorvik froze over, officials said.",
        )
        assert any(
            text[line.start :].startswith("5 December") and line.role == "body" for line in mark_lines(text)
        )

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("2022-01-19T23:30:00-05:00", "2022-01-19"),
            ("Wed, 19 Jan 2022 10:00:00 +0000", "2022-01-19"),
            ("20220119T101500Z", "2022-01-19"),
            ("January 19, 2022", "2022-01-19"),
            ("2022-02-30", None),
            ("1642586400", None),
            ("soon", None),
            ("2022", None),
        ],
    )
    def test_metadata_values(self, written: str, expected: str | None) -> None:
        """The day as written, in the article's own time zone."""
        assert iso_date(written) == expected

    @given(st.text(alphabet="0123456789:/.-, JanFebGMTpm\u0660ago", max_size=60))
    @settings(max_examples=200)
    def test_no_line_breaks_it(self, line: str) -> None:
        """Digits of other scripts, months without days, clocks without end."""
        stamp = read_stamp(line, 0, len(line))
        assert stamp is None or (stamp.iso is None or iso_date(stamp.iso) == stamp.iso)


class TestOrigin:
    """Whose report a whole article relays."""

    @pytest.mark.parametrize(
        ("lead", "expected"),
        [
            (
                "Mavren is building a harbour that could double its exports, according to Bloomberg.",
                "Bloomberg",
            ),
            (
                "Mavren is in talks to sell its harbour, according to a report by the Financial Times.",
                "Financial Times",
            ),
            (
                "Mavren may sell its harbour, Bloomberg News reported on Monday, citing two people.",
                "Bloomberg",
            ),
            (
                "According to the New York Times, Mavren is in talks to sell its harbour.",
                "The New York Times",
            ),
            ("LORVIK (Reuters) - Mavren said on Monday that it would sell its harbour.", "Reuters"),
            (
                "LORVIK, Mavren (AP) — Mavren said on Monday that it would sell its harbour.",
                "Associated Press",
            ),
            ("LORVIK, Jan 18 (AFP) - Mavren said on Monday that it would sell its harbour.", "AFP"),
            ("MOSCOW, January 19. /TASS/. Mavren said on Wednesday that it would sell its harbour.", "TASS"),
            ("(CNN) Mavren said on Monday that it would sell its harbour.", "CNN"),
            # a source of the story, not of the article
            (
                "Mavren is building a harbour to double its exports, according to the Defence Ministry.",
                None,
            ),
            (
                "Mavren is building a harbour to double its exports, according to satellite firm Janes.",
                None,
            ),
            (
                "Mavren (pop. 4 million) said that it would sell its harbour to CNN's former owner.",
                None,
            ),
            ("LORVIK, Feb 18 (2026) (Reuters) - A dam burst on Wednesday.", "Reuters"),
            ("The Palestinian Authority (PA) said on Monday it would build a harbour.", None),
        ],
    )
    def test_the_lead_tells(self, lead: str, expected: str | None) -> None:
        """Two papers that relay one report are one source."""
        assert origin(story(HEADLINE, lead=lead)) == expected

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("By Nadia Kerr, Associated Press", "Associated Press"),
            ("Reuters", "Reuters"),
            ("Source: Xinhua", "Xinhua"),
            ("By Jane Doe", None),
        ],
    )
    def test_the_byline_tells(self, line: str, expected: str | None) -> None:
        """An agency's name instead of a reporter's."""
        assert origin(story(HEADLINE, line)) == expected

    @pytest.mark.parametrize(
        ("end", "expected"),
        [
            ("This article was originally published by The Conversation.", "The Conversation"),
            ("Copyright 2023 The Associated Press. All rights reserved.", "Associated Press"),
            ("She will be succeeded by her deputy, the office said. — AFP", "AFP"),
            ("Additional reporting by CNN’s Pavel Stone in Lorvik.", None),
            ("Her deputy later told Reuters.", None),
            ("Photograph: Tom Ashby/Reuters", None),
        ],
    )
    def test_the_end_tells(self, end: str, expected: str | None) -> None:
        """Credits stand below the story, too; a picture's credit is not the article's."""
        assert origin(story(HEADLINE) + "\n" + end + "\n") == expected

    def test_an_outlet_further_down_is_a_source_like_any_other(self) -> None:
        """It is named with the items that it gave."""
        assert (
            origin(story(HEADLINE, more=MORE + " The payments were made in May, according to Bloomberg."))
            is None
        )
