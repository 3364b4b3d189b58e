"""Get the JSON object out of a reply that isn't clean JSON, before anybody is asked again.

Pure. Deals with what models and servers really send: code fences, prose around the object, reasoning in
`<think>` before it, trailing commas, single quotes, comments, raw line breaks and unescaped quotation marks
inside strings. The repairs are json-repair's: a kept library with a large corpus of such replies, which we
could only redo worse.

What is *not* mended is a reply that broke off: closing its brackets would lose the rest without a word.
"""

from __future__ import annotations

import json
import re
from typing import Any

#: Longer replies are no brief; repair is superlinear on hostile input.
MAX_REPLY_CHARS = 2_000_000

_THOUGHT = re.compile(r"\A.*</(?:think|thinking|reasoning)>", re.DOTALL | re.IGNORECASE)
_OPEN_THOUGHT = re.compile(r"\A\s*<(?:think|thinking|reasoning)>", re.IGNORECASE)
_FENCE = re.compile(r"```[a-zA-Z0-9_-]*[ \t]*\n(.*?)(?:\n[ \t]*```|\Z)", re.DOTALL)
_STRUCTURE = re.compile(r'["\\{}\[\]]')


class BrokenOffError(ValueError):
    """The JSON object starts and doesn't end."""


class NoObjectError(ValueError):
    """There is no JSON object in the text."""


def json_object(text: str) -> tuple[dict[str, Any], bool]:
    """The JSON object in `text`, and whether it had to be mended.

    Raises:
        BrokenOffError: it begins and its end is missing.
        NoObjectError: none is there.
    """
    plain = text.strip().lstrip("\ufeff")
    if len(plain) > MAX_REPLY_CHARS:
        raise NoObjectError(f"a reply of {len(plain)} characters is not read")
    value = _loaded(plain)
    if isinstance(value, dict):
        return value, False
    candidate = _candidate(plain)
    value = _loaded(candidate)
    if value is None:
        value = _repaired(candidate)
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, dict) or not value:
        raise NoObjectError("no JSON object in the reply")
    return value, True


def _loaded(text: str) -> Any:
    """What the text is as JSON (raw line breaks in strings allowed), or None."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):  # a reply nested a thousand deep is none of ours
        return None


def _candidate(text: str) -> str:
    """The part of `text` that holds the object: after reasoning, inside a fence, from the first brace."""
    if _OPEN_THOUGHT.match(text) and not _THOUGHT.match(text):
        raise BrokenOffError("the reasoning doesn't end")
    after = _THOUGHT.sub("", text, count=1)
    # The last fenced block with a brace is the answer; earlier ones may quote the article or the schema.
    blocks = [block for block in _FENCE.findall(after) if "{" in block]
    chosen = blocks[-1] if blocks else after
    start = chosen.find("{")
    if start < 0:
        raise NoObjectError("no JSON object in the reply")
    depth, end = _scan(chosen, start)
    if depth > 0:
        raise BrokenOffError("the JSON object doesn't end")
    return chosen[start:end]


def _scan(text: str, start: int) -> tuple[int, int]:
    """Bracket depth at the end of the object that opens at `start`, and where it closes.

    A quotation mark opens or closes a string only next to the punctuation of JSON, so an unescaped one
    inside a string is passed over.
    """
    depth, in_string, skip_to = 0, False, start
    for match in _STRUCTURE.finditer(text, start):
        position, mark = match.start(), match.group()
        if position < skip_to:
            continue
        if mark == "\\":
            skip_to = position + 2
        elif mark == '"':
            if not in_string or _closes_string(text, position):
                in_string = not in_string
        elif not in_string:
            depth += 1 if mark in "{[" else -1
            if depth == 0:
                return 0, position + 1
    return depth, len(text)


_AFTER_STRING = re.compile(r"\s*(?:[:}\]]|,\s*[\"}\]{\[]|,\s*-?\d|,\s*(?:null|true|false)\b|\Z)")


def _closes_string(text: str, position: int) -> bool:
    return _AFTER_STRING.match(text, position + 1) is not None


def _repaired(candidate: str) -> Any:
    from json_repair import repair_json

    try:
        return repair_json(candidate, return_objects=True, skip_json_loads=True)
    except RecursionError:
        return None
