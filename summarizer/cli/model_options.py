"""The options of commands that ask a language model, and what they stand for once they are read.

Imports nothing heavy: this is read by `summarizer --help`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.errors import BadSetting

if TYPE_CHECKING:
    from summarizer.llm.model import CallSettings
    from summarizer.model_terms import ModelOptions
    from summarizer.settings import Settings

BaseUrlOption = Annotated[
    str | None,
    typer.Option(
        "--base-url",
        metavar="URL",
        help="Address of an OpenAI-compatible endpoint; --model is then its model's name.",
        show_default=False,
    ),
]
BudgetOption = Annotated[
    float | None,
    typer.Option(
        "--budget",
        min=0.0,
        metavar="USD",
        help="Stop before the call that would pass it.",
        show_default=False,
    ),
]
PriceOption = Annotated[
    str | None,
    typer.Option(
        "--price",
        metavar="IN,CACHED,OUT",
        help="US dollars for a million tokens, where the table has none.",
        show_default=False,
    ),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Tell what model calls would cost, and ask nothing.")
]
BatchOption = Annotated[
    bool, typer.Option("--batch", help="Ask through the Batch API: half the price, within a day.")
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="Model call setting: concurrency, temperature, seed, max_output_tokens, reasoning_effort, "
        "deadline_s, tries, requests_per_minute, tokens_per_minute, mode, context_tokens, stream, prompts.",
        show_default=False,
    ),
]
LogOption = Annotated[
    str | None,
    typer.Option("--log", metavar="json", help="One JSON line on standard error for every model request."),
]

_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
#: Sampling options; they change replies and so belong to a reply's key.
_SAMPLING: dict[str, Callable[[str], Any]] = {
    "temperature": float, "top_p": float, "seed": int, "max_output_tokens": int, "reasoning_effort": str,
}  # fmt: skip
_CALLS: dict[str, Callable[[str], Any]] = {
    "concurrency": int, "tries": int, "deadline_s": float, "read_s": float, "connect_s": float,
    "backoff_s": float, "give_up_s": float, "requests_per_minute": float, "tokens_per_minute": float,
    "context_tokens": int, "mode": str, "prompts": int, "stream": lambda text: _BOOLEANS[text.lower()],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ModelArguments:
    """What the command line says about model calls."""

    base_url: str | None = None
    budget: float | None = None
    price: str | None = None
    dry_run: bool = False
    batch: bool = False
    log: str | None = None
    settings: tuple[str, ...] = ()

    def options(self, model: str, settings: Settings) -> ModelOptions:
        """The options of a run. Raises BadSetting, UsageProblem."""
        from summarizer.llm.prices import parse_price
        from summarizer.model_terms import ModelOptions

        if self.log not in (None, "json"):
            raise BadSetting("--log", str(self.log), "must be json")
        return ModelOptions(
            model=model,
            home=settings.home,
            base_url=self.base_url,
            settings=call_settings(self.settings),
            budget_usd=self.budget,
            price=parse_price(self.price) if self.price else None,
        )


def asks_a_model(model: str, base_url: str | None) -> bool:
    """Whether `--model` (with `--base-url`) means a language model and not an engine of this package."""
    return base_url is not None or "/" in model


def call_settings(given: Sequence[str]) -> CallSettings:
    """Settings out of `NAME=VALUE` words.

    Raises:
        BadSetting: an unknown name, or a value that can't be meant.
    """
    from summarizer.llm.model import REPLY_MODES, CallSettings
    from summarizer.prompts import PROMPT_SETS

    settings = CallSettings()
    for word in given:
        name, equals, value = word.partition("=")
        kind = _SAMPLING.get(name) or _CALLS.get(name)
        if not equals or kind is None:
            known = ", ".join(sorted([*_SAMPLING, *_CALLS]))
            raise BadSetting("--set", word, f"must be NAME=VALUE with one of the names {known}")
        try:
            read = kind(value.strip())
        except (ValueError, KeyError):
            raise BadSetting(f"--set {name}", value, f"must be {_said(kind)}") from None
        if name == "mode" and read not in REPLY_MODES:
            raise BadSetting("--set mode", value, f"must be one of {', '.join(REPLY_MODES)}")
        if name == "prompts":
            if read not in PROMPT_SETS:
                known = ", ".join(str(number) for number in PROMPT_SETS)
                raise BadSetting("--set prompts", value, f"must be one of {known}")
            read = PROMPT_SETS[read]
        unsigned = isinstance(read, (int, float)) and not isinstance(read, bool) and name != "seed"
        if unsigned and not 0 <= read < float("inf"):
            raise BadSetting(f"--set {name}", value, "must not be negative")
        if name in ("concurrency", "tries") and read < 1:
            raise BadSetting(f"--set {name}", value, "must be at least 1")
        if name in _SAMPLING:
            settings = replace(settings, sampling=replace(settings.sampling, **{name: read}))
        else:
            settings = replace(settings, **{name: read})
    return settings


def _said(kind: object) -> str:
    return {int: "a whole number", float: "a number", str: "a word"}.get(kind, "yes or no")  # type: ignore[call-overload,no-any-return]


def setting_names() -> tuple[str, ...]:
    """All settings that calls have, for the documentation and its test."""
    from summarizer.llm.model import CallSettings, Sampling

    calls = {field.name for field in fields(CallSettings)} - {"sampling"}
    return tuple(sorted(calls | {field.name for field in fields(Sampling)}))
