"""What is denied: the claim behind "denied the charge", "rejected suggestions that X", "denies planning it".

A denial is told as the claim that it denies: a that-clause as it stands; for "the charge", what somebody
else claimed before; for "any involvement", that there was involvement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from summarizer.extraction.by_rules.accusations import NameOf, capitalised
from summarizer.extraction.by_rules.claim_records import FoundClaim, Voice
from summarizer.extraction.by_rules.clauses import Piece
from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.extraction.by_rules.entities import EntityTable
from summarizer.extraction.by_rules.frames import Frame
from summarizer.extraction.by_rules.noun_phrases import head_noun
from summarizer.extraction.by_rules.verbs import base_of_participle, past_of
from summarizer.extraction.by_rules.vocabulary import word_set, words

_POINTING: Final = word_set("claims", "pointing", "nouns")
_POINTING_PRONOUNS: Final = frozenset(("it", "that", "this"))
_ACCUSATIONS: Final = word_set("claims", "pointing", "accusations")
_PLANS: Final = word_set("claims", "pointing", "plans")
_PLANNED: Final = words(
    "plan plans planned planning prepare prepares preparing prepared will would intend intends intended "
    "consider considers considering considered propose proposes proposed proposing weighing "
    "mulling wants going about"
)
_COUNTS: Final = words("figure figures number numbers toll count tally total estimate estimates")
_NUMBERS: Final = words(
    "two three four five six seven eight nine ten eleven twelve dozen dozens twenty thirty forty fifty "
    "hundred hundreds thousand thousands million billion half"
)
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
#: "the charge" points to a claim of at most so many sentences before.
MAX_SENTENCES_BACK: Final = 5
#: Words of a plan in claims about it: "denied having such plans" after "is preparing to invade".
_PLAN_STEMS: Final = ("prepar", "intend", "intent")
_STEM_CHARS: Final = 6
#: "The US has evidence that Russia is preparing": whose plans a claim tells stands among so many words.
_OPENING_WORDS: Final = 8


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
    return any(lowers[k] in _POINTING | _OFFERS | _ACCOUNTS for k in range(first, stop))


class Denials:
    """Reads the denials of one document; `claims` are those found so far."""

    def __init__(
        self, document: Document, table: EntityTable, claims: Sequence[FoundClaim], name_of: NameOf
    ) -> None:
        """`name_of` gives the name that a pronoun at a word of a sentence stands for, "" if nobody's."""
        self.document = document
        self.table = table
        self.claims = claims
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
            text = self._claimed_before(sentence, voice, noun)
        if text is None:
            if _is_gerund(sentence, first, stop) and frame.subject is not None:
                text = self._of_gerund(sentence, frame, first, stop)
                positions = [*range(*frame.subject), *positions]
            elif voice.speakers and not _is_gerund(sentence, first, stop):
                rules_out = frame.verb_class.particle == "out"
                text = self._of_noun(sentence, first, stop, voice, rules_out=rules_out)
        return Denied(piece, stop, positions, text)

    def pointed_at(self, sentence: Sentence, voice: Voice, pointer: tuple[int, int]) -> str | None:
        """The claim that "this", "the claim" or "such a plan" in somebody's own words means, or None."""
        noun = sentence.tokens.lowers[pointer[1] - 1]
        if sentence.tokens.lowers[pointer[0]] == "such" and noun not in _PLANS:
            nearby = list(self._nearby(sentence, voice))
            return next((c.text for c in nearby if self._tells([c], noun)), None)
        return self._claimed_before(sentence, voice, noun)

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
        if lowers[head] in _POINTING_PRONOUNS:
            return None
        if lowers[head] == "responsibility":
            who = self.table.entities[voice.speakers[0]]
            name = who.name if who.name[:1].isupper() else f"The {who.name}"
            rest = self.document.words(sentence, head, stop)[len("responsibility") :]
            return f"{name} {'are' if who.kind == 'group' else 'is'} responsible{rest.rstrip(' .')}."
        if lowers[head] in _ACCOUNTS:
            own = noun if lowers[first] not in _DEMONSTRATIVES else noun.split(" ", 1)[-1]
            return f"{capitalised(own) if lowers[first] in _THEIRS else f'The {own}'} {verb} right."
        if lowers[head] in _POINTING:
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

    def _claimed_before(self, sentence: Sentence, voice: Voice, noun: str) -> str | None:
        """Text of the latest claim of somebody else: what "the charge" or "that suggestion" means."""
        if noun in _POINTING_PRONOUNS and self._after_question(sentence):
            return None
        if noun in _POINTING_PRONOUNS:
            return self._just_claimed(sentence, voice)
        nearby = list(self._nearby(sentence, voice))
        if noun in _COUNTS:
            nearby = [c for c in nearby if _tells_number(c.text)]
        elif noun in _ACCUSATIONS:
            about = [c for c in nearby if self._is_about(c, voice)] or nearby
            about = [c for c in about if " would " not in c.text] or about  # it tells a deed
            nearby = (
                [c for c in about if c.voice.kind == "accuse"]
                or [c for c in about if c.voice.speakers]
                or about
            )
        elif noun in _POINTING and noun not in _POINTING_PRONOUNS:
            nearby = [c for c in nearby if c.voice.speakers] or nearby
        elif noun not in _POINTING:
            stem = noun.rstrip("s")[:_STEM_CHARS]
            stems = (stem, *_PLAN_STEMS) if stem == "plan" else (stem,)
            nearby = [
                c for c in nearby if self._opens_about(c, voice) and any(s in c.text.lower() for s in stems)
            ]
        if not nearby and noun in _PLANS:
            latest = self._just_claimed(sentence, voice)
            told = latest is not None and (noun.startswith("thing") or _tells_plan(latest))
            return latest if told else None
        return nearby[0].text if nearby else None

    def _after_question(self, sentence: Sentence) -> bool:
        """Whether "it" is what was asked: "Will it open? Analysts doubt it."."""
        if sentence.index == 0:
            return False
        return "?" in self.document.sentences[sentence.index - 1].tokens.lowers[-2:]

    def _tells(self, nearby: list[FoundClaim], noun: str) -> bool:
        return any(noun.rstrip("s")[:_STEM_CHARS] in claim.text.lower() for claim in nearby)

    def _just_claimed(self, sentence: Sentence, voice: Voice) -> str | None:
        """Text of what somebody else claimed last, if it is affirmed: what "it" and "that" mean."""
        for claim in reversed(self.claims):
            if claim.role == "headline" or set(claim.voice.speakers) & set(voice.speakers):
                continue
            near = sentence.index - claim.sentence <= MAX_SENTENCES_BACK
            return claim.text if near and _is_affirmed(claim) else None
        return None

    def _nearby(self, sentence: Sentence, voice: Voice) -> Iterator[FoundClaim]:
        """What others said in the sentences before, the latest first.

        Claims stand in the order of their sentences, the headlines' at the end: the search stops early.
        """
        for claim in reversed(self.claims):
            if sentence.index - claim.sentence > MAX_SENTENCES_BACK:
                if claim.role != "headline":
                    return
            elif (
                claim.polarity == "affirmed"
                and claim.certainty != "unknown"
                and not set(claim.voice.speakers) & set(voice.speakers)
            ):
                yield claim

    def _is_about(self, claim: FoundClaim, voice: Voice) -> bool:
        """Whether a claim names one of the speakers, or the country of one."""
        entities = [self.table.entities[i] for i in voice.speakers]
        return any(
            form and form in claim.text for entity in entities for form in (*entity.forms, entity.country)
        )

    def _opens_about(self, claim: FoundClaim, voice: Voice) -> bool:
        """Whether a claim's first words name one of the speakers: their own plans."""
        opening = " ".join(claim.text.split()[:_OPENING_WORDS])
        entities = [self.table.entities[i] for i in voice.speakers]
        return any(
            form and form in opening for entity in entities for form in (*entity.forms, entity.country)
        )


def _is_gerund(sentence: Sentence, first: int, stop: int) -> bool:
    """Whether an object tells a deed: "denied arming the rebels", tagged as a noun or not."""
    tokens = sentence.tokens
    if tokens.tags[first] == "VBG":
        return True
    word = tokens.lowers[first]
    if not word.endswith("ing") or word in _DEED_NOUNS or first + 1 >= stop or tokens.tags[first] != "NN":
        return False
    return tokens.tags[first + 1] in _AFTER_GERUND and base_of_participle(word) is not None


def _tells_number(text: str) -> bool:
    said = text.lower().replace(".", " ").split()
    return any(word[0].isdigit() or word in _NUMBERS for word in said)


def _is_affirmed(claim: FoundClaim) -> bool:
    return claim.polarity == "affirmed" and claim.certainty != "unknown"


def _tells_plan(text: str) -> bool:
    return not _PLANNED.isdisjoint(text.lower().rstrip(".").split())


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
        w in _POINTING and (w not in _POINTING_PRONOUNS or len(denied) <= 2) for w in denied
    )
