"""What `--scheduler` changes in a command: which cluster is meant, and who makes briefs by the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.cli.output import PushedProgress, say
from summarizer.errors import UsageProblem

if TYPE_CHECKING:
    from summarizer.pipeline import Engine, Result
    from summarizer.records.article import Article
    from summarizer.scaling.cluster import Cluster
    from summarizer.scaling.shards import Shards


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where the work is done, and the folder that finished briefs are kept in."""

    cluster: Cluster
    shards: Path | None = None

    def shards_of(self, engine: str) -> Shards | None:
        """The opened folder. Raises OutputProblem, MissingExtra."""
        from summarizer.scaling.shards import Shards

        return None if self.shards is None else Shards(self.shards, engine)


def elsewhere(address: str | None, shards: Path | None, jobs: int | None, *, batch: bool) -> Elsewhere | None:
    """What `--scheduler` and `--shards` say; None: everything is done here.

    Raises:
        BadSetting, UsageProblem: see `cluster_at`; or shards without a scheduler.
    """
    cluster = cluster_at(address, jobs, batch=batch)
    if cluster is None and shards is not None:
        raise UsageProblem("--shards goes with --scheduler: without one, use -o FILE.jsonl or --batch.")
    return None if cluster is None else Elsewhere(cluster, shards)


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
    articles: Sequence[Article], engine: Engine, where: Elsewhere, quiet: bool
) -> Sequence[Result]:
    """The brief of each article by the cluster's workers, with progress on a terminal."""
    from summarizer.scaling.runs import briefs_on_cluster

    with PushedProgress(len(articles), "Reading articles", quiet) as shown:
        shards = where.shards_of(engine.name)
        return briefs_on_cluster(articles, engine, where.cluster, shown.step, shards)
