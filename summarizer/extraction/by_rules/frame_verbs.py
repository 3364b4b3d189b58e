"""Frames of attribution verbs: "X said that S", "“S,” said X", "X denied Y", "X, she wrote, is Y".

Pure. A form of an attribution verb makes a frame only with a subject (or an elided one) and with a content
that this verb can take; else it's a noun, a participle or another sense ("put the cup down").
"""

from __future__ import annotations

from typing import Final, NamedTuple

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frame_complements import adjunct_end, complement, quote_near, that_near
from summarizer.extraction.by_rules.frame_conditions import splits_condition
from summarizer.extraction.by_rules.frame_contents import (
    attribution_end,
    content_before,
    content_end,
    content_start,
)
from summarizer.extraction.by_rules.frame_denials import denier
from summarizer.extraction.by_rules.frame_forms import VerbForm
from summarizer.extraction.by_rules.frame_lapses import clause_of_time
from summarizer.extraction.by_rules.frame_subjects import (
    subject_after,
    subject_before,
    subject_elided,
)
from summarizer.extraction.by_rules.frames import TO_VERBS, Frame, Range
from summarizer.extraction.by_rules.verbs import VerbClass
from summarizer.extraction.by_rules.vocabulary import word_set, words
from summarizer.text.words import FINITE, NOUNS

_CLAUSE_MARKED: Final = word_set("frames", "verbs", "clause_marked")
_NOUN_OBJECT: Final = word_set("frames", "verbs", "noun_object")
_INVERTS: Final = word_set("frames", "verbs", "inverts")
_BEFORE_BETWEEN: Final = frozenset((",", "”", '"', "'", "’"))
_NOR: Final = frozenset(("nor", "neither"))
_THINKING: Final = words("think doubt hope fear know")
_COPULAS: Final = words("is are was were be been")
_AFTER_SPEECH: Final = frozenset((",", "”", '"', "'", "’", "?", "!"))
#: Fewer words than this beside a frame are no clause.
_MIN_REST: Final = 3
#: "put the damage at 40 million": how far "at" may be, and the number behind it.
_MAX_TO_AT: Final = 12
_MAX_AT_TO_NUMBER: Final = 5


def verb_frame(
    sentence: Sentence, v: int, verb_class: VerbClass, first: int, last: int, inside_quote: bool
) -> Frame | None:
    """The frame of the form at `v`, read as `verb_class`, inside words `first:last`, or None."""
    form, tag = verb_class.form, sentence.tokens.tags[v]
    nominal = tag in NOUNS or (tag == "JJ" and form != "s")
    if (
        nominal
        and form != "ing"
        and (verb_class.particle is None or sentence.tokens.lowers[first] not in _NOR)
    ):
        return None  # most nouns that look like verbs: "the report", "the claims"
    # first word after verb and particle
    after = v + (2 if verb_class.particle else 1)
    spoken = VerbForm(sentence, v, verb_class, first, last)
    if not spoken.is_speech():
        return None
    return _Site(sentence, v, verb_class, first, last, after, spoken).frame(inside_quote)


class _Site(NamedTuple):
    """A form of an attribution verb at `verb` in the stretch `first:last`; `after` verb and particle."""

    sentence: Sentence
    verb: int
    verb_class: VerbClass
    first: int
    last: int
    after: int
    form: VerbForm

    def frame(self, inside_quote: bool) -> Frame | None:
        subject, inverted = self._subject()
        participle = self.verb_class.form == "ing"
        if subject is None and not participle and not subject_elided(self.sentence, self.verb, self.first):
            return None
        if subject is not None and subject[0] > self.first and self._in_free_relative(subject[0]):
            return None
        kind = complement(self.sentence, self.after, self.last, self.verb_class)
        between = self._between(subject, inverted) if subject is not None and not participle else None
        if between is not None:
            return Frame(
                self.verb,
                self.verb_class,
                subject,
                content=(self.first, self.last),
                attribution=between,
                postposed=True,
                negated=self.form.negated(),
                parenthetical=True,
            )
        if not participle and (inverted or kind in ("none", "adjunct", "participle")):
            postposed = self._postposed(subject, inverted)
            if postposed is not None:
                return postposed
        noun_object = self._takes_noun(kind)
        return self._preposed(subject, noun_object, kind, inside_quote) if noun_object is not None else None

    def _in_free_relative(self, start: int) -> bool:
        """Whether it is "what she called speculation": a name for a thing, no statement."""
        naming = self.verb_class.base in ("call", "describe", "brand", "label")
        return naming and self.sentence.tokens.lowers[start - 1] == "what"

    def _subject(self) -> tuple[Range | None, bool]:
        """The subject, and whether it stands after the verb ("“S,” said X")."""
        sentence, v, lowers = self.sentence, self.verb, self.sentence.tokens.lowers
        if self.verb_class.form == "ing":
            return None, False
        if (
            v > self.first
            and (lowers[v - 1] in _AFTER_SPEECH or lowers[v - 1][-1] in "?!")
            and self.verb_class.base in _INVERTS
        ):
            found = subject_after(sentence, v, self.last)
            if found is not None:
                return found, True
        at = v - 2 if v - 2 >= self.first and self.form.withheld() else v
        return subject_before(sentence, at, self.first), False

    def _between(self, subject: Range, inverted: bool) -> Range | None:
        """The attribution that stands between commas inside its content: "His method, she wrote, is"."""
        sentence, lowers = self.sentence, self.sentence.tokens.lowers
        close = self._closing_comma(subject) if not inverted else None
        if close is not None:
            return (subject[0], close)
        start = self.verb if inverted else subject[0]
        if (
            start - 1 <= self.first
            or self.after >= self.last - 2
            or self.verb_class.name not in ("say", "think", "warn")
            or lowers[start - 1] not in _BEFORE_BETWEEN
            or sentence.quoted[self.verb]
            or lowers[self.first] in _NOR
        ):
            return None
        if not sentence.has_finite(self.first, start - 1):
            # "The cause, says Lind, is"
            end = subject[1]
            inside = inverted and end < self.last - 2 and lowers[end] == ","
            return (start, end) if inside and sentence.tokens.tags[end + 1] in FINITE else None
        stop = attribution_end(sentence, subject[1] if inverted else self.after, self.last)
        return (start, stop - 1) if splits_condition(sentence, self.first, self.last, (start, stop)) else None

    def _closing_comma(self, subject: Range) -> int | None:
        """The comma behind an attribution inside its content: "His method, she wrote in June, is"."""
        lowers, sentence = self.sentence.tokens.lowers, self.sentence
        opens = subject[0] - 1
        if (
            opens <= self.first
            or lowers[opens] != ","
            or self.verb_class.name not in ("say", "think", "warn")
            or sentence.quoted[self.verb]
        ):
            return None
        close = adjunct_end(sentence, self.after, self.last, self.verb_class)
        if close is None or close >= self.last - 2:
            return None
        if sentence.has_finite(self.first, opens):
            # "It was, she said, a mess": what is said goes on
            return close if lowers[opens - 1] in _COPULAS else None
        return close if sentence.has_finite(close, self.last) else None

    def _postposed(self, subject: Range | None, inverted: bool) -> Frame | None:
        """Frame of "S, X said" and "S, said X"."""
        start = self.verb if inverted or subject is None else subject[0]
        if subject is not None and not inverted and self.verb_class.name in ("deny", "doubt"):
            subject, start = denier(self.sentence, self.first, subject)
        before = content_before(self.sentence, start, self.first)
        if before is None:
            return None
        attributed = subject[1] if inverted and subject is not None else self.after
        stop = attribution_end(self.sentence, attributed, self.last)
        if self.sentence.tokens.lowers[stop : stop + 1] == ["who"]:
            stop += 1  # "said Jon Vik, who added that"
        return Frame(
            self.verb,
            self.verb_class,
            subject,
            content=before,
            attribution=(start, stop),
            postposed=True,
            negated=self.form.negated(),
            rest=((stop, self.last),) if stop < self.last - 2 else (),
        )

    def _takes_noun(self, kind: str) -> bool | None:
        """Whether the verb takes its complement as a noun phrase; None when it can't take it at all."""
        base, name = self.verb_class.base, self.verb_class.name
        if base == "put":
            return True if kind == "noun" and self._puts_at_number() else None
        if kind == "noun":
            return True if base in _NOUN_OBJECT and name != "show" else None
        if kind == "to":
            return True if base in TO_VERBS else None
        if kind == "clause":
            marked = that_near(self.sentence, self.after, self.last)
            if base in _CLAUSE_MARKED and not marked and not self._quotes():
                return None
            return (
                not marked
                and base in _NOUN_OBJECT
                and base not in ("report", "announce")
                and name in ("deny", "accuse", "direct")
            )
        return False if kind == "participle" else None

    def _quotes(self) -> bool:
        return quote_near(self.sentence, self.after, self.last)

    def _puts_at_number(self) -> bool:
        """As in "put the damage at 40 million"."""
        tags, lowers = self.sentence.tokens.tags, self.sentence.tokens.lowers
        return any(
            lowers[k] == "at" and "CD" in tags[k + 1 : min(self.last, k + _MAX_AT_TO_NUMBER)]
            for k in range(self.after, min(self.last, self.after + _MAX_TO_AT))
        )

    def _preposed(self, subject: Range | None, noun_object: bool, kind: str, inside_quote: bool) -> Frame:
        """Frame of "X said that S"."""
        # "threatened to sue" starts its content as a clause does, and is read as a noun phrase is
        as_noun = noun_object and kind != "to"
        begin = content_start(self.sentence, self.after, self.last, self.verb_class, as_noun)
        end, rest = content_end(self.sentence, self.verb, begin, self.last, inside_quote)
        negated = self.form.negated()
        turn = self._turn(begin, end) if negated else None
        turn = self._second_clause(subject, begin, end) if turn is None else turn
        if turn is not None:
            end, rest = turn, ((turn + 1, self.last),)
        elif (lapse := clause_of_time(self.sentence, begin, self.last)) is not None and lapse[0] < end:
            end, rest = lapse[0], ((lapse[1], self.last),)
        start = subject[0] if subject is not None else self.form.group_start()
        if self.form.after_nor():
            start = self.first
        left: tuple[Range, ...] = ((self.first, start),) if start - self.first >= _MIN_REST else ()
        return Frame(
            self.verb,
            self.verb_class,
            subject,
            content=(begin, end),
            attribution=(start, begin),
            negated=negated,
            noun_object=noun_object,
            rest=left + rest,
        )

    def _second_clause(self, subject: Range | None, begin: int, end: int) -> int | None:
        """The "and" with which the thinker goes on: "we don't believe S, and we are not losing share"."""
        if subject is None or self.verb_class.name not in _THINKING:
            return None
        lowers = self.sentence.tokens.lowers
        who = lowers[subject[0] : subject[1]]
        return next(
            (
                k
                for k in range(begin + 2, end - 2)
                if lowers[k] in ("and", "but") and lowers[k - 1] == "," and lowers[k + 1 : k + 2] == who
            ),
            None,
        )

    def _turn(self, begin: int, end: int) -> int | None:
        """The "but" after which a negated frame goes on affirmed: "doesn't think S but …"."""
        if self.verb_class.name not in ("think", "doubt", "say", "know"):
            return None
        lowers = self.sentence.tokens.lowers
        return next(
            (k for k in range(begin + 1, end - 2) if lowers[k] == "but" and self.sentence.has_finite(k, end)),
            None,
        )
