"""Ground the claims of a draft: evidence in the article, cues in the evidence, names and numbers carried.

Pure. Whether a claim follows from its evidence is not judged here; what a program can check is: speakers and
via are actors of the brief, an own-voice claim has none, every number and name in the claim's text comes
from its sentence or the ones just before it, and the words that are said to carry the hedge stand there.
The text may leave out "about", as it leaves out hedges; any other bound must be the evidence's.
"""

from __future__ import annotations

import re
from typing import Final

from pydantic import ValidationError

from summarizer.grounding.actors import GroundedActors
from summarizer.grounding.article_view import ArticleView
from summarizer.grounding.figures import iso_or_none
from summarizer.grounding.known_numbers import UnknownNumber
from summarizer.grounding.locate import Located, stands_apart
from summarizer.grounding.refusals import ItemRefusals, Refusals
from summarizer.grounding.repeated_numbers import may_hold_number, repeats_numbers
from summarizer.records.brief import Claim
from summarizer.records.draft import DraftClaim
from summarizer.text.folding import FoldedText, comparison_key, fold, is_folded

#: An id that may be the final one: nothing need be copied where it is.
_ID: Final = re.compile("c[1-9][0-9]*")


def ground_claims(
    view: ArticleView, drafts: tuple[DraftClaim, ...], actors: GroundedActors, refusals: Refusals
) -> list[tuple[str, Claim]]:
    """Accepted claims with their draft ids; `speakers` and `via` are still the draft's."""
    grounded: list[tuple[str, Claim]] = []
    taken: set[str] = set()
    known: dict[tuple[str, tuple[int | None, ...], str], str] = {}
    for draft in drafts:
        notes = refusals.of("claim", draft.id)
        if draft.id in taken:
            notes.add("id", "duplicate", f"the draft uses the id {draft.id} twice", draft.text)
            continue
        taken.add(draft.id)
        claim = _ground(view, draft, actors, notes)
        if claim is None:
            continue
        speakers = tuple(actors.index[speaker] for speaker in claim.speakers)
        key = (comparison_key(claim.text).rstrip("."), speakers, claim.polarity)
        if key in known:
            notes.add("text", "duplicate", f"{known[key]} says the same", draft.text)
            continue
        known[key] = draft.id
        grounded.append((draft.id, claim))
    return grounded


def number_not_carried(
    view: ArticleView, claim: DraftClaim | Claim, start: int, end: int
) -> UnknownNumber | None:
    """The first number of a claim's text that neither its sentence nor the ones just before it carry."""
    text, dates = claim.text, (claim.when,)
    if not may_hold_number(text) or repeats_numbers(text, view.text_around(start, end)):
        return None
    unknown = view.numbers_around(start, end, before=0).unknown_number(text, dates)
    if unknown is None:
        return None
    return view.numbers_around(start, end).unknown_number(text, dates)


def find_cue(quote: str, cue: str) -> str | None:
    """The cue as the evidence has it, whatever its capitals and typography; None if it isn't there."""
    wanted = fold(cue).strip().lower()
    folded = None if is_folded(quote) else FoldedText(quote)  # else its key is the quote itself
    written = quote if folded is None else folded.key
    key = written.lower()
    found = key.find(wanted) if wanted and len(key) == len(written) else -1
    while found >= 0:
        start, end = found, found + len(wanted)
        if folded is not None:
            start, end = folded.span(start, end)
        if wanted == "n't" or stands_apart(quote, start, end):
            return quote[start:end]
        found = key.find(wanted, found + 1)
    return None


def _ground(
    view: ArticleView, draft: DraftClaim, actors: GroundedActors, notes: ItemRefusals
) -> Claim | None:
    if not draft.evidence:
        notes.add("evidence", "quote_blank", "the claim has no evidence", draft.text)
        return None
    if len(draft.evidence) > 1:
        notes.add("evidence", "invalid", "a claim has one span of evidence", draft.evidence[1].quote)
    found = view.place(draft.evidence[0])
    if not isinstance(found, Located):
        notes.add_miss("evidence", found, draft.evidence[0].quote)
        return None
    if not _actors_known(draft, actors, notes) or not _text_carried(view, draft, found, notes):
        return None
    quote = view.text[found.start : found.end]
    cues = _cues(draft, quote, notes)
    if cues is None:
        return None
    try:
        return Claim(
            id=draft.id if _ID.fullmatch(draft.id) else "c1",
            text=draft.text.strip(), speakers=tuple(dict.fromkeys(draft.speakers)), via=draft.via,
            sourcing=draft.sourcing, polarity=draft.polarity, certainty=draft.certainty, cues=cues,
            when=iso_or_none("when", draft.when, notes), evidence=(view.evidence(found.start, found.end),),
        )  # fmt: skip
    except ValidationError as error:
        notes.add_invalid(error, draft.text)
        return None


def _actors_known(draft: DraftClaim, actors: GroundedActors, notes: ItemRefusals) -> bool:
    for field, ids in (("speakers", draft.speakers), ("via", (draft.via,) if draft.via else ())):
        for actor in ids:
            why = actors.missing(actor)
            if why is not None:
                reason = f"{field} holds no actor of the brief: {why}"
                notes.add(field, "unknown_actor", reason, draft.text)
                return False
    return True


def _text_carried(view: ArticleView, draft: DraftClaim, found: Located, notes: ItemRefusals) -> bool:
    nearest = view.text[found.start : found.end]
    name = view.words.unknown_name(draft.text)
    if name is not None:
        notes.add("text", "name_not_in_evidence", f"“{name}” is not in the article", draft.text, nearest)
        return False
    number = number_not_carried(view, draft, found.start, found.end)
    if number is not None:
        notes.add("text", number.code, number.reason, draft.text, nearest)
        return False
    return True


def _cues(draft: DraftClaim, quote: str, notes: ItemRefusals) -> tuple[str, ...] | None:
    """The cues as they stand in the evidence; None if a hedge or denial rests on cues that don't."""
    kept: list[str] = []
    for cue in draft.cues:
        words = find_cue(quote, cue) if cue.strip() else None
        if words is not None:
            kept.append(words)
        else:
            notes.add("cues", "cue_not_in_evidence", f"“{cue}” is not in the evidence", cue, quote)
    rests_on_cues = draft.certainty != "certain" or draft.polarity == "denied"
    if draft.cues and not kept and rests_on_cues:
        return None
    return tuple(dict.fromkeys(kept))
