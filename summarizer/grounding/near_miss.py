"""Say what differs between a quote and the passage of the article that comes nearest to it.

Pure. Finds the passage with rapidfuzz, aligns words, and names the difference by the first of: a number,
a unit, a bound, a negation, a modal or hedge, a name, other wording. Judges one thing only: whether the
difference is harmless, that is, punctuation away from numbers or the capital of a first function word.
Everything else stays a miss; nothing is ever bent into acceptance.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein, Opcode

from summarizer.records.brief import RejectionCode
from summarizer.text.folding import FoldedText
from summarizer.text.lexicon import load_lexicon

#: Below this share of the quote's words in order, the passage isn't what the quote was made from.
MIN_SHARED_WORDS: Final = 0.5
#: One word alone is compared letter by letter: "Zelenski" against "Zelensky" is 87.
MIN_WORD_RATIO: Final = 75.0
#: How far beyond the nearest window its ends are sought, in characters and as a share of the quote.
_SLACK_CHARS: Final = 24
_SLACK_SHARE: Final = 0.3
_MAX_WORD_CHARS: Final = 40

_TOKEN: Final = re.compile(
    r"\d+(?:[.,:/]\d+)*"  # a number with its separators
    r"|[^\W\d_]+(?:['-][^\W\d_]+)*"  # a word, hyphens and apostrophes inside
    r"|[^\w\s]|_|[^\W]"  # one mark, symbol or numeric sign
)
_ENCLOSING: Final = frozenset("'\"()[]")
_NEGATIVE_PREFIXES: Final = ("un", "in", "im", "il", "ir", "non", "dis", "non-", "mis")


@dataclass(frozen=True, slots=True)
class NearMiss:
    """The nearest passage, `text[start:end]`, and how the quote differs from it.

    `quoted` and `written` are the differing words. `harmless` means that the passage may stand for the quote.
    """

    code: RejectionCode
    start: int
    end: int
    quoted: str
    written: str
    harmless: bool


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    touches_number: bool  # a mark that may belong to a number: a sign, a decimal point, inches

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


@dataclass(frozen=True, slots=True)
class _Difference:
    quoted: tuple[_Token, ...]
    written: tuple[_Token, ...]
    opens: bool  # at the quote's first word


@cache
def _lists() -> dict[str, frozenset[str]]:
    lexicon = load_lexicon("summarizer.grounding", "data/sensitive_words.toml")
    return {name: frozenset(words) for name, words in lexicon.items()}


def explain_miss(quote_key: str, article: FoldedText) -> NearMiss | None:
    """What `quote_key` (folded, stripped) got wrong, or None if nothing in the article resembles it."""
    quoted = _tokens(quote_key, 0)
    if not quoted or not article.key.strip():
        return None
    start, end = _window(quote_key, article.key)
    written = _tokens(article.key[start:end], start)
    if not written:
        return None
    differences, passage = _align(quoted, written)
    if not passage or not _resembles(quoted, differences, passage):
        return None
    first, last = article.span(passage[0].start, passage[-1].end)
    code = _classify(differences)
    return NearMiss(
        code=code,
        start=first,
        end=last,
        quoted=_words(token for difference in differences for token in difference.quoted),
        written=_words(token for difference in differences for token in difference.written),
        harmless=all(_is_harmless(difference) for difference in differences),
    )


def sensitive_code(words: str) -> RejectionCode | None:
    """Which kind of meaning-bearing word stands in `words` (folded), or None when they may be left out."""
    tokens = tuple(_tokens(words, 0))
    code = _classify((_Difference((), tokens, opens=False),))
    return None if code == "quote_altered" else code


def _tokens(key: str, offset: int) -> list[_Token]:
    tokens = []
    for match in _TOKEN.finditer(key):
        text = match.group()
        touches = False
        if not text[0].isalnum():
            after_digit = key[match.start() - 1].isnumeric() if match.start() else False
            before_digit = key[match.end() : match.end() + 1].isnumeric()
            encloses = text in _ENCLOSING
            touches = (before_digit and (after_digit or not encloses)) or (after_digit and text in "'\"")
        tokens.append(_Token(text, match.start() + offset, match.end() + offset, touches))
    return tokens


def _window(quote: str, key: str) -> tuple[int, int]:
    if len(quote) >= len(key):
        return 0, len(key)
    found = fuzz.partial_ratio_alignment(quote, key)
    if found is None:
        return 0, 0
    slack = _SLACK_CHARS + int(_SLACK_SHARE * len(quote))
    start, end = max(0, found.dest_start - slack), min(len(key), found.dest_end + slack)
    # Outward to whole words, but not through a page of junk without spaces.
    start = max(key.rfind(" ", max(0, start - _MAX_WORD_CHARS), start) + 1, start - _MAX_WORD_CHARS, 0)
    space = key.find(" ", end, end + _MAX_WORD_CHARS)
    return start, space if space >= 0 else min(len(key), end + _MAX_WORD_CHARS)


def _align(quoted: list[_Token], written: list[_Token]) -> tuple[list[_Difference], list[_Token]]:
    """Differences in order, and the tokens of the passage that the quote corresponds to."""
    blocks = [
        block
        for block in Levenshtein.opcodes([token.text for token in quoted], [token.text for token in written])
        if block.tag == "equal"
    ]
    # One common word matched far off ("the" two sentences earlier) belongs to another passage.
    while len(blocks) > 1 and _is_stray(blocks[0], blocks[1], written):
        blocks.pop(0)
    while len(blocks) > 1 and _is_stray(blocks[-1], blocks[-2], written):
        blocks.pop()
    if not blocks:
        passage = _best_word(quoted, written)
        return [_Difference(tuple(quoted), tuple(passage), opens=True)], passage
    differences: list[_Difference] = []
    # Before the first and after the last common word, as many words of the text as the quote has there.
    lead = blocks[0].src_start
    first = max(0, blocks[0].dest_start - lead)
    if lead:
        differences.append(_trimmed(quoted[:lead], written[first : blocks[0].dest_start], opens=True))
    for before, after in pairwise(blocks):
        differences.append(
            _Difference(
                tuple(quoted[before.src_end : after.src_start]),
                tuple(written[before.dest_end : after.dest_start]),
                opens=False,
            )
        )
    trail = len(quoted) - blocks[-1].src_end
    last = min(len(written), blocks[-1].dest_end + trail)
    if trail:
        tail = written[blocks[-1].dest_end : last]
        differences.append(_trimmed(quoted[blocks[-1].src_end :], tail, opens=False))
    return differences, written[first:last]


def _trimmed(quoted: list[_Token], written: list[_Token], opens: bool) -> _Difference:
    """The difference without the words that both sides start or end with."""
    while quoted and written and quoted[0].text == written[0].text:
        quoted, written, opens = quoted[1:], written[1:], False
    while quoted and written and quoted[-1].text == written[-1].text:
        quoted, written = quoted[:-1], written[:-1]
    return _Difference(tuple(quoted), tuple(written), opens)


def _is_stray(edge: Opcode, neighbour: Opcode, written: list[_Token]) -> bool:
    gap = max(neighbour.dest_start - edge.dest_end, edge.dest_start - neighbour.dest_end)
    return gap >= 3 and sum(token.is_word for token in written[edge.dest_start : edge.dest_end]) <= 1


def _best_word(quoted: list[_Token], written: list[_Token]) -> list[_Token]:
    """No word in common: the run of text words that is nearest letter by letter, or nothing."""
    wanted = _words(quoted)
    best: tuple[float, list[_Token]] = (0.0, [])
    for i in range(len(written) - len(quoted) + 1):
        run = written[i : i + len(quoted)]
        ratio = fuzz.ratio(wanted, _words(run))
        if ratio > best[0]:
            best = (ratio, run)
    return best[1] if best[0] >= MIN_WORD_RATIO else []


def _resembles(quoted: list[_Token], differences: list[_Difference], passage: list[_Token]) -> bool:
    total = sum(token.is_word for token in quoted)
    lost = sum(token.is_word for difference in differences for token in difference.quoted)
    if total == 0:
        return False
    if total - lost >= MIN_SHARED_WORDS * total and total > lost:
        return True
    return fuzz.ratio(_words(quoted), _words(passage)) >= MIN_WORD_RATIO


def _words(tokens: Iterable[_Token]) -> str:
    return " ".join(token.text for token in tokens)


def _classify(differences: Sequence[_Difference]) -> RejectionCode:
    lists = _lists()
    changed = [token for difference in differences for token in (*difference.quoted, *difference.written)]
    lowers = [token.text.lower() for token in changed]
    if any(
        token.text[0].isnumeric() or token.touches_number or lower in lists["numbers"]
        for token, lower in zip(changed, lowers, strict=True)
    ):
        return "number_differs"
    if any(lower in lists["units"] or _is_unit_sign(lower) for lower in lowers):
        return "unit_differs"
    if any(lower in lists["bounds"] or lower in "+~<>≈≤≥±" for lower in lowers):
        return "bound_differs"
    if any(_negates(lower) for lower in lowers) or any(map(_differs_by_prefix, differences)):
        return "negation_differs"
    if any(lower in lists["modals"] for lower in lowers):
        return "modal_differs"
    if any(
        token.text != lower and not _is_function_word(token)
        for token, lower in zip(changed, lowers, strict=True)
    ):
        return "name_differs"
    return "quote_altered"


def _is_unit_sign(char: str) -> bool:
    return char in "%‰°′″" or (len(char) == 1 and unicodedata.category(char) == "Sc")


def _negates(lower: str) -> bool:
    return lower in _lists()["negations"] or lower.endswith("n't") or lower.startswith("non-")


def _differs_by_prefix(difference: _Difference) -> bool:
    quoted = {token.text.lower() for token in difference.quoted}
    written = {token.text.lower() for token in difference.written}
    return any(
        prefix + word in written or (word.startswith(prefix) and word[len(prefix) :] in written)
        for word in quoted
        for prefix in _NEGATIVE_PREFIXES
    )


def _is_function_word(token: _Token) -> bool:
    lower = token.text.lower()
    return lower in _lists()["first_words"] and token.text in (lower, lower.capitalize())


def _is_harmless(difference: _Difference) -> bool:
    quoted = [token for token in difference.quoted if token.is_word]
    written = [token for token in difference.written if token.is_word]
    marks = [token for token in (*difference.quoted, *difference.written) if not token.is_word]
    if any(token.touches_number or token.text == "?" or not _is_punctuation(token.text) for token in marks):
        return False
    if not quoted and not written:
        return True
    return (
        difference.opens
        and len(quoted) == len(written) == 1
        and quoted[0].text.lower() == written[0].text.lower()
        and _is_function_word(quoted[0])
        and _is_function_word(written[0])
    )


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] == "P" and char not in "%‰&@#*/\\"
