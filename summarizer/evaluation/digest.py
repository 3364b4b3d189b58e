"""Score a digest against the labels of its story.

Pure. The same scorer serves two modes: *oracle*, where the merge step was fed with the gold briefs (merging
alone), and *end to end*, where it was fed with what the engine made. They differ only in `Partners`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarizer.evaluation.clusters import cluster_counts, one_heap, singletons
from summarizer.evaluation.figure_series import score_series
from summarizer.evaluation.metrics import Metric
from summarizer.evaluation.partners import Partners
from summarizer.evaluation.propositions import score_propositions
from summarizer.evaluation.prose import check_prose, cited_in_digest
from summarizer.records.digest import ActorCluster, Digest
from summarizer.records.gold import GoldActorCluster, GoldBrief, GoldDigest


def score_digest(
    digest: Digest, gold: GoldDigest, briefs: Mapping[str, GoldBrief], partners: Partners
) -> dict[str, float]:
    """All counts of a digest; `briefs` are the labels of its articles."""
    wanted = partners.kept([cluster.members for cluster in gold.actors])
    found = [[partners.of(member) for member in cluster.members] for cluster in digest.actors]
    counts = cluster_counts(found, wanted, "actor_clusters")
    counts |= score_series(digest.figures, gold.figures, partners)
    actors = _actor_ids(digest.actors, gold.actors, partners)
    counts |= score_propositions(digest.claims, gold, briefs, partners, actors)
    prose, _ = check_prose(digest.summary, cited_in_digest(digest), "digest_summary")
    return counts | prose | _reach(digest, briefs, partners)


def baseline_counts(gold: GoldDigest, partners: Partners) -> dict[str, dict[str, float]]:
    """Counts of the two trivial clusterings of figures: nothing joined, everything joined."""
    wanted = partners.kept([series.members for series in gold.figures])
    return {
        "all singletons": cluster_counts(singletons(wanted), wanted, "series"),
        "one heap": cluster_counts(one_heap(wanted), wanted, "series"),
    }


def _actor_ids(
    predicted: Sequence[ActorCluster], gold: Sequence[GoldActorCluster], partners: Partners
) -> dict[str, str]:
    """Gold cluster that each predicted actor cluster mostly consists of."""
    cluster_of = {member: cluster.id for cluster in gold for member in cluster.members}
    ids = {}
    for cluster in predicted:
        votes: dict[str, int] = {}
        for member in cluster.members:
            name = cluster_of.get(partners.of(member))
            if name is not None:
                votes[name] = votes.get(name, 0) + 1
        if votes:
            ids[cluster.id] = min(votes, key=lambda name: (-votes[name], name))
    return ids


def _reach(digest: Digest, briefs: Mapping[str, GoldBrief], partners: Partners) -> dict[str, float]:
    """How many vital claims and figures a citation of the summary leads to."""
    members = {cluster.id: cluster.members for cluster in digest.claims}
    members |= {series.id: series.members for series in digest.figures}
    members |= {event.id: event.claims for event in digest.timeline}
    reached = {
        partners.of(member)
        for sentence in digest.summary
        for cite in sentence.cites
        for member in members.get(cite, ())
    }
    vital = {
        f"{name}/{figure.id}"
        for name, brief in briefs.items()
        for figure in brief.figures
        if figure.nugget == "vital"
    } | {
        f"{name}/{claim.id}"
        for name, brief in briefs.items()
        for claim in brief.claims
        if claim.nugget == "vital"
    }
    return {"digest_summary.vital": len(vital), "digest_summary.vital_reached": len(vital & reached)}


def _f1(name: str, prefix: str, right: str, predicted: str, gold: str) -> list[Metric]:
    top, bottom, wanted = f"{prefix}.{right}", f"{prefix}.{predicted}", f"{prefix}.{gold}"
    return [
        Metric(f"{name}precision", "precision", top, bottom, recall_bottom=wanted),
        Metric(f"{name}recall", "recall", top, wanted, top, bottom),
        Metric(f"{name}f1", "f1", top, bottom, top, wanted),
    ]


def _clustering(prefix: str) -> list[Metric]:
    p, r = f"{prefix}.b3_precision_sum", f"{prefix}.b3_recall_sum"
    n, m = f"{prefix}.members_predicted", f"{prefix}.members_gold"
    return [
        Metric(f"{prefix}.b3_precision", "precision", p, n, recall_bottom=m),
        Metric(f"{prefix}.b3_recall", "recall", r, m, p, n),
        Metric(f"{prefix}.b3_f1", "f1", p, n, r, m),
        *_f1(f"{prefix}.link_", prefix, "links_right", "links_predicted", "links_gold"),
    ]


def _share(name: str, top: str, bottom: str, *, lower: bool = False) -> Metric:
    prefix = name.partition(".")[0]
    return Metric(name, "ratio", f"{prefix}.{top}", f"{prefix}.{bottom}", lower_is_better=lower)


DIGEST_METRICS: tuple[Metric, ...] = (
    *_clustering("actor_clusters"),
    *_clustering("series"),
    *_f1("relations.differ_in_source_", "relations", "disputes_right", "disputes_predicted", "disputes_gold"),
    _share("relations.right", "right", "gold"),
    *_clustering("propositions"),
    *_f1("propositions.disputed_", "propositions", "disputes_right", "disputes_predicted", "disputes_gold"),
    _share("propositions.sides", "sides_right", "disputed_gold"),
    _share("propositions.origins", "origins_right", "gold"),
    _share("propositions.state", "state_right", "gold"),
    _share("digest_summary.citations_valid", "cited", "sentences"),
    _share("digest_summary.numbers_right", "numbers_right", "numbers"),
    _share("digest_summary.names_right", "names_right", "names"),
    _share("digest_summary.surer_than_cited", "surer", "sentences", lower=True),
    _share("digest_summary.vital_reached", "vital_reached", "vital"),
)
