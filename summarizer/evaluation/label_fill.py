"""Turn a labeller's draft into a gold file: quotes are copied by hand, offsets computed here.

Pure. In a draft an evidence entry is the quote itself, or ``{"quote": …, "near": a longer passage that
contains it}`` (and ``"bound"`` for a figure's further spans). Fields that are usually empty may be left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from summarizer.errors import SchemaViolation
from summarizer.evaluation.label_check import LabelProblem, check_labels
from summarizer.records.gold import GoldBrief

#: What a draft may leave out, by part.
_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "actors": {"role": None, "aliases": []},
    "figures": {
        "also": [],
        "value_high": None,
        "bound": "exact",
        "status": "actual",
        "as_of": None,
        "place": None,
        "source": None,
        "via": None,
    },
    "claims": {"speakers": [], "via": None, "cues": [], "when": None, "also": []},
}


@dataclass(frozen=True, slots=True)
class Filled:
    """The labels (None if something is wrong) and everything that was found."""

    gold: GoldBrief | None
    problems: tuple[LabelProblem, ...]


def fill_labels(draft: Mapping[str, Any], text: str, document: str) -> Filled:
    """Compute the offsets of a draft and check the result with every rule that a program can check.

    A quote that stands in several places without a `near` is taken at the first, with a warning.
    `document` names the draft in errors.

    Raises:
        SchemaViolation: the draft isn't of the gold brief's shape.
    """
    problems: list[LabelProblem] = []
    filled: dict[str, Any] = {"schema": "gold-brief/1", "article": draft.get("article")}
    for part, defaults in _DEFAULTS.items():
        rows = draft.get(part, [])
        if not isinstance(rows, list):
            raise SchemaViolation(document, f"$.{part}", rows, "a list of items is needed")
        filled[part] = []
        for index, row in enumerate(rows):
            if not isinstance(row, dict):
                raise SchemaViolation(document, f"$.{part}[{index}]", row, "an item is an object")
            item = {**defaults, **row}
            where = f"{part}/{item.get('id', index + 1)}"
            for field in ("evidence", "also"):
                if field in item:
                    item[field] = [
                        span
                        for entry in item[field]
                        if (span := _span(entry, text, f"{where} {field}", problems)) is not None
                    ]
            filled[part].append(item)
    if any(problem.severity == "problem" for problem in problems):
        return Filled(None, tuple(problems))
    import json

    gold = GoldBrief.from_json(json.dumps(filled), document)
    found = (*problems, *check_labels(gold, text))
    wrong = any(problem.severity == "problem" for problem in found)
    return Filled(None if wrong else gold, found)


def _span(entry: Any, text: str, where: str, problems: list[LabelProblem]) -> dict[str, Any] | None:
    """The entry with its offsets, or None with a problem noted."""
    entry = {"quote": entry} if isinstance(entry, str) else entry
    quote = entry.get("quote") if isinstance(entry, dict) else None
    if not isinstance(quote, str) or not quote.strip():
        problems.append(LabelProblem("problem", where, "an evidence entry without a quote"))
        return None
    near = entry.get("near")
    kept = {key: value for key, value in entry.items() if key not in ("near", "start", "end")}
    if near is not None:
        at = text.find(near)
        if at < 0 or quote not in near:
            missing = f"context {near!r}" if at < 0 else f"quote {quote!r} in its context"
            problems.append(LabelProblem("problem", where, f"not in the article: {missing}"))
            return None
        start = at + near.index(quote)
    elif text[entry.get("start", 0) :].startswith(quote) and "start" in entry:
        start = entry["start"]
    else:
        start = text.find(quote)
        if start < 0:
            problems.append(LabelProblem("problem", where, f"not in the article: quote {quote!r}"))
            return None
        if text.find(quote, start + 1) >= 0:
            message = f"stands in several places, the first taken (give `near`): {quote!r}"
            problems.append(LabelProblem("warning", where, message))
    return {**kept, "start": start, "end": start + len(quote)}
