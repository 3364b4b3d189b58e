"""Check a summary sentence against what it cites: ids, numbers, names, hedges, denials.

Pure. A sentence may say only what its cited claims and figures carry: their texts, their evidence, the actors
they name. It must be as unsure as the least sure claim it cites and as negative as a denied one, in
words of our lists or in the claim's own cues; a sentence that repeats the evidence word for word is so by
itself. A figure's number keeps its bound.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.grounding.known_numbers import KnownNumbers, may_hold_number, stated_by
from summarizer.grounding.known_words import KnownWords
from summarizer.records.brief import CERTAINTIES, Actor, Certainty, Claim, Figure, RejectionCode
from summarizer.text.folding import comparison_key
from summarizer.text.lexicon import alternatives, load_lexicon


@dataclass(frozen=True, slots=True)
class Cited:
    """What a sentence rests on: the cited items and the actors that they name."""

    claims: Sequence[Claim]
    figures: Sequence[Figure]
    actors: Sequence[Actor]


@dataclass(frozen=True, slots=True)
class SentenceFault:
    """Why a sentence can't stand."""

    code: RejectionCode
    reason: str


def sentence_fault(sentence: str, cited: Cited, published: str | None) -> SentenceFault | None:
    """What the sentence says beyond what it cites, or None."""
    texts = _texts(cited)
    name = KnownWords(texts).unknown_name(sentence)
    if name is not None:
        return SentenceFault("name_not_in_cited", f"“{name}” is not in what the sentence cites")
    if may_hold_number(sentence):
        figures = [stated for figure in cited.figures for stated in stated_by(figure)]
        numbers = KnownNumbers(texts, figures, anchor=published)
        dates = [*(claim.when for claim in cited.claims), *(figure.as_of for figure in cited.figures)]
        unknown = numbers.unknown_number(sentence, dates)
        if unknown is not None:
            lost = unknown.code == "bound_not_in_evidence"
            return SentenceFault("bound_differs" if lost else "number_not_in_cited", unknown.reason)
    for claim in cited.claims:
        fault = hedge_fault(sentence, claim.certainty, claim.cues, _quotes(claim))
        fault = fault or denial_fault(sentence, claim.polarity == "denied", claim.cues, _quotes(claim))
        if fault is not None:
            return SentenceFault("hedge_lost", f"{fault} of {claim.id}: “{claim.text}”")
    return None


def hedge_fault(
    sentence: str, certainty: Certainty, cues: Sequence[str], quotes: Sequence[str]
) -> str | None:
    """What is missing if the sentence is surer than a claim of this certainty, or None."""
    if certainty == "certain" or _repeats(sentence, quotes) or _holds_cue(sentence, cues):
        return None
    unsure = CERTAINTIES[CERTAINTIES.index(certainty) :]
    if any(_patterns()[level].search(_key(sentence)) for level in unsure):
        return None
    return f"it lacks the hedge ({certainty})"


def denial_fault(sentence: str, denied: bool, cues: Sequence[str], quotes: Sequence[str]) -> str | None:
    """What is missing if the sentence affirms a denied claim, or None."""
    if not denied or _repeats(sentence, quotes) or _holds_cue(sentence, cues):
        return None
    return None if _patterns()["denial"].search(_key(sentence)) else "it lacks the denial"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lists = load_lexicon("summarizer.grounding", "data/hedges.toml")
    levels = ("probable", "possible", "unknown", "denial")
    return {level: re.compile(rf"(?:\b|(?=n't))(?:{alternatives(lists[level])})\b") for level in levels}


def _texts(cited: Cited) -> list[str]:
    texts: list[str] = []
    for claim in cited.claims:
        texts.extend((claim.text, *_quotes(claim)))
    for figure in cited.figures:
        texts.extend((figure.counted, figure.place or ""))
        texts.extend(mention.quote for mention in (*figure.evidence, *figure.also))
    for actor in cited.actors:
        texts.extend((actor.name, actor.role or "", *actor.aliases))
    return texts


def _quotes(claim: Claim) -> list[str]:
    return [evidence.quote for evidence in claim.evidence]


def _key(sentence: str) -> str:
    return comparison_key(sentence)


def _repeats(sentence: str, quotes: Sequence[str]) -> bool:
    key = _key(sentence)
    return any(_key(quote).rstrip(" .,;'") in key for quote in quotes)


def _holds_cue(sentence: str, cues: Sequence[str]) -> bool:
    key = f" {_key(sentence)} "
    return any(re.search(rf"(?<!\w){re.escape(_key(cue))}(?!\w)", key) for cue in cues if _key(cue))
