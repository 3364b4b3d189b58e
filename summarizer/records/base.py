"""What all records share: frozen, strict, unknown keys refused, canonical JSON."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarizer.errors import SchemaViolation

_DAY = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
#: Pattern of a calendar date, month or year, or an interval of them; ".." for an open end.
ISO_DATE = rf"^({_DAY}(/({_DAY}|\.\.))?|\.\./{_DAY})$"
IsoDate = Annotated[
    str,
    Field(pattern=ISO_DATE, examples=["2022-01-19", "2022-02", "2014", "2022-02-10/2022-02-20"]),
]
#: Numbers that two libraries write differently: "1e16" and "1e+16", 0.00002 and 2e-05. They stand after a
#: key, or on a line of their own in a list.
_EXTREME = tuple(re.compile(rf"{place}-?(?:\d[\d.]*[eE]|0\.0000)") for place in (": ", r"\n +"))
#: Text that a reader can see: not empty, not only white space.
Text = Annotated[str, Field(pattern=r"\S")]


def json_path(location: tuple[int | str, ...]) -> str:
    """`("claims", 3, "polarity")` as ``$.claims[3].polarity``."""
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)


class Record(BaseModel):
    """An immutable document or a part of one."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", populate_by_name=True)

    @classmethod
    def from_json(cls, content: str | bytes, document: str) -> Self:
        """Read a record from JSON text; `document` is its name in errors.

        Raises:
            SchemaViolation: not JSON, or JSON of another shape; names the first offending place.
        """
        try:
            return cls.model_validate_json(content)
        except ValidationError as error:
            first = error.errors()[0]
            raise SchemaViolation(
                document, json_path(first["loc"]), first.get("input"), first["msg"]
            ) from error

    def to_dict(self) -> dict[str, Any]:
        """The record as plain JSON values, under its public field names."""
        return self.model_dump(mode="json", by_alias=True)

    def to_json(self) -> str:
        """Indented JSON with a final newline; the same record always gives the same bytes.

        They are those of `json.dumps`, which takes ten times as long; it alone writes very large and very
        small numbers.
        """
        written = self.model_dump_json(by_alias=True, indent=1)
        if any(extreme.search(written) for extreme in _EXTREME):
            written = json.dumps(self.to_dict(), ensure_ascii=False, indent=1)
        return written + "\n"
