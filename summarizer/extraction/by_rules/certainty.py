"""How sure a clause is, and whether it says that something is not so.

Pure. Certainty follows FactBank (Saurí and Pustejovsky 2009) as the contract scales it; hedges count
only in the main clause of the stretch, cut at if, because, which and their like. Cues are returned
as word ranges, so that they can be quoted verbatim.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frame_conditions import INVERTED, opens_inverted
from summarizer.extraction.by_rules.hedges import COMMON_OPENERS, OPENERS, match_hedge, trim_cue
from summarizer.extraction.by_rules.negation_scope import after_subject_relative, leaves_as_is
from summarizer.extraction.by_rules.signals import signals
from summarizer.extraction.by_rules.stances import Stance, less_certain
from summarizer.extraction.by_rules.vocabulary import word_set, words
from summarizer.records.brief import Certainty, Polarity
from summarizer.text.words import CLITIC_S, COMMON_NOUNS, NOT

_CUTS: Final = word_set("hedges", "scope", "cuts")
#: Only at these words a main clause may end.
_MAY_CUT: Final = signals(_CUTS | INVERTED | {"that", "so", "as", "after", "before"})
_OPEN_NOUNS: Final = word_set("hedges", "scope", "open_nouns")
#: "no evidence that S": of these nouns the clause is what is denied.
NO_OF_PROOF: Final = word_set("hedges", "negation", "no_of_proof")
_NO_OF_CERTAINTY: Final = word_set("hedges", "negation", "no_of_certainty")
_VERIFY: Final = word_set("hedges", "negation", "verify")
_HARMLESS_AFTER_NO: Final = word_set("hedges", "negation", "harmless_after_no")
_NEGATIVE_VERBS: Final = word_set("hedges", "negation", "verbs")
_DECLINED_SPEECH: Final = word_set("hedges", "negation", "declined_speech")
#: Not the main clause: "If approved, the drug could …".
_LEADING_CLAUSE: Final = words("if although though while because since when once unless after before as")
_NEGATORS: Final = NOT | {"never", "cannot"}
#: Hedge and negation in one.
_NEGATIVE_HEDGES: Final = frozenset(("unlikely", "doubtful", "improbable"))
_NEGATIVE_PRONOUNS: Final = words("no none nobody neither nothing")
_AUXILIARIES: Final = words(
    "do does did is are was were has have had will would can could should must may might ca wo"
)
#: Verbs whose "that" clause is taken for granted or shown, with a polarity of its own.
_FACTIVES: Final = words(
    "knew know knows known knowing aware realized realised proved proves proven showed shows shown ensure"
)
_MAX_FACTIVE_TO_THAT: Final = 4
#: "not only", "not just": no denial.
_NO_DENIAL_AFTER_NOT: Final = words("only just merely least")
_NO_DENIAL_AFTER_FULL_NOT: Final = words("far surprisingly unlike least necessarily")
#: "would vote no": a vote is cast.
_VOTES: Final = words("vote votes voted voting")
#: "it is hard not to see" sees it.
_HARD: Final = words("hard difficult impossible tough easy")
_QUESTION_WORDS: Final = words("who what when where why how whether if which")
_JOINS: Final = frozenset(("and", "or", "nor"))
_ABILITY: Final = words("could can cannot ca able unable been be possible")
_BEFORE_OBJECT: Final = CLITIC_S | words("was is are were had has have that , but and by with out up off")
_VERB_FORMS: Final = frozenset(("VBD", "VBZ", "VBN", "VBP", "VB"))
#: A negative pronoun this near a clause's start is its subject: "of the three, none".
_MAX_SUBJECT_POSITION: Final = 3
#: "could not be independently verified": words between the negation and the verb of proof.
_MAX_PROOF_DISTANCE: Final = 6
#: Of a clause without any word that hedges or negates.
_PLAIN: Final = Stance("certain", "affirmed", ())
#: The words that a hedge or a negation begins with, but for common ones, which count only beside a key.
_TELLING: Final = signals(
    _NEGATORS | _NEGATIVE_PRONOUNS | _NEGATIVE_VERBS | _NEGATIVE_HEDGES | {"nor"} | OPENERS
)
_COMMON: Final = signals(COMMON_OPENERS)
_KEYS: Final = signals(key for keys in COMMON_OPENERS.values() for key in keys)


def _telling(sentence: Sentence, start: int) -> list[int]:
    """Where from `start` a hedge or a negation may begin."""
    places = sentence.places(_TELLING)
    if sentence.places(_KEYS):
        lowers = sentence.tokens.lowers
        common = (i for i in sentence.places(_COMMON) if not COMMON_OPENERS[lowers[i]].isdisjoint(lowers))
        places = sorted([*places, *common])
    return [i for i in places if i >= start]


def read_stance(sentence: Sentence, first: int, last: int) -> Stance:
    """Stance of the main clause in words `first:last`.

    What is unknown is never denied: "it is not known whether" leaves both open.
    """
    lowers = sentence.tokens.lowers
    start = first
    opens = lowers[first] in _LEADING_CLAUSE and lowers[first + 1] not in ("many", "much")
    if opens or opens_inverted(sentence, first, last):
        comma = sentence.next_word(",", first, last)
        start = comma + 1 if comma is not None else first
    start = after_subject_relative(sentence, start, last)
    end = _main_clause_end(sentence, start, last)
    telling = _telling(sentence, start)
    if not telling or telling[0] >= end:
        return _PLAIN
    return _StanceReader(sentence, start, end, last).read(telling)


def _main_clause_end(sentence: Sentence, first: int, last: int) -> int:
    """End of the main clause: before the first subordinator that follows a finite verb."""
    verb = sentence.finite_in(first, last)
    if verb is None:
        return last
    begin = max(verb, first + 1)
    for i in sentence.places(_MAY_CUT):
        if begin <= i < last and _cuts_main_clause(sentence, i, first, last):
            return i
    return last


def _cuts_main_clause(sentence: Sentence, i: int, first: int, last: int) -> bool:
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    lower = lowers[i]
    if lower in _CUTS:
        return True
    if lower in INVERTED:
        # "would have sunk | had the crew not reacted"
        return "MD" in tags[first:i] and opens_inverted(sentence, i, last)
    if lower == "that" and tags[i - 1] in COMMON_NOUNS:
        # "a deployment that could …"; "guarantees that NATO will not expand" says what is guaranteed
        return (i + 1 < last and tags[i + 1] == "MD") or (lowers[i - 1] not in _OPEN_NOUNS and i > first + 1)
    if lower == "that" and any(
        word in _FACTIVES for word in lowers[max(first, i - _MAX_FACTIVE_TO_THAT) : i]
    ):
        return True  # "knew in January that the door did not close": what they knew is not denied
    if lower in ("after", "before"):
        return sentence.has_finite(i + 1, last)  # "was suspended after auditors could not account for it"
    if lower == "so":
        return i + 1 < last and lowers[i + 1] == "that"
    return (
        lower == "as"
        and lowers[i - 2 : i - 1] != ["as"]
        and i + 2 < last
        and tags[i + 1] in ("NNP", "PRP", "DT", "NNS")
        and sentence.has_finite(i + 1, min(last, i + 6))
    )


class _StanceReader:
    """Walks once over a main clause `start:end` of a stretch that goes on to `last`."""

    __slots__ = ("certainty", "cues", "end", "last", "negation", "negative", "sentence", "start")

    def __init__(self, sentence: Sentence, start: int, end: int, last: int) -> None:
        self.sentence = sentence
        self.start = start
        self.end = end
        self.last = last
        self.certainty: Certainty = "certain"
        self.negative = False
        self.cues: list[tuple[int, int]] = []
        self.negation: list[tuple[int, int]] = []

    def read(self, telling: list[int]) -> Stance:
        """The stance, from the words at `telling`; those that another one takes in are passed over."""
        after = self.start
        for i in telling:
            if i >= self.end:
                break
            if i >= after:
                after = self._word(i)
        polarity: Polarity = "denied" if self.negative and self.certainty != "unknown" else "affirmed"
        return Stance(self.certainty, polarity, tuple(self.cues), tuple(self.negation))

    def _word(self, i: int) -> int:
        """Take in word `i`; gives the word to go on at."""
        matched = match_hedge(self.sentence, i, self.start, self.end)
        if matched is not None:
            hedge, after = matched
            self.certainty = less_certain(self.certainty, hedge.certainty)
            self.cues.append(trim_cue(self.sentence, i, after))
            return after
        lower = self.sentence.tokens.lowers[i]
        if lower in _NEGATIVE_HEDGES:
            self.certainty = less_certain(self.certainty, "probable")
            self.negative = not self.negative
            self.cues.append((i, i + 1))
        elif self._negates(i):
            return self._negator(i)
        elif self._is_negative_verb(i):
            self._turn((i, i + 2 if self.sentence.tokens.lowers[i + 1] == "to" else i + 1))
        return i + 1

    def _turn(self, span: tuple[int, int]) -> None:
        before = self.negation[-1][1] if self.negation else span[0]
        joined = _JOINS.intersection(self.sentence.tokens.lowers[before : span[0]])
        self.negative = not self.negative or bool(joined)  # "no plan and no money"
        self.negation.append(span)
        self.cues.append(span)

    def _unknown(self, first: int, last: int) -> int:
        """Words `first:last` leave the clause open."""
        self.certainty = "unknown"
        self.cues.append((first, last))
        return last

    def _negates(self, i: int) -> bool:
        lower = self.sentence.tokens.lowers[i]
        if lower in _NEGATORS or (lower == "nor" and i == self.start):
            return True
        return lower in _NEGATIVE_PRONOUNS and (
            i - self.start <= _MAX_SUBJECT_POSITION or self._is_early_object(i)
        )

    def _is_early_object(self, i: int) -> bool:
        """Whether a "no" stands right after the verb: "has no plans", "found no evidence"."""
        return i > self.start and (
            self.sentence.tokens.tags[i - 1] in ("VBZ", "VBD", "VBP", "VBN", "VB", "RB", "EX")
            or self.sentence.tokens.lowers[i - 1] in _BEFORE_OBJECT
        )

    def _negator(self, i: int) -> int:
        lower = self.sentence.tokens.lowers[i]
        span = self._negation_span(i)
        if self._denies_nothing(i) or leaves_as_is(self.sentence, i, self.start, self.end, self.last):
            return i + 1
        if lower == "no":
            noun_at = self._noun_after_no(i)
            noun = self.sentence.tokens.lowers[noun_at] if noun_at < self.end else ""
            if noun in _NO_OF_CERTAINTY:
                return self._unknown(i, noun_at + 1)
            if noun in NO_OF_PROOF:
                self.end = self.last  # the denied proposition follows
        else:
            proof = self._unproved(i)
            if proof is not None:
                return self._unknown(span[0], proof + 1)
        self._turn(span)
        return max(i + 1, span[1])

    def _denies_nothing(self, i: int) -> bool:
        """Whether it is "not only", "hard not to", "no doubt"."""
        lowers = self.sentence.tokens.lowers
        following = lowers[i + 1] if i + 1 < self.end else ""
        if lowers[i] == "no":
            # "left with no money": what one has not, is no denial of the act
            return following in _HARMLESS_AFTER_NO or lowers[i - 1] in _VOTES or lowers[i - 1] == "with"
        if lowers[i] == "not" and lowers[i - 1] == "," and not self.sentence.has_finite(i, self.end):
            return True  # "decent, not spectacular"
        if lowers[i] == "not":
            hard = following == "to" and any(w in _HARD for w in lowers[max(self.start, i - 3) : i])
            if hard or following in _NO_DENIAL_AFTER_FULL_NOT:
                return True
        if following == "care" and lowers[i + 2 : i + 3] == ["less"]:
            return True
        return lowers[i] in NOT and following in _NO_DENIAL_AFTER_NOT

    def _noun_after_no(self, i: int) -> int:
        tags, lowers = self.sentence.tokens.tags, self.sentence.tokens.lowers
        k = i + 1
        while k < self.end and tags[k] in ("JJ", "VBG", "VBN", "RB") and lowers[k] not in NO_OF_PROOF:
            k += 1
        return k

    def _unproved(self, i: int) -> int | None:
        """The verb of "could not be independently verified", "neither could confirm"."""
        lowers = self.sentence.tokens.lowers
        pronoun = lowers[i] in ("neither", "none")
        stop = self.end if pronoun else min(self.end, i + _MAX_PROOF_DISTANCE)
        proof = self.sentence.next_of(_VERIFY, i + 1, stop)
        if proof is None:
            return None
        if proof + 1 < len(lowers) and lowers[proof + 1] in _QUESTION_WORDS:
            return proof  # "have not established who fired"
        able = any(lowers[k] in _ABILITY for k in range(max(self.start, i - 3), min(self.end, i + 4)))
        return proof if pronoun or able else None

    def _negation_span(self, i: int) -> tuple[int, int]:
        """The negator with the auxiliary that it is written together with: "weren't"; "no longer" whole."""
        lowers = self.sentence.tokens.lowers
        if lowers[i] in ("n't", "n’t") and i > 0 and lowers[i - 1] in _AUXILIARIES:
            return (i - 1, i + 1)
        if lowers[i] == "no" and lowers[i + 1 : i + 2] == ["longer"]:
            return (i, i + 2)
        return (i, i + 1)

    def _is_negative_verb(self, i: int) -> bool:
        """As in "failed to agree", "lacks"; what is declined in "declined to comment" is no fact."""
        tokens = self.sentence.tokens
        lower = tokens.lowers[i]
        if lower not in _NEGATIVE_VERBS or tokens.tags[i] not in _VERB_FORMS or i + 1 >= self.end:
            return False
        if tokens.lowers[i + 1] not in ("to", "any") and not lower.startswith("lack"):
            return False
        verb = tokens.lowers[i + 2] if i + 2 < len(tokens) else ""
        return not (lower.startswith("declin") and verb in _DECLINED_SPEECH)
