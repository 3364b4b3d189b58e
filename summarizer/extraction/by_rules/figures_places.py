"""Where a figure holds, as the text names it (contract, section 4: `place`). Pure."""

from __future__ import annotations

import re
from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.figures_phrases import WORDS
from summarizer.text.numbers import Quantity

#: A place further from the number than this, in characters, is another thing's.
MAX_TO_PLACE: Final = 60
_PLACE: Final = re.compile(
    r"\b(?:in|near|at|outside|across|around|off|along|on|south of|north of|east of|west of)\s"
    r"((?:the\s(?:[a-z]+\s){0,2})?(?:[A-Z][^\W\d]+(?:[’'-][^\W\d]+)*|[A-Z]\.[A-Z]\.)(?:\s(?:of\s)?(?:the\s)?[A-Z][\w’'-]+){0,3})"
    r"(?!\w|\.?\s?\d)"
)
_CLAUSE_BREAK: Final = re.compile(r"[;:.]|,\s(?:and|but|which|who)\b")
_NO_PLACE: Final = frozenset(
    (
        "court",
        "tribunal",
        "bench",
        "rs",
        "highway",
        "route",
        "interstate",
        "bank",
        "inc",
        "plc",
        "article",
        "section",
    )
)


def place_of(text: str, sentence: Sentence, item: Quantity) -> str | None:
    """The named place right after the quantity in its sentence ("in the northern province of Tarsk")."""
    match = _PLACE.search(text, item.end, sentence.end)
    if (
        match is None
        or match.start() > item.end + MAX_TO_PLACE
        or _CLAUSE_BREAK.search(text[item.end : match.start()])
    ):
        return None
    words = match.group(1).lower().split()
    unfit = WORDS["dates"] | _NO_PLACE
    return None if words[0] in unfit or words[-1] in unfit else match.group(1)
