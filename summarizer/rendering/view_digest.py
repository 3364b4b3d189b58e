"""A digest as a `View`: which figures and claims stand where, and how each difference is put.

Pure. The order of items inside a section is the digest's own, which merging decided; only the points of a
series are put in order of time (see `view_series`), and what may be cut or folded away in order of its weight
(see `weight`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarizer.records.article import ArticleHeader
from summarizer.records.brief import Actor, Sentence
from summarizer.records.digest import (
    ActorCluster,
    AnswerKind,
    ClaimCluster,
    Coverage,
    Digest,
    RejectedOfArticle,
    Voice,
)
from summarizer.rendering import wording
from summarizer.rendering.names import Names, names_of
from summarizer.rendering.view import (
    ActorRow,
    AnswerRow,
    CitedLine,
    ClaimGroup,
    ClaimRow,
    EventRow,
    FailedRow,
    QuestionRow,
    RefusedRow,
    SourceRow,
    View,
    VoiceRow,
    lead_of,
)
from summarizer.rendering.view_series import gathered, series_table
from summarizer.rendering.weight import Topic, topic_of

_QUESTIONS = {"stated_unknown": "said to be unknown", "contradiction": "contradictory"}


def view_digest(digest: Digest, made_from: str = "briefs") -> View:
    """Everything that a reader of `digest` sees. `made_from` says whose briefs it was merged from."""
    names = names_of(digest)
    lines = tuple(CitedLine(names.consistent(line.text), line.cites) for line in cited_lines(digest.summary))
    tables = [series_table(series, names) for series in digest.figures]
    topic = topic_of(lines, tables)
    return View(
        kind="digest",
        title=f"Digest of {wording.count(len(digest.articles), 'article')}",
        subtitle=dates_of(digest.articles),
        bottom_line=lines[0] if lines else None,
        summary=lines[1:],
        figures=gathered([one for one in tables if one.status == "actual"], topic.of_figure),
        outlook=gathered([one for one in tables if one.status != "actual"], topic.of_figure),
        claims=_claim_groups(digest.claims, names, topic),
        timeline=tuple(
            EventRow(
                id=event.id,
                date=wording.date(event.date),
                basis=event.basis,
                text=names.consistent(event.text),
                refs=tuple(names.ref(member) for member in event.claims),
                weight=len(event.claims),
            )
            for event in digest.timeline
        ),
        questions=tuple(
            QuestionRow(
                question.id,
                names.consistent(question.text),
                _QUESTIONS[question.kind],
                tuple(wording.shown(ref) for ref in question.cites),
            )
            for question in digest.open_questions
        ),
        actors=tuple(
            actor_row(actor, tuple(names.ref(member) for member in actor.members)) for actor in digest.actors
        ),
        sources=tuple(_source(header, digest, names) for header in digest.articles),
        coverage=_coverage(digest.coverage, digest.rejected),
        failed=tuple(
            FailedRow(wording.shown(one.source), wording.shown(one.kind), wording.shown(one.reason))
            for one in digest.coverage.failed
        ),
        duplicates=tuple(wording.shown(one) for one in digest.coverage.duplicates),
        refused=tuple(_refused(one, names) for one in digest.rejected),
        made_by=wording.made_by(digest.provenance, f"merged from {wording.shown(made_from)}"),
    )


def cited_lines(summary: Sequence[Sentence]) -> tuple[CitedLine, ...]:
    """A summary's sentences with the refs they cite."""
    return tuple(
        CitedLine(wording.shown(sentence.text), tuple(wording.shown(ref) for ref in sentence.cites))
        for sentence in summary
    )


def source_row(number: int, header: ArticleHeader, items: str) -> SourceRow:
    """An article in the list of sources."""
    return SourceRow(
        number=number,
        id=wording.shown(header.id),
        name=wording.shown(header.title or header.id),
        outlet=wording.shown(header.outlet) if header.outlet else None,
        relays=wording.shown(header.origin) if header.origin else None,
        date=wording.date(header.published.date),
        basis=header.published.basis,
        items=items,
    )


def actor_row(actor: Actor | ActorCluster, refs: tuple[str, ...] = ()) -> ActorRow:
    """An actor in the list of who is who."""
    return ActorRow(
        id=actor.id,
        name=wording.shown(actor.name),
        kind=actor.kind,
        role=wording.shown(actor.role) if actor.role else None,
        aliases=tuple(wording.shown(alias) for alias in actor.aliases),
        refs=refs,
    )


def dates_of(articles: Sequence[ArticleHeader]) -> str:
    """When they were published, in words; empty without articles."""
    dates = sorted(one.published.date for one in articles if one.published.date)
    undated = sum(one.published.date is None for one in articles)
    parts = []
    if dates:
        parts.append(f"published {dates[0]}" + (f" to {dates[-1]}" if dates[-1] != dates[0] else ""))
    if undated:
        parts.append(f"{undated} without a date of {'its' if undated == 1 else 'their'} own")
    return ", ".join(parts)


def _claim_groups(clusters: Sequence[ClaimCluster], names: Names, topic: Topic) -> tuple[ClaimGroup, ...]:
    """Disputed first, then denied, corroborated, uncertain, and last what a single source says."""
    groups: dict[str, list[ClaimRow]] = {title: [] for title in _GROUPS}
    origins = {cluster.id: cluster.origins for cluster in clusters}
    said = {voice.member: voice for cluster in clusters for voice in cluster.voices}
    for cluster in clusters:
        groups[_group_of(cluster)].append(_claim(cluster, names, said))
    for title, (_, long) in _GROUPS.items():
        if long:
            groups[title].sort(key=lambda row: -topic.of_claim(row, origins[row.id]))
    return tuple(
        ClaimGroup(title, note, tuple(groups[title]), long)
        for title, (note, long) in _GROUPS.items()
        if groups[title]
    )


_GROUPS: dict[str, tuple[str, bool]] = {
    "Disputed": ("affirmed by some, denied by others", False),
    "Denied": ("denied or negated; matched with nobody who affirms it", True),
    "From independent origins": ("two or more affirm it; outlets that relay one report count once", True),
    "Uncertain": ("forecasts, possibilities and what is not known, from a single origin", True),
    "From a single origin": ("one origin, whoever relays it", True),
}


def _group_of(cluster: ClaimCluster) -> str:
    if cluster.state == "disputed":
        return "Disputed"
    if all(voice.polarity == "denied" for voice in cluster.voices):
        return "Denied"
    if cluster.state == "corroborated":
        return "From independent origins"
    if all(voice.certainty != "certain" for voice in cluster.voices):
        return "Uncertain"
    return "From a single origin"


def _claim(cluster: ClaimCluster, names: Names, said: Mapping[str, Voice]) -> ClaimRow:
    in_part = {
        member for answer in cluster.answers if answer.kind == "partial_denial" for member in answer.members
    }
    voices = [_voice(voice, names, voice.member in in_part) for voice in cluster.voices]
    affirmers = sum(not voice.denies for voice in voices)
    label = f"{wording.count(cluster.origins, 'origin')}" if affirmers else "denied only"
    if affirmers > 1 and cluster.origins == 1:
        label += f" in {affirmers} statements"
    return ClaimRow(
        id=cluster.id,
        text=names.consistent(cluster.text),
        state=cluster.state,
        label=f"disputed, {label}" if cluster.state == "disputed" else label,
        affirm=tuple(voice for voice in voices if not voice.denies),
        deny=tuple(voice for voice in voices if voice.denies),
        answers=tuple(
            AnswerRow(
                _ANSWERS[answer.kind].format(
                    wording.names([names.actor(actor) or "" for actor in answer.actors])
                ),
                tuple(_voice(said[member], names) for member in answer.members),
            )
            for answer in cluster.answers
            if answer.kind in _ANSWERS
        ),
    )


#: Denials stand among the voices; these don't.
_ANSWERS: dict[AnswerKind, str] = {
    "counter_claim": "Counter-claim by {}",
    "other_answer": "On the same matter, {}",
    "no_answer": "No answer by {} to it was found in these articles",
}


def claim_lead(cluster: ClaimCluster) -> str:
    """What must be read before the cluster's text: "Denied: ", "Possible: ", or "" for a plain statement."""
    affirmed = [voice.certainty for voice in cluster.voices if voice.polarity == "affirmed"]
    return lead_of(affirmed)


def _voice(voice: Voice, names: Names, in_part: bool = False) -> VoiceRow:
    return VoiceRow(
        ref=names.ref(voice.member),
        who=wording.attribution(
            [names.actor(speaker) or "" for speaker in voice.speakers],
            names.actor(voice.via),
            names.own_voice(voice.article),
            voice.sourcing,
        ),
        denies=voice.polarity == "denied",
        certainty=voice.certainty,
        hedge=wording.hedge(voice.certainty, voice.cues),
        cues=tuple(wording.shown(cue) for cue in voice.cues),
        when=wording.date(voice.when) if voice.when else None,
        quote=wording.mark_cues(voice.evidence[0].quote, voice.cues),
        spans=names.spans(voice.article, voice.evidence),
        in_part=in_part,
    )


def _source(header: ArticleHeader, digest: Digest, names: Names) -> SourceRow:
    figures = sum(point.article == header.id for series in digest.figures for point in series.points)
    claims = sum(voice.article == header.id for cluster in digest.claims for voice in cluster.voices)
    items = f"{wording.count(figures, 'figure')}, {wording.count(claims, 'claim')}"
    return source_row(names.numbers[header.id], header, items)


def _coverage(coverage: Coverage, rejected: Sequence[RejectedOfArticle]) -> str:
    return (
        f"{coverage.read} read, {len(coverage.failed)} failed, "
        f"{wording.count(len(coverage.duplicates), 'duplicate')}; "
        f"{wording.refused(len(rejected))}"
    )


def _refused(one: RejectedOfArticle, names: Names) -> RefusedRow:
    item = one.rejected
    return RefusedRow(
        ref=f"{names.numbers.get(one.article, one.article)}/{wording.shown(item.draft_id)}",
        part=item.part,
        code=item.code,
        reason=wording.shown(item.reason),
        quote=wording.shown(item.quote or ""),
    )
