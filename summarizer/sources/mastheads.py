"""Lines that name the outlet and the day: "Northern Herald, 7 May 2026", "May 8, 2026 | Globe Online".

Pure. Only wording: one full date at the beginning or the end of a short line, and nothing else but names. A
title like "Budget Speech, 7 May 2026" looks the same; the place on the page is `line_roles`' business.
"""

from __future__ import annotations

import re
from functools import cache

from summarizer.sources.date_stamps import read_stamp
from summarizer.text.dates import find_dates
from summarizer.text.lexicon import load_lexicon

_MAX_CHARS = 120
_MAX_NAME_WORDS = 10
_MAX_LABEL_WORDS = 3
_YEAR = re.compile(r"(?:19|20)\d\d")
_BREAK = re.compile(r"[\s,|/&;:·•()–—-]+")
#: "(English edition)".
_ASIDE = re.compile(r"\([^()]{1,40}\)")
_EDGE = " \t\u00a0,.|/·•:;–—-"


def is_masthead(line: str) -> bool:
    """Whether the line is a date beside names of an outlet, a place or a writer, and no sentence."""
    if len(line) > _MAX_CHARS or not _YEAR.search(line):
        return False
    dates = [found for found in find_dates(line) if found.kind == "day"]
    if len(dates) != 1:
        return False
    stamp = read_stamp(line, dates[0].start, len(line))
    end = max(dates[0].end, stamp.end if stamp is not None else 0)
    before, after = line[: dates[0].start].strip(_EDGE), line[end:].strip(_EDGE)
    if bool(before) == bool(after):
        return False
    words = _ASIDE.sub(" ", before or after)
    if "|" in line and len(words.split()) <= _MAX_LABEL_WORDS and words[0].isupper():
        return True  # "Court sketch | Monday 8 May 2026"
    return _holds_only_names(words)


def _holds_only_names(words: str) -> bool:
    tokens = [token for token in _BREAK.split(words) if token]
    if not 1 <= len(tokens) <= _MAX_NAME_WORDS or words.endswith((".", "!", "?")):
        return False
    return tokens[0][0].isupper() and all(not token[0].islower() or token in _joiners() for token in tokens)


@cache
def _joiners() -> frozenset[str]:
    return frozenset(load_lexicon("summarizer.sources", "data/furniture.toml")["name_joiners"])
