"""What rose, fell, grew or was cut by a number, as a short noun phrase; what the figures before it counted.

Pure. "Rise in prices", "cut in its key rate", "fall in likelihood to die".
"""

from __future__ import annotations

from typing import Final, NamedTuple

from summarizer.extraction.by_rules.figures_phrases import (
    LEXICON,
    NOUNS,
    WORDS,
    Spot,
    Stretch,
    is_verb,
    noun_phrase_before,
    nouns_end,
    verb_before,
)
from summarizer.extraction.by_rules.figures_subjects import object_of, subject_of

_CHANGES: Final[dict[str, str]] = {form: noun for noun, forms in LEXICON["changes"].items() for form in forms}
_CHANGED_BY: Final[dict[str, str]] = {
    form: noun for noun, forms in LEXICON["changed_by"].items() for form in forms
}
_MORE: Final = dict.fromkeys(("more", "higher", "larger", "greater", "bigger", "faster", "above"), "rise") | (
    dict.fromkeys(("less", "fewer", "lower", "smaller", "cheaper", "slower", "below"), "fall")
)


class Earlier(NamedTuple):
    """What the figures before one counted: the last counted noun, the phrase of the last of its unit."""

    noun: str = ""
    phrase: str = ""
    near: bool = False  # whether that phrase's figure stands in the same sentence
    last: str = ""  # the phrase of the figure before in the same sentence, whatever its unit
    noun_near: bool = False  # whether the last counted noun stands in the same sentence


def difference_of(spot: Spot) -> str:
    """ "18% less carbon than", "40% higher than", "22% less likely to die": how much more or less of what."""
    word = spot.lower(spot.last)
    if word not in _MORE or spot.item.kind == "money":
        return ""
    after = spot.last + 1
    if spot.tag(after) == "JJ" and spot.lower(after + 1) == "to":
        end = min(after + 4, len(spot.sentence.tokens))
        return f"{_MORE[word]} in likelihood {spot.words((after + 1, end))}"
    end = nouns_end(spot, after)
    if end > after and spot.lower(after) not in ("than", "in", "on"):
        return f"{_MORE[word]} in {spot.words((after, end))}"
    verb = verb_before(spot, spot.first)
    subject = subject_of(spot, verb) if verb is not None else None
    if verb is None or subject is None:
        return ""
    settled = spot.lower(verb) in WORDS["reaching"] or spot.tag(verb) == "VBN"
    settled = settled or (spot.lower(verb - 1) in WORDS["auxiliaries"] and spot.tag(verb) != "VBG")
    acts = "" if settled else spot.words((subject[1], verb + 1))
    return (
        f"{_MORE[word]} in what {spot.words(subject)} {acts}"
        if acts
        else f"{_MORE[word]} in {spot.words(subject)}"
    )


def is_change(spot: Spot, link: int) -> bool:
    return spot.lower(link) in _CHANGES or (spot.lower(link) == "by" and spot.lower(link - 1) in _CHANGES)


def change_of(spot: Spot, link: int, rest: str, earlier: Earlier) -> str:
    """ "Rise in prices", "cut in its key rate", where the number says by how much something changed."""
    if spot.item.kind == "ratio" and (grown := _grown(spot, earlier)):
        return grown
    word = spot.lower(link)
    if word in WORDS["ups_and_downs"]:
        return _up_or_down(spot, link)
    if word in ("to", "from", "at", "of"):
        noun = spot.lower(link - 1)
        if word == "of" and noun in _CHANGES and spot.tag(link - 1) in NOUNS:  # "a rise of 5% in sales"
            of = rest.removeprefix("in ") if rest.startswith("in ") else ""
            return f"{_CHANGES[noun]} in {of}" if of else ""
        return ""
    kept = rest if rest.split(" ")[0] in WORDS["keeps_after_change"] else ""
    verb = link if is_verb(spot, link) or word in _CHANGES else None
    if word == "by":
        near = range(link - 1, max(-1, link - 12), -1)
        verbs = (i for i in near if spot.lower(i) in _CHANGES | _CHANGED_BY and is_verb(spot, i))
        verb = next(verbs, None)
    if verb is None or spot.lower(verb) not in _CHANGES | _CHANGED_BY:
        return ""
    if word != "by" and spot.item.kind == "money" and spot.lower(verb) not in _CHANGES:
        return ""  # "raised £40,000 for the clinic"
    changed = object_of(spot, verb, link) if word == "by" else None
    noun = _CHANGED_BY.get(spot.lower(verb), "") if changed else ""
    noun = (
        noun
        or _CHANGES.get(spot.lower(verb))
        or ("rise" if _CHANGED_BY[spot.lower(verb)] == "rise" else "fall")
    )
    stretch: Stretch | None = changed or subject_of(spot, verb)
    if word in ("lost", "lose", "shed") and not rest.startswith("of"):
        return ""
    return f"{noun} in {spot.words(stretch)} {kept}" if stretch else ""


def _up_or_down(spot: Spot, link: int) -> str:
    """ "Were down 9%", "sending shares in the firm up 12%"."""
    verb = verb_before(spot, link)
    stretch = noun_phrase_before(spot, link) or (subject_of(spot, verb) if verb is not None else None)
    return f"{_CHANGES[spot.lower(link)]} in {spot.words(stretch)}" if stretch else ""


def _grown(spot: Spot, earlier: Earlier) -> str:
    """ "Tripled", "doubled its fleet", "almost double what it was"."""
    if spot.lower(spot.first - 1) == "," and earlier.last:
        return f"growth in {earlier.last}"  # "$900,000 a year, | nearly double what …"
    for i in range(spot.first, spot.last):
        word = spot.lower(i)
        if word not in _CHANGES or _CHANGES[word] not in ("growth", "cut"):
            continue
        noun = _CHANGES[word]
        changed = object_of(spot, i, min(i + 6, len(spot.sentence.tokens)))
        stretch = changed or subject_of(spot, spot.first)
        if stretch is None:
            verb = verb_before(spot, spot.first)
            stretch = subject_of(spot, verb) if verb is not None else None
        return f"{noun} in {spot.words(stretch)}" if stretch else ""
    return ""
