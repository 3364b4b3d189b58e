"""Ask again for the items that were refused, once, all in one small call, and patch them into the draft.

Pure: makes the question's parts and applies the answer; asking is `drafting`'s. The items that stand are
not sent and can't change. Of an answer only what was asked for is taken, besides actors that a repaired
item needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from summarizer.extraction.by_model.numbering import Numbered
from summarizer.extraction.by_model.reading import InvalidItem, Part
from summarizer.records.brief import Rejected, Sentence
from summarizer.records.draft import DraftActor, DraftBrief, DraftClaim, DraftFigure, Quote

#: More refused items than this in one article say that the model can't do the task; repair won't help it.
MAX_ITEMS = 40
#: Fields whose refusal leaves the item standing, less one detail: not worth a call.
_DETAILS = frozenset({"role", "aliases", "also", "place", "as_of", "when"})

DraftItem = TypeVar("DraftItem", DraftActor, DraftFigure, DraftClaim)


@dataclass(frozen=True, slots=True)
class RefusedItem:
    """An item to be corrected: its JSON as a reply writes it, why it was refused, where to look."""

    part: Part
    id: str
    reason: str
    shown: str
    sentence: int | None
    nearest: str | None


def refused_items(
    draft: DraftBrief, rejected: Sequence[Rejected], invalid: Sequence[InvalidItem]
) -> tuple[RefusedItem, ...]:
    """What is worth asking for again:

    invalid items, and refused ones whose refusal doesn't follow from another's.
    """
    refused = [
        RefusedItem(item.part, item.id, f"{item.field}: {item.reason}", item.shown, None, None)
        for item in invalid
    ]
    drafts = _drafts_by_id(draft)
    lost_ids = {item.id for item in invalid}
    reasons: dict[tuple[Part, str], list[Rejected]] = {}
    for one in rejected:
        if one.code != "duplicate" and one.field not in _DETAILS:
            reasons.setdefault((one.part, one.draft_id), []).append(one)
    lost_ids |= {item_id for _, item_id in reasons}
    for (part, item_id), notes in reasons.items():
        item = drafts.get((part, item_id))
        if item is None or _follows_from_others(item, notes, lost_ids):
            continue
        evidence = () if isinstance(item, Sentence) else item.evidence
        refused.append(
            RefusedItem(
                part=part,
                id=item_id,
                reason="; ".join(f"{note.field}: {note.reason}" for note in notes),
                shown=_as_reply(item, item_id),
                sentence=next((quote.sentence for quote in evidence), None),
                nearest=next((note.nearest for note in notes if note.nearest), None),
            )
        )
    return tuple(refused[:MAX_ITEMS])


def sentences_for(items: Iterable[RefusedItem], numbered: Numbered) -> tuple[int, ...]:
    """Numbers of the sentences to show:

    those that the items cite or come nearest to, each with its neighbours.
    """
    shown: set[int] = set()
    for item in items:
        centres = [item.sentence] if item.sentence is not None else []
        if item.nearest:
            found = numbered.text.find(item.nearest)
            centres += [numbered.number_at(found)] if found >= 0 else []
        for centre in centres:
            shown.update(range(max(1, centre - 1), min(len(numbered.spans), centre + 1) + 1))
    return tuple(sorted(shown))


def actors_line(actors: Sequence[DraftActor]) -> str:
    """The draft's actors as the prompt lists them."""
    return "; ".join(f"{actor.id} {' '.join(actor.name.split())}" for actor in actors) or "none"


def items_lines(items: Sequence[RefusedItem]) -> str:
    """The refused items as the prompt lists them: reason, then JSON, each on one line."""
    return "\n".join(
        f"- {item.part} {item.id}, {' '.join(item.reason.split())}\n{item.shown}" for item in items
    )


def patched(draft: DraftBrief, asked: Sequence[RefusedItem], answer: DraftBrief) -> DraftBrief:
    """The draft with the answer's items in place of the refused ones; others of the answer are ignored."""
    wanted = {(item.part, item.id) for item in asked}
    figures = _replaced(draft.figures, answer.figures, {id_ for part, id_ in wanted if part == "figure"})
    claims = _replaced(draft.claims, answer.claims, {id_ for part, id_ in wanted if part == "claim"})
    needed = {id_ for claim in claims for id_ in (*claim.speakers, claim.via) if id_}
    needed |= {id_ for figure in figures for id_ in (figure.source, figure.via) if id_}
    known = {actor.id for actor in draft.actors}
    actors = _replaced(
        draft.actors, answer.actors, {id_ for part, id_ in wanted if part == "actor"} | (needed - known)
    )
    return draft.model_copy(update={"actors": actors, "figures": figures, "claims": claims})


def patched_summary(
    draft: DraftBrief, asked: Sequence[RefusedItem], sentences: dict[str, Sentence]
) -> DraftBrief:
    """The draft with corrected summary sentences; `sentences` are the answer's by id (s1 is the first)."""
    wanted = {item.id for item in asked if item.part == "summary"}
    summary = [
        sentences.get(f"s{number}", sentence) if f"s{number}" in wanted else sentence
        for number, sentence in enumerate(draft.summary, 1)
    ]
    return draft.model_copy(update={"summary": tuple(summary)})


def _replaced(
    items: tuple[DraftItem, ...], answer: tuple[DraftItem, ...], wanted: set[str]
) -> tuple[DraftItem, ...]:
    corrected: dict[str, DraftItem] = {item.id: item for item in answer if item.id in wanted}
    kept: list[DraftItem] = [corrected.pop(item.id, item) for item in items]
    kept.extend(corrected.values())
    return tuple(kept)


def _drafts_by_id(
    draft: DraftBrief,
) -> dict[tuple[Part, str], DraftActor | DraftFigure | DraftClaim | Sentence]:
    found: dict[tuple[Part, str], DraftActor | DraftFigure | DraftClaim | Sentence] = {}
    found.update({("actor", actor.id): actor for actor in draft.actors})
    found.update({("figure", figure.id): figure for figure in draft.figures})
    found.update({("claim", claim.id): claim for claim in draft.claims})
    found.update({("summary", f"s{number}"): sentence for number, sentence in enumerate(draft.summary, 1)})
    return found


def _follows_from_others(
    item: DraftActor | DraftFigure | DraftClaim | Sentence, notes: Sequence[Rejected], lost: set[str]
) -> bool:
    """Whether all that is wrong is that it rests on items that are asked for again themselves."""
    if isinstance(item, Sentence):
        return all(note.code == "unknown_item" for note in notes) and any(id_ in lost for id_ in item.cites)
    if isinstance(item, DraftActor) or any(note.code != "unknown_actor" for note in notes):
        return False
    rests_on = (*item.speakers, item.via) if isinstance(item, DraftClaim) else (item.source, item.via)
    return any(id_ in lost for id_ in rests_on if id_)


def _as_reply(item: DraftActor | DraftFigure | DraftClaim | Sentence, item_id: str) -> str:
    """The item as the reply schema writes it."""
    if isinstance(item, Sentence):
        fields: dict[str, object] = {"id": item_id, "text": item.text, "cites": item.cites}
        return json.dumps(fields, ensure_ascii=False)
    first = item.evidence[0] if item.evidence else Quote(quote="")
    fields = {"id": item_id, "sentence": first.sentence, "quote": first.quote}
    rest = item.model_dump(mode="json", exclude={"id", "evidence", "also"})
    if isinstance(item, DraftFigure):
        rest["also"] = [
            {"sentence": quote.sentence, "quote": quote.quote, "bound": quote.bound} for quote in item.also
        ]
    return json.dumps({**fields, **rest}, ensure_ascii=False)
