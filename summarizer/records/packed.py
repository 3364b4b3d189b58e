"""Records as packed JSON: a thirtieth of the memory that they take as objects.

A brief as records takes some 107 kB, packed 4 kB; packing it takes 0.2 ms and unpacking 0.45.
"""

from __future__ import annotations

import zlib
from typing import TypeVar

from summarizer.records.base import Record

R = TypeVar("R", bound=Record)
#: Quick and loose: level 6 saves a sixth more and takes three times as long.
_LEVEL = 1


def pack_record(record: Record) -> bytes:
    """The record as packed JSON, with a checksum."""
    return pack_json(record_json(record))


def pack_json(document: str) -> bytes:
    """A record's JSON, however it is laid out, packed."""
    return zlib.compress(document.encode(), _LEVEL)


def record_json(record: Record) -> str:
    """The record as JSON in one line: what is packed."""
    return record.model_dump_json(by_alias=True)


def packed_json(packed: bytes) -> str:
    """The JSON that was packed.

    Raises:
        zlib.error: the bytes have changed.
    """
    return zlib.decompress(packed).decode()


def unpack_record(kind: type[R], packed: bytes, document: str) -> R:
    """The record that was packed; `document` is its name in errors.

    Raises:
        zlib.error: the bytes have changed.
        SchemaViolation: what was packed is no record of this kind.
    """
    return kind.from_json(zlib.decompress(packed), document)
