"""An article as the rules see it: sentences of its content lines, words with tags, quotation spans.

Pure. Offsets are into the article's text. Furniture lines are left out here and nowhere else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import compress
from operator import itemgetter
from typing import Final, NamedTuple

from summarizer.extraction.by_rules.quotations import inside_spans, quotation_spans
from summarizer.extraction.by_rules.signals import Signals, places_of_signals
from summarizer.records.article import Article, LineRole
from summarizer.text.datelines import dateline_end
from summarizer.text.sentences import split_sentences
from summarizer.text.words import FINITE, Tokens, tokenize

#: Stands for a word position that no sentence reaches.
NO_WORD: Final = 1 << 30
#: Places of words that a sentence lacks.
_NOWHERE: Final[list[int]] = []
CONTENT_ROLES: Final = frozenset(("body", "headline", "caption"))
_LABEL: Final = re.compile(r"([A-Z]{1,4}|[A-Z][\w'’-]{1,20}(?: [A-Z][\w'’-]{1,20}){0,2}):\s")
_LABEL_CHARS: Final = 70
#: An interview has at least two labels that come this often.
_MIN_TURNS: Final = 2


@dataclass(slots=True)
class Sentence:
    """One sentence, not to be changed. `quoted[i]` tells whether word i stands inside quotation marks.

    `line` numbers the content lines; `label` is who speaks in an interview: "FOW" of "FOW: We will see."
    `finite_from` gives, for each word and for the end, the next finite verb from there on (`NO_WORD` where
    none comes), `capitals` the words that begin with a capital: the rules ask for both again and again.
    `signals` says where words stand that can matter to a rule: see `places`.
    """

    index: int
    line: int
    start: int
    end: int
    role: LineRole
    repeated: bool
    tokens: Tokens
    quoted: list[bool]
    finite_from: list[int]
    capitals: list[int]
    signals: dict[Signals, list[int]]
    label: str | None = None

    def __len__(self) -> int:
        return len(self.tokens.words)

    def has_finite(self, first: int, last: int) -> bool:
        """Whether words `first:last` hold a finite verb."""
        return first < last and self.finite_from[first] < last

    def finite_in(self, first: int, last: int) -> int | None:
        """The first finite verb of words `first:last`, or None."""
        verb = self.finite_from[first] if first < last else NO_WORD
        return verb if verb < last else None

    def places(self, words: Signals) -> list[int]:
        """Where words of a set stand, ascending. Not to be changed."""
        return self.signals.get(words, _NOWHERE)

    def next_word(self, word: str, first: int, last: int) -> int | None:
        """The first place in `first:last` of a word (lower case), or None."""
        lowers = self.tokens.lowers
        return lowers.index(word, first, last) if word in lowers[first:last] else None

    def next_of(self, words: frozenset[str], first: int, last: int) -> int | None:
        """First word of `first:last` that is one of a set (lower case), or None."""
        lowers = self.tokens.lowers
        if not words.isdisjoint(lowers[first:last]):
            for i in range(first, last):
                if lowers[i] in words:
                    return i
        return None

    def is_quoted(self, first: int, last: int) -> bool:
        """Whether all of words `first:last` but punctuation stand in quotation marks."""
        words, quoted = self.tokens.words, self.quoted
        if False not in quoted[first:last]:
            return True
        while first < last and (quoted[first] or not words[first][0].isalnum()):
            first += 1
        return first >= last


@dataclass(slots=True)
class Document:
    """The content of one article. `article` keeps everything else."""

    article: Article
    text: str
    sentences: list[Sentence] = field(default_factory=list)
    quotations: list[tuple[int, int]] = field(default_factory=list)

    def words(self, sentence: Sentence, first: int, last: int) -> str:
        """The text of words `first:last` as the article writes it."""
        return self.text[sentence.tokens.starts[first] : sentence.tokens.ends[last - 1]]


class _Stretch(NamedTuple):
    """A content line."""

    start: int
    end: int
    role: LineRole
    repeated: bool


def read_document(article: Article) -> Document:
    """Sentences of headline, body and caption lines, in text order.

    An article without marked lines is read as if every line were body.
    """
    text = article.text
    stretches = list(_stretches(article))
    labels = _interview_labels(text, stretches)
    document = Document(article, text)
    for number, stretch in enumerate(stretches):
        spans = quotation_spans(text, stretch.start, stretch.end)
        document.quotations.extend(spans)
        label = labels.get(stretch.start)
        begin = stretch.start + len(label) + 1 if label is not None else _after_dateline(text, stretch)
        for first, last in split_sentences(text, begin, stretch.end):
            tokens = tokenize(text, first, last)
            if tokens.words:
                document.sentences.append(
                    Sentence(
                        index=len(document.sentences),
                        line=number,
                        start=first,
                        end=last,
                        role=stretch.role,
                        repeated=stretch.repeated,
                        tokens=tokens,
                        quoted=inside_spans(tokens.starts, spans),
                        finite_from=_finite_from(tokens.tags),
                        capitals=_capitals(tokens.words),
                        signals=places_of_signals(tokens.lowers),
                        label=label,
                    )
                )
    return document


def _capitals(words: list[str]) -> list[int]:
    return list(compress(range(len(words)), map(str.isupper, map(itemgetter(0), words))))


def _finite_from(tags: list[str]) -> list[int]:
    found: list[int] = []
    for verb in compress(range(len(tags)), map(FINITE.__contains__, tags)):
        found += [verb] * (verb + 1 - len(found))
    return found + [NO_WORD] * (len(tags) + 1 - len(found))


def _stretches(article: Article) -> Iterator[_Stretch]:
    for line in article.lines:
        if line.role in CONTENT_ROLES:
            yield _Stretch(line.start, line.end, line.role, line.repeats is not None)
    if not article.lines:
        position = 0
        for line_text in article.text.split("\n"):
            if line_text.strip():
                yield _Stretch(position, position + len(line_text), "body", False)
            position += len(line_text) + 1


def _after_dateline(text: str, stretch: _Stretch) -> int:
    if stretch.role != "body":
        return stretch.start
    return dateline_end(text, stretch.start, stretch.end)


def _interview_labels(text: str, stretches: list[_Stretch]) -> dict[int, str]:
    """Line start -> label of its speaker, where at least two labels take turns."""
    found = {
        stretch.start: match.group(1)
        for stretch in stretches
        if (match := _LABEL.match(text, stretch.start, min(stretch.end, stretch.start + _LABEL_CHARS)))
    }
    if len(found) < 2 * _MIN_TURNS:
        return {}
    turns = Counter(found.values())
    if sum(count >= _MIN_TURNS for count in turns.values()) < 2:
        return {}
    return {start: label for start, label in found.items() if turns[label] >= _MIN_TURNS}
