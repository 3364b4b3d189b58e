"""Score the claims of a brief: who says what, affirmed or denied, how surely, with which hedges.

Pure. Pairs by evidence and proposition; speaker, polarity, certainty and sourcing have no part in it.
The headline is not claims F1 (calling every sentence a certain claim of the article scores well there) but
`joint`, `hedge_kept` and cue F1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.evaluation.certainty import count_certainty
from summarizer.evaluation.cues import count_cues
from summarizer.evaluation.keys import content_tokens, negated
from summarizer.evaluation.number_reading import number_key
from summarizer.evaluation.pairing import Candidate, assign, candidates
from summarizer.evaluation.spans import containment, covered, dice, place, places
from summarizer.records.brief import Claim, Polarity
from summarizer.records.gold import GoldClaim
from summarizer.records.run import ItemVerdict, SlotCheck, Verdict
from summarizer.text.folding import comparison_key

SPAN_WEIGHT, TEXT_WEIGHT = 0.6, 0.4
#: Below this, the proposition is another one, however well the evidence fits: without the floor, nonsense
#: on the right span scores 1.0.
TEXT_FLOOR = 0.4
#: From this on the proposition alone makes a match, provided the numbers are equal.
TEXT_ALONE = 0.8
ADMISSIBLE = 0.5
#: Containment counts up to this length, else a whole paragraph as evidence matches everything in it.
MAX_CONTAINER_CHARS = 400
EVIDENCE_OVERLAP = 0.5
#: An unmatched prediction that lies this far inside a matched gold's evidence is a split, not an invention.
SPLIT_COVERAGE = 0.8

SLOTS = ("speaker", "polarity", "certainty", "sourcing", "evidence")
JOINT = ("speaker", "polarity", "certainty")


@dataclass(frozen=True, slots=True)
class _Side:
    """What of a claim decides its partner, worked out once."""

    spans: tuple[tuple[int, int], ...]
    words: Counter[str]
    n_words: int
    sorted_words: str
    numbers: tuple[object, ...]


def score_claims(
    predicted: Sequence[Claim], gold: Sequence[GoldClaim], text: str, actors: Mapping[str, str]
) -> tuple[dict[str, float], tuple[ItemVerdict, ...]]:
    """Pair claims; count matches, slots and joint, and over the same pairs certainty and cues.

    `actors` maps the brief's actor ids to gold ids. Counts: `claims.*`, `certainty.*`, `cues.*`. Slots and
    joint are over all gold claims: a hard item that is left out counts against them.
    """
    predicted = sorted(predicted, key=lambda claim: _content(claim, text))
    gold = sorted(gold, key=lambda claim: _content(claim, text))
    sides = [_side(claim.text, places(claim.evidence, text)) for claim in predicted]
    gold_sides = [_side(claim.text, places((*claim.evidence, *claim.also), text)) for claim in gold]

    def slots(p: int, g: int) -> tuple[SlotCheck, ...]:
        return _slots(predicted[p], gold[g], _evidence_fits(sides[p], gold_sides[g]), actors)

    copies, gold_copies = _copies(predicted), _copies(gold)

    def similarity(p: int, g: int) -> float:
        return 0.0 if p in copies or g in gold_copies else _similarity(sides[p], gold_sides[g])[0]

    pairs = assign(
        candidates(
            len(predicted),
            len(gold),
            similarity,
            lambda p, g: sum(check.right for check in slots(p, g)),
            ADMISSIBLE,
        )
    )
    checks = {pair.gold: slots(pair.predicted, pair.gold) for pair in pairs}
    why = {pair.gold: _similarity(sides[pair.predicted], gold_sides[pair.gold])[1] for pair in pairs}
    matched_evidence = [span for pair in pairs for span in gold_sides[pair.gold].spans]
    taken = {pair.predicted for pair in pairs}
    split = {
        index
        for index, side in enumerate(sides)
        if index not in taken and all(covered(s, matched_evidence) >= SPLIT_COVERAGE for s in side.spans)
    }
    partners = {pair.gold: predicted[pair.predicted] for pair in pairs}
    counts = _counts(predicted, gold, pairs, checks)
    counts |= count_certainty(predicted, gold, partners) | count_cues(predicted, gold, partners)
    counts["claims.split"] = len(split)
    counts["claims.spurious"] = len(predicted) - len(pairs) - len(split)
    return counts, _verdicts(predicted, gold, pairs, checks, why, split)


def _content(claim: Claim, text: str) -> tuple[object, ...]:
    return (
        place(claim.evidence[0], text),
        claim.text,
        claim.polarity,
        claim.certainty,
        claim.sourcing,
        sorted(claim.cues),
        len(claim.speakers),
    )


def _copies(claims: Sequence[Claim]) -> set[int]:
    """Positions of claims that say again, in every field, what one before them says.

    A copy answers no other label: it would stand in for whatever its neighbour in the text should have said.
    """
    once = {
        claim.model_copy(update={"id": ""}).model_dump_json(): n
        for n, claim in reversed([*enumerate(claims)])
    }
    return set(range(len(claims))) - set(once.values())


def _side(sentence: str, spans: tuple[tuple[int, int], ...]) -> _Side:
    words = content_tokens(sentence)
    return _Side(spans, Counter(words), len(words), " ".join(sorted(set(words))), number_key(sentence))


def _similarity(predicted: _Side, gold: _Side) -> tuple[float, str]:
    """How much two claims say the same of the same passage, and that in words."""
    span = 0.0
    for a in predicted.spans:
        for b in gold.spans:
            if a[0] < b[1] and b[0] < a[1]:
                span = max(span, dice(a, b), 0.9 * containment(a, b, MAX_CONTAINER_CHARS))
    if not span and (predicted.numbers != gold.numbers or predicted.words.keys().isdisjoint(gold.words)):
        return 0.0, "no common evidence, other numbers or words"
    similar = _text_similarity(predicted, gold)
    if span:
        value = SPAN_WEIGHT * span + TEXT_WEIGHT * similar if similar >= TEXT_FLOOR else 0.0
    else:
        value = similar if similar >= TEXT_ALONE else 0.0
    return value, f"evidence {span:.2f}, proposition {similar:.2f}"


def _text_similarity(a: _Side, b: _Side) -> float:
    from rapidfuzz.fuzz import token_set_ratio

    shared = sum(min(count, b.words[word]) for word, count in a.words.items() if word in b.words)
    f1 = 2 * shared / (a.n_words + b.n_words) if a.n_words and b.n_words else float(a.n_words == b.n_words)
    return max(f1, 0.9 * token_set_ratio(a.sorted_words, b.sorted_words) / 100)


def _evidence_fits(predicted: _Side, gold: _Side) -> bool:
    return any(
        max(dice(a, b), containment(a, b, MAX_CONTAINER_CHARS)) >= EVIDENCE_OVERLAP
        for a in predicted.spans
        for b in gold.spans
    )


def _says(claim: Claim) -> Polarity:
    """Polarity after normalising: "X did not go", affirmed, is "X went", denied."""
    if not negated(claim.text):
        return claim.polarity
    return "denied" if claim.polarity == "affirmed" else "affirmed"


def _shown_span(claim: Claim) -> str:
    return f"{claim.evidence[0].start}-{claim.evidence[0].end}"


def _shown_polarity(claim: Claim) -> str:
    return f"{claim.polarity}, of a negated text" if negated(claim.text) else claim.polarity


def _slots(
    predicted: Claim, gold: GoldClaim, evidence_fits: bool, actors: Mapping[str, str]
) -> tuple[SlotCheck, ...]:
    speakers = sorted({actors.get(speaker, f"?{speaker}") for speaker in predicted.speakers})
    wanted = sorted(set(gold.speakers))
    return (
        SlotCheck(
            slot="speaker",
            gold=", ".join(wanted) or "article",
            predicted=", ".join(speakers) or "article",
            right=speakers == wanted,
        ),
        SlotCheck(
            slot="polarity",
            gold=_shown_polarity(gold),
            predicted=_shown_polarity(predicted),
            right=_says(predicted) == _says(gold),
        ),
        SlotCheck(
            slot="certainty",
            gold=gold.certainty,
            predicted=predicted.certainty,
            right=predicted.certainty == gold.certainty,
        ),
        SlotCheck(
            slot="sourcing",
            gold=gold.sourcing,
            predicted=predicted.sourcing,
            right=predicted.sourcing == gold.sourcing,
        ),
        SlotCheck(
            slot="evidence",
            gold=_shown_span(gold),
            predicted=_shown_span(predicted),
            right=evidence_fits,
        ),
    )


def _cue_check(predicted: Claim, gold: GoldClaim) -> SlotCheck:
    found, wanted = (sorted(map(comparison_key, claim.cues)) for claim in (predicted, gold))
    return SlotCheck(
        slot="cues",
        gold=", ".join(wanted) or "none",
        predicted=", ".join(found) or "none",
        right=found == wanted,
    )


def _counts(
    predicted: Sequence[Claim],
    gold: Sequence[GoldClaim],
    pairs: Sequence[Candidate],
    checks: Mapping[int, tuple[SlotCheck, ...]],
) -> dict[str, float]:
    right = {g: {check.slot for check in found if check.right} for g, found in checks.items()}
    joint = {g for g, slots in right.items() if slots.issuperset(JOINT)}
    vital = {index for index, claim in enumerate(gold) if claim.nugget == "vital"}
    return {
        "claims.predicted": len(predicted),
        "claims.gold": len(gold),
        "claims.vital": len(vital),
        "claims.matched": len(pairs),
        "claims.matched_vital": len(vital & right.keys()),
        **{f"claims.{slot}_right": sum(slot in slots for slots in right.values()) for slot in SLOTS},
        "claims.joint": len(joint),
        "claims.joint_vital": len(joint & vital),
    }


def _verdicts(
    predicted: Sequence[Claim],
    gold: Sequence[GoldClaim],
    pairs: Sequence[Candidate],
    checks: Mapping[int, tuple[SlotCheck, ...]],
    why: Mapping[int, str],
    split: set[int],
) -> tuple[ItemVerdict, ...]:
    partner = {pair.gold: pair for pair in pairs}
    items = []
    verdict: Verdict
    for index, claim in enumerate(gold):
        first, pair = claim.evidence[0], partner.get(index)
        found = checks.get(index, ())
        if pair is None:
            verdict = "missed" if claim.nugget == "vital" else "okay_missed"
        else:
            found = (*found, _cue_check(predicted[pair.predicted], claim))
            verdict = "right" if all(check.right for check in found) else "wrong_slot"
        items.append(
            ItemVerdict(
                part="claims",
                verdict=verdict,
                gold=claim.id,
                predicted=None if pair is None else predicted[pair.predicted].id,
                nugget=claim.nugget,
                label=claim.text if pair is None else f"{claim.text} ⟷ {predicted[pair.predicted].text}",
                quote=first.quote,
                start=first.start,
                end=first.end,
                similarity=None if pair is None else pair.similarity,
                explanation=why.get(index, "no prediction says this of this passage"),
                slots=found,
            )
        )
    taken = {pair.predicted for pair in pairs}
    for index, other in enumerate(predicted):
        if index not in taken:
            first = other.evidence[0]
            items.append(
                ItemVerdict(
                    part="claims",
                    verdict="split" if index in split else "spurious",
                    gold=None,
                    predicted=other.id,
                    nugget=None,
                    label=other.text,
                    quote=first.quote,
                    start=first.start,
                    end=first.end,
                    explanation=(
                        "inside the evidence of a gold claim that another prediction matched"
                        if index in split
                        else "no gold claim says this of this passage"
                    ),
                )
            )
    return tuple(items)
