"""Score the claim clusters of a digest: what is disputed between whom, on how many independent origins.

Pure. A dispute is a pair of claims of opposite polarity about one proposition, whatever the cluster is
called; so a digest that joins the right claims but loses a denial shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from summarizer.evaluation.clusters import cluster_counts
from summarizer.evaluation.keys import negated
from summarizer.evaluation.pairing import assign, candidates
from summarizer.evaluation.partners import Partners
from summarizer.records.brief import Claim, Polarity
from summarizer.records.digest import ClaimCluster
from summarizer.records.gold import GoldBrief, GoldClaimCluster, GoldDigest

Pair = frozenset[str]


def score_propositions(
    predicted: Sequence[ClaimCluster],
    gold: GoldDigest,
    briefs: Mapping[str, GoldBrief],
    partners: Partners,
    actors: Mapping[str, str],
) -> dict[str, float]:
    """Counts `propositions.*`.

    `actors` maps the digest's actor cluster ids to gold ones. Links: pairs of claims in one cluster.
    Disputes: pairs of opposite polarity. Per gold cluster (paired by the Dice of members): state right,
    number of independent origins exact; per disputed one: the same actors affirm and the same deny.
    """
    claims = {f"{name}/{claim.id}": claim for name, brief in briefs.items() for claim in brief.claims}
    story_actor = {member: cluster.id for cluster in gold.actors for member in cluster.members}
    wanted = [
        (cluster, kept)
        for cluster in gold.claims
        if (kept := [member for member in cluster.members if member in partners.expected])
    ]
    found = [[partners.of(member) for member in cluster.members] for cluster in predicted]
    counts = cluster_counts(found, [kept for _, kept in wanted], "propositions")
    disputes: set[Pair] = set()
    for cluster, kept in wanted:
        if cluster.state == "disputed":
            disputes |= _opposed({member: gold_side(member, cluster, claims, story_actor) for member in kept})
    said: set[Pair] = set()
    for prediction in predicted:
        said |= _opposed({partners.of(voice.member): voice.polarity for voice in prediction.voices})
    order = sorted(range(len(predicted)), key=lambda p: (sorted(found[p]), predicted[p].text))

    def similarity(p: int, g: int) -> float:
        a, b = set(found[order[p]]), set(wanted[g][1])
        return 2 * len(a & b) / (len(a) + len(b))

    pairs = assign(
        candidates(
            len(order),
            len(wanted),
            similarity,
            lambda p, g: int(predicted[order[p]].state == wanted[g][0].state),
            admissible=0,
        )
    )
    state = origins = sides = 0
    for pair in pairs:
        prediction, cluster = predicted[order[pair.predicted]], wanted[pair.gold][0]
        state += prediction.state == cluster.state
        origins += prediction.origins == cluster.origins
        if cluster.state == "disputed":
            affirm = {actors.get(actor, f"?{actor}") for actor in prediction.affirm}
            deny = {actors.get(actor, f"?{actor}") for actor in prediction.deny}
            sides += affirm == set(cluster.affirm) and deny == set(cluster.deny)
    return counts | {
        "propositions.gold": len(wanted),
        "propositions.disputed_gold": sum(cluster.state == "disputed" for cluster, _ in wanted),
        "propositions.state_right": state,
        "propositions.origins_right": origins,
        "propositions.sides_right": sides,
        "propositions.disputes_gold": len(disputes),
        "propositions.disputes_predicted": len(said),
        "propositions.disputes_right": len(said & disputes),
    }


def _opposed(side: Mapping[str, str]) -> set[Pair]:
    affirm = sorted(member for member, polarity in side.items() if polarity == "affirmed")
    deny = sorted(member for member, polarity in side.items() if polarity == "denied")
    return {frozenset(pair) for pair in product(affirm, deny)}


def gold_side(
    member: str,
    cluster: GoldClaimCluster,
    claims: Mapping[str, Claim],
    story_actor: Mapping[str, str],
) -> Polarity:
    """Which side of a gold cluster a claim is on: by its speakers, else by polarity against the text."""
    claim, article = claims[member], member.rpartition("/")[0]
    speakers = {story_actor.get(f"{article}/{speaker}") for speaker in claim.speakers}
    affirms, denies = bool(speakers & set(cluster.affirm)), bool(speakers & set(cluster.deny))
    if affirms != denies:
        return "affirmed" if affirms else "denied"
    turned = negated(claim.text) != negated(cluster.text)
    return "denied" if (claim.polarity == "denied") != turned else "affirmed"
