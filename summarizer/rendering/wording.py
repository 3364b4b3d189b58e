"""The words in which records are shown, the same in every layout.

Numbers keep all their digits and their bound; a hedge is named and its cue quoted; white space and
control characters of a source can't change what a reader sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from summarizer.records.article import ArticleHeader
from summarizer.records.brief import Bound, Certainty, Figure, Provenance, Sourcing
from summarizer.records.digest import SeriesPoint
from summarizer.rendering.view import Piece

#: Controls, zero-width and direction characters: they can hide or reorder text.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f\U000e0100-\U000e01ef\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")

#: Prefix of a value, by its bound.
BOUNDS: dict[Bound, str] = {
    "exact": "",
    "about": "about ",
    "at_least": "at least ",
    "at_most": "at most ",
    "between": "",
}
HEDGES: dict[Certainty, str] = {
    "certain": "",
    "probable": "probable",
    "possible": "possible",
    "unknown": "not known",
}
_SOURCING: dict[Sourcing, str] = {
    "named": "",
    "unnamed": " (unnamed)",
    "document": " (document)",
    "article": "",
}
#: UCUM codes that a reader wouldn't know, in words. Others (km, kg, USD, percent) speak for themselves.
_UNITS = {
    "a": "years",
    "mo": "months",
    "wk": "weeks",
    "d": "days",
    "h": "hours",
    "min": "minutes",
    "s": "seconds",
    "[mi_i]": "miles",
    "[ft_i]": "feet",
    "[in_i]": "inches",
    "[yd_i]": "yards",
    "[nmi_i]": "nautical miles",
    "[lb_av]": "pounds",
    "[gal_us]": "gallons",
    "[acr_us]": "acres",
    "[degF]": "°F",
    "Cel": "°C",
    "[bbl_us]": "barrels",
    "t": "tonnes",
    "har": "hectares",
}
_SINGULAR = {"feet": "foot", "inches": "inch"}
#: From here on digits would only be noise.
_MAX_PLAIN_NUMBER = 10**18


def replace_unseen(text: str) -> str:
    """`text` with every control or direction character as U+FFFD, at unchanged offsets."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)


def shown(text: str) -> str:
    """One line that shows what it holds: runs of white space are one space."""
    return replace_unseen(_SPACES.sub(" ", text).strip())


def number(value: int | float) -> str:
    """With all its digits, in groups of three: 106000 is "106,000", 2.50 is "2.5"."""
    if abs(value) >= _MAX_PLAIN_NUMBER:
        return f"{value:.6g}"
    written = f"{Decimal(repr(value)):,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def quantity(figure: Figure | SeriesPoint, unit: str) -> str:
    """Value, bound and unit: "at least 106,000", "about 12 percent", "2 to 3 km", "factor 3"."""
    value = number(figure.value)
    if figure.value_high is not None:
        value = f"{value} to {number(figure.value_high)}"
    if unit == "ratio":
        value = f"factor {value}"
    elif unit not in ("count", "1"):
        value = f"{value} {_unit(unit, one=value == '1')}"
    return BOUNDS[figure.bound] + value


def _unit(unit: str, *, one: bool) -> str:
    """A unit in words: "weeks", of one "week"."""
    words = _UNITS.get(unit, shown(unit))
    if not one or unit not in _UNITS:
        return words
    return _SINGULAR.get(words, words.removesuffix("s"))


def ends(figure: Figure | SeriesPoint) -> tuple[float | None, float | None]:
    """Lowest and highest value that the figure admits; None for an open end."""
    low: float | None = figure.value
    high: float | None = figure.value if figure.value_high is None else figure.value_high
    if figure.bound == "at_least":
        high = None
    elif figure.bound == "at_most":
        low = None
    return low, high


def names(parts: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def attribution(
    speakers: Sequence[str], via: str | None, own_voice: str, sourcing: Sourcing | None = None
) -> str:
    """Who says it: "Ukrainian security sources (unnamed), via CNN"; `own_voice` where nobody is named."""
    who = names([shown(one) for one in speakers]) if speakers else own_voice
    who += _SOURCING[sourcing] if sourcing else ""
    return f"{who}, via {shown(via)}" if via else who


def own_voice(header: ArticleHeader) -> str:
    """How a statement without a speaker is attributed: to the article, and to its outlet where known."""
    return f"the article ({shown(header.outlet)})" if header.outlet else "the article itself"


def mark_cues(quote: str, cues: Iterable[str]) -> tuple[Piece, ...]:
    """`quote` cut at its cues, each marked once, at its first place as a whole word."""
    marked: list[tuple[int, int]] = []
    for cue in cues:
        words = r"\s+".join(re.escape(word) for word in cue.split())
        for found in re.finditer(rf"(?<!\w){words}(?!\w)", quote, re.IGNORECASE) if words else ():
            if all(found.end() <= start or end <= found.start() for start, end in marked):
                marked.append(found.span())
                break
    pieces: list[Piece] = []
    at = 0
    for start, end in sorted(marked):
        pieces += [Piece(_inner(quote[at:start])), Piece(_inner(quote[start:end]), cue=True)]
        at = end
    pieces.append(Piece(_inner(quote[at:])))
    return tuple(piece for piece in pieces if piece.text)


def hedge(certainty: Certainty, cues: Sequence[str]) -> str:
    """The certainty with the words that carry it: "possible: «could», «as early as»"; "" for plain facts."""
    label = HEDGES[certainty]
    quoted = ", ".join(f"«{shown(cue)}»" for cue in cues)
    return f"{label}: {quoted}" if label and quoted else label or quoted


def date(value: str | None) -> str:
    """An ISO date or interval for people: "2022-02-10 to 2022-02-20", "undated"."""
    if value is None:
        return "undated"
    start, slash, end = value.partition("/")
    if not slash:
        return start
    if ".." in (start, end):
        return f"until {end}" if start == ".." else f"from {start}"
    return f"{start} to {end}"


def made_by(provenance: Provenance, engine: str) -> str:
    """What made the document: engine, model, prompt, version of this package and schema."""
    parts = [engine]
    if provenance.model:
        parts.append(f"model {shown(provenance.model)}")
    if provenance.prompt:
        parts.append(f"prompt {shown(provenance.prompt)}")
    parts += [f"summarizer {shown(provenance.version)}", f"schema {shown(provenance.document_schema)}"]
    return ", ".join(parts)


def count(items: int, singular: str, plural: str = "") -> str:
    """ "1 article", "2 articles"."""
    return f"{items} {singular if items == 1 else plural or singular + 's'}"


def refused(items: int) -> str:
    """How many items grounding refused."""
    return f"{count(items, 'item')} refused at grounding" + (", listed here" if items else "")


def _inner(text: str) -> str:
    """As `shown`, but with the spaces at the edges, which part the pieces of a quote."""
    return replace_unseen(_SPACES.sub(" ", text))
