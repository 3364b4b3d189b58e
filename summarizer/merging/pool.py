"""All items of a story's briefs in one fixed order, each with the name that digests know it by.

Pure. Members are named `<article id>/<item id>`. Whatever order the briefs come in, the pool is the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.records.article import ArticleHeader
from summarizer.records.brief import Actor, Brief, Claim, Figure


@dataclass(frozen=True, slots=True)
class ActorItem:
    """An actor of one article."""

    member: str
    article: ArticleHeader
    actor: Actor


@dataclass(frozen=True, slots=True)
class FigureItem:
    """A figure of one article; `source` and `via` are member names of actors, or None."""

    member: str
    article: ArticleHeader
    figure: Figure
    source: str | None
    via: str | None


@dataclass(frozen=True, slots=True)
class ClaimItem:
    """A claim of one article; `speakers` and `via` are member names of actors."""

    member: str
    article: ArticleHeader
    claim: Claim
    speakers: tuple[str, ...]
    via: str | None


@dataclass(frozen=True, slots=True)
class Pool:
    """The items of all briefs, by article id and then by their number in the brief."""

    briefs: tuple[Brief, ...]
    actors: tuple[ActorItem, ...]
    figures: tuple[FigureItem, ...]
    claims: tuple[ClaimItem, ...]


def pool_briefs(briefs: Sequence[Brief]) -> Pool:
    """The pool of `briefs`. A brief that is there twice counts once.

    Raises:
        ValueError: no brief at all, or two different briefs of one article id (member names would be
            ambiguous; ids are made from content, so this is a fault of the caller).
    """
    by_id: dict[str, Brief] = {}
    for brief in briefs:
        known = by_id.setdefault(brief.article.id, brief)
        if known is not brief and known != brief:
            raise ValueError(f"two different briefs of the article {brief.article.id!r}")
    if not by_id:
        raise ValueError("a digest needs at least one brief")
    ordered = tuple(by_id[key] for key in sorted(by_id))
    actors: list[ActorItem] = []
    figures: list[FigureItem] = []
    claims: list[ClaimItem] = []
    for brief in ordered:
        header = brief.article
        name = {actor.id: f"{header.id}/{actor.id}" for actor in brief.actors}
        actors.extend(
            ActorItem(name[actor.id], header, actor)
            for actor in sorted(brief.actors, key=lambda item: _number(item.id))
        )
        figures.extend(
            FigureItem(
                f"{header.id}/{figure.id}",
                header,
                figure,
                name.get(figure.source or ""),
                name.get(figure.via or ""),
            )
            for figure in sorted(brief.figures, key=lambda item: _number(item.id))
        )
        claims.extend(
            ClaimItem(
                f"{header.id}/{claim.id}",
                header,
                _as_it_stands(claim),
                tuple(dict.fromkeys(name[speaker] for speaker in claim.speakers if speaker in name)),
                name.get(claim.via or ""),
            )
            for claim in sorted(brief.claims, key=lambda item: _number(item.id))
        )
    return Pool(ordered, tuple(actors), tuple(figures), tuple(claims))


#: Words that deny inside a claim's own text.
_NEGATIONS = frozenset(
    (
        "not",
        "no",
        "never",
        "none",
        "nobody",
        "nothing",
        "neither",
        "nor",
        "cannot",
        "n't",
        "n’t",
        "without",
        "untrue",
        "false",
    )
)


def _as_it_stands(claim: Claim) -> Claim:
    """A claim without a second denial: "X had nothing to do with it" is affirmed, if "nothing" stays in it.

    A denial's text should be the affirmative (contract, section 5). Where it keeps the very words that deny,
    and no other cue denies it, taking it as denied would turn it into its opposite.
    """
    if claim.polarity != "denied" or not claim.cues:
        return claim
    if not all(re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", claim.text, re.I) for cue in claim.cues):
        return claim
    words = {word for cue in claim.cues for word in re.findall(r"n['’]t|\w+", cue.lower())}
    return claim.model_copy(update={"polarity": "affirmed"}) if words & _NEGATIONS else claim


def _number(item_id: str) -> tuple[int, str]:
    digits = re.search(r"\d+", item_id)
    return int(digits.group()) if digits else 0, item_id
