"""Editions for tests of mail: of invented articles by the real engine, and with hostile words all over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from command import ROOT

from summarizer import extract_brief, load_articles
from summarizer.briefing.edition import EditionMaterial, make_edition
from summarizer.records.article import Article
from summarizer.records.edition import Edition, EditionProblem, EditionRun, EditionSource
from summarizer.records.example_documents import example_edition
from summarizer.records.stories import StoryCollection
from summarizer.sources import LoadResult
from summarizer.story_digests import digest_stories, groups_of

THREE_STORIES = ROOT / "tests" / "data" / "briefing" / "three-stories.json"
FORTY = ROOT / "tests" / "data" / "stories" / "forty.jsonl"
FIRST_DAY, SECOND_DAY = date(2025, 5, 12), date(2025, 5, 13)
SOURCES = (
    EditionSource(name="Northern Wire", location="https://wire.example/feed", state="ok", items=40, new=30),
    EditionSource(name="Capital Post", location="https://post.example/rss", state="ok", items=20, new=20),
)
DEAD = EditionSource(
    name="Dead feed", location="https://dead.example/rss", state="failed", items=0, new=0, reason="HTTP 503"
)
TOO_LARGE = EditionProblem(
    source="Capital Post", url="https://post.example/9", kind="too large", reason="3 MB, the limit is 2 MB"
)
TOO_OLD = EditionProblem(
    source="Capital Post", url="https://post.example/1", kind="too old", reason="of 2 March"
)

#: Fields of an edition with values from closed lists, or that must agree with each other.
_CLOSED = {
    "schema", "id", "kind", "basis", "bound", "status", "relation", "sourcing", "polarity", "certainty",
    "state", "engine", "part", "code", "date", "as_of", "when", "member", "members", "a", "b", "article",
    "speakers", "via", "source", "affirm", "deny", "cites", "text_sha256", "briefing", "day", "standing",
    "story", "articles", "of", "made", "since", "until", "previous", "covers", "new", "old", "role",
    "language", "text", "quote", "actors", "document_schema", "version", "name_of_part",
}  # fmt: skip


def items_of(day: date) -> LoadResult:
    """The feed items of a day, agency copy and all, loaded as the program loads them."""
    reports = json.loads(THREE_STORIES.read_text("utf-8"))["days"][day.isoformat()]
    lines = []
    for report in reports:
        for place, outlet in enumerate([report["outlet"], *report.get("carried_by", ())]):
            text = report["text"] if not place else f"{report['text']}\n\n{outlet}. All rights reserved."
            name = report["id"] if not place else f"{report['id']}-copy-{place}"
            lines.append(
                {
                    "id": name,
                    "title": report["title"],
                    "outlet": outlet,
                    "date": day.isoformat(),
                    "text": text,
                    "url": f"https://{outlet.lower().replace(' ', '-')}.example/{name}",
                }
            )
    with TemporaryDirectory() as folder:
        file = Path(folder) / "items.jsonl"
        file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        return load_articles([file])


@cache
def stories_of(day: date) -> tuple[StoryCollection, tuple[Article, ...]]:
    """The stories of a day's items, by the rules engine, and their articles."""
    loaded = items_of(day)
    return collected(loaded.articles, loaded), loaded.articles


def collected(articles: Sequence[Article], loaded: LoadResult) -> StoryCollection:
    """The stories of articles, all read."""
    briefs = [extract_brief(article) for article in articles]
    return digest_stories(briefs, groups_of(briefs, articles), loaded.coverage)


def material(day: date, **changed: Any) -> EditionMaterial:
    """What an edition of that day is made of, without news unless given."""
    now = datetime.combine(day, time(6), UTC)
    run = EditionRun(id="run-1", made=now, engine="rules", prompt=None, version="0.1.0", cost_usd=0.0)
    plain = EditionMaterial("daily", "Orva, every morning", day, now, run, sources=SOURCES)
    return replace(plain, **changed)


@cache
def first_edition() -> Edition:
    """Monday's edition, the first of all."""
    collection, articles = stories_of(FIRST_DAY)
    return make_edition(material(FIRST_DAY, collection=collection, articles=articles))


@cache
def second_edition(**changed: Any) -> Edition:
    """Tuesday's, after Monday's was sent: 60 items on three stories."""
    collection, articles = stories_of(SECOND_DAY)
    told = {"collection": collection, "articles": articles, "previous": (first_edition(),)}
    return make_edition(material(SECOND_DAY, **{**told, **changed}))


def hostile_edition(word: str) -> Edition:
    """An edition with `word` in every field that takes free text."""
    visible = word if word.strip() else f"x{word}"
    document = _replaced(example_edition().to_dict(), visible)
    return Edition.from_json(json.dumps(document), "sample")


def _replaced(node: Any, word: str, field: str = "") -> Any:
    if isinstance(node, dict):
        return {key: _replaced(value, word, key) for key, value in node.items()}
    if isinstance(node, list):
        return [_replaced(value, word, field) for value in node]
    return word if isinstance(node, str) and field not in _CLOSED else node
