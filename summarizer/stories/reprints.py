"""Find reprints: articles that say nothing that another one doesn't say in the same words.

Pure. Agency copy runs in twenty papers, cut here and there, under another headline. It is folded only when
nothing is lost: every sentence of it stands in the other article with the same telling words in the same
order, so one changed number, name, hedge or "not" keeps an article. Sentences are looked up, not compared
pair by pair, so a pile of any size takes linear time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

from summarizer.stories.candidates import closeness, days_of
from summarizer.stories.reports import Report
from summarizer.stories.terms import deciding_words, is_stop_word
from summarizer.text.sentences import split_sentences

#: The telling words of a sentence, in order.
SentenceKey: TypeAlias = tuple[str, ...]

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+(?:['’][^\W_]+)*")
#: "Reporting by A. Novak", "All rights reserved": too short to be told from page furniture.
_MIN_TELLING = 4
#: An article of fewer sentences is a flash; others begin with the same words and go on with more.
_MIN_SENTENCES = 2


@lru_cache(maxsize=65536)
def _telling(word: str) -> str:
    lower = word.lower().replace("’", "'")
    kept = lower in deciding_words() or lower.endswith("n't") or not is_stop_word(lower)
    return lower if kept else ""


def sentence_keys(body: str) -> frozenset[SentenceKey]:
    """What an article says, sentence by sentence, without the words that papers change in agency copy."""
    keys = set()
    for line in body.split("\n"):
        for start, end in split_sentences(line, 0, len(line)):
            key = tuple(filter(None, map(_telling, _WORD.findall(line[start:end]))))
            if len(key) >= _MIN_TELLING:
                keys.add(key)
    return frozenset(keys)


def find_reprints(reports: Sequence[Report]) -> dict[int, int]:
    """Position of a reprint -> position of the article that holds all of it and is no reprint itself.

    Far apart in time there are none: the same notice a year later is about another meeting. Of articles that
    say exactly the same the earliest stays; undated ones count as later.
    """
    days = [days_of(report.published) for report in reports]
    said = [sentence_keys(report.body) for report in reports]
    holders: dict[SentenceKey, list[int]] = defaultdict(list)
    order = sorted(range(len(reports)), key=lambda i: (-len(said[i]), *_age(reports[i])))
    found: dict[int, int] = {}
    for i in order:
        keys = said[i]
        if len(keys) >= _MIN_SENTENCES:
            rarest = min(keys, key=lambda key: (len(holders.get(key, ())), key))
            whole = next(
                (j for j in holders.get(rarest, ()) if keys <= said[j] and closeness(days[i], days[j])), None
            )
            if whole is not None:
                found[i] = whole
                continue
        for key in keys:
            holders[key].append(i)
    return found


def _age(report: Report) -> tuple[bool, int, str, str]:
    days = days_of(report.published)
    return days is None, days.first if days else 0, report.sha256, report.id
