"""Comparison keys: the forms of a string under which two of them count as the same.

Pure. Nothing here is ever stored; keys exist only while two strings are compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from summarizer.text.folding import comparison_key

_TOKEN = re.compile(r"[^\W_]+(?:[.,][0-9]+)*(?:'[^\W\d_]+)?")

#: Function words carry no proposition. Negations are among them on purpose: polarity is a slot of its own,
#: so "not" may not decide whether two claims are the same (rule: matching is blind to what is scored).
_FUNCTION_WORDS = """
    a an the this that these those of in on at to for from by with as into over under about after before
    between during through against and or but if than then so such it its he his him she her they them
    their we us our you your i my me who whom whose which what when where there here is are was were be been
    being am has have had having do does did doing will would shall should may might can could must
    also just only own same other more most some any each all both very s"""
STOP_WORDS = frozenset(_FUNCTION_WORDS.split())
_NEGATION_WORDS = "not no never none nobody nothing neither nor cannot without"
NEGATIONS = frozenset(_NEGATION_WORDS.split())

_TITLES = """mr mrs ms miss mx dr prof sir dame lord lady rev hon gen lt col maj capt sgt cpl adm cmdr brig
    sen rep gov"""
_HONORIFICS = frozenset(_TITLES.split())
_ARTICLES = frozenset(("the", "a", "an"))


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """A name without article, honorific, possessive and full stops: "the U.S.'s" and "US" are one.

    A name that consists of nothing else keeps its plain key.
    """
    words = [word.removesuffix("'s").strip("'\"") for word in comparison_key(name).replace(".", "").split()]
    while len(words) > 1 and (words[0] in _ARTICLES or words[0] in _HONORIFICS):
        words = words[1:]
    return " ".join(word for word in words if word) or comparison_key(name)


@lru_cache(maxsize=65536)
def tokens(string: str) -> tuple[str, ...]:
    """Words and numbers of a string, without possessive endings."""
    return tuple(word.removesuffix("'s") for word in _TOKEN.findall(comparison_key(string)))


@lru_cache(maxsize=65536)
def content_tokens(string: str) -> tuple[str, ...]:
    """Tokens that are no stop word and no negation; all tokens when nothing would be left."""
    words = tokens(string)
    kept = tuple(
        word
        for word in words
        if word not in STOP_WORDS and word not in NEGATIONS and not word.endswith("n't")
    )
    return kept or words


def negated(string: str) -> bool:
    """Whether a sentence carries an odd number of negation words."""
    return sum(word in NEGATIONS or word.endswith("n't") for word in tokens(string)) % 2 == 1


def token_f1(a: Sequence[str], b: Sequence[str]) -> float:
    """Dice of two bags of words; 1 for two empty bags, 0 for one."""
    if not a or not b:
        return float(len(a) == len(b))
    shared = sum((Counter(a) & Counter(b)).values())
    return 2 * shared / (len(a) + len(b))


def phrase_f1(a: str, b: str) -> float:
    """`token_f1` over the content words of two phrases."""
    return token_f1(content_tokens(a), content_tokens(b))
