"""Lines of one text that say the same: captions that repeat a paragraph, paragraphs that stand twice.

Near-duplicates by token containment: at least 0.8 of the shorter line's words (more than six) stand in the
fuller one. Lines that differ in a number or a denial never say the same. Linear but for very repetitive
text, where the number of candidates for each line is bounded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from summarizer.sources.letter_runs import word_runs

MIN_TOKENS = 7
#: Order counts a little, too: "Lavrov told Blinken" is not "Blinken told Lavrov", and a long paragraph
#: holds the words of many short sentences by chance.
_MIN_SHARED_PAIRS = 0.4
_MAX_CANDIDATES = 40

#: "t" is what is left of "isn't".
_NEGATIONS = frozenset({"not", "no", "never", "none", "without", "denied", "denies", "deny", "t"})


class _Words:
    """A line's words: in order, each once, and how many of them another line must hold."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tuple(tokens)
        self.unique = frozenset(tokens)
        self.needed = -(-len(self.unique) * 8 // 10)

    @cached_property
    def guarded(self) -> frozenset[str]:
        """Numbers and denials: what must not differ."""
        return frozenset(token for token in self.unique if token[0].isdigit() or token in _NEGATIONS)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Words that follow each other."""
        return frozenset(pairwise(self.tokens))


def find_repeats(lines: Sequence[str | None]) -> dict[int, int]:
    """For each line that another says as well or more fully: the index of that other line.

    None entries take no part. Of two lines that hold each other the later is the repetition; chains lead
    to their last member, so the line that is pointed to repeats nothing itself.
    """
    told = [index for index, line in enumerate(lines) if line is not None]
    folded = [line.casefold() for line in lines if line is not None]
    words: dict[int, _Words] = {}
    for index, tokens in zip(told, word_runs(folded), strict=True):
        if len(tokens) >= MIN_TOKENS:
            words[index] = _Words(tokens)
    repeats: dict[int, int] = {}
    first_of: dict[tuple[str, ...], int] = {}
    for index, one in words.items():
        first = first_of.setdefault(one.tokens, index)
        if first != index:
            repeats[index] = first
    distinct = {index: one for index, one in words.items() if index not in repeats}
    holders: Mapping[str, list[int]] | None = None
    for index, one in _suspects(distinct).items():
        if len(distinct) <= _MAX_CANDIDATES:  # quicker than an index; it settles most
            fuller = [
                other
                for other, held in distinct.items()
                if len(held.unique) >= len(one.unique) and _holds(other, index, distinct)
            ]
            if len(fuller) <= 1:
                repeats.update((index, other) for other in fuller)
                continue
        holders = _holders(distinct) if holders is None else holders
        found = _fuller_line(index, one, distinct, holders)
        if found is not None:
            repeats[index] = found
    return {index: _root(index, repeats) for index in sorted(repeats)}


def _suspects(distinct: Mapping[int, _Words]) -> dict[int, _Words]:
    """The lines that another may hold, told quickly.

    A line with too many words that stand nowhere else can't be held by another: true of most paragraphs.
    """
    seen: set[str] = set()
    twice: set[str] = set()
    for one in distinct.values():
        twice |= seen & one.unique
        seen |= one.unique
    return {index: one for index, one in distinct.items() if len(one.unique & twice) >= one.needed}


def _holders(distinct: Mapping[int, _Words]) -> Mapping[str, list[int]]:
    """In which lines each word stands."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index, one in distinct.items():
        for token in one.unique:
            holders[token].append(index)
    return holders


def _fuller_line(
    index: int, one: _Words, distinct: Mapping[int, _Words], holders: Mapping[str, list[int]]
) -> int | None:
    """The line that holds `one`, or None.

    Prefix filtering: a line that holds 0.8 of these words holds one of any fifth of them, so only the
    holders of the rarest words need be looked at.
    """
    probes = sorted(one.unique, key=lambda token: (len(holders[token]), token))
    probes = probes[: len(probes) - one.needed + 1]
    candidates = dict.fromkeys(holder for token in probes for holder in holders[token][:_MAX_CANDIDATES])
    for other in list(candidates)[:_MAX_CANDIDATES]:
        if _holds(other, index, distinct):
            return other
    return None


def _holds(other: int, index: int, distinct: Mapping[int, _Words]) -> bool:
    """Whether line `other` is the fuller one and says what line `index` says."""
    one, held = distinct[index], distinct[other]
    if other == index or (len(held.unique), -other) < (len(one.unique), -index):
        return False
    return len(one.unique & held.unique) >= one.needed and _says_the_same(one, held)


def _says_the_same(one: _Words, held: _Words) -> bool:
    """Whether the words that two lines share stand for the same statement."""
    own, others = one.guarded, held.guarded
    if not own <= others:
        return False
    if len(held.tokens) <= 1.2 * len(one.tokens) and (others - own) & _NEGATIONS:
        return False  # as long, but one of the two denies
    return len(one.pairs & held.pairs) >= _MIN_SHARED_PAIRS * len(one.pairs)


def _root(index: int, repeats: dict[int, int]) -> int:
    seen = {index}
    while (target := repeats.get(index)) is not None and target not in seen:
        seen.add(target)
        index = target
    return index
