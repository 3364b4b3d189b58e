"""Find the outermost attribution frame in a stretch of a sentence.

Pure. A sentence is taken apart from the outside in, so only one frame is looked for at a time: the verb or
phrase that covers most of the stretch. "A, she said" and "A, according to B" beat what stands inside A.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frame_conditions import opens_inverted
from summarizer.extraction.by_rules.frame_sources import (
    ACCORDING,
    CLEAR,
    COURT_VERBS,
    FRAME_NOUNS,
    clear_frame,
    court_frame,
    noun_frame,
    quoted_frame,
    source_frame,
)
from summarizer.extraction.by_rules.frame_verbs import verb_frame
from summarizer.extraction.by_rules.frames import Frame
from summarizer.extraction.by_rules.signals import signals
from summarizer.extraction.by_rules.verbs import attribution_verbs

_OPENING: Final = frozenset((",", "("))
_CLOSING: Final = frozenset((",", ")"))
_RELATIVES: Final = signals(("who", "which", "whose", "whom"))
#: The words without one of which there is no frame.
_OPENS_FRAME: Final = signals(frozenset(attribution_verbs()) | FRAME_NOUNS | COURT_VERBS | ACCORDING | CLEAR)


def outermost_frame(sentence: Sentence, first: int, last: int, inside_quote: bool) -> Frame | None:
    """The frame that covers most of words `first:last`, or None.

    With `inside_quote`, quoted words are read like others (a quotation that reports speech).
    """
    opening = [i for i in sentence.places(_OPENS_FRAME) if first <= i < last]
    if not opening:
        return None
    court = court_frame(sentence, first, last, inside_quote)
    if court is not None:
        return court
    quoted = quoted_frame(sentence, first, last, inside_quote) or clear_frame(
        sentence, first, last, inside_quote
    )
    if quoted is not None:
        return quoted
    verb = _outermost_verb(sentence, opening, first, last, inside_quote)
    source = source_frame(sentence, first, last, inside_quote)
    if source is None:
        noun = noun_frame(sentence, first, last, inside_quote)
        if noun is not None and (verb is None or (noun.verb < verb.verb and not verb.postposed)):
            return noun
        return verb
    if verb is None or source.verb > verb.verb:
        return source if verb is None or source.postposed else verb
    return verb if verb.postposed else source


def _outermost_verb(
    sentence: Sentence, opening: list[int], first: int, last: int, inside_quote: bool
) -> Frame | None:
    """The first verb of speech among `opening`, or the last one that stands behind what it reports."""
    lowers = sentence.tokens.lowers
    verbs = attribution_verbs()
    asides: set[int] | None = None
    best: Frame | None = None
    for v in opening:
        classes = verbs.get(lowers[v])
        if classes is None or (sentence.quoted[v] and not inside_quote):
            continue
        if asides is None:
            asides = _asides(sentence, first, last)
        if v in asides:
            continue
        for verb_class in classes:
            frame = verb_frame(sentence, v, verb_class, first, last, inside_quote)
            if frame is not None:
                best = frame if best is None or frame.postposed else best
                break
    return None if best is None else _with_opening_source(sentence, best, first)


def _opening_adjunct(sentence: Sentence, first: int, last: int) -> set[int]:
    """Words of "Asked whether it would close,", "Rejecting the charge,", "If they think so," before S."""
    opener = sentence.tokens.lowers[first]
    clause = (
        opener == "if"
        or opens_inverted(sentence, first, last)
        or (opener == "asked" and not sentence.quoted[first])
    )
    if not clause and (sentence.tokens.tags[first] != "VBG" or sentence.quoted[first]):
        return set()
    comma = sentence.next_word(",", first, last)
    if comma is None or not sentence.has_finite(comma, last):
        return set()
    return set(range(first, comma)) if clause or not sentence.has_finite(first, comma) else set()


def _with_opening_source(sentence: Sentence, frame: Frame, first: int) -> Frame:
    """The frame with its "Citing two officials," before the subject as part of the attribution."""
    lowers, begin = sentence.tokens.lowers, frame.attribution[0]
    opens = lowers[first] in ("citing", "quoting") and not sentence.quoted[first]
    if not opens or begin - first < 3 or lowers[begin - 1] != "," or sentence.has_finite(first, begin):
        return frame
    return frame._replace(attribution=(first, frame.attribution[1]))


def _asides(sentence: Sentence, first: int, last: int) -> set[int]:
    """Words of an opening adjunct and of relative clauses between commas: "who spoke on Monday"."""
    lowers = sentence.tokens.lowers
    inside = _opening_adjunct(sentence, first, last)
    go_on_at = first + 1
    for i in sentence.places(_RELATIVES):
        if go_on_at <= i < last - 1 and lowers[i - 1] in _OPENING:
            close = sentence.next_of(_CLOSING, i + 1, last)
            if close is not None and sentence.has_finite(close, last):
                inside.update(range(i, close))
                go_on_at = close + 1
    return inside
