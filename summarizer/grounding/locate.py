"""Find a quote inside the article that it is said to come from.

Pure. Offsets count code points of the article's text as stored (NFC); `end` is exclusive. What is found is
always given as the span of the text that really stands there; the quote itself is never stored.

Search goes from strict to lenient: the quote as it is; its folded key (other quote marks, dashes, spaces,
invisible characters); parts around an ellipsis whose gap drops nothing that matters; the nearest passage,
accepted only if punctuation or the capital of a first function word is all that differs. Else it is a
`Miss` that says what differs.

A quote must start and end where words and numbers do: "5 million" is not in "15 million", "1.5 million" or
"5 millions", "can" not in "can't", "NATO" not in "non-NATO".

A quote may stand in several places. A hint (a start offset, or the number of a sentence) takes the place
nearest to it; without a hint the first place is taken and the result says that nothing settled it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from summarizer.grounding.near_miss import explain_miss, sensitive_code
from summarizer.records.brief import RejectionCode
from summarizer.text.folding import INVISIBLE, FoldedText, fold
from summarizer.text.sentences import numbered_sentences

#: The widest gap that an ellipsis inside a quote may stand for.
MAX_ELLIPSIS_CHARS: Final = 300

_ELLIPSIS: Final = re.compile(r" ?[\[(]?\.(?: ?\.){2,}[\])]? ?")
#: A quote of nothing but spaces and marks shows nothing.
_VISIBLE: Final = re.compile(r"\w|[^\W\d_]|[€$£¥%]")
_INVISIBLE: Final = re.compile(f"[{INVISIBLE}]")
#: What may be trimmed from a quote's ends: no sign that belongs to a number ("$", "%", "+", "-").
_END_MARKS: Final = " \"'.,;:!?()[]…"
#: Characters that never join what follows or goes before; the usual case, settled at once.
_OPEN: Final = frozenset(("", " ", "\n", '"', "“", "‘", "("))
_CLOSED: Final = frozenset(("", " ", "\n", '"', "”", ")", ";", "!", "?"))
_SEPARATORS: Final = frozenset(".,/⁄'’")


class Located(NamedTuple):
    """A span of the text. `unsettled`: the quote stands elsewhere too and no hint chose this place."""

    start: int
    end: int
    how: Literal["verbatim", "folded", "repaired"]
    unsettled: bool


class Miss(NamedTuple):
    """The quote is not in the text. `nearest` is the passage that comes nearest, if any does."""

    code: RejectionCode
    reason: str
    nearest: str | None
    start: int | None = None
    end: int | None = None


class QuoteFinder:
    """Finds quotes in one article; folds its text and cuts its sentences only when a quote needs it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._kept_sentences: list[tuple[int, int]] | None = None
        self._kept_folded: FoldedText | None = None

    @property
    def folded(self) -> FoldedText:
        """The text with its folded key."""
        if self._kept_folded is None:
            self._kept_folded = FoldedText(self.text)
        return self._kept_folded

    @property
    def sentences(self) -> list[tuple[int, int]]:
        """Sentences line by line; their numbers, from 1, are what a sentence hint counts."""
        if self._kept_sentences is None:
            self._kept_sentences = numbered_sentences(self.text)
        return self._kept_sentences

    def sentence_at(self, offset: int) -> int:
        """Index (from 0) of the last sentence that starts at or before `offset`; 0 before the first."""
        return max(0, bisect_right(self.sentences, (offset, len(self.text))) - 1)

    def locate(self, quote: str, sentence: int | None = None, start: int | None = None) -> Located | Miss:
        """Where the text says `quote`; see the module's description. A hint out of range is no hint."""
        wanted = (quote if quote.isascii() else unicodedata.normalize("NFC", quote)).strip()
        if _VISIBLE.search(wanted) is None:
            return Miss("quote_blank", "the quote is blank", None)
        if start is not None and start >= 0 and self.text.startswith(wanted, start):
            end = start + len(wanted)
            if stands_apart(self.text, start, end):
                return Located(start, end, "verbatim", unsettled=False)
        hint = self._hint(sentence, start)
        verbatim = _choose(list(_places(self.text, wanted, hint)), hint)
        # With a hint that this place doesn't meet, a folded match may stand nearer.
        if verbatim is not None and (hint is None or hint[0] <= verbatim[0] < hint[1]):
            return Located(*verbatim, "verbatim", hint is None and self._stands_twice(wanted, verbatim[0]))
        key = fold(wanted).strip()
        folded = self._locate_key(key, hint)
        if folded is not None:
            exact = self.text[folded.start : folded.end] == wanted
            return Located(folded.start, folded.end, "verbatim", folded.unsettled) if exact else folded
        if verbatim is not None:
            return Located(*verbatim, "verbatim", unsettled=False)
        return self._repair(key, hint)

    def _hint(self, sentence: int | None, start: int | None) -> tuple[int, int] | None:
        if start is not None and 0 <= start < len(self.text):
            return start, start + 1
        if sentence is not None and 1 <= sentence <= len(self.sentences):
            return self.sentences[sentence - 1]
        return None

    def _stands_twice(self, quote: str, first: int) -> bool:
        found = self.text.find(quote, first + 1)
        while found >= 0:
            if stands_apart(self.text, found, found + len(quote)):
                return True
            found = self.text.find(quote, found + 1)
        return False

    def _locate_key(self, key: str, hint: tuple[int, int] | None) -> Located | None:
        spans: list[tuple[int, int]] = []
        for span in self._key_spans(key):
            spans.append(span)
            # One place before or inside the hint and one after it hold the nearest.
            if len(spans) > 1 and (hint is None or span[0] >= hint[1]):
                break
        chosen = _choose(spans, hint)
        return chosen and Located(*chosen, "folded", hint is None and len(spans) > 1)

    def _repair(self, key: str, hint: tuple[int, int] | None) -> Located | Miss:
        trimmed = key.strip(_END_MARKS)
        if trimmed and trimmed != key:
            found = self._locate_key(trimmed, hint)
            if found is not None:
                return Located(found.start, found.end, "repaired", found.unsettled)
        joined = self._join(trimmed, hint)
        if joined is not None:
            return joined
        near = explain_miss(trimmed, self.folded)
        if near is None:
            return Miss("quote_not_found", "nothing in the article resembles the quote", None)
        passage = self.text[near.start : near.end]
        if near.harmless and stands_apart(self.text, near.start, near.end):
            return Located(near.start, near.end, "repaired", unsettled=False)
        said = f"the quote has “{near.quoted}”" if near.quoted else "the quote leaves out words"
        instead = f"the article “{near.written}”" if near.written else "the article doesn't"
        return Miss(near.code, f"{said}, {instead}", passage, near.start, near.end)

    def _join(self, key: str, hint: tuple[int, int] | None) -> Located | Miss | None:
        """A quote with "..." inside: the whole passage from its first to its last part.

        None when a part isn't in the text; a `Miss` when the gap holds what may not be left out.
        """
        parts = [part.strip() for part in _ELLIPSIS.split(key)]
        parts = [part for part in parts if part]
        if len(parts) < 2:
            return None
        first = self._locate_key(parts[0], hint)
        if first is None:
            return None
        end = first.end
        for part in parts[1:]:
            span = next(
                (span for span in self._key_spans(part, end) if span[0] - end <= MAX_ELLIPSIS_CHARS), None
            )
            if span is None:
                return None
            gap = self.text[end : span[0]]
            code = sensitive_code(fold(gap))
            if code is not None or "\n" in gap:
                reason = f"the ellipsis leaves out “{gap.strip()}”"
                return Miss(
                    code or "quote_altered", reason, self.text[first.start : span[1]], first.start, span[1]
                )
            end = span[1]
        return Located(first.start, end, "repaired", first.unsettled)

    def _key_spans(self, key: str, after: int = 0) -> Iterator[tuple[int, int]]:
        found = self.folded.key.find(key)
        while found >= 0:
            span = self.folded.span(found, found + len(key))
            if span[0] >= after and stands_apart(self.text, *span):
                yield span
            found = self.folded.key.find(key, found + 1)


def locate_quote(
    quote: str, text: str, sentence: int | None = None, start: int | None = None
) -> Located | Miss:
    """Where `text` says `quote`, or what is wrong with it. For many quotes of one text use `QuoteFinder`."""
    return QuoteFinder(text).locate(quote, sentence=sentence, start=start)


def stands_apart(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` starts and ends where words and numbers do, whatever is invisible."""
    following = text[end : end + 1]
    closed = following in _CLOSED or (following in ".," and not text[end + 1 : end + 2].isnumeric())
    if closed and text[max(0, start - 1) : start] in _OPEN:
        return True
    first, last = _visible(text, start, 1), _visible(text, end - 1, -1)
    before, after = _visible(text, first - 1, -1), _visible(text, last + 1, 1)
    return not (before >= 0 and _joined_before(text, before, first)) and not (
        after < len(text) and _joined_after(text, last, after)
    )


def _joined_before(text: str, before: int, first: int) -> bool:
    if not _is_word(text[first]):
        return False
    char = text[before]
    if char == "-":
        return text[max(0, before - 3) : before].lower() == "non"
    if char in _SEPARATORS:
        return text[first].isnumeric() and before > 0 and text[before - 1].isnumeric()
    return _is_word(char)


def _joined_after(text: str, last: int, after: int) -> bool:
    char, following = text[after], text[after + 1 : after + 2]
    if unicodedata.category(char)[0] == "M":
        return True
    if not _is_word(text[last]):
        return False
    if char in "'’" and following in ("t", "T") and text[last] in "nN":
        return not text[after + 2 : after + 3].isalnum()
    if char in _SEPARATORS:
        return text[last].isnumeric() and following.isnumeric()
    return _is_word(char)


def _visible(text: str, position: int, step: int) -> int:
    while 0 <= position < len(text) and _INVISIBLE.match(text[position]):
        position += step
    return position


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char)[0] == "M"


def _places(text: str, quote: str, hint: tuple[int, int] | None) -> Iterator[tuple[int, int]]:
    """Places of `quote`: the first, or with a hint the last before it and the first after it."""
    size = len(quote)
    anchor = hint[0] if hint else 0
    found = text.find(quote, anchor)
    while found >= 0:
        if stands_apart(text, found, found + size):
            yield found, found + size
            break
        found = text.find(quote, found + 1)
    found = text.rfind(quote, 0, anchor + size - 1) if anchor else -1
    while found >= 0:
        if stands_apart(text, found, found + size):
            yield found, found + size
            break
        found = text.rfind(quote, 0, found + size - 1)


def _choose(spans: Sequence[tuple[int, int]], hint: tuple[int, int] | None) -> tuple[int, int] | None:
    """The first span inside the hint, else the nearest to it, else the first."""
    if not spans:
        return None
    if hint is None:
        return min(spans)
    inside = [span for span in spans if hint[0] <= span[0] < hint[1]]
    return min(inside) if inside else min(spans, key=lambda span: (abs(span[0] - hint[0]), span[0]))
