"""The counted noun phrase after a number: "94,000 | Russian troops", "five | of the nine plaintiffs". Pure.

Works on a handful of words after the number with the tag lexicon of `words`; it doesn't parse. When the
words don't look like a noun phrase there is no head: the number then stands alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from summarizer.text.lexicon import text_lexicon
from summarizer.text.words import possible_tags

_LEXICON: Final = text_lexicon("heads.toml")["words"]
_INVARIANT: Final = frozenset(word.lower() for word in _LEXICON["invariant"])
_ADJECTIVAL: Final = frozenset(_LEXICON["adjectival"])
_STOP: Final = frozenset(_LEXICON["stop"])
#: Plurals without -s that no other plural follows in one noun phrase.
_NO_FIRST_PART: Final = _INVARIANT - {"species", "police", "media", "data", "crew", "staff", "personnel"}
_WORD: Final = re.compile(
    r"[\s\u00a0]{1,2}[“\"'‘]?([^\W\d_](?:\.[^\W\d_])+\.?|[^\W_](?:[^\W_]|[-‑'’&/](?=[^\W_]))*)"
)
_OF: Final = re.compile(
    r"\sof\s(?:(them|those|these|us|you|whom|which)\b|(?:(?:the|its|his|her|their|our|your|my|these|those|all)\s)?"
    r"(?:(?:some|about|around|nearly|roughly|almost|over|more\sthan)\s(?=\d))?(?:\d[\d,]*\s|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:[a-z]+ty|[a-z]+teen)(?:-[a-z]+)?)\b\s?)?)"
)
#: Words of one noun phrase after a number; more than seven has never been one in the news we looked at.
MAX_WORDS: Final = 7


@dataclass(frozen=True, slots=True)
class Head:
    """Noun phrase `[start, end)`, its last noun `[noun_start, end)`; `of`: the number is a part of a set."""

    start: int
    end: int
    noun_start: int
    of: bool = False


def head_after(text: str, end: int, stop: int, *, plural: bool) -> Head | None:
    """The noun phrase counted by a number that ends at `end`. `plural`: the number isn't one."""
    following = text[end : end + 1]
    if following not in (" ", "\u00a0", "\n"):
        return None
    if part := _OF.match(text, end, stop):
        return _part_of(text, part, stop)
    return _noun_phrase(text, end, stop, plural=plural)


def _part_of(text: str, part: re.Match[str], stop: int) -> Head | None:
    """ "of them", "of the nine plaintiffs", "of his men", "of the dead"; None for "of aid" (no set)."""
    if part.group(1):
        return Head(part.start() + 1, part.end(1), part.start(1), of=True)
    words = part.group().split()
    if len(words) == 1:
        return None
    tail = part.end() - (1 if part.group()[-1].isspace() else 0)
    phrase = _noun_phrase(text, tail, stop, plural=True)
    if phrase is not None:
        return Head(part.start() + 1, phrase.end, phrase.noun_start, of=True)
    last = words[-1]
    if last in ("the", "its", "his", "her", "their", "our", "your", "my", "these", "those", "all"):
        return None
    return Head(part.start() + 1, tail, tail - len(last), of=True)


def is_plural(lower: str) -> bool:
    """Whether the word can be a plural noun."""
    if lower in _INVARIANT:
        return True
    if not lower.endswith("s") or lower.endswith(("ss", "us", "'s", "’s")):
        return lower.endswith("ese") or ("-" in lower and lower.rsplit("-", 1)[-1] in _INVARIANT)
    tags = possible_tags(lower)
    if "NNS" in tags or "NNPS" in tags or tags[0] in ("NN", "NNP"):
        return True
    return tags == ("VBZ",) and "NN" in possible_tags(lower[:-1])


def _noun_phrase(text: str, end: int, stop: int, *, plural: bool) -> Head | None:
    words: list[tuple[int, int, str]] = []
    position = end
    for _ in range(MAX_WORDS):
        match = _WORD.match(text, position, stop)
        if match is None:
            break
        word = match.group(1)
        if word in ("and", "or") and 0 < len(words) < 3 and not is_plural(words[-1][2].lower()):
            pass  # "broadband and mobile customers"
        elif word.lower() in _STOP and word != "US":
            break
        words.append((match.start(1), match.end(1), word))
        position = match.end(1)
    if not words:
        return None
    if not plural:
        return _singular(words)
    for index, (start, finish, word) in enumerate(words):
        lower = word.lower()
        if is_plural(lower):
            return _extended(text, words, index)
        if index == 0 and lower == "more" and text.startswith(" than", finish):
            return None
        if index == 0 and lower in _ADJECTIVAL and not _noun_follows(words, 0):
            return Head(start, finish, start)
        if lower not in ("and", "or") and _is_verb(lower, word) and not _noun_follows(words, index):
            return None
    return None


def _extended(text: str, words: list[tuple[int, int, str]], index: int) -> Head:
    """A plural may be the first part of a compound ("sports clubs", "arms dealers", "sales staff")."""
    first = words[0][0]
    start, end, word = words[index]
    if index + 1 < len(words):
        following = words[index + 1][2].lower()
        tags = possible_tags(following)
        nominal = following in _INVARIANT or tags[0] in ("NNS", "NNPS")
        if (
            nominal
            and (word[0].isupper() or word.lower() not in _NO_FIRST_PART)  # "two Vietnamese nationals"
            and following not in _ADJECTIVAL
        ) and (words[index + 1][2][0].islower() or word[0].isupper()):
            return Head(first, words[index + 1][1], words[index + 1][0])
    return Head(first, end, start)


def _singular(words: list[tuple[int, int, str]]) -> Head | None:
    """ "at least one | person": the first run of words that ends in a noun."""
    last = None
    for index, (_, _, word) in enumerate(words):
        lower = word.lower()
        tags = possible_tags(lower)
        if (
            tags[0] in ("NN", "NNP", "CD")
            or word[0].isupper()
            or (not index and "NN" in tags and tags[0] not in ("JJ", "VBN"))
        ):
            last = index
        elif tags[0] in ("JJ", "JJR", "JJS", "VBG", "VBN") and last is None:
            continue
        else:
            break
    if last is None:
        return None
    return Head(words[0][0], words[last][1], words[last][0])


def _is_verb(lower: str, word: str) -> bool:
    if word[0].isupper():
        return False
    tags = possible_tags(lower)
    return (
        tags[0]
        in (
            "VB",
            "VBD",
            "VBN",
            "VBP",
            "VBZ",
            "VBG",
            "MD",
            "RB",
            "IN",
            "DT",
            "PRP",
            "CC",
            "WP",
            "WDT",
        )
        and "-" not in lower
    )


def _noun_follows(words: list[tuple[int, int, str]], index: int) -> bool:
    """Whether a participle or adverb at `index` only stands before the noun ("newly built homes")."""
    for _, _, word in words[index + 1 : index + 4]:
        lower = word.lower()
        if is_plural(lower):
            return True
        tags = possible_tags(lower)
        if word[0].isupper() or tags[0] in ("JJ", "NN", "VBN", "VBG", "NNP") or "-" in lower:
            continue
        return False
    return False
