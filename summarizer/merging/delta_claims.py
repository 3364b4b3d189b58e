"""How claims changed between two digests: denied, withdrawn, firmer, softer, revised, new, not repeated.

Pure. Compared is what each speaker said last, then and now; the articles' own voice counts as one speaker.
A speaker who is silent now has changed nothing. Where only the number or the date is another, the claim is
revised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from summarizer.merging.claim_words import NameTable, dropped_words
from summarizer.merging.delta_union import Told, Union, clusters, is_same_item, quotes
from summarizer.merging.likeness import SAME, Likeness
from summarizer.merging.propositions import Proposition, read_proposition
from summarizer.records.brief import CERTAINTIES, Certainty
from summarizer.records.delta import CHANGE_KINDS, Change, ChangeKind
from summarizer.records.digest import ClaimCluster, Voice
from summarizer.text.families import word_family

#: How sure somebody is, in words.
_SURE: dict[Certainty, str] = {
    "certain": "as certain",
    "probable": "as probable",
    "possible": "as possible",
    "unknown": "as not known",
}
#: Claims that are one but for a number must be at least this alike: two counts in one kind of sentence
#: ("three people were injured", "three people were arrested") are not one claim revised.
_REVISED = 0.7
#: A claim of fewer words is held by too many others.
_MIN_HELD = 3


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
            changes += [(_place(after), change) for change in found]
    revised, left_old, left_new = _revised(union, only_old, both, only_new)
    changes += revised
    for group, told in left_new:
        if any(_holds(other, group) for other, _ in (*only_old, *both)):
            steady += 1  # a part of what was told before, in a sentence of its own now
        else:
            changes.append((_place(told), _one_sided(union, group, told, "new")))
    changes += [(_place(told), _one_sided(union, group, told, "not_repeated")) for group, told in left_old]
    return [change for _, change in sorted(changes, key=lambda pair: pair[0])], steady


def _place(told: Sequence[Told]) -> int:
    """How far down its digest the claim stands."""
    return min(int(one.cluster[1:]) for one in told)


def _changed(union: Union, group: ClaimCluster, before: list[Told], after: list[Told]) -> list[Change]:
    """What changed in one proposition that both sides have, one change of a kind."""
    stances = {voice.member: voice for voice in group.voices}  # polarity relative to the group's text

    def said(told: Iterable[Told]) -> dict[str, tuple[Told, Voice]]:
        last: dict[str, tuple[Told, Voice]] = {}
        for one in sorted(told, key=lambda one: (one.day, -_rank(stances[_member(one)]), one.item.member)):
            for who in one.who or ("",):
                last[who] = one, stances[_member(one)]
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
    if _rank(voice) != _rank(earlier):
        return "firmer" if _rank(voice) < _rank(earlier) else "softer"
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
    names = tuple(dict.fromkeys(union.name(who) for _, who, _, _ in hits if who))
    told = _named(names)
    was = earlier[1] if earlier else None
    match kind:
        case "denied":
            reason = f"{told} {_verb('denies', names)} it"
            before_text = None if was is None else _stance(was)
        case "withdrawn":
            reason = (
                f"{told} said so and now {_verb('denies', names)} it"
                if voice.polarity == "denied"
                else f"{told} denied it and now {_verb('says', names)} so"
            )
            before_text = _stance(was) if was else None
        case "revised":
            reason = f"{told} now {_verb('gives', names)} another date"
            before_text = was.when if was else None
        case _:
            verb = _verb("denies" if voice.polarity == "denied" else "tells", names)
            reason = (
                f"{told} now {verb} it {_SURE[voice.certainty]}, before {_SURE[was.certainty]}" if was else ""
            )
            before_text = _stance(was) if was else None
    return _make(
        union,
        group,
        kind,
        before,
        after,
        names=names,
        told=(before_text, voice.when if kind == "revised" else _stance(voice)),
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
    surest_then = min(map(_rank, affirmed_then), default=len(CERTAINTIES))
    surer = [one for one in joined if _rank(one[2]) < surest_then]
    if surer:
        names = tuple(dict.fromkeys(union.name(who) for who, _, _ in surer if who))
        reason = f"{_named(names)} now {_verb('tells', names)} it {_SURE[surer[0][2].certainty]}"
        reason += "" if affirmed_then else ", which nobody did before"
        rests = (before, [one for _, one, _ in surer])
        return _make(
            union,
            group,
            "firmer",
            before,
            after,
            names=names,
            told=(_stance(affirmed_then[0]) if affirmed_then else None, _stance(surer[0][2])),
            reason=reason,
            rests_on=rests,
        )
    origins_then, origins_now = _origins(before, group), _origins(after, group)
    if joined and len(origins_then) == 1 and len(origins_now | origins_then) > 1 and affirmed_then:
        names = tuple(dict.fromkeys(union.name(who) for who, _, _ in joined if who))
        return _make(
            union,
            group,
            "firmer",
            before,
            after,
            names=names,
            told=("one origin", f"{len(origins_now | origins_then)} origins"),
            reason=f"{_named(names)} {_verb('says', names)} so too: a second independent origin",
            rests_on=(before, [one for _, one, _ in joined]),
        )
    if affirmed_then and joined and not then.keys() & now.keys():
        surest_now = min(_rank(voice) for _, _, voice in joined)
        if surest_now > surest_then:
            names = tuple(dict.fromkeys(union.name(who) for who, _, _ in joined if who))
            surest = min((voice for _, _, voice in joined), key=_rank)
            return _make(
                union,
                group,
                "softer",
                before,
                after,
                names=names,
                told=(_stance(min(affirmed_then, key=_rank)), _stance(surest)),
                reason=f"nobody tells it as surely now; {_named(names)} {_verb('tells', names)} it "
                f"{_SURE[surest.certainty]}",
                rests_on=(before, [one for _, one, _ in joined]),
            )
    return None


def _origins(told: Sequence[Told], group: ClaimCluster) -> set[str]:
    """Independent origins that affirm, by the keys that merging both sides gave them."""
    members = {_member(one) for one in told}
    return {
        key
        for voice in group.voices
        if voice.member in members and voice.polarity == "affirmed" and voice.certainty != "unknown"
        for key in _origin(voice).split("+")
    }


def _origin(voice: Voice) -> str:
    """An article is one origin on both sides."""
    return voice.origin.replace("article:old:", "article:").replace("article:new:", "article:")


def _revised(
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
        names = _speakers(union, after)
        change = _make(
            union,
            group,
            "revised",
            before,
            after,
            names=names,
            told=(other.text, group.text),
            reason=f"{_named(names)} now {_verb('gives', names)} another number",
            rests_on=(before, after),
        )
        found.append((_place(after), change))
    return found, [pair for pair in only_old if pair[0].id not in gone], left_new


def _holds(old: ClaimCluster, new: ClaimCluster) -> bool:
    """Whether the old claim says all that the new one says, as surely and with the same polarity."""
    then, now = old.voices[0], new.voices[0]
    if then.polarity != now.polarity or min(map(_rank, old.voices)) > min(map(_rank, new.voices)):
        return False
    words = _telling(new.text)
    return len(words) >= _MIN_HELD and words <= _telling(old.text)


def _telling(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.lower())
    return frozenset(word_family(word) for word in words if word not in dropped_words())


def _bare(one: Proposition) -> Proposition:
    return replace(one, numbers=frozenset())


def _one_sided(
    union: Union, group: ClaimCluster, told: list[Told], kind: Literal["new", "not_repeated"]
) -> Change:
    names = _speakers(union, told)
    stance = _stance(group.voices[0])
    if kind == "new":
        return _make(
            union, group, kind, [], told, names=names, told=(None, stance),
            reason="not told before", rests_on=([], told),
        )  # fmt: skip
    return _make(
        union, group, kind, told, [], names=names, told=(stance, None),
        reason="not told now, and not denied either", rests_on=(told, []),
    )  # fmt: skip


def _make(
    union: Union,
    group: ClaimCluster,
    kind: ChangeKind,
    before: Sequence[Told],
    after: Sequence[Told],
    *,
    names: tuple[str, ...],
    told: tuple[str | None, str | None],
    reason: str,
    rests_on: tuple[Sequence[Told], Sequence[Told]],
) -> Change:
    return Change(
        part="claim",
        kind=kind,
        text=_text(group, after or before),
        who=names,
        before=told[0],
        after=told[1],
        reason=reason,
        old=clusters(before),
        new=clusters(after),
        old_quotes=quotes(rests_on[0]),
        new_quotes=quotes(rests_on[1]),
    )


def _text(group: ClaimCluster, told: Sequence[Told]) -> str:
    """The proposition as the later side words it, unless merging had to turn it round."""
    members = {_member(one) for one in told}
    return next(
        (
            voice.text
            for voice in group.voices
            if voice.member in members and voice.polarity == union_polarity(told, voice)
        ),
        group.text,
    )


def union_polarity(told: Sequence[Told], voice: Voice) -> str:
    """The polarity that the voice has in its own digest."""
    for one in told:
        if _member(one) == voice.member and isinstance(one.item, Voice):
            return one.item.polarity
    return ""


def _member(one: Told) -> str:
    return f"{one.side}:{one.item.member}"


def _rank(voice: Voice) -> int:
    return CERTAINTIES.index(voice.certainty)


def _stance(voice: Voice) -> str:
    told = "denied" if voice.polarity == "denied" else "said"
    hedges = f" («{'», «'.join(voice.cues)}»)" if voice.cues else ""
    return f"{told} {_SURE[voice.certainty]}{hedges}"


def _speakers(union: Union, told: Sequence[Told]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(union.name(who) for one in told for who in one.who))


def _named(names: Sequence[str]) -> str:
    if not names:
        return "the articles"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _verb(verb: str, names: Sequence[str]) -> str:
    """The verb for one speaker, or for several and for "the articles"."""
    if len(names) == 1:
        return verb
    return {"denies": "deny", "says": "say", "gives": "give", "tells": "tell"}[verb]
