"""Parts of a group: "another", "two others", "one of the officials", "a number of analysts".

Pure. A phrase is words `first:last` of a sentence.
"""

from __future__ import annotations

from typing import Final

from summarizer.extraction.by_rules.document import Sentence
from summarizer.extraction.by_rules.vocabulary import words

#: By themselves these mean members of the group that was spoken of.
_QUANTIFIERS: Final = words("another one others some both many two three several all most neither none")
_PARTITIVES: Final = words("another one some both many several all most neither none members each")
_COUNTS: Final = words("number group handful majority series couple")
_ORDINALS: Final = words("second third fourth fifth")


def means_group(sentence: Sentence, first: int, last: int) -> bool:
    """Whether it is "another", "two others", "a second": members of the group that was spoken of."""
    lowers = sentence.tokens.lowers
    if last - first == 1:
        return lowers[first] in _QUANTIFIERS
    if last - first != 2:
        return False
    following = lowers[first + 1]
    if lowers[first] == "a":
        return following in _ORDINALS
    return lowers[first] in _QUANTIFIERS and following in ("others", "other", "more")


def after_partitive(sentence: Sentence, first: int, last: int) -> int | None:
    """Where the noun phrase begins in "one of the officials", "a number of analysts"; None elsewhere."""
    tags, lowers = sentence.tokens.tags, sentence.tokens.lowers
    counted = tags[first] == "CD" or lowers[first] in _PARTITIVES
    if counted and first + 2 < last and lowers[first + 1] == "of":
        return first + 2
    if (
        lowers[first] == "a"
        and first + 3 < last
        and lowers[first + 1] in _COUNTS
        and lowers[first + 2] == "of"
    ):
        return first + 3
    return None
