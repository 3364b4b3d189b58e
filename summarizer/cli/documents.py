"""`summarizer validate` and `summarizer schema`: check documents, print what they are checked against."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli.options import ArticlesOption, settings_with
from summarizer.cli.output import say, write_out

FilesArgument = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="JSON or JSON Lines; - for standard input.", show_default=False),
]
NameArgument = Annotated[
    str | None, typer.Argument(metavar="NAME", help="brief, digest, …; none lists all.", show_default=False)
]


def validate(files: FilesArgument, articles: ArticlesOption = None) -> None:
    """Check documents and their quotes.

    Every document against its schema, every quote against the text of its article. Articles are looked for
    in --articles, beside the file (a data set's articles/ folder), and in the store of past runs.
    """
    from summarizer.cli.checking import check_files

    faults = 0
    for checked in check_files(files, articles or (), settings_with()):
        lines = checked.faults or (f"{checked.name}: {checked.fine}",)
        write_out("".join(f"{line}\n" for line in lines), "-")
        faults += len(checked.faults)
    if faults:
        say(f"{faults} fault{'s' if faults > 1 else ''} found.")
        raise typer.Exit(1)


def schema(name: NameArgument = None) -> None:
    """Print a published JSON Schema.

    Without a name, list what there is.
    """
    from summarizer.schemas import load_schema, schema_names

    if name is None:
        write_out("".join(f"{one}\n" for one in schema_names()), "-")
    else:
        write_out(json.dumps(load_schema(name), ensure_ascii=False, indent=2) + "\n", "-")
