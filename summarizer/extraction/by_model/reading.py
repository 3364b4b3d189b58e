"""Read a model's reply item by item and turn what is valid into a draft.

Pure. One bad item never costs the others: it becomes an `InvalidItem`, with the reason that the repair prompt
will show. A reply that has none of the expected parts is no brief at all.

Also puts right what is form, not content: an actor's name where its id belongs, an id that is missing or used
twice, a quote that carries the number in brackets or the quotation marks that JSON had around it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from summarizer.extraction.by_model.numbering import Numbered
from summarizer.extraction.by_model.reply import (
    ActorItem,
    ClaimItem,
    FigureItem,
    Item,
    MentionItem,
    RepairedSentence,
    SentenceItem,
)
from summarizer.records.brief import Sentence, Sourcing
from summarizer.records.draft import DraftActor, DraftBrief, DraftClaim, DraftFigure, Quote
from summarizer.text.folding import comparison_key

Part = Literal["actor", "figure", "claim", "summary"]
AnyItem = TypeVar("AnyItem", bound=Item)

_PARTS: tuple[tuple[str, Part], ...] = (
    ("actors", "actor"),
    ("figures", "figure"),
    ("claims", "claim"),
    ("summary", "summary"),
)
_NUMBER = re.compile(r"\A\[\d{1,5}[a-z =0-9]{0,20}\] ?")
#: JSON of an invalid item that is shown in reasons and to the model.
MAX_SHOWN_CHARS = 600


class NoBriefError(ValueError):
    """The reply's object is no brief: it has none of the parts."""


@dataclass(frozen=True, slots=True)
class InvalidItem:
    """An item that breaks the reply's schema: where, why, and what stood there (as JSON)."""

    part: Part
    id: str
    field: str
    reason: str
    shown: str


@dataclass(frozen=True, slots=True)
class ReadReply:
    """A reply's items: a draft of the valid ones, and the others."""

    draft: DraftBrief
    invalid: tuple[InvalidItem, ...]


def read_brief_reply(
    document: dict[str, Any], numbered: Numbered, known: Sequence[DraftActor] = ()
) -> ReadReply:
    """The items of a reply to the extraction or the repair prompt; `known` are actors it may refer to.

    Raises:
        NoBriefError: none of the parts is there.
    """
    parts = _unwrapped(document)
    if not any(isinstance(parts.get(name), list) for name, _ in _PARTS):
        raise NoBriefError(f"the reply has none of {', '.join(name for name, _ in _PARTS)}")
    invalid: list[InvalidItem] = []
    actors = list(_items(parts, "actors", ActorItem, "actor", invalid))
    figures = list(_items(parts, "figures", FigureItem, "figure", invalid))
    claims = list(_items(parts, "claims", ClaimItem, "claim", invalid))
    summary = list(_items(parts, "summary", SentenceItem, "summary", invalid))
    drafted = [_draft_actor(item, numbered) for item in actors]
    names = _ids_by_name([*known, *drafted])
    draft = DraftBrief(
        actors=tuple(drafted),
        figures=tuple(_draft_figure(item, numbered, names) for item in figures),
        claims=tuple(_draft_claim(item, numbered, names) for item in claims),
        summary=tuple(Sentence(text=item.text, cites=tuple(item.cites)) for item in summary if item.cites),
    )
    return ReadReply(draft, tuple(invalid))


def _unwrapped(document: dict[str, Any]) -> dict[str, Any]:
    """Models like to wrap the object once: {"brief": {…}}."""
    if len(document) == 1:
        (inner,) = document.values()
        if isinstance(inner, dict):
            return inner
    return document


def _items(
    parts: dict[str, Any], name: str, kind: type[AnyItem], part: Part, invalid: list[InvalidItem]
) -> Iterator[AnyItem]:
    found = parts.get(name)
    if found is None:
        return
    used: set[str] = set()
    for position, raw in enumerate(found if isinstance(found, list) else [found], 1):
        has_id = "id" in kind.model_fields
        raw_id = raw.get("id") if isinstance(raw, dict) and has_id else None
        given = raw_id.strip() if isinstance(raw_id, str) else ""
        item_id = given if given and given not in used else _free_id(name[0], position, used)
        used.add(item_id)
        try:
            yield kind.model_validate({**raw, "id": item_id} if has_id and isinstance(raw, dict) else raw)
        except ValidationError as error:
            first = error.errors()[0]
            # The branches of "int or float" are no places in the item.
            steps = [str(step) for step in first["loc"] if step not in ("int", "float")]
            where = ".".join(steps) or "item"
            shown = json.dumps(raw, ensure_ascii=False)[:MAX_SHOWN_CHARS]
            invalid.append(InvalidItem(part, item_id, where, first["msg"], shown))


def _free_id(letter: str, position: int, used: set[str]) -> str:
    number = position
    while f"{letter}{number}" in used:
        number += 1000
    return f"{letter}{number}"


def _ids_by_name(actors: Sequence[DraftActor]) -> dict[str, str]:
    """Every id, name and alias to its actor's id; the first actor to use a form keeps it."""
    ids = {actor.id: actor.id for actor in actors}
    for actor in actors:
        for form in (actor.name, *actor.aliases):
            ids.setdefault(comparison_key(form), actor.id)
    return ids


def _actor_id(reference: str, names: dict[str, str]) -> str:
    """The id that is meant; an unknown reference stays as it is, for grounding to refuse."""
    plain = reference.strip()
    return names.get(plain) or names.get(comparison_key(plain)) or plain


def _quote(item: ActorItem | FigureItem | ClaimItem | MentionItem, numbered: Numbered) -> Quote:
    text = _NUMBER.sub("", item.quote)
    bound = item.bound if isinstance(item, MentionItem) else None
    sentence = numbered.sentence(item.sentence)
    start = None
    if sentence is not None:
        found = sentence.find(text)
        # An offset settles which of several places is meant; a quote that isn't there word by word is left
        # to grounding, with the sentence's number as the hint.
        start = numbered.spans[item.sentence - 1][0] + found if found >= 0 else None
    return Quote(
        quote=text, sentence=item.sentence if sentence is not None else None, start=start, bound=bound
    )


def _draft_actor(item: ActorItem, numbered: Numbered) -> DraftActor:
    return DraftActor(
        id=item.id,
        name=item.name,
        kind=item.kind,
        role=item.role,
        aliases=tuple(item.aliases),
        evidence=(_quote(item, numbered),),
    )


def _draft_figure(item: FigureItem, numbered: Numbered, names: dict[str, str]) -> DraftFigure:
    return DraftFigure(
        id=item.id,
        evidence=(_quote(item, numbered),),
        also=tuple(_quote(mention, numbered) for mention in item.also),
        value=_whole(item.value),
        value_high=None if item.value_high is None else _whole(item.value_high),
        unit=item.unit,
        counted=item.counted,
        # A range's bound is "between", whatever stands before it ("about 10 to 12").
        bound=item.bound if item.value_high is None else "between",
        status=item.status,
        as_of=item.as_of,
        place=item.place,
        source=None if item.source is None else _actor_id(item.source, names),
        via=None if item.via is None else _actor_id(item.via, names),
    )


def _draft_claim(item: ClaimItem, numbered: Numbered, names: dict[str, str]) -> DraftClaim:
    speakers = tuple(dict.fromkeys(_actor_id(speaker, names) for speaker in item.speakers))
    # Own voice and "article" are the same statement; where a model contradicts itself, the speakers decide.
    sourcing: Sourcing = item.sourcing if speakers else "article"
    return DraftClaim(
        id=item.id,
        text=item.text,
        speakers=speakers,
        via=None if item.via is None else _actor_id(item.via, names),
        sourcing="named" if speakers and sourcing == "article" else sourcing,
        polarity=item.polarity,
        certainty=item.certainty,
        cues=tuple(dict.fromkeys(item.cues)),
        when=item.when,
        evidence=(_quote(item, numbered),),
    )


def _whole(number: int | float) -> int | float:
    return int(number) if isinstance(number, float) and number.is_integer() else number


def read_repaired_sentences(document: dict[str, Any]) -> dict[str, Sentence]:
    """Corrected summary sentences of a reply to the repair prompt, by the ids that the prompt gave them."""
    found = _unwrapped(document).get("summary")
    sentences: dict[str, Sentence] = {}
    for raw in found if isinstance(found, list) else ():
        try:
            item = RepairedSentence.model_validate(raw)
        except ValidationError:
            continue  # the refused sentence stays refused
        if item.cites:
            sentences.setdefault(item.id, Sentence(text=item.text, cites=tuple(item.cites)))
    return sentences
