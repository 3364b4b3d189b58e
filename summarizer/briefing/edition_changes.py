"""What changed in each story since the last sent edition that told it.

Pure. A story goes on where grouping puts its articles and earlier ones into one story; that needs the
texts, which editions hold, and is surer than comparing titles and terms. It is compared with the newest
earlier edition that has it; what is "new" since then is new only if no edition before that told it either.
Silence is no change: a story in which nothing but silence changed is `unchanged`, however its headline is
worded today.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from summarizer.merging.delta import compare_digests
from summarizer.records.article import Article
from summarizer.records.delta import Change, Delta, DeltaQuote
from summarizer.records.digest import Digest
from summarizer.records.edition import Edition, Standing
from summarizer.records.stories import Story, StoryCollection
from summarizer.stories.grouping import group_reports
from summarizer.stories.reports import report_of_article

#: Editions that a story is looked for in; older ones are forgotten.
_EDITIONS = 14


@dataclass(frozen=True, slots=True)
class StoryChange:
    """A story with what changed in it."""

    story: Story
    standing: Standing
    delta: Delta


def story_changes(
    collection: StoryCollection, articles: Sequence[Article], previous: Sequence[Edition]
) -> tuple[StoryChange, ...]:
    """Every story of `collection`, in its order.

    `articles` are the texts of the collection's, `previous` are sent editions, the newest first.
    """
    recent = [edition for edition in previous[:_EDITIONS] if edition.collection is not None]
    pile = _pile(articles, recent)
    return tuple(
        _changed(story, _earlier(pile.groups_of(story, articles), pile, recent))
        for story in collection.all_stories
    )


@dataclass(frozen=True, slots=True)
class _Pile:
    """Today's and all earlier articles in one pile, each by its text: ids are given anew every day."""

    groups: Mapping[str, str]

    def groups_of(self, story: Story, articles: Sequence[Article]) -> Counter[str]:
        """How many of the story's articles are in which group."""
        texts = {one.id: one.text for one in articles if one.id in story.articles}
        return Counter(self.groups[text] for text in texts.values())


def _pile(articles: Sequence[Article], editions: Sequence[Edition]) -> _Pile:
    texts = {one.text: one for edition in editions for one in edition.articles}
    texts.update({one.text: one for one in articles})
    if not texts:
        return _Pile({})
    names = {str(number): text for number, text in enumerate(texts)}
    reports = [replace(report_of_article(texts[text]), id=name) for name, text in names.items()]
    return _Pile(
        {
            names[article]: group.id
            for group in group_reports(reports)
            for article in (*group.articles, *(copy for copy, _ in group.reprints))
        }
    )


def _earlier(mine: Counter[str], pile: _Pile, editions: Sequence[Edition]) -> list[Digest]:
    """What earlier editions say of the story, the newest first; of one edition, the most alike first."""
    found: list[Digest] = []
    for edition in editions:
        assert edition.collection is not None
        overlaps = []
        for other in edition.collection.all_stories:
            theirs = pile.groups_of(other, edition.articles)
            shared = sum(min(mine[group], theirs[group]) for group in mine.keys() & theirs.keys())
            if shared:
                overlaps.append((-shared, other.id, other.digest))
        found += [digest for _, _, digest in sorted(overlaps, key=lambda one: one[:2])]
    return found


def _without_repeats(delta: Delta) -> Delta:
    """The delta without claims that are only said again word for word, by whomever they are carried."""
    kept = tuple(change for change in delta.changes if not _repeats(change))
    left = len(delta.changes) - len(kept)
    return delta.model_copy(update={"changes": kept, "unchanged": delta.unchanged + left})


def _repeats(change: Change) -> bool:
    said = {_words(quote) for quote in change.old_quotes}
    now = {_words(quote) for quote in change.new_quotes}
    return change.part == "claim" and change.kind == "firmer" and bool(now) and now <= said


def _words(quote: DeltaQuote) -> str:
    return " ".join(re.findall(r"\w+", quote.evidence.quote.casefold()))


def _changed(story: Story, earlier: Sequence[Digest]) -> StoryChange:
    newest = compare_digests(earlier[0] if earlier else None, story.digest, story.id, story.title)
    delta = newest
    for digest in earlier[1:]:
        older = compare_digests(digest, story.digest, story.id, story.title)
        untold = {cluster for change in older.changes if change.kind == "new" for cluster in change.new}
        kept = tuple(
            change for change in delta.changes if change.kind != "new" or untold.issuperset(change.new)
        )
        told_before = len(delta.changes) - len(kept)
        delta = delta.model_copy(update={"changes": kept, "unchanged": delta.unchanged + told_before})
    delta = _without_repeats(delta)
    if not earlier:
        return StoryChange(story, "new", delta)
    return StoryChange(story, "changed" if delta.has_news else "unchanged", delta)
