"""The content of an attribution frame: where what is said begins and ends.

Pure. The content stands before the attribution ("“S,” she said") or after it ("she said that S"); it ends
where a second attribution goes on with the same or a new subject.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frame_asides import after_aside, after_medium
from summarizer.extraction.by_rules.frame_complements import after_addressee, complement, that_near
from summarizer.extraction.by_rules.frame_subjects import AUXILIARIES, subject_before
from summarizer.extraction.by_rules.frames import (
    ADDRESSING_VERBS,
    MONTHS,
    NEGATORS,
    OPENING_MARKS,
    TIMES,
    Range,
)
from summarizer.extraction.by_rules.signals import signals
from summarizer.extraction.by_rules.verbs import SPEECH, VerbClass, attribution_verbs
from summarizer.extraction.by_rules.vocabulary import word_set, words
from summarizer.text.word_lexicon import possible_tags
from summarizer.text.words import CLITIC_S, COMMON_NOUNS, NOUNS

#: A coordinated frame further away than this belongs to garbled text.
MAX_CONTENT_WORDS: Final = 120
_NO_SECOND_SPEECH: Final = word_set("frames", "verbs", "no_second_speech")
#: A leading adjunct, not what is said: "Speaking in Kyiv, he said".
_OPENS_ADJUNCT: Final = words(
    "speaking citing asked responding quoting referring in on after when as while during if"
)
_SUBJECT_TAGS: Final = NOUNS | {"DT", "PRP", "PRP$", "CD", "JJ", "JJR", "EX"}
_KEPT_MARKS: Final = CLITIC_S | frozenset((")", "%", "£", "$", "€"))
_ADJUNCT_TAGS: Final = frozenset(
    ("IN", "NN", "NNS", "NNP", "DT", "CD", "JJ", "RB", ",", "PRP$", "POS", "TO", "VBG", "CC")
)
#: Even right before "that", the noun after these is whom they tell: "told reporters that".
_TELL: Final = words("tell inform warn assure remind")
_CONTRASTS: Final = frozenset(("while", ";", "though", "although", "but"))
#: What speakers do with what they said: "but would not address the delay".
_OWN_ACTS: Final = signals(words("voiced address comment elaborate expressed gave give"))
_STATEMENT_CLASSES: Final = words("say deny warn accuse direct commit show")
_PAST_OR_PRESENT: Final = frozenset(("VBD", "VBZ", "VBN", "VBP"))


def content_before(sentence: Sentence, start: int, first: int) -> Range | None:
    """The clause or quotation that ends right before the attribution at `start`."""
    lowers = sentence.tokens.lowers
    end = start
    while end > first and not lowers[end - 1][0].isalnum() and lowers[end - 1] not in _KEPT_MARKS:
        end -= 1
    if end == start or end - first < (1 if sentence.quoted[first] else 2):
        return None
    quoted = any(sentence.quoted[first:end])
    if not quoted and not (sentence.has_finite(first, end) or _may_be_clause(sentence, first, end, start)):
        return None
    if not quoted and lowers[first] in _OPENS_ADJUNCT and lowers[start - 1] == ",":
        # but "As part of X, Russia will deploy Y, Fomin said"
        comma = sentence.next_word(",", first, end)
        if comma is None or not sentence.has_finite(comma, end):
            return None
    return (first, end)


def _may_be_clause(sentence: Sentence, first: int, end: int, attribution: int) -> bool:
    """Whether words before ", X said" are a clause whose verb was taken for a noun: "The pipe burst"."""
    tokens = sentence.tokens
    if tokens.lowers[attribution - 1] != "," or tokens.tags[first] not in _SUBJECT_TAGS:
        return False
    return any(
        "VBD" in possible_tags(tokens.lowers[k])
        # "Few patients ever report side effects"
        or (tokens.tags[k - 1] == "RB" and "VB" in possible_tags(tokens.lowers[k]))
        for k in range(first + 1, end)
    )


def content_start(sentence: Sentence, after: int, last: int, verb_class: VerbClass, noun_object: bool) -> int:
    """Where the content after a verb starts: after addressee, time and "that"."""
    lowers = sentence.tokens.lowers
    i = after
    if noun_object and verb_class.base != "warn":
        return i
    if verb_class.base in ADDRESSING_VERBS:
        i = after_addressee(sentence, i, last)
    medium = after_medium(sentence, i, last)
    if medium > i:
        return medium
    time_end = i
    while time_end < last and (
        lowers[time_end] in TIMES or lowers[time_end] in MONTHS or lowers[time_end] in ("in", "on")
    ):
        time_end += 1
    dated = lowers[time_end - 1] in MONTHS and lowers[time_end : time_end + 1] == ["."]
    if dated and time_end + 2 < last and sentence.tokens.tags[time_end + 1] == "CD":
        return time_end + 2 + (lowers[time_end + 2] == "that")  # "said on Feb. 3 it would"
    cited = after_aside(sentence, time_end, last)
    if cited > time_end:
        return cited + 1 if lowers[cited : cited + 1] == ["that"] else cited
    if that_near(sentence, i, last):
        that = lowers.index("that", i, last)
        named = lowers[i] == "to" and not sentence.has_finite(i, that)  # "revealed to “Al-Rasid” that"
        if (named or _only_adjuncts(sentence, i, that)) and not _noun_before_that(
            sentence, i, that, verb_class
        ):
            return that + 1
    while i < last and (
        lowers[i] in TIMES
        or lowers[i] in (":", ",", "that")
        or (lowers[i] == "on" and i + 1 < last and lowers[i + 1] in TIMES)
    ):
        i += 1
    return i


def _only_adjuncts(sentence: Sentence, first: int, last: int) -> bool:
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    return all(
        tags[k] in _ADJUNCT_TAGS or (lowers[k] == "." and lowers[k - 1] in MONTHS)  # "on Jan. 14"
        for k in range(first, last)
    )


def _noun_before_that(sentence: Sentence, i: int, that: int, verb_class: VerbClass) -> bool:
    """Whether "that" belongs to a noun: "expressed the view that"."""
    tags = sentence.tokens.tags
    return (
        0 < that - i <= 3
        and tags[that - 1] in COMMON_NOUNS
        and tags[i] in ("DT", "JJ", "NN", "NNS", "PRP$")
        and sentence.tokens.lowers[that - 1] not in TIMES
        and verb_class.base not in _TELL
    )


def content_end(
    sentence: Sentence, v: int, first: int, last: int, inside_quote: bool
) -> tuple[int, tuple[Range, ...]]:
    """Where the content of verb `v` ends, and what is left: a coordinated frame or a participle of speech."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    verbs = attribution_verbs()
    stop = min(last - 1, first + MAX_CONTENT_WORDS)
    acts = [k for k in sentence.places(_OWN_ACTS) if first < k < stop and lowers[k] not in verbs]
    for k in sorted((*sentence.places(SPEECH), *acts)) if acts else sentence.places(SPEECH):
        if k in acts:
            turn = _own_act(sentence, k, first)
            if turn is not None:
                return turn, ((turn, last),)
            continue
        if (
            not first < k < stop
            or (sentence.quoted[k] and not inside_quote)
            or (tags[k] in ("NN", "NNS", "NNP", "JJ") and not _warns_that(lowers, k))
        ):
            continue
        verb_class = _second_verb(verbs[lowers[k]], k, last, lowers, tags[k])
        if verb_class is None:
            continue
        rest = _second_frame(sentence, v, k, verb_class, first, last)
        if rest is not None:
            return rest[0], ((rest[1], last),)
    return last, ()


def _warns_that(lowers: list[str], k: int) -> bool:
    """Whether a participle that was taken for a noun speaks: ", warning that"."""
    return lowers[k].endswith("ing") and lowers[k - 1] == "," and lowers[k + 1] == "that"


def _own_act(sentence: Sentence, k: int, first: int) -> int | None:
    """The "but" after which the speaker acts: "said the vote was fair, but voiced concern"."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    back = k - 1
    while back > first and (tags[back] in ("RB", "MD") or lowers[back] in NEGATORS):
        back -= 1
    return back if lowers[back] == "but" and not sentence.quoted[k] else None


def _second_verb(
    classes: tuple[VerbClass, ...], k: int, last: int, lowers: list[str], tag: str
) -> VerbClass | None:
    """Class of the verb at `k` if it can open a frame inside another one's content."""
    following = lowers[k + 1] if k + 1 < last else None
    usable = [c for c in classes if c.particle is None or c.particle == following]
    negated = lowers[k - 1] in NEGATORS or tag == "VBP"
    inflected = any(c.particle is not None or c.form != "base" or negated for c in usable)
    return usable[0] if inflected else None


def _second_frame(
    sentence: Sentence, v: int, k: int, verb_class: VerbClass, first: int, last: int
) -> Range | None:
    """(end of the content, begin of what is left) if the verb at `k` opens a frame of its own."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    back = k - 1
    while back > first and (tags[back] == "RB" or lowers[back] in AUXILIARIES or lowers[back] in NEGATORS):
        back -= 1
    joined = lowers[back] in ("and", "but")
    if verb_class.form == "base" and verb_class.name == "know":
        return None  # "said she had never met him and did not know why": more of what she said
    if verb_class.form == "base":
        # "says A and does not expect B"
        after = k + 1 + (verb_class.particle is not None)
        negated = joined and lowers[k - 1] in NEGATORS
        if tags[k] == "VBP" and verb_class.name in _STATEMENT_CLASSES and not negated:
            cut = _new_subject(sentence, k, first)  # "…, and doctors say"
            return (cut, cut + 1) if cut is not None else None
        return (back, back + 1) if negated and _has_content(sentence, after, last, verb_class) else None
    if verb_class.form == "ing":
        speaks = lowers[back] == "," and verb_class.name in ("say", "warn", "deny", "accuse")
        return (back, k) if speaks and complement(sentence, k + 1, last, verb_class) != "adjunct" else None
    if tags[k] not in _PAST_OR_PRESENT:
        return None
    if (
        joined
        and verb_class.base not in _NO_SECOND_SPEECH
        and _same_tense(sentence, v, k)
        and _has_content(sentence, k + 1, last, verb_class)
    ):
        return (back, back + 1)
    cut = _new_subject(sentence, k, first) if verb_class.name in _STATEMENT_CLASSES else None
    return (cut, cut + 1) if cut is not None else None


def _has_content(sentence: Sentence, after: int, last: int, verb_class: VerbClass) -> bool:
    return complement(sentence, after, last, verb_class) in ("clause", "noun", "to")


def _new_subject(sentence: Sentence, k: int, first: int) -> int | None:
    """The conjunction before a second frame with its own subject: "…, while Kyiv said"."""
    lowers = sentence.tokens.lowers
    subject = subject_before(sentence, k, first)
    if subject is None or subject[0] <= first + 1:
        return None
    cut = subject[0] - 1
    contrast = lowers[cut] in _CONTRASTS or (lowers[cut] == "and" and lowers[cut - 1] == ",")
    return cut if contrast else None


def _same_tense(sentence: Sentence, v: int, k: int) -> bool:
    """Whether "and" can join verbs `v` and `k`: said and warned, has denied and accused."""
    tags = sentence.tokens.tags
    if tags[k] == "VBN" or (tags[k] == "VBD" and tags[v] == "VBN"):
        return True
    return _is_past(sentence, k) == _is_past(sentence, v)


def _is_past(sentence: Sentence, v: int) -> bool:
    tag = sentence.tokens.tags[v]
    if tag == "VBN":
        return not any(lower in ("has", "have") for lower in sentence.tokens.lowers[max(0, v - 3) : v])
    return tag == "VBD"


def attribution_end(sentence: Sentence, i: int, last: int) -> int:
    """After a postposed attribution: its time, place, addressee; stops where speech or a clause goes on."""
    while i < last:
        if sentence.tokens.lowers[i] in OPENING_MARKS and sentence.quoted[i]:
            return i
        if _speech_goes_on(sentence, i, last):
            return i + 1
        i += 1
    return last


def _speech_goes_on(sentence: Sentence, i: int, last: int) -> bool:
    """Whether the comma or conjunction at `i` is followed by more speech or by a clause."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    after = i + 1
    if lowers[i] in ("and", "but"):
        return (
            after < last and tags[after] in ("PRP", "NNP", "DT", "EX", "NNS") and sentence.has_finite(i, last)
        )
    if lowers[i] == ";" and after < last:
        return sentence.has_finite(after, last)
    if lowers[i] != "," or after >= last:
        return False
    if lowers[after] in OPENING_MARKS and sentence.quoted[after]:
        return True
    if tags[after] == "VBG" and lowers[after] in attribution_verbs():
        return True
    if lowers[after] == "who" and lowers[after + 2 : after + 3] == ["that"]:
        return lowers[after + 1] in attribution_verbs()  # "said Jon Vik, who added that"
    relative = lowers[after] in ("who", "which", "where", "when")
    return not relative and sentence.has_finite(after, last)
