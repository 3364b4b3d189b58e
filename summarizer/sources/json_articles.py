"""Articles in JSON: our own record, schema.org NewsArticle, IPTC ninjs; one, an array, or one a line.

A bad record is yielded as an error that names its index or line, and the others go on. Only a file that
isn't JSON at all fails as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from summarizer.errors import EmptyInput, MalformedInput, SourceError, UnknownFormat
from summarizer.records.article import Article, Published
from summarizer.sources import ninjs, schema_org
from summarizer.sources.date_stamps import iso_date
from summarizer.sources.found import Found, FoundArticle, stated
from summarizer.sources.json_fields import name_of, text_of

_OWN_SCHEMA = "article/1"
_OWN_FIELDS = frozenset(field.alias or name for name, field in Article.model_fields.items())

# Names that data sets give to the same things; the first is ours.
_TEXT = ("text", "body", "content", "article", "full_text", "maintext")
_TITLE = ("title", "headline")
_PUBLISHED = (
    "published",
    "published_at",
    "publishedAt",
    "date",
    "publication_date",
    "date_publish",
    "pubDate",
)
_OUTLET = ("outlet", "publisher", "publication", "source_name", "site", "source")
_URL = ("url", "link")
_LANGUAGE = ("language", "lang")
#: Keys under which services wrap a list of articles.
_WRAPPERS = ("articles", "items", "_items", "results", "documents", "data")


def read_json(text: str, shown: str) -> Iterator[Found]:
    """The articles of a JSON document: an object, an array of them, or one object a line after all.

    Raises:
        MalformedInput: not JSON, or nested too deeply.
        EmptyInput: an array without records.
    """
    try:
        value = _parse(text, shown)
    except MalformedInput:
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) > 1 and lines[0].lstrip().startswith("{") and _parses(lines[0]):
            yield from read_json_lines(text.split("\n"), shown)
            return
        raise
    records = _records(value, shown)
    for place, record in records:
        yield from _read_record(record, place, shown)


def read_json_lines(lines: Iterable[str], shown: str) -> Iterator[Found]:
    """One record a line, numbered from 1; blank lines are passed over.

    Raises:
        EmptyInput: there is no record at all.
    """
    empty = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        empty = False
        yield from read_json_line(line, number, shown)
    if empty:
        raise EmptyInput(shown, "there is no record in it", "Write one JSON object a line.")


def read_json_line(line: str, number: int, shown: str) -> Iterator[Found]:
    """The record on one line, or the error that it gives."""
    place = f":{number}"
    try:
        value = _parse(line, shown + place)
    except SourceError as error:
        yield error
        return
    yield from _read_record(value, place, shown)


def _parse(text: str, shown: str) -> object:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise MalformedInput(
            shown, "its JSON is nested too deeply", "An article needs no such depth; check its source."
        ) from error
    except json.JSONDecodeError as error:
        raise MalformedInput(
            shown,
            f"no JSON: {error.msg.lower()} at line {error.lineno}, column {error.colno}",
            "Correct the file.",
        ) from error
    except ValueError as error:  # a number with more digits than Python converts
        raise MalformedInput(
            shown, f"no usable JSON: {str(error).partition(';')[0]}", "Correct the file."
        ) from error


def _parses(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _records(value: object, shown: str) -> list[tuple[str, object]]:
    """The records of a document with their places; an object that only wraps a list is opened."""
    prefix = ""
    if isinstance(value, dict) and not any(isinstance(value.get(key), str) for key in _TEXT):
        wrapper = next((key for key in _WRAPPERS if isinstance(value.get(key), list)), None)
        if wrapper is not None and not schema_org.is_schema_org(value) and not ninjs.is_ninjs(value):
            value, prefix = value[wrapper], f".{wrapper}"
    if not isinstance(value, list):
        return [("", value)]
    if not value:
        raise EmptyInput(shown, "its list holds no record", "Put at least one article into it.")
    if value and all(isinstance(one, dict) and schema_org.is_schema_org(one) for one in value):
        return [("", value)]  # one JSON-LD document: its nodes may point to each other
    return [(f"{prefix}[{index}]", record) for index, record in enumerate(value)]


def _read_record(value: object, place: str, shown: str) -> Iterator[Found]:
    name = shown + place
    try:
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            yield from _read_linked_data(value, place, shown)
        elif not isinstance(value, dict):
            raise UnknownFormat(
                name, "the record is no JSON object", 'Write it as {"text": "…", "title": "…"}.'
            )
        elif isinstance(value.get("schema"), str):
            yield _read_own(value, place, name)
        elif schema_org.is_schema_org(value):
            yield from _read_linked_data(value, place, shown)
        elif ninjs.is_ninjs(value):
            yield _placed(ninjs.read_item(value, name), place, name, "body_text, body_xhtml or bodies")
        else:
            yield _read_minimal(value, place, name)
    except SourceError as error:
        yield error


def _read_linked_data(value: object, place: str, shown: str) -> Iterator[Found]:
    nodes = schema_org.article_nodes(value)
    if not nodes:
        raise UnknownFormat(
            shown + place, "no NewsArticle is in its JSON-LD", "Give an article's own JSON-LD."
        )
    for position, (node, index) in enumerate(nodes):
        own_place = f"{place}[{position}]" if len(nodes) > 1 else place
        name = shown + own_place
        try:
            yield _placed(schema_org.read_node(node, index, name), own_place, name, "articleBody")
        except SourceError as error:
            yield error


def _read_own(record: dict[str, Any], place: str, name: str) -> FoundArticle:
    """A record that says it follows `article/1`: strict, as the schema is. Only `text` must be there."""
    if record["schema"] != _OWN_SCHEMA:
        raise UnknownFormat(
            name, f"this is a {record['schema']} document, not an article", f"Give {_OWN_SCHEMA} records."
        )
    if unknown := sorted(record.keys() - _OWN_FIELDS):
        raise MalformedInput(
            name, f"$.{unknown[0]} is no field of {_OWN_SCHEMA}", "Remove it, or leave out `schema`."
        )
    return replace(
        _read_minimal(record, place, name),
        outlet=text_of(record, ("outlet",), name),  # here `source` is a path, not an outlet
        origin=text_of(record, ("origin",), name),
        id=text_of(record, ("id",), name),
    )


def _read_minimal(record: dict[str, Any], place: str, name: str) -> FoundArticle:
    """An object with at least a text. Keys that we don't know are the data set's own and passed over."""
    text = text_of(record, _TEXT, name)
    if text is None:
        keys = ", ".join(str(key) for key in list(record)[:6]) or "none"
        if any(key in record for key in _TEXT):
            raise EmptyInput(name, "its text is empty", "Leave the record out, or give it a text.")
        raise UnknownFormat(name, f"no text in the record (its keys: {keys})", 'Name the text "text".')
    outlet = next((found for key in _OUTLET if (found := name_of(record.get(key)))), None)
    identifier = record.get("id")
    return FoundArticle(
        text,
        title=text_of(record, _TITLE, name),
        outlet=None if outlet and outlet.startswith(("http://", "https://", "/")) else outlet,
        url=text_of(record, _URL, name),
        published=_published(record, name),
        language=text_of(record, _LANGUAGE, name),
        id=identifier if isinstance(identifier, str) and identifier.strip() else None,
        place=place,
    )


def _published(record: dict[str, Any], name: str) -> Published | None:
    """`published` as a date or as {date, basis}; null or absent is None, a wrong value is an error.

    Raises:
        MalformedInput: it is there and can't be read: a wrong date would be worse than none.
    """
    key = next((key for key in _PUBLISHED if record.get(key) not in (None, "")), None)
    if key is None:
        return None
    value = record[key]
    basis = "stated"
    if isinstance(value, dict):
        basis = value.get("basis", "stated")
        value = value.get("date")
        if value is None:
            return None
    date = iso_date(value) if isinstance(value, str) else None
    if date is None:
        raise MalformedInput(name, f"$.{key} is no date: {json.dumps(value)[:60]}", "Write it as YYYY-MM-DD.")
    if basis not in ("stated", "inferred"):
        raise MalformedInput(
            name, f"$.{key}.basis is {json.dumps(basis)[:40]}", "Write stated, or inferred, or no date."
        )
    return stated(date) if basis == "stated" else Published(date=date, basis="inferred")


def _placed(article: FoundArticle, place: str, name: str, body_field: str) -> FoundArticle:
    if not article.text.strip():
        raise EmptyInput(name, f"it carries no text ({body_field})", "Give the record with its full text.")
    return replace(article, place=place)
