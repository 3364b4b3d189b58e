"""A collection of stories as one object that text, Markdown and HTML are made from.

Pure. Each story's digest is a `View` of its own, numbered so that every ref is unique in the collection:
"2:C3" is claim C3 of story 2, and articles are numbered through, so "17/f3" is figure f3 of source 17.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import islice
from typing import Any, TypeVar, overload

from summarizer.records.stories import Stories, Story
from summarizer.rendering import wording
from summarizer.rendering.view import Difference, FailedRow, Note, SourceRow, Span, View
from summarizer.rendering.view_digest import dates_of, view_digest

_Node = TypeVar("_Node")

#: Fields of a `View` that hold refs.
_REFS = frozenset(("id", "ref", "refs", "cites", "series", "first", "second", "differs_from"))
_MEMBER = re.compile(r"([0-9]+)/(.+)")
_OF_STORY = re.compile(r"([1-9][0-9]*):(.+)")
#: A figure or claim that a sentence of ours names: "same number as 2/f3".
_REF_IN_TEXT = re.compile(r"(?<![\w/])[0-9]+/[cf][0-9]+(?![\w/])")
_PARTS = {
    "articles": "article",
    "publishers": "publisher",
    "corroborated": "corroborated claim",
    "contested": "contested point",
    "recent": "day",
}


@dataclass(frozen=True, slots=True)
class StoryHead:
    """What a list of contents says of a story: its place, why it has that place, what it is about."""

    number: int
    id: str
    title: str
    about: str
    size: str
    rank: str
    reprints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryView(StoryHead):
    """One story: its head and its digest, renumbered."""

    view: View


@dataclass(frozen=True, slots=True)
class StoriesView:
    """A whole collection. `alone` are the articles that no other one joins; views are made at every look."""

    title: str
    heads: tuple[StoryHead, ...]
    alone_heads: tuple[StoryHead, ...]
    all_stories: Sequence[StoryView]
    coverage: str
    failed: tuple[FailedRow, ...]
    duplicates: tuple[str, ...]
    made_by: str
    caution: str

    @property
    def stories(self) -> Iterator[StoryView]:
        """Those of several articles."""
        return islice(iter(self.all_stories), len(self.heads))

    @property
    def alone(self) -> Iterator[StoryView]:
        """Those of one article."""
        return (self.all_stories[place] for place in range(len(self.heads), len(self.all_stories)))


class _Views(Sequence[StoryView]):
    """Stories first, then what stands alone, numbered from 1; each made when it is looked at."""

    def __init__(self, stories: Sequence[Story], before: Sequence[int], made_from: str) -> None:
        self._stories, self._before, self._made_from = stories, before, made_from

    def __len__(self) -> int:
        return len(self._stories)

    @overload
    def __getitem__(self, position: int) -> StoryView: ...
    @overload
    def __getitem__(self, position: slice) -> list[StoryView]: ...
    def __getitem__(self, position: int | slice) -> StoryView | list[StoryView]:
        if isinstance(position, slice):
            return [self[one] for one in range(*position.indices(len(self)))]
        place = range(len(self))[position]
        return story_view(place + 1, self._stories[place], self._before[place], self._made_from)


def view_stories(collection: Stories, made_from: str = "briefs") -> StoriesView:
    """Everything that a reader of `collection` sees. `made_from` says whose briefs it was merged from."""
    heads, before = [], array("L")
    told = reprints = 0
    for number, first, story in _numbered(collection):
        heads.append(story_head(number, story, first))
        before.append(first)
        told += len(story.articles)
        reprints += len(story.reprints)
    views = _Views(collection.all_stories, before, made_from)
    whole = collection.coverage
    parts = [f"{wording.count(whole.read, 'article')} read"]
    parts += [f"{wording.count(reprints, 'reprint')} folded"] if reprints else []
    parts += [f"{len(whole.duplicates)} exact repeats left out"] if whole.duplicates else []
    parts += [f"{len(whole.failed)} failed"] if whole.failed else []
    several = len(collection.stories)
    return StoriesView(
        title=_title(several, len(heads) - several, told + reprints),
        heads=tuple(heads[:several]),
        alone_heads=tuple(heads[several:]),
        all_stories=views,
        coverage=", ".join(parts) + ".",
        failed=tuple(
            FailedRow(wording.shown(one.source), wording.shown(one.kind), wording.shown(one.reason))
            for one in whole.failed
        ),
        duplicates=tuple(wording.shown(one) for one in whole.duplicates),
        made_by=wording.made_by(collection.provenance, f"grouped and merged from {wording.shown(made_from)}"),
        caution=views[0].view.caution if views else "",
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A story of a collection: its number, and how many sources stand before its own."""

    story: Story
    number: int
    before: int

    def outside(self, ref: str) -> str:
        """A ref of the story's digest as the collection shows it: "C3" as "2:C3", "1/f3" as "17/f3"."""
        return _moved_ref(ref, self.number, self.before)


def find_story(wanted: str, collection: Stories) -> tuple[Place, str] | None:
    """The story that a ref of a collection leads to, and the ref within that story's digest.

    "2:C3" is C3 of story 2, and so is "s-5f0c2d9a1b:C3"; "17/f3" is f3 of the 17th source, "dock-strike/f3"
    that of the article. None for anything else.
    """
    story_id, colon, rest = wanted.partition(":")
    of_story = _OF_STORY.fullmatch(wanted)
    for number, before, story in _numbered(collection):
        if (colon and story_id == story.id) or (of_story and int(of_story[1]) == number):
            return Place(story, number, before), rest
        article, slash, item = wanted.rpartition("/")
        if slash and article in story.articles:
            return Place(story, number, before), wanted
        if slash and article.isascii() and article.isdigit():
            place = int(article[:9]) - before
            if 1 <= place <= len(story.articles):
                return Place(story, number, before), f"{place}/{item}"
    return None


def _numbered(collection: Stories) -> Iterator[tuple[int, int, Story]]:
    """Number of a story, sources before it, and the story."""
    before = 0
    for number, story in enumerate(collection.all_stories, 1):
        yield number, before, story
        before += len(story.articles)


def _title(stories: int, alone: int, told: int) -> str:
    if not stories:
        return f"{wording.count(alone, 'article')}, each a story of its own"
    parts = [wording.count(stories, "story", "stories")]
    if alone:
        parts.append(f"{wording.count(alone, 'article')} that {'stands' if alone == 1 else 'stand'} alone")
    return f"{' and '.join(parts)}, from {wording.count(told, 'article')}"


def story_head(number: int, story: Story, before: int) -> StoryHead:
    """The story as number `number` of a document in which `before` sources stand before its own."""
    size = [wording.count(len(story.articles), "article")]
    size += [wording.count(len(story.reprints), "reprint")] if story.reprints else []
    size += [dated] if (dated := dates_of(story.digest.articles)) else []
    return StoryHead(
        number=number,
        id=story.id,
        title=wording.shown(story.title),
        about=", ".join(map(wording.shown, story.terms)),
        size=", ".join(size),
        rank=_rank(story),
        reprints=tuple(_reprint(story, before)),
    )


def story_view(number: int, story: Story, before: int, made_from: str) -> StoryView:
    """The same with its digest."""
    head = story_head(number, story, before)
    view = _renumbered(view_digest(story.digest, made_from), number, before)
    told = {field.name: getattr(head, field.name) for field in fields(head)}
    return StoryView(**told, view=replace(view, title=f"{number}. {head.title}"))


def _rank(story: Story) -> str:
    """The score with what adds to it: "6.5 = 6 articles 2.8 + 4 publishers 2.3 + …"."""
    told = []
    for part in story.rank.parts:
        if part.points:
            what = wording.count(part.amount or 0, _PARTS[part.name])
            told.append(f"{what}{' old' if part.name == 'recent' else ''} {part.points:.1f}")
    return f"{story.rank.score:.1f} = {' + '.join(told)}"


def _reprint(story: Story, before: int) -> Iterator[str]:
    places = {article: before + place for place, article in enumerate(story.articles, 1)}
    for one in story.reprints:
        name = wording.shown(one.article.title or one.article.id)
        outlet = f", {wording.shown(one.article.outlet)}" if one.article.outlet else ""
        yield f"{name} ({wording.shown(one.article.id)}{outlet}) repeats source {places[one.of]}"


def _renumbered(node: _Node, story: int, before: int) -> _Node:
    """A `View`, or a part of one, with its refs and sources numbered through the collection."""
    return _moved(node, story, before)  # type: ignore[no-any-return]


def _moved(node: Any, story: int, before: int) -> Any:
    if isinstance(node, Span):
        return replace(node, source=node.source + before)
    if isinstance(node, SourceRow):
        return replace(node, number=node.number + before)
    if isinstance(node, Note | Difference):
        return replace(
            node, text=_REF_IN_TEXT.sub(lambda ref: _moved_ref(ref.group(), story, before), node.text)
        )
    if isinstance(node, tuple):
        return tuple(_moved(one, story, before) for one in node)
    if not is_dataclass(node) or isinstance(node, type):
        return node
    changed = {}
    for field in fields(node):
        value = getattr(node, field.name)
        if field.name in _REFS:
            changed[field.name] = _moved_refs(value, story, before)
        elif isinstance(value, tuple) or is_dataclass(value):
            changed[field.name] = _moved(value, story, before)
    return replace(node, **changed)


def _moved_refs(value: str | Sequence[str], story: int, before: int) -> str | tuple[str, ...]:
    if not isinstance(value, str):
        return tuple(_moved_ref(one, story, before) for one in value)
    return _moved_ref(value, story, before)


def _moved_ref(ref: str, story: int, before: int) -> str:
    member = _MEMBER.fullmatch(ref)
    if member:
        return f"{int(member[1]) + before}/{member[2]}"
    return f"{story}:{ref}" if ref else ""
