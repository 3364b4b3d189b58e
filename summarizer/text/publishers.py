"""Which outlets belong to one publisher: two of its papers are no two independent voices.

Pure but for reading the committed table once. The table is small and dated; an outlet that isn't in it is its
own publisher.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from summarizer.text.folding import comparison_key
from summarizer.text.lexicon import text_lexicon


def publisher_families() -> Mapping[str, Sequence[str]]:
    """Owner -> its outlets, as they write their names."""
    families: Mapping[str, Sequence[str]] = text_lexicon("publishers.toml")["families"]
    return families


def publisher_of(outlet: str) -> str:
    """A key of the publisher behind an outlet; the same for all of one owner, and without "The"."""
    key = _key(outlet)
    return _owners().get(key, key)


@cache
def _owners() -> dict[str, str]:
    return {
        _key(outlet): _key(owner) for owner, outlets in publisher_families().items() for outlet in outlets
    }


def _key(name: str) -> str:
    return comparison_key(name).removeprefix("the ")
