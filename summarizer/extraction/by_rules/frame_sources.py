"""Attribution without a verb of speech: "according to X", "the court heard that", "fears that".

Pure. Each function looks through words `first:last` of a sentence and gives one frame or None; quoted words
count only with `inside_quote`.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frame_contents import content_before
from summarizer.extraction.by_rules.frame_subjects import noun_phrase_start, subject_before
from summarizer.extraction.by_rules.frames import Frame, Range
from summarizer.extraction.by_rules.signals import signals
from summarizer.extraction.by_rules.verbs import VerbClass
from summarizer.extraction.by_rules.vocabulary import lexicon, word_set
from summarizer.records.brief import Certainty
from summarizer.text.words import CLITIC_S, COMMON_NOUNS

_HEAR: Final = VerbClass("hear", "certain", "affirmed", "hear", None, "ed")
_ACCORDING: Final = VerbClass("say", "certain", "affirmed", "according", None, "ed")
_QUOTED: Final = VerbClass("say", "certain", "affirmed", "quote", None, "ed")
_STATED: Final = VerbClass("say", "certain", "affirmed", "state", None, "ed")
CLEAR: Final = signals(("clear", "plain"))
#: "made clear on Monday in Oslo that"
_MAX_CLEAR_TO_THAT: Final = 7
_SAYING: Final = signals(("saying",))
_QUOTES: Final = frozenset(("quoted", "quotes"))
#: "quoted a senior commander in the east as saying": at most so many words.
_MAX_QUOTED: Final = 14
COURT_VERBS: Final = signals(("heard", "hears", "told"))
ACCORDING: Final = signals(("according",))
_COURTS: Final = word_set("frames", "words", "courts")
#: Noun -> the class of verb that it stands for.
_NOMINAL: Final = {
    noun: name for name, nouns in lexicon("frames")["nominal"].items() for noun in nouns.split()
}
FRAME_NOUNS: Final = signals(_NOMINAL)
_NOMINAL_CERTAINTY: Final[dict[str, Certainty]] = {"fear": "possible", "think": "probable", "hope": "unknown"}
_ENDS_BARE_SUBJECT: Final = frozenset((",", "and", "but", "of"))
_NOUN_MODIFIERS: Final = frozenset(("JJ", "VBG", "DT", "JJR", "RB"))
#: What may stand before "the court heard": "On Tuesday, a".
_MAX_COURT_LEAD: Final = 4
#: "…, a jury has heard at the Old Bailey": words after the verb that are still attribution.
_MAX_COURT_TAIL: Final = 4
#: Words between "fears" and its "that": "fears are mounting in the region that".
_MAX_NOUN_TO_THAT: Final = 9
#: "fears an attack on X will": the subject of a clause without "that" ends this soon.
_MAX_BARE_SUBJECT: Final = 6
#: Fewer words before a frame are no clause.
_MIN_REST: Final = 3
#: "according to X, and Y": a conjunction ends the source where a verb comes this soon.
_NEXT_VERB_WORDS: Final = 6


def court_frame(sentence: Sentence, first: int, last: int, inside_quote: bool) -> Frame | None:
    """Frame of "the court heard that S", "S, a jury has heard": said in court, by whoever pleads there."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    for v in sentence.places(COURT_VERBS):
        if not first < v < last or (sentence.quoted[v] and not inside_quote):
            continue
        court = v - 1
        while court > first and lowers[court] in ("has", "have", "had", "was", "were"):
            court -= 1
        active_tell = lowers[v] == "told" and lowers[v - 1] not in ("was", "were")
        if lowers[court] not in _COURTS or active_tell:
            continue
        start = court - 1 if court > first and tags[court - 1] in ("DT", "NN", "JJ") else court
        subject = (start, court + 1)
        that = v + 1 < last and lowers[v + 1] == "that"
        if (that or sentence.has_finite(v + 1, last)) and start - first <= _MAX_COURT_LEAD:
            begin = v + 2 if that else v + 1
            return Frame(v, _HEAR, subject, content=(begin, last), attribution=(start, begin))
        before = content_before(sentence, start, first)
        if before is not None and v + _MAX_COURT_TAIL >= last:
            return Frame(v, _HEAR, subject, content=before, attribution=(start, v + 1), postposed=True)
    return None


def quoted_frame(sentence: Sentence, first: int, last: int, inside_quote: bool) -> Frame | None:
    """Frame of "The paper quoted X as saying that S", "X was quoted as saying that S": X speaks.

    Its attribution begins with whoever quotes.
    """
    lowers = sentence.tokens.lowers
    for k in sentence.places(_SAYING):
        if not first < k < last - 1 or lowers[k - 1] != "as" or (sentence.quoted[k] and not inside_quote):
            continue
        quotes = range(k - 2, max(first, k - _MAX_QUOTED), -1)
        v = next((v for v in quotes if lowers[v] in _QUOTES), None)
        subject = subject_before(sentence, v, first) if v is not None else None
        if v is None or subject is None:
            continue
        passive = lowers[v - 1] in ("was", "were", "is", "been")
        begin = k + 2 if lowers[k + 1] == "that" else k + 1
        spoken = subject if passive else (v + 1, k - 1)
        if passive or k - 1 > v + 1:
            return Frame(k, _QUOTED, spoken, content=(begin, last), attribution=(subject[0], begin))
    return None


def clear_frame(sentence: Sentence, first: int, last: int, inside_quote: bool) -> Frame | None:
    """Frame of "She made (it) clear on Monday that S"."""
    lowers = sentence.tokens.lowers
    for k in sentence.places(CLEAR):
        v = k - 2 if lowers[k - 1] == "it" else k - 1
        if (
            not first < v < last - 3
            or lowers[v] not in ("made", "makes")
            or sentence.quoted[k] != inside_quote
        ):
            continue
        that = sentence.next_word("that", k + 1, min(last, k + _MAX_CLEAR_TO_THAT))
        subject = subject_before(sentence, v, first) if that is not None else None
        if that is not None and subject is not None and not sentence.has_finite(k + 1, that):
            rest = ((first, subject[0]),) if subject[0] - first >= _MIN_REST else ()
            return Frame(v, _STATED, subject, (that + 1, last), (subject[0], that + 1), rest=rest)
    return None


def source_frame(sentence: Sentence, first: int, last: int, inside_quote: bool) -> Frame | None:
    """Frame of "S, according to X" and "According to X, S"."""
    lowers = sentence.tokens.lowers
    for i in sentence.places(ACCORDING):
        if not first <= i < last - 2 or lowers[i + 1] != "to" or (sentence.quoted[i] and not inside_quote):
            continue
        stop = _source_end(sentence, i, first, last)
        source = (i + 2, stop)
        if i > first + 1:
            end = i
            while end > first and lowers[end - 1] in (",", "–", "—"):
                end -= 1
            rest = _after_source(sentence, stop, last)
            return Frame(i, _ACCORDING, source, (first, end), (i, stop), True, rest=rest, source=True)
        if stop >= last:
            return None
        return Frame(i, _ACCORDING, source, (min(stop + 1, last), last), (i, stop), source=True)
    return None


def _source_end(sentence: Sentence, i: int, first: int, last: int) -> int:
    """Where the noun phrase after "according to" at `i` ends."""
    lowers = sentence.tokens.lowers
    for k in range(i + 2, last):
        if lowers[k] in (",", ";", ":", "–", "—", "that", "which", "who"):
            return k
        if (
            lowers[k] in ("and", "but", "as")
            and i > first
            and k + 2 < last
            and sentence.has_finite(k, min(last, k + _NEXT_VERB_WORDS))
        ):
            return k
    return last


def _after_source(sentence: Sentence, stop: int, last: int) -> tuple[Range, ...]:
    """What follows "S, according to X": a clause that X need not have said."""
    lowers = sentence.tokens.lowers
    if (
        stop + 3 < last
        and lowers[stop] in (",", "and", "but", "as", ";")
        and lowers[stop + 1] not in ("which", "who")
        and sentence.has_finite(stop, last)
    ):
        return ((stop + 1, last),)
    return ()


def noun_frame(sentence: Sentence, first: int, last: int, inside_quote: bool) -> Frame | None:
    """Frame of "fears are mounting that S", "growing concerns among X that S", "the consensus is that S"."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    for i in sentence.places(FRAME_NOUNS):
        if (
            not first <= i < last - 3
            or tags[i] not in COMMON_NOUNS
            or (sentence.quoted[i] and not inside_quote)
        ):
            continue
        name = _NOMINAL[lowers[i]]
        that = _that_of_noun(sentence, i, last, name)
        if that is None:
            continue
        start = i
        while start > first and tags[start - 1] in _NOUN_MODIFIERS and lowers[start - 1] != "that":
            start -= 1
        stop = sentence.next_word(";", that + 2, last)
        return Frame(
            i,
            VerbClass(name, _NOMINAL_CERTAINTY[name], "affirmed", lowers[i], None, "noun"),
            subject=_holder(sentence, i, that, first),
            content=(that + 1, stop if stop is not None else last),
            attribution=(start, that + 1),
            rest=((first, start),) if start - first >= _MIN_REST else (),
            nominal=True,
        )
    return None


def _that_of_noun(sentence: Sentence, i: int, last: int, name: str) -> int | None:
    """The word before the clause that the noun at `i` holds: "that", or the noun itself in "fears X will"."""
    lowers = sentence.tokens.lowers
    that = sentence.next_word("that", i + 1, min(last, i + _MAX_NOUN_TO_THAT))
    if name == "think":
        copula = lowers[i + 1] in ("is", "was", "remains")
        if not copula or that is None or that > i + 3:
            return None
    if that is None:
        return i if name == "fear" and _bare_clause_follows(sentence, i, last) else None
    comma = sentence.next_word(",", i + 1, that)
    return that if comma is None and sentence.has_finite(that, last) else None


def _bare_clause_follows(sentence: Sentence, i: int, last: int) -> bool:
    tags = sentence.tokens.tags
    if tags[i + 1] not in ("NNP", "DT", "NNS", "PRP"):
        return False
    verb = sentence.finite_in(i + 1, last)
    return (
        verb is not None
        and verb - i <= _MAX_BARE_SUBJECT
        and sentence.next_of(_ENDS_BARE_SUBJECT, i + 1, verb) is None
    )


def _holder(sentence: Sentence, i: int, that: int, first: int) -> Range | None:
    """Whose fear it is: "concerns among X that", "X’s hope that"; None where nobody is named."""
    lowers = sentence.tokens.lowers
    if that > i + 2 and lowers[i + 1] in ("in", "among", "by", "from"):
        return (i + 2, that)
    if i > first and lowers[i - 1] in CLITIC_S:
        start = noun_phrase_start(sentence, i - 1, first)
        return (start, i - 1) if start < i - 1 else None
    return None
