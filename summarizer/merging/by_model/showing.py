"""Show a digest to a model: articles, claims with who says them, figures, and the pairs to be settled.

Pure. One item a line, each beginning with its id; texts of articles are on one line, so that nothing in
them can begin a line of its own. Only the most prominent clusters are shown: the summary is made of those.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.merging.by_model.doubts import Doubt
from summarizer.merging.pool import Pool
from summarizer.records.digest import ClaimCluster, Digest, FigureSeries, SeriesPoint, Voice

MAX_CLAIMS, MAX_SERIES = 150, 40


def show_articles(digest: Digest) -> str:
    """One line an article: id, outlet, date, title."""
    lines = []
    for article in digest.articles:
        date = (
            f"{article.published.date} ({article.published.basis})" if article.published.date else "undated"
        )
        parts = (article.outlet, date, article.title)
        lines.append(f"{article.id}: " + ", ".join(_line(part) for part in parts if part))
    return "\n".join(lines)


def show_claims(digest: Digest, only: Sequence[str] | None = None) -> str:
    """One line a claim cluster: its text, then each voice."""
    names = {cluster.id: cluster.name for cluster in digest.actors}
    chosen = [one for one in digest.claims if only is None or one.id in only][:MAX_CLAIMS]
    return "\n".join(_claim_line(cluster, names) for cluster in chosen) or "none"


def show_figures(digest: Digest, only: Sequence[str] | None = None) -> str:
    """One line a figure series: what is measured, then each point in its source's words."""
    names = {cluster.id: cluster.name for cluster in digest.actors}
    chosen = [one for one in digest.figures if only is None or one.id in only][:MAX_SERIES]
    return "\n".join(_series_line(series, names) for series in chosen) or "none"


def show_questions(doubts: Sequence[Doubt], digest: Digest, pool: Pool) -> str:
    """One line a question: the two sides, with who says them."""
    names = {cluster.id: cluster.name for cluster in digest.actors}
    voices = {voice.member: voice for cluster in digest.claims for voice in cluster.voices}
    points = {point.member: point for series in digest.figures for point in series.points}
    lines = []
    for doubt in doubts:
        if doubt.part == "claim":
            sides = [_side(voices[member], names) for member in (doubt.a, doubt.b)]
        else:
            sides = [_point(points[member], names, counted=True) for member in (doubt.a, doubt.b)]
        lines.append(f"{doubt.id} {doubt.part}: {sides[0]} | {sides[1]}")
    return "\n".join(lines) or "none"


def _claim_line(cluster: ClaimCluster, names: dict[str, str]) -> str:
    voices = "; ".join(_voice(voice, names) for voice in cluster.voices)
    return f"{cluster.id} ({cluster.state}) {_line(cluster.text)} — {voices}"


def _voice(voice: Voice, names: dict[str, str]) -> str:
    who = ", ".join(_line(names[speaker]) for speaker in voice.speakers) or "the article itself"
    said: list[str] = [voice.polarity, voice.certainty]
    if voice.cues:
        said.append("“" + "”, “".join(_line(cue) for cue in voice.cues) + "”")
    if voice.when:
        said.append(voice.when)
    return f"{who} [{', '.join(said)}; {voice.article}]"


def _side(voice: Voice, names: dict[str, str]) -> str:
    return f"“{_line(voice.text)}” {_voice(voice, names)}"


def _series_line(series: FigureSeries, names: dict[str, str]) -> str:
    points = "; ".join(_point(point, names) for point in series.points)
    differ = sorted({relation.relation for relation in series.relations})
    return f"{series.id} ({', '.join((series.status, *differ))}) {_line(series.quantity)}: {points}"


def _point(point: SeriesPoint, names: dict[str, str], counted: bool = False) -> str:
    said = f"“{_line(point.evidence[0].quote)}”"
    if counted:
        said += f" ({_line(point.counted)}{', ' + _line(point.place) if point.place else ''})"
    who = _line(names[point.source]) if point.source else "the article itself"
    when = f", {point.as_of}" if point.as_of else ""
    return f"{said} {who} [{point.bound}, {point.status}{when}; {point.article}]"


def _line(text: str) -> str:
    return " ".join(text.split())
