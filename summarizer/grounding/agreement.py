"""When two numbers, or two units, are the same for the gate. Pure.

Values are compared as decimals, exactly but for ratios; units by code, where the text may leave open which
currency of a name is meant.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from summarizer.text.currency_names import ONE_NOUN
from summarizer.text.numbers import Quantity

#: "A third" is 0.33 for one and 0.3333 for another.
RATIO_TOLERANCE: Final = Decimal("0.02")
#: Codes that one word may mean: "dollars" at home, "tons" of either kind, "degrees" of either scale.
_ONE_WORD: Final = (
    *ONE_NOUN,
    frozenset(("t", "[ston_av]", "[lton_av]")),
    frozenset(("deg", "Cel", "[degF]")),
    frozenset(("1", "count")),  # a pure number: a magnitude, an index
)


def same_value(quantity: Quantity, value: Decimal, high: Decimal | None) -> bool:
    """Whether the quantity has this value (and upper end); ratios within `RATIO_TOLERANCE`."""
    tolerance = RATIO_TOLERANCE if quantity.unit == "ratio" else Decimal(0)
    return _same(Decimal(str(quantity.value)), value, tolerance) and _same(
        None if quantity.value_high is None else Decimal(str(quantity.value_high)), high, tolerance
    )


def _same(one: Decimal | None, other: Decimal | None, tolerance: Decimal) -> bool:
    if one is None or other is None:
        return one is other
    return one == other or (other.is_finite() and abs(one - other) <= tolerance * max(one, other))


def same_unit(one: str, other: str) -> bool:
    """Whether two unit codes can mean the same: a currency that the text leaves open fits any other."""
    if one == other:
        return True
    if "XXX" in (one, other):
        return is_currency(one) and is_currency(other)
    return any(one in codes and other in codes for codes in _ONE_WORD)


def is_currency(unit: str) -> bool:
    """Whether a unit code is an ISO 4217 code by its form."""
    return len(unit) == 3 and unit.isalpha() and unit.isupper()
