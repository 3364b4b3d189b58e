"""How denials call what they deny: the lexicon of `denials`, as concepts.

Pure. As concepts of all claims these words would join what isn't one; a denial may be as loose as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from summarizer.merging.claim_words import claim_lexicon
from summarizer.merging.slots import noun_concept


@cache
def loose() -> dict[str, str]:
    """Concept -> the first of its line: what a denial may call otherwise than the claim."""
    return {
        concept: noun_concept(line.split()[0])
        for line in claim_lexicon()["denials"]["families"]
        for word in line.split()
        for concept in (word, noun_concept(word))
    }


@cache
def implied() -> tuple[tuple[str, frozenset[str], str], ...]:
    return tuple(
        (noun_concept(verb), frozenset(map(noun_concept, nouns.split())), noun_concept(then))
        for verb, nouns, then in claim_lexicon()["denials"]["implies"]
    )


@cache
def broader() -> dict[str, str]:
    """Concept -> what is told where it is: a raid is an attack."""
    return {
        concept: noun_concept(general)
        for general, special in claim_lexicon()["denials"]["broader"]
        for word in special.split()
        for concept in (word, noun_concept(word))
    }


@cache
def events() -> dict[str, frozenset[str]]:
    """Concept -> the words of its line: what news calls the same event."""
    lines = [
        frozenset(concept for word in line.split() for concept in (word, noun_concept(word)))
        for line in claim_lexicon()["denials"]["events"]
    ]
    return {concept: line for line in lines for concept in sorted(line)}


@cache
def denial_words(key: str) -> frozenset[str]:
    return frozenset(
        form for word in claim_lexicon()["denials"][key].split() for form in (word, noun_concept(word))
    )


@cache
def carriers() -> frozenset[str]:
    return frozenset(claim_lexicon()["denials"]["carriers"].split())


@cache
def light() -> frozenset[str]:
    return frozenset(map(noun_concept, claim_lexicon()["denials"]["light"].split()))


def loosely(words: Iterable[str]) -> frozenset[str]:
    return frozenset(loose().get(word, word) for word in words)
