"""How a changed claim is told: the stance of a voice in words, the names, and the change as a record.

Pure. Shared by the modules that find changes of claims.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.merging.delta_union import Told, Union, clusters, quotes
from summarizer.records.brief import CERTAINTIES, Certainty
from summarizer.records.delta import Change, ChangeKind
from summarizer.records.digest import ClaimCluster, Voice

#: How sure somebody is, in words.
SURE: dict[Certainty, str] = {
    "certain": "as certain",
    "probable": "as probable",
    "possible": "as possible",
    "unknown": "as not known",
}


def claim_change(
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
    members = {member_name(one) for one in told}
    return next(
        (
            voice.text
            for voice in group.voices
            if voice.member in members and voice.polarity == _own_polarity(told, voice)
        ),
        group.text,
    )


def _own_polarity(told: Sequence[Told], voice: Voice) -> str:
    """The polarity that the voice has in its own digest."""
    for one in told:
        if member_name(one) == voice.member and isinstance(one.item, Voice):
            return one.item.polarity
    return ""


def member_name(one: Told) -> str:
    return f"{one.side}:{one.item.member}"


def rank(voice: Voice) -> int:
    return CERTAINTIES.index(voice.certainty)


def stance_of(voice: Voice) -> str:
    told = "denied" if voice.polarity == "denied" else "said"
    hedges = f" («{'», «'.join(voice.cues)}»)" if voice.cues else ""
    return f"{told} {SURE[voice.certainty]}{hedges}"


def speakers_of(union: Union, told: Sequence[Told]) -> tuple[str, ...]:
    return union.each_name(who for one in told for who in one.who)


def listed(names: Sequence[str]) -> str:
    if not names:
        return "the articles"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def verb_for(verb: str, names: Sequence[str]) -> str:
    """The verb for one speaker, or for several and for "the articles"."""
    if len(names) == 1:
        return verb
    return {"denies": "deny", "says": "say", "gives": "give", "tells": "tell"}[verb]
