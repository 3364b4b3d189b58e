"""`summarizer brief`: what each article says, one brief an article."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
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
    BriefFormat,
    JobsOption,
    MaxBytesOption,
    ModelOption,
    OutputOption,
    PathsArgument,
    QuietOption,
    SchedulerOption,
    ShardsOption,
    StoreOption,
    format_of,
    settings_with,
)
from summarizer.cli.output import write_parts

if TYPE_CHECKING:
    from summarizer.pipeline import Passed
    from summarizer.records.brief import Brief
    from summarizer.store.spool import RecordSpool

FormatOption = Annotated[
    BriefFormat | None, typer.Option("--format", help="Layout. Default: json.", show_default=False)
]


def brief(
    paths: PathsArgument,
    layout: FormatOption = None,
    output: OutputOption = None,
    model: ModelOption = None,
    max_bytes: MaxBytesOption = None,
    jobs: JobsOption = None,
    everything: AllOption = False,
    quiet: QuietOption = False,
    store: StoreOption = True,
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
    """Brief each article.

    Actors, figures and claims, every one tied to its place in the text.

    One article gives a JSON object, several give an array (or one a line with --format jsonl).
    """
    from summarizer.cli import work
    from summarizer.cli.cluster_work import brief_on_cluster, elsewhere
    from summarizer.cli.model_work import run_model
    from summarizer.pipeline import Failed, PackedBrief, engine_called, passed_briefs
    from summarizer.records.brief import Brief
    from summarizer.store.runs import Run
    from summarizer.store.spool import spooled

    settings = settings_with(max_bytes)
    name = model or settings.model
    arguments = ModelArguments(base_url, budget, price, dry_run, batch, log, tuple(call or ()))
    asked = asks_a_model(name, base_url)
    engine = None if asked else engine_called(name)
    where = elsewhere(scheduler, shards, jobs, batch=batch)
    loaded = work.load(paths, settings, english=engine is not None, jobs=jobs)
    total = len(loaded.articles)
    results: Iterable[Passed]
    if engine is None:
        found = run_model(loaded.articles, name, arguments, settings, quiet, where)
        if found is None:
            return
        results = found.results
    elif where is not None:
        results = brief_on_cluster(loaded.articles, engine, where, quiet)
    else:
        results = passed_briefs(loaded.articles, engine, work.processes(jobs, total), work.checked_and_packed)
        results = work.watched(results, total) if not quiet else results
    briefs, failed = spooled(Brief), list(loaded.failed)
    for result in results:
        if isinstance(result, Failed):
            failed.append(result.record)
        else:
            packed = result.packed if isinstance(result, PackedBrief) else work.checked_and_packed(result)
            briefs.append_packed(packed)
    work.tell_failures(failed)
    if briefs:
        if engine is not None:
            work.tell_engine(engine, quiet)
        if store:
            work.remember(Run("brief", work.now(), loaded.articles, briefs), settings)
    alone = total + len(loaded.failed) == 1
    targets = list(dict.fromkeys(output or ["-"]))
    for target in targets if briefs or not alone else ():
        chosen = format_of(target, layout, BriefFormat.JSON, alone=len(targets) == 1)
        write_parts(_written(briefs, chosen, alone, everything, target), target)
    if failed:
        raise typer.Exit(1)


def _written(
    briefs: RecordSpool[Brief], layout: BriefFormat, alone: bool, everything: bool, target: str
) -> Iterator[str]:
    """The output in parts, a brief at a time: of many, the whole is never held.

    The briefs lie there as `checked_and_packed` left them.
    """
    from summarizer.cli.work import rendered_text
    from summarizer.rendering.markdown import render_markdown
    from summarizer.rendering.view_brief import view_brief

    match layout:
        case BriefFormat.JSON if alone:
            yield from briefs.documents()
        case BriefFormat.JSON:
            yield "[\n"
            yield from _joined((one.rstrip() for one in briefs.documents()), ",\n")
            yield "\n]\n"
        case BriefFormat.JSONL:
            for document in briefs.documents():
                yield json.dumps(json.loads(document), ensure_ascii=False) + "\n"
        case BriefFormat.MARKDOWN:
            yield from _joined((render_markdown(view_brief(one)) for one in briefs), "\n")
        case _:
            views = map(view_brief, briefs)
            yield from _joined((rendered_text(view, target, everything) for view in views), "\n\n")


def _joined(parts: Iterable[str], between: str) -> Iterator[str]:
    for number, part in enumerate(parts):
        yield between + part if number else part
