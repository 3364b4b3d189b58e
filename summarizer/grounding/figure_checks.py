"""Read a figure's evidence again and compare: value, unit and bound must be what the span says.

Pure. The span is read in its sentence, so that cutting "more than" off a quote doesn't make a number exact;
where the bound stands just outside the span and the figure has it, the span is widened to hold it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from summarizer.grounding.agreement import is_currency, same_unit, same_value
from summarizer.grounding.article_view import ArticleView
from summarizer.records.brief import Bound, RejectionCode
from summarizer.text.numbers import Quantity, parse_quantity

_TIMES: Final = re.compile(r"\b(?:times|twice|thrice)\b|fold\b", re.IGNORECASE)

#: A span that is longer than the quantity by this much, or holds a second one, is cut to the quantity.
MAX_EXTRA_CHARS: Final = 60


class Measure(NamedTuple):
    """What a figure says about its number."""

    value: int | float
    value_high: int | float | None
    unit: str
    bound: Bound


class Reading(NamedTuple):
    """The span agrees: where it should start and end, and the bound that it states."""

    start: int
    end: int
    bound: Bound


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The span says something else. `field` is the figure's field that fails."""

    field: str
    code: RejectionCode
    reason: str


def read_figure(
    view: ArticleView, start: int, end: int, measure: Measure, any_bound: bool = False
) -> Reading | Disagreement:
    """Compare a figure with the text at `[start, end)`. With `any_bound` its bound is not compared."""
    stated = view.quantities(start, end)
    quote = view.text[start:end]
    if not stated:
        return Disagreement("value", "value_not_in_evidence", f"“{quote}” states no quantity")
    high = None if measure.value_high is None else Decimal(str(measure.value_high))
    value = Decimal(str(measure.value))
    same = [quantity for quantity in stated if same_value(quantity, value, high)]
    if not same:
        found = ", ".join(_ends(quantity.value, quantity.value_high) for quantity in stated)
        wanted = _ends(measure.value, measure.value_high)
        return Disagreement("value", "value_not_in_evidence", f"“{quote}” states {found}, not {wanted}")
    units = [quantity for quantity in same if _unit_agrees(view, quantity, measure.unit)]
    if not units:
        reason = f"“{quote}” is in {same[0].unit}, not {measure.unit}"
        return Disagreement("unit", "unit_not_in_evidence", reason)
    bounds = [quantity for quantity in units if any_bound or quantity.bound == measure.bound]
    if not bounds:
        whole = view.text[min(start, units[0].start) : max(end, units[0].end)]
        reason = f"“{whole}” is {units[0].bound}, not {measure.bound}"
        return Disagreement("bound", "bound_not_in_evidence", reason)
    return _reading(view, start, end, bounds[0], alone=len(stated) == 1)


def _reading(view: ArticleView, start: int, end: int, quantity: Quantity, alone: bool) -> Reading:
    """The span to store: widened where it lacks the bound's words, cut where it holds much else."""
    if quantity.bound != "exact" and alone and not start <= quantity.start < quantity.end <= end:
        within = parse_quantity(view.text[start:end])
        if within is None or within.bound != quantity.bound:
            start, end = min(start, quantity.start), max(end, quantity.end)
    extra = (end - start) - (quantity.end - quantity.start)
    if extra > MAX_EXTRA_CHARS or not alone:
        start, end = quantity.start, quantity.end
    return Reading(start, end, quantity.bound)


def _unit_agrees(view: ArticleView, quantity: Quantity, unit: str) -> bool:
    if same_unit(quantity.unit, unit):
        return True
    if {quantity.unit, unit} == {"count", "ratio"}:  # "three times" as large, or as often
        return _TIMES.search(view.text[quantity.number_start : quantity.number_end + 8]) is not None
    # "from 1.78 billion": the unit stands with the number before it.
    elliptic = quantity.kind == "bare" or quantity.inherited
    near = view.units_near(quantity.start) if elliptic else set()
    return unit in near or (is_currency(unit) and any(same_unit(other, unit) for other in near))


def _ends(value: int | float, high: int | float | None) -> str:
    return f"{value:,}" if high is None else f"{value:,} to {high:,}"
