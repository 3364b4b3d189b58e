"""Judge an engine by a counterfactual twin: the brief must change where the labels do, and nowhere else.

Pure. Two questions: did the field change as the labels did, and did everything outside the edited sentence
stay as it was? An engine that had the item wrong in the first place can't be judged on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from summarizer.evaluation.keys import tokens
from summarizer.evaluation.twins import (
    MAY_CHANGE,
    Edit,
    Twin,
    edited_text,
    find_edit,
    names_of,
    passages,
    plain_field,
    plain_value,
    stands_at,
)
from summarizer.records.brief import Brief
from summarizer.text.sentences import split_sentences

TwinVerdict = Literal["exact", "unchanged", "collateral", "not judged"]

_COMPARED: Mapping[str, tuple[str, ...]] = {
    "figures": (
        "value",
        "value_high",
        "unit",
        "counted",
        "bound",
        "status",
        "as_of",
        "place",
        "source",
        "via",
    ),
    "claims": ("text", "speakers", "via", "sourcing", "polarity", "certainty", "cues", "when"),
}


@dataclass(frozen=True, slots=True)
class TwinResult:
    """What an engine made of a twin, with every change that is missing or too much."""

    twin: Twin
    verdict: TwinVerdict
    details: tuple[str, ...]


def judge_twin(twin: Twin, text: str, before: Brief, after: Brief) -> TwinResult:
    """Compare an engine's briefs of an article and of its twin."""
    edit = find_edit(twin, text)
    collateral = tuple(_collateral(twin, edit, text, before, after))
    if collateral:
        return TwinResult(twin, "collateral", collateral)
    new_text = edited_text(twin, text)
    judged, missing = 0, []
    names, new_names = names_of(before), names_of(after)
    for expected in twin.expect:
        spots = passages(expected, text)
        there = [(edit.carry(start), edit.carry(end)) for start, end in spots]
        was = [
            plain_field(i, expected.field, names)
            for i in getattr(before, expected.part)
            if stands_at(i, spots)
        ]
        now = [
            plain_field(i, expected.field, new_names)
            for i in getattr(after, expected.part)
            if stands_at(i, there)
        ]
        old_value, new_value = plain_value(expected.before), plain_value(expected.after)
        if old_value not in was:
            continue
        judged += 1
        if now.count(new_value) <= was.count(new_value) or now.count(old_value) >= was.count(old_value):
            where = new_text[there[0][0] : there[0][1]]
            missing.append(f"{expected.part} at {where!r}: {expected.field} is {now}, not {expected.after}")
    if missing:
        return TwinResult(twin, "unchanged", tuple(missing))
    return TwinResult(twin, "exact" if judged else "not judged", ())


def _collateral(twin: Twin, edit: Edit, text: str, before: Brief, after: Brief) -> Iterator[str]:
    """Every difference outside the edited sentence, and every one inside it that the edit doesn't explain."""
    regions = [_sentence(edit.start, edit.end, text)]
    quotes = (*twin.reaches, *(expected.at for expected in twin.expect))
    regions += [_sentence(text.index(q), text.index(q) + len(q), text) for q in quotes]
    regions = [(edit.carry(start), edit.carry(end)) for start, end in regions]
    own_words = set(tokens(twin.new)) - set(tokens(twin.old))
    allowed = MAY_CHANGE[twin.kind] | twin.allow
    names, new_names = names_of(before), names_of(after)
    for part, fields in _COMPARED.items():
        old = _placed(getattr(before, part), edit.carry)
        new = _placed(getattr(after, part), lambda offset: offset)
        for place in sorted(old.keys() | new.keys()):
            inside = any(place[0] < end and start < place[1] for start, end in regions)
            was, is_ = old.get(place), new.get(place)
            if was is None or is_ is None:
                if not inside:
                    item = was or is_
                    assert item is not None
                    yield f"{part} {'gone' if is_ is None else 'new'}: {item.evidence[0].quote!r}"
                continue
            for field in fields:
                if inside and (field == "text" or f"{part}.{field}" in allowed):
                    continue
                a, b = plain_field(was, field, names), plain_field(is_, field, new_names)
                if field in ("text", "counted") and own_words & set(tokens(b)):
                    continue  # an item elsewhere that takes up the edited words
                if a != b:
                    yield f"{part} {was.evidence[0].quote!r}: {field} {a} -> {b}"


def _sentence(start: int, end: int, text: str) -> tuple[int, int]:
    """The sentence, or sentences, that a span lies in."""
    touched = [span for span in split_sentences(text, 0, len(text)) if span[0] < end and start < span[1]]
    return min((s for s, _ in touched), default=start), max((e for _, e in touched), default=end)


def _placed(items: Sequence[Any], carry: Any) -> dict[tuple[int, int, int], Any]:
    """Items by their first span; several on one span by their order."""
    found: dict[tuple[int, int, int], Any] = {}
    for item in items:
        start, end = carry(item.evidence[0].start), carry(item.evidence[0].end)
        number = 0
        while (start, end, number) in found:
            number += 1
        found[start, end, number] = item
    return found
