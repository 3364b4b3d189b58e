"""What follows an attribution verb: a clause, a quotation, a noun phrase, "to" plus a verb, or nothing.

Pure. Ranges are word indices of the sentence. There is no parse: the kind of complement is read from the
first words after addressee and time, and from whether a finite verb comes before the next mark.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frame_asides import after_aside
from summarizer.extraction.by_rules.frames import (
    ADDRESSING_VERBS,
    MONTHS,
    NEGATORS,
    OPENING_MARKS,
    TIMES,
    TO_VERBS,
)
from summarizer.extraction.by_rules.verbs import VerbClass
from summarizer.extraction.by_rules.vocabulary import word_set, words
from summarizer.text.words import CLITIC_S, COMMON_NOUNS, FINITE, NOUNS

Complement: TypeAlias = Literal["clause", "noun", "to", "participle", "adjunct", "none"]

_PREPOSITION_OBJECT: Final = word_set("frames", "verbs", "preposition_object")
_OVER_AND: Final = word_set("frames", "verbs", "over_and")
_OVER_COMMA: Final = word_set("frames", "verbs", "over_comma")
_OPENS_CLAUSE: Final = words("that whether if how why what where when who")
#: "at least 40", "up to 40": no prepositional phrase.
_BOUNDS: Final = words("at about around over under up between nearly roughly more fewer less some")
_MEASURES: Final = words("much many little few")
_ADJUNCT_PREPOSITIONS: Final = words("in at on during after before when as by from")
#: "she wrote in a note to clients on Monday," is at most so long.
_MAX_ADJUNCT: Final = 12
_ENDS_NOUN_PHRASE: Final = words("as while after if because when and but ,")
#: "found the bell on a reef two days before the storm broke" finds a thing.
_ENDS_FIND: Final = words("before until since where")
_NOUN_PHRASE_TAGS: Final = NOUNS | frozenset(
    ("DT", "JJ", "PRP", "PRP$", "CD", "VBG", "VBN", "JJR", "JJS", "PDT", "EX", "WP", "POS", "$", "£", "€")
)
_OPENS_REPORT: Final = frozenset(("that", ","))
_ENDS_CLAUSE: Final = frozenset((";", ":"))
_ADDRESSEE_TAGS: Final = NOUNS | {"DT", "JJ", "PRP", "PRP$", "POS", "CD"}
_INSIDE_ADDRESSEE: Final = words("of and in at on from & the")
_AFTER_ADDRESSEE: Final = words("that , : to about of during after in on at")
_AFTER_ADDRESSEE_TAGS: Final = frozenset(("DT", "PRP", "PRP$", "EX", "NNP", "RB", "NN", "NNS"))
#: Longer addressees than this are clauses that were misread.
_MAX_ADDRESSEE: Final = 9
_AFTER_THIS: Final = frozenset(("CC", "IN", "RB", "VBG"))
#: A complementizer and an opening mark are looked for so far behind the verb.
_MAX_TO_THAT: Final = 14
_MAX_TO_QUOTE: Final = 12
#: "predicted growth to slow": "to" is looked for so far.
_MAX_TO_INFINITIVE: Final = 8
#: "denied the report that": a noun this near the verb takes its "that".
_MAX_NOUN_TO_THAT: Final = 6


def complement(sentence: Sentence, after: int, last: int, verb_class: VerbClass) -> Complement:
    """Kind of what follows the verb in words `after:last`; "adjunct" where only time and place follow."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    if after >= last:
        return "none"
    if lowers[after] == "this" and verb_class.name in ("deny", "doubt") and _ends(sentence, after, last):
        return "noun"  # "denies this"
    i = _after_time(sentence, after, last, verb_class)
    if i >= last or lowers[i] in (".", "!", "?"):
        return "none" if i == after else "adjunct"
    lower, tag = lowers[i], tags[i]
    if lower in _OPENS_CLAUSE:
        return "noun" if _demonstrative(sentence, i, last, verb_class) else "clause"
    if lower == ":" or (lower in OPENING_MARKS and sentence.quoted[i]):
        return "clause"
    if lower == ",":
        return _after_comma(sentence, i, last)
    if lower in NEGATORS and i + 1 < last and lowers[i + 1] == "to":
        return "to"
    if lower == "to" and i + 1 < last and tags[i + 1] in ("VB", "RB"):
        return "to"
    if tag in ("IN", "TO") and not _is_bound(sentence, i, last):
        return _after_preposition(sentence, i, last, verb_class)
    stop = sentence.next_of(_ENDS_CLAUSE, i, last) or last
    if sentence.has_finite(i, stop):
        return _clause_or_noun(sentence, i, stop, verb_class)
    if tag in _NOUN_PHRASE_TAGS or lower in OPENING_MARKS:
        infinitive = any(
            tags[k] == "TO" and k + 1 < last and tags[k + 1] == "VB"
            for k in range(i, min(last, i + _MAX_TO_INFINITIVE))
        )
        return "to" if infinitive and verb_class.base in TO_VERBS else "noun"
    return "none"


def _ends(sentence: Sentence, i: int, last: int) -> bool:
    """Whether nothing that the "this" at `i` could stand before follows it."""
    tokens = sentence.tokens
    return i + 1 >= last or not tokens.lowers[i + 1][0].isalpha() or tokens.tags[i + 1] in _AFTER_THIS


def _after_time(sentence: Sentence, after: int, last: int, verb_class: VerbClass) -> int:
    """First word after addressee, adverbs, time and source: "told reporters on Monday, citing X,"."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    i = after_addressee(sentence, after, last) if verb_class.base in ADDRESSING_VERBS else after
    while i < last and (
        lowers[i] in TIMES
        or (tags[i] == "RB" and lowers[i] not in NEGATORS)
        or (
            lowers[i] in ("on", "late", "early", "in", "at")
            and i + 1 < last
            and (lowers[i + 1] in TIMES or lowers[i + 1] in MONTHS)
        )
        or (lowers[i] in ("late", "early") and lowers[i + 1 : i + 2] == ["on"])
        or (i > after and (lowers[i] in MONTHS or (lowers[i] == "." and lowers[i - 1] in MONTHS)))
    ):
        i += 1
    return after_aside(sentence, i, last)


def adjunct_end(sentence: Sentence, after: int, last: int, verb_class: VerbClass) -> int | None:
    """The comma behind addressee, time and medium that end an attribution; None where more follows it."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    i = _after_time(sentence, after, last, verb_class)
    if i >= last or lowers[i] == ",":
        return i if i < last else None
    if tags[i] != "IN" or lowers[i] not in _ADJUNCT_PREPOSITIONS:
        return None
    close = sentence.next_of(_OPENS_REPORT, i, min(last, i + _MAX_ADJUNCT))
    if close is None or lowers[close] != "," or sentence.has_finite(i, close):
        return None
    return None if any(sentence.quoted[i:close]) else close


def _demonstrative(sentence: Sentence, i: int, last: int, verb_class: VerbClass) -> bool:
    """Whether "that" is an object by itself: "denied that," "urged that"."""
    lowers = sentence.tokens.lowers
    if lowers[i] != "that" or verb_class.name not in ("deny", "doubt", "direct"):
        return False
    ends = (k for k in range(i + 1, last) if lowers[k][0] in ",.;!?" or lowers[k] in ("and", "but", "saying"))
    return not sentence.has_finite(i + 1, next(ends, last))


def _after_comma(sentence: Sentence, i: int, last: int) -> Complement:
    if i + 1 >= last:
        return "adjunct"
    if sentence.tokens.lowers[i + 1] in OPENING_MARKS and sentence.quoted[i + 1]:
        return "clause"
    return "participle" if sentence.tokens.tags[i + 1] == "VBG" else "adjunct"


def _is_bound(sentence: Sentence, i: int, last: int) -> bool:
    if sentence.tokens.lowers[i] == "as" and sentence.tokens.lowers[i + 1] in _MEASURES:
        return True
    return sentence.tokens.lowers[i] in _BOUNDS and "CD" in sentence.tokens.tags[i + 1 : min(last, i + 3)]


def _after_preposition(sentence: Sentence, i: int, last: int, verb_class: VerbClass) -> Complement:
    lower = sentence.tokens.lowers[i]
    if lower in ("of", "about", "against", "for", "on") and verb_class.base in _PREPOSITION_OBJECT:
        return "noun"
    if that_near(sentence, i, last) or quote_near(sentence, i, last):
        that = sentence.next_word("that", i, last)
        commits = lower == "to" and verb_class.name == "commit"
        of_noun = commits and that is not None and sentence.tokens.tags[that - 1] in COMMON_NOUNS
        return "adjunct" if of_noun else "clause"  # "agreed to a deal that saves jobs"
    if lower in _ADJUNCT_PREPOSITIONS:
        return "adjunct"
    comma = sentence.next_word(",", i, last)
    return "clause" if sentence.has_finite(i, comma if comma is not None else last) else "adjunct"


def _clause_or_noun(sentence: Sentence, i: int, stop: int, verb_class: VerbClass) -> Complement:
    """A noun phrase and a finite verb without "that": a clause, unless the verb is not the phrase's own."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    reports = verb_class.name in ("say", "think", "warn")
    k = i
    while k < stop and tags[k] not in FINITE:
        lower = lowers[k]
        after_aside = _after_aside(sentence, k, stop) if reports else None
        if after_aside is not None:
            k = after_aside
            continue
        if lower in ("that", "which", "who", "whether"):
            if lower == "that" and tags[k - 1] in COMMON_NOUNS and k - i <= _MAX_NOUN_TO_THAT:
                return "noun"
            own_verb = reports and sum(tags[m] in FINITE for m in range(k, stop)) >= 2
            return "clause" if own_verb or lower == "that" else "noun"
        if lower in _ENDS_FIND and verb_class.base == "find" and k > i:
            return "noun"
        measures = lower == "as" and lowers[k - 1] in _MEASURES  # "as much as a third"
        if (
            lower in _ENDS_NOUN_PHRASE
            and k > i
            and not measures
            and not _goes_on_over(lower, tags[i], verb_class)
        ):
            return "noun"
        if tags[k] == "TO" and verb_class.base in TO_VERBS:
            return "to"
        k += 1
    return "clause"


def _after_aside(sentence: Sentence, k: int, stop: int) -> int | None:
    """Word after a relative clause between commas that opens at `k`, if a finite verb is still to come."""
    lowers = sentence.tokens.lowers
    if lowers[k] != "," or k + 1 >= stop or lowers[k + 1] not in ("which", "who", "whose"):
        return None
    close = sentence.next_word(",", k + 2, stop)
    return close + 1 if close is not None and sentence.has_finite(close, stop) else None


def _goes_on_over(lower: str, first_tag: str, verb_class: VerbClass) -> bool:
    """Whether a clause without "that" may go on over a conjunction or comma before its verb."""
    if lower not in (",", "and"):
        return False
    if first_tag in ("PRP", "EX") and verb_class.name in ("say", "think", "know", "warn"):
        return True
    return verb_class.base in (_OVER_AND if lower == "and" else _OVER_COMMA)


def after_addressee(sentence: Sentence, i: int, last: int) -> int:
    """First word after the one who is told ("told reporters that"), or `i` where nobody is."""
    words, tags, lowers = sentence.tokens.words, sentence.tokens.tags, sentence.tokens.lowers
    marks = (
        k
        for k in range(i, last)
        if not words[k][0].isalnum() and lowers[k] not in CLITIC_S and lowers[k] not in ("-", ",")
    )
    stop = next(marks, last)
    if (
        stop > i
        and (stop >= last or lowers[stop][0] in ".!?")
        and not sentence.has_finite(i, stop)
        and sentence.next_of(_OPENS_REPORT, i, stop) is None
        and "TO" not in tags[i:stop]  # "asked airlines to cut fares"
    ):
        return stop  # "she told the newspaper."
    end = _addressee_end(sentence, i, last)
    if end == i or end >= last:
        return end
    follows = (
        lowers[end][0] in ".!?"
        or lowers[end] in _AFTER_ADDRESSEE
        or lowers[end] in OPENING_MARKS
        or tags[end] in _AFTER_ADDRESSEE_TAGS
    )
    return end if follows else i


def _addressee_end(sentence: Sentence, start: int, last: int) -> int:
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    i = start
    while i < last and i - start < _MAX_ADDRESSEE:
        named = tags[i] in _ADDRESSEE_TAGS and lowers[i] != "that"
        if not named and (i == start or lowers[i] not in _INSIDE_ADDRESSEE):
            break
        if i > start and (
            tags[i] == "PRP" or (tags[i] in ("DT", "PRP$") and tags[i - 1] in ("NN", "NNS", "NNP"))
        ):
            break  # "told reporters the …", "told Reuters he …": what is told begins
        i += 1
    return i


def that_near(sentence: Sentence, i: int, last: int) -> bool:
    """Whether a complementizer comes before any finite verb: "… on Monday that"."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    for k in range(i, min(last, i + _MAX_TO_THAT)):
        if lowers[k] == "that" and (k == i or tags[k - 1] != "IN"):
            return True
        if tags[k] in FINITE or (lowers[k] == "," and lowers[k + 1 : k + 2] != ["that"]):
            return False
    return False


def quote_near(sentence: Sentence, i: int, last: int) -> bool:
    """Whether a quotation opens before any finite verb."""
    for k in range(i, min(last, i + _MAX_TO_QUOTE)):
        if sentence.tokens.words[k] in OPENING_MARKS and sentence.quoted[k]:
            return True
        if sentence.tokens.tags[k] in FINITE:
            return False
    return False
