"""Write a claim in its canonical form: affirmative, unhedged, names instead of pronouns.

Pure. Words are taken from the article; only pronouns are replaced (by names of the article) and modals
by "will", "is", "has". Bounds and numbers stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frames import Range
from summarizer.extraction.by_rules.vocabulary import words
from summarizer.text.words import CLITIC_S, NOT

_DROPPED = frozenset('“”"„«»`')
_SINGLE_MARKS = frozenset("'‘’")
_TIGHT_MARKS = frozenset(",.;:!?%)")
_MODALS = frozenset(("may", "might", "could"))
_ADVERB_HEDGES = words(
    "possibly perhaps potentially allegedly reportedly apparently purportedly conceivably arguably maybe "
    "likely probably presumably seemingly ostensibly supposedly"
)
_DROPPED_NEGATORS = NOT | {"never", "no", "none", "neither", "nobody"}
_SUBJECT_PRONOUNS = words("he she it they we i")
_POSSESSIVES = {"his": "he", "her": "she", "its": "it", "their": "they", "our": "we", "my": "i"}
#: Verb after "we" or "I" -> after the name that takes its place.
_AGREEMENT = {
    "are": "is",
    "have": "has",
    "were": "was",
    "do": "does",
    "am": "is",
    "'re": " is",
    "’re": " is",
    "'ve": " has",
    "’ve": " has",
    "'m": " is",
    "’m": " is",
}
#: Clitic stems whose second half ("n't") was dropped.
_STEMS = {"ca": "can", "wo": "will"}
#: A possessive this near the start stands for the topic.
_MAX_POSSESSIVE_POSITION = 3
_ABBREVIATIONS = ("U.S.", "Inc.", "p.m.", "a.m.")

#: `name_of(pronoun, position)`: the name to put in, or None to leave the pronoun.
NameOf = Callable[[str, int], str | None]


def write_claim(
    sentence: Sentence,
    positions: list[int],
    cues: Iterable[Range],
    negation: Iterable[Range],
    name_of: NameOf,
) -> str:
    """Sentence from the given word positions; "" if nothing is left of them."""
    negated = {k for a, b in negation for k in range(a, b)}
    hedged = {k for a, b in cues for k in range(a, b)} - negated
    return _finished(_Writer(sentence, positions, hedged, negated, name_of).write())


@dataclass(slots=True)
class _Writer:
    """Writes word by word. Only the first pronoun is replaced; "singular" then wants its verb to agree."""

    sentence: Sentence
    positions: list[int]
    hedged: set[int]
    negated: set[int]
    name_of: NameOf
    replaced: bool = False
    singular: bool = False
    out: list[str] = field(default_factory=list)
    previous_end: int | None = None

    def write(self) -> str:
        order = 0
        while order < len(self.positions):
            i = self.positions[order]
            lower = self.sentence.tokens.lowers[i]
            order += 1
            if i in self.negated and lower in _DROPPED_NEGATORS:
                self.previous_end = None
            elif not self._is_dropped(i):
                text = self._form(i, order - 1)
                if i in self.hedged and lower in _MODALS:
                    text, skips = self._without_modal(order)
                    order += skips
                self._append(i, text)
        return "".join(self.out)

    def _is_dropped(self, i: int) -> bool:
        word = self.sentence.tokens.words[i]
        mark = word in _DROPPED or (word in _SINGLE_MARKS and self.sentence.quoted[i])
        return mark or (i in self.hedged and self.sentence.tokens.lowers[i] in _ADVERB_HEDGES)

    def _without_modal(self, order: int) -> tuple[str, int]:
        """What a hedging modal becomes before the word that is next in order; how many words it takes in."""
        follower = self.sentence.tokens.lowers[self.positions[order]] if order < len(self.positions) else ""
        if follower in ("be", "have"):
            return ("is" if follower == "be" else "has"), 1
        return "will", 0

    def _form(self, i: int, order: int) -> str:
        """The word as it is written in the claim."""
        tokens = self.sentence.tokens
        word, lower, tag = tokens.words[i], tokens.lowers[i], tokens.tags[i]
        if i in self.hedged:
            return word
        if lower in _SUBJECT_PRONOUNS and tag == "PRP" and not self.replaced:
            name = self.name_of(lower, i)
            if name is None:
                return word
            self.replaced = True
            self.singular = lower in ("we", "i")
            return name
        if self.singular and lower in _AGREEMENT and tag in ("VBP", "VBD"):
            self.singular = False
            return _AGREEMENT[lower]
        if lower in _STEMS:
            return _STEMS[lower]
        if (
            lower in _POSSESSIVES
            and tag == "PRP$"
            and not self.replaced
            and order <= _MAX_POSSESSIVE_POSITION
        ):
            name = self.name_of(_POSSESSIVES[lower], i)
            if name is not None:
                self.replaced = True
                return name + ("’" if name.endswith("s") else "’s")
        return word

    def _append(self, i: int, text: str) -> None:
        glued = self.previous_end == self.sentence.tokens.starts[i]
        if self.out and not glued and text not in _TIGHT_MARKS and text not in CLITIC_S:
            self.out.append(" ")
        self.out.append(text)
        self.previous_end = self.sentence.tokens.ends[i]


def _finished(text: str) -> str:
    """With a capital and a full stop, without marks that hang over."""
    result = text.strip(" ,;:–—-'‘’")
    while result.endswith((".", ",", ";", ":")) and not result.endswith(_ABBREVIATIONS):
        result = result[:-1].rstrip()
    if not result:
        return ""
    return result[0].upper() + result[1:] + ("" if result.endswith((".", "!", "?")) else ".")
