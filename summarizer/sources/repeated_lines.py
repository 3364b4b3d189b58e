"""Lines of one text that say the same: captions that repeat a paragraph, paragraphs that stand twice.

Near-duplicates by token containment: at least 0.8 of the shorter line's words (more than six) stand in the
fuller one. Lines that differ in a number or a denial never say the same. Linear but for very repetitive
text, where the number of candidates for each line is bounded.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

MIN_CONTAINMENT = 0.8
MIN_TOKENS = 7
#: Order counts a little, too: "Lavrov told Blinken" is not "Blinken told Lavrov", and a long paragraph
#: holds the words of many short sentences by chance.
_MIN_SHARED_PAIRS = 0.4
_MAX_CANDIDATES = 40

_TOKEN = re.compile(r"\d[\d.,]*\d|[^\W_]+")
#: "t" is what is left of "isn't".
_NEGATIONS = frozenset({"not", "no", "never", "none", "without", "denied", "denies", "deny", "t"})


@dataclass(frozen=True, slots=True)
class _Words:
    tokens: tuple[str, ...]
    unique: frozenset[str]

    @property
    def needed(self) -> int:
        """How many of the words another line must hold."""
        return -(-len(self.unique) * 8 // 10)

    def guarded(self) -> set[str]:
        """Numbers and denials: what must not differ."""
        return {token for token in self.unique if token[0].isdigit() or token in _NEGATIONS}

    def pairs(self) -> set[tuple[str, str]]:
        return set(zip(self.tokens, self.tokens[1:], strict=False))


def find_repeats(lines: Sequence[str | None]) -> dict[int, int]:
    """For each line that another says as well or more fully: the index of that other line.

    None entries take no part. Of two lines that hold each other the later is the repetition; chains lead
    to their last member, so the line that is pointed to repeats nothing itself.
    """
    words: dict[int, _Words] = {}
    for index, line in enumerate(lines):
        if line is not None:
            tokens = tuple(_TOKEN.findall(line.casefold()))
            if len(tokens) >= MIN_TOKENS:
                words[index] = _Words(tokens, frozenset(tokens))
    repeats: dict[int, int] = {}
    first_of: dict[tuple[str, ...], int] = {}
    for index, one in words.items():
        first = first_of.setdefault(one.tokens, index)
        if first != index:
            repeats[index] = first
    distinct = {index: one for index, one in words.items() if index not in repeats}
    frequency: Counter[str] = Counter()
    for one in distinct.values():
        frequency.update(one.unique)
    # A line with too many words that stand nowhere else can't be held by another: true of most paragraphs.
    suspects = {
        index: one
        for index, one in distinct.items()
        if sum(frequency[token] > 1 for token in one.unique) >= one.needed
    }
    if suspects:
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for index, one in distinct.items():
            for token in one.unique:
                holders[token].append(index)
        for index, one in suspects.items():
            fuller = _fuller_line(index, one, distinct, holders)
            if fuller is not None:
                repeats[index] = fuller
    return {index: _root(index, repeats) for index in sorted(repeats)}


def _fuller_line(
    index: int, one: _Words, distinct: dict[int, _Words], holders: dict[str, list[int]]
) -> int | None:
    """The line that holds `one`, or None.

    Prefix filtering: a line that holds 0.8 of these words holds one of any fifth of them, so only the
    holders of the rarest words need be looked at.
    """
    probes = sorted(one.unique, key=lambda token: (len(holders[token]), token))
    probes = probes[: len(probes) - one.needed + 1]
    candidates = dict.fromkeys(holder for token in probes for holder in holders[token][:_MAX_CANDIDATES])
    for other in list(candidates)[:_MAX_CANDIDATES]:
        held = distinct[other]
        if other == index or (len(held.unique), -other) < (len(one.unique), -index):
            continue
        if len(one.unique & held.unique) >= one.needed and _says_the_same(one, held):
            return other
    return None


def _says_the_same(one: _Words, held: _Words) -> bool:
    """Whether the words that two lines share stand for the same statement."""
    own, others = one.guarded(), held.guarded()
    if not own <= others:
        return False
    if len(held.tokens) <= 1.2 * len(one.tokens) and (others - own) & _NEGATIONS:
        return False  # as long, but one of the two denies
    pairs = one.pairs()
    return len(pairs & held.pairs()) >= _MIN_SHARED_PAIRS * len(pairs)


def _root(index: int, repeats: dict[int, int]) -> int:
    seen = {index}
    while (target := repeats.get(index)) is not None and target not in seen:
        seen.add(target)
        index = target
    return index
