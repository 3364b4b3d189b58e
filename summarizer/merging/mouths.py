"""Who speaks with whose mouth: independence has to be known, a second name doesn't show it.

Pure. A spokesman's words are those of the body that he speaks for, an office's ("the mining minister") those
of the one who holds it, and "the government" is the one government of the story. Where two could be meant,
nobody is: then each counts for itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from summarizer.merging.actor_facts import state_of_name
from summarizer.merging.claim_words import origin_words
from summarizer.merging.offices import Body, Office, body, office, same_office
from summarizer.merging.person_names import person_name
from summarizer.records.digest import ActorCluster

_RANK = r"spokes(?:man|woman|person|people)|press secretary"
_SPEAKS_FOR = re.compile(
    rf"(?:an? |the )?(?:(?P<before>[^,]+?)(?:['’]s?)? )?(?:{_RANK})(?: (?:for|of|at) (?P<after>[^,]+))?", re.I
)
_DETERMINER = re.compile(r"^(?:the|its|their|our|local) ", re.I)


def mouths(clusters: Sequence[ActorCluster]) -> Mapping[str, str]:
    """Cluster id -> id of the cluster that speaks through it, for those that don't speak for themselves."""
    found: dict[str, str] = {}
    for cluster in clusters:
        other = _spoken_for(cluster, clusters) or _holder(cluster, clusters) or _known(cluster, clusters)
        if other is not None and other != cluster.id:
            found[cluster.id] = other
    return {one: _end(one, found) for one in found}


def _end(one: str, found: Mapping[str, str]) -> str:
    """Where a chain ends: the spokesman of an office speaks for its holder."""
    seen = {one}
    while one in found and found[one] not in seen:
        one = found[one]
        seen.add(one)
    return one


def _only(clusters: Sequence[ActorCluster], fits: Callable[[ActorCluster], bool]) -> str | None:
    """The id of the one cluster that fits; None where there is none or more than one."""
    fitting = [cluster.id for cluster in clusters if fits(cluster)]
    return fitting[0] if len(fitting) == 1 else None


def _spoken_for(cluster: ActorCluster, clusters: Sequence[ActorCluster]) -> str | None:
    """The body that a spokesman speaks for, by role or, if unnamed, by name."""
    said = cluster.role if cluster.kind == "person" and cluster.role else cluster.name
    match = _SPEAKS_FOR.fullmatch(said.strip())
    if match is None or cluster.kind not in ("person", "group"):
        return None
    whom = _DETERMINER.sub("", match["after"] or match["before"] or "")
    if not whom:
        return None
    state, wanted = state_of_name(whom), body(whom)

    def fits(other: ActorCluster) -> bool:
        if other.kind not in ("organization", "country", "group") or other.id == cluster.id:
            return False
        if state is not None:
            return state_of_name(other.name) == state
        if whom.lower() == "government" and other.kind == "country":
            return True
        return any(_same_body(wanted, body(name)) for name in (other.name, *other.aliases))

    return _only(clusters, fits)


def _same_body(a: Body, b: Body) -> bool:
    same_state = a.country is None or b.country is None or a.country == b.country
    return bool(a.words) and a.words == b.words and a.is_ministry == b.is_ministry and same_state


def _holder(cluster: ActorCluster, clusters: Sequence[ActorCluster]) -> str | None:
    """Who holds the office that a person is known by alone."""
    if cluster.kind not in ("person", "group") or person_name(cluster.name) is not None:
        return None
    held = office(cluster.name)
    if held.rank is None or held.rank == "spokesperson" or not _is_one_persons(cluster.name, held):
        return None

    def holds(other: ActorCluster) -> bool:
        if other.kind != "person" or other.role is None or person_name(other.name) is None:
            return False
        theirs = office(other.role)
        return same_office(held, theirs) and (held.function is None) == (theirs.function is None)

    return _only(clusters, holds)


def _is_one_persons(name: str, held: Office) -> bool:
    """Whether one person at a time holds the office, and the name means that one: not "a judge"."""
    if re.match(r"(?:an?|one|some|several|two|former)\b", name, re.I) or name.endswith("s"):
        return False
    return held.rank in origin_words("held_by_one")


def _known(cluster: ActorCluster, clusters: Sequence[ActorCluster]) -> str | None:
    """For "the government" or "police" without a name: the one of that kind, or the first unnamed one."""
    kind = _bare(cluster)
    if kind is None:
        return None
    bare = [other.id for other in clusters if _bare(other) == kind]

    def fits(other: ActorCluster) -> bool:
        if other.id in bare or other.kind not in ("organization", "country", "group"):
            return False
        if kind == "government" and other.kind == "country":
            return True
        named = re.findall(r"[^\W_][\w'’-]*", re.split(r" (?:of|for|in) ", other.name.lower())[0])
        return bool(named) and len(named) > 1 and named[-1] == kind

    return _only(clusters, fits) or bare[0]


def _bare(cluster: ActorCluster) -> str | None:
    """The noun by which a body is called that everybody in the story knows: "the ministry", "police"."""
    if cluster.kind == "person":
        return None
    noun = _DETERMINER.sub("", cluster.name.strip()).lower()
    return noun if noun in origin_words("definite") else None
