"""Whether a form of an attribution verb speaks where it stands, and whether it is negated.

Pure. "the report", "was said to be", "to announce" are no speech acts; "declined to say", "nor did she say"
are negated ones.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frame_subjects import right_after_subject
from summarizer.extraction.by_rules.frames import LONG_SINCE, NEGATORS
from summarizer.extraction.by_rules.verbs import VerbClass
from summarizer.extraction.by_rules.vocabulary import words
from summarizer.text.words import CLITIC_S, FINITE, NOUNS

_BE: Final = CLITIC_S | words("is are was were be been being 're ’re am get gets got")
_HAVE: Final = words("has have had 've ’ve having")
_NOR: Final = frozenset(("nor", "neither"))
_DO: Final = frozenset(("do", "does", "did"))
_WITHHOLD: Final = words("declined refused declines refuses")
_BEFORE_PARTICIPLE: Final = frozenset(("after", ",", "and", "by", "while", "but", "–", "—", "also"))
_BEFORE_PAST: Final = frozenset((",", "”", '"', "'", "’", "and", "but", "then", "also"))
#: "not", "does not yet": the negation of a verb stands at most so far before it.
_MAX_NEGATION: Final = 3


class VerbForm(NamedTuple):
    """A form of an attribution verb at `verb` in the stretch `first:last`."""

    sentence: Sentence
    verb: int
    verb_class: VerbClass
    first: int
    last: int

    def is_speech(self) -> bool:
        """Whether the form can be a verb of speech here: no noun, no passive, no bare infinitive."""
        form = self.verb_class.form
        if not self._is_verb() or not self._has_particle():
            return False
        if form == "ing":
            return self._is_speaking_participle()
        if form == "base" and self.sentence.tokens.tags[self.verb] == "VB":
            return self.withheld() or self._with_do()
        return form != "ed" or self._is_active_past()

    def _is_verb(self) -> bool:
        tokens = self.sentence.tokens
        tag = tokens.tags[self.verb]
        if tag not in NOUNS and (tag != "JJ" or self.verb_class.form == "s"):
            return True
        if self.verb_class.particle is not None and self.after_nor():
            return True  # "nor did Lind rule out", tagged as a noun
        # "…, warning that", tagged as a noun
        return (
            self.verb_class.form == "ing"
            and self.verb > 0
            and tokens.lowers[self.verb - 1] == ","
            and tokens.lowers[self.verb + 1 : self.verb + 2] in (["that"], [":"])
        )

    def _has_particle(self) -> bool:
        particle = self.verb_class.particle
        after = self.verb + 1
        return particle is None or (after < self.last and self.sentence.tokens.lowers[after] == particle)

    def _is_speaking_participle(self) -> bool:
        if self.verb_class.base == "cite":
            return False  # ", citing X" names a source inside another frame
        return self.verb == self.first or self.sentence.tokens.lowers[self.verb - 1] in _BEFORE_PARTICIPLE

    def withheld(self) -> bool:
        """As in "declined to say"."""
        lowers, v = self.sentence.tokens.lowers, self.verb
        return v >= 2 and lowers[v - 1] == "to" and lowers[v - 2] in _WITHHOLD

    def after_nor(self) -> bool:
        """As in "nor would she rule out"."""
        tokens, first, v = self.sentence.tokens, self.first, self.verb
        if tokens.lowers[first] not in _NOR or self.verb_class.form != "base" or first + 2 >= v:
            return False
        return tokens.tags[first + 1] in FINITE and not self.sentence.has_finite(first + 2, v)

    def _with_do(self) -> bool:
        """As in "did not say", "does expect"; "to say" and "could say" are no speech acts of their own."""
        lowers, v = self.sentence.tokens.lowers, self.verb
        if self.after_nor():
            return True
        if v < 2 or (lowers[v - 1] not in NEGATORS and lowers[v - 1] not in _DO):
            return False
        if self.verb_class.name == "deny" and lowers[v - 2] in ("could", "can", "ca"):
            return True  # "could not rule out foul play"
        return any(
            lowers[k] in _DO or lowers[k] in ("would", "will") for k in range(max(self.first, v - 3), v)
        )

    def _is_active_past(self) -> bool:
        """Whether a form in -ed is a past or a perfect: no passive, no participle of a noun phrase."""
        tags, lowers = self.sentence.tokens.tags, self.sentence.tokens.lowers
        v, first = self.verb, self.first
        back = v - 1
        while back >= first and (
            tags[back] == "RB" or lowers[back] in NEGATORS or lowers[back] in LONG_SINCE
        ):
            back -= 1
        if back > first and lowers[back - 1 : back + 1] == ["on", "average"]:
            back -= 2  # "Analysts had on average expected"
        helper = lowers[back] if back >= first else ""
        if helper in _BE and not (helper in CLITIC_S and tags[back] == "POS"):
            return False
        if helper == "have" and back > first and tags[back - 1] == "MD":
            return False  # "it would have held"
        return (
            tags[v] != "VBN"
            or helper in _HAVE
            or v == first
            or lowers[v - 1] in _BEFORE_PAST
            or right_after_subject(self.sentence, v, first)
        )

    def negated(self) -> bool:
        """Whether the verb is negated: "did not say", "declined to say"."""
        lowers, v = self.sentence.tokens.lowers, self.verb
        if (v - 2 >= self.first and self.withheld()) or self.after_nor():
            return True
        begin = max(self.first, v - _MAX_NEGATION)
        if self.sentence.quoted[begin] and not self.sentence.quoted[v]:
            return False  # “Absolutely not,” she said
        before = lowers[begin:v]
        no_longer = "longer" in before and lowers[lowers.index("longer", begin) - 1] == "no"
        if not no_longer and NEGATORS.isdisjoint(before):
            return False
        marks = (k for k in range(begin, v) if not lowers[k][0].isalnum() and lowers[k] not in CLITIC_S)
        mark = max(marks, default=begin)  # “Certainly not,” said X
        return no_longer or not NEGATORS.isdisjoint(lowers[mark:v])

    def group_start(self) -> int:
        """First word of the verb with its auxiliaries: "and | have requested"."""
        tags, lowers, start = self.sentence.tokens.tags, self.sentence.tokens.lowers, self.verb
        while start > self.first and (
            lowers[start - 1] in _HAVE or lowers[start - 1] in NEGATORS or tags[start - 1] == "RB"
        ):
            start -= 1
        return start
