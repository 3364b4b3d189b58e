"""What stands against a claim that its own cluster doesn't show: a summary mustn't be surer than its texts.

Pure. Whether a denial in other words is one of the claim (`denials` links only sure ones) is left to the
reader: it is told beside the claim, in its speaker's words. What a speaker said otherwise on another day is
told too. A number that its maker revised since, and a question, are no state of things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from summarizer.merging.figure_lines import told_on
from summarizer.merging.offices import split_states
from summarizer.merging.propositions import concept_of
from summarizer.merging.sides import speakers_of
from summarizer.merging.slots import is_silence
from summarizer.merging.voices import Speech
from summarizer.records.digest import ClaimCluster, FigureSeries, SeriesPoint, Voice

#: So much of what is denied must be in the claim.
_COVERED = 0.6
#: A denial so near in its text to the claim of the same speaker is of one breath with it: "X, but not Y".
_ONE_BREATH = 200
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ANYBODY = frozenset(
    ("anyone", "anybody", "someone", "somebody", "anything", "something", "any", "there", "one")
)
#: "Fired a weapon", "opened fire": one thing, whatever it was fired with.
_SHOT = re.compile(
    r"\b(?:opened\sfire|fir(?:ed?|ing)\s(?:\w+\s){0,2}?(?:weapons?|shots?|guns?|rounds?|bullets?|ammunition"
    r"|missiles?|rockets?|at|on)|shot\sat|shooting\sat)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:government|ministry|authorit(?:y|ies)|agency|service|department|office)\b", re.IGNORECASE
)
_APPOSITION = re.compile(r",\s[^,]{1,60},")
_ASKS = re.compile(
    r"(?:Did|Does|Do|Was|Were|Is|Are|Has|Have|Had|Would|Can|Could|Should|Might)\s(?!not\b)[\w'’-]+\s"
    r"|(?:Will|May)\s(?:the|a|an|it|he|she|they|we|this|these)\s"  # who is named Will or May asks nothing
)


class Objection(NamedTuple):
    """A denial that may be of a claim: by others, or by its own speaker before, beside or after it."""

    cluster: ClaimCluster
    when: str  # "by others", "before", "after", "beside"


class Objections:
    """The denials of one story that no affirmation was linked with."""

    def __init__(self, clusters: Sequence[ClaimCluster], published: Mapping[str, str]) -> None:
        self._clusters = clusters
        self._published = published

    @cached_property
    def _denials(self) -> list[tuple[ClaimCluster, frozenset[str]]]:
        found = []
        for cluster in self._clusters:
            if cluster.deny and all(map(_plainly_denies, cluster.voices)) and not is_silence(cluster.text):
                matter = _matter(_APPOSITION.sub("", cluster.text))
                if matter:
                    found.append((cluster, matter))
        return found

    def to(self, claim: ClaimCluster) -> Objection | None:
        """The denial that covers most of the same matter, if any."""
        if claim.state == "disputed" or not claim.affirm or not self._denials:
            return None
        said = _matter(claim.text)
        ranked = sorted(
            (-len(matter & said), int(cluster.id[1:]), cluster)
            for cluster, matter in self._denials
            if len(matter & said) >= _COVERED * len(matter)
        )
        found = (self._objection(claim, cluster) for _, _, cluster in ranked)
        return next((one for one in found if one is not None), None)

    def _objection(self, claim: ClaimCluster, denial: ClaimCluster) -> Objection | None:
        own = set(speakers_of(denial.voices)) & set(speakers_of(claim.voices))
        if not own:
            return Objection(denial, "by others")
        if own != set(speakers_of(denial.voices)):
            return None
        told, denied = self._days(claim.voices), self._days(denial.voices)
        if told and denied and max(denied) < min(told):
            return Objection(denial, "before")
        if told and denied and max(told) < min(denied):
            return Objection(denial, "after")
        near = any(
            a.article == b.article and abs(a.evidence[0].start - b.evidence[0].start) < _ONE_BREATH
            for a in claim.voices
            for b in denial.voices
        )
        return Objection(denial, "beside") if near else None

    def _days(self, voices: Iterable[Voice]) -> list[str]:
        dates = [self._published.get(voice.article, "") for voice in voices]
        return dates if all(dates) else []


def with_objection(
    claim: ClaimCluster, objection: Objection | None, speech: Speech
) -> tuple[str, tuple[str, ...]]:
    """The sentence about a claim, with what stands against it, and what both cite."""
    text = speech.sentence(claim)
    if objection is None:
        return text, (claim.id,)
    against = objection.cluster
    if objection.when in ("before", "after"):
        when = "Earlier" if objection.when == "before" else "Later"
        who, quoted = speech.names(speakers_of(against.voices)), speech.quoted(against.voices[0])
        said = f"{when}, {who} said otherwise: {quoted}."
    else:
        said = speech.sentence(against)
    return f"{text} {said}", (claim.id, against.id)


def asks(cluster: ClaimCluster) -> bool:
    """Whether it is a question put into the form of a claim: "Did the bank ask for help"."""
    return all(
        voice.evidence[0].quote.rstrip(" \"'”’").endswith("?") or _ASKS.match(voice.text)
        for voice in cluster.voices
    )


def superseded(
    series: Sequence[FigureSeries], published: Mapping[str, str], speech: Speech
) -> frozenset[tuple[str, int]]:
    """Article and place of the figures that their own maker has given anew in a later article."""
    found: set[tuple[str, int]] = set()
    for one in series:
        if one.status != "actual" or len(one.points) < 2:
            continue
        scopes = {frozenset((r.a, r.b)) for r in one.relations if r.relation == "differ_in_scope"}
        makers: dict[str, dict[tuple[float, float | None], list[SeriesPoint]]] = {}
        for point in one.points:
            if point.source:
                values = makers.setdefault(_maker(speech.name(point.source)), {})
                values.setdefault((point.value, point.value_high), []).append(point)
        for values in makers.values():
            days = [_days_told(points, published) for points in values.values()]
            first, last = max(days)  # of the number that was first told last
            newest = next(
                points for points, told in zip(values.values(), days, strict=True) if told == (first, last)
            )
            found.update(
                (old.article, old.evidence[0].start)
                for points, told in zip(values.values(), days, strict=True)
                if told[0] < first
                and told[1] <= last
                and any(frozenset((a.member, b.member)) not in scopes for a in points for b in newest)
                for old in points
            )
    return frozenset(found)


def _days_told(points: Sequence[SeriesPoint], published: Mapping[str, str]) -> tuple[int, int]:
    """When a number was first and last told: a paper may print it after its maker has another."""
    days = [told_on(point, published) for point in points]
    return min(days), max(days)


def without_superseded(series: FigureSeries, old: frozenset[tuple[str, int]]) -> FigureSeries:
    """A series without the numbers that its makers have given anew."""
    points = tuple(one for one in series.points if (one.article, one.evidence[0].start) not in old)
    if len(points) == len(series.points):
        return series
    left = {one.member for one in points}
    relations = tuple(one for one in series.relations if one.a in left and one.b in left)
    return series.model_copy(update={"points": points, "relations": relations})


def _maker(name: str) -> str:
    """Whose number it is: a government's and its ministry's are one maker's."""
    states = split_states(name)
    bodies = not states.words or _BODY.search(name)
    return states.countries[0] if len(states.countries) == 1 and bodies else name


def tells_only(cluster: ClaimCluster, figures: frozenset[tuple[str, int]]) -> bool:
    """Whether each voice's words hold one of these figures."""
    return bool(figures) and all(
        any(
            article == voice.article and voice.evidence[0].start <= start < voice.evidence[0].end
            for article, start in figures
        )
        for voice in cluster.voices
    )


def _plainly_denies(voice: Voice) -> bool:
    return voice.polarity == "denied" and voice.certainty in ("certain", "probable") and bool(voice.speakers)


@lru_cache(maxsize=4096)
def _matter(text: str) -> frozenset[str]:
    """What a claim is about, in concepts; to fire is to shoot, whatever with."""
    concepts = set()
    shot = _SHOT.search(text) is not None
    for word in _WORD.findall(_SHOT.sub(" ", text) if shot else text):
        lower = word.lower()
        if lower not in _ANYBODY and (concept := concept_of(lower)) is not None:
            concepts.add(concept)
    return frozenset(concepts | ({"shoot"} if shot else set()))
