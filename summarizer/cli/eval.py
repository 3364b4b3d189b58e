"""`summarizer eval`: score engines against labels, compare runs, guard against regressions.

Parses, calls, prints, chooses the exit code; decides nothing about news. Everything heavy is imported inside
the commands.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.cluster_work import cluster_at
from summarizer.cli.eval_label import agree
from summarizer.cli.eval_label import app as label_app
from summarizer.cli.eval_record import RECORDED, asker_at, live_drafter, record, recorded_drafter
from summarizer.cli.model_options import (
    BaseUrlOption,
    BudgetOption,
    ModelArguments,
    PriceOption,
    SetOption,
    asks_a_model,
)
from summarizer.cli.options import SchedulerOption
from summarizer.errors import UsageProblem

if TYPE_CHECKING:
    from summarizer.evaluation.answers import Drafter, Progress
    from summarizer.evaluation.gates import GateResult
    from summarizer.evaluation.invariants import Broken
    from summarizer.evaluation.runner import Asker, Evaluated
    from summarizer.records.run import Run

app = typer.Typer(
    help="Score an engine against hand labels, and keep it from getting worse.", no_args_is_help=True
)
app.add_typer(label_app, name="label")
app.command()(record)
app.command()(agree)

DataOption = Annotated[
    Path, typer.Option("--data", help="Folder with articles/ and gold/.", show_default=True)
]
ModelOption = Annotated[
    str,
    typer.Option(
        "--model",
        help="Engine to score: rules, recorded:NAME for a recorded model, or a language model to ask.",
    ),
]
RepeatOption = Annotated[int, typer.Option("--repeat", min=1, help="Answers per article.")]
JsonOption = Annotated[Path | None, typer.Option("--json", help="Write the run file here.")]
JunitOption = Annotated[Path | None, typer.Option("--junit", help="Write JUnit XML here.")]
InspectOption = Annotated[
    Path | None, typer.Option("--inspect", help="Write an inspect_ai log here (.json or .eval).")
]
HtmlOption = Annotated[Path | None, typer.Option("--html", help="Write a one-file HTML report here.")]

DEFAULT_DATA = Path("evals")


@app.command()
def run(
    data: DataOption = DEFAULT_DATA,
    model: ModelOption = "rules",
    repeat: RepeatOption = 1,
    base_url: BaseUrlOption = None,
    budget: BudgetOption = None,
    price: PriceOption = None,
    call: SetOption = None,
    json: JsonOption = None,
    junit: JunitOption = None,
    html: HtmlOption = None,
    inspect: InspectOption = None,
    briefs: Annotated[
        Path | None,
        typer.Option(help="Score the briefs of this folder (<article id>.json) instead of an engine's."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Print every metric.")] = False,
    items: Annotated[
        str | None, typer.Option(help="List the items that aren't right: actors, figures or claims.")
    ] = None,
    article: Annotated[
        list[str] | None, typer.Option("--article", help="Score this article only; may be repeated.")
    ] = None,
    scheduler: SchedulerOption = None,
) -> None:
    """Run an engine over a data set and print its scorecard."""
    from summarizer.evaluation.console import print_items, print_run
    from summarizer.evaluation.given_briefs import GivenBriefs
    from summarizer.evaluation.junit import run_junit

    cluster = cluster_at(scheduler)
    arguments = ModelArguments(base_url=base_url, budget=budget, price=price, settings=tuple(call or ()))
    if briefs is None and not model.startswith(RECORDED) and asks_a_model(model, base_url):
        live = live_drafter(model, arguments, cluster)
        evaluated = _evaluate(data, live, repeat, article or [], asker=live.ask)
    else:
        if base_url is not None or budget is not None or price is not None:
            raise UsageProblem("--base-url, --budget and --price are for a language model that is asked.")
        drafter = GivenBriefs(briefs) if briefs is not None else _drafter(model, data, call or [])
        evaluated = _evaluate(data, drafter, repeat, article or [], asker=asker_at(cluster))
    result = evaluated.run
    _write(json, result.to_json)
    _write(junit, lambda: run_junit(result))
    _write(html, lambda: _report(result, None))
    if inspect is not None:
        from summarizer.evaluation.inspect_export import write_inspect_log

        write_inspect_log(result, _texts(result), inspect)
    if items is not None:
        print_items(result, items)
    print_run(result, every=every)
    if result.failed:
        raise typer.Exit(1)


@app.command()
def compare(
    base: Annotated[Path, typer.Argument(help="Run file to compare with.")],
    new: Annotated[Path, typer.Argument(help="Run file that is compared.")],
    html: HtmlOption = None,
    items: Annotated[bool, typer.Option(help="List the items that differ.")] = True,
) -> None:
    """Show what differs between two runs; with enough repeats, whether chance explains it."""
    from summarizer.evaluation.baseline import load_run
    from summarizer.evaluation.console import print_comparison
    from summarizer.evaluation.gates import live_gate

    before, after = load_run(base), load_run(new)
    _write(html, lambda: _report(after, before))
    verdict = live_gate(before, after) if min(before.repeats, after.repeats) > 1 else None
    print_comparison(before, after, verdict, items=items)
    if verdict is not None and verdict.exit_code:
        raise typer.Exit(verdict.exit_code)


@app.command()
def gate(
    data: DataOption = DEFAULT_DATA,
    live: Annotated[
        tuple[Path, Path] | None,
        typer.Option(help="Judge two run files with repeats instead: BASE NEW.", show_default=False),
    ] = None,
    more: Annotated[
        list[Path] | None,
        typer.Option("--invariants", help="Check the invariants on these articles too (no labels needed)."),
    ] = None,
    junit: JunitOption = None,
    summary: Annotated[
        Path | None, typer.Option(help="Append the result as Markdown (for $GITHUB_STEP_SUMMARY).")
    ] = None,
) -> None:
    """Fail if an item has flipped against the baseline, or an invariant is broken.

    Exit code 0: nothing speaks against the change. 1: flips, regression, broken invariant, or unrecorded.
    2: can't be judged.
    """
    from summarizer.evaluation.console import gate_markdown, print_gates
    from summarizer.evaluation.junit import gate_junit

    results = [_live(*live)] if live else _replay(data, more or [])
    _write(junit, lambda: gate_junit(results))
    if summary is not None:
        with summary.open("a", encoding="utf-8") as file:
            file.write(gate_markdown(results))
    print_gates(results)
    code = max(result.exit_code for result in results)
    if code:
        raise typer.Exit(code)


@app.command()
def bless(
    reason: Annotated[str, typer.Option("--reason", help="Why the change is right; goes into the record.")],
    data: DataOption = DEFAULT_DATA,
    model: ModelOption = "rules",
    repeat: RepeatOption = 1,
    call: SetOption = None,
    file: Annotated[
        Path | None, typer.Option("--run", help="Promote this run file instead of running the engine.")
    ] = None,
) -> None:
    """Make the present answers the baseline, and write what changed beside it."""
    from summarizer.evaluation.baseline import load_run, promote
    from summarizer.evaluation.console import print_blessing

    result = load_run(file) if file else _evaluate(data, _drafter(model, data, call or []), repeat).run
    path, flips = promote(result, data, reason, result.created[:10])
    print_blessing(path, flips)


def _drafter(model: str, data: Path, call: Sequence[str]) -> Drafter:
    """The engine that `--model` names, asked (or replayed) with the settings of `call`."""
    from summarizer.evaluation.answers import drafter_called

    return recorded_drafter(model, data, call) if model.startswith(RECORDED) else drafter_called(model)


def _evaluate(
    data: Path, drafter: Drafter, repeat: int, only: Sequence[str] = (), asker: Asker | None = None
) -> Evaluated:
    from summarizer.evaluation.dataset import chosen, load_data_set
    from summarizer.evaluation.runner import RunOptions, run_evaluation

    options = RunOptions(created=_now(), repeats=repeat, asker=asker)
    data_set = load_data_set(data)
    return run_evaluation(chosen(data_set, only) if only else data_set, drafter, options, _progress())


def _replay(data: Path, more: Sequence[Path]) -> list[GateResult]:
    """The replay gate of every baseline, then the invariants of its briefs and of further articles."""
    from summarizer.errors import NoInput
    from summarizer.evaluation.baseline import baseline_files, load_run, replayer
    from summarizer.evaluation.dataset import load_data_set
    from summarizer.evaluation.gates import invariants_gate, replay_gate
    from summarizer.evaluation.invariants import broken_in_brief, check_articles
    from summarizer.evaluation.runner import RunOptions, run_evaluation

    files = baseline_files(data)
    if not files:
        raise NoInput(f"{data}: no baseline. Make one: summarizer eval bless --data {data} --reason …")
    data_set = load_data_set(data)
    texts = {entry.article.id: entry.article.text for entry in data_set.articles}
    results: list[GateResult] = []
    broken: list[Broken] = []
    checked = 0
    for path in files:
        base = load_run(path)
        options = RunOptions(created=_now(), repeats=base.repeats)
        evaluated = run_evaluation(data_set, replayer(base, data), options, _progress())
        results.append(replace(replay_gate(base, evaluated.run), about=path.stem))
        for (name, _), brief in evaluated.briefs.items():
            broken += broken_in_brief(brief, texts[name])
            checked += 1
    if more:
        found, count = check_articles([str(path) for path in more])
        broken += found
        checked += count
    results.append(invariants_gate(broken, checked))
    return results


def _live(base: Path, new: Path) -> GateResult:
    from summarizer.evaluation.baseline import load_run
    from summarizer.evaluation.gates import live_gate

    return live_gate(load_run(base), load_run(new))


def _report(run: Run, base: Run | None) -> str:
    from summarizer.evaluation.report import run_report

    return run_report(run, _texts(run), base)


def _texts(run: Run) -> dict[str, str]:
    """The articles of a run's data set, where it is still there."""
    from summarizer.errors import SummarizerError
    from summarizer.evaluation.dataset import load_data_set

    try:
        entries = load_data_set(Path(run.data)).articles
    except SummarizerError:
        entries = ()
    return {entry.article.id: entry.article.text for entry in entries}


def _write(path: Path | None, content: object) -> None:
    """Write what `content()` returns, if a path was given."""
    if path is not None and callable(content):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content(), encoding="utf-8")


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds")


def _progress() -> Progress:
    """A line on stderr that counts answers, on a terminal only, once it has taken a second."""
    from time import monotonic

    started = monotonic()

    def show(done: int, expected: int, article: str) -> None:
        if sys.stderr.isatty() and (monotonic() - started > 1 or done == expected):
            end = "\n" if done == expected else ""
            sys.stderr.write(f"\r\x1b[K{done}/{expected} {article}{end}")
            sys.stderr.flush()

    return show
