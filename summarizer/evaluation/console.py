"""Print runs, comparisons, gates and agreement for a person at a terminal.

Data on stdout. The same facts as in the run file and the HTML report; no decisions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.evaluation.agreement import Agreement
from summarizer.evaluation.flips import Flip, item_flips
from summarizer.evaluation.gates import GateResult
from summarizer.evaluation.scorecard import PRIMARY, cost_summary, digest_scores, reference_values
from summarizer.records.run import DigestMode, Run, Score

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

#: Printed without --all: what a reader asks first. The run file and the report hold every metric.
SHORT_LIST = (
    "actors.precision", "actors.recall", "actors.f1", "actors.b3_f1", "actors.kind", "actors.role",
    "figures.precision", "figures.recall", "figures.f1", "figures.strict_f1", "figures.slot_error_rate",
    "claims.precision", "claims.recall", "claims.f1", "claims.joint", "claims.joint_of_matched",
    "claims.hedge_kept", "cues.f1", "claims.speaker", "claims.polarity", "claims.certainty",
    "claims.certainty_macro_f1", "claims.overclaim", "grounding.verbatim", "grounding.offset_right",
    "grounding.number_in_evidence", "grounding.cue_in_evidence", "grounding.tight", "summary.numbers_right",
    "summary.names_right", "summary.surer_than_cited",
    "actor_clusters.b3_f1", "series.b3_f1", "series.link_f1", "relations.differ_in_source_f1",
    "relations.right", "propositions.link_f1", "propositions.disputed_f1", "propositions.sides",
    "propositions.origins", "digest_summary.citations_valid", "digest_summary.numbers_right",
    "digest_summary.names_right", "digest_summary.surer_than_cited", "digest_summary.vital_reached",
)  # fmt: skip
MAX_FLIPS = 40
#: Columns where the output goes to a file or a pipe.
PIPE_WIDTH = 120
#: Heads of the columns of floors and ceilings.
_SHORT_NAMES = {
    "empty brief": "empty",
    "lead sentences": "lead",
    "every sentence": "every",
    "rules engine": "rules",
    "second annotator": "2nd",
}


def _console() -> Console:
    from rich.console import Console

    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=PIPE_WIDTH)


def _new_table(title: str) -> Table:
    from rich import box
    from rich.table import Table

    return Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))


def print_run(run: Run, *, every: bool) -> None:
    """The scorecard: coverage and signature first, then scores with their floors and ceilings."""
    console = _console()
    failed = f", {len(run.failed)} failed (scored as empty briefs)" if run.failed else ""
    console.print(f"{run.scored} of {run.expected} answers scored{failed} · {run.data}", markup=False)
    console.print(run.signature.line(), style="dim", markup=False)
    for score in run.failed:
        console.print(f"  no answer: {score.article}: {score.failed}", style="red", markup=False)
    for line in _lacking(run):
        console.print(f"  {line}", style="yellow", markup=False)
    columns = [(ref.name, len(ref.articles), reference_values(ref.counts)) for ref in run.references]
    console.print(_table("Briefs", run.scores, columns, len({s.article for s in run.articles}), every))
    legend = [f"{_SHORT_NAMES.get(ref.name, ref.name)} = {ref.name} ({ref.kind})" for ref in run.references]
    console.print("; ".join(legend), style="dim", markup=False)
    oracle = digest_scores(run.digests, "oracle")
    if oracle:
        console.print(_digest_table(oracle, run, every))
    console.print(cost_summary(run).line(), style="dim", markup=False)


def _lacking(run: Run) -> list[str]:
    """What recorded answers had to go without, in lines."""
    lines = [
        f"scored without its repair: {score.article}, repeat {score.repeat}: {score.unrecorded}"
        for score in run.articles
        if score.unrecorded is not None
    ]
    return lines + [
        f"no merge by the model, repeat {digest.repeat}: {digest.failed}"
        for digest in run.digests
        if digest.failed is not None
    ]


def print_items(run: Run, part: str) -> None:
    """Every item of a part that isn't right: what was expected, what was found, and why it was paired so."""
    console = _console()
    for score in run.articles:
        wrong = [i for i in score.items if i.part == part and i.verdict not in ("right", "okay_missed")]
        if wrong:
            console.rule(f"{score.article} {part}", align="left")
        for item in wrong:
            colour = "yellow" if item.verdict == "wrong_slot" else "red"
            head = f"{item.verdict:10} {item.gold or '–'}/{item.predicted or '–'} {item.nugget or ''}"
            console.print(head, style=colour, markup=False)
            console.print(f"  {item.label}", markup=False)
            console.print(f"  “{_flat(item.quote)}”", style="dim", markup=False)
            for check in item.slots:
                if not check.right:
                    line = f"  {check.slot}: gold {_flat(check.gold)!r}, predicted {_flat(check.predicted)!r}"
                    console.print(line, markup=False)
            console.print(f"  ({item.explanation})", style="dim", markup=False)


def _table(
    title: str,
    scores: Sequence[Score],
    references: Sequence[tuple[str, int, Mapping[str, float | None]]],
    articles: int,
    every: bool,
) -> Table:
    table = _new_table(title)
    table.add_column("metric", no_wrap=True)
    for name in ("score", "95 %", "mean", "n"):
        table.add_column(name, justify="right", no_wrap=True)
    for name, count, _ in references:
        short = _SHORT_NAMES.get(name, name)
        table.add_column(short if count == articles else f"{short}/{count}", justify="right", no_wrap=True)
    for score in scores:
        if not every and score.metric not in SHORT_LIST:
            continue
        interval = "" if score.low is None or score.high is None else f"{score.low:.2f}-{score.high:.2f}"
        style = "bold" if score.metric in PRIMARY else None
        cells = [_number(values.get(score.metric)) for _, _, values in references]
        name = score.metric + (" ↓" if score.lower_is_better else "")
        table.add_row(
            name, _number(score.value), interval, _number(score.mean), str(score.n), *cells, style=style
        )
    return table


def _digest_table(oracle: Sequence[Score], run: Run, every: bool) -> Table:
    table = _new_table("Digest")
    table.add_column("metric", no_wrap=True)
    modes: dict[DigestMode, str] = {"oracle": "oracle", "end_to_end": "end to end", "model_merge": "by model"}
    columns = [
        {score.metric: score for score in digest_scores(run.digests, mode)}
        for mode in modes
        if digest_scores(run.digests, mode)
    ]
    for _, name in zip(columns, modes.values(), strict=False):
        table.add_column(name, justify="right", no_wrap=True)
        table.add_column("n", justify="right", no_wrap=True)
    for baseline in run.digest_floors:
        table.add_column(baseline.name, justify="right")
    floors = [reference_values(baseline.counts, digest=True) for baseline in run.digest_floors]
    for score in oracle:
        if not every and score.metric not in SHORT_LIST:
            continue
        values = [column[score.metric] for column in columns]
        cells = [
            _number(floor.get(score.metric)) if score.metric.startswith("series.") else "" for floor in floors
        ]
        name = score.metric + (" ↓" if score.lower_is_better else "")
        table.add_row(
            name,
            *(cell for one in values for cell in (_number(one.value), str(one.n))),
            *cells,
        )
    return table


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def print_comparison(base: Run, new: Run, verdict: GateResult | None, *, items: bool) -> None:
    """What differs: metrics, then items; and whether chance explains it, where there are repeats."""
    console = _console()
    for name, run in (("base", base), ("new ", new)):
        console.print(f"{name} {run.scored}/{run.expected} {run.signature.line()}", style="dim", markup=False)
    old = {score.metric: score for score in base.scores}
    table = _new_table("Changed scores")
    for name in ("metric", "base", "new", "change", "n"):
        table.add_column(name, justify="left" if name == "metric" else "right", no_wrap=True)
    for score in new.scores:
        before = old.get(score.metric)
        was = before.value if before else None
        if score.value is None or was is None or score.value == was:
            continue
        delta = score.value - was
        colour = "green" if (delta > 0) != score.lower_is_better else "red"
        table.add_row(
            score.metric, _number(was), _number(score.value), f"[{colour}]{delta:+.3f}[/]", str(score.n)
        )
    console.print(table if table.row_count else "No score differs.")
    if items:
        _print_flips(console, item_flips(base, new))
    if verdict is not None:
        _print_gate(console, verdict)
    else:
        console.print("One answer per article: chance can't be judged (eval run --repeat 5).", style="dim")


def _print_flips(console: Console, flips: Sequence[Flip]) -> None:
    for flip in flips[:MAX_FLIPS]:
        colour = {True: "green", False: "red", None: "yellow"}[flip.better]
        console.print(str(flip), style=colour, markup=False)
    if len(flips) > MAX_FLIPS:
        console.print(f"… and {len(flips) - MAX_FLIPS} more (see --html)")
    if not flips:
        console.print("No item differs.")


def print_gates(results: Sequence[GateResult]) -> None:
    """Every gate's verdict, reasons and items."""
    console = _console()
    for result in results:
        _print_gate(console, result)


def _print_gate(console: Console, result: GateResult) -> None:
    from rich.markup import escape

    colour = {0: "green", 1: "red", 2: "yellow"}[result.exit_code]
    console.print(f"{escape(result.name)}: [{colour}]{result.verdict}[/]")
    for reason in result.reasons[:MAX_FLIPS]:
        console.print(f"  {reason}", markup=False)
    if result.flips:
        _print_flips(console, result.flips)
        console.print(
            "If this is as it should be: summarizer eval bless --reason …", style="dim", markup=False
        )


def gate_markdown(results: Sequence[GateResult]) -> str:
    """The same as a Markdown table."""
    lines = ["## Evaluation gate", "", "| gate | verdict | why |", "| --- | --- | --- |"]
    lines += [
        f"| {_cell(r.name)} | **{r.verdict}** | {_cell('; '.join(r.reasons[:5]) or 'nothing has changed')} |"
        for r in results
    ]
    flips = [flip for result in results for flip in result.flips]
    if flips:
        lines += ["", "| article | item | before | after | quote |", "| --- | --- | --- | --- | --- |"]
        lines += [
            f"| {f.article} | {f.item.part} {f.item.gold or f.item.predicted} | {_cell(f.before)} | "
            f"{_cell(f.after)} | {_cell(f.item.quote[:120])} |"
            for f in flips[:MAX_FLIPS]
        ]
    return "\n".join(lines) + "\n\n"


def _cell(string: str) -> str:
    return " ".join(string.replace("|", "\\|").split())


def print_blessing(path: Path, flips: Sequence[Flip]) -> None:
    """What was promoted."""
    console = _console()
    _print_flips(console, flips)
    console.print(
        f"{path} is the baseline now; the difference is noted in CHANGES.md beside it.", markup=False
    )


def print_agreement(found: Agreement) -> None:
    """Agreement per part, per field, and alphas."""
    console = _console()
    console.print(f"{len(found.articles)} articles labelled twice: {', '.join(found.articles)}", markup=False)
    table = _new_table("Agreement")
    for name in ("what", "value", "n"):
        table.add_column(name, justify="left" if name == "what" else "right", no_wrap=True)
    for name, value in found.metrics.items():
        table.add_row(name, _number(value), "")
    for name, (share, pairs) in found.slots.items():
        table.add_row(f"{name} (of matched)", f"{share:.3f}", str(pairs))
    for name, alpha in (
        ("certainty, ordinal alpha", found.certainty_alpha),
        ("polarity, nominal alpha", found.polarity_alpha),
        ("vital or okay, nominal alpha", found.nugget_alpha),
    ):
        table.add_row(name, _number(alpha), "")
    console.print(table)


def print_label_diff(found: Agreement) -> None:
    """Every item on which two annotators differ."""
    console = _console()
    count = 0
    for score in found.scores:
        for item in score.items:
            if item.verdict == "right":
                continue
            count += 1
            ids = f"{item.gold or '–'} / {item.predicted or '–'}"
            only = {"missed": "only the first", "spurious": "only the second", "split": "only the second"}
            console.print(
                f"{score.article} {item.part} {ids}: {only.get(item.verdict, 'differ')}", style="bold"
            )
            console.print(f"  {item.label}", markup=False)
            for check in item.slots:
                if not check.right:
                    line = f"  {check.slot}: {_flat(check.gold)!r} / {_flat(check.predicted)!r}"
                    console.print(line, style="yellow", markup=False)
            console.print(f"  “{_flat(item.quote)}”", style="dim", markup=False)
    console.print(f"{count} differences")


def _flat(string: str) -> str:
    return " ".join(string.split())
