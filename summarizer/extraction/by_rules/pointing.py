"""What "this", "the charge", "that figure" and "no such plan" in a denial point back to.

The claims of somebody else in the sentences before are searched, the latest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from summarizer.extraction.by_rules.claim_records import FoundClaim, Voice
from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.extraction.by_rules.entities import EntityTable
from summarizer.extraction.by_rules.vocabulary import word_set, words

POINTING: Final = word_set("claims", "pointing", "nouns")
POINTING_PRONOUNS: Final = frozenset(("it", "that", "this"))
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
#: "the charge" points to a claim of at most so many sentences before.
MAX_SENTENCES_BACK: Final = 5
#: Words of a plan in claims about it: "denied having such plans" after "is preparing to invade".
_PLAN_STEMS: Final = ("prepar", "intend", "intent")
_STEM_CHARS: Final = 6
#: "The US has evidence that Russia is preparing": whose plans a claim tells stands among so many words.
_OPENING_WORDS: Final = 8


class Pointing:
    """Finds what words of one document point back to; `claims` are those found so far."""

    def __init__(self, document: Document, table: EntityTable, claims: Sequence[FoundClaim]) -> None:
        self.document = document
        self.table = table
        self.claims = claims

    def pointed_at(self, sentence: Sentence, voice: Voice, pointer: tuple[int, int]) -> str | None:
        """The claim that "this", "the claim" or "such a plan" in somebody's own words means, or None."""
        noun = sentence.tokens.lowers[pointer[1] - 1]
        if sentence.tokens.lowers[pointer[0]] == "such" and noun not in _PLANS:
            nearby = list(self._nearby(sentence, voice))
            return next((c.text for c in nearby if self._tells([c], noun)), None)
        return self.claimed_before(sentence, voice, noun)

    def claimed_before(self, sentence: Sentence, voice: Voice, noun: str) -> str | None:
        """Text of the latest claim of somebody else: what "the charge" or "that suggestion" means."""
        if noun in POINTING_PRONOUNS and self._after_question(sentence):
            return None
        if noun in POINTING_PRONOUNS:
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
        elif noun in POINTING and noun not in POINTING_PRONOUNS:
            nearby = [c for c in nearby if c.voice.speakers] or nearby
        elif noun not in POINTING:
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
            if claim.role == "headline":
                continue
            if sentence.index - claim.sentence > MAX_SENTENCES_BACK:
                return None
            if not set(claim.voice.speakers) & set(voice.speakers):
                return claim.text if _is_affirmed(claim) else None
        return None

    def _nearby(self, sentence: Sentence, voice: Voice) -> Iterator[FoundClaim]:
        """What others said in the sentences before, the latest first.

        Claims stand in the order of their sentences, the headlines' at the end: the search stops early.
        """
        for claim in reversed(self.claims):
            if sentence.index - claim.sentence > MAX_SENTENCES_BACK:
                if claim.role != "headline":
                    return
            elif _is_affirmed(claim) and not set(claim.voice.speakers) & set(voice.speakers):
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


def _tells_number(text: str) -> bool:
    said = text.lower().replace(".", " ").split()
    return any(word[0].isdigit() or word in _NUMBERS for word in said)


def _is_affirmed(claim: FoundClaim) -> bool:
    return claim.polarity == "affirmed" and claim.certainty != "unknown"


def _tells_plan(text: str) -> bool:
    return not _PLANNED.isdisjoint(text.lower().rstrip(".").split())
