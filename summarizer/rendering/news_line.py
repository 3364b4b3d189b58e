"""A change in one line that stands by itself: the source's own words, who says it, and where.

Pure. Claims are told by the quote that bears them, because a quote keeps every hedge and denial; a figure by
both its sides, as their sources put them. No sentence of our own is made that could lose a "may".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from summarizer.records.article import ArticleHeader
from summarizer.records.delta import Change, Delta, DeltaQuote
from summarizer.records.digest import Digest, Voice
from summarizer.rendering import wording
from summarizer.text.families import word_family
from summarizer.text.words import is_common_word

#: A quote that its hedges keep long is cut all the same when it is so many times too long.
_LONGEST = 4
#: A quote of more characters is cut for a line, after its last hedge.
MAX_LINE_QUOTE = 260
#: Shorter words tell nothing.
_SHORT = 2
_WORD = re.compile(r"[^\W_]+")
#: Ends of a quote that our own closing mark stands in for.
_LOOSE_END = re.compile(r"[\s,;:–—-]+$")


def change_line(change: Change, delta: Delta, digest: Digest) -> str:
    """The change, which is one of `delta`, as one line; `digest` is the later one."""
    headers = {header.id: header for header in delta.new.articles}
    earlier = {header.id: header for header in delta.old.articles}
    if change.part == "figure":
        return _figure_line(change, digest, headers, earlier)
    quotes = best_first(change, headers)
    if not quotes:
        return f"“{short_quote(change.old_quotes[0].evidence.quote)}”{_outlet(change.old_quotes[0], earlier)}"
    quote = quotes[0]
    voice = next(one for cluster in digest.claims for one in cluster.voices if one.member == quote.member)
    said = short_quote(quote.evidence.quote, voice.cues)
    return f"“{said}”{_speakers(quote, voice, digest)}{_outlet(quote, headers)}"


def best_first(change: Change, headers: Mapping[str, ArticleHeader]) -> tuple[DeltaQuote, ...]:
    """The quotes that bear the change now: those nearest to its text first, of equal ones the newest."""

    def place(quote: DeltaQuote) -> tuple[float, str]:
        header = headers.get(quote.article)
        near = round(shared_part(change.text, quote.evidence.quote), 1)
        return near, (header.published.date if header else None) or ""

    return tuple(sorted(change.new_quotes, key=place, reverse=True))


def newest(quotes: Sequence[DeltaQuote], headers: Mapping[str, ArticleHeader]) -> DeltaQuote | None:
    """The quote of the newest article, of one day the first one; undated articles come last."""

    def day(quote: DeltaQuote) -> str:
        header = headers.get(quote.article)
        return (header.published.date if header else None) or ""

    return max(quotes, key=day, default=None)


def shared_part(wanted: str, text: str) -> float:
    """The part of the telling words of `wanted` that `text` has too, 0 to 1; inflection doesn't matter."""
    told = _telling(wanted)
    return len(told & _telling(text)) / len(told) if told else 0.0


def short_quote(quote: str, cues: Sequence[str] = (), limit: int = MAX_LINE_QUOTE) -> str:
    """The quote on one line; a long one is cut at a word, never before a hedge, and then ends in "…"."""
    line = wording.shown(quote)
    if len(line) <= limit:
        return _LOOSE_END.sub("", line)
    keep = max((line.find(cue) + len(cue) for cue in map(wording.shown, cues) if cue in line), default=0)
    keep = min(keep, _LONGEST * limit)
    at = line.rfind(" ", 0, max(limit, keep + 1))
    return f"{_LOOSE_END.sub('', line[: max(at, keep) if at > 0 else max(limit, keep)])} …"


def lowered(words: str) -> str:
    """ "At least 31 people" as it stands inside a sentence."""
    first = words.split(" ", 1)[0]
    return words[:1].lower() + words[1:] if first and is_common_word(first.lower()) else words


def _figure_line(
    change: Change, digest: Digest, headers: Mapping[str, ArticleHeader], earlier: Mapping[str, ArticleHeader]
) -> str:
    what = _capital(wording.shown(change.text))
    now, before = newest(change.new_quotes, headers), newest(change.old_quotes, earlier)
    names = {actor.id: actor.name for actor in digest.actors}
    given = {point.member: point.source for series in digest.figures for point in series.points}
    source = given.get(now.member) if now else None
    who = f", {wording.shown(names[source])}" if source in names else ""
    if now and before:
        return f"{what}: now {_told(now, headers)}{who}; before {_told(before, earlier)}"
    return f"{what}: {_told(now, headers) if now else ''}{_told(before, earlier) if before else ''}{who}"


def _told(quote: DeltaQuote, headers: Mapping[str, ArticleHeader]) -> str:
    return f"“{wording.shown(quote.evidence.quote)}”{_outlet(quote, headers)}"


def _speakers(quote: DeltaQuote, voice: Voice, digest: Digest) -> str:
    """Whose words they are, where the quote itself doesn't say so."""
    words = set(map(str.casefold, _WORD.findall(quote.evidence.quote)))
    names = {actor.id: actor.name for actor in digest.actors}
    unsaid = [
        wording.shown(name)
        for speaker in voice.speakers
        if (name := names.get(speaker)) and not words & set(map(str.casefold, _WORD.findall(name)[-1:]))
    ]
    return f", {wording.names(unsaid)}" if unsaid else ""


def _outlet(quote: DeltaQuote, headers: Mapping[str, ArticleHeader]) -> str:
    """Where it stands: the outlet, or else what the article is called."""
    header = headers.get(quote.article)
    return f" ({wording.shown(header.outlet or header.title or header.id)})" if header else ""


def _telling(text: str) -> frozenset[str]:
    words = _WORD.findall(text.casefold())
    return frozenset(word_family(word) for word in words if len(word) > _SHORT or word.isdigit())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
