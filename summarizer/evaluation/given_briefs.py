"""Score briefs that are already there: another system's, an older version's, or the labels themselves.

I/O. A folder with one `<article id>.json` per article, each a brief or a gold brief (which is scored as a
perfect answer would be: `summarizer eval run --briefs evals/gold` is 1 in every metric of the briefs).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import NoInput
from summarizer.evaluation.answers import SHORT, Drafted
from summarizer.evaluation.documents import read_document
from summarizer.evaluation.perfect import brief_of
from summarizer.records.article import Article
from summarizer.records.brief import Brief
from summarizer.records.gold import GoldBrief
from summarizer.records.run import Parameters


@dataclass(frozen=True, slots=True)
class GivenBriefs:
    """The briefs of a folder as if an engine answered with them; a missing one is a failed answer."""

    folder: Path
    engine: str = "briefs"
    prompt: str = "none"

    @property
    def model(self) -> str:
        """Fingerprint of the files.

        Raises:
            NoInput: there are none.
        """
        digest = hashlib.sha256()
        files = sorted(self.folder.glob("*.json"))
        if not files:
            raise NoInput(f"{self.folder}: no briefs. It needs <article id>.json for every article.")
        for path in files:
            digest.update(path.name.encode("utf-8") + path.read_bytes())
        return f"briefs-{digest.hexdigest()[:SHORT]}"

    @property
    def parameters(self) -> Parameters:
        """None."""
        return {}

    def draft(self, article: Article, repeat: int) -> Drafted:
        """The article's brief.

        Raises:
            SchemaViolation: the file is neither a brief nor a gold brief.
        """
        path = self.folder / f"{article.id}.json"
        if not path.is_file():
            return Drafted(None, failed=f"{path}: no brief")
        if json.loads(path.read_text("utf-8")).get("schema") == "gold-brief/1":
            return Drafted(None, brief=brief_of(read_document(path, GoldBrief)))
        return Drafted(None, brief=read_document(path, Brief))

    def merge(self, briefs: Sequence[Brief], repeat: int) -> None:
        """None: only briefs are given."""
