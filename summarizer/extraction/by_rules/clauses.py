"""Cut a stretch of a sentence into propositions small enough to be true or false as a whole.

Pure. Works on word positions. A piece keeps where its subject stands, because "and could make an
approach" needs the subject of the clause before it. Cuts are made at conjunctions, semicolons and relative
clauses; a result ("…, giving it a value of") or a modal relative clause is a piece besides its clause.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from summarizer.extraction.by_rules.clause_joints import CONCESSIVES, coordinates, joins_names, subordinates
from summarizer.extraction.by_rules.clause_parts import (
    antecedent,
    clause_comma,
    clause_end,
    disagrees,
    in_relative,
    next_finite,
    relative_end,
    shared_auxiliary,
    subject_range,
)
from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.signals import signals
from summarizer.extraction.by_rules.vocabulary import words
from summarizer.text.words import COMMON_NOUNS, NOUNS

_DEGREES: Final = frozenset(("well", "badly", "poorly", "highly", "widely"))
#: Fewer words than this before or after a conjunction are no clause.
MIN_WORDS: Final = 3
#: A piece of one word says nothing.
_MIN_PIECE: Final = 2
_COORDINATORS: Final = frozenset(("and", "but", "so", "yet", "or"))
_CONJUNCTIONS: Final = _COORDINATORS | CONCESSIVES | {"as", "because", "since", "after"}
#: A stretch that begins so has its main clause after the comma: it may be cut only there.
_OPENS_LEADING_CLAUSE: Final = CONCESSIVES | {"because", "since", "as"}
_OPENS_SUBORDINATE: Final = words(
    "if when unless until once after before while as although though because since whether despite without"
)
_BEFORE_EXCEPT: Final = words("all anything nothing none nobody everything everyone no every any last")
_RELATIVES: Final = frozenset(("which", "who", "where"))
_CLAUSE_MARKS: Final = frozenset((",", ";"))
_COMMA: Final = signals((",",))
#: At other words than these and participles in -ing no piece begins or ends.
_MAY_CUT: Final = signals(_CONJUNCTIONS | _RELATIVES | {";", "that", "down", "up"})
_SUBJECT_TAGS: Final = NOUNS | {"PRP", "CD", "EX", "DT", "JJ", "PRP$", "WP"}
#: Participles that open no result: they list, attribute or place in time.
_NO_RESULT: Final = words(
    "including according following regarding concerning speaking citing quoting saying adding excluding "
    "starting beginning depending pending barring referring responding writing"
)
#: An elided verb ("and could make") stands at most this far from its conjunction.
_MAX_ELIDED_DISTANCE: Final = 4


class Piece(NamedTuple):
    """One proposition, words `first:last`; evidence must begin at `span_first`.

    `subject` is the range of an elided subject, `auxiliary` of helping verbs that are shared with the clause
    before ("would likely" in "would likely rise and be sold"). A `result` is a proposition inside a clause
    that is a piece too.
    """

    first: int
    last: int
    subject: tuple[int, int] | None
    span_first: int
    relative: bool = False
    result: bool = False
    auxiliary: tuple[int, int] | None = None


def split_clauses(sentence: Sentence, first: int, last: int) -> list[Piece]:
    """Propositions of words `first:last`; at least one."""
    lowers = sentence.tokens.lowers
    if lowers[first] in _OPENS_LEADING_CLAUSE and lowers[first + 1] not in ("many", "much"):
        comma = clause_comma(sentence, first, last)
        if comma is not None:
            left = split_clauses(sentence, first + 1, comma)
            return [*left, *split_clauses(sentence, comma + 1, last)]
    places = _places_to_cut(sentence, first, last)
    if not places:
        end = clause_end(sentence, first, last)
        return [Piece(first, end if end - first >= _MIN_PIECE else last, None, first)]
    return _Cutter(sentence, first, last).pieces_of(places)


def _places_to_cut(sentence: Sentence, first: int, last: int) -> list[int]:
    """The words inside `first:last` at which a piece may begin or end."""
    tokens = sentence.tokens
    places = [i for i in sentence.places(_MAY_CUT) if first < i < last - 1]
    results = [
        k + 1 for k in sentence.places(_COMMA) if first <= k < last - 2 and tokens.tags[k + 1] == "VBG"
    ]
    return sorted(places + results) if results else places


class _Cutter:
    """Walks once over a stretch. The open piece begins at `begin`, the clause it belongs to at `clause`."""

    __slots__ = ("auxiliary", "begin", "clause", "first", "last", "pieces", "sentence", "subject")

    def __init__(self, sentence: Sentence, first: int, last: int) -> None:
        self.sentence = sentence
        self.first = first
        self.last = last
        self.begin = first
        self.clause = first
        self.subject: tuple[int, int] | None = None
        self.auxiliary: tuple[int, int] | None = None
        self.pieces: list[Piece] = []

    def pieces_of(self, places: list[int]) -> list[Piece]:
        """The pieces of the stretch, which may be cut at `places`."""
        lowers = self.sentence.tokens.lowers
        go_on_at = self.first
        for i in places:
            if i < go_on_at:
                continue
            lower = lowers[i]
            after: int | None = None
            if lower in _CONJUNCTIONS:
                after = self._at_conjunction(i) or self._at_shared_auxiliary(i)
            elif lower in _RELATIVES:
                after = self._at_relative(i)
                if after is not None and after >= self.last - 1:
                    return self.pieces
            elif lower == "that":
                self._take_modal_relative(i)
            elif lower == ";":
                after = self._at_semicolon(i)
            elif self._takes_result(i):
                return sorted(self.pieces, key=lambda piece: piece.first)
            go_on_at = after if after is not None else i + 1
        self._close(self.last)
        return self.pieces or [Piece(self.first, self.last, None, self.first)]

    # -- cutting ------------------------------------------------------------------------------

    def _close(self, end: int) -> None:
        """End the open piece before `end`."""
        end = clause_end(self.sentence, self.begin, end)
        if end - self.begin >= _MIN_PIECE:
            span_first = self.clause if self.subject is not None else self.begin
            self.pieces.append(Piece(self.begin, end, self.subject, span_first, auxiliary=self.auxiliary))

    def _start_clause(self, end: int, begin: int) -> None:
        """A new clause with a subject of its own."""
        self._close(end)
        self.begin = self.clause = begin
        self.subject = self.auxiliary = None

    def _go_on(
        self, end: int, subject: tuple[int, int] | None, auxiliary: tuple[int, int] | None = None
    ) -> None:
        """A new piece that shares the subject of its clause."""
        self._close(end)
        self.begin = end + 1
        self.subject, self.auxiliary = subject, auxiliary

    # -- places to cut: each gives the word to go on at, or None -------------------------------

    def _at_semicolon(self, i: int) -> int | None:
        if i - self.begin < MIN_WORDS or not self.sentence.has_finite(i, self.last):
            return None
        self._start_clause(i, i + 1)
        return i + 1

    def _at_conjunction(self, i: int) -> int | None:
        lower = self.sentence.tokens.lowers[i]
        if i - self.begin < MIN_WORDS or self.last - i < MIN_WORDS:
            return None
        if not self.sentence.has_finite(self.begin, i) or self._in_leading_clause(i):
            return None
        if lower == "but" and self.sentence.tokens.lowers[i - 1] in _BEFORE_EXCEPT:
            return None  # "all but two ministers backed it"
        verb = next_finite(self.sentence, i + 1, self.last)
        if verb is None or (lower == "or" and "either" in self.sentence.tokens.lowers[self.begin : i]):
            return None  # "either he lied or he forgot" is one statement
        tags = self.sentence.tokens.tags
        own_subject = any(tags[k] in _SUBJECT_TAGS for k in range(i + 1, verb))
        if lower not in _COORDINATORS:
            if own_subject and subordinates(self.sentence, self.begin, i, verb):
                self._start_clause(i, i + 1)
                return verb
            return None
        if own_subject:
            if not joins_names(self.sentence, self.begin, i, verb, self.last) and coordinates(
                self.sentence, self.begin, i, verb
            ):
                self._start_clause(i, i + 2 if self.sentence.tokens.lowers[i + 1] == "that" else i + 1)
                return verb
            return None
        if tags[i - 1] == "JJ" and self.sentence.tokens.lowers[verb - 1] in _DEGREES:
            return None  # "was peaceful and well organised"
        if lower != "or" and verb - i <= _MAX_ELIDED_DISTANCE and not self._in_relative(i):
            self._go_on(i, self.subject or subject_range(self.sentence, self.clause, i))
            return verb + 1
        return None

    def _in_leading_clause(self, i: int) -> bool:
        """Whether the stretch began with a subordinate clause and its main verb hasn't come yet."""
        if self.begin != self.first or self.sentence.tokens.lowers[self.first] not in _OPENS_SUBORDINATE:
            return False
        comma = self.sentence.next_word(",", self.begin, i)
        return comma is None or not self.sentence.has_finite(comma, i)

    def _in_relative(self, i: int) -> bool:
        return in_relative(self.sentence, self.begin, i)

    def _after_comma(self, i: int) -> bool:
        return self.sentence.tokens.lowers[i - 1] == ","

    def _takes_result(self, i: int) -> bool:
        """Take "fell 4%, giving it a value of …" as a piece of its own; True when nothing follows it."""
        tokens = self.sentence.tokens
        opens = (tokens.tags[i] == "VBG" and tokens.lowers[i] not in _NO_RESULT) or (
            tokens.lowers[i] in ("down", "up") and tokens.lowers[i + 1] == "from"
        )
        if (
            not opens
            or not self._after_comma(i)
            or self.last - i < MIN_WORDS
            or not self.sentence.has_finite(self.begin, i)
            or self.sentence.has_finite(i, min(self.last, i + 2))
        ):
            return False
        stop = self._clause_mark(i + 2)
        self.pieces.append(Piece(i, stop, None, self.clause, result=True))
        if stop < self.last - 1:
            return False
        self._close(i)
        return True

    def _take_modal_relative(self, i: int) -> None:
        """Take what the modal is about in "a deployment that could turn into an invasion"."""
        tokens = self.sentence.tokens
        if (
            tokens.tags[i - 1] not in COMMON_NOUNS
            or tokens.tags[i + 1] != "MD"
            or self.last - i <= MIN_WORDS
            or not self.sentence.has_finite(self.begin, i)
        ):
            return
        noun = antecedent(self.sentence, self.begin, i)
        if noun is not None:
            self.pieces.append(Piece(i + 1, self._clause_mark(i + 2), noun, noun[0], result=True))

    def _clause_mark(self, begin: int) -> int:
        stop = self.sentence.next_of(_CLAUSE_MARKS, begin, self.last)
        return stop if stop is not None else self.last

    def _at_shared_auxiliary(self, i: int) -> int | None:
        """Cut "had killed … and retaken", "would rise and be sold" before the second verb."""
        tags = self.sentence.tokens.tags
        if (
            self.sentence.tokens.lowers[i] not in ("and", "but")
            or i - self.begin < MIN_WORDS
            or self.last - i <= MIN_WORDS
        ):
            return None
        verb = i + 1
        while verb < self.last and tags[verb] == "RB":
            verb += 1
        tag = tags[verb] if verb < self.last else ""
        if tag not in ("VBN", "VBD", "VB") or self._in_relative(i):
            return None
        helper = shared_auxiliary(self.sentence, self.clause, i, "VB" if tag == "VB" else "VBN")
        subject = subject_range(self.sentence, self.clause, i)
        if helper is None or subject is None:
            return None
        self._go_on(i, subject, helper)
        return verb + 1

    def _at_relative(self, i: int) -> int | None:
        """Take a relative clause after a comma as a piece of its own."""
        if not self._after_comma(i) or i - self.begin < _MIN_PIECE:
            return None
        stop = relative_end(self.sentence, i, self.last)
        noun = antecedent(self.sentence, self.begin, i - 1)
        if noun is None or stop - i < MIN_WORDS or not self.sentence.has_finite(i, stop):
            return None
        if noun[0] > self.begin and self.sentence.tokens.lowers[noun[0] - 1] == "not":
            return None  # "it was the rebels, not the army, who fired"
        if stop >= self.last - 1:
            self._close(i)
        if not disagrees(self.sentence, i, noun):
            self.pieces.append(Piece(i + 1, stop, noun, noun[0], relative=True))
        return stop
