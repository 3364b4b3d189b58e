"""Label files on disk, beside their articles.

I/O. A label file is `<data>/gold/<id>.json` and its article `<data>/articles/<id>.txt` unless one is named.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from summarizer.errors import NoInput, SchemaViolation
from summarizer.evaluation.dataset import DIGEST, load_labels, read_article
from summarizer.evaluation.documents import read_document
from summarizer.evaluation.label_check import LabelProblem, check_digest, check_labels
from summarizer.evaluation.label_fill import Filled, fill_labels
from summarizer.evaluation.label_page import labels_page
from summarizer.records.gold import GoldBrief, GoldDigest

NUMBERS = "NUMBERS.md"
Checked = list[tuple[Path, tuple[LabelProblem, ...]]]


def check_files(paths: Sequence[Path], article: Path | None) -> Checked:
    """Check label files and the folders of data sets (a `digest.json` with the briefs beside it).

    Notes on numbers that are no figures are taken from `<id>.numbers.md` and `NUMBERS.md` beside the labels.

    Raises:
        NoInput: a path that isn't there.
        SchemaViolation: a file of another shape.
    """
    found: Checked = []
    for path in paths:
        if path.is_dir():
            folder = path / "gold" if (path / "gold").is_dir() else path
            files = sorted(f for f in folder.glob("*.json") if not f.name.endswith(".draft.json"))
        else:
            files = [path]
        if not files:
            raise NoInput(f"{path}: no label files")
        found += [(file, _check(file, article)) for file in files]
    return found


def _check(path: Path, article: Path | None) -> tuple[LabelProblem, ...]:
    if path.name == DIGEST:
        return check_digest(read_document(path, GoldDigest), load_labels(path.parent))
    notes = (path.with_suffix(".numbers.md"), path.parent / NUMBERS)
    reasons = "\n".join(note.read_text("utf-8") for note in notes if note.is_file())
    text = read_article(article or article_of(path)).text
    return check_labels(read_document(path, GoldBrief), text, reasons)


def fill_file(draft: Path, article: Path | None) -> Filled:
    """Fill a draft file (`<id>.draft.json` or `<id>.json`).

    Raises:
        NoInput: draft or article isn't there.
        SchemaViolation: no JSON, or of another shape.
    """
    text = read_article(article or article_of(draft)).text
    try:
        content = json.loads(_read(draft))
    except json.JSONDecodeError as error:
        raise SchemaViolation(str(draft), "$", error.doc[error.pos : error.pos + 40], error.msg) from error
    if not isinstance(content, dict):
        raise SchemaViolation(str(draft), "$", content, "a draft is a JSON object")
    return fill_labels(content, text, str(draft))


def page_of(first: Path, second: Path | None, article: Path | None) -> str:
    """The page that shows one or two annotators' labels of an article."""
    place = article or article_of(first)
    shown = [(str(path), read_document(path, GoldBrief)) for path in (first, second) if path]
    return labels_page(place.stem, read_article(place).text, shown)


def article_of(labels: Path) -> Path:
    """The article that belongs to a label file by its place.

    Raises:
        NoInput: it isn't there.
    """
    name = labels.name.removesuffix(".json").removesuffix(".draft") + ".txt"
    for folder in (labels.parent.parent / "articles", labels.parent):
        if (folder / name).is_file():
            return folder / name
    raise NoInput(f"{labels}: no article {name} in ../articles. Name it with --article.")


def _read(path: Path) -> str:
    if not path.is_file():
        raise NoInput(f"{path}: there is no such file")
    return path.read_text("utf-8")
