"""A number that is misread, or an age that becomes a death toll, is the worst error a brief can make."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from summarizer.text.numbers import find_quantities, parse_quantity

GOLDEN = Path(__file__).with_name("quantities.txt")


def _cases() -> list[tuple[str, list[str]]]:
    cases: list[tuple[str, list[str]]] = []
    for line in GOLDEN.read_text("utf-8").splitlines():
        if line.startswith("  "):
            cases[-1][1].append(line.strip())
        elif line and not line.startswith("#"):
            cases.append((line, []))
    return cases


def _shown(text: str) -> list[str]:
    return [
        f"{text[item.start : item.end]} = {item.value}"
        f"{'' if item.value_high is None else f'..{item.value_high}'} {item.unit} {item.bound}"
        for item in find_quantities(text)
    ]


@pytest.mark.parametrize(("sentence", "expected"), _cases())
def test_reads_the_quantities_of_a_sentence(sentence: str, expected: list[str]) -> None:
    """Business, health, science, courts, technology, conflict: what an attentive reader would note down."""
    assert _shown(sentence) == expected


@pytest.mark.parametrize(
    ("quote", "value", "unit", "bound"),
    [
        ("more than 106 thousand soldiers", 106_000, "count", "at_least"),
        ("2,000-plus soldiers", 2_000, "count", "at_least"),
        ("as many as 175,000 troops", 175_000, "count", "at_most"),
        ("within 200 kilometers", 200, "km", "at_most"),
        ("about 260 km (160 mi)", 260, "km", "about"),
        ("a dozen Su-35 fighter jets", 12, "count", "exact"),
        ("Seven senators", 7, "count", "exact"),
        ("tripled", 3, "ratio", "exact"),
        ("almost half", 0.5, "ratio", "about"),
        ("nearly twice", 2, "ratio", "about"),
        ("five of the nine plaintiffs", 5, "count", "exact"),
        ("41", 41, "count", "exact"),
        ("Five", 5, "count", "exact"),
        ("passes 280", 280, "count", "at_least"),
        ("quarter-point", 0.25, "percent", "exact"),
        ("2-1", 2, "count", "exact"),
        ("as low as $5", 5, "USD", "at_least"),
    ],
)
def test_a_figures_own_quote_gives_the_same_reading(quote: str, value: float, unit: str, bound: str) -> None:
    """Grounding reads each figure's quote again; a disagreement would throw a true figure away."""
    found = parse_quantity(quote)
    assert found is not None
    assert (found.value, found.unit, found.bound) == (value, unit, bound)


@pytest.mark.parametrize("quote", ["", "no number here", "19 January 2022", "12 men and 13 women", "aged 54"])
def test_a_quote_without_one_quantity_has_no_reading(quote: str) -> None:
    """Which of two numbers a figure means can't be told."""
    assert parse_quantity(quote) is None


def test_an_elided_currency_is_taken_from_the_amount_before() -> None:
    """ "… fell to 1.42 billion crowns from 1.78 billion": both are money."""
    text = "Profit fell to 1.42 billion Swedish crowns ($147 million) in March from 1.78 billion."
    units = [(item.value, item.unit, item.inherited) for item in find_quantities(text)]
    assert units == [(1_420_000_000, "SEK", False), (1_780_000_000, "SEK", True)]


def test_back_references_are_marked() -> None:
    """ "The nine plaintiffs" gives no new number; the extraction joins it to the first mention."""
    text = "Nine plaintiffs sued. The nine plaintiffs won; nine others lost."
    assert [item.definite for item in find_quantities(text)] == [False, True, False]


def test_offsets_are_those_of_the_whole_text() -> None:
    """Evidence must point into the article, not into a sentence."""
    text = "About 94,000 troops. Some 12 tanks."
    found = find_quantities(text, 21, len(text))
    assert [(item.start, text[item.start : item.end]) for item in found] == [(21, "Some 12 tanks")]


@pytest.mark.parametrize(
    "unit",
    ["1,", "1,111", "(", " ", "1 ", "one ", "half a ", "a dozen ", "between 1 and ", "five or "],
)  # fmt: skip
def test_mutilated_text_costs_linear_time(unit: str) -> None:
    """One broken page must not cost the day: 100 kB of it stay far below the four seconds a page may take."""
    started = time.process_time()
    find_quantities(unit * (100_000 // len(unit)))
    assert time.process_time() - started < 4


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit"),
    [
        ("fined  the  bank  40  million  euros  on  Tuesday", "40  million  euros", 40_000_000, "EUR"),
        ("at  least  2,000  troops  left", "at  least  2,000  troops", 2_000, "count"),
        ("\tup to\t 3\t thousand  people", "up to\t 3\t thousand  people", 3_000, "count"),
    ],
)
def test_wide_spaces_do_not_cut_a_number_from_its_scale(text: str, quote: str, value: int, unit: str) -> None:
    """Justified print and PDF have wide spaces; "40  million euros" was a count of forty "million euros"."""
    (found,) = find_quantities(text)
    assert (text[found.start : found.end], found.value, found.unit) == (quote, value, unit)
    number = text[found.number_start : found.number_end]
    assert number == number.strip()
