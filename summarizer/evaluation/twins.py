"""Counterfactual twins: edit an article and its labels together; the brief must change exactly there.

Pure. A twin says where the article is edited and which field of which item that changes. Two questions are
asked of an engine: did the field change as the labels did, and did everything outside the edited sentence
stay as it was? An engine that had the item wrong in the first place can't be judged on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from summarizer.errors import SchemaViolation
from summarizer.evaluation.keys import name_key, tokens
from summarizer.records.brief import Actor, Brief, Claim, Figure
from summarizer.records.gold import GoldBrief
from summarizer.text.sentences import split_sentences

TwinVerdict = Literal["exact", "unchanged", "collateral", "not judged"]

#: Fields of an item in the edited sentence that an edit of a kind may change.
_MAY_CHANGE: Mapping[str, frozenset[str]] = {
    "number": frozenset({"figures.value", "figures.value_high"}),
    "bound": frozenset({"figures.bound"}),
    "hedge_removed": frozenset({"claims.certainty", "claims.cues"}),
    "hedge_added": frozenset({"claims.certainty", "claims.cues"}),
    "denial_turned": frozenset({"claims.polarity", "claims.cues"}),
    "speaker_swapped": frozenset(
        {"claims.speakers", "claims.via", "claims.sourcing", "figures.source", "figures.via", "actors.role"}
    ),
}
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
class Expected:
    """A field of an item at a passage of the article, before and after the edit."""

    part: Literal["figures", "claims"]
    at: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Twin:
    """An edit of an article with what it changes in its labels.

    `allow` names further fields that may change in the edited sentence; `reaches` quotes other sentences that
    the edit rightly bears on (the rest of a quotation whose speaker was swapped); `known` says why the rules
    engine fails on it at present.
    """

    id: str
    kind: str
    folder: str
    article: str
    old: str
    new: str
    expect: tuple[Expected, ...]
    allow: frozenset[str]
    reaches: tuple[str, ...]
    known: str | None

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Twin:
        """A row of `evals/twins/twins.json`.

        Raises:
            SchemaViolation: an unknown kind, or not exactly one edit.
        """
        if row["kind"] not in _MAY_CHANGE or len(row["replace"]) != 1:
            raise SchemaViolation("twins.json", f"$.twins[{row['id']}]", row["kind"], "unknown kind of twin")
        edit = row["replace"][0]
        return cls(
            id=row["id"],
            kind=row["kind"],
            folder=row["folder"],
            article=row["article"],
            old=edit["old"],
            new=edit["new"],
            expect=tuple(Expected(e["part"], e["at"], e["field"], e["from"], e["to"]) for e in row["expect"]),
            allow=frozenset(row.get("allow", ())),
            reaches=tuple(row.get("reaches", ())),
            known=row.get("known"),
        )


@dataclass(frozen=True, slots=True)
class Edit:
    """Where the one edit of a twin stands in the base text, and how to carry offsets across it."""

    start: int
    end: int
    new_length: int

    def carry(self, offset: int) -> int:
        """The offset in the edited text; inside the edit, its nearer end."""
        if offset <= self.start:
            return offset
        return max(self.start, offset + self.new_length - (self.end - self.start))


def find_edit(twin: Twin, text: str) -> Edit:
    """Where the edit stands.

    Raises:
        ValueError: the old words don't stand there exactly once.
    """
    if text.count(twin.old) != 1:
        raise ValueError(
            f"twin {twin.id}: {twin.old!r} stands {text.count(twin.old)} times in {twin.article}"
        )
    start = text.index(twin.old)
    return Edit(start, start + len(twin.old), len(twin.new))


def edited_text(twin: Twin, text: str) -> str:
    """The article after the edit."""
    edit = find_edit(twin, text)
    return text[: edit.start] + twin.new + text[edit.end :]


def edited_labels(twin: Twin, gold: GoldBrief, text: str) -> GoldBrief:
    """The labels after the edit: offsets carried, quotes read afresh, the expected fields changed.

    Raises:
        ValueError: no label has the field that the twin expects to change.
    """
    edit, after = find_edit(twin, text), edited_text(twin, text)

    def moved(span: Any) -> Any:
        start, end = edit.carry(span.start), edit.carry(span.end)
        return span.model_copy(update={"start": start, "end": end, "quote": after[start:end]})

    update: dict[str, Any] = {}
    for part in ("actors", "figures", "claims"):
        items = []
        for item in getattr(gold, part):
            fields: dict[str, Any] = {"evidence": tuple(map(moved, item.evidence))}
            if part != "actors":
                fields["also"] = tuple(map(moved, item.also))
            items.append(item.model_copy(update=fields))
        update[part] = items
    for expected in twin.expect:
        before = _spots(expected, text)
        names = _names(gold)
        found = [
            index
            for index, item in enumerate(getattr(gold, expected.part))
            if _at(item, before) and _field(item, expected.field, names) == _plain(expected.before)
        ]
        if not found:
            raise ValueError(
                f"twin {twin.id}: no label at {expected.at!r} has {expected.field} {expected.before}"
            )
        for index in found:
            value = _unnamed(expected, gold)
            update[expected.part][index] = update[expected.part][index].model_copy(
                update={expected.field: value}
            )
    return gold.model_copy(update={part: tuple(items) for part, items in update.items()})


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
    names, new_names = _names(before), _names(after)
    for expected in twin.expect:
        spots = _spots(expected, text)
        there = [(edit.carry(start), edit.carry(end)) for start, end in spots]
        was = [_field(i, expected.field, names) for i in getattr(before, expected.part) if _at(i, spots)]
        now = [_field(i, expected.field, new_names) for i in getattr(after, expected.part) if _at(i, there)]
        old_value, new_value = _plain(expected.before), _plain(expected.after)
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
    allowed = _MAY_CHANGE[twin.kind] | twin.allow
    names, new_names = _names(before), _names(after)
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
                a, b = _field(was, field, names), _field(is_, field, new_names)
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


def _spots(expected: Expected, text: str) -> list[tuple[int, int]]:
    start = text.find(expected.at)
    if start < 0:
        raise ValueError(f"{expected.at!r} does not stand in the article")
    return [(start, start + len(expected.at))]


def _at(item: Any, spots: Sequence[tuple[int, int]]) -> bool:
    spans = [(span.start, span.end) for span in (*item.evidence, *getattr(item, "also", ()))]
    return any(start < spot[1] and spot[0] < end for start, end in spans for spot in spots)


def _names(document: Brief | GoldBrief) -> dict[str, str]:
    return {actor.id: name_key(actor.name) for actor in document.actors}


def _field(item: Figure | Claim | Actor, field: str, names: Mapping[str, str]) -> Any:
    """A field as plain comparable data, actors by name."""
    value = getattr(item, field)
    if field == "speakers":
        return sorted(names.get(actor, actor) for actor in value)
    if field in ("source", "via"):
        return names.get(value, value)
    return list(value) if isinstance(value, tuple) else value


def _plain(value: Any) -> Any:
    """An expected value in the form of `_field`: names as keys."""
    if isinstance(value, list):
        return sorted(name_key(entry) for entry in value)
    return name_key(value) if isinstance(value, str) and value[:1].isupper() else value


def _unnamed(expected: Expected, gold: GoldBrief) -> Any:
    """The expected value as a label holds it: ids for names."""
    ids = {name_key(form): actor.id for actor in gold.actors for form in (actor.name, *actor.aliases)}
    if expected.field == "speakers":
        return tuple(ids[name_key(name)] for name in expected.after)
    if expected.field in ("source", "via"):
        return ids[name_key(expected.after)]
    return tuple(expected.after) if isinstance(expected.after, list) else expected.after
