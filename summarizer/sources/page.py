"""The lines of one page while their roles are being settled.

Pure state for `line_roles` and the modules that work for it; nobody else uses it.
"""

from __future__ import annotations

import re
from functools import cache

from summarizer.records.article import LineRole
from summarizer.sources.letter_runs import folded, letter_runs
from summarizer.sources.line_segments import cut_segments
from summarizer.sources.line_wording import LineKind, Wording, read_wording
from summarizer.text.lexicon import load_lexicon

_KIND_ROLES: dict[LineKind, LineRole] = {
    "boilerplate": "boilerplate",
    "list_heading": "boilerplate",
    "weather": "boilerplate",
    "byline": "meta",
    "credit": "meta",
    "picture_credit": "meta",
    "stamp": "meta",
    "caption": "caption",
    "heading": "headline",
}
#: Shorter words are mostly articles and prepositions.
_CONTENT_CHARS = 4
_LONG_WORD = re.compile(r"\b[^\W\d_]{4,}")
_STEM_CHARS = 6


class Page:
    """Parallel lists over the page's lines.

    `plain[i]` is a line with its white space folded, `words[i]` what its wording says, `kinds[i]` its kind
    (None for lines that a cut has settled), `roles[i]` its role, None while it is open.
    """

    def __init__(self, text: str) -> None:
        self.segments = cut_segments(text)
        self.plain = [folded(text[one.start : one.end]) for one in self.segments]
        self.words: list[Wording] = [
            one.wording or read_wording(plain) for one, plain in zip(self.segments, self.plain, strict=True)
        ]
        self.kinds: list[LineKind | None] = [
            words.kind if one.role is None else None
            for one, words in zip(self.segments, self.words, strict=True)
        ]
        self.roles: list[LineRole | None] = [
            one.role or (_KIND_ROLES[kind] if kind is not None else None)
            for one, kind in zip(self.segments, self.kinds, strict=True)
        ]

    def __len__(self) -> int:
        return len(self.segments)

    def is_open(self, index: int) -> bool:
        """Whether the line's role is still to be settled."""
        return self.roles[index] is None

    def is_open_sentence(self, index: int, min_words: int) -> bool:
        """Whether an open line closes like a sentence and is so long."""
        words = self.words[index]
        return self.roles[index] is None and words.ends_sentence and words.words >= min_words

    def role_beside(self, index: int, role: LineRole) -> bool:
        """Whether a neighbour has that role."""
        return any(0 <= one < len(self) and self.roles[one] == role for one in (index - 1, index + 1))

    def kind_at(self, index: int) -> LineKind | None:
        """The kind of a line, None also outside the page."""
        return self.kinds[index] if 0 <= index < len(self) else None


def content_words(text: str) -> frozenset[str]:
    """Words that carry meaning, cut to six letters so that "invades" and "invaded" meet."""
    words = set(letter_runs(text.casefold()))
    return frozenset(word[:_STEM_CHARS] for word in words if len(word) >= _CONTENT_CHARS) - _common_words()


def long_words(line: str) -> list[str]:
    """Words of four letters or more, as they are written."""
    return _LONG_WORD.findall(line)


def is_title_case(line: str) -> bool:
    """Most Long Words Begin With a Capital, as in headlines of American papers."""
    words = long_words(line)
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)


@cache
def _common_words() -> frozenset[str]:
    words = load_lexicon("summarizer.sources", "data/furniture.toml")["common_words"]
    return frozenset(word[:_STEM_CHARS] for word in words)
