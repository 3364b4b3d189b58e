"""What two machines must have in common to give the same bytes, and the sentence that says what they haven't.

A version alone doesn't tell: checkouts of one version differ. So the code with its word lists, the prompts
and the schemas are hashed too; and Python's own version counts, since its Unicode tables and the form of
pickles change with it. Whether a build is compiled does not: it gives the same bytes.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from summarizer.store.briefs import COMPILED_FILES
from summarizer.version import __version__

#: Hexadecimal digits of a hash that are kept: enough to tell checkouts apart, short enough for a message.
SHORT = 12
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Identity:
    """Versions and hashes of one installation."""

    summarizer: str
    python: str = _UNKNOWN
    code: str = _UNKNOWN
    prompts: str = _UNKNOWN
    schemas: str = _UNKNOWN

    @property
    def words(self) -> dict[str, str]:
        """As plain words, to travel to a program that may not know this class."""
        return asdict(self)

    @property
    def mark(self) -> str:
        """All of it in one hash: results under one mark may be mixed."""
        return hashlib.sha256("|".join(self.words.values()).encode()).hexdigest()[:SHORT]


@cache
def own_identity() -> Identity:
    """That of this process; its files are read once."""
    package = Path(__file__).resolve().parent.parent
    data = package / "_data"
    root = data if data.is_dir() else package.parent
    files = (path for path in package.rglob("*") if data not in path.parents)
    code = (path for path in files if not path.name.endswith(COMPILED_FILES))
    return Identity(
        summarizer=__version__,
        python=".".join(platform.python_version_tuple()[:2]),
        code=_hash(package, code),
        prompts=_hash(root, (root / "prompts").glob("*.v*.md")),
        schemas=_hash(root, (root / "schemas").glob("*.json")),
    )


def difference(here: Identity, there: Identity) -> str | None:
    """What keeps the two apart, with the way out; None when they are alike."""
    if there.summarizer != here.summarizer:
        return (
            f"it has summarizer {there.summarizer}, this machine has {here.summarizer}. "
            f"Install the same version on both (pip install 'summarizer[scale]=={here.summarizer}') "
            "and restart the worker."
        )
    if there.python != here.python:
        return (
            f"it runs Python {there.python}, this machine {here.python}. "
            "Use the same Python on both and restart the worker."
        )
    other = [
        f"{name} ({mine} here, {theirs} there)"
        for name, mine, theirs in (
            ("code", here.code, there.code),
            ("prompts", here.prompts, there.prompts),
            ("schemas", here.schemas, there.schemas),
        )
        if mine != theirs
    ]
    if other:
        return (
            f"it has summarizer {there.summarizer} as this machine has, but other {' and '.join(other)}. "
            "Install the same build on both and restart the worker."
        )
    return None


def _hash(root: Path, paths: Iterable[Path]) -> str:
    """Names and contents; line ends don't count, since a checkout on Windows may have others."""
    found = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        found.update(path.relative_to(root).as_posix().encode() + b"\0")
        found.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()[:SHORT]
