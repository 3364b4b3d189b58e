"""How a digest's ids are shown: actors by their names, articles by number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from summarizer.records.article import ArticleHeader
from summarizer.records.brief import Evidence
from summarizer.records.digest import Digest
from summarizer.rendering import wording
from summarizer.rendering.view import Span


@dataclass(frozen=True, slots=True)
class Names:
    """Look-ups for one digest. An id that it doesn't hold is shown as it is."""

    actors: Mapping[str, str]
    numbers: Mapping[str, int]
    headers: Mapping[str, ArticleHeader]

    def actor(self, actor_id: str | None) -> str | None:
        return None if actor_id is None else self.actors.get(actor_id, actor_id)

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
    return Names(
        actors={actor.id: wording.shown(actor.name) for actor in digest.actors},
        numbers={header.id: number for number, header in enumerate(digest.articles, 1)},
        headers={header.id: header for header in digest.articles},
    )
