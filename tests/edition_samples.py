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
from rendering_samples import hostile_articles, with_words

from summarizer import extract_brief, load_articles
from summarizer.briefing.edition import EditionMaterial, make_edition
from summarizer.records.article import Article
from summarizer.records.digest import Coverage
from summarizer.records.edition import Correction, Edition, EditionProblem, EditionRun, EditionSource
from summarizer.records.example_documents import example_edition
from summarizer.records.stories import StoryCollection
from summarizer.sources import LoadResult
from summarizer.sources.loading import article_from_text
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


@cache
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
    return collected(loaded.articles), loaded.articles


def collected(articles: Sequence[Article]) -> StoryCollection:
    """The stories of articles, all read."""
    briefs = [extract_brief(article) for article in articles]
    return digest_stories(briefs, groups_of(briefs, articles), Coverage(read=len(articles)))


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


@cache
def large_edition(stories: int) -> Edition:
    """An edition with as many new stories, each a copy of the day's largest under another name."""
    collection, articles = stories_of(SECOND_DAY)
    dam = collection.stories[0]
    copies = []
    for number in range(stories):
        document = json.dumps(dam.to_dict()).replace('"dam-', f'"n{number}-dam-')
        copy = dam.from_json(document, "copy")
        copies.append(copy.model_copy(update={"id": f"s-{number:010x}", "title": f"{number}: {dam.title}"}))
    many = collection.model_copy(update={"stories": tuple(copies), "alone": ()})
    return make_edition(material(SECOND_DAY, collection=many, articles=articles[:4]))


def hostile_edition(word: str) -> Edition:
    """An edition with `word` in every field that takes free text, made after one without it."""
    visible = word if word.strip() else f"x{word}"
    plain = example_edition()
    assert plain.collection is not None
    (told,) = plain.collection.stories
    digest = with_words(visible)
    texts = hostile_articles(visible)
    story = told.model_copy(
        update={
            "title": visible,
            "terms": (visible,),
            "digest": digest,
            "articles": tuple(header.id for header in digest.articles),
        }
    )
    trouble = EditionProblem(source=visible, url=visible, kind=visible, reason=visible)
    made = material(
        SECOND_DAY,
        title=visible,
        collection=plain.collection.model_copy(update={"stories": (story,)}),
        articles=tuple(texts.values()),
        previous=(plain.model_copy(update={"articles": tuple(texts.values())}),),
        topics=(visible,),
        sources=(DEAD.model_copy(update={"name": visible, "location": visible, "reason": visible}), *SOURCES),
        problems=(trouble,),
        excluded=(trouble,),
        correction=Correction(reason=visible),
        revision=1,
    )
    run = made.run.model_copy(
        update={"id": visible, "engine": visible, "prompt": visible, "version": visible}
    )
    return make_edition(replace(made, run=run))


#: Who says how many died, and when, and in whose paper.
TOLL = {
    (
        "Sarvo Herald",
        "2025-05-11",
    ): "At least 31 people were killed when the ferry Lady Maren sank off Sarvo, the Sarvo coastguard said.",
    ("Northern Wire", "2025-05-12"): "The sinking of the ferry Lady Maren killed 44 people, the Sarvo "
    "coastguard said on Monday.",
    ("Capital Post", "2025-05-13"): "About 50 people were killed in the sinking of the ferry Lady Maren, the "
    "islands' government said on Tuesday.",
    ("Island Radio", "2025-05-13"): "The sinking of the ferry Lady Maren killed 47 people, the Sarvo "
    "coastguard said on Tuesday.",
}


@cache
def toll_edition() -> Edition:
    """One story whose toll four articles put differently, so that there is something to plot."""
    articles = tuple(
        article_from_text(
            text, article_id=f"toll-{place}", title=f"Ferry sinks ({outlet})", published=day
        ).model_copy(update={"outlet": outlet})
        for place, ((outlet, day), text) in enumerate(TOLL.items())
    )
    return make_edition(material(SECOND_DAY, collection=collected(articles), articles=articles))
