"""Claims: who says what, how surely, affirmed or denied, with the span that bears it.

Pure. Reads the sentences in order; each is taken apart from the outside in: the outermost attribution
frame first, then what it contains, until clauses are left that can be true or false as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from summarizer.extraction.by_rules import vocabulary as words_of
from summarizer.extraction.by_rules.certainty import Stance, less_certain, read_stance
from summarizer.extraction.by_rules.claim_text import write_claim
from summarizer.extraction.by_rules.clauses import Piece, split_clauses
from summarizer.extraction.by_rules.clause_parts import subject_range
from summarizer.extraction.by_rules.coreference import Coreference
from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.extraction.by_rules.entities import Entity, EntityTable
from summarizer.extraction.by_rules.noun_phrases import head_noun
from summarizer.extraction.by_rules.places import country_adjective
from summarizer.extraction.by_rules.frames import Frame, FrameFinder, has_finite
from summarizer.records.brief import Certainty, Polarity, Sourcing
from summarizer.text.words import FINITE

_ANAPHORIC = frozenset(
    "charge charges claim claims allegation allegations accusation accusations report reports suggestion suggestions criticism criticisms that it this idea notion assertion assertions characterization findings".split()
)
_PLEADERS = frozenset(
    "prosecutor prosecutors prosecution attorney attorneys lawyer lawyers kc qc barrister solicitor counsel prosecuting".split()
)
_LEGAL = frozenset("indictment affidavit complaint lawsuit charges petition".split())
_FILINGS = frozenset("filing filings prospectus accounts".split())
_RESEARCH = frozenset(
    "study studies survey paper research analysis findings model models simulation simulations review preprint results trial data".split()
)
_ACCUSATIONS = frozenset(
    "charge charges allegation allegations accusation accusations criticism criticisms".split()
)
_OFFERS = frozenset(
    "offer offers demand demands request requests proposal proposals plan plans call calls bid bids appeal appeals deal terms".split()
)
#: Claims with less text than this say nothing that could be checked.
MIN_CLAIM_WORDS = 3
_WRITTEN = frozenset(
    "statement report email e-mail memo letter filing post tweet readout assessment release document interview book blog opinion ruling indictment paper study".split()
)
_DOCUMENTS = frozenset(
    "statement report email e-mail memo letter filing post tweet readout assessment release document blog opinion ruling indictment paper study communique".split()
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in the stretch that is being read, and what the frames around it already say."""

    speakers: tuple[int, ...] = ()
    via: int | None = None
    sourcing: Sourcing = "article"
    certainty: Certainty = "certain"
    polarity: Polarity = "affirmed"
    cues: tuple[tuple[int, int], ...] = ()
    attribution: tuple[int, int] | None = None
    kind: str = ""
    first_person: tuple[int, ...] = ()


@dataclass(slots=True)
class FoundClaim:
    """A claim before it becomes a draft; entity indices, word and character positions."""

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
    role: str
    commissive: bool = False


@dataclass(slots=True)
class ClaimReader:
    """Reads the claims of one document."""

    document: Document
    table: EntityTable
    coreference: Coreference
    claims: list[FoundClaim] = field(default_factory=list)
    _quote_speaker: Voice | None = None
    _last_quoted_line: int = -2
    _research: tuple[int, ...] | None = None
    _writers: tuple[int, ...] = ()

    def read(self) -> list[FoundClaim]:
        """All claims in text order."""
        sentences = self.document.sentences
        for sentence in sentences:
            if sentence.repeated or sentence.role == "headline":
                self.coreference.advance(sentence)
                continue
            self._sentence(sentence)
            self.coreference.advance(sentence)
            self.coreference.read_descriptions(sentence)
        for sentence in sentences:
            if sentence.role == "headline" and not sentence.repeated and self._adds_something(sentence):
                self._sentence(sentence)
        self.claims.sort(key=lambda claim: (claim.start, claim.end, claim.content_start))
        return self.claims

    def _adds_something(self, sentence: Sentence) -> bool:
        """Whether a headline holds a number or words that the body lacks."""
        digits = {w.rstrip("bmkn").replace(",", "") for w in sentence.tokens.words if w[0].isdigit()}
        body_words: set[str] = set()
        for other in self.document.sentences:
            if other.role != "headline":
                body_words.update(w.replace(",", "").rstrip("bmkn") for w in other.tokens.words)
        return bool(digits - body_words) and len(sentence) >= 5

    # -- one sentence -------------------------------------------------------------------------

    def _sentence(self, sentence: Sentence) -> None:
        tokens = sentence.tokens
        count = len(tokens)
        finder = FrameFinder(sentence)
        if sentence.label is not None:
            speaker = self._labelled(sentence.label)
            if speaker:
                turn = Voice(speakers=speaker, sourcing="named", first_person=speaker)
                self._stretch(sentence, finder, 0, count, turn, True, 0)
                self.coreference.discourse.spoke(speaker, sentence)
            return
        all_quoted = self._all_quoted(sentence)
        voice = Voice()
        if all_quoted:
            voice = self._voice_of_quotation(sentence)
            self._stretch(sentence, finder, 0, count, voice, True, 0)
            return
        before = len(self.claims)
        self._stretch(sentence, finder, 0, count, voice, False, 0)
        new = self.claims[before:]
        outer = next((c for c in new if c.voice.speakers), None)
        if outer is not None:
            self.coreference.discourse.spoke(outer.voice.speakers, sentence)
            if outer.voice.sourcing == "document":
                self._writers = outer.voice.speakers
            self._quote_speaker = Voice(
                speakers=outer.voice.speakers,
                via=outer.voice.via,
                sourcing=outer.voice.sourcing,
                first_person=outer.voice.speakers,
            )
            self._last_quoted_line = sentence.line

    def _labelled(self, label: str) -> tuple[int, ...]:
        """The person whose name or initials stand before a turn of an interview."""
        for index, entity in enumerate(self.table.entities):
            if entity.kind != "person":
                continue
            parts = entity.name.replace("-", " ").split()
            if label in (entity.name, parts[-1], parts[0]) or (
                label.isupper() and "".join(part[0] for part in parts) == label
            ):
                return (index,)
        return ()

    def _all_quoted(self, sentence: Sentence) -> bool:
        """Whether everything but punctuation stands in one quotation."""
        tokens = sentence.tokens
        letters = [sentence.quoted[i] for i in range(len(tokens)) if tokens.words[i][0].isalnum()]
        return bool(letters) and all(letters)

    def _voice_of_quotation(self, sentence: Sentence) -> Voice:
        """Who speaks in a sentence that is all quotation."""
        following = self._following_speaker(sentence)
        if following is not None:
            return following
        if self._quote_speaker is not None and sentence.line - self._last_quoted_line <= 1:
            self._last_quoted_line = sentence.line
            return self._quote_speaker
        return Voice()

    def _following_speaker(self, sentence: Sentence) -> Voice | None:
        """“A. B,” she said: the attribution stands in a later sentence of the same quotation."""
        span = next(
            (s for s in self.document.quotations if s[0] <= sentence.start + 1 and sentence.end - 1 <= s[1]),
            None,
        )
        sentences = self.document.sentences
        for other in sentences[sentence.index + 1 : sentence.index + 6]:
            if other.line != sentence.line:
                break
            if self._all_quoted(other):
                continue
            if span is not None and other.start <= span[1]:
                finder = FrameFinder(other)
                frame = finder.outermost(0, len(other), False)
                if frame is not None and frame.postposed and frame.subject is not None:
                    voice = self._voice(other, frame, Voice(), create=True)
                    if voice is not None and voice.speakers:
                        return replace(
                            voice,
                            attribution=None,
                            cues=(),
                            certainty="certain",
                            polarity="affirmed",
                            first_person=voice.speakers,
                        )
            break
        return None

    # -- stretches ----------------------------------------------------------------------------

    def _stretch(
        self,
        sentence: Sentence,
        finder: FrameFinder,
        first: int,
        last: int,
        voice: Voice,
        inside_quote: bool,
        depth: int,
    ) -> None:
        """Take words `first:last` apart, spoken by `voice`."""
        tokens = sentence.tokens
        while first < last and (
            not tokens.words[first][0].isalnum()
            and tokens.words[first] not in ("$", "£", "€")
            or tokens.lowers[first] in ("and", "but", "that")
            and first + 1 < last
        ):
            first += 1
        while (
            last > first
            and not tokens.words[last - 1][0].isalnum()
            and tokens.words[last - 1] not in ("%", "'s", "’s")
        ):
            last -= 1
        if last - first < MIN_CLAIM_WORDS and not (voice.kind in ("deny", "doubt") and last > first):
            return
        if (
            not inside_quote
            and voice.speakers
            and all(sentence.quoted[k] for k in range(first, last) if tokens.words[k][0].isalnum())
        ):
            inside_quote = True
        frame = finder.outermost(first, last, inside_quote) if depth < 5 else None
        if frame is not None:
            inner = self._voice(sentence, frame, voice, create=True)
            if inner is not None:
                self._framed(sentence, finder, frame, first, last, voice, inner, inside_quote, depth)
                return
        for piece in split_clauses(sentence, first, last):
            aside = piece.relative and voice.speakers and not sentence.quoted[piece.first]
            self._piece(sentence, piece, Voice() if aside else voice)

    def _framed(
        self,
        sentence: Sentence,
        finder: FrameFinder,
        frame: Frame,
        first: int,
        last: int,
        outer: Voice,
        inner: Voice,
        inside_quote: bool,
        depth: int,
    ) -> None:
        for a, b in frame.rest:
            if a < frame.verb and b <= frame.verb:
                if has_finite(sentence, a, b) and not frame.postposed:
                    self._left_over(sentence, finder, a, b, outer, inside_quote, depth)
        content = frame.content
        if frame.parenthetical:
            a, b = frame.attribution
            words = [k for k in range(content[0], content[1]) if not (a - 1 <= k <= b)]
            bare = replace(inner, attribution=None)
            self._piece(
                sentence, Piece(content[0], content[1], None, content[0]), bare, text_words=words, bare=True
            )
            return
        if frame.noun_object:
            whole = (frame.attribution[0], content[1])
            self._noun_claim(sentence, finder, frame, whole, inner, inside_quote, depth)
        else:
            self._stretch(sentence, finder, content[0], content[1], inner, inside_quote, depth + 1)
        for a, b in frame.rest:
            if a >= frame.verb:
                tokens = sentence.tokens
                start = a
                while start < b and not tokens.words[start][0].isalnum() and not sentence.quoted[start]:
                    start += 1
                if start >= b:
                    continue
                if (
                    sentence.quoted[start]
                    and inner.speakers
                    and not all(sentence.quoted[k] for k in range(frame.attribution[0], frame.attribution[1]))
                ):
                    # “A,” she said. / “A,” she said, “B.”
                    self._stretch(
                        sentence,
                        finder,
                        start,
                        b,
                        replace(inner, cues=(), certainty="certain", polarity="affirmed", attribution=None),
                        True,
                        depth + 1,
                    )
                    continue
                self._continued(sentence, finder, start, b, outer, inner, inside_quote, depth)

    def _left_over(
        self,
        sentence: Sentence,
        finder: FrameFinder,
        a: int,
        b: int,
        outer: Voice,
        inside_quote: bool,
        depth: int,
    ) -> None:
        """Words before the subject of a frame: a clause of the outer voice, if it is one."""
        tokens = sentence.tokens
        while b > a and (
            not tokens.words[b - 1][0].isalnum()
            or tokens.lowers[b - 1]
            in (
                "and",
                "but",
                "while",
                "as",
                "although",
                "though",
                "because",
                "after",
                "when",
                "that",
                "so",
                "what",
                "in",
            )
        ):
            b -= 1
        if tokens.lowers[a] in ("if", "when", "asked", "speaking", "citing", "while", "as", "after"):
            return
        if b - a >= 4 and has_finite(sentence, a, b):
            self._stretch(sentence, finder, a, b, outer, inside_quote, depth + 1)

    def _continued(
        self,
        sentence: Sentence,
        finder: FrameFinder,
        a: int,
        b: int,
        outer: Voice,
        inner: Voice,
        inside_quote: bool,
        depth: int,
    ) -> None:
        """What follows a frame: "…, adding that", "and accused", or a clause of the outer voice."""
        tokens = sentence.tokens
        if tokens.tags[a] == "IN" and tokens.lowers[a] not in (
            "as",
            "while",
            "although",
            "though",
            "because",
            "after",
            "before",
            "since",
            "if",
        ):
            self._stretch(
                sentence,
                finder,
                a,
                b,
                replace(inner, cues=(), certainty="certain", polarity="affirmed"),
                inside_quote,
                depth + 1,
            )
            return
        frame = finder.outermost(a, b, inside_quote) if depth < 5 else None
        if frame is not None and frame.subject is None and frame.attribution[0] <= a + 3:
            base = replace(inner, cues=(), certainty="certain", polarity="affirmed", attribution=None)
            again = self._voice(sentence, frame, base, create=False, same=base)
            if again is not None:
                again = replace(
                    again,
                    attribution=(
                        inner.attribution[0]
                        if inner.attribution and inner.attribution[0] < a
                        else frame.attribution[0],
                        frame.attribution[1],
                    ),
                )
                self._framed(sentence, finder, frame, a, b, outer, again, inside_quote, depth + 1)
                return
        elided = a + 1 if tokens.lowers[a] in ("and", "but") else a
        while elided < b and tokens.tags[elided] == "RB":
            elided += 1
        if elided < b and tokens.tags[elided] in FINITE and tokens.lowers[a] in ("and", "but"):
            self._stretch(
                sentence,
                finder,
                a + 1,
                b,
                replace(inner, cues=(), certainty="certain", polarity="affirmed"),
                inside_quote,
                depth + 1,
            )
            return
        if tokens.tags[a] == "VBG" and frame is None and b - a >= 4:
            self._piece(sentence, Piece(a, b, None, a, result=True), outer)
            return
        if tokens.lowers[a] in (
            "and",
            "but",
            "as",
            "while",
            "although",
            "though",
            "which",
            "who",
        ) or has_finite(sentence, a, b):
            self._stretch(sentence, finder, a, b, outer, inside_quote, depth + 1)

    def _noun_claim(
        self,
        sentence: Sentence,
        finder: FrameFinder,
        frame: Frame,
        whole: tuple[int, int],
        inner: Voice,
        inside_quote: bool,
        depth: int,
    ) -> None:
        """ "denied the charge", "accused Russia of preparing …", "urged them to leave"."""
        content = frame.content
        tokens = sentence.tokens
        piece = Piece(content[0], content[1], None, content[0])
        if frame.verb_class.name in ("deny", "doubt"):
            self._denied(sentence, frame, inner)
            return
        # a relative or subordinate clause after the object is a proposition of its own
        words = list(range(whole[0], content[1]))
        pieces = split_clauses(sentence, whole[0], content[1])
        if frame.verb_class.name == "accuse":
            charge = self._charge(sentence, frame)
            if charge is not None:
                self._piece(sentence, piece, inner, text_words=words, bare=True, text=charge)
                return
        if len(pieces) > 1 and pieces[0].last > frame.verb:
            head = pieces[0]
            self._piece(
                sentence,
                Piece(content[0], head.last, None, content[0]),
                inner,
                text_words=list(range(whole[0], head.last)),
                bare=True,
            )
            for extra in pieces[1:]:
                self._piece(
                    sentence,
                    extra,
                    replace(inner, cues=(), certainty="certain", polarity="affirmed", kind=""),
                )
            return
        del finder, inside_quote, depth, tokens
        self._piece(sentence, piece, inner, text_words=words, bare=True)

    def _charge(self, sentence: Sentence, frame: Frame) -> str | None:
        """ "accused Russia of preparing an attack" -> "Russia is preparing an attack."; "blamed X for Y" -> X is to blame."""
        tokens = sentence.tokens
        first, last = frame.content
        link = next((k for k in range(first + 1, min(last, first + 12)) if tokens.lowers[k] in ("of", "for") and (
            tokens.tags[k + 1 : k + 2] == ["VBG"] or tokens.lowers[k] == "for" or frame.verb_class.base == "accuse")), None)  # fmt: skip
        if link is None or link + 2 > last:
            return None
        stop = next((k for k in range(link + 2, last) if tokens.lowers[k] in (",", ";", "–", "—")), last)
        text = self.document.text
        index = self.table.at.get((sentence.index, link - 1))
        target = text[tokens.starts[first] : tokens.ends[link - 1]].strip("“”\"'‘’")
        if index is not None and self.table.entities[index].kind == "person":
            target = self.table.entities[index].name
        deed = (
            text[tokens.starts[link + 1] : tokens.ends[stop - 1]]
            .replace("“", "")
            .replace("”", "")
            .strip("'‘’\"")
        )
        plural = tokens.tags[link - 1] in ("NNS", "NNPS")
        if not target or not deed:
            return None
        target = target[0].upper() + target[1:]
        if tokens.tags[link + 1] == "VBG" and deed.lower().startswith("having "):
            return f"{target} {'have' if plural else 'has'} {deed[7:]}."
        if tokens.tags[link + 1] == "VBG" or (tokens.lowers[link + 1].endswith("ing") and link + 2 < stop):
            return f"{target} {'are' if plural else 'is'} {deed}."
        return f"{target} {'are' if plural else 'is'} responsible for {deed}."

    def _denied(self, sentence: Sentence, frame: Frame, inner: Voice) -> None:
        """ "denied the charge", "rejected suggestions that X", "denies planning an attack"."""
        tokens = sentence.tokens
        first, last = frame.content
        stop = next(
            (
                k
                for k in range(first, last)
                if tokens.lowers[k] in (",", ";", "–", "—", ":")
                or (tokens.lowers[k] in ("and", "but") and k > first + 1 and has_finite(sentence, k, last))
            ),
            last,
        )
        that = next(
            (
                k
                for k in range(first, min(last, first + 12))
                if tokens.lowers[k] == "that"
                and (k == first or tokens.tags[k - 1] in ("NN", "NNS", ","))
                and not has_finite(sentence, first, k)
            ),
            None,
        )
        if that is not None and that > stop:
            stop = next((k for k in range(that, last) if tokens.lowers[k] in (",", ";", "–", "—", ":")), last)
        if that is not None and stop - that > 2 and has_finite(sentence, that, stop):
            self._piece(sentence, Piece(that + 1, stop, None, that + 1), inner, bare=True)
        elif that is not None and stop - that > 2 and has_finite(sentence, that, last):
            self._piece(sentence, Piece(that + 1, last, None, that + 1), inner, bare=True)
        else:
            head = [tokens.lowers[k] for k in range(first, stop)]
            finite = has_finite(sentence, first, stop)
            points_back = len(head) <= 9 and any(
                w in _ANAPHORIC and (w not in ("it", "that", "this") or len(head) <= 2) for w in head
            )
            if (
                not points_back
                and not finite
                and len(head) <= 4
                and head
                and head[0] in ("such", "those", "these", "this", "that")
            ):
                points_back = True
            noun = tokens.lowers[head_noun(sentence, first, stop)]
            earlier = self._denied_before(sentence, inner, noun) if points_back and not finite else None
            words = list(range(first, stop))
            if earlier is None and not finite and frame.subject is not None:
                if tokens.tags[first] == "VBG":
                    words = list(range(*frame.subject)) + words
                elif inner.speakers:
                    earlier = self._denied_noun(sentence, first, stop, inner)
            self._piece(
                sentence, Piece(first, stop, None, first), inner, text_words=words, bare=True, text=earlier
            )
        if (
            stop < last - 3
            and tokens.lowers[stop] in ("and", "but", ",")
            and has_finite(sentence, stop, last)
        ):
            plain = replace(inner, cues=(), certainty="certain", polarity="affirmed", attribution=None)
            finder = FrameFinder(sentence)
            if tokens.tags[stop + 1] == "VBG" and tokens.lowers[stop + 1] in words_of.attribution_verbs():
                self._continued(
                    sentence,
                    finder,
                    stop + 1,
                    last,
                    Voice(),
                    replace(plain, attribution=inner.attribution),
                    False,
                    3,
                )
            else:
                self._stretch(sentence, finder, stop + 1, last, Voice(), False, 3)

    def _denied_noun(self, sentence: Sentence, first: int, stop: int, inner: Voice) -> str | None:
        """ "denied any involvement" -> "There was involvement by Russia."; "rejected the offer" -> it is acceptable."""
        tokens = sentence.tokens
        head = tokens.lowers[head_noun(sentence, first, stop)]
        while first < stop and tokens.lowers[first] in ("any", "all", "the", "a", "an", "such"):
            first += 1
        end = next(
            (
                k
                for k in range(first + 1, stop)
                if tokens.lowers[k] in ("as", "in", "during", "on", "at", "since") and k - first >= 2
            ),
            stop,
        )
        if first >= end:
            return None
        noun = self.document.text[tokens.starts[first] : tokens.ends[end - 1]].strip("“”\"'‘’")
        entity = self.table.entities[inner.speakers[0]]
        if head in _OFFERS:
            plural = tokens.tags[head_noun(sentence, first, stop)] == "NNS"
            return f"{noun[0].upper()}{noun[1:]} {'are' if plural else 'is'} acceptable."
        if head in _ANAPHORIC and end - first >= 1 and head not in ("that", "it", "this"):
            plural = tokens.tags[head_noun(sentence, first, stop)] == "NNS"
            article = (
                ""
                if tokens.lowers[first] in ("those", "these", "that", "this", "its", "their", "his", "her")
                else "The "
            )
            return f"{article}{noun if article else noun[0].upper() + noun[1:]} {'are' if plural else 'is'} true."
        if entity.unnamed or head in _ANAPHORIC:
            return None
        return f"There was {noun} by {entity.name}."

    def _denied_before(self, sentence: Sentence, inner: Voice, noun: str | None = None) -> str | None:
        """Text of the latest claim of somebody else: what "the charge" or "that suggestion" means."""
        nearby = [
            claim
            for claim in reversed(self.claims)
            if sentence.index - claim.sentence <= 5
            and claim.polarity == "affirmed"
            and claim.certainty != "unknown"
            and not set(claim.voice.speakers) & set(inner.speakers)
        ]
        forms = {form for i in inner.speakers for form in self.table.entities[i].forms} | {
            self.table.entities[i].country or "" for i in inner.speakers
        }
        about = [c for c in nearby if any(form and form in c.text for form in forms)]
        if noun in _ACCUSATIONS:
            nearby = about or nearby
            nearby = (
                [c for c in nearby if c.voice.kind == "accuse"]
                or [c for c in nearby if c.voice.speakers]
                or nearby
            )
        elif noun is not None and noun not in _ANAPHORIC:
            stem = noun.rstrip("s")[:6]
            stems = (stem, "prepar", "intend", "intent") if stem == "plan" else (stem,)
            nearby = [c for c in about if any(s in c.text.lower() for s in stems)]
        return nearby[0].text if nearby else None

    # -- voices -------------------------------------------------------------------------------

    def _voice(
        self, sentence: Sentence, frame: Frame, outer: Voice, create: bool, same: Voice | None = None
    ) -> Voice | None:
        """Who speaks inside a frame; None when the frame turns out to be none."""
        verb_class = frame.verb_class
        tokens = sentence.tokens
        speakers: tuple[int, ...]
        sourcing: Sourcing = "named"
        via = outer.via
        if verb_class.name == "hear":
            pleader = outer.speakers or self._pleader()
            return replace(
                outer,
                speakers=pleader,
                sourcing="named" if pleader else "article",
                attribution=frame.attribution,
                first_person=pleader,
            )
        if frame.nominal:
            held = self.coreference.phrase(sentence, *frame.subject) if frame.subject is not None else ()
            unnamed = bool(held) and all(self.table.entities[i].unnamed for i in held)
            cue = ((frame.verb, frame.verb + 1),)
            return Voice(
                speakers=held or outer.speakers,
                via=outer.via,
                sourcing=("unnamed" if unnamed else "named") if held else outer.sourcing,
                certainty=verb_class.certainty,
                cues=outer.cues + cue,
                attribution=frame.attribution
                if outer.attribution is None
                else (
                    min(outer.attribution[0], frame.attribution[0]),
                    max(outer.attribution[1], frame.attribution[1]),
                ),
                kind=verb_class.name,
                first_person=outer.first_person,
            )
        if frame.subject is None:
            if same is None:
                if outer.speakers:
                    same = outer
                else:
                    subject = subject_range(sentence, 0, frame.verb)
                    found = self.coreference.phrase(sentence, *subject) if subject is not None else ()
                    if not found:
                        return None
                    unnamed = all(self.table.entities[i].unnamed for i in found)
                    same = Voice(speakers=found, sourcing="unnamed" if unnamed else "named")
            speakers, sourcing, via = same.speakers, same.sourcing, same.via
        else:
            first, last = frame.subject
            lower_subject = [tokens.lowers[k] for k in range(first, last)]
            head_products = (
                tokens.lowers[head_noun(sentence, first, last)] in words_of.products()
            )
            if lower_subject in (["we"], ["i"], ["i", "also"]) and (outer.first_person or outer.speakers):
                speakers, sourcing, via = outer.first_person or outer.speakers, outer.sourcing, outer.via
            elif (
                lower_subject
                and lower_subject[0]
                in ("we", "i", "you", "this", "that", "there", "who", "which", "what", "nobody", "one")
                and len(lower_subject) <= 2
                and lower_subject not in (["one"],)
            ):
                return None
            else:
                product = self._product_subject(sentence, first, last) if head_products else None
                if verb_class.name == "show" and not head_products:
                    return None
                if product is not None:
                    speakers, sourcing = product, "document"
                    if not speakers:
                        return (
                            None
                            if verb_class.name == "show" and not outer.speakers
                            else replace(outer, attribution=frame.attribution)
                        )
                else:
                    speakers = self._same_speaker(lower_subject, outer) or self.coreference.phrase(
                        sentence, first, last, create=create
                    )
                    if not speakers:
                        return None
                    if all(self.table.entities[s].unnamed for s in speakers):
                        sourcing = "unnamed"
        if (
            verb_class.name in ("think", "fear", "hope", "know")
            and outer.speakers
            and frame.subject is not None
            and frame.noun_object
            and speakers != outer.speakers
        ):
            return None
        if sourcing == "named" and self._written(sentence, frame):
            sourcing = "document"
        if frame.source and not outer.speakers and self._relays_all(speakers):
            return replace(outer, attribution=frame.attribution)
        if frame.source and sourcing == "named":
            lower = [tokens.lowers[k] for k in range(*frame.subject)] if frame.subject else []
            if any(w in words_of.products() for w in lower[:6]):
                sourcing = "document"
        if outer.speakers and frame.subject is not None and speakers != outer.speakers and not frame.source:
            via = self._relay(outer)
        speakers, via, sourcing = self._spokesperson(sentence, speakers, via, sourcing)
        relayed = self._told_outlet(sentence, frame)
        if via is None and relayed is not None and relayed not in speakers:
            via = relayed
        citing = self._citing(sentence, frame)
        if citing:
            via, speakers = speakers[0], citing
            sourcing = "unnamed" if all(self.table.entities[s].unnamed for s in citing) else sourcing
        certainty, polarity = verb_class.certainty, verb_class.polarity
        cues: tuple[tuple[int, int], ...] = ()
        if polarity == "denied" or certainty in ("probable", "possible", "unknown"):
            end = frame.verb + 1
            if verb_class.particle:
                end += 1
            begin = frame.verb
            cues = ((begin, end),)
        if frame.negated:
            begin = frame.verb - 1
            while begin > 0 and tokens.lowers[begin] not in (
                "not",
                "n't",
                "n’t",
                "never",
                "cannot",
                "no",
                "declined",
                "refused",
                "declines",
                "refuses",
            ):
                begin -= 1
            if begin > 0 and tokens.lowers[begin] in ("not", "n't", "n’t"):
                begin -= 1
            end = frame.verb + 1
            if end < len(tokens) and tokens.lowers[end] in ("whether", "if"):
                end += 1
            cues = ((begin, end),)
            if verb_class.name in ("deny", "doubt"):
                certainty, polarity = "possible", "affirmed"
                cues = ((begin, frame.verb + (2 if verb_class.particle else 1)),)
            elif verb_class.name in ("think", "fear"):
                polarity = "denied" if polarity == "affirmed" else "affirmed"
            elif verb_class.name in ("say", "know"):
                certainty = "unknown"
                follow = tokens.lowers[frame.verb + 1 : frame.verb + 2]
                if follow and follow[0] not in (
                    "if",
                    "whether",
                    "how",
                    "what",
                    "when",
                    "who",
                    "why",
                    "where",
                    "that",
                ):
                    return None
            else:
                return None
        if frame.subject is not None and polarity == "affirmed" and self._nobody(sentence, frame):
            return None
        return Voice(
            speakers=speakers,
            via=via if via not in speakers else None,
            sourcing=sourcing,
            certainty=less_certain(outer.certainty, certainty) if outer.speakers == speakers else certainty,
            polarity=polarity,
            cues=(outer.cues if outer.speakers == speakers else ()) + cues,
            attribution=(
                min(outer.attribution[0], frame.attribution[0]),
                max(outer.attribution[1], frame.attribution[1]),
            )
            if outer.attribution is not None
            else frame.attribution,
            kind=verb_class.name,
            first_person=speakers,
        )

    def _relays_all(self, speakers: tuple[int, ...]) -> bool:
        """Whether this is the agency that the whole article relays: then it is not named on every claim."""
        origin = self.document.article.origin
        return (
            origin is not None
            and len(speakers) == 1
            and self.table.entities[speakers[0]].name
            in (
                origin,
                f"the {origin}",
            )
        )

    def _pleader(self) -> tuple[int, ...]:
        """Who pleads in the court that the article reports from: the latest lawyer, else the first one named."""
        for speaker in self.coreference.discourse.speakers:
            if self._pleads(self.table.entities[speaker]):
                return (speaker,)
        for index, entity in enumerate(self.table.entities):
            if entity.kind is not None and self._pleads(entity):
                return (index,)
        return ()

    @staticmethod
    def _pleads(entity: Entity) -> bool:
        words = {
            w.lower().strip(",.") for w in " ".join([entity.name, *entity.roles, entity.role or ""]).split()
        }
        return bool(words & _PLEADERS)

    def _same_speaker(self, subject: list[str], outer: Voice) -> tuple[int, ...]:
        """ "The panel said it found": a pronoun inside somebody's speech mostly is that somebody."""
        if len(subject) != 1 or len(outer.speakers) != 1:
            return ()
        entity = self.table.entities[outer.speakers[0]]
        fits = {
            "it": entity.kind in ("organization", "country"),
            "they": entity.kind == "group",
            "he": entity.kind == "person" and entity.gender != "f",
            "she": entity.kind == "person" and entity.gender != "m",
        }.get(subject[0], False)
        if subject[0] == "it" and entity.unnamed and entity.kind != "country":
            fits = True
        return outer.speakers if fits else ()

    def _nobody(self, sentence: Sentence, frame: Frame) -> bool:
        assert frame.subject is not None
        return sentence.tokens.lowers[frame.subject[0]] in ("no", "nobody", "none", "neither")

    def _relay(self, outer: Voice) -> int | None:
        return outer.speakers[0] if outer.speakers else outer.via

    def _citing(self, sentence: Sentence, frame: Frame) -> tuple[int, ...]:
        """ "the Journal reported, citing people close to the family": the people."""
        lowers = sentence.tokens.lowers
        begin, end = frame.attribution[0], max(frame.attribution[1], frame.content[0])
        for k in range(max(0, begin - 1), min(len(lowers), end + 8)):
            if lowers[k] in ("citing", "quoting") and not sentence.quoted[k]:
                if not (begin - 12 <= k <= end + 8):
                    continue
                stop = k + 1
                while (
                    stop < len(lowers)
                    and lowers[stop] not in (",", ".", "that", "who", "which", ";")
                    and sentence.tokens.tags[stop] not in FINITE
                ):
                    stop += 1
                found = self.coreference.phrase(sentence, k + 1, stop)
                return found
        return ()

    def _told_outlet(self, sentence: Sentence, frame: Frame) -> int | None:
        """ "told CNN", "in an interview with RT TV": the outlet that relays."""
        tokens = sentence.tokens
        begin, end = frame.attribution
        for k in range(begin, min(len(tokens), end + 9)):
            index = self.table.at.get((sentence.index, k))
            if index is None:
                continue
            entity = self.table.entities[index]
            if (
                entity.name in words_of.outlets()
                or entity.name.removeprefix("The ").removeprefix("the ") in words_of.outlets()
            ):
                before = [tokens.lowers[m] for m in range(max(0, k - 4), k)]
                if (
                    "told" in before
                    or ("with" in before and ("interview" in before or "speaking" in before))
                    or ("to" in before and "speaking" in before)
                ):
                    return index
        return None

    def _written(self, sentence: Sentence, frame: Frame) -> bool:
        """ "said in a statement", "wrote", "in its readout of the call"."""
        tokens = sentence.tokens
        if frame.verb_class.base in ("write", "tweet", "post"):
            return True
        begin, end = frame.attribution
        for k in range(max(0, begin - 8), min(len(tokens), end + 7)):
            if tokens.lowers[k] in _DOCUMENTS and not sentence.quoted[k]:
                before = [tokens.lowers[m] for m in range(max(0, k - 4), k)]
                if "in" in before or "on" in before:
                    if frame.content[0] < k < frame.content[1] and not (begin <= k < end):
                        # inside what is said; only right at its start can it be the medium
                        if k - frame.content[0] > 5 or frame.postposed:
                            continue
                        if (
                            tokens.tags[min(k + 1, len(tokens) - 1)] not in ("IN", ",", "NN")
                            and "that" not in tokens.lowers[k : k + 8]
                        ):
                            continue
                    return True
        return False

    def _product_subject(self, sentence: Sentence, first: int, last: int) -> tuple[int, ...] | None:
        """Maker of the report, map or study that is the subject; () when it isn't told; None: no product."""
        tokens = sentence.tokens
        head = None
        for k in range(first, last):
            if tokens.lowers[k] in words_of.products() and tokens.tags[k] in (
                "NN",
                "NNS",
                "NNP",
                "NNPS",
                "VB",
                "JJ",
                "VBZ",
                "VBG",
            ):
                nxt = tokens.lowers[k + 1] if k + 1 < last else ""
                if k + 1 < last and tokens.tags[k + 1] in ("NN", "NNS") and nxt not in ("that",):
                    continue
                head = k
                break
            if (
                tokens.tags[k] == "IN"
                and k > first
                and tokens.lowers[k] in ("for", "from", "at", "in", "with")
            ):
                break
        if head is None:
            return None
        if (
            tokens.lowers[head] == "intelligence"
            and head > first
            and country_adjective(tokens.words[head - 1])
        ):
            return (self._service(sentence, head - 1, head + 1),)
        # "an intelligence report issued by the Ukrainian government", "a report from X"
        for k in range(head + 1, last):
            close = k == head + 1 and tokens.lowers[k] in ("of", "for", "at")
            if (close or tokens.lowers[k] in ("by", "from")) and k + 1 < last:
                found = self.coreference.phrase(sentence, k + 1, last)
                if found:
                    return found
        # "Ukraine's assessment", "American intelligence", "the ministry's report"
        for k in range(head - 1, first - 1, -1):
            index = self.table.at.get((sentence.index, k))
            if index is not None and self.table.entities[index].kind is not None:
                return (index,)
        for k in range(first, head):
            if tokens.lowers[k] in ("'s", "’s") and k > first:
                found = self.coreference.phrase(sentence, first, k)
                if found:
                    return found
        if tokens.lowers[head] in _LEGAL:
            return self._pleader()
        if tokens.lowers[head] in _FILINGS and self.coreference.discourse.organization is not None:
            return (self.coreference.discourse.organization,)
        makers = self._makers()
        if tokens.lowers[head] in _RESEARCH and (makers or not self._writers):
            return makers
        if tokens.lowers[first] in ("the", "this", "that", "its", "their", "his", "her", "it") and (
            self._writers or self.coreference.discourse.speakers
        ):
            return self._writers or self.coreference.discourse.speakers
        return makers if tokens.lowers[head] in _RESEARCH else ()

    def _makers(self) -> tuple[int, ...]:
        """Who made the study that the article is about: its researchers, scientists or authors, named or not."""
        if self._research is None:
            self._research = ()
            for sentence in self.document.sentences:
                for k, lower in enumerate(sentence.tokens.lowers):
                    if lower in (
                        "researchers",
                        "scientists",
                        "authors",
                        "astronomers",
                        "biologists",
                        "geologists",
                        "physicists",
                        "epidemiologists",
                    ):
                        index = self.table.at.get((sentence.index, k))
                        self._research = (
                            (index,) if index is not None else self.coreference.phrase(sentence, k, k + 1)
                        )
                        return self._research
        return self._research

    def _service(self, sentence: Sentence, first: int, last: int) -> int:
        """ "American intelligence": a service that is named by its country."""
        tokens = sentence.tokens
        name = self.document.text[tokens.starts[first] : tokens.ends[last - 1]]
        for index, entity in enumerate(self.table.entities):
            if entity.name == name and entity.kind == "organization":
                break
        else:
            index = self.table.new("organization", name)
        self.table.mention(index, sentence.index, first, last)
        return index

    def _spokesperson(
        self, sentence: Sentence, speakers: tuple[int, ...], via: int | None, sourcing: Sourcing
    ) -> tuple[tuple[int, ...], int | None, Sourcing]:
        """An unnamed spokesman of a named body speaks for it: the body is the speaker."""
        if len(speakers) != 1:
            return speakers, via, sourcing
        entity = self.table.entities[speakers[0]]
        if not entity.unnamed:
            return speakers, via, sourcing
        words = entity.name.lower().split()
        if not any(w in ("spokesman", "spokeswoman", "spokesperson", "spokespeople") for w in words):
            return speakers, via, sourcing
        mention = entity.mentions[-1] if entity.mentions else None
        if mention is not None:
            inside = self.document.sentences[mention.sentence]
            for k in range(max(0, mention.first - 4), min(len(inside), mention.last + 6)):
                index = self.table.at.get((mention.sentence, k))
                if (
                    index is not None
                    and index != speakers[0]
                    and self.table.entities[index].kind in ("organization", "country")
                ):
                    return (index,), speakers[0], "named"
            tail = [inside.tokens.lowers[k] for k in range(mention.first, mention.last)]
            if "for" in tail:
                at = mention.first + tail.index("for") + 1
                body = self.coreference.phrase(inside, at, mention.last, create=False)
                if body and body != speakers:
                    return body, speakers[0], "named"
        last = self.coreference.discourse.organization
        if last is not None and len(words) == 1 and self.table.entities[last].kind == "organization":
            return (last,), speakers[0], "named"
        del sentence
        return speakers, via, sourcing

    # -- pieces -------------------------------------------------------------------------------

    def _piece(
        self,
        sentence: Sentence,
        piece: Piece,
        voice: Voice,
        text_words: list[int] | None = None,
        bare: bool = False,
        text: str | None = None,
    ) -> None:
        """One proposition becomes a claim."""
        tokens = sentence.tokens
        first, last = piece.first, piece.last
        if not bare and not piece.result and not has_finite(sentence, first, last):
            if (
                voice.speakers
                and piece.subject is None
                and last - first < 5
                and not any(sentence.quoted[first:last])
            ):
                return
            if not voice.speakers and (
                sentence.role != "body"
                or piece.relative
                or last - first < 6
                or not any(t in ("VBG", "VBN", "VBD") for t in tokens.tags[first:last])
            ):
                return
        stance = read_stance(sentence, first, last)
        if piece.auxiliary is not None:
            before = read_stance(sentence, *piece.auxiliary)
            stance = Stance(
                less_certain(stance.certainty, before.certainty),
                "denied" if (stance.polarity == "denied") != (before.polarity == "denied") else "affirmed",
                before.cues + stance.cues,
                before.negation + stance.negation,
            )
        if bare and voice.kind in ("deny", "doubt"):
            stance = replace(
                stance,
                polarity="affirmed",
                cues=tuple(c for c in stance.cues if c not in stance.negation),
                negation=(),
            )
        certainty = less_certain(voice.certainty, stance.certainty)
        if voice.kind == "hope":
            certainty = "unknown"
        polarity = voice.polarity
        if stance.polarity == "denied":
            polarity = "denied" if polarity == "affirmed" else "affirmed"
        if voice.kind == "direct" and voice.polarity == "affirmed":
            # "urged them not to leave" demands; it denies nothing
            polarity = "affirmed"
            stance = replace(
                stance, cues=tuple(c for c in stance.cues if c not in stance.negation), negation=()
            )
        if certainty == "unknown" and stance.certainty == "unknown":
            polarity = "affirmed"
        span_first, span_last = piece.span_first, last
        if voice.attribution is not None:
            span_first = min(span_first, voice.attribution[0])
            span_last = max(span_last, voice.attribution[1])
        start, end = tokens.starts[span_first], tokens.ends[span_last - 1]
        # take in an attribution's closing part, drop a mark that opens nothing
        given, text = text, self.document.text
        while end > start and text[end - 1] in ",;:–—":
            end -= 1
        if text[start] in "“\"'‘" and end < sentence.end and text[end : end + 1] in "”\"'’":
            end += 1
        cue_ranges = [*voice.cues, *stance.cues]
        cues = []
        for a, b in sorted(set(cue_ranges)):
            cue = text[tokens.starts[a] : tokens.ends[b - 1]]
            if start <= tokens.starts[a] and tokens.ends[b - 1] <= end and cue not in cues:
                cues.append(cue)
        words = text_words if text_words is not None else self._embedded(sentence, first, last, stance)
        if piece.subject is not None:
            lead = [*range(*piece.subject), *(range(*piece.auxiliary) if piece.auxiliary is not None else ())]
            words = [k for k in lead if k not in words] + words
        content = write_claim(
            sentence,
            words,
            tuple(cue_ranges),
            stance.negation,
            lambda p, i: self._name_for(p, i, sentence, voice),
        )
        content = given or content
        if not given and words and piece.subject is None and tokens.tags[words[0]] in FINITE and first > 0:
            subject = subject_range(sentence, 0, first)
            if subject is not None and subject[1] - subject[0] <= 12:
                lead = self.document.text[tokens.starts[subject[0]] : tokens.ends[subject[1] - 1]].strip(
                    "“”\"'‘’ ,"
                )
                if lead and tokens.lowers[subject[0]] not in ("he", "she", "it", "they", "we", "i"):
                    content = lead[0].upper() + lead[1:] + " " + content[0].lower() + content[1:]
        if len(content.split()) < (MIN_CLAIM_WORDS if not bare else 2):
            return
        self.claims.append(
            FoundClaim(
                sentence.index, start, end, content, voice, certainty, polarity, tuple(cues),
                tokens.starts[first], tokens.ends[last - 1], sentence.role,
                commissive=voice.kind in ("commit",),
            )
        )  # fmt: skip

    def _embedded(self, sentence: Sentence, first: int, last: int, stance: Stance) -> list[int]:
        """Words of the proposition itself: what follows "it is unclear whether", "it is likely that"."""
        lowers = sentence.tokens.lowers
        for _, end in stance.cues:
            for k in range(end - 1, min(end + 3, last)):
                if (
                    lowers[k] in ("whether", "if", "that")
                    and first < k
                    and last - k > 2
                    and has_finite(sentence, k, last)
                ):
                    return list(range(k + 1, last))
        return list(range(first, last))

    def _name_for(self, pronoun: str, position: int, sentence: Sentence, voice: Voice) -> str | None:
        if pronoun in ("we", "i"):
            if len(voice.speakers) == 1 and sentence.quoted[position]:
                entity = self.table.entities[voice.speakers[0]]
                return entity.name if not entity.unnamed else None
            return None
        if pronoun == "it" and sentence.quoted[position]:
            return None
        if (
            pronoun == "it"
            and position + 1 < len(sentence)
            and sentence.tokens.lowers[position + 1]
            in ("is", "was", "’s", "'s", "remains", "would", "comes", "came")
            and position + 2 < len(sentence)
            and sentence.tokens.tags[position + 2] in ("JJ", "RB", "VBN", "DT", "IN", "JJS", "VB")
        ):
            return None
        # in reported speech the pronoun mostly means the speaker
        if voice.speakers and not sentence.quoted[position]:
            for speaker in voice.speakers:
                entity = self.table.entities[speaker]
                if entity.unnamed:
                    continue
                if pronoun == "it" and entity.kind in ("organization", "country"):
                    return entity.name
                if pronoun == "he" and entity.kind == "person" and entity.gender != "f":
                    return entity.name
                if pronoun == "she" and entity.kind == "person" and entity.gender != "m":
                    return entity.name
        index = self.coreference.discourse.pronoun(pronoun, sentence, position)
        if index is None:
            return None
        entity = self.table.entities[index]
        return entity.name if not entity.unnamed and entity.kind is not None else None
