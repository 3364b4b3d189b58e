"""Bodies of responses: how many bytes they may have, packed and unpacked.

What unpacks to more than the limit is given up while it unpacks, so that a bomb costs no memory.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarizer.errors import FetchFailed

_CHUNK = 64 * 1024
_GZIP_MARK = 0x1F


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of one request: when it must end (`time.monotonic`), bytes, whether more are cut off or an error."""

    end: float
    max_bytes: int
    cut: bool


def unpacked(raw: Iterable[bytes], encoding: str, shown: str) -> Iterator[bytes]:
    """The body without its content coding, a bounded piece at a time.

    Raises:
        FetchFailed: a coding that wasn't asked for, several of them (a bomb in a bomb), or broken data.
    """
    codings = [
        one.strip().lower() for one in encoding.split(",") if one.strip().lower() not in ("", "identity")
    ]
    if not codings:
        yield from raw
        return
    if len(codings) > 1 or codings[0] not in ("gzip", "x-gzip", "deflate"):
        raise FetchFailed(shown, "encoding", f"it is packed as {encoding!r}, which wasn't asked for")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
    first = True
    try:
        for chunk in raw:
            if first and codings[0] == "deflate" and chunk and chunk[0] & 0x0F != 8:
                unpack = zlib.decompressobj(-zlib.MAX_WBITS)  # bare deflate, as some servers send it
            first = False
            rest = chunk
            while rest:
                if unpack.eof:
                    if rest[0] != _GZIP_MARK:
                        return  # padding
                    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)  # gzip allows several parts
                yield unpack.decompress(rest, _CHUNK)
                rest = unpack.unconsumed_tail or unpack.unused_data
        yield unpack.flush()
    except zlib.error as error:
        raise FetchFailed(shown, "encoding", f"its packing is broken ({error})") from error
    if not first and not unpack.eof:
        raise FetchFailed(shown, "encoding", "its packing breaks off in the middle")


def bounded(pieces: Iterable[bytes], bounds: Bounds, shown: str) -> Iterator[bytes]:
    """The pieces up to the limit of bytes.

    Raises:
        FetchFailed: there is more, and nothing may be cut off.
    """
    size = 0
    for piece in pieces:
        size += len(piece)
        if size <= bounds.max_bytes:
            yield piece
        elif bounds.cut:
            yield piece[: len(piece) - (size - bounds.max_bytes)]
            return
        else:
            raise FetchFailed(shown, "too large", f"it has more than {bounds.max_bytes:,} bytes")
