"""An article as the rules see it: sentences of its content lines, words with tags, quotation spans.

Pure. Offsets are into the article's text. Furniture lines are left out here and nowhere else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from summarizer.records.article import Article, LineRole
from summarizer.text.sentences import split_sentences
from summarizer.text.words import Tokens, tokenize

CONTENT_ROLES = frozenset(("body", "headline", "caption"))
_MARK = re.compile(r"[\"“”„«»'‘’`]")
#: "NEW YORK, Sept 8 (Reuters) - ", "PORT ELLERY, Ohio (AP) — ", "LONDON — ": where and whose, not what.
_DATELINE = re.compile(
    r"(?:[A-Z][A-Za-z.’'/ -]{1,40}(?:, [A-Z][A-Za-z.]{1,20}){0,2}(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?,? "
    r"\((?:Reuters|AP|AFP|Bloomberg|dpa|DPA|Xinhua|UPI|Kyodo|ANI|PTI|TASS|[A-Z][A-Za-z ]{1,24})\)\s?(?:--?|–|—)\s?"
    r"|[A-Z][A-Z.’' -]{2,40}(?:, [A-Z][A-Za-z.]{1,20}){0,2}(?:,? (?:- )?[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?"
    r"(?:,? /[A-Za-z ]{2,24}/)?\s(?:--?|–|—)\s?)"
)
_SAY_AFTER = re.compile(r"\s*(?:[A-Z][\w.-]+\s+){0,3}(?:said|told|added|says)\b")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. `quoted[i]` tells whether word i stands inside quotation marks."""

    index: int
    line: int
    start: int
    end: int
    role: LineRole
    repeated: bool
    tokens: Tokens
    quoted: list[bool]
    first_of_line: bool
    label: str | None = None  # who speaks in an interview: "FOW" of "FOW: We will see."

    def __len__(self) -> int:
        return len(self.tokens.words)


def quotation_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of quotations inside `text[start:end]`, marks included; an unclosed one runs to the end.

    Wrong-way marks are read by position: an opening mark while a quotation is open closes it when
    white space stands before or speech follows. An apostrophe is told from a closing mark by its
    neighbours, and by whether a better closing mark follows.
    """
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    kind = ""
    for match in _MARK.finditer(text, start, end):
        position = match.start()
        mark = match.group(0)
        before = text[position - 1] if position > start else " "
        after = text[position + 1] if position + 1 < end else " "
        if mark in "'’‘`":
            if before.isalnum() and after.isalnum():
                continue
            if opened is None:
                if mark != "’" and not before.isalnum() and not after.isspace():
                    opened, kind = position, "'"
                continue
            if kind != "'" or mark == "‘":
                continue
            if before == "s" and after == " " and not _closes_best(text, position, end):
                continue
            if not before.isspace() and not after.isalnum():
                spans.append((opened, position + 1))
                opened = None
            continue
        if opened is None:
            if mark == "”" and not before.isspace():
                continue
            opened, kind = position, '"'
        elif kind == "'":
            continue
        elif (
            mark == "“"
            and before.isspace()
            and not _SAY_AFTER.match(text, position + 1, min(end, position + 60))
        ):
            if after.isspace():
                spans.append((opened, position + 1))
                opened = None
        else:
            spans.append((opened, position + 1))
            opened = None
    if opened is not None:
        spans.append((opened, end))
    return spans


def _closes_best(text: str, position: int, end: int) -> bool:
    """Whether the mark after a final s is the closing one: no later mark closes before the next opens."""
    for match in _MARK.finditer(text, position + 1, min(end, position + 400)):
        before, after = text[match.start() - 1], text[match.start() + 1 : match.start() + 2] or " "
        if before.isalnum() and after.isalnum():
            continue
        return before.isspace() or before in "(["
    return True


@dataclass(slots=True)
class Document:
    """The content of one article. `article` keeps everything else."""

    article: Article
    sentences: list[Sentence]
    quotations: list[tuple[int, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.article.text


def _inside(starts: list[int], spans: list[tuple[int, int]]) -> list[bool]:
    """Which of the ascending offsets stand inside one of the ascending spans."""
    flags: list[bool] = []
    position = bisect_right(spans, (starts[0], starts[0])) - 1 if starts else 0
    position = max(position, 0)
    for start in starts:
        while position < len(spans) and spans[position][1] <= start:
            position += 1
        flags.append(position < len(spans) and spans[position][0] <= start)
    return flags


_LABEL = re.compile(r"([A-Z]{1,4}|[A-Z][\w'’-]{1,20}(?: [A-Z][\w'’-]{1,20}){0,2}):\s")


def _interview_labels(text: str, stretches: list[tuple[int, int, LineRole, bool]]) -> dict[int, str]:
    """Line start -> label of its speaker, where at least two labels take turns over four lines."""
    found = {
        start: match.group(1)
        for start, end, _, _ in stretches
        if (match := _LABEL.match(text, start, min(end, start + 70))) is not None
    }
    counts = {label: sum(other == label for other in found.values()) for label in found.values()}
    repeated = [label for label, count in counts.items() if count >= 2]
    if len(repeated) < 2:
        return {}
    return {start: label for start, label in found.items() if counts[label] >= 2}


def read_document(article: Article) -> Document:
    """Sentences of headline, body and caption lines, in text order.

    An article without marked lines is read as if every line were body.
    """
    text = article.text
    stretches: list[tuple[int, int, LineRole, bool]] = []
    if article.lines:
        stretches = [
            (line.start, line.end, line.role, line.repeats is not None)
            for line in article.lines
            if line.role in CONTENT_ROLES
        ]
    else:
        position = 0
        for line_text in text.split("\n"):
            if line_text.strip():
                stretches.append((position, position + len(line_text), "body", False))
            position += len(line_text) + 1
    labels = _interview_labels(text, stretches)
    sentences: list[Sentence] = []
    quotations: list[tuple[int, int]] = []
    for number, (start, end, role, repeated) in enumerate(stretches):
        spans = quotation_spans(text, start, end)
        quotations.extend(spans)
        dateline = _DATELINE.match(text, start, min(end, start + 140)) if role == "body" else None
        begin = dateline.end() if dateline else start
        label = labels.get(start)
        if label is not None:
            begin = start + len(label) + 1
        for order, (first, last) in enumerate(split_sentences(text, begin, end)):
            tokens = tokenize(text, first, last)
            if not tokens.words:
                continue
            quoted = _inside(tokens.starts, spans)
            sentences.append(
                Sentence(
                    len(sentences), number, first, last, role, repeated, tokens, quoted, order == 0, label
                )
            )
    return Document(article, sentences, quotations)


@dataclass(frozen=True)
class WordSet:
    """A set of lower-case words read from a lexicon, with phrases kept apart."""

    words: frozenset[str]
    phrases: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def by_first(self) -> dict[str, list[tuple[str, ...]]]:
        """Phrases by their first word, longest first."""
        table: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(self.phrases, key=len, reverse=True):
            table.setdefault(phrase[0], []).append(phrase)
        return table
