"""The HTML part of a mail: what mail programs keep, what nobody can put into it, and how large it gets."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from edition_samples import (
    DEAD,
    FIRST_DAY,
    SECOND_DAY,
    SOURCES,
    TOO_LARGE,
    first_edition,
    hostile_edition,
    large_edition,
    material,
    second_edition,
)
from lxml import html as lxml_html
from mail_lint import MAX_BYTES, contrast, lint, matches
from rendering_samples import HOSTILE

from summarizer.briefing.edition import make_edition
from summarizer.briefing.edition_mail import letter_of
from summarizer.records.edition import Correction, Edition
from summarizer.rendering.mail_html import mail_part, render_mail_html
from summarizer.rendering.mail_text import render_mail_text

SECTIONS = [
    "Bottom line",
    "What changed since the edition of 12 May 2025",
    "Figures",
    "Claims and denials",
    "Timeline",
    "Gaps and open questions",
    "Sources",
    "Coverage",
]


def editions() -> dict[str, Edition]:
    """An edition of every kind that readers get."""
    correction = Correction(reason="The number of people who left was given as 1,200.")
    return {
        "first": first_edition(),
        "news": second_edition(),
        "degraded": second_edition(sources=(*SOURCES, DEAD), problems=(TOO_LARGE,)),
        "correction": second_edition(revision=1, correction=correction),
        "quiet": make_edition(material(FIRST_DAY, sources=())),
        "failed": make_edition(material(FIRST_DAY, sources=(DEAD,))),
    }


@pytest.mark.parametrize("kind", ["first", "news", "degraded", "correction", "quiet", "failed"])
def test_every_kind_of_edition_passes_the_lint(kind: str) -> None:
    """Size, alt texts, roles, scopes, contrast in light and dark, nothing remote, no script."""
    part = mail_part(editions()[kind])
    assert lint(part.html, [plot.name for plot in part.plots]) == []


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ('<img src="https://evil.example/x.png" alt="">', "no part of the mail"),
        ("<script>x</script>", "<script>"),
        ('<p style="color:#999999;background-color:#ffffff">x</p>', "contrast"),
        ('<p style="color:#1b1d21">x</p>', "dark: #1b1d21"),
        ("<table><tr><td>1</td></tr></table>", "no scope"),
        ('<a href="javascript:x">y</a>', "link to"),
        ("<h3>x</h3><h1>y</h1><h3>z</h3>", "skip a level"),
        ('<p onclick="x">y</p>', "<p onclick>"),
        ('<p style="background:url(https://evil.example)">y</p>', "style"),
        ("x" * MAX_BYTES, "bytes"),
    ],
)
def test_the_lint_finds_what_it_is_for(wrong: str, complaint: str) -> None:
    """A lint that finds nothing proves nothing."""
    html = render_mail_html(first_edition()).replace('<div class="foot"', f'{wrong}<div class="foot"', 1)
    assert any(complaint in one for one in lint(html)), lint(html)


def test_the_lint_reads_selectors_and_colors_right() -> None:
    """Black on white is 21 to 1; a rule for a class takes no other one."""
    assert round(contrast("#000000", "#ffffff"), 1) == 21
    cell = lxml_html.fragment_fromstring('<table class="data"><tr><th scope="col">x</th></tr></table>').find(
        ".//th"
    )
    assert matches(cell, "table.data th[scope=col]")
    assert not matches(cell, "table.data th[scope=row]")
    assert not matches(cell, "table.other th")


def test_the_sections_stand_in_the_order_that_readers_know() -> None:
    """Bottom line, changes, figures, claims and denials, timeline, gaps, sources, footer."""
    edition = second_edition(previous=(first_edition(),))
    tree = lxml_html.document_fromstring(render_mail_html(edition))
    found = [one.text_content() for one in tree.iter("h2")]
    assert found == [one for one in SECTIONS if one in found]
    assert {"Bottom line", SECTIONS[1], "Figures", "Claims and denials", "Sources", "Coverage"} <= set(found)
    text = render_mail_text(edition)
    places = [text.find(f"\n{one.upper()}\n---") for one in found]
    assert places == sorted(places)
    assert -1 not in places


def test_one_source_is_never_sources() -> None:
    """ "Sources say" over one article is how rumours start."""
    for edition in editions().values():
        text = render_mail_text(edition)
        assert not re.search(r"\b1 (?:sources|articles|items|figures|stories|origins|changes)\b", text)
    one = make_edition(
        material(
            SECOND_DAY,
            collection=_alone(second_edition()).collection,
            articles=second_edition().articles[:1],
            sources=SOURCES[:1],
        )
    )
    text = render_mail_text(one)
    assert "\nSOURCE\n------" in text
    assert "SOURCES" not in text
    assert "Story 1 rests on one article" in text


def _alone(edition: Edition) -> Edition:
    """The edition with nothing but its last story, which rests on one article."""
    assert edition.collection is not None
    collection = edition.collection.model_copy(update={"stories": (), "alone": edition.collection.alone[-1:]})
    place = next(one for one in edition.order if one.story == collection.alone[0].id)
    return edition.model_copy(update={"collection": collection, "order": (place,)})


def test_likelihood_and_confidence_never_share_a_sentence() -> None:
    """ICD 203: "likely" says how likely; how many origins stand behind it is another sentence."""
    likely = r"(?:possible|probable|likely|could|may|might)"
    confident = r"(?:origins?\b|corroborat|confidence)"
    for edition in (first_edition(), second_edition(), large_edition(3)):
        for line in _own_sentences(mail_part(edition).view):
            assert not (re.search(likely, line, re.IGNORECASE) and re.search(confident, line)), line


def _own_sentences(view: object) -> list[str]:
    """Our own sentences: standings of claims, reasons of changes, notes."""
    return [
        sentence for part in view.claims for row in part.rows for sentence in (row.text, row.standing)
    ] + [row.reason for part in view.changes for row in part.rows]


def test_numbers_of_different_sources_are_never_added_up() -> None:
    """Two tolls of 1 and 2 are no 3: every number of the figure table is one that a source gave."""
    edition = second_edition()
    texts = "\n".join(one.text for one in edition.articles)
    for part in mail_part(edition).view.figures:
        for row in part.rows:
            assert (row.words or row.value) in " ".join(texts.split())


# Size.


@pytest.mark.parametrize("stories", [12, 30])
def test_no_edition_is_too_large_for_a_mail_and_says_what_it_leaves_out(stories: int) -> None:
    """Gmail clips at 102 kB, and cuts off the caution and the sources with it."""
    edition = large_edition(stories)
    part = mail_part(edition)
    assert len(part.html.encode()) < MAX_BYTES
    shown = len(part.view.changes)
    if part.view.stories_cut:
        assert shown + part.view.stories_cut.left == stories
        assert f"{stories - shown} more changed stories" in render_mail_text(edition)
    assert part.view.sources_cut is not None
    listed = len(part.view.sources) + part.view.sources_cut.left
    assert edition.collection is not None
    assert listed == sum(len(story.articles) for story in edition.collection.all_stories)
    assert part.view.caution in part.html


def test_what_is_cut_is_counted_to_the_last_row() -> None:
    """ "… 5 more changes" must be five: ten changes are in that story, a denial and its claim being one."""
    part = mail_part(second_edition())
    (dam, _) = part.view.changes
    assert dam.cut is not None
    assert len(dam.rows) + dam.cut.left == 10
    assert f"… {dam.cut.left} more changes" in part.html


def test_the_hugest_words_fit_too() -> None:
    """A title of three thousand letters, and an address of two thousand."""
    for word in ("W" * 3_000, "https://evil.example/" + "x" * 2_000, "ü" * 5_000):
        html = render_mail_html(hostile_edition(word))
        assert len(html.encode()) < MAX_BYTES


# Hostile words.


@pytest.mark.parametrize("word", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_words(word: str) -> None:
    """Whatever a feed writes into a title, a quote or a name, a mail shows it and does nothing."""
    edition = hostile_edition(word)
    letter = letter_of(edition)
    assert lint(letter.html, [one.name for one in letter.pictures]) == []
    assert not re.search(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]", letter.html + letter.text
    )


def test_nothing_of_ours_is_read_from_the_network(tmp_path: Path) -> None:
    """A style sheet that a mail program would fetch tells its author who reads."""
    html = render_mail_html(second_edition())
    assert "@import" not in html
    assert "url(" not in html
    assert not re.search(r"<(?:link|script|iframe|object|form|input|base)\b", html)
    sources = set(re.findall(r'src="([^"]+)"', html))
    assert all(one.startswith("cid:") for one in sources)


def test_the_same_edition_gives_the_same_bytes() -> None:
    """What waited in the ledger is what was planned."""
    first, again = letter_of(second_edition()), letter_of(Edition.from_json(second_edition().to_json(), "x"))
    assert first == again
    assert replace(first, html="") != first
