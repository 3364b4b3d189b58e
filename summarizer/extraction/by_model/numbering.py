"""Show an article to a model: one numbered sentence a line, and the way back from number to place.

Pure. Numbers are those of `numbered_sentences`, over the whole article, also in a part of it. A mark after
the number says what the line is on the page (headline, caption, furniture) and, as `=3`, that the line says
what the line of sentence 3 says. Blank lines separate the article's own lines.

Every line of the shown article starts with "[number"; so nothing inside it can pass for a line of the prompt.
The sentences themselves are the article's text, character by character.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.records.article import Article
from summarizer.text.sentences import numbered_sentences

#: What a line role is called in a prompt; body lines carry no mark.
_MARKS = {"headline": "headline", "caption": "caption", "boilerplate": "furniture", "meta": "furniture"}


@dataclass(frozen=True, slots=True)
class Numbered:
    """An article's sentences as spans of its text; sentence `n` is `spans[n - 1]`."""

    text: str
    spans: tuple[tuple[int, int], ...]
    marks: tuple[str, ...]
    lines: tuple[int, ...]

    def sentence(self, number: int) -> str | None:
        """The words of sentence `number`, or None if there is none."""
        if not 1 <= number <= len(self.spans):
            return None
        start, end = self.spans[number - 1]
        return self.text[start:end]

    def number_at(self, offset: int) -> int:
        """Number of the last sentence that starts at or before `offset`; 1 before the first."""
        return max(1, bisect_right(self.spans, (offset, len(self.text))))

    def show(self, numbers: Sequence[int] | None = None) -> str:
        """Those sentences (all of them by default) as the prompt shows them."""
        shown: list[str] = []
        before: int | None = None
        for number in range(1, len(self.spans) + 1) if numbers is None else numbers:
            start, end = self.spans[number - 1]
            if before is not None and self.lines[number - 1] != before:
                shown.append("")
            before = self.lines[number - 1]
            shown.append(f"[{number}{self.marks[number - 1]}] {self.text[start:end]}")
        return "\n".join(shown)


def number_sentences(article: Article) -> Numbered:
    """Number the sentences of an article and mark their lines' roles."""
    spans = numbered_sentences(article.text)
    starts = [line.start for line in article.lines]
    first_of_line: dict[int, int] = {}
    lines: list[int] = []
    breaks = _line_starts(article.text)
    for number, (start, _) in enumerate(spans, 1):
        line = bisect_right(breaks, start) - 1
        lines.append(line)
        first_of_line.setdefault(line, number)
    marks: list[str] = []
    for start, _ in spans:
        index = bisect_right(starts, start) - 1
        mark = ""
        if index >= 0:
            known = article.lines[index]
            role = _MARKS.get(known.role, "")
            mark = f" {role}" if role else ""
            if known.repeats is not None and 0 <= known.repeats < len(article.lines):
                other = bisect_right(breaks, article.lines[known.repeats].start) - 1
                if other in first_of_line:
                    mark += f" ={first_of_line[other]}"
        marks.append(mark)
    return Numbered(article.text, tuple(spans), tuple(marks), tuple(lines))


def _line_starts(text: str) -> list[int]:
    starts = [0]
    found = text.find("\n")
    while found >= 0:
        starts.append(found + 1)
        found = text.find("\n", found + 1)
    return starts
