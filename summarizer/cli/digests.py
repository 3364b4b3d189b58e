"""`summarizer digest`: what several articles say together."""

from __future__ import annotations

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
    StoreOption,
    format_of,
    settings_with,
)
from summarizer.cli.output import write_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summarizer.records.article import Article
    from summarizer.rendering.view import View

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
    base_url: BaseUrlOption = None,
    budget: BudgetOption = None,
    price: PriceOption = None,
    dry_run: DryRunOption = False,
    batch: BatchOption = False,
    call: SetOption = None,
    log: LogOption = None,
) -> None:
    """Merge articles into one digest.

    Which numbers differ and why, who affirms and who denies, what nobody knows.
    """
    from summarizer.cli import work
    from summarizer.cli.model_work import merge_with_model, run_model
    from summarizer.pipeline import digest_articles, digest_results, engine_called
    from summarizer.rendering.view_digest import view_digest
    from summarizer.store.runs import Run

    settings = settings_with(max_bytes)
    name = model or settings.model
    arguments = ModelArguments(base_url, budget, price, dry_run, batch, log, tuple(call or ()))
    engine = None if asks_a_model(name, base_url) else engine_called(name)
    loaded = work.load(paths, settings, english=engine is not None)
    total = len(loaded.articles)
    if engine is None:
        results = run_model(loaded.articles, name, arguments, settings, quiet)
        if results is None:
            return
        merge = partial(merge_with_model, model=name, arguments=arguments, settings=settings)
        made = digest_results(loaded, results, merge)
    else:
        watch = iter if quiet else lambda results: work.watched(results, total)
        made = digest_articles(loaded, engine, work.processes(jobs, total), watch)
    work.tell_failures(made.failed)
    if made.digest:
        if engine is not None:
            work.tell_engine(engine, quiet)
        if store:
            run = Run("digest", work.now(), loaded.articles, made.briefs, made.digest)
            work.remember(run, settings)
        view = view_digest(
            made.digest, f"briefs of the {engine.name} engine" if engine else f"briefs by {name}"
        )
        targets = list(dict.fromkeys(output or ["-"]))
        for target in targets:
            chosen = format_of(target, layout, DigestFormat.TEXT, alone=len(targets) == 1)
            if chosen is DigestFormat.JSON:
                content = work.checked_json(made.digest, "digest")
            elif chosen is DigestFormat.TEXT:
                content = work.rendered_text(view, target, everything)
            else:
                content = _marked_up(view, chosen, loaded.articles)
            write_out(content, target)
    if made.failed:
        raise typer.Exit(1)


def _marked_up(view: View, layout: DigestFormat, articles: Sequence[Article]) -> str:
    from summarizer.rendering.markdown import render_markdown
    from summarizer.rendering.page import render_page

    if layout is DigestFormat.MARKDOWN:
        return render_markdown(view)
    return render_page(view, {article.id: article for article in articles})
