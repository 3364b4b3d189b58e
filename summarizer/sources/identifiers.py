"""Names of articles: readable, stable, one for each article of a run.

The rule, in this order:

1. the id that an article record states itself;
2. the file's name without its ending, where the file holds one article ("blinken-arrives-in-kiev");
3. the last part of the article's address, else its title, where a file holds several;
4. `stdin-` and eight hexadecimal digits of the text's SHA-256 for standard input, `article-…` where
   nothing else gives a name.

Letters and digits are kept (lower case, any script), everything else becomes a hyphen. When two different
articles of a run would get one name, eight digits of the text's hash are added: to all files of that name,
known before reading, and else to the article that comes later. So an id depends on names and texts only.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)
_MAX_SLUG_CHARS = 80
_HASH_DIGITS = 8
#: Endings and names in addresses that say nothing about the article.
_PAGE_ENDING = re.compile(r"\.(?:html?|php|aspx?|amp|jsp|cms)$", re.IGNORECASE)
_EMPTY_NAMES = frozenset({"index", "article", "story", "amp", "default", "news", "home"})


def text_sha256(text: str) -> str:
    """SHA-256 of an article's text, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def duplicate_key(text: str) -> str:
    """The same for texts that differ in white space only: exact duplicates share it."""
    return text_sha256(" ".join(text.split()))


def slug(name: str) -> str:
    """A name as an id: "Rates Rise, Again!" is "rates-rise-again"; "" where no letter or digit is left."""
    folded = unicodedata.normalize("NFKC", name).lower().replace("’", "").replace("'", "")
    words = _NOT_WORD.sub("-", folded).strip("-_")
    if len(words) <= _MAX_SLUG_CHARS:
        return words
    return words[:_MAX_SLUG_CHARS].rsplit("-", 1)[0].strip("-_") or words[:_MAX_SLUG_CHARS]


class Namer:
    """Gives each article of one run its id.

    `shared_names` are file-name slugs that stand for several files of the run.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        counts = Counter(slug(path.stem) for path in dict.fromkeys(paths))
        self._shared = {name for name, count in counts.items() if count > 1}
        self._taken: set[str] = set()

    def name(
        self,
        text: str,
        *,
        own_id: str | None,
        path: Path | None,
        is_alone: bool,
        url: str | None,
        title: str | None,
    ) -> str:
        """An id that no article before has got. Call it once for each article that is kept."""
        digits = text_sha256(text)[:_HASH_DIGITS]
        candidate = _own(own_id)
        if not candidate and path is not None and is_alone:
            candidate = slug(path.stem)
            if candidate in self._shared:
                candidate = f"{candidate}-{digits}"
        if not candidate and not is_alone:
            candidate = _from_address(url) or slug(title or "")
        if not candidate:
            candidate = f"{'stdin' if path is None else slug(path.stem) or 'article'}-{digits}"
        name, number = candidate, 1
        while name in self._taken:  # twice only where two texts share name and digits
            name = f"{candidate}-{digits}" if number == 1 else f"{candidate}-{digits}-{number}"
            number += 1
        self._taken.add(name)
        return name


def _own(identifier: str | None) -> str:
    """A stated id as it is, unless it could not stand in `<article id>/<item id>`."""
    if identifier is None:
        return ""
    stripped = identifier.strip()
    return stripped if re.fullmatch(r"[^\s/]{1,120}", stripped) else slug(stripped)


def _from_address(url: str | None) -> str:
    """The part of an address that names the article: its last one with a letter in it."""
    parts = unquote(urlsplit(url).path).split("/") if url else []
    for part in reversed(parts):
        name = slug(_PAGE_ENDING.sub("", part))
        if name and name not in _EMPTY_NAMES and not name.replace("-", "").isdigit():
            return name
    return ""
