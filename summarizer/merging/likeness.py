"""Which claims are one proposition.

Pure. Likeness is that of weighted concepts (TF-IDF over the story), behind gates: kind of statement,
numbers, who acts, who is acted upon. Polarity decides nothing about likeness: "Russia denies it plans to
invade" joins "Russia is planning an invasion". Candidates come from an inverted index of rare concepts, so
a story of n claims costs about n log n.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from summarizer.merging.linkage import average_linkage
from summarizer.merging.propositions import Proposition, about_others, opposed
from summarizer.merging.slots import differ, is_generic
from summarizer.text.words import possible_tags

#: Claims at least this alike are one proposition (average over a cluster).
SAME = 0.54
#: … and at least this share of what each says of its subject is in the other.
COVERED = 0.6
#: Claims of one voice in one article from here on.
_SAME_VOICE = 0.85
#: A number that only one of two claims states makes them less alike; one that both state, more.
_ONE_SIDED_NUMBER, _SHARED_NUMBER = 0.5, 0.15
#: Names of states and actors run through a whole story and say less than what is done.
_NAME_WEIGHT = 0.6
#: A claim about last spring is another one than the same words about now.
_ANOTHER_TIME_DAYS = 90
#: Adjectives and adverbs colour a claim more than they make it.
_MODIFIER_WEIGHT = 0.4
#: Rarer concepts weigh no more: in a story's few claims what stands once is rare by chance.
_RARE = 3
#: A concept in more claims than this is no way to find candidates, except in small stories.
_MAX_POSTINGS = 400
#: Below this a shared number is a coincidence ("two", "three").
_SALIENT = 13


@lru_cache(maxsize=16384)
def _is_modifier(concept: str) -> bool:
    return "-" in concept or possible_tags(concept)[0] in ("JJ", "RB")


def _is_salient(number: tuple[float, float, str]) -> bool:
    """A number that hardly agrees by chance; "two" and "three" do."""
    return number[1] >= _SALIENT or number[2] != "count"


def _numbers_meet(a: Proposition, b: Proposition) -> bool:
    """Whether a number of one can be a number of the other ("$2.5 million", "$2 million to $3 million")."""
    return any(x[2] == y[2] and x[0] <= y[1] and y[0] <= x[1] for x in a.numbers for y in b.numbers)


def _kinds_agree(a: Proposition, b: Proposition) -> bool:
    """What "continues" is no thing of the past; else both must be plans, forecasts, demands, facts …"""
    kinds = {a.kind, b.kind}
    return len(kinds) == 1 or (kinds == {"ongoing", "fact"} and not a.past and not b.past)


def _share(concept: str) -> float:
    """How much a concept weighs beside a noun or verb as rare as it."""
    if concept[0] in "@~":
        return _NAME_WEIGHT
    return _MODIFIER_WEIGHT if _is_modifier(concept) else 1.0


class Likeness:
    """How alike two propositions of one story are, from 0 to a little above 1."""

    def __init__(
        self,
        propositions: Sequence[Proposition],
        states: Mapping[str, str],
        called: Callable[[str], frozenset[str]] = lambda name: frozenset((name,)),
    ) -> None:
        """`states`: a name token -> the token of the state whose office its bearer holds.

        `called` says what else the bearer of a name token is called: "the airline".
        """
        frequency = Counter(concept for one in propositions for concept in one.concepts)
        self._weights = {
            concept: math.log(1 + len(propositions) / max(count, _RARE)) * _share(concept)
            for concept, count in frequency.items()
        }
        self._states = states
        self._called = called

    def weight(self, concept: str) -> float:
        """Inverse document frequency, lower for names and for adjectives."""
        return self._weights[concept]

    def __call__(self, a: Proposition, b: Proposition) -> float:
        shared_number = any(_is_salient(number) for number in a.numbers & b.numbers)
        if self._conflict(a, b, shared_number):
            return 0.0
        common = self._sum(a.concepts & b.concepts)
        alike = 2 * common / (self._sum(a.concepts) + self._sum(b.concepts) or 1.0)
        if bool(a.numbers) != bool(b.numbers) and any(map(_is_salient, a.numbers | b.numbers)):
            alike *= _ONE_SIDED_NUMBER
        return alike + (_SHARED_NUMBER if shared_number else 0.0)

    def _sum(self, concepts: frozenset[str]) -> float:
        return math.fsum(sorted(map(self.weight, concepts)))

    def _conflict(self, a: Proposition, b: Proposition, shared_number: bool) -> bool:
        """Whether two claims can't be one proposition, however many words they share."""
        if not shared_number and not _kinds_agree(a, b):
            return True
        if a.numbers and b.numbers and not _numbers_meet(a, b):
            return True
        if a.places and b.places and not a.places & b.places:
            return True
        first, second = self._with_states(a.leads), self._with_states(b.leads)
        if first and second and not first & second:
            return True
        if self._named_against_noun(a, b) or self._named_against_noun(b, a):
            return True
        if a.others and b.others:
            rest, other_rest = self._with_states(a.others), self._with_states(b.others)
            if not (rest & (other_rest | second) or other_rest & first):
                return True
        if a.days is not None and b.days is not None and a.days.gap(b.days) > _ANOTHER_TIME_DAYS:
            return True
        if opposed(a.concepts, b.concepts) or differ(a.slots, b.slots):
            return True
        if about_others(a, b):
            return True
        return self._uncovered(a, b) or self._uncovered(b, a)

    def _named_against_noun(self, a: Proposition, b: Proposition) -> bool:
        """Whether a name does in `a` what others do in `b`: Norland closed it; the rebels closed it."""
        if not a.leads or a.slots.agent or a.slots.is_state or b.leads or not b.slots.agent:
            return False
        called = frozenset(word for name in a.leads for word in self._called(name))
        return a.slots.verb == b.slots.verb and not is_generic(b.slots.agent) and not called & b.slots.agent

    def _uncovered(self, a: Proposition, b: Proposition) -> bool:
        """Whether less than half of what `a` says of its subject is anywhere in `b`."""
        whole = self._sum(a.core)
        return whole > 0 and self._sum(a.core & b.concepts) < COVERED * whole

    def _with_states(self, names: frozenset[str]) -> frozenset[str]:
        found = names | {self._states[name] for name in names if name in self._states}
        return found | {word for name in names for word in self._called(name) if word[0] == "@"}


def group_propositions(
    propositions: Sequence[Proposition],
    voices: Sequence[tuple[str, tuple[str, ...], str]],
    likeness: Likeness,
) -> list[list[int]]:
    """Positions of the propositions that are one and the same, each group sorted.

    `voices` say whose each is. What one voice says twice in one article is hardly the same thing: such
    pairs must be much more alike. Refusals to comment are never one: two of them confirm nothing.
    """
    alike: dict[Proposition, int] = {}
    told = {id(one): one for one in propositions}  # equal words were read once
    number = {key: alike.setdefault(replace(one, negated=False), len(alike)) for key, one in told.items()}
    distinct: dict[tuple[int, int], list[int]] = {}
    for i, one in enumerate(propositions):
        distinct.setdefault((number[id(one)], i if one.slots.silence else -1), []).append(i)
    bare = list(alike)
    nodes = [bare[node] for node, _ in distinct]
    speaking = [frozenset(voices[i] for i in members) for members in distinct.values()]

    def denies_the_reason(i: int, j: int) -> bool:
        """Whether who denies "it broke because of poor care" has not denied that it broke."""
        denied = any(polarity == "denied" for _, _, polarity in speaking[i])
        a, b = nodes[i].slots, nodes[j].slots
        return denied and bool(a.cause - a.agent) and not b.cause

    def measure(i: int, j: int) -> float:
        if denies_the_reason(i, j) or denies_the_reason(j, i):
            return 0.0
        score = round(likeness(nodes[i], nodes[j]), 6)
        return score if score >= _SAME_VOICE or not speaking[i] & speaking[j] else min(score, SAME / 2)

    edges = {pair: score for pair in _candidates(nodes, likeness) if (score := measure(*pair)) >= SAME}
    groups = average_linkage(len(nodes), edges, measure, SAME)
    members = list(distinct.values())
    return sorted(sorted(i for node in group for i in members[node]) for group in groups)


def _kind(one: Proposition) -> str:
    return "fact" if one.kind == "ongoing" else one.kind


def _candidates(nodes: Sequence[Proposition], likeness: Likeness) -> list[tuple[int, int]]:
    """Pairs that can pass: one of them holds a concept that half of the other's core can't do without.

    Prefix filtering (Bayardo, Ma & Srikant, "Scaling up all pairs similarity search", 2007).
    """
    postings: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, node in enumerate(nodes):
        for concept in node.concepts:
            postings[_kind(node), concept].append(i)
    pairs: set[tuple[int, int]] = set()
    for i, node in enumerate(nodes):
        ranked = sorted(node.core, key=lambda concept: (-likeness.weight(concept), concept))
        left = math.fsum(map(likeness.weight, ranked))
        needed = COVERED * left
        for concept in ranked:
            if left < needed:
                break
            left -= likeness.weight(concept)
            posting = postings[_kind(node), concept]
            if len(posting) > _MAX_POSTINGS:
                at = bisect_left(posting, i)
                posting = posting[max(0, at - _MAX_POSTINGS // 2) : at + _MAX_POSTINGS // 2]
            pairs.update((min(i, j), max(i, j)) for j in posting if j != i)
    by_number: dict[tuple[float, float, str], list[int]] = defaultdict(list)
    for i, node in enumerate(nodes):
        for number in node.numbers:
            if _is_salient(number):
                by_number[number].append(i)
    for sharing in by_number.values():
        for position, i in enumerate(sharing[:_MAX_POSTINGS]):
            pairs.update((i, j) for j in sharing[position + 1 : _MAX_POSTINGS])
    return sorted(pairs)
