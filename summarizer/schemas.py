"""The published JSON Schemas (2020-12): read, generate, and check documents against them.

`schemas/` is what others build on. Its files are generated from the records and committed; a change of
the records without `python -m summarizer.schemas --write` fails a test. They are read from the wheel
where there is one, else from the checkout. Every document that crosses a boundary is checked here, by
the schema that its own "schema" key names.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.errors import SchemaViolation, UnknownItem

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError
    from jsonschema_rs import Draft202012Validator as Validator

#: Schema name -> title. A document names its schema in its "schema" key.
TITLES = {
    "article/1": "Article",
    "brief/1": "Brief",
    "digest/1": "Digest",
    "stories/1": "Stories",
    "delta/1": "Delta",
    "edition/1": "Edition",
    "gold-brief/1": "Gold brief",
    "gold-digest/1": "Gold digest",
    "eval-run/1": "Evaluation run",
}
_PACKAGE = Path(__file__).resolve().parent
#: In a wheel, and in a checkout.
_FOLDERS = (_PACKAGE / "_data" / "schemas", _PACKAGE.parent / "schemas")


def schema_names() -> tuple[str, ...]:
    """Names of all published schemas, as documents write them: "brief/1"."""
    return tuple(TITLES)


def load_schema(name: str) -> dict[str, Any]:
    """The schema called `name`; "brief" without a version is its newest one.

    Raises:
        UnknownItem: no schema has that name.
    """
    path = _path(_full_name(name))
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def validate_document(document: object, name_in_errors: str) -> str:
    """Check a JSON document against the schema it names, and return that schema's name.

    Raises:
        SchemaViolation: the first place, in document order, that doesn't follow the schema.
    """
    for violation in iter_violations(document, name_in_errors):
        raise violation
    assert isinstance(document, dict)
    return str(document["schema"])


def iter_violations(document: object, name_in_errors: str) -> Iterator[SchemaViolation]:
    """Everything in a JSON document that doesn't follow the schema it names, in document order."""
    if not isinstance(document, dict):
        yield SchemaViolation(name_in_errors, "$", document, "must be a JSON object")
        return
    name = document.get("schema")
    if not isinstance(name, str) or name not in TITLES:
        known = ", ".join(TITLES)
        reason = "is missing" if name is None else "is unknown"
        yield SchemaViolation(name_in_errors, "$.schema", name, f"{reason}; must be one of {known}")
        return
    if _is_surely_valid(name, document):
        return
    errors = _validator(name).iter_errors(document)
    for error in sorted(errors, key=lambda error: _position(document, error.absolute_path)):
        yield SchemaViolation(name_in_errors, error.json_path, error.instance, _reason(error))


def generate_schema(name: str) -> dict[str, Any]:
    """The schema as the records define it now. `load_schema` reads the committed one."""
    from summarizer.records.example_documents import example_documents

    example = example_documents()[_full_name(name)]
    generated = type(example).model_json_schema(by_alias=True)
    definitions = generated.pop("$defs", {})
    kind, _, version = name.partition("/")
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:summarizer:schema:{kind}:{version}",
        "title": TITLES[name],
        "description": generated.pop("description"),
        "type": generated.pop("type"),
        **{key: value for key, value in generated.items() if key != "title"},
        "required": ["schema", *generated.get("required", [])],
        "examples": [example.to_dict()],
        "$defs": definitions,
    }
    return {key: value if key in ("title", "examples") else _tidy(value) for key, value in schema.items()}


def _is_surely_valid(name: str, document: object) -> bool:
    """Whether a document follows its schema, asked of a compiled validator; False also when it can't tell.

    Nearly all documents do, and it tells so in a hundredth of the time. What is wrong with the others, and in
    which order, is said by the reference implementation alone.
    """
    try:
        return _quick_validator(name).is_valid(document)
    except ValueError:  # half a character, a number beyond any float: let the slow one say
        return False


@cache
def _quick_validator(name: str) -> Validator:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(load_schema(name))


@cache
def _validator(name: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(load_schema(name))


def _full_name(name: str) -> str:
    if name in TITLES:
        return name
    versions = [known for known in TITLES if known.partition("/")[0] == name]
    if not versions:
        raise UnknownItem(name, "the schemas", f"Known are: {', '.join(TITLES)}.")
    return versions[-1]


def _file_name(name: str) -> str:
    kind, _, version = name.partition("/")
    return f"{kind}.v{version}.schema.json"


def _path(name: str) -> Path:
    for folder in _FOLDERS:
        path = folder / _file_name(name)
        if path.is_file():
            return path
    raise FileNotFoundError(f"{_file_name(name)} is in none of: {', '.join(map(str, _FOLDERS))}")


def _position(document: Any, path: Iterable[str | int]) -> list[int]:
    """Where in the document a path leads, so that violations come in reading order."""
    position = []
    for step in path:
        position.append(step if isinstance(step, int) else list(document).index(step))
        document = document[step]
    return position


def _reason(error: ValidationError) -> str:
    """What is wrong in words; jsonschema's own message repeats the whole value."""
    rule: Any = error.validator_value
    schema: Any = error.schema
    instance: Any = error.instance
    conditional = {"then", "else"} & set(error.absolute_schema_path)
    because = f" ({schema['description']})" if conditional and "description" in schema else ""
    match error.validator:
        case "required":
            missing = [key for key in rule if key not in instance]
            return f"{', '.join(missing)} is missing"
        case "additionalProperties":
            known = schema.get("properties", {})
            return f"unknown key {', '.join(key for key in instance if key not in known)}"
        case "enum":
            return f"must be one of {', '.join(map(str, rule))}"
        case "const":
            return f"must be {rule!r}"
        case "type":
            return f"must be {' or '.join([rule] if isinstance(rule, str) else rule)}{because}"
        case "pattern":
            return f"must match {rule}"
        case "minItems" | "maxItems":
            word = "at least" if error.validator == "minItems" else "at most"
            return f"must have {word} {rule} items{because}"
        case _:
            return error.message[:200]


def _tidy(node: Any) -> Any:
    """Plain types for "or null" and no generated titles: what a person would write."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    tidy = {
        key: _tidy(value) for key, value in node.items() if not (key == "title" and isinstance(value, str))
    }
    options = tidy.get("anyOf")
    if options and all("type" in option and "$ref" not in option for option in options):
        merged: dict[str, Any] = {}
        types: list[str] = []
        for option in options:
            types.extend([option["type"]] if isinstance(option["type"], str) else option["type"])
            merged.update({key: value for key, value in option.items() if key != "type"})
        types = [one for one in dict.fromkeys(types) if one != "integer" or "number" not in types]
        del tidy["anyOf"]
        enum = merged.pop("enum", None)
        if enum is not None:
            merged["enum"] = [*enum, None] if "null" in types else enum
        tidy = {"type": types if len(types) > 1 else types[0], **merged, **tidy}
    return tidy


def main(arguments: list[str]) -> int:
    """Compare the committed schemas with the records; `--write` brings them up to date."""
    folder = _FOLDERS[1]
    stale = []
    for name in TITLES:
        path = folder / _file_name(name)
        content = json.dumps(generate_schema(name), ensure_ascii=False, indent=2) + "\n"
        if not path.is_file() or path.read_text(encoding="utf-8") != content:
            stale.append(path.name)
            if "--write" in arguments:
                path.write_text(content, encoding="utf-8")
    if stale:
        sys.stderr.write(f"{'written' if '--write' in arguments else 'out of date'}: {', '.join(stale)}\n")
    return 0 if "--write" in arguments or not stale else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
