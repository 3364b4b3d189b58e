"""Common nouns with a capital, which name nobody: "signed an NDA", "Loungers are on sale". Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from summarizer.extraction.by_rules.document import Document, Sentence
from summarizer.extraction.by_rules.names import Name
from summarizer.extraction.by_rules.vocabulary import KNOWN_ORGANIZATIONS
from summarizer.text.words import NOUNS

#: After these tags "a UN" is no noun by itself.
_GOES_ON: Final = NOUNS | {"JJ", "VBN", "VBG", "POS", "CD"}


def without_nouns(document: Document, names: list[Name]) -> Sequence[Name]:
    """The names without those that are common nouns somewhere in the document."""
    nouns = {
        name.text
        for name in names
        if _is_counted(document.sentences[name.sentence], name) or _is_plural(document, name)
    }
    return [name for name in names if name.text not in nouns] if nouns else names


def _is_counted(sentence: Sentence, name: Name) -> bool:
    """Whether capitals are a common noun's: "signed an NDA", not "a UN envoy"."""
    if not name.text.isupper() or not name.first or name.text in KNOWN_ORGANIZATIONS:
        return False
    if sentence.tokens.lowers[name.first - 1] not in ("a", "an"):
        return False
    return name.last >= len(sentence) or sentence.tokens.tags[name.last] not in _GOES_ON


def _is_plural(document: Document, name: Name) -> bool:
    """Whether a plural that no list has only opens a sentence: the article writes it small, too."""
    if name.first or name.kind != "unknown" or name.text[-1] != "s" or not name.text.isalpha():
        return False
    return name.text[1:].islower() and re.search(rf"\b{name.text.lower()}\b", document.text) is not None
