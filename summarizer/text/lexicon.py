"""One cached loader for the word lists that ship as data files inside the package.

The only place below the edges that reads a file, and it reads nothing but the package's own data.
Word lists are TOML (comments allowed); a list file is read once per process.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_lexicon(package: str, name: str) -> dict[str, Any]:
    """Tables of the TOML file `name` beside the modules of `package`, for example `summarizer.text.data`.

    The same object is handed out every time: treat it as read-only.

    Raises:
        FileNotFoundError: the package doesn't ship that file (a packaging fault, never a user's).
    """
    return tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))


def text_lexicon(name: str) -> dict[str, Any]:
    """A word list of the text layer, `summarizer/text/data/<name>`."""
    return load_lexicon("summarizer.text", f"data/{name}")


def alternatives(phrases: Iterable[str]) -> str:
    """A regular-expression body that matches any of `phrases`, longest first, spaces as `\\s+`.

    Longest first makes "no more than" win over "more than". White space is bounded (`{1,4}`), so a page of
    spaces can't make the pattern slow.
    """
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(r"\s{1,4}".join(re.escape(word) for word in phrase.split()) for phrase in ordered)
