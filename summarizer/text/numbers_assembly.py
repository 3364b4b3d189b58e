"""From an amount to a quantity: bound, range, counted noun, and whether it states one at all. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from summarizer.records.brief import Bound
from summarizer.text import numbers_masks as masks
from summarizer.text.lexicon import text_lexicon
from summarizer.text.numbers_amounts import (
    BETWEEN_BEFORE,
    Amount,
    conversion_end,
    join_range,
    with_smaller_unit,
)
from summarizer.text.numbers_bounds import bound_after, bound_before
from summarizer.text.numbers_heads import Head, head_after
from summarizer.text.numbers_units import Kind, points_of_error
from summarizer.text.numbers_values import as_number
from summarizer.text.pieces import Ending


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


_VOTE_AFTER: Final = re.compile(
    r"\s(?:decision|decisions|ruling|vote|votes|verdict|split|majority|party-line|margin|opinion|along|in\sfavou?r|against|to\s[a-z]+)\b"
)
_OTHER_VOTES: Final = re.compile(r"(?:[-–]|\sto\s)(\d{1,3})(?![\w.,%-]*[\d%])")
_VOTE_BEFORE: Final = re.compile(
    r"\b(?:voted?|vote\swas|votes?|vote\sof|by\sa|ruled|approved|passed|split|divided|tally\sof|rejected|failed|decided)\s(?:(?:unanimously|narrowly|of|it|the\smeasure)\s)?$",
    re.IGNORECASE,
)
_DEFINITE_BEFORE: Final = Ending(
    re.compile(r"\b(?:the|these|those|all|both|all\sof\sthe|of\sthe|all\sthe)\s$", re.IGNORECASE),
    ["the", "these", "those", "all", "both"],
)
_MAGNITUDE_BEFORE: Final = re.compile(
    r"\b[Mm]agnitude(?:-|(?:\sof)?\s(?:(?:up\sto|about|around|at\sleast|roughly|over)\s)?)$"
)
_MAGNITUDE_AFTER: Final = re.compile(r"[-\s]magnitude\b|\son\sthe\s(?:open-ended\s)?(?:Richter|moment)")
_COMPOUND: Final = re.compile(r"[-‑]([A-Za-z][a-z]+(?:-[a-z]+)*)")
_COMPOUND_SUFFIX: Final = re.compile(r"[-‑\s](?:strong)\b|[-‑](?:plus|odd)\b")
_INSTRUMENT_AFTER: Final = re.compile(
    r"\s(?:[\w.]+\s){0,3}(?:bonds?|notes?|yields?|mortgages?|gilts?|bunds?|swaps?|Treasur(?:y|ies)|bills?\syield|paper|debt|fix|fixes)\b"
)
_SENTENCE_BREAK: Final = re.compile(r"[.!?][\"”’)]*\s+[A-Z“\"‘]|\n")
_BARE_WORD_AFTER: Final = re.compile(
    r"\s(?:were|was|are|is|have|had|has|died|die|remain|remained|survived|others?|of|did|said|say|voted|opposed|dissented|fled"
    r"|wanted|favou?red|backed|supported|abstained|called\sfor|refused|agreed|rejected|resigned|survived|escaped)\b"
)
_BARE_WORD_BEFORE: Final = re.compile(
    r"\b(?:all|killed|killing|kills|injured|hurt|sickened|wounded|injuring|wounding|arrested|to|at|by|than|number|total|detained|including|only|just|counted|sp(?:oke|eaks?)\sof)\s$",
    re.IGNORECASE,
)
_LEVEL_BEFORE: Final = re.compile(r"\b(?:to|at)\s$")
_FROM_LEVEL: Final = re.compile(r",?\s(?:down\s|up\s)?from\s(?:(?:about|around|nearly|almost|just)\s)?")
_HARDLY: Final = re.compile(r",?\s(?:but\s)?(?:hardly|scarcely|barely|not|never)\s(?:by|at|to|of)\s")
_LIST_ITEM: Final = re.compile(r"(?:^|\n)\s{0,4}$")
_AGED: Final = ("younger than ", "older than ", "under the age of ", "over the age of ")
_AGO: Final = re.compile(r"\s(?:or\sso\s)?ago\b")
_LOWER_WORD_BEFORE: Final = re.compile(r"(?:^|\s)[a-z]\w*\s$")
_EQUATION: Final = re.compile(r"\s?=")
_COMPOUNDS: Final = frozenset(text_lexicon("masks.toml")["compounds"]["after"])
_LOOK: Final = masks.WINDOW
_ERROR_POINTS: Final = re.compile(r"\s(?:percentage\s)?points?\b")


def assemble(
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
    if (
        plain
        and masks.is_far_year(before, text[amount.start : amount.end])
        and not head_after(text, amount.end, limit, plural=True)
    ):
        return None, amount.end
    if plain and masks.is_named(before) and (not amount.spelled or text[amount.start].isupper()):
        return None, amount.end
    if amount.unit is None and text[amount.end : amount.end + 1].isalpha():
        return None, amount.end  # "23andMe"
    if plain and (quake := _magnitude(text, amount, before, after)):
        return quake
    amount = with_smaller_unit(text, amount, limit)
    amount, high, ranged = join_range(text, amount, before, limit)
    return _finish(text, amount, high, ranged, floor, stop, limit, found)


def _magnitude(text: str, amount: Amount, before: str, after: str) -> tuple[Quantity, int] | None:
    """ "Magnitude 6.9", "a 7.2-magnitude quake", "6.4 on the Richter scale": a measure without a unit."""
    lead, tail = _MAGNITUDE_BEFORE.search(before), _MAGNITUDE_AFTER.match(after)
    if lead is None and tail is None:
        return None
    bound, taken = bound_before(before, bare=False, over_is_time=False, within=False)
    start = amount.start - max(taken, len(before) - lead.start() if lead else 0)
    end = amount.end + (
        len("-magnitude") if lead is None and text[amount.end : amount.end + 3] != " on" else 0
    )
    value = as_number(amount.value)
    number = (amount.number_start, amount.number_end)
    return Quantity(start, end, *number, value, None, "1", bound or "exact", "measure"), end


def _vote(text: str, amount: Amount, before: str, stop: int) -> tuple[Quantity | None, int] | None:
    """ "2-1 decision": votes are the count of the winners; any other "3-1" or "2-2" is a score."""
    if amount.unit is not None or amount.spelled or amount.value != amount.value.to_integral_value():
        return None
    match = _OTHER_VOTES.match(text, amount.end, stop)
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
    if unit is None and (points := _ERROR_POINTS.match(text, last.end, limit)) and not ranged:
        unit = points_of_error(text, max(floor, amount.start - _LOOK), amount.start, points.end())
        last = last._replace(end=points.end()) if unit else last
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
    if kind == "duration" and (_AGO.match(text, end, stop) or before.endswith(_AGED)):
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
    """A unit left out the second time: "fell to 1.42 billion crowns from 1.78 billion", "to 5% from 4.8"."""
    if found and _LEVEL_BEFORE.search(text, max(0, found[-1].start - 8), found[-1].start):
        first, gap = text[found[-1].start : found[-1].end], text[found[-1].end : amount.start]
        if first.endswith(("%", "percent", "per cent")) and _FROM_LEVEL.fullmatch(gap):
            return "percent", True
    if found and found[-1].kind == "percent" and _HARDLY.fullmatch(text, found[-1].end, amount.start):
        return "percent", True  # "by 5 to 8 percent, but hardly by 14"
    if amount.scale < 1000 or not found or found[-1].kind not in ("money", "measure"):
        return "count", False
    gap = text[found[-1].end : amount.start]
    if found[-1].kind == "measure" and not gap.endswith((" from ", " to ", " with ", " against ")):
        return "count", False
    if len(gap) > 160 or _SENTENCE_BREAK.search(gap):
        return "count", False
    return found[-1].unit, True
