"""Ground the actors of a draft: their names must be the article's.

Pure. A name must stand in the article, or be the usual name of a country that the article names in
another form. Its first evidence must be a mention that gives the name; evidence is put in that order, and
where no quoted mention gives a name that stands in the article, the first mention that does is added.
Aliases and role that don't stand there are dropped and reported; the actor stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from pydantic import ValidationError

from summarizer.grounding.article_view import ArticleView
from summarizer.grounding.known_words import KnownWords
from summarizer.grounding.locate import Located
from summarizer.grounding.refusals import ItemRefusals, Refusals
from summarizer.records.brief import Actor, ActorKind
from summarizer.records.draft import DraftActor
from summarizer.text.countries import countries
from summarizer.text.folding import comparison_key

_WORD: Final = re.compile(r"[^\W_]+")
_JOINT: Final = re.compile(r",? (?:of|at|for|in) (?:the )?")
#: An id that may be the final one: nothing need be copied where it is.
_ID: Final = re.compile("a[1-9][0-9]*")
_LINKS: Final = frozenset(("of", "the", "and", "for", "in", "on", "s"))


@dataclass(slots=True)
class GroundedActors:
    """Accepted actors (ids not yet final) and what became of each draft id.

    `index` maps a draft id to a position in `actors`; a duplicate's id leads to the actor it repeats.
    """

    actors: list[Actor] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def missing(self, draft_id: str) -> str | None:
        """Why this id is no actor of the brief, or None if it is one."""
        if draft_id in self.index:
            return None
        return f"{draft_id} was refused" if draft_id in self.refused else f"{draft_id} is not in the draft"


def ground_actors(view: ArticleView, drafts: tuple[DraftActor, ...], refusals: Refusals) -> GroundedActors:
    """The actors that the article bears out."""
    grounded = GroundedActors()
    by_name: dict[tuple[str, str], int] = {}
    for draft in drafts:
        notes = refusals.of("actor", draft.id)
        if draft.id in grounded.index or draft.id in grounded.refused:
            notes.add("id", "duplicate", f"the draft uses the id {draft.id} twice", draft.name)
            continue
        actor = _ground(view, draft, notes)
        if actor is None:
            grounded.refused.add(draft.id)
            continue
        key = (comparison_key(actor.name), actor.kind)
        if key in by_name:
            notes.add("name", "duplicate", f"{actor.name} is in the draft already", draft.name)
            position = by_name[key]
            grounded.actors[position] = _merged(grounded.actors[position], actor)
        else:
            position = by_name[key] = len(grounded.actors)
            grounded.actors.append(actor)
        grounded.index[draft.id] = position
    return grounded


def names_actor(view: ArticleView, name: str, kind: ActorKind) -> bool:
    """Whether the article bears out a name.

    It stands there; or it is a country that the article names in another form; or, except for a person's, all
    its words stand in one sentence ("Ukrainian Defense Ministry" for "Ukraine's Defense Ministry").
    """
    if view.words.holds_phrase(name):
        return True
    country = countries().by_name(name)
    if country is not None:
        return view.words.names_country(country)
    words = [word for word in _WORD.findall(comparison_key(name)) if word not in _LINKS]
    if kind == "person" or not words:
        return False
    return any(all(_word_stands(sentence, word) for word in words) for sentence in view.sentence_words)


def states_role(view: ArticleView, role: str) -> bool:
    """Whether the article states a role: as it is, or in two parts of one sentence.

    "Head of research of Sentrix" is stated by "Sentrix's head of research".
    """
    if view.words.holds_phrase(role):
        return True
    joints = [match.span() for match in _JOINT.finditer(role)]
    return any(
        all(sentence.holds_phrase(part) for part in (role[:start], role[end:]))
        for start, end in joints
        for sentence in view.sentence_words
    )


_MARKS: Final = "\"'“”‘’„«»()[]"


def gives_name(evidence: str, name: str) -> bool:
    """Whether a mention gives the name or a telling part of it."""
    if name in evidence:
        return True
    words = KnownWords([evidence])
    if words.holds_phrase(name):
        return True
    country = countries().by_name(name)
    if country is not None and words.names_country(country):
        return True
    parts = [word.strip(_MARKS) for word in name.split()]  # a stray quotation mark is no part of a name
    return any(
        words.holds(word) for word in parts if word and (word[0].isupper() or not any(map(str.isupper, name)))
    )


def _ground(view: ArticleView, draft: DraftActor, notes: ItemRefusals) -> Actor | None:
    mentions: list[tuple[int, int]] = []
    for quote in draft.evidence:
        found = view.place(quote, settled=False)
        if isinstance(found, Located):
            mentions.append((found.start, found.end))
        else:
            notes.add_miss("evidence", found, quote.quote)
    if not mentions:
        if not draft.evidence:
            notes.add("evidence", "quote_blank", "the actor has no evidence", draft.name)
        return None
    if not names_actor(view, draft.name, draft.kind):
        notes.add("name", "name_not_in_evidence", f"“{draft.name}” is not in the article", draft.name)
        return None
    mentions = _name_first(view, draft.name, mentions)
    if not mentions:
        reason = f"no mention in the evidence gives the name “{draft.name}”"
        notes.add("evidence", "name_not_in_evidence", reason, draft.evidence[0].quote)
        return None
    try:
        return Actor(
            id=draft.id if _ID.fullmatch(draft.id) else "a1",
            name=draft.name,
            kind=draft.kind,
            role=_role(view, draft, notes),
            aliases=_aliases(view, draft, notes),
            evidence=tuple(view.evidence(start, end) for start, end in dict.fromkeys(mentions)),
        )
    except ValidationError as error:
        notes.add_invalid(error, draft.name)
        return None


def _name_first(view: ArticleView, name: str, mentions: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans of the evidence, one that gives the name first; empty if there is none to be had."""
    for i, (start, end) in enumerate(mentions):
        if gives_name(view.text[start:end], name):
            return [mentions[i], *mentions[:i], *mentions[i + 1 :]]
    found = view.finder.locate(name)
    if isinstance(found, Located):
        return [(found.start, found.end), *mentions]
    return []


def _role(view: ArticleView, draft: DraftActor, notes: ItemRefusals) -> str | None:
    role = (draft.role or "").strip()
    if not role or states_role(view, role):
        return role or None
    notes.add("role", "name_not_in_evidence", f"the article does not say “{role}”", role)
    return None


def _aliases(view: ArticleView, draft: DraftActor, notes: ItemRefusals) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    own = comparison_key(draft.name)
    for alias in draft.aliases:
        key = comparison_key(alias)
        if not key or key == own:
            continue
        if view.words.holds_phrase(alias):
            kept.setdefault(key, alias.strip())
        else:
            notes.add("aliases", "name_not_in_evidence", f"the article does not say “{alias}”", alias)
    return tuple(kept.values())


def _merged(first: Actor, again: Actor) -> Actor:
    known = {comparison_key(form) for form in (first.name, *first.aliases)}
    aliases = tuple(alias for alias in again.aliases if comparison_key(alias) not in known)
    return first.model_copy(
        update={
            "role": first.role or again.role,
            "aliases": first.aliases + aliases,
            "evidence": tuple(dict.fromkeys(first.evidence + again.evidence)),
        }
    )


def _word_stands(sentence: KnownWords, word: str) -> bool:
    if sentence.holds(word):
        return True
    country = countries().lookup(word.title())
    return country is not None and sentence.names_country(country)
