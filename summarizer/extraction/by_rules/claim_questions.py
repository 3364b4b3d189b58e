"""Questions in claims: what is only asked is left open, and what answers a question is about it.

Pure. "asked whether the plan was legal" leaves that unknown; "Asked whether she would resign, she said she
would not" denies it.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.claim_records import Voice
from summarizer.extraction.by_rules.clauses import Piece
from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frames import Range
from summarizer.extraction.by_rules.hedges import match_hedge
from summarizer.extraction.by_rules.signals import signals
from summarizer.extraction.by_rules.stances import Stance
from summarizer.extraction.by_rules.verbs import attribution_verbs
from summarizer.extraction.by_rules.vocabulary import words

#: What an answer consists of that only says yes or no to its question.
_ELLIPTIC: Final = words(
    "he she it they we i you would will did does do had has have was were is are could can should may not "
    "n't n’t"
)
#: "they would n't have".
_MAX_ANSWER: Final = 4
_MARK: Final = signals(("?", "?!", "??", "!?"))
_CLOSING: Final = frozenset("”\"'’»)")
#: With one of these a question begins, after "so" or "then" too.
_INTERROGATIVES: Final = words(
    "what who whom whose which when where why how do does did is are was were has have had will would can "
    "could should may might must ca wo isn’t aren’t"
)
_STAYS: Final = words("is was remains remained")
_BEFORE_QUESTION: Final = words("so then or now yet , well")


def is_asked(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a question mark follows words `first:last`: nobody says that they are so."""
    marks = sentence.places(_MARK)
    if not marks or marks[-1] < last:
        return False
    words_of, end = sentence.tokens.words, last
    while end < len(words_of) and words_of[end] in _CLOSING:
        end += 1
    return end in marks


def opens_question(sentence: Sentence, first: int, last: int) -> bool:
    """Whether words `first:last` are one question as a whole, whatever speech they hold."""
    if not is_asked(sentence, first, last):
        return False
    lowers = sentence.tokens.lowers
    while first < last and lowers[first] in _BEFORE_QUESTION:
        first += 1
    return lowers[first] in _INTERROGATIVES


def left_open_subject(sentence: Sentence, first: int, last: int) -> Range | None:
    """The clause in "Whether S is unclear", without its "whether"."""
    lowers = sentence.tokens.lowers
    if lowers[first] != "whether":
        return None
    for k in range(first + 2, last - 1):
        if lowers[k] in _STAYS:
            hedge = match_hedge(sentence, k, first, last)
            if hedge is not None and hedge[0].certainty == "unknown":
                return (first + 1, k)
    return None


def is_question(sentence: Sentence, piece: Piece, voice: Voice) -> bool:
    """Whether a piece is what somebody asked, or would not say: "asked | whether the plan was legal"."""
    opener = sentence.tokens.lowers[piece.first]
    follows = voice.attribution is not None and voice.attribution[1] == piece.first
    return follows and opener in ("whether", "if") and piece.last - piece.first > 2


def left_open(piece: Piece, voice: Voice, stance: Stance) -> Stance:
    """The stance of a question whose "whether" stands right before the piece."""
    cues = stance.cues if voice.certainty == "unknown" else ((piece.first - 2, piece.first), *stance.cues)
    return Stance("unknown", "affirmed", cues, stance.negation)


def is_bare_answer(sentence: Sentence, piece: Piece) -> bool:
    """Whether a piece only says yes or no to a question asked elsewhere: "we did not"."""
    first, last, lowers = piece.first, piece.last, sentence.tokens.lowers
    if lowers[last - 1] in ("no", "yes") and lowers[last - 2] in attribution_verbs():
        return True  # "The chairman says no"
    return last - first <= _MAX_ANSWER and _ELLIPTIC.issuperset(lowers[first:last])


def answered_question(sentence: Sentence, first: int, last: int) -> Range | None:
    """The clause that "she would not" (words `first:last`) answers: "Asked whether she would resign, …"."""
    lowers = sentence.tokens.lowers
    if lowers[0] != "asked" or lowers[1:2] not in (["whether"], ["if"]):
        return None
    if not (_ELLIPTIC.issuperset(lowers[first:last]) and sentence.has_finite(first, last)):
        return None
    comma = sentence.next_word(",", 2, first)
    return (2, comma) if comma is not None and sentence.has_finite(2, comma) else None
