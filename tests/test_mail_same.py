"""Text, HTML and page of an edition say the same; plots say what their words say."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from edition_samples import (
    DEAD,
    SECOND_DAY,
    SOURCES,
    TOO_LARGE,
    first_edition,
    hostile_edition,
    large_edition,
    material,
    second_edition,
    toll_edition,
)
from lxml import html as lxml_html
from PIL import Image
from rendering_samples import HOSTILE
from test_render_page import Page

from summarizer.briefing.edition import make_edition
from summarizer.briefing.edition_mail import letter_of
from summarizer.records.edition import Edition
from summarizer.rendering.edition_page import render_edition_page
from summarizer.rendering.edition_view import view_edition
from summarizer.rendering.mail_html import mail_part
from summarizer.rendering.mail_plot import plot_alt, plot_png
from summarizer.rendering.mail_text import lay_out_text
from summarizer.rendering.view import FigureRow, FigureTable, Span
from summarizer.rendering.view_edition import EditionView, Quoted


def samples() -> dict[str, Edition]:
    """Editions that show everything that an edition can show."""
    return {
        "first": first_edition(),
        "news": second_edition(sources=(*SOURCES, DEAD), problems=(TOO_LARGE,)),
        "toll": toll_edition(),
        "large": large_edition(12),
        "failed": make_edition(material(SECOND_DAY, sources=(DEAD,))),
    }


def quoted(one: Quoted | None) -> Iterator[str]:
    """All of a quote that a reader must be able to read."""
    if one:
        yield from (one.who, one.stance, one.words, one.place)


def said(view: EditionView) -> Iterator[str]:
    """Everything that a reader must be able to read, whatever the layout."""
    yield from (view.title, view.dateline, view.bottom_line, view.caution, view.alone)
    yield from (part for banner in view.banners for part in banner)
    for change in view.changes:
        yield from (change.heading, change.about)
        for row in change.rows:
            yield from (row.kind, row.about, row.reason)
            for side in (row.now, row.before, row.denial):
                yield from quoted(side)
    yield from view.unchanged
    for figures in view.figures:
        yield from (figures.heading, figures.kind, *figures.notes)
        for figure in figures.rows:
            yield from (figure.value, figure.what, figure.words, figure.who, figure.as_of)
    for claims in view.claims:
        for claim in claims.rows:
            yield from (claim.text, claim.standing, *claim.answers)
            for voice in (*claim.affirm, *claim.deny):
                yield from quoted(voice)
    for events in view.events:
        for event in events.rows:
            yield from (event.date, event.text)
    for gaps in view.gaps:
        yield from gaps.rows
    for source in view.sources:
        yield from (source.name, source.about, source.link)
    yield from (*view.coverage, *view.failures, *view.made_by)


def spaced(text: str) -> str:
    """Without line ends, marks of cues, and the capitals that a layout gives to headings."""
    return " ".join(re.sub("[«»]", "", text).split()).casefold()


def html_text(html: str) -> str:
    """What a mail program shows of an HTML part, addresses of links included."""
    tree = lxml_html.document_fromstring(html)
    links = " ".join(tree.xpath("//a/@href"))
    for one in tree.iter("td", "th", "p", "li", "h1", "h2", "h3", "br", "caption"):
        one.tail = f" {one.tail or ''}"
    return spaced(f"{tree.find('body').text_content()} {links}")


@pytest.mark.parametrize("kind", ["first", "news", "toll", "large", "failed"])
def test_text_and_html_say_the_same(kind: str) -> None:
    """Whoever reads mail on a watch or has it read aloud gets every fact, and in the same words."""
    part = mail_part(samples()[kind])
    text, html = spaced(lay_out_text(part.view)), html_text(part.html)
    checked = 0
    for phrase in map(spaced, said(part.view)):
        assert phrase in text, f"the text lacks {phrase!r}"
        assert phrase in html, f"the HTML lacks {phrase!r}"
        checked += bool(phrase)
    assert checked > 8
    cuts = re.findall(r"… \d+ more [a-z ]+", spaced(part.html))
    assert sorted(re.findall(r"… \d+ more [a-z ]+", text)) == sorted(cuts)


@pytest.mark.parametrize("kind", ["first", "news", "toll", "failed"])
def test_the_page_says_all_that_the_mail_says(kind: str) -> None:
    """Whoever follows a line of the mail to the page finds it there."""
    edition = samples()[kind]
    page = spaced(Page(render_edition_page(edition)).text)
    view = mail_part(edition).view
    phrases = [view.title, view.dateline, view.bottom_line, view.alone, *view.coverage, *view.failures]
    phrases += [part for banner in view.banners for part in banner]
    for change in view.changes:
        phrases += [change.heading, change.about, *(row.reason for row in change.rows)]
        phrases += [row.now.words for row in change.rows if row.now]
    for figures in view.figures:
        phrases += [part for row in figures.rows for part in (row.value, row.words)]
    for claims in view.claims:
        phrases += [voice.words for row in claims.rows for voice in (*row.affirm, *row.deny)]
    for phrase in map(spaced, phrases):
        assert phrase.rstrip("…") in page, f"the page lacks {phrase!r}"


def test_the_page_leads_to_its_evidence() -> None:
    """Every link of the page leads somewhere on it, and the quotes stand in their articles."""
    page = render_edition_page(second_edition())
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids
    assert {"article-1", "story-1", "bottom-line", "changes", "edition-coverage"} <= ids
    assert page.count('class="quote"') > 20
    assert "default-src &#x27;none&#x27;" in page


@pytest.mark.parametrize("number", range(0, len(HOSTILE), 5))
def test_hostile_words_do_nothing_on_the_page(number: int) -> None:
    """The page is made of the same words as the mail."""
    page = Page(render_edition_page(hostile_edition(HOSTILE[number])))
    assert not page.tags & {"script", "iframe", "img", "form", "input", "base", "link", "object"}


def test_hedges_survive_into_every_part() -> None:
    """ "May" and "could" stand in the mail wherever they stand in the article, and are marked."""
    edition = second_edition()
    part = mail_part(edition)
    text = " ".join(lay_out_text(part.view).split())
    assert "(possible) “Prices of groceries «could» rise by up to 8 percent" in text
    for view in (view_edition(edition), part.view):
        for change in view.changes:
            for row in change.rows:
                if row.now and row.now.stance:
                    assert any(piece.cue for piece in row.now.pieces), row


def test_what_is_cut_is_on_the_page_where_readers_have_one() -> None:
    """ "See the page" without an address sends a reader nowhere."""
    address = "https://orva.example/briefing/2025-05-13.html"
    with_page = letter_of(second_edition(page=address))
    assert f'href="{address}"' in with_page.html
    assert f"\n{address}\n" in with_page.text
    assert "5 more changes: see the page of this edition." in " ".join(with_page.text.split())
    without = letter_of(second_edition())
    assert "see the page" not in without.text + without.html
    assert "5 more changes: not in this mail." in " ".join(without.text.split())


# Plots.


def row(value: str, low: float | None, high: float | None, who: str, source: int, **more: bool) -> FigureRow:
    """A figure of a series."""
    return FigureRow(
        ref=f"{source}/f1", series="", value=value, words=value, counted="people killed", who=who,
        as_of=f"2025-05-1{source}", place=None, low=low, high=high, spans=(Span(source, 0, 5),), **more,
    )  # fmt: skip


SERIES = FigureTable(
    "S1",
    "People killed",
    "actual",
    "count",
    (
        row("at least 31", 31, None, "Sarvo coastguard", 1),
        row("44", 44, 44, "Sarvo coastguard", 2),
        row("about 50", 50, 50, "the islands' government", 3, contested=True),
        row("40 to 60", 40, 60, "Ligature 日本 æøå", 4),
        row("at most 70", None, 70, "W" * 200, 5),
    ),
)


def test_the_alt_text_says_what_the_plot_shows() -> None:
    """ "Chart" tells nothing to somebody who doesn't see it."""
    alt = plot_alt(SERIES)
    assert alt.startswith("Plot of People killed, by date. 2025-05-11: at least 31, Sarvo coastguard [1]; ")
    for one in SERIES.rows[:4]:
        assert f"{one.as_of}: {one.value}, {one.who} [{one.spans[0].source}]" in alt
    assert len(alt) < 700


def test_a_plot_is_small_and_the_same_every_time() -> None:
    """A mail goes to many; and what waited in the ledger must not change."""
    png = plot_png(SERIES)
    assert png == plot_png(SERIES)
    assert len(png) < 40_000
    with Image.open(io.BytesIO(png)) as image:
        image.load()
        assert image.width == 880
        colors = image.convert("RGB").getcolors(10_000)
    assert colors is not None
    assert max(colors)[1] == (255, 255, 255), "the ground is white, in dark mode too"


def test_letters_that_the_font_lacks_lose_their_marks() -> None:
    """Empty boxes look like a broken picture; the table and the alt text have the name as it is."""

    def drawn(who: str) -> bytes:
        rows = (row("1", 1, 1, who, 1), row("2", 2, 2, "B", 2), row("3", 3, 3, "C", 3))
        return plot_png(FigureTable("S1", "T", "actual", "count", rows))

    assert drawn("Erdoğan, Ærø – Łódź") == drawn("Erdogan, Aero - Lodz")
    assert drawn("Reuters 日本") == drawn("Reuters ??")
    assert drawn("日本の首相") == drawn("source") != drawn("sourca")


def test_marks_stand_where_their_values_are() -> None:
    """A dot at the wrong place is a wrong number: of two exact figures the greater stands to the right."""

    def blue_columns(low: float, high: float) -> float:
        rows = (row("x", low, low, "A", 1), row("y", high, high, "B", 2), row("z", low, low, "C", 3))
        with Image.open(io.BytesIO(plot_png(FigureTable("S1", "T", "actual", "count", rows)))) as image:
            pixels = image.convert("RGB")
            columns = [
                x
                for x in range(pixels.width)
                for y in range(0, pixels.height, 6)
                if (color := pixels.getpixel((x, y)))
                and isinstance(color, tuple)
                and color[2] - color[0] > 120
            ]
        return max(columns) - min(columns)

    assert blue_columns(10, 90) > 600
    assert blue_columns(10, 11) > 600  # the axis fits its figures
    assert blue_columns(10, 90) == pytest.approx(blue_columns(1_000, 9_000), abs=4)


def test_a_mail_has_few_plots_and_names_each_once() -> None:
    """Each is a part of its own, and two of one name would show one picture twice."""
    letter = letter_of(toll_edition())
    names = [one.name for one in letter.pictures]
    assert names == ["plot-1@edition"]
    assert letter.html.count("cid:plot-1@edition") == 1
    assert letter.pictures[0].alt in html_alt(letter.html)


def html_alt(html: str) -> list[str]:
    """The alt texts of a page."""
    return list(lxml_html.document_fromstring(html).xpath("//img/@alt"))
