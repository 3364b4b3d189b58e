"""Whether a name may take a pronoun's place: the subjects around a pronoun that speak for it or against it.

Pure. "The plane crashed when it hit a hill" means the plane, whatever company was named before; where the
subject before is a thing that has no name, the pronoun stays. What counts is who is subject, of this sentence
or of the one before: parallel subjects are the surest antecedents.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.clause_parts import subject_range
from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.entities import EntityTable
from summarizer.extraction.by_rules.noun_phrases import head_noun
from summarizer.extraction.by_rules.vocabulary import (
    GROUP_NOUNS,
    ORGANIZATION_DESCRIPTIONS,
    is_person_noun,
    words,
)
from summarizer.text.words import FINITE

_SUBORDINATORS: Final = words("when as while before after until once if since where")
#: Nobody says of himself that he did one of these.
_DONE_BY_THINGS: Final = words(
    "broke burst tore cracked exploded leaked derailed capsized sank crashed erupted ignited slammed"
)
_RISES: Final = words("rise climb worsen subside erupt collapse burst")
#: "it would almost certainly rise"
_MAX_TO_RISE: Final = 5
_PREPOSITIONS: Final = words("in with for at by on under despite after before from")
_ENDS_SUBJECT: Final = words(", ; : that which who but when as while if because")
#: "In its new forecast the bank sees": "its" stands at most so far from the beginning.
_MAX_LEAD: Final = 2


class Antecedents:
    """The subjects of one document's sentences."""

    def __init__(self, table: EntityTable) -> None:
        self.table = table

    def thing_before(self, sentence: Sentence, position: int) -> bool:
        """Whether "it" rather means a thing than who speaks: "A tanker burned as it left", "it burst"."""
        lowers = sentence.tokens.lowers
        if lowers[position + 1 : position + 2] and lowers[position + 1] in _DONE_BY_THINGS:
            return True
        if not _RISES.isdisjoint(lowers[position + 1 : position + _MAX_TO_RISE]):
            return True
        return lowers[position - 1] in _SUBORDINATORS and bool(self._things(sentence, 0, position))

    def body(self, sentence: Sentence, first: int, position: int, known: int | None) -> int | None:
        """Whom "it" at a word means, where discourse says `known`; None where another subject may be meant.

        `first` is where the clause of the pronoun begins.
        """
        at, entities = self.table.at, self.table.entities
        lowers = sentence.tokens.lowers
        if position <= _MAX_LEAD and lowers[0] in _PREPOSITIONS and position > 0:
            return None  # "In its new forecast the bank sees": of whom the sentence goes on to speak
        named = [
            (k, at[sentence.index, k])
            for k in range(position)
            if (sentence.index, k) in at and entities[at[sentence.index, k]].is_body
        ]
        if named:
            ranges = [subject_range(sentence, start, position) for start in dict.fromkeys((0, first))]
            return next(
                (index for k, index in named if any(r is not None and r[0] <= k < r[1] for r in ranges)), None
            )
        if self._things(sentence, 0, position):
            return None
        return self._topic(sentence, known)

    def other_person(
        self, sentence: Sentence, position: int, known: int | None, speakers: tuple[int, ...]
    ) -> bool:
        """Whether the sentence before is about somebody without a name: "A guard was shot, Blanc said"."""
        before = self._before(sentence)
        if self._is_unnamed(sentence, position):
            return True  # "A guard was shot; his life is not in danger"
        return before is not None and known in speakers and self._is_unnamed(before, len(before))

    def _is_unnamed(self, sentence: Sentence, last: int) -> bool:
        """Whether the subject of words up to `last` is one person without a name."""
        subject = subject_range(sentence, 0, last) if last else None
        if subject is None:
            return False
        head = head_noun(sentence, *subject)
        named = any((sentence.index, k) in self.table.at for k in range(*subject))
        return (
            sentence.tokens.tags[head] == "NN" and is_person_noun(sentence.tokens.lowers[head]) and not named
        )

    def _before(self, sentence: Sentence) -> Sentence | None:
        if sentence.index == 0:
            return None
        before = self.table.document.sentences[sentence.index - 1]
        return before if before.role == sentence.role else None

    def _topic(self, sentence: Sentence, known: int | None) -> int | None:
        """The body that the sentence before is about; `known` where that sentence has no other candidate."""
        before = self._before(sentence)
        subject = subject_range(before, 0, len(before)) if before is not None else None
        if before is None or subject is None:
            return known
        head = head_noun(before, *subject)
        index = self.table.at.get((before.index, head))
        if index is not None and self.table.entities[index].is_body:
            return index
        return None if self._things(before, 0, len(before)) else known

    def _things(self, sentence: Sentence, first: int, last: int) -> list[int]:
        """Heads of the singular subjects in a stretch that are neither somebody nor anything named."""
        found: list[int] = []
        verb = sentence.finite_in(first, last)
        while verb is not None:
            head = self._head_before(sentence, first, verb)
            if self._is_thing(sentence, head):
                found.append(head)
            verb = sentence.finite_in(verb + 1, last)
        return found

    def _head_before(self, sentence: Sentence, first: int, verb: int) -> int:
        """Head of the noun phrase before a verb."""
        lowers, tags = sentence.tokens.lowers, sentence.tokens.tags
        end = verb
        while end > first and tags[end - 1] == "RB":
            end -= 1
        begin = end
        while begin > first and tags[begin - 1] not in FINITE and lowers[begin - 1] not in _ENDS_SUBJECT:
            begin -= 1
        return head_noun(sentence, begin, end) if begin < end else verb

    def _is_thing(self, sentence: Sentence, head: int) -> bool:
        lower = sentence.tokens.lowers[head]
        if sentence.tokens.tags[head] != "NN" or (sentence.index, head) in self.table.at:
            return False
        return lower in ORGANIZATION_DESCRIPTIONS or not (lower in GROUP_NOUNS or is_person_noun(lower))
