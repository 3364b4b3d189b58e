"""Fields of foreign JSON, checked: the right type, nothing, or an error that names the place.

Shared by the readers of JSON shapes; knows types, not shapes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from summarizer.errors import MalformedInput

_TYPE_NAMES = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


def text_of(record: dict[str, Any], keys: Iterable[str], shown: str) -> str | None:
    """The first of `keys` that holds text, stripped of nothing; None where none is there.

    Raises:
        MalformedInput: one of them holds something else than text or null.
    """
    for key in keys:
        value = record.get(key)
        if isinstance(value, str):
            if value.strip():
                return value
        elif value is not None:
            raise MalformedInput(
                shown,
                f"$.{key} is {_TYPE_NAMES.get(type(value), type(value).__name__)}, not text",
                "Correct the record.",
            )
    return None


def name_of(value: object) -> str | None:
    """The name in "Reuters", {"name": "Reuters"} or a list of such; None where there is none."""
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, list) and name:
            name = name[0]
        if isinstance(name, str) and name.strip():
            return name.strip()
    return None
