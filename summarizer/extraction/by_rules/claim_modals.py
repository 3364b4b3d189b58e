"""What a hedging modal becomes in a claim that says what it hedges: "may be falling" as "is falling".

Pure. The certainty stands beside the claim; its text says the proposition.
"""

from __future__ import annotations

from typing import NamedTuple

from summarizer.extraction.by_rules.vocabulary import words

_PLURAL_PRONOUNS = words("they we you these those")


class ClaimWords(NamedTuple):
    """The words of a claim in order: lower case, tags, and whether each is part of a cue."""

    lowers: list[str]
    tags: list[str]
    cues: list[bool]


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
