"""Figures: every quantity of the story with what it counts, how sure it is and who says so.

Pure. Numbers, units, bounds and masks are `text.numbers`' business; here each quantity gets its noun phrase,
status, date, place and source, mentions of one quantity are joined into one figure, and counts that only
describe a source ("two officials said") are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.extraction.by_rules.figures_counted import counted_phrase, place_of
from summarizer.extraction.by_rules.figures_dates import as_of
from summarizer.extraction.by_rules.figures_merging import Mention, merge_mentions
from summarizer.extraction.by_rules.figures_status import status_of
from summarizer.extraction.by_rules.figures_units import currency_in
from summarizer.records.brief import Certainty
from summarizer.records.draft import DraftFigure, Quote
from summarizer.text.dates import DateExpression, find_dates
from summarizer.text.numbers import Quantity, find_quantities

__all__ = ["Attribution", "find_figures"]

#: Heads of counts that only say how many sources there are, with what then follows.
_SOURCES = frozenset(
    (
        "people", "sources", "officials", "diplomats", "researchers", "persons", "executives", "lawyers", "aides",
        "traders", "witnesses", "analysts", "bankers", "insiders", "advisers", "experts", "men", "women", "employees",
    )
)  # fmt: skip
_SOURCE_AFTER = re.compile(
    r"(?:\s[\w’'-]+){0,2}?\s(?:familiar\swith|with\s(?:direct\s|first-?hand\s|intimate\s)?knowledge|briefed\son"
    r"|close\sto|who\s(?:asked|spoke|requested|declined|were\snot\sauthori[sz]ed)|said|told|says|say)\b"
)
MAX_SOURCES = 12


@dataclass(frozen=True, slots=True)
class Attribution:
    """A claim's stretch of text and who stands behind it; without speakers it is the article's own voice."""

    start: int
    end: int
    speakers: tuple[str, ...] = ()
    via: str | None = None
    certainty: Certainty = "certain"
    commissive: bool = False


_OWN_VOICE = Attribution(0, 0)


def find_figures(document: Document, attributions: Sequence[Attribution]) -> tuple[DraftFigure, ...]:
    """Draft figures of the article in text order, ids "f1" …

    The smallest attribution that covers a number gives its source and `via`; a nested claim in the article's
    own voice ("…, which controls 34% of the votes, was open to a sale, the paper said") keeps it from the
    outer speaker.
    """
    reader = _Reader(document, attributions)
    groups = merge_mentions(reader.mentions())
    return tuple(_draft(f"f{number}", group, document.text) for number, group in enumerate(groups, 1))


class _Reader:
    """Reads the mentions of one document."""

    def __init__(self, document: Document, attributions: Sequence[Attribution]) -> None:
        self._document = document
        self._text = document.text
        self._published = document.article.published.date
        self._smallest_first = sorted(attributions, key=lambda item: (item.end - item.start, item.start))
        self._dates: dict[int, list[DateExpression]] = {}
        self._currencies: dict[str, str | None] = {}
        self._fallback = ""

    def mentions(self) -> list[Mention]:
        """Every quantity with its context, in text order."""
        found = []
        for sentences in _lines(self._document.sentences):
            starts = [sentence.start for sentence in sentences]
            for item in find_quantities(self._text, sentences[0].start, sentences[-1].end):
                sentence = sentences[max(0, bisect_right(starts, item.number_start) - 1)]
                if not self._describes_source(item):
                    found.append(self._mention(sentence, item))
        return found

    def _mention(self, sentence: Sentence, item: Quantity) -> Mention:
        text, tokens = self._text, sentence.tokens
        first = bisect_right(tokens.starts, item.start) - 1 if item.start >= sentence.start else 0
        last = bisect_left(tokens.starts, item.end)
        voice = self._voice(item)
        noun = text[item.head.noun_start : item.head.end].lower() if item.head else ""
        described = item.definite or (
            item.kind in ("count", "measure", "money", "percent") and self._possessed(sentence, item)
        )
        status = status_of(
            sentence,
            max(first, 0),
            last,
            definite=described,
            duration=item.kind == "duration",
            measured=item.kind in ("duration", "measure"),
            attributed=bool(voice.speakers),
            commissive=voice.commissive,
        )
        counted = counted_phrase(text, sentence, item, max(first, 0), last, self._fallback)
        if item.kind == "count" and item.head is not None:
            self._fallback = counted
        return Mention(
            item=item,
            sentence=sentence,
            unit=self._unit(item),
            noun=noun,
            counted=counted,
            status=status,
            as_of=self._as_of(sentence, item, max(first, 0), last, status),
            place=place_of(text, sentence, item),
            source=voice.speakers[0] if voice.speakers else None,
            via=voice.via,
            quoted=bool(sentence.quoted) and sentence.quoted[min(max(first, 0), len(sentence.quoted) - 1)],
        )

    def _voice(self, item: Quantity) -> Attribution:
        start, end = item.number_start, item.number_end
        return next((a for a in self._smallest_first if a.start <= start and end <= a.end), _OWN_VOICE)

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
            self._published,
            status == "actual",
        )

    def _unit(self, item: Quantity) -> str:
        """The unit, with "crowns" and "pesos" read as the article's own full name for them says."""
        if item.kind != "money":
            return item.unit
        noun = self._text[item.number_end : item.end].split("(")[0].strip(" -").rsplit(" ", 1)[-1].lower()
        if item.inherited:
            noun = ""
        if not noun.isalpha() or (
            item.unit != "XXX" and noun.rstrip("s") not in ("pound", "rupee", "krona", "lira")
        ):
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

    def _possessed(self, sentence: Sentence, item: Quantity) -> bool:
        """Behind a possessive or an article, so that it describes what there is: "its 2 per cent target"."""
        before = self._text[max(sentence.start, item.start - 16) : item.start].lower()
        return bool(_POSSESSED.search(before))


_POSSESSED = re.compile(r"(?:\b(?:its|their|his|her|our|my)|['’]s|s['’])\s(?:shared\s|own\s|current\s)?$")


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
