"""Briefs that were made before: a cache, and nothing but time is lost with it.

Saved replies spare a second run the calls; this spares it reading, grounding and repairing them again. A
brief is found only under everything that made it: the article whole, the model with its options, and a hash
of this program's own files and of the libraries that shape what it makes. A change to a rule, a word list, a
prompt or a schema leaves what was made before unfound.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

from summarizer.errors import SchemaViolation
from summarizer.prompts import prompts_folder
from summarizer.records.article import Article
from summarizer.records.brief import Brief
from summarizer.records.packed import pack_record, unpack_record
from summarizer.store.kept_file import FILE_NAME, KeptFile

#: Packed, 20,000 briefs of ordinary articles take some 100 MB.
KEEP_BRIEFS = 20_000
#: How names of compiled files end. They are made from sources that lie beside them and do the same, so it
#: doesn't matter which of the two made a brief; and two compilers never give the same bytes.
COMPILED_FILES = (".pyc", *EXTENSION_SUFFIXES)
#: Libraries whose version can change a brief. What isn't installed doesn't matter.
_SHAPING_LIBRARIES = ("instructor", "json_repair", "openai", "pydantic", "pydantic_core", "rapidfuzz")


class BriefStore(KeptFile):
    """The briefs in the file. Use as a context manager.

    Raises:
        StoreProblem: by every method, when the file can't be read or written.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, "briefs", KEEP_BRIEFS)

    def briefs(self, keys: Iterable[str]) -> dict[str, Brief]:
        """The briefs that are there, by key. What can't be read any more is as good as not there."""
        packed = ((key, self.find(key)) for key in keys)
        found = ((key, _unpacked(one)) for key, one in packed if one is not None)
        return {key: brief for key, brief in found if brief is not None}

    def save(self, briefs: Mapping[str, Brief]) -> None:
        """Keep briefs under their keys, and forget the oldest beyond `KEEP_BRIEFS`. All or nothing."""
        self.put([(key, pack_record(brief)) for key, brief in briefs.items()])


def brief_key(article: Article, made_by: Mapping[str, object]) -> str:
    """Everything that makes a brief what it is, hashed as one; `made_by` names the model and its options.

    Where the article was read from doesn't matter: no brief says it.
    """
    parts = {
        "program": program_fingerprint(),
        "article": article.model_dump_json(exclude={"source"}),
        "made_by": dict(made_by),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@cache
def program_fingerprint() -> str:
    """Hash of every file of this package and of its prompts, of Python and of the libraries that matter."""
    versions = [f"{library} {_version(library)}" for library in _SHAPING_LIBRARIES]
    files = files_fingerprint(Path(__file__).resolve().parent.parent, prompts_folder())
    return hashlib.sha256(repr((sys.version_info[:3], versions, files)).encode()).hexdigest()


def files_fingerprint(*folders: Path) -> str:
    """Hash of all files in folders, with their names, but for compiled ones."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.endswith(COMPILED_FILES):
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "none"


def _unpacked(packed: bytes) -> Brief | None:
    """The brief, or None where the bytes are none any more."""
    try:
        return unpack_record(Brief, packed, FILE_NAME)
    except (zlib.error, SchemaViolation):
        return None
