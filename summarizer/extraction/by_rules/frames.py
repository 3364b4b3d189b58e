"""An attribution frame: a verb of speech or thought, its subject and the stretch that is its content.

Pure records and the words that all frame rules share. Positions are word indices of one sentence, ranges
exclude their end. Frames are found in `frame_finder`; who the subject *is* is decided in `coreference`.
"""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

from summarizer.extraction.by_rules.verbs import VerbClass
from summarizer.extraction.by_rules.vocabulary import word_set
from summarizer.text.words import NOT

Range: TypeAlias = tuple[int, int]

OPENING_MARKS: Final = frozenset("“\"‘'«„`")
CLOSING_MARKS: Final = frozenset("”\"’'»“")
NEGATORS: Final = NOT | {"never", "cannot"}
MONTHS: Final = word_set("frames", "words", "months")
#: Times of day and week, and adverbs of time and contrast.
TIMES: Final = word_set("frames", "words", "times")

#: "has long accused", "had earlier said": adverbs, however they are tagged.
LONG_SINCE: Final = frozenset(("long", "earlier", "previously", "already"))

#: Verbs that take "to" plus a verb as what is said: "threatened to sue", "asked them to leave".
TO_VERBS: Final = word_set("frames", "verbs", "to_verb")
#: Verbs that name whom they tell before what they tell.
ADDRESSING_VERBS: Final = word_set("frames", "verbs", "addressees")


class Frame(NamedTuple):
    """One attribution.

    `subject` is None where it is elided: the same as of the clause before. `attribution` is the range that
    says who and how ("she said on Monday that"); `rest` are the ranges of the stretch that belong to neither
    content nor attribution. `negated`: "did not say"; `noun_object`: the content is no clause ("denied the
    charge", "urged them to leave").
    """

    verb: int
    verb_class: VerbClass
    subject: Range | None
    content: Range
    attribution: Range
    postposed: bool = False
    negated: bool = False
    noun_object: bool = False
    rest: tuple[Range, ...] = ()
    source: bool = False  # "according to"
    nominal: bool = False  # "fears that"
    parenthetical: bool = False  # "His method, she wrote, is accepted"
