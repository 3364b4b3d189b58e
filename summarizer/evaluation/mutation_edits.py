"""Edits of the mutation matrix that make one mistake in one item of a perfect brief.

Pure. An edit returns None where it can't be made on an item. Which metrics it must move stands in
`evals/mutations.json`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.evaluation.actors import forms
from summarizer.evaluation.keys import name_key
from summarizer.evaluation.number_reading import states
from summarizer.evaluation.spans import shared
from summarizer.records.brief import Actor, Brief, Claim, Evidence, Figure
from summarizer.records.gold import GoldBrief
from summarizer.text.sentences import split_sentences

Item = Actor | Figure | Claim


@dataclass(frozen=True, slots=True)
class Target:
    """What an edit works on: the labels, their text, and the item at `index` of `part`."""

    gold: GoldBrief
    brief: Brief
    text: str
    part: str
    index: int
    options: Mapping[str, Any]

    @property
    def items(self) -> tuple[Any, ...]:
        """The items of the part."""
        return tuple(getattr(self.brief, self.part))

    @property
    def item(self) -> Any:
        """The item to be edited."""
        return self.items[self.index]

    def with_items(self, items: Sequence[Item]) -> Brief:
        """The brief with other items in this part."""
        return self.brief.model_copy(update={self.part: tuple(items)})

    def with_item(self, **fields: Any) -> Brief:
        """The brief with fields of the item changed."""
        items = list(self.items)
        items[self.index] = self.item.model_copy(update=fields)
        return self.with_items(items)


def spans_of(item: Any) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in (*item.evidence, *getattr(item, "also", ()))]


def _drop(target: Target) -> Brief:
    return target.with_items([*target.items[: target.index], *target.items[target.index + 1 :]])


def _duplicate(target: Target) -> Brief:
    letter = target.part[0]
    copy = target.item.model_copy(update={"id": f"{letter}{len(target.items) + 1}"})
    return target.with_items([*target.items, copy])


def _set(target: Target) -> Brief | None:
    fields = {
        name: tuple(value) if isinstance(value, list) else value for name, value in target.options.items()
    }
    if all(getattr(target.item, name) == value for name, value in fields.items()):
        return None
    return target.with_item(**fields)


def _reverse_digits(target: Target) -> Brief | None:
    value = target.item.value
    if value != int(value):
        return None
    reversed_value = int(str(int(value)).rstrip("0")[::-1] or 0) * 10 ** (
        len(str(int(value))) - len(str(int(value)).rstrip("0"))
    )
    quote = target.item.evidence[0].quote
    if reversed_value == value or states(quote, reversed_value):
        return None
    return target.with_item(value=reversed_value)


def _lose_scale(target: Target) -> Brief | None:
    words = target.item.evidence[0].quote.casefold()
    for word, scale in (("thousand", 1000), ("million", 10**6), ("billion", 10**9)):
        if word in words and target.item.value >= scale and target.item.value_high is None:
            return target.with_item(value=target.item.value / scale)
    return None


def _other_actor(target: Target) -> Brief | None:
    """Put another actor, who is none of the item's own, into `field`."""
    field = target.options["field"]
    now = getattr(target.item, field)
    taken = set(now) if isinstance(now, tuple) else {now}
    for actor in target.brief.actors:
        if actor.id not in taken:
            return target.with_item(**{field: (actor.id,) if isinstance(now, tuple) else actor.id})
    return None


def _promote_alias(target: Target) -> Brief | None:
    actor = target.item
    for alias in actor.aliases:
        if name_key(alias) != name_key(actor.name):
            rest = tuple(a for a in actor.aliases if a != alias)
            return target.with_item(name=alias, aliases=(*rest, actor.name))
    return None


def _split_alias(target: Target) -> Brief | None:
    actor = target.item
    others = [forms(other) for other in target.items if other is not actor]
    for alias in actor.aliases:
        key = name_key(alias)
        rest = tuple(a for a in actor.aliases if name_key(a) != key)
        if key == name_key(actor.name) or any(key in known for known in others):
            continue
        new = Actor(
            id=f"a{len(target.items) + 1}",
            name=alias,
            kind=actor.kind,
            role=None,
            aliases=(),
            evidence=actor.evidence,
        )
        items = list(target.items)
        items[target.index] = actor.model_copy(update={"aliases": rest})
        return target.with_items([*items, new])
    return None


def _merge_actors(target: Target) -> Brief | None:
    """Fold the item into the first actor of the brief that shares no name form with it."""
    actor = target.item
    for other in target.items:
        if other is actor or forms(other) & forms(actor) or other.id not in _vital_actors(target.gold):
            continue
        merged = other.model_copy(update={"aliases": (*other.aliases, actor.name, *actor.aliases)})
        items = [merged if item is other else item for item in target.items if item is not actor]
        brief = target.with_items(items)
        return brief.model_copy(
            update={
                "claims": tuple(
                    claim.model_copy(
                        update={
                            "speakers": tuple(other.id if s == actor.id else s for s in claim.speakers),
                        }
                    )
                    for claim in brief.claims
                )
            }
        )
    return None


def _vital_actors(gold: GoldBrief) -> set[str]:
    return {actor.id for actor in gold.actors if actor.nugget == "vital"}


def evidence_at(text: str, start: int, end: int) -> tuple[Evidence, ...]:
    return (Evidence(quote=text[start:end], start=start, end=end),)


def _whole_article(target: Target) -> Brief:
    return target.with_item(evidence=evidence_at(target.text, 0, len(target.text)), **_no_also(target))


def _no_also(target: Target) -> dict[str, Any]:
    return {"also": ()} if target.part == "figures" else {}


def _other_sentence(target: Target) -> Brief | None:
    gold_item = getattr(target.gold, target.part)[target.index]
    for start, end in split_sentences(target.text, 0, len(target.text)):
        short = 20 < end - start < 300
        if short and not any(shared((start, end), span) for span in spans_of(gold_item)):
            return target.with_item(evidence=evidence_at(target.text, start, end))
    return None


def _shift_offset(target: Target) -> Brief:
    first = target.item.evidence[0]
    by = target.options["by"]
    moved_span = first.model_copy(update={"start": first.start + by, "end": first.end + by})
    return target.with_item(evidence=(moved_span, *target.item.evidence[1:]))


def _alter_quote(target: Target) -> Brief:
    first = target.item.evidence[0]
    middle = len(first.quote) // 2
    quote = first.quote[:middle] + "¤" + first.quote[middle + 1 :]
    return target.with_item(evidence=(first.model_copy(update={"quote": quote}), *target.item.evidence[1:]))


def _add_hedge(target: Target) -> Brief:
    word = target.item.evidence[0].quote.split()[0]
    return target.with_item(certainty="possible", cues=(word,))


def _widen_cue(target: Target) -> Brief | None:
    """Take the word after the first cue into it."""
    cue, quote = target.item.cues[0], target.item.evidence[0].quote
    after = quote.find(cue) + len(cue)
    rest = quote[after:].split()
    if not rest or not quote[after:].startswith(" ") or not rest[0].isalpha():
        return None
    return target.with_item(cues=(f"{cue} {rest[0]}", *target.item.cues[1:]))


def _drop_cue(target: Target) -> Brief:
    return target.with_item(cues=target.item.cues[1:])


ITEM_EDITS: Mapping[str, Callable[[Target], Brief | None]] = {
    "drop": _drop,
    "duplicate": _duplicate,
    "set": _set,
    "reverse_digits": _reverse_digits,
    "lose_scale": _lose_scale,
    "other_actor": _other_actor,
    "promote_alias": _promote_alias,
    "split_alias": _split_alias,
    "merge_actors": _merge_actors,
    "whole_article": _whole_article,
    "other_sentence": _other_sentence,
    "shift_offset": _shift_offset,
    "alter_quote": _alter_quote,
    "add_hedge": _add_hedge,
    "widen_cue": _widen_cue,
    "drop_cue": _drop_cue,
}
