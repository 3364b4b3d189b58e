"""An article's words as weighted terms, and what makes two articles alike.

Pure. A term is a word family; names weigh more than other words and the headline more than the body, since
names and headlines say which story it is. How rare a word is comes from the pile and, as a small pile can't
know, from a committed list of common words.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from heapq import nlargest
from itertools import repeat
from operator import mul
from typing import Any, TypeAlias, TypeVar

from summarizer.text.countries import countries
from summarizer.text.families import word_family
from summarizer.text.lexicon import load_lexicon
from summarizer.text.words import first_names, is_common_word

#: Term -> weight. A vector has length 1.
Vector: TypeAlias = Mapping[str, float]
#: A term, or its number in a pile.
Key = TypeVar("Key", str, int)

_WORD = re.compile(r"[^\W\d_]{2,40}(?:-[^\W\d_]{2,40})?")
#: The committed list is as sure as a thousand articles of all kinds, or as many as the pile has.
_PRIOR_ARTICLES = 1000
#: Articles of a thousand that hold a word of no tier: a word of the lexicon, and any other (mostly names).
_WORDS_PER_THOUSAND, _NAMES_PER_THOUSAND = 6.0, 1.0
_COUNTRIES_PER_THOUSAND, _FIRST_NAMES_PER_THOUSAND = 15.0, 10.0
#: A name against another word as frequent; a word of the headline against one of the body.
_NAME, _HEADLINE = 1.5, 2.0
#: No term makes up more of a vector: two firms of one name are no story. (Two practice articles on different
#: firms called Halvorsen came to 0.41 without the limit and come to 0.2 with it.)
_MOST_OF_ONE_TERM = 0.32
#: The heaviest terms of an article; a long one has more, but they say no more about which story it is.
#: On the invented pile of 40 and the practice articles nothing changes between 60 and 200.
_MAX_TERMS = 100
#: Weights that agree so far are equal: in which order they were added up must not matter.
_DIGITS = 9
#: An article's heaviest terms; a pair that shares none of them is never as alike as one story asks for.
BLOCKING_TERMS = 16


def _lexicon() -> dict[str, Any]:
    return load_lexicon("summarizer.stories", "lexicons/common_words.toml")


@cache
def deciding_words() -> frozenset[str]:
    """Lower-case words that are stop words to a topic and make or break a sentence: "not", "may", "under"."""
    return frozenset(_lexicon()["deciding"]["words"].split())


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(_lexicon()["stop"]["words"].split())


@cache
def _tiers() -> dict[str, float]:
    """Word family -> articles of a thousand that hold it."""
    found: dict[str, float] = {}
    for tier in ("topical", "everyday"):
        table = _lexicon()[tier]
        found.update(dict.fromkeys(map(word_family, table["words"].split()), float(table["per_thousand"])))
    return found


@lru_cache(maxsize=65536)
def _term(word: str) -> str:
    """The term of a word as it is written; "" for one that says nothing.

    Names keep a mark, "~orbiten"; a country, its people and its capital are one term, "@RU".
    """
    lower = word.lower()
    if lower in _stop_words():
        return ""
    country = countries().lookup(word) if word[0].isupper() else None
    if country is not None:
        return f"@{country.alpha2}"
    family = word_family(lower)
    name = word[0].isupper() and not is_common_word(lower) and family not in _tiers()
    return f"~{family}" if name else family


def _per_thousand(term: str) -> float:
    """Articles of a thousand that hold a term, as far as the committed lists tell."""
    if term[0] == "~":
        return _FIRST_NAMES_PER_THOUSAND if term[1:] in first_names() else _NAMES_PER_THOUSAND
    if term[0] == "@":
        return _COUNTRIES_PER_THOUSAND
    return _tiers().get(term, _WORDS_PER_THOUSAND)


def is_stop_word(lower: str) -> bool:
    """Whether a lower-case word is in nearly every article."""
    return lower in _stop_words()


def count_terms(title: str, body: str) -> dict[str, float]:
    """Terms of an article with how much it speaks of each: 1 + ln of its uses (Salton & Buckley, 1988)."""
    heading = dict.fromkeys(map(_term, _WORD.findall(title)), 1)
    uses = dict(heading)
    for word, count in Counter(_WORD.findall(body)).items():
        term = _term(word)
        uses[term] = uses.get(term, 0) + count
    uses.pop("", None)
    return {
        term: (1 + math.log(count)) * (_HEADLINE if term in heading else 1.0) for term, count in uses.items()
    }


def rarity_of(held_by: Mapping[str, int], articles: int) -> dict[str, float]:
    """Inverse document frequency in a pile of `articles`, of which so many hold a term, and the prior."""
    prior = max(_PRIOR_ARTICLES, articles)
    whole = articles + prior
    return {
        term: max(0.0, math.log(whole / (count + _per_thousand(term) * prior / 1000)))
        * (_NAME if term[0] in "~@" else 1.0)
        for term, count in held_by.items()
    }


def unit_vector(weighed: Iterable[tuple[float, str]]) -> Vector:
    """The vector of length 1 of an article, its heaviest terms first; empty for one without terms.

    `weighed`: each term with how much the article speaks of it, times how rare it is.
    """
    heaviest = [(weight, term) for weight, term in sorted(weighed, reverse=True)[:_MAX_TERMS] if weight > 0]
    length = math.sqrt(math.fsum(weight * weight for weight, _ in heaviest))
    return {term: min(weight / length, _MOST_OF_ONE_TERM) for weight, term in heaviest}


def cosine(a: Mapping[Key, float], b: Mapping[Key, float]) -> float:
    """How alike two articles (or sums of several) are; 0 to 1 for vectors of length 1."""
    if len(b) < len(a):
        a, b = b, a
    products: Iterable[float] = map(mul, a.values(), map(b.get, a, repeat(0.0)))
    return sum(products)


def total(parts: Iterable[Mapping[Key, float]]) -> dict[Key, float]:
    """The sum of vectors."""
    parts = iter(parts)
    whole = dict(next(parts, {}))
    for part in parts:
        for term, weight in part.items():
            whole[term] = whole.get(term, 0.0) + weight
    return whole


def shown_terms(whole: Vector, texts: Sequence[str], at_most: int) -> tuple[str, ...]:
    """The heaviest terms as the texts write them most often: "Orbiten", "hackers"."""
    least = min(nlargest(at_most, whole.values()), default=0.0) - 10.0 ** (1 - _DIGITS)
    heavy = [term for term, weight in whole.items() if weight >= least]
    heaviest = sorted(heavy, key=lambda term: (-round(whole[term], _DIGITS), term))[:at_most]
    written: dict[str, Counter[str]] = {term: Counter() for term in heaviest}
    uses: Counter[str] = Counter()
    for text in texts:
        uses.update(_WORD.findall(text))
    for word, count in uses.items():  # once a story: in a large pile `_term` has forgotten most names by now
        if (forms := written.get(_term(word))) is not None:
            forms[word] = count
    return tuple(max(sorted(written[term]), key=written[term].__getitem__) for term in heaviest)
