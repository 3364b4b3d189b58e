"""A figure series as a range plot (SVG): each figure a mark on one axis, its bound drawn as what it means.

Pure. Exact figures are dots, approximate ones rings, "more than" an arrow to the right, "up to" an arrow to
the left, ranges a bar. Colours tell scopes apart, and so do letters. The table beside it says all in words.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from summarizer.rendering.markup import Markup, element
from summarizer.rendering.view import FigureRow, FigureTable

WIDTH, MARGIN, ROW, TOP = 440, 14, 38, 8
ARROW = 34
#: Scopes with a colour of their own; later ones share the last.
COLORS = 5
#: Characters of a label that fit the width at its font size.
LABEL_CHARS = 64
#: Outside of these floating point can't tell neighbours apart: the largest span, the least one relative to
#: the values.
MAX_VALUE, MIN_SPAN = 1e15, 1e-9
#: Fewer points than this say more in the table.
MIN_POINTS = 3


def range_plot(table: FigureTable) -> Markup | None:
    """The plot of a series; None where it would show nothing more, and for figures of different things."""
    values = [end for row in table.rows for end in (row.low, row.high) if end is not None]
    if not table.id or len(table.rows) < MIN_POINTS or not values:
        return None
    span = max(values) - min(values)
    if not max(values) * MIN_SPAN < span < MAX_VALUE:
        return None
    ticks = axis_ticks(min(values), max(values))
    low, high = min(ticks[0], *values), max(ticks[-1], *values)

    def x(value: float) -> float:
        inner = WIDTH - 2 * (MARGIN + ARROW)
        return round(MARGIN + ARROW + (value - low) / (high - low) * inner, 1)

    bottom = TOP + ROW * len(table.rows)
    parts: list[Markup] = []
    for tick in ticks:
        parts.append(element("line", x1=x(tick), x2=x(tick), y1=TOP, y2=bottom, class_="grid"))
        label = f"{tick:,.10g}"
        parts.append(element("text", label, x=x(tick), y=bottom + 16, text_anchor="middle", class_="tick"))
    for number, row in enumerate(table.rows):
        y = TOP + ROW * number
        parts.append(element("text", _label(row), x=MARGIN, y=y + 13, class_="label"))
        parts.append(element("g", *_mark(row, x, y + 25), class_=f"mark {_color(row)}"))
    name = f"plot-{table.id}"
    title = element("title", f"{table.title}: {len(table.rows)} figures on one axis", id=name)
    drawn = element(
        "svg",
        title,
        *parts,
        viewBox=f"0 0 {WIDTH} {bottom + 24}",
        role="img",
        aria_labelledby=name,
        class_="plot",
    )
    scopes = ", colours and letters: scope" if any(row.group for row in table.rows) else ""
    caption = f"● exact, ○ about, → at least, ← at most, ▬ range{scopes}. All of it in words in the table."
    return element("figure", drawn, element("figcaption", caption, class_="quiet"))


def axis_ticks(low: float, high: float) -> list[float]:
    """Three to six round numbers that take in `low` to `high` (Heckbert's nice numbers, Graphics Gems I)."""
    span = high - low
    exponent = math.floor(math.log10(span / 4))
    fraction = span / 4 / 10.0**exponent
    nice = next(one for one in (1, 2, 5, 10) if fraction <= one or one == 10)
    step = nice * 10.0**exponent
    first = math.floor(low / step)
    return [float(f"{index * step:.12g}") for index in range(first, math.ceil(high / step) + 1)]


def _label(row: FigureRow) -> str:
    """Ref, scope, value, date and as much of who as has room: nothing else is ever cut."""
    scope = f" [{row.group}]" if row.group else ""
    date = "" if row.as_of == "undated" else f", {row.as_of}"
    head = f"{row.ref}{scope}  {row.value}{date}, "
    room = max(0, LABEL_CHARS - len(head))
    return head + (row.who if len(row.who) <= room else row.who[:room].rstrip() + "…")


def _mark(row: FigureRow, x: Callable[[float], float], y: float) -> Iterable[Markup]:
    if row.low is not None and row.high is not None and row.low != row.high:
        yield element("line", x1=x(row.low), x2=x(row.high), y1=y, y2=y, class_="bar")
        return
    end = row.low if row.low is not None else row.high
    if end is None:
        return
    at = x(end)
    if row.low is None or row.high is None:
        way = 1 if row.high is None else -1
        tip = at + way * ARROW
        yield element("line", x1=at, x2=tip, y1=y, y2=y)
        yield element("path", d=f"M{tip - way * 7} {y - 4} L{tip} {y} L{tip - way * 7} {y + 4}", fill="none")
        yield element("line", x1=at, x2=at, y1=y - 5, y2=y + 5)
        return
    about = row.value.startswith("about ")
    yield element("circle", cx=at, cy=y, r=4.5, class_="ring" if about else "dot")


def _color(row: FigureRow) -> str:
    return f"scope-{min(ord(row.group[0]) - ord('A'), COLORS - 1) if row.group else 0}"
