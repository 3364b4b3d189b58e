"""What single words become in a claim's own sentence: modals, negators, verbs after a name.

Pure. Certainty and polarity stand beside the claim; its text says the proposition, affirmed and unhedged:
"may be falling" as "is falling", "nobody came" as "somebody came", "we want" as "Norrvik wants".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from summarizer.extraction.by_rules.frames import Range
from summarizer.extraction.by_rules.vocabulary import words
from summarizer.text.word_lexicon import possible_tags, word_tags
from summarizer.text.words import COMMON_NOUNS

#: What a negator leaves where it stood for a word: "nobody came" denies "somebody came".
POSITIVES = {"nobody": "somebody", "none": "any", "nothing": "something", "cannot": "can"}
#: Possessive -> the pronoun for the same.
POSSESSIVES: Final = {"his": "he", "her": "she", "its": "it", "their": "they", "our": "we", "my": "i"}
#: Clitic stems whose second half ("n't") was dropped.
STEMS: Final = {"ca": "can", "wo": "will"}
#: "failed to agree" denies "did agree", "lacks a plan" denies "has a plan"; by the tag of the negative verb.
NEGATIVE_TO: Final = {"VBD": "did", "VBZ": "does", "VBP": "do", "VBN": "did", "VB": ""}
NEGATIVE_HAVE: Final = {"lacks": "has", "lacked": "had", "lack": "have"}
#: What is written together with "we" or "I" -> after the name that takes its place.
SPOKEN: Final = {"'d": " would", "’d": " would", "'ll": " will", "’ll": " will"}
#: Verb after "we" or "I" -> after the name.
AGREEMENT: Final = {
    "are": "is",
    "have": "has",
    "were": "was",
    "do": "does",
    "am": "is",
    "'re": " is",
    "’re": " is",
    "'ve": " has",
    "’ve": " has",
    "'m": " is",
    "’m": " is",
}
#: They have no plural and take no article.
_MASS_NOUNS: Final = words(
    "evidence information damage money progress proof news help aid support work trouble violence contact "
    "pressure interest interference wrongdoing misconduct fraud involvement knowledge understanding room "
    "truth electricity water food fuel access time harm confirmation"
)
#: "no permit": after "no", a base form is a noun that was mistagged.
_SINGULAR_TAGS: Final = frozenset(("NN", "VB", "VBP"))
_ABBREVIATIONS: Final = ("U.S.", "Inc.", "p.m.", "a.m.")
_PLURAL_PRONOUNS: Final = words("they we you these those")


class ClaimWords(NamedTuple):
    """The words of a claim in order: lower case, tags, and whether each is part of a cue."""

    lowers: list[str]
    tags: list[str]
    cues: list[bool]


def words_in(ranges: Sequence[Range]) -> set[int]:
    """The words of all the ranges."""
    found: set[int] = set()
    for first, last in ranges:
        found.update(range(first, last))
    return found


def without_modal(claim: ClaimWords, after: int) -> tuple[str, int]:
    """What takes the place of the modal before word `after`, and how many words from there it takes in."""
    end = after
    while end < len(claim.tags) and claim.tags[end] == "RB":
        end += 1  # "may well have won": has won
    follower = claim.lowers[end] if end < len(claim.lowers) else ""
    adverbs = [claim.lowers[k] for k in range(after, end) if not claim.cues[k]]
    passive = follower == "be" and claim.tags[end + 1 : end + 2] == ["VBN"]
    if follower not in ("be", "have") or passive:
        return " ".join(("will", *adverbs)), end - after  # "may be signed": will be
    plural = _is_plural(claim, after - 2)
    verb = ("are" if plural else "is") if follower == "be" else ("have" if plural else "has")
    return " ".join((*adverbs, verb)), end + 1 - after


def _is_plural(claim: ClaimWords, last: int) -> bool:
    """Whether the subject that ends at word `last` is plural."""
    while last > 0 and claim.tags[last] in ("RB", ","):
        last -= 1
    return last >= 0 and (claim.tags[last] in ("NNS", "NNPS") or claim.lowers[last] in _PLURAL_PRONOUNS)


def without_negator(claim: ClaimWords, negator: str, after: int) -> tuple[str, int]:
    """What a negator becomes before word `after`, and how many words from there are taken in with it."""
    following = claim.lowers[after] if after < len(claim.lowers) else ""
    if following == "yet":
        return POSITIVES.get(negator, ""), 1  # "is not yet known" denies "is known"
    if negator == "no" and following == "such":
        article = _article(claim, after + 1)
        return (f"such {article}".rstrip(), 1)  # "no such plan" denies "such a plan"
    if negator == "no":
        return ("someone", 1) if following == "one" else (_article(claim, after), 0)
    if negator == "neither":
        return ("" if "nor" in claim.lowers else "either"), 0  # "neither side has" denies "either side has"
    return POSITIVES.get(negator, ""), 0


def _article(claim: ClaimWords, after: int) -> str:
    """What "no" becomes before a noun: "no plan" denies "a plan", "no plans" plans."""
    tags, noun = claim.tags, after
    while noun < len(tags) and tags[noun] in ("JJ", "VBG", "VBN", "RB"):
        noun += 1
    following = noun + 1 < len(tags) and tags[noun + 1] in COMMON_NOUNS
    if noun >= len(tags) or following or tags[noun] not in _SINGULAR_TAGS:
        return ""
    if f"{claim.lowers[noun]}s" not in word_tags() or claim.lowers[noun] in _MASS_NOUNS:
        return ""
    return "an" if claim.lowers[after][0] in "aeiou" else "a"


def third_person(verb: str) -> str:
    """The form of a verb after a name, for the one after "we" or "I": "want" as "wants"."""
    if verb in AGREEMENT or "VB" not in possible_tags(verb):
        return AGREEMENT.get(verb, verb)
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2:-1] not in "aeiou" else f"{verb}s"


def finished(text: str) -> str:
    """A claim's text with a capital and a full stop, without marks that hang over."""
    result = text.strip(" ,;:–—-'‘’")
    while result.endswith((".", ",", ";", ":")) and not result.endswith(_ABBREVIATIONS):
        result = result[:-1].rstrip()
    if not result:
        return ""
    return result[0].upper() + result[1:] + ("" if result.endswith((".", "!", "?")) else ".")
