"""Find reprints: articles that say nothing that another one doesn't say in the same words.

Pure. Agency copy runs in twenty papers, cut here and there, under another headline. It is folded only when
nothing is lost: every sentence of it stands in the other article with the same telling words in the same
order, so one changed number, name, hedge or "not" keeps an article. Sentences are looked up, not compared
pair by pair, so a pile of any size takes linear time.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeAlias

from summarizer.stories.candidates import Days, closeness, days_of
from summarizer.stories.reports import Report, age_of
from summarizer.stories.terms import deciding_words, is_stop_word
from summarizer.text.kept import Kept
from summarizer.text.sentences import split_sentences

#: The telling words of a sentence, in order.
SentenceKey: TypeAlias = tuple[str, ...]

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+(?:['’][^\W_]+)*")
#: "Reporting by A. Novak", "All rights reserved": too short to be told from page furniture.
_MIN_TELLING = 4
#: An article of fewer sentences is a flash; others begin with the same words and go on with more.
_MIN_SENTENCES = 2
#: Parts in which a pile's sentences are counted; a power of two.
_RANGES = 16


def _telling(word: str) -> str:
    lower = word.lower().replace("’", "'")
    kept = lower in deciding_words() or lower.endswith("n't") or not is_stop_word(lower)
    return lower if kept else ""


_TELLING = Kept(_telling)


def sentence_keys(body: str) -> frozenset[SentenceKey]:
    """What an article says, sentence by sentence, without the words that papers change in agency copy."""
    keys = set()
    for line in body.split("\n"):
        for start, end in split_sentences(line, 0, len(line)):
            key = tuple(filter(None, map(_TELLING.__getitem__, _WORD.findall(line[start:end]))))
            if len(key) >= _MIN_TELLING:
                keys.add(key)
    return frozenset(keys)


@dataclass(frozen=True, slots=True)
class Said:
    """What an article says, as sorted hashes of its sentences, and the days that it may be of."""

    sentences: array[int]
    days: Days | None


def said_of(report: Report) -> Said:
    """As far as reprints are told by it. Hashes have 64 bits, eight bytes a sentence."""
    return Said(array("Q", sorted(map(_hashed, sentence_keys(report.body)))), days_of(report.published))


def find_reprints(reports: Sequence[Report]) -> dict[int, int]:
    """Position of a reprint -> position of the article that holds all of it and is no reprint itself.

    Far apart in time there are none: the same notice a year later is about another meeting. Of articles that
    say exactly the same the earliest stays; undated ones count as later.
    """
    order = sorted(range(len(reports)), key=lambda place: age_of(reports[place]))
    found = folded([said_of(reports[place]) for place in order])
    return {order[part]: order[whole] for part, whole in found.items()}


def folded(said: Sequence[Said]) -> dict[int, int]:
    """`find_reprints` of what was read before, by age."""
    common = _held_by_several(said)
    holders: dict[int, list[int]] = defaultdict(list)
    found: dict[int, int] = {}
    for i in sorted(range(len(said)), key=lambda i: (-len(said[i].sentences), i)):
        sentences = common.intersection(said[i].sentences)
        if len(sentences) == len(said[i].sentences) >= _MIN_SENTENCES:
            rarest = min(sentences, key=lambda one: (len(holders.get(one, ())), one))
            whole = next((j for j in holders.get(rarest, ()) if _holds(said[j], said[i])), None)
            if whole is not None:
                found[i] = whole
                continue
        for one in sentences:
            holders[one].append(i)
    return found


def _holds(whole: Said, part: Said) -> bool:
    return closeness(part.days, whole.days) > 0 and set(part.sentences) <= set(whole.sentences)


def _held_by_several(said: Sequence[Said]) -> set[int]:
    """The sentences of more than one article. Counted range by range, as a set of all takes much room."""
    common: set[int] = set()
    for least in range(0, 1 << 64, (1 << 64) // _RANGES):
        seen: set[int] = set()
        for one in said:
            start = bisect_left(one.sentences, least)
            end = bisect_left(one.sentences, least + (1 << 64) // _RANGES)
            for sentence in one.sentences[start:end]:
                (common if sentence in seen else seen).add(sentence)
    return common


def _hashed(key: SentenceKey) -> int:
    return int.from_bytes(blake2b(" ".join(key).encode(), digest_size=8).digest(), "big")
