"""What a figure counts, as a short noun phrase (contract, section 4: `counted`).

Pure. Takes the words of the text around the number: the counted noun with what happened to it, who did it and
its complement; amounts are `figures_amounts`' business. Not a parse; the phrase is for people to read and for
comparing figures.
"""

from __future__ import annotations

import re
from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.figures_amounts import COMPARED, amount
from summarizer.extraction.by_rules.figures_changes import Earlier
from summarizer.extraction.by_rules.figures_measures import duration, measure
from summarizer.extraction.by_rules.figures_phrases import (
    LEXICON,
    NOUNS,
    WORDS,
    Spot,
    complement_end,
    governor,
    is_verb,
    noun_phrase_before,
    nouns_end,
    verb_before,
)
from summarizer.extraction.by_rules.figures_subjects import (
    MAX_AGENT,
    agent,
    done,
    object_of,
    subject_of,
    takes_object,
)
from summarizer.text.countries import countries
from summarizer.text.numbers import Quantity
from summarizer.text.words import is_common_word

__all__ = ["Earlier", "counted_noun", "counted_phrase"]

_CHANGES: Final[dict[str, str]] = {form: noun for noun, forms in LEXICON["changes"].items() for form in forms}
_STATES: Final[dict[str, str]] = LEXICON["states"]
_VERBAL: Final = frozenset(("VBD", "VBZ", "VBP", "MD"))
_OF_SET: Final = re.compile(
    r"^of\s(?:(?:the|its|his|her|their|our|those|these|all)\s)?(?:[a-z]{2,}est\s)?"
    r"(?:(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten)\s)?"
)
_LEADING: Final = re.compile(r"^(?:the|an?|its|their|his|her|our|my|of|that|another|'s|’s)\s+", re.IGNORECASE)
_TRAILING: Final = re.compile(
    r"(?:\s(?:of|for|to|at|in|by|with|and|or|from|on|than|as|after|before|since))+$", re.IGNORECASE
)
_ERROR: Final = re.compile(r"(?:\bplus\sor\sminus\s|\bgive\sor\stake\s|±\s?)$")
_VOTES: Final = re.compile(r"\d+(?:[-–]|\sto\s)(\d+)")
#: "The total force of X numbers …": what comes before a count that stands without complement of its own.
_TOTALS: Final = ("force", "strength", "size", "workforce", "headcount", "number")
_TOTAL_OF: Final = re.compile(
    rf"\b(?:{'|'.join(_TOTALS)})\s(?:of\s)(?:the\s)?((?:[\w’'-]+\s){{1,18}}?)"
    r"(?:concentrates?|is|are|was|were|stands?\sat|stood\sat|numbers?|totals?|totall?ed|comprises?|reached|reaches|includes?|included)"
    r"\s(?:\w+\s){0,3}$"
)


def counted_phrase(spot: Spot, earlier: Earlier) -> str:
    """A short noun phrase for the quantity at `spot`; never empty."""
    item = spot.item
    if earlier.last and _ERROR.search(spot.text, max(spot.sentence.start, item.start - 20), item.start):
        return f"margin of error of {earlier.last}"
    if item.kind in ("count", "bare") and item.unit in ("count", "1"):
        phrase = _count(spot, earlier)
    elif item.kind == "duration":
        phrase = duration(spot)
    elif item.kind == "measure":
        phrase = measure(spot)
    else:
        phrase = amount(spot, earlier)
    found = (
        _tidy(phrase)
        or (earlier.phrase if earlier.near else "")
        or _tidy(_opening_phrase(spot))
        or _tidy(spot.text[item.start : item.end])
    )
    return _without_capital(spot.sentence, found)


def _without_capital(sentence: Sentence, phrase: str) -> str:
    """A phrase without the capital that its first word has from the beginning of the sentence."""
    if phrase.islower():
        return phrase
    parts = phrase.split(" ")
    for i, word in enumerate(parts):
        if not word[:1].isupper() or word not in sentence.tokens.words[:2]:
            continue
        lower = word.lower()
        opens = word[1:].islower() and (is_common_word(lower) or is_common_word(lower.removesuffix("s")))
        named = i + 1 < len(parts) and parts[i + 1][:1].isupper()
        if opens and not named:
            return " ".join([*parts[:i], word.lower(), *parts[i + 1 :]])
    return phrase


def counted_noun(text: str, item: Quantity) -> str:
    """The bare counted noun phrase, for a later number that leaves it out; "" when there is none."""
    if item.kind != "count" or item.head is None:
        return ""
    noun = _OF_SET.sub("", text[item.head.start : item.head.end])
    return "" if noun in _STATES or noun in WORDS["pronouns"] else noun


def _tidy(phrase: str) -> str:
    phrase = " ".join(phrase.split()).strip(" ,;:.\"“”‘'()–—-")
    phrase = _LEADING.sub("", _LEADING.sub("", phrase))
    return _TRAILING.sub("", phrase)


def _count(spot: Spot, earlier: Earlier) -> str:
    """ "Russian | troops | deployed | on the border": owner, noun, what happened, complement."""
    item, text = spot.item, spot.text
    if votes := _VOTES.fullmatch(text[item.number_start : item.number_end]):
        return _votes(spot, votes.group(1))
    noun = _OF_SET.sub("", text[item.head.start : item.head.end]) if item.head else ""
    if noun and text[item.number_end : item.number_end + 1] in ("-", "‑"):
        owner = spot.words((spot.last, nouns_end(spot, spot.last)))
        return f"{noun}s of {owner}" if owner else noun  # "212-room hotel": rooms of the hotel
    link = governor(spot)
    if part := _part_of_set(spot, noun, earlier):
        return part
    if noun.rsplit(" ", 1)[-1] in WORDS["pronouns"]:
        noun = earlier.noun or noun
    elif noun.lower() in _STATES:
        return f"{_STATES[noun.lower()]} {spot.words((spot.last, complement_end(spot, spot.last)))}"
    if (not noun or noun == "points") and (alone := _alone(spot, link, earlier)):
        return alone
    noun = noun or earlier.noun or spot.words(noun_phrase_before(spot, spot.first))
    owner = _owner(spot)
    whole = _whole(text[spot.sentence.start : item.start], noun)
    action, after = ("", spot.last) if whole else _action(spot, link)
    complement = whole or spot.words((after, complement_end(spot, after)))
    if not complement and not owner:
        if not action:
            complement = _context(spot, link)
        elif after == spot.last and action.lower() not in WORDS["killing"]:
            complement = agent(spot, link)
    return " ".join(part for part in (owner, noun, action, complement) if part)


def _votes(spot: Spot, losers: str) -> str:
    """ "Voted 4-3 to table it", "a 2-1 decision": what the winners voted for, and how many were against."""
    last = spot.last
    while spot.lower(last) in WORDS["dates"]:
        last += 1
    if spot.lower(last) == "to":
        matter = object_of(spot, last + 1, min(last + 8, len(spot.sentence.tokens)))
        thing = f"{spot.words((last, last + 2))} {spot.words(matter)}"
    else:
        end = complement_end(spot, last, 6)
        thing = spot.words((last, end)) or spot.words((last, nouns_end(spot, last)))
        thing = f"for {thing}" if thing and end == last else thing
    return f"votes {thing}, {losers} against".replace(" ,", ",")


def _part_of_set(spot: Spot, noun: str, earlier: Earlier) -> str:
    """ "391 of them foreigners", "14 of the dead were women", "including two children": some of many."""
    last = spot.last
    among = spot.lower(spot.first - 1) == "them" and spot.lower(spot.first - 2) in ("among", "of")
    if (
        noun
        and (among or spot.lower(spot.first - 1) == "including")
        and earlier.noun
        and earlier.noun != noun
    ):
        return f"{noun} among {earlier.noun}"
    named = noun.lower()
    if named and named.rsplit(" ", 1)[-1] not in WORDS["pronouns"] and named not in _STATES:
        return ""
    if not named and spot.lower(last) not in ("are", "were"):
        return ""
    whole = _STATES.get(named) or earlier.noun
    if spot.lower(last) in ("are", "were"):
        last += 1
    end = nouns_end(spot, last)
    if end == last or spot.tag(end - 1) not in ("NNS", "NNPS") or not whole:
        return ""
    return f"{spot.words((last, end))} among {whole}"


def _alone(spot: Spot, link: int, earlier: Earlier) -> str:
    """A number without a noun: "the toll stands at 48", "orders fell by 300", "from 92 votes to 71"."""
    word = spot.lower(link)
    if earlier.last and COMPARED.search(
        spot.text[max(spot.sentence.start, spot.item.start - 60) : spot.item.start]
    ):
        return earlier.last
    verb = (
        link
        if is_verb(spot, link)
        else verb_before(spot, link)
        if word in ("by", "to", "at", "from")
        else None
    )
    if word in ("to", "at", "from", "against", "with") and link - 1 in spot.numbers and earlier.noun:
        return earlier.noun  # "92 votes to 71"
    if spot.lower(spot.first - 1) in ("up", "down") and earlier.last:
        return f"{_CHANGES[spot.lower(spot.first - 1)]} in {earlier.last}"
    if word in ("to", "at", "from") and verb is not None:
        stretch = object_of(spot, verb, link) or subject_of(spot, verb)
        return spot.words(stretch)
    change = _CHANGES.get(spot.lower(verb)) if verb is not None and word not in ("to", "at", "from") else None
    subject = subject_of(spot, verb) if verb is not None else None
    if change and subject:
        return f"{change} in {spot.words(subject)}"
    if word in ("of", "to", "at") and (phrase := noun_phrase_before(spot, link)):
        return spot.words(phrase)
    return ""


def _whole(before: str, noun: str) -> str:
    """Whose strength the clause gives: "the total force of the land group … concentrates | 106 thousand"."""
    found = _TOTAL_OF.search(before) if any(word in before for word in _TOTALS) else None
    if found is None:
        return ""
    words = found.group(1).split()
    lowers = [word.lower() for word in words]
    # of "the land group of the Armed Forces of X in the northern direction" group and place tell which
    place = max(
        (i for i, word in enumerate(lowers) if word in ("in", "near", "on", "at", "along")),
        default=len(words),
    )
    group = words[: min(lowers.index("of") if "of" in lowers else place, place)]
    if not group or group[-1].lower() == noun.lower():
        return ""
    return " ".join(["of the", *group[:4], *words[place : place + 5]])


def _action(spot: Spot, link: int) -> tuple[str, int]:
    """What happened to the counted things, and the word after it: "22 officers were | hurt"."""
    last = spot.last
    i = _after_insertion(spot)
    while spot.lower(i) in WORDS["auxiliaries"]:
        i += 1
    tag = spot.tag(i)
    hangs = link >= 0 and (spot.lower(link) in WORDS["prepositions"] or takes_object(spot, link))
    adjective = i > last and (tag == "JJ" or spot.lower(i) == "missing")
    reduced = i == last and tag in ("VBN", "VBD") and (not hangs or tag == "VBN")
    if (adjective or tag in ("VBN", "VBD")) and (reduced or not hangs):
        word = spot.sentence.tokens.words[i]
        return ("" if spot.lower(i) in WORDS["no_actions"] else word), i + 1
    if takes_object(spot, link):
        return done(spot, link), last
    return "", last


def _after_insertion(spot: Spot) -> int:
    """Behind ", including three children," where an auxiliary follows; else the word after the number."""
    i = spot.last
    if spot.lower(i) != ",":
        return i
    close = spot.sentence.next_word(",", i + 1, min(len(spot.sentence.tokens), i + 9))
    return close + 1 if close is not None and spot.lower(close + 1) in WORDS["auxiliaries"] else i


def _context(spot: Spot, link: int) -> str:
    """Whose or with what: "the chain has | 412 stores", "stores across | five states"."""
    word = spot.lower(link)
    if word in ("has", "have", "had", "includes", "include", "contains", "contain") and is_verb(spot, link):
        stretch = subject_of(spot, link)
        return f"of {spot.words(stretch)}" if stretch and stretch[1] - stretch[0] <= MAX_AGENT else ""
    if word not in ("in", "across", "at", "throughout") or link + 1 != spot.first:
        return ""
    stretch = noun_phrase_before(spot, link)
    if stretch is None or stretch[1] - stretch[0] > MAX_AGENT:
        return ""
    start = stretch[0]
    while start < stretch[1] - 1 and (spot.tag(start) == "CD" or spot.tag(start) == "DT"):
        start += 1
    return f"with {spot.words((start, stretch[1]))}" if spot.tag(stretch[1] - 1) == "NNS" else ""


def _owner(spot: Spot) -> str:
    """The nation whose things are counted: "Russia has deployed 94,000 troops" → "Russian"."""
    tokens = spot.sentence.tokens
    for i in range(spot.first - 1, max(0, spot.first - 12), -1):
        subject = i - 2 if tokens.tags[i - 1] == "RB" else i - 1  # "Russia now has"
        if subject >= 0 and tokens.tags[i] in _VERBAL and tokens.tags[subject] in ("NNP", "NNPS"):
            country = countries().by_name(tokens.words[subject])
            held = country is not None and country.adjectives and tokens.lowers[i] in WORDS["holders"]
            return country.adjectives[0] if held and country is not None else ""
    return ""


def _opening_phrase(spot: Spot) -> str:
    """The noun phrase that opens the sentence: mostly its subject."""
    end = 0
    while end < min(spot.first, 9) and spot.tag(end) in NOUNS | {"DT", "JJ", "PRP$", "POS"}:
        end += 1
    while end > 0 and spot.tag(end - 1) not in NOUNS:
        end -= 1
    return spot.words((0, end))
