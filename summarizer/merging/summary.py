"""The digest's summary: a few sentences that lead with what matters, each citing what carries it.

Pure. Nothing is said that isn't in what is cited: claims in their own words under the verbs of `voices`,
figures in the sources' own words with their sources, never added up. What is chosen: the central claims,
what each source says last of the main figures, what is possible rather than so, what is denied, what nobody
knows.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from summarizer.merging.figure_lines import Latest, figure_sentence, is_tellable, latest_points, number_in
from summarizer.merging.intervals import days_of
from summarizer.merging.objections import (
    Objections,
    asks,
    superseded,
    tells_only,
    with_objection,
    without_superseded,
)
from summarizer.merging.phrasing import is_fragment
from summarizer.merging.slots import is_silence
from summarizer.merging.unknowns import is_refusal_to_confirm
from summarizer.merging.voices import Speech
from summarizer.records.brief import Sentence
from summarizer.records.digest import ClaimCluster, FigureSeries, Voice
from summarizer.text.families import word_family

_MAX_SENTENCES = 7
#: Central claims are added until there are so many sentences; disputes, figures and doubts come on top.
_ENOUGH = 5
_MAX_DISPUTES, _MAX_CENTRAL = 3, 3
#: Two claims that share so many of their words are not both worth a sentence.
_TOO_ALIKE = 0.75
#: "This is preparation for an invasion" says little away from its article: other claims go first.
_FRAGMENT_COST = 3.0
#: A claim that takes more words than this is rarely what leads; each further word costs something.
_READABLE_WORDS, _LONG_COST = 20, 0.1
#: What the article of the last day opens with is mostly where the story stands.
_LATEST_LEAD = 1.0
#: What ended so long before the newest article is background.
_BACKGROUND_DAYS = 60


def summarize(
    clusters: Sequence[ClaimCluster],
    series: Sequence[FigureSeries],
    speech: Speech,
    published: Mapping[str, str],
    settled: frozenset[str],
) -> tuple[Sentence, ...]:
    """Up to seven sentences; none when there is neither claim nor figure.

    `published`: the dates of the articles that have one; `settled`: see `unknowns.settled_doubts`.
    """
    places = _Places(clusters, published)
    old = superseded(series, published, speech)
    objections = Objections(clusters, published)
    telling = [
        one
        for one in clusters
        if one.id not in settled and not _says_nothing(one) and not tells_only(one, old)
    ]
    weights = {one.id: places.importance(one) for one in telling}
    ranked = sorted(telling, key=lambda one: (-weights[one.id], int(one.id[1:])))
    latest: dict[str, Latest] = {}

    def first_tellable(candidates: Iterable[FigureSeries]) -> FigureSeries | None:
        for one in candidates:
            latest[one.id] = latest_points(without_superseded(one, old), published, speech)
            if is_tellable(one, latest[one.id]):
                return one
        return None

    actual = [one for one in series if one.status == "actual"]
    main = first_tellable(one for one in actual if len(one.points) > 1) or first_tellable(actual)
    expected = first_tellable(one for one in series if one.status != "actual")
    figures = [one for one in (main, expected) if one is not None]
    # a dispute over a fragment is told in the list of claims; here only if there is no other
    contested = [one for one in ranked if speech.is_contested(one)]
    readable = [one for one in contested if not is_fragment(one.text)] or contested
    disputes = _choose(readable, _MAX_DISPUTES, [], ())
    doubts = _choose((one for one in ranked if _is_doubt(one)), 1, disputes, ())
    wanted = max(1, min(_MAX_CENTRAL, _ENOUGH - len(figures) - len(disputes) - len(doubts)))
    told_first = sorted(ranked, key=lambda one: -weights[one.id] - _LATEST_LEAD * places.opens_latest(one))
    lead = _choose(
        (one for one in told_first if _is_told(one) and not speech.is_contested(one)), 1, disputes, ()
    )
    more = _choose(
        (one for one in ranked if not speech.is_contested(one) and not _is_doubt(one)),
        wanted - 1,
        [*disputes, *doubts, *lead],
        figures,
    )
    said = {cluster.id for cluster in (*lead, *disputes, *doubts, *more)}
    carriers = {one.id: _carrier(one, latest[one.id], clusters) for one in figures}
    told = [with_objection(one, objections.to(one), speech) for one in lead]
    for one in figures[:1] if main is not None else ():
        told += _figure(one, latest[one.id], carriers[one.id], said, speech)
    told += [(speech.sentence(one), (one.id,)) for one in disputes]
    for one in (expected,) if expected is not None else ():
        told += _figure(one, latest[one.id], carriers[one.id], said, speech)
    told += [(speech.sentence(one), (one.id,)) for one in doubts]
    told += [with_objection(one, objections.to(one), speech) for one in more]
    return tuple(Sentence(text=text, cites=cited) for text, cited in told[:_MAX_SENTENCES])


def _carrier(series: FigureSeries, latest: Latest, clusters: Sequence[ClaimCluster]) -> ClaimCluster | None:
    """The claim that says the one number of a series, where one source has it: its words are the surest."""
    points = (*latest.current, *latest.earlier)
    point = points[0]
    sources = {one.source for one in points if one.source is not None}
    if len(sources) > 1 or any(
        (one.value, one.value_high) != (point.value, point.value_high) for one in points
    ):
        return None
    start, end = point.evidence[0].start, point.evidence[0].end
    words = number_in(point, series)
    holding = [
        (voice.evidence[0].end - voice.evidence[0].start, int(cluster.id[1:]), cluster)
        for cluster in clusters
        for voice in cluster.voices
        if voice.article == point.article
        and voice.evidence[0].start <= start
        and end <= voice.evidence[0].end
        and words in cluster.text
        and not is_fragment(cluster.text)
    ]
    return min(holding)[2] if holding else None


def _figure(
    series: FigureSeries,
    latest: Latest,
    carrier: ClaimCluster | None,
    said: set[str],
    speech: Speech,
) -> list[tuple[str, tuple[str, ...]]]:
    """The sentence about a series: that of the claim that holds its number, unless it is told already."""
    if carrier is None:
        return [(figure_sentence(series, latest, speech), (series.id,))]
    return [] if carrier.id in said else [(speech.sentence(carrier), (series.id, carrier.id))]


class _Places:
    """How early in its articles a cluster is told, and whether it is background."""

    def __init__(self, clusters: Sequence[ClaimCluster], published: Mapping[str, str]) -> None:
        newest = max(published.values(), default=None)
        self._now = days_of(newest)
        self._newest = {article for article, date in published.items() if date == newest}
        self._ends: dict[str, int] = {}
        self._starts: dict[str, int] = {}
        self._spans: dict[tuple[str, int], list[int]] = defaultdict(list)
        for cluster in clusters:
            for voice in cluster.voices:
                start, end = voice.evidence[0].start, voice.evidence[0].end
                self._spans[voice.article, start].append(end)
                self._starts[voice.article] = min(self._starts.get(voice.article, start), start)
                self._ends[voice.article] = max(self._ends.get(voice.article, 1), end)

    def importance(self, cluster: ClaimCluster) -> float:
        """Many articles, a dispute, several origins, a place near the top, a speaker with a name."""
        articles = {voice.article for voice in cluster.voices}
        places = [1 - self._start(voice) / self._ends[voice.article] for voice in cluster.voices]
        score = 2 * math.log2(1 + len(articles)) + 2 * math.fsum(sorted(places)) / len(places)
        score += 1.5 * (cluster.state == "disputed") + 1.0 * (cluster.state == "corroborated")
        score += 0.5 * any(voice.certainty == "certain" for voice in cluster.voices)
        score += 1.0 * bool(self._opened_by(cluster))
        score += 0.5 * self.is_newest(cluster)
        score += 0.5 * bool(cluster.affirm or cluster.deny) - 3.0 * self._is_background(cluster)
        score -= _LONG_COST * max(0, len(cluster.text.split()) - _READABLE_WORDS)
        score -= _FRAGMENT_COST * is_fragment(cluster.text)
        return round(score, 6)

    def opens_latest(self, cluster: ClaimCluster) -> bool:
        """Whether an article of the last day opens with it."""
        return bool(self._opened_by(cluster) & self._newest)

    def _opened_by(self, cluster: ClaimCluster) -> set[str]:
        return {
            voice.article for voice in cluster.voices if self._start(voice) == self._starts[voice.article]
        }

    def is_newest(self, cluster: ClaimCluster) -> bool:
        """Whether an article of the last day tells it."""
        return any(voice.article in self._newest for voice in cluster.voices)

    def _start(self, voice: Voice) -> int:
        """Where a claim is told: what goes on behind another claim of its sentence begins where that ends."""
        start, end = voice.evidence[0].start, voice.evidence[0].end
        return max((other for other in self._spans[voice.article, start] if other < end), default=start)

    def _is_background(self, cluster: ClaimCluster) -> bool:
        """Whether it is about a time long before the story."""
        spans = [days for voice in cluster.voices if (days := days_of(voice.when)) is not None]
        if self._now is None or not spans:
            return False
        return all(self._now.first - days.last > _BACKGROUND_DAYS for days in spans)


def _is_told(cluster: ClaimCluster) -> bool:
    """Whether somebody says that it is so, or probably so."""
    return any(
        voice.polarity == "affirmed" and voice.certainty in ("certain", "probable")
        for voice in cluster.voices
    )


def _says_nothing(cluster: ClaimCluster) -> bool:
    """Whether it tells only that somebody declined to comment, or could not confirm, or asks."""
    if all(is_silence(voice.text) or is_silence(voice.evidence[0].quote) for voice in cluster.voices):
        return True
    return asks(cluster) or (_is_doubt(cluster) and is_refusal_to_confirm(cluster.text))


def _is_doubt(cluster: ClaimCluster) -> bool:
    return all(voice.certainty == "unknown" for voice in cluster.voices)


def _choose(
    candidates: Iterable[ClaimCluster],
    count: int,
    besides: Sequence[ClaimCluster],
    figures: Sequence[FigureSeries],
) -> list[ClaimCluster]:
    """The first `count` that say something new beside each other, `besides` and the figures told."""
    told = {(point.article, point.evidence[0].start) for one in figures for point in one.points}
    chosen: list[ClaimCluster] = []
    for cluster in candidates:
        if len(chosen) == count:
            break
        if all(
            _holds(voice.article, voice.evidence[0].start, voice.evidence[0].end, told)
            for voice in cluster.voices
        ):
            continue
        if not any(_alike(cluster.text, other.text) for other in (*chosen, *besides)):
            chosen.append(cluster)
    return chosen


def _holds(article: str, start: int, end: int, told: set[tuple[str, int]]) -> bool:
    return any(name == article and start <= place < end for name, place in told)


def _alike(a: str, b: str) -> bool:
    first, second = (
        {word_family(word) for word in re.findall(r"[a-z]{3,}", text.lower())} for text in (a, b)
    )
    return 2 * len(first & second) >= _TOO_ALIKE * (len(first) + len(second))
