"""Ground the figures of a draft: value, unit and bound must be what their own evidence says.

Pure. Source and via must be actors of the brief, else the figure is refused with them. Further spans that
don't state the same number are dropped and reported, the figure stays; so are a date that isn't ISO and a
place that the article doesn't name.
"""

from __future__ import annotations

import re
from typing import Final

from pydantic import ValidationError

from summarizer.grounding.actors import GroundedActors
from summarizer.grounding.article_view import ArticleView
from summarizer.grounding.figure_checks import Disagreement, Measure, Reading, read_figure
from summarizer.grounding.locate import Located
from summarizer.grounding.refusals import ItemRefusals, Refusals
from summarizer.records.base import ISO_DATE
from summarizer.records.brief import Evidence, Figure, FigureMention
from summarizer.records.draft import DraftFigure, Quote

_ISO_DATE: Final = re.compile(ISO_DATE)
#: An id that may be the final one: nothing need be copied where it is.
_ID: Final = re.compile("f[1-9][0-9]*")


def ground_figures(
    view: ArticleView, drafts: tuple[DraftFigure, ...], actors: GroundedActors, refusals: Refusals
) -> list[tuple[str, Figure]]:
    """Accepted figures with their draft ids; `source` and `via` are still the draft's."""
    grounded: list[tuple[str, Figure]] = []
    taken: set[str] = set()
    places: dict[tuple[int, float, float | None], str] = {}
    for draft in drafts:
        notes = refusals.of("figure", draft.id)
        if draft.id in taken:
            notes.add("id", "duplicate", f"the draft uses the id {draft.id} twice", _quote(draft))
            continue
        taken.add(draft.id)
        figure = _ground(view, draft, actors, notes)
        if figure is None:
            continue
        number = _number_start(view, figure.evidence[0])
        place = (number, figure.value, figure.value_high)
        if place in places:
            notes.add(
                "evidence",
                "duplicate",
                f"{places[place]} is the same number at the same place",
                _quote(draft),
            )
            continue
        places[place] = draft.id
        grounded.append((draft.id, figure))
    return grounded


def iso_or_none(field: str, iso: str | None, notes: ItemRefusals) -> str | None:
    """A date as the contract writes it; any other is dropped and reported."""
    if iso is None or _ISO_DATE.fullmatch(iso):
        return iso
    notes.add(field, "invalid", f"“{iso}” is no ISO date or interval", iso)
    return None


def _ground(
    view: ArticleView, draft: DraftFigure, actors: GroundedActors, notes: ItemRefusals
) -> Figure | None:
    measure = Measure(draft.value, draft.value_high, draft.unit, draft.bound)
    evidence: list[Evidence] = []
    for quote in draft.evidence:
        read = _read(view, quote, measure, notes, "evidence")
        if read is not None:
            evidence.append(view.evidence(read.start, read.end))
        elif not evidence:
            return None  # the first span is the one that everything else hangs on
    if not evidence:
        notes.add("evidence", "quote_blank", "the figure has no evidence", None)
        return None
    for field, actor in (("source", draft.source), ("via", draft.via)):
        why = actors.missing(actor) if actor is not None else None
        if why is not None:
            notes.add(field, "unknown_actor", f"its {field} is no actor of the brief: {why}", _quote(draft))
            return None
    unknown = view.words.unknown_name(draft.counted)
    if unknown is not None:
        reason = f"“{unknown}” is not in the article"
        notes.add("counted", "name_not_in_evidence", reason, draft.counted)
        return None
    place = draft.place
    if place is not None and view.words.unknown_name(place) is not None:
        notes.add("place", "name_not_in_evidence", f"“{place}” is not in the article", place)
        place = None
    try:
        return Figure(
            id=draft.id if _ID.fullmatch(draft.id) else "f1",
            evidence=tuple(evidence), also=_also(view, draft, measure, notes), value=draft.value,
            value_high=draft.value_high, unit=draft.unit, counted=draft.counted, bound=draft.bound,
            status=draft.status, as_of=iso_or_none("as_of", draft.as_of, notes), place=place,
            source=draft.source, via=draft.via,
        )  # fmt: skip
    except ValidationError as error:
        notes.add_invalid(error, _quote(draft))
        return None


def _read(
    view: ArticleView,
    quote: Quote,
    measure: Measure,
    notes: ItemRefusals,
    field: str,
    any_bound: bool = False,
) -> Reading | None:
    found = view.place(quote)
    if not isinstance(found, Located):
        notes.add_miss(field, found, quote.quote)
        return None
    read = read_figure(view, found.start, found.end, measure, any_bound)
    if isinstance(read, Disagreement):
        where = read.field if field == "evidence" else field
        notes.add(where, read.code, read.reason, quote.quote, view.text[found.start : found.end])
        return None
    return read


def _also(
    view: ArticleView, draft: DraftFigure, measure: Measure, notes: ItemRefusals
) -> tuple[FigureMention, ...]:
    """Further spans; each takes the bound of its own words where that differs from the figure's."""
    mentions: list[FigureMention] = []
    for quote in draft.also:
        bound = quote.bound or draft.bound
        own = Measure(draft.value, draft.value_high, draft.unit, bound)
        read = _read(view, quote, own, notes, "also", any_bound=quote.bound is None)
        if read is not None:
            differs = None if read.bound == measure.bound else read.bound
            span = view.evidence(read.start, read.end)
            mentions.append(FigureMention(quote=span.quote, start=span.start, end=span.end, bound=differs))
    return tuple(dict.fromkeys(mentions))


def _number_start(view: ArticleView, evidence: Evidence) -> int:
    stated = view.quantities(evidence.start, evidence.end)
    return stated[0].number_start if stated else evidence.start


def _quote(draft: DraftFigure) -> str | None:
    return draft.evidence[0].quote if draft.evidence else None
