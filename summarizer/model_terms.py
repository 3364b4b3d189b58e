"""What a run with a language model is told, and what it brings: records only, light to import.

`model_run` does the work with all that it takes; a run that recalls every brief needs none of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.llm.model import CallSettings
from summarizer.llm.prices import Price

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summarizer.pipeline import Result
    from summarizer.store.replies import Totals

#: The file of paid replies in the program's home: not to be thrown away lightly, so not the store of past
#: runs.
REPLIES_FILE = "replies.sqlite3"


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """Which model is asked, how, and for how much money at most. `home` holds the store of replies.

    With `recordings`, replies are taken from that folder, and new ones are put into it.
    """

    model: str
    home: Path
    base_url: str | None = None
    settings: CallSettings = field(default_factory=CallSettings)
    budget_usd: float | None = None
    price: Price | None = None
    recordings: Path | None = None

    @property
    def replies_path(self) -> Path:
        """The file of paid replies."""
        return self.home / REPLIES_FILE


@dataclass(frozen=True, slots=True)
class ModelRun:
    """What a run brought and took. `left` counts the articles that a reached budget kept from being asked."""

    results: Sequence[Result]
    totals: Totals
    spent_usd: float | None
    price_basis: str | None
    left: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run would take:

    articles whose reply is saved already cost nothing. Money None: no price known.
    """

    articles: int
    saved: int
    input_tokens: int
    output_tokens: int
    usd: float | None
    price_basis: str | None
