"""What `--scheduler` changes in a command: which cluster is meant, and who makes briefs by the rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarizer.cli.output import PushedProgress, say
from summarizer.errors import UsageProblem

if TYPE_CHECKING:
    from summarizer.pipeline import Engine, Result
    from summarizer.records.article import Article
    from summarizer.scaling.cluster import Cluster


def cluster_at(address: str | None, jobs: int | None = None, *, batch: bool = False) -> Cluster | None:
    """The cluster that `--scheduler` names; None without one.

    Raises:
        BadSetting: it can't be the address of a scheduler.
        UsageProblem: beside it stands an option that means this machine alone.
    """
    if address is None:
        return None
    from summarizer.scaling.cluster import Cluster

    if jobs is not None:
        raise UsageProblem("--jobs counts processes of this machine: with --scheduler, leave it out.")
    if batch:
        raise UsageProblem("--batch hands the endpoint everything at once: with --scheduler, leave it out.")
    return Cluster(address, say)


def brief_on_cluster(
    articles: Sequence[Article], engine: Engine, cluster: Cluster, quiet: bool
) -> tuple[Result, ...]:
    """The brief of each article by the cluster's workers, with progress on a terminal."""
    from summarizer.scaling.runs import briefs_on_cluster

    with PushedProgress(len(articles), "Reading articles", quiet) as shown:
        return briefs_on_cluster(articles, engine, cluster, shown.step)
