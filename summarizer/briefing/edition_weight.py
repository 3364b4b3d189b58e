"""How much a change weighs: the biggest one leads the subject and its story, the least is cut first.

Pure. The weight is a sum that a reader can follow:

    what happened     withdrawn 2.5, revised 2.5, denied 2, firmer 1.5, softer 1.5, new 1, not repeated 0
    how central       1.5 if the digest's first sentence cites it, 1 if another one does
    how widely told   log2(1 + articles that bear it now) + log2(1 + their reprints)
    how it begins     2 if it opens its article, else less than 1, the less the further down it stands
    the headline      2 if it says all that its article's headline says, less if it says a part of it
    what it lacks     -2 for half a sentence or a count of nothing in particular ("people")

The first row's order is an editor's: what no longer holds goes before what is merely new, if it is told as
widely. A denial weighs less than a withdrawal or a new number, since the one who denies mostly has always
done so. Reprints are no corroboration, but they show what newsrooms think is the news. What is only possible
weighs no less: it is often the news, and it is told with its hedge.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from summarizer.merging.phrasing import is_fragment
from summarizer.records.delta import Change, ChangeKind, DeltaQuote
from summarizer.records.stories import Story
from summarizer.rendering.news_line import shared_part
from summarizer.text.words import is_common_word

_KINDS: Mapping[ChangeKind, float] = {
    "withdrawn": 2.5,
    "revised": 2.5,
    "denied": 2.0,
    "firmer": 1.5,
    "softer": 1.5,
    "new": 1.0,
    "not_repeated": 0.0,
}
_FIRST_CITED, _CITED = 1.5, 1.0
_HEADLINE = 2.0
_VAGUE = -2.0
#: Beginnings of what says little without the sentence before it.
_HALF = re.compile(r"(?:There (?:was|were|is|are)|It|They|He|She|This|That|[A-Z][a-z]+ing)\b")
#: A claim of fewer words is half a sentence.
_FEWEST_WORDS = 4

#: Where the first claim of an article begins, and where its last one ends.
_Extents: TypeAlias = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A change, its place in the delta, and its weight."""

    place: int
    change: Change
    weight: float


def weighed_changes(changes: Sequence[Change], story: Story) -> tuple[Weighed, ...]:
    """The changes that are told (silence isn't), the weightiest first."""
    extents: dict[str, tuple[int, int]] = {}
    for cluster in story.digest.claims:
        for voice in cluster.voices:
            said = voice.evidence[0]
            first, last = extents.get(voice.article, (said.start, said.end))
            extents[voice.article] = min(first, said.start), max(last, said.end)
    titles = {header.id: header.title or "" for header in story.digest.articles}
    told = [
        Weighed(place, change, _weight(change, story, extents, titles))
        for place, change in enumerate(changes)
        if change.kind != "not_repeated"
    ]
    return tuple(sorted(told, key=lambda one: (-one.weight, one.place)))


def is_vague(change: Change) -> bool:
    """Whether its text says little away from its article: "It would cooperate", "people"."""
    words = change.text.split()
    if change.part == "figure":
        return len(words) < 2 and is_common_word(words[0].lower())
    half = is_fragment(change.text) or _HALF.match(change.text) is not None
    return half or len(words) < _FEWEST_WORDS


def _weight(
    change: Change, story: Story, extents: Mapping[str, tuple[int, int]], titles: Mapping[str, str]
) -> float:
    score = _KINDS[change.kind]
    cited = [place for place, line in enumerate(story.digest.summary) if set(line.cites) & set(change.new)]
    if cited:
        score += _FIRST_CITED if cited[0] == 0 else _CITED
    bearing = {quote.article for quote in change.new_quotes}
    copies = sum(one.of in bearing for one in story.reprints)
    score += math.log2(1 + len(bearing)) + math.log2(1 + copies)
    score += max((_opening(quote, extents) for quote in change.new_quotes), default=0.0)
    score += _HEADLINE * max((_in_headline(one, titles) for one in change.new_quotes), default=0.0)
    score += _VAGUE if is_vague(change) else 0.0
    return round(score, 4)


def _opening(quote: DeltaQuote, extents: _Extents) -> float:
    """2 for the first claim of its article, 0 at its last: what leads a report is its news."""
    first, last = extents.get(quote.article, (0, 1))
    start = quote.evidence.start
    return 2.0 if start <= first else max(0.0, 1 - start / last)


def _in_headline(quote: DeltaQuote, titles: Mapping[str, str]) -> float:
    """How much of its article's headline the quote says, 0 to 1."""
    return shared_part(titles.get(quote.article, ""), quote.evidence.quote)
