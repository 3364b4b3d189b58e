"""Read a briefing.toml: every problem at once, each with file, line, key and the way out.

TOML's parser tells no places of values, so the line of a key is found with the parser itself: where the
shortest run of the file's first lines that parses begins to hold the key. No message holds the value of a key
that may be a secret, or of an unknown one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from summarizer.briefing.config import Briefing, Source
from summarizer.briefing.nearest import nearest
from summarizer.errors import BadBriefing, ConfigProblem

#: What people write for a secret: the way out is another key.
_SECRETS = {
    "smtp.password": 'Secrets don\'t belong here: name password_env = "SMTP_PASSWORD" or password_file.',
    "healthcheck.url": 'A ping address is a secret: name url_env = "HEALTHCHECK_URL" or url_file.',
    "model.api_key": "Keys of models come from the environment: see docs/models.md.",
    "model.key": "Keys of models come from the environment: see docs/models.md.",
}
_SECRET_WORDS = re.compile(r"pass|secret|token|key|url|location|_env", re.IGNORECASE)
_MAX_SHOWN = 60
_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_SAID = {
    "missing": "is missing",
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number, without quotes",
    "float_type": "must be a number, without quotes",
    "bool_type": "must be true or false",
    "tuple_type": 'must be a list, as in ["one", "two"]',
    "model_type": "must be a section of its own",
    "model_attributes_type": "must be a section of its own",
    "path_type": "must be a path in quotes",
}
Location = tuple[int | str, ...]


def read_briefing(path: Path) -> Briefing:
    """The briefing that the file describes.

    Raises:
        BadBriefing: it can't be read, or something in it can't be meant; has all that was found.
    """
    shown = str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        reason = "there is no such file"
        way_out = f"`summarizer briefing init --config {shown}` writes one."
        raise BadBriefing([ConfigProblem(shown, None, None, reason, way_out)]) from error
    except (OSError, UnicodeDecodeError) as error:
        what = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else (error.strerror or str(error))
        raise BadBriefing(
            [ConfigProblem(shown, None, None, f"can't be read ({what.lower()})", "Check the file.")]
        ) from None
    return parse_briefing(text, path)


def parse_briefing(text: str, path: Path) -> Briefing:
    """The briefing of the file's text; `path` is its name and where relative paths start.

    Raises:
        BadBriefing: see `read_briefing`.
    """
    text = text.replace("\r\n", "\n")
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadBriefing([_not_toml(str(path), text, error)]) from None
    try:
        return Briefing.model_validate({**document, "path": path.absolute()})
    except ValidationError as error:
        # `from None`: pydantic's own message shows the values, and one of them may be a secret.
        problems = [_problem(str(path), text, document, one) for one in _each(error)]
    raise BadBriefing(sorted(problems, key=lambda one: one.line or 0))


def line_of(text: str, location: Location) -> int | None:
    """The line, from 1, on which the value at `location` is written; None where it isn't in the file."""
    lines = text.split("\n")
    before = 0
    for end in range(1, len(lines) + 1):
        try:
            document = tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            continue
        if _holds(document, location):
            first = next(number for number in range(before, end) if _says_something(lines[number]))
            return _narrowed(lines, first, end, _value(document, location)) + 1
        before = end
    return None


def _narrowed(lines: Sequence[str], first: int, end: int, value: object) -> int:
    """In a list over several lines, the line that has the value."""
    if end - first > 1 and isinstance(value, str | int | float):
        return next((number for number in range(first, end) if str(value) in lines[number]), first)
    return first


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _holds(document: object, location: Location) -> bool:
    for part in location:
        if isinstance(part, int):
            if not isinstance(document, list) or part >= len(document):
                return False
            document = document[part]
        elif not isinstance(document, dict) or part not in document:
            return False
        else:
            document = document[part]
    return True


def _value(document: Any, location: Location) -> object:
    for part in location:
        document = document[part]
    return document


@dataclass(frozen=True, slots=True)
class _Found:
    """One finding of pydantic's, at a place of the file."""

    kind: str
    at: Location
    said: str
    given: object


def _each(error: ValidationError) -> Iterator[_Found]:
    seen: set[Location] = set()
    for one in error.errors(include_url=False):
        # A choice of types adds their names to the place; the file has no such keys.
        at = tuple(part for part in one["loc"] if part not in ("float", "int", "float-multipleOf"))
        if at not in seen:
            seen.add(at)
            yield _Found(one["type"], at, one["msg"], one.get("input"))


def _problem(path: str, text: str, document: dict[str, Any], found: _Found) -> ConfigProblem:
    key = _written(found.at)
    plain = ".".join(part for part in found.at if isinstance(part, str))
    line = line_of(text, found.at)
    if found.kind == "extra_forbidden":
        if plain in _SECRETS:
            return ConfigProblem(path, line, key, "is no key", _SECRETS[plain])
        return ConfigProblem(path, line, key, "is no key that a briefing has", _way_out_of_unknown(found.at))
    if found.kind == "missing":
        parent = found.at[:-1]
        line = line_of(text, parent) if parent else None
        return ConfigProblem(path, line, key, "is missing", _way_out_of_missing(found.at))
    reason = _SAID.get(found.kind) or found.said.removeprefix("Value error, ")
    if found.kind in ("literal_error",):
        reason = found.said.replace("Input should be", "must be")
    elif found.kind.endswith(("_than_equal", "_than", "too_short", "too_long")):
        reason = found.said.replace("Input should be", "must be").replace("Tuple should have", "must have")
        reason = reason.partition(" after validation")[0]
    if line is None:  # a default that doesn't fit, or a section that isn't there
        line = line_of(text, found.at[:-1])
    return ConfigProblem(path, line, key, reason + _shown(plain, found.given), "")


def _shown(plain: str, given: object) -> str:
    """The value, where it can't be a secret."""
    if _SECRET_WORDS.search(plain.rpartition(".")[2]) or isinstance(given, dict | list | tuple | BaseModel):
        return ""
    said = repr(given)
    return f" (it is {said if len(said) <= _MAX_SHOWN else said[:_MAX_SHOWN] + '…'})"


def _written(at: Location) -> str:
    """("source", 1, "kind") is source[2].kind: people count from 1."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in at).lstrip(".")


def _known_keys(at: Location) -> list[str]:
    """The keys of the section in which a key stands."""
    section: type[BaseModel] = Briefing
    for part in at[:-1]:
        if isinstance(part, int):
            continue
        field = next(one for name, one in section.model_fields.items() if part in (one.alias, name))
        inner = field.annotation
        section = Source if part == "source" else inner if isinstance(inner, type) else section
    return [one.alias or name for name, one in section.model_fields.items() if name != "path"]


def _way_out_of_unknown(at: Location) -> str:
    """What was meant, as far as can be told: a key like it, one of another section, or the list of keys."""
    name, known = str(at[-1]), _known_keys(at)
    if near := nearest(name, known):
        return f"Did you mean {near}?"
    for section in _known_keys(at[:1]):
        if name in _known_keys((section, name)):
            return f"It belongs to [{section}]."
    return f"Known here: {', '.join(known)}."


def _way_out_of_missing(at: Location) -> str:
    if at == ("source",):
        return "Add a [[source]] with kind and location."
    if len(at) == 1:
        return f"Add the section [{at[0]}]; `summarizer briefing init` writes one of each to copy from."
    return f"Add {at[-1]} = …; `summarizer briefing init` writes a file with all keys explained."


def _not_toml(path: str, text: str, error: tomllib.TOMLDecodeError) -> ConfigProblem:
    said = str(error)
    place = _TOML_PLACE.search(said)
    line = int(place[1]) if place and place[1] else len(text.splitlines()) or 1
    said = _TOML_PLACE.sub("", said)
    # Some of the parser's messages repeat a piece of the file.
    said = re.sub(r"['\"].*['\"]", "", said, flags=re.DOTALL).strip() or "broken"
    return ConfigProblem(
        path,
        line,
        None,
        f"is no TOML here: {said[:1].lower()}{said[1:]}",
        "Text stands in quotes, lists in [ ].",
    )
