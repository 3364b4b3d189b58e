"""Bring denials that stand alone to the claims that they answer.

Pure. Likeness is for two tellings of one thing; a denial is mostly of less: "denied paying a ransom" answers
"paid the hackers $4 million last week". So here the whole of what is denied must be in what is
claimed, which may say more: another number, a day, a place. Not the other way round, since "denied that
it closed in March" leaves "it closed" standing. A wrong dispute is worse than one that is missed.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.merging.claim_words import claim_lexicon
from summarizer.merging.denial_words import (
    broader,
    carriers,
    denial_words,
    events,
    implied,
    light,
    loose,
    loosely,
)
from summarizer.merging.kin import Kin
from summarizer.merging.likeness import Likeness
from summarizer.merging.pool import ClaimItem
from summarizer.merging.propositions import Proposition, about_others, opposed
from summarizer.merging.slots import differ, noun_concept

#: So much of what is denied, by weight, must be in what is claimed.
_COVERED = 0.85
#: Of more claims with one concept than this, only the first are looked at.
_MAX_POSTINGS = 400
#: A number that one article gives twice is one claim; kinds that may answer each other beside equal ones.
_KINDS = (frozenset(("fact", "ongoing")), frozenset(("future", "plan")), frozenset(("future", "decide")))


@dataclass(frozen=True, slots=True)
class Side:
    """A claim as denials are compared with it."""

    one: Proposition
    names: frozenset[str]
    told: frozenset[str]  # content concepts, loose, with what they imply
    text: str = ""


def attach_denials(
    groups: Sequence[Sequence[int]],
    items: Sequence[ClaimItem],
    propositions: Sequence[Proposition],
    likeness: Likeness,
    kin: Kin,
    speakers: Sequence[frozenset[str]],
) -> tuple[list[list[int]], frozenset[int]]:
    """The groups, with each that only denies joined to that of the claim that it denies, if there is one.

    With the positions of what was joined so: their texts say less than the claim and don't stand for it.
    """
    stance = [_stance(item, one) for item, one in zip(items, propositions, strict=True)]
    sides: dict[int, Side] = {}
    sharing: dict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(propositions):
        if stance[i] == "affirms":
            sides[i] = _side(one, items[i].claim.text)
            for concept in sorted(sides[i].told):
                sharing[concept].append(i)
    home = {i: number for number, group in enumerate(groups) for i in group}
    joined = [list(group) for group in groups]
    attached: set[int] = set()
    for number, group in enumerate(groups):
        if any(stance[i] != "denies" for i in group):
            continue
        found = [
            (-score, home[j], j)
            for i in group
            for j in _near(propositions[i], sharing, likeness)
            if _voice(items[i]) != _voice(items[j])
            and (score := answered(propositions[i], sides[j], likeness, kin, speakers[i])) > 0
        ]
        if found:
            joined[min(found)[1]] += group
            joined[number] = []
            attached.update(group)
    return sorted(sorted(group) for group in joined if group), frozenset(attached)


def _stance(item: ClaimItem, one: Proposition) -> str:
    if item.claim.certainty == "unknown" or one.slots.silence or one.kind == "question":
        return "neither"
    return "denies" if (item.claim.polarity == "denied") != one.negated else "affirms"


def _voice(item: ClaimItem) -> tuple[str, tuple[str, ...]]:
    return item.article.id, item.speakers


def _side(one: Proposition, text: str) -> Side:
    said = frozenset(c for c in one.concepts if c[0] not in "@~") | one.slots.agent | one.slots.rest
    follows = {then for verb, among, then in implied() if verb in said and not said.isdisjoint(among)}
    follows |= {broader()[concept] for concept in said if concept in broader()}
    names = frozenset(concept for concept in one.concepts if concept[0] in "@~")
    return Side(one, names, frozenset(loose().get(concept, concept) for concept in said | follows), text)


def _needed(one: Proposition) -> frozenset[str]:
    """The content concepts of what is denied."""
    return frozenset(concept for concept in one.concepts if concept[0] not in "@~") - light()


def _near(one: Proposition, sharing: Mapping[str, list[int]], likeness: Likeness) -> list[int]:
    """Claims that hold one of the two concepts of a denial that tell most: without both it isn't covered."""
    needed = sorted(_needed(one), key=lambda concept: (-likeness.weight(concept), concept))[:2]
    looked_for = {loose().get(c, c) for c in needed}
    if _is_part(one):
        looked_for |= {loose().get(e, e) for c in needed for e in events().get(c, ())}
    return sorted({i for c in looked_for for i in sharing.get(c, [])[:_MAX_POSTINGS]})


def answered(
    denied: Proposition, claim: Side, likeness: Likeness, kin: Kin, speakers: frozenset[str]
) -> float:
    """How much of what is denied is in a claim, from `_COVERED` to 1; 0 when the denial doesn't answer it.

    `speakers`: name tokens of those who deny; one word is enough if the claim is about them.
    """
    other = claim.one
    if denied.kind != other.kind and frozenset((denied.kind, other.kind)) not in _KINDS:
        return 0.0
    if differ(denied.slots, other.slots) or opposed(denied.concepts, other.concepts):
        return 0.0
    if is_narrower(denied, other) or _turned_about(denied, other) or about_others(other, denied):
        return 0.0
    covered_names = _covered_names(denied, claim, kin)
    if covered_names is None:
        return 0.0
    if _is_part(denied):
        return _share_of_event(denied, other)
    needed = _needed(denied) - covered_names
    there = {concept for concept in needed if loose().get(concept, concept) in claim.told}
    about = denied.leads or any(kin.of(name) & claim.names for name in speakers)
    stated = other.slots.is_state and not denied.slots.verb == other.slots.verb == "among"
    enough = 1 if (about and not stated) or _is_there(denied, claim.text) else 2
    if not _same_deed(denied, claim) or len(there) < enough:
        return 0.0
    total = math.fsum(sorted(map(likeness.weight, needed)))
    share = math.fsum(sorted(map(likeness.weight, there))) / total if total else 0.0
    return round(share, 6) if share >= _COVERED else 0.0


def _turned_about(denied: Proposition, other: Proposition) -> bool:
    """Whether whom the denial means suffers the deed: "police shot", "strikers shot at police"."""
    a, b = denied.slots, other.slots
    doers, others = loosely(a.agent), loosely(b.agent)
    return a.verb == b.verb and bool(others) and not doers & others and bool(doers & loosely(b.rest))


def _is_part(denied: Proposition) -> bool:
    """Whether any part in an event is denied: "nothing to do with the blast"."""
    return noun_concept(denied.slots.verb) in denial_words("part") if denied.slots.verb else False


def _share_of_event(denied: Proposition, other: Proposition) -> float:
    """1 if what the claim tells of the same doer is that event, and all of what is denied is about it."""
    if not denied.leads or not other.leads & denied.leads:
        return 0.0
    needed = _needed(denied) - denial_words("part") - denied.slots.agent
    done = {noun_concept(other.slots.verb)} if other.slots.verb else set()
    if done & denial_words("doing"):
        done |= other.slots.rest
    covered = {c for c in needed if (events().get(c, frozenset((c,))) | {c}) & done}
    return 1.0 if covered and needed <= covered | _content(other) else 0.0


def _same_deed(denied: Proposition, claim: Side) -> bool:
    """Whether both are of one verb: to discuss paying is not to pay; "among the stolen" is stolen.

    "There was no leak" is of the leak, and answers "was leaking" in that very word only, or what tells that
    there was one: "escaped through a tunnel", "found a leak".
    """
    other = claim.one
    if _is_of_being(denied):
        return other.slots.verb in denied.slots.rest or _is_there(denied, claim.text)
    deeds = _deeds(denied)
    done = _deeds(other)
    done |= {broader()[deed] for deed in done if deed in broader()}
    return bool(deeds & done) or (other.slots.is_state and bool(deeds & _content(other)))


def _is_of_being(denied: Proposition) -> bool:
    """Whether what is denied is that a thing is there: "there was a leak"."""
    return denied.slots.is_state and not denied.leads and len(_needed(denied)) == 1


def _is_there(denied: Proposition, text: str) -> bool:
    """Whether a text tells that what is denied to be there is: it stands soon behind "through a", "found"."""
    if not _is_of_being(denied):
        return False
    things = _needed(denied)
    words = re.findall(r"[a-z][a-z'’-]*", text.lower())
    return any(
        noun_concept(word) in things and not denial_words("there").isdisjoint(words[max(0, i - 3) : i])
        for i, word in enumerate(words)
    )


def _deeds(one: Proposition) -> frozenset[str]:
    """The main verb; of "made a promise" the noun as well."""
    carried = one.slots.rest if one.slots.verb in carriers() else frozenset()
    words = carried | ({noun_concept(one.slots.verb)} if one.slots.verb else set())
    return loosely(words)


def _content(one: Proposition) -> frozenset[str]:
    """The content concepts of a claim as denials call them."""
    return frozenset(loose().get(concept, concept) for concept in one.concepts if concept[0] not in "@~")


def denies_a_part(denied: Proposition, text: str) -> bool:
    """Whether what is denied is only in the "including …" of a claim: the rest of it stands."""
    found = re.search(claim_lexicon()["denials"]["parts"], text, re.I)
    if found is None:
        return False
    nouns = frozenset(loose().get(noun, noun) for noun in denied.slots.rest | denied.slots.agent)
    return bool(nouns & _called(text[found.end() :]) - _called(text[: found.start()]))


def _called(text: str) -> frozenset[str]:
    words = (noun_concept(word) for word in re.findall(r"[a-z]{3,}", text.lower()))
    return frozenset(loose().get(word, word) for word in words)


def is_narrower(denied: Proposition, other: Proposition) -> bool:
    """Whether a denial is of a number, a day or a reason that the claim doesn't give."""
    if denied.numbers and not any(
        x[2] == y[2] and x[0] <= y[1] and y[0] <= x[1] for x in denied.numbers for y in other.numbers
    ):
        return True
    if denied.slots.is_dated and not other.slots.is_dated:
        return True
    return bool(denied.slots.cause - denied.slots.agent) and not other.slots.cause


def _covered_names(denied: Proposition, claim: Side, kin: Kin) -> frozenset[str] | None:
    """The words by which the claim calls those whom the denial names; None if somebody is another."""
    doers = claim.one.leads | claim.one.slots.agent
    if not claim.one.leads:
        doers |= claim.names
    by: set[str] = set()
    for name in denied.leads:
        words = kin.of(name) | denied.slots.agent
        if not words & doers:
            return None
        by |= words
    if denied.slots.agent and not denied.leads and claim.one.leads:
        called = {word for name in claim.one.leads for word in kin.of(name)}
        if not (denied.slots.agent | loosely(denied.slots.agent)) & (called | claim.told):
            return None
    for name in (denied.others | denied.places) - denied.leads:
        if not kin.of(name) & (claim.names | claim.told):
            return None
    return frozenset(by)
