"""How a digest's ids are shown: actors by their names, articles by number.

One person is spelled in one way wherever the words are our own ("Antony Blinken", never "Anthony Blinken"
beside it); quotes are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from summarizer.records.article import ArticleHeader
from summarizer.records.brief import Evidence
from summarizer.records.digest import ActorCluster, Digest
from summarizer.rendering import wording
from summarizer.rendering.view import Span

#: Letters that two spellings of one surname have in common at their start: Zelensky, Zelenskyy.
_SAME_START = 4


@dataclass(frozen=True, slots=True)
class Names:
    """Look-ups for one digest. An id that it doesn't hold is shown as it is."""

    actors: Mapping[str, str]
    numbers: Mapping[str, int]
    headers: Mapping[str, ArticleHeader]
    spellings: Mapping[str, str]
    other_spelling: re.Pattern[str] | None

    def actor(self, actor_id: str | None) -> str | None:
        return None if actor_id is None else self.actors.get(actor_id, actor_id)

    def consistent(self, text: str) -> str:
        """`text` (our own words, never a quote) on one line, with every person in one spelling."""
        line = wording.shown(text)
        if self.other_spelling is None:
            return line
        return self.other_spelling.sub(lambda found: self.spellings[found.group()], line)

    def ref(self, member: str) -> str:
        """ "dock-strike/f1" as "2/f1"."""
        article, _, item = member.rpartition("/")
        return f"{self.numbers[article]}/{item}" if article in self.numbers else wording.shown(member)

    def spans(self, article: str, evidence: Iterable[Evidence]) -> tuple[Span, ...]:
        source = self.numbers.get(article, 0)
        return tuple(Span(source, one.start, one.end) for one in evidence)

    def own_voice(self, article: str) -> str:
        header = self.headers.get(article)
        return wording.own_voice(header) if header else "the article itself"


def names_of(digest: Digest) -> Names:
    """The look-ups for `digest`; articles are numbered from 1 in its order."""
    spellings = _spellings(digest.actors)
    longest_first = sorted(spellings, key=lambda name: (-len(name), name))
    return Names(
        actors={actor.id: wording.shown(actor.name) for actor in digest.actors},
        numbers={header.id: number for number, header in enumerate(digest.articles, 1)},
        headers={header.id: header for header in digest.articles},
        spellings=spellings,
        other_spelling=re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
        if spellings
        else None,
    )


def _spellings(actors: Iterable[ActorCluster]) -> dict[str, str]:
    """Other spellings of persons' names -> the one to use; what could be two persons is left alone."""
    found: dict[str, set[str]] = {}
    taken: set[str] = set()
    for actor in actors:
        name = wording.shown(actor.name)
        taken.update((name, *name.split()))
        for alias in actor.aliases if actor.kind == "person" else ():
            if spelled := _same_name(wording.shown(alias), name):
                found.setdefault(wording.shown(alias), set()).add(spelled)
    return {alias: min(names) for alias, names in found.items() if len(names) == 1 and alias not in taken}


def _same_name(alias: str, name: str) -> str | None:
    """What to write for `alias` if it is `name` in another spelling, else None (a title, a part of it)."""
    ours, theirs = name.split(), alias.split()
    if alias == name or not ours:
        return None
    if len(theirs) == 1 and len(ours) > 1:
        shared = theirs[0] != ours[-1] and theirs[0][:_SAME_START] == ours[-1][:_SAME_START]
        return ours[-1] if shared and len(theirs[0]) > _SAME_START else None
    equal = sum(a.casefold() == b.casefold() for a, b in zip(ours, theirs, strict=False))
    return name if len(theirs) == len(ours) > 1 and equal else None
