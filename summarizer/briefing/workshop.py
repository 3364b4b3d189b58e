"""What making an edition needs beside the schedule; cheap to have, for runs with nothing to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.briefing.config import Briefing

if TYPE_CHECKING:
    from summarizer.scaling.cluster import Cluster


@dataclass(frozen=True, slots=True)
class Workshop:
    """What making needs beside the briefing. `home` holds paid replies, `tell` takes lines of progress.

    With a `cluster` its workers read the articles.
    """

    briefing: Briefing
    home: Path
    environment: Mapping[str, str]
    tell: Callable[[str], None]

    cores: int = 1
    cluster: Cluster | None = None
