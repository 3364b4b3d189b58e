"""Work that kills the worker that does it: importable by workers, which find tests/ on their path."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.pipeline import Result, RulesEngine
from summarizer.records.article import Article
from summarizer.scaling.batches import Place, RulesWork


@dataclass(frozen=True)
class Deadly:
    """The rules' work, but the article of this id takes its worker down, as one that eats all memory."""

    poison: str

    def do(self, items: Sequence[Article], place: Place) -> tuple[Result, ...]:
        if any(item.id == self.poison for item in items):
            os._exit(1)
        return RulesWork(RulesEngine()).do(items, place)

    def lost(self, item: Article) -> Result:
        return RulesWork(RulesEngine()).lost(item)


@dataclass(frozen=True)
class Buggy:
    """Work with a bug."""

    def do(self, items: Sequence[Article], place: Place) -> tuple[Result, ...]:
        raise ZeroDivisionError

    def lost(self, item: Article) -> Result:
        raise NotImplementedError
