"""Find the quantities that English news text states: number, unit, bound and the noun that is counted.

`find_quantities` is for running text, `parse_quantity` reads a quote again to check a figure against it.
Dates, clock times, ages, ordinals, names with numbers ("Su-35", "Article 5"), telephone numbers and bare
"a" and "one" are no quantities. What a quantity is *about*, who says so and whether it is planned is
left to the extraction. Offsets are code points into the text that was given.

Linear: one pass for numerals, then patterns over windows of bounded length around each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from summarizer.text import numbers_masks as masks
from summarizer.text import numbers_ratios as ratios
from summarizer.text.dates import find_dates
from summarizer.text.numbers_amounts import NUMBER, read_amount
from summarizer.text.numbers_assembly import Quantity, assemble
from summarizer.text.numbers_bounds import bound_after, bound_before
from summarizer.text.numbers_candidates import Candidate, candidates
from summarizer.text.numbers_heads import head_after
from summarizer.text.numbers_units import Kind, currency_before, unit_after
from summarizer.text.numbers_values import as_number, digits_value, words_value

__all__ = ["Quantity", "find_quantities", "parse_quantity"]

#: Several spaces where there should be one.
_WIDE: Final = re.compile(r"[^\S\n]{2,}")
_ZERO_GROUPS: Final = re.compile(r"\d+(?:[\s-]\d+)*")
_LONE_VOTE: Final = re.compile(r"(\d{1,3})(?:[-–]|\sto\s)(\d{1,3})")
_RATIO_AGAIN: Final = re.compile(
    r"\s\((?:about|around|roughly|some|or)?\s?\d{1,2}(?:\.\d+)?(?:%|\sper\s?cent)\)"
)
_TABLE_AFTER: Final = re.compile(r"\s\$?\d")
_LOOK: Final = masks.WINDOW


#: Extraction and then grounding read the same sentences: what was found last is kept for so many of them.
RECENT_STRETCHES: Final = 512


def find_quantities(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """All quantities in `text[start:end]`, in order; none begins inside another's number.

    A part and its whole are two quantities whose spans overlap: in "five of the nine plaintiffs" the first
    spans all of it.
    """
    stop = len(text) if end is None else end
    if _has_wide_spaces(text[start:stop]):
        return _find_in_wide(text, start, stop)
    return list(_find(text, start, stop))


def _has_wide_spaces(text: str) -> bool:
    """Whether several spaces stand where there should be one; most texts hold plain spaces alone."""
    return "  " in text if text.isprintable() else _WIDE.search(text) is not None


def _find_in_wide(text: str, start: int, stop: int) -> list[Quantity]:
    """Quantities of a text with wide spaces, as justified print and PDF have: "40  million" is 40 million.

    Read with single spaces; offsets are those of the text as it stands.
    """
    narrow: list[str] = []
    places: list[int] = []  # of each character of `narrow` in `text`
    reached = start
    for gap in (*_WIDE.finditer(text, start, stop), None):
        until = stop if gap is None else gap.start() + 1
        narrow.append(text[reached:until])
        places.extend(range(reached, until))
        reached = until if gap is None else gap.end()
    places.append(stop)
    return [_moved(one, places) for one in _find("".join(narrow), 0, len(places) - 1)]


def _moved(found: Quantity, places: Sequence[int]) -> Quantity:
    head = found.head
    if head is not None:
        head = replace(
            head,
            start=places[head.start],
            end=_end_at(places, head.end),
            noun_start=places[head.noun_start],
        )
    return replace(
        found,
        start=places[found.start],
        end=_end_at(places, found.end),
        number_start=places[found.number_start],
        number_end=_end_at(places, found.number_end),
        head=head,
    )


def _end_at(places: Sequence[int], end: int) -> int:
    """After the last character, not before the next one: a wide space may lie between."""
    return places[end - 1] + 1 if end else places[0]


@lru_cache(maxsize=RECENT_STRETCHES)
def _find(text: str, start: int, stop: int) -> tuple[Quantity, ...]:
    blocked = sorted(
        [(item.start, item.end) for item in find_dates(text, start, stop)]
        + masks.address_spans(text, start, stop)
    )
    found: list[Quantity] = []
    reached, block = start, 0
    for candidate in candidates(text, start, stop):
        if candidate.start < reached:
            continue
        while block < len(blocked) and blocked[block][1] <= candidate.start:
            block += 1
        if block < len(blocked) and blocked[block][0] < candidate.end:
            reached = blocked[block][1]
            continue
        limit = min(stop, blocked[block][0]) if block < len(blocked) else stop
        quantity, reached = _read(text, candidate, start, stop, limit, found)
        if quantity is not None:
            found.append(quantity)
    return tuple(found)


def parse_quantity(quote: str) -> Quantity | None:
    """The one quantity that a figure's quote states, or None when it states none or several.

    Of a part and its whole ("five of the nine plaintiffs") the part is meant. A unit that the quote doesn't
    hold can't be known from it: `kind` is then "bare".
    """
    votes = _LONE_VOTE.fullmatch(quote)
    if votes and int(votes.group(1)) > int(votes.group(2)):
        return Quantity(0, len(quote), 0, len(quote), int(votes.group(1)), None, "count", "exact", "bare")
    found = find_quantities(quote) or _lone_number(quote)
    if len(found) == 1 or (len(found) > 1 and all(item.end <= found[0].end for item in found[1:])):
        return found[0]
    return None


def _lone_number(quote: str) -> list[Quantity]:
    """A quote that is nothing but a number ("Five", "twice"): what running text leaves open is settled."""
    if quote.lower().endswith(("twice", "double", "triple", "half")):
        return find_quantities(quote + " that")
    candidate = next(candidates(quote, 0, len(quote)), None)
    if candidate is None or candidate.form not in ("digits", "words") or quote[candidate.end :].strip():
        return []
    numeral = quote[candidate.start : candidate.end]
    value = digits_value(numeral) if candidate.form == "digits" else words_value(numeral)
    bound, taken = bound_before(quote[: candidate.start], bare=True, over_is_time=False, within=False)
    start, end = candidate.start - taken, candidate.end
    if value is None or quote[:start].strip():
        return []
    return [
        Quantity(start, end, start + taken, end, as_number(value), None, "count", bound or "exact", "bare")
    ]


def _read(
    text: str, candidate: Candidate, floor: int, stop: int, limit: int, found: list[Quantity]
) -> tuple[Quantity | None, int]:
    """The quantity at a candidate and up to where the text is thereby used up."""
    begin, end, form = candidate.start, candidate.end, candidate.form
    before = text[max(floor, begin - _LOOK) : begin]
    if form in ("fraction", "multiple"):
        reader = ratios.fraction if form == "fraction" else ratios.multiple
        ratio = reader(text, text[begin:end], end, limit, before)
        if ratio is not None:
            return _ratio_quantity(text, begin, ratio, before, stop)
        number = NUMBER.match(text, begin, limit) if form == "fraction" else None
        if number is None or number.group("words") is None:
            return None, end
        end = number.end()
    value = (
        Decimal(1)
        if form == "article"
        else digits_value(text[begin:end])
        if form == "digits"
        else words_value(text[begin:end])
    )
    after = text[end : min(stop, end + _LOOK)]
    if value is None or (before[-2:-1].isdigit() and before[-1:].isspace() and _TABLE_AFTER.match(after)):
        return None, end  # a row of a table
    if masks.is_vague(before):
        return None, end
    spelled = form != "digits"
    if form == "digits":
        if text[begin] == "0" and text[begin + 1 : begin + 2].isdigit():
            return None, _ZERO_GROUPS.match(text, begin, stop).end()  # type: ignore[union-attr]
        if phone := masks.telephone_end(text, begin, before):
            return None, phone
        if masks.is_glued(before, after) and currency_before(text, begin) is None:
            return None, end
        if masks.is_time_or_citation(before, after) and currency_before(text, begin) is None:
            return None, end
    elif before[-1:] in ("-", "‑", "'", "’") or masks.is_glued("", after):
        return None, end
    if special := _ratio_of_number(text, begin, end, value, limit):
        return _ratio_quantity(text, begin, special, before, stop)
    amount = read_amount(text, begin, end, value, before, limit, spelled=spelled)
    return assemble(text, amount, floor, stop, limit, found)


def _ratio_of_number(text: str, begin: int, end: int, value: Decimal, stop: int) -> ratios.Ratio | None:
    return (
        ratios.even_odds(text, begin, stop)
        or ratios.multiple_of_number(text, value, end, stop)
        or ratios.part_in_whole(text, value, end, stop)
    )


def _ratio_quantity(
    text: str, begin: int, ratio: ratios.Ratio, before: str, stop: int
) -> tuple[Quantity | None, int]:
    bound, taken = bound_before(before, bare=True, over_is_time=False, within=False)
    kind: Kind = ratio.unit.kind if ratio.unit else "count" if ratio.counts else "ratio"
    unit = ratio.unit.code if ratio.unit else "count" if ratio.counts else "ratio"
    head = head_after(text, ratio.end, stop, plural=True) if kind == "count" else None
    end = head.end if head else ratio.end
    if (
        " in " in text[begin : ratio.end]
        and (people := head_after(text, ratio.end, stop, plural=True))
        and not people.of
    ):
        end = people.end
    later, later_end = bound_after(text, end, stop)
    if later and not bound:
        bound, end = later, later_end
    used = ratio.end
    if kind == "ratio" and (again := _RATIO_AGAIN.match(text, end, stop)):
        end = used = again.end()  # "one in three (29%)"
    if (
        kind == "count"
        and (money := unit_after(text, ratio.end, stop, digits=False))
        and money.kind == "money"
    ):
        kind, unit, head, end = "money", money.code, None, money.end
    quantity = Quantity(
        begin - taken, end, begin, ratio.end, as_number(ratio.value), None, unit, bound or "exact", kind, head
    )
    return quantity, used
