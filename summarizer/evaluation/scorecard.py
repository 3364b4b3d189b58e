"""From the scores of articles and digests to the scorecard of a run.

Pure. Every score comes from counts summed over articles and repeats; beside it stand the mean over articles,
the number of items and an interval over resampled articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.evaluation.digest import DIGEST_METRICS
from summarizer.evaluation.metrics import BRIEF_METRICS, Metric, sum_counts
from summarizer.records.run import ArticleScore, Counts, DigestMode, DigestScore, Run, Score

#: Resamples of the articles for the intervals, drawn with a fixed seed.
RESAMPLES = 400
#: An interval over fewer articles would pretend to know something.
MIN_ARTICLES_FOR_INTERVALS = 5

#: What a reader should look at first, and what the live gate judges. At most six (each more costs power).
PRIMARY = ("actors.f1", "figures.strict_f1", "claims.f1", "claims.joint", "claims.hedge_kept", "cues.f1")


@dataclass(frozen=True, slots=True)
class CostSummary:
    """What a run spent, and what its replayed answers would have cost."""

    calls: int
    retries: int
    input_tokens: int
    output_tokens: int
    cached_tokens: int
    reasoning_tokens: int
    seconds_p50: float
    seconds_p95: float
    spent: float
    replay_value: float

    def line(self) -> str:
        """All of it in one line."""
        return (
            f"{self.calls} calls, {self.retries} retries · tokens in {self.input_tokens}, out "
            f"{self.output_tokens}, cached {self.cached_tokens}, reasoning {self.reasoning_tokens} · seconds "
            f"p50 {self.seconds_p50:.2f}, p95 {self.seconds_p95:.2f} · spent ${self.spent:.4f}, replayed "
            f"answers worth ${self.replay_value:.4f}"
        )


def brief_scores(articles: Sequence[ArticleScore]) -> tuple[Score, ...]:
    """Scores of all brief metrics over articles and repeats."""
    intervals = _intervals(articles)
    return tuple(
        _score(metric, [score.counts for score in articles], intervals.get(metric.name))
        for metric in BRIEF_METRICS
    )


def digest_scores(digests: Sequence[DigestScore], mode: DigestMode) -> tuple[Score, ...]:
    """Scores of all digest metrics in one mode, over repeats; empty if it wasn't scored."""
    counts = [digest.counts for digest in digests if digest.mode == mode and digest.failed is None]
    return tuple(_score(metric, counts, None) for metric in DIGEST_METRICS) if counts else ()


def _score(metric: Metric, each: Sequence[Counts], interval: tuple[float, float] | None) -> Score:
    counts = sum_counts(each)
    values = [value for one in each if (value := metric.value(one)) is not None]
    return Score(
        metric=metric.name,
        value=_rounded(metric.value(counts)),
        mean=_rounded(sum(values) / len(values)) if values else None,
        n=metric.n(counts),
        low=_rounded(interval[0]) if interval else None,
        high=_rounded(interval[1]) if interval else None,
        lower_is_better=metric.lower_is_better,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _intervals(articles: Sequence[ArticleScore]) -> dict[str, tuple[float, float]]:
    """2.5th to 97.5th percentile of each metric over resampled articles (all repeats of one together)."""
    by_article: dict[str, list[Counts]] = {}
    for score in articles:
        by_article.setdefault(score.article, []).append(score.counts)
    if len(by_article) < MIN_ARTICLES_FOR_INTERVALS:
        return {}
    import numpy

    sums = [sum_counts(by_article[name]) for name in sorted(by_article)]
    names = sorted({name for counts in sums for name in counts})
    matrix = numpy.array([[counts.get(name, 0.0) for name in names] for counts in sums])
    random = numpy.random.default_rng(0)
    draws = random.multinomial(len(sums), [1 / len(sums)] * len(sums), size=RESAMPLES)
    resampled = [dict(zip(names, row, strict=True)) for row in (draws @ matrix).tolist()]
    found = {}
    for metric in BRIEF_METRICS:
        values = [value for counts in resampled if (value := metric.value(counts)) is not None]
        if values:
            low, high = numpy.percentile(values, [2.5, 97.5])
            found[metric.name] = (float(low), float(high))
    return found


def reference_values(counts: Counts, *, digest: bool = False) -> dict[str, float | None]:
    """A floor's or ceiling's value of every brief metric, or of every digest metric."""
    metrics = DIGEST_METRICS if digest else BRIEF_METRICS
    return {metric.name: _rounded(metric.value(counts)) for metric in metrics}


def cost_summary(run: Run) -> CostSummary:
    """Tokens, time and money of a run: spent now, and the value of what was replayed."""
    usages = [(score.usage, score.replayed) for score in run.articles]
    live = [usage for usage, replayed in usages if not replayed]
    seconds = sorted(usage.seconds for usage, _ in usages)
    return CostSummary(
        calls=sum(usage.calls for usage in live),
        retries=sum(usage.retries for usage in live),
        input_tokens=sum(usage.tokens.input for usage, _ in usages),
        output_tokens=sum(usage.tokens.output for usage, _ in usages),
        cached_tokens=sum(usage.tokens.cached for usage, _ in usages),
        reasoning_tokens=sum(usage.tokens.reasoning for usage, _ in usages),
        seconds_p50=_percentile(seconds, 0.5),
        seconds_p95=_percentile(seconds, 0.95),
        spent=sum(usage.money for usage in live),
        replay_value=sum(usage.money for usage, replayed in usages if replayed),
    )


def _percentile(ordered: Sequence[float], share: float) -> float:
    """Nearest-rank percentile; 0 for nothing."""
    if not ordered:
        return 0.0
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]
