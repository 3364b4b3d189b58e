"""`summarizer eval label`: make, check, show and compare label files.

Parses, calls, prints, chooses the exit code.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from summarizer.evaluation.agreement import Agreement
    from summarizer.evaluation.label_check import LabelProblem

app = typer.Typer(help="Make, check, show and compare label files.", no_args_is_help=True)

ArticleOption = Annotated[
    Path | None,
    typer.Option("--article", help="The article; by default ../articles/<name>.txt beside the file."),
]
SecondArgument = Annotated[Path, typer.Argument(help="The other annotator's.")]
ArticlesOption = Annotated[
    Path | None,
    typer.Option("--articles", help="Folder of the articles; by default articles/ beside FIRST."),
]


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Label files, or a data set's folder.")],
    article: ArticleOption = None,
    strict: Annotated[bool, typer.Option(help="Fail on warnings too.")] = False,
) -> None:
    """Check labels against every rule of labelling that a program can check."""
    from summarizer.evaluation.label_files import check_files

    found = check_files(files, article)
    problems = 0
    for path, entries in found:
        problems += _print(path.name, entries, strict)
    typer.echo(f"{len(found)} files, {problems} {'problem' if problems == 1 else 'problems'}")
    if problems:
        raise typer.Exit(1)


@app.command()
def fill(
    draft: Annotated[Path, typer.Argument(help="A draft: quotes without offsets.")],
    article: ArticleOption = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Label file to write; default: standard output.")
    ] = None,
) -> None:
    """Turn a draft into a label file: find every quote, compute offsets, check the rules."""
    from summarizer.evaluation.label_files import fill_file

    filled = fill_file(draft, article)
    _print(draft.name, filled.problems, False)
    if filled.gold is None:
        raise typer.Exit(1)
    if output is None:
        typer.echo(filled.gold.to_json(), nl=False)
    else:
        output.write_text(filled.gold.to_json(), encoding="utf-8")


@app.command()
def show(
    first: Annotated[Path, typer.Argument(help="A label file.")],
    second: Annotated[Path | None, typer.Argument(help="The other annotator's.")] = None,
    article: ArticleOption = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Page to write.")] = Path("labels.html"),
) -> None:
    """Write an HTML page of the article with all labels marked, two annotators side by side."""
    from summarizer.evaluation.label_files import page_of

    output.write_text(page_of(first, second, article), encoding="utf-8")
    typer.echo(str(output))


@app.command()
def diff(
    first: Annotated[Path, typer.Argument(help="A label file, or a folder of them.")],
    second: SecondArgument,
    articles: ArticlesOption = None,
) -> None:
    """List every item on which two annotators differ."""
    from summarizer.evaluation.console import print_label_diff

    print_label_diff(_agreement(first, second, articles))


def _print(name: str, problems: Iterable[LabelProblem], strict: bool) -> int:
    """Print what was found on stderr; returns how many of it fail the file."""
    failing = 0
    for entry in problems:
        typer.echo(f"{name}: {entry}", err=True)
        failing += strict or entry.severity == "problem"
    return failing


def agree(
    first: Annotated[Path, typer.Argument(help="Folder of labels, or a label file.")],
    second: SecondArgument,
    articles: ArticlesOption = None,
) -> None:
    """Say how far two annotators agree: F1 per part, fields, Krippendorff's alpha."""
    from summarizer.evaluation.console import print_agreement

    print_agreement(_agreement(first, second, articles))


def _agreement(first: Path, second: Path, articles: Path | None) -> Agreement:
    """How far two annotators agree. Raises MissingExtra where the scorer can't work."""
    from summarizer.evaluation.agreement import agree as agreement_of
    from summarizer.evaluation.dataset import load_pair
    from summarizer.evaluation.runner import require_scorer

    require_scorer()
    one, two, texts = load_pair(first, second, articles)
    return agreement_of(one, two, texts)
