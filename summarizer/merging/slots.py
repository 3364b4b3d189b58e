"""The slots that two tellings of one thing can't fill differently: who does it, why, when, with whom.

Pure. A bag of words is blind to them: "A gas leak caused the blast" and "A faulty battery caused the blast"
share all but one word, "The driver hit the cyclist" and "The cyclist hit the driver" share every one. A slot
that only one of two claims fills says nothing. Names of actors are compared in `likeness`; here are common
nouns, days and months, "before" against "after", main verbs that undo each other, and pairs of opposites such
as "alone" and "with others".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.merging.claim_words import claim_lexicon, concept_table
from summarizer.text.families import word_family
from summarizer.text.kept import Kept
from summarizer.text.words import COMMON_NOUNS, FINITE, PROPER_NOUNS, Tokens, is_common_word, possible_tags

#: A subject longer than this is a misread sentence rather than somebody who acts.
_MAX_SUBJECT_WORDS = 12
_CAUSES = re.compile(
    r"\s(?:because(?: of)?|owing to|as a (?:result|consequence) of|thanks to|due to(?= (?!\w+ing?\b)))\s",
    re.I,
)
_ORDER = re.compile(r"\s(before|after)\s", re.I)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_ANY_MONTH = re.compile(_MONTH)
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b")
_DATE = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)? )?({_MONTH})(?: (\d{{1,2}})(?:st|nd|rd|th)?\b(?!,?\d))?"
)
_YEAR = re.compile(r"\b(?:in|since|of|until|till|by|from|,|[a-z]{3,9}) ((?:19|20)\d\d)\b", re.I)


#: Without one of these no text tells of silence: cheaper than the pattern.
_SILENT_STEMS = ("declin", "refus", "respon", "repl", "comment", "reach", "return", "answer", "available")


@dataclass(frozen=True, slots=True)
class Slots:
    """What a claim's text fills; an empty slot agrees with anything."""

    agent: frozenset[str]  # common nouns of who or what does it, also behind "by" in the passive
    verb: str  # the family of the main verb; "" when there is none
    is_gerund: bool  # the verb is "paying": what is denied, no sentence
    is_state: bool  # the verb is "is": nobody does anything
    rest: frozenset[str]  # common nouns behind the verb, without an agent's
    cause: frozenset[str]  # common nouns behind "because of", or of the agent of "caused"
    order: tuple[str, frozenset[str]]  # "before" or "after", and what
    weekdays: frozenset[str]
    months: frozenset[str]
    dates: frozenset[str]  # "17 june"
    years: frozenset[str]
    marks: frozenset[str]  # of each pair of opposites, the side that is there
    silence: bool  # a refusal to speak: it says nothing that could be true of the story

    @property
    def is_dated(self) -> bool:
        """Whether the text itself says when."""
        return bool(self.weekdays or self.months or self.years)


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(claim_lexicon()["slots"][key].split())


@cache
def _generic() -> frozenset[str]:
    return frozenset(concept for word in _words("generic") for concept in (word, noun_concept(word)))


@cache
def _contrasts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (f"{number}{side}", re.compile(rf"\b(?:{pattern})\b"))
        for number, pair in enumerate(claim_lexicon()["slots"]["contrasts"])
        for side, pattern in zip("+-", pair, strict=True)
    )


@cache
def _opposite_verbs() -> dict[str, frozenset[str]]:
    """Of a verb's family, the families of those that undo it."""
    table: dict[str, set[str]] = {}
    for pair in claim_lexicon()["slots"]["opposite_verbs"]:
        one, other = (
            frozenset(form for word in side.split() for form in (word, word_family(word))) for side in pair
        )
        for verbs, undone_by in ((one, other), (other, one)):
            for verb in verbs:
                table.setdefault(verb, set()).update(undone_by - verbs)
    return {verb: frozenset(others) for verb, others in table.items()}


@cache
def _any_contrast() -> re.Pattern[str]:
    """What every text is asked first, in lower case: most hold no side of any pair."""
    sides = (side for pair in claim_lexicon()["slots"]["contrasts"] for side in pair)
    return re.compile(rf"(?<!\w)(?=\w)(?:{'|'.join(sides)})\b")


@cache
def _silence() -> re.Pattern[str]:
    return re.compile(claim_lexicon()["slots"]["silence"], re.I)


def is_silence(text: str) -> bool:
    """Whether a text tells that somebody said nothing."""
    lower = text.lower()
    return any(map(lower.__contains__, _SILENT_STEMS)) and _silence().search(text) is not None


def _noun_concept(word: str) -> str:
    table = concept_table()
    family = word_family(word)
    return table.get(word) or table.get(family) or family


_NOUN_CONCEPTS = Kept(_noun_concept)


def noun_concept(word: str) -> str:
    """The concept of a noun, titles and "people" among them, which say nothing as parts of a bag."""
    return _NOUN_CONCEPTS[word]


def read_slots(text: str, main: str, tokens: Tokens, verb: int) -> Slots:
    """The slots of a claim. `main` is its main clause, in `tokens`, with its verb at position `verb`."""
    lexical = _lexical(tokens, verb)
    is_state = _is_state(tokens, verb, lexical)
    agent, rest = _state_nouns(tokens, verb, lexical) if is_state else _agent_and_rest(tokens, verb, lexical)
    root = word_family(tokens.lowers[lexical]) if lexical < len(tokens) else ""
    cause = _nouns_after(_CAUSES, text)
    if root in _words("causing"):
        cause = cause or agent
    dated = _DATE.findall(main) if _ANY_MONTH.search(main) else ()
    ordered = _ORDER.search(text, len(main) - 1 if text.startswith(main) else 0)
    return Slots(
        agent=agent,
        verb=root,
        is_gerund=verb < len(tokens) and tokens.tags[verb] == "VBG",
        is_state=is_state,
        rest=rest,
        cause=cause,
        order=(ordered.group(1).lower(), _families(text[ordered.end() :])) if ordered else ("", frozenset()),
        weekdays=frozenset(day.lower() for day in _WEEKDAY.findall(main)) if "day" in main else frozenset(),
        months=frozenset(found[1].lower() for found in dated if _is_month(found, main)),
        dates=frozenset(
            f"{found[0] or found[2]} {found[1].lower()}" for found in dated if found[0] or found[2]
        ),
        years=frozenset(_YEAR.findall(main)) if " 19" in main or " 20" in main else frozenset(),
        marks=_marks(main.lower()),
        silence=is_silence(text),
    )


def _marks(lower: str) -> frozenset[str]:
    if not _any_contrast().search(lower):
        return frozenset()
    return frozenset(mark for mark, pattern in _contrasts() if pattern.search(lower))


def _is_month(found: tuple[str, str, str], main: str) -> bool:
    """ "May" and "March" open sentences and are names; a date or a preposition makes them months."""
    if found[0] or found[2]:
        return True
    return (
        re.search(rf"\b(?:in|of|by|since|until|from|to|last|next|this|early|late|mid|and) {found[1]}\b", main)
        is not None
    )


def differ(a: Slots, b: Slots) -> bool:
    """Whether a slot that both fill differs, so that the two can't be one proposition."""
    if a.silence or b.silence:
        return True
    if _disjoint(a.weekdays, b.weekdays) or _disjoint(a.months, b.months) or _disjoint(a.years, b.years):
        return True
    if a.dates and b.dates and _disjoint(a.dates, b.dates):
        return True
    if _disjoint(a.cause, b.cause) or b.verb in _opposite_verbs().get(a.verb, ()):
        return True
    if a.order[0] != b.order[0] and a.order[1] & b.order[1]:
        return True
    opposites = {mark[:-1] + ("-" if mark[-1] == "+" else "+") for mark in a.marks} - a.marks
    if opposites & b.marks and not a.marks & b.marks:
        return True
    return _agents_differ(a, b)


def _agents_differ(a: Slots, b: Slots) -> bool:
    """Another doer of the same deed, or the two changed about."""
    if not _disjoint(a.agent, b.agent):
        return False
    if a.verb == b.verb and a.agent & b.rest and b.agent & a.rest:
        return True
    if a.agent & (b.rest | {b.verb}) or b.agent & (a.rest | {a.verb}):
        return False  # "the quake killed miners", "miners died in the quake"
    return not (is_generic(a.agent) or is_generic(b.agent))


def is_generic(agent: frozenset[str]) -> bool:
    """Whether a doer may be the other claim's under another word: "the company", "a man"."""
    return not agent.isdisjoint(_generic())


def _disjoint(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a) and bool(b) and not a & b


def _lexical(tokens: Tokens, verb: int) -> int:
    """Where the main verb itself stands, behind its auxiliaries and adverbs."""
    i = verb
    while i + 1 < len(tokens) and (tokens.lowers[i] in _words("auxiliaries") or tokens.tags[i] == "RB"):
        i += 1
    return i


def _is_state(tokens: Tokens, verb: int, lexical: int) -> bool:
    """Whether "is" is the main verb: "the trip is a success"."""
    return (
        lexical < len(tokens)
        and any(word in _words("be") for word in tokens.lowers[verb : lexical + 1])
        and tokens.tags[lexical] not in ("VBG", "VBN", "VBD")
    )


def _subject(tokens: Tokens, verb: int) -> frozenset[str]:
    return _nouns(tokens, 0, verb) if verb <= _MAX_SUBJECT_WORDS else frozenset()


def _state_nouns(tokens: Tokens, verb: int, lexical: int) -> tuple[frozenset[str], frozenset[str]]:
    """Of "the trip is a success": nobody does anything, all nouns are told."""
    return frozenset(), _subject(tokens, verb) | _nouns(tokens, lexical, len(tokens))


def _agent_and_rest(tokens: Tokens, verb: int, lexical: int) -> tuple[frozenset[str], frozenset[str]]:
    """The common nouns of the doer, and those of what is done; in the passive the doer stands behind "by"."""
    subject = _subject(tokens, verb)
    passive = (
        lexical < len(tokens)
        and tokens.tags[lexical] in ("VBN", "VBD")
        and any(word in _words("be") for word in tokens.lowers[verb:lexical])
    )
    if not passive:
        return subject, _nouns(tokens, lexical + 1, len(tokens))
    by = next((i for i in range(lexical + 1, len(tokens)) if tokens.lowers[i] == "by"), None)
    if by is None:
        return frozenset(), subject | _nouns(tokens, lexical + 1, len(tokens))
    end = next(
        (
            i
            for i in range(by + 1, len(tokens))
            if tokens.tags[i] in ("IN", "TO", ",", "WDT", "WP", "VBG", *FINITE)
        ),
        len(tokens),
    )
    agent = _nouns(tokens, by + 1, end) - _words("measures")
    return agent, subject | _nouns(tokens, lexical + 1, by) | _nouns(tokens, end, len(tokens))


def _nouns(tokens: Tokens, start: int, end: int) -> frozenset[str]:
    lowers, tags = tokens.lowers[start:end], tokens.tags[start:end]
    nouns = [lower for lower, tag in zip(lowers, tags, strict=True) if tag in COMMON_NOUNS]
    if start == 0 < end and _opens_with_noun(tokens):
        nouns.append(lowers[0])
    return frozenset(noun_concept(noun) for noun in nouns if noun not in _words("no_doer"))


def _opens_with_noun(tokens: Tokens) -> bool:
    """Whether the first word only seems a name by the sentence's capital ("Militants attacked …")."""
    if len(tokens) < 2 or tokens.tags[0] not in PROPER_NOUNS:
        return False
    return any(map(is_common_word, (tokens.lowers[0], word_family(tokens.lowers[0]))))


def _nouns_after(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    found = pattern.search(text)
    return _families(text[found.end() :]) if found else frozenset()


def _families(text: str) -> frozenset[str]:
    """The telling words of a phrase, up to the next clause."""
    phrase = re.split(r",|;| (?:who|which|that|and|but)\b", text, maxsplit=1)[0]
    words: Sequence[str] = re.findall(r"[a-z]{3,}", phrase.lower())
    return frozenset(
        noun_concept(word)
        for word in words
        if word not in _words("no_doer") and possible_tags(word)[0] != "JJ"
    )
