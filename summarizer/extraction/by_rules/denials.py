"""What is denied: the claim behind "denied the charge", "rejected suggestions that X", "denies planning it".

A denial is told as the claim that it denies: a that-clause as it stands; for "the charge", what somebody
else claimed before; for "any involvement", that there was involvement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from summarizer.extraction.by_rules.accusations import NameOf, capitalised
from summarizer.extraction.by_rules.claim_records import FoundClaim, Voice
from summarizer.extraction.by_rules.clauses import Piece
from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.extraction.by_rules.entities import EntityTable
from summarizer.extraction.by_rules.frames import Frame
from summarizer.extraction.by_rules.noun_phrases import head_noun
from summarizer.extraction.by_rules.pointing import POINTING, POINTING_PRONOUNS, Pointing
from summarizer.extraction.by_rules.verbs import base_of_participle, past_of
from summarizer.extraction.by_rules.vocabulary import word_set, words

#: "rejected both without a vote" turns two things down, of which nothing more is told.
_ALSO_TURNS_DOWN: Final = frozenset(("reject", "refute", "rebut"))
_QUANTITIES: Final = words("both all each one two three some several most many half them him her")
_OFFERS: Final = word_set("claims", "pointing", "offers")
_ACCOUNTS: Final = word_set("claims", "pointing", "accounts")
_THEIRS: Final = words("its his her their")
_DEMONSTRATIVES: Final = words("such those these this that")
_DETERMINERS: Final = words("any all the a an such")
_POSSESSIVES: Final = words("those these that this its their his her")
_ENDS_NOUN: Final = words("as in during on at since")
_AFTER_GERUND: Final = words("DT PRP PRP$ NN NNS NNP CD JJ IN")
_DEED_NOUNS: Final = words(
    "planning building funding housing banking wrongdoing parking training meeting spending hearing feeling "
    "warning opening beginning ending being king thing nothing anything something everything morning evening"
)
_MARKS: Final = frozenset((",", ";", "–", "—", ":"))
_QUOTES: Final = "“”\"'‘’"
_OPENING_QUOTES: Final = frozenset("“\"‘'")
#: "that" and the "of" of an accusation are looked for within so many words.
_MAX_OBJECT_WORDS: Final = 12
#: A longer object than this says itself what is denied.
_MAX_POINTING_WORDS: Final = 9
_MAX_DEMONSTRATIVE_WORDS: Final = 4


_SUBJECT_PRONOUNS: Final = words("he she it they")
#: What is still under way when it is denied: "denied planning an attack".
_INTENTIONS: Final = words(
    "planning preparing seeking trying considering intending holding having looking plotting"
)


@dataclass(frozen=True, slots=True)
class Denied:
    """The object of a denial, which ends at `stop`; `positions` and `text` replace the piece's own words."""

    piece: Piece
    stop: int
    positions: Sequence[int] | None = None
    text: str | None = None


def _noun_end(sentence: Sentence, first: int, stop: int) -> int:
    """End of the object itself: "the claim | as total disinformation"."""
    return sentence.next_of(_ENDS_NOUN, first + 1, stop) or stop


def is_deniable(sentence: Sentence, frame: Frame) -> bool:
    """Whether the object of "dismissed" is something said: "the claim", but not "two ministers"."""
    first, last = frame.content
    lowers, tags = sentence.tokens.lowers, sentence.tokens.tags
    stop = _object_end(sentence, first, last)
    if frame.verb_class.base in _ALSO_TURNS_DOWN and lowers[first] not in _QUANTITIES:
        return True
    if any(lowers[k] in ("that", "as", "it") for k in range(first, last)) or tags[first] == "VBG":
        return True
    return any(lowers[k] in POINTING | _OFFERS | _ACCOUNTS for k in range(first, stop))


class Denials:
    """Reads the denials of one document; `claims` are those found so far."""

    def __init__(
        self, document: Document, table: EntityTable, claims: Sequence[FoundClaim], name_of: NameOf
    ) -> None:
        """`name_of` gives the name that a pronoun at a word of a sentence stands for, "" if nobody's."""
        self.document = document
        self.table = table
        self.pointing = Pointing(document, table, claims)
        self.name_of = name_of

    def denied(self, sentence: Sentence, frame: Frame, voice: Voice) -> Denied:
        """What is denied in a frame of denial or doubt that is spoken by `voice`."""
        first, last = frame.content
        stop = _object_end(sentence, first, last)
        that = _that_of_object(sentence, first, last)
        if that is not None:
            last = _verdict(sentence, that, last)
            stop = min(stop, last)
        if that is not None and that > stop:
            stop = _next_mark(sentence, that, last)
        if that is not None and stop - that > 2:
            for end in (stop, last):
                if sentence.has_finite(that, end):
                    return Denied(Piece(that + 1, end, None, that + 1), stop)
        piece = Piece(first, stop, None, first)
        positions: Sequence[int] = range(first, stop)
        if sentence.has_finite(first, stop):
            return Denied(piece, stop, positions)
        text: str | None = None
        if _points_back(sentence.tokens.lowers[first:stop]):
            noun = sentence.tokens.lowers[head_noun(sentence, first, _noun_end(sentence, first, stop))]
            text = self.pointing.claimed_before(sentence, voice, noun)
        if text is None:
            if _is_gerund(sentence, first, stop) and frame.subject is not None:
                text = self._of_gerund(sentence, frame, first, stop)
                positions = [*range(*frame.subject), *positions]
            elif voice.speakers and not _is_gerund(sentence, first, stop):
                rules_out = frame.verb_class.particle == "out"
                text = self._of_noun(sentence, first, stop, voice, rules_out=rules_out)
        return Denied(piece, stop, positions, text)

    def _of_noun(
        self, sentence: Sentence, first: int, stop: int, voice: Voice, *, rules_out: bool
    ) -> str | None:
        """The claim in "denied any involvement" (there was some), "rejected the offer" (it is acceptable)."""
        lowers = sentence.tokens.lowers
        head = head_noun(sentence, first, _noun_end(sentence, first, stop))
        while first < stop and lowers[first] in _DETERMINERS:
            first += 1
        end = sentence.next_of(_ENDS_NOUN, first + 2, stop) or stop
        if first >= end:
            return None
        noun = self.document.words(sentence, first, end).strip(_QUOTES)
        if not noun:
            return None
        verb = "are" if sentence.tokens.tags[head] == "NNS" else "is"
        if lowers[head] in _OFFERS:
            subject = (
                f"The {noun}" if verb == "is" and lowers[first - 1] in _DETERMINERS else capitalised(noun)
            )
            return f"{subject} {verb} acceptable."
        if lowers[head] in POINTING_PRONOUNS:
            return None
        if lowers[head] == "responsibility":
            who = self.table.entities[voice.speakers[0]]
            name = who.name if who.name[:1].isupper() else f"The {who.name}"
            rest = self.document.words(sentence, head, stop)[len("responsibility") :]
            return f"{name} {'are' if who.kind == 'group' else 'is'} responsible{rest.rstrip(' .')}."
        if lowers[head] in _ACCOUNTS:
            own = noun if lowers[first] not in _DEMONSTRATIVES else noun.split(" ", 1)[-1]
            return f"{capitalised(own) if lowers[first] in _THEIRS else f'The {own}'} {verb} right."
        if lowers[head] in POINTING:
            subject = capitalised(noun) if lowers[first] in _POSSESSIVES else f"The {noun}"
            return f"{subject} {verb} true."
        if rules_out:
            article = f"{lowers[first - 1]} " if lowers[first - 1] in ("a", "an") else ""
            return f"There will be {article}{noun}."
        entity = self.table.entities[voice.speakers[0]]
        there = "There were" if sentence.tokens.tags[head] in ("NNS", "NNPS") else "There was"
        return None if entity.unnamed else f"{there} {noun} by {entity.name}."

    def _of_gerund(self, sentence: Sentence, frame: Frame, first: int, stop: int) -> str | None:
        """The claim in "denied paying a ransom" (the firm paid it), "denies planning it" (it plans it)."""
        tokens = sentence.tokens
        if frame.subject is None or stop - first < 2:
            return None
        who = self.document.words(sentence, *frame.subject).strip(_QUOTES)
        if tokens.lowers[frame.subject[0]] in _SUBJECT_PRONOUNS:
            who = self.name_of(tokens.lowers[frame.subject[0]], sentence, frame.subject[0])
        plural = tokens.tags[frame.subject[1] - 1] in ("NNS", "NNPS")
        gerund, rest = tokens.lowers[first], self.document.words(sentence, first + 1, stop).rstrip(" ,.;")
        base = base_of_participle(gerund)
        past = past_of(base) if base is not None and gerund not in _INTENTIONS else None
        if gerund == "having":
            verb = "have" if plural else "has"
        elif gerund == "being":
            verb = "were" if plural else "was"
        else:
            present = f"{'are' if plural else 'is'} {gerund}"
            verb = past if past is not None and tokens.tags[frame.verb] in ("VBD", "VBN") else present
        return f"{capitalised(who)} {verb} {rest}." if who and rest else None


def _is_gerund(sentence: Sentence, first: int, stop: int) -> bool:
    """Whether an object tells a deed: "denied arming the rebels", tagged as a noun or not."""
    tokens = sentence.tokens
    if tokens.tags[first] == "VBG":
        return True
    word = tokens.lowers[first]
    if not word.endswith("ing") or word in _DEED_NOUNS or first + 1 >= stop or tokens.tags[first] != "NN":
        return False
    return tokens.tags[first + 1] in _AFTER_GERUND and base_of_participle(word) is not None


def _verdict(sentence: Sentence, first: int, last: int) -> int:
    """Where a denied clause ends before what it is called: "reports that S | as “nonsense”"."""
    lowers = sentence.tokens.lowers
    called = (
        k
        for k in range(first + 2, last - 1)
        if lowers[k] == "as" and (sentence.tokens.words[k + 1] in _OPENING_QUOTES or k + 2 == last)
    )
    return next(called, last)


def _object_end(sentence: Sentence, first: int, last: int) -> int:
    lowers = sentence.tokens.lowers
    for k in range(first, last):
        if lowers[k] in _MARKS:
            return k
        if lowers[k] in ("and", "but") and k > first + 1 and sentence.has_finite(k, last):
            return k
    return last


def _that_of_object(sentence: Sentence, first: int, last: int) -> int | None:
    """The complementizer in "rejected suggestions that"."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    for k in range(first, min(last, first + _MAX_OBJECT_WORDS)):
        if (
            lowers[k] == "that"
            and (k == first or tags[k - 1] in ("NN", "NNS", ","))
            and not sentence.has_finite(first, k)
        ):
            return k
    return None


def _next_mark(sentence: Sentence, first: int, last: int) -> int:
    found = sentence.next_of(_MARKS, first, last)
    return found if found is not None else last


def _points_back(denied: list[str]) -> bool:
    """Whether the object only points to what was said before: "the charge", "that"."""
    if denied[:1] in (["any"], ["no"]):
        denied = denied[1:]  # "any such plan"
    if len(denied) <= _MAX_DEMONSTRATIVE_WORDS and denied[:1] and denied[0] in _DEMONSTRATIVES:
        return True
    return len(denied) <= _MAX_POINTING_WORDS and any(
        w in POINTING and (w not in POINTING_PRONOUNS or len(denied) <= 2) for w in denied
    )
