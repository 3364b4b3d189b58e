"""`summarizer eval` and language models: record their replies, replay them, or ask now and score."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.model_options import BaseUrlOption, ModelArguments, SetOption

if TYPE_CHECKING:
    from summarizer.evaluation.live_answers import LiveDrafter
    from summarizer.evaluation.model_answers import ModelDrafter
    from summarizer.evaluation.runner import Asker
    from summarizer.scaling.cluster import Cluster

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


def live_drafter(model: str, arguments: ModelArguments, cluster: Cluster | None) -> LiveDrafter:
    """The drafter of a language model that is asked now, by this process or by the cluster's workers.

    Raises:
        BadSetting, UsageProblem: see `ModelArguments.options`.
    """
    from summarizer.cli.options import settings_with
    from summarizer.evaluation.live_answers import Here, LiveDrafter

    options = arguments.options(model, settings_with())
    if cluster is None:
        return LiveDrafter(options, Here(os.environ))
    from summarizer.evaluation.cluster_answers import OnCluster

    return LiveDrafter(options, OnCluster(cluster))


def asker_at(cluster: Cluster | None) -> Asker | None:
    """Who asks the engine: the cluster's workers, or (None) this process."""
    if cluster is None:
        return None
    from summarizer.evaluation.cluster_answers import asker_on

    return asker_on(cluster)
