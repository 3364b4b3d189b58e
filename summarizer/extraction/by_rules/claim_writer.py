"""One proposition becomes a claim: its stance, the span that proves it, its canonical text.

What a piece of a sentence says is decided before (`clauses`, `voices`); here its certainty is joined with
that of the frames around it, and pieces that say nothing checkable are dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from summarizer.extraction.by_rules.certainty import NO_OF_PROOF, read_stance
from summarizer.extraction.by_rules.claim_names import PronounNames
from summarizer.extraction.by_rules.claim_questions import (
    answered_question,
    is_bare_answer,
    is_question,
    left_open,
)
from summarizer.extraction.by_rules.claim_records import FoundClaim, Voice
from summarizer.extraction.by_rules.claim_subjects import (
    after_nor,
    elided_subject,
    of_owner,
    of_participle,
    verb_group_end,
)
from summarizer.extraction.by_rules.claim_text import write_claim
from summarizer.extraction.by_rules.clauses import Piece
from summarizer.extraction.by_rules.coreference import Coreference
from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.extraction.by_rules.frames import Range
from summarizer.extraction.by_rules.stances import Stance, less_certain, turned
from summarizer.extraction.by_rules.vocabulary import words
from summarizer.records.brief import Certainty, Polarity
from summarizer.text.words import FINITE

#: Claims with less text than this say nothing that could be checked.
MIN_CLAIM_WORDS: Final = 3
#: The object of a denial or demand may be shorter: "talks failed".
_MIN_BARE_WORDS: Final = 2
#: Without a verb, fewer words than this are a fragment; a speaker's may be shorter than the article's.
_MIN_SPOKEN_FRAGMENT: Final = 5
_MIN_FRAGMENT: Final = 6
#: "it is unclear whether": the complementizer stands at most so far behind the cue.
_MAX_CUE_TO_CLAUSE: Final = 3
_NEGATIVES: Final = words(
    "unlikely doubtful improbable failing refusing declining lacking failed refused declined"
)
_DENIED_WITH_THAT: Final = NO_OF_PROOF | {"true", "correct", "case"}
#: ", up from 4%".
_CHANGES: Final = frozenset(("down", "up"))
#: "could not exclude a strike": without "not" it would say the opposite.
_EXCLUDES: Final = words("exclude excluded discount out")
_OPENING_QUOTES: Final = "“\"'‘"
_CLOSING_QUOTES: Final = "”\"'’"
_TRAILING_MARKS: Final = ",;:–—"


class ClaimWriter:
    """Collects the claims of one document in `claims`, in the order in which they are read."""

    def __init__(self, document: Document, coreference: Coreference) -> None:
        self.document = document
        self.coreference = coreference
        self.names = PronounNames(coreference)
        self.claims: list[FoundClaim] = []

    def write(
        self,
        sentence: Sentence,
        piece: Piece,
        voice: Voice,
        positions: Sequence[int] | None = None,
        bare: bool = False,
        text: str | None = None,
    ) -> None:
        """Add the claim that a piece makes in a voice, if it makes one.

        `text` or the words at `positions` replace the piece's own. With `bare`, the piece need not have a
        verb: it is the object of a denial, an accusation, a demand.
        """
        if not bare and not voice.speakers and _is_condition_only(sentence, piece):
            return
        if not bare and not self._is_proposition(sentence, piece, voice):
            return
        asked = is_question(sentence, piece, voice)
        if asked:
            piece = piece._replace(first=piece.first + 1)
        question = answered_question(sentence, piece.first, piece.last) if positions is None else None
        if question is not None:
            positions = range(*question)
        elif text is None and positions is None and is_bare_answer(sentence, piece):
            return
        stance = self._stance(sentence, piece)
        if asked:
            stance = left_open(piece, voice, stance)
        if (bare and voice.kind in ("deny", "doubt")) or (
            # "urged them not to leave" demands; it denies nothing
            voice.kind == "direct" and voice.polarity == "affirmed"
        ):
            stance = stance.without_negation()
        if text is None and positions is None and not bare and self._is_named_thing(sentence, piece, voice):
            positions = range(voice.attribution[0] if voice.attribution else piece.first, piece.last)
        content = text or self._text(sentence, piece, voice, stance, positions)
        if len(content.split()) < (_MIN_BARE_WORDS if bare else MIN_CLAIM_WORDS):
            return
        if text is None and stance.polarity == "denied" and _still_negative(sentence, stance, content):
            stance = Stance(stance.certainty, "affirmed", stance.cues)
        start, end = self._span(sentence, piece, voice)
        if question is not None:
            start = sentence.start
        certainty, polarity = _joined(voice, stance)
        self.claims.append(
            FoundClaim(
                sentence=sentence.index,
                start=start,
                end=end,
                text=content,
                voice=voice,
                certainty=certainty,
                polarity=polarity,
                cues=self._cues(sentence, {*voice.cues, *stance.cues}, start, end)
                if voice.cues or stance.cues
                else (),
                content_start=sentence.tokens.starts[piece.first],
                content_end=sentence.tokens.ends[piece.last - 1],
                role=sentence.role,
                commissive=voice.kind == "commit",
            )
        )

    def _is_named_thing(self, sentence: Sentence, piece: Piece, voice: Voice) -> bool:
        """Whether a piece is the object of its attribution: "has admitted “serious failings”"."""
        before = voice.attribution is not None and voice.attribution[1] <= piece.first
        noun = not piece.result and piece.subject is None and not sentence.has_finite(piece.first, piece.last)
        return (
            before and noun and sentence.tokens.tags[piece.first] in ("JJ", "NN", "NNS", "DT", "PRP$", "CD")
        )

    def _is_proposition(self, sentence: Sentence, piece: Piece, voice: Voice) -> bool:
        """Whether a piece has a verb, or is long enough to be an elliptic sentence."""
        if piece.result or sentence.has_finite(piece.first, piece.last):
            return True
        length = piece.last - piece.first
        if voice.speakers:
            quoted = any(sentence.quoted[piece.first : piece.last])
            return piece.subject is not None or length >= _MIN_SPOKEN_FRAGMENT or quoted
        return (
            sentence.role == "body"
            and not piece.relative
            and length >= _MIN_FRAGMENT
            and any(t in ("VBG", "VBN", "VBD") for t in sentence.tokens.tags[piece.first : piece.last])
        )

    def _stance(self, sentence: Sentence, piece: Piece) -> Stance:
        """Stance of a piece together with the auxiliary that it shares with the clause before."""
        if piece.result and sentence.tokens.lowers[piece.first] in _CHANGES:
            return read_stance(sentence, piece.span_first, piece.last)  # no surer than "may reach $9m"
        stance = read_stance(sentence, piece.first, piece.last)
        if piece.result and piece.subject is None and sentence.tokens.tags[piece.first] == "VBG":
            # "may cut the road, leaving the town without food": the result is no surer than the act
            act = read_stance(sentence, piece.span_first, verb_group_end(sentence, piece)).without_negation()
            certainty = less_certain(stance.certainty, act.certainty)
            return Stance(certainty, stance.polarity, act.cues + stance.cues, stance.negation)
        if piece.auxiliary is None:
            return stance
        before = read_stance(sentence, *piece.auxiliary)
        return Stance(
            less_certain(stance.certainty, before.certainty),
            "affirmed" if stance.polarity == before.polarity else "denied",
            before.cues + stance.cues,
            before.negation + stance.negation,
        )

    # -- the span and what is quoted of it ----------------------------------------------------

    def _span(self, sentence: Sentence, piece: Piece, voice: Voice) -> Range:
        """Characters that prove the claim: the piece with its subject and its attribution."""
        first, last = piece.span_first, piece.last
        if voice.attribution is not None:
            first, last = voice.attribution_with((first, last))
        text = self.document.text
        start, end = sentence.tokens.starts[first], sentence.tokens.ends[last - 1]
        while text[end - 1] in _TRAILING_MARKS and end > start:
            end -= 1
        if text[start] in _OPENING_QUOTES and end < sentence.end and text[end] in _CLOSING_QUOTES:
            end += 1
        return start, end

    def _cues(self, sentence: Sentence, ranges: set[Range], start: int, end: int) -> tuple[str, ...]:
        """The cues inside the span, as the article writes them."""
        starts, ends = sentence.tokens.starts, sentence.tokens.ends
        return tuple(
            dict.fromkeys(
                self.document.words(sentence, a, b)
                for a, b in sorted(ranges)
                if start <= starts[a] and ends[b - 1] <= end
            )
        )

    # -- the text -----------------------------------------------------------------------------

    def _text(
        self, sentence: Sentence, piece: Piece, voice: Voice, stance: Stance, positions: Sequence[int] | None
    ) -> str:
        if positions is None and piece.result and sentence.tokens.lowers[piece.first] in _CHANGES:
            positions = range(piece.span_first, piece.last)  # "down from 4%" says nothing by itself
        if positions is None:
            positions = (stance.negation and after_nor(sentence, piece)) or _embedded(sentence, piece, stance)
        if piece.subject is not None:
            lead = [*range(*piece.subject), *(range(*piece.auxiliary) if piece.auxiliary else ())]
            positions = [*(k for k in lead if k not in positions), *positions]
        lowers = sentence.tokens.lowers
        content = write_claim(
            self.document.text,
            sentence,
            positions,
            (*voice.cues, *(cue for cue in stance.cues if lowers[cue[1] - 1] not in _EXCLUDES)),
            stance.negation,
            lambda pronoun, position: self.names.name_for(pronoun, position, sentence, piece, voice),
        )
        if content and piece.subject is None and sentence.tokens.lowers[positions[0]] == "whose":
            return of_owner(self.coreference.table, sentence, positions[0], content)
        if content and piece.result and piece.subject is None and sentence.tokens.tags[positions[0]] == "VBG":
            return of_participle(self.coreference.table, sentence, piece, content)
        elided = sentence.tokens.tags[positions[0]] in FINITE or _goes_on(sentence, positions[0])
        if content and piece.subject is None and elided:
            if "what" in sentence.tokens.lowers[: piece.first]:
                # "massed troops in what observers believe may be preparation": what was told before is meant
                return f"This {content[0].lower()}{content[1:]}"
            said_that = sentence.tokens.lowers[positions[0] - 1] == "that" and positions[0] == piece.first
            if said_that and voice.attribution is not None and voice.attribution[1] == piece.first:
                return f"That {content[0].lower()}{content[1:]}"  # "a diplomat said that was unlikely"
            opens = voice.attribution[0] if voice.attribution is not None else piece.first
            lead_text = elided_subject(self.coreference.table, sentence, piece.first, opens)
            if lead_text:
                return f"{lead_text[0].upper()}{lead_text[1:]} {content[0].lower()}{content[1:]}"
        return content


def _goes_on(sentence: Sentence, verb: int) -> bool:
    """Whether a past that looks like a participle goes on with the subject before: "and blamed"."""
    return sentence.tokens.tags[verb] == "VBN" and sentence.tokens.lowers[verb - 1] in ("and", "but")


def _is_condition_only(sentence: Sentence, piece: Piece) -> bool:
    """Whether a piece that opens with "if" ends before what would follow."""
    if sentence.tokens.lowers[piece.first] != "if" or sentence.next_word(",", piece.first, piece.last):
        return False
    verb = sentence.finite_in(piece.first, piece.last)
    return verb is not None and not sentence.has_finite(verb + 1, piece.last)


def _still_negative(sentence: Sentence, stance: Stance, content: str) -> bool:
    """Whether a claim's text keeps what turned it round: "considers it unlikely" would deny itself."""
    said = {word.strip(".,") for word in content.lower().split()}
    turning = {word for a, b in stance.cues for word in sentence.tokens.lowers[a:b]}
    return not _NEGATIVES.isdisjoint(said & turning)


def _joined(voice: Voice, stance: Stance) -> tuple[Certainty, Polarity]:
    """Certainty and polarity of a claim, from the frames around it and from its own words."""
    certainty = less_certain(voice.certainty, stance.certainty)
    if voice.kind == "hope":
        certainty = "unknown"
    polarity = turned(voice.polarity) if stance.polarity == "denied" else voice.polarity
    if stance.certainty == "unknown":
        polarity = "affirmed"  # what is left open isn't denied
    return certainty, polarity


def _embedded(sentence: Sentence, piece: Piece, stance: Stance) -> range:
    """Words of the proposition itself: what follows "it is unclear whether", "it is likely that"."""
    lowers = sentence.tokens.lowers
    for cue in stance.cues:
        end = cue[1]
        for k in range(end - 1, min(end + _MAX_CUE_TO_CLAUSE, piece.last)):
            if cue in stance.negation and lowers[k - 1] not in _DENIED_WITH_THAT:
                continue  # "was never told that S" denies that it was told
            openers = ("whether", "if", "that") if stance.certainty == "unknown" else ("whether", "that")
            if (
                lowers[k] in openers
                and piece.first < k
                and piece.last - k > 2
                and sentence.has_finite(k, piece.last)
            ):
                return range(k + 1, piece.last)
    return range(piece.first, piece.last)
