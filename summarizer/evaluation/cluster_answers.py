"""Answers of an engine by the workers of a cluster: what `eval run --scheduler` asks with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from summarizer.errors import UsageProblem
from summarizer.evaluation.answers import Drafted, Drafter
from summarizer.evaluation.dataset import LabelledArticle
from summarizer.records.article import Article
from summarizer.scaling.batches import RULES_ARTICLES, Place
from summarizer.scaling.carrying import batches_of
from summarizer.scaling.cluster import Cluster
from summarizer.scaling.runs import spread


@dataclass(frozen=True, slots=True)
class DraftWork:
    """Drafts by an engine of this package. An item is an article and the number of the repeat."""

    drafter: Drafter

    def do(self, items: Sequence[tuple[Article, int]], place: Place) -> tuple[Drafted, ...]:
        """Its draft of each."""
        return tuple(self.drafter.draft(article, repeat) for article, repeat in items)

    def lost(self, item: tuple[Article, int]) -> Drafted:
        """No answer."""
        return Drafted(None, failed="the workers that read it died, one after the other")


def asker_on(
    cluster: Cluster,
) -> Callable[
    [Drafter, Sequence[tuple[LabelledArticle, int]], Callable[[int, int, str], None]], Sequence[Drafted]
]:
    """What `RunOptions.asker` gets."""
    return partial(_ask, cluster)


def _ask(
    cluster: Cluster,
    drafter: Drafter,
    asked: Sequence[tuple[LabelledArticle, int]],
    progress: Callable[[int, int, str], None],
) -> Sequence[Drafted]:
    """All answers in the order of `asked`.

    Raises:
        UsageProblem: the answers lie in files of this machine.
    """
    if drafter.engine != "rules":
        raise UsageProblem(
            "--scheduler: recorded replies and given briefs are files of this machine, and sooner read than "
            "sent. Leave --scheduler out."
        )
    done = 0

    def seen(drafted: Drafted) -> None:
        nonlocal done
        done += 1
        progress(done, len(asked), "")

    items = ((entry.article, repeat) for entry, repeat in asked)
    return spread(batches_of(items, DraftWork(drafter), RULES_ARTICLES), cluster, seen)
