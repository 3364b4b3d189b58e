"""The steps of a run with a language model: estimate, ask, tell what it took; and the probe of `doctor`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Literal

from summarizer.cli.model_options import ModelArguments
from summarizer.cli.output import PushedProgress, say

if TYPE_CHECKING:
    from summarizer.cli.cluster_work import Elsewhere
    from summarizer.llm.probe import ProbeReport
    from summarizer.merging.by_model.settling import Settled
    from summarizer.model_terms import Estimate, ModelOptions, ModelRun
    from summarizer.pipeline import Result
    from summarizer.records.article import Article
    from summarizer.records.digest import Digest
    from summarizer.settings import Settings
    from summarizer.store.replies import Attempt
    from summarizer.story_digests import StoryBriefs


def run_model(
    articles: Sequence[Article],
    model: str,
    arguments: ModelArguments,
    settings: Settings,
    quiet: bool,
    where: Elsewhere | None = None,
) -> ModelRun | None:
    """Briefs by the model that the options name; None for a dry run, whose estimate is printed.

    With a cluster (`where`) its workers ask, each with the key of its own environment. Progress and what it
    took go to standard error.

    Raises:
        KeyRefused, ModelUnreachable: no article could be asked about, for a reason that is none of theirs.
    """
    from summarizer.model_kept import run_or_recall
    from summarizer.pipeline import Failed
    from summarizer.result_shelf import spooled_results

    options = arguments.options(model, settings)
    if arguments.dry_run:
        from summarizer.model_run import estimate_run

        sys.stdout.write(estimate_line(estimate_run(articles, options, os.environ)) + "\n")
        return None
    if arguments.batch:
        from summarizer.model_run import batch_with_model

        batch_with_model(articles, options, os.environ, tell=say if not quiet else lambda line: None)
    on_attempt = log_attempt if arguments.log == "json" else None
    briefed = False

    def seen(result: Result) -> None:
        nonlocal briefed
        briefed = briefed or not isinstance(result, Failed)
        shown.step(result)

    with PushedProgress(len(articles), "Asking the model", quiet) as shown:
        if where is None:
            run = run_or_recall(articles, options, os.environ, seen, on_attempt, spooled_results())
        else:
            from summarizer.scaling.model_runs import made_by, run_model_on_cluster

            shards = where.shards_of(made_by(options))
            run = run_model_on_cluster(articles, options, where.cluster, seen, on_attempt, shards)
    if not quiet:
        for line in cost_lines(run, options):
            say(line)
    first = run.results[0] if run.results and not briefed else None
    if isinstance(first, Failed) and first.error.exit_code != 1:
        raise first.error  # a wrong key, nobody there: no fault of any article
    return run


def merge_with_model(
    stories: Iterable[StoryBriefs],
    options: ModelOptions,
    spent_usd: float | None,
    where: Elsewhere | None = None,
) -> Iterator[Digest]:
    """The digest of each story with the model's help; where it can't help, the deterministic one, and a
    warning. The budget has what its briefs, `spent_usd`, have left of it.
    """
    from summarizer.model_run import digests_with_model

    if options.budget_usd is not None:
        options = replace(options, budget_usd=max(0.0, options.budget_usd - (spent_usd or 0.0)))
    if where is not None:
        from summarizer.scaling.model_runs import merge_by_model_on_cluster

        yield from map(_told, merge_by_model_on_cluster(stories, options, where.cluster).settled)
        return
    yield from map(_told, digests_with_model(stories, options, os.environ))


def _told(settled: Settled) -> Digest:
    """The digest that a model helped with, and a warning where it couldn't."""
    if settled.why_not is not None:
        say(f"Warning: merged without the model: {settled.why_not}")
    return settled.digest


def estimate_line(estimate: Estimate) -> str:
    """What a run would take, in one line."""
    money = "no price known" if estimate.usd is None else f"about {estimate.usd:.2f} USD"
    basis = f" ({estimate.price_basis})" if estimate.price_basis else ""
    return (
        f"{estimate.articles} articles, {estimate.saved} of them answered already: about "
        f"{estimate.input_tokens} tokens in, {estimate.output_tokens} out, {money}{basis}. Nothing was asked."
    )


def cost_lines(run: ModelRun, options: ModelOptions) -> Iterator[str]:
    """What a run took, and what a reached budget left undone."""
    totals = run.totals
    money = "price unknown" if run.spent_usd is None else f"{run.spent_usd:.4f} USD ({run.price_basis})"
    failed = f", {totals.failed} of them failed" if totals.failed else ""
    yield (
        f"{options.model}: {totals.requests} requests{failed}; {totals.input} tokens in "
        f"({totals.cached} cached), {totals.output} out; {money}; {run.seconds:.1f} s."
    )
    if run.left:
        done = len(run.results) - run.left
        yield f"The budget is used up: {done} articles done and saved, {run.left} left. Run again to go on."


def log_attempt(attempt: Attempt) -> None:
    """One request as a JSON line on standard error."""
    line = json.dumps({"event": "model_request", **asdict(attempt)}, ensure_ascii=False)
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def probe_lines(report: ProbeReport) -> Iterable[tuple[Literal["ok", "note", "wrong"], str, str]]:
    """State ("ok", "note" or "wrong"), what, and details, as `doctor` lists findings."""
    yield "ok", "endpoint", f"{report.endpoint} at {report.base_url}"
    if report.trouble is not None:
        yield "wrong", "reachable", str(report.trouble)
        return
    for finding in report.modes:
        details = f"{finding.says} ({finding.seconds:.1f} s)" if finding.works else finding.says
        yield "ok" if finding.works else "note", f"mode {finding.mode}", details
    best = report.best or "none: this model can't reply with JSON that follows a schema"
    yield "ok" if report.best else "wrong", "mode for runs", best
    size = f"{report.context_tokens} tokens" if report.context_tokens else "the endpoint doesn't say"
    yield "ok" if report.context_tokens else "note", "context", size
