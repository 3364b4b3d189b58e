"""The documents in an attribution: "a report from X says", "said in a statement".

Pure. Whose document it is is found in `claim_sources`.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.frames import Frame
from summarizer.extraction.by_rules.vocabulary import PRODUCTS
from summarizer.text.words import COMMON_NOUNS, NOUNS

_PRODUCT_TAGS: Final = NOUNS | {"VB", "JJ", "VBZ", "VBG"}
#: At the start of what is said, a medium may still belong to the attribution.
_MAX_MEDIUM_POSITION: Final = 5
_MAX_MEDIUM_TO_THAT: Final = 8


def product_head(sentence: Sentence, first: int, last: int) -> int | None:
    """The noun for a written or measured product in a subject: "report" in "a report from X"."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    for k in range(first, last):
        if lowers[k] in PRODUCTS and tags[k] in _PRODUCT_TAGS:
            compound = k + 1 < last and tags[k + 1] in COMMON_NOUNS
            if not compound:
                return k
        elif k > first and tags[k] == "IN" and lowers[k] in ("for", "from", "at", "in", "with"):
            return None
    return None


def belongs_to_attribution(sentence: Sentence, frame: Frame, k: int) -> bool:
    """Whether a document at `k` is the medium rather than a thing that is talked about."""
    begin, end = frame.attribution
    if not frame.content[0] < k < frame.content[1] or begin <= k < end:
        return True
    if k - frame.content[0] > _MAX_MEDIUM_POSITION or frame.postposed:
        return False
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    return (
        tags[min(k + 1, len(tags) - 1)] in ("IN", ",", "NN") or "that" in lowers[k : k + _MAX_MEDIUM_TO_THAT]
    )
