"""Score the figures of a brief: value, unit, bound, status, source, what is counted, as of when.

Pure. Pairs by where the number stands and by nothing else, so that a wrong value is one wrong slot and not
a miss plus an invention.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from summarizer.evaluation.keys import phrase_f1
from summarizer.evaluation.number_reading import number_spans
from summarizer.evaluation.pairing import Candidate, assign, candidates
from summarizer.evaluation.spans import place
from summarizer.records.brief import Bound, Evidence, Figure
from summarizer.records.gold import GoldFigure
from summarizer.records.run import ItemVerdict, SlotCheck, Verdict

#: Two figures stand in the same place from this Dice of their numbers' characters on.
SAME_NUMBER = 0.5
#: A quote that holds more than the number still matches, up to this length.
MAX_CONTAINER_CHARS = 100
#: "people killed" and "people killed in the outbreak" count the same thing.
COUNTED_F1 = 0.5

SLOTS = ("value", "unit", "bound", "status", "source", "counted", "as_of")
#: All of these right is what strict F1 asks.
STRICT = ("value", "unit", "bound", "status", "source")

Places = tuple[tuple[int, int], ...]


def score_figures(
    predicted: Sequence[Figure], gold: Sequence[GoldFigure], text: str, actors: Mapping[str, str]
) -> tuple[dict[str, float], tuple[ItemVerdict, ...]]:
    """Pair figures by the place of their numbers; count matches, slots and slot errors.

    `actors` maps the brief's actor ids to gold ids (`ActorScore.resolve`). Counts: `figures.*`; slots are
    over all gold figures, the slot error rate (S + D + I) / N over the slots of vital and matched gold
    ones (Makhoul et al. 1999), a missed okay figure being no error.
    """
    predicted = sorted(predicted, key=lambda figure: _content(figure, text))
    gold = sorted(gold, key=lambda figure: _content(figure, text))
    predicted_places = [_numbers((*figure.evidence, *figure.also), text) for figure in predicted]
    gold_places = [_numbers((*figure.evidence, *figure.also), text) for figure in gold]

    def similarity(p: int, g: int) -> float:
        return max(_overlap(a, b) for a in predicted_places[p] for b in gold_places[g])

    def slots(p: int, g: int) -> tuple[SlotCheck, ...]:
        bounds: set[Bound] = {gold[g].bound}
        main = predicted_places[p][0]
        for mention, where in zip(gold[g].also, gold_places[g][len(gold[g].evidence) :], strict=True):
            if mention.bound and _overlap(main, where) >= SAME_NUMBER:
                bounds = {mention.bound, gold[g].bound}
        return _slots(predicted[p], gold[g], bounds, actors)

    pairs = assign(
        candidates(
            len(predicted),
            len(gold),
            similarity,
            lambda p, g: sum(check.right for check in slots(p, g)),
            SAME_NUMBER,
        )
    )
    checks = {pair.gold: slots(pair.predicted, pair.gold) for pair in pairs}
    right = {g: {check.slot for check in found if check.right} for g, found in checks.items()}
    strict = {g for g, names in right.items() if names.issuperset(STRICT)}
    vital = {index for index, figure in enumerate(gold) if figure.nugget == "vital"}
    spurious = len(predicted) - len(pairs)
    counts: dict[str, float] = {
        "figures.predicted": len(predicted),
        "figures.gold": len(gold),
        "figures.vital": len(vital),
        "figures.matched": len(pairs),
        "figures.matched_vital": len(vital & checks.keys()),
        "figures.strict": len(strict),
        "figures.strict_vital": len(strict & vital),
        **{f"figures.{slot}_right": sum(slot in names for names in right.values()) for slot in SLOTS},
        "figures.slots": len(SLOTS) * len(vital | checks.keys()),
        "figures.slot_errors": sum(len(SLOTS) - len(names) for names in right.values())
        + len(SLOTS) * (len(vital - checks.keys()) + spurious),
    }
    return counts, _verdicts(predicted, gold, pairs, checks)


def _content(figure: Figure, text: str) -> tuple[object, ...]:
    return (
        place(figure.evidence[0], text),
        figure.value,
        figure.value_high or 0,
        figure.unit,
        figure.counted,
        figure.bound,
        figure.status,
        figure.as_of or "",
    )


def _numbers(mentions: Sequence[Evidence], text: str) -> tuple[Places, ...]:
    """For every mention: itself and, after it, its numbers as spans of the article."""
    found = []
    for mention in mentions:
        start, end = place(mention, text)
        numbers = ((start + a, start + b) for a, b in number_spans(text[start:end]))
        found.append(((start, end), *numbers))
    return tuple(found)


def _overlap(a: Places, b: Places) -> float:
    """Dice of the characters of two mentions' numbers, or 0.9 containment in a short quote."""
    if a[0][0] >= b[0][1] or b[0][0] >= a[0][1]:
        return 0.0
    length_a, length_b = _length(a[1:]), _length(b[1:])
    if not length_a or not length_b:
        return 0.0
    common = sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a[1:] for y in b[1:])
    longest = max(a[0][1] - a[0][0], b[0][1] - b[0][0])
    contained = common / min(length_a, length_b) if longest <= MAX_CONTAINER_CHARS else 0.0
    return max(2 * common / (length_a + length_b), 0.9 * contained)


def _length(spans: Places) -> int:
    return sum(end - start for start, end in spans)


def _slots(
    predicted: Figure, gold: GoldFigure, bounds: set[Bound], actors: Mapping[str, str]
) -> tuple[SlotCheck, ...]:
    def who(actor: str | None, named: Mapping[str, str]) -> str:
        return "article" if actor is None else named.get(actor, f"?{actor}")

    source = who(predicted.source, actors)
    gold_source = gold.source or "article"
    values = (_range(predicted.value, predicted.value_high), _range(gold.value, gold.value_high))
    compared = (
        ("value", values[1], values[0], values[0] == values[1] or _same_ratio(predicted, gold)),
        ("unit", gold.unit, predicted.unit, predicted.unit == gold.unit),
        ("bound", gold.bound, predicted.bound, predicted.bound in bounds),
        ("status", gold.status, predicted.status, predicted.status == gold.status),
        ("source", gold_source, source, source == gold_source),
        (
            "counted",
            gold.counted,
            predicted.counted,
            phrase_f1(predicted.counted, gold.counted) >= COUNTED_F1,
        ),
        ("as_of", gold.as_of or "none", predicted.as_of or "none", predicted.as_of == gold.as_of),
    )
    return tuple(
        SlotCheck(slot=slot, gold=wanted, predicted=found, right=right)
        for slot, wanted, found, right in compared
    )


def _range(value: float, high: float | None) -> str:
    """The value as exact decimal text: 94000 and 94000.0 read the same."""
    ends = [value] if high is None else [value, high]
    return "-".join(format(Decimal(str(end)).normalize(), "f") for end in ends)


def _same_ratio(a: Figure, b: Figure) -> bool:
    """Whether two ratios are one fraction cut at different decimals: a third as 0.33 or 0.3333."""
    if not a.unit == b.unit == "ratio" or a.value_high != b.value_high:
        return False
    x, y = Fraction(Decimal(str(a.value))), Fraction(Decimal(str(b.value)))
    return abs(x - y) <= Fraction(1, 200) and x.limit_denominator(12) == y.limit_denominator(12)


def _label(figure: Figure) -> str:
    return f"{_range(figure.value, figure.value_high)} {figure.unit} · {figure.counted}"


def _verdicts(
    predicted: Sequence[Figure],
    gold: Sequence[GoldFigure],
    pairs: Sequence[Candidate],
    checks: Mapping[int, tuple[SlotCheck, ...]],
) -> tuple[ItemVerdict, ...]:
    partner = {pair.gold: pair for pair in pairs}
    items = []
    verdict: Verdict
    for index, figure in enumerate(gold):
        first, pair = figure.evidence[0], partner.get(index)
        found = checks.get(index, ())
        if pair is None:
            verdict = "missed" if figure.nugget == "vital" else "okay_missed"
            why = "no prediction's number stands here"
        else:
            verdict = "right" if all(check.right for check in found) else "wrong_slot"
            why = f"numbers overlap {pair.similarity:.2f}"
        items.append(
            ItemVerdict(
                part="figures",
                verdict=verdict,
                gold=figure.id,
                predicted=None if pair is None else predicted[pair.predicted].id,
                nugget=figure.nugget,
                label=_label(figure),
                quote=first.quote,
                start=first.start,
                end=first.end,
                similarity=None if pair is None else pair.similarity,
                explanation=why,
                slots=found,
            )
        )
    taken = {pair.predicted for pair in pairs}
    for index, other in enumerate(predicted):
        if index not in taken:
            first = other.evidence[0]
            items.append(
                ItemVerdict(
                    part="figures",
                    verdict="spurious",
                    gold=None,
                    predicted=other.id,
                    nugget=None,
                    label=_label(other),
                    quote=first.quote,
                    start=first.start,
                    end=first.end,
                    explanation="no gold figure's number stands here, or another prediction is closer to it",
                )
            )
    return tuple(items)
