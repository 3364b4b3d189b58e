"""Lines that say the same are found the same way in a short text and in a long one."""

from __future__ import annotations

import random

from summarizer.sources.repeated_lines import find_repeats

_WORDS = ("the", "minister", "said", "talks", "about", "troops", "near", "border", "would", "end", "soon",
          "and", "no", "deal", "was", "made", "in", "1,500", "days")  # fmt: skip


def _lines(seed: int, count: int) -> list[str | None]:
    """Lines of few different words, some of them others with a word left out or put in."""
    chance = random.Random(seed)
    lines: list[str | None] = []
    for _ in range(count):
        words = chance.choices(_WORDS, k=chance.randint(5, 16))
        earlier = [line for line in lines if line]
        if earlier and chance.random() < 0.5:
            words = chance.choice(earlier).split()
            words.pop(chance.randrange(len(words)))
            words.insert(chance.randrange(len(words) + 1), chance.choice(_WORDS))
        lines.append(" ".join(words) if chance.random() < 0.9 else None)
    return lines


def test_lines_of_a_short_text_repeat_what_they_repeat_in_a_long_one() -> None:
    """A short text is compared line by line, a long one through an index."""
    others = [
        f"w{number}a w{number}b w{number}c w{number}d w{number}e w{number}f w{number}g"
        for number in range(60)
    ]
    found = 0
    for seed in range(300):
        lines = _lines(seed, 12)
        short = find_repeats(lines)
        assert find_repeats([*lines, *others]) == short
        found += len(short)
    assert found > 300


def test_a_line_is_held_by_the_fuller_one_only_without_another_number_or_denial() -> None:
    """ "It will end" and "it will not end" share nearly every word."""
    base = "the talks about troops near the border will end in 1,500 days"
    assert find_repeats([base + " at the latest", base]) == {1: 0}
    assert find_repeats([base.replace("1,500", "1,600") + " at the latest", base]) == {}
    assert find_repeats([base.replace("will", "will not"), base]) == {}
