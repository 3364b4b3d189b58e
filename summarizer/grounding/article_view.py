"""One article as the checks look at it: where quotes stand, which words and quantities are around them.

Pure; everything is computed when it is first needed and kept for the article.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from summarizer.grounding.known_numbers import KnownNumbers, stated_in
from summarizer.grounding.known_words import KnownWords
from summarizer.grounding.locate import Located, Miss, QuoteFinder
from summarizer.grounding.repeated_numbers import may_hold_number
from summarizer.records.brief import Evidence
from summarizer.records.draft import Quote
from summarizer.text.numbers import Quantity, find_quantities, parse_quantity

#: A quote of fewer words that stands in several places says too little to tell which one is meant.
MIN_SETTLED_WORDS: Final = 4
#: How many sentences before its evidence a claim's own text may draw on ("Broussard disputed that").
SENTENCES_BEFORE: Final = 2


class ArticleView:
    """The text of one article with its indexes. `published` is its ISO date, if known."""

    def __init__(self, text: str, published: str | None) -> None:
        self.text = text
        self.published = published
        self.finder = QuoteFinder(text)
        self._quantities: dict[int, list[Quantity]] = {}
        self._numbers: dict[tuple[int, int], KnownNumbers] = {}
        self._kept_sentence_words: list[KnownWords] | None = None
        self._kept_words: KnownWords | None = None

    @property
    def words(self) -> KnownWords:
        """All words of the article."""
        if self._kept_words is None:
            self._kept_words = KnownWords([self.text])
        return self._kept_words

    @property
    def sentence_words(self) -> list[KnownWords]:
        """The words of each sentence."""
        if self._kept_sentence_words is None:
            self._kept_sentence_words = [
                KnownWords([self.text[start:end]]) for start, end in self.finder.sentences
            ]
        return self._kept_sentence_words

    def place(self, quote: Quote, settled: bool = True) -> Located | Miss:
        """Where a draft's quote stands. `settled`: a short quote that stands elsewhere too is a miss."""
        found = self.finder.locate(quote.quote, sentence=quote.sentence, start=quote.start)
        if isinstance(found, Miss) or not found.unsettled or not settled:
            return found
        passage = self.text[found.start : found.end]
        if len(passage.split()) >= MIN_SETTLED_WORDS:
            return found
        reason = "the quote stands in several places and no hint tells which is meant"
        return Miss("quote_ambiguous", reason, passage, found.start, found.end)

    def evidence(self, start: int, end: int) -> Evidence:
        """The span as it is stored."""
        return Evidence(quote=self.text[start:end], start=start, end=end)

    def text_around(self, start: int, end: int, before: int = SENTENCES_BEFORE) -> str:
        """The sentences that `[start, end)` touches and `before` ahead of them: what a claim may draw on."""
        first, last = self._sentences_around(start, end, before)
        sentences = self.finder.sentences
        return self.text[sentences[first][0] : sentences[last][1]] if sentences else self.text[start:end]

    def numbers_around(self, start: int, end: int, before: int = SENTENCES_BEFORE) -> KnownNumbers:
        """The numbers of these sentences."""
        first, last = key = self._sentences_around(start, end, before)
        if key not in self._numbers:
            quantities = [q for index in range(first, last + 1) for q in self._quantities_of(index)]
            texts, stated = [self.text_around(start, end, before)], stated_in(self.text, quantities)
            self._numbers[key] = KnownNumbers(texts, anchor=self.published, stated=stated, loose=True)
        return self._numbers[key]

    def _sentences_around(self, start: int, end: int, before: int) -> tuple[int, int]:
        if not self.finder.sentences:
            return 0, -1
        return max(0, self.finder.sentence_at(start) - before), self.finder.sentence_at(end - 1)

    def quantities(self, start: int, end: int) -> list[Quantity]:
        """Quantities whose numerals lie in `[start, end)`, read in their sentences; offsets in the article.

        Where the sentence gives none (a headline's fragment), the span is read by itself.
        """
        found: list[Quantity] = []
        if self.finder.sentences:
            for index in range(self.finder.sentence_at(start), self.finder.sentence_at(end - 1) + 1):
                found.extend(self._quantities_of(index))
        inside = [q for q in found if start <= q.number_start and q.number_end <= end]
        if inside:
            return inside
        alone = parse_quantity(self.text[start:end])
        return [_moved(alone, start)] if alone is not None else []

    def _quantities_of(self, index: int) -> list[Quantity]:
        """The quantities of one sentence, read in their line: a unit may stand in the sentence before."""
        if index not in self._quantities:
            sentences = self.finder.sentences
            first = last = index
            while first and "\n" not in self.text[sentences[first - 1][1] : sentences[first][0]]:
                first -= 1
            while (
                last + 1 < len(sentences)
                and "\n" not in self.text[sentences[last][1] : sentences[last + 1][0]]
            ):
                last += 1
            for one in range(first, last + 1):
                self._quantities[one] = []
            start, end = sentences[first][0], sentences[last][1]
            if may_hold_number(self.text[start:end]):
                for quantity in find_quantities(self.text, start, end):
                    self._quantities[self.finder.sentence_at(quantity.number_start)].append(quantity)
        return self._quantities[index]

    def units_near(self, start: int) -> set[str]:
        """Units of the quantities in the sentence at `start` and the one before it."""
        index = self.finder.sentence_at(start)
        first = self.finder.sentences[max(0, index - 1)][0] if self.finder.sentences else 0
        last = self.finder.sentences[index][1] if self.finder.sentences else len(self.text)
        return {quantity.unit for quantity in self.quantities(first, last)}


def _moved(quantity: Quantity, by: int) -> Quantity:
    return replace(
        quantity,
        start=quantity.start + by,
        end=quantity.end + by,
        number_start=quantity.number_start + by,
        number_end=quantity.number_end + by,
        head=None,
    )
