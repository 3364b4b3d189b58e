"""Read what a figure counts: the thing, whose it is, what happened, where, and which part of the whole.

Pure. Works on the figure's `counted` phrase and `place`; where they don't say whose thing it is, the claim
around the figure may. Decides nothing about other figures; `series` compares what is read here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from summarizer.merging.deeds import fate, is_whole, passive, role, special, telling_deed
from summarizer.merging.noun_phrases import BREAKS, head_of, split_at
from summarizer.merging.offices import split_states
from summarizer.merging.quake_sizes import is_quake_size, read_quake_size
from summarizer.merging.quantity_kinds import PERIOD, Quantity, is_amount, is_money, keys, lexicon, word_list
from summarizer.merging.surroundings import (
    NOWHERE,
    Surroundings,
    events_around,
    is_on_record,
    owners_around,
    portion,
    states_around,
)
from summarizer.records.brief import Figure
from summarizer.text.families import word_family
from summarizer.text.romanisation import sound_key
from summarizer.text.words import Tokens, is_common_word, tokenize

_RELATIVE = frozenset(("WP", "WDT", "WP$"))
#: Land, sea and air forces together are the whole.
_ARMS = frozenset(("land", "sea", "air"))
#: "the number of people killed in a rise of …": measures are rarely nested deeper.
_MAX_NESTED = 3
_WORDS = re.compile(r"[a-z]+")
_WORDLIKE = re.compile(r"[^\W\d_]")


class _Phrase(NamedTuple):
    """What a counted phrase says by itself: its head, what measures it, and the sets as in `Quantity`.

    `words` are the families of all its words, without what measures it.
    """

    tokens: Tokens
    core: tuple[int, ...]
    tail: tuple[int, ...]
    head: int | None
    measure: str | None
    words: tuple[str, ...]
    owners: frozenset[str]
    modifiers: frozenset[str]
    places: frozenset[str]
    context: frozenset[str]
    scope: frozenset[str]

    @property
    def family(self) -> str:
        """That of the head."""
        return _family(self.tokens, self.head) if self.head is not None else ""


def read_quantity(figure: Figure, around: Surroundings = NOWHERE) -> Quantity:
    """The parts of what `figure` counts; `around` are the words and claims that it stands among."""
    if is_quake_size(figure):
        return read_quake_size(figure, around)
    return _assemble(figure, _read_phrase(figure.counted.strip() or figure.evidence[0].quote), around)


@lru_cache(maxsize=1024)
def _read_phrase(text: str) -> _Phrase:
    """What a phrase says: articles of one story count the same things in the same words."""
    tokens = tokenize(PERIOD.sub(" ", text), 0, len(text))
    core, tail = split_at(tokens, 0)
    measure = None
    head = head_of(tokens, core)
    for _ in range(_MAX_NESTED):
        found, core, tail, head = _unwrap(tokens, core, tail, head)
        if found is None:
            break
        if found != "number":
            measure = measure or found
    owners, modifiers = _sides(tokens, [i for i in core if i != head])
    belongs: list[int] = []
    if tail and tokens.lowers[tail[0]] == "of" and not owners:  # "soldiers of the Russian land group"
        belongs, _ = split_at(tokens, tail[0] + 1)
        owners, _ = _sides(tokens, belongs)
    places, context = _sides(tokens, [i for i in tail if i not in belongs])
    if belongs:
        context = context | _sides(tokens, belongs)[1]
    words = tuple(_family(tokens, i) for i in (*core, *tail))
    scope = _scope(tokens, core, tail)
    return _Phrase(
        tokens, tuple(core), tuple(tail), head, measure, words, owners, modifiers, places, context, scope
    )


def _unwrap(
    tokens: Tokens, core: list[int], tail: list[int], head: int | None
) -> tuple[str | None, list[int], list[int], int | None]:
    """Take a measuring noun off: "growth in X", "share price". The measure, and core, tail and head of X."""
    measure = keys("measures").get(_family(tokens, head)) if head is not None else None
    if measure is None or head is None:
        return None, core, tail, head
    owners = [i for i in core if i != head]
    if tail and tokens.lowers[tail[0]] in ("of", "in", "for", "from", "at", "between"):
        rest, after = split_at(tokens, tail[0] + 1)
        inner = head_of(tokens, rest)
        if inner is not None:
            return measure, [*owners, *rest], after, inner
    before = [i for i in owners if tokens.tags[i] in ("NN", "NNS", "VBG")]
    if before:
        return measure, owners, tail, before[-1]
    return None, core, tail, head


def _assemble(figure: Figure, phrase: _Phrase, around: Surroundings) -> Quantity:
    tokens, core, tail, head, measure, words, owners, modifiers, places, context, scope = phrase
    happenings = frozenset(keys("happenings")[word] for word in words if word in keys("happenings"))
    marks = portion(figure.evidence[0].quote, around) | special(around)
    people = figure.unit == "count" and measure is None
    deed = telling_deed(figure.counted, phrase.family, around) if people else None
    thing, events = _thing(phrase, around, marks, deed)
    if is_money(figure.unit):
        deals = word_list("deals")
        if phrase.family in deals or (measure == "value" and any(word in deals for word in words)):
            thing, measure = "deal", "value"
    if head is not None and _is_name(tokens, head):
        owners = owners | {sound_key(tokens.words[head])}
        thing = thing if measure or figure.unit == "1" else ""  # nobody counts Sondages
    if thing == "body" and figure.unit == "count" and not (owners or modifiers):
        thing, events = "death", events | {"death"}
    done: frozenset[str] = frozenset()
    if deed is not None:
        modifiers = role(tokens, core, phrase.family)
        scope = frozenset(mark for mark in scope if not mark[0].isdigit())
        if keys("events").get(phrase.family) == deed:
            done = passive(around)  # "two strikers were shot"
    elif measure is None and thing not in lexicon()["events"] and not is_whole(around):
        done = fate(tokens, core, tail, around)
        if thing == "money" and done:  # "money withdrawn by clients" is what "withdrawals" are
            thing, done, context = min(done), frozenset(), frozenset()
    if deed is not None or done:
        marks -= {"included"}  # of those who escaped, those caught: the deed says it
    parts = frozenset(place for place in places if not (len(place) == 2 and place.isupper()))
    if figure.place:
        where = tokenize(figure.place, 0, len(figure.place))
        more_places, more_context = _sides(where, list(range(len(where))))
        places, context = places | more_places, context | more_context
    if thing == "deal":
        owners, places = owners | places, frozenset()
        context = context - word_list("deals")
    says_little = not (owners or places or context)
    if around.claims and not owners:
        owners, more_places = states_around(around.claims, places)
        places = places | more_places if says_little else places
    if says_little and not owners and is_amount(figure.unit):
        owners = owners_around(figure.counted, around)
    if says_little and around.claims and not scope:
        sentence = tokenize(around.claims[0], 0, len(around.claims[0]))
        scope = _scope(sentence, range(len(sentence)), ()) & _ARMS
    return Quantity(
        unit=figure.unit,
        expected=figure.status != "actual",
        measure=measure,
        thing=thing,
        owners=owners,
        modifiers=frozenset(word for word in modifiers if word not in keys("scope")),
        events=events | happenings,
        context=frozenset(
            keys("fates").get(word, word) for word in context if word not in keys("scope") and word != "arm"
        ),
        places=places,
        parts=parts,
        scope=scope,
        times=frozenset(
            word for word in _WORDS.findall(figure.counted.lower()) if word in word_list("times")
        ),
        portion=marks,
        fate=done,
    )


def _thing(
    phrase: _Phrase, around: Surroundings, marks: frozenset[str], deed: str | None
) -> tuple[str, frozenset[str]]:
    """The thing counted and what happened to it; people are counted by that."""
    events = frozenset(keys("events")[word] for word in phrase.words if word in keys("events"))
    family = phrase.family
    if deed is not None:
        events |= {deed}
        return next(event for event in lexicon()["events"] if event in events), events
    thing = keys("things").get(family, family)
    is_customer = family in word_list("customers")
    if (thing == "person" or is_customer) and not events and not marks:
        events = frozenset(("affected",)) if is_on_record(around) else events_around(around)
    counts_people = thing in ("person", "case") or family in keys("events")
    if (counts_people and events) or (is_customer and "affected" in events):
        # "protesters arrested": of several, what is listed first weighs most
        thing = next(event for event in lexicon()["events"] if event in events)
    if thing == "case" and "hospital" in events:
        thing = "hospital"
    return thing, events


def _is_name(tokens: Tokens, i: int) -> bool:
    return tokens.words[i][0].isupper() and not is_common_word(tokens.lowers[i])


def _family(tokens: Tokens, i: int) -> str:
    return word_family(tokens.lowers[i])


def _sides(tokens: Tokens, part: Sequence[int]) -> tuple[frozenset[str], frozenset[str]]:
    """States and proper names of a part, and its other content words."""
    if not part:
        return frozenset(), frozenset()
    text = " ".join(tokens.words[i] for i in part).replace(" 's", "'s").replace(" ’s", "’s")
    states = frozenset(split_states(text).countries)
    taken = {word for word in text.split() if split_states(word).countries}
    names: set[str] = set()
    words: set[str] = set()
    accompanies = False
    for i in part:
        word = tokens.words[i]
        if tokens.tags[i] in BREAKS:
            accompanies = tokens.lowers[i] == "with"  # "troops with tanks" are troops
        if not _WORDLIKE.match(word) or word in taken or tokens.tags[i] == "POS":
            continue
        if word[0].isupper() and not (is_common_word(tokens.lowers[i]) and i == 0):
            if not any(word in name for name in taken):
                names.add(sound_key(word))
        elif tokens.lowers[i] not in word_list("filler") and len(word) > 1 and not accompanies:
            family = _family(tokens, i)
            if family not in word_list("filler"):
                words.add(keys("things").get(family, family))
    return states | names, frozenset(words)


def _scope(tokens: Tokens, core: Sequence[int], tail: Sequence[int]) -> frozenset[str]:
    marks: set[str] = set()
    for i in (*core, *tail):
        word = tokens.lowers[i]
        key = keys("scope").get(word_family(word)) or keys("scope").get(word)
        if key is not None and not (tokens.words[i][0].isupper() and i > 0):
            marks.add(key)
        elif word[0].isdigit() and tokens.tags[i] == "CD" and not re.fullmatch(r"(?:19|20)\d\d", word):
            marks.add(word.replace(",", ""))
    if any(tokens.tags[i] in _RELATIVE for i in tail):
        marks.add("who")
    if "whole" in marks or len(marks & _ARMS) > 1:
        return frozenset()
    return frozenset(marks)
