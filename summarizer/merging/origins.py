"""What independent origin stands behind a voice, and what a cluster of voices amounts to.

Pure. Corroboration counts origins, not articles: who relays changes nothing, two statements of one actor are
one, and a state's executive (its ministries, officials, spokesmen and office-holders) speaks with one
voice, however many of them there are. An article's own voice is an origin of its own, unless the article
says that it relays another outlet, or two articles of one outlet or publisher say it, or in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from summarizer.merging.actors import organization_key
from summarizer.merging.offices import actor_lexicon, office, split_states
from summarizer.merging.person_names import person_name
from summarizer.merging.pool import ClaimItem
from summarizer.records.digest import ActorCluster, ClaimState, Voice
from summarizer.text.folding import comparison_key
from summarizer.text.lexicon import load_lexicon

#: From this length on, equal sentences of two articles are one text that both carry.
_SAME_WORDS = 60
#: Offices whose holder speaks for a state.
_LEADERS = frozenset(("president", "prime_minister", "chancellor"))
_STATE_OFFICES = frozenset(
    (
        "president",
        "prime_minister",
        "chancellor",
        "vice_president",
        "minister",
        "deputy_minister",
        "spokesperson",
        "aide",
        "ambassador",
        "general",
        "monarch",
    )
)


class Origins:
    """Origin keys for the claims of one story."""

    def __init__(self, clusters: Sequence[ActorCluster], by_member: Mapping[str, ActorCluster]) -> None:
        self._by_member = by_member
        leaders = _leaders(clusters)
        self._states = {cluster.id: state_of(cluster, leaders) for cluster in clusters}
        self._outlets: dict[str, str] = {}
        for cluster in clusters:
            if cluster.kind == "organization":
                for name in (cluster.name, *cluster.aliases):
                    self._outlets.setdefault(organization_key(name), cluster.id)
        self._texts: dict[str, str] = {}

    def of(self, item: ClaimItem) -> str:
        """The key of what stands behind a claim; several speakers are joined by "+"."""
        if not item.speakers:
            return self._own_voice(item)
        return "+".join(sorted({self._of_speaker(speaker, item) for speaker in item.speakers}))

    def _of_speaker(self, speaker: str, item: ClaimItem) -> str:
        cluster = self._by_member[speaker]
        state = self._states[cluster.id]
        if state is not None:
            return f"state:{state}"
        if cluster.kind == "group" and len(cluster.members) == 1:
            if item.via is not None:
                return f"report:{self._by_member[item.via].id}"
            outlet = self._outlet(item)
            if outlet is not None:
                return f"report:{outlet}"
        return f"actor:{cluster.id}"

    def _own_voice(self, item: ClaimItem) -> str:
        outlet = self._outlet(item)
        if outlet is not None:
            return f"report:{outlet}" if outlet.startswith("A") else f"outlet:{outlet}"
        words = comparison_key(item.claim.evidence[0].quote)
        if len(words) >= _SAME_WORDS:
            return f"article:{self._texts.setdefault(words, item.article.id)}"
        return f"article:{item.article.id}"

    def _outlet(self, item: ClaimItem) -> str | None:
        """Cluster id or key of the outlet whose report the article is, or None."""
        name = item.article.origin or item.article.outlet
        if not name:
            return None
        key = organization_key(name)
        key = _families().get(key, key)
        return self._outlets.get(key, key)


@cache
def _families() -> dict[str, str]:
    """Outlet key -> key of the publisher that several outlets belong to."""
    table = load_lexicon("summarizer.merging", "lexicons/publishers.toml")["families"]
    return {
        organization_key(outlet): organization_key(owner)
        for owner, outlets in table.items()
        for outlet in outlets
    }


def _leaders(clusters: Sequence[ActorCluster]) -> dict[str, str]:
    """Surname of a head of state or government -> the state: "the Biden administration" is the United States."""
    found: dict[str, str] = {}
    for cluster in clusters:
        role = office(cluster.role) if cluster.kind == "person" and cluster.role else None
        person = person_name(cluster.name)
        if role is not None and role.country is not None and role.rank in _LEADERS and person is not None:
            found[person.words[-1]] = role.country
    return found


def state_of(cluster: ActorCluster, leaders: Mapping[str, str] = MappingProxyType({})) -> str | None:
    """ISO code of the state whose executive an actor is or belongs to, or None."""
    parts = split_states(cluster.name)
    if cluster.kind == "country":
        return parts.countries[0] if parts.countries else None
    if cluster.kind == "person":
        role = office(cluster.role) if cluster.role else None
        if role is None or role.country is None or role.rank not in _STATE_OFFICES:
            return None
        return role.country
    lexicon = actor_lexicon()["governments"]
    for name in (cluster.name, *cluster.aliases) if cluster.kind == "organization" else (cluster.name,):
        parts = split_states(name)
        words = {word.removesuffix("'s") for word in parts.words}
        seat = lexicon["seats"].get(re.sub(r"^the ", "", name.lower()))
        if seat is not None:
            return str(seat)
        if len(parts.countries) == 1 and words & set(lexicon["organs"].split()):
            return parts.countries[0]
        if words & set(lexicon["entourage"].split()):
            for word in sorted(words):
                if word in leaders:
                    return leaders[word]
    return None


def count_origins(voices: Iterable[Voice]) -> int:
    """Distinct origins behind voices; a joint statement counts each of its speakers."""
    return len({key for voice in voices for key in voice.origin.split("+")})


def state_of_claim(affirming: Sequence[Voice], denying: Sequence[Voice]) -> ClaimState:
    """What the voices amount to."""
    if affirming and denying:
        return "disputed"
    return "corroborated" if count_origins(affirming) > 1 else "single_source"
