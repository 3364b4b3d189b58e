"""What stands where in a clause: its subject, its helping verbs, the end of a relative clause.

Pure. Positions are word indices of the sentence; a range excludes its end.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.vocabulary import words
from summarizer.text.words import FINITE, NOT, NOUNS

#: A clause that begins with one of these may have a comma between its adjunct and its subject.
_OPENS_ADJUNCT: Final = words(
    "in on at after as if when while for by with during despite under from since however meanwhile but "
    "and earlier together instead also separately"
)
#: What opens a clause of time or reason, and how far before "and" it may stand.
_OPENS_TIME: Final = words("after before when because")
_MAX_JOINT_SUBJECT: Final = 9
_TRAILING: Final = frozenset((",", ";", "and", "but", "also", "even", "–", "—"))
_PERFECT_OR_PASSIVE: Final = words("has have had was were is are ’ve 've")
_RELATIVE_WORDS: Final = frozenset(("which", "who", "that", "where", "when", "whose"))
_NOUN_PHRASE_TAGS: Final = NOUNS | {"JJ", "DT", "CD", "PRP$", "POS", "JJS", "VBG"}
#: A verb further away than this from its conjunction belongs to another clause.
_MAX_VERB_DISTANCE: Final = 14
#: A noun phrase longer than this before a relative clause is a list or garbled.
_MAX_ANTECEDENT_WORDS: Final = 9


def subject_range(sentence: Sentence, first: int, last: int) -> tuple[int, int] | None:
    """Words before the first finite verb of a clause: its subject (leading adjunct with comma cut)."""
    tags = sentence.tokens.tags
    verb = sentence.finite_in(first, last)
    if verb is None:
        return None
    begin = _after_adjunct(sentence, first, verb)
    end = verb
    while end > begin and tags[end - 1] == "RB":
        end -= 1
    return (begin, end) if end > begin else None


def _after_adjunct(sentence: Sentence, first: int, verb: int) -> int:
    lowers = sentence.tokens.lowers
    if lowers[first] in _OPENS_ADJUNCT:
        for k in range(verb - 1, first - 1, -1):
            if lowers[k] == ",":
                return k + 1
    return first


def clause_end(sentence: Sentence, first: int, end: int) -> int:
    """End of a clause without trailing conjunctions and marks."""
    lowers = sentence.tokens.lowers
    while end > first and lowers[end - 1] in _TRAILING:
        end -= 1
    return end


def clause_comma(sentence: Sentence, first: int, last: int) -> int | None:
    """Comma that closes a leading subordinate clause: a finite verb on both sides."""
    lowers = sentence.tokens.lowers
    for k in range(first + 3, last - 3):
        if lowers[k] == "," and sentence.has_finite(first, k):
            if lowers[k + 1] in ("which", "who", "and", "or") or not sentence.has_finite(k, last):
                return None
            return k
    return None


def shared_auxiliary(sentence: Sentence, first: int, last: int, form: str) -> tuple[int, int] | None:
    """Helping verbs of the main verb in `first:last` that a coordinated form (VBN or VB) shares.

    "had killed … and retaken": had; "would likely rise and be sold": would likely.
    """
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    helper = sentence.finite_in(first, last)
    if helper is None:
        return None
    helps = lowers[helper] in _PERFECT_OR_PASSIVE if form == "VBN" else tags[helper] == "MD"
    if not helps:
        return None
    end = helper + 1
    while end < last and _inside_verb_group(tags[end], lowers[end]):
        end += 1
    if end >= last:
        return None
    verb = tags[end] in ("VBN", "VBD") if form == "VBN" else tags[end] == "VB" or lowers[end] == "be"
    return (helper, end) if verb else None


def _inside_verb_group(tag: str, lower: str) -> bool:
    return tag == "RB" or lower == "been" or lower in NOT or (tag == "JJ" and lower == "likely")


def next_finite(sentence: Sentence, first: int, last: int) -> int | None:
    """The verb that a conjunction before `first` leads to, or None if another clause comes first."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    for k in range(first, min(last, first + _MAX_VERB_DISTANCE)):
        if tags[k] in FINITE:
            return k
        if lowers[k] in (";", ":", "which", "who") and k > first and lowers[first] != "that":
            return None
    return None


def clause_like(sentence: Sentence, first: int, verb: int) -> bool:
    """Whether a noun phrase that can be a subject stands between conjunction and verb."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    if lowers[verb - 1] in ("that", "which", "who"):
        return False  # "Moscow and the West, talks that failed": the verb is the relative clause's
    inner = any(lowers[k] in ("that", "which", "who", "to") for k in range(first + 1, verb))
    if inner and lowers[first] != "that":
        return any(tags[k] in ("PRP", "NNP", "NN", "NNS") for k in range(first, verb))
    return any(tags[k] in NOUNS or tags[k] in ("PRP", "CD", "EX") for k in range(first, verb))


def in_joint_subject(sentence: Sentence, first: int, i: int) -> bool:
    """Whether the conjunction at `i` joins subjects: "after Bayline and the union agreed", together."""
    lowers = sentence.tokens.lowers
    if lowers[i - 1] == ",":
        return False
    for k in range(i - 1, max(first, i - _MAX_JOINT_SUBJECT), -1):
        if lowers[k] in _OPENS_TIME:
            return not sentence.has_finite(k, i)
    return False


def in_relative(sentence: Sentence, first: int, i: int) -> bool:
    """Whether the words before `i` end in a relative clause that the next verb would go on with."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    for k in range(i - 1, first, -1):
        if lowers[k] in _RELATIVE_WORDS and (tags[k - 1] in NOUNS or tags[k - 1] == ","):
            return True
        if lowers[k] == ",":
            return False
    return False


def relative_end(sentence: Sentence, i: int, last: int) -> int:
    """Where a relative clause that begins at `i` ends: at the comma after its verb."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    seen = False
    for k in range(i + 1, last):
        seen = seen or tags[k] in FINITE
        if seen and lowers[k] == "," and k + 1 < last and tags[k + 1] != "VBG":
            return k
    return last


def antecedent(sentence: Sentence, first: int, end: int) -> tuple[int, int] | None:
    """Noun phrase right before `end`: what the relative clause there is about."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    start = end
    while (
        start > first
        and end - start < _MAX_ANTECEDENT_WORDS
        and (
            tags[start - 1] in _NOUN_PHRASE_TAGS
            or (lowers[start - 1] in ("of", "&", "for") and start - 1 > first)
        )
    ):
        start -= 1
    while start + 1 < end and start > first and tags[start] == "VBG" and tags[start - 1] in FINITE | {"RB"}:
        start += 1  # "was weighing a sale, which": the sale
    return (start, end) if start < end else None


def subject_is_open(sentence: Sentence, first: int, i: int) -> bool:
    """Whether the clause's only verb before `i` is that of a relative clause in its subject."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    verb = sentence.finite_in(first, i)
    if verb is None:
        return False
    opens = lowers[verb - 1] in ("who", "that", "which") and verb - 2 >= first
    return opens and tags[verb - 2] in NOUNS and not sentence.has_finite(verb + 1, i)


def disagrees(sentence: Sentence, i: int, noun: tuple[int, int]) -> bool:
    """Whether the clause after "which" is no statement about the noun: its object, another's number."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    if lowers[i] == "which" and tags[i + 1] in ("PRP", "DT", "NNP", "PRP$"):
        return True  # "reserves, which it set at $500m"
    return tags[noun[1] - 1] == "NN" and lowers[i + 1] in ("have", "are", "were")
