"""What money, a percentage, a ratio, a measure or a stretch of time is an amount of, as a short noun phrase.

Pure. What rose or fell, whose share, the price of what, what the money is for, how long what took. Counts are
`figures_counted`'s business, which also tidies the phrases.
"""

from __future__ import annotations

import re
from typing import Final

from summarizer.extraction.by_rules.figures_changes import Earlier, change_of, difference_of, is_change
from summarizer.extraction.by_rules.figures_phrases import (
    DETERMINERS,
    NOUNS,
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
from summarizer.extraction.by_rules.figures_subjects import agent, done, object_of, subject_of, takes_object

_COSTS: Final = frozenset(("cost", "costs", "costing", "worth", "valued", "valuing", "value", "values"))
_FINES: Final = frozenset(("fine", "fined", "fines", "fining"))
_LOSING: Final = frozenset(("lost", "lose", "loses", "losing", "shed"))
_BUYING: Final = frozenset(
    (
        "buy",
        "buys",
        "bought",
        "buying",
        "acquire",
        "acquires",
        "acquired",
        "acquiring",
        "sell",
        "sold",
        "sells",
    )
)
_LEVELS: Final = frozenset(("to", "from", "at"))
COMPARED: Final = re.compile(
    r"(?:\b(?:compared\s(?:with|to)|(?:up|down)\sfrom|versus|against|instead\sof|rather\sthan|short\sof|(?:more|less|better|worse|higher|lower)\sthan(?=\sthe\s)|vs\.?)"
    r"|\b[\d.,]+\S*\s(?:\S+\s){0,3}from)\s(?:the\s|a\s|an\s|just\s|only\s)?$"
)
_HOLLOW: Final = "|".join(WORDS["hollow"])


def amount(spot: Spot, earlier: Earlier) -> str:
    """Money, percent, ratio."""
    text, first, last = spot.text, spot.first, spot.last
    if "point" in text[spot.item.number_end : spot.item.end] and spot.lower(last) == "of":
        return spot.words((last + 1, complement_end(spot, last, 6)))  # "100 basis points | of cuts"
    before = text[max(spot.sentence.start, spot.item.start - 60) : spot.item.start]
    rest = spot.words((last, complement_end(spot, last, 6)))
    link = governor(spot)
    if difference := difference_of(spot):
        return difference
    if spot.item.kind == "ratio" and spot.item.end > spot.item.number_end:  # "three in four | households"
        return f"share of {text[spot.item.number_end : spot.item.end]}"
    if not rest and spot.lower(last) == "of" and spot.item.kind in ("percent", "ratio"):
        rest = _of_a_time(spot)
    if spot.item.kind in ("percent", "ratio") and (
        not is_change(spot, link)
        or spot.lower(link) in ("lost", "lose", "loses", "losing", "shed")
        or (rest.startswith("of ") and spot.lower(link) in WORDS["havings"])  # "grows 80% of the vanilla"
    ):
        if rest.startswith("of "):
            return _share(spot, link, rest.removeprefix("of "), complement_end(spot, last, 6), earlier)
        if spot.lower(last) == "of" and spot.lower(last + 1) == "those" and spot.tag(last + 2) == "VBN":
            return f"share of {spot.words((last + 1, last + 3))}"
        if spot.lower(last) == "of" and spot.lower(last + 1) == "it" and earlier.last:
            return _share(spot, link, earlier.last, last + 2, earlier)
        if spot.lower(last) == "of" and spot.lower(last + 1) in WORDS["pronouns"]:
            return _share(spot, link, earlier.noun or spot.lower(last + 1), last + 2, earlier)
    noun_end = nouns_end(spot, last)
    if noun_end > last:
        return spot.words((last, complement_end(spot, noun_end, 6)))
    if spot.lower(link) == "of" and spot.tag(link - 1) == "JJS" and earlier.noun:
        return earlier.noun  # "three offers, the latest of | $900"
    if spot.lower(link) == "at" and spot.tag(link - 1) == "PRP" and spot.lower(link - 2) in _COSTS:
        return "value"  # "would value it at | $420 million"
    if earlier.near and spot.lower(last) in ("more", "less") and spot.lower(last + 1) == "than":
        return f"{'rise' if spot.lower(last) == 'more' else 'fall'} in {earlier.phrase}"
    if earlier.near and COMPARED.search(before):
        return _of_another(spot, earlier.phrase, rest)
    if change := change_of(spot, link, rest, earlier):
        return change
    if spot.lower(link) in _COSTS or (spot.lower(link) == "at" and spot.lower(link - 1) in _COSTS):
        return _value(spot, link)
    if spot.lower(link) == "to" and spot.lower(link - 1) in ("equivalent", "equal") and earlier.last:
        return earlier.last
    if spot.lower(link) in _LEVELS and (level := level_of(spot, link)):
        return _with_thing(level, earlier)
    awaited = spot.lower(link) == "for" and spot.lower(link - 1) in ("looking", "hoping", "waiting")
    if (
        (awaited or spot.lower(link) in WORDS["foretelling"])
        and earlier.phrase
        and not rest.startswith("of ")
    ):
        return re.sub(rf"^.*\b(?:{_HOLLOW}) of ", "", earlier.phrase)
    if spot.item.kind == "percent" and spot.lower(link) in _BUYING:
        return f"share {done(spot, link)} {_kept(rest)}"  # "acquire | 51 per cent | from the family"
    if spot.item.kind == "money" and (spent := _money(spot, link, rest)):
        return spent
    phrase = noun_phrase_before(spot, link) if spot.lower(link) in WORDS["prepositions"] else None
    if phrase and spot.lower(phrase[1] - 1) not in WORDS["dates"]:
        return _with_thing(f"{spot.words(innermost(spot, phrase))} {_kept(rest)}", earlier)
    if earlier.near and takes_object(spot, link) and spot.lower(link) not in WORDS["reaching"]:
        return earlier.phrase  # "they want 7 percent; the firm has offered | 3 percent"
    verb = link if is_verb(spot, link) else verb_before(spot, first)
    subject = spot.words(subject_of(spot, verb)) if verb is not None else ""
    if spot.item.kind == "percent" and spot.tag(last) in ("VBN", "VBD") and subject:
        return f"share of {subject} {spot.lower(last)}"  # "the fire was | 40 percent contained"
    return subject or earlier.phrase * earlier.near or rest


def _of_a_time(spot: Spot) -> str:
    """ "A third | of this year's crop", "a tenth | of its budget last year"."""
    i = spot.last + 1
    while spot.tag(i) in DETERMINERS or spot.lower(i) in WORDS["dates"] or spot.tag(i) == "POS":
        i += 1
    end = nouns_end(spot, i)
    return spot.words((spot.last, end)) if end > i else ""


def _kept(rest: str) -> str:
    """What follows the number, unless it holds another number."""
    return "" if re.match(r"to .*\d", rest) else rest


def _with_thing(phrase: str, earlier: Earlier) -> str:
    """ "Previous range" with what it is a range of, if the figure before in the sentence says."""
    words = phrase.split()
    if not words or words[-1].lower() not in WORDS["hollow"] or not earlier.near:
        return phrase
    thing = re.sub(r"^(?:rise|fall|growth|cut)\sin\s", "", earlier.phrase)
    return phrase if words[-1] in thing else f"{phrase} of {thing}"


def _of_another(spot: Spot, phrase: str, rest: str) -> str:
    """The phrase of the figure that this one is compared with; "for X" behind it says whose it is."""
    if rest.startswith("for ") and phrase.startswith(("cost of ", "price of ", "value of ")):
        return f"{phrase.split(' ')[0]} of {rest.removeprefix('for ')}"
    _, share, whole = phrase.partition(" share of ")
    if share and rest.startswith("for "):
        end = complement_end(spot, spot.last, 8)
        names = [i for i in range(spot.last + 1, end) if spot.tag(i) == "NNP"]
        name = spot.words((names[0], end)) if names else rest.removeprefix("for ")
        return f"{name} share of {whole}"
    own = spot.first - 1  # "52% of the vote to Okou's | 44%"
    if share and spot.tag(own) == "POS":
        start = own
        while spot.tag(start - 1) in ("NNP", "NNPS"):
            start -= 1
        return f"{spot.words((start, own))} share of {whole}"
    return phrase


def _share(spot: Spot, link: int, whole: str, end: int, earlier: Earlier) -> str:
    """ "Okou share of the vote", "share of particles eaten by bacteria", "share of certificates replaced"."""
    word = spot.lower(link)
    done_to_it = spot.tag(end) in ("VBN", "VBD") and word in ("with", "from", "after")
    if word in WORDS["havings"] and not done_to_it and not (takes_object(spot, link) and word in _LOSING):
        verb = link if is_verb(spot, link) else verb_before(spot, link)
        subject = spot.words(subject_of(spot, verb)) if verb is not None else ""
        return f"{subject} share of {whole}"
    if word in _LEVELS and (level := level_of(spot, link)):
        return f"{level} share of {whole}"  # "the deficit widened to | 5% of GDP"
    if word == "and" and earlier.near and " share of " in earlier.phrase:
        return f"{earlier.phrase.partition(' share of ')[0]} share of {whole}"
    if takes_object(spot, link):
        return f"share of {whole} {done(spot, link)}"
    i = end
    while spot.lower(i) in WORDS["auxiliaries"] or (i > end and spot.tag(i) == "RB"):
        i += 1
    noun_end = nouns_end(spot, i)
    if noun_end > i and spot.tag(noun_end - 1) == "NNS":  # "60% of them were children"
        return f"share of {spot.words((i, noun_end))} among {whole}"
    told = spot.lower(i) in WORDS["clause_verbs"] or spot.lower(i) in WORDS["no_actions"]
    if not told and (
        spot.tag(i) == "VBN" or (spot.tag(i) == "VBD" and word not in WORDS["prepositions"] - {"with"})
    ):
        return f"share of {whole} {spot.words((i, complement_end(spot, i + 1, 5)))}"
    return f"share of {whole}"


def _value(spot: Spot, link: int) -> str:
    """ "Cost of the bridge", "value of the house": of what a sum is the price."""
    word = spot.lower(link if spot.lower(link) in _COSTS else link - 1)
    at = link if spot.lower(link) in _COSTS else link - 1
    noun = "cost" if word.startswith("cost") else "value"
    stretch = object_of(spot, at, link) if link > at or word in ("value", "valuing", "values") else None
    if stretch is None and not is_verb(spot, at) and not is_verb(spot, at - 1):
        stretch = noun_phrase_before(spot, at)
    verb = at if is_verb(spot, at) else verb_before(spot, at)
    stretch = stretch or (subject_of(spot, verb) if verb is not None else None)
    if spot.item.kind != "money":
        return spot.words(stretch)  # "a mortgage now costs 5 percent"
    return f"{noun} of {spot.words(stretch)}" if stretch else noun


def level_of(spot: Spot, link: int) -> str:
    """What stands at, rose to or fell from the number: the verb's object, else its subject."""
    verb = verb_before(spot, link)
    if verb is None and spot.lower(link - 1) == ",":
        verb = verb_before(spot, link - 1)
    if verb is None:
        return spot.words(noun_phrase_before(spot, link))
    by = next((i for i in range(verb + 1, link) if i in spot.numbers or spot.lower(i) == "by"), link)
    stretch = object_of(spot, verb, by) or subject_of(spot, verb)
    return spot.words(stretch)


def _money(spot: Spot, link: int, rest: str) -> str:
    """ "Money stolen from a hospice", "cash", "price of the firm", "debt", by what the sum hangs on."""
    word = spot.lower(link)
    head = rest.split(" ")[0]
    if head in ("of", "in") and spot.tag(spot.last + 1) not in ("DT", "PRP$", "NNP", "CD"):
        return rest.split(" ", 1)[1]  # "$12m in damages"
    if word == "for" and (verb := verb_before(spot, link)) is not None:
        stretch = object_of(spot, verb, link) or subject_of(spot, verb)
        if spot.lower(verb) in WORDS["sales"] and stretch:
            return f"price of {spot.words(stretch)}"
        paid = done(spot, verb)
        return f"money for which {spot.words(stretch)} {paid}" if stretch and paid else ""
    if word in ("has", "have", "had") and is_verb(spot, link):
        subject = subject_of(spot, link)
        return f"money {_kept(rest)}" if rest else f"money of {spot.words(subject)}" if subject else ""
    if word in WORDS["reaching"]:
        return spot.words(subject_of(spot, link))
    if takes_object(spot, link):
        if spot.lower(link - 1) == "to" and spot.tag(link) == "VB":
            return f"money to {word} {_kept(rest)}"
        given = done(spot, link)
        return f"money {given} {_kept(rest) or agent(spot, link)}" if given else ""
    if spot.tag(link) == "PRP" and spot.lower(link - 1) in WORDS["giving"] | _FINES:  # "fined him | $5,000"
        return "fine" if spot.lower(link - 1) in _FINES else f"money {done(spot, link - 1)}"
    if (
        spot.tag(link) in NOUNS
        and (cost := next((i for i in range(link - 1, link - 5, -1) if spot.lower(i) == "cost"), 0))
        and spot.lower(cost - 1) == ","
    ):
        return f"cost to {spot.words((cost + 1, link + 1))}"  # "and, by its count, cost the country | $4m"
    if spot.tag(link) in NOUNS and (verb := verb_before(spot, link)) is not None:  # "promised the men | $5m"
        if spot.lower(verb) in _COSTS and (subject := subject_of(spot, verb)):
            return f"cost of {spot.words(subject)}"
        if spot.lower(verb) in _FINES:
            return f"fine for {spot.words(object_of(spot, verb, link + 1))}"
        if spot.lower(verb) in WORDS["giving"] and (whom := object_of(spot, verb, link + 1)):
            return f"money {done(spot, verb)} to {spot.words(whom)}"
    if link >= 0 and word in WORDS["prepositions"]:
        return ""
    i = spot.last
    while (
        spot.lower(i) == "been" or spot.tag(i) in ("VBD", "VBZ", "VBP", "MD", "TO", "VB", "RB")
    ) and spot.tag(i + 1)[:1] in ("V", "T", "R", "M"):
        i += 1
    if i > spot.last and spot.tag(i) in ("VBN", "VBD"):  # "$5m was | transferred to a company"
        return f"money {spot.words((i, complement_end(spot, i + 1, 6)))}"
    return ""
