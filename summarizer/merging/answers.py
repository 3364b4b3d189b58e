"""How those whom a claim is about answer it: denial in full or in part, counter-claim, another answer, none.

Pure. A denial is partial where its own words keep part of the claim, where it is hedged, or where the same
actor affirms the claim elsewhere. The other kinds are only looked for where somebody else accuses a named
actor: answers are that actor's claims in the same articles. "None" says that these articles hold no answer,
never that there was none.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache

from summarizer.merging.actor_facts import state_of_name
from summarizer.merging.claim_words import claim_lexicon
from summarizer.merging.denials import denies_a_part
from summarizer.merging.offices import office, split_states
from summarizer.merging.pool import ClaimItem
from summarizer.merging.propositions import Proposition, concept_of
from summarizer.records.digest import ActorCluster, Answer, AnswerKind, Voice

#: An answer that names more statements than these is no longer read.
_MAX_MEMBERS = 2
#: A statement is on the same matter if it shares this much of what is claimed (by weight of its concepts) …
_SAME_MATTER = 0.4
#: … and a claim is a charge if it comes to wrongdoing within so many words that mean something.
_CHARGE_WITHIN = 4
#: Of more statements on one concept by one side than this, only the first are looked at.
_MAX_POSTINGS = 400
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@cache
def _wrongdoing() -> frozenset[str]:
    words = claim_lexicon()["wrongdoing"]["concepts"].split()
    return frozenset(concept for word in words if (concept := concept_of(word)) is not None)


@cache
def _partial() -> re.Pattern[str]:
    return re.compile(claim_lexicon()["wrongdoing"]["partial"], re.I)


class Answers:
    """The answers of one story's actors to its claims."""

    def __init__(
        self,
        items: Sequence[ClaimItem],
        propositions: Sequence[Proposition],
        actors: Sequence[ActorCluster],
        by_member: Mapping[str, ActorCluster],
        weight: Callable[[str], float],
    ) -> None:
        """`weight` says how much a concept tells in this story."""
        self._items = items
        self._propositions = propositions
        self._weight = weight
        self._actors = {actor.id: actor for actor in actors}
        self._tokens = {actor.id: _tokens_of(actor) for actor in actors}
        self._bearers: dict[str, list[str]] = defaultdict(list)
        for actor in actors:
            if actor.kind != "group":
                self._bearers[_own_token(actor)].append(actor.id)
        self._speakers = [frozenset(by_member[speaker].id for speaker in item.speakers) for item in items]
        self._said: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_token: dict[str, list[int]] = defaultdict(list)
        for i, speakers in enumerate(self._speakers):
            for token in sorted({token for speaker in speakers for token in self._tokens[speaker]}):
                self._by_token[token].append(i)
                for concept in propositions[i].concepts:
                    self._said[token, concept].append(i)

    def to(self, group: Sequence[int], chosen: int, voices: Sequence[Voice]) -> tuple[Answer, ...]:
        """The answers to the claim of `group` (positions), worded as in `chosen`; `voices` in its order."""
        affirming = [
            voice for voice in voices if voice.polarity == "affirmed" and voice.certainty != "unknown"
        ]
        if not affirming:
            return ()
        text = self._items[chosen].claim.text
        in_part = {
            voice.member
            for i, voice in zip(group, voices, strict=True)
            if _denies(voice) and denies_a_part(self._propositions[i], text)
        }
        answers = _denials(voices, in_part)
        accused = self._accused(chosen, affirming)
        if accused is None:
            return answers
        accusers = frozenset(speaker for voice in affirming for speaker in voice.speakers)
        side = self._side(accused, accusers)
        if any(self._tokens[actor] & side for answer in answers for actor in answer.actors):
            return answers
        other = self._other(accused, side, accusers, group, chosen)
        return answers if other is None else (*answers, other)

    def _accused(self, chosen: int, affirming: Sequence[Voice]) -> str | None:
        """The one named actor that others charge with something, if that is what the claim does."""
        one, text = self._propositions[chosen], self._items[chosen].claim.text
        speakers = {speaker for voice in affirming for speaker in voice.speakers}
        if (
            not speakers
            or len(one.leads) != 1
            or one.kind in ("duty", "question")
            or not _is_charge(one, text)
        ):
            return None
        (lead,) = one.leads
        bearers = self._bearers.get(lead, [])
        if len(bearers) != 1 or any(lead in self._tokens[speaker] for speaker in speakers):
            return None
        return bearers[0] if _opens_with(text, self._actors[bearers[0]]) else None

    def _side(self, accused: str, accusers: frozenset[str]) -> frozenset[str]:
        """The tokens of those who can answer for the accused; his state's only if no accuser is of it."""
        theirs = frozenset(token for actor in accusers for token in self._tokens[actor])
        return self._tokens[accused] - theirs

    def _other(
        self, accused: str, side: frozenset[str], accusers: frozenset[str], group: Sequence[int], chosen: int
    ) -> Answer | None:
        """Counter-claim, another answer or none, from what the accused side says of the matter.

        None where there may be an answer that words don't show: the side denies something in these articles.
        """
        topic = self._propositions[chosen].core
        needed = _SAME_MATTER * self._sum(topic)
        candidates = {
            i
            for token in side
            for concept in topic
            for i in self._said.get((token, concept), ())[:_MAX_POSTINGS]
        }
        shared = {
            i: weight
            for i in sorted(candidates - set(group))
            if (weight := self._sum(self._propositions[i].concepts & topic)) >= needed
        }
        theirs = frozenset(token for actor in accusers for token in self._tokens[actor])
        counter = [i for i in shared if self._counters(i, theirs)]
        found = counter or list(shared)
        if not found:
            return None if self._may_answer(side) else Answer(actors=(accused,), kind="no_answer", members=())
        shown = sorted(sorted(found, key=lambda i: (-shared[i], i))[:_MAX_MEMBERS])
        speakers = {actor for i in shown for actor in self._speakers[i] if self._tokens[actor] & side}
        return Answer(
            actors=tuple(sorted(speakers, key=lambda actor: int(actor[1:]))),
            kind="counter_claim" if counter else "other_answer",
            members=tuple(self._items[i].member for i in shown),
        )

    def _may_answer(self, side: frozenset[str]) -> bool:
        """Whether the side denies anything at all."""
        return any(
            self._denies(i) for token in sorted(side) for i in self._by_token.get(token, ())[:_MAX_POSTINGS]
        )

    def _denies(self, i: int) -> bool:
        claim = self._items[i].claim
        return (claim.polarity == "denied") != self._propositions[i].negated

    def _sum(self, concepts: frozenset[str]) -> float:
        return math.fsum(sorted(map(self._weight, concepts)))

    def _counters(self, i: int, accusers: frozenset[str]) -> bool:
        """Whether a claim charges the accusers with something in their turn."""
        one, claim = self._propositions[i], self._items[i].claim
        affirmed = (claim.polarity == "affirmed") != one.negated and claim.certainty != "unknown"
        return affirmed and bool(one.leads & accusers) and _is_charge(one, claim.text)


def _is_charge(one: Proposition, text: str) -> bool:
    """Whether a claim comes to wrongdoing soon after it begins, and doesn't say that there was none."""
    if one.negated or one.concepts.isdisjoint(_wrongdoing()):
        return False
    concepts = [concept for word in _WORD.findall(text) if (concept := concept_of(word.lower())) is not None]
    return not _wrongdoing().isdisjoint(concepts[: _CHARGE_WITHIN + len(one.leads)])


def _opens_with(text: str, actor: ActorCluster) -> bool:
    """Whether a claim's first words name the actor, or are the adjective of the state."""
    opening = re.sub(r"^[Tt]he ", "", text)
    forms = (re.sub(r"^[Tt]he ", "", form) for form in (actor.name, *actor.aliases))
    if any(re.match(rf"{re.escape(form)}(?!\w)", opening) for form in forms):
        return True
    words = opening.split()[:2]
    states = (split_states(" ".join(words[:size])) for size in (1, 2))
    return any(
        f"@{code}" == _own_token(actor) for parts in states if not parts.words for code in parts.countries
    )


def _denials(voices: Sequence[Voice], in_part: Collection[str]) -> tuple[Answer, ...]:
    """How each actor denies, in the order in which they do; members `in_part` deny a part of the claim."""
    affirming = {
        speaker
        for voice in voices
        if voice.polarity == "affirmed" and voice.certainty != "unknown"
        for speaker in voice.speakers
    }
    denying: dict[str, list[Voice]] = {}
    for voice in voices:
        if _denies(voice):
            for speaker in voice.speakers:
                denying.setdefault(speaker, []).append(voice)
    found: dict[AnswerKind, dict[str, list[str]]] = {"full_denial": {}, "partial_denial": {}}
    for actor, of_actor in denying.items():
        full = actor not in affirming and any(
            _is_plain(voice) and voice.member not in in_part for voice in of_actor
        )
        members = [voice.member for voice in of_actor]
        found["full_denial" if full else "partial_denial"][actor] = members
    return tuple(
        Answer(
            actors=tuple(by_actor),
            kind=kind,
            members=tuple(dict.fromkeys(member for members in by_actor.values() for member in members)),
        )
        for kind, by_actor in found.items()
        if by_actor
    )


def _denies(voice: Voice) -> bool:
    return voice.polarity == "denied" and voice.certainty != "unknown"


def _is_plain(voice: Voice) -> bool:
    """Whether a denial is of the whole, by its own words."""
    quote = voice.evidence[0].quote
    return voice.certainty == "certain" and not _partial().search(quote)


def _own_token(actor: ActorCluster) -> str:
    """What propositions call an actor: a state by its code, others by their cluster."""
    state = state_of_name(actor.name) if actor.kind in ("country", "organization") else None
    return f"@{state}" if state is not None and actor.kind == "country" else f"@{actor.id}"


def _tokens_of(actor: ActorCluster) -> frozenset[str]:
    """An actor's own token and that of the state for which it speaks, if it speaks for one."""
    if actor.kind == "person":
        state = office(actor.role).country if actor.role else None
    else:
        states = split_states(actor.name).countries
        state = state_of_name(actor.name) or (states[0] if len(states) == 1 else None)
    return frozenset((_own_token(actor), f"@{actor.id}", *((f"@{state}",) if state else ())))
