"""Line roles: what on a page is story, caption, furniture or about the article."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.records.article import Line
from summarizer.sources.line_roles import mark_lines

PAGES = Path(__file__).parent / "data" / "sources" / "pages"
ARTICLES = Path(__file__).parents[1] / "evals" / "articles"
ROLES = {"h": "headline", "b": "body", "c": "caption", "x": "boilerplate", "m": "meta"}
CUT = re.compile(r"⟦([hbcxm])⟧")


def page_of(path: Path) -> tuple[str, list[tuple[str, str]]]:
    """The page's text and the expected (role, words) of each piece of it."""
    lines, pieces = [], []
    for written in path.read_text("utf-8").splitlines():
        if not written:
            lines.append("")
            continue
        role, _, rest = written.partition("|")
        parts = CUT.split(rest)
        lines.append("".join(parts[::2]))
        pieces += [
            (ROLES[one], part.strip()) for one, part in zip([role, *parts[1::2]], parts[::2], strict=True)
        ]
    return "\n".join(lines) + "\n", pieces


def role_at(text: str, lines: tuple[Line, ...], words: str) -> str:
    """The role of the line that holds the first occurrence of `words`."""
    position = text.index(words)
    return next(line.role for line in lines if line.start <= position < line.end)


def roles(text: str) -> dict[str, str]:
    return {text[line.start : line.end]: line.role for line in mark_lines(text)}


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.page")), ids=lambda path: path.stem)
def test_every_line_of_a_page_gets_its_role(path: Path) -> None:
    """A menu read as news, or a paragraph taken for a caption, is a wrong or a missing claim."""
    text, pieces = page_of(path)
    lines = mark_lines(text)
    position, wrong = 0, []
    for role, piece in pieces:
        start = text.index(piece, position)
        position = start + len(piece)
        got = next(line.role for line in lines if line.start <= start < line.end)
        if got != role:
            wrong.append(f"{got} instead of {role}: {piece}")
    assert not wrong, "\n".join(wrong)


FURNITURE = [
    "2.2 C",
    "London 12°C",
    "12°C / 54°F",
    "16:14",
    "No menu items!",
    "Skip to main content",
    "Home News Sport Weather",
    "World | Politics | Business",
    "Home > World > Europe",
    "Post a Comment",
    "12 comments",
    "1.2K shares",
    "Share this article",
    "Share on Facebook",
    "Follow us on Twitter",
    "Advertisement",
    "ADVERTISEMENT",
    "Story continues below advertisement",
    "Sign up for our newsletter",
    "Sign up to Morning Briefing, our daily email with the news you need",
    "Subscribe to our newsletter to get the day's stories delivered to your inbox.",
    "We use cookies to improve your experience. By continuing to browse you agree to our use of cookies.",
    "Read more: What we know about the harbour contract",
    "READ MORE: What we know about the harbour contract",
    "Related: Harbour chief suspended over payments",
    "See also: Five questions about the harbour",
    "Most viewed",
    "Copyright 2024 The Daily. All rights reserved.",
    "© 2024 The Daily",
    "Your email address will not be published. Required fields are marked *",
    "This site is protected by reCAPTCHA and the Google Privacy Policy and Terms of Service apply.",
    "Tags: harbour, Mavren, corruption",
    "#Mavren #harbour",
    "https://example.org/story",
    "___",
    "* * *",
]
ABOUT = [
    "By Jane Doe",
    "BY JANE DOE AND JOHN SMITH",
    "By Jane Doe in Lorvik and John Smith in Brevin",
    "Jane Doe, Transport correspondent",
    "Our correspondent in Lorvik",
    "Additional reporting by Pavel Stone in Lorvik.",
    "(Reporting by Nadia Kerr; Editing by Tom Ashby)",
    "Reporting by Nadia Kerr in Lorvik; editing by Tom Ashby",
    "Editing by Tom Ashby",
    "Associated Press writer Olen Harsk in Brevin contributed to this report.",
    "This article was originally published in Mavren Today.",
    "Correction: An earlier version of this article misstated the minister's age.",
    "Jane Doe is a transport correspondent for The Daily.",
    "Photo author, EPA",
    "Image source, Getty Images",
    "Getty Images",
    "Alex Brandon/AP",
    "AFP via Getty Images",
    "Photograph: Tom Ashby/PA",
    "($1 = 9.6610 Swedish crowns)",
    "Published 18 October 2024",
    "Last updated 2 hours ago",
    "Source: Reuters",
]
STORY = (
    "The transport minister of Mavren, Lena Ostrova, resigned on Monday over a harbour, her office said.",
    "She denied that she had known of payments to the contractor, which police are looking into.",
    "The opposition called for an early election in June, which the prime minister, Iven Tolk, ruled out.",
)


class TestWording:
    """Lines that are furniture or credits wherever they stand."""

    @pytest.mark.parametrize("line", FURNITURE)
    def test_furniture_is_boilerplate(self, line: str) -> None:
        """A share counter is no figure and a teaser no claim."""
        text = "\n".join([STORY[0], STORY[1], line, STORY[2]])
        assert roles(text)[line] == "boilerplate"
        assert roles("\n".join([line, *STORY])).get(line) == "boilerplate"
        assert roles("\n".join([*STORY, line])).get(line) == "boilerplate"

    @pytest.mark.parametrize("line", ABOUT)
    def test_credits_are_meta(self, line: str) -> None:
        """A reporter is no actor of the story."""
        text = "\n".join([*STORY, line])
        assert role_at(text, mark_lines(text), line) == "meta"

    @pytest.mark.parametrize(
        "line",
        [
            "LORVIK (Reuters) - Mavren will sell its harbour, the government said on Monday.",
            "By Tuesday, the number of dead had risen to 41, the ministry said.",
            "Share prices in the harbour operator fell 12% on the news.",
            "Home Secretary Anna Reid said the government would not pay.",
            "Related companies were not told of the plan, according to the report.",
            "Follow-up inspections will take place in May, the ministry said.",
            "Sign-ups for the programme rose to 40,000, the company said.",
            "Subscribers fell by 200,000 in the quarter, the company said in a statement.",
            "“We use cookies only where the law allows it,” a spokesman for the company said.",
            "Copyright law does not protect such works, the court said on Monday.",
            "Weather permitting, the ferry will sail again on Friday.",
            "Editing by CRISPR changed the gene in 90% of cells, they said.",
            "The film, directed by Jane Doe, won three prizes.",
            "More than 300 people were moved from their homes.",
            "Read more slowly, the treaty says something else.",
            "From Monday the bank will charge 3%.",
            "Photo identification will be required at the polls from May, the court ruled.",
            "Pictures taken by satellite show 40 new buildings at the base, analysts said.",
            "Advertising revenue rose 4%.",
            "About 94,000 troops are near the border.",
            "“Contact us before you decide,” she told the members in a letter.",
            "Video of the attack showed two men running from the building, police said.",
            "The tax credit: up to $7,500 for a new car, the senator said.",
        ],
    )
    def test_sentences_of_a_story_are_body_whatever_they_begin_with(self, line: str) -> None:
        """A paragraph taken for furniture is news that is lost."""
        text = "\n".join([STORY[0], line, STORY[1], STORY[2]])
        assert role_at(text, mark_lines(text), line) == "body"


class TestCaptions:
    """Captions with labels, with credits, and with nothing but a missing full stop."""

    @pytest.mark.parametrize(
        ("line", "caption"),
        [
            ("Photo caption, The minister leaves parliament", "The minister leaves parliament"),
            ("Image caption: The minister leaves parliament", "The minister leaves parliament"),
            ("Pictured: The minister leaves parliament", "The minister leaves parliament"),
            ("FILE - The minister leaves parliament on May 3, 2023.", "The minister leaves parliament"),
            ("PHOTO: The minister leaves parliament. (AP Photo/J. Doe)", "The minister leaves parliament."),
            ("Lena Ostrova (pictured last week) leaves parliament", "Lena Ostrova (pictured"),
            ("Lena Ostrova (left) and Iven Tolk leave the parliament building.", "Lena Ostrova (left)"),
            ("The minister leaves parliament in this photo released by her office.", "The minister leaves"),
            ("Minister Lena Ostrova leaves parliament. Photograph: Tom Ashby/PA", "Minister Lena Ostrova"),
            ("Minister Lena Ostrova leaves parliament in Lorvik [Tom Ashby/Reuters]", "Minister Lena"),
            ("Minister Lena Ostrova leaves parliament in Lorvik. REUTERS/Tom Ashby", "Minister Lena"),
            (
                "Lena Ostrova leaves the parliament building in Lorvik after her resignation on Monday",
                "Lena Ostrova leaves",
            ),
        ],
    )
    def test_are_told_from_the_story(self, line: str, caption: str) -> None:
        """What stands under a picture repeats the story or belongs to another."""
        text = "\n".join([STORY[0], STORY[1], line, STORY[2]])
        assert role_at(text, mark_lines(text), caption) == "caption"

    def test_credit_and_caption_on_one_line_are_cut(self) -> None:
        """The author of a picture is no actor; the caption may state real facts."""
        line = (
            "Photo author, Tom Ashby / TASS Photo caption, Police in Lorvik. The city will hire 125 officers"
        )
        text = "\n".join([STORY[0], line, STORY[1], STORY[2]])
        pieces = [(text[one.start : one.end], one.role) for one in mark_lines(text)][1:3]
        assert pieces == [
            ("Photo author, Tom Ashby / TASS Photo caption,", "meta"),
            ("Police in Lorvik. The city will hire 125 officers", "caption"),
        ]

    def test_a_long_unfinished_line_about_something_else_is_a_teaser(self) -> None:
        """A headline of another story among the paragraphs."""
        teaser = "Why the price of olive oil has doubled in two years and when it will fall again"
        text = "\n".join([STORY[0], STORY[1], teaser, STORY[2]])
        assert roles(text)[teaser] == "boilerplate"

    def test_a_picture_of_the_first_paragraph_does_not_make_it_a_caption(self) -> None:
        """A credit above the lead belongs to the picture above it."""
        text = "\n".join(["Photo author, EPA", "", *STORY])
        assert role_at(text, mark_lines(text), STORY[0]) == "body"


class TestHeadlines:
    """The title, the standfirst and headings between paragraphs."""

    @pytest.mark.parametrize(
        ("line", "headline", "outlet"),
        [
            (
                "Minister resigns over harbour contract – Henry’s Club",
                "Minister resigns over harbour contract",
                True,
            ),
            (
                "Minister resigns over harbour contract | The Daily",
                "Minister resigns over harbour contract",
                True,
            ),
            (
                "Minister resigns over harbour contract - BBC News",
                "Minister resigns over harbour contract",
                True,
            ),
            ("Contract was legal – Ostrova", "Contract was legal – Ostrova", False),
            ("Harbour contract 'to be checked' - police", "Harbour contract 'to be checked' - police", False),
        ],
    )
    def test_the_sites_name_behind_it_is_cut_but_not_a_speakers(
        self, line: str, headline: str, outlet: bool
    ) -> None:
        """ "– Ostrova" says who speaks, "– Henry’s Club" where the page is from."""
        text = "\n".join([line, "", *STORY])
        lines = mark_lines(text)
        assert (text[lines[0].start : lines[0].end], lines[0].role) == (headline, "headline")
        assert (lines[1].role == "meta") is outlet

    def test_it_is_found_below_the_menus(self) -> None:
        """The first line of a page is rarely its headline."""
        text = "\n".join(["Today’s Paper", "Puzzles", "Minister resigns over contract", "", *STORY])
        assert roles(text)["Minister resigns over contract"] == "headline"
        assert roles(text)["Today’s Paper"] == "boilerplate"

    def test_one_heading_between_paragraphs_is_a_headline_three_are_a_list(self) -> None:
        """Lists of other stories have no paragraph between them."""
        text = "\n".join(
            [STORY[0], "What comes next", STORY[1], "Rates rise", "Storm nears", "Cup final", STORY[2]]
        )
        assert roles(text)["What comes next"] == "headline"
        assert roles(text)["Storm nears"] == "boilerplate"

    def test_a_question_or_a_title_ending_in_an_abbreviation_is_one(self) -> None:
        """Full stops do not always end sentences."""
        for title in ("Will the minister resign?", "Harbour sold to fund from the U.S."):
            assert roles("\n".join([title, "", *STORY]))[title] == "headline"

    def test_a_story_without_headline_has_none(self) -> None:
        """The lead must not be taken for one."""
        assert set(roles("\n".join(STORY)).values()) == {"body"}

    @pytest.mark.parametrize(
        "text", ["Russia has 100,000 troops near the border", "yes", "94,000", "\n\n—\n"]
    )
    def test_a_text_of_one_line_is_its_own_story(self, text: str) -> None:
        """Somebody may paste a sentence without its full stop."""
        expected = "boilerplate" if text == "\n\n—\n" else "body"
        assert {line.role for line in mark_lines(text)} == {expected}


class TestRepeats:
    """Lines that say what another says."""

    def test_a_caption_repeats_its_paragraph_wherever_it_stands(self) -> None:
        """Counted twice, one claim would corroborate itself."""
        caption = STORY[2].rstrip(".")
        for order in ((caption, *STORY), (*STORY[:2], caption, STORY[2]), (*STORY, caption)):
            text = "\n".join(order)
            lines = mark_lines(text)
            (repeating,) = [line for line in lines if line.repeats is not None]
            assert text[repeating.start : repeating.end] == caption
            target = lines[repeating.repeats or 0]
            assert text[target.start : target.end] == STORY[2]
            assert target.role == "body"

    def test_the_second_of_two_equal_paragraphs_repeats_the_first(self) -> None:
        """Pull quotes stand in the text and beside it."""
        text = "\n".join([*STORY, STORY[0]])
        assert [line.repeats for line in mark_lines(text)] == [None, None, None, 0]

    @pytest.mark.parametrize(
        "other",
        [
            "The transport minister of Mavren, Lena Ostrova, has 122 houses here, her office said.",
            "The transport minister of Mavren, Lena Ostrova, does not have 94 houses here, her office said.",
        ],
    )
    def test_another_number_or_a_denial_is_another_statement(self, other: str) -> None:
        """94 and 122 are two figures, "has" and "does not have" two claims."""
        one = "The transport minister of Mavren, Lena Ostrova, has 94 houses here, her office said."
        assert [line.repeats for line in mark_lines("\n".join([one, other]))] == [None, None]

    def test_a_long_paragraph_does_not_hold_a_short_one_by_chance(self) -> None:
        """The same words in another order say something else."""
        text = (
            "He said the police had seen all the payments in June.\n"
            "In June the harbour was closed, and all that had been seen of the payments, the minister said, "
            "were two papers that he gave to the police."
        )
        assert all(line.repeats is None for line in mark_lines(text))


class TestHardWrapping:
    """Mail, PDF text and old wire copy."""

    def test_a_wrapped_paragraph_is_one_line(self) -> None:
        """A sentence must not end where a line does."""
        text = (
            "The transport minister of Mavren resigned on Monday over a contract\n"
            "for the harbour of Lorvik, her office said. She denied that she had\n"
            "known of payments.\n"
            "\n"
            "The opposition called for an early election, which the prime minister\n"
            "ruled out.\n"
        )
        assert [text[line.start : line.end].count("\n") for line in mark_lines(text)] == [2, 1]

    def test_paragraphs_of_one_line_each_stay_apart(self) -> None:
        """Papers without blank lines between paragraphs are not wrapped."""
        assert len(mark_lines("\n".join(STORY))) == 3


class TestEveryText:
    """What holds whatever comes in."""

    LINES = st.sampled_from(
        [*FURNITURE, *ABOUT, *STORY, *(line.rstrip(".") for line in STORY), "", " ", "What next"]
    )

    @staticmethod
    def check(text: str) -> None:
        lines = mark_lines(text)
        position = 0
        for line in lines:
            assert text[position : line.start].strip() == ""
            assert line.start < line.end
            assert text[line.start : line.end] == text[line.start : line.end].strip()
            position = line.end
        assert text[position:].strip() == ""
        for index, line in enumerate(lines):
            if line.repeats is not None:
                assert line.repeats != index
                assert lines[line.repeats].repeats is None
                assert line.role == "body" or lines[line.repeats].role in ("body", "caption", "headline")

    @given(st.lists(LINES, max_size=25).map("\n".join))
    @settings(max_examples=200, deadline=None)
    def test_lines_cover_a_page_in_order(self, text: str) -> None:
        """Nothing is cut: each character that isn't white space is in exactly one line."""
        self.check(text)

    @given(st.text(max_size=400))
    @settings(max_examples=200, deadline=None)
    def test_lines_cover_any_text_in_order(self, text: str) -> None:
        """Control characters, other scripts, separators that Unicode counts as line ends."""
        self.check(text)

    @pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.txt")), ids=lambda path: path.stem)
    def test_lines_cover_the_articles(self, path: Path) -> None:
        """The five, with all their oddities."""
        self.check(path.read_text("utf-8"))

    @pytest.mark.parametrize(
        "text",
        [
            "1," * 50_000,
            "(" * 100_000,
            " " * 100_000,
            "\n" * 100_000,
            "word " * 20_000,
            "By " * 30_000,
            "(photo " * 15_000,
            "Photo caption, " * 7_000,
            "date 2022-01-19 " * 6_000,
            " - " * 30_000,
            "Menu\n" * 20_000,
            "Mavren has 94,000 troops near the border of Sorrel, it said.\n" * 2_000,
            "".join(
                f"Mavren has {number} troops near the border of Sorrel, it said.\n" for number in range(2_000)
            ),
            "The minister said that the\nnew law would not\n" * 2_500,
        ],
        ids=lambda text: text[:12],
    )
    def test_long_and_strange_texts_take_linear_time(self, text: str) -> None:
        """One page must not hold up the others."""
        began = time.process_time()
        mark_lines(text)
        assert time.process_time() - began < 4
