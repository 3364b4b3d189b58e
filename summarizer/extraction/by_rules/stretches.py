"""Take a stretch of a sentence apart from the outside in: frames first, then the clauses inside them.

Recursive: what a frame contains is a stretch again, spoken by the voice of the frame; what stands beside it
is spoken by the voice around it. Ends in `ClaimWriter` for what can be true or false as a whole.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.accusations import Accusations
from summarizer.extraction.by_rules.claim_questions import is_asked, left_open_subject, opens_question
from summarizer.extraction.by_rules.claim_records import Stretch, Voice
from summarizer.extraction.by_rules.claim_writer import MIN_CLAIM_WORDS, ClaimWriter
from summarizer.extraction.by_rules.clauses import Piece, split_clauses
from summarizer.extraction.by_rules.demands import demanded
from summarizer.extraction.by_rules.denials import Denials
from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frame_conditions import opens_condition
from summarizer.extraction.by_rules.frame_finder import outermost_frame
from summarizer.extraction.by_rules.frame_lapses import without_lapse
from summarizer.extraction.by_rules.frames import Frame
from summarizer.extraction.by_rules.rebuttals import rebuttal, verdict_frame
from summarizer.extraction.by_rules.stretch_edges import CLOSES_WORDS, begins_with_verb, trimmed_stretch
from summarizer.extraction.by_rules.verbs import attribution_verbs
from summarizer.extraction.by_rules.vocabulary import words
from summarizer.extraction.by_rules.voices import VoiceReader

#: Speech inside speech inside speech goes no deeper in news; garbled text would.
MAX_DEPTH: Final = 5
#: What follows a denial is read as if it stood this deep: there is no telling how it is nested.
_AFTER_DENIAL_DEPTH: Final = 3
_CONCESSIVES: Final = frozenset(("though", "although", "while", "whereas"))
_ENDS_LEFT_OVER: Final = words(
    "by and but while as although though because after when that so what in which who where"
)
#: Words before a frame that begin so are its adjunct, no clause of their own.
_OPENS_ADJUNCT: Final = words("if when asked speaking citing while as after")
#: Prepositions that open clauses; after others, what follows a frame is more of its content.
_OPENS_CLAUSE: Final = words("as while although though because after before since if")
_OPENS_CONTINUATION: Final = words("and but as while although though which who")
_MIN_LEFT_OVER: Final = 4
_MIN_PARTICIPLE_CLAUSE: Final = 4
#: "…, but on Monday denied": a second verb of the same subject stands at most so far on.
_MAX_ELIDED_LEAD: Final = 3


class StretchReader:
    """Reads the stretches of one document."""

    def __init__(
        self, voices: VoiceReader, denials: Denials, accusations: Accusations, writer: ClaimWriter
    ) -> None:
        self.voices = voices
        self.denials = denials
        self.accusations = accusations
        self.writer = writer

    def read(self, stretch: Stretch, voice: Voice) -> None:
        """Take a stretch apart that is spoken by `voice`."""
        sentence = stretch.sentence
        first, last = trimmed_stretch(stretch)
        denied = voice.kind in ("deny", "doubt")
        if last - first < (1 if denied else MIN_CLAIM_WORDS):
            if last > first and voice.speakers:
                self._rebutted(sentence, Piece(first, last, None, first), voice)  # "this | was untrue"
            return
        if opens_question(sentence, first, last):
            return
        asked = left_open_subject(sentence, first, last)
        if asked is not None:
            self.writer.write(sentence, Piece(first, last, None, first), voice, range(*asked))
            return
        quoted = stretch.inside_quote or (bool(voice.speakers) and sentence.is_quoted(first, last))
        inner = Stretch(sentence, first, last, quoted, stretch.depth)
        frame = self._frame(inner)
        if self._verdict(inner, frame, voice):
            return
        framed = self.voices.voice(sentence, frame, voice) if frame is not None else None
        if frame is not None and framed is not None:
            self._framed(inner, frame, voice, framed)
            return
        for piece in split_clauses(sentence, first, last):
            if is_asked(sentence, piece.first, piece.last):
                continue
            if voice.speakers and self._rebutted(sentence, piece, voice):
                continue
            aside = piece.relative and voice.speakers and not sentence.quoted[piece.first]
            self.writer.write(sentence, piece, Voice() if aside else voice)

    def _rebutted(self, sentence: Sentence, piece: Piece, voice: Voice) -> bool:
        """Read "this was untrue" as a denial of what was said before."""
        found = rebuttal(sentence, piece.first, piece.last)
        if found is None:
            return False
        text = self.denials.pointing.pointed_at(sentence, voice, found.pointer)
        if text is not None:
            begin = min(piece.first, found.pointer[0])
            piece = piece._replace(first=begin, span_first=min(begin, piece.span_first))
            denier = voice._replace(kind="deny", polarity="denied", cues=(*voice.cues, found.cue))
            self.writer.write(sentence, piece, denier, bare=True, text=text)
        # "that is a lie" says nothing by itself, "the report is false" does
        return text is not None or found.pointer[1] - found.pointer[0] == 1

    def _verdict(self, stretch: Stretch, frame: Frame | None, voice: Voice) -> bool:
        """Read "called that a lie", unless a frame stands around it."""
        sentence = stretch.sentence
        found = verdict_frame(sentence, stretch.first, stretch.last, stretch.inside_quote)
        if found is None or stretch.depth >= MAX_DEPTH:
            return False
        verb = found.frame.verb
        if frame is not None and frame.verb != verb and (frame.postposed or frame.verb < verb):
            return False
        framed = self.voices.voice(sentence, found.frame, voice)
        if framed is None:
            return False
        if found.names:
            framed = framed._replace(cues=(found.cue,), attribution=framed.attribution_with(found.cue))
        self._framed(stretch, found.frame, voice, framed)
        return True

    def _frame(self, stretch: Stretch) -> Frame | None:
        if stretch.depth >= MAX_DEPTH:
            return None
        return outermost_frame(stretch.sentence, stretch.first, stretch.last, stretch.inside_quote)

    def _framed(self, stretch: Stretch, frame: Frame, outer: Voice, inner: Voice) -> None:
        """Read a stretch around one frame: what stands before it, its content, what follows."""
        for a, b in frame.rest:
            if b <= frame.verb and not frame.postposed and stretch.sentence.has_finite(a, b):
                self._left_over(stretch.part(a, b), outer)
        first, last = frame.content
        if inner.kind == "untold" and not outer.speakers and self._frame(stretch.part(first, last)) is None:
            # nobody's document: its words stay beside what it says
            begin = min(first, frame.attribution[0])
            piece = Piece(begin, max(last, frame.attribution[1]), None, begin)
            self.writer.write(stretch.sentence, piece, outer)
            self._rest(stretch, frame, outer, inner)
            return
        if (
            frame.postposed
            and frame.subject is not None
            and frame.attribution[0] < frame.subject[0] < frame.verb
        ):
            self._told_and_denied(stretch.part(first, last), outer, inner)
            return
        if frame.parenthetical:
            a, b = frame.attribution
            tail = self._concession(stretch.sentence, b, last)
            if tail is not None:
                self.read(stretch.part(tail + 1, last), outer)
                last = tail - 1
            # “Had it been inspected, it would stand” keeps its comma
            before = a if opens_condition(stretch.sentence, first, a) else a - 1
            positions = [k for k in range(first, last) if not before <= k <= b]
            bare = inner.with_attribution(None)
            self.writer.write(stretch.sentence, Piece(first, last, None, first), bare, positions, bare=True)
            return
        told_of_itself = bool(outer.speakers) and outer.speakers == inner.speakers  # "said she had asked"
        demand = None if told_of_itself else demanded(self.writer.document, stretch.sentence, frame)
        if demand is not None:
            piece = Piece(first, last, None, first)
            self.writer.write(stretch.sentence, piece, inner.as_demand(), bare=True, text=demand)
        elif frame.noun_object:
            self._noun_claim(stretch, frame, inner)
        else:
            self.read(stretch.part(first, last), inner)
        self._rest(stretch, frame, outer, inner)

    def _rest(self, stretch: Stretch, frame: Frame, outer: Voice, inner: Voice) -> None:
        """Read what follows a frame."""
        for a, b in frame.rest:
            if a >= frame.verb:
                self._after_frame(stretch, frame, a, b, outer, inner)

    def _told_and_denied(self, told: Stretch, outer: Voice, denier: Voice) -> None:
        """Read "S, a claim X rejected": S is told by whoever tells it, and denied by X."""
        before = len(self.writer.claims)
        self.read(told, outer)
        if len(self.writer.claims) > before:
            piece = Piece(told.first, told.last, None, told.first)
            text = self.writer.claims[-1].text
            self.writer.write(told.sentence, piece, denier, bare=True, text=text)

    def _concession(self, sentence: Sentence, first: int, last: int) -> int | None:
        """Where ", though S" begins in words `first:last`, or None."""
        k = sentence.next_of(_CONCESSIVES, first + 1, last)
        if k is None or sentence.tokens.lowers[k - 1] != "," or not sentence.has_finite(k, last):
            return None
        return k

    def _left_over(self, stretch: Stretch, outer: Voice) -> None:
        """Words before the subject of a frame: a clause of the outer voice, if it is one."""
        lowers = stretch.sentence.tokens.lowers
        end = stretch.last
        while end > stretch.first and (
            not (lowers[end - 1][0].isalnum() or lowers[end - 1] in CLOSES_WORDS)
            or lowers[end - 1] in _ENDS_LEFT_OVER
        ):
            end -= 1
        end = without_lapse(stretch.sentence, stretch.first, end)
        if (
            end - stretch.first >= _MIN_LEFT_OVER
            and lowers[stretch.first] not in _OPENS_ADJUNCT
            and stretch.sentence.has_finite(stretch.first, end)
        ):
            self.read(
                Stretch(stretch.sentence, stretch.first, end, stretch.inside_quote, stretch.depth), outer
            )

    def _after_frame(
        self, stretch: Stretch, frame: Frame, a: int, b: int, outer: Voice, inner: Voice
    ) -> None:
        """What follows a frame: more of a quotation, or another clause."""
        sentence = stretch.sentence
        while a < b and not sentence.tokens.words[a][0].isalnum() and not sentence.quoted[a]:
            a += 1
        if a >= b:
            return
        unquoted = not all(sentence.quoted[frame.attribution[0] : frame.attribution[1]])
        if sentence.quoted[a] and inner.speakers and unquoted:
            # “A,” she said. “B.” / “A,” she said, “B.”
            self.read(stretch.part(a, b, inside_quote=True), inner.plain().with_attribution(None))
            return
        self._continued(stretch, a, b, outer, inner)

    def _continued(self, stretch: Stretch, a: int, b: int, outer: Voice, inner: Voice) -> None:
        """Read "…, adding that", "and accused", or a clause of the outer voice in words `a:b`."""
        sentence = stretch.sentence
        tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
        if tags[a] == "IN" and lowers[a] not in _OPENS_CLAUSE:
            if lowers[a + 1 : a + 2] != ["what"]:  # "…, he said, in what officials called a disaster"
                self.read(stretch.part(a, b), inner.plain())
            return
        rest = Stretch(sentence, a, b, stretch.inside_quote, stretch.depth)
        frame = self._frame(rest)
        if frame is not None and self._speaks_again(rest, frame, outer, inner):
            return
        coordinated = lowers[a] in ("and", "but")
        if coordinated and begins_with_verb(sentence, a + 1, b):
            self.read(stretch.part(a + 1, b), inner.plain())
        elif tags[a] == "VBG" and frame is None and b - a >= _MIN_PARTICIPLE_CLAUSE:
            self.writer.write(sentence, Piece(a, b, None, a, result=True), outer)
        elif lowers[a] in _OPENS_CONTINUATION or sentence.has_finite(a, b):
            self.read(stretch.part(a, b), outer)

    def _speaks_again(self, rest: Stretch, frame: Frame, outer: Voice, inner: Voice) -> bool:
        """Read a frame whose subject is that of the frame before; False if it is none."""
        if frame.subject is not None or frame.attribution[0] > rest.first + _MAX_ELIDED_LEAD:
            return False
        same = inner.plain().with_attribution(None)
        again = self.voices.voice(rest.sentence, frame, same, create=False, same=same)
        if again is None:
            return False
        named = inner.attribution
        begin = named[0] if named and named[0] < rest.first else frame.attribution[0]
        again = again.with_attribution((begin, frame.attribution[1]))
        self._framed(rest.part(rest.first, rest.last), frame, outer, again)
        return True

    # -- contents that are no clauses ---------------------------------------------------------

    def _noun_claim(self, stretch: Stretch, frame: Frame, inner: Voice) -> None:
        """Read "denied the charge", "accused Russia of preparing …", "urged them to leave"."""
        sentence = stretch.sentence
        if frame.verb_class.name in ("deny", "doubt"):
            self._denied(sentence, frame, inner)
            return
        first, last = frame.content
        begin = frame.attribution[0]
        piece = Piece(first, last, None, first)
        charge = self.accusations.charge(sentence, frame) if frame.verb_class.name == "accuse" else None
        charge = charge or self.accusations.verdict(sentence, frame)
        if charge is not None:
            self.writer.write(sentence, piece, inner, bare=True, text=charge)
            return
        # a relative or subordinate clause after the object is a proposition of its own
        head, *others = split_clauses(sentence, begin, last)
        if others and head.last > frame.verb:
            piece = Piece(first, head.last, None, first)
            self.writer.write(sentence, piece, inner, range(begin, head.last), bare=True)
            for other in others:
                change = sentence.tokens.lowers[other.first] in ("up", "down")  # no surer than what changed
                self.writer.write(sentence, other, inner if change else inner.besides())
        else:
            self.writer.write(sentence, piece, inner, range(begin, last), bare=True)

    def _denied(self, sentence: Sentence, frame: Frame, inner: Voice) -> None:
        denied = self.denials.denied(sentence, frame, inner)
        self.writer.write(sentence, denied.piece, inner, denied.positions, bare=True, text=denied.text)
        last = frame.content[1]
        a = denied.stop + 1
        tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
        if (
            a >= last - 2
            or lowers[denied.stop] not in ("and", "but", ",")
            or not sentence.has_finite(denied.stop, last)
        ):
            return
        rest = Stretch(sentence, a, last, False, _AFTER_DENIAL_DEPTH)
        if tags[a] == "VBG" and lowers[a] in attribution_verbs():
            self._continued(rest, a, last, Voice(), inner.plain())
        else:
            self.read(rest, Voice())
