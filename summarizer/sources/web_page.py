"""The article on a web page: its text by trafilatura, its metadata from JSON-LD and meta tags.

trafilatura's own date search is not used: it takes a page's clock for the article's date (a `<div
class="date">` in the header is enough), and the contract forbids just that. A date counts only where the
page's markup says that it is the article's.
"""

from __future__ import annotations

import json
import logging
import re
from typing import Any
from urllib.parse import urlsplit

from summarizer.errors import EmptyInput, MalformedInput, SourceError, TooLarge
from summarizer.sources import schema_org
from summarizer.sources.date_stamps import is_date, iso_date
from summarizer.sources.decoding import decode
from summarizer.sources.found import FoundArticle, stated
from summarizer.sources.markup_text import markup_text, without_crowds

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
#: Where HTML5 wants the declaration (section 4.2.5.4), and a little more, as pages put comments first.
_CHARSET_WINDOW = 4096
_MARKED_TIMES = (
    "//*[@itemprop='datePublished'] | //time[@pubdate] | //article//time[@datetime] | //main//time[@datetime]"
)

#: Meta names of first publication that news systems write; modified and fetched times are left out.
_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date",
    "pubdate", "publishdate", "publish-date", "publish_date", "published_time", "publication_date",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "citation_publication_date",
    "rnews:datepublished", "bt:pubdate", "date",
)  # fmt: skip
_OUTLET_NAMES = ("og:site_name", "application-name", "publisher", "dc.publisher", "citation_journal_title")
_TITLE_NAMES = ("og:title", "twitter:title", "dc.title", "citation_title", "title")
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?:/|-|$)")

#: More elements than the longest live blogs have (about 20,000); trafilatura needs 50 microseconds for each.
_MAX_ELEMENTS = 60_000
#: A main text shorter than this may be a teaser; where JSON-LD carries a longer body, that is the article.
_SHORT_TEXT_CHARS = 250


def read_page(raw: bytes, shown: str, encoding: str | None = None) -> FoundArticle:
    """The page's main text and what it states about it.

    JSON-LD goes before meta tags for headline, date and publisher. The text is trafilatura's; where that
    finds little, the JSON-LD's `articleBody`, else all that the page shows.

    Raises:
        EmptyInput: a page without article text (a menu, a script that would load one).
        MalformedInput: no HTML that can be parsed.
        TooLarge: more elements than any article has.
    """
    return read_markup(decode(raw, shown, declared=_declared_charset(raw), forced=encoding), shown)


def read_markup(markup: str, shown: str) -> FoundArticle:
    """Like `read_page`, for a page that is decoded already."""
    from trafilatura import bare_extraction, load_html

    for library in (
        "trafilatura",
        "htmldate",
        "justext",
        "courlan",
    ):  # their remarks are no news for a reader
        logging.getLogger(library).addHandler(logging.NullHandler())
    if markup.count("<") > 2 * _MAX_ELEMENTS:
        raise TooLarge(shown, f"more than {_MAX_ELEMENTS:,} elements on the page", "Save the article alone.")
    markup = without_crowds(markup)
    tree = load_html(markup)
    if tree is None:
        raise MalformedInput(shown, "no HTML that can be parsed", "Save the page again, or its text as .txt.")
    meta = _meta_fields(tree)
    linked = _linked_article(tree, shown)
    url = linked.url or _address(tree, meta)
    published = linked.published or stated(_stated_date(tree, meta, url))
    document = bare_extraction(
        tree,
        include_comments=False,
        with_metadata=False,
        deduplicate=False,  # repeated lines are marked later, not dropped
    )
    text = (getattr(document, "text", None) or "").strip("\n")
    is_longer = len(text) < _SHORT_TEXT_CHARS and len(linked.text) > len(text)
    if is_longer or linked.text.split() == text.split():  # trafilatura folds the paragraphs of articleBody
        text = linked.text
    text = text or markup_text(markup)
    if not text.strip():
        raise EmptyInput(
            shown,
            "no article text on the page (a script may load it)",
            "Save the page from a browser, or its text as .txt.",
        )
    outlet = linked.outlet or _first(meta, _OUTLET_NAMES)
    return FoundArticle(
        text=text,
        title=linked.title or _without_outlet(_title(tree, meta), outlet),
        outlet=outlet,
        url=url,
        published=published,
        language=linked.language or tree.get("lang"),
    )


def _declared_charset(raw: bytes) -> str | None:
    match = _CHARSET.search(raw[:_CHARSET_WINDOW])
    return match.group(1).decode("ascii", "replace") if match else None


def _meta_fields(tree: Any) -> dict[str, str]:
    """Content of the meta tags by lower-case name, property or itemprop; the first of each counts."""
    fields: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            fields.setdefault(name.strip().lower(), content)
    return fields


def _linked_article(tree: Any, shown: str) -> FoundArticle:
    """The page's own article in its JSON-LD; an empty one where there is none that can be read.

    Broken JSON-LD is common on news sites and costs only itself. Of several articles (a list of teasers
    beside the story) the first with a body counts, else the first with a date.
    """
    found: list[FoundArticle] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            nodes = schema_org.article_nodes(json.loads(script.text or "", strict=False))
        except (ValueError, RecursionError):
            continue
        for node, index in nodes:
            try:
                found.append(schema_org.read_node(node, index, shown))
            except SourceError:
                continue
    ranked = sorted(found, key=lambda one: (not one.text, one.published is None))
    return ranked[0] if ranked else FoundArticle("")


def _stated_date(tree: Any, meta: dict[str, str], url: str | None) -> str | None:
    """The date that the markup says is the article's: meta tags, marked-up times, the address."""
    for name in _DATE_NAMES:
        if (content := meta.get(name)) and (date := iso_date(content)):
            return date
    for element in tree.xpath(_MARKED_TIMES)[:20]:
        if element.get("itemprop") == "dateModified" or _in_sidebar(element):
            continue
        written = element.get("datetime") or element.get("content") or element.text_content()
        if date := iso_date(written):
            return date
    if url and (match := _URL_DATE.search(urlsplit(url).path)):
        iso = "-".join((match.group(1), match.group(2).zfill(2), match.group(3).zfill(2)))
        return iso if is_date(iso) else None
    return None


def _in_sidebar(element: Any) -> bool:
    """Whether a time belongs to a teaser, a comment or the page's head rather than to the story."""
    return bool(element.xpath("ancestor::aside | ancestor::nav | ancestor::footer | ancestor::li"))


def _address(tree: Any, meta: dict[str, str]) -> str | None:
    links = tree.xpath("//link[@rel='canonical']/@href")
    candidates = [*links, meta.get("og:url")]
    return next((one for one in candidates if one and one.startswith(("http://", "https://"))), None)


def _title(tree: Any, meta: dict[str, str]) -> str | None:
    """The headline: the meta title, else a lone h1, else the title element."""
    if title := _first(meta, _TITLE_NAMES):
        return title
    headings = [text for one in tree.iter("h1") if (text := " ".join(one.text_content().split()))]
    if len(headings) == 1:
        return headings[0]
    title = next((" ".join((one.text or "").split()) for one in tree.iter("title")), "")
    return title or None


def _without_outlet(title: str | None, outlet: str | None) -> str | None:
    """ "Rates rise - The Daily" is "Rates rise" on the page of The Daily."""
    if title is None or outlet is None:
        return title
    return re.sub(rf"\s+[|–—-]\s+{re.escape(outlet)}$", "", title, flags=re.IGNORECASE) or title


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if meta.get(name)), None)
