"""Cut a long article into parts that fit a model's context, and join the drafts of its parts.

Pure. Parts are runs of whole lines of the article (its paragraphs), as even as can be, and each part begins
with the last lines of the one before, so that a pronoun finds its name and a quotation its speaker. A line
longer than a part is cut between sentences. Numbers stay those of the whole article; so drafts of parts
need no shifting.

Joining: actors of the same name are one; items that quote the same words of the same place are one (the
overlap is read twice); ids are given anew and references follow.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.extraction.by_model.numbering import Numbered
from summarizer.records.brief import Sentence
from summarizer.records.draft import DraftActor, DraftBrief, DraftClaim, DraftFigure, Quote
from summarizer.text.folding import comparison_key

#: How much of the part before is shown again, in characters: two or three paragraphs of news.
OVERLAP_CHARS = 600
#: No part is made smaller than this: a model that can't reply to so little won't reply to less.
MIN_PART_CHARS = 700
#: Sentences of a joined summary: as many as the contract allows.
MAX_SUMMARY_SENTENCES = 4

SentenceNumbers = tuple[int, ...]


def split_numbers(
    numbered: Numbered, numbers: SentenceNumbers, max_chars: int
) -> tuple[SentenceNumbers, ...]:
    """Parts of at most about `max_chars` characters; one part when all fit or nothing can be cut."""
    blocks = _blocks(numbered, numbers, max(max_chars // 2, MIN_PART_CHARS))
    total = sum(_chars(numbered, block) for block in blocks)
    if total <= max_chars or len(blocks) < 2:
        return (numbers,)
    wanted = -(-total // max(max_chars - OVERLAP_CHARS, MIN_PART_CHARS))
    target = total / max(wanted, 2)
    parts: list[list[SentenceNumbers]] = [[]]
    size = 0
    for block in blocks:
        chars = _chars(numbered, block)
        if parts[-1] and size + chars / 2 > target * len(parts) and len(parts) < max(wanted, 2):
            parts.append([])
        parts[-1].append(block)
        size += chars
    return tuple(
        (*_overlap(numbered, parts[index - 1]), *_flat(part)) if index else _flat(part)
        for index, part in enumerate(parts)
    )


def join_drafts(drafts: Sequence[DraftBrief]) -> DraftBrief:
    """One draft out of those of an article's parts, in their order."""
    if len(drafts) == 1:
        return drafts[0]
    actors: list[DraftActor] = []
    figures: dict[tuple[object, ...], DraftFigure] = {}
    claims: dict[tuple[object, ...], DraftClaim] = {}
    summary: list[Sentence] = []
    for draft in drafts:
        ids = _join_actors(draft.actors, actors)
        renamed: dict[str, str] = {}
        for figure in draft.figures:
            key = (*_place(figure.evidence), figure.value, figure.unit)
            kept = figures.setdefault(key, _with_actors(figure, ids, f"f{len(figures) + 1}"))
            renamed[figure.id] = kept.id
        for claim in draft.claims:
            speakers = tuple(ids.get(speaker, speaker) for speaker in claim.speakers)
            key = (*_place(claim.evidence), speakers, claim.polarity, comparison_key(claim.text))
            kept_claim = claims.setdefault(
                key,
                claim.model_copy(
                    update={
                        "id": f"c{len(claims) + 1}",
                        "speakers": speakers,
                        "via": ids.get(claim.via, claim.via) if claim.via else None,
                    }
                ),
            )
            renamed[claim.id] = kept_claim.id
        summary += [
            Sentence(text=sentence.text, cites=tuple(renamed.get(cited, cited) for cited in sentence.cites))
            for sentence in draft.summary
        ]
    return DraftBrief(
        actors=tuple(actors),
        figures=tuple(figures.values()),
        claims=tuple(claims.values()),
        # News puts what matters first, and every part was summed up as if it were the whole.
        summary=tuple({sentence.text: sentence for sentence in summary}.values())[:MAX_SUMMARY_SENTENCES],
    )


def _join_actors(found: Sequence[DraftActor], actors: list[DraftActor]) -> dict[str, str]:
    """Add a part's actors to those so far; the ids they get."""
    before = list(actors)
    ids: dict[str, str] = {}
    for actor in found:
        position = _same_actor(actor, before)
        if position is None:
            position = len(actors)
            actors.append(actor.model_copy(update={"id": f"a{position + 1}"}))
        else:
            actors[position] = _merged(actors[position], actor)
        ids[actor.id] = f"a{position + 1}"
    return ids


def _same_actor(actor: DraftActor, before: Sequence[DraftActor]) -> int | None:
    """Position of the one earlier actor with this name; else of the one that has it as an alias, or whose
    name is an alias of this one ("Blinken" in a later part). None when that is nobody, or several."""
    name = comparison_key(actor.name)
    aliases = {comparison_key(alias) for alias in actor.aliases}
    named = [n for n, other in enumerate(before) if comparison_key(other.name) == name]
    if not named:
        named = [
            n
            for n, other in enumerate(before)
            if other.kind == actor.kind
            and (
                comparison_key(other.name) in aliases
                or name in {comparison_key(alias) for alias in other.aliases}
            )
        ]
    return named[0] if len(named) == 1 else None


def _merged(one: DraftActor, other: DraftActor) -> DraftActor:
    """Both together, under the longer name."""
    longer, shorter = (other, one) if len(other.name) > len(one.name) else (one, other)
    aliases = dict.fromkeys((*one.aliases, *other.aliases, shorter.name))
    return longer.model_copy(
        update={
            "id": one.id,
            "role": one.role or other.role,
            "aliases": tuple(alias for alias in aliases if alias != longer.name),
        }
    )


def _with_actors(figure: DraftFigure, ids: dict[str, str], new_id: str) -> DraftFigure:
    return figure.model_copy(
        update={
            "id": new_id,
            "source": ids.get(figure.source, figure.source) if figure.source else None,
            "via": ids.get(figure.via, figure.via) if figure.via else None,
        }
    )


def _place(evidence: Sequence[Quote]) -> tuple[object, ...]:
    first = evidence[0]
    return comparison_key(first.quote), first.sentence


def _blocks(numbered: Numbered, numbers: SentenceNumbers, longest: int) -> list[SentenceNumbers]:
    """Lines of the article as runs of sentences; a line longer than `longest` in several."""
    blocks: list[list[int]] = []
    size = 0
    for number in numbers:
        chars = _chars(numbered, (number,))
        same_line = bool(blocks) and numbered.lines[blocks[-1][-1] - 1] == numbered.lines[number - 1]
        if same_line and size + chars <= longest:
            blocks[-1].append(number)
            size += chars
        else:
            blocks.append([number])
            size = chars
    return [tuple(block) for block in blocks]


def _overlap(numbered: Numbered, part: Sequence[SentenceNumbers]) -> SentenceNumbers:
    """The last lines of a part, as many as fit the overlap; at least its last sentence."""
    taken: list[SentenceNumbers] = []
    size = 0
    for block in reversed(part):
        size += _chars(numbered, block)
        if size > OVERLAP_CHARS:
            break
        taken.insert(0, block)
    return _flat(taken) if taken else part[-1][-1:]


def _flat(blocks: Sequence[SentenceNumbers]) -> SentenceNumbers:
    return tuple(number for block in blocks for number in block)


def _chars(numbered: Numbered, numbers: Sequence[int]) -> int:
    spans = (numbered.spans[number - 1] for number in numbers)
    return sum(end - start + 1 for start, end in spans)
