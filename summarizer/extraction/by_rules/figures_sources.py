"""Whose figure it is: the speaker of the claim around it, a forecaster, or the article itself. Pure.

Claims come from outside as stretches of text with their speakers. Where no claim covers a number, a speech
verb right before it or the maker of a forecast still gives a source. Things that a statement takes for
granted ("the 212-room hotel said", "urged a solution to the build-up of 100,000 troops") are the article's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.records.brief import Certainty
from summarizer.text.lexicon import alternatives, load_lexicon
from summarizer.text.numbers import Quantity

_LEXICON: Final = load_lexicon("summarizer.extraction.by_rules", "lexicons/figure_status.toml")


class Attribution(NamedTuple):
    """A claim's stretch of text and who stands behind it; without speakers it is the article's own voice."""

    start: int
    end: int
    speakers: tuple[str, ...] = ()
    via: str | None = None
    certainty: Certainty = "certain"
    commissive: bool = False


class ActorMention:
    """Where the text names an actor, for figures whose source is only their grammatical subject."""

    __slots__ = ("actor", "end", "start")

    def __init__(self, start: int, end: int, actor: str) -> None:
        self.start = start
        self.end = end
        self.actor = actor


OWN_VOICE: Final = Attribution(0, 0)

_OWNERS: Final = frozenset(_LEXICON["owners"])
_WORD: Final = re.compile(r"[A-Za-z]+")
_PASSIVE: Final = re.compile(r"\b(?:is|are|was|were|be|been|being|widely|than)\s$")
_NOUN_OF: Final = re.compile(r"\b(?:its|their|his|her|the|an?)\s(?:[\w-]+\s){0,3}$", re.IGNORECASE)
_POLLED_BY: Final = re.compile(
    r"\b(?:polled|surveyed|asked|interviewed|quoted|compiled|collected|employed|owned|led)\sby\s(?:the\s)?$"
)
_SAYS_AFTER: Final = re.compile(
    r"(?:[’']s\s(?:team|office|spokesman|spokeswoman|lawyers?))?(?:,\s[^,]{3,60})?,?\s(?:also\s|now\s|later\s)?"
    r"(?:(?:lowered|raised|revised|corrected|updated|increased|cut)\s(?:the|its|their)\s(?:death\s)?"
    r"(?:toll|number|count|tally|estimate|figure)"
    rf"|{alternatives(_LEXICON['speech_before'])}|told\s[\w\s]{{2,30}}?)\b"
)
_HEADLINE_SAYS: Final = re.compile(r"\b(?:says|said|shows|claims|warns|finds)\b")
_PRESUPPOSING: Final = re.compile(
    r"\b(?:urged|urges|call(?:s|ed)\sfor|condemn\w*|critici[sz]\w+|denounc\w+|demand\w*|welcom\w+|deplor\w+|mourn\w+)\b"
)
_INSIDE_DEFINITE: Final = re.compile(r"\bthe\s(?:[\w'’‘“”-]+\s){0,3}[\w-]+\sof\s$")
_SPOKE_OF: Final = re.compile(r"\bsp(?:oke|eaks?)\sof\s(?:only\s|just\s|some\s)?$")
_NEW_CLAUSE: Final = re.compile(r";|,\s(?:but|while|although|whereas|which|who)\s")
_PRONOUN: Final = re.compile(
    r"\b(?:its?|they|their|his|her|he|she|the\s(?:company|bank|firm|group|agency|ministry))\b", re.IGNORECASE
)
_DEFINITE: Final = re.compile(r"\b(?:the|its|their|his|her|our|my|this)\s(?:\w+\s)?$|['’]s\s$")
_POSSESSED: Final = re.compile(
    r"(?:\b(?:its|their|his|her|our|my)|['’]s|s['’])\s(?:shared\s|own\s|current\s)?$"
)
_THE: Final = re.compile(r"\bthe\s$")
#: A text is cut into parts of so many characters: a claim reaches into few of them, a part into few claims.
_PART_CHARS: Final = 512
#: How far back a determiner or a lead-in verb may stand.
_BACK: Final = 40


def is_descriptive(text: str, sentence: Sentence, item: Quantity) -> bool:
    """Whether the number only describes what there is: "its 2 per cent target", "the nine plaintiffs"."""
    before = text[max(sentence.start, item.start - _BACK) : item.start].lower()
    if item.kind not in ("count", "measure", "money", "percent"):
        return item.definite
    return (
        item.definite
        or bool(_POSSESSED.search(before))
        or (item.kind == "money" and bool(_THE.search(before)))
    )


def is_epithet(text: str, sentence: Sentence, item: Quantity) -> bool:
    """ "The 212-room hotel", "the 27-member bloc": it says what a thing is, whoever speaks."""
    if item.kind != "count" or text[item.number_end : item.number_end + 1] not in ("-", "‑"):
        return False
    return bool(_DEFINITE.search(text[max(sentence.start, item.start - _BACK) : item.start].lower()))


class Sources:
    """Finds the source of each quantity of one document."""

    def __init__(
        self, document: Document, attributions: Sequence[Attribution], actors: Sequence[ActorMention]
    ) -> None:
        self._document = document
        self._text = document.text
        self._smallest_first = sorted(attributions, key=lambda item: (item.end - item.start, item.start))
        #: The same by the parts of the text that they reach into.
        self._by_part: dict[int, list[Attribution]] = {}
        for attribution in self._smallest_first:
            for part in range(attribution.start // _PART_CHARS, attribution.end // _PART_CHARS + 1):
                self._by_part.setdefault(part, []).append(attribution)
        self._actors = sorted(actors, key=lambda mention: (mention.end, mention.start))
        self._actor_ends = [mention.end for mention in self._actors]

    def voice(self, item: Quantity) -> Attribution:
        """The smallest claim around the number; `OWN_VOICE` where there is none.

        A nested claim in the article's own voice ("…, which controls 34% of the votes, was open to a sale,
        the paper said") keeps the number from the outer speaker.
        """
        start, end = item.number_start, item.number_end
        for attribution in self._by_part.get(start // _PART_CHARS, ()):
            if attribution.start <= start and end <= attribution.end:
                return attribution
        return OWN_VOICE

    def source(self, sentence: Sentence, item: Quantity, voice: Attribution, *, forecast: bool) -> str | None:
        """Id of the actor to whom the figure is attributed, or None: the article."""
        before = self._text[sentence.start : item.start]
        if voice.speakers and _SPOKE_OF.search(before):
            # "said 900 were out; the firm spoke of | 400"
            return self._spoken(sentence, item, OWN_VOICE, beside=True)
        if voice.speakers:
            presupposed = _PRESUPPOSING.search(before) and _INSIDE_DEFINITE.search(before[-2 * _BACK :])
            return None if presupposed else voice.speakers[0]
        spoken = self._spoken(sentence, item, voice, beside=_SPOKE_OF.search(before) is not None)
        if spoken is not None:
            return spoken
        if sentence.role == "headline" and ";" not in before and _HEADLINE_SAYS.search(before):
            told = [attribution for attribution in self._smallest_first if attribution.speakers]
            return min(told, key=lambda a: a.start).speakers[0] if told else None
        return self._forecaster(sentence, item) if forecast else None

    def _spoken(self, sentence: Sentence, item: Quantity, voice: Attribution, *, beside: bool) -> str | None:
        """Whoever "said", "claimed" or "estimates" it right before the number, where no claim tells.

        The verb must lie inside what is read as the article's own voice: a clause of its own within
        somebody's statement stays the article's. `beside`: the verb is the one right before the number.
        """
        floor = sentence.start if voice is OWN_VOICE else max(sentence.start, voice.start)
        place = bisect_right(self._actor_ends, item.start) - 1
        while place >= 0 and self._actors[place].end > floor:
            verb = _SAYS_AFTER.match(self._text, self._actors[place].end, item.start)
            if beside and self._actors[place].end < item.start - _BACK:
                return None
            if verb is not None and not _NEW_CLAUSE.search(self._text[verb.end() : item.start]):
                return self._actors[place].actor
            place -= 1
        return None

    def _forecaster(self, sentence: Sentence, item: Quantity) -> str | None:
        """Who forecasts: the last actor named before the verb or noun that says so, or whom "it" takes up."""
        for match in reversed(list(_WORD.finditer(self._text, sentence.start, item.start))):
            if match.group().lower() not in _OWNERS:
                continue
            lead = self._text[max(sentence.start, match.start() - _BACK) : match.start()]
            if _PASSIVE.search(lead.lower()):
                return None
            if item.kind == "duration" and _NOUN_OF.search(lead):
                return None  # "cut its forecast for the second time in six months"
            place = bisect_right(self._actor_ends, match.start()) - 1
            if place >= 0 and _POLLED_BY.search(self._text, sentence.start, self._actors[place].start):
                return None  # "analysts polled by Datafirm forecast"
            if place >= 0 and self._actors[place].start >= sentence.start:
                return self._actors[place].actor
            return self._opener(sentence) if _PRONOUN.search(lead) else None
        return None

    def _opener(self, sentence: Sentence) -> str | None:
        """The first actor of the sentence before, whom "it" most often takes up."""
        if sentence.index == 0:
            return None
        before = self._document.sentences[sentence.index - 1]
        first = bisect_right(self._actor_ends, before.start)
        inside = [
            mention
            for mention in self._actors[first : bisect_right(self._actor_ends, before.end)]
            if before.start <= mention.start < before.end
        ]
        return min(inside, key=lambda mention: mention.start).actor if inside else None
