"""What numbers a quote can be read as: written independently of the engine's own number reader.

Pure. Generous on purpose: it answers "can this value be read off these words?" and "where does the number
stand?", so that a wrong value is caught, not a disputable one. Normalising is the engine's task.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import permutations

_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen"""
_UNITS = {word: value for value, word in enumerate(_ONES.split())}
_TIES = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * value for value, word in enumerate(_TIES.split(), 2)}
_SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9, "trillions": 10**12,
    "k": 1000, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "b": 10**9,
    "lakh": 10**5, "lakhs": 10**5, "crore": 10**7, "crores": 10**7,
    "tn": 10**12, "trn": 10**12, "dozen": 12, "dozens": 12, "score": 20,
}  # fmt: skip
_FRACTIONS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
    "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "eighth": 8, "eighths": 8, "tenth": 10,
    "tenths": 10, "hundredth": 100,
}  # fmt: skip
_MULTIPLES = {
    "once": 1, "twice": 2, "thrice": 3, "double": 2, "doubled": 2, "doubles": 2, "doubling": 2, "twofold": 2,
    "triple": 3, "tripled": 3, "triples": 3, "tripling": 3, "threefold": 3, "treble": 3, "trebled": 3,
    "quadruple": 4, "quadrupled": 4, "fourfold": 4, "quintupled": 5, "fivefold": 5, "tenfold": 10,
    "halved": 2, "halving": 2, "halve": 2, "pair": 2, "couple": 2, "both": 2, "trio": 3, "fortnight": 2,
    "decade": 10, "decades": 10, "century": 100, "centuries": 100, "twins": 2, "triplets": 3,
}  # fmt: skip
#: Units that a figure may be stated in while its value is kept in a smaller or larger one.
_UNIT_SCALES = {
    "basis": Fraction(1, 100), "bps": Fraction(1, 100), "bp": Fraction(1, 100), "quarter": Fraction(3),
    "quarters": Fraction(3), "kilobytes": Fraction(10**3), "megabytes": Fraction(10**6),
    "gigabytes": Fraction(10**9), "terabytes": Fraction(10**12), "petabytes": Fraction(10**15),
    "gigabyte": Fraction(10**9), "terabyte": Fraction(10**12), "gb": Fraction(10**9), "tb": Fraction(10**12),
    "p": Fraction(1, 100),
    "cents": Fraction(1, 100), "pence": Fraction(1, 100), "decades": Fraction(10), "centuries": Fraction(100),
}  # fmt: skip
_VULGAR = {"½": 2, "⅓": 3, "¼": 4, "⅕": 5, "⅙": 6, "⅛": 8, "¾": 4, "⅔": 3}
_VULGAR_TOP = {"¾": 3, "⅔": 2}

_SCALE_NEXT = [[word] for word in _SCALES]
_NUMBER_WORDS = frozenset((*_UNITS, *_TENS, *_FRACTIONS, *_MULTIPLES, *_VULGAR))

_PIECE = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[½⅓¼⅕⅙⅛¾⅔]|[A-Za-z]+")


@lru_cache(maxsize=65536)
def number_spans(quote: str) -> tuple[tuple[int, int], ...]:
    """Where the digits or number words of a quote stand; its whole extent if it has none.

    Scale words ("million", "dozen") count only where nothing else does, so that "3.2 million" and a
    mistaken "3.2" stand in the same place.
    """
    plain, scales = [], []
    for match in _PIECE.finditer(quote):
        piece = match.group().casefold()
        if piece[0].isdigit() or piece in _NUMBER_WORDS:
            plain.append(match.span())
        elif piece in _SCALES and len(piece) > 2:
            scales.append(match.span())
    return tuple(plain or scales or [(0, len(quote))])


@lru_cache(maxsize=65536)
def readings(quote: str) -> frozenset[Fraction]:
    """Every value that some number in the quote can be read as."""
    pieces = [match.group().casefold() for match in _PIECE.finditer(quote)]
    values: set[Fraction] = set()
    run: Fraction | None = None  # the number being built: "two hundred and five thousand"
    closed = Fraction(0)  # finished groups of it

    def flush() -> None:
        nonlocal run, closed
        if run is not None:
            values.add(closed + run)
        run, closed = None, Fraction(0)

    bases: list[Fraction] = []
    for position, piece in enumerate(pieces):
        if piece[0].isdigit():
            flush()
            run = _digits(piece)
            bases.append(run)
            if pieces[position + 1 : position + 2] not in _SCALE_NEXT:  # "3.2 million" isn't 3.2
                values.update({run, *_decimal_comma(piece)})
        elif piece in _VULGAR:
            part = Fraction(_VULGAR_TOP.get(piece, 1), _VULGAR[piece])
            run = (run or Fraction(0)) + part
            values.update({run, part})
        elif piece in _UNITS or piece in _TENS:
            value = Fraction(_UNITS.get(piece, _TENS.get(piece, 0)))
            bases.append(value)
            if run is not None and (run % 100 == 0 or (run % 10 == 0 and value < 10)) and run != 0:
                run += value
            else:
                flush()
                run = value
            if pieces[position + 1 : position + 2] not in _SCALE_NEXT:
                values.update({run, value})
        elif piece in _SCALES:
            scaled = (run if run is not None else Fraction(1)) * _SCALES[piece]
            values.add(scaled)
            if _SCALES[piece] >= 1000:
                values.add(closed + scaled)
                closed, run = closed + scaled, Fraction(0)
            else:
                run = scaled
        elif piece in _FRACTIONS:
            values.update({Fraction(1, _FRACTIONS[piece]), (run or Fraction(1)) / _FRACTIONS[piece]})
            if run is not None and position >= 2:
                values.add((closed + run) / _FRACTIONS[piece])
        elif piece in _MULTIPLES:
            values.update({Fraction(_MULTIPLES[piece]), Fraction(1, _MULTIPLES[piece])})
        elif piece in {"a", "an"}:
            values.add(Fraction(1))
        elif piece != "and":
            flush()
    flush()
    for a, b in permutations(bases, 2):
        if a + b and b:
            values.update({a / b, a / (a + b)})  # "one in 10", "50-50"
    if {"few", "couple", "several", "dozens"}.intersection(pieces) and {"dozen", "dozens"} & set(pieces):
        values.update({Fraction(24), Fraction(36)})  # "a few dozen"
    for piece in pieces:
        if piece in _UNIT_SCALES:
            values.update({value * _UNIT_SCALES[piece] for value in tuple(values)})
    if "half" in pieces:
        values.update({value + Fraction(1, 2) for value in tuple(values)})  # "two and a half"
    return frozenset(values)


def states(quote: str, value: int | float) -> bool:
    """Whether `value` can be read off the quote."""
    wanted = Fraction(Decimal(str(value)))
    found = readings(quote)
    # A third may be cut at any decimal from the second on: 0.33, 0.333.
    return wanted in found or any(
        abs(wanted - reading) <= abs(reading) / 100
        for reading in found
        if reading.denominator % 3 == 0 or reading.denominator % 7 == 0
    )


def number_key(sentence: str) -> tuple[Fraction, ...]:
    """The numbers of a sentence as a sorted key: digits and number words; "one" and "a" don't count."""
    found = []
    for match in _PIECE.finditer(sentence):
        piece = match.group().casefold()
        if piece[0].isdigit():
            found.append(_digits(piece))
        elif piece != "one" and (piece in _UNITS or piece in _TENS):
            found.append(Fraction(_UNITS.get(piece, _TENS.get(piece, 0))))
    return tuple(sorted(found))


def _digits(piece: str) -> Fraction:
    plain = piece.replace(",", "")
    if plain.count(".") > 1:  # 1.234.567
        plain = plain.replace(".", "")
    return Fraction(plain)


def _decimal_comma(piece: str) -> list[Fraction]:
    parts = piece.split(",")
    return [Fraction(".".join(parts))] if len(parts) == 2 and len(parts[1]) != 3 and "." not in piece else []
