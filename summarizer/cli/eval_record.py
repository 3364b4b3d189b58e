"""`summarizer eval record`: put a model's real replies into the recordings of a data set."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.model_options import BaseUrlOption, ModelArguments, SetOption

if TYPE_CHECKING:
    from summarizer.evaluation.model_answers import ModelDrafter

#: Before a model's name: score its recordings, ask nobody.
RECORDED = "recorded:"


def record(
    model: Annotated[str, typer.Option("--model", help="Language model, as for brief.")],
    data: Annotated[Path, typer.Option("--data", help="Folder with articles/.")] = Path("evals"),
    into: Annotated[
        Path | None, typer.Option("--into", help="Folder of the recordings. Default: DATA/recordings.")
    ] = None,
    base_url: BaseUrlOption = None,
    call: SetOption = None,
    repeat: Annotated[int, typer.Option("--repeat", min=1, help="Replies per question.")] = 3,
    first: Annotated[int, typer.Option("--first", min=0, help="Number of the first repeat.")] = 0,
) -> None:
    """Ask a model about every article of a data set and its merge, and keep the replies for replay.

    Replies that are there are not asked for again. Exit code 1: some article gave none.
    """
    from dataclasses import replace

    from summarizer.cli.options import settings_with
    from summarizer.cli.output import say
    from summarizer.evaluation.dataset import load_data_set
    from summarizer.evaluation.model_answers import recordings_of
    from summarizer.model_recording import record_model

    arguments = ModelArguments(base_url=base_url, settings=tuple(call or ()))
    options = replace(arguments.options(model, settings_with()), recordings=into or recordings_of(data))
    articles = [entry.article for entry in load_data_set(data).articles]
    recorded = record_model(articles, options, os.environ, range(first, first + repeat), say)
    if any(one.failed for one in recorded):
        raise typer.Exit(1)


def recorded_drafter(model: str, data: Path, call: Sequence[str] = ()) -> ModelDrafter:
    """The drafter that `recorded:NAME` names: the model's recordings in the data set, and nobody to ask.

    `call` are settings as for the recording: prompts and sampling name the replies.
    """
    from dataclasses import replace

    from summarizer.cli.options import settings_with
    from summarizer.evaluation.model_answers import ModelDrafter, recordings_of

    options = ModelArguments(settings=tuple(call)).options(model.removeprefix(RECORDED), settings_with())
    return ModelDrafter(replace(options, recordings=recordings_of(data)), replay=True)
