"""Hold the sentences of a summary against what they cite: numbers, names, hedges, citations.

Pure. Needs no gold: the same checks serve as a score and as an invariant (allowed misses: 0). What a
sentence cites is handed in as `Cited`; briefs and digests differ only in how that is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from summarizer.evaluation.keys import STOP_WORDS, tokens
from summarizer.records.brief import CERTAINTIES, Bound, Brief, Certainty, Sentence
from summarizer.records.digest import Digest
from summarizer.text.folding import comparison_key

_RANK = {certainty: rank for rank, certainty in enumerate(CERTAINTIES)}
#: Words that make a sentence less than certain, by the degree they leave. Written for the scorer, from the
#: contract's wording, not taken from the engine: it must not share the engine's blind spots.
_HEDGES: tuple[tuple[Certainty, re.Pattern[str]], ...] = (
    (
        "unknown",
        re.compile(
            r"\b(unclear|unknown|not (?:yet )?(?:clear|known|certain|decided)|(?:not|never|\w+n't) know|"
            r"without knowing|no (?:clarity|idea)|hopes?|hoped|hoping|whether|remains? to be seen|only if|"
            r"declin\w+ to say|"
            r"(?:not|never|\w+n't) (?:immediately )?(?:say|said|disclose\w*|comment\w*|verif\w+|confirm\w*)|"
            r"no word|open question|uncertain)\b"
        ),
    ),
    (
        "possible",
        re.compile(
            r"\b(may|might|could|can|possib\w+|perhaps|potential\w*|alleg\w+|reported(?:ly)?|apparent\w*|"
            r"suggest\w*|fear\w*|worr\w+|speculat\w+|as (?:early|soon) as|scenario|risk\w*|rumou?r\w*|"
            r"purport\w*)\b"
        ),
    ),
    (
        "probable",
        re.compile(
            r"\b(likely|unlikely|probabl\w+|expect\w*|believ\w+|think\w*|thought|understand\w*|estimat\w+|"
            r"predict\w*|forecast\w*|presumab\w+|seem\w*|appear\w*|consensus|assum\w+|suspect\w*|should|would|"
            r"project\w*|anticipat\w+|reckon\w*|on track|set to|due to)\b"
        ),
    ),
)
#: Any of them.
HEDGE_WORDS = re.compile("|".join(words.pattern for _, words in _HEDGES))
_DAYS = "monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
_MONTHS = "august september october november december jan feb mar apr jun jul aug sept sep oct nov dec"
#: Capitalised, but no names: when something happened is the business of dates.
_DATE_WORDS = frozenset((*_DAYS.split(), *_MONTHS.split()))
_NAME = re.compile(r"(?<![\w'’-])[A-Z][\w'’-]*[a-z][\w'’-]*|(?<![\w'’-])[A-Z]{2,}(?![\w'’-])")


@dataclass(frozen=True, slots=True)
class CitedFigure:
    """What a number in a sentence must agree with."""

    value: float
    value_high: float | None
    bounds: tuple[Bound, ...]


@dataclass(slots=True)
class Cited:
    """Everything that the items behind a sentence's citations say."""

    texts: list[str] = field(default_factory=list)
    figures: list[CitedFigure] = field(default_factory=list)
    claims: list[tuple[Certainty, tuple[str, ...]]] = field(default_factory=list)
    complete: bool = True


@dataclass(frozen=True, slots=True)
class ProseFault:
    """A sentence that says more than it cites."""

    sentence: int
    kind: str
    text: str


def check_prose(
    sentences: Sequence[Sentence], cited: Callable[[Sentence], Cited], prefix: str
) -> tuple[dict[str, float], tuple[ProseFault, ...]]:
    """Counts `<prefix>.*` and the faults of a summary's sentences.

    Kinds of fault: `citation` (an id that is nothing), `number` (equals no cited figure with its bound, and
    stands in no cited text), `name` (stands in nothing cited), `surer` (surer than the surest cited claim).
    """
    faults: list[ProseFault] = []
    numbers = names = hedged = 0
    for position, sentence in enumerate(sentences, 1):
        behind = cited(sentence)
        if not behind.complete:
            faults.append(ProseFault(position, "citation", ", ".join(sentence.cites)))
        found_numbers = _numbers(sentence.text)
        numbers += len(found_numbers)
        for quote, value, high, bound in found_numbers:
            if not _carried(quote, value, high, bound, behind):
                faults.append(ProseFault(position, "number", quote))
        found_names = _names(sentence.text)
        names += len(found_names)
        known = {word for text in behind.texts for word in tokens(text)}
        faults += [
            ProseFault(position, "name", name) for name in found_names if not known.issuperset(tokens(name))
        ]
        if behind.claims:
            surest = min((certainty for certainty, _ in behind.claims), key=_RANK.__getitem__)
            hedged += surest != "certain"
            if _RANK[_certainty_of(sentence.text, behind)] < _RANK[surest]:
                faults.append(ProseFault(position, "surer", f"{surest} at most: {sentence.text}"))
    wrong = {
        kind: sum(fault.kind == kind for fault in faults) for kind in ("citation", "number", "name", "surer")
    }
    return {
        f"{prefix}.sentences": len(sentences),
        f"{prefix}.cited": len(sentences) - wrong["citation"],
        f"{prefix}.numbers": numbers,
        f"{prefix}.numbers_right": numbers - wrong["number"],
        f"{prefix}.names": names,
        f"{prefix}.names_right": names - wrong["name"],
        f"{prefix}.hedged": hedged,
        f"{prefix}.surer": wrong["surer"],
    }, tuple(faults)


def _numbers(sentence: str) -> list[tuple[str, float, float | None, Bound]]:
    from summarizer.text.numbers import find_quantities

    return [(sentence[q.start : q.end], q.value, q.value_high, q.bound) for q in find_quantities(sentence)]


def _carried(quote: str, value: float, high: float | None, bound: Bound, behind: Cited) -> bool:
    same = any(
        figure.value == value and figure.value_high == high and bound in figure.bounds
        for figure in behind.figures
    )
    key = comparison_key(quote)
    return same or any(key in comparison_key(text) for text in behind.texts)


def _names(sentence: str) -> list[str]:
    """Capitalised words that don't open the sentence or a quotation."""
    found = []
    for match in _NAME.finditer(sentence):
        before = sentence[: match.start()].rstrip()
        word = match.group().casefold()
        if not before or before[-1] in ".!?:“\"'‘(" or word in STOP_WORDS or word in _DATE_WORDS:
            continue
        found.append(match.group())
    return found


def _certainty_of(sentence: str, behind: Cited) -> Certainty:
    """The least sure degree that the sentence's own words, or a cited claim's cues in it, express."""
    key = comparison_key(sentence)
    degrees: list[Certainty] = ["certain"]
    degrees += [degree for degree, words in _HEDGES if words.search(key)]
    degrees += [
        certainty for certainty, cues in behind.claims if any(comparison_key(cue) in key for cue in cues)
    ]
    return max(degrees, key=_RANK.__getitem__)


def cited_in_brief(brief: Brief) -> Callable[[Sentence], Cited]:
    """What a sentence of a brief's summary may draw on.

    Numbers and names from anywhere in the brief (one article puts them together); hedges from what it cites.
    """
    texts = [form for actor in brief.actors for form in (actor.name, actor.role or "", *actor.aliases)]
    texts += [figure.place or "" for figure in brief.figures]
    texts += [figure.counted for figure in brief.figures]
    texts += [span.quote for figure in brief.figures for span in figure.evidence]
    texts += [text for claim in brief.claims for text in (claim.text, claim.evidence[0].quote)]
    figures = [
        CitedFigure(f.value, f.value_high, (f.bound, *(m.bound for m in f.also if m.bound)))
        for f in brief.figures
    ]
    claims = {claim.id: claim for claim in brief.claims}
    known = claims.keys() | {figure.id for figure in brief.figures}

    def look_up(sentence: Sentence) -> Cited:
        cited = [claims[name] for name in sentence.cites if name in claims]
        return Cited(
            texts=texts,
            figures=figures,
            claims=[(claim.certainty, claim.cues) for claim in cited],
            complete=known.issuperset(sentence.cites),
        )

    return look_up


def cited_in_digest(digest: Digest) -> Callable[[Sentence], Cited]:
    """What a sentence of the digest's summary cites: clusters, series, events, questions, actors."""
    names = {actor.id: (actor.name, actor.role or "", *actor.aliases) for actor in digest.actors}
    series = {entry.id: entry for entry in digest.figures}
    clusters = {cluster.id: cluster for cluster in digest.claims}
    events = {event.id: event for event in digest.timeline}
    questions = {question.id: question for question in digest.open_questions}
    by_member = {member: cluster.id for cluster in digest.claims for member in cluster.members}

    def look_up(sentence: Sentence) -> Cited:
        cited = Cited()
        todo, seen = list(sentence.cites), set()
        while todo:
            name = todo.pop(0)
            if name in seen:
                continue
            seen.add(name)
            if name in series:
                cited.texts.append(series[name].quantity)
                for point in series[name].points:
                    cited.texts += [point.counted, point.place or "", *(e.quote for e in point.evidence)]
                    cited.texts += _named((point.source, point.via), names)
                    cited.figures.append(CitedFigure(point.value, point.value_high, (point.bound,)))
            elif name in clusters:
                cluster = clusters[name]
                cited.texts.append(cluster.text)
                cited.texts += _named((*cluster.affirm, *cluster.deny), names)
                for voice in cluster.voices:
                    cited.texts += [voice.text, *(e.quote for e in voice.evidence)]
                    cited.texts += _named((*voice.speakers, voice.via), names)
                    cited.claims.append((voice.certainty, voice.cues))
            elif name in events:
                cited.texts += [events[name].text, events[name].date]
                todo += [by_member[member] for member in events[name].claims if member in by_member]
            elif name in questions:
                cited.texts.append(questions[name].text)
                todo += questions[name].cites
            elif name in names:
                cited.texts += names[name]
            else:
                cited.complete = False
        return cited

    return look_up


def _named(actors: Iterable[str | None], names: dict[str, tuple[str, ...]]) -> list[str]:
    return [form for actor in actors if actor is not None for form in names.get(actor, ())]
