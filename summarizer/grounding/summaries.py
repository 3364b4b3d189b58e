"""Check a brief's summary against what its sentences cite: ids, numbers, names, hedges, denials.

Pure. A sentence may say only what its cited claims and figures carry: their texts, their evidence, the actors
they name. It must be as unsure as the least sure claim it cites and as negative as a denied one, in
words of our lists or in the claim's own cues; a sentence that repeats the evidence word for word is so by
itself. A figure's number keeps its bound. A sentence taken from the article word for word may also hold the
names and numbers of other items of the brief, for there it is the article that puts them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.grounding.article_view import ArticleView
from summarizer.grounding.known_numbers import KnownNumbers, stated_by
from summarizer.grounding.known_words import KnownWords
from summarizer.grounding.locate import Located
from summarizer.grounding.repeated_numbers import may_hold_number
from summarizer.records.brief import CERTAINTIES, Actor, Brief, Certainty, Claim, Figure, RejectionCode
from summarizer.text.folding import comparison_key
from summarizer.text.lexicon import alternatives, load_lexicon


@dataclass(frozen=True, slots=True)
class SentenceFault:
    """Why a sentence can't stand."""

    code: RejectionCode
    reason: str


class _Items:
    """Claims, figures and the actors that they name."""

    __slots__ = ("actors", "claims", "figures")

    def __init__(self, claims: Sequence[Claim], figures: Sequence[Figure], actors: Sequence[Actor]) -> None:
        self.claims = claims
        self.figures = figures
        self.actors = actors

    def texts(self) -> list[str]:
        """All words that these items put in writing."""
        texts: list[str] = []
        for claim in self.claims:
            texts.extend((claim.text, *_quotes(claim)))
        for figure in self.figures:
            texts.extend((figure.counted, figure.place or ""))
            texts.extend(mention.quote for mention in (*figure.evidence, *figure.also))
        for actor in self.actors:
            texts.extend((actor.name, actor.role or "", *actor.aliases))
        return texts


class SummaryChecker:
    """Checks sentences that cite the items of one brief."""

    def __init__(self, brief: Brief, view: ArticleView) -> None:
        self._view = view
        self._items: dict[str, Claim | Figure] = {figure.id: figure for figure in brief.figures}
        self._items.update((claim.id, claim) for claim in brief.claims)
        self._actors = {actor.id: actor for actor in brief.actors}
        self._whole = _Items(brief.claims, brief.figures, brief.actors)
        self._kept_whole_words: KnownWords | None = None

    def missing(self, cites: Iterable[str]) -> list[str]:
        """The ids that are no claim or figure of the brief."""
        return [cite for cite in cites if cite not in self._items]

    def fault(self, sentence: str, cites: Sequence[str]) -> SentenceFault | None:
        """What the sentence says beyond the items it cites (all of them in the brief), or None."""
        cited = self._cited(cites)
        place = self._view.finder.locate(sentence)
        copied = place if isinstance(place, Located) and place.how != "repaired" else None
        return (
            self._name_fault(sentence, cited, copied)
            or self._number_fault(sentence, cited, copied)
            or _certainty_fault(sentence, cited.claims)
        )

    def _cited(self, cites: Sequence[str]) -> _Items:
        items = [self._items[cite] for cite in dict.fromkeys(cites)]
        claims = [item for item in items if isinstance(item, Claim)]
        figures = [item for item in items if isinstance(item, Figure)]
        named = [id_ for claim in claims for id_ in (*claim.speakers, claim.via)]
        named += [id_ for figure in figures for id_ in (figure.source, figure.via)]
        actors = [self._actors[id_] for id_ in dict.fromkeys(named) if id_ in self._actors]
        return _Items(claims, figures, actors)

    def _name_fault(self, sentence: str, cited: _Items, copied: Located | None) -> SentenceFault | None:
        known = KnownWords(cited.texts())
        if copied is not None and not known.carries_names(sentence):
            known = self._whole_words()  # it carries all that the cited items do
        name = known.unknown_name(sentence)
        if name is None:
            return None
        return SentenceFault("name_not_in_cited", f"“{name}” is not in what the sentence cites")

    def _number_fault(self, sentence: str, cited: _Items, copied: Located | None) -> SentenceFault | None:
        if not may_hold_number(sentence):
            return None
        if copied is not None:
            stated = self._view.quantities(copied.start, copied.end)
            spans = self._whole_spans() if stated else []
            if all(any(a <= q.number_start < b for a, b in spans) for q in stated):
                return None
        figures = [stated for figure in cited.figures for stated in stated_by(figure)]
        numbers = KnownNumbers(cited.texts(), figures, anchor=self._view.published)
        dates = [*(claim.when for claim in cited.claims), *(figure.as_of for figure in cited.figures)]
        unknown = numbers.unknown_number(sentence, dates)
        if unknown is None:
            return None
        lost = unknown.code == "bound_not_in_evidence"
        return SentenceFault("bound_differs" if lost else "number_not_in_cited", unknown.reason)

    def _whole_words(self) -> KnownWords:
        if self._kept_whole_words is None:
            self._kept_whole_words = KnownWords(self._whole.texts())
        return self._kept_whole_words

    def _whole_spans(self) -> list[tuple[int, int]]:
        items: list[Claim | Figure] = [*self._whole.claims, *self._whole.figures]
        return [(span.start, span.end) for item in items for span in item.evidence]


def _certainty_fault(sentence: str, claims: Sequence[Claim]) -> SentenceFault | None:
    for claim in claims:
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
