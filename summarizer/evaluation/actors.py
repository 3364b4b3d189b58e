"""Score the actors of a brief: who takes part, under which names, of what kind, in what role.

Pure. Pairs by shared name forms, so that kind and role can't decide whether two actors are the same.
Also settles whom an id of the brief means among the gold actors (for speakers and sources).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from summarizer.evaluation.keys import name_key, phrase_f1
from summarizer.evaluation.pairing import Candidate, assign, candidates
from summarizer.evaluation.spans import place
from summarizer.records.brief import Actor
from summarizer.records.gold import GoldActor
from summarizer.records.run import ItemVerdict, SlotCheck

#: Two roles are the same from this token F1 on ("Secretary of State" for "US Secretary of State": 0.8).
ROLE_F1 = 0.5


@dataclass(frozen=True, slots=True)
class ActorScore:
    """Counts and verdicts of the actors, and the map from the brief's actor ids to gold ids."""

    counts: dict[str, float]
    items: tuple[ItemVerdict, ...]
    resolve: dict[str, str]


def forms(actor: Actor) -> frozenset[str]:
    """All name forms of an actor, as keys."""
    return frozenset(map(name_key, (actor.name, *actor.aliases)))


def score_actors(predicted: Sequence[Actor], gold: Sequence[GoldActor], text: str) -> ActorScore:
    """Pair actors by the Dice of their name forms and count what is right about them.

    Counts: `actors.*`. P over predictions (a match with an okay item is right), R over vital gold;
    name, kind and role over all gold; B³ over name forms: recall over those of vital gold actors,
    precision over all predicted ones (Bagga and Baldwin 1998; a form that the other side lacks scores 0).
    """
    predicted = sorted(predicted, key=lambda actor: (place(actor.evidence[0], text), _content(actor)))
    gold = sorted(gold, key=lambda actor: (place(actor.evidence[0], text), _content(actor)))
    predicted_forms, gold_forms = [forms(a) for a in predicted], [forms(a) for a in gold]

    def similarity(p: int, g: int) -> float:
        a, b = predicted_forms[p], gold_forms[g]
        return 2 * len(a & b) / (len(a) + len(b))

    def agreeing(p: int, g: int) -> int:
        return sum(check.right for check in _slots(predicted[p], gold[g]))

    pairs = assign(candidates(len(predicted), len(gold), similarity, agreeing, admissible=0))
    items = _verdicts(predicted, gold, pairs)
    counts: dict[str, float] = {
        "actors.predicted": len(predicted),
        "actors.gold": len(gold),
        "actors.vital": sum(actor.nugget == "vital" for actor in gold),
        "actors.matched": len(pairs),
        "actors.matched_vital": sum(gold[pair.gold].nugget == "vital" for pair in pairs),
    }
    for slot in ("name", "kind", "role"):
        counts[f"actors.{slot}_right"] = sum(
            check.right for item in items for check in item.slots if check.slot == slot
        )
    counts |= _b_cubed(predicted_forms, gold_forms, [actor.nugget == "vital" for actor in gold])
    return ActorScore(counts, items, _resolution(predicted, gold, pairs))


def _content(actor: Actor) -> tuple[str, ...]:
    return (actor.name, actor.kind, actor.role or "", *sorted(actor.aliases))


def _slots(predicted: Actor, gold: GoldActor) -> tuple[SlotCheck, ...]:
    same_role = (
        predicted.role is gold.role
        if predicted.role is None or gold.role is None
        else phrase_f1(predicted.role, gold.role) >= ROLE_F1
    )
    return (
        SlotCheck(
            slot="name",
            gold=gold.name,
            predicted=predicted.name,
            right=name_key(predicted.name) == name_key(gold.name),
        ),
        SlotCheck(slot="kind", gold=gold.kind, predicted=predicted.kind, right=predicted.kind == gold.kind),
        SlotCheck(slot="role", gold=gold.role or "none", predicted=predicted.role or "none", right=same_role),
    )


def _verdicts(
    predicted: Sequence[Actor], gold: Sequence[GoldActor], pairs: Sequence[Candidate]
) -> tuple[ItemVerdict, ...]:
    partner = {pair.gold: pair for pair in pairs}
    items = []
    for index, actor in enumerate(gold):
        first = actor.evidence[0]
        pair = partner.get(index)
        label = _label(actor)
        if pair is None:
            items.append(
                ItemVerdict(
                    part="actors",
                    verdict="missed" if actor.nugget == "vital" else "okay_missed",
                    gold=actor.id,
                    predicted=None,
                    nugget=actor.nugget,
                    label=label,
                    quote=first.quote,
                    start=first.start,
                    end=first.end,
                    explanation="no predicted actor shares a name form that another gold actor doesn't claim",
                )
            )
            continue
        other = predicted[pair.predicted]
        checks = _slots(other, actor)
        common = sorted(forms(other) & forms(actor))
        extra = sorted(forms(other) - forms(actor))
        lacking = sorted(forms(actor) - forms(other))
        items.append(
            ItemVerdict(
                part="actors",
                verdict="right" if all(check.right for check in checks) else "wrong_slot",
                gold=actor.id,
                predicted=other.id,
                nugget=actor.nugget,
                label=label,
                quote=first.quote,
                start=first.start,
                end=first.end,
                similarity=pair.similarity,
                explanation=f"shared forms: {', '.join(common)}"
                + (f"; lacking: {', '.join(lacking)}" if lacking else "")
                + (f"; not in gold: {', '.join(extra)}" if extra else ""),
                slots=checks,
            )
        )
    taken = {pair.predicted for pair in pairs}
    for index, other in enumerate(predicted):
        if index not in taken:
            first = other.evidence[0]
            near = sorted({a.name for a in gold if forms(a) & forms(other)})
            items.append(
                ItemVerdict(
                    part="actors",
                    verdict="spurious",
                    gold=None,
                    predicted=other.id,
                    nugget=None,
                    label=_label(other),
                    quote=first.quote,
                    start=first.start,
                    end=first.end,
                    explanation=f"a second entry for {', '.join(near)}"
                    if near
                    else "no gold actor has such a name",
                )
            )
    return tuple(items)


def _label(actor: Actor) -> str:
    return " = ".join((actor.name, *actor.aliases))


def _b_cubed(
    predicted: Sequence[frozenset[str]], gold: Sequence[frozenset[str]], vital: Sequence[bool]
) -> dict[str, float]:
    recall = [
        max((len(g & p) / len(g) for p in predicted if form in p), default=0.0)
        for g, wanted in zip(gold, vital, strict=True)
        if wanted
        for form in sorted(g)
    ]
    precision = [
        max((len(p & g) / len(p) for g in gold if form in g), default=0.0)
        for p in predicted
        for form in sorted(p)
    ]
    return {
        "actors.forms_vital": len(recall),
        "actors.forms_predicted": len(precision),
        "actors.b3_recall_sum": round(fsum(recall), 9),
        "actors.b3_precision_sum": round(fsum(precision), 9),
    }


def _resolution(
    predicted: Sequence[Actor], gold: Sequence[GoldActor], pairs: Sequence[Candidate]
) -> dict[str, str]:
    """Gold id that each predicted id means; "?name" for none.

    By the name string first, by the pairing second, by most shared forms third: so an actor who is
    listed twice, or whose entry is missing, doesn't cost every claim its speaker.
    """
    paired = {pair.predicted: pair.gold for pair in pairs}
    gold_forms = [forms(actor) for actor in gold]
    resolved: dict[str, str] = {}
    for index, actor in enumerate(predicted):
        named = [g for g, known in enumerate(gold_forms) if name_key(actor.name) in known]
        partner = paired.get(index)
        mine = forms(actor)
        sharing = sorted(
            (g for g, known in enumerate(gold_forms) if known & mine),
            key=lambda g: (-len(gold_forms[g] & mine), g),
        )
        if partner is not None and (partner in named or not named):
            resolved[actor.id] = gold[partner].id
        elif named:
            resolved[actor.id] = gold[named[0]].id
        elif sharing:
            resolved[actor.id] = gold[sharing[0]].id
        else:
            resolved[actor.id] = f"?{name_key(actor.name)}"
    return resolved
