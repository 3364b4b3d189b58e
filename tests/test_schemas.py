"""The published schemas: true to the code, complete, and clear about what is wrong with a document."""

from __future__ import annotations

import json
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from summarizer.errors import SchemaViolation, UnknownItem
from summarizer.records.example_documents import example_documents
from summarizer.schemas import (
    generate_schema,
    iter_violations,
    load_schema,
    main,
    schema_names,
    validate_document,
)

NAMES = schema_names()


def brief() -> dict[str, Any]:
    return example_documents()["brief/1"].to_dict()


def change(document: dict[str, Any], path: list[str | int], value: object) -> dict[str, Any]:
    """A copy of the document with one value replaced, or removed if `value` is ...."""
    copy: dict[str, Any] = json.loads(json.dumps(document))
    place: Any = copy
    for step in path[:-1]:
        place = place[step]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return copy


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_schema_is_what_the_records_say(name: str) -> None:
    """Others build on the published files: they must never lag behind the code."""
    assert load_schema(name) == generate_schema(name)
    assert main([]) == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_valid_and_says_which_it_is(name: str) -> None:
    """A consumer can tell versions apart and give the file to any validator."""
    schema = load_schema(name)
    Draft202012Validator.check_schema(schema)
    kind, _, version = name.partition("/")
    assert schema["$id"] == f"urn:summarizer:schema:{kind}:{version}"
    assert schema["title"]
    assert schema["properties"]["schema"]["const"] == name
    assert "schema" in schema["required"]


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_described(name: str) -> None:
    """Someone who reads only the schema learns what each field means."""
    schema = load_schema(name)
    for owner, definition in {name: schema, **schema["$defs"]}.items():
        assert definition.get("description"), owner
        for field, content in definition.get("properties", {}).items():
            assert content.get("description") or "$ref" in content, f"{owner}.{field}"


@pytest.mark.parametrize("name", NAMES)
def test_each_example_follows_its_schema(name: str) -> None:
    """The example in a schema can be copied as a start."""
    schema = load_schema(name)
    assert len(schema["examples"]) == 1
    assert validate_document(schema["examples"][0], "example") == name


@pytest.mark.parametrize("name", [name for name in NAMES if name != "gold-digest/1"])
def test_unknown_keys_are_refused_everywhere(name: str) -> None:
    """A misspelt key would otherwise be a field that silently went missing."""
    schema = load_schema(name)
    objects = [schema, *(d for d in schema["$defs"].values() if d.get("type") == "object")]
    assert all(definition["additionalProperties"] is False for definition in objects)


@pytest.mark.parametrize(
    ("path", "value", "where", "says"),
    [
        (["claims", 2, "polarity"], "negative", "$.claims[2].polarity", "one of affirmed, denied"),
        (["claims", 0, "certainty"], ..., "$.claims[0]", "certainty is missing"),
        (["actors", 1, "nickname"], "x", "$.actors[1]", "unknown key nickname"),
        (["figures", 0, "value"], "1200", "$.figures[0].value", "must be number"),
        (["figures", 0, "value_high"], 1500, "$.figures[0].value_high", "bound is not between"),
        (["figures", 0, "bound"], "between", "$.figures[0].value_high", "bound is between"),
        (["claims", 0, "speakers"], [], "$.claims[0].speakers", "sourcing is not article"),
        (["claims", 3, "speakers"], ["a1"], "$.claims[3].speakers", "sourcing is article"),
        (["article", "published", "date"], None, "$.article.published.date", "a basis needs its date"),
        (["article", "published", "basis"], "unknown", "$.article.published.date", "unknown basis"),
        (["article", "published", "date"], "24 Feb 2025", "$.article.published.date", "must match"),
        (["claims", 0, "text"], " ", "$.claims[0].text", "must match"),
        (["claims", 0, "when"], "next week", "$.claims[0].when", "must match"),
        (["claims", 0, "evidence"], [], "$.claims[0].evidence", "items"),
        (["schema"], "brief/9", "$.schema", "unknown"),
        (["schema"], ..., "$.schema", "is missing"),
    ],
)
def test_a_violation_names_path_value_and_rule(
    path: list[str | int], value: object, where: str, says: str
) -> None:
    """The person who edits a label file must see at once which line is wrong and how."""
    with pytest.raises(SchemaViolation) as caught:
        validate_document(change(brief(), path, value), "label.json")
    assert caught.value.path == where
    assert says in str(caught.value)
    assert str(caught.value).startswith("label.json: $")


def test_all_violations_come_in_reading_order() -> None:
    """One run of the checker is enough to mend a file."""
    broken = change(brief(), ["summary", 0, "cites"], [])
    broken = change(broken, ["claims", 1, "polarity"], "no")
    broken = change(broken, ["claims", 1, "cues"], "may")
    paths = [violation.path for violation in iter_violations(broken, "x")]
    assert paths == ["$.summary[0].cites", "$.claims[1].polarity", "$.claims[1].cues"]


@pytest.mark.parametrize("document", [[], "text", None, 3])
def test_what_is_no_object_is_refused(document: object) -> None:
    """A truncated download may still be JSON."""
    with pytest.raises(SchemaViolation, match="JSON object"):
        validate_document(document, "x.json")


def test_story_labels_may_lack_parts_and_carry_notes() -> None:
    """Labels are written by hand elsewhere too: a note in them must not keep a story from being scored."""
    minimal = {
        "schema": "gold-digest/1",
        "note": "labelled in March",
        "actors": [{"id": "A1", "members": ["x/a1"], "note": "sure"}],
        "figures": [{"id": "S1", "members": ["x/f1"]}],
        "claims": [{"id": "C1", "members": ["x/c1", "y/c1"], "origins": 2, "state": "corroborated"}],
    }
    assert validate_document(minimal, "digest.json") == "gold-digest/1"


def test_a_schema_is_found_by_its_short_name() -> None:
    """`schema brief` is what a person types."""
    assert load_schema("brief") == load_schema("brief/1")
    with pytest.raises(UnknownItem, match="gold-brief/1"):
        load_schema("letter")


def test_a_stale_schema_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The check fails where the files are missing, and `--write` mends it."""
    monkeypatch.setattr("summarizer.schemas._FOLDERS", (tmp_path / "none", tmp_path))
    assert main([]) == 1
    assert "brief.v1.schema.json" in capsys.readouterr().err
    assert main(["--write"]) == 0
    assert main([]) == 0


def places(value: object, path: tuple[str | int, ...] = ()) -> list[list[str | int]]:
    """Every place in a document, as a path."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [[*path], *(one for key, part in inner for one in places(part, (*path, key)))][not path :]


@pytest.mark.parametrize("name", ["article/1", "brief/1", "digest/1"])
def test_whatever_the_reference_validator_refuses_is_refused(name: str) -> None:
    """The compiled validator only spares valid documents the slow way; it must never wave others through."""
    document, reference = example_documents()[name].to_dict(), Draft202012Validator(load_schema(name))
    refused = 0
    values = cycle((..., None, "", " ", "x", -1, 1.5, True, [], {}, "2025-02-30", "a0"))
    for path, value in zip(places(document), values, strict=False):
        if path != ["schema"]:
            damaged = change(document, path, value)
            wrong = not reference.is_valid(damaged)
            refused += wrong
            assert bool(next(iter_violations(damaged, "x"), None)) == wrong, (path, value)
    assert refused
