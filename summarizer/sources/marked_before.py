"""Articles whose text was marked before: language, line roles, date and origin needn't be worked out again.

A cache. What a text's marks are depends on the text, on what its file says about it, and on this program;
all of it is hashed into the key, so nothing that is found can be stale, wherever a file lies and whenever it
was touched. Neither text nor name of an article is kept, only places in it and what its header says.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from summarizer.errors import StoreProblem
from summarizer.records.article import Article
from summarizer.sources.found import FoundArticle
from summarizer.store.briefs import program_fingerprint
from summarizer.store.kept_file import FILE_NAME, Batches, KeptFile

#: Of 10 to 40 lines each: some 20 MB.
KEEP_MARKS = 50_000
#: Articles whose marks are written together.
SAVED_AT_ONCE = 200
#: What the file and the run say, not the text.
_NOT_MARKS = {"id", "source", "text"}


class MarkedBefore:
    """The marks in a folder's file, as far as it can be used. Use as a context manager."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._new = Batches(self._save, SAVED_AT_ONCE)

    @cached_property
    def _file(self) -> KeptFile | None:
        """Opened, or made, when the first article is there."""
        with suppress(StoreProblem):
            return KeptFile(self._home / FILE_NAME, "marks", KEEP_MARKS)
        return None

    def find(self, key: str) -> str | None:
        """The marks under a key of `marks_key`, for `article_marked`; None where there are none."""
        packed = None
        with suppress(StoreProblem):
            packed = None if self._file is None else self._file.find(key)
        if packed is not None:
            with suppress(zlib.error):  # a flipped bit; as good as not there
                return zlib.decompress(packed).decode()
        return None

    def keep(self, key: str, article: Article) -> None:
        """Those of an article that was worked out."""
        self._new.keep(key, zlib.compress(marks_of(article).encode(), 1))

    def _save(self, new: Mapping[str, bytes]) -> None:
        if self._file is not None:
            self._file.put(new.items())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._new.flush()
        opened = self.__dict__.get("_file")
        if opened is not None:
            opened.__exit__(kind, error, trace)


def marks_key(found: FoundArticle, text: str, *, require_english: bool) -> str:
    """Everything that settles an article's marks, hashed as one. `text` is the checked text of `found`."""
    stated = None if found.published is None else (found.published.date, found.published.basis)
    header = (found.title, found.outlet, found.url, found.origin, found.language, stated)
    parts = (program_fingerprint(), text, header, require_english)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def marks_of(article: Article) -> str:
    """What was worked out of an article's text, for `article_marked`."""
    return article.model_dump_json(by_alias=True, exclude=_NOT_MARKS)


def article_marked(marks: str, name: str, source: str, text: str) -> Article:
    """The article of which these are the marks."""
    own = json.dumps({"id": name, "source": source, "text": text}, ensure_ascii=False)
    return Article.from_json(f"{own[:-1]},{marks[1:]}", source)
