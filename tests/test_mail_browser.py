"""The mail as a reader sees it: phone and desk, light and dark, in a real browser."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import DESK, browser, opened
from edition_samples import DEAD, SOURCES, hostile_edition, large_edition, second_edition, toll_edition
from rendering_samples import HOSTILE

from summarizer.briefing.edition_mail import letter_of
from summarizer.records.edition import Edition
from summarizer.rendering.edition_page import render_edition_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SMALL_PHONE = (360, 740)
#: Rules of axe that are about pages of a site, not about a mail: a mail has no landmarks of its own.
WCAG_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_CUT_OFF = """() => [...document.querySelectorAll("p, li, td, th, h1, h2, h3, caption, img")]
    .filter(one => {
        const box = one.getBoundingClientRect();
        return box.right > innerWidth + 1 || box.left < -1;
    })
    .map(one => one.outerHTML.slice(0, 120))"""
_COLORS = """() => { const style = getComputedStyle(document.querySelector(".cell"));
    return [style.color, getComputedStyle(document.querySelector(".wrap")).backgroundColor] }"""


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    """One browser for all tests of this file."""
    with browser() as running:
        yield running


def written(edition: Edition, file: Path) -> Path:
    """The HTML part as a mail program shows it: its pictures in their places."""
    letter = letter_of(edition)
    html = letter.html
    for picture in letter.pictures:
        data = base64.b64encode(picture.png).decode()
        html = html.replace(f"cid:{picture.name}", f"data:image/png;base64,{data}")
    file.write_text(html, encoding="utf-8")
    return file


def samples() -> dict[str, Edition]:
    """A day with news, one with plots, and one with more than fits."""
    return {
        "news": second_edition(sources=(*SOURCES, DEAD)),
        "toll": toll_edition(),
        "large": large_edition(12),
    }


@pytest.mark.parametrize(
    ("size", "scheme", "kind"),
    [
        (SMALL_PHONE, "light", "toll"),
        (SMALL_PHONE, "light", "large"),
        (SMALL_PHONE, "dark", "news"),
        (DESK, "light", "news"),
        (DESK, "dark", "large"),
    ],
)
def test_the_mail_fits_and_is_readable(
    started: Browser, tmp_path: Path, size: tuple[int, int], scheme: str, kind: str
) -> None:
    """Nothing runs out of the window, contrasts suffice, and nothing is fetched."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe: pip install '.[dev]'")
    file = written(samples()[kind], tmp_path / "mail.html")
    with opened(started, file, size, scheme) as seen:
        assert seen.page.evaluate(_TOO_WIDE) == 0
        assert seen.page.evaluate(_CUT_OFF) == []
        text, ground = seen.page.evaluate(_COLORS)
        dark = ("rgb(230, 232, 235)", "rgb(20, 22, 26)")
        assert (text, ground) == (dark if scheme == "dark" else ("rgb(27, 29, 33)", "rgb(255, 255, 255)"))
        assert [one for one in seen.requests if not one.startswith(("file:", "data:"))] == []
        assert seen.console == []
        if kind != "large":
            options: Any = {"runOnly": {"type": "tag", "values": WCAG_AA}, "resultTypes": ["violations"]}
            result = axe.Axe().run(seen.page, options=options)
            assert result.violations_count == 0, result.generate_report()


def test_the_preheader_is_read_by_inboxes_only(started: Browser, tmp_path: Path) -> None:
    """It adds to the subject; in the open mail it would only repeat what stands below."""
    file = written(second_edition(), tmp_path / "mail.html")
    with opened(started, file) as seen:
        first = seen.page.locator("body > *").first
        assert first.text_content() == second_edition().preheader
        assert not first.is_visible()


def test_the_first_screen_has_the_bottom_line_and_the_first_change(started: Browser, tmp_path: Path) -> None:
    """Whoever reads one screen on the way to work has read what matters."""
    file = written(second_edition(), tmp_path / "mail.html")
    with opened(started, file, SMALL_PHONE) as seen:
        for words in ("Bottom line", "What changed since"):
            box = seen.page.get_by_text(words).first.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] < SMALL_PHONE[1]


def test_hostile_words_neither_act_nor_run_out_of_the_window(started: Browser, tmp_path: Path) -> None:
    """The longest, the widest and the most active words that a title may have."""
    chosen = [word for number, word in enumerate(HOSTILE) if number % 7 == 1 or len(word) > 200]
    files = [
        written(hostile_edition(word), tmp_path / f"{number}.html") for number, word in enumerate(chosen)
    ]
    with opened(started, files[0], SMALL_PHONE) as seen:
        page = seen.page
        page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
        for file, word in zip(files, chosen, strict=True):
            seen.requests.clear()
            page.goto(file.as_uri())
            assert page.evaluate(_TOO_WIDE) == 0, word[:60]
            assert seen.requests == [file.as_uri()], word[:60]
            assert seen.console == [], word[:60]
        page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        for file, word in zip(files[-3:], chosen[-3:], strict=True):
            page.goto(file.as_uri())
            assert page.evaluate(_TOO_WIDE) == 0, word[:60]


def test_the_page_fits_a_phone_too(started: Browser, tmp_path: Path) -> None:
    """The evidence is looked up where the mail is read."""
    file = tmp_path / "page.html"
    file.write_text(render_edition_page(second_edition()), encoding="utf-8")
    with opened(started, file, SMALL_PHONE) as seen:
        assert seen.page.evaluate(_TOO_WIDE) == 0
        seen.page.locator("#changes a").first.click()
        assert "#story-1" in seen.page.url
