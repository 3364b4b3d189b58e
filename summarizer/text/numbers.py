"""Find the quantities that English news text states: number, unit, bound and the noun that is counted.

`find_quantities` is for running text, `parse_quantity` reads a quote again to check a figure against it.
Dates, clock times, ages, ordinals, names with numbers ("Su-35", "Article 5"), telephone numbers and bare
"a" and "one" are no quantities. What a quantity is *about*, who says so and whether it is planned is
left to the extraction. Offsets are code points into the text that was given.

Linear: one pass for numerals, then patterns over windows of bounded length around each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from summarizer.records.brief import Bound
from summarizer.text import numbers_masks as masks
from summarizer.text import numbers_ratios as ratios
from summarizer.text.dates import find_dates
from summarizer.text.lexicon import text_lexicon
from summarizer.text.numbers_amounts import (
    BETWEEN_BEFORE,
    NUMBER,
    Amount,
    conversion_end,
    join_range,
    read_amount,
)
from summarizer.text.numbers_bounds import bound_after, bound_before
from summarizer.text.numbers_candidates import Candidate, candidates
from summarizer.text.numbers_heads import Head, head_after
from summarizer.text.numbers_units import Kind, currency_before, unit_after
from summarizer.text.numbers_values import (
    as_number,
    digits_value,
    words_value,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as the text states it.

    `[start, end)` is the shortest span of bound, number and unit or counted noun, `[number_start,
    number_end)` the numerals with their scale word ("106 thousand"). `unit` follows the contract:
    `count`, `percent`, `ratio`, an ISO 4217 code or a UCUM code. `kind` "bare" is a number beside which no
    unit and no noun stands ("the toll rose to 194"; its unit is then `count`, or the neighbour's when
    `inherited`). `definite` marks a back reference ("the nine plaintiffs", "all three").
    """

    start: int
    end: int
    number_start: int
    number_end: int
    value: int | float
    value_high: int | float | None
    unit: str
    bound: Bound
    kind: Kind
    head: Head | None = None
    definite: bool = False
    inherited: bool = False


_VOTE_AFTER = re.compile(
    r"\s(?:decision|decisions|ruling|vote|votes|verdict|split|majority|party-line|margin|opinion|along|in\sfavou?r|against|to\s[a-z]+)\b"
)
_VOTE_BEFORE = re.compile(
    r"\b(?:voted?|vote\swas|votes?|vote\sof|by\sa|ruled|approved|passed|split|divided|tally\sof|rejected|failed|decided)\s(?:(?:unanimously|narrowly|of|it|the\smeasure)\s)?$",
    re.IGNORECASE,
)
_DEFINITE_BEFORE = re.compile(
    r"\b(?:the|these|those|all|both|all\sof\sthe|of\sthe|all\sthe)\s$", re.IGNORECASE
)
_MAGNITUDE_BEFORE = re.compile(r"\b[Mm]agnitude(?:\sof|-)?\s$")
_MAGNITUDE_AFTER = re.compile(r"[-\s]magnitude\b|\son\sthe\s(?:open-ended\s)?(?:Richter|moment)")
_COMPOUND = re.compile(r"[-‑]([A-Za-z][a-z]+(?:-[a-z]+)*)")
_COMPOUND_SUFFIX = re.compile(r"[-‑\s](?:strong)\b|[-‑](?:plus|odd)\b")
_INSTRUMENT_AFTER = re.compile(
    r"\s(?:[\w.]+\s){0,3}(?:bonds?|notes?|yields?|mortgages?|gilts?|bunds?|swaps?|Treasur(?:y|ies)|bills?\syield|paper|debt|fix|fixes)\b"
)
_SENTENCE_BREAK = re.compile(r"[.!?][\"”’)]*\s+[A-Z“\"‘]|\n")
_BARE_WORD_AFTER = re.compile(
    r"\s(?:were|was|are|is|have|had|has|died|die|remain|remained|survived|others?|of|did|said|say|voted|opposed|dissented|fled)\b"
)
_BARE_WORD_BEFORE = re.compile(
    r"\b(?:all|killed|killing|kills|injured|hurt|sickened|wounded|injuring|wounding|arrested|to|at|by|than|number|total|detained|including|only|just)\s$",
    re.IGNORECASE,
)
_LIST_ITEM = re.compile(r"(?:^|\n)\s{0,4}$")
_AGO = re.compile(r"\s(?:or\sso\s)?ago\b")
_ZERO_GROUPS = re.compile(r"\d+(?:[\s-]\d+)*")
_LONE_VOTE = re.compile(r"(\d{1,3})(?:[-–]|\sto\s)(\d{1,3})")
_LOWER_WORD_BEFORE = re.compile(r"(?:^|\s)[a-z]\w*\s$")
_RATIO_AGAIN = re.compile(r"\s\((?:about|around|roughly|some|or)?\s?\d{1,2}(?:\.\d+)?(?:%|\sper\s?cent)\)")
_TABLE_AFTER = re.compile(r"\s\$?\d")
_EQUATION = re.compile(r"\s?=")
_COMPOUNDS = frozenset(text_lexicon("masks.toml")["compounds"]["after"])
_LOOK = masks.WINDOW


def find_quantities(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """All quantities in `text[start:end]`, in order; none begins inside another's number.

    A part and its whole are two quantities whose spans overlap: in "five of the nine plaintiffs" the first
    spans all of it.
    """
    stop = len(text) if end is None else end
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
    return found


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
        if masks.is_glued(before, after) and currency_before(before) is None:
            return None, end
        if masks.is_time_or_citation(before, after) and currency_before(before) is None:
            return None, end
    elif before[-1:] in ("-", "‑", "'", "’") or masks.is_glued("", after):
        return None, end
    if special := _ratio_of_number(text, begin, end, value, limit):
        return _ratio_quantity(text, begin, special, before, stop)
    amount = read_amount(text, begin, end, value, before, limit, spelled=spelled)
    return _assemble(text, amount, floor, stop, limit, found)


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


def _assemble(
    text: str, amount: Amount, floor: int, stop: int, limit: int, found: list[Quantity]
) -> tuple[Quantity | None, int]:
    """Bound, range, conversion and counted noun around an amount; None when it is masked after all."""
    before = text[max(floor, amount.start - _LOOK) : amount.start]
    after = text[amount.end : min(stop, amount.end + _LOOK)]
    if _EQUATION.match(after) or before.rstrip().endswith("="):
        return None, amount.end
    if vote := _vote(text, amount, before, limit):
        return vote
    plain = amount.unit is None and amount.scale == 1
    if (
        plain
        and amount.value == amount.value.to_integral_value()
        and masks.is_age(before, after, int(min(amount.value, Decimal(999))))
    ):
        return None, amount.end
    if plain and masks.is_named(before) and (not amount.spelled or text[amount.start].isupper()):
        return None, amount.end
    if amount.unit is None and text[amount.end : amount.end + 1].isalpha():
        return None, amount.end  # "23andMe"
    magnitude = _MAGNITUDE_BEFORE.search(before) if plain else None
    if magnitude or (plain and _MAGNITUDE_AFTER.match(after)):
        start = amount.start - (len(before) - magnitude.start() if magnitude else 0)
        end = (
            amount.end
            if magnitude or text[amount.end : amount.end + 3] == " on"
            else amount.end + len("-magnitude")
        )
        bound, taken = bound_before(
            text[max(floor, start - _LOOK) : start], bare=False, over_is_time=False, within=False
        )
        return Quantity(
            start - taken, end, amount.number_start, amount.number_end, as_number(amount.value), None, "1",
            bound or "exact", "measure",
        ), end  # fmt: skip
    amount, high, ranged = join_range(text, amount, before, limit)
    return _finish(text, amount, high, ranged, floor, stop, limit, found)


def _vote(text: str, amount: Amount, before: str, stop: int) -> tuple[Quantity | None, int] | None:
    """ "2-1 decision": votes are the count of the winners; any other "3-1" or "2-2" is a score."""
    if amount.unit is not None or amount.spelled or amount.value != amount.value.to_integral_value():
        return None
    match = re.compile(r"(?:[-–]|\sto\s)(\d{1,3})(?![\w.,%-]*[\d%])").match(text, amount.end, stop)
    if match is None:
        return None
    other = Decimal(match.group(1))
    to_words = match.group().startswith(" ")
    if (_VOTE_AFTER.match(text, match.end(), stop) and not to_words) or _VOTE_BEFORE.search(before):
        return Quantity(
            amount.start, match.end(), amount.number_start, match.end(), as_number(amount.value), None,
            "count", "exact", "bare",
        ), match.end()  # fmt: skip
    if not to_words and other <= amount.value:
        return None, match.end()
    return None


def _finish(
    text: str, amount: Amount, high: Amount | None, ranged: bool, floor: int, stop: int, limit: int,
    found: list[Quantity],
) -> tuple[Quantity | None, int]:  # fmt: skip
    last = high or amount
    unit = last.unit if ranged else amount.unit
    end, head, compound = last.end, None, False
    kind: Kind = unit.kind if unit else "bare"
    bound: Bound | None = None
    if unit is None:
        if suffix := _COMPOUND_SUFFIX.match(text, end, stop):
            end, kind, compound = suffix.end(), "count", True
            bound = {"plus": "at_least", "odd": "about"}.get(suffix.group()[1:])  # type: ignore[assignment]
            if bound and (head := head_after(text, end, limit, plural=True)):
                end = head.end
        elif match := _COMPOUND.match(text, end, stop):
            if (
                match.group(1) in _COMPOUNDS
                or match.group(1).split("-")[0] in _COMPOUNDS
                or match.group(1)[0].isupper()
            ):
                return None, match.end()
            head, end, kind, compound = (
                Head(match.start(1), match.end(), match.start(1)),
                match.end(),
                "count",
                True,
            )
        else:
            more, more_end = bound_after(text, end, stop)
            if more and (head := head_after(text, more_end, limit, plural=last.value != 1)):
                bound, end = more, more_end  # "100,000+ visitors", "150 or so people"
            head = head_after(text, end, limit, plural=last.value != 1)
            if head is not None:
                kind, end = "count", head.end
    before = text[max(floor, amount.start - _LOOK) : amount.start]
    lead = BETWEEN_BEFORE.search(before) if ranged else None
    prior, taken = bound_before(
        before,
        bare=kind in ("bare", "money", "percent"),
        over_is_time=kind == "duration",
        within=kind in ("measure", "duration", "percent"),
    )
    bound = prior if prior and bound is None else bound
    start = amount.start - taken
    if lead and lead.group(1).lower() == "between":
        start = amount.start - (len(before) - lead.start())
    if unit is not None and not ranged:
        end = conversion_end(text, end, unit, kind, limit)
    later, later_end = bound_after(text, end, stop)
    if later is None and head is not None and not compound:
        later, number_later = bound_after(text, last.end, stop)
        later_end = max(end, number_later)
    if later and (bound is None or bound == "about"):
        bound, end = later, max(end, later_end)
    used = last.end if head is not None and head.of else max(last.end, end)
    if _unstated(text, amount, kind, bound, before, end, stop, limit, ranged):
        return None, used
    definite = kind in ("count", "bare") and not compound and bool(_DEFINITE_BEFORE.search(before))
    code, inherited = (unit.code if unit else "count"), False
    if unit is None and kind == "bare":
        code, inherited = _neighbour_unit(text, amount, found)
        if not inherited and amount.value != amount.value.to_integral_value():
            code = "1"
    quantity = Quantity(
        start, end, amount.number_start, last.number_end, as_number(amount.value),
        as_number(last.value) if ranged else None, code, "between" if ranged else bound or "exact",
        found[-1].kind if inherited else kind, head, definite, inherited,
    )  # fmt: skip
    return quantity, used


def _unstated(
    text: str, amount: Amount, kind: Kind, bound: Bound | None, before: str, end: int, stop: int,
    limit: int, ranged: bool,
) -> bool:  # fmt: skip
    """Numerals that state no quantity for want of context: bare "one", list numbers, "88 Ianthe"."""
    numeral = text[amount.number_start : amount.number_end].lower()
    if numeral == "one" and kind == "count" and before.lower().endswith("more than "):
        return True  # "more than one type of care" counts nothing
    if bound is None and not ranged and kind != "percent" and numeral in ("one", "a", "an"):
        return amount.value == (amount.unit.factor if amount.unit else 1)
    if kind == "duration" and _AGO.match(text, end, stop):
        return True
    if kind == "duration" and text[amount.number_end : amount.number_end + 1] in ("-", "‑"):
        return bool(_INSTRUMENT_AFTER.match(text, amount.end, stop))
    if kind not in ("bare", "count"):
        return False
    if kind == "count":  # "the Seven Sisters" is a name
        capitals = (
            text[amount.number_start].isupper()
            and text[amount.number_end + 1 : amount.number_end + 2].isupper()
        )
        return amount.spelled and capitals and bool(_LOWER_WORD_BEFORE.search(before))
    if masks.is_weakly_named(before) and bound is None and amount.scale == 1:
        return True
    if amount.scale != 1 or ranged:
        return False
    if amount.spelled:
        if bound is not None or amount.value >= 13:
            return False
        return not (_BARE_WORD_AFTER.match(text, amount.end, stop) or _BARE_WORD_BEFORE.search(before))
    if _LIST_ITEM.search(before) and re.match(r"[.)]\s", text[amount.end : amount.end + 2]):
        return True
    following = text[amount.end : min(stop, amount.end + 24)]
    if limit > amount.end + 2 and re.match(r"\s[A-Z][a-z]", following) and bound is None:
        return True
    return text[amount.number_start] == "0" and amount.value == amount.value.to_integral_value()


def _neighbour_unit(text: str, amount: Amount, found: list[Quantity]) -> tuple[str, bool]:
    """A unit left out the second time: "fell to 1.42 billion crowns from 1.78 billion"."""
    if amount.scale < 1000 or not found or found[-1].kind not in ("money", "measure"):
        return "count", False
    gap = text[found[-1].end : amount.start]
    if found[-1].kind == "measure" and not gap.endswith((" from ", " to ", " with ", " against ")):
        return "count", False
    if len(gap) > 160 or _SENTENCE_BREAK.search(gap):
        return "count", False
    return found[-1].unit, True
