"""Who speaks inside an attribution frame, how surely, and through whom.

Pure but for what `coreference` remembers. A frame that turns out to attribute nothing (its subject is
nobody, its verb has no content here) has no voice.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from summarizer.extraction.by_rules.claim_records import Voice
from summarizer.extraction.by_rules.claim_sources import ClaimSources
from summarizer.extraction.by_rules.clause_parts import subject_range
from summarizer.extraction.by_rules.coreference import Coreference
from summarizer.extraction.by_rules.denials import is_deniable
from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frames import NEGATORS, Frame, Range
from summarizer.extraction.by_rules.noun_phrases import head_noun
from summarizer.extraction.by_rules.stances import less_certain, turned
from summarizer.extraction.by_rules.vocabulary import PRODUCTS, words
from summarizer.records.brief import Certainty, Polarity, Sourcing
from summarizer.text.words import NOT

#: Alone or with one more word these are no speaker that could be told.
_NO_SPEAKERS: Final = words("we i you this that there who which what nobody one")
#: Whoever does one of these is somebody, whatever noun names them.
_SPEECH: Final = words("say tell add state announce explain deny warn insist admit testify argue acknowledge")
#: Verbs of denial that have another sense: ministers, staff and cases are dismissed too.
_ALSO_SACKS: Final = frozenset(("dismiss", "reject", "refute", "rebut"))
#: What isn't asked for is no demand: "requested no support".
_ASKS: Final = frozenset(("request", "order"))
_NEGATIONS: Final = NEGATORS | {"no", "nor", "neither", "declined", "refused", "declines", "refuses"}
_SHOWS_TOO: Final = words("suggest indicate show mean imply confirm reveal demonstrate")
_QUESTIONS: Final = words("if whether how what when who why where that")
#: "according to a new report by X": the product stands this near the start of the source.
_PRODUCT_WORDS: Final = 6


class _Source(NamedTuple):
    """Who speaks. `untold`: a document whose maker the article doesn't name."""

    speakers: tuple[int, ...]
    sourcing: Sourcing
    via: int | None
    untold: bool = False


class _Mood(NamedTuple):
    """What verb and negation say of the content, with the ranges that say so."""

    certainty: Certainty
    polarity: Polarity
    cues: tuple[Range, ...] = ()


class VoiceReader:
    """Finds the voices of one document's frames."""

    def __init__(self, coreference: Coreference, sources: ClaimSources) -> None:
        self.coreference = coreference
        self.entities = coreference.table.entities
        self.sources = sources

    def voice(
        self, sentence: Sentence, frame: Frame, outer: Voice, create: bool = True, same: Voice | None = None
    ) -> Voice | None:
        """Who speaks inside a frame in a stretch of the voice `outer`; None when it turns out to be no frame.

        `same` is whose subject an elided one repeats. With `create`, somebody unknown becomes an entity.
        """
        if frame.verb_class.name == "hear":
            return self._in_court(sentence, frame, outer)
        if frame.nominal:
            return self._holder(sentence, frame, outer)
        if frame.verb_class.base in _ALSO_SACKS and frame.noun_object and not is_deniable(sentence, frame):
            return None
        if frame.verb_class.base in _ASKS and sentence.tokens.lowers[frame.content[0]] == "no":
            return None
        learns = frame.verb_class.base == "learn"
        if learns and (frame.subject is None or not _has_learned(sentence, frame.subject, frame.verb)):
            return None
        source = (
            self._same_source(sentence, frame, outer, same)
            if frame.subject is None
            else self._source(sentence, frame.subject, frame, outer, create)
        )
        if source is None or (learns and self.entities[source.speakers[0]].kind == "person"):
            return None
        if source.untold:
            return outer.with_attribution(frame.attribution)._replace(kind="untold")
        if self._only_relays(frame, outer, source):
            return outer.with_attribution(frame.attribution)
        if self._is_thought_of(frame, outer, source):
            return None
        source = self._through(sentence, frame, outer, self._with_medium(sentence, frame, source))
        mood = _mood(sentence, frame)
        if mood is None or (mood.polarity == "affirmed" and _is_nobody(sentence, frame)):
            return None
        goes_on = outer.speakers == source.speakers
        return Voice(
            speakers=source.speakers,
            via=source.via if source.via not in source.speakers else None,
            sourcing=source.sourcing,
            certainty=less_certain(outer.certainty, mood.certainty) if goes_on else mood.certainty,
            polarity=mood.polarity,
            cues=(*outer.cues, *mood.cues) if goes_on else mood.cues,
            attribution=outer.attribution_with(frame.attribution),
            kind=frame.verb_class.name,
            first_person=source.speakers,
        )

    # -- frames without a verb of speech ------------------------------------------------------

    def _in_court(self, sentence: Sentence, frame: Frame, outer: Voice) -> Voice:
        pleader = outer.speakers or self.sources.pleader()
        if not pleader and frame.subject is not None:
            # said there by nobody who is named: not the article's own word either
            pleader = self.coreference.phrase(sentence, *frame.subject, speaking=True)
        return outer._replace(
            speakers=pleader,
            sourcing="named" if pleader else "article",
            attribution=frame.attribution,
            first_person=pleader,
        )

    def _holder(self, sentence: Sentence, frame: Frame, outer: Voice) -> Voice:
        """The voice of "fears that": whoever holds them, or who speaks of them."""
        held = self.coreference.phrase(sentence, *frame.subject) if frame.subject is not None else ()
        return Voice(
            speakers=held or outer.speakers,
            via=outer.via,
            sourcing=self._sourcing(held) if held else outer.sourcing,
            certainty=frame.verb_class.certainty,
            cues=(*outer.cues, (frame.verb, frame.verb + 1)),
            attribution=outer.attribution_with(frame.attribution),
            kind=frame.verb_class.name,
            first_person=outer.first_person,
        )

    # -- who ----------------------------------------------------------------------------------

    def _sourcing(self, speakers: tuple[int, ...]) -> Sourcing:
        return "unnamed" if all(self.entities[i].unnamed for i in speakers) else "named"

    def _same_source(
        self, sentence: Sentence, frame: Frame, outer: Voice, same: Voice | None
    ) -> _Source | None:
        """Who an elided subject repeats: the voice before, the outer voice, the subject of the sentence."""
        voice = same or (outer if outer.speakers else None)
        if voice is not None:
            return _Source(voice.speakers, voice.sourcing, voice.via)
        subject = subject_range(sentence, 0, frame.verb)
        found = self.coreference.phrase(sentence, *subject) if subject is not None else ()
        return _Source(found, self._sourcing(found), None) if found else None

    def _source(
        self, sentence: Sentence, subject: Range, frame: Frame, outer: Voice, create: bool
    ) -> _Source | None:
        """Whom a subject names: the speaker of "we", the maker of a document, somebody."""
        lowers = sentence.tokens.lowers
        told = lowers[subject[0] : subject[1]]
        first_person = outer.first_person or outer.speakers
        if told in (["we"], ["i"], ["i", "also"]) and first_person:
            return _Source(first_person, outer.sourcing, outer.via)
        if told and told[0] in _NO_SPEAKERS and len(told) <= 2 and told != ["one"]:
            return None
        if told == ["it"] and sentence.quoted[subject[0]] and frame.verb_class.base in _SHOWS_TOO:
            return None  # "“It suggests that …,” she said": a finding suggests
        product = lowers[head_noun(sentence, *subject)] in PRODUCTS
        shows = frame.verb_class.name == "show"
        if shows and not product:
            return None
        makers = self.sources.makers(sentence, *subject) if product else None
        if makers is not None:
            untold = shows and not makers and not outer.speakers
            return None if untold else _Source(makers, "document", outer.via, untold=not makers)
        speaking = frame.verb_class.base in _SPEECH and not shows and not product
        found = self._same_speaker(told, outer) or self.coreference.phrase(
            sentence, *subject, create=create, speaking=speaking
        )
        return _Source(found, self._sourcing(found), outer.via) if found else None

    def _same_speaker(self, subject: list[str], outer: Voice) -> tuple[int, ...]:
        """A pronoun inside somebody's speech mostly is that somebody: "The panel said it found"."""
        if len(subject) != 1 or len(outer.speakers) != 1 or subject[0] not in ("it", "they", "he", "she"):
            return ()
        entity = self.entities[outer.speakers[0]]
        unnamed_body = subject[0] == "it" and entity.unnamed and entity.kind != "country"
        return outer.speakers if unnamed_body or entity.may_be(subject[0]) else ()

    def _only_relays(self, frame: Frame, outer: Voice, source: _Source) -> bool:
        return frame.source and not outer.speakers and self.sources.relays_all(source.speakers)

    def _is_thought_of(self, frame: Frame, outer: Voice, source: _Source) -> bool:
        """Whether somebody's feeling is only mentioned in another's speech: "knows our fears"."""
        mentioned = frame.noun_object or frame.verb_class.name == "know"  # "said the company knew that"
        return (
            frame.verb_class.name in ("think", "fear", "hope", "know")
            and mentioned
            and frame.subject is not None
            and bool(outer.speakers)
            and source.speakers != outer.speakers
            and outer.sourcing != "document"  # "Analysts expected a loss, according to LSEG data"
        )

    def _with_medium(self, sentence: Sentence, frame: Frame, source: _Source) -> _Source:
        """The source with its sourcing "document" where somebody named spoke in writing."""
        if source.sourcing != "named":
            return source
        written = self.sources.is_written(sentence, frame)
        if not written and frame.source and frame.subject is not None:
            begin, end = frame.subject
            told = sentence.tokens.lowers[begin : min(end, begin + _PRODUCT_WORDS)]
            written = not PRODUCTS.isdisjoint(told)
        return source._replace(sourcing="document") if written else source

    def _through(self, sentence: Sentence, frame: Frame, outer: Voice, source: _Source) -> _Source:
        """The source with who relays it: an outer speaker, a spokesman, an outlet."""
        if (
            outer.speakers
            and frame.subject is not None
            and not frame.source
            and source.speakers != outer.speakers
        ):
            source = source._replace(via=outer.speakers[0])
        if frame.verb_class.base == "quote" and frame.subject is not None:
            quoting = self.coreference.phrase(sentence, frame.attribution[0], frame.subject[0] - 1)
            if frame.attribution[0] < frame.subject[0] - 1 and quoting:
                return source._replace(via=quoting[0])
        body = self.sources.body_of_spokesperson(source.speakers)
        if body:
            source = _Source(body, "named", source.speakers[0])
        outlet = self.sources.outlet_told(sentence, frame)
        if source.via is None and outlet is not None and outlet not in source.speakers:
            source = source._replace(via=outlet)
        cited = self.sources.cited(sentence, frame)
        if cited:
            unnamed = self._sourcing(cited) == "unnamed"
            via = source.speakers[0] if source.speakers else None
            source = _Source(cited, "unnamed" if unnamed else source.sourcing, via)
        return source


def _mood(sentence: Sentence, frame: Frame) -> _Mood | None:
    """What a frame's verb says of its content; None where a negated verb says nothing of it."""
    verb_class = frame.verb_class
    particle_end = frame.verb + (2 if verb_class.particle else 1)
    if not frame.negated:
        marked = verb_class.polarity == "denied" or verb_class.certainty != "certain"
        cues = ((frame.verb, particle_end),) if marked else ()
        return _Mood(verb_class.certainty, verb_class.polarity, cues)
    lowers = sentence.tokens.lowers
    begin = _negation_start(lowers, frame.verb)
    if verb_class.name in ("deny", "doubt"):
        return _Mood("possible", "affirmed", ((begin, particle_end),))
    after = frame.verb + 1
    asks = after < len(lowers) and lowers[after] in ("whether", "if")
    cue = (begin, after + 1 if asks else after)
    if verb_class.name in ("think", "fear"):
        return _Mood(verb_class.certainty, turned(verb_class.polarity), (cue,))
    if verb_class.name in ("say", "know"):
        opens = after >= len(lowers) or lowers[after] in _QUESTIONS
        return _Mood("unknown", verb_class.polarity, (cue,)) if opens else None
    return None


def _negation_start(lowers: list[str], verb: int) -> int:
    begin = verb - 1
    while begin > 0 and lowers[begin] not in _NEGATIONS:
        begin -= 1
    return begin - 1 if begin > 0 and lowers[begin] in NOT else begin


def _has_learned(sentence: Sentence, subject: Range, verb: int) -> bool:
    """Whether a name "has learned": an outlet's way to tell what it found out."""
    tokens = sentence.tokens
    return tokens.lowers[verb - 1] in ("has", "have") and tokens.words[subject[1] - 1][0].isupper()


def _is_nobody(sentence: Sentence, frame: Frame) -> bool:
    if frame.subject is None:
        return False
    return sentence.tokens.lowers[frame.subject[0]] in ("no", "nobody", "none", "neither")
