"""Who answers: engines as the eval suite sees them, and what names an answer.

The rules engine is asked in process; a language model's answers come from `model_answers`. Whoever adds an
engine hands in a `Drafter` of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import count
from typing import Protocol

from summarizer.records.article import Article
from summarizer.records.brief import Brief
from summarizer.records.digest import Digest
from summarizer.records.draft import DraftBrief
from summarizer.records.run import Parameters, Usage

#: Packages whose code and data decide what the rules engine answers.
_RULES_PACKAGES = ("extraction", "grounding", "merging", "text", "sources", "records")
#: Packages whose code decides what a score is.
_SCORER_PACKAGES = ("evaluation",)
#: Hexadecimal digits of a hash in a signature.
SHORT = 10
NO_USAGE = Usage()
#: How a reason begins that says that an answer has no recording; the replay gate looks for it.
UNRECORDED = "unrecorded"


#: Called after every answer: how many are there, how many are expected, whose was the last.
Progress = Callable[[int, int, str], None]


def counting(progress: Progress, expected: int) -> Callable[[str], None]:
    """What is called with whose answer has come; it counts them."""
    numbers = count(1)
    return lambda whose: progress(next(numbers), expected, whose)


@dataclass(frozen=True, slots=True)
class Drafted:
    """An engine's answer before grounding: a draft, or why there is none.

    `brief` is a finished brief that somebody else made; it is scored as it is. `unrecorded` says which part
    of the answer a replay had to go without.
    """

    draft: DraftBrief | None
    failed: str | None = None
    repairs: int = 0
    usage: Usage = NO_USAGE
    replayed: bool = False
    brief: Brief | None = None
    unrecorded: str | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """A digest that an engine merged itself, or why there is none."""

    digest: Digest | None
    failed: str | None = None


class Drafter(Protocol):
    """An engine that drafts briefs. Expected failures come back as `Drafted(None, reason)`."""

    @property
    def engine(self) -> str:
        """rules or model."""

    @property
    def model(self) -> str:
        """Model name, or the rules' fingerprint: goes into the signature."""

    @property
    def prompt(self) -> str:
        """Prompt with version and hash, or 'none'."""

    @property
    def parameters(self) -> Parameters:
        """Sampling options; empty for the rules."""

    def draft(self, article: Article, repeat: int) -> Drafted:
        """The answer."""

    def merge(self, briefs: Sequence[Brief], repeat: int) -> Merged | None:
        """The digest of a story with the engine's help; None for an engine that has no part in merging."""


@dataclass(frozen=True, slots=True)
class RulesDrafter:
    """The embedded rules engine: free, exact and fast, so it is never recorded."""

    engine: str = "rules"
    prompt: str = "none"

    @property
    def model(self) -> str:
        """Fingerprint of its code and word lists."""
        return f"rules-{rules_fingerprint()}"

    @property
    def parameters(self) -> Parameters:
        """None."""
        return {}

    def draft(self, article: Article, repeat: int) -> Drafted:
        """Its draft; the same for every repeat."""
        import time

        from summarizer.errors import SummarizerError
        from summarizer.pipeline import RulesEngine

        started = time.perf_counter()
        try:
            draft = RulesEngine().extract(article)
        except SummarizerError as error:
            return Drafted(None, failed=str(error))
        return Drafted(draft, usage=Usage(seconds=round(time.perf_counter() - started, 4)))

    def merge(self, briefs: Sequence[Brief], repeat: int) -> None:
        """None: the deterministic merge is everybody's."""


def drafter_called(model: str) -> Drafter:
    """The engine that `--model` names.

    Raises:
        UnknownEngine: this version can't ask it.
    """
    from summarizer.errors import UnknownEngine
    from summarizer.pipeline import engine_called

    if "/" in model:
        raise UnknownEngine(
            f"--model {model}: a language model's answers are scored from recordings. Make them with "
            f"`summarizer eval record --model {model}`, then use --model recorded:{model}."
        )
    engine_called(model)
    return RulesDrafter()


@cache
def rules_fingerprint() -> str:
    """Hash of everything in the package that the rules engine's answers depend on."""
    return _package_hash(_RULES_PACKAGES)


@cache
def scorer_fingerprint() -> str:
    """Hash of the scorer's code."""
    return _package_hash(_SCORER_PACKAGES)


def text_sha256(text: str) -> str:
    """SHA-256 of a text's UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _package_hash(packages: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for package in packages:
        for path, file in _files(resources.files("summarizer").joinpath(package), package):
            digest.update(path.encode("utf-8") + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:SHORT]


def _files(folder: Traversable, path: str) -> Iterable[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry, f"{path}/{entry.name}")
        elif not entry.name.endswith(".pyc"):
            yield f"{path}/{entry.name}", entry
