"""What a measure or a stretch of time is one of, as a short noun phrase.

Pure. How wide, far or heavy what is; how long what took, or before what. `figures_counted` tidies.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.figures_amounts import level_of
from summarizer.extraction.by_rules.figures_changes import difference_of
from summarizer.extraction.by_rules.figures_phrases import (
    LEXICON,
    WORDS,
    Spot,
    complement_end,
    governor,
    innermost,
    is_verb,
    noun_phrase_before,
    nouns_end,
    verb_before,
)
from summarizer.extraction.by_rules.figures_subjects import agent, done, subject_of, takes_object

_DIMENSIONS: Final[dict[str, str]] = LEXICON["dimensions"]
#: What can be burned, shipped, drunk.
_CONSUMED: Final = frozenset(("area", "weight", "volume"))
_UNITS: Final[dict[str, str]] = LEXICON["dimension_units"]


def duration(spot: Spot) -> str:
    """ "Sentence", "time before the hearing", "time to restore the systems", "time auditors stayed"."""
    first, last, link = spot.first, spot.last, governor(spot)
    noun_end = nouns_end(spot, last)
    if noun_end > last and spot.lower(last) not in ("later", "earlier"):
        return spot.words((last, complement_end(spot, noun_end, 5)))
    word = spot.lower(last)
    if word in ("before", "after", "since", "until") and spot.lower(link) != "for":
        return f"time {word} {_clause(spot, last + 1)}"
    if word in ("behind", "ahead"):
        return f"time {_clause(spot, last)}"
    if word == "to" and spot.tag(last + 1) == "VB":
        return f"time to {_clause(spot, last + 1)}"
    if spot.tag(last) == "VBG":
        return f"time {_clause(spot, last)}"
    if word in ("later", "earlier", "longer") and spot.lower(last + 1) == "than":
        return f"how much {word} than {_clause(spot, last + 2)}"
    end = complement_end(spot, last, 6)
    if spot.lower(link) in ("of", "at", "to") and (phrase := noun_phrase_before(spot, link)):
        return spot.words(innermost(spot, phrase))
    verb = link if is_verb(spot, link) else verb_before(spot, link if spot.lower(link) == "after" else first)
    if verb is not None and spot.lower(verb) in WORDS["lasting"]:
        subject = spot.words(subject_of(spot, verb))
        return f"length of {subject}" if subject else f"time {spot.words((last, end))}"
    kept = word == "in" and end == last + 2 and spot.tag(last + 1) == "NN"  # "in prison"
    if end > last and (kept or word in ("of", "under", "without")):
        return f"time {spot.words((last, end))}"
    if spot.lower(link) == ",":
        return "time"
    if verb is None:
        return f"time {spot.words(noun_phrase_before(spot, link))}"
    start = verb
    while (
        spot.tag(start - 1) in ("VBD", "VBZ", "VBP", "VBN")
        or (spot.tag(start - 1) == "TO" and spot.tag(start) == "VB")
    ) and spot.lower(start - 1) not in WORDS["auxiliaries"]:
        start -= 1
    stop = next((i for i in range(verb + 1, first) if i in spot.numbers or spot.lower(i) == ","), first)
    if stop == first and spot.lower(link) in WORDS["prepositions"]:
        stop = link
    subject = spot.words(subject_of(spot, verb)) if spot.tag(start) != "TO" else ""
    if spot.lower(verb) == "been" and spot.lower(link) == "for":
        start, stop = verb + 1, link  # "has been | above 27% | for more than two years"
    return f"time {subject} {spot.words((start, min(stop, start + 7)))}"


def _clause(spot: Spot, start: int) -> str:
    """The words from `start` to the next mark or clause, seven at most."""
    end = start
    while (
        end < min(start + 7, len(spot.sentence.tokens))
        and end not in spot.numbers
        and spot.sentence.tokens.words[end][0].isalnum() | (spot.tag(end) == "POS")
        and spot.lower(end) not in ("which", "who", "while", "but", "and")
    ):
        end += 1
    return spot.words((start, end))


def measure(spot: Spot) -> str:
    """ "Thickness of the shell", "length of barrier", "water", "magnitude of earthquake"."""
    text, first, last, item = spot.text, spot.first, spot.last, spot.item
    following, link = spot.lower(last), governor(spot)
    verb = link if is_verb(spot, link) else verb_before(spot, first)
    subject = (
        spot.words(subject_of(spot, verb))
        if verb is not None
        else spot.words(noun_phrase_before(spot, first - (spot.lower(first - 1) == ",")))
    )
    if text[item.start : item.end].lower().find("magnitude") >= 0:
        return f"magnitude of {spot.words((last, nouns_end(spot, last))) or subject}"
    if difference := difference_of(spot):
        return difference
    if following in _DIMENSIONS and (following != "from" or _UNITS.get(item.unit) == "distance"):
        begin = last if following == "from" else last + 1
        rest = spot.words((begin, complement_end(spot, begin, 6)))
        about = f"of {subject}" if subject else ""
        return f"{_DIMENSIONS[following]} {rest or about}"
    end = complement_end(spot, last, 6)
    if following == "of":
        rest = spot.words((last, end))
        return f"distance {rest}" if spot.lower(first) == "within" else rest.removeprefix("of ")
    noun_end = nouns_end(spot, last)
    dimension = _UNITS.get(item.unit, "")
    if noun_end > last:
        noun = spot.words((last, noun_end))
        name = "length" if dimension == "distance" else dimension
        return f"{name} of {noun}" if name else noun
    if spot.lower(link) == "of" and (phrase := noun_phrase_before(spot, link)):
        return spot.words(innermost(spot, phrase))
    if spot.lower(link) in ("at", "to", "by") and (level := level_of(spot, link)):
        return level
    if subject and spot.tag(verb or 0) == "VBG" and dimension:
        return f"{dimension} of {subject}"
    how = done(spot, verb) if verb is not None else ""
    if takes_object(spot, link) and dimension in _CONSUMED and how:
        return f"{dimension} {how} {agent(spot, link)}"  # "the blaze burned | 12,000 acres"
    return subject or (f"{dimension} {how}" if dimension else "")
