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
from summarizer.extraction.by_rules.stances import Stance
from summarizer.extraction.by_rules.vocabulary import words

#: What an answer consists of that only says yes or no to its question.
_ELLIPTIC: Final = words(
    "he she it they would will did does do had has have was were is are could can should may not n't n’t"
)


def is_question(sentence: Sentence, piece: Piece, voice: Voice) -> bool:
    """Whether a piece is what somebody asked, or would not say: "asked | whether the plan was legal"."""
    opener = sentence.tokens.lowers[piece.first]
    follows = voice.attribution is not None and voice.attribution[1] == piece.first
    return follows and opener in ("whether", "if") and piece.last - piece.first > 2


def left_open(piece: Piece, voice: Voice, stance: Stance) -> Stance:
    """The stance of a question whose "whether" stands right before the piece."""
    cues = stance.cues if voice.certainty == "unknown" else ((piece.first - 2, piece.first), *stance.cues)
    return Stance("unknown", "affirmed", cues, stance.negation)


def answered_question(sentence: Sentence, first: int, last: int) -> Range | None:
    """The clause that "she would not" (words `first:last`) answers: "Asked whether she would resign, …"."""
    lowers = sentence.tokens.lowers
    if lowers[0] != "asked" or lowers[1:2] not in (["whether"], ["if"]):
        return None
    if not (_ELLIPTIC.issuperset(lowers[first:last]) and sentence.has_finite(first, last)):
        return None
    comma = sentence.next_word(",", 2, first)
    return (2, comma) if comma is not None and sentence.has_finite(2, comma) else None
