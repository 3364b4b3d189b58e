"""`summarizer diff`: what changed between two digests of a story, or between two piles of stories."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.options import AllOption, OutputOption, format_of
from summarizer.cli.output import write_out
from summarizer.errors import SchemaViolation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summarizer.records.delta import Delta
    from summarizer.records.digest import Digest
    from summarizer.records.stories import StoryCollection


#: Exit code where nothing but silence changed.
NOTHING_NEW = 4


class DeltaFormat(StrEnum):
    """Layouts of a delta."""

    TEXT = "text"
    MARKDOWN = "md"
    JSON = "json"


OldArgument = Annotated[
    Path, typer.Argument(metavar="OLD", help="The earlier digest as JSON.", show_default=False)
]
NewArgument = Annotated[
    Path, typer.Argument(metavar="NEW", help="The later digest as JSON.", show_default=False)
]
FormatOption = Annotated[
    DeltaFormat | None, typer.Option("--format", help="Layout. Default: text.", show_default=False)
]


def diff(
    old: OldArgument,
    new: NewArgument,
    layout: FormatOption = None,
    output: OutputOption = None,
    everything: AllOption = False,
) -> None:
    """Tell what changed between two digests.

    New, revised, firmer, softer, denied, withdrawn, not repeated; another wording is no change. Ends with
    exit code 4 where nothing is new.
    """
    deltas = _deltas(_document(old), _document(new))
    targets = list(dict.fromkeys(output or ["-"]))
    for target in targets:
        chosen = format_of(target, layout, DeltaFormat.TEXT, alone=len(targets) == 1)
        write_out(_laid_out(deltas, chosen, target, everything), target)
    if not any(delta.has_news for delta in deltas):
        raise typer.Exit(NOTHING_NEW)


def _document(path: Path) -> Digest | StoryCollection:
    from summarizer.cli.found import read_documents

    document, _ = read_documents(path)
    if document is None:
        raise SchemaViolation(str(path), "$.schema", "brief/1", "must be digest/1 or stories/1")
    return document


def _deltas(old: Digest | StoryCollection, new: Digest | StoryCollection) -> list[Delta]:
    from summarizer.merging.delta import compare_digests
    from summarizer.story_digests import paired_stories

    return [compare_digests(pair.old, pair.new, pair.story, pair.title) for pair in paired_stories(old, new)]


def _laid_out(deltas: Sequence[Delta], layout: DeltaFormat, target: str, everything: bool) -> str:
    from summarizer.cli import work
    from summarizer.rendering.delta import render_delta_markdown, render_delta_text

    if layout is DeltaFormat.JSON:
        documents = [work.checked_json(delta, "delta") for delta in deltas]
        if len(documents) == 1:
            return documents[0]
        return json.dumps([json.loads(one) for one in documents], ensure_ascii=False, indent=1) + "\n"
    if layout is DeltaFormat.MARKDOWN:
        return "\n".join(map(render_delta_markdown, deltas))
    options = work.text_options(target, everything)
    return "\n".join(render_delta_text(delta, options) for delta in deltas)
