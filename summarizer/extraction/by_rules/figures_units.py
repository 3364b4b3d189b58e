"""Whose money an article means by "crowns", "pesos" or "pounds". Pure."""

from __future__ import annotations

import re
from functools import cache

from summarizer.text.lexicon import alternatives, text_lexicon


@cache
def _full_names() -> tuple[re.Pattern[str], dict[str, str]]:
    nations: dict[str, str] = text_lexicon("currencies.toml")["nations"]
    return re.compile(rf"\b({alternatives(nations)})s?\b"), nations


def currency_in(text: str, noun: str) -> str | None:
    """The one code that the article's full currency names give `noun` ("Swedish crowns" → SEK), or None."""
    pattern, nations = _full_names()
    stem = noun.lower().rstrip("s")
    codes = {
        nations[" ".join(match.group(1).split())]
        for match in pattern.finditer(text)
        if match.group(1).rsplit(None, 1)[-1].lower().rstrip("s") == stem
    }
    return codes.pop() if len(codes) == 1 else None
