"""`summarizer doctor`: what is configured, what works, what can be reached. Prints no secret."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

import typer

from summarizer.cli.model_options import BaseUrlOption, SetOption
from summarizer.cli.options import settings_with
from summarizer.cli.output import write_out
from summarizer.errors import StoreProblem, SummarizerError

#: Packages of optional features, with the extra that brings them.
_OPTIONAL = {"scipy": "eval", "feedparser": "briefing"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. Only "wrong" keeps the program from doing its work."""

    state: Literal["ok", "note", "wrong"]
    what: str
    details: str


def doctor(
    model: Annotated[
        str | None,
        typer.Option(
            "--model", help="Probe this language model: reply modes, context size.", show_default=False
        ),
    ] = None,
    base_url: BaseUrlOption = None,
    call: SetOption = None,
) -> None:
    """Check the installation, or with --model an endpoint.

    Python, packages, lexicons, schemas, the engine, the store, settings. With --model, what the endpoint can
    do: at most one small request a reply mode; what works is remembered for later runs.
    """
    findings = list(_findings()) if model is None else list(_probed(model, base_url, call))
    width = max(len(one.what) for one in findings)
    write_out("".join(f"{one.state:<5} {one.what:<{width}}  {one.details}\n" for one in findings), "-")
    if any(one.state == "wrong" for one in findings):
        raise typer.Exit(2)


def _probed(model: str, base_url: str | None, call: list[str] | None) -> Iterator[Finding]:
    from summarizer.cli.model_options import ModelArguments
    from summarizer.cli.model_work import probe_lines
    from summarizer.model_run import probe_model

    arguments = ModelArguments(base_url=base_url, settings=tuple(call or ()))
    report = probe_model(arguments.options(model, settings_with()), os.environ)
    for state, what, details in probe_lines(report):
        yield Finding(state, what, details)
    if report.trouble is not None and report.trouble.exit_code == 3:
        raise report.trouble


def _findings() -> Iterator[Finding]:
    from summarizer.version import __version__

    yield Finding("ok", "summarizer", f"{__version__} in {os.path.dirname(os.path.dirname(__file__))}")
    fine = sys.version_info >= (3, 11)
    version = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    yield Finding("ok" if fine else "wrong", "python", version)
    yield from _packages()
    yield from _schemas()
    yield from _engine()
    yield from _store()
    yield from _environment()
    encoding = sys.stdout.encoding or "unknown"
    terminal = "a terminal" if sys.stdout.isatty() else "no terminal: plain text"
    yield Finding("ok", "standard output", f"{terminal}, encoding {encoding}")
    yield Finding(
        "ok", "network", "nothing to reach for the rules engine; `summarizer doctor --model …` probes a model"
    )


def _packages() -> Iterator[Finding]:
    from importlib.metadata import PackageNotFoundError, requires, version
    from importlib.util import find_spec

    try:
        needed = [one for one in requires("summarizer") or [] if "extra ==" not in one]
    except PackageNotFoundError:
        yield Finding("note", "packages", "summarizer runs from a folder and isn't installed; pip install it")
        return
    found, missing = [], []
    for requirement in needed:
        name = requirement.partition(";")[0].rstrip()
        for sign in "<>=!~[ ":
            name = name.partition(sign)[0]
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    yield Finding("ok", "packages", ", ".join(found))
    if missing:
        yield Finding("wrong", "packages", f"missing: {', '.join(missing)}")
    for package, extra in _OPTIONAL.items():
        there = find_spec(package) is not None
        state: Literal["ok", "note"] = "ok" if there else "note"
        details = package if there else f"{package} is missing: pip install 'summarizer[{extra}]'"
        yield Finding(state, f"extra {extra}", details)


def _schemas() -> Iterator[Finding]:
    from summarizer.schemas import load_schema, schema_names

    try:
        for name in schema_names():
            load_schema(name)
    except (OSError, ValueError) as error:
        yield Finding("wrong", "schemas", str(error))
    else:
        yield Finding("ok", "schemas", ", ".join(schema_names()))


def _engine() -> Iterator[Finding]:
    """The engine on a sentence: loads every lexicon, and shows that the parts work together."""
    from summarizer.pipeline import extract_brief
    from summarizer.sources import article_from_text

    try:
        article = article_from_text("The port union said on Monday that 1,200 dock workers may go on strike.")
        brief = extract_brief(article)
    except (SummarizerError, OSError, ValueError) as error:
        yield Finding("wrong", "rules engine", f"{type(error).__name__}: {error}")
    else:
        counts = f"{len(brief.actors)} actors, {len(brief.figures)} figures, {len(brief.claims)} claims"
        yield Finding("ok", "rules engine", f"{_build()}; lexicons loaded; a trial sentence gave {counts}")


def _build() -> str:
    """Whether the modules that make most of the work are machine code (docs/performance.md)."""
    from summarizer.extraction.by_rules import engine

    return "interpreted" if engine.__file__.endswith(".py") else "compiled"


def _store() -> Iterator[Finding]:
    from summarizer.store.runs import open_store

    settings = settings_with()
    try:
        opened = open_store(settings.home)
        with opened.store as store:
            run = store.last_run()
            where = str(store.path)
    except StoreProblem as problem:
        yield Finding("note", "store", f"{problem} Everything but `show` works without it.")
        return
    if opened.notice:
        yield Finding("note", "store", opened.notice)
    last = f"last run {run.saved_at}, a {run.kind}" if run else "no run yet"
    yield Finding("ok", "store", f"{where}, {last}")


def _environment() -> Iterator[Finding]:
    from summarizer.settings import MODEL_VARIABLES, VARIABLES

    for name, what in VARIABLES.items():
        value = os.environ.get(name)
        yield Finding("ok", name, f"{value!r}: {what}" if value else f"not set: {what}")
    for name in MODEL_VARIABLES:
        state = "set (value not shown)" if os.environ.get(name) else "not set"
        yield Finding("ok", name, f"{state}: for language models, asked with --model")
