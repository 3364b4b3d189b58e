"""Check labels against the rules of labelling that a program can check.

Pure. A *problem* makes a file unusable (a quote that isn't there, a speaker who is no actor); a *warning*
is a place to look at again (a hedged claim without cues, a number that is no figure).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.evaluation.grounding import TIGHT_CHARS
from summarizer.evaluation.keys import content_tokens, name_key, tokens
from summarizer.evaluation.number_reading import states
from summarizer.records.gold import GoldActor, GoldBrief, GoldClaim, GoldDigest, GoldFigure
from summarizer.text.folding import comparison_key

_ISO = r"\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2})?)?)?"
ISO_DATE = re.compile(rf"{_ISO}(?:/{_ISO})?")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
#: Words of speaking and hedging that a claim's text doesn't carry: they belong to speaker and certainty.
_TOLD = "said says saying allegedly reportedly likely probably possibly perhaps maybe might"
_NOT_IN_TEXT = frozenset(_TOLD.split())
_PRO = "he she it they we i you this these those his her their its"
_PRONOUNS = frozenset(_PRO.split())


@dataclass(frozen=True, slots=True)
class LabelProblem:
    """What is wrong, or doubtful, and where."""

    severity: Literal["problem", "warning"]
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.where}: {self.message}"


def check_labels(gold: GoldBrief, text: str, reasons: str = "") -> tuple[LabelProblem, ...]:
    """Everything that is wrong or doubtful in the labels of one article.

    `reasons` is the labeller's note on numbers that are no figures; a number that it names isn't reported.
    """
    return tuple(_labels(gold, text, reasons))


def _problem(where: str, message: str) -> LabelProblem:
    return LabelProblem("problem", where, message)


def _warning(where: str, message: str) -> LabelProblem:
    return LabelProblem("warning", where, message)


def _labels(gold: GoldBrief, text: str, reasons: str) -> Iterator[LabelProblem]:
    published = gold.article.published
    if (published.date is None) != (published.basis == "unknown"):
        yield _problem("article", "published: the date is null exactly when the basis is unknown")
    actors = {actor.id: actor for actor in gold.actors}
    for part, items in (("actors", gold.actors), ("figures", gold.figures), ("claims", gold.claims)):
        for repeated, count in Counter(item.id for item in items).items():
            if count > 1:
                yield _problem(f"{part}/{repeated}", "the id stands twice")
        for item in items:
            yield from _offsets(f"{part}/{item.id}", item, text)
    for actor in gold.actors:
        yield from _actor(actor, text)
    for figure in gold.figures:
        yield from _figure(figure, actors)
    for claim in gold.claims:
        yield from _claim(claim, actors)
    yield from _doubles(gold)
    yield from _numbers(gold, text, reasons)


def _offsets(where: str, item: GoldActor | GoldFigure | GoldClaim, text: str) -> Iterator[LabelProblem]:
    for span in (*item.evidence, *getattr(item, "also", ())):
        if text[span.start : span.end] != span.quote:
            yield _problem(where, f"text[{span.start}:{span.end}] is not the quote {span.quote!r}")


def _actor(actor: GoldActor, text: str) -> Iterator[LabelProblem]:
    where = f"actors/{actor.id}"
    for form in (actor.name, *actor.aliases):
        if comparison_key(form) not in comparison_key(text):
            yield _warning(where, f"{form!r} does not stand in the article")
    if name_key(actor.name) not in name_key(actor.evidence[0].quote):
        yield _warning(where, f"the first evidence {actor.evidence[0].quote!r} does not give the name")


def _figure(figure: GoldFigure, actors: Mapping[str, GoldActor]) -> Iterator[LabelProblem]:
    where = f"figures/{figure.id}"
    for field, actor in (("source", figure.source), ("via", figure.via)):
        if actor is not None and actor not in actors:
            yield _problem(where, f"{field} {actor!r} is no actor")
    if (figure.value_high is not None) != (figure.bound == "between"):
        yield _problem(where, "value_high stands exactly where the bound is between")
    if figure.value < 0 or (figure.value_high is not None and figure.value_high <= figure.value):
        yield _problem(where, "values carry no sign, and value_high is the higher one")
    for end in (figure.value, figure.value_high):
        if end is not None and not states(figure.evidence[0].quote, end):
            yield _warning(where, f"{end} can't be read off {figure.evidence[0].quote!r}")
    if figure.as_of is not None and not ISO_DATE.fullmatch(figure.as_of):
        yield _problem(where, f"as_of {figure.as_of!r} is no ISO date or interval")


def _claim(claim: GoldClaim, actors: Mapping[str, GoldActor]) -> Iterator[LabelProblem]:
    where = f"claims/{claim.id}"
    for field, names in (("speaker", claim.speakers), ("via", (claim.via,) if claim.via else ())):
        for actor in names:
            if actor not in actors:
                yield _problem(where, f"{field} {actor!r} is no actor")
    if bool(claim.speakers) == (claim.sourcing == "article"):
        yield _problem(where, "sourcing is article exactly where there are no speakers")
    evidence = comparison_key(claim.evidence[0].quote)
    for cue in claim.cues:
        if comparison_key(cue) not in evidence:
            yield _problem(where, f"cue {cue!r} does not stand in the evidence")
    if not claim.cues and claim.certainty != "certain":
        yield _warning(where, f"{claim.certainty} without a cue")
    if not claim.cues and claim.polarity == "denied":
        yield _warning(where, "denied without a cue")
    if claim.cues and claim.certainty == "certain" and claim.polarity == "affirmed":
        yield _warning(where, f"cues {list(claim.cues)} on a plain assertion")
    if claim.when is not None and not ISO_DATE.fullmatch(claim.when):
        yield _problem(where, f"when {claim.when!r} is no ISO date or interval")
    words = tokens(claim.text)
    told = sorted(_NOT_IN_TEXT.intersection(words))
    if told:
        yield _warning(where, f"the text carries {', '.join(told)}")
    expletive = words[:1] == ("it",) and words[1:2] in (("is",), ("was",))  # "It is known where …"
    if words and words[0] in _PRONOUNS and not expletive:
        yield _warning(where, f"the text starts with a pronoun: {claim.text!r}")
    if len(claim.evidence[0].quote) > TIGHT_CHARS:
        yield _warning(where, f"evidence of {len(claim.evidence[0].quote)} characters")
    if claim.nugget == "vital":
        for actor in claim.speakers:
            if actor in actors and actors[actor].nugget != "vital":
                yield _warning(where, f"a vital claim, but its speaker {actor} is not vital")


def _doubles(gold: GoldBrief) -> Iterator[LabelProblem]:
    forms: dict[str, list[str]] = {}
    for actor in gold.actors:
        for form in sorted({name_key(name) for name in (actor.name, *actor.aliases)}):
            forms.setdefault(form, []).append(actor.id)
    for form, owners in forms.items():
        if len(owners) > 1:
            yield _warning("actors/" + "+".join(owners), f"{form!r} is a form of several actors")
    said: dict[tuple[object, ...], list[str]] = {}
    for claim in gold.claims:
        key = (content_tokens(claim.text), claim.polarity, claim.speakers)
        said.setdefault(key, []).append(claim.id)
    for claims in said.values():
        if len(claims) > 1:
            yield _warning("claims/" + "+".join(claims), "the same claim of the same speakers")


def _numbers(gold: GoldBrief, text: str, reasons: str) -> Iterator[LabelProblem]:
    covered = [(s.start, s.end) for f in gold.figures for s in (*f.evidence, *f.also)]
    for match in _NUMBER.finditer(text):
        inside = any(start < match.end() and match.start() < end for start, end in covered)
        if not inside and match.group() not in reasons:
            context = " ".join(text[max(0, match.start() - 25) : match.end() + 20].split())
            message = f"{match.group()!r} is no figure, and no reason is noted: …{context}…"
            yield _warning(f"text/{match.start()}", message)


def check_digest(digest: GoldDigest, briefs: Mapping[str, GoldBrief]) -> tuple[LabelProblem, ...]:
    """What is wrong in a story's labels; `briefs` by article id."""
    return tuple(_digest(digest, briefs))


def _digest(digest: GoldDigest, briefs: Mapping[str, GoldBrief]) -> Iterator[LabelProblem]:
    figures = {f"{name}/{figure.id}": figure for name, gold in briefs.items() for figure in gold.figures}
    actors = [f"{name}/{actor.id}" for name, gold in briefs.items() for actor in gold.actors]
    claims = {f"{name}/{claim.id}" for name, gold in briefs.items() for claim in gold.claims}
    yield from _partition("actors", [cluster.members for cluster in digest.actors], actors)
    yield from _partition("figures", [series.members for series in digest.figures], list(figures))
    for series in digest.figures:
        statuses = {figures[member].status for member in series.members if member in figures}
        if "actual" in statuses and len(statuses) > 1:
            yield _problem(f"figures/{series.id}", "planned or possible figures beside actual ones")
        for relation in series.relations:
            if not {relation.a, relation.b} <= set(series.members) or relation.a == relation.b:
                yield _problem(f"figures/{series.id}", f"relation of {relation.a} and {relation.b}")
    known = {cluster.id for cluster in digest.actors}
    for cluster in digest.claims:
        where = f"claims/{cluster.id}"
        for member in cluster.members:
            if member not in claims:
                yield _problem(where, f"{member} is no claim")
        for actor in (*cluster.affirm, *cluster.deny):
            if actor not in known:
                yield _problem(where, f"{actor} is no actor of the story")
        if cluster.state == "corroborated" and cluster.origins < 2:
            yield _problem(where, f"corroborated by {cluster.origins} origin")
        if cluster.state == "single_source" and cluster.origins > 1:
            yield _warning(where, f"single source with {cluster.origins} origins")
        if len(cluster.members) < 2 and cluster.state != "disputed":
            yield _warning(where, "a cluster of one that is not disputed")
    for index, event in enumerate(digest.timeline, 1):
        if not ISO_DATE.fullmatch(event.date):
            yield _problem(f"timeline/{index}", f"{event.date!r} is no ISO date or interval")
    events = [(f"timeline/{i}", event.claims) for i, event in enumerate(digest.timeline, 1)]
    asked = [(f"open_questions/{i}", asked.claims) for i, asked in enumerate(digest.open_questions, 1)]
    for where, members in (*events, *asked):
        for member in members:
            if member not in claims:
                yield _problem(where, f"{member} is no claim")
    ids = known | {series.id for series in digest.figures} | {cluster.id for cluster in digest.claims}
    for index, sentence in enumerate(digest.summary, 1):
        for cite in sentence.cites:
            if cite not in ids:
                yield _problem(f"summary/{index}", f"cites {cite}, which is nothing")


def _partition(
    part: str, clusters: Sequence[Sequence[str]], members: Sequence[str]
) -> Iterator[LabelProblem]:
    """Every member stands in exactly one cluster, and nothing else does."""
    counts = Counter(member for cluster in clusters for member in cluster)
    for member in members:
        if counts[member] != 1:
            yield _problem(f"{part}/{member}", f"stands in {counts[member]} clusters")
    for member in sorted(counts.keys() - set(members)):
        yield _problem(f"{part}/{member}", "is no item of a labelled article")
