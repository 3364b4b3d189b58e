"""Labelled articles for the tests of the eval suite: an invented story, and all labels of the repository."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from summarizer.evaluation.dataset import load_digest, load_labels
from summarizer.records.gold import GoldBrief, GoldDigest

ROOT = Path(__file__).parent.parent
STORY = Path(__file__).parent / "evaluation_data"
#: Folders with articles/ and gold/. The small story is always there.
DATA_SETS = (STORY, ROOT / "evals", ROOT / "evals" / "practice")


def text_of(path: Path) -> str:
    """The text as the contract loads it."""
    raw = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", raw)


@cache
def labelled() -> tuple[tuple[GoldBrief, str], ...]:
    """Every labelled article of the repository with its text."""
    return tuple(
        (gold, text_of(folder / "articles" / f"{name}.txt"))
        for folder in DATA_SETS
        for name, gold in load_labels(folder / "gold").items()
    )


@cache
def stories() -> tuple[tuple[GoldDigest, dict[str, GoldBrief]], ...]:
    """Every labelled story."""
    return tuple(
        (digest, briefs)
        for folder in DATA_SETS
        if (briefs := load_labels(folder / "gold"))
        and (digest := load_digest(folder / "gold", briefs)) is not None
    )


def first() -> tuple[GoldBrief, str]:
    """The first article of the small story."""
    return labelled()[0]


def second() -> tuple[GoldBrief, str]:
    """Its second article."""
    return labelled()[1]
