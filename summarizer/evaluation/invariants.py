"""What must hold of every brief and digest of any article, labelled or not: no exceptions, no thresholds.

Pure but for `check_articles`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from summarizer.evaluation.number_reading import states
from summarizer.evaluation.prose import check_prose, cited_in_brief, cited_in_digest
from summarizer.records.brief import Brief, Evidence
from summarizer.records.digest import Digest
from summarizer.text.folding import comparison_key


@dataclass(frozen=True, slots=True)
class Broken:
    """An invariant that doesn't hold, and where."""

    document: str
    item: str
    invariant: str
    detail: str

    def __str__(self) -> str:
        return f"{self.document} {self.item}: {self.invariant}: {self.detail}"


def broken_in_brief(brief: Brief, text: str) -> tuple[Broken, ...]:
    """Every invariant that it breaks: schema, spans, numbers and cues in their evidence, the summary."""
    return tuple(_brief(brief, text))


def _brief(brief: Brief, text: str) -> Iterator[Broken]:
    name = brief.article.id
    yield from _schema(name, brief.to_dict())
    for actor in brief.actors:
        yield from _spans(name, actor.id, actor.evidence, text)
    for figure in brief.figures:
        yield from _spans(name, figure.id, (*figure.evidence, *figure.also), text)
        for end in (figure.value, figure.value_high):
            if end is not None and not states(figure.evidence[0].quote, end):
                detail = f"{end:g} can't be read off {figure.evidence[0].quote!r}"
                yield Broken(name, figure.id, "number in its evidence", detail)
    for claim in brief.claims:
        yield from _spans(name, claim.id, claim.evidence, text)
        evidence = comparison_key(claim.evidence[0].quote)
        for cue in claim.cues:
            if comparison_key(cue) not in evidence:
                yield Broken(name, claim.id, "cue in its evidence", repr(cue))
    known = {actor.id for actor in brief.actors}
    named = [(claim.id, who) for claim in brief.claims for who in (*claim.speakers, claim.via)]
    named += [(figure.id, who) for figure in brief.figures for who in (figure.source, figure.via)]
    for item, who in named:
        if who is not None and who not in known:
            yield Broken(name, item, "speakers and sources are actors of the brief", who)
    _, faults = check_prose(brief.summary, cited_in_brief(brief), "summary")
    for fault in faults:
        yield Broken(name, f"summary {fault.sentence}", f"summary: {fault.kind}", fault.text)


def broken_in_digest(digest: Digest, texts: Mapping[str, str]) -> tuple[Broken, ...]:
    """Every invariant that the digest breaks; `texts` by article id."""
    return tuple(_digest(digest, texts))


def _digest(digest: Digest, texts: Mapping[str, str]) -> Iterator[Broken]:
    yield from _schema("digest", digest.to_dict())
    for series in digest.figures:
        for point in series.points:
            yield from _spans("digest", series.id, point.evidence, texts.get(point.article, ""))
    for cluster in digest.claims:
        for voice in cluster.voices:
            yield from _spans("digest", cluster.id, voice.evidence, texts.get(voice.article, ""))
    _, faults = check_prose(digest.summary, cited_in_digest(digest), "summary")
    for fault in faults:
        yield Broken("digest", f"summary {fault.sentence}", f"summary: {fault.kind}", fault.text)


def check_articles(paths: list[str]) -> tuple[list[Broken], int]:
    """Brief any articles with the rules engine and digest their stories; what is broken, and how many briefs.

    Raises:
        SourceError: an article that can't be read.
    """
    from summarizer.pipeline import extract_brief
    from summarizer.sources import load_articles
    from summarizer.story_digests import digest_stories, groups_of

    articles = load_articles(paths).articles
    texts = {article.id: article.text for article in articles}
    briefs = [extract_brief(article) for article in articles]
    broken = [one for brief in briefs for one in broken_in_brief(brief, texts[brief.article.id])]
    stories = digest_stories(briefs, groups_of(briefs, articles)) if briefs else None
    for story in stories.all_stories if stories else ():
        broken += broken_in_digest(story.digest, texts)
    return broken, len(briefs)


def _spans(name: str, item: str, spans: tuple[Evidence, ...], text: str) -> Iterator[Broken]:
    for span in spans:
        if text[span.start : span.end] != span.quote:
            yield Broken(name, item, "quote stands where it says", f"{span.quote!r} at {span.start}")


def _schema(name: str, document: dict[str, object]) -> Iterator[Broken]:
    from summarizer.schemas import iter_violations

    for violation in iter_violations(document, name):
        yield Broken(name, violation.path, "schema", violation.reason)
