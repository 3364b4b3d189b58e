"""Figure series as PNG for mail, where SVG is not shown: the range plot of `plot`, and its words.

Pure: the same series gives the same bytes. Exact figures are dots, approximate ones rings, "more than" an
arrow to the right, "up to" an arrow to the left, ranges a bar; each is labelled, so nothing rests on colour.
The picture has its own white ground, so it reads in dark mode too. Letters that the font lacks
lose their marks, or become "?"; a name in another script is "source [3]", and the alt text has it whole.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from summarizer.errors import MissingExtra
from summarizer.rendering.edition_limits import fitted
from summarizer.rendering.plot import axis_ticks, known_ends
from summarizer.rendering.view import FigureRow, FigureTable
from summarizer.rendering.view_edition import EditionView, FiguresPart

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

#: Plots of one mail: each is some 10 kB, and no reader studies more.
MAX_PLOTS = 3
#: Rows of a plot; later ones are in the table only.
MAX_ROWS = 12
#: Logical pixels, and device pixels for one of them. Narrow, to be read on a phone: each figure has a line
#: of words and below it one for its mark.
WIDTH, EDGE, ROW, WORDS, HEADING, TITLE, AXIS, SCALE = 440, 10, 44, 20, 24, 34, 28, 2
ARROW = 26
#: Letters that are no letter with a mark.
_LATIN = {
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe",
    "Œ": "Oe", "ı": "i", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "–": "-", "—": "-", "‑": "-",
}  # fmt: skip
_MAX_ALT = 600
_DAY = re.compile(r"[0-9]{4}[0-9-]*")
_INK, _QUIET, _LINE, _MARK, _WHITE = "#1b1d21", "#565c66", "#c9ced6", "#0b57a4", "#ffffff"


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture of one part of an edition; `name` is its Content-ID, `alt` says what it shows."""

    name: str
    part: FiguresPart = field(repr=False)
    png: bytes = field(repr=False)
    alt: str
    width: int = WIDTH


def edition_plots(view: EditionView) -> tuple[Plot, ...]:
    """The plots of an edition: one for each of the first stories whose figures make one.

    Raises:
        MissingExtra: Pillow isn't installed.
    """
    parts = [part for part in view.figures if part.plot is not None][:MAX_PLOTS]
    return tuple(
        Plot(f"plot-{part.number}@edition", part, plot_png(part.plot), plot_alt(part.plot))
        for part in parts
        if part.plot is not None
    )


def plot_alt(table: FigureTable) -> str:
    """What the plot shows, figure by figure, in its order."""
    rows = _in_order(table)
    told = "; ".join(f"{row.as_of}: {row.value}, {row.who}{_source(row)}" for row in rows)
    left = len(table.rows) - len(rows)
    rest = f"; {left} more in the table" if left else ""
    return f"{fitted(f'Plot of {table.title}, by date. {told}', _MAX_ALT)}{rest}."


def plot_png(table: FigureTable) -> bytes:
    """The plot of a series for which `plot.is_plottable` holds."""
    try:
        from PIL import Image, ImageDraw
    except ImportError as error:
        raise MissingExtra("A plot in a mail", "pillow", "briefing") from error
    rows = _in_order(table)
    dates = len({row.as_of for row in rows})
    height = TITLE + dates * HEADING + len(rows) * ROW + AXIS
    image = Image.new("RGB", (WIDTH * SCALE, height * SCALE), _WHITE)
    _Drawing(ImageDraw.Draw(image), height).series(table, rows)
    out = io.BytesIO()
    image.quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()


class _Drawing:
    """A plot being drawn; lengths are logical pixels."""

    def __init__(self, draw: ImageDraw, height: int) -> None:
        self._draw, self._height = draw, height

    def series(self, table: FigureTable, rows: Sequence[FigureRow]) -> None:
        ends = known_ends(table)
        ticks = axis_ticks(min(ends), max(ends))
        low, high = min(ticks[0], *ends), max(ticks[-1], *ends)

        def x(value: float) -> float:
            inner = WIDTH - 2 * EDGE - 2 * ARROW
            return EDGE + ARROW + (value - low) / (high - low) * inner

        self._text((EDGE, 8), _shortened(table.title, WIDTH - 2 * EDGE, 16), 16, _INK)
        self._axis(ticks, x)
        y, date = float(TITLE), None
        for row in rows:
            if row.as_of != date:
                date = row.as_of
                self._text((EDGE, y + 3), date, 13, _QUIET)
                y += HEADING
            self._row(row, x, y)
            y += ROW

    def _axis(self, ticks: Sequence[float], x: Callable[[float], float]) -> None:
        bottom = self._height - AXIS
        last = 0.0
        for tick in ticks:
            label = f"{tick:,.10g}"
            self._line([(x(tick), TITLE), (x(tick), bottom)], _LINE, 1)
            half = _length(label, 12) / 2
            if x(tick) - half > last and x(tick) + half < WIDTH:
                self._text((x(tick) - half, bottom + 6), label, 12, _QUIET)
                last = x(tick) + half + EDGE

    def _row(self, row: FigureRow, x: Callable[[float], float], y: float) -> None:
        value = f"{row.value}{' (contested)' if row.contested else ''}, "
        source = _source(row)
        who = row.who if _drawable(row.who).count("?") * 2 <= len(row.who) else "source"
        who = _shortened(who, WIDTH - 2 * EDGE - _length(value + source, 14), 14)
        self._text((EDGE, y), f"{value}{who}{source}", 14, _INK)
        self._mark(row, x, y + WORDS + (ROW - WORDS) / 2 - 3)

    def _mark(self, row: FigureRow, x: Callable[[float], float], y: float) -> None:
        low, high = row.low, row.high
        if low is not None and high is not None:
            if low != high:
                self._line([(x(low), y), (x(high), y)], _MARK, 8)
                return
            about = row.value.startswith("about ")
            box = [(one * SCALE) for one in (x(low) - 6, y - 6, x(low) + 6, y + 6)]
            self._draw.ellipse(box, fill=_WHITE if about else _MARK, outline=_MARK, width=3 * SCALE)
            return
        end = low if low is not None else high
        at = x(end or 0.0)
        way = 1 if high is None else -1
        tip = at + way * ARROW
        self._line([(at, y), (tip, y)], _MARK, 3)
        self._line([(at, y - 7), (at, y + 7)], _MARK, 3)
        self._line([(tip - way * 7, y - 6), (tip, y), (tip - way * 7, y + 6)], _MARK, 3)

    def _line(self, points: Sequence[tuple[float, float]], color: str, width: int) -> None:
        scaled = [(px * SCALE, py * SCALE) for px, py in points]
        self._draw.line(scaled, fill=color, width=width * SCALE, joint="curve")

    def _text(self, at: tuple[float, float], text: str, size: int, color: str) -> None:
        where = at[0] * SCALE, at[1] * SCALE
        self._draw.text(
            where, _drawable(text), color, font=_font(size), stroke_width=3 * SCALE, stroke_fill=_WHITE
        )


def _in_order(table: FigureTable) -> list[FigureRow]:
    """By date, undated ones last, as many as a plot takes."""

    def place(row: FigureRow) -> tuple[bool, str, str]:
        day = _DAY.search(row.as_of)
        return day is None, day.group() if day else "", row.group

    return sorted(table.rows, key=place)[:MAX_ROWS]


def _source(row: FigureRow) -> str:
    return f" [{row.spans[0].source}]" if row.spans else ""


@lru_cache(maxsize=16)
def _font(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(size * SCALE)


def _length(text: str, size: int) -> float:
    return float(_font(size).getlength(_drawable(text))) / SCALE


def _shortened(text: str, room: float, size: int) -> str:
    """`text`, cut to what fits into `room`."""
    if _length(text, size) <= room:
        return text
    while text and _length(f"{text}...", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}..."


def _drawable(text: str) -> str:
    """`text` in the letters that the font has; without marks where it lacks them: "Erdogan" for "Erdoğan"."""
    return "".join(map(_drawable_char, text[:300]))


@lru_cache(maxsize=4096)
def _drawable_char(char: str) -> str:
    plain = "".join(one for one in unicodedata.normalize("NFKD", char) if not unicodedata.combining(one))
    for written in (char, plain, _LATIN.get(char, "")):
        if written and all(map(_has_glyph, written)):
            return written
    return "?"


@lru_cache(maxsize=4096)
def _has_glyph(char: str) -> bool:
    """Whether the font draws the letter as something else than it draws letters that it lacks."""
    font = _font(13)
    lacking = font.getmask("\ue000")
    drawn = font.getmask(char)
    return char == " " or (bytes(drawn), drawn.size) != (bytes(lacking), lacking.size)
