"""Claims: who says what, how surely, affirmed or denied, with the span that bears it.

Reads the sentences of a document in order, because pronouns, "the charge" and a quotation that goes on mean
what was said before. One sentence is taken apart in `stretches`.

::

    sentence -> whose voice -> frames (frame_finder, voices) -> clauses -> stance (certainty) -> FoundClaim
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.accusations import Accusations
from summarizer.extraction.by_rules.claim_records import FoundClaim, Stretch, Voice
from summarizer.extraction.by_rules.claim_sources import ClaimSources
from summarizer.extraction.by_rules.claim_writer import ClaimWriter
from summarizer.extraction.by_rules.coreference import Coreference
from summarizer.extraction.by_rules.denials import Denials
from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.extraction.by_rules.entities import EntityTable
from summarizer.extraction.by_rules.frame_finder import outermost_frame
from summarizer.extraction.by_rules.stretches import StretchReader
from summarizer.extraction.by_rules.vocabulary import is_outlet
from summarizer.extraction.by_rules.voices import VoiceReader

#: A shorter headline with a new number is a label: "5 takeaways".
_MIN_HEADLINE_WORDS: Final = 5
#: The attribution of a quotation stands in one of so many sentences after it.
_MAX_SENTENCES_TO_SPEAKER: Final = 5


def read_claims(document: Document, table: EntityTable) -> list[FoundClaim]:
    """All claims of a document in text order. Adds unnamed speakers to the table."""
    return _ClaimReader(document, table).read()


class _ClaimReader:
    """Reads the claims of one document."""

    def __init__(self, document: Document, table: EntityTable) -> None:
        self.document = document
        self.table = table
        self.coreference = Coreference(table)
        self.sources = ClaimSources(document, self.coreference)
        self.voices = VoiceReader(self.coreference, self.sources)
        self.writer = ClaimWriter(document, self.coreference)
        denials = Denials(document, table, self.writer.claims, self.coreference.name_of)
        accusations = Accusations(document, table, self.coreference.name_of)
        self.stretches = StretchReader(self.voices, denials, accusations, self.writer)
        self._quote_voice: Voice | None = None
        self._quote_line = -1

    def read(self) -> list[FoundClaim]:
        """Headlines last: they tell what the body explains, and count only for what it lacks."""
        headlines: list[Sentence] = []
        for sentence in self.document.sentences:
            if sentence.repeated or sentence.role == "headline":
                self.coreference.advance(sentence)
                if not sentence.repeated:
                    headlines.append(sentence)
                continue
            self._sentence(sentence)
            self.coreference.advance(sentence)
            self.coreference.read_descriptions(sentence)
        body = self._body_numbers() if headlines else set()
        for sentence in headlines:
            if len(sentence) >= _MIN_HEADLINE_WORDS and not _numbers(sentence) <= body:
                self._sentence(sentence)
        return sorted(self.writer.claims, key=lambda claim: (claim.start, claim.end, claim.content_start))

    def _body_numbers(self) -> set[str]:
        bodies = (s for s in self.document.sentences if s.role != "headline")
        return {number for sentence in bodies for number in _numbers(sentence)}

    # -- one sentence -------------------------------------------------------------------------

    def _sentence(self, sentence: Sentence) -> None:
        count = len(sentence)
        if sentence.label is not None:
            speaker = self._labelled(sentence.label)
            if speaker:
                turn = Voice(speakers=speaker, sourcing="named", first_person=speaker)
                self.stretches.read(Stretch(sentence, 0, count, inside_quote=True), turn)
                self.coreference.discourse.spoke(speaker, sentence)
        elif _is_quotation(sentence):
            voice = self._voice_of_quotation(sentence)
            self.stretches.read(Stretch(sentence, 0, count, inside_quote=True), voice)
        else:
            before = len(self.writer.claims)
            self.stretches.read(Stretch(sentence, 0, count), Voice())
            self._note_speaker(sentence, self.writer.claims[before:])

    def _note_speaker(self, sentence: Sentence, claims: list[FoundClaim]) -> None:
        """The outermost speaker of a sentence goes on in quotations that follow."""
        told = [claim for claim in claims if claim.voice.speakers]
        voice = told[0].voice if told else None
        if voice is None and True in sentence.quoted:
            voice = self._outer_voice(sentence)  # “A delay?” asked Ruth Byrne.
        if voice is None:
            return
        if voice.via is not None:
            voice = self._outer_voice(sentence) or voice  # “Our men saw him,” she said. “I saw nobody.”
        self.coreference.discourse.spoke(voice.speakers, sentence)
        if voice.sourcing == "document":
            self.sources.writers = voice.speakers
        self._quote_voice = Voice(
            speakers=voice.speakers, via=voice.via, sourcing=voice.sourcing, first_person=voice.speakers
        )
        self._quote_line = sentence.line

    def _outer_voice(self, sentence: Sentence) -> Voice | None:
        """Whose quotation a sentence is that tells what somebody else said or saw."""
        frame = outermost_frame(sentence, 0, len(sentence), False)
        voice = self.voices.voice(sentence, frame, Voice()) if frame is not None and frame.postposed else None
        if voice is None or not voice.speakers:
            return None
        outlet = any(is_outlet(self.table.entities[index].name) for index in voice.speakers)
        return None if outlet else voice

    def _labelled(self, label: str) -> tuple[int, ...]:
        """The person whose name or initials stand before a turn of an interview."""
        for index, entity in enumerate(self.table.entities):
            if entity.kind == "person":
                parts = entity.name.replace("-", " ").split()
                initials = "".join(part[0] for part in parts)
                if label in (entity.name, parts[-1], parts[0]) or (label.isupper() and label == initials):
                    return (index,)
        return ()

    # -- quotations ---------------------------------------------------------------------------

    def _voice_of_quotation(self, sentence: Sentence) -> Voice:
        """Who speaks in a sentence that is all quotation: whoever is named after it, else before it."""
        following = self._following_speaker(sentence)
        if following is not None:
            return following
        if self._quote_voice is not None and sentence.line - self._quote_line <= 1:
            self._quote_line = sentence.line
            return self._quote_voice
        return Voice()

    def _following_speaker(self, sentence: Sentence) -> Voice | None:
        """The speaker of “A. B,” she said, whose attribution stands in a later sentence of the quotation."""
        end = self._quotation_end(sentence)
        if end is None:
            return None
        begin = sentence.index + 1
        for other in self.document.sentences[begin : begin + _MAX_SENTENCES_TO_SPEAKER]:
            if other.line != sentence.line:
                return None
            if not _is_quotation(other):
                return self._postposed_speaker(other) if other.start <= end else None
        return None

    def _quotation_end(self, sentence: Sentence) -> int | None:
        """Where the quotation ends in which a whole sentence stands."""
        inside = (
            end
            for start, end in self.document.quotations
            if start <= sentence.start + 1 and sentence.end - 1 <= end
        )
        return next(inside, None)

    def _postposed_speaker(self, sentence: Sentence) -> Voice | None:
        frame = outermost_frame(sentence, 0, len(sentence), False)
        if frame is None or not frame.postposed or frame.subject is None:
            return None
        voice = self.voices.voice(sentence, frame, Voice())
        if voice is None or not voice.speakers:
            return None
        return voice.plain()._replace(attribution=None, first_person=voice.speakers)


def _is_quotation(sentence: Sentence) -> bool:
    """Whether everything but punctuation stands in quotation marks."""
    written = sentence.tokens.words
    return (
        True in sentence.quoted
        and sentence.is_quoted(0, len(sentence))
        and any(word[0].isalnum() for word in written)
    )


def _numbers(sentence: Sentence) -> set[str]:
    """The numbers of a sentence without separators and short units: 1,200 and 1200bn are one each."""
    digits = (w for w in sentence.tokens.words if w[0].isdigit())
    return {w.replace(",", "").rstrip("bmkn") for w in digits}
