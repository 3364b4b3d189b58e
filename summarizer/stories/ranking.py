"""Put stories in order by a published formula, and make the collection of them.

Pure, but for the shelf that is passed in. The formula, in `docs/stories.md` too:

    score =       log2(1 + articles)              reprints not counted
            +     log2(1 + publishers)            outlets of one owner count once
            + 0.5 log2(1 + corroborated claims)   two independent origins or more
            + 0.5 log2(1 + contested)             disputed claims, and series in which sources differ
            +     2 ** (-days / 7)                days before the newest article of the pile; 0 if undated

Logarithms, because the fortieth article says less than the fourth; a story that many tell leads, and a week
of age costs as much as a doubling of articles brings at most.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from summarizer.records.article import ArticleHeader
from summarizer.records.brief import Provenance
from summarizer.records.digest import Coverage, Digest
from summarizer.records.stories import Rank, RankPart, RankPartName, Reprint, Story, StoryCollection
from summarizer.store.spool import Arranged, Shelf
from summarizer.stories.candidates import days_of
from summarizer.stories.grouping import Group
from summarizer.text.publishers import publisher_of
from summarizer.version import __version__

#: Points for log2(1 + amount).
_WEIGHTS: Mapping[RankPartName, float] = {
    "articles": 1.0,
    "publishers": 1.0,
    "corroborated": 0.5,
    "contested": 0.5,
}
#: Days in which recency halves.
_HALF_LIFE_DAYS = 7
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class RankedStories:
    """Stories in order, on whatever shelf they lie: at hand one by one, not necessarily in memory."""

    stories: Sequence[Story]
    alone: Sequence[Story]
    all_stories: Sequence[Story]
    coverage: Coverage
    provenance: Provenance

    @property
    def collection(self) -> StoryCollection:
        """All of it as one document, in memory."""
        return StoryCollection(
            stories=tuple(self.stories),
            alone=tuple(self.alone),
            coverage=self.coverage,
            provenance=self.provenance,
        )


def collect(
    groups: Sequence[Group],
    digests: Iterable[Digest],
    header_of: Callable[[str], ArticleHeader],
    coverage: Coverage,
    shelf: Shelf[Story],
) -> RankedStories:
    """The stories of `groups`, each with its digest; they are put on `shelf`, one after the other.

    `header_of` gives the header of a folded article, `coverage` is that of the whole pile.

    Raises:
        ValueError: groups and digests are not as many.
    """
    newest = max((group.newest for group in groups if group.newest is not None), default=None)
    keys: list[tuple[float, str]] = []
    for group, digest in zip(groups, digests, strict=True):
        story = _story(group, digest, header_of, newest)
        shelf.append(story)
        keys.append((-story.rank.score, story.id))
    order = sorted(range(len(keys)), key=keys.__getitem__)
    several = [place for place in order if len(groups[place].articles) > 1]
    alone = [place for place in order if len(groups[place].articles) == 1]
    return RankedStories(
        stories=Arranged(shelf, several),
        alone=Arranged(shelf, alone),
        all_stories=Arranged(shelf, several + alone),
        coverage=coverage,
        provenance=Provenance(engine="merge", version=__version__, document_schema="stories/1"),
    )


def rank_of(digest: Digest, newest: int | None) -> Rank:
    """The rank of a story; `newest` is the day of the pile's newest article, as an ordinal."""
    outlets = {publisher_of(header.outlet) if header.outlet else "" for header in digest.articles}
    contested = sum(cluster.state == "disputed" for cluster in digest.claims)
    contested += sum(
        any(one.relation == "differ_in_source" for one in series.relations) for series in digest.figures
    )
    amounts: dict[RankPartName, int] = {
        "articles": len(digest.articles),
        "publishers": len(outlets),
        "corroborated": sum(cluster.state == "corroborated" for cluster in digest.claims),
        "contested": contested,
    }
    parts = [
        RankPart(name=name, amount=amount, points=round(_WEIGHTS[name] * math.log2(1 + amount), _DIGITS))
        for name, amount in amounts.items()
    ]
    day = _newest(digest)
    age = None if day is None or newest is None else max(0, newest - day)
    recent = 0.0 if age is None else round(2.0 ** (-age / _HALF_LIFE_DAYS), _DIGITS)
    parts.append(RankPart(name="recent", amount=age, points=recent))
    return Rank(score=round(math.fsum(part.points for part in parts), _DIGITS), parts=tuple(parts))


def keep_ids(collection: StoryCollection, earlier: StoryCollection) -> StoryCollection:
    """`collection` with the ids of an earlier one where a story goes on.

    A story goes on in the one that holds most of its articles; the greatest overlap chooses first, and an id
    is given once. With it, an article that turns out to be older than the first one changes no id either.
    """
    known = {
        article: story.id
        for story in earlier.all_stories
        for article in (*story.articles, *(one.article.id for one in story.reprints))
    }
    shared: dict[tuple[str, str], int] = {}
    for story in collection.all_stories:
        for article in (*story.articles, *(one.article.id for one in story.reprints)):
            if article in known:
                pair = (known[article], story.id)
                shared[pair] = shared.get(pair, 0) + 1
    renamed: dict[str, str] = {}
    given: set[str] = set()
    for old, new in sorted(shared, key=lambda pair: (-shared[pair], pair)):
        if new not in renamed and old not in given:
            renamed[new] = old
            given.add(old)
    fresh = {story.id for story in collection.all_stories} - renamed.keys()
    if fresh & given:  # an id of its own that another story keeps from before: leave both as they are
        renamed = {new: old for new, old in renamed.items() if old not in fresh}

    def named(stories: tuple[Story, ...]) -> tuple[Story, ...]:
        return tuple(story.model_copy(update={"id": renamed.get(story.id, story.id)}) for story in stories)

    return collection.model_copy(
        update={"stories": named(collection.stories), "alone": named(collection.alone)}
    )


def _story(
    group: Group, digest: Digest, header_of: Callable[[str], ArticleHeader], newest: int | None
) -> Story:
    title = " ".join(group.title.split()) or (digest.summary[0].text if digest.summary else group.articles[0])
    return Story(
        id=group.id,
        title=title,
        terms=group.terms,
        rank=rank_of(digest, newest),
        articles=tuple(header.id for header in digest.articles),
        reprints=tuple(Reprint(article=header_of(copy), of=whole) for copy, whole in group.reprints),
        digest=digest,
    )


def _newest(digest: Digest) -> int | None:
    found = [days_of(header.published.date) for header in digest.articles]
    return max((days.last for days in found if days is not None), default=None)
