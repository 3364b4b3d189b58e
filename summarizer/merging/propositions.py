"""Read what a claim claims: its kind, who and what it is about, its numbers, and whether it is negated.

Pure. A proposition is a bag of concepts (word families with news synonyms folded), names resolved to actor
clusters and states, and a few marks that must agree before two claims can be one. It is no parse; it knows
which words stand before the main verb and which clause is the main one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from summarizer.merging.claim_words import NameTable, claim_lexicon, concept_table, dropped_words
from summarizer.merging.intervals import Days, days_of
from summarizer.merging.plain_order import in_plain_order, in_usual_words, relatives_in
from summarizer.merging.slots import Slots, read_slots
from summarizer.text.families import word_family
from summarizer.text.kept import Kept
from summarizer.text.numbers import find_quantities
from summarizer.text.words import FINITE, NOUNS, Tokens, tokenize

#: Circumstances of a claim, not the claim.
_ADJUNCT = re.compile(
    r"\s(?:after|before|since|until|while|when|because|although|though|despite|amid|if|unless|using"
    r"|as part of)\s"
)
_MIN_MAIN_WORDS = 3
#: An attribution that an extractor left in a claim's text: ", two people close to the talks said".
_ATTRIBUTION = re.compile(
    r",\s(?!(?:and|but|or|who|which|where|when|while)\b)[^,;]{2,60}\s(?:said|says|added)\.?$"
)
_OPENS_OBJECT = frozenset(("DT", "PRP", "PRP$", "CD", "$"))
_IN_NOUN_PHRASE = NOUNS | {"DT", "JJ", "CD", "POS", "PRP$", ",", "CC"}
#: Cheaper than looking for quantities in every claim: what one word at least of those with a number holds.
_PART_OF_NUMBER = re.compile(
    r"\d|[½¼¾]|(?<!\w)(?=[bdefhmnqst])(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|trillions?|dozens?|half|halved|halving"
    r"|doubl\w+|tripl\w+|quadrupl\w+|thirds?|quarters?|fifths?|tenths?)\b"
)
_MAY_BE_NUMBER = Kept(lambda word: _PART_OF_NUMBER.search(word) is not None)


@dataclass(frozen=True, slots=True)
class Proposition:
    """A claim's text in comparable parts."""

    kind: str
    concepts: frozenset[str]  # content words and names; names begin with "@", other proper nouns with "~"
    core: frozenset[str]  # the content words from the main verb on; all of them when there are none
    leads: frozenset[str]  # who acts, or whose the thing is: the first name, with those joined to it by "and"
    others: frozenset[str]  # all other names
    subjects: frozenset[str]  # names before the main verb
    relatives: frozenset[str]  # "wife", if it is about the wife of one whom it names
    places: frozenset[str]  # proper nouns that are no actor's name: places, products, events
    numbers: frozenset[tuple[float, float, str]]  # from, to, unit
    days: Days | None  # when it is so, if the claim says
    negated: bool
    past: bool  # told in the simple past
    slots: Slots


@cache
def _kinds() -> dict[str, str]:
    return {word: kind for kind, words in claim_lexicon()["kinds"].items() for word in words.split()}


@cache
def _marks(key: str) -> frozenset[str]:
    """Function words of one job; see the lexicon."""
    return frozenset(claim_lexicon()["marks"][key].split())


@cache
def _negations() -> frozenset[str]:
    return frozenset(claim_lexicon()["drop"]["negations"].split())


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(pattern, 0 if "[A-Z]" in pattern else re.I), word)
        for pattern, word in claim_lexicon()["phrases"]
    )


#: Where an alternative of a pattern begins.
_IDLE_BOUNDARY = re.compile(r"(?:^|(?<=\|))\\b")


@cache
def _any_phrase() -> re.Pattern[str]:
    """What every text is asked first, in lower case: most hold no phrase at all.

    Every phrase begins with a word: asking only there is three times as fast. Without the "\\b" that this
    makes idle, and with case folded beforehand, the first letter rules most phrases out: twice as fast again.
    """
    patterns = (pattern.replace("[A-Z]", "[a-z]") for pattern, _ in claim_lexicon()["phrases"])
    phrases = "|".join(f"(?:{re.sub(_IDLE_BOUNDARY, '', pattern)})" for pattern in patterns)
    return re.compile(rf"(?<!\w)(?=\w)(?:{phrases})")


@cache
def _wrappers() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.I) for pattern in claim_lexicon()["wrappers"])


@cache
def _refutations() -> tuple[re.Pattern[str], ...]:
    """What says in the text itself that the proposition, its group, is not so."""
    return tuple(re.compile(pattern, re.I) for pattern in claim_lexicon()["refutations"])


@cache
def _question() -> re.Pattern[str]:
    return re.compile(claim_lexicon()["questions"], re.I)


@cache
def _opposites() -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for one, other in claim_lexicon()["opposites"])


def read_proposition(text: str, names: NameTable, when: str | None = None) -> Proposition:
    """The parts of a claim's text; `when` is its ISO date or interval."""
    asks = _question().match(text)
    if asks is not None:
        text = text[asks.end() :]
    refuted = False
    for pattern in _refutations() if "that " in text or " to " in text[:40] else ():
        if (match := pattern.match(text)) is not None:
            text, refuted = match.group(1), True
            text = text[0].upper() + text[1:]
    for pattern in _wrappers() if " that " in text or " if " in text or " whether " in text else ():
        if (match := pattern.match(text)) is not None:
            text = text[match.end() :]
    if text.rstrip(".").endswith(("said", "says", "added")):
        text = _ATTRIBUTION.sub("", text)
    text = in_usual_words(in_plain_order(text))
    if _any_phrase().search(text.lower()):
        for pattern, word in _phrases():
            text = pattern.sub(word, text)
    whole = text
    text = _without_adjuncts(text)
    tokens = tokenize(text, 0, len(text))
    verb, past = _main_verb(tokens)
    at = tokens.starts[verb] if verb < len(tokens) else len(text)
    before = names.words(text[:at], opens=True)
    after = names.words(text[at:])
    words = before + after
    leads = _leads(words)
    named = frozenset(word for word in words if word[0] == "@")
    places = frozenset(word for word in words if word[0] == "~")
    kind, marker = _find_kind(words)
    if asks is not None:
        kind = "question"
    content = [None if i == marker else concept_of(word) for i, word in enumerate(words)]
    all_content = frozenset(concept for concept in content if concept is not None)
    core = frozenset(concept for concept in content[len(before) :] if concept is not None)
    return Proposition(
        kind=kind,
        concepts=named | places | all_content,
        core=core or all_content,
        leads=leads,
        others=named - leads,
        subjects=frozenset(word for word in before if word[0] == "@"),
        relatives=relatives_in(text[:at], before),
        places=places,
        numbers=_numbers(text),
        days=days_of(when),
        negated=_is_negated(words) != refuted,
        past=past,
        slots=read_slots(whole, text, tokens, verb),
    )


def _leads(words: Sequence[str]) -> frozenset[str]:
    """The first name and those joined to it; in the passive the one after "by"."""
    for i in range(1, len(words)):
        if words[i][0] == "@" and _is_behind_by(words, i) and not _marks("be").isdisjoint(words[:i]):
            return frozenset((words[i],))
    first = next((i for i, word in enumerate(words) if word[0] == "@"), None)
    if first is None or not _marks("placing").isdisjoint(words[:first]):
        return frozenset()
    leads = [words[first]]
    i = first
    while i + 2 < len(words) and words[i + 1] == "and" and words[i + 2][0] == "@":
        leads.append(words[i + 2])
        i += 2
    return frozenset(leads)


def _is_behind_by(words: Sequence[str], i: int) -> bool:
    """Whether "by" stands before a name, or "by the"."""
    return words[i - 1] == "by" or (words[i - 1] == "the" and i > 1 and words[i - 2] == "by")


def _without_adjuncts(text: str) -> str:
    """A claim up to "after …", "because …", "using …", if enough stands before that."""
    match = _ADJUNCT.search(text)
    if match is not None and len(text[: match.start()].split()) >= _MIN_MAIN_WORDS:
        return text[: match.start()]
    return text


def _find_kind(words: Sequence[str]) -> tuple[str, int]:
    """The kind of the first marker in a claim, and where it stands; -1 for a plain fact."""
    kinds = _kinds()
    for i, word in enumerate(words):
        if word in kinds and (word not in _marks("before_to") or words[i + 1 : i + 2] == ["to"]):
            return kinds[word], i
    return "fact", -1


@lru_cache(maxsize=32768)
def concept_of(word: str) -> str | None:
    """The concept of a word, or None for one that says nothing about which proposition it is."""
    if word[0] in "@~" or word[0].isdigit() or word in dropped_words() or word in _negations():
        return None
    if word.endswith("n't") or len(word) < 3:
        return None
    concepts = concept_table()
    if word in concepts:
        return concepts[word]
    family = word_family(word)
    if family in dropped_words():
        return None
    return concepts.get(family) or family


def _main_verb(tokens: Tokens) -> tuple[int, bool]:
    """Position of the first finite verb (or the end), and whether it is a simple past.

    Without one, a participle behind a noun serves: what is denied is often "Halvern paying a bribe".
    """
    finite = [i for i in range(1, len(tokens)) if tokens.tags[i] in FINITE]
    for position, i in enumerate(finite):
        past = tokens.tags[i] == "VBD" and tokens.lowers[i] not in _marks("be")
        following = tokens.tags[i + 1] if i + 1 < len(tokens) else ""
        if past and position + 1 < len(finite) and following in ("NN", "NNS", "NNP", "JJ"):
            continue  # a participle: "newly arrived tank units are deployed"
        return i, past
    if not finite:
        opening = next((i for i, tag in enumerate(tokens.tags) if tag not in _IN_NOUN_PHRASE), len(tokens))
        if 0 < opening < len(tokens) and tokens.tags[opening] == "VBG":
            return opening, False
        if 0 < opening < len(tokens) - 1 and tokens.tags[opening] == "VBN":
            return (opening, True) if tokens.tags[opening + 1] in _OPENS_OBJECT else (len(tokens), False)
    return len(tokens), False


def _is_negated(words: Sequence[str]) -> bool:
    """Whether the main clause carries an odd number of negations."""
    negations = _negations()
    said = [i for i, word in enumerate(words) if word in negations or word.endswith("n't")]
    if not said:
        return False
    end = next((i for i in range(2, said[-1] + 1) if words[i] in _marks("subordinate")), len(words))
    following = [words[i + 1] if i + 1 < len(words) else "" for i in said if i < end]
    return sum(word not in _marks("not_negating") for word in following) % 2 == 1


def _numbers(text: str) -> frozenset[tuple[float, float, str]]:
    """The values that a claim states, as (from, to, unit); dates are no values."""
    if not any(map(_MAY_BE_NUMBER.__getitem__, text.lower().split())):
        return frozenset()
    return frozenset(
        (float(one.value), float(one.value_high if one.value_high is not None else one.value), one.unit)
        for one in find_quantities(text)
    )


def about_others(a: Proposition, b: Proposition) -> bool:
    """Whether one is about a relative of whom the other is about, or who does it suffers it there."""
    return a.relatives != b.relatives or _turned_about(a, b) or _turned_about(b, a)


def _turned_about(a: Proposition, b: Proposition) -> bool:
    """Whether who does it in `a` suffers it in `b`: "dockers hit the Guard", "the Guard hit dockers"."""
    if not a.slots.verb or a.slots.verb != b.slots.verb or b.slots.agent:
        return False
    suffers = (a.leads | a.others) - a.subjects
    return bool(b.leads & b.subjects & suffers) and bool(a.slots.agent & b.slots.rest)


def opposed(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two claims speak of opposite directions: a rise and a fall."""
    for one, other in _opposites():
        if (one in a and other in b and other not in a and one not in b) or (
            other in a and one in b and one not in a and other not in b
        ):
            return True
    return False
