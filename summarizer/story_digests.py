"""From the briefs of a whole pile to its stories, each with its own digest.

::

    Brief …    stories.group_reports   which articles are of one story; reprints folded away
      │  merge                         each story on its own; the caller's, so a model may help
      ▼  stories.collect               ranked, with coverage of the whole pile
    StoryCollection

Articles that gave no brief are in no story; the coverage names them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    merge: Callable[[Sequence[Brief], Coverage], Digest] = merge_briefs,
) -> StoryCollection:
    """What the briefs of a pile say together, story by story; `groups` are those of `groups_of`.

    `merge` makes the digest of a story of several articles; of one article there is nothing to settle.
    """
    by_id = {brief.article.id: brief for brief in briefs}
    digests = []
    for group in groups:
        merge_these = merge if len(group.articles) > 1 else merge_briefs
        of_group = [by_id[one] for one in group.articles]
        digests.append(merge_these(of_group, Coverage(read=len(of_group))))
    headers = {brief.article.id: brief.article for brief in briefs}
    return collect(groups, digests, headers, coverage or Coverage(read=len(briefs)))


def digest_pile(
    loaded: LoadResult,
    results: Sequence[Result],
    merge: Callable[[Sequence[Brief], Coverage], Digest] = merge_briefs,
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
    return PileRun(merge(briefs, coverage), None, briefs, failed)
