"""New claims that are old ones with another number, and those that only repeat a part of an old one.

Pure. A speaker's number decides nothing about which claim it is: without their numbers the two must be alike,
and one of those who tell them must be the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarizer.merging.claim_words import NameTable, dropped_words
from summarizer.merging.delta_telling import claim_change, listed, rank, speakers_of, verb_for
from summarizer.merging.delta_union import Told, Union
from summarizer.merging.likeness import SAME, Likeness
from summarizer.merging.propositions import Proposition, read_proposition
from summarizer.records.delta import Change
from summarizer.records.digest import ClaimCluster
from summarizer.text.families import word_family

#: Claims that are one but for a number must be at least this alike: two counts in one kind of sentence
#: ("three people were injured", "three people were arrested") are not one claim revised.
_REVISED = 0.7
#: A claim of fewer words is held by too many others.
_MIN_HELD = 3


def revised_claims(
    union: Union,
    only_old: Sequence[tuple[ClaimCluster, list[Told]]],
    both: Sequence[tuple[ClaimCluster, list[Told]]],
    only_new: Sequence[tuple[ClaimCluster, list[Told]]],
) -> tuple[
    list[tuple[int, Change]], list[tuple[ClaimCluster, list[Told]]], list[tuple[ClaimCluster, list[Told]]]
]:
    """New claims that are old ones with another number; and what is left of the old and the new ones.

    The old claim may still be told: yesterday's article, with yesterday's number, is in today's pile too.
    """
    earlier = [*only_old, *both]
    table = NameTable({})
    read = {
        group.id: replace(read_proposition(group.text, table), days=None)
        for group, _ in (*earlier, *only_new)
    }
    numbered = [pair for pair in earlier if read[pair[0].id].numbers]
    likeness = Likeness([_bare(one) for one in read.values()], {})
    found: list[tuple[int, Change]] = []
    gone: set[str] = set()
    left_new = []
    for group, after in only_new:
        mine = read[group.id]
        speakers = {who for one in after for who in one.who or ("",)}
        best: tuple[float, ClaimCluster, list[Told]] | None = None
        for other, before in numbered if mine.numbers else ():
            theirs = read[other.id]
            if theirs.numbers == mine.numbers or other.id in gone:
                continue
            if not speakers & {who for one in before for who in one.who or ("",)}:
                continue
            score = likeness(_bare(mine), _bare(theirs))
            if score >= max(SAME, _REVISED) and (best is None or score > best[0]):
                best = score, other, before
        if best is None:
            left_new.append((group, after))
            continue
        _, other, before = best
        gone.add(other.id)
        names = speakers_of(union, after)
        change = claim_change(
            union,
            group,
            "revised",
            before,
            after,
            names=names,
            told=(other.text, group.text),
            reason=f"{listed(names)} now {verb_for('gives', names)} another number",
            rests_on=(before, after),
        )
        found.append((place(after), change))
    return found, [pair for pair in only_old if pair[0].id not in gone], left_new


def holds(old: ClaimCluster, new: ClaimCluster) -> bool:
    """Whether the old claim says all that the new one says, as surely and with the same polarity."""
    then, now = old.voices[0], new.voices[0]
    if then.polarity != now.polarity or min(map(rank, old.voices)) > min(map(rank, new.voices)):
        return False
    words = _telling(new.text)
    return len(words) >= _MIN_HELD and words <= _telling(old.text)


def _telling(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.lower())
    return frozenset(word_family(word) for word in words if word not in dropped_words())


def _bare(one: Proposition) -> Proposition:
    return replace(one, numbers=frozenset())


def place(told: Sequence[Told]) -> int:
    """How far down its digest the claim stands."""
    return min(int(one.cluster[1:]) for one in told)
