"""JSON Schemas that strict decoding accepts.

Pure. OpenAI's strict mode wants every property required, no additional ones and no defaults; it refuses
dictionaries and discriminated unions, and llama.cpp's grammars silently skip keywords such as `pattern`. So
a reply model keeps to enums, arrays, plain types and null; what it means beyond that is checked after the
reply.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

#: Annotations that cost tokens; what a field means stands in the prompt.
_NOISE = ("title", "default", "description")


def strict_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of `model`, made strict; the models it uses stand in `$defs`."""
    schema = _strict(model.model_json_schema(mode="validation"))
    assert isinstance(schema, dict)
    return {"title": model.__name__, **schema}


def _strict(node: Any, is_properties: bool = False) -> Any:
    if isinstance(node, list):
        return [_strict(part) for part in node]
    if not isinstance(node, dict):
        return node
    # A property may itself be called "title"; only a schema's own keywords are noise.
    made = {
        key: _strict(value, is_properties=not is_properties and key in ("properties", "$defs"))
        for key, value in node.items()
        if is_properties or key not in _NOISE
    }
    if not is_properties and made.get("type") == "object":
        made["additionalProperties"] = False
        made["required"] = list(made.get("properties", {}))
    return made
