"""From the briefs of a whole pile to its stories, each with its own digest.

::

    Brief …    stories.group_reports   which articles are of one story; reprints folded away
      │  merge                         each story on its own; the caller's: a model or other machines may help
      ▼  stories.collect               ranked, with coverage of the whole pile
    RankedStories

Articles that gave no brief are in no story; the coverage names them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, overload

from summarizer.errors import NoInput
from summarizer.pipeline import Failed, Passed, merge_briefs
from summarizer.records.article import Article
from summarizer.records.brief import Brief
from summarizer.records.digest import Coverage, Digest, FailedArticle
from summarizer.records.stories import Stories, Story, StoryCollection
from summarizer.store.spool import Shelf, spooled
from summarizer.stories.grouping import Group, group_reports
from summarizer.stories.ranking import RankedStories, collect
from summarizer.stories.reports import Report, report_of_article, report_of_brief

if TYPE_CHECKING:
    from summarizer.sources import LoadResult


@dataclass(frozen=True, slots=True)
class PileRun:
    """What a pile of articles gave: one digest where it is one story, else stories; neither without briefs.

    `failed` counts the inputs that couldn't be read, too. Briefs and stories may be read at every look.
    """

    digest: Digest | None
    stories: Stories | None
    briefs: Sequence[Brief]
    failed: tuple[FailedArticle, ...]


@dataclass(frozen=True, slots=True)
class StoryBriefs:
    """All that the digest of a story is made of."""

    briefs: tuple[Brief, ...]
    coverage: Coverage


#: The digests of stories, in their order. Whoever takes one story after the other holds one at a time.
Merge: TypeAlias = Callable[[Iterable[StoryBriefs]], Iterable[Digest]]


def merge_stories(stories: Iterable[StoryBriefs]) -> Iterator[Digest]:
    """The digest of each story, one after the other."""
    return (merge_briefs(story.briefs, story.coverage) for story in stories)


def groups_of(briefs: Sequence[Brief], articles: Sequence[Article] = ()) -> tuple[Group, ...]:
    """The stories of briefs. An article whose text is among `articles` is read whole, others by their quotes.

    Raises:
        NoInput: there is no brief.
        ValueError: two briefs of one article id.
    """
    return _Pile.of(briefs).groups(articles)


def digest_stories(
    briefs: Sequence[Brief],
    groups: Sequence[Group],
    coverage: Coverage | None = None,
    merge: Merge = merge_stories,
) -> StoryCollection:
    """What the briefs of a pile say together, story by story; `groups` are those of `groups_of`.

    `merge` makes the digests of stories of several articles; of one article there is nothing to settle.
    """
    return _Pile.of(briefs).told(groups, coverage or Coverage(read=len(briefs)), merge, []).collection


def digest_pile(
    loaded: LoadResult,
    results: Iterable[Passed],
    merge: Merge = merge_stories,
    *,
    one_story: bool = False,
) -> PileRun:
    """What results say as they come: one digest where they are one story, or `one_story` says so.

    Briefs and stories lie in temporary files. In memory are one story's briefs and, of every article, what
    grouping compares.
    """
    briefs, ids, failed = spooled(Brief), list[str](), list(loaded.failed)
    for result in results:
        if isinstance(result, Failed):
            failed.append(result.record)
        elif isinstance(result, Brief):
            briefs.append(result)
            ids.append(result.article.id)
        else:
            briefs.append_packed(result.packed)
            ids.append(result.article_id)
    if not briefs:
        return PileRun(None, None, briefs, tuple(failed))
    coverage = loaded.coverage.model_copy(update={"failed": tuple(failed)})
    pile = _Pile(briefs, ids)
    groups = () if one_story else pile.groups(loaded.articles)
    if len(groups) > 1:
        return PileRun(None, pile.told(groups, coverage, merge, spooled(Story)), briefs, tuple(failed))
    (digest,) = merge([StoryBriefs(tuple(briefs), coverage)])
    return PileRun(digest, None, briefs, tuple(failed))


@dataclass(frozen=True, slots=True)
class _Pile:
    """Briefs and the ids of their articles; a brief may be read anew at every look."""

    briefs: Sequence[Brief]
    ids: Sequence[str]

    @classmethod
    def of(cls, briefs: Sequence[Brief]) -> _Pile:
        return cls(briefs, [brief.article.id for brief in briefs])

    def groups(self, articles: Sequence[Article]) -> tuple[Group, ...]:
        """See `groups_of`."""
        if not self.ids:
            raise NoInput("There is no brief to make stories of.")
        return group_reports(_Reports(self, articles))

    def told(
        self, groups: Sequence[Group], coverage: Coverage, merge: Merge, shelf: Shelf[Story]
    ) -> RankedStories:
        """See `digest_stories`; the stories are put on `shelf`."""
        places = {article: place for place, article in enumerate(self.ids)}

        def story(group: Group) -> StoryBriefs:
            briefs = tuple(self.briefs[places[one]] for one in group.articles)
            return StoryBriefs(briefs, Coverage(read=len(briefs)))

        several = iter(merge(story(group) for group in groups if len(group.articles) > 1))
        alone = merge_stories(story(group) for group in groups if len(group.articles) == 1)
        digests = (next(several if len(group.articles) > 1 else alone) for group in groups)
        return collect(groups, digests, lambda one: self.briefs[places[one]].article, coverage, shelf)


class _Reports(Sequence[Report]):
    """What the story stage reads of each brief or of its article, made anew at every look."""

    def __init__(self, pile: _Pile, articles: Sequence[Article]) -> None:
        self._pile, self._articles = pile, articles
        self._places = {article.id: place for place, article in enumerate(articles)}

    def __len__(self) -> int:
        return len(self._pile.ids)

    @overload
    def __getitem__(self, position: int) -> Report: ...
    @overload
    def __getitem__(self, position: slice) -> list[Report]: ...
    def __getitem__(self, position: int | slice) -> Report | list[Report]:
        if isinstance(position, slice):
            return [self[one] for one in range(*position.indices(len(self)))]
        place = self._places.get(self._pile.ids[position])
        if place is None:
            return report_of_brief(self._pile.briefs[position])
        return report_of_article(self._articles[place])


@dataclass(frozen=True, slots=True)
class StoryPair:
    """A story then and now; None where it wasn't there, or isn't any more. A bare digest has no id."""

    old: Digest | None
    new: Digest | None
    story: str | None
    title: str | None


#: Of the six words that hold a story together, so many must be those of an earlier one for it to go on.
_COMMON_TERMS = 3


def paired_stories(old: Digest | StoryCollection, new: Digest | StoryCollection) -> tuple[StoryPair, ...]:
    """The stories of two documents, in the order of the later one; what ended comes last.

    A story goes on in the one of the same id, of the same articles, or else of the same words; two digests
    are taken to be of one story.
    """
    if isinstance(old, Digest) and isinstance(new, Digest):
        return (StoryPair(old, new, None, None),)
    before, after = _parts(old), _parts(new)
    scores = {
        (i, j): score
        for i, one in enumerate(before)
        for j, other in enumerate(after)
        if (score := _going_on(one, other)) > (0, 0, 0)
    }
    partner: dict[int, int] = {}
    for i, j in sorted(scores, key=lambda pair: (*(-part for part in scores[pair]), pair)):
        if j not in partner and i not in partner.values():
            partner[j] = i
    pairs = [
        StoryPair(before[partner[j]].digest if j in partner else None, part.digest, part.story, part.title)
        for j, part in enumerate(after)
    ]
    ended = [part for i, part in enumerate(before) if i not in partner.values()]
    return (*pairs, *(StoryPair(part.digest, None, part.story, part.title) for part in ended))


@dataclass(frozen=True, slots=True)
class _Part:
    digest: Digest
    story: str | None
    title: str | None
    terms: frozenset[str]


def _parts(document: Digest | StoryCollection) -> list[_Part]:
    if isinstance(document, Digest):
        return [_Part(document, None, None, frozenset())]
    return [
        _Part(story.digest, story.id, story.title, frozenset(map(str.casefold, story.terms)))
        for story in document.all_stories
    ]


def _going_on(one: _Part, other: _Part) -> tuple[int, int, int]:
    """Same id, articles in common, words in common; all 0 for stories that share nothing."""
    same_id = int(one.story is not None and one.story == other.story)
    ids = {header.id for header in one.digest.articles} & {header.id for header in other.digest.articles}
    terms = len(one.terms & other.terms)
    return same_id, len(ids), terms if terms >= _COMMON_TERMS else 0
