"""A draft as text that survives injuries, for fuzzing: items between ITEM signs, fields between FIELD signs.

What is missing is empty, and a choice (kind, bound, certainty …) is one character's code modulo the number
of choices, so that any text is a draft of something.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, get_args

from summarizer import article_from_text
from summarizer.errors import SourceError
from summarizer.records.article import Article
from summarizer.records.brief import ActorKind, Bound, Certainty, Polarity, Sentence, Sourcing, Status
from summarizer.records.draft import DraftActor, DraftBrief, DraftClaim, DraftFigure, Quote

ITEM, FIELD, QUOTE = "\x1e", "\x1f", "\x1d"
Choice = TypeVar("Choice")
_MOST_ITEMS = 40


def article_of(text: str) -> Article | None:
    """The article of a text; None where it is none."""
    try:
        return article_from_text(text, article_id="fuzzed")
    except SourceError:
        return None


def draft_of(content: bytes) -> tuple[Article | None, DraftBrief]:
    """An article and a draft from bytes; None where the text is no article."""
    text, *items = content.decode("utf-8", "replace").split(ITEM)
    article = article_of(text)
    actors, figures, claims, summary = [], [], [], []
    for number, item in enumerate(items[:_MOST_ITEMS], 1):
        fields = _Fields(item.split(FIELD))
        match fields.next()[:1]:
            case "A":
                actors.append(_actor(fields, number))
            case "F":
                figures.append(_figure(fields, number))
            case "C":
                claims.append(_claim(fields, number))
            case _:
                if sentence := fields.next().strip():
                    summary.append(Sentence(text=sentence, cites=fields.names() or ("c1",)))
    draft = DraftBrief(
        summary=tuple(summary), actors=tuple(actors), figures=tuple(figures), claims=tuple(claims)
    )
    return article, draft


class _Fields:
    """Fields one after the other; empty when there are no more."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._fields = iter(fields)

    def next(self) -> str:
        return next(self._fields, "")

    def maybe(self) -> str | None:
        return self.next() or None

    def names(self) -> tuple[str, ...]:
        return tuple(name for name in self.next().split(";") if name)

    def choice(self, choices: tuple[Choice, ...]) -> Choice:
        text = self.next()
        return choices[ord(text[0]) % len(choices) if text else 0]

    def number(self) -> int | float:
        text = self.next()
        for kind in (int, float):
            try:
                return kind(text[:400])
            except ValueError:
                continue
        return len(text)

    def quotes(self) -> tuple[Quote, ...]:
        text, sentence, start = self.next(), self.next(), self.next()
        hints = [int(hint) if hint.isascii() and hint.isdigit() and len(hint) < 9 else None
                 for hint in (sentence, start)]  # fmt: skip
        return tuple(Quote(quote=quote, sentence=hints[0], start=hints[1]) for quote in text.split(QUOTE))


def _actor(fields: _Fields, number: int) -> DraftActor:
    return DraftActor(
        id=f"a{number}", kind=fields.choice(get_args(ActorKind)), name=fields.next(), role=fields.maybe(),
        aliases=fields.names(), evidence=fields.quotes(),
    )  # fmt: skip


def _figure(fields: _Fields, number: int) -> DraftFigure:
    return DraftFigure(
        id=f"f{number}", bound=fields.choice(get_args(Bound)), status=fields.choice(get_args(Status)),
        value=fields.number(), value_high=fields.number() if fields.next() else None, unit=fields.next(),
        counted=fields.next(), source=fields.maybe(), via=fields.maybe(), evidence=fields.quotes(),
        also=fields.quotes() if fields.next() else (),
    )  # fmt: skip


def _claim(fields: _Fields, number: int) -> DraftClaim:
    return DraftClaim(
        id=f"c{number}", sourcing=fields.choice(get_args(Sourcing)),
        polarity=fields.choice(get_args(Polarity)), certainty=fields.choice(get_args(Certainty)),
        text=fields.next(), speakers=fields.names(), via=fields.maybe(), cues=fields.names(),
        evidence=fields.quotes(),
    )  # fmt: skip


def draft_bytes(article: Article, draft: DraftBrief) -> bytes:
    """A real draft in the form that `draft_of` reads; what draft ids name is counted anew over all items."""
    items = (*draft.actors, *draft.figures, *draft.claims)
    ids = {item.id: f"{item.id[:1]}{number}" for number, item in enumerate(items, 1)}
    parts = [article.text]
    for actor in draft.actors:
        kind = _code(actor.kind, get_args(ActorKind))
        parts.append(
            _joined("A", kind, actor.name, actor.role, ";".join(actor.aliases), *_quote(actor.evidence))
        )
    for figure in draft.figures:
        choices = _code(figure.bound, get_args(Bound)), _code(figure.status, get_args(Status))
        high = ("",) if figure.value_high is None else ("+", figure.value_high)
        who = [ids.get(one or "") for one in (figure.source, figure.via)]
        parts.append(
            _joined(
                "F",
                *choices,
                figure.value,
                *high,
                figure.unit,
                figure.counted,
                *who,
                *_quote(figure.evidence),
            )
        )
    for claim in draft.claims:
        choices = (
            _code(claim.sourcing, get_args(Sourcing)), _code(claim.polarity, get_args(Polarity)),
            _code(claim.certainty, get_args(Certainty)),
        )  # fmt: skip
        speakers = ";".join(ids[speaker] for speaker in claim.speakers)
        parts.append(
            _joined(
                "C", *choices, claim.text, speakers, ids.get(claim.via or ""), ";".join(claim.cues),
                *_quote(claim.evidence),
            )
        )  # fmt: skip
    parts += [_joined("S", one.text, ";".join(ids[cite] for cite in one.cites)) for one in draft.summary]
    return ITEM.join(parts).encode()


def _code(chosen: object, choices: tuple[Any, ...]) -> str:
    """A readable character that stands for a choice."""
    at = choices.index(chosen)
    return next(chr(code) for code in range(ord("a"), ord("z")) if code % len(choices) == at)


def _quote(quotes: Iterable[Quote]) -> tuple[str, object, object]:
    told = tuple(quotes)
    first = told[0] if told else Quote(quote="")
    return QUOTE.join(one.quote for one in told), first.sentence, first.start


def _joined(*fields: object) -> str:
    return FIELD.join("" if one is None else str(one) for one in fields)
