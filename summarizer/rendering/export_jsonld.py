"""The claims of a digest, or of all stories, as JSON-LD in the words of schema.org.

Pure. A `Claim` has its `appearance` in quotations, each part of a `NewsArticle`, the earliest one as
`firstAppearance`. What somebody denies is told as a claim of its own *about* the claim, never as its
appearance, and never as a ClaimReview: nobody here has checked whether anything is true. What schema.org has
no word for (certainty, independent origins, the span) stands under our own vocabulary, which readers of
schema.org skip.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from summarizer.records.article import Article, ArticleHeader
from summarizer.records.digest import ClaimCluster, Digest, Voice
from summarizer.records.stories import Stories
from summarizer.rendering.markup import is_live

_OWN = "urn:summarizer:terms:"
_CONTEXT = [
    "https://schema.org",
    {name: f"{_OWN}{name}" for name in ("certainty", "hedges", "origins", "state", "start", "end", "span")},
]
_KINDS = {
    "person": "Person",
    "organization": "Organization",
    "country": "Country",
    "group": "Organization",
}


def render_jsonld(document: Digest | Stories, articles: Iterable[Article] = ()) -> str:
    """One JSON-LD document with a final newline. `articles` give the addresses of those at hand."""
    return "".join(jsonld_parts(document, articles))


def jsonld_parts(document: Digest | Stories, articles: Iterable[Article] = ()) -> Iterator[str]:
    """The same in parts, a node at a time."""
    urls = {article.id: article.url for article in articles if article.url and is_live(article.url)}
    parts: Iterable[tuple[str, Digest]]
    if isinstance(document, Digest):
        parts = [("", document)]
    else:
        parts = ((f"{story.id}:", story.digest) for story in document.all_stories)
    start, end = json.dumps({"@context": _CONTEXT, "@graph": [0]}, ensure_ascii=False, indent=1).rsplit(
        "0", 1
    )
    yield start
    nodes = (node for prefix, digest in parts for node in _graph(prefix, digest, urls))
    for place, node in enumerate(nodes):
        written = json.dumps(node, ensure_ascii=False, indent=1).replace("\n", "\n  ")
        yield f",\n  {written}" if place else written
    yield end + "\n"


def _graph(prefix: str, digest: Digest, urls: dict[str, str]) -> Iterator[dict[str, Any]]:
    for header in digest.articles:
        yield _news_article(header, urls.get(header.id))
    for actor in digest.actors:
        also = {"alternateName": list(actor.aliases)} if actor.aliases else {}
        role = {"description": actor.role} if actor.role else {}
        yield {"@type": _KINDS[actor.kind], "@id": _id(prefix, actor.id), "name": actor.name, **also, **role}
    dates = {header.id: header.published.date or "" for header in digest.articles}
    for cluster in digest.claims:
        yield from _claim(prefix, cluster, dates)


def _claim(prefix: str, cluster: ClaimCluster, dates: dict[str, str]) -> Iterator[dict[str, Any]]:
    claim_id = _id(prefix, cluster.id)
    affirming = [voice for voice in cluster.voices if voice.polarity == "affirmed"]
    denying = [voice for voice in cluster.voices if voice.polarity == "denied"]
    node: dict[str, Any] = {
        "@type": "Claim",
        "@id": claim_id,
        "text": cluster.text,
        "state": cluster.state,
        "origins": cluster.origins,
    }
    if affirming:
        node |= _told(prefix, affirming, dates)
    yield node
    if denying:
        yield {
            "@type": "Claim",
            "@id": f"{claim_id}-denial",
            "text": f"It is denied that: {cluster.text}",
            "about": {"@id": claim_id},
            **_told(prefix, denying, dates),
        }


def _told(prefix: str, voices: Sequence[Voice], dates: dict[str, str]) -> dict[str, Any]:
    speakers = list(dict.fromkeys(speaker for voice in voices for speaker in voice.speakers))
    dated = [voice for voice in voices if dates.get(voice.article)]
    first = min(dated, key=lambda voice: dates[voice.article], default=None)
    found: dict[str, Any] = {}
    if speakers:
        found["author"] = [{"@id": _id(prefix, speaker)} for speaker in speakers]
    found["appearance"] = [_quotation(prefix, voice) for voice in voices]
    if first is not None:
        found["firstAppearance"] = {"@id": _id(prefix, first.member)}
    return found


def _quotation(prefix: str, voice: Voice) -> dict[str, Any]:
    """A quote in its article. Its speakers are creators of the words only where they speak for themselves."""
    span = voice.evidence[0]
    node: dict[str, Any] = {
        "@type": "Quotation",
        "@id": _id(prefix, voice.member),
        "text": span.quote,
        "isPartOf": {"@id": _article_id(voice.article)},
        "certainty": voice.certainty,
        "span": {"start": span.start, "end": span.end},
    }
    if voice.speakers:
        node["creator"] = [{"@id": _id(prefix, speaker)} for speaker in voice.speakers]
    if voice.via:
        node["provider"] = {"@id": _id(prefix, voice.via)}
    if voice.cues:
        node["hedges"] = list(voice.cues)
    return node


def _news_article(header: ArticleHeader, url: str | None) -> dict[str, Any]:
    node: dict[str, Any] = {"@type": "NewsArticle", "@id": _article_id(header.id), "identifier": header.id}
    if header.title:
        node["headline"] = header.title
    if header.outlet:
        node["publisher"] = {"@type": "Organization", "name": header.outlet}
    if header.published.date:
        node["datePublished"] = header.published.date
    if url:
        node["url"] = url
    return {**node, "inLanguage": header.language}


def _article_id(article: str) -> str:
    return f"urn:summarizer:article:{_escaped(article)}"


def _id(prefix: str, local: str) -> str:
    return f"urn:summarizer:item:{_escaped(prefix + local)}"


def _escaped(text: str) -> str:
    """`text` as a part of a URN."""
    from urllib.parse import quote

    return quote(text, safe="/:-._~")
