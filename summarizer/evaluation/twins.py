"""Counterfactual twins: edit an article and its labels together (`twin_judging` holds the brief to it).

Pure. A twin says where the article is edited and which field of which item that changes; the twins
themselves are data (`evals/twins/twins.json`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from summarizer.errors import SchemaViolation
from summarizer.evaluation.keys import name_key
from summarizer.records.brief import Actor, Brief, Claim, Figure
from summarizer.records.gold import GoldBrief

#: Fields of an item in the edited sentence that an edit of a kind may change.
MAY_CHANGE: Mapping[str, frozenset[str]] = {
    "number": frozenset({"figures.value", "figures.value_high"}),
    "bound": frozenset({"figures.bound"}),
    "hedge_removed": frozenset({"claims.certainty", "claims.cues"}),
    "hedge_added": frozenset({"claims.certainty", "claims.cues"}),
    "denial_turned": frozenset({"claims.polarity", "claims.cues"}),
    "speaker_swapped": frozenset(
        {"claims.speakers", "claims.via", "claims.sourcing", "figures.source", "figures.via", "actors.role"}
    ),
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
        if row["kind"] not in MAY_CHANGE or len(row["replace"]) != 1:
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
        before = passages(expected, text)
        names = names_of(gold)
        found = [
            index
            for index, item in enumerate(getattr(gold, expected.part))
            if stands_at(item, before)
            and plain_field(item, expected.field, names) == plain_value(expected.before)
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


def passages(expected: Expected, text: str) -> list[tuple[int, int]]:
    start = text.find(expected.at)
    if start < 0:
        raise ValueError(f"{expected.at!r} does not stand in the article")
    return [(start, start + len(expected.at))]


def stands_at(item: Any, spots: Sequence[tuple[int, int]]) -> bool:
    spans = [(span.start, span.end) for span in (*item.evidence, *getattr(item, "also", ()))]
    return any(start < spot[1] and spot[0] < end for start, end in spans for spot in spots)


def names_of(document: Brief | GoldBrief) -> dict[str, str]:
    return {actor.id: name_key(actor.name) for actor in document.actors}


def plain_field(item: Figure | Claim | Actor, field: str, names: Mapping[str, str]) -> Any:
    """A field as plain comparable data, actors by name."""
    value = getattr(item, field)
    if field == "speakers":
        return sorted(names.get(actor, actor) for actor in value)
    if field in ("source", "via"):
        return names.get(value, value)
    return list(value) if isinstance(value, tuple) else value


def plain_value(value: Any) -> Any:
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
