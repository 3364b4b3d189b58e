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
from summarizer.extraction.by_rules.figures_sets import part_of_set, plural_before, votes_for, whole_of
from summarizer.extraction.by_rules.figures_subjects import (
    MAX_AGENT,
    NEGATIONS,
    agent,
    done,
    not_done,
    number_of,
    object_of,
    subject_of,
    takes_object,
)
from summarizer.text.countries import countries
from summarizer.text.numbers import Quantity
from summarizer.text.words import is_common_word

__all__ = ["Earlier", "counted_noun", "counted_phrase", "is_number_of"]

_CHANGES: Final[dict[str, str]] = {form: noun for noun, forms in LEXICON["changes"].items() for form in forms}
_STATES: Final[dict[str, str]] = LEXICON["states"]
_VERBAL: Final = frozenset(("VBD", "VBZ", "VBP", "MD"))
_OF_SET: Final = re.compile(
    r"^of\s(?:(?:some|about|around|nearly|roughly|almost|over|more\sthan)\s)?(?:(?:the|its|his|her|their|our|those|these|all)\s)?(?:[a-z]{2,}est\s)?"
    r"(?:(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten)\s)?"
)
#: "24.31 | per euro".
_RATE: Final = re.compile(r"\s(?:per|to\sthe|against\sthe)\s(?:U\.?S\.?\s)?(?:euro|dollar|pound|yen)\b")
_NUMBERS: Final = frozenset(("number", "figure", "total", "count", "numbers"))
_LEADING: Final = re.compile(r"^(?:the|an?|its|their|his|her|our|my|of|that|another|'s|’s)\s+", re.IGNORECASE)
_TRAILING: Final = re.compile(
    r"(?:\s(?:of|for|to|at|in|by|with|and|or|from|on|than|as|after|before|since))+$", re.IGNORECASE
)
_ERROR: Final = re.compile(r"(?:\bplus\sor\sminus\s|\bgive\sor\stake\s|±\s?)$")
_VOTES: Final = re.compile(r"\d+(?:[-–]|\sto\s)(\d+)")


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
    if spot.text.startswith(" but ", item.start - 5) and spot.lower(spot.first - 2) == "all":
        found = _tidy(f"{noun} {not_done(spot)}") if (noun := counted_noun(spot.text, item)) else found
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


def is_number_of(spot: Spot) -> bool:
    """Whether the number stands without a noun behind "the number of things rose to"."""
    return spot.item.kind == "bare" and number_of(spot, governor(spot)) is not None


def _tidy(phrase: str) -> str:
    phrase = " ".join(phrase.split()).strip(" ,;:.\"“”‘'()–—-")
    phrase = _LEADING.sub("", _LEADING.sub("", phrase))
    return _TRAILING.sub("", phrase)


def _count(spot: Spot, earlier: Earlier) -> str:
    """ "Russian | troops | deployed | on the border": owner, noun, what happened, complement."""
    item, text = spot.item, spot.text
    if votes := _VOTES.fullmatch(text[item.number_start : item.number_end]):
        return votes_for(spot, votes.group(1))
    noun = _OF_SET.sub("", text[item.head.start : item.head.end]) if item.head else ""
    if noun and text[item.number_end : item.number_end + 1] in ("-", "‑"):
        owner = spot.words((spot.last, nouns_end(spot, spot.last)))
        return f"{noun}s of {owner}" if owner else noun  # "212-room hotel": rooms of the hotel
    link = governor(spot)
    if part := part_of_set(spot, noun, earlier):
        return part
    if noun.rsplit(" ", 1)[-1] in WORDS["pronouns"]:
        noun = (earlier.noun if earlier.noun_near else plural_before(spot)) or earlier.noun or noun
    elif noun.lower() in _STATES:
        return f"{_STATES[noun.lower()]} {spot.words((spot.last, complement_end(spot, spot.last)))}"
    if (not noun or noun == "points") and (alone := _alone(spot, link, earlier)):
        return earlier.noun if alone.lower() in _NUMBERS and earlier.noun else alone
    noun = noun or earlier.noun or spot.words(noun_phrase_before(spot, spot.first))
    owner = _owner(spot)
    whole = whole_of(text[spot.sentence.start : item.start], noun)
    action, after = ("", spot.last) if whole else _action(spot, link)
    complement = whole or spot.words((after, complement_end(spot, after)))
    if not complement and not owner:
        if not action:
            complement = _context(spot, link)
        elif after == spot.last and action.lower() not in WORDS["killing"]:
            complement = agent(spot, link)
    return " ".join(part for part in (owner, noun, action, complement) if part)


def _alone(spot: Spot, link: int, earlier: Earlier) -> str:
    """A number without a noun: "the toll stands at 48", "orders fell by 300", "from 92 votes to 71"."""
    word = spot.lower(link)
    if numbered := number_of(spot, link):
        things = spot.words(numbered)
        return _STATES.get(things.lower(), things)
    if _RATE.match(spot.text, spot.item.end):
        verb = verb_before(spot, link)
        money = spot.words(subject_of(spot, verb)) if verb is not None else ""
        return f"exchange rate of {money}" if money else "exchange rate"
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


def _action(spot: Spot, link: int) -> tuple[str, int]:
    """What happened to the counted things, and the word after it: "22 officers were | hurt"."""
    last = spot.last
    start = i = _after_insertion(spot)
    while spot.lower(i) in WORDS["auxiliaries"] or spot.lower(i) in NEGATIONS:
        i += 1
    if spot.lower(i) in ("did", "do", "does") and spot.lower(i + 1) in NEGATIONS:
        return f"who {spot.words((i, i + 3))}", i + 3  # "300 people | did not vote"
    negated = any(spot.lower(k) in NEGATIONS for k in range(start, i))
    tag = spot.tag(i)
    hangs = link >= 0 and (spot.lower(link) in WORDS["prepositions"] or takes_object(spot, link))
    adjective = i > last and (tag == "JJ" or spot.lower(i) == "missing")
    reduced = i == last and tag in ("VBN", "VBD") and (not hangs or tag == "VBN")
    if (adjective or tag in ("VBN", "VBD")) and (reduced or not hangs):
        word = spot.sentence.tokens.words[i]
        return ("" if spot.lower(i) in WORDS["no_actions"] else f"not {word}" if negated else word), i + 1
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
