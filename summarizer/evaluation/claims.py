"""Score the claims of a brief: who says what, affirmed or denied, how surely, with which hedges.

Pure. Pairs by evidence and proposition; speaker, polarity, certainty and sourcing have no part in it.
The headline is not claims F1 (calling every sentence a certain claim of the article scores well there) but
`joint`, `hedge_kept` and cue F1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.evaluation.keys import content_tokens, negated, token_f1
from summarizer.evaluation.number_reading import number_key
from summarizer.evaluation.pairing import Candidate, assign, candidates
from summarizer.evaluation.spans import containment, covered, dice, place, places
from summarizer.records.brief import CERTAINTIES, Claim, Polarity
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
_RANK = {certainty: rank for rank, certainty in enumerate(CERTAINTIES)}


@dataclass(frozen=True, slots=True)
class _Side:
    """What of a claim decides its partner, worked out once."""

    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    sorted_words: str
    numbers: tuple[object, ...]


def score_claims(
    predicted: Sequence[Claim], gold: Sequence[GoldClaim], text: str, actors: Mapping[str, str]
) -> tuple[dict[str, float], tuple[ItemVerdict, ...]]:
    """Pair claims, count matches, slots, directed certainty errors and cues.

    `actors` maps the brief's actor ids to gold ids. Counts: `claims.*` and `cues.*`. Slots and joint are
    over all gold claims; hedge_kept over vital hedged ones (`_all`: over all); cues are compared claim by
    claim as exact strings (after folding), a missed okay claim's cues being no error.
    """
    predicted = sorted(predicted, key=lambda claim: _content(claim, text))
    gold = sorted(gold, key=lambda claim: _content(claim, text))
    sides = [_side(claim.text, places(claim.evidence, text)) for claim in predicted]
    gold_sides = [_side(claim.text, places((*claim.evidence, *claim.also), text)) for claim in gold]

    def slots(p: int, g: int) -> tuple[SlotCheck, ...]:
        return _slots(predicted[p], gold[g], _evidence_fits(sides[p], gold_sides[g]), actors)

    pairs = assign(
        candidates(
            len(predicted),
            len(gold),
            lambda p, g: _similarity(sides[p], gold_sides[g])[0],
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
    counts = _counts(predicted, gold, pairs, checks)
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


def _side(sentence: str, spans: tuple[tuple[int, int], ...]) -> _Side:
    words = content_tokens(sentence)
    return _Side(spans, words, " ".join(sorted(set(words))), number_key(sentence))


def _similarity(predicted: _Side, gold: _Side) -> tuple[float, str]:
    """How much two claims say the same of the same passage, and that in words."""
    span = max(
        max(dice(a, b), 0.9 * containment(a, b, MAX_CONTAINER_CHARS))
        for a in predicted.spans
        for b in gold.spans
    )
    overlap = span > 0 or any(a[0] < b[1] and b[0] < a[1] for a in predicted.spans for b in gold.spans)
    if not overlap and predicted.numbers != gold.numbers:
        return 0.0, "no common evidence, other numbers"
    similar = _text_similarity(predicted, gold)
    if overlap:
        value = SPAN_WEIGHT * span + TEXT_WEIGHT * similar if similar >= TEXT_FLOOR else 0.0
    else:
        value = similar if similar >= TEXT_ALONE else 0.0
    return value, f"evidence {span:.2f}, proposition {similar:.2f}"


def _text_similarity(a: _Side, b: _Side) -> float:
    from rapidfuzz import fuzz

    return max(token_f1(a.words, b.words), 0.9 * fuzz.token_set_ratio(a.sorted_words, b.sorted_words) / 100)


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
            gold=gold.polarity,
            predicted=predicted.polarity,
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
            gold=gold.evidence[0].quote,
            predicted=predicted.evidence[0].quote,
            right=evidence_fits,
        ),
    )


def _counts(
    predicted: Sequence[Claim],
    gold: Sequence[GoldClaim],
    pairs: Sequence[Candidate],
    checks: Mapping[int, tuple[SlotCheck, ...]],
) -> dict[str, float]:
    counts: Counter[str] = Counter()
    counts["claims.predicted"], counts["claims.gold"] = len(predicted), len(gold)
    counts["claims.matched"] = len(pairs)
    partner = {pair.gold: pair.predicted for pair in pairs}
    for index, claim in enumerate(gold):
        vital, hedged = claim.nugget == "vital", claim.certainty != "certain"
        counts["claims.vital"] += vital
        counts["claims.hedged_vital"] += vital and hedged
        counts["claims.hedged"] += hedged
        if index not in partner:
            counts["cues.gold"] += len(_cue_bag(claim)) if vital else 0
            counts[f"certainty.gold_{claim.certainty}"] += vital
            continue
        other = predicted[partner[index]]
        right = {check.slot for check in checks[index] if check.right}
        for slot in right:
            counts[f"claims.{slot}_right"] += 1
        joint = right.issuperset(JOINT)
        counts["claims.matched_vital"] += vital
        counts["claims.joint"] += joint
        counts["claims.joint_vital"] += joint and vital
        surer = _RANK[other.certainty] < _RANK[claim.certainty]
        counts["claims.overclaim"] += surer
        counts["claims.underclaim"] += _RANK[other.certainty] > _RANK[claim.certainty]
        counts["claims.hedge_kept_vital"] += vital and hedged and not surer
        counts["claims.hedge_kept"] += hedged and not surer
        cues, wanted = _cue_bag(other), _cue_bag(claim)
        counts["cues.gold"] += len(wanted)
        counts["cues.right"] += sum((Counter(cues) & Counter(wanted)).values())
        counts["cues.touched_gold"] += _touched(wanted, cues)
        counts["cues.touched_predicted"] += _touched(cues, wanted)
        counts[f"certainty.gold_{claim.certainty}"] += 1
        counts[f"certainty.right_{claim.certainty}"] += other.certainty == claim.certainty
    for other in predicted:
        counts["cues.predicted"] += len(other.cues)
        counts[f"certainty.predicted_{other.certainty}"] += 1
    return {name: counts[name] for name in COUNT_NAMES}


def _cue_bag(claim: Claim) -> list[str]:
    return [comparison_key(cue) for cue in claim.cues]


def _touched(cues: Sequence[str], by: Sequence[str]) -> int:
    """How many cues share a word with one of the others."""
    others = {word for cue in by for word in cue.split()}
    return sum(any(word in others for word in cue.split()) for cue in cues)


COUNT_NAMES = (
    *(f"claims.{name}" for name in ("predicted", "gold", "vital", "matched", "matched_vital")),
    *(f"claims.{slot}_right" for slot in SLOTS),
    *(f"claims.{name}" for name in ("joint", "joint_vital", "overclaim", "underclaim")),
    *(f"claims.{name}" for name in ("hedged", "hedged_vital", "hedge_kept", "hedge_kept_vital")),
    *(f"cues.{name}" for name in ("gold", "predicted", "right", "touched_gold", "touched_predicted")),
    *(f"certainty.{side}_{level}" for side in ("gold", "predicted", "right") for level in CERTAINTIES),
)


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
            verdict = "right" if all(check.right for check in found) else "wrong_slot"
        cues = ""
        if pair is not None:
            cues = f"; cues {list(predicted[pair.predicted].cues)} for {list(claim.cues)}"
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
                explanation=why.get(index, "no prediction says this of this passage") + cues,
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
