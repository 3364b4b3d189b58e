"""Which pairs of a digest's items are worth asking about.

Pure. Taken from what the deterministic merge made: clusters that share many telling words and were kept
apart, and members that share few with the cluster they were put in; the same for figures. What words can't
tell (whether "will attack" and "plans an offensive" are one thing) is for a reader to settle; what numbers
and units rule out is not asked. Words that are in few claims weigh more (inverse document frequency).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.merging.claims import read_claims
from summarizer.merging.pool import ClaimItem, Pool
from summarizer.merging.propositions import Proposition
from summarizer.records.digest import ActorCluster, ClaimCluster, Digest, FigureSeries, SeriesPoint
from summarizer.text.families import word_family

#: Pairs of clusters kept apart are asked about from this likeness on, members of one cluster below it.
ASK_APART, ASK_TOGETHER = 0.4, 0.6
#: At most so many questions of each kind. Few, because words alone hardly find what the merge missed: of
#: the five pairs that it missed in the labelled story, none was among the hundred likest. The model sees
#: the clusters and may name pairs itself; questions make sure that the likest are looked at.
MAX_APART, MAX_TOGETHER, MAX_SERIES = 12, 15, 12
_SHORT_WORD = 3


@dataclass(frozen=True, slots=True)
class Doubt:
    """A pair of members; `together` says that the words put them into one cluster."""

    id: str
    part: Literal["claim", "figure"]
    a: str
    b: str
    together: bool


def doubtful_pairs(digest: Digest, pool: Pool, per_cluster: int | None = None) -> tuple[Doubt, ...]:
    """Pairs to be settled, the most doubtful of each kind first; ids q1….

    A cluster or series is asked about at most `per_cluster` times against others, so that one general claim
    doesn't take up all the questions.
    """
    by_member = {member: cluster for cluster in digest.actors for member in cluster.members}
    claims = _claim_pairs(digest.claims, pool, by_member, per_cluster)
    figures = _series_pairs(digest.figures, per_cluster)
    return tuple(
        Doubt(f"q{number}", part, a, b, together)
        for number, (part, a, b, together) in enumerate([*claims, *figures], 1)
    )


_Asked = tuple[Literal["claim", "figure"], str, str, bool]


def _claim_pairs(
    clusters: Sequence[ClaimCluster],
    pool: Pool,
    by_member: Mapping[str, ActorCluster],
    per_cluster: int | None,
) -> Iterable[_Asked]:
    propositions = dict(zip((item.member for item in pool.claims), read_claims(pool, by_member), strict=True))
    items = {item.member: item for item in pool.claims}
    weight = _weights(one.concepts for one in propositions.values())
    heads = [head_of(cluster) for cluster in clusters]
    sharing: dict[str, list[int]] = {}
    for number, head in enumerate(heads):
        for concept in propositions[head].concepts:
            sharing.setdefault(concept, []).append(number)
    pairs = {
        (i, j)
        for numbers in sharing.values()
        for position, i in enumerate(numbers)
        for j in numbers[position + 1 :]
    }
    apart: list[tuple[float, str, str]] = []
    for i, j in pairs:
        one, other = propositions[heads[i]], propositions[heads[j]]
        if _may_be_one(items[heads[i]], items[heads[j]]) and numbers_agree(one, other):
            score = _dice(one.concepts, other.concepts, weight)
            if score >= ASK_APART:
                apart.append((-round(score, 6), heads[i], heads[j]))
    together: list[tuple[float, str, str]] = []
    for cluster, head in zip(clusters, heads, strict=True):
        for voice in cluster.voices:
            score = _dice(propositions[head].concepts, propositions[voice.member].concepts, weight)
            if voice.member != head and score < ASK_TOGETHER:
                together.append((round(score, 6), head, voice.member))
    yield from (("claim", a, b, False) for a, b in _likest(apart, MAX_APART, per_cluster))
    yield from (("claim", a, b, True) for _, a, b in sorted(together)[:MAX_TOGETHER])


def _likest(
    scored: Sequence[tuple[float, str, str]], most: int, per_cluster: int | None
) -> list[tuple[str, str]]:
    """The pairs of lowest score, without those that name a member more than `per_cluster` times."""
    asked: Counter[str] = Counter()
    found: list[tuple[str, str]] = []
    for _, a, b in sorted(scored):
        if len(found) == most:
            break
        if per_cluster is None or max(asked[a], asked[b]) < per_cluster:
            asked.update((a, b))
            found.append((a, b))
    return found


def head_of(cluster: ClaimCluster) -> str:
    """The member whose text stands for the cluster."""
    return next((voice.member for voice in cluster.voices if voice.text == cluster.text), cluster.members[0])


def _may_be_one(a: ClaimItem, b: ClaimItem) -> bool:
    """What one article says twice in the same voice is hardly the same claim twice."""
    return a.article.id != b.article.id or set(a.speakers) != set(b.speakers)


def numbers_agree(a: Proposition, b: Proposition) -> bool:
    """Whether the numbers of two claims allow them to be one: some meet, or one has none."""
    if not a.numbers or not b.numbers:
        return True
    return any(x[2] == y[2] and x[0] <= y[1] and y[0] <= x[1] for x in a.numbers for y in b.numbers)


def _series_pairs(series: Sequence[FigureSeries], per_cluster: int | None) -> Iterable[_Asked]:
    words = {one.id: _words(one) for one in series}
    weight = _weights(words.values())
    scored: list[tuple[float, str, str]] = []
    for position, one in enumerate(series):
        for other in series[position + 1 :]:
            same_kind = one.unit == other.unit and (one.status == "actual") == (other.status == "actual")
            score = _dice(words[one.id], words[other.id], weight) if same_kind else 0.0
            if score >= ASK_APART:
                scored.append((-round(score, 6), one.points[0].member, other.points[0].member))
    together: list[tuple[float, str, str]] = []
    for one in series:
        first = one.points[0]
        for point in one.points[1:]:
            score = _dice(_point_words(first), _point_words(point), weight)
            if score < ASK_APART:
                together.append((round(score, 6), first.member, point.member))
    yield from (("figure", a, b, False) for a, b in _likest(scored, MAX_SERIES, per_cluster))
    yield from (("figure", a, b, True) for _, a, b in sorted(together)[:MAX_SERIES])


def _words(series: FigureSeries) -> frozenset[str]:
    return frozenset(word for point in series.points for word in _point_words(point))


def _point_words(point: SeriesPoint) -> frozenset[str]:
    text = f"{point.counted} {point.place or ''}"
    plain = "".join(char if char.isalnum() else " " for char in text.lower()).split()
    return frozenset(word_family(word) for word in plain if len(word) > _SHORT_WORD)


def _weights(sets: Iterable[frozenset[str]]) -> dict[str, float]:
    everything = list(sets)
    counts = Counter(concept for one in everything for concept in one)
    return {concept: math.log(1 + len(everything) / count) for concept, count in counts.items()}


def _dice(a: frozenset[str], b: frozenset[str], weight: Mapping[str, float]) -> float:
    def total(concepts: frozenset[str]) -> float:
        return math.fsum(sorted(weight.get(concept, 0.0) for concept in concepts))

    whole = total(a) + total(b)
    return 2 * total(a & b) / whole if whole else 0.0
