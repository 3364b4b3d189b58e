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

from summarizer.errors import NoInput
from summarizer.pipeline import merge_briefs
from summarizer.records.article import Article
from summarizer.records.brief import Brief
from summarizer.records.digest import Coverage, Digest
from summarizer.records.stories import StoryCollection
from summarizer.stories.grouping import Group, group_reports
from summarizer.stories.ranking import collect
from summarizer.stories.reports import report_of_article, report_of_brief


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
    """What the briefs of a pile say together, story by story; `groups` are those of `groups_of`."""
    by_id = {brief.article.id: brief for brief in briefs}
    digests = [
        merge([by_id[one] for one in group.articles], Coverage(read=len(group.articles))) for group in groups
    ]
    headers = {brief.article.id: brief.article for brief in briefs}
    return collect(groups, digests, headers, coverage or Coverage(read=len(briefs)))
