"""Figures: every quantity of the story with what it counts, how sure it is and who says so.

Pure. Numbers, units, bounds and masks are `text.numbers`' business; here each quantity gets its noun phrase,
status, date, place and source, mentions of one quantity are joined into one figure, and counts that only
describe a source ("two officials said") are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.extraction.by_rules.figures_counted import Earlier, counted_noun, counted_phrase, is_number_of
from summarizer.extraction.by_rules.figures_dates import as_of
from summarizer.extraction.by_rules.figures_merging import Mention, merge_mentions
from summarizer.extraction.by_rules.figures_phrases import Spot
from summarizer.extraction.by_rules.figures_places import place_of
from summarizer.extraction.by_rules.figures_sources import (
    OWN_VOICE,
    ActorMention,
    Attribution,
    Sources,
    is_descriptive,
    is_epithet,
)
from summarizer.extraction.by_rules.figures_status import status_of
from summarizer.records.draft import DraftFigure, Quote
from summarizer.text.dates import DateExpression, find_dates
from summarizer.text.numbers import Quantity, find_quantities
from summarizer.text.numbers_units import currency_in, is_unsure

__all__ = ["ActorMention", "Attribution", "find_figures"]

#: Heads of counts that only say how many sources there are, with what then follows.
_SOURCES: Final = frozenset(
    (
        "people", "sources", "officials", "diplomats", "researchers", "persons", "executives", "lawyers",
        "aides", "traders", "witnesses", "analysts", "bankers", "insiders", "advisers", "experts", "men",
        "women", "employees",
    )
)  # fmt: skip
_SOURCE_AFTER: Final = re.compile(
    r"(?:\s[\w’'-]+){0,2}?\s(?:familiar\swith|with\s(?:direct\s|first-?hand\s|intimate\s)?knowledge|briefed\son"
    r"|close\sto|who\s(?:asked|spoke|requested|declined|were\snot\sauthori[sz]ed)|said|told|says|say)\b"
)
MAX_SOURCES: Final = 12
#: "Analysts had forecast $5 billion" means the sum told so many sentences before at most.
_RECENT: Final = 3


#: "… compared with about 45 per cent before the announcement", "down from a previous range of 4% to 6%".
_COMPARED: Final = re.compile(
    r"\b(?:compared\s(?:with|to)|versus|against|from|than|vs\.?)\s((?:an?|the|its|their)\s(?:\w+\s){1,3}?of\s|the\s)?$"
)
_EARLIER_PLAN: Final = re.compile(r"\b(?:previous|prior|earlier|initial|original)\b")
_EARLIER_AFTER: Final = re.compile(
    r"\s(?:(?:it|they|he|she|the\s\w+)\s(?:had\s)?(?:forecast|projected|predicted|expected)\b|previously|earlier|before\s(?:the|that|its)|forecast|projected|expected|seen\sin)\b"
)


def find_figures(
    document: Document, attributions: Sequence[Attribution], actors: Sequence[ActorMention] = ()
) -> tuple[DraftFigure, ...]:
    """Draft figures of the article in text order, ids "f1" …

    `attributions` are the claims with their speakers; `actors` says where the text names them, for figures
    that no claim covers. See `figures_sources` for who gets the credit.
    """
    reader = _Reader(document, Sources(document, attributions, actors))
    groups = merge_mentions(reader.mentions())
    return tuple(_draft(f"f{number}", group, document.text) for number, group in enumerate(groups, 1))


class _Reader:
    """Reads the mentions of one document."""

    def __init__(self, document: Document, sources: Sources) -> None:
        self._document = document
        self._sources = sources
        self._text = document.text
        self._dates: dict[int, list[DateExpression]] = {}
        self._currencies: dict[str, str | None] = {}
        self._noun = (-1, "")
        self._phrases: dict[str, tuple[int, str]] = {}
        self._last = (-1, "")

    def mentions(self) -> list[Mention]:
        """Every quantity with its context, in text order."""
        found: list[Mention] = []
        for sentences in _lines(self._document.sentences):
            starts = [sentence.start for sentence in sentences]
            places = [
                (sentences[max(0, bisect_right(starts, item.number_start) - 1)], item)
                for item in find_quantities(self._text, sentences[0].start, sentences[-1].end)
            ]
            numbers: dict[int, frozenset[int]] = {}
            for sentence, group in groupby(places, key=lambda place: place[0]):
                words = (word for _, item in group for word in range(*_word_range(sentence, item)))
                numbers[sentence.index] = frozenset(words)
            for sentence, item in places:
                if not self._describes_source(item):
                    mention = self._mention(sentence, item, numbers[sentence.index])
                    found.append(self._compared(mention, found[-1]) if found else mention)
        return found

    def _mention(self, sentence: Sentence, item: Quantity, numbers: frozenset[int]) -> Mention:
        text = self._text
        first, last = _word_range(sentence, item)
        quoted = sentence.quoted[min(first, len(sentence.quoted) - 1)]
        descriptive = is_descriptive(text, sentence, item)
        voice = self._sources.voice(item)
        if (descriptive or is_epithet(text, sentence, item)) and not quoted:
            voice = OWN_VOICE
        status = status_of(
            sentence,
            first,
            last,
            definite=descriptive,
            duration=item.kind == "duration",
            measured=item.kind in ("duration", "measure"),
            attributed=bool(voice.speakers),
            commissive=voice.commissive,
        )
        counted = self._counted(Spot(text, sentence, item, first, last, numbers))
        return Mention(
            item=item,
            sentence=sentence,
            unit=self._unit(item),
            noun=text[item.head.noun_start : item.head.end].lower() if item.head else "",
            counted=counted,
            status=status,
            as_of=self._as_of(sentence, item, first, last, status),
            place=place_of(text, sentence, item),
            source=self._sources.source(sentence, item, voice, forecast=status != "actual"),
            via=voice.via,
            quoted=quoted,
        )

    def _counted(self, spot: Spot) -> str:
        """What is counted, read beside what the quantities before it counted."""
        item, index = spot.item, spot.sentence.index
        seen, phrase = self._phrases.get(item.unit, (-1, ""))
        phrase = phrase if index - seen <= _RECENT else ""
        last = self._last[1] if self._last[0] == index else ""
        noun_index, noun = self._noun
        counted = counted_phrase(spot, Earlier(noun, phrase, seen == index, last, noun_index == index))
        told = counted_noun(self._text, item) or (counted if is_number_of(spot) else "")
        self._noun = (index, told) if told else self._noun
        self._phrases[item.unit] = self._last = (index, counted)
        return counted

    def _compared(self, mention: Mention, previous: Mention) -> Mention:
        """A figure given for comparison shares the source of the one before it, and its being a forecast."""
        if mention.sentence is not previous.sentence or mention.unit != previous.unit:
            return mention
        before = self._text[previous.item.end : mention.item.start]
        match = _COMPARED.search(before)
        if match is None:
            return mention
        source, via = (mention.source, mention.via) if mention.source else (previous.source, previous.via)
        earlier = _EARLIER_PLAN.search(match.group(1) or "") or _EARLIER_AFTER.match(
            self._text, mention.item.end
        )
        status = previous.status if earlier and mention.status == "actual" else mention.status
        return mention._replace(source=source, via=via, status=status)

    def _as_of(self, sentence: Sentence, item: Quantity, first: int, last: int, status: str) -> str | None:
        if sentence.index not in self._dates:
            self._dates[sentence.index] = find_dates(self._text, sentence.start, sentence.end)
        dates = self._dates[sentence.index]
        return as_of(
            self._text,
            sentence,
            (item.start, item.end),
            first,
            last,
            dates,
            self._document.article.published.date,
            status == "actual",
        )

    def _unit(self, item: Quantity) -> str:
        """The unit, with "crowns" and "pesos" read as the article's own full name for them says."""
        if item.kind != "money":
            return item.unit
        noun = self._text[item.number_end : item.end].split("(")[0].strip(" -").rsplit(" ", 1)[-1].lower()
        if item.inherited:
            noun = ""
        if not noun.isalpha() or (item.unit != "XXX" and not is_unsure(noun)):
            return item.unit
        if noun not in self._currencies:
            self._currencies[noun] = currency_in(self._text, noun)
        return self._currencies[noun] or item.unit

    def _describes_source(self, item: Quantity) -> bool:
        """ "Three people familiar with the matter", "two of the sources said": no quantity of the story."""
        if item.kind != "count" or item.head is None or item.value > MAX_SOURCES:
            return False
        noun = self._text[item.head.noun_start : item.head.end].lower()
        return noun in _SOURCES and bool(_SOURCE_AFTER.match(self._text, item.end))


def _word_range(sentence: Sentence, item: Quantity) -> tuple[int, int]:
    """First word of a quantity and the word after it."""
    starts = sentence.tokens.starts
    return max(bisect_right(starts, item.start) - 1, 0), bisect_left(starts, item.end)


def _lines(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    lines: list[list[Sentence]] = []
    for sentence in sentences:
        if lines and lines[-1][0].line == sentence.line:
            lines[-1].append(sentence)
        else:
            lines.append([sentence])
    return lines


def _draft(identifier: str, group: Sequence[Mention], text: str) -> DraftFigure:
    main = group[0]
    item = main.item
    source = next((mention for mention in group if mention.source is not None), main)
    return DraftFigure(
        id=identifier,
        evidence=(Quote(quote=text[item.start : item.end], start=item.start),),
        also=tuple(
            Quote(
                quote=text[other.item.start : other.item.end],
                start=other.item.start,
                bound=other.item.bound if other.item.bound != item.bound else None,
            )
            for other in group[1:]
        ),
        value=item.value,
        value_high=item.value_high,
        unit=main.unit,
        counted=main.counted,
        bound=item.bound,
        status=main.status,
        as_of=next((mention.as_of for mention in group if mention.as_of), None),
        place=next((mention.place for mention in group if mention.place), None),
        source=source.source,
        via=source.via,
    )
