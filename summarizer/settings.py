"""Settings of a run, read once from the environment at the edge and passed on as a value.

Every variable is optional. `VARIABLES` is what `summarizer doctor` lists and the README documents.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import BadSetting

#: Two megabytes of text is a book, not an article.
DEFAULT_MAX_BYTES = 2_000_000
DEFAULT_MODEL = "rules"

#: Name -> what it sets.
VARIABLES = {
    "SUMMARIZER_HOME": "folder of the store of past runs",
    "SUMMARIZER_MAX_BYTES": f"largest input in bytes (default {DEFAULT_MAX_BYTES})",
    "SUMMARIZER_MODEL": f"engine when no --model is given (default {DEFAULT_MODEL})",
    "NO_COLOR": "any value: no colours on the terminal",
}
#: A model client's variables. `doctor` says which are set, never what they hold.
MODEL_VARIABLES = (
    "OPENAI_API_KEY",
    "AZURE_OPENAI_API_KEY",
    "AZURE_OPENAI_ENDPOINT",
    "OPENAI_API_VERSION",
    "OLLAMA_HOST",
    "SUMMARIZER_API_KEY",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment configures. `home` may not exist yet."""

    home: Path
    max_bytes: int = DEFAULT_MAX_BYTES
    model: str = DEFAULT_MODEL


def settings_from(environment: Mapping[str, str]) -> Settings:
    """The settings that `environment` (usually `os.environ`) holds; an empty variable counts as unset.

    Raises:
        BadSetting: a value that can't be meant.
    """
    max_bytes = environment.get("SUMMARIZER_MAX_BYTES") or str(DEFAULT_MAX_BYTES)
    return Settings(
        home=_home(environment),
        max_bytes=parse_size("SUMMARIZER_MAX_BYTES", max_bytes),
        model=environment.get("SUMMARIZER_MODEL") or DEFAULT_MODEL,
    )


def parse_size(setting: str, value: str) -> int:
    """A number of bytes: "2000000", "500k", "2M" (decimal multiples). `setting` is its name in errors.

    Raises:
        BadSetting: not a positive number.
    """
    digits, factor = value.strip(), 1
    if digits[-1:].lower() in ("k", "m"):
        factor = 1_000 if digits[-1].lower() == "k" else 1_000_000
        digits = digits[:-1]
    if not (digits.isascii() and digits.isdigit() and int(digits[:18]) > 0):
        raise BadSetting(setting, value, "must be a positive number of bytes, as in 2000000, 500k or 2M")
    return int(digits[:18]) * factor


def _home(environment: Mapping[str, str]) -> Path:
    """Where state belongs on this platform (XDG base directories on Unix)."""
    if own := environment.get("SUMMARIZER_HOME"):
        return Path(own).expanduser()
    if state := environment.get("XDG_STATE_HOME"):
        return Path(state) / "summarizer"
    # `~` by hand: Path.home() raises where neither HOME nor a password entry tells it.
    user = Path(environment.get("HOME") or environment.get("USERPROFILE") or ".")
    if sys.platform == "win32":
        local = environment.get("LOCALAPPDATA")
        return (Path(local) if local else user / "AppData" / "Local") / "summarizer"
    if sys.platform == "darwin":
        return user / "Library" / "Application Support" / "summarizer"
    return user / ".local" / "state" / "summarizer"
