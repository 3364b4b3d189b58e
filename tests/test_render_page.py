"""The HTML page: self-contained, safe whatever a source says, every line linked to the span it rests on."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from html.parser import HTMLParser

import pytest
from command import ARTICLES
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rendering_samples import HOSTILE, articles, hostile_articles, story, with_article_id, with_words

from summarizer import extract_brief, load_articles, merge_briefs
from summarizer.records.article import Article
from summarizer.records.brief import Evidence
from summarizer.rendering.markup import element, is_live
from summarizer.rendering.page import render_page
from summarizer.rendering.plot import axis_ticks, range_plot
from summarizer.rendering.view import View
from summarizer.rendering.view_digest import view_digest

_VOID = {"meta", "path", "line", "circle"}
_ALLOWED = set(
    re.findall(
        r"\w+",
        "html head body meta title style header main footer nav section div p a h1 h2 h3 h4 ul li span "
        "strong mark table caption thead tbody tr th td figure figcaption svg g line path circle text "
        "details summary",
    )
)


class Page(HTMLParser):
    """What a browser would make of a page: tags, attributes, text by class, ids and links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.by_class: dict[str, str] = defaultdict(str)
        self.text = ""
        self.styles = ""
        self.open: list[tuple[str, list[str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        found = {name: value or "" for name, value in attrs}
        if "href" in found:
            self.links.append(found["href"])
        if "id" in found:
            self.ids.append(found["id"])
        if tag not in _VOID:
            self.open.append((tag, found.get("class", "").split()))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag, "elements must close in order"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] == "style":
            self.styles += data
            return
        self.text += data
        for name in self.open[-1][1] if self.open else ():
            self.by_class[name] += data


def five() -> tuple[View, dict[str, Article]]:
    """The digest of the five articles, as the program makes it."""
    loaded = load_articles([ARTICLES])
    digest = merge_briefs([extract_brief(article) for article in loaded.articles], loaded.coverage)
    return view_digest(digest), {article.id: article for article in loaded.articles}


def test_every_span_on_the_page_is_the_span_that_is_cited() -> None:
    """A highlight that is off by one sentence would prove the wrong thing."""
    view, texts = five()
    page = Page(render_page(view, texts))
    spans = {link[1:] for link in page.links if re.fullmatch(r"#e\d+-\d+-\d+", link)}
    assert len(spans) > 100
    for name in spans:
        number, start, end = (int(part) for part in name[1:].split("-"))
        text = texts[view.sources[number - 1].id].text
        assert page.by_class[name] == text[start:end]


def test_links_lead_somewhere_and_ids_are_unique() -> None:
    """A dead link to evidence is no evidence."""
    view, texts = five()
    page = Page(render_page(view, texts))
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_every_item_leads_to_its_evidence_and_back() -> None:
    """Click a quote to see it in the article, click its label to come back."""
    view, texts = five()
    html = render_page(view, texts)
    for group in view.claims:
        for row in group.rows:
            for voice in row.voices:
                span = voice.spans[0]
                assert f'href="#e{span.source}-{span.start}-{span.end}"' in html
                assert f'aria-label="back to {voice.ref}"' in html


def test_the_articles_text_stands_on_the_page_unchanged() -> None:
    """The context of a quote is the article, not our idea of it."""
    view, texts = five()
    html = render_page(view, texts)
    for row in view.sources:
        section = html.partition(f'<section id="article-{row.number}"')[2].partition("</section>")[0]
        body = re.sub(r'<a [^>]*class="back"[^>]*>[^<]*</a>', "", section.partition('<div class="text"')[2])
        assert Page(f"<div{body}").text == texts[row.id].text


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_words_never_become_markup_or_live_links(word: str) -> None:
    """The page is made of other people's words; none of them may act."""
    page = Page(render_page(view_digest(with_words(word)), hostile_articles(word)))
    assert page.tags <= _ALLOWED
    assert not [
        name for name in page.attributes if name.startswith("on") or name in ("style", "src", "srcset")
    ]
    live = [link for link in page.links if not link.startswith("#")]
    assert all(link == word and re.match(r"https?://", link) for link in live)


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_file_names_never_become_markup(word: str) -> None:
    """An article's id comes from its file's name, which anybody can choose."""
    digest = with_article_id(word)
    texts = {
        header.id: one.model_copy(update={"id": header.id})
        for header, one in zip(digest.articles, articles().values(), strict=True)
    }
    page = Page(render_page(view_digest(digest), texts))
    assert page.tags <= _ALLOWED
    assert all(link.startswith("#") for link in page.links)
    assert {link[1:] for link in page.links} <= set(page.ids)


def test_the_page_forbids_what_it_does_not_need() -> None:
    """Even if escaping failed, no script would run and nothing would be fetched."""
    html = render_page(view_digest(story()), articles())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    style = html.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert "default-src &#x27;none&#x27;" in policy[1]
    assert f"style-src &#x27;sha256-{digest}&#x27;" in policy[1]
    assert "url(" not in style
    assert "@import" not in style


def test_a_missing_article_costs_its_links_only() -> None:
    """A digest read from a file is still worth showing when its articles are gone."""
    page = Page(render_page(view_digest(story()), {}))
    assert "More than 1,200 workers" in page.text
    assert not [link for link in page.links if link.startswith("#e")]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_crossing_spans_are_each_drawn_whole(data: st.DataObject) -> None:
    """Two claims often share half a sentence; both must light up entirely."""
    article = articles()["dock-strike"]
    length = len(article.text)
    starts = st.integers(0, length - 1)
    pairs = data.draw(st.lists(st.tuples(starts, starts), min_size=1, max_size=8))
    spans = [(min(pair), max(pair) + 1) for pair in pairs]
    spans = [(start, end) for start, end in spans if article.text[start:end].strip()]
    assume(spans)
    digest = story()
    point = digest.figures[0].points[0]
    evidence = tuple(Evidence(quote=article.text[start:end], start=start, end=end) for start, end in spans)
    series = digest.figures[0].model_copy(
        update={"points": (point.model_copy(update={"evidence": evidence}),), "relations": ()}
    )
    page = Page(render_page(view_digest(digest.model_copy(update={"figures": (series,)})), articles()))
    for start, end in spans:
        assert page.by_class[f"e1-{start}-{end}"] == article.text[start:end]


def test_the_plot_draws_each_bound_as_what_it_means() -> None:
    """An arrow for "more than", a ring for "about": a dot would claim too much."""
    view, _ = five()
    plots = [plot for table in view.figures if (plot := range_plot(table))]
    assert plots, "the five articles have a series of three figures or more"
    assert any('class="ring"' in plot for plot in plots)
    assert any("<path" in plot for plot in plots)
    assert all('role="img"' in plot and "<title" in plot for plot in plots)


@given(st.floats(1e-9, 1e12), st.floats(1e-9, 1e12))
def test_an_axis_takes_in_all_values_with_few_round_ticks(one: float, other: float) -> None:
    """A mark outside the axis would be read as another number."""
    low, high = sorted((one, other))
    if high - low > high * 1e-9:
        ticks = axis_ticks(low, high)
        assert 2 <= len(ticks) <= 8
        slack = (ticks[1] - ticks[0]) * 1e-6
        assert ticks[0] <= low + slack
        assert ticks[-1] >= high - slack


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", " https://x.example", 'https://x" onload=', "//x.example", "ftp://x", "#", "#1"],
)
def test_only_plain_web_addresses_and_places_on_the_page_are_live(address: str) -> None:
    """Everything else is shown as text."""
    assert not is_live(address)
    assert "href" not in element("a", "x", href=address)
