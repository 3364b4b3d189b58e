"""What the story leaves open: what speakers say is not known, and what contradicts itself.

Pure. A doubt keeps the names of those who voice it; a contradiction names both sides.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.merging.figure_lines import number_of
from summarizer.merging.phrasing import as_clause, as_question, as_sentence, number_words
from summarizer.merging.unknowns import is_refusal_to_confirm
from summarizer.merging.voices import Speech, doubt_of
from summarizer.records.digest import ClaimCluster, FigureSeries, OpenQuestion, SeriesPoint

#: A question lists so many contradicting pairs; the series has them all.
_MAX_PAIRS = 3


def open_questions(
    clusters: Sequence[ClaimCluster],
    series: Sequence[FigureSeries],
    speech: Speech,
    settled: frozenset[str],
) -> tuple[OpenQuestion, ...]:
    """Doubts first, then disputed claims, then figures of one time and scope that differ; ids Q1…

    What a later article settles (`unknowns.settled_doubts`) is no open question, nor is what its denier has
    come to affirm.
    """
    found: list[tuple[str, str, tuple[str, ...]]] = []
    found.extend(
        (_doubt(cluster, speech), "stated_unknown", (cluster.id,))
        for cluster in clusters
        if any(voice.certainty == "unknown" for voice in cluster.voices)
        and cluster.id not in settled
        and not is_refusal_to_confirm(cluster.text)
    )
    for cluster in clusters:
        if speech.is_contested(cluster):
            question = as_question(cluster.text)
            found.append(
                (as_sentence(f"{question}: {speech.positions(cluster)}"), "contradiction", (cluster.id,))
            )
    for one in series:
        text = _differing(one, speech)
        if text is not None:
            found.append((text, "contradiction", (one.id,)))
    return tuple(
        OpenQuestion.model_validate({"id": f"Q{number}", "text": text, "kind": kind, "cites": cites})
        for number, (text, kind, cites) in enumerate(found, start=1)
    )


def _doubt(cluster: ClaimCluster, speech: Speech) -> str:
    voices = [voice for voice in cluster.voices if voice.certainty == "unknown"]
    actors = list(dict.fromkeys(speaker for voice in voices for speaker in voice.speakers))
    question = _capital(as_question(cluster.text))
    if not actors:
        return as_sentence(f"{question}: not known")
    names = speech.names(actors)
    kind = doubt_of(voices)
    if kind == "hopes":
        return as_sentence(f"{question}: {names} {speech.verb(actors, 'hope', 'hopes')} so")
    if kind == "withholds":
        return as_sentence(f"{question}: {names} {speech.verb(actors, 'do', 'does')} not say")
    return as_sentence(f"{question}: not known, according to {names}")


def _differing(series: FigureSeries, speech: Speech) -> str | None:
    """The pairs of a series that contradict each other, in the sources' words; None if there are none."""
    points = {point.member: point for point in series.points}
    pairs = [(points[one.a], points[one.b]) for one in series.relations if one.relation == "differ_in_source"]
    distinct: dict[object, tuple[SeriesPoint, SeriesPoint]] = {}
    for a, b in pairs:
        low, high = sorted((a, b), key=lambda point: (point.value, point.member))
        key = (low.source, low.value, low.bound, high.source, high.value, high.bound)
        distinct.setdefault(key, (low, high))
    if not distinct:
        return None
    said = [
        f"{_put(low, series.unit, speech)} against {_put(high, series.unit, speech)}"
        for low, high in list(distinct.values())[:_MAX_PAIRS]
    ]
    subject = number_of(series.quantity) if series.unit == "count" else as_clause(series.quantity)
    more = "; and more" if len(distinct) > _MAX_PAIRS else ""
    return as_sentence(f"{subject}: {'; '.join(said)}{more}")


def _put(point: SeriesPoint, unit: str, speech: Speech) -> str:
    source = speech.name(point.source) if point.source else "unattributed"
    return f"{number_words(point.evidence[0].quote, unit)} ({source})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
