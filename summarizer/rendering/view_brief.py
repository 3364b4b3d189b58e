"""A brief as a `View`: the same sections as a digest, with the brief's own ids as refs.

Pure. Items keep the order of the article.
"""

from __future__ import annotations

from collections.abc import Iterable

from summarizer.records.brief import Brief, Claim, Evidence, Figure, Status
from summarizer.rendering import wording
from summarizer.rendering.view import (
    ClaimGroup,
    ClaimRow,
    FigureRow,
    FigureTable,
    RefusedRow,
    Span,
    View,
    VoiceRow,
)
from summarizer.rendering.view_digest import actor_row, cited_lines, source_row

_STATUS_TITLES: dict[Status, str] = {
    "actual": "Stated as fact",
    "planned": "Planned",
    "possible": "Possible",
}
_GROUPS = {
    "Denied": "a speaker says that it is not so",
    "Not known": "a speaker says that it is not known, or only hoped",
    "Uncertain": "probable or possible, by the speaker's own words",
    "Stated": "without hedge",
}


def view_brief(brief: Brief) -> View:
    """Everything that a reader of `brief` sees."""
    actors = {actor.id: actor.name for actor in brief.actors}
    header = brief.article
    lines = cited_lines(brief.summary)
    items = f"{wording.count(len(brief.figures), 'figure')}, {wording.count(len(brief.claims), 'claim')}"
    tables = {
        status: _table(status, [figure for figure in brief.figures if figure.status == status], brief, actors)
        for status in _STATUS_TITLES
    }
    return View(
        kind="brief",
        title=f"Brief of {wording.shown(header.title or header.id)}",
        subtitle=f"published {source_row(1, header, '').dated}",
        bottom_line=lines[0] if lines else None,
        summary=lines[1:],
        figures=tuple(table for table in tables.values() if table.rows and table.status == "actual"),
        outlook=tuple(table for table in tables.values() if table.rows and table.status != "actual"),
        claims=_claim_groups(brief, actors),
        timeline=(),
        questions=(),
        actors=tuple(actor_row(actor) for actor in brief.actors),
        sources=(source_row(1, header, items),),
        coverage=wording.refused(len(brief.rejected)),
        failed=(),
        duplicates=(),
        refused=tuple(
            RefusedRow(
                wording.shown(one.draft_id),
                one.part,
                one.code,
                wording.shown(one.reason),
                wording.shown(one.quote or ""),
            )
            for one in brief.rejected
        ),
        made_by=wording.made_by(brief.provenance, f"{brief.provenance.engine} engine"),
    )


def _table(status: Status, figures: list[Figure], brief: Brief, actors: dict[str, str]) -> FigureTable:
    return FigureTable(
        id="",
        title=_STATUS_TITLES[status],
        status=status,
        unit="",
        rows=tuple(_figure(figure, brief, actors) for figure in figures),
    )


def _figure(figure: Figure, brief: Brief, actors: dict[str, str]) -> FigureRow:
    low, high = wording.ends(figure)
    return FigureRow(
        ref=figure.id,
        series="",
        value=wording.quantity(figure, figure.unit),
        words=wording.shown(figure.evidence[0].quote),
        counted=wording.shown(figure.counted),
        who=wording.attribution(
            [actors.get(figure.source, figure.source)] if figure.source else [],
            actors.get(figure.via, figure.via) if figure.via else None,
            wording.own_voice(brief.article),
        ),
        as_of=wording.date(figure.as_of),
        place=wording.shown(figure.place) if figure.place else None,
        low=low,
        high=high,
        spans=_spans((*figure.evidence, *figure.also)),
    )


def _claim_groups(brief: Brief, actors: dict[str, str]) -> tuple[ClaimGroup, ...]:
    groups: dict[str, list[ClaimRow]] = {title: [] for title in _GROUPS}
    for claim in brief.claims:
        groups[_group_of(claim)].append(_claim(claim, brief, actors))
    return tuple(
        ClaimGroup(title, note, tuple(groups[title]), long=title != "Denied")
        for title, note in _GROUPS.items()
        if groups[title]
    )


def _group_of(claim: Claim) -> str:
    if claim.polarity == "denied":
        return "Denied"
    if claim.certainty == "unknown":
        return "Not known"
    return "Stated" if claim.certainty == "certain" else "Uncertain"


def _claim(claim: Claim, brief: Brief, actors: dict[str, str]) -> ClaimRow:
    denies = claim.polarity == "denied"
    voice = VoiceRow(
        ref=claim.id,
        who=wording.attribution(
            [actors.get(speaker, speaker) for speaker in claim.speakers],
            actors.get(claim.via, claim.via) if claim.via else None,
            wording.own_voice(brief.article),
            claim.sourcing,
        ),
        denies=denies,
        certainty=claim.certainty,
        hedge=wording.hedge(claim.certainty, claim.cues),
        cues=tuple(wording.shown(cue) for cue in claim.cues),
        when=wording.date(claim.when) if claim.when else None,
        quote=wording.mark_cues(claim.evidence[0].quote, claim.cues),
        spans=_spans(claim.evidence),
    )
    return ClaimRow(
        id=claim.id,
        text=wording.shown(claim.text),
        state="single_source",
        label="denied" if denies else claim.certainty,
        affirm=() if denies else (voice,),
        deny=(voice,) if denies else (),
    )


def _spans(evidence: Iterable[Evidence]) -> tuple[Span, ...]:
    return tuple(Span(1, one.start, one.end) for one in evidence)
