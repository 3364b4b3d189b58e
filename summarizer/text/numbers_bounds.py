"""Bounds: "more than", "up to", "about", "-plus", "or so" beside a number. Pure.

Several may stand in a row ("at least some 100"); `at_least` and `at_most` then win over `about`.
"""

from __future__ import annotations

import re
from typing import Final

from summarizer.records.brief import Bound
from summarizer.text.lexicon import alternatives, text_lexicon
from summarizer.text.pieces import Ending

_LEXICON: Final = text_lexicon("bounds.toml")
_BEFORE: Final[dict[str, Bound]] = {}
_AFTER: Final[dict[str, Bound]] = {}
for _bound in ("at_least", "at_most", "about"):
    _BEFORE.update(dict.fromkeys(_LEXICON["before"][_bound], _bound))
    _AFTER.update(dict.fromkeys(_LEXICON["after"][_bound], _bound))
_MILESTONES: Final = frozenset(_LEXICON["milestones"]["at_least"])

_FILLERS: Final = _LEXICON["fillers"]["words"]
_BEFORE_END: Final = Ending(
    re.compile(
        rf"(?:(?<![\w-])({alternatives([*_BEFORE, *_MILESTONES])})\s{{1,2}}|([~∼≈><≥≤])\s?)$", re.IGNORECASE
    ),
    [*_BEFORE, *_MILESTONES],
)
_FILLER_END: Final = Ending(
    re.compile(rf"(?<![\w-])(?:{alternatives(_FILLERS)})\s{{1,2}}$", re.IGNORECASE), _FILLERS
)
_AFTER_START: Final = re.compile(rf"\s?({alternatives(_AFTER)})(?!\w)", re.IGNORECASE)
_TOPICAL: Final = frozenset(_LEXICON["topics"]["prepositions"])
_MATTER: Final = re.compile(rf"\b(?:{alternatives(_LEXICON['topics']['nouns'])})\s$", re.IGNORECASE)
_NEGATED: Final = re.compile(r"\b(?:not|no|never|n['’]t)\s(?:be\s|to\s)?$", re.IGNORECASE)


def _canonical(phrase: str) -> str:
    return " ".join(phrase.lower().split())


def bound_before(before: str, *, bare: bool, over_is_time: bool, within: bool) -> tuple[Bound | None, int]:
    """The bound that ends `before` and how many characters it takes: (None, 0) when there is none.

    `bare`: the number counts nothing named, so that "passes 280" is a bound. `over_is_time`: "over five
    years" may just mean "during". `within`: a measure or a duration, where "within" limits the number.
    What something is about ("a row over a £48m contract") is no bound.
    """
    best: Bound | None = None
    taken = 0
    rest = before
    article = False
    for _ in range(4):
        match = _BEFORE_END.search(rest)
        if match is None:
            filler = _FILLER_END.search(rest)
            if filler is None:
                break
            article = filler.group().strip().lower() in ("a", "an")
            rest = rest[: filler.start()]
            continue
        phrase = _canonical(match.group(1) or match.group(2))
        lead = rest[: match.start()]
        bound = _BEFORE.get(phrase, "at_least")
        if phrase in _MILESTONES and phrase not in _BEFORE and not bare:
            break
        if (article and phrase in _TOPICAL) or (phrase in ("over", "about") and _MATTER.search(lead)):
            break
        if phrase == "over" and over_is_time and not _OVER_LEAD.search(lead):
            break
        if phrase == "within" and not within:
            break
        if phrase in ("exceed", "exceeding", "exceeds") and _NEGATED.search(lead):
            bound = "at_most"
        if best is None or best == "about":
            best = bound
        rest = lead
        taken = len(before) - match.start()
        if lead.endswith("("):
            break
    return best, taken


_OVER_LEAD: Final = re.compile(
    r"\b(?:for|lasted|lasting|just|well|of|took|takes?|after|in|by|slightly|than|and|spent|is|was|been)\s$",
    re.IGNORECASE,
)


def bound_after(text: str, end: int, stop: int) -> tuple[Bound | None, int]:
    """The bound that follows a number or its noun ("or more", "-plus") and where it ends."""
    if text[end : end + 1] not in " -+":
        return None, end
    match = _AFTER_START.match(text, end, stop)
    if match is None:
        return None, end
    return _AFTER[_canonical(match.group(1))], match.end()
