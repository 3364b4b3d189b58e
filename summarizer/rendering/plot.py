"""A figure series as a range plot (SVG): each figure a mark on one axis, its bound drawn as what it means.

Pure. Dates go down the plot, values across it. Exact figures are dots, approximate ones rings, "more than" an
arrow to the right, "up to" an arrow to the left, ranges a bar. Colours tell scopes apart, and so do letters;
"≠" marks what another figure contradicts. The table beside it says all in words.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from summarizer.rendering.markup import Markup, element
from summarizer.rendering.view import FigureRow, FigureTable

#: Made for a phone's width, where one unit is about one pixel.
WIDTH, LEFT, RIGHT, ROW, HEADING, TOP, AXIS = 360, 62, 8, 20, 18, 4, 20
ARROW = 22
#: Width of a character of a label, at the size that page.css gives it; a little too much on purpose.
CHAR = 6.6
#: From a mark's edge to its label.
GAP = 8
#: Scopes with a colour of their own; later ones share the last.
COLORS = 5
#: Outside of these floating point can't tell neighbours apart: the largest span, the least one relative to
#: the values.
MAX_VALUE, MIN_SPAN = 1e15, 1e-9
#: Fewer points than this say more in the table.
MIN_POINTS = 3


def range_plot(table: FigureTable) -> Markup | None:
    """The plot of a series; None where it would show nothing more, and for figures of different things."""
    if not is_plottable(table):
        return None
    values = known_ends(table)
    ticks = axis_ticks(min(values), max(values))
    low, high = min(ticks[0], *values), max(ticks[-1], *values)

    def x(value: float) -> float:
        inner = WIDTH - LEFT - RIGHT - 2 * ARROW
        return round(LEFT + ARROW + (value - low) / (high - low) * inner, 1)

    marks, bottom = _dated_rows(table.rows, x)
    name = f"plot-{table.id}"
    title = element("title", f"{table.title}: {len(table.rows)} figures on one axis, by date", id=name)
    drawn = element(
        "svg",
        title,
        *_axis(ticks, x, bottom),
        *marks,
        viewBox=f"0 0 {WIDTH} {bottom + AXIS}",
        role="img",
        aria_labelledby=name,
        class_="plot",
    )
    caption = "● exact, ○ about, → at least, ← at most, ▬ range"
    if any(row.group for row in table.rows):
        caption += "; letter and colour: scope"
    if any(row.contested for row in table.rows):
        caption += "; ≠ contradicted"
    return element("figure", drawn, element("figcaption", f"{caption}.", class_="quiet"))


def known_ends(table: FigureTable) -> list[float]:
    """Every end that a figure of the series has."""
    return [end for row in table.rows for end in (row.low, row.high) if end is not None]


def is_plottable(table: FigureTable) -> bool:
    """Whether a plot shows more than the table: several figures of one thing that aren't all the same."""
    values = known_ends(table)
    if not table.id or len(table.rows) < MIN_POINTS or not values:
        return False
    return max(values) * MIN_SPAN < max(values) - min(values) < MAX_VALUE


def axis_ticks(low: float, high: float) -> list[float]:
    """Three to six round numbers that take in `low` to `high` (Heckbert's nice numbers, Graphics Gems I)."""
    span = high - low
    exponent = math.floor(math.log10(span / 4))
    fraction = span / 4 / 10.0**exponent
    nice = next(one for one in (1, 2, 5, 10) if fraction <= one or one == 10)
    step = nice * 10.0**exponent
    first = math.floor(low / step)
    return [float(f"{index * step:.12g}") for index in range(first, math.ceil(high / step) + 1)]


def _axis(ticks: Sequence[float], x: Callable[[float], float], bottom: float) -> Iterable[Markup]:
    """Grid lines, and as many of their numbers as stand apart."""
    labels = [f"{tick:,.10g}" for tick in ticks]
    room = x(ticks[1]) - x(ticks[0])
    every = max(1, math.ceil(max(map(len, labels)) * CHAR / room)) if room else 1
    for number, (tick, label) in enumerate(zip(ticks, labels, strict=True)):
        yield element("line", x1=x(tick), x2=x(tick), y1=TOP, y2=bottom, class_="grid")
        if number % every == 0:
            yield element("text", label, x=x(tick), y=bottom + 14, text_anchor="middle", class_="tick")


def _dated_rows(rows: Sequence[FigureRow], x: Callable[[float], float]) -> tuple[list[Markup], float]:
    """All marks under the headings of their dates, undated ones last, and where they end."""
    parts: list[Markup] = []
    y = float(TOP)
    heading = None
    for row in sorted(rows, key=lambda row: (row.as_of == "undated", row.as_of, row.group)):
        if row.as_of != heading:
            heading = row.as_of
            y += HEADING
            parts.append(element("text", heading, x=0, y=y - 5, class_="date"))
        parts.extend(_line(row, x, y + ROW / 2))
        y += ROW
    return parts, y + 4


def _line(row: FigureRow, x: Callable[[float], float], y: float) -> Iterable[Markup]:
    name = f"{'≠ ' if row.contested else ''}{row.ref}{f' {row.group}' if row.group else ''}"
    yield element(
        "text", name, x=LEFT - GAP, y=y + 4, text_anchor="end", class_="no" if row.contested else "name"
    )
    mark, left, right = _mark(row, x, y)
    yield element("g", *mark, class_=f"mark {_color(row)}")
    room = GAP + len(row.value) * CHAR
    if right + room <= WIDTH:
        yield element("text", row.value, x=right + GAP, y=y + 4, class_="label")
    elif left - room >= LEFT:  # else it is left to the table
        yield element("text", row.value, x=left - GAP, y=y + 4, text_anchor="end", class_="label")


def _mark(row: FigureRow, x: Callable[[float], float], y: float) -> tuple[list[Markup], float, float]:
    """The mark, and where it begins and ends."""
    low, high = row.low, row.high
    if low is not None and high is not None:
        if low != high:
            line = element("line", x1=x(low), x2=x(high), y1=y, y2=y, class_="bar")
            return [line], x(low) - 4, x(high) + 4
        about = row.value.startswith("about ")
        dot = element("circle", cx=x(low), cy=y, r=4.5, class_="ring" if about else "dot")
        return [dot], x(low) - 6, x(low) + 6
    end = low if low is not None else high
    at = x(end or 0.0)
    way = 1 if high is None else -1
    tip = at + way * ARROW
    arrow = [
        element("line", x1=at, x2=tip, y1=y, y2=y),
        element("path", d=f"M{tip - way * 6} {y - 4} L{tip} {y} L{tip - way * 6} {y + 4}", fill="none"),
        element("line", x1=at, x2=at, y1=y - 5, y2=y + 5),
    ]
    return arrow, min(at, tip), max(at, tip)


def _color(row: FigureRow) -> str:
    return f"scope-{min(ord(row.group[0]) - ord('A'), COLORS - 1) if row.group else 0}"
