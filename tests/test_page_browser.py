"""The page in a real browser: what is lit up is what is cited, and everybody can get there and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import DESK, PHONE, browser, opened
from command import ARTICLES, summarizer
from rendering_samples import HOSTILE, hostile_articles, with_words

from summarizer import extract_brief, load_articles, merge_briefs
from summarizer.rendering.page import render_page
from summarizer.rendering.page_article import ref_anchor, span_anchor
from summarizer.rendering.view import Span, View
from summarizer.rendering.view_digest import view_digest
from summarizer.rendering.wording import replace_unseen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WCAG_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: Least width at which a page must do without a second scroll bar (WCAG 1.4.10).
NARROWEST = (320, 640)
SMALL_PHONE = (360, 740)

#: What stands in the light: the text of all pieces with the background of a target, in order.
_LIT = """() => {
    const probe = document.createElement("span");
    probe.style.setProperty("background", "var(--target)");
    document.body.append(probe);
    const light = getComputedStyle(probe).backgroundColor;
    probe.remove();
    const pieces = [...document.querySelectorAll(".text span")];
    const lit = pieces.filter(one => getComputedStyle(one).backgroundColor === light);
    return lit.map(one => one.textContent).join("");
}"""
#: The same, looking only where the page's target is; fast enough for every item.
_AT_TARGET = """name => {
    const anchor = document.querySelector(":target");
    const pieces = [...document.getElementsByClassName(name)];
    const looks = new Set(pieces.map(one => getComputedStyle(one).outlineStyle));
    const box = pieces[0].getBoundingClientRect();
    return {
        anchor: anchor && anchor.id,
        text: pieces.map(one => one.textContent).join(""),
        looks: [...looks],
        seen: box.bottom > 0 && box.top < innerHeight,
    };
}"""
_SEEN = """id => {
    const target = document.querySelector(":target");
    const box = target && target.getBoundingClientRect();
    return !!target && target.id === id && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
}"""


_TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_ACTING = """() => ({
    odd: [...document.querySelectorAll(
        "script, iframe, img, object, embed, form, input, link, base, audio, video, math, " +
        "[onerror], [onload], [onclick], [onfocus], [onmouseover], [style]"
    )].map(one => one.outerHTML),
    links: [...document.links].map(one => one.getAttribute("href")),
    display: getComputedStyle(document.body).display,
})"""
_UNSEEN_ROWS = """() => [...document.querySelectorAll("section li, section tr")]
    .filter(one => !one.checkVisibility()).length"""
_FOLDED = "details:not([open]) > summary"


@dataclass(frozen=True)
class Story:
    """The page of the five articles, with all that it must show."""

    file: Path
    view: View
    texts: dict[int, str]

    def items(self) -> Iterator[tuple[str, Span, str]]:
        """Every item with its first span and the words that the article has there."""
        for table in (*self.view.figures, *self.view.outlook):
            for row in table.rows:
                yield row.ref, row.spans[0], self.words(row.spans[0])
        for group in self.view.claims:
            for claim in group.rows:
                for voice in claim.voices:
                    yield voice.ref, voice.spans[0], self.words(voice.spans[0])

    def words(self, span: Span) -> str:
        """The article's text at a span."""
        return replace_unseen(self.texts[span.source][span.start : span.end])


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    """One browser for all tests of this file."""
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The five articles' page, as `make digest` writes it."""
    loaded = load_articles([ARTICLES])
    digest = merge_briefs([extract_brief(one) for one in loaded.articles], loaded.coverage)
    view = view_digest(digest)
    articles = {one.id: one for one in loaded.articles}
    file = tmp_path_factory.mktemp("page") / "digest.html"
    file.write_text(render_page(view, articles), encoding="utf-8")
    return Story(file, view, {row.number: articles[row.id].text for row in view.sources})


def unfold(page: Page) -> None:
    """Open all that is folded away, as a reader would."""
    while page.locator(_FOLDED).count():
        page.locator(_FOLDED).first.click()


def plain(text: str) -> str:
    """White space doesn't count where a quote is shown on one line."""
    return " ".join(text.split())


def test_every_item_leads_to_its_span_and_back_by_click_and_by_keyboard(
    started: Browser, story: Story
) -> None:
    """A digest is worth forwarding only if each line of it proves itself in the reader's hands."""
    with opened(started, story.file, DESK, script=False) as seen:
        page = seen.page
        unfold(page)
        checked = 0
        for ref, span, words in story.items():
            name = span_anchor(span)
            item = page.locator(f'[id="{ref_anchor(ref)}"]')
            link = item.locator(f'a[href="#{name}"]').first
            back = page.locator(f'.text a.back[href="#{ref_anchor(ref)}"]').and_(
                page.locator(f'[aria-label="back to {ref}"]')
            )
            assert plain(words) in plain(link.inner_text()), ref
            by_click = checked % 2 == 0
            link.click() if by_click else link.press("Enter")
            found = page.evaluate(_AT_TARGET, name)
            assert found == {"anchor": name, "text": words, "looks": ["solid"], "seen": True}, ref
            if checked % 20 == 0:
                assert page.evaluate(_LIT) == words, f"{ref}: nothing else is in the light"
            at = back.first
            at.press("Enter") if by_click else at.click()
            assert page.evaluate(_SEEN, ref_anchor(ref)), ref
            checked += 1
        assert checked > 150
        assert seen.console == []
        assert seen.requests == [story.file.as_uri()]


def test_the_keyboard_alone_leads_from_the_top_to_evidence_and_back(started: Browser, story: Story) -> None:
    """Whoever can't use a mouse must get as far as anybody else."""
    with opened(started, story.file) as seen:
        page = seen.page
        focused = "() => document.activeElement.className + ' ' + document.activeElement.getAttribute('href')"
        page.keyboard.press("Tab")
        assert page.evaluate(focused) == "skip #main"
        assert page.locator(".skip").bounding_box()["x"] >= 0, "seen while it has the focus"
        page.keyboard.press("Enter")
        for _ in range(100):
            page.keyboard.press("Tab")
            if page.evaluate(focused).startswith("quote "):
                break
        href = page.evaluate("() => document.activeElement.getAttribute('href')")
        page.keyboard.press("Enter")
        assert page.evaluate("() => location.hash") == href
        assert page.evaluate(focused).startswith("back "), "the way back is where the focus now is"
        page.keyboard.press("Enter")
        assert page.evaluate("() => location.hash").startswith("#i-")
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.getAttribute('href')") == href


def test_a_way_back_to_a_folded_item_unfolds_it(started: Browser, story: Story) -> None:
    """Folded away must not mean out of reach."""
    with opened(started, story.file, PHONE) as seen:
        page = seen.page
        hidden = page.locator("details:not([open]) .voices li").last
        name = hidden.get_attribute("id")
        assert not hidden.is_visible()
        page.locator(f'.text a.back[href="#{name}"]').first.click()
        assert page.locator(f'[id="{name}"]').is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_page_meets_wcag_22_aa(
    started: Browser, story: Story, size: tuple[int, int], scheme: str
) -> None:
    """News is for everybody: screen readers, weak eyes, keyboards (axe-core, rules for A and AA)."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe: pip install '.[dev]'")
    with opened(started, story.file, size, scheme) as seen:
        unfold(seen.page)
        seen.page.locator("a.quote").first.click()  # a span in the light is a state of its own
        options: Any = {"runOnly": {"type": "tag", "values": WCAG_AA}, "resultTypes": ["violations"]}
        result = axe.Axe().run(seen.page, options=options)
        assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("size", [NARROWEST, SMALL_PHONE, PHONE], ids=["320", "360", "390"])
def test_nothing_makes_a_phone_scroll_sideways(started: Browser, story: Story, size: tuple[int, int]) -> None:
    """Lines that run out of the window are lines that nobody reads."""
    with opened(started, story.file, size) as seen:
        unfold(seen.page)
        assert seen.page.evaluate(_TOO_WIDE) == 0


def test_labels_of_a_plot_stay_inside_and_apart(started: Browser, story: Story) -> None:
    """A number that another one covers, or that the edge cuts, is a wrong number."""
    with opened(started, story.file, PHONE) as seen:
        plots = seen.page.evaluate("""() => [...document.querySelectorAll("svg.plot")].map(plot => {
            const of = one => { const b = one.getBoundingClientRect();
                return [b.left, b.right, b.top, b.bottom, one.textContent] };
            return [of(plot), [...plot.querySelectorAll("text")].map(of)];
        })""")
        assert plots
        for (left, right, top, bottom, _), labels in plots:
            for label in labels:
                assert left - 1 <= label[0], label
                assert label[1] <= right + 1, label
                assert top - 1 <= label[2], label
                assert label[3] <= bottom + 1, label
            for number, one in enumerate(labels):
                for other in labels[number + 1 :]:
                    over = min(one[1], other[1]) - max(one[0], other[0])
                    under = min(one[3], other[3]) - max(one[2], other[2])
                    assert over <= 0 or under <= 2, (one, other)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_print_shows_all_of_it_in_ink_on_paper(started: Browser, story: Story, scheme: str) -> None:
    """On paper nothing can be unfolded or clicked, and pale letters for a dark screen can't be read."""
    with opened(started, story.file, DESK, scheme) as seen:
        page = seen.page
        assert page.evaluate(_UNSEEN_ROWS) > 0, "on a screen much is folded away"
        page.emulate_media(media="print", color_scheme="dark" if scheme == "dark" else "light")
        assert page.evaluate(_UNSEEN_ROWS) == 0
        assert not page.locator(".skip").is_visible()
        assert page.evaluate("() => getComputedStyle(document.body).color") == "rgb(27, 29, 33)"
        assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.pdf(format="A4").startswith(b"%PDF")


def test_hostile_words_do_nothing_in_a_browser(started: Browser, tmp_path: Path) -> None:
    """The page is made of other people's words; a real browser must find nothing in them to act on."""
    files = {tmp_path / f"{number}.html": word for number, word in enumerate(HOSTILE)}
    for file, word in files.items():
        file.write_text(render_page(view_digest(with_words(word)), hostile_articles(word)), encoding="utf-8")
    blank = tmp_path / "blank.html"
    blank.write_text("<!DOCTYPE html><title>blank</title>", encoding="utf-8")
    with opened(started, blank, SMALL_PHONE) as seen:
        page = seen.page
        page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
        for file, word in files.items():
            seen.requests.clear()
            page.goto(file.as_uri())
            page.mouse.move(200, 400)
            page.keyboard.press("Tab")
            found = page.evaluate(_ACTING)
            assert found["odd"] == [], word
            away = {link for link in found["links"] if not link.startswith("#")}
            assert away <= {word}, word
            assert all(re.match(r"https?://", link) for link in away), word
            assert found["display"] == "block", word
            assert page.evaluate(_TOO_WIDE) == 0, word
            assert seen.console == [], word
            assert seen.requests == [file.as_uri()], word
        for file in list(files)[-6:]:  # the long words
            page.goto(file.as_uri())
            page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
            assert page.evaluate(_TOO_WIDE) == 0, files[file]


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of forty articles on six topics and four that stand alone."""
    file = tmp_path_factory.mktemp("pile") / "stories.html"
    forty = Path(__file__).parent / "data" / "stories" / "forty.jsonl"
    assert summarizer("digest", forty, "-o", file, home=file.parent).code == 0
    return file


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")])
def test_the_page_of_a_pile_meets_wcag_22_aa(
    started: Browser, pile: Path, size: tuple[int, int], scheme: str
) -> None:
    """Ten stories on one page: each heading, link and colour must still serve everybody."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    with opened(started, pile, size, scheme) as seen:
        unfold(seen.page)
        results = axe.Axe().run(seen.page, options={"runOnly": {"type": "tag", "values": WCAG_AA}})
        assert results.violations_count == 0, results.generate_report()
        assert seen.page.evaluate(_TOO_WIDE) <= 0
        assert len(seen.requests) == 1  # the page itself


def test_every_link_of_a_pile_leads_somewhere_on_its_page(started: Browser, pile: Path) -> None:
    """Refs of one story must not lead into another's evidence, or nowhere."""
    with opened(started, pile, DESK, script=False) as seen:
        ids = seen.page.evaluate("() => [...document.querySelectorAll('[id]')].map(one => one.id)")
        links = seen.page.evaluate("() => [...document.links].map(one => one.getAttribute('href'))")
        assert len(ids) == len(set(ids))
        inner = [link[1:] for link in links if link.startswith("#")]
        assert len(inner) > 500
        assert set(inner) <= set(ids)
