"""Where a noun phrase ends and which word is its head, in the phrases that say what a figure counts.

Pure. Works on tags that may be wrong: a noun that looks like a verb goes on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.text.words import Tokens, possible_tags

#: Tags of what no noun phrase holds.
BREAKS = frozenset(
    ("IN", "TO", "WDT", "WP", "WP$", "WRB", ",", "(", "VBD", "VBN", "VBG", "VBZ", "VBP", "MD", ":", "–")
)
_WORDLIKE = re.compile(r"[^\W\d_]")


def split_at(tokens: Tokens, start: int) -> tuple[list[int], list[int]]:
    """The noun phrase that begins at `start`, and everything after it."""
    for i in range(start + 1, len(tokens)):
        if tokens.tags[i] in BREAKS and not (_goes_on(tokens, start, i) or _in_a_name(tokens, i)):
            return list(range(start, i)), list(range(i, len(tokens)))
    return list(range(start, len(tokens))), []


def _goes_on(tokens: Tokens, start: int, i: int) -> bool:
    """Whether a noun phrase goes on at a verb form: "confirmed deaths", but not "people killed"."""
    tag = tokens.tags[i]
    nouns = [j for j in range(start, i) if tokens.tags[j] in ("NN", "NNS")]
    noun_after = i + 1 < len(tokens) and tokens.tags[i + 1] in ("NN", "NNS", "JJ")
    if tag in ("VBZ", "VBP"):  # a noun that looks like a verb: "fighter jets", "Ukrainian recruits"
        return "NNS" in possible_tags(tokens.lowers[i]) or not nouns
    if tag in ("VBN", "VBD"):
        return not nouns and noun_after
    if tag == "VBG":
        return noun_after or not nouns
    return False


def _in_a_name(tokens: Tokens, i: int) -> bool:
    """The "of" in "Bank of Norland's target", not the one in "share of the votes"."""
    if tokens.lowers[i] != "of" or not tokens.words[i - 1][0].isupper():
        return False
    for j in range(i + 1, min(i + 5, len(tokens))):
        if tokens.tags[j] == "POS":
            return True
        if tokens.tags[j] in BREAKS:
            return False
    return False


def head_of(tokens: Tokens, core: Sequence[int]) -> int | None:
    """The last noun of a noun phrase, or its last word."""
    wordlike = [i for i in core if _WORDLIKE.match(tokens.words[i])]
    nouns: list[int | None] = [i for i in wordlike if tokens.tags[i].startswith(("NN", "VBZ"))]
    return (nouns or [*wordlike] or [None])[-1]
