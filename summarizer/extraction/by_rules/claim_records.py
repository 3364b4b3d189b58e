"""Who speaks in a stretch of text, and the claim that a stretch becomes.

Pure records. Entities are indices of the document's table; positions are words of one sentence, or
characters of the article where a field says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frames import Range
from summarizer.records.article import LineRole
from summarizer.records.brief import Certainty, Polarity, Sourcing


class Voice(NamedTuple):
    """Who speaks in the stretch that is being read, and what the frames around it already say.

    `via` relays the speakers; `attribution` is the range that names them; `kind` the class of the verb that
    opened the stretch; `first_person` whom "we" and "I" mean. Without speakers the article itself speaks.
    """

    speakers: tuple[int, ...] = ()
    via: int | None = None
    sourcing: Sourcing = "article"
    certainty: Certainty = "certain"
    polarity: Polarity = "affirmed"
    cues: tuple[Range, ...] = ()
    attribution: Range | None = None
    kind: str = ""
    first_person: tuple[int, ...] = ()

    def plain(self) -> Voice:
        """The same speakers, certain and affirmed: what they say next."""
        return self._replace(cues=(), certainty="certain", polarity="affirmed")

    def besides(self) -> Voice:
        """The voice of what is only said besides: certain, affirmed, no demand or accusation."""
        return self.plain()._replace(kind="")

    def as_demand(self) -> Voice:
        """The same voice, making a demand: "should not" denies nothing."""
        return self._replace(kind="direct")

    def with_attribution(self, attribution: Range | None) -> Voice:
        """The same voice, attributed elsewhere."""
        return self._replace(attribution=attribution)

    def attribution_with(self, other: Range) -> Range:
        """The range from the first to the last word of both attributions."""
        if self.attribution is None:
            return other
        return min(self.attribution[0], other[0]), max(self.attribution[1], other[1])


@dataclass(slots=True)
class FoundClaim:
    """A claim before it becomes a draft.

    `start`, `end` and `content_start`, `content_end` are characters: what proves the claim, and the part of
    it that is claimed. `commissive`: somebody promises it.
    """

    sentence: int
    start: int
    end: int
    text: str
    voice: Voice
    certainty: Certainty
    polarity: Polarity
    cues: tuple[str, ...]
    content_start: int
    content_end: int
    role: LineRole
    commissive: bool = False


class Stretch(NamedTuple):
    """Words `first:last` of a sentence that are to be taken apart; `depth` counts the frames around them.

    With `inside_quote`, quoted words are read like others.
    """

    sentence: Sentence
    first: int
    last: int
    inside_quote: bool = False
    depth: int = 0

    def part(self, first: int, last: int, inside_quote: bool | None = None) -> Stretch:
        """A stretch inside this one, one frame deeper."""
        quoted = self.inside_quote if inside_quote is None else inside_quote
        return Stretch(self.sentence, first, last, quoted, self.depth + 1)
