"""Options that several commands share, and what they stand for once they are read.

Imports nothing heavy: this is read by `summarizer --help`.
"""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from summarizer.settings import Settings


_Format = TypeVar("_Format", bound=StrEnum)


class BriefFormat(StrEnum):
    """Layouts of briefs."""

    JSON = "json"
    JSONL = "jsonl"
    TEXT = "text"
    MARKDOWN = "md"


class DigestFormat(StrEnum):
    """Layouts of a digest."""

    TEXT = "text"
    MARKDOWN = "md"
    JSON = "json"
    HTML = "html"
    JSONLD = "jsonld"
    CSV = "csv"
    PARQUET = "parquet"


PathsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...", help="Files, folders, patterns, or - for standard input.", show_default=False
    ),
]
OutputOption = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to this file, - for standard output; repeatable. The ending tells the format.",
        show_default=False,
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option("--model", help="Engine that makes the briefs. Default: rules.", show_default=False),
]
MaxBytesOption = Annotated[
    str | None,
    typer.Option(
        "--max-bytes",
        metavar="SIZE",
        help="Largest input, as in 500k or 2M. Default: 2M.",
        show_default=False,
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        min=1,
        metavar="N",
        help="Processes. Default: by the number of articles.",
        show_default=False,
    ),
]
SchedulerOption = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Dask scheduler whose workers do the work, as in tcp://HOST:8786. Default: this machine.",
        show_default=False,
    ),
]
ShardsOption = Annotated[
    Path | None,
    typer.Option(
        "--shards",
        metavar="FOLDER",
        help="With --scheduler: keep finished briefs here as Parquet, and take from here what is done.",
        show_default=False,
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help="Leave nothing out of long lists (text only).")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No notices and no progress, errors only.")]
StoreOption = Annotated[
    bool,
    typer.Option("--store/--no-store", help="Remember the run, so that `summarizer show` finds its items."),
]
ArticlesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--articles", metavar="PATH", help="Where the articles are, if not in the store.", show_default=False
    ),
]


def settings_with(max_bytes: str | None = None) -> Settings:
    """The environment's settings, overruled by options. Raises BadSetting."""
    from dataclasses import replace

    from summarizer.settings import parse_size, settings_from

    settings = settings_from(os.environ)
    return replace(settings, max_bytes=parse_size("--max-bytes", max_bytes)) if max_bytes else settings


def cores() -> int:
    """Processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this platform
        return os.cpu_count() or 1


def format_of(target: str, asked: _Format | None, default: _Format, *, alone: bool) -> _Format:
    """The format of one output: what was asked for, else the file's ending, else the default.

    With several targets one --format can't be meant for all, so there endings go first.
    """
    ending = Path(target).suffix.lower().removeprefix(".")
    ending = {"txt": "text", "markdown": "md", "htm": "html"}.get(ending, ending)
    known = type(default)
    by_ending = known(ending) if target != "-" and ending in list(known) else None
    return ((asked or by_ending) if alone else (by_ending or asked)) or default
