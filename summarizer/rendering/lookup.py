"""Find an item by its ref, and every place of its evidence: what `summarizer show` prints.

Pure. A ref is what the renderings print: "C3", "S1", "2/f3", or with the article's id "dock-strike/f3".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.records.brief import Brief
from summarizer.records.digest import Digest
from summarizer.rendering.names import names_of
from summarizer.rendering.view import View
from summarizer.rendering.view_brief import view_brief
from summarizer.rendering.view_digest import view_digest
from summarizer.rendering.wording import replace_unseen, shown

#: Characters of the article shown on either side of a quote.
CONTEXT_CHARS = 240


@dataclass(frozen=True, slots=True)
class Place:
    """One quote of an item: `about` says who, `words` what stands there, `article` and offsets where."""

    ref: str
    about: str
    words: str
    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """An item and the places that carry it, in the order of its document."""

    ref: str
    heading: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """A quote in its surroundings."""

    before: str
    quote: str
    after: str


def find_item(wanted: str, digest: Digest | None, briefs: Sequence[Brief]) -> Item | None:
    """The item called `wanted` in a digest or its briefs; None if they have none.

    A bare "f3" names an item only where there is one brief; among several it is looked for in none.
    """
    places = _places(digest, briefs)
    headers = digest.articles if digest else tuple(brief.article for brief in briefs)
    article, slash, item_id = wanted.rpartition("/")
    if not slash and digest and (found := _digest_item(wanted, digest)):
        heading, members = found
        return Item(wanted, heading, tuple(place for one in members for place in places.get(one, ())))
    if not slash and len(headers) == 1:
        article, item_id = headers[0].id, wanted
    numbers = {str(number): header.id for number, header in enumerate(headers, 1)}
    member = f"{numbers.get(article, article)}/{item_id}"
    if not (of_item := places.get(member)):
        return None
    return Item(wanted, of_item[0].about, of_item)


def context_of(place: Place, text: str) -> Context:
    """The quote as it stands in `text`, with the words around it up to the ends of its paragraph.

    Long paragraphs are cut, at a space where there is one, and an ellipsis says so.
    """
    start, end = min(place.start, len(text)), min(place.end, len(text))
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    before, after = text[first:start], text[end:last]
    if len(before) > CONTEXT_CHARS:
        kept = before[-CONTEXT_CHARS:]
        before = "… " + (kept.partition(" ")[2] or kept)
    if len(after) > CONTEXT_CHARS:
        kept = after[:CONTEXT_CHARS]
        after = (kept.rpartition(" ")[0] or kept) + " …"
    return Context(replace_unseen(before), replace_unseen(text[start:end]), replace_unseen(after))


def _places(digest: Digest | None, briefs: Sequence[Brief]) -> Mapping[str, tuple[Place, ...]]:
    """Member id -> its places; a brief, which has every span, goes before the digest."""
    found: dict[str, tuple[Place, ...]] = {}
    if digest:
        ids = {number: header.id for number, header in enumerate(digest.articles, 1)}
        for place in _rows(view_digest(digest), ids):
            key = f"{place.article}/{place.ref.rpartition('/')[2]}"
            found[key] = (*found.get(key, ()), place)
    for number, brief in enumerate(briefs, 1):
        of_brief: dict[str, tuple[Place, ...]] = {}
        prefix = f"{number}/" if digest or len(briefs) > 1 else ""
        for place in (*_rows(view_brief(brief), {1: brief.article.id}), *_actors(brief)):
            key = f"{brief.article.id}/{place.ref}"
            named = Place(prefix + place.ref, place.about, place.words, place.article, place.start, place.end)
            of_brief[key] = (*of_brief.get(key, ()), named)
        found.update(of_brief)
    return found


def _rows(view: View, ids: Mapping[int, str]) -> Iterator[Place]:
    for table in (*view.figures, *view.outlook):
        for row in table.rows:
            status = "" if table.status == "actual" else f"{table.status}, "
            about = f"{row.value} {row.counted} ({status}{row.who}, {row.as_of})"
            for span in row.spans:
                yield Place(row.ref, about, row.words, ids[span.source], span.start, span.end)
    for group in view.claims:
        for claim in group.rows:
            for voice in claim.voices:
                stance = f" ({voice.stance})" if voice.stance else ""
                about = f"{voice.who}{stance}: {claim.lead}{claim.text}"
                words = "".join(piece.text for piece in voice.quote)
                for span in voice.spans:
                    yield Place(voice.ref, about, words, ids[span.source], span.start, span.end)


def _actors(brief: Brief) -> Iterator[Place]:
    for actor in brief.actors:
        role = f", {actor.role}" if actor.role else ""
        about = shown(f"{actor.name} ({actor.kind}{role})")
        for span in actor.evidence:
            yield Place(actor.id, about, shown(span.quote), brief.article.id, span.start, span.end)


def _digest_item(wanted: str, digest: Digest) -> tuple[str, tuple[str, ...]] | None:
    """Heading and member ids of an item of the digest itself."""
    names = names_of(digest)
    for series in digest.figures:
        if series.id == wanted:
            return names.consistent(f"{series.quantity} ({series.status})"), series.members
    for cluster in digest.claims:
        if cluster.id == wanted:
            return names.consistent(f"{cluster.text} ({cluster.state.replace('_', ' ')})"), cluster.members
    for actor in digest.actors:
        if actor.id == wanted:
            return shown(f"{actor.name} ({actor.kind})"), actor.members
    for event in digest.timeline:
        if event.id == wanted:
            return names.consistent(f"{event.date} ({event.basis}): {event.text}"), event.claims
    for question in digest.open_questions:
        if question.id == wanted:
            cited = [_digest_item(one, digest) for one in question.cites]
            return names.consistent(question.text), tuple(member for one in cited if one for member in one[1])
    return None
