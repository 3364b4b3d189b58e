"""Read the suite's JSON documents from disk, checked against the published schemas.

I/O.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

from summarizer.errors import NoInput, SchemaViolation
from summarizer.records.base import Record
from summarizer.schemas import validate_document

RecordT = TypeVar("RecordT", bound=Record)


def read_document(path: Path, kind: type[RecordT], way_out: str = "") -> RecordT:
    """The document of a file as a record of `kind`.

    Raises:
        NoInput: there is no such file; `way_out` says how to get one.
        SchemaViolation: no JSON, or not of this kind; names the first offending place.
    """
    if not path.is_file():
        raise NoInput(f"{path}: there is no such file. {way_out}".rstrip())
    content = path.read_text("utf-8")
    try:
        document = json.loads(content)
    except json.JSONDecodeError as error:
        found = error.doc[error.pos : error.pos + 40]
        raise SchemaViolation(str(path), f"line {error.lineno}", found, error.msg) from error
    name = validate_document(document, str(path))
    wanted = str(kind.model_fields["schema_"].default)
    if name != wanted:
        raise SchemaViolation(str(path), "$.schema", name, f"must be {wanted!r}")
    return kind.from_json(content, str(path))
