"""`summarizer digest`: what several articles say together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.model_options import (
    BaseUrlOption,
    BatchOption,
    BudgetOption,
    DryRunOption,
    LogOption,
    ModelArguments,
    PriceOption,
    SetOption,
    asks_a_model,
)
from summarizer.cli.options import (
    AllOption,
    DigestFormat,
    JobsOption,
    MaxBytesOption,
    ModelOption,
    OutputOption,
    PathsArgument,
    QuietOption,
    SchedulerOption,
    ShardsOption,
    StoreOption,
    settings_with,
)

if TYPE_CHECKING:
    from summarizer.pipeline import Passed

OneStoryOption = Annotated[
    bool, typer.Option("--one-story", help="Merge everything into one digest, whatever it is about.")
]
FormatOption = Annotated[
    DigestFormat | None, typer.Option("--format", help="Layout. Default: text.", show_default=False)
]


def digest(
    paths: PathsArgument,
    layout: FormatOption = None,
    output: OutputOption = None,
    model: ModelOption = None,
    max_bytes: MaxBytesOption = None,
    jobs: JobsOption = None,
    everything: AllOption = False,
    quiet: QuietOption = False,
    store: StoreOption = True,
    one_story: OneStoryOption = False,
    base_url: BaseUrlOption = None,
    budget: BudgetOption = None,
    price: PriceOption = None,
    dry_run: DryRunOption = False,
    batch: BatchOption = False,
    call: SetOption = None,
    log: LogOption = None,
    scheduler: SchedulerOption = None,
    shards: ShardsOption = None,
) -> None:
    """Merge articles into a digest, or into one for each story.

    Which numbers differ and why, who affirms and who denies, what nobody knows. Articles on several topics
    are put into stories first; one that no other joins stands alone.
    """
    from summarizer.cli import work
    from summarizer.cli.cluster_work import brief_on_cluster, elsewhere
    from summarizer.cli.digest_output import write_documents
    from summarizer.cli.model_work import merge_with_model, run_model
    from summarizer.pipeline import engine_called, passed_briefs
    from summarizer.store.runs import Run
    from summarizer.story_digests import Merge, digest_pile, merge_stories

    settings = settings_with(max_bytes)
    name = model or settings.model
    arguments = ModelArguments(base_url, budget, price, dry_run, batch, log, tuple(call or ()))
    engine = None if asks_a_model(name, base_url) else engine_called(name)
    where = elsewhere(scheduler, shards, jobs, batch=batch)
    loaded = work.load(paths, settings, english=engine is not None, jobs=jobs)
    total = len(loaded.articles)
    results: Iterable[Passed]
    merge: Merge
    if engine is None:
        ran = run_model(loaded.articles, name, arguments, settings, quiet, where)
        if ran is None:
            return
        results = ran.results
        options = arguments.options(name, settings)
        merge = partial(merge_with_model, options=options, spent_usd=ran.spent_usd, where=where)
    elif where is not None:
        from summarizer.scaling.runs import merge_on_cluster

        results = brief_on_cluster(loaded.articles, engine, where, quiet)
        merge = partial(merge_on_cluster, cluster=where.cluster)
    else:
        found = passed_briefs(loaded.articles, engine, work.processes(jobs, total))
        results = found if quiet else work.watched(found, total)
        merge = merge_stories
    made = digest_pile(loaded, results, merge, one_story=one_story)
    work.tell_failures(made.failed)
    document = made.digest or made.stories
    if document is not None:
        if engine is not None:
            work.tell_engine(engine, quiet)
        if store:
            run = Run("digest", work.now(), loaded.articles, made.briefs, made.digest, made.stories)
            work.remember(run, settings)
        made_from = f"briefs of the {engine.name} engine" if engine else f"briefs by {name}"
        write_documents(document, loaded.articles, made_from, output or ["-"], layout, everything=everything)
    if made.failed:
        raise typer.Exit(1)
