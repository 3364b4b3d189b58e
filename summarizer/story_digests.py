"""From the briefs of a whole pile to its stories, each with its own digest.

::

    Brief …    stories.group_reports   which articles are of one story; reprints folded away
      │  merge                         each story on its own; the caller's: a model or other machines may help
      ▼  stories.collect               ranked, with coverage of the whole pile
    StoryCollection

Articles that gave no brief are in no story; the coverage names them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from summarizer.errors import NoInput
from summarizer.pipeline import Failed, Result, merge_briefs
from summarizer.records.article import Article
from summarizer.records.brief import Brief
from summarizer.records.digest import Coverage, Digest, FailedArticle
from summarizer.records.stories import StoryCollection
from summarizer.stories.grouping import Group, group_reports
from summarizer.stories.ranking import collect
from summarizer.stories.reports import report_of_article, report_of_brief

if TYPE_CHECKING:
    from summarizer.sources import LoadResult


@dataclass(frozen=True, slots=True)
class PileRun:
    """What a pile of articles gave: one digest where it is one story, else stories; neither without briefs.

    `failed` counts the inputs that couldn't be read, too.
    """

    digest: Digest | None
    stories: StoryCollection | None
    briefs: tuple[Brief, ...]
    failed: tuple[FailedArticle, ...]


@dataclass(frozen=True, slots=True)
class StoryBriefs:
    """All that the digest of a story is made of."""

    briefs: tuple[Brief, ...]
    coverage: Coverage


#: The digests of stories, in their order.
Merge: TypeAlias = Callable[[Sequence[StoryBriefs]], Iterable[Digest]]


def merge_stories(stories: Sequence[StoryBriefs]) -> tuple[Digest, ...]:
    """The digest of each story, one after the other."""
    return tuple(merge_briefs(story.briefs, story.coverage) for story in stories)


def groups_of(briefs: Sequence[Brief], articles: Iterable[Article] = ()) -> tuple[Group, ...]:
    """The stories of briefs. An article whose text is among `articles` is read whole, others by their quotes.

    Raises:
        NoInput: there is no brief.
        ValueError: two briefs of one article id.
    """
    if not briefs:
        raise NoInput("There is no brief to make stories of.")
    texts = {article.id: article for article in articles}
    return group_reports(
        [
            report_of_article(texts[brief.article.id])
            if brief.article.id in texts
            else report_of_brief(brief)
            for brief in briefs
        ]
    )


def digest_stories(
    briefs: Sequence[Brief],
    groups: Sequence[Group],
    coverage: Coverage | None = None,
    merge: Merge = merge_stories,
) -> StoryCollection:
    """What the briefs of a pile say together, story by story; `groups` are those of `groups_of`.

    `merge` makes the digests of stories of several articles; of one article there is nothing to settle.
    """
    by_id = {brief.article.id: brief for brief in briefs}
    stories = [
        StoryBriefs(tuple(by_id[one] for one in group.articles), Coverage(read=len(group.articles)))
        for group in groups
    ]
    several = iter(merge([story for story in stories if len(story.briefs) > 1]))
    digests = [
        next(several) if len(story.briefs) > 1 else merge_briefs(story.briefs, story.coverage)
        for story in stories
    ]
    headers = {brief.article.id: brief.article for brief in briefs}
    return collect(groups, digests, headers, coverage or Coverage(read=len(briefs)))


def digest_pile(
    loaded: LoadResult,
    results: Sequence[Result],
    merge: Merge = merge_stories,
    *,
    one_story: bool = False,
) -> PileRun:
    """What results that are there say: one digest where they are one story, or `one_story` says so."""
    briefs = tuple(one for one in results if isinstance(one, Brief))
    failed = (*loaded.failed, *(one.record for one in results if isinstance(one, Failed)))
    if not briefs:
        return PileRun(None, None, briefs, failed)
    coverage = loaded.coverage.model_copy(update={"failed": failed})
    groups = () if one_story else groups_of(briefs, loaded.articles)
    if len(groups) > 1:
        return PileRun(None, digest_stories(briefs, groups, coverage, merge), briefs, failed)
    (digest,) = merge([StoryBriefs(briefs, coverage)])
    return PileRun(digest, None, briefs, failed)


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
