"""Cut a stretch of text into sentences.

Pure, linear in the length. Offsets are code points into the text that is given. Knows abbreviations,
initials and quotation marks: “We will go.” he said. is one sentence, “We will go. We must,” he said. two.
Garbled text (“. . does.”) gives short sentences, never an error.
"""

from __future__ import annotations

import re
from typing import Final

from summarizer.text.kept import Kept
from summarizer.text.lexicon import text_lexicon

_LEXICON: Final = text_lexicon("abbreviations.toml")
_TITLES: Final = frozenset(_LEXICON["abbreviations"]["titles"].split())
_MAYBE: Final = frozenset(_LEXICON["abbreviations"]["maybe"].split())
_PLAIN_WORDS: Final = frozenset(_LEXICON["abbreviations"]["plain_words"].split())
_STARTERS: Final = frozenset(_LEXICON["sentences"]["starters"].split())
# Begins with one set of characters, which `search` skips to: `[.!?…]+` marks before a space, or `[.!?]+`,
# a closing mark and a capital.
_END: Final = re.compile(r"[.!?…](?:[.!?…]*[\"'”’»)\]]*(?=\s|$)|(?<!…)[.!?]*[”»\"](?=[A-Z“«]))")
_NEXT: Final = re.compile(r"\s*[\"'“‘«(\[`]*\s*([^\s\"'“‘«(\[`.,;:!?)]*)")
_LAST_WORD: Final = re.compile(r"[^\s\"'“‘«(\[”’/—–-]+$")
#: The word that ends what stands between spaces, or "".
_LAST_WORDS: Final = Kept(lambda piece: match.group() if (match := _LAST_WORD.search(piece)) else "")
#: A run of text without an end is cut here, so that one broken page can't cost seconds.
MAX_SENTENCE_CHARS: Final = 2000
#: The word after a mark and the word before it are looked for within so many characters.
_NEXT_WORD_CHARS: Final = 60
_LAST_WORD_CHARS: Final = 24
#: An answer by itself: “No.
_MAX_ANSWER: Final = 8
_BEFORE_ANSWER: Final = " \n\t\"“'‘«"


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Sentences of `text[start:end]` as (start, end), without surrounding white space, in order.

    Line breaks inside the stretch are white space; cut at lines first where lines matter.
    """
    stop = len(text) if end is None else end
    sentences: list[tuple[int, int]] = []
    begin = start
    for match in _END.finditer(text, start, stop):
        if match.end() == stop:  # whether or not it ends a sentence, the stretch does
            break
        if match.start() >= begin and _ends(text, match.start(), match.end(), begin, stop):
            sentences.extend(_cut_to_size(text, begin, match.end()))
            begin = match.end()
    sentences.extend(_cut_to_size(text, begin, stop))
    return sentences


def numbered_sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of `text`, each inside one line, in order: sentence hints count them from 1."""
    sentences: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            sentences.extend(split_sentences(text, start, start + len(line)))
        start += len(line) + 1
    return sentences


def _cut_to_size(text: str, first: int, last: int) -> list[tuple[int, int]]:
    """The stretch without white space around it; in parts, cut at spaces, where it is too long."""
    parts: list[tuple[int, int]] = []
    first = _after_space(text, first, last)
    while last > first and text[last - 1].isspace():
        last -= 1
    while last - first > MAX_SENTENCE_CHARS:
        cut = text.rfind(" ", first + 1, first + MAX_SENTENCE_CHARS)
        cut = cut if cut > first else first + MAX_SENTENCE_CHARS
        parts.append((first, cut))
        first = _after_space(text, cut, last)
    if first < last:
        parts.append((first, last))
    return parts


def _after_space(text: str, first: int, last: int) -> int:
    while first < last and text[first].isspace():
        first += 1
    return first


def _ends(text: str, dot: int, mark_end: int, start: int, end: int) -> bool:
    """Whether the mark at [dot, mark_end) ends a sentence of text[start:end]."""
    following = _NEXT.match(text, mark_end, min(end, mark_end + _NEXT_WORD_CHARS))
    word = following.group(1) if following else ""
    marks = text[dot:mark_end]
    if word[:1].islower():
        return False  # “Why?” he asked. — and "Inc. said"
    if not marks.startswith(".") or marks.startswith(".."):
        return True
    if marks[1:2] in ("”", '"', "»"):
        return True
    if dot - start < _MAX_ANSWER and text[start:dot].lstrip(_BEFORE_ANSWER) == "No":
        return not word[:1].isdigit()  # "No. It was never asked.", but "No. 10 was"
    return _dot_ends(_word_before(text, start, dot), word)


def _word_before(text: str, start: int, dot: int) -> str:
    """The word that ends right before the mark at `dot`, or ""."""
    window = text[max(start, dot - _LAST_WORD_CHARS) : dot]
    if window and not window[-1].isspace():
        window = window.rsplit(None, 1)[-1]
    return _LAST_WORDS[window]


def _dot_ends(last: str, word: str) -> bool:
    """Whether a dot between the words `last` and `word` ends a sentence or belongs to an abbreviation."""
    lowered = last.lower()
    if lowered in _TITLES and last.isupper() and len(last) > 1:
        return True  # "under review by the SEC."
    if lowered in _TITLES:
        return lowered in _PLAIN_WORDS and not word[:1].isdigit() and last.islower()
    initial = len(last) == 1 and last.isupper() and last != "I"
    dotted = "." in last and all(len(part) <= 2 for part in last.split("."))
    if not (initial or dotted or lowered in _MAYBE) or not word:
        return True
    only_initial = initial and not dotted
    return word.lower() in _STARTERS and word[0].isupper() and not (only_initial and word == "A")
