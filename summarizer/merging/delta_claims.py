"""How claims changed between two digests: denied, withdrawn, firmer, softer, revised, new, not repeated.

Pure. Compared is what each speaker said last, then and now; the articles' own voice counts as one speaker.
A speaker who is silent now has changed nothing. Where only the number or the date is another, the claim is
revised.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from summarizer.merging.delta_revised import holds, place, revised_claims
from summarizer.merging.delta_telling import (
    SURE,
    claim_change,
    listed,
    member_name,
    rank,
    speakers_of,
    stance_of,
    verb_for,
)
from summarizer.merging.delta_union import Told, Union, is_same_item
from summarizer.records.brief import CERTAINTIES
from summarizer.records.delta import CHANGE_KINDS, Change, ChangeKind
from summarizer.records.digest import ClaimCluster, Voice


def claim_changes(union: Union) -> tuple[list[Change], int]:
    """The changes in the new digest's order of prominence, and how many claims are told as before."""
    changes: list[tuple[int, Change]] = []
    steady = 0
    only_old: list[tuple[ClaimCluster, list[Told]]] = []
    only_new: list[tuple[ClaimCluster, list[Told]]] = []
    both: list[tuple[ClaimCluster, list[Told]]] = []
    for group in union.claims:
        told = [union.told[member] for member in group.members]
        before = [one for one in told if one.side == "old"]
        after = [one for one in told if one.side == "new"]
        if not before:
            only_new.append((group, after))
        elif not after:
            only_old.append((group, before))
        else:
            both.append((group, before))
            found = _changed(union, group, before, after)
            steady += not found
            changes += [(place(after), change) for change in found]
    revised, left_old, left_new = revised_claims(union, only_old, both, only_new)
    changes += revised
    for group, told in left_new:
        if any(holds(other, group) for other, _ in (*only_old, *both)):
            steady += 1  # a part of what was told before, in a sentence of its own now
        else:
            changes.append((place(told), _one_sided(union, group, told, "new")))
    changes += [(place(told), _one_sided(union, group, told, "not_repeated")) for group, told in left_old]
    return [change for _, change in sorted(changes, key=lambda pair: pair[0])], steady


def _changed(union: Union, group: ClaimCluster, before: list[Told], after: list[Told]) -> list[Change]:
    """What changed in one proposition that both sides have, one change of a kind."""
    stances = {voice.member: voice for voice in group.voices}  # polarity relative to the group's text

    def said(told: Iterable[Told]) -> dict[str, tuple[Told, Voice]]:
        last: dict[str, tuple[Told, Voice]] = {}
        for one in sorted(told, key=lambda one: (one.day, -rank(stances[member_name(one)]), one.item.member)):
            for who in one.who or ("",):
                last[who] = one, stances[member_name(one)]
        return last

    then, now = said(before), said(after)
    moved: list[tuple[ChangeKind, str, tuple[Told, Voice] | None, tuple[Told, Voice]]] = []
    for who, (one, voice) in now.items():
        earlier = then.get(who)
        kind = _moved(earlier[1] if earlier else None, voice)
        if kind is not None and not _was_there(one, before):
            moved.append((kind, who, earlier, (one, voice)))
    found = [
        _of_speakers(union, group, before, after, hits)
        for wanted in CHANGE_KINDS
        if (hits := [one for one in moved if one[0] == wanted])
    ]
    whole = None if found else _of_all(union, group, before, after, then, now)
    return found if whole is None else [whole]


def _was_there(one: Told, before: Sequence[Told]) -> bool:
    """Whether it is an item of an article that the old digest has too: whatever it is, it is no news."""
    return any(is_same_item(other, one) for other in before)


def _moved(earlier: Voice | None, voice: Voice) -> ChangeKind | None:
    """What one speaker's last word is against the one before."""
    if earlier is None:
        return "denied" if voice.polarity == "denied" and voice.certainty != "unknown" else None
    if earlier.polarity != voice.polarity and "unknown" not in (earlier.certainty, voice.certainty):
        return "withdrawn"
    if rank(voice) != rank(earlier):
        return "firmer" if rank(voice) < rank(earlier) else "softer"
    if voice.when and earlier.when and voice.when != earlier.when and not _within(voice.when, earlier.when):
        return "revised"
    return None


def _within(one: str, other: str) -> bool:
    """Whether a date is only told more or less exactly: "2025-03" and "2025-03-05"."""
    return one.startswith(other) or other.startswith(one) or "/" in one or "/" in other


def _of_speakers(
    union: Union,
    group: ClaimCluster,
    before: list[Told],
    after: list[Told],
    hits: Sequence[tuple[ChangeKind, str, tuple[Told, Voice] | None, tuple[Told, Voice]]],
) -> Change:
    kind, _, earlier, (_, voice) = hits[0]
    names = union.each_name(who for _, who, _, _ in hits if who)
    told = listed(names)
    was = earlier[1] if earlier else None
    match kind:
        case "denied":
            reason = f"{told} {verb_for('denies', names)} it"
            before_text = None if was is None else stance_of(was)
        case "withdrawn":
            reason = (
                f"{told} said so and now {verb_for('denies', names)} it"
                if voice.polarity == "denied"
                else f"{told} denied it and now {verb_for('says', names)} so"
            )
            before_text = stance_of(was) if was else None
        case "revised":
            reason = f"{told} now {verb_for('gives', names)} another date"
            before_text = was.when if was else None
        case _:
            verb = verb_for("denies" if voice.polarity == "denied" else "tells", names)
            reason = (
                f"{told} now {verb} it {SURE[voice.certainty]}, before {SURE[was.certainty]}" if was else ""
            )
            before_text = stance_of(was) if was else None
    return claim_change(
        union,
        group,
        kind,
        before,
        after,
        names=names,
        told=(before_text, voice.when if kind == "revised" else stance_of(voice)),
        reason=reason,
        rests_on=(
            [one[2][0] for one in hits if one[2]] or before,
            [one[3][0] for one in hits],
        ),
    )


def _of_all(
    union: Union,
    group: ClaimCluster,
    before: list[Told],
    after: list[Told],
    then: dict[str, tuple[Told, Voice]],
    now: dict[str, tuple[Told, Voice]],
) -> Change | None:
    """What changed for the proposition as a whole, where no single speaker changed."""
    affirmed_then = [voice for _, voice in then.values() if voice.polarity == "affirmed"]
    joined = [
        (who, one, voice)
        for who, (one, voice) in now.items()
        if who not in then
        and not _was_there(one, before)
        and voice.polarity == "affirmed"
        and voice.certainty != "unknown"
    ]
    surest_then = min(map(rank, affirmed_then), default=len(CERTAINTIES))
    surer = [one for one in joined if rank(one[2]) < surest_then]
    if surer:
        names = union.each_name(who for who, _, _ in surer if who)
        reason = f"{listed(names)} now {verb_for('tells', names)} it {SURE[surer[0][2].certainty]}"
        reason += "" if affirmed_then else ", which nobody did before"
        rests = (before, [one for _, one, _ in surer])
        return claim_change(
            union,
            group,
            "firmer",
            before,
            after,
            names=names,
            told=(stance_of(affirmed_then[0]) if affirmed_then else None, stance_of(surer[0][2])),
            reason=reason,
            rests_on=rests,
        )
    origins_then, origins_now = _origins(before, group), _origins(after, group)
    if joined and len(origins_then) == 1 and len(origins_now | origins_then) > 1 and affirmed_then:
        names = union.each_name(who for who, _, _ in joined if who)
        return claim_change(
            union,
            group,
            "firmer",
            before,
            after,
            names=names,
            told=("one origin", f"{len(origins_now | origins_then)} origins"),
            reason=f"{listed(names)} {verb_for('says', names)} so too: a second independent origin",
            rests_on=(before, [one for _, one, _ in joined]),
        )
    if affirmed_then and joined and not then.keys() & now.keys():
        surest_now = min(rank(voice) for _, _, voice in joined)
        if surest_now > surest_then:
            names = union.each_name(who for who, _, _ in joined if who)
            surest = min((voice for _, _, voice in joined), key=rank)
            return claim_change(
                union,
                group,
                "softer",
                before,
                after,
                names=names,
                told=(stance_of(min(affirmed_then, key=rank)), stance_of(surest)),
                reason=f"nobody tells it as surely now; {listed(names)} {verb_for('tells', names)} it "
                f"{SURE[surest.certainty]}",
                rests_on=(before, [one for _, one, _ in joined]),
            )
    return None


def _origins(told: Sequence[Told], group: ClaimCluster) -> set[str]:
    """Independent origins that affirm, by the keys that merging both sides gave them."""
    members = {member_name(one) for one in told}
    return {
        key
        for voice in group.voices
        if voice.member in members and voice.polarity == "affirmed" and voice.certainty != "unknown"
        for key in _origin(voice).split("+")
    }


def _origin(voice: Voice) -> str:
    """An article is one origin on both sides."""
    return voice.origin.replace("article:old:", "article:").replace("article:new:", "article:")


def _one_sided(
    union: Union, group: ClaimCluster, told: list[Told], kind: Literal["new", "not_repeated"]
) -> Change:
    names = speakers_of(union, told)
    stance = stance_of(group.voices[0])
    if kind == "new":
        return claim_change(
            union, group, kind, [], told, names=names, told=(None, stance),
            reason="not told before", rests_on=([], told),
        )  # fmt: skip
    return claim_change(
        union, group, kind, told, [], names=names, told=(stance, None),
        reason="not told now, and not denied either", rests_on=(told, []),
    )  # fmt: skip
