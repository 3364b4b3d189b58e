"""Write a claim in its canonical form: affirmative, unhedged, names instead of pronouns.

Pure. Words are taken from the article; only pronouns are replaced (by names of the article) and modals
by "will", "is", "has". Bounds and numbers stay.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Final

from summarizer.extraction.by_rules.claim_words import (
    AGREEMENT,
    NEGATIVE_HAVE,
    NEGATIVE_TO,
    POSITIVES,
    POSSESSIVES,
    SPOKEN,
    STEMS,
    ClaimWords,
    finished,
    third_person,
    without_modal,
    without_negator,
    words_in,
)
from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frames import Range
from summarizer.extraction.by_rules.signals import signals
from summarizer.extraction.by_rules.verbs import past_of
from summarizer.extraction.by_rules.vocabulary import words
from summarizer.text.words import CLITIC_S, FINITE, NOT

_DROPPED: Final = frozenset('“”"„«»`')
_SINGLE_MARKS: Final = frozenset("'‘’")
_TIGHT_MARKS: Final = frozenset(",.;:!?%)")
_MODALS: Final = frozenset(("may", "might", "could"))
_ADVERB_HEDGES: Final = words(
    "possibly perhaps potentially allegedly reportedly apparently purportedly conceivably arguably maybe "
    "likely probably presumably seemingly ostensibly supposedly most almost certainly"
)
_COMPARING: Final = words("more less as so very")
_DROPPED_NEGATORS: Final = frozenset({*NOT, "never", "no", "neither", *POSITIVES})
_SUBJECT_PRONOUNS: Final = words("he she it they we i")
_AFTER_SUBJECT: Final = FINITE | {"RB"}
_VERB_TAGS: Final = frozenset(("VB", "VBD", "VBZ", "VBP", "VBG", "VBN"))
#: The "it" behind them is a proposition or nothing.
_BEFORE_DUMMIES: Final = words(
    "make makes made making find finds found expect expects expected consider considered prove proved"
)
_PERFECT: Final = words("has have had 've ’ve")
_BE: Final = words("is are was were be 's ’s 're ’re am")
#: After a form of "be" and before "to", these are "will".
_PROSPECTS: Final = words("likely unlikely expected set poised due bound")
#: "is likely by May": what stands before a time.
_BEFORE_TIMES: Final = words("in by within before after on at during next this as")
#: After a form of "be" and before "to have", they say what others think is so.
_BELIEVED: Final = words("understood believed thought reported said known estimated presumed alleged")
#: Written without a space before them.
_GLUED: Final = signals(_TIGHT_MARKS | CLITIC_S)
_CLITICS: Final = signals(CLITIC_S)
#: Other words than these, and than cues, are written as they stand.
_LOOKED_AT: Final = signals(
    (_DROPPED | _SINGLE_MARKS | _SUBJECT_PRONOUNS | {"nor"}).union(POSSESSIVES, STEMS)
)
#: In a claim with cues also these: "is likely to", "has failed to".
_LOOKED_AT_BESIDE_CUES: Final = signals(_BE | _PERFECT)
#: A possessive this near the start stands for the topic.
_MAX_POSSESSIVE_POSITION: Final = 3

#: `name_of(pronoun, position)`: the name to put in, or None to leave the pronoun.
NameOf = Callable[[str, int], str | None]


def write_claim(
    text: str,
    sentence: Sentence,
    positions: Sequence[int],
    cues: Sequence[Range],
    negation: Sequence[Range],
    name_of: NameOf,
) -> str:
    """A claim of the given words of a sentence of the article's `text`; "" if nothing is left of them."""
    negated = words_in(negation)
    hedged = words_in(cues) - negated
    return finished(_Writer(text, sentence, positions, hedged, negated, name_of).write())


class _Writer:
    """Writes word by word. Only the first pronoun is replaced; "singular" then wants its verb to agree."""

    def __init__(
        self, text: str, sentence: Sentence, positions: Sequence[int], hedged: set[int], negated: set[int],
        name_of: NameOf,
    ) -> None:  # fmt: skip
        self.text = text
        self.sentence = sentence
        self.positions = positions
        self.hedged, self.negated = hedged, negated
        self.name_of = name_of
        self.replaced = self.singular = False
        self.out: list[str] = []
        self.previous_end: int | None = None

    def write(self) -> str:
        lowers, positions = self.sentence.tokens.lowers, self.positions
        cues = self.negated | self.hedged
        looked_at = self._looked_at(cues)
        order, count = 0, len(positions)
        while order < count:
            if not self.singular:
                plain = order
                at = bisect_left(looked_at, plain)
                order = looked_at[at] if at < len(looked_at) else count
                if order > plain:
                    self._append_words(positions[plain:order])
                    if order == count:
                        break
            i = positions[order]
            lower = lowers[i]
            order += 1
            rewritten = (self._prospect(order - 1) or self._negative_verb(order - 1)) if cues else None
            if rewritten is not None:
                text, taken = rewritten
                order += taken - 1
                if text:
                    self._append(i, text)
            elif i in self.negated and lower in _DROPPED_NEGATORS:
                self.previous_end = None
                positive, taken = without_negator(self._claim(), lower, order)
                order += taken
                if positive:
                    self._append(i, positive)
            elif not self._is_dropped(i):
                text = self._form(i, order - 1)
                if i in self.hedged and lower in _MODALS:
                    text, skips = without_modal(self._claim(), order)
                    order += skips
                self._append(i, text)
        return "".join(self.out)

    def _looked_at(self, cues: set[int]) -> list[int]:
        """The places of the claim, ascending, whose words may have to be written otherwise."""
        words = self.sentence.places(_LOOKED_AT)
        if words:  # where a name may be put in, "it's" may become "is" behind it
            words = sorted(words + self.sentence.places(_CLITICS))
        if cues:
            words = sorted(cues.union(words, self.sentence.places(_LOOKED_AT_BESIDE_CUES)))
        positions = self.positions
        if isinstance(positions, range):
            return [i - positions.start for i in words if i in positions]
        return [at for at, i in enumerate(positions) if i in words]

    def _word(self, order: int) -> str:
        """The word at a place of the claim in lower case, "" behind its end."""
        return self.sentence.tokens.lowers[self.positions[order]] if order < len(self.positions) else ""

    def _prospect(self, order: int) -> tuple[str, int] | None:
        """ "are likely to rise" as "will", "is likely by May" as "will come by May"; words taken in."""
        if self._word(order) not in _BE:
            return None
        at = order + 1
        while at < len(self.positions) and self.sentence.tokens.tags[self.positions[at]] == "RB":
            if self.positions[at] in self.hedged and self._word(at) in _PROSPECTS:
                break
            at += 1
        word = self._word(at)
        if at >= len(self.positions) or self.positions[at] not in self.hedged:
            return None
        to, verb = self._word(at + 1) == "to", self._word(at + 2)
        if word in _BELIEVED and to and verb == "have":
            return ("have" if self._word(order) in ("are", "were") else "has"), at + 3 - order
        if word in _PROSPECTS and to and verb:
            return ("" if self._word(order) == "be" else "will"), at + 2 - order
        ends = at + 1 >= len(self.positions) or self._word(at + 1) in _BEFORE_TIMES
        return ("will come", at + 1 - order) if word == "likely" and ends and self.out else None

    def _negative_verb(self, order: int) -> tuple[str, int] | None:
        """ "failed to agree" as "did agree": the denied proposition itself; words taken in."""
        i, lower = self.positions[order], self._word(order)
        if i not in self.negated and not (lower in _PERFECT and self._next_is_negative(order)):
            return None
        if lower in NEGATIVE_HAVE:
            return NEGATIVE_HAVE[lower], 1
        start = order
        while self.positions[order] not in self.negated:
            order += 1
        tag = self.sentence.tokens.tags[self.positions[order]]
        if tag not in NEGATIVE_TO or self._word(order + 1) != "to":
            return None
        past = past_of(self._word(order + 2)) if tag in ("VBD", "VBN") else None
        return (past, order + 3 - start) if past else (NEGATIVE_TO[tag], order + 2 - start)

    def _next_is_negative(self, order: int) -> bool:
        """Whether a perfect is that of a negative verb: "has so far failed to"."""
        at = order + 1
        while at < len(self.positions) and self.sentence.tokens.tags[self.positions[at]] == "RB":
            at += 1
        if at + 1 >= len(self.positions):
            return False
        i = self.positions[at]
        return i in self.negated and self.sentence.tokens.tags[i] == "VBN" and self._word(at + 1) == "to"

    def _is_dropped(self, i: int) -> bool:
        word, lowers = self.sentence.tokens.words[i], self.sentence.tokens.lowers
        if word in _DROPPED or (word in _SINGLE_MARKS and self.sentence.quoted[i]):
            return True
        if i not in self.hedged:
            return False
        compared = lowers[i] == "likely" and lowers[i - 1 : i] and lowers[i - 1] in _COMPARING
        return lowers[i] in _ADVERB_HEDGES and not compared  # "saw June as more likely"

    def _claim(self) -> ClaimWords:
        tokens, cues = self.sentence.tokens, self.hedged | self.negated
        return ClaimWords(
            [tokens.lowers[k] for k in self.positions],
            [tokens.tags[k] for k in self.positions],
            [k in cues for k in self.positions],
        )

    def _form(self, i: int, order: int) -> str:
        """The word as it is written in the claim."""
        tokens = self.sentence.tokens
        word, lower, tag = tokens.words[i], tokens.lowers[i], tokens.tags[i]
        if i in self.hedged:
            return word
        if lower == "nor":
            return "or"  # "neither A nor B" denies "A or B"
        dummy = lower == "it" and self._is_dummy_object(order)
        if lower in _SUBJECT_PRONOUNS and tag == "PRP" and not self.replaced and not dummy:
            name = self.name_of(lower, i)
            if name is None:
                return word
            self.replaced = True
            self.singular = lower in ("we", "i")
            return name
        if self.replaced and lower in CLITIC_S and tag == "VBZ" and order > 0 and self.out:
            return " is"  # "it's ready" with a name for "it"
        if self.singular and lower in SPOKEN:
            self.singular = False
            return SPOKEN[lower]
        if self.singular and tag in ("VBP", "VBD", "MD", "VBZ", "VB"):
            self.singular = False
            return third_person(lower) if tag in ("VBP", "VB") else AGREEMENT.get(lower, word)
        if self.replaced and lower in ("my", "our") and self.sentence.quoted[i]:
            return "their"
        if lower in STEMS:
            return STEMS[lower]
        if lower in POSSESSIVES and tag == "PRP$" and not self.replaced and order <= _MAX_POSSESSIVE_POSITION:
            name = self.name_of(POSSESSIVES[lower], i)
            if name is not None:
                self.replaced = True
                return name + ("’" if name.endswith("s") else "’s")
        return word

    def _is_dummy_object(self, order: int) -> bool:
        """Whether "it" after a verb is no actor: "logs proved it", "makes it harder", "expect it to rain"."""
        tags = self.sentence.tokens.tags
        following = tags[self.positions[order + 1]] if order + 1 < len(self.positions) else "."
        if order and tags[self.positions[order - 1]] == "IN" and following not in _AFTER_SUBJECT:
            return True  # "most of it in the current quarter"
        if order == 0 or tags[self.positions[order - 1]] not in _VERB_TAGS:
            return False
        if order + 1 >= len(self.positions) or self._word(order - 1) in _BEFORE_DUMMIES:
            return True
        return tags[self.positions[order + 1]] in ("JJ", "JJR") or not self._word(order + 1)[0].isalnum()

    def _append_words(self, positions: Sequence[int]) -> None:
        """Write words as they stand in the article."""
        if isinstance(positions, range):
            self._append_run(positions.start, positions.stop)
            return
        first = last = positions[0]
        for i in positions:
            if i > last or i < first:
                self._append_run(first, last)
                first = i
            last = i + 1
        self._append_run(first, last)

    def _append_run(self, first: int, last: int) -> None:
        """Write words `first:last`, which stand side by side in the article, with single spaces."""
        tokens = self.sentence.tokens
        for i in self.sentence.places(_GLUED):
            if first < i < last and tokens.starts[i] != tokens.ends[i - 1]:
                self._append_run(first, i)
                first = i
        run = " ".join(self.text[tokens.starts[first] : tokens.ends[last - 1]].split())
        if self.previous_end != tokens.starts[first] and self.out and tokens.words[first] not in _GLUED:
            run = " " + run
        self.out.append(run)
        self.previous_end = tokens.ends[last - 1]

    def _append(self, i: int, text: str) -> None:
        tokens = self.sentence.tokens
        if self.previous_end != tokens.starts[i] and self.out and text not in _GLUED:
            self.out.append(" ")
        self.out.append(text)
        self.previous_end = tokens.ends[i]
