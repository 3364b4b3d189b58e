"""Edits of a perfect brief that a scorer must notice: the proof that each metric measures what it says.

Pure. The matrix itself is data (`evals/mutations.json`): which edit, on which items, and which metrics it
must move; no other metric may move. An edit returns None where it can't be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from summarizer.evaluation.actors import forms
from summarizer.evaluation.article import score_article
from summarizer.evaluation.keys import name_key
from summarizer.evaluation.metrics import BRIEF_METRICS, Metric
from summarizer.evaluation.number_reading import states
from summarizer.evaluation.perfect import brief_of
from summarizer.evaluation.prose import HEDGE_WORDS
from summarizer.evaluation.spans import shared
from summarizer.records.brief import Actor, Brief, Claim, Evidence, Figure, Rejected, Sentence
from summarizer.records.gold import GoldBrief
from summarizer.text.folding import comparison_key
from summarizer.text.sentences import split_sentences

Item = Actor | Figure | Claim
PARTS = ("actors", "figures", "claims")


@dataclass(frozen=True, slots=True)
class Mutation:
    """One row of the matrix.

    `pick` names the part and the properties an item must have (see `_fits`); `options` go to the edit;
    `must` are the metrics that move, and nothing else does; `repairs` is handed to the scorer.
    """

    name: str
    edit: str
    pick: Mapping[str, Any]
    must: frozenset[str]
    options: Mapping[str, Any]
    repairs: int = 0

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Mutation:
        """A row of `evals/mutations.json`.

        Raises:
            ValueError: an edit or a metric that doesn't exist.
        """
        known = {metric.name for metric in BRIEF_METRICS}
        unknown = sorted(set(row["must"]) - known)
        if unknown or row["edit"] not in EDITS:
            raise ValueError(f"mutation {row['name']!r}: unknown {unknown or row['edit']}")
        return cls(
            row["name"],
            row["edit"],
            row.get("pick", {}),
            frozenset(row["must"]),
            row.get("options", {}),
            row.get("repairs", 0),
        )


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


def mutants(mutation: Mutation, gold: GoldBrief, text: str) -> Iterator[tuple[str, Brief]]:
    """Every brief that the mutation makes of the labels, with the id of the edited item."""
    brief = brief_of(gold)
    if "part" not in mutation.pick:
        mutant = EDITS[mutation.edit](Target(gold, brief, text, "claims", 0, mutation.options))
        if mutant is not None:
            yield "-", mutant
        return
    part = mutation.pick["part"]
    for index, item in enumerate(getattr(gold, part)):
        target = Target(gold, brief, text, part, index, mutation.options)
        if _fits(target, item, mutation.pick):
            mutant = EDITS[mutation.edit](target)
            if mutant is not None:
                yield item.id, mutant


def moved(mutant: Brief, gold: GoldBrief, text: str, repairs: int = 0) -> frozenset[str]:
    """Names of the metrics that tell the mutant from the perfect brief."""
    perfect = _perfect_counts(gold, text)
    counts = score_article(mutant, gold, text, repairs=repairs).counts
    return moved_metrics(BRIEF_METRICS, perfect, counts)


def moved_metrics(
    metrics: Iterable[Metric], before: Mapping[str, float], after: Mapping[str, float]
) -> frozenset[str]:
    """Names of the metrics that tell two sets of counts apart; nothing to score is as good as perfect."""

    def seen(metric: Metric, counts: Mapping[str, float]) -> float:
        value = metric.value(counts)
        return value if value is not None else float(not metric.lower_is_better)

    return frozenset(metric.name for metric in metrics if seen(metric, before) != seen(metric, after))


@lru_cache(maxsize=64)
def _perfect_counts(gold: GoldBrief, text: str) -> dict[str, float]:
    return score_article(brief_of(gold), gold, text).counts


def _fits(target: Target, item: Any, pick: Mapping[str, Any]) -> bool:
    """Whether a gold item has the properties that a row asks for.

    Plain fields compare by value (a list: one of them); `hedged`, `cued`, `spoken`, `referenced`, `alone`,
    `scaled`, `speaks` are yes/no questions; `max_share` bounds the evidence's share of the article.
    """
    questions: dict[str, Callable[[], bool]] = {
        "hedged": lambda: item.certainty != "certain",
        "cued": lambda: bool(item.cues),
        "spoken": lambda: bool(item.speakers),
        "sourced": lambda: item.source is not None,
        "referenced": lambda: item.id in _referenced(target.gold),
        "sources": lambda: any(figure.source == item.id for figure in target.gold.figures),
        "speaks": lambda: any(c.speakers == (item.id,) and c.nugget == "vital" for c in target.gold.claims),
        "cited": lambda: any(item.id in sentence.cites for sentence in target.brief.summary),
        "plain": lambda: not HEDGE_WORDS.search(comparison_key(item.text)),
        "alone": lambda: _alone(target, item),
        "short": lambda: len(item.evidence[0].quote) * pick.get("short_of", 12) < len(target.text),
    }
    for name, wanted in pick.items():
        if name in ("part", "short_of"):
            continue
        if name in questions:
            if questions[name]() != wanted:
                return False
        elif getattr(item, name) not in (wanted if isinstance(wanted, list) else [wanted]):
            return False
    return True


def _referenced(gold: GoldBrief) -> set[str]:
    found = {actor for claim in gold.claims for actor in claim.speakers}
    return found | {figure.source for figure in gold.figures if figure.source}


def _spans(item: Any) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in (*item.evidence, *getattr(item, "also", ()))]


def _alone(target: Target, item: Any) -> bool:
    """Whether no other gold item of the part has evidence on the same passage."""
    others = [
        span for other in getattr(target.gold, target.part) if other is not item for span in _spans(other)
    ]
    return not any(shared(mine, other) for mine in _spans(item) for other in others)


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


def _evidence(text: str, start: int, end: int) -> tuple[Evidence, ...]:
    return (Evidence(quote=text[start:end], start=start, end=end),)


def _whole_article(target: Target) -> Brief:
    return target.with_item(evidence=_evidence(target.text, 0, len(target.text)), **_no_also(target))


def _no_also(target: Target) -> dict[str, Any]:
    return {"also": ()} if target.part == "figures" else {}


def _other_sentence(target: Target) -> Brief | None:
    gold_item = getattr(target.gold, target.part)[target.index]
    for start, end in split_sentences(target.text, 0, len(target.text)):
        short = 20 < end - start < 300
        if short and not any(shared((start, end), span) for span in _spans(gold_item)):
            return target.with_item(evidence=_evidence(target.text, start, end))
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


def _add_figure(target: Target) -> Brief | None:
    """A number of the text that is no figure (a date, say) taken for one."""
    taken = [span for figure in target.gold.figures for span in _spans(figure)]
    place = next(
        (
            (word_start, word_start + len(word))
            for word_start, word in _words(target.text)
            if word.isdigit()
            and not any(shared((word_start, word_start + len(word)), span) for span in taken)
        ),
        None,
    )
    if place is None or not target.brief.figures:
        return None
    new = target.brief.figures[0].model_copy(
        update={
            "id": f"f{len(target.brief.figures) + 1}",
            "evidence": _evidence(target.text, *place),
            "also": (),
            "value": int(target.text[place[0] : place[1]]),
            "value_high": None,
        }
    )
    return target.brief.model_copy(update={"figures": (*target.brief.figures, new)})


def _words(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for word in text.split():
        start = text.index(word, start)
        stripped = word.strip(".,;:()")
        if stripped:
            yield start + word.index(stripped), stripped
        start += len(word)


def _add_claim(target: Target) -> Brief | None:
    """A claim about a passage that nothing is claimed of."""
    taken = [span for claim in target.gold.claims for span in _spans(claim)]
    for start, end in split_sentences(target.text, 0, len(target.text)):
        if 8 < end - start < 300 and not any(shared((start, end), span) for span in taken):
            new = Claim(
                id=f"c{len(target.brief.claims) + 1}",
                text="Purple elephants juggle turnips.",
                speakers=(),
                via=None,
                sourcing="article",
                polarity="affirmed",
                certainty="certain",
                cues=(),
                when=None,
                evidence=_evidence(target.text, start, end),
            )
            return target.brief.model_copy(update={"claims": (*target.brief.claims, new)})
    return None


def _sentence(target: Target, **fields: Any) -> Brief | None:
    """The first sentence of the summary with fields changed."""
    if not target.brief.summary:
        return None
    first = target.brief.summary[0].model_copy(update=fields)
    return target.brief.model_copy(update={"summary": (first, *target.brief.summary[1:])})


def _cite_nothing(target: Target) -> Brief | None:
    """A citation too many, of a claim that isn't there."""
    return _sentence(target, cites=(*(target.brief.summary[0].cites if target.brief.summary else ()), "c999"))


def _extend_sentence(target: Target) -> Brief | None:
    if not target.brief.summary:
        return None
    return _sentence(target, text=f"{target.brief.summary[0].text} {target.options['by']}")


def _sum_up_surely(target: Target) -> Brief | None:
    """A sentence that states a hedged claim's bare proposition."""
    sentence = Sentence(text=target.item.text, cites=(target.item.id,))
    return target.brief.model_copy(update={"summary": (sentence,)})


def _refuse(target: Target) -> Brief:
    refused = Rejected(
        part="claim",
        draft_id="c99",
        field="evidence",
        code=target.options["code"],
        reason="stands in several places",
        quote="the",
        nearest=None,
    )
    return target.brief.model_copy(update={"rejected": (refused,)})


def _nothing(target: Target) -> Brief:
    return target.brief


def _shuffle(target: Target) -> Brief:
    """All items in reverse order under new ids; references follow."""
    brief = target.brief
    names = {
        item.id: f"{part[0]}{len(items) - index + 100}"
        for part in PARTS
        for items in (getattr(brief, part),)
        for index, item in enumerate(items)
    }
    actors = [a.model_copy(update={"id": names[a.id], "aliases": a.aliases[::-1]}) for a in brief.actors]
    figures = [
        f.model_copy(
            update={
                "id": names[f.id],
                "source": names[f.source] if f.source else None,
                "also": f.also[::-1],
            }
        )
        for f in brief.figures
    ]
    claims = [
        c.model_copy(
            update={
                "id": names[c.id],
                "speakers": tuple(names[s] for s in reversed(c.speakers)),
                "cues": c.cues[::-1],
            }
        )
        for c in brief.claims
    ]
    summary = [s.model_copy(update={"cites": tuple(names[c] for c in s.cites)}) for s in brief.summary]
    return brief.model_copy(
        update={
            "actors": tuple(actors[::-1]),
            "figures": tuple(figures[::-1]),
            "claims": tuple(claims[::-1]),
            "summary": tuple(summary[::-1]),
        }
    )


def _rewrite(brief: Brief, change: Callable[[str], str]) -> Brief:
    """`change` applied to every free string of the brief; quotes stay what the article says."""
    return brief.model_copy(
        update={
            "actors": tuple(
                a.model_copy(
                    update={
                        "name": change(a.name),
                        "role": a.role and change(a.role),
                        "aliases": tuple(map(change, a.aliases)),
                    }
                )
                for a in brief.actors
            ),
            "figures": tuple(f.model_copy(update={"counted": change(f.counted)}) for f in brief.figures),
            "claims": tuple(
                c.model_copy(update={"text": change(c.text), "cues": tuple(map(change, c.cues))})
                for c in brief.claims
            ),
        }
    )


def _case_noise(target: Target) -> Brief:
    return _rewrite(target.brief, str.upper)


def _space_noise(target: Target) -> Brief:
    return _rewrite(target.brief, lambda string: "  " + string.replace(" ", "\u00a0 ") + "\n")


def _paraphrase(target: Target) -> Brief:
    """Other function words and another order, the same content."""

    def other_words(sentence: str) -> str:
        words = sentence.rstrip(".").split()
        half = len(words) // 2
        return "It is so that " + " ".join((*words[half:], "and", *words[:half])) + "."

    claims = tuple(
        claim.model_copy(update={"text": other_words(claim.text)}) for claim in target.brief.claims
    )
    return target.brief.model_copy(update={"claims": claims})


EDITS: Mapping[str, Callable[[Target], Brief | None]] = {
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
    "add_figure": _add_figure,
    "add_claim": _add_claim,
    "cite_nothing": _cite_nothing,
    "extend_sentence": _extend_sentence,
    "sum_up_surely": _sum_up_surely,
    "refuse": _refuse,
    "nothing": _nothing,
    "shuffle": _shuffle,
    "case_noise": _case_noise,
    "space_noise": _space_noise,
    "paraphrase": _paraphrase,
}
