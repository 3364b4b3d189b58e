"""Who does what a verb beside a number says, and to what: subjects, objects, agents, participles.

Pure, like `figures_phrases`, on whose stretches of words it works.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.figures_phrases import (
    DETERMINERS,
    FINITE,
    LEXICON,
    MAX_TO_VERB,
    NOMINAL,
    NOUNS,
    WORDS,
    Spot,
    Stretch,
    complement_end,
    ends_phrase,
    is_verb,
    noun_phrase_before,
)
from summarizer.extraction.by_rules.verbs import base_of_participle, past_of
from summarizer.text.words import word_tags

_RELATIVES: Final = frozenset(("WDT", "WP"))
_PARTICIPLES: Final[dict[str, str]] = LEXICON["participles"]
#: Who did it is told in at most so many words.
MAX_AGENT: Final = 5
_LEVEL_LINKS: Final = frozenset(("to", "from", "at", "by"))
NEGATIONS: Final = frozenset(("not", "n't", "n’t", "never"))
_FAILING: Final = frozenset(
    ("failed", "fail", "fails", "failing", "unable", "refused", "refuses", "declined")
)
#: What a number of things does.
MOVES: Final = frozenset(form for forms in LEXICON["changes"].values() for form in forms) | WORDS["reaching"]
#: Subject of the subject of …: sentences are rarely nested deeper.
_MAX_NESTED: Final = 3


def subject_of(spot: Spot, verb: int, depth: int = 0) -> Stretch | None:
    """The noun phrase that does what the verb says: "Shares, which …, | fell", "the family, | which owns"."""
    begin = _group_start(spot, verb)
    before = begin - 1
    if before < 0 or depth > _MAX_NESTED:
        return None
    if spot.tag(before) in _RELATIVES or (spot.lower(before) == "that" and spot.tag(before - 1) in NOUNS):
        return _antecedent(spot, before, begin)
    if spot.tag(before) == "PRP":
        return None
    if spot.lower(before) in WORDS["clause_verbs"]:  # "investment, which it said | had fallen"
        relative = next(
            (i for i in range(before - 1, max(0, before - 5), -1) if spot.tag(i) in _RELATIVES), None
        )
        return None if relative is None else _antecedent(spot, relative, begin)
    if spot.lower(before) in ("and", "or", "but"):
        earlier = next(
            (i for i in range(before - 1, max(-1, before - MAX_TO_VERB), -1) if is_verb(spot, i)), None
        )
        return None if earlier is None else subject_of(spot, earlier, depth + 1)
    if spot.lower(before) == ",":
        opening = next((i for i in range(before - 1, 0, -1) if spot.lower(i) == ","), None)
        if opening is not None and spot.tag(begin) != "VBG":
            return noun_phrase_before(spot, opening)
        main = next(
            (i for i in range(before - 1, -1, -1) if spot.tag(i) in FINITE or spot.tag(i) == "MD"), None
        )
        return None if main is None or spot.tag(begin) != "VBG" else subject_of(spot, main, depth + 1)
    phrase = noun_phrase_before(spot, begin)
    if phrase is None:
        return None
    return _own_subject(spot, phrase, begin, depth)


def _own_subject(spot: Spot, phrase: Stretch, begin: int, depth: int) -> Stretch | None:
    """The phrase before a verb, unless it is another verb's object: "who stole … to fund a hobby | was"."""
    left = phrase[0] - 1
    while left >= 0 and (spot.tag(left) in DETERMINERS or spot.tag(left) == "RB"):
        left -= 1
    if left < 0 or not is_verb(spot, left) or spot.lower(left) in WORDS["clause_verbs"]:
        return phrase
    if spot.lower(begin) == "to":
        if spot.tag(left) == "VBG" and spot.lower(left - 1) in ("before", "after", "while", "by", "without"):
            left = next((i for i in range(left - 2, 0, -1) if spot.tag(i) in FINITE), left)
            return subject_of(spot, left, depth + 1)  # "fell before paring losses | to close 3% lower"
        return phrase if spot.lower(left) in WORDS["object_controls"] else subject_of(spot, left, depth + 1)
    if spot.tag(begin) in ("VBG", "VBN") or (
        spot.tag(begin) == "VBD"
        and spot.lower(left) in ("want", "wants", "wanted", "get", "gets", "see", "sees")
    ):
        return phrase  # "want the cap | raised"
    relative = next((i for i in range(left, 0, -1) if spot.tag(i) in _RELATIVES), None)
    return None if relative is None else _antecedent(spot, relative, begin)


def _group_start(spot: Spot, verb: int) -> int:
    """First word of "has not yet been", "is now expected to cost", "plans to invest"."""
    i = verb
    while i > 0:
        tag = spot.tag(i - 1)
        if tag == "RB" or tag == "MD" or tag == "TO":
            i -= 1
        elif spot.tag(i) == "MD" and tag in ("VBZ", "VBP", "VB"):
            break  # "plant closures | could": a plural that was tagged as a verb
        elif (
            tag[:2] == "VB"
            and (spot.lower(i - 1) not in WORDS["clause_verbs"] or spot.lower(i) == "to")
            and (tag != "VBG" or i == verb)
        ):
            i -= 1
        elif tag == "JJ" and spot.lower(i) == "to" and spot.tag(i - 2)[:2] == "VB":
            i -= 1  # "is likely to"
        else:
            break
    return i


def _antecedent(spot: Spot, relative: int, verb: int) -> Stretch | None:
    """What "which" or "who" takes up: the nearest noun before it that agrees with the verb in number."""
    end = relative - 1 if spot.lower(relative - 1) == "," else relative
    phrase = noun_phrase_before(spot, end)
    if phrase is None:
        return None
    plural = spot.tag(verb) == "VBP" or spot.lower(verb) in ("have", "are", "were")
    singular = spot.tag(verb) == "VBZ" or spot.lower(verb) in ("has", "is", "was")
    last = spot.tag(phrase[1] - 1)
    if (plural and last in ("NN", "NNP")) or (singular and last == "NNS"):
        return phrase
    links = [i for i in range(phrase[0] + 1, phrase[1]) if spot.lower(i) in WORDS["prepositions"]]
    start = links[-1] + 1 if links and (plural or singular) else phrase[0]
    while start < phrase[1] - 1 and spot.tag(start) in DETERMINERS:
        start += 1
    return start, phrase[1]


def number_of(spot: Spot, link: int) -> Stretch | None:
    """ "The number of | wounded | has risen to four", "put the number of | people in need | at 900"."""
    before = spot.text[spot.sentence.start : spot.item.start]
    if "umber of " not in before or spot.lower(link) == "by":
        return None
    if spot.lower(link) not in _LEVEL_LINKS and not is_verb(spot, link):
        return None
    head = next((i for i in range(spot.first - 1, 0, -1) if spot.lower(i - 1) == "number"), -1)
    if spot.lower(head) != "of":
        return None
    end = link
    while spot.lower(end) in _LEVEL_LINKS and end - 1 in spot.numbers:  # "from 35 | to"
        end = next((i for i in range(end - 1, head, -1) if i not in spot.numbers), head)
    verb = end if is_verb(spot, end) else end - 1
    if is_verb(spot, verb) and spot.lower(verb) in MOVES:
        end = verb
        while end > head + 2 and (
            spot.lower(end - 1) in WORDS["auxiliaries"] or spot.tag(end - 1) in ("RB", "MD")
        ):
            end -= 1
    return (head + 1, end) if head + 1 < end and _is_whole(spot, head + 1, end) else None


def _is_whole(spot: Spot, start: int, end: int) -> bool:
    """Whether the words are one phrase: no mark and no number between them."""
    return not any(i in spot.numbers or spot.lower(i) in (",", ";", ":") for i in range(start, end))


def takes_object(spot: Spot, verb: int) -> bool:
    """Whether a verb right before the number has it for its object; "said 5,000 fled" doesn't."""
    if not is_verb(spot, verb) or spot.tag(verb) == "MD":
        return False
    if spot.lower(verb) in WORDS["no_actions"]:
        return spot.lower(verb + 1) in WORDS["particles"]  # "set aside"
    if spot.lower(verb) in ("found", "finds"):
        end = min(spot.last + 8, len(spot.sentence.tokens))
        comma = spot.sentence.next_word(",", spot.last, end)
        return not spot.sentence.has_finite(spot.last, end if comma is None else comma)
    return spot.lower(verb) not in WORDS["clause_verbs"]


def agent(spot: Spot, verb: int) -> str:
    """ "By recall" of "the recall covers | 2,300 vehicles"; "" where a pronoun or a long phrase does it."""
    told = spot.sentence.has_finite(
        0, len(spot.sentence.tokens)
    )  # else the participle is the verb, mistagged
    if spot.tag(verb) == "VBN" and spot.lower(verb - 1) not in WORDS["auxiliaries"] and told:
        return ""
    stretch = subject_of(spot, verb)
    if stretch and spot.lower(stretch[1] - 1) in WORDS["dates"] | WORDS["times"]:
        return ""
    return f"by {spot.words(stretch)}" if stretch and stretch[1] - stretch[0] <= MAX_AGENT else ""


def object_of(spot: Spot, verb: int, end: int) -> Stretch | None:
    """The noun phrase right behind a verb and before word `end`: "cut | its price target | from"."""
    start = verb + 1
    while start < end and (spot.tag(start) in DETERMINERS or spot.tag(start) == "RB"):
        start += 1
    stop = start
    while (
        stop < end
        and stop not in spot.numbers
        and (spot.tag(stop) in NOMINAL or (stop > start and ends_phrase(spot, stop)))
        and spot.lower(stop) not in WORDS["dates"]
    ):
        stop += 1
    while stop > start and not ends_phrase(spot, stop - 1):
        stop -= 1
    if stop == start or spot.lower(stop - 1) in WORDS["times"]:
        return None
    longer = complement_end(spot, stop, limit=5)
    return start, min(longer, end) if longer <= end else stop


def participle(word: str, tag: str) -> str:
    """What a verb's object is afterwards: "employs" → "employed", "stole" → "stolen"; "" where unknown."""
    if tag == "VBN":
        return word
    if tag == "VBD":
        return _PARTICIPLES.get(word, word)
    base = base_of_participle(word) if tag == "VBG" else _base(word) if tag == "VBZ" else word
    past = past_of(base) if base else None
    return _PARTICIPLES.get(past, past) if past else ""


def done(spot: Spot, verb: int) -> str:
    """The participle of a verb with its particle: "siphoned off"; "" where unknown."""
    form = participle(spot.lower(verb), spot.tag(verb))
    if form and _negated(spot, verb):
        form = f"not {form}"
    particle = spot.lower(verb + 1)
    takes = particle in WORDS["particles"] or (particle == "in" and verb + 2 == spot.first)  # "brought in"
    return f"{form} {particle}" if form and takes else form


def _negated(spot: Spot, verb: int) -> bool:
    """ "Have not been able to | reach", "failed to | find": it wasn't done to the counted things."""
    for i in range(verb - 1, max(-1, verb - 6), -1):
        if spot.lower(i) in NEGATIONS or (spot.lower(i) in _FAILING and spot.lower(i + 1) == "to"):
            return True
        if not (spot.tag(i)[:2] in ("VB", "MD", "TO", "RB") or spot.lower(i) in ("able", "yet", "to")):
            return False
    return False


def not_done(spot: Spot) -> str:
    """ "All but | two of 16 judges | had backed it": who had not backed it."""
    tokens = spot.sentence.tokens
    for i in range(spot.last, min(spot.last + 12, len(tokens))):
        if spot.lower(i) in WORDS["auxiliaries"] and spot.tag(i) in FINITE:
            return f"who {spot.lower(i)} not {spot.words((i + 1, min(i + 5, len(tokens))))}"
        if spot.lower(i) in (",", "."):
            break
    return "of whom it is not so"


def _base(form: str) -> str | None:
    """The base of a form in -s."""
    candidates = (form[:-1], form[:-2], f"{form[:-3]}y" if form.endswith("ies") else "")
    return next((word for word in candidates if "VB" in word_tags().get(word, ())), None)
